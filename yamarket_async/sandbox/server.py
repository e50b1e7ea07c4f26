"""`Sandbox`: the pretend Market as a server on loopback, in a thread of its own, that starts and stops."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from hashlib import blake2b
from threading import Event, Thread, current_thread
from types import TracebackType
from typing import Any, Self, TypeVar, cast

from aiohttp import web

from yamarket_async.endpoints import Endpoint
from yamarket_async.families import endpoints
from yamarket_async.limits import Limit
from yamarket_async.sandbox.access import Access, Inactive
from yamarket_async.sandbox.answers import Reality, reality_of
from yamarket_async.sandbox.calls import Key
from yamarket_async.sandbox.control import Control
from yamarket_async.sandbox.faults import Faults
from yamarket_async.sandbox.hands import Hands
from yamarket_async.sandbox.limits import Figures, Tier, Windows
from yamarket_async.sandbox.market import Market
from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.parts.returns import Returns
from yamarket_async.sandbox.record import RecordedRequest
from yamarket_async.sandbox.surface import Surface
from yamarket_async.sandbox.world import LATEST, MODELS, Clock, Snapshot, Store, World

LINE_LIMIT = 256 * 1024
"""Bytes of a request line that are read, so that a URL which is too long gets an answer in the Market's manner."""

RECORDED = 10_000
"""How many requests are remembered where nothing else is said."""

TURNS_UNTIL_COUNTED = 10
"""Turns of the loop from an answer, or the end of a connection, until a request is counted."""

START_TIMEOUT = 30.0
"""Seconds that the server may take to listen."""

T = TypeVar("T")


class Sandbox(Hands):
    """A server on loopback that behaves as the Market does, for every operation of the Partner API.

    ```python
    async with Sandbox(offers=25_000, hidden=1_200, seed=7) as sandbox:
        MarketClient(api_key=sandbox.api_key, base_url=sandbox.url)
    ```

    It runs in a thread and an event loop of its own, so that any test may use it, with or without a loop: `with
    Sandbox() as sandbox:` works too. Everything in it follows from the seed: ids, keys, products, page tokens, and
    which requests the faults befall. It can be stopped and started again, and then goes on where it was, on another
    port.

    Args:
        offers: products of the business, 0 or more; every store has them all.
        hidden: how many of them each store hides (their status is DISABLED_BY_PARTNER), one in twenty by default.
        warehouse: how many lie in a Market warehouse, so that they can't be deleted, one in fifty by default.
        promo_offers: how many take part in the promo or could, one in five by default.
        orders: orders that each store has at first, 0 or more, in all stages of their life cycles.
        campaigns: stores of the business: how many (1 or more, of the models FBS, FBY and DBS in turn), or the model of
            each: FBS, FBY, DBS, EXPRESS, LAAS.
        warehouse_groups: the warehouses of the stores are in one group and have the same stocks: methods of version 2
            are for such a business, those of version 3 for one without groups.
        only_default_price: prices are the same in all stores, so that single stores can have none of their own.
        seed: what everything follows from.
        window: seconds that a limit's window of a minute lasts; one of an hour lasts 60 times as long. Windows begin at
            multiples of their length by the server's clock. `Until` is in whole seconds, rounded up: take whole ones.
        tier: whose figures hold: "medium" with a subscription, "none" without.
        limits: limits in place of those figures, by method: an amount, or a `Limit` with unit and period.
        strict: refuse a request also when its answer would cost more than what is left of the limit; when False, only
            when nothing is left.
        told_before: answers tell what remained before they were counted themselves.
        parallel: requests at once for one store or business, 1 or more.
        latency: seconds that each request takes, half of them before the work and half after it.
        clock_offset: seconds by which the server's clock is ahead of the local one; it tells `Date` and `Until`, and
            must stand between the years 2000 and 9000.
        visible_after: seconds after which what was written is read back, as on the Market where it takes minutes.
        keep_alive: False answers every request with `Connection: close`.
        gives_up: the server gives a request up after 10 seconds, as the Market does.
        unversioned: paths are understood without their version too, as the Market did for years.
        degraded: how probable it is that a deprecated method is refused with 403, 0 to 1.
        scopes: the accesses of `api_key`.
        keys: further keys with their accesses.
        faults: what goes wrong on purpose.
        record: how many requests `requests` holds, the latest; None for all, 0 for none.
        on_request: called with each request as soon as it is over, in the thread of the server.
        overcount: how many products too many the pager of getOffers tells on every page but the last.
        host: where to listen.
        port: where to listen; 0 for any port that is free.

    Attributes:
        api_key: a key for the header `Api-Key`.
        oauth_token: a token for the header `Authorization: Bearer`, which is deprecated; it may do everything.
        business_id: the business.
        campaign_ids: its stores.
        campaign_id: the first of them.
        promo_id: its promo.
        world: what is remembered.
        limits: limits in place of the documented ones, by method; may be changed at any time.
        locked: stores, or the business, for which methods that change products give 423; may be changed at any time.
        inactive: stores for which methods give 403, with the cause; may be changed at any time.
        revoked: keys and tokens that no longer open anything; may be changed at any time.
    """

    def __init__(
        self,
        *,
        offers: int = 25_000,
        hidden: int | None = None,
        warehouse: int | None = None,
        promo_offers: int | None = None,
        orders: int = 20,
        campaigns: int | Sequence[str] = 1,
        warehouse_groups: bool = False,
        only_default_price: bool = False,
        seed: int = 0,
        window: float = 60.0,
        tier: Tier = "medium",
        limits: Mapping[str, int | Limit] | None = None,
        strict: bool = True,
        told_before: bool = False,
        parallel: int = 4,
        latency: float = 0.0,
        clock_offset: float = 0.0,
        visible_after: float = 0.0,
        keep_alive: bool = True,
        gives_up: bool = False,
        unversioned: bool = True,
        degraded: float = 0.0,
        scopes: Iterable[str] = ("all-methods",),
        keys: Mapping[str, Iterable[str]] | None = None,
        faults: Faults | None = None,
        record: int | None = RECORDED,
        on_request: Callable[[RecordedRequest], None] | None = None,
        overcount: int = 0,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        models = _models(campaigns)
        shares = {
            "hidden": offers // 20 if hidden is None else hidden,
            "warehouse": offers // 50 if warehouse is None else warehouse,
            "promo_offers": offers // 5 if promo_offers is None else promo_offers,
        }
        _check(offers=offers, orders=orders, window=window, parallel=parallel, tier=tier, degraded=degraded, **shares)
        self.api_key = f"ACMA:{_secret('api key', seed)}:{_secret('check', seed)[:8]}"
        self.oauth_token = f"y0_{_secret('oauth', seed)}"
        self.business_id = 700_000 + seed % 100_000
        self.campaign_ids = tuple(21_000_000 + seed % 1_000 * 1_000 + number for number in range(len(models)))
        self.campaign_id = self.campaign_ids[0]
        self.promo_id = f"cf_{100_000 + seed % 100_000}"
        self._clock_offset = clock_offset
        stores = [
            Store(id_, model, f"Магазин № {number + 1}")
            for number, (id_, model) in enumerate(zip(self.campaign_ids, models, strict=True))
        ]
        settings: dict[str, Any] = {
            "offers": offers,
            "orders": orders,
            **shares,
            "promo_id": self.promo_id,
            "overcount": overcount,
            "warehouse_groups": warehouse_groups,
            "only_default_price": only_default_price,
            "visible_after": visible_after,
            "inactive": Inactive(),
            "tier": tier,
            "origin": "",
        }
        self.world = World(
            seed=seed, business_id=self.business_id, stores=stores, clock=Clock(clock_offset), settings=settings
        )
        super().__init__(self.world)
        self._access = Access(
            _keys(self.api_key, self.oauth_token, scopes, keys or {}),
            business_id=self.business_id,
            models=dict(zip(self.campaign_ids, models, strict=True)),
            inactive=settings["inactive"],
        )
        self.inactive: Inactive = settings["inactive"]
        self.revoked = self._access.revoked
        self._market = Market(
            self.world,
            self._access,
            figures=Figures(
                tier=tier, given={_method(name).name: one for name, one in (limits or {}).items()}, offers=offers
            ),
            windows=Windows(minute=window, strict=strict),
            unversioned=unversioned,
            told_before=told_before,
            degraded=degraded,
        )
        self.limits = self._market.figures.given
        self.locked = self._market.locked
        self._surface = Surface(
            self._market,
            Control(self._hands()),
            faults=Faults() if faults is None else faults,
            parallel=parallel,
            latency=latency,
            keep_alive=keep_alive,
            gives_up=gives_up,
            record=record,
            on_request=on_request,
        )
        self._host = host
        self._port = port
        self._thread: Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._runner: web.ServerRunner | None = None

    def _hands(self) -> dict[str, Callable[..., Any]]:
        """Give what can be told to the sandbox over HTTP, by name."""
        return {"tick": self.tick, "reset": self.reset, **self._own_hands()}

    async def __aenter__(self) -> Self:
        self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    async def start(self) -> None:
        """Start to listen; `open` for code without a loop."""
        self.open()

    async def stop(self) -> None:
        """Stop to listen, and reset what is under way; `close` for code without a loop."""
        self.close()

    def open(self) -> None:
        """Start to listen.

        Raises:
            RuntimeError: it runs already.
            OSError: the port is in use.
        """
        if self._thread is not None:
            raise RuntimeError("this sandbox runs already")
        loop, started, failures = asyncio.new_event_loop(), Event(), list[BaseException]()
        self._loop = loop
        self._thread = Thread(target=self._run, args=(loop, started, failures), name="yamarket sandbox", daemon=True)
        self._thread.start()
        if not started.wait(START_TIMEOUT) or failures:
            self._thread.join()
            self._thread = self._loop = None
            raise failures[0] if failures else RuntimeError(f"the sandbox did not start within {START_TIMEOUT:g} s")
        self._begin()

    def _begin(self) -> None:
        """Make what takes its time, and what is made up of the time before now, rather than at the first request."""
        self.world.part(Catalogue).column(self.campaign_id)
        self.world.part(Returns)

    def _run(self, loop: asyncio.AbstractEventLoop, started: Event, failures: list[BaseException]) -> None:
        asyncio.set_event_loop(loop)
        try:
            loop.run_until_complete(self._listen())
        except OSError as error:
            failures.append(error)
            started.set()
            loop.close()
            return
        loop.call_soon(started.set)
        try:
            loop.run_forever()
        finally:
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()

    async def _listen(self) -> None:
        server = web.Server(
            self._surface.handle,
            handler_cancellation=True,
            access_log=None,
            auto_decompress=False,
            max_line_size=LINE_LIMIT,
            max_field_size=LINE_LIMIT,
        )
        runner = web.ServerRunner(server, shutdown_timeout=0.1)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._port).start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner
        self.notifications.start()
        # Links to files lead to another name than the API has, as the Market's do.
        self.world.settings["origin"] = f"http://localhost:{runner.addresses[0][1]}"

    def close(self) -> None:
        """Stop to listen, and reset what is under way. Does nothing where it doesn't run."""
        thread, loop, self._thread = self._thread, self._loop, None
        if thread is None or loop is None:
            return
        self._in_loop(loop, self._end())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        self._loop = None

    async def _end(self) -> None:
        await self.notifications.end()
        # It was made by `_listen`; the type checkers can't know that.
        runner, self._runner = cast("web.ServerRunner", self._runner), None
        for site in runner.sites:
            await site.stop()
        await _turns()  # what was accepted just now is a connection by then
        connections = [each.transport for each in cast("web.Server", runner.server).connections]
        await self._surface.hang_up()
        await runner.cleanup()
        # That closes a connection once all is sent, which a client that doesn't read puts off for ever.
        for transport in filter(None, connections):
            transport.abort()
        await _turns()

    @staticmethod
    def _in_loop(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, loop).result()

    def _settle(self) -> None:
        """Let the server's loop end what it has answered: whoever has an answer finds it counted."""
        loop = self._loop
        if loop is not None and self._thread is not current_thread():
            self._in_loop(loop, _turns())

    @property
    def url(self) -> str:
        """The base URL, without a slash at its end, while it runs."""
        if self._runner is None:
            raise RuntimeError("this sandbox doesn't run: async with Sandbox() as sandbox, or await sandbox.start()")
        host, port = self._runner.addresses[0][:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    @property
    def requests(self) -> list[RecordedRequest]:
        """The latest requests, the oldest first, as many as `record` allows."""
        self._settle()
        return list(self._surface.requests)

    @property
    def counts(self) -> Counter[object]:
        """How many requests there were so far.

        Keys: "requests" (all), a status (420; 0 where no answer began, 499 where the client hung up), a method's name,
        both as a tuple, the name of a fault, "exhausted" (420 for the resource limit) and "parallel" (420 for too many
        at once).
        """
        self._settle()
        return self._surface.counts

    @property
    def max_parallel_seen(self) -> dict[int, int]:
        """The most requests that ran at once, refused ones counted in, by the id of store or business."""
        return self._surface.slots.most

    @property
    def faults(self) -> Faults:
        """What goes wrong on purpose; may be changed at any time."""
        return self._surface.faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        self._surface.faults = faults

    @property
    def parallel(self) -> int:
        """Requests at once for one store or business; may be changed at any time."""
        return self._surface.parallel

    @parallel.setter
    def parallel(self, parallel: int) -> None:
        self._surface.parallel = parallel

    @property
    def latency(self) -> float:
        """Seconds that each request takes; may be changed at any time."""
        return self._surface.latency

    @latency.setter
    def latency(self, latency: float) -> None:
        self._surface.latency = latency

    @property
    def clock_offset(self) -> float:
        """Seconds by which the server's clock is ahead; may be changed at any time."""
        return self.world.clock.offset

    @clock_offset.setter
    def clock_offset(self, clock_offset: float) -> None:
        self.world.clock.offset = clock_offset

    def now(self) -> float:
        """Tell the server's clock, in epoch seconds."""
        return self.world.now()

    def tick(self, seconds: float) -> None:
        """Move the server's clock on: what the Market does by itself after a while has happened then.

        Args:
            seconds: 0 or more, up to the year 9000.

        Raises:
            ValueError: less than 0, or too many. The clock has not moved then.
        """
        if not 0 <= seconds <= LATEST - self.now():
            raise ValueError(f"seconds={seconds}: must be 0 or more, and keep the clock before the year 9000")
        self.world.clock.offset += seconds
        self.world.settle()

    def snapshot(self) -> Snapshot:
        """Copy everything that is remembered, to `restore` it later."""
        return self.world.snapshot()

    def restore(self, snapshot: Snapshot) -> None:
        """Return to a snapshot; what was used of limits, and the record of requests, stay."""
        self.world.restore(snapshot)

    def reset(self) -> None:
        """Forget everything that has happened; what was used of limits, and the record of requests, stay."""
        self.world.reset(self._clock_offset)
        self._begin()

    @staticmethod
    def reality(method: str) -> Reality:
        """Tell how real the answer of a method is: "stateful", "reflected" or "synthesised"."""
        return reality_of(_method(method).name)

    def remaining(self, endpoint: str, entity: int | None = None) -> int:
        """Tell what remains of a limit in the present window.

        Args:
            endpoint: the name of the method.
            entity: the store or business; the first store, or the business, where it is left out.
        """
        method = _method(endpoint)
        return self._market.standing(method, self._entity(method, entity), self.now()).remaining

    def consume(self, endpoint: str, cost: int, entity: int | None = None) -> None:
        """Use something of a limit, as another service of the seller would.

        Args:
            endpoint: the name of the method.
            cost: how much, in the limit's unit.
            entity: the store or business; the first store, or the business, where it is left out.
        """
        method = _method(endpoint)
        self._market.charge(method, self._entity(method, entity), cost, self.now())

    def _entity(self, method: Endpoint, entity: int | None) -> int:
        if entity is not None:
            return entity
        return self.campaign_id if method.entity_kind == "campaign" else self.business_id

    def offer_ids(self, campaign_id: int | None = None, *, statuses: Iterable[str] = ()) -> list[str]:
        """Tell the products that a store has now, in the order of its lists.

        Args:
            campaign_id: the store, the first where it is left out.
            statuses: only those with one of these statuses.
        """
        with self.world.lock:
            catalogue = self.world.part(Catalogue).settle(self.now())
            return catalogue.offer_ids(campaign_id or self.campaign_id, statuses)

    def hidden_offer_ids(self, campaign_id: int | None = None) -> list[str]:
        """Tell the hidden products of a store, in the order of its lists."""
        return self.offer_ids(campaign_id, statuses=["DISABLED_BY_PARTNER"])

    def warehouse_offer_ids(self) -> list[str]:
        """Tell the products that can't be deleted because they lie in a Market warehouse."""
        with self.world.lock:
            return self.world.part(Catalogue).warehouse_offer_ids()

    def promo_offer_ids(self) -> list[str]:
        """Tell the products of the promo, in the order of its list."""
        return self.promos.offer_ids()


async def _turns() -> None:
    for _ in range(TURNS_UNTIL_COUNTED):
        await asyncio.sleep(0)


def _method(name: str) -> Endpoint:
    known = endpoints()
    if name not in known:
        raise ValueError(f"there is no method {name!r}; names are those of the documentation, like getOrders")
    found: Endpoint = known[name]
    return found


def _models(campaigns: int | Sequence[str]) -> list[str]:
    if isinstance(campaigns, int):
        if campaigns < 1:
            raise ValueError(f"campaigns={campaigns}: must be 1 or more")
        return [("FBS", "FBY", "DBS")[number % 3] for number in range(campaigns)]
    models = list(campaigns)
    if not models or not set(models) <= set(MODELS):
        raise ValueError(f"campaigns={campaigns!r}: must be a number, or models out of {', '.join(MODELS)}")
    return models


def _keys(
    api_key: str, oauth_token: str, scopes: Iterable[str], more: Mapping[str, Iterable[str]]
) -> list[tuple[str, Key]]:
    return [
        (api_key, Key("sandbox", tuple(scopes))),
        (oauth_token, Key("sandbox", ("all-methods",), oauth=True)),
        *((key, Key(f"key {number}", tuple(of))) for number, (key, of) in enumerate(more.items(), 1)),
    ]


def _secret(purpose: str, seed: int) -> str:
    return blake2b(f"{purpose} {seed}".encode(), digest_size=20).hexdigest()


def _check(
    *, offers: int, orders: int, window: float, parallel: int, tier: str, degraded: float, **shares: int
) -> None:
    for name, value, least in (("offers", offers, 0), ("orders", orders, 0), ("parallel", parallel, 1)):
        if value < least:
            raise ValueError(f"{name}={value}: must be {least} or more")
    if window <= 0:
        raise ValueError(f"window={window}: must be more than 0")
    if not 0 <= degraded <= 1:
        raise ValueError(f"degraded={degraded}: must be from 0 to 1")
    if tier not in {"medium", "none"}:
        raise ValueError(f"tier={tier!r}: must be 'medium' or 'none'")
    for name, share in shares.items():
        if not 0 <= share <= offers:
            raise ValueError(f"{name}={share}: must be between 0 and offers={offers}")

"""`Sandbox`: the pretend Market as a server on loopback that starts and stops."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from types import TracebackType
from typing import Self

from aiohttp import web

from yamarket_async.sandbox.catalogue import Catalogue, mask_of
from yamarket_async.sandbox.faults import Faults
from yamarket_async.sandbox.limits import Tier, Windows
from yamarket_async.sandbox.market import Market
from yamarket_async.sandbox.methods import BY_NAME, Method
from yamarket_async.sandbox.record import RecordedRequest
from yamarket_async.sandbox.routes import Routes
from yamarket_async.sandbox.surface import Surface

LINE_LIMIT = 256 * 1024
"""Bytes of a request line that are read, so that a URL which is too long gets an answer in the Market's manner."""

RECORDED = 10_000
"""How many requests are remembered where nothing else is said."""


class Sandbox:
    """A server on loopback that behaves as the Market does, for five methods and `GET /v2/campaigns`.

    ```python
    async with Sandbox(offers=25_000, hidden=1_200, seed=7) as sandbox:
        MarketClient(api_key=sandbox.api_key, base_url=sandbox.url)
    ```

    Everything in it follows from the seed: ids, keys, products, page tokens, and which requests the faults befall.
    It can be stopped and started again, and then goes on where it was, on another port.

    Args:
        offers: products of the business, 0 or more; every store has them all.
        hidden: how many of them each store hides (their status is DISABLED_BY_PARTNER), one in twenty by default.
        warehouse: how many lie in a Market warehouse, so that they can't be deleted, one in fifty by default.
        promo_offers: how many take part in the promo or could, one in five by default.
        campaigns: stores of the business, 1 or more.
        seed: what everything follows from.
        window: seconds that a limit's window of a minute lasts; one of an hour lasts 60 times as long. Windows begin at
            multiples of their length by the server's clock. `Until` is in whole seconds, rounded up: take whole ones.
        tier: whose figures hold: "medium" those of the methods' pages, "none" the lower ones without subscription.
        limits: amounts in place of those figures, by method.
        strict: refuse a request also when its answer could be more than what is left of the limit; when False, as the
            Market does, only when nothing is left.
        parallel: requests at once for one store or business, 1 or more.
        latency: seconds that each request takes, half of them before the work and half after it.
        clock_offset: seconds by which the server's clock is ahead of the local one; it tells `Date` and `Until`.
        keep_alive: False answers every request with `Connection: close`.
        scopes: the accesses of `api_key`.
        keys: further keys with their accesses.
        faults: what goes wrong on purpose.
        record: how many requests `requests` holds, the latest; None for all, 0 for none.
        on_request: called with each request as soon as it is over.
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
        faults: what goes wrong on purpose; may be changed at any time.
        limits: amounts in place of the documented figures, by method; may be changed at any time.
        locked: stores for which deleteCampaignOffers gives 423; may be changed at any time.
        inactive: stores for which every method gives 403; may be changed at any time.
        counts: how many requests there were so far. Keys: "requests" (all), a status (420; 0 where no answer began, 499
            where the client hung up), a method's name, both as a tuple, the name of a fault, "exhausted" (420 for the
            resource limit) and "parallel" (420 for too many at once).
        max_parallel_seen: the most requests that ran at once, refused ones counted in, by the id of store or business.
    """

    def __init__(
        self,
        *,
        offers: int = 25_000,
        hidden: int | None = None,
        warehouse: int | None = None,
        promo_offers: int | None = None,
        campaigns: int = 1,
        seed: int = 0,
        window: float = 60.0,
        tier: Tier = "medium",
        limits: Mapping[str, int] | None = None,
        strict: bool = True,
        parallel: int = 4,
        latency: float = 0.0,
        clock_offset: float = 0.0,
        keep_alive: bool = True,
        scopes: Iterable[str] = ("all-methods",),
        keys: Mapping[str, Iterable[str]] | None = None,
        faults: Faults | None = None,
        record: int | None = RECORDED,
        on_request: Callable[[RecordedRequest], None] | None = None,
        overcount: int = 0,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        shares = {
            "hidden": offers // 20 if hidden is None else hidden,
            "warehouse": offers // 50 if warehouse is None else warehouse,
            "promo_offers": offers // 5 if promo_offers is None else promo_offers,
        }
        _check(offers=offers, campaigns=campaigns, window=window, parallel=parallel, tier=tier, **shares)
        self.api_key = f"ACMA:{_secret('api key', seed)}:{_secret('check', seed)[:8]}"
        self.oauth_token = f"y0_{_secret('oauth', seed)}"
        self.business_id = 700_000 + seed % 100_000
        self.campaign_ids = tuple(21_000_000 + seed % 1_000 * 1_000 + number for number in range(campaigns))
        self.campaign_id = self.campaign_ids[0]
        self.promo_id = f"cf_{100_000 + seed % 100_000}"
        self._catalogue = Catalogue(seed=seed, offers=offers, campaign_ids=self.campaign_ids, **shares)
        self._market = Market(
            business_id=self.business_id,
            promo_id=self.promo_id,
            catalogue=self._catalogue,
            windows=Windows(minute=window, strict=strict),
            tier=tier,
            seed=seed,
        )
        self._market.overcount = overcount
        self.limits = self._market.amounts
        for name, amount in (limits or {}).items():
            self.limits[_method(name).name] = amount
        self.locked = self._market.locked
        self.inactive = self._market.inactive
        routes = Routes(
            self._market,
            {
                self.api_key: tuple(scopes),
                self.oauth_token: ("all-methods",),
                **{key: tuple(scopes_of) for key, scopes_of in (keys or {}).items()},
            },
        )
        self._surface = Surface(
            self._market,
            routes,
            faults=Faults() if faults is None else faults,
            seed=seed,
            parallel=parallel,
            latency=latency,
            clock_offset=clock_offset,
            keep_alive=keep_alive,
            record=record,
            on_request=on_request,
        )
        self._host = host
        self._port = port
        self._runner: web.ServerRunner | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Start to listen.

        Raises:
            RuntimeError: it runs already.
            OSError: the port is in use.
        """
        if self._runner is not None:
            raise RuntimeError("this sandbox runs already")
        server = web.Server(
            self._surface.handle,
            handler_cancellation=True,
            access_log=None,
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
        # Here rather than at the first request, which would have to wait for it.
        self._catalogue.column(self.campaign_id)
        self._runner = runner

    async def stop(self) -> None:
        """Stop to listen, and reset what is under way. Does nothing where it doesn't run."""
        runner, self._runner = self._runner, None
        if runner is not None:
            for site in runner.sites:
                await site.stop()
            await self._surface.hang_up()
            await runner.cleanup()

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
        return list(self._surface.requests)

    @property
    def counts(self) -> Counter[object]:
        """How many requests there were so far, see the class."""
        return self._surface.counts

    @property
    def max_parallel_seen(self) -> dict[int, int]:
        """The most requests that ran at once for each store or business, by its id."""
        return self._surface.slots.most

    @property
    def faults(self) -> Faults:
        """What goes wrong on purpose."""
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
        return self._surface.clock_offset

    @clock_offset.setter
    def clock_offset(self, clock_offset: float) -> None:
        self._surface.clock_offset = clock_offset

    def now(self) -> float:
        """Tell the server's clock, in epoch seconds."""
        return self._surface.now()

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

    def _entity(self, method: Method, entity: int | None) -> int:
        if entity is not None:
            return entity
        return self.campaign_id if method.owner == "campaign" else self.business_id

    def offer_ids(self, campaign_id: int | None = None, *, statuses: Iterable[str] = ()) -> list[str]:
        """Tell the products that a store has now, in the order of its lists.

        Args:
            campaign_id: the store, the first where it is left out.
            statuses: only those with one of these statuses.
        """
        store = self.campaign_id if campaign_id is None else campaign_id
        catalogue = self._catalogue
        positions = catalogue.positions(store, after=-1, count=catalogue.offers, mask=mask_of(statuses))
        return [catalogue.offer_id(position) for position in positions]

    def hidden_offer_ids(self, campaign_id: int | None = None) -> list[str]:
        """Tell the hidden products of a store, in the order of its lists."""
        return self.offer_ids(campaign_id, statuses=["DISABLED_BY_PARTNER"])

    def warehouse_offer_ids(self) -> list[str]:
        """Tell the products that can't be deleted because they lie in a Market warehouse."""
        catalogue = self._catalogue
        return [catalogue.offer_id(at) for at in range(catalogue.offers) if catalogue.is_in_warehouse(at)]

    def promo_offer_ids(self) -> list[str]:
        """Tell the products of the promo, in the order of its list."""
        return [self._catalogue.offer_id(position) for position in self._catalogue.promo_positions]


def _method(name: str) -> Method:
    if name not in BY_NAME:
        raise ValueError(f"there is no method {name!r}; there are {', '.join(BY_NAME)}")
    return BY_NAME[name]


def _secret(purpose: str, seed: int) -> str:
    return blake2b(f"{purpose} {seed}".encode(), digest_size=20).hexdigest()


def _check(*, offers: int, campaigns: int, window: float, parallel: int, tier: str, **shares: int) -> None:
    for name, value, least in (("offers", offers, 0), ("campaigns", campaigns, 1), ("parallel", parallel, 1)):
        if value < least:
            raise ValueError(f"{name}={value}: must be {least} or more")
    if window <= 0:
        raise ValueError(f"window={window}: must be more than 0")
    if tier not in {"medium", "none"}:
        raise ValueError(f"tier={tier!r}: must be 'medium' or 'none'")
    for name, share in shares.items():
        if not 0 <= share <= offers:
            raise ValueError(f"{name}={share}: must be between 0 and offers={offers}")

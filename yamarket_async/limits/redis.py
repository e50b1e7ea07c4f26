"""The limiter of many processes: it keeps in Redis what `local.LocalLimiter` keeps inside one.

What is done there, and under which keys, stands in `redis.lua`. Here is what a process has to do for it: send what its
calls ask, wake those that are granted, renew their leases, and know what to do where Redis is away.
"""

import asyncio
import logging
import random
import re
import secrets
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from functools import partial
from importlib.resources import files
from math import inf
from typing import Any, Final, Literal, Self, cast
from urllib.parse import urlsplit

import msgspec

try:
    from redis.asyncio import BlockingConnectionPool, Redis
    from redis.asyncio.retry import Retry
    from redis.backoff import NoBackoff
    from redis.commands.core import AsyncScript
    from redis.exceptions import ConnectionError as RedisConnectionError
    from redis.exceptions import NoPermissionError, RedisError
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "RedisLimiter needs redis-py; pip install 'yamarket-async[redis]'", name=error.name
    ) from error

from yamarket_async.errors import InvalidRequest, LimiterUnavailable, QuotaExceeded
from yamarket_async.limits import (
    Demand,
    Entity,
    Lease,
    LimitState,
    Outcome,
    Wait,
    announce,
    clock,
    local,
    window,
)
from yamarket_async.limits.headers import LONGEST_WINDOW
from yamarket_async.limits.local import TIMER_MARGIN, LocalLimiter

logger = logging.getLogger("yamarket_async.limits")

LEASE: Final = 15.0
"""Seconds for which a worker that isn't heard of keeps what it holds: the Market gives up on a request after ten, so a
request of a worker that died is over by then."""

RENEWALS: Final = 4
"""How often a lease is renewed while it lasts, so that one or two lost renewals do no harm."""

KEPT: Final = int(LONGEST_WINDOW) + 3600
"""Seconds after their last use for which keys are kept: longer than any window, and so anything in them, lasts."""

SOCKET_TIMEOUT: Final = 3.0
"""Seconds to wait for a connection to be made and for the answer to a command, which takes Redis less than a
millisecond."""

POOL_TIMEOUT: Final = 30.0
"""Seconds to wait for one of this worker's own connections: thousands of stores that begin at once wait in line."""

CONNECTIONS: Final = 16
"""How many a worker opens at most. A command takes one for less than a millisecond."""

REJOIN: Final = 1.0
"""Seconds until a lost subscription is taken out anew."""

PROBE: Final = 5.0
"""Seconds between two looks whether Redis is back."""

CLOSING: Final = 5.0
"""Seconds that `aclose` waits for what is to be given back."""

DESCRIBED: Final = 500
"""Keys that `describe` reads with one command: a few milliseconds of Redis's time."""

_SHORTEST_LOOK: Final = 0.005
"""Seconds before the next look, so that a clock a little slower than that of Redis makes no storm of looks."""

_CONSTANTS: Final = {
    "CLOSE_ENOUGH": local.CLOSE_ENOUGH,
    "DATE_IS_ROUNDED": window.DATE_IS_ROUNDED,
    "DRIFT": clock.DRIFT,
    "FIRST_CROWDED_PAUSE": local.FIRST_CROWDED_PAUSE,
    "FIRST_PAUSE": local.FIRST_PAUSE,
    "JITTER": local.JITTER,
    "KEPT": KEPT,
    "LONGEST_CROWDED_PAUSE": local.LONGEST_CROWDED_PAUSE,
    "RECOVERY": local.RECOVERY,
    "TIMED_REQUESTS": local.TIMED_REQUESTS,
    "UNKNOWN_PERIOD": local.UNKNOWN_PERIOD,
    "WORTH_KNOWING": local.WORTH_KNOWING,
}

SCRIPT: Final = "".join(f"local {name} = {value}\n" for name, value in _CONSTANTS.items()) + (
    files("yamarket_async.limits").joinpath("redis.lua").read_text("utf-8")
)

_FAILURES = (RedisError, OSError)

_ADVICE: Final = (
    (
        ("AuthenticationError", "NOAUTH", "WRONGPASS", "invalid username-password", "invalid password"),
        "check the user and the password in the URL, redis://user:password@host",
    ),
    (
        ("NoPermissionError", "NOPERM", "No permissions"),
        "let its user run EVALSHA, SCRIPT LOAD, PUBLISH, SUBSCRIBE and the commands of hashes and sorted sets on the "
        "keys and channels that begin with the prefix (~yamarket:* &yamarket:*)",
    ),
    (
        ("OutOfMemoryError", "OOM"),
        "it is full: raise its maxmemory, or give the limits a Redis of their own; they take a few KB for each store",
    ),
    (
        ("ReadOnlyError", "READONLY"),
        "the URL leads to a replica: a failover is under way, or it should name the primary",
    ),
    (
        ("BusyLoadingError", "LOADING", "MasterDownError", "MASTERDOWN", "ClusterDownError"),
        "it is starting or failing over: call again in a few seconds",
    ),
    (
        ("MovedError", "AskError"),
        "it is a node of a cluster: name a Redis that stands alone, or a proxy in front of the cluster",
    ),
    (
        ("TimeoutError",),
        "it does not answer in time: check that nothing swallows the connection (a firewall), and its load",
    ),
    (
        ("",),
        "check that it runs and that the URL is right, or use on_unavailable='local'",
    ),
)
"""What to do about an error, by what stands in it; the first that fits."""


class _Standing(msgspec.Struct, frozen=True):
    """How a limit stands, as the script told it; `ends` in epoch seconds, `ends_in` and `period` in seconds."""

    amount: int | None = None
    remaining: int | None = None
    ends: float | None = None
    ends_in: float = inf
    period: float = 1.0


class _Told(msgspec.Struct, frozen=True):
    """What the script tells a worker, in its answer or on the worker's channel.

    Attributes:
        key: the entity.
        granted: those of its calls that hold a lease, in the order of their grants.
        waiting: seconds for which the limit holds up those that wait.
        unknown: those that it renewed and that are not known: given up as dead, or lost with the memory of Redis.
        look_in: seconds after which to look again; None where nobody waits.
        states: how the limits stand.
    """

    key: str = ""
    granted: list[str] = []
    waiting: dict[str, float] = {}
    unknown: list[str] = []
    look_in: float | None = None
    states: dict[str, _Standing] = {}


_read_told = msgspec.json.Decoder(_Told).decode


class _Call:
    """A call that waits for its grant, or holds it."""

    __slots__ = (
        "alarm",
        "deadline",
        "demand",
        "failure",
        "is_granted",
        "line",
        "max_wait",
        "name",
        "on_wait",
        "opens",
        "renewed_at",
        "woken",
    )

    def __init__(
        self,
        name: str,
        line: "_Line",
        demand: Demand,
        *,
        max_wait: float | None,
        on_wait: Callable[[Wait], None] | None,
        now: float,
    ) -> None:
        patience = "any" if max_wait is None else "some"
        self.name = f"{name} {demand.cost} {demand.max_parallel} {patience} {demand.endpoint}"
        self.line = line
        self.demand = demand
        self.max_wait = max_wait
        self.on_wait = on_wait
        self.opens = -inf
        """The local moment before which the limit holds it up."""
        self.deadline: float | None = None
        """The local moment up to which it may wait for the limit; None until it has begun to."""
        self.alarm: asyncio.TimerHandle | None = None
        self.renewed_at = now
        """The last local moment from which its lease, or its place, certainly lasts."""
        self.is_granted = False
        self.failure: BaseException | None = None
        self.woken = asyncio.Event()

    def check(self) -> None:
        if self.failure is not None:
            raise self.failure


class _Line:
    """The calls of this process at one entity, and what they have to ask Redis.

    One command is on its way at a time. What comes up meanwhile goes with the next one, in the order in which it came
    up: so an entity costs a connection at the most, and a release goes before the acquisition that follows it.
    """

    __slots__ = ("alarm", "asks", "calls", "entity", "key", "sending", "sent")

    def __init__(self, key: str, entity: Entity) -> None:
        self.key = key
        self.entity = entity
        self.calls: dict[str, _Call] = {}
        self.asks: list[dict[str, Any]] = []
        """What is to be asked next."""
        self.sent: list[dict[str, Any]] = []
        """What was asked last."""
        self.sending: asyncio.Task[None] | None = None
        self.alarm: asyncio.TimerHandle | None = None

    def waiting(self) -> list[_Call]:
        return [call for call in self.calls.values() if not call.is_granted]

    def silence(self) -> None:
        if self.alarm is not None:
            self.alarm.cancel()
            self.alarm = None


class RedisLimiter:
    """Keeps the limits for all processes that name the same Redis and the same prefix.

    A request holds a lease on its share of the limit and on its slot. The lease is renewed as long as the process is
    alive; one that was killed holds them for `lease` seconds more. Then its slots are free, and its share counts as
    spent until an answer tells.

    An acquisition costs Redis one command and a release another; a call that waits costs a further one for each time
    that its limit opens, and each process one for each of its stores every quarter of `lease`.

    Make it with `RedisLimiter.from_url`. It belongs to the event loop in which it is used first, until `aclose`.

    Args:
        connect: makes a client.
        place: where Redis is, for messages; without the password.
        prefix: what all keys and channels begin with.
        on_unavailable: what to do where Redis is away.
        lease: seconds.
        jitter: draws the random part of a pause, a number from 0 to 1.
    """

    def __init__(
        self,
        connect: Callable[[], "Redis"],
        *,
        place: str = "Redis",
        prefix: str = "yamarket",
        on_unavailable: Literal["raise", "local"] = "raise",
        lease: float = LEASE,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        if on_unavailable not in {"raise", "local"}:
            raise InvalidRequest("on_unavailable", on_unavailable, "must be 'raise' or 'local'")
        if not 0 < lease < inf:
            raise InvalidRequest("lease", lease, "must be a number of seconds above 0")
        self._connect = connect
        self._place = place
        self._prefix = checked_prefix(prefix)
        self._on_unavailable = on_unavailable
        self._lease = lease
        self._jitter = jitter
        self._worker = secrets.token_hex(4)
        self._calls = 0
        self._lines: dict[Entity, _Line] = {}
        self._standings: dict[tuple[str, Entity], tuple[float, _Standing]] = {}
        self._alone = LocalLimiter(jitter=jitter)
        self._is_away = False
        self._redis: Redis | None = None
        self._script: AsyncScript
        self._loop: asyncio.AbstractEventLoop
        self._tasks = set[asyncio.Task[None]]()
        self._listening: asyncio.Task[None] | None = None

    @classmethod
    def from_url(
        cls,
        url: str,
        *,
        prefix: str = "yamarket",
        on_unavailable: Literal["raise", "local"] = "raise",
        lease: float = LEASE,
        **redis_kwargs: Any,
    ) -> Self:
        """Make a limiter that keeps its state in Redis or Valkey. Connects when it is first used.

        Args:
            url: `redis://[user:password@]host[:port][/db]`, `rediss://…` with TLS, or `unix://[…@]/path/to/socket`.
            prefix: what all keys and channels begin with; no braces. Ids of campaigns and businesses are unique, so
                processes with different keys can share it, except where they call getCampaigns: its limit belongs to
                the key, which is not told to Redis. Give each key a prefix of its own then.
            on_unavailable: "raise" raises `LimiterUnavailable` where Redis is away. "local" goes on inside this
                process, with one request at once for an entity, says so once in the log, and returns by itself.
            lease: seconds, above 0, for which a process that was killed keeps what it held.
            **redis_kwargs: passed on to redis-py's connections: `socket_timeout` (3 seconds), `ssl_ca_certs`, …

        Raises:
            InvalidRequest: an argument is out of bounds.
            ValueError: the URL is none of Redis.
        """
        connect = connector(url, redis_kwargs)
        connect()  # finds what is wrong with the URL now
        return cls(connect, place=place_of(url), prefix=prefix, on_unavailable=on_unavailable, lease=lease)

    async def acquire(
        self,
        demand: Demand,
        *,
        max_wait: float | None = None,
        on_wait: Callable[[Wait], None] | None = None,
    ) -> Lease:
        """Wait until the request may be sent, as `Limiter.acquire` says.

        What a call spends behind other requests (for a slot, or for an answer that tells what it cost) doesn't count
        towards `max_wait`, as in one process.
        """
        self._open()
        if self._is_away:
            return await self._acquire_alone(demand, max_wait, on_wait)
        self._calls += 1
        line = self._line(demand.entity)
        name, now = f"{self._worker}-{self._calls}", self._loop.time()
        call = _Call(name, line, demand, max_wait=max_wait, on_wait=on_wait, now=now)
        try:
            await self._acquire(call)
        except LimiterUnavailable:
            if self._on_unavailable == "raise":
                raise
            if call.deadline is not None:
                on_wait = None  # it was told
                max_wait = None if max_wait is None else max(0.0, call.deadline - self._loop.time())
            return await self._acquire_alone(demand, max_wait, on_wait)
        return call

    def release(self, lease: Lease, outcome: Outcome) -> None:
        """Give the slot back and settle the share of the limit, in the background.

        Where that fails, the log says so, and Redis takes them back when the lease ends. Does nothing for a lease that
        was released before.
        """
        if not isinstance(lease, _Call):
            self._alone.release(lease, outcome)
        elif lease.line.calls.pop(lease.name, None) is not None:
            self._ask_to_release(lease, outcome)

    def states(self) -> list[LimitState]:
        """Tell what is known of each key used so far: what Redis said when this process asked it last."""
        if self._is_away or not self._standings:
            return self._alone.states()
        now = self._loop.time()
        return [
            state_of(endpoint, entity, standing, now - told_at)
            for (endpoint, entity), (told_at, standing) in self._standings.items()
        ]

    async def aclose(self) -> None:
        """Wait until what was released is given back, for a few seconds at most, and close the connections.

        What is still held then ends with its lease. Waiters are the caller's to cancel. Whoever uses the limiter again
        opens it again.
        """
        if self._redis is None:
            return
        sending = [line.sending for line in self._lines.values() if line.sending is not None]
        if sending:
            await asyncio.wait(sending, timeout=CLOSING)
        for line in self._lines.values():
            line.silence()
        while self._tasks:
            # Once is not always enough: redis-py can swallow a cancellation that comes together with a message.
            for task in self._tasks:
                task.cancel()
            await asyncio.wait(self._tasks, timeout=0.05)
        redis, self._redis, self._listening, self._is_away = self._redis, None, None, False
        await redis.aclose()
        await self._alone.aclose()
        for line in list(self._lines.values()):
            if line.waiting():
                self._look(line)  # a call of another client that shares this limiter

    # -- the calls of this process -------------------------------------------------------------------------------------

    async def _acquire(self, call: _Call) -> None:
        call.line.calls[call.name] = call
        self._ask_to_go(call)
        try:
            while not call.is_granted:
                await call.woken.wait()
                call.woken.clear()
                call.check()
                if not call.is_granted:
                    self._reckon(call)
        except BaseException:
            del call.line.calls[call.name]
            if call.failure is None:
                # Goes after whatever this call has asked before, so it finds the call in its place or granted.
                self._ask_to_release(call, Outcome("unsent"))
            raise
        finally:
            if call.alarm is not None:
                call.alarm.cancel()

    async def _acquire_alone(
        self, demand: Demand, max_wait: float | None, on_wait: Callable[[Wait], None] | None
    ) -> Lease:
        # Others do the same at this moment, and nobody knows how many they are.
        return await self._alone.acquire(
            msgspec.structs.replace(demand, max_parallel=1), max_wait=max_wait, on_wait=on_wait
        )

    def _reckon(self, call: _Call) -> None:
        """Tell that a call starts to wait for the resource limit, or refuse to let it wait."""
        now = self._loop.time()
        delay = call.opens - now
        if delay <= 0:
            return
        is_first = call.deadline is None
        if call.deadline is None:
            call.deadline = inf if call.max_wait is None else now + call.max_wait
        demand = call.demand
        if now + delay > call.deadline:
            max_wait = cast("float", call.max_wait)
            raise QuotaExceeded(demand.endpoint, demand.entity, retry_after=delay, max_wait=max_wait)
        if is_first:
            if call.deadline < inf:
                call.alarm = self._loop.call_at(call.deadline + TIMER_MARGIN, self._look, call.line)
            told_at, standing = self._standings.get((demand.endpoint, demand.entity), (now, _Standing()))
            announce(demand, delay, state_of(demand.endpoint, demand.entity, standing, now - told_at), call.on_wait)

    # -- what they ask -------------------------------------------------------------------------------------------------

    def _ask_to_go(self, call: _Call) -> None:
        ask = {"verb": "acquire", "name": call.name}
        self._ask(call.line, ask if call.demand.limit is None else {**ask, "limit": call.demand.limit})

    def _ask_to_release(self, call: _Call, outcome: Outcome) -> None:
        self._open()
        self._ask(self._line(call.demand.entity), {"verb": "release", "name": call.name, "outcome": outcome})

    def _look(self, line: _Line) -> None:
        """Renew the leases and the places of the calls, and have granted what can be granted by now."""
        self._open()
        if all(ask["verb"] != "look" for ask in line.asks):
            self._ask(line, {"verb": "look", "names": list(line.calls)})

    def _ask(self, line: _Line, ask: dict[str, Any]) -> None:
        line.asks.append(ask)
        self._begin_to_send(line)

    def _begin_to_send(self, line: _Line) -> None:
        if line.sending is None:
            line.sending = self._spawn(self._send(line))
            line.sending.add_done_callback(partial(self._end_sending, line))

    async def _send(self, line: _Line) -> None:
        while line.asks:
            line.sent, line.asks = line.asks, []
            asked_at = self._loop.time()
            told = await self._run(line.key, line.sent)
            for name in (name for ask in line.sent for name in (ask.get("name"), *ask.get("names", ()))):
                if name in line.calls:
                    line.calls[name].renewed_at = asked_at
            line.sent = []
            self._heed(line, told)

    def _end_sending(self, line: _Line, task: asyncio.Task[None]) -> None:
        line.sending = None
        if not task.cancelled() and (error := task.exception()):
            self._give_up(line, error)
        if line.asks:
            self._begin_to_send(line)
        elif not line.calls:
            line.silence()
            self._lines.pop(line.entity, None)

    async def _run(self, key: str, asks: list[dict[str, Any]]) -> _Told:
        asker = {"worker": self._worker, "lease": self._lease, "jitter": self._jitter(), "asks": asks}
        try:
            return _read_told(await self._script(keys=[key], args=[msgspec.json.encode(asker)]))
        except _FAILURES as error:
            raise self._unavailable(error) from error

    # -- what they are told --------------------------------------------------------------------------------------------

    def _heed(self, line: _Line, told: _Told) -> None:
        now = self._loop.time()
        for endpoint, standing in told.states.items():
            self._standings[endpoint, line.entity] = now, standing
        for call in (line.calls[name] for name in told.granted if name in line.calls):
            if call.is_granted:
                continue
            if now > call.renewed_at + self._lease:
                # This process stood still for so long that others may have been granted the same by now.
                self._look(line)
                continue
            call.is_granted = True
            call.woken.set()
        for name, delay in told.waiting.items():
            if name in line.calls:
                line.calls[name].opens = now + delay
                line.calls[name].woken.set()
        for call in (line.calls[name] for name in told.unknown if name in line.calls):
            if not call.is_granted:
                self._ask_to_go(call)
        line.silence()
        if line.waiting():
            self._listen()
            if told.look_in is not None:
                delay = max(told.look_in + TIMER_MARGIN, _SHORTEST_LOOK)
                line.alarm = self._loop.call_later(delay, self._look, line)

    @property
    def _channel(self) -> str:
        return f"{self._prefix}:worker {self._worker}"

    def _listen(self) -> None:
        if self._listening is None:
            self._listening = self._spawn(self._hear())

    async def _hear(self) -> None:
        """Hear what the runs of other processes have for the calls of this one."""
        redis = cast("Redis", self._redis)
        while True:
            try:
                async with redis.pubsub() as channel:
                    await channel.subscribe(self._channel)
                    while True:
                        self._hearken(await channel.get_message(timeout=self._lease))
            except NoPermissionError as error:
                self._fail_all(self._unavailable(error))
            except _FAILURES:
                pass  # whether Redis is away, the next look will tell
            await asyncio.sleep(REJOIN)
            self._look_everywhere()

    def _hearken(self, message: dict[str, Any] | None) -> None:
        if message is None:
            return
        if message["type"] != "message":
            self._look_everywhere()  # what was said before the subscription wasn't heard
            return
        told = _read_told(message["data"])
        if line := self._lines.get(entity_in(told.key)):
            self._heed(line, told)

    def _look_everywhere(self) -> None:
        for line in self._lines.values():
            if line.waiting():
                self._look(line)

    # -- what goes on in the background --------------------------------------------------------------------------------

    def _open(self) -> None:
        loop = asyncio.get_running_loop()
        if self._redis is None:
            self._loop = loop
            self._redis = self._connect()
            self._script = self._redis.register_script(SCRIPT)
            self._spawn(self._renew())
        elif self._loop is not loop:
            raise RuntimeError("this RedisLimiter belongs to another event loop; await its aclose() there first")

    def _line(self, entity: Entity) -> _Line:
        return self._lines.setdefault(entity, _Line(f"{self._prefix}:{{{entity}}}", entity))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _renew(self) -> None:
        """Renew the leases and places that are due, with one command for each entity."""
        while True:
            await asyncio.sleep(self._lease / RENEWALS)
            # Half a round of grace: a lease is stamped a little later than the round that renewed it.
            due = self._loop.time() - self._lease / RENEWALS / 2
            for line in self._lines.values():
                if any(call.renewed_at <= due for call in line.calls.values()):
                    self._look(line)

    # -- Redis is away -------------------------------------------------------------------------------------------------

    def _unavailable(self, error: Exception) -> LimiterUnavailable:
        unavailable = LimiterUnavailable(explain(error, self._place))
        if self._on_unavailable == "local" and not self._is_away:
            self._is_away = True
            logger.warning("%s; until it is back this process keeps the limits by itself", unavailable)
            self._spawn(self._probe())
            self._fail_all(unavailable)
        return unavailable

    def _give_up(self, line: _Line, error: BaseException) -> None:
        """Let the calls that wait know that it is in vain, and the log that others could not be given back."""
        releases = sum(ask["verb"] == "release" for ask in line.sent + line.asks)
        line.asks, line.sent = [], []
        line.silence()
        for call in line.waiting():
            call.failure = error
            call.woken.set()
        if releases and not self._is_away:
            logger.warning(
                "%d requests of %s could not be given back and hold their slots for up to %g s: %s",
                releases,
                line.entity,
                self._lease,
                error,
            )

    def _fail_all(self, error: LimiterUnavailable) -> None:
        for line in self._lines.values():
            self._give_up(line, error)

    async def _probe(self) -> None:
        """Return to Redis as soon as it can be written to and heard."""
        redis = cast("Redis", self._redis)
        while self._is_away:
            await asyncio.sleep(PROBE)
            try:
                await self._run(f"{self._prefix}:probe", [])
                async with redis.pubsub() as channel:
                    await channel.subscribe(self._channel)
                    await channel.get_message(timeout=SOCKET_TIMEOUT)
            except (LimiterUnavailable, *_FAILURES):
                continue
            self._is_away = False
            logger.info("%s is back and keeps the limits again", self._place)


async def describe(url: str, *, prefix: str = "yamarket", **redis_kwargs: Any) -> list[LimitState]:
    """Tell how all limits stand that are kept in Redis under a prefix. Changes nothing.

    Args:
        url: as for `RedisLimiter.from_url`.
        prefix: what the keys begin with.
        **redis_kwargs: passed on to redis-py's connections.

    Returns:
        The limits, by entity and method.

    Raises:
        LimiterUnavailable: Redis is away.
    """
    pattern = re.sub(r"([\\*?[])", r"\\\1", checked_prefix(prefix)) + ":{*}:*"
    async with connector(url, redis_kwargs)() as redis:
        try:
            keys = list({key async for key in redis.scan_iter(match=pattern, count=DESCRIBED, _type="hash")})
            states = [
                state
                for start in range(0, len(keys), DESCRIBED)
                for state in await read_states(redis, keys[start : start + DESCRIBED])
            ]
        except _FAILURES as error:
            raise LimiterUnavailable(explain(error, place_of(url))) from error
    return sorted(states, key=lambda state: (state.entity, state.endpoint))


async def read_states(redis: "Redis", keys: list[bytes]) -> list[LimitState]:
    """Read how the limits stand that lie under these keys."""
    script = redis.register_script(SCRIPT)
    limits = [key.decode().rsplit(":", 1) for key in keys]
    async with redis.pipeline(transaction=False) as pipeline:
        for entity, endpoint in limits:
            await script(keys=[entity], args=[msgspec.json.encode({"describe": endpoint})], client=pipeline)
        answers = [_read_told(answer) for answer in await pipeline.execute()]
    return [
        state_of(endpoint, entity_in(key), told.states[endpoint], 0.0)
        for (key, endpoint), told in zip(limits, answers, strict=True)
    ]


def entity_in(key: str) -> Entity:
    """Read the entity in a key: `yamarket:{campaign 123}`."""
    kind, _, number = key[key.index("{") + 1 : -1].partition(" ")
    return Entity(cast("Literal['campaign', 'business', 'token']", kind), int(number or 0))


def connector(url: str, redis_kwargs: dict[str, Any]) -> Callable[[], "Redis"]:
    """Give what makes a client for a URL. One repeat, since Redis may have closed a connection that lay idle."""
    options = {
        "max_connections": CONNECTIONS,
        "timeout": POOL_TIMEOUT,
        "socket_timeout": SOCKET_TIMEOUT,
        "socket_connect_timeout": SOCKET_TIMEOUT,
        "retry": Retry(NoBackoff(), 1, supported_errors=(RedisConnectionError,)),
        **redis_kwargs,
    }
    return lambda: Redis.from_pool(BlockingConnectionPool.from_url(url, **options))


def checked_prefix(prefix: str) -> str:
    """Check a prefix: braces in it would decide on the slot of a cluster."""
    if not prefix or set(prefix) & {"{", "}"}:
        raise InvalidRequest("prefix", prefix, "must be a string that is not empty and has no braces")
    return prefix


def place_of(url: str) -> str:
    """Tell where a URL leads, without the password in it."""
    parts = urlsplit(url)
    if not parts.hostname or parts.scheme == "unix":
        return f"Redis at {parts.path}"
    return f"Redis at {parts.hostname}:{parts.port or 6379}"


def explain(error: Exception, place: str) -> str:
    """Say what is wrong with Redis and what to do about it."""
    said = f"{type(error).__name__}: {error}"
    advice = next(advice for signs, advice in _ADVICE if any(sign in said for sign in signs))
    return f"{place} can't keep the limits ({said}); {advice}"


def state_of(endpoint: str, entity: Entity, standing: _Standing, age: float) -> LimitState:
    """Give the state of a limit that stood so and so many seconds ago."""
    amount, remaining, ends = standing.amount, standing.remaining, standing.ends
    if ends is not None and age >= standing.ends_in:
        remaining = amount
        ends += ((age - standing.ends_in) // standing.period + 1) * standing.period
    return LimitState(endpoint, entity, amount, remaining, None if ends is None else datetime.fromtimestamp(ends, UTC))

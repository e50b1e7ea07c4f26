"""What a worker and the script in Redis say to each other.

The script is put together here: the constants of the arithmetic, the arithmetic itself, then what is stored under which
keys (`storage.lua`), and what is done with it (`sync.lua`).
"""

from hashlib import sha1
from importlib.resources import files
from math import ceil, inf
from typing import Final, Literal, cast

import msgspec

from yamarket_async.limits import Entity, Limit, LimitState, Outcome, clock, local, slots, window
from yamarket_async.limits.headers import LONGEST_WINDOW

KEPT: Final = int(LONGEST_WINDOW) + 3600
"""Seconds after their last use for which keys are kept: longer than any window, and so anything in them, lasts."""

LISTED: Final = 8
"""How many of its waiting calls a worker names for each method: as many as can be granted before it speaks again."""

_CONSTANTS: Final = {
    "A_MOMENT": 1e-6,
    "CLOSE_ENOUGH": local.CLOSE_ENOUGH,
    "COUNTS_ITEMS": window.COUNTS_ITEMS,
    "COUNTS_REQUESTS": window.COUNTS_REQUESTS,
    "DATE_IS_ROUNDED": window.DATE_IS_ROUNDED,
    "DRIFT": clock.DRIFT,
    "FIRST_CROWDED_PAUSE": slots.FIRST_CROWDED_PAUSE,
    "FIRST_LAG": clock.FIRST_LAG,
    "FIRST_PAUSE": local.FIRST_PAUSE,
    "INF": "math.huge",
    "JITTER": local.JITTER,
    "KEPT": KEPT,
    "LONGER_PERIODS": "{ "
    + ", ".join(f"[{shorter}] = {longer}" for shorter, longer in window.LONGER_PERIODS.items())
    + " }",
    "LONGEST_CROWDED_PAUSE": slots.LONGEST_CROWDED_PAUSE,
    "LONGEST_CROWDED_RECOVERY": slots.LONGEST_CROWDED_RECOVERY,
    "LONGEST_LAG": clock.LONGEST_LAG,
    "LONGEST_RECOVERY": slots.LONGEST_RECOVERY,
    "MOST_DOUBLINGS": 32,
    "MOST_UNTOLD": window.MOST_UNTOLD,
    "RECOVERY": slots.RECOVERY,
    "TIMED_REQUESTS": local.TIMED_REQUESTS,
    "UNKNOWN_PERIOD": local.UNKNOWN_PERIOD,
    "WORTH_KNOWING": local.WORTH_KNOWING,
}


def _read(*names: str) -> str:
    texts = [files("yamarket_async.limits.redis").joinpath(f"{name}.lua").read_text("utf-8") for name in names]
    return "".join(f"local {name} = {value}\n" for name, value in _CONSTANTS.items()) + "\n".join(texts)


ARITHMETIC: Final = _read("clock", "window", "bucket", "slots")
"""The part of the script that calls no command of Redis."""

SCRIPT: Final = _read("clock", "window", "bucket", "slots", "storage", "limit", "sync")

SHA: Final = sha1(SCRIPT.encode(), usedforsecurity=False).hexdigest()
"""The name under which Redis knows the script, once it has run it."""


class Waits(msgspec.Struct, frozen=True):
    """The calls of a worker that wait for one limit.

    Attributes:
        limit: the figures that hold until an answer tells others.
        calls: the first of them: number, items, seconds since it arrived, requests at once for the entity, those for
            the method or 0, and whether it may wait for ever.
        requests: how many there are.
        items: what they can cost together where items are counted.
    """

    limit: Limit | None
    calls: list[tuple[int, int, float, int, int, bool]]
    requests: int
    items: int


class Said(msgspec.Struct, frozen=True):
    """All that a worker has at one entity.

    Attributes:
        worker: its id.
        seq: rises with everything that it says; only the latest counts.
        lease: seconds for which it keeps all this without being heard of again.
        jitter: a random number from 0 to 1.
        holds: its requests on their way: number, method, items, requests at once for the entity, those for the method
            or 0.
        releases: those that are over: number, what came of them.
        waits: its calls that wait, by method.
        probes: whether to write as if some waited, to see whether Redis has room.
    """

    worker: str
    seq: int
    lease: float
    jitter: float
    holds: list[tuple[int, str, int, int, int]]
    releases: list[tuple[int, Outcome]]
    waits: dict[str, Waits]
    probes: bool = False


class Standing(msgspec.Struct, frozen=True):
    """How a limit stands, as the script told it. Seconds count from that moment.

    Attributes:
        amount: the amount in force.
        by_requests: whether requests are counted, or may be, and not items.
        remaining: what is left of it, less what is on its way.
        ends: when the window ends, in epoch seconds.
        ends_in: the same in seconds.
        period: the length of the window in seconds.
        opens_in: seconds for which it is closed whatever remains.
        room: what is left of it whatever is on its way.
        leaks: while no answer has told of a window: after how many seconds how much of the amount is free again.
        requests_ahead: how many calls of other workers wait for it.
        items_ahead: what those can cost where items are counted.
    """

    amount: int | None = None
    by_requests: bool = False
    remaining: int | None = None
    ends: float | None = None
    ends_in: float = inf
    period: float = 1.0
    opens_in: float = 0.0
    room: float = inf
    leaks: list[tuple[float, int]] = []
    requests_ahead: int = 0
    items_ahead: int = 0

    def _cost(self, items: int, requests: int) -> int:
        return requests if self.by_requests else min(items, requests * (self.amount or items))

    def wait(self, items: int, *, items_ahead: int, requests_ahead: int) -> float:
        """Tell how long the limit holds a call up at the least, in seconds from the moment at which it stood so.

        Args:
            items: the most items that the call can cost.
            items_ahead: the items that those can cost that go first.
            requests_ahead: how many those are.
        """
        if self.amount is None:
            return self.opens_in
        lacking = self._cost(items, 1) + self._cost(items_ahead, requests_ahead) - self.room
        if lacking <= 0:
            return self.opens_in
        if self.ends is not None:
            return max(self.opens_in, self.ends_in + (ceil(lacking / self.amount) - 1) * self.period)
        delay = 0.0
        for delay, cost in self.leaks:
            lacking -= cost
            if lacking <= 0:
                return max(self.opens_in, delay)
        return max(self.opens_in, delay + ceil(lacking / self.amount) * self.period)

    def state(self, endpoint: str, entity: Entity, age: float) -> LimitState:
        """Give the state of a limit that stood so and so many seconds ago."""
        remaining, ends = self.remaining, self.ends
        if ends is not None and age >= self.ends_in:
            remaining = self.amount
            ends += ((age - self.ends_in) // self.period + 1) * self.period
        return LimitState(endpoint, entity, self.amount, remaining, None if ends is None else local.moment_of(ends))


class Told(msgspec.Struct, frozen=True):
    """What the script answers a worker.

    Attributes:
        stale: whether something that the worker said later had come first, so that nothing was done.
        granted: the numbers of those calls that it holds and didn't know of.
        look_in: seconds after which to speak again; None where time alone opens nothing, or another worker is first.
        standings: how the limits stand that it has to do with, by method.
    """

    stale: bool = False
    granted: list[int] = []
    look_in: float | None = None
    standings: dict[str, Standing] = {}


class Message(msgspec.Struct, frozen=True):
    """What the script says on the channel of a worker whose calls another worker's run has to do with.

    Attributes:
        key: that of the entity.
        granted: the numbers of those calls that were granted.
        look: whether it should speak, since more of its calls may go than it has named.
        look_in: seconds after which it should speak, since its calls are the first for which time opens a limit then.
        standings: how the limits stand that hold those up, by method.
    """

    key: str
    granted: list[int] = []
    look: bool = False
    look_in: float = inf
    standings: dict[str, Standing] = {}


read_told = msgspec.msgpack.Decoder(Told).decode
read_message = msgspec.msgpack.Decoder(Message).decode


def entity_key(prefix: str, entity: Entity) -> str:
    """Give the key of an entity: `yamarket:{campaign 123}`."""
    return f"{prefix}:{{{entity}}}"


def name_of(endpoint: str, entity: Entity, place: Entity) -> str:
    """Give the name of a limit at the entity whose slots it takes: the method, and whose it is if it is another's."""
    return endpoint if entity == place else f"{entity}:{endpoint}"


def entity_in(key: str) -> Entity:
    """Read the entity in a key."""
    return _entity(key[key.index("{") + 1 : key.index("}")])


def limit_in(name: str, place: Entity) -> tuple[str, Entity]:
    """Read the method and the entity in the name of a limit."""
    entity, _, endpoint = name.rpartition(":")
    return endpoint, _entity(entity) if entity else place


def _entity(text: str) -> Entity:
    kind, _, number = text.partition(" ")
    return Entity(cast("Literal['campaign', 'business', 'token']", kind), int(number or 0))

"""The limiter of one process."""

import asyncio
import logging
import os
import random
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from math import inf
from time import monotonic
from typing import Any, Final, cast

import msgspec

from yamarket_async.errors import InvalidRequest
from yamarket_async.limits import TOKEN, Demand, Entity, Lease, LimitState, Outcome, Wait
from yamarket_async.limits.bucket import Bucket
from yamarket_async.limits.clock import ServerClock
from yamarket_async.limits.slots import Slots
from yamarket_async.limits.waiting import TIMER_MARGIN, Line, Waiter
from yamarket_async.limits.window import COUNTS_REQUESTS, Window

logger = logging.getLogger("yamarket_async.limits")

JITTER: Final = 1.0
"""The most seconds to stay away after the end of a window that somebody else used up, and at most a fiftieth of it."""

FIRST_PAUSE: Final = 1.0
"""Seconds after a first refusal that doesn't say until when; each further one doubles them, up to the period."""

UNKNOWN_PERIOD: Final = 60.0
"""Seconds; the shortest period of a documented limit stands in where none is documented."""

CLOSE_ENOUGH: Final = 0.05
"""Seconds of vagueness of the server's clock that aren't worth a timed request."""

WORTH_KNOWING: Final = 0.02
"""The same as a share of the period, where the timed request might be the last one, and be sent later for nothing."""

TIMED_REQUESTS: Final = 2
"""How many requests at the end of a window are timed, where calls have had to wait for a turn before."""

KEPT: Final = 3600.0
"""Seconds after its last use for which a limit is remembered at the least, and for a whole period."""

_SWEEPS: Final = KEPT / 60
"""Seconds between two rounds in which all limits are looked at to let them go."""

_SWEPT_AT_ONCE: Final = 50
"""How many of them a call looks at, which takes it less than 0.1 ms."""

_MOST_DOUBLINGS: Final = 32


class _Grant(msgspec.Struct, eq=False):
    """A request that may be sent.

    Attributes:
        limit: the limit that it counts against.
        number: its number there.
        demand: what it needed.
        at: the local moment of the grant.
        tried: whether it is the one above the ceiling of the slots.
        drew: what the bucket has counted it as; 0 where the window holds the limit.
        waited: see `Lease`.
        in_flight: whether it hasn't been released.
    """

    limit: "_Limit"
    number: int
    demand: Demand
    at: float
    tried: bool
    drew: int
    waited: float = 0.0
    in_flight: bool = True


def most_of(demand: Demand) -> int:
    """Tell how many requests may be on their way at once that count against the same slots."""
    return demand.method_parallel or demand.max_parallel


class _Place:
    """The slots of one entity, and the limits of its methods for which calls wait."""

    __slots__ = ("limits", "lines", "slots")

    def __init__(self) -> None:
        self.slots = Slots()
        self.limits = 0
        """How many limits lie here."""
        self.lines: dict[tuple[str, Entity], _Limit] = {}


class _Limit(Line[_Grant]):
    """One limit: its window, what stands in for it while no answer has told of one, and the calls that wait for it."""

    __slots__ = (
        "alarm",
        "bucket",
        "closed_until",
        "has_own_slots",
        "has_waited",
        "held_until",
        "key",
        "limiter",
        "pauses",
        "period",
        "place",
        "slots",
        "used_at",
        "window",
    )

    def __init__(self, demand: Demand, limiter: "LocalLimiter", place: _Place) -> None:
        super().__init__(demand.endpoint, demand.entity)
        self.key = demand.endpoint, demand.entity
        self.limiter = limiter
        self.place = place
        self.has_own_slots = demand.method_parallel is not None
        self.slots = Slots() if self.has_own_slots else place.slots
        """Those of the method where it has a figure of its own, or those of the entity."""
        self.window = Window.documented(demand.limit)
        self.bucket = Bucket(demand.limit, most_of(demand)) if demand.limit else None
        self.period = demand.limit.period if demand.limit else UNKNOWN_PERIOD
        self.closed_until = -inf
        self.alarm: asyncio.TimerHandle | None = None
        self.has_waited = False
        """Whether calls have had to wait for a turn of the window."""
        self.held_until = -inf
        """The local moment up to which the head is held back for what its answer will tell of the server's clock."""
        self.used_at = 0.0
        self.pauses = 0

    # What a waiting room asks of it.

    def delay(self, waiter: Waiter[_Grant], now: float) -> float:
        return self.limiter.delay(self, waiter, now)

    def state(self) -> LimitState:
        return self.state_at(self.limiter.server_now())

    def serve(self) -> None:
        self.limiter.serve(self.place)

    def give_back(self, grant: _Grant) -> None:
        self.limiter.release(cast("Lease", grant), Outcome("unsent"))

    def enqueue(self, waiter: Waiter[_Grant]) -> None:
        super().enqueue(waiter)
        self.place.lines[self.key] = self

    def dequeue(self, waiter: Waiter[_Grant]) -> None:
        super().dequeue(waiter)
        if not self.waiters:
            self.place.lines.pop(self.key, None)
            self.silence()

    # The rest.

    def start_over(self, place: _Place, server_now: float, latest: float) -> None:
        """Begin anew, with what was told, where the event loop of all that was on its way is over."""
        self.place = place
        place.limits += 1
        self.slots = Slots() if self.has_own_slots else place.slots
        self.waiters, self.items, self.alarm = (), 0, None
        for number in list(self.window.in_flight):
            self.window.settle(number, Outcome("lost"), now=server_now, latest=latest)
        if self.bucket is not None:
            self.bucket = self.bucket.carried_over()

    def pause(self, now: float, factor: float) -> None:
        """Stay away for a while after a refusal that didn't say until when."""
        pause = FIRST_PAUSE * 2.0 ** min(self.pauses, _MOST_DOUBLINGS)
        self.closed_until = now + factor * min(self.period, pause)
        self.pauses += 1

    def follow_answers(self) -> None:
        """Let the window hold the limit from now on: an answer has told of it."""
        if self.bucket is not None:
            self.bucket.close()
            self.bucket = None

    def silence(self) -> None:
        if self.alarm is not None:
            self.alarm.cancel()
            self.alarm = None

    def holds_nothing(self, now: float, server_now: float) -> bool:
        """Tell whether it can be let go: what it knows is over, or will be told by the next answer."""
        window = self.window
        return (
            not self.waiters
            and not window.in_flight
            and now >= max(self.closed_until, self.used_at + max(KEPT, self.period))
            and (not window.until or server_now >= max(window.until, window.opens))
        )

    def state_at(self, server_now: float) -> LimitState:
        window = self.window
        window.turn(server_now)
        until = moment_of(window.until) if window.until else None
        return LimitState(self.endpoint, self.entity, window.amount or None, window.remaining(), until)


@lru_cache(maxsize=256)  # thousands of limits end at the same moment
def moment_of(until: float) -> datetime:
    """Give a moment of the server's clock as a datetime."""
    return datetime.fromtimestamp(until, UTC)


class LocalLimiter:
    """Keeps the limits inside one process. All that it is asked for belongs to one server.

    Several clients may share one, and should where they call for the same stores: each would spend the limit of all
    otherwise. It belongs to one event loop at a time. What nobody has asked for in an hour is forgotten.

    Args:
        jitter: draws the random part of a pause, a number from 0 to 1.
    """

    __slots__ = (
        "_arrivals",
        "_clock",
        "_jitter",
        "_limits",
        "_loop",
        "_now",
        "_owners",
        "_pid",
        "_places",
        "_sweeps_at",
        "_unswept",
    )

    def __init__(self, *, jitter: Callable[[], float] = random.random) -> None:
        self._jitter = jitter
        self._clock = ServerClock()
        self._places: dict[Entity, _Place] = {}
        self._owners: dict[Entity, Entity] = {}
        self._limits: dict[tuple[str, Entity], _Limit] = {}
        self._unswept: list[tuple[str, Entity]] = []
        """The limits that this round hasn't looked at yet to let them go."""
        self._sweeps_at = -inf
        self._arrivals = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._now = monotonic
        """The clock of the event loop."""
        self._pid = 0
        """The process of the event loop: in a child, that of the parent seems to run for ever."""

    async def acquire(
        self,
        demand: Demand,
        *,
        max_wait: float | None = None,
        on_wait: Callable[[Wait], None] | None = None,
    ) -> Lease:
        """Wait until the request may be sent, as `Limiter.acquire` says.

        What a call spends behind this client's own requests (for a slot, or for an answer that tells what it cost)
        doesn't count towards `max_wait`: it isn't the limit that is in the way.
        """
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._move_to(loop)
        now = loop.time()
        key = demand.endpoint, demand.entity
        limit = self._limits.get(key) or self._open(demand)
        limit.used_at = now
        if now >= self._sweeps_at:
            self._sweep(now)
        if limit.bucket is not None:
            await limit.bucket.fit(limit.window.cost(demand.items))
        has_room = limit.bucket is None or limit.bucket.has_room()
        if has_room and not limit.waiters and self._may_go(limit, demand, demand.items, max_wait, now):
            if limit.bucket is not None:
                await limit.bucket.take()
            return self._grant(limit, demand, now)
        self._arrivals += 1
        waiter = Waiter[_Grant](demand, self._arrivals, max_wait=max_wait, on_wait=on_wait)
        grant = await limit.join(waiter)
        grant.waited = waiter.waited
        return grant

    def release(self, lease: Lease, outcome: Outcome) -> None:
        """Give the slot back and settle the share of the limit. Does nothing for a lease that was released before."""
        grant: Any = lease  # it is a `_Grant`
        if not grant.in_flight:
            return
        grant.in_flight = False
        if grant.number not in grant.limit.window.in_flight:
            return  # it was counted as lost, and its slot is free, since its event loop was over
        now = self._now()
        if outcome.headers is not None:
            self._clock.tell(outcome.headers.date, grant.at, now)
            if outcome.kind in {"answered", "exhausted"} and self._clock.learn_lag(outcome.headers.until, grant.at):
                logger.info("windows turn later than the Market's Date says; waiting %.2f s longer", self._clock.lag)
        limit, slots = grant.limit, grant.limit.slots
        slots.busy -= 1
        self._settle(limit, grant, outcome, now)
        if outcome.kind == "parallel":
            slots.refused(
                outcome.parallel,
                tried=grant.tried,
                sent=grant.at,
                max_parallel=most_of(grant.demand),
                now=now,
                factor=self._factor(),
            )
            logger.info(
                "%s was refused: too many requests at once for %s; %d from now on",
                limit.endpoint,
                limit.entity,
                slots.most(most_of(grant.demand), now),
            )
        elif outcome.kind == "answered":
            if grant.tried or slots.pauses:
                slots.answered(tried=grant.tried, max_parallel=most_of(grant.demand), now=now)
            limit.pauses = 0
        if limit.place.lines:
            self.serve(limit.place)

    def bind_token(self, business_id: int, *, token: Entity = TOKEN) -> None:
        """Let the operations of a token share the slots of its business, as `Limiter.bind_token` says.

        What waits or is under way at this moment moves over.
        """
        business = Entity("business", business_id)
        if token.kind != "token":
            raise InvalidRequest("token", token, f"{token} is no token")
        owner = self._owners.get(token, token)
        if owner == business:
            return
        self._owners[token] = business
        moving = [limit for limit in self._limits.values() if limit.entity == token]
        if not moving:
            return
        left, place = moving[0].place, self._place(business)
        for limit in moving:
            self._put(limit, place)
        if not left.limits:
            del self._places[owner]
        for changed in (left, place):  # the one has slots to give, the other has calls that wait
            if changed.lines:
                self.serve(changed)

    def states(self) -> list[LimitState]:
        """Tell what is known of each key that was used lately."""
        if not self._limits:
            return []
        server_now = self.server_now()
        return [limit.state_at(server_now) for limit in self._limits.values()]

    async def aclose(self) -> None:
        """Stop whatever waits for nobody, as `Limiter.aclose` says."""
        for limit in self._limits.values():
            if limit.bucket is not None and not limit.waiters:
                limit.bucket.close()

    # -- limits and places ---------------------------------------------------------------------------------------------

    def _open(self, demand: Demand) -> _Limit:
        place = self._place(demand.entity)
        place.limits += 1
        limit = self._limits[demand.endpoint, demand.entity] = _Limit(demand, self, place)
        return limit

    def _place(self, entity: Entity) -> _Place:
        owner = self._owners.get(entity, entity)
        return self._places.get(owner) or self._places.setdefault(owner, _Place())

    def _put(self, limit: _Limit, place: _Place) -> None:
        """Move a limit, and the slots that its requests hold, to another place."""
        if not limit.has_own_slots:
            limit.slots.busy -= len(limit.window.in_flight)
            limit.slots = place.slots
            limit.slots.busy += len(limit.window.in_flight)
        if limit.waiters:
            place.lines[limit.key] = limit.place.lines.pop(limit.key)
        limit.place.limits -= 1
        place.limits += 1
        limit.place = place

    def _sweep(self, now: float) -> None:
        """Let go of what nobody has used for a while."""
        server_now = self.server_now()
        for key in self._unswept[:_SWEPT_AT_ONCE]:
            limit = self._limits[key]
            if not limit.holds_nothing(now, server_now):
                continue
            del self._limits[key]
            limit.follow_answers()
            limit.place.limits -= 1
            if not limit.place.limits:
                del self._places[self._owners.get(limit.entity, limit.entity)]
        del self._unswept[:_SWEPT_AT_ONCE]
        if not self._unswept:
            self._unswept = list(self._limits)
            self._sweeps_at = now + _SWEEPS

    def _move_to(self, loop: asyncio.AbstractEventLoop) -> None:
        """Go on in another event loop: what was on its way in a loop that is over is lost, and nobody waits there."""
        if self._loop is not None and self._loop.is_running() and self._pid == os.getpid():
            raise RuntimeError(
                "this LocalLimiter is in use in another thread's event loop; give each loop one of its own"
            )
        self._loop, self._now, self._pid = loop, loop.time, os.getpid()
        self._places = {entity: _Place() for entity in self._places}
        for limit in self._limits.values():
            limit.start_over(self._place(limit.entity), self.server_now(), self._clock.latest(loop.time()))

    # -- granting ------------------------------------------------------------------------------------------------------

    def _grant(self, limit: _Limit, demand: Demand, now: float) -> _Grant:
        limit.held_until = -inf
        tried = limit.slots.take()
        drew = limit.bucket.cost if limit.bucket else 0
        return _Grant(limit, limit.window.reserve(demand.items), demand, now, tried, drew)

    def _settle(self, limit: _Limit, grant: _Grant, outcome: Outcome, now: float) -> None:
        is_refused = outcome.kind == "exhausted"
        window = limit.window
        evidence, went_alone = window.evidence, window.goes_alone
        is_told = window.settle(
            grant.number,
            outcome,
            now=self._clock.certain(now),
            latest=self._clock.latest(now),
            jitter=self._jitter() * min(JITTER, limit.period / 50) if is_refused else 0.0,
        )
        if window.evidence != evidence and window.counts_requests != (evidence >= COUNTS_REQUESTS):
            unit = "requests" if window.counts_requests else "items"
            logger.info("%s counts %s for %s, its answers say", limit.endpoint, unit, limit.entity)
        if went_alone and not window.goes_alone and outcome.headers is not None:
            self._clock.trust_lag(outcome.headers.until - window.period, grant.at)
        if is_told:
            if limit.bucket is not None:
                limit.follow_answers()
            if self._clock.lag and outcome.kind == "answered" and outcome.headers and window.period_is_known:
                self._clock.bound_lag(outcome.headers.until - window.period, now)
        elif is_refused:
            limit.pause(now, self._factor())
        elif limit.bucket is not None and outcome.kind in {"unsent", "failed"}:
            limit.bucket.give_back(grant.drew)

    def _factor(self) -> float:
        """Draw the random part of a pause whose other half is certain."""
        return (1 + self._jitter()) / 2

    def serve(self, place: _Place) -> None:
        """Grant whatever can be granted at a place, to the heads of its lines in the order of their arrival."""
        now = self._now()

        def is_ready(limit: _Limit) -> bool:
            head = limit.waiters[0]
            is_drawn = limit.bucket is None or limit.bucket.drawn
            return is_drawn and self._may_go(limit, head.demand, limit.items, head.max_wait, now)

        while ready := [limit for limit in place.lines.values() if is_ready(limit)]:
            limit = min(ready, key=lambda limit: limit.waiters[0].number)
            waiter = limit.waiters[0]
            limit.dequeue(waiter)
            if limit.bucket is not None:
                limit.bucket.drawn = False
            waiter.grant = self._grant(limit, waiter.demand, now)
            waiter.wake()
        for limit in place.lines.values():
            self._attend(limit, now)

    def _attend(self, limit: _Limit, now: float) -> None:
        """See to it that the head of a line is served as soon as time lets it, and knows what it waits for."""
        head = limit.waiters[0]
        if limit.bucket is not None and now >= limit.closed_until:
            limit.bucket.draw(limit.serve)  # at the place where it is then
        if head.must_know(self.delay(limit, head, now), now):
            head.wake()
        opening = self._opening(limit, head, now)
        limit.has_waited |= opening > now
        opening = max(opening, limit.slots.closed_until, limit.held_until)
        if opening <= now and limit.window.until:
            opening = self._clock.when(limit.window.until)  # it waits for answers, and a turn makes room as well
        if opening > now:
            self._ring_at(opening + TIMER_MARGIN, limit)

    def _ring_at(self, moment: float, limit: _Limit) -> None:
        if limit.alarm is None or limit.alarm.when() > moment + TIMER_MARGIN:  # one that rings too early does no harm
            limit.silence()
            limit.alarm = asyncio.get_running_loop().call_at(moment, self._ring, limit)

    def _ring(self, limit: _Limit) -> None:
        limit.alarm = None
        self.serve(limit.place)

    # -- when ----------------------------------------------------------------------------------------------------------

    def server_now(self) -> float:
        """Tell the time that windows have certainly reached."""
        return self._clock.certain(self._now())

    def delay(self, limit: _Limit, waiter: Waiter[_Grant], now: float) -> float:
        """Estimate how many seconds the limit will hold a call up; 0 or less where it doesn't."""
        delay = self._opening(limit, waiter, now) - now
        # Where a request is on its way, its answer may tell of a window that leaves room.
        if limit.bucket is not None and not limit.window.in_flight and not limit.bucket.has_room():
            delay = max(delay, limit.bucket.wait(limit.ahead_of(waiter)[1]))
        return delay

    def _opening(self, limit: _Limit, waiter: Waiter[_Grant], now: float) -> float:
        """Tell the local moment before which time itself keeps the limit closed to a call."""
        server_now = self._clock.certain(now)
        items, requests = limit.ahead_of(waiter)
        wait = limit.window.wait(waiter.demand.items, server_now, items_ahead=items, requests_ahead=requests)
        return max(limit.closed_until, self._clock.when(server_now + wait) if wait > 0 else now)

    def _may_go(self, limit: _Limit, demand: Demand, waiting: int, max_wait: float | None, now: float) -> bool:
        """Tell whether the head of a line may go, or a call that finds the line empty.

        Args:
            limit: the line.
            demand: what the call needs.
            waiting: the items of all that wait, this call included.
            max_wait: how long it may wait.
            now: the local moment.
        """
        return (
            limit.slots.has_room(most_of(demand), now)
            and now >= limit.closed_until
            and limit.window.affordable(demand.items, self._clock.certain(now))
            and (max_wait is not None or not self._is_held_back(limit, demand.items, waiting, now))
        )

    def _is_held_back(self, limit: _Limit, items: int, waiting: int, now: float) -> bool:
        """Tell whether one of the last requests of a window has to wait until its answer tells the clock better.

        Where a window is used up within a fraction of a second, all its answers fall on that fraction, and so do those
        of the next: the end of every window, and so that of the job, would be seen up to a second too late. So while
        the clock is vague, the last requests of a window are sent one by one at telling moments, but only where more is
        waiting than fits (somebody has to wait for the turn in any case) or where calls have waited for a turn before
        (somebody is likely to).
        """
        if not limit.waiters and not limit.has_waited:
            return False  # whoever finds the line empty waits alone, and fits
        window = limit.window
        remaining = window.remaining()
        if not remaining or remaining == window.amount or window.is_unsure:
            return False  # the first one of a window is not to wait for anything
        if window.cost(waiting, max(1, len(limit.waiters))) > remaining:
            enough = CLOSE_ENOUGH
        elif limit.has_waited and remaining <= TIMED_REQUESTS * window.cost(items):
            enough = limit.period * WORTH_KNOWING
        else:
            return False
        if not self._clock.is_vague(now, enough):
            return False
        if window.in_flight:
            return True  # its answer comes first
        if limit.held_until == -inf:
            moment = self._clock.telling_moment(now)
            may_have_turned = self._clock.latest(moment) >= window.until
            limit.held_until = now if may_have_turned else moment
        return now < limit.held_until

"""The limiter of one process."""

import asyncio
import random
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from itertools import takewhile
from math import inf
from typing import Final, cast

from yamarket_async.errors import QuotaExceeded
from yamarket_async.limits import Demand, Entity, Lease, LimitState, Outcome, Wait, announce
from yamarket_async.limits.bucket import Bucket
from yamarket_async.limits.clock import ServerClock
from yamarket_async.limits.window import Window

JITTER: Final = 1.0
"""The most seconds to stay away after the end of a window that somebody else used up, and at most a fiftieth of it."""

FIRST_PAUSE: Final = 1.0
"""Seconds after a first refusal that doesn't say until when; each further one doubles them, up to the period."""

UNKNOWN_PERIOD: Final = 60.0
"""Seconds; the shortest period of a documented limit stands in where none is documented."""

RECOVERY: Final = 30.0
"""Seconds without a parallel refusal after which an entity gets one more slot: rare enough that probing for the slots
that another service holds costs next to nothing, and four slots are back after two minutes."""

FIRST_CROWDED_PAUSE: Final = 0.1
"""Seconds, about a request's time, after a parallel refusal that having fewer slots can't explain; doubled by each
further one."""

LONGEST_CROWDED_PAUSE: Final = 5.0
"""Seconds at which that stops growing."""

CLOSE_ENOUGH: Final = 0.05
"""Seconds of vagueness of the server's clock that aren't worth a timed request."""

WORTH_KNOWING: Final = 0.02
"""The same as a share of the period, where the timed request might be the last one, and be sent later for nothing."""

TIMED_REQUESTS: Final = 2
"""How many requests at the end of a window are timed, where calls have had to wait for a turn before."""

TIMER_MARGIN: Final = 1e-5
"""Seconds by which a timer is set later than its moment, which then has certainly come when it rings: a loop may ring
a tick of its clock early, and epoch seconds are floats with steps of 0.24 µs."""


def _growing(first: float, times: int, most: float) -> float:
    return min(most, first * 2.0 ** min(times, 32))


class _Grant:
    """A request that may be sent."""

    __slots__ = ("at", "in_flight", "max_parallel", "number", "queue")

    def __init__(self, queue: "_Queue", number: int, max_parallel: int, at: float) -> None:
        self.queue = queue
        self.number = number
        self.max_parallel = max_parallel
        self.at = at
        self.in_flight = True


class _Waiter:
    """A call that waits for its grant."""

    __slots__ = ("alarm", "deadline", "demand", "grant", "max_wait", "number", "on_wait", "woken")

    def __init__(
        self,
        demand: Demand,
        number: int,
        max_wait: float | None,
        on_wait: Callable[[Wait], None] | None,
        woken: asyncio.Future[None],
    ) -> None:
        self.demand = demand
        self.number = number
        """The order of arrival, over all queues."""
        self.max_wait = max_wait
        self.on_wait = on_wait
        self.deadline: float | None = None
        """The local moment up to which it may wait for the resource limit; None until it has begun to."""
        self.alarm: asyncio.TimerHandle | None = None
        self.grant: _Grant | None = None
        self.woken = woken

    def wake(self) -> None:
        if not self.woken.done():
            self.woken.set_result(None)


class _Place:
    """The parallel slots of one entity, and the queues of those of its methods for which calls wait."""

    __slots__ = ("_ceiling", "_lowered_at", "_pauses", "busy", "closed_until", "queues")

    def __init__(self) -> None:
        self.busy = 0
        self.queues: dict[str, _Queue] = {}
        self.closed_until = -inf
        self._ceiling: int | None = None
        self._lowered_at = -inf
        self._pauses = 0

    def has_slot(self, max_parallel: int, now: float) -> bool:
        return self.busy < self._slots(max_parallel, now) and now >= self.closed_until

    def _slots(self, max_parallel: int, now: float) -> int:
        if self._ceiling is None:
            return max_parallel
        return min(max_parallel, self._ceiling + int((now - self._lowered_at) / RECOVERY))

    def refused(self, told: int | None, grant: _Grant, now: float, factor: float) -> None:
        """Lower the slots after a parallel refusal.

        Args:
            told: how many the server allows, if it said so.
            grant: the request that was refused.
            now: the local moment.
            factor: the random part of a pause.
        """
        if grant.at < self._lowered_at:
            return  # it was sent before its like lowered the slots, which answers both
        slots = self._slots(grant.max_parallel, now)
        self._lowered_at = now
        if told is not None and told < slots:
            self._ceiling = max(1, told)
            return
        # Other services of the seller hold some of the slots that the server allows.
        self._ceiling = max(1, slots - 1)
        self.closed_until = now + factor * _growing(FIRST_CROWDED_PAUSE, self._pauses, LONGEST_CROWDED_PAUSE)
        self._pauses += 1

    def answered(self) -> None:
        self._pauses = 0


class _Queue:
    """One limit: its window, what stands in for it while no answer has told of one, and the calls that wait for it."""

    __slots__ = (
        "_pauses",
        "alarm",
        "bucket",
        "closed_until",
        "cost",
        "endpoint",
        "entity",
        "has_waited",
        "held_until",
        "period",
        "place",
        "waiters",
        "window",
    )

    def __init__(self, demand: Demand, place: _Place) -> None:
        self.endpoint = demand.endpoint
        self.entity = demand.entity
        self.place = place
        self.window = Window(demand.limit)
        self.bucket = Bucket(demand.limit, demand.max_parallel) if demand.limit else None
        self.period = demand.limit.period if demand.limit else UNKNOWN_PERIOD
        self.closed_until = -inf
        self.waiters: deque[_Waiter] = deque()
        self.cost = 0
        """The cost of all that wait."""
        self.alarm: asyncio.TimerHandle | None = None
        self.has_waited = False
        """Whether calls have had to wait for a turn of the window."""
        self.held_until = -inf
        """The local moment up to which the head is held back for what its answer will tell of the server's clock."""
        self._pauses = 0

    def enqueue(self, waiter: _Waiter) -> None:
        self.waiters.append(waiter)
        self.cost += waiter.demand.cost
        self.place.queues[self.endpoint] = self

    def dequeue(self, waiter: _Waiter) -> None:
        self.waiters.remove(waiter)  # the head, but for calls that are cancelled or refused
        self.cost -= waiter.demand.cost
        if not self.waiters:
            del self.place.queues[self.endpoint]
            self.silence()

    def ahead_of(self, waiter: _Waiter) -> tuple[int, int]:
        """Tell what the calls before this one cost, and how many they are."""
        if waiter is self.waiters[-1]:
            return self.cost - waiter.demand.cost, len(self.waiters) - 1
        costs = [other.demand.cost for other in takewhile(lambda other: other is not waiter, self.waiters)]
        return sum(costs), len(costs)

    def pause(self, now: float, factor: float) -> None:
        """Stay away for a while after a refusal that didn't say until when."""
        self.closed_until = now + factor * _growing(FIRST_PAUSE, self._pauses, self.period)
        self._pauses += 1

    def answered(self) -> None:
        self._pauses = 0

    def follow_answers(self) -> None:
        """Let the window hold the limit from now on: an answer has told of it."""
        if self.bucket is not None:
            self.bucket.close()
            self.bucket = None

    def silence(self) -> None:
        if self.alarm is not None:
            self.alarm.cancel()
            self.alarm = None

    def state(self, server_now: float) -> LimitState:
        window = self.window
        window.turn(server_now)
        until = None if window.until is None else datetime.fromtimestamp(window.until, UTC)
        return LimitState(self.endpoint, self.entity, window.amount, window.remaining(), until)


class LocalLimiter:
    """Keeps the limits inside one process. All that it is asked for belongs to one server.

    Args:
        jitter: draws the random part of a pause, a number from 0 to 1.
    """

    __slots__ = ("_arrivals", "_clock", "_jitter", "_loop", "_places", "_queues")

    def __init__(self, *, jitter: Callable[[], float] = random.random) -> None:
        self._jitter = jitter
        self._clock = ServerClock()
        self._places: dict[Entity, _Place] = {}
        self._queues: dict[tuple[str, Entity], _Queue] = {}
        self._arrivals = 0
        self._loop: asyncio.AbstractEventLoop

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
        self._loop = asyncio.get_running_loop()
        queue = self._queues.get((demand.endpoint, demand.entity)) or self._open(demand)
        now = self._loop.time()
        if queue.bucket is not None:
            await queue.bucket.fit(demand.cost)
        has_room = queue.bucket is None or queue.bucket.has_room()
        if has_room and not queue.waiters and self._may_go(queue, demand, demand.cost, max_wait, now):
            if queue.bucket is not None:
                await queue.bucket.take()
            return self._grant(queue, demand, now)
        self._arrivals += 1
        return await self._wait(queue, _Waiter(demand, self._arrivals, max_wait, on_wait, self._loop.create_future()))

    def release(self, lease: Lease, outcome: Outcome) -> None:
        """Give the slot back and settle the share of the limit. Does nothing for a lease that was released before."""
        grant = cast("_Grant", lease)
        if not grant.in_flight:
            return
        grant.in_flight = False
        now = self._loop.time()
        if outcome.headers is not None:
            self._clock.tell(outcome.headers.date, grant.at, now)
        queue, place = grant.queue, grant.queue.place
        place.busy -= 1
        self._settle(queue, grant, outcome, now)
        if outcome.kind == "parallel":
            place.refused(outcome.parallel, grant, now, self._factor())
        elif outcome.kind == "answered":
            place.answered()
            queue.answered()
        if place.queues:
            self._serve(place)

    def states(self) -> list[LimitState]:
        """Tell what is known of each key used so far."""
        if not self._queues:
            return []
        server_now = self._clock.certain(self._loop.time())
        return [queue.state(server_now) for queue in self._queues.values()]

    async def aclose(self) -> None:
        """Stop the timers; waiters are the caller's to cancel."""
        for queue in self._queues.values():
            queue.silence()
            if queue.bucket is not None:
                queue.bucket.close()

    def _open(self, demand: Demand) -> _Queue:
        place = self._places.setdefault(demand.entity, _Place())
        queue = self._queues[demand.endpoint, demand.entity] = _Queue(demand, place)
        return queue

    def _grant(self, queue: _Queue, demand: Demand, now: float) -> _Grant:
        queue.place.busy += 1
        queue.held_until = -inf
        return _Grant(queue, queue.window.reserve(demand.cost), demand.max_parallel, now)

    def _settle(self, queue: _Queue, grant: _Grant, outcome: Outcome, now: float) -> None:
        is_refused = outcome.kind == "exhausted"
        told = queue.window.settle(
            grant.number,
            outcome,
            now=self._clock.certain(now),
            latest=self._clock.latest(now),
            jitter=self._jitter() * min(JITTER, queue.period / 50) if is_refused else 0.0,
        )
        if told:
            queue.follow_answers()
        elif is_refused:
            queue.pause(now, self._factor())

    def _factor(self) -> float:
        """Draw the random part of a pause whose other half is certain."""
        return (1 + self._jitter()) / 2

    async def _wait(self, queue: _Queue, waiter: _Waiter) -> _Grant:
        queue.enqueue(waiter)
        try:
            self._reckon(queue, waiter)
            self._serve(queue.place)
            while waiter.grant is None:
                await waiter.woken
                waiter.woken = self._loop.create_future()
                if waiter.grant is None:
                    self._reckon(queue, waiter)
        except BaseException:
            self._withdraw(queue, waiter)
            raise
        finally:
            if waiter.alarm is not None:
                waiter.alarm.cancel()
        return waiter.grant

    def _reckon(self, queue: _Queue, waiter: _Waiter) -> None:
        """Tell that a call starts to wait for the resource limit, or refuse to let it wait."""
        now = self._loop.time()
        delay = self._delay(queue, waiter, now)
        if delay <= 0:
            return
        is_first = waiter.deadline is None
        if waiter.deadline is None:
            waiter.deadline = inf if waiter.max_wait is None else now + waiter.max_wait
        demand = waiter.demand
        if now + delay > waiter.deadline:
            raise QuotaExceeded(
                demand.endpoint, demand.entity, retry_after=delay, max_wait=cast("float", waiter.max_wait)
            )
        if is_first:
            if waiter.deadline < inf:
                waiter.alarm = self._loop.call_at(waiter.deadline + TIMER_MARGIN, waiter.wake)
            announce(demand, delay, queue.state(self._clock.certain(now)), waiter.on_wait)

    def _withdraw(self, queue: _Queue, waiter: _Waiter) -> None:
        if waiter.grant is not None:
            self.release(cast("Lease", waiter.grant), Outcome("unsent"))
            return
        queue.dequeue(waiter)
        self._serve(queue.place)

    def _serve(self, place: _Place) -> None:
        """Grant whatever can be granted at an entity, to the heads of its queues in the order of their arrival."""
        now = self._loop.time()

        def is_ready(queue: _Queue) -> bool:
            head = queue.waiters[0]
            is_drawn = queue.bucket is None or queue.bucket.drawn
            return is_drawn and self._may_go(queue, head.demand, queue.cost, head.max_wait, now)

        while ready := [queue for queue in place.queues.values() if is_ready(queue)]:
            queue = min(ready, key=lambda queue: queue.waiters[0].number)
            waiter = queue.waiters[0]
            queue.dequeue(waiter)
            if queue.bucket is not None:
                queue.bucket.drawn = False
            waiter.grant = self._grant(queue, waiter.demand, now)
            waiter.wake()
        for queue in place.queues.values():
            self._attend(queue, now)

    def _attend(self, queue: _Queue, now: float) -> None:
        """See to it that the head of a queue is served as soon as time lets it, and knows what it waits for."""
        head = queue.waiters[0]
        if queue.bucket is not None and now >= queue.closed_until:
            queue.bucket.draw(partial(self._serve, queue.place))
        delay = self._delay(queue, head, now)
        if delay > 0 and (head.deadline is None or now + delay > head.deadline):
            head.wake()
        opening = self._opening(queue, head, now)
        queue.has_waited |= opening > now
        opening = max(opening, queue.place.closed_until, queue.held_until)
        if opening <= now and queue.window.until is not None:
            opening = self._clock.when(queue.window.until)  # it waits for answers, and a turn makes room as well
        if opening > now:
            self._ring_at(opening + TIMER_MARGIN, queue)

    def _ring_at(self, moment: float, queue: _Queue) -> None:
        if queue.alarm is None or queue.alarm.when() > moment + TIMER_MARGIN:  # one that rings too early does no harm
            queue.silence()
            queue.alarm = self._loop.call_at(moment, self._ring, queue)

    def _ring(self, queue: _Queue) -> None:
        queue.alarm = None
        self._serve(queue.place)

    def _delay(self, queue: _Queue, waiter: _Waiter, now: float) -> float:
        """Estimate how many seconds the resource limit will hold a call up; 0 or less where it doesn't."""
        delay = self._opening(queue, waiter, now) - now
        # Where a request is on its way, its answer may tell of a window that leaves room.
        if queue.bucket is not None and not queue.window.in_flight and not queue.bucket.has_room():
            delay = max(delay, queue.bucket.wait(queue.ahead_of(waiter)[1]))
        return delay

    def _opening(self, queue: _Queue, waiter: _Waiter, now: float) -> float:
        """Tell the local moment before which time itself keeps the limit closed to a call."""
        server_now = self._clock.certain(now)
        ahead, calls_ahead = queue.ahead_of(waiter)
        wait = queue.window.wait(waiter.demand.cost, server_now, ahead=ahead, calls_ahead=calls_ahead)
        return max(queue.closed_until, self._clock.when(server_now + wait) if wait > 0 else now)

    def _may_go(self, queue: _Queue, demand: Demand, waiting: int, max_wait: float | None, now: float) -> bool:
        """Tell whether the head of a queue may go, or a call that finds the queue empty.

        Args:
            queue: the queue.
            demand: what the call needs.
            waiting: the cost of all that wait, this call included.
            max_wait: how long it may wait.
            now: the local moment.
        """
        return (
            queue.place.has_slot(demand.max_parallel, now)
            and now >= queue.closed_until
            and queue.window.affordable(demand.cost, self._clock.certain(now))
            and (max_wait is not None or not self._is_held_back(queue, demand.cost, waiting, now))
        )

    def _is_held_back(self, queue: _Queue, cost: int, waiting: int, now: float) -> bool:
        """Tell whether one of the last requests of a window has to wait until its answer tells the clock better.

        Where a window is used up within a fraction of a second, all its answers fall on that fraction, and so do those
        of the next: the end of every window, and so that of the job, would be seen up to a second too late. So while
        the clock is vague, the last requests of a window are sent one by one at telling moments, but only where more is
        waiting than fits (somebody has to wait for the turn in any case) or where calls have waited for a turn before
        (somebody is likely to).
        """
        remaining = queue.window.remaining()
        if not remaining or remaining == queue.window.amount:
            return False  # the first one of a window is not to wait for anything
        if waiting > remaining:
            enough = CLOSE_ENOUGH
        elif queue.has_waited and remaining <= TIMED_REQUESTS * cost:
            enough = queue.period * WORTH_KNOWING
        else:
            return False
        if not self._clock.is_vague(now, enough):
            return False
        if queue.window.in_flight:
            return True  # its answer comes first
        if queue.held_until == -inf:
            moment = self._clock.telling_moment(now)
            may_have_turned = self._clock.latest(moment) >= cast("float", queue.window.until)
            queue.held_until = now if may_have_turned else moment
        return now < queue.held_until

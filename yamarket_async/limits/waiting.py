"""The waiting room of every limiter: the calls of this process that wait for one limit, and how long they may."""

import asyncio
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Sequence
from itertools import takewhile
from math import inf
from typing import Final, Generic, TypeVar

from yamarket_async.errors import QuotaExceeded
from yamarket_async.limits import Demand, Entity, LimitState, Wait, announce

GrantT = TypeVar("GrantT")

TIMER_MARGIN: Final = 1e-5
"""Seconds by which a timer is set later than its moment, which then has certainly come when it rings: a loop may ring
a tick of its clock early, and epoch seconds are floats with steps of 0.24 µs."""


class Waiter(Generic[GrantT]):
    """A call that waits for its grant.

    Attributes:
        demand: what it needs.
        number: the order of arrival, over all queues of a limiter.
        max_wait: seconds that it may wait for the limit; None for as long as it takes.
        waited: seconds that the limit has held it up so far. Waiting for a slot, or for answers, is not among them.
        grant: what it waited for; None until it has it.
        failure: why it waits in vain; None as long as it doesn't.
    """

    __slots__ = (
        "_alarm",
        "_held_from",
        "_held_until",
        "_is_announced",
        "_on_wait",
        "_woken",
        "demand",
        "failure",
        "grant",
        "max_wait",
        "number",
        "waited",
    )

    def __init__(
        self,
        demand: Demand,
        number: int,
        *,
        max_wait: float | None = None,
        on_wait: Callable[[Wait], None] | None = None,
    ) -> None:
        self.demand = demand
        self.number = number
        self.max_wait = max_wait
        self.waited = 0.0
        self.grant: GrantT | None = None
        self.failure: Exception | None = None
        self._on_wait = on_wait
        self._is_announced = False
        self._held_from = inf
        self._held_until = -inf
        self._alarm: asyncio.TimerHandle | None = None
        self._woken = asyncio.get_running_loop().create_future()

    def wake(self) -> None:
        """Have it look at its grant, its failure, or its wait anew."""
        if not self._woken.done():
            self._woken.set_result(None)

    async def woken(self) -> None:
        """Wait until it is woken.

        Raises:
            Exception: its failure.
        """
        await self._woken
        self._woken = asyncio.get_running_loop().create_future()
        if self.failure is not None:
            raise self.failure

    def must_know(self, delay: float, now: float) -> bool:
        """Tell whether it has to be woken, since the limit will hold it up for longer than it knows.

        Args:
            delay: seconds; 0 or less where the limit doesn't hold it up.
            now: the moment.
        """
        if delay <= 0:
            return False
        return not self._is_announced or (self.max_wait is not None and now + delay > self._held_until + TIMER_MARGIN)

    def hold(self, delay: float, now: float, state: Callable[[], LimitState]) -> None:
        """Follow how long the limit will hold it up from now on: tell the caller when that begins.

        Args:
            delay: seconds; 0 or less where the limit doesn't hold it up.
            now: the moment.
            state: tells how the limit stands.

        Raises:
            QuotaExceeded: it would hold it up for longer than the call may wait.
        """
        self.settle(now)
        if delay <= 0:
            return
        if self.max_wait is not None:
            if self.waited + delay > self.max_wait:
                raise QuotaExceeded(self.demand.endpoint, self.demand.entity, retry_after=delay, max_wait=self.max_wait)
            self._alarm = asyncio.get_running_loop().call_at(
                now + self.max_wait - self.waited + TIMER_MARGIN, self.wake
            )
        self._held_from, self._held_until = now, now + delay
        if not self._is_announced:
            self._is_announced = True
            announce(self.demand, delay, state(), self._on_wait)

    def settle(self, now: float) -> None:
        """Count what it has waited for the limit by now."""
        self.waited = self._waited_by(now)
        self._held_from, self._held_until = inf, -inf
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _waited_by(self, now: float) -> float:
        return self.waited + max(0.0, min(now, self._held_until) - self._held_from)


class Line(ABC, Generic[GrantT]):
    """The calls of this process that wait for one limit, served in the order in which they came.

    What grants lies with the limiter: it gives the first one its grant and wakes it.

    Attributes:
        endpoint: the method.
        entity: whose limit it is.
        waiters: those that wait.
        items: the items that they can cost together.
    """

    __slots__ = ("_queue", "endpoint", "entity", "items", "waiters")

    def __init__(self, endpoint: str, entity: Entity) -> None:
        self.endpoint = endpoint
        self.entity = entity
        self.waiters: Sequence[Waiter[GrantT]] = ()  # an empty deque takes 760 bytes
        self.items = 0
        self._queue: deque[Waiter[GrantT]]

    @abstractmethod
    def delay(self, waiter: Waiter[GrantT], now: float) -> float:
        """Estimate how many seconds the limit will hold a call up that is in the line; 0 or less where it doesn't."""

    @abstractmethod
    def state(self) -> LimitState:
        """Tell how the limit stands."""

    @abstractmethod
    def serve(self) -> None:
        """Grant what can be granted: somebody has come, or gone."""

    @abstractmethod
    def give_back(self, grant: GrantT) -> None:
        """Take back the grant of a call that was cancelled in the moment of it."""

    async def join(self, waiter: Waiter[GrantT]) -> GrantT:
        """Wait at the end of the line for a grant.

        Raises:
            QuotaExceeded: the limit would hold the call up for longer than it may wait.
        """
        loop = asyncio.get_running_loop()
        self.enqueue(waiter)
        try:
            self._review(waiter, loop.time())
            self.serve()
            while waiter.grant is None:
                await waiter.woken()
                if waiter.grant is None:
                    self._review(waiter, loop.time())
        except BaseException:
            self._withdraw(waiter)
            raise
        finally:
            waiter.settle(loop.time())
        return waiter.grant

    def enqueue(self, waiter: Waiter[GrantT]) -> None:
        """Put a call at the end."""
        if not self.waiters:
            self._queue = self.waiters = deque[Waiter[GrantT]]()
        self._queue.append(waiter)
        self.items += waiter.demand.items

    def dequeue(self, waiter: Waiter[GrantT]) -> None:
        """Take a call out: the first one, but for calls that are cancelled or refused."""
        self._queue.remove(waiter)
        self.items -= waiter.demand.items
        if not self._queue:
            del self._queue
            self.waiters = ()

    def ahead_of(self, waiter: Waiter[GrantT]) -> tuple[int, int]:
        """Tell what the calls before this one can cost in items, and how many they are."""
        if waiter is self.waiters[-1]:
            return self.items - waiter.demand.items, len(self.waiters) - 1
        items = [other.demand.items for other in takewhile(lambda other: other is not waiter, self.waiters)]
        return sum(items), len(items)

    def _review(self, waiter: Waiter[GrantT], now: float) -> None:
        waiter.hold(self.delay(waiter, now), now, self.state)

    def _withdraw(self, waiter: Waiter[GrantT]) -> None:
        if waiter.grant is not None:
            self.give_back(waiter.grant)
        elif waiter in self.waiters:  # which it isn't where its event loop was over before it was cancelled
            self.dequeue(waiter)
            self.serve()

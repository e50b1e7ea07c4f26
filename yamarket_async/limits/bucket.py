"""What holds a limit for as long as no answer has told of a window."""

import asyncio
from collections.abc import Callable

from aiolimiter import AsyncLimiter

from yamarket_async.limits import Limit


class _Calls(AsyncLimiter):
    """An `AsyncLimiter` that takes back what turned out to cost nothing."""

    __slots__ = ()

    def give_back(self) -> None:
        if not self.has_capacity(self.max_rate):  # which also lets out what has leaked by now
            self._level = max(0.0, self._level - 1.0)
            self._wake_next()

    def carried_over(self) -> "_Calls":
        other = _Calls(self.max_rate, self.time_period)
        other._level, other._last_check = self._level, self._last_check
        return other


class Bucket:
    """An aiolimiter bucket, sized so that no stretch of the period exceeds the documented amount.

    It counts calls, each as if it cost as much as the dearest one so far, so the limit holds K = amount / cost of them
    (rounded down, 1 at the least: no call is dearer than the whole limit). A leaky bucket of capacity M that leaks R a
    second lets through at most M + R × period in any stretch of the period. That must not exceed K:

    - M is `max_parallel`, so that the first requests, which may go at once, pass unhindered, but no more than K / 2, so
      that at least half of the limit is left for the rate at which they go on;
    - R = (K - M) / period. Where K is 1, one call a period: the next goes when the bucket is empty again.

    Waiters of an `AsyncLimiter` are served smallest first. Here they never compete: all calls weigh the same, and only
    the head of a queue draws.
    """

    __slots__ = ("_calls", "_drawing", "_limit", "_max_parallel", "cost", "drawn")

    def __init__(self, limit: Limit, max_parallel: int) -> None:
        self._limit = limit
        self._max_parallel = max_parallel
        self.cost = 0
        """What each call is counted as."""
        self._drawing: asyncio.Task[None] | None = None
        self.drawn = False
        """Whether a call has been drawn that nobody has used yet."""

    async def fit(self, cost: int) -> None:
        """Make the bucket count calls of at least this cost. Returns without suspending."""
        cost = min(cost, self._limit.amount)
        if cost <= self.cost:
            return
        calls = self._limit.amount // cost
        capacity = max(1.0, min(calls / 2, self._max_parallel))
        rate = max(1.0, calls - capacity) / self._limit.period
        is_first = self.cost == 0
        self.close()
        self.cost, self.drawn = cost, False
        self._calls = _Calls(capacity, capacity / rate)
        if not is_first:
            # What the smaller bucket let through still counts: this one begins full.
            await self._calls.acquire(capacity)

    def carried_over(self) -> "Bucket":
        """Make one for the next event loop, in which what this one let through still counts."""
        other = Bucket(self._limit, self._max_parallel)
        other.cost, other.drawn, other._calls = self.cost, self.drawn, self._calls.carried_over()
        return other

    def has_room(self) -> bool:
        """Tell whether a call may go at once."""
        return self.drawn or self._calls.has_capacity()

    async def take(self) -> None:
        """Count a call that goes now. Returns without suspending where there is room."""
        if not self.drawn:
            await self._calls.acquire()
        self.drawn = False

    def give_back(self, cost: int) -> None:
        """Take back a call that has cost nothing, if the bucket still counts calls as it did when that was taken.

        Args:
            cost: the bucket's own at that time.
        """
        if cost == self.cost:
            self._calls.give_back()

    def draw(self, then: Callable[[], None]) -> None:
        """Wait in the background until a call may go, and tell."""
        if self._drawing is None and not self.drawn:
            self._drawing = asyncio.get_running_loop().create_task(self._calls.acquire())
            self._drawing.add_done_callback(lambda task: self._end_drawing(task, then))

    def _end_drawing(self, task: asyncio.Task[None], then: Callable[[], None]) -> None:
        if task is not self._drawing:
            return  # closed
        self._drawing = None
        # Somebody who cancels all tasks of the loop may have cancelled this one, and calls go on to wait for it.
        self.drawn = not task.cancelled()
        then()

    def wait(self, calls_ahead: int) -> float:
        """Estimate how long a call waits that goes after as many others, in seconds."""
        return (calls_ahead + 1) * self._calls.time_period / self._calls.max_rate

    def close(self) -> None:
        """Stop waiting."""
        if self._drawing is not None:
            drawing, self._drawing = self._drawing, None
            drawing.cancel()

"""Ending a bulk call in good order on Ctrl-C: what is on its way is finished, and nothing more is sent."""

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from yamarket_async.errors import MarketError
from yamarket_async.limits import Demand, Lease, Limiter, LimitState, Outcome, Wait


class Stopped(MarketError):
    """A request was not sent, since the user wants to stop."""


class Gate:
    """A limiter in front of another one: it can be shut, and counts what it let through.

    Requests that passed it once pass it again when they are repeated, so that what was begun is finished.

    Args:
        limiter: what keeps the limits.

    Attributes:
        passed: what the requests that it let through cost together. Since they are served in the order in which they
            came, these are the first of all.
        is_shut: whether it is shut.
    """

    def __init__(self, limiter: Limiter) -> None:
        self.passed = 0
        self.is_shut = False
        self._limiter = limiter
        self._waiting = set[asyncio.Task[object]]()
        self._known = set[asyncio.Task[object]]()

    def shut(self) -> None:
        """Let nothing through any more that hasn't been through already."""
        self.is_shut = True
        for task in self._waiting:
            task.cancel()

    async def acquire(
        self, demand: Demand, *, max_wait: float | None = None, on_wait: Callable[[Wait], None] | None = None
    ) -> Lease:
        """Wait until the request may be sent, as `Limiter.acquire` says.

        Raises:
            Stopped: the gate is shut.
        """
        task = asyncio.current_task()
        if task is None or task in self._known:
            return await self._limiter.acquire(demand, max_wait=max_wait, on_wait=on_wait)
        if self.is_shut:
            raise Stopped
        self._waiting.add(task)
        try:
            lease = await self._limiter.acquire(demand, max_wait=max_wait, on_wait=on_wait)
        except asyncio.CancelledError:
            if self.is_shut:
                raise Stopped from None
            raise
        finally:
            self._waiting.discard(task)
        self._known.add(task)
        task.add_done_callback(self._known.discard)
        self.passed += demand.cost
        return lease

    def release(self, lease: Lease, outcome: Outcome) -> None:
        """Give the slot back and settle the share of the limit."""
        self._limiter.release(lease, outcome)

    def states(self) -> list[LimitState]:
        """Tell what is known of each key used so far."""
        return self._limiter.states()

    async def aclose(self) -> None:
        """Let go of whatever is held."""
        await self._limiter.aclose()


@contextmanager
def first_interrupt(stop: Callable[[], None]) -> Iterator[None]:
    """Call a function in the running event loop on the first Ctrl-C; the second one ends the work as it always does."""
    loop, before = asyncio.get_running_loop(), signal.getsignal(signal.SIGINT)

    def on_interrupt(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, before)
        loop.call_soon_threadsafe(stop)

    signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)

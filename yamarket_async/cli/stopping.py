"""Ending a bulk call in good order on Ctrl-C: what is on its way is finished, and nothing more is sent."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import cast

from yamarket_async.cli.running import handle_interrupt, interrupt_handler
from yamarket_async.errors import MarketError
from yamarket_async.limits import TOKEN, Demand, Entity, Lease, Limiter, LimitState, Outcome, Wait


class Stopped(MarketError):
    """A request was not sent, since the user wants to stop."""


class _Passage:
    """A request at the gate.

    Attributes:
        cost: how many items it holds.
        is_begun: whether the Market may have acted on it.
        stays: whether it passes a gate that is shut, to be finished.
    """

    __slots__ = ("cost", "is_begun", "stays")

    def __init__(self, cost: int) -> None:
        self.cost = cost
        self.is_begun = self.stays = False


class Gate:
    """A limiter in front of another one: it can be shut, and tells what the Market may have acted on.

    What was begun passes also when it is shut, so that it is finished: a request that failed is repeated. What the
    Market refused for a limit was not begun.

    Args:
        limiter: what keeps the limits.
    """

    def __init__(self, limiter: Limiter) -> None:
        self._limiter = limiter
        self._is_shut = False
        # Each request belongs to a task, in which it is acquired, sent and released, and repeated.
        self._waiting = set[asyncio.Task[object]]()
        self._passages = dict[asyncio.Task[object], _Passage]()

    def begun(self) -> list[slice]:
        """Tell which items are on their way or were not refused, counted in the order in which they came here."""
        parts, start = [], 0
        for passage in self._passages.values():
            if passage.is_begun:
                parts.append(slice(start, start + passage.cost))
            start += passage.cost
        return parts

    def shut(self) -> None:
        """Let nothing through any more that hasn't been begun."""
        self._is_shut = True
        for task in self._waiting:
            if not self._passages[task].stays:
                task.cancel()

    async def acquire(
        self, demand: Demand, *, max_wait: float | None = None, on_wait: Callable[[Wait], None] | None = None
    ) -> Lease:
        """Wait until the request may be sent, as `Limiter.acquire` says.

        Raises:
            Stopped: the gate is shut.
        """
        task = _this_task()
        passage = self._passages.setdefault(task, _Passage(demand.items))
        if self._is_shut and not passage.stays:
            raise Stopped
        self._waiting.add(task)
        try:
            lease = await self._limiter.acquire(demand, max_wait=max_wait, on_wait=on_wait)
        except asyncio.CancelledError:
            if self._is_shut and not passage.stays:
                raise Stopped from None
            raise
        finally:
            self._waiting.discard(task)
        passage.is_begun = True
        return lease

    def release(self, lease: Lease, outcome: Outcome) -> None:
        """Give the slot back and settle the share of the limit."""
        passage = self._passages[_this_task()]
        passage.stays |= outcome.kind not in {"unsent", "exhausted", "parallel"}
        passage.is_begun = passage.stays
        self._limiter.release(lease, outcome)

    def bind_token(self, business_id: int, *, token: Entity = TOKEN) -> None:
        """Let the operations of a token share the slots of its business."""
        self._limiter.bind_token(business_id, token=token)

    def states(self) -> list[LimitState]:
        """Tell what is known of each key used so far."""
        return self._limiter.states()

    async def aclose(self) -> None:
        """Let go of whatever is held."""
        await self._limiter.aclose()


def _this_task() -> asyncio.Task[object]:
    return cast("asyncio.Task[object]", asyncio.current_task())


@contextmanager
def first_interrupt(stop: Callable[[], None]) -> Iterator[None]:
    """Call a function in the running event loop on the first Ctrl-C; the second one ends the work as it always does."""
    loop, before = asyncio.get_running_loop(), interrupt_handler()

    def on_interrupt(_number: int, _frame: FrameType | None) -> None:
        handle_interrupt(before)
        loop.call_soon_threadsafe(stop)

    handle_interrupt(on_interrupt)
    try:
        yield
    finally:
        handle_interrupt(before)

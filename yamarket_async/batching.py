"""Bulk calls: reads products from whatever the caller gave, and sends them in batches, some of them at once."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterable, Callable, Collection, Generator, Iterable
from typing import Any, Generic, NamedTuple, TypeVar

from yamarket_async.arguments import SKU_RULE, trimmed_sku
from yamarket_async.cutting import Cutter
from yamarket_async.endpoints import Request
from yamarket_async.errors import BatchError, InvalidItem, InvalidRequest
from yamarket_async.session import Answer, Session

R = TypeVar("R")

CHECKED_AT_ONCE = 10_000
"""SKUs that are checked before the event loop gets its turn: about three milliseconds."""


HELD_PER_LANE = 4
"""Batches held for each request that may run at once: those behind a slow one wait for it, while others go on."""


class Source:
    """Reads products from whatever the caller gave, and cuts them into batches.

    Args:
        argument: its name, for errors.
        items: SKUs, in a collection or from an iterator, sync or async.
        cutter: cuts them.
    """

    def __init__(self, argument: str, items: Iterable[object] | AsyncIterable[object], cutter: Cutter) -> None:
        self._argument = argument
        self._items = items
        self._cutter = cutter
        self._read = 0
        self._iterator = iter(items) if isinstance(items, Iterable) else aiter(items)

    async def check(self) -> None:
        """Check a collection whole, before anything of it is sent; an iterator can be read only once."""
        if isinstance(self._items, Collection):
            for i, item in enumerate(self._items):
                if trimmed_sku(item) is None:
                    raise InvalidRequest(f"{self._argument}[{i}]", item, SKU_RULE)
                if i % CHECKED_AT_ONCE == CHECKED_AT_ONCE - 1:
                    await asyncio.sleep(0)

    async def next(self) -> list[str]:
        """Read the next batch; an empty one ends them."""
        if isinstance(self._iterator, Iterable):
            for item in self._iterator:
                if batch := self._take(item):
                    return batch
        else:
            async for item in self._iterator:
                if batch := self._take(item):
                    return batch
        return self._cutter.rest()

    def _take(self, item: object) -> list[str] | None:
        sku = trimmed_sku(item)
        if sku is None:
            raise InvalidRequest(f"{self._argument}[{self._read}]", item, SKU_RULE)
        self._read += 1
        return self._cutter.add(sku)

    def unsent(self) -> list[str]:
        """Give what was read and not sent and, of a collection, all that comes after it."""
        unsent: list[str] = []
        if isinstance(self._items, Collection) and isinstance(self._iterator, Iterable):
            for item in self._iterator:
                unsent += self._take(item) or ()
        return unsent + self._cutter.rest()


class Flight(NamedTuple, Generic[R]):
    """A batch on its way, or landed and not handed out yet."""

    batch: list[str]
    task: asyncio.Task[R]


class Batches(Generic[R]):
    """A bulk call: its products in batches, some of them on their way at once, results in the order of the input.

    Iterate it for the result of each batch as it is done, or await it for one report. It is inert until then. Products
    are read as they are needed, so that an endless iterator is as welcome as a list.
    """

    def __init__(
        self,
        session: Session,
        source: Callable[[], Source],
        *,
        plan: Callable[[list[str]], Request],
        result: Callable[[list[str], Answer[Any]], R],
        merge: Callable[[list[R]], R],
    ) -> None:
        self._session = session
        self._source = source
        self._plan = plan
        self._result = result
        self._merge = merge

    def __aiter__(self) -> AsyncGenerator[R, None]:
        return self._results()

    def __await__(self) -> Generator[Any, None, R]:
        return self._report().__await__()

    async def _report(self) -> R:
        results: list[R] = []
        try:
            async for result in self._results():
                results.append(result)  # noqa: PERF401 — what was collected before a failure goes into the error
        except BatchError as error:
            error.done = (*results, *error.done)
            raise
        return self._merge(results)

    async def _results(self) -> AsyncGenerator[R, None]:
        source = self._source()
        await source.check()
        at_once = self._session.max_parallel
        flights = deque[Flight[R]]()
        # The next batch is read while all lanes are busy, so that whichever is free first need not wait for it.
        reading: asyncio.Task[list[str]] | None = self._session.spawn(source.next)
        try:
            while reading or flights:
                running = [flight.task for flight in flights if not flight.task.done()]
                if reading and reading.done() and not failure_of(reading, flights):
                    batch = reading.result()
                    if not batch:
                        reading = None
                    elif len(running) < at_once and len(flights) < at_once * HELD_PER_LANE:
                        flights.append(Flight(batch, self._session.spawn(self._send, batch)))
                        running.append(flights[-1].task)
                        reading = self._session.spawn(source.next)
                waiting = [*running, reading] if reading and not reading.done() else running
                if waiting:
                    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                if cause := failure_of(reading, flights):
                    raise await self._stopped(cause, source, reading, flights) from cause
                while flights and flights[0].task.done() and not failure_of(None, flights):
                    landed = flights.popleft()
                    yield landed.task.result()
        finally:
            await cancelled(reading, flights)

    async def _send(self, batch: list[str]) -> R:
        return self._result(batch, await self._session.call(self._plan(batch)))

    async def _stopped(
        self,
        cause: BaseException,
        source: Source,
        reading: asyncio.Task[list[str]] | None,
        flights: Iterable[Flight[R]],
    ) -> BatchError:
        """Wait for what is on its way, send nothing more, and tell what became of each product."""
        await cancelled(reading, ())
        if flights:
            await asyncio.wait([flight.task for flight in flights])
        done, failed = [], []
        for batch, task in flights:
            if task.cancelled() or task.exception():
                failed += batch
            else:
                done.append(task.result())
        read = reading.result() if reading and not reading.cancelled() and not reading.exception() else []
        pending = read + source.unsent()
        if isinstance(cause, InvalidRequest):
            return InvalidItem(cause, done=done, failed=failed, pending=pending)
        return BatchError(cause, done=done, failed=failed, pending=pending)


def failure_of(reading: asyncio.Task[Any] | None, flights: Iterable[Flight[Any]]) -> BaseException | None:
    """Give the first failure among what has ended."""
    tasks = [flight.task for flight in flights] + ([reading] if reading else [])
    return next((task.exception() for task in tasks if task.done() and task.exception()), None)


async def cancelled(reading: asyncio.Task[Any] | None, flights: Iterable[Flight[Any]]) -> None:
    """Cancel what is still on its way and wait until it is gone."""
    tasks = [flight.task for flight in flights] + ([reading] if reading else [])
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks)

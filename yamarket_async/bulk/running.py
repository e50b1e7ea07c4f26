"""One run of a bulk call: batches are read, some of them sent at once, and told in the order of the input."""

import asyncio
from collections import deque
from typing import Any

from yamarket_async.bulk.batch import Batch
from yamarket_async.bulk.reading import Source
from yamarket_async.bulk.report import BulkReport
from yamarket_async.bulk.sending import Sender
from yamarket_async.errors import BatchError, InvalidItem, InvalidRequest
from yamarket_async.session import Session

TURNS_UNTIL_SENT = 2
"""Turns of the event loop until a request has left: in the first its task begins, in the second it is written."""

PATIENCE_WITH_ITERATOR = 1.0
"""Seconds that the caller's iterator has, when the call is over before it, to come to the end of what it is at."""


class Run:
    """One run of a bulk call.

    Every batch is read, queued, sent, answered and told, in that order. At most `lanes` of them are past the first of
    those states and not yet told; where nobody is told while it runs, that they are answered is enough.

    Args:
        session: performs the requests, and ends them when the client is closed.
        source: reads the batches. It runs in one task, in the caller's context, for the whole run.
        sender: sends them.
        kind: the class of the reports.
        lanes: batches at once.
        is_told: whether the reports are handed out one after the other.
    """

    def __init__(
        self, session: Session, source: Source, sender: Sender, kind: type[BulkReport], *, lanes: int, is_told: bool
    ) -> None:
        self._session = session
        self._source = source
        self._sender = sender
        self._kind = kind
        self._lanes = lanes
        self._is_told = is_told
        self._batches = deque[Batch]()
        """Those that were read and not told, in the order of the input."""
        self._ahead = deque[Batch]()
        """Those of them that wait for a lane."""
        self._under_way = 0
        self._tasks: dict[asyncio.Task[None], Batch] = {}
        self._reading: asyncio.Task[None] | None = None
        self._demand = asyncio.Event()
        """Set while one more batch is to be read."""
        self._news = asyncio.Event()
        self._exhausted = False
        self._failure: BaseException | None = None
        self._kept: list[BulkReport] = []
        """The reports that came and are told only at the end."""
        self._in_hand: BulkReport | None = None
        """The report that the caller gets next; he may give the wait for it up."""
        self._invalid: InvalidRequest | None = None
        self._is_over = False
        self._patience_ends = 0.0
        """Until when the caller's iterator is waited for, once it is over; 0 before."""
        self.told = 0

    async def begin(self) -> None:
        """Check what can be checked, and begin to read and send.

        Raises:
            InvalidRequest: a thing of a collection breaks a rule; nothing was sent.
        """
        if self._invalid is not None:
            raise self._invalid
        if self._reading is not None:
            return
        try:
            await self._source.check()
        except InvalidRequest as error:
            self._invalid = error
            raise
        self._reading = self._session.spawn(self._read)
        self._reading.add_done_callback(self._read_ended)
        self._demand.set()

    async def next(self) -> BulkReport | None:
        """Wait for the next report in the order of the input; None after the last one.

        A wait that is given up loses nothing.

        Raises:
            InvalidRequest: a thing of a collection breaks a rule; nothing was sent.
            BatchError: a batch failed, or the caller's iterator did.
        """
        if self._is_over:
            return None
        await self.begin()
        if self._in_hand is None and not await self._receive():
            return None
        report, self._in_hand = self._in_hand, None
        return report

    async def _receive(self) -> bool:
        """Take the next report in hand; False after the last one."""
        while self._failure is None:
            if self._is_over:
                return False  # it was closed meanwhile
            if self._batches and (report := self._batches[0].report) is not None:
                self._batches.popleft().is_told = True
                self._in_hand = report
                self.told += 1
                if not self._is_told:
                    self._kept.append(report)
                    return True
                self._under_way -= 1
                if self._start():
                    # A caller who works on the report without awaiting anything would hold the next request up.
                    for _ in range(TURNS_UNTIL_SENT):
                        await asyncio.sleep(0)
                return True
            if self._exhausted and not self._batches:
                return False
            self._news.clear()
            await self._news.wait()
        raise await self._stopped(self._failure) from self._failure

    @property
    def done(self) -> list[BulkReport]:
        """The reports of what was answered and not told."""
        untold = [
            batch.settle(self._kind) if batch.report is None else batch.report
            for batch in self._batches
            if batch.report is not None or batch.accepted or batch.rejected or batch.unconfirmed or batch.skipped
        ]
        if skipped := self._source.skipped:
            untold.append(self._kind(rejected=skipped))
        in_hand = [self._in_hand] if self._in_hand is not None and self._is_told else []
        return self._kept + in_hand + untold

    @property
    def failed(self) -> list[Any]:
        """The things that were sent and whose fate isn't known, or for which the call failed."""
        return [thing for batch in self._batches for thing in batch.failed]

    @property
    def pending(self) -> list[Any]:
        """The things that were read and certainly not done; of a collection also all that come after."""
        pending: list[Any] = []
        for batch in self._batches:
            pending += batch.pending
        return self._source.unsent(pending)

    def cancel(self) -> list[asyncio.Task[None]]:
        """End whatever is under way but the caller's iterator; give the tasks that will be over soon."""
        self._is_over = self._source.stopping = True
        self._demand.set()
        self._news.set()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        return tasks

    async def end(self) -> None:
        """End whatever is under way, and wait until it is gone."""
        if tasks := self.cancel():
            await asyncio.wait(tasks)
        await self._reading_ended()

    async def _reading_ended(self) -> None:
        """Give the caller's iterator time to come to the end of what it is at.

        It is his: cancelled, a generator would be over, and what is left in it gone. Where it takes longer, what it
        gives in the end is found in `pending` of the call.
        """
        if self._reading is None or self._reading.done():
            return
        now = asyncio.get_running_loop().time()
        self._patience_ends = self._patience_ends or now + PATIENCE_WITH_ITERATOR
        if now < self._patience_ends:
            await asyncio.wait([self._reading], timeout=self._patience_ends - now)

    async def _read(self) -> None:
        while True:
            await self._demand.wait()
            self._demand.clear()
            batch = await self._source.next()
            if batch is None:
                return
            self._batches.append(batch)
            self._ahead.append(batch)
            self._start()

    def _read_ended(self, task: asyncio.Task[None]) -> None:
        self._exhausted = True
        if task.cancelled():
            self._fail(asyncio.CancelledError("the iterator of the things was cancelled"))
        elif (failure := task.exception()) is not None:
            self._fail(failure)
        self._news.set()

    def _start(self) -> bool:
        """Send what was read, as far as there are lanes, and have the next batch read; tell whether any was sent."""
        started = False
        is_going_on = self._failure is None and not self._is_over
        while is_going_on and self._ahead and self._under_way < self._lanes:
            batch = self._ahead.popleft()
            self._under_way += 1
            task = self._session.spawn(self._sender.send, batch)
            self._tasks[task] = batch
            task.add_done_callback(self._sent)
            started = True
        if not self._ahead:
            self._demand.set()
        return started

    def _sent(self, task: asyncio.Task[None]) -> None:
        self._tasks.pop(task)
        if not task.cancelled() and (failure := task.exception()) is not None:
            self._fail(failure)
        if not self._is_told:
            self._under_way -= 1
            self._start()
        self._news.set()

    def _fail(self, failure: BaseException) -> None:
        """Stop: what isn't on the wire is not sent any more, and what is there makes no further attempt."""
        if self._failure is not None:
            return
        self._failure = failure
        self._source.stopping = True
        self._demand.set()
        for task, batch in self._tasks.items():
            if not batch.stop():
                task.cancel()

    async def _stopped(self, failure: BaseException) -> BatchError:
        """Wait for what is on the wire, and tell what became of each thing."""
        if self._tasks:
            await asyncio.wait(list(self._tasks))
        await self._reading_ended()
        done, failed, pending = self.done, self.failed, self.pending
        await asyncio.sleep(0)  # of a million things each of these steps takes milliseconds
        if isinstance(failure, InvalidRequest):
            return InvalidItem(failure, done=done, failed=failed, pending=pending)
        return BatchError(failure, done=done, failed=failed, pending=pending)

"""What callers see of a bulk call: `Batches`, to iterate or to await."""

import warnings
from collections.abc import AsyncIterable, Callable, Collection, Generator, Iterable
from typing import Any, Generic, Self, TypeVar, cast

from yamarket_async.arguments import Arguments
from yamarket_async.bulk import report as reports
from yamarket_async.bulk.reading import Source
from yamarket_async.bulk.report import BulkReport
from yamarket_async.bulk.running import Run
from yamarket_async.bulk.sending import Sender
from yamarket_async.endpoints import Endpoint, Things
from yamarket_async.errors import InvalidRequest
from yamarket_async.framing import Frame
from yamarket_async.session import Session

R = TypeVar("R", bound=BulkReport)


class Batches(Generic[R]):
    """A bulk call: its things in batches, some of them on their way at once, reports in the order of the input.

    Iterate it for the report of each batch as it is done, or await it for one of all. It is inert until then. Things
    are read as they are needed, so that an endless iterator is as welcome as a list. At most `max_parallel` batches are
    ahead of the one that was told last.

    However it ends, `done`, `failed` and `pending` tell afterwards what became of the things that no report told. An
    iterator is the caller's and not cancelled before the client is closed: a call that ends before it waits a second at
    most for what it is at, and what is left in it stays there. It can be read once; a collection is sent anew by each
    run. All of a collection is checked before anything is sent. Of one with more than 100,000 things no copy is made:
    leave it as it is until the first report is there.
    """

    def __init__(self, what: str, kind: type[R], run: Callable[[bool], Run]) -> None:
        self._what = what
        self._kind = kind
        self._make_run = run
        self._run: Run | None = None

    def __aiter__(self) -> "Reports[R]":
        run = self._run = self._make_run(True)
        return Reports(run)

    def __await__(self) -> Generator[Any, None, R]:
        return self.report().__await__()

    async def report(self) -> R:
        """Send everything, and give one report of it.

        Raises:
            BatchError: a batch failed, or the iterator did; tells what became of each thing.
            InvalidRequest: a thing of a collection breaks a rule, and nothing was sent.
        """
        run = self._run = self._make_run(False)
        whole = self._kind()
        try:
            while (report := await run.next()) is not None:
                whole.add(report)
        finally:
            await run.end()
        return whole

    @property
    def done(self) -> tuple[R, ...]:
        """The reports of what the Market answered and that weren't handed out; of the latest run, at this moment."""
        return () if self._run is None else tuple(cast("list[R]", self._run.done))

    @property
    def failed(self) -> tuple[Any, ...]:
        """The things that were sent and whose fate isn't known, or for which the call failed."""
        return () if self._run is None else tuple(self._run.failed)

    @property
    def pending(self) -> tuple[Any, ...]:
        """The things that were read and certainly not done; of a collection also all that come after them."""
        return () if self._run is None else tuple(self._run.pending)

    def __repr__(self) -> str:
        begun = "not begun" if self._run is None else f"{self._run.told} batches done"
        return f"<Batches {self._what}: {begun}>"

    def __del__(self) -> None:
        if getattr(self, "_make_run", None) is not None and self._run is None:
            warnings.warn(
                f"{self!r} was neither awaited nor iterated, so nothing was sent", RuntimeWarning, 2, source=self
            )


class Reports(Generic[R]):
    """The iterator of a bulk call. Whoever gives a wait for it up, by a timeout say, goes on where he was.

    It ends what is under way when it is closed (`aclose`) or dropped.
    """

    def __init__(self, run: Run) -> None:
        self._run = run

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> R:
        run = self._run
        try:
            report = await run.next()
        finally:
            del self  # an exception that is kept keeps this frame, which would keep the run from being dropped
        if report is None:
            raise StopAsyncIteration
        return cast("R", report)

    async def aclose(self) -> None:
        """End the call, and wait until nothing of it is left. What became of each thing is told by its `Batches`."""
        await self._run.end()

    def __del__(self) -> None:
        self._run.cancel()


def batches(
    session: Session, endpoint: Endpoint, arguments: Arguments, *, isolate: Any = True, on_invalid: Any = "raise"
) -> Batches[Any]:
    """Make a bulk call.

    Args:
        session: performs its requests.
        endpoint: the method, which takes a list of things.
        arguments: what it was called with.
        isolate: whether bad things are taken out of a request that was refused because of them, and the rest sent.
        on_invalid: what a thing does that breaks a rule: "raise" ends the call, "skip" reports it as rejected.

    Raises:
        InvalidRequest: an argument is out of bounds.
    """
    things = cast("Things", endpoint.things)
    if not isinstance(isolate, bool):
        raise InvalidRequest("isolate", isolate, "must be True or False")
    if on_invalid not in ("raise", "skip"):
        raise InvalidRequest("on_invalid", on_invalid, 'must be "raise" or "skip"')
    frame = Frame(session.base_url, endpoint, arguments, things.name, things.at_once)
    given = arguments.get(frame.argument)
    items = _iterable(frame, given)
    kind = getattr(reports, things.report) if things.report else BulkReport
    lanes = (endpoint.quota and endpoint.quota.parallel) or session.max_parallel

    was_read = False

    def run(is_told: bool) -> Run:
        nonlocal was_read
        if was_read:
            raise RuntimeError(
                f"{endpoint.name}: its things come from an iterator, which was read by this call already; make another "
                "call with what is left, `pending` and the iterator"
            )
        was_read = items is not None and not isinstance(items, Collection)
        source = Source(frame, items, things.key, things.rules, skip=on_invalid == "skip")
        sender = Sender(session, frame, things, kind, isolate=isolate)
        return Run(session, source, sender, kind, lanes=lanes, is_told=is_told)

    return Batches(f"{endpoint.name} of {frame.entity}", kind, run)


def _iterable(frame: Frame, given: Any) -> Iterable[Any] | AsyncIterable[Any] | None:
    if given is None and not frame.is_required:
        return None
    if isinstance(given, (str, bytes)) or not isinstance(given, (Iterable, AsyncIterable)):
        raise InvalidRequest(frame.argument, given, "must be an iterable, sync or async; [thing] for a single one")
    return given

"""Sending many changes: batch by batch, ended in good order by Ctrl-C, with what became of each thing noted at once."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import aclosing, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from yamarket_async.cli.connecting import Connection
from yamarket_async.cli.progress import Progress, counted
from yamarket_async.cli.running import (
    FAILED,
    PARTLY_DONE,
    Failure,
    ended_like_interrupt,
    failure_of,
    wait_for,
)
from yamarket_async.cli.stopping import Gate, Stopped, first_interrupt
from yamarket_async.errors import BatchError

if TYPE_CHECKING:
    from yamarket_async.bulk import Batches, BulkReport
    from yamarket_async.client import MarketClient
    from yamarket_async.observing import Call

OUTCOMES = ("accepted", "rejected", "unconfirmed", "failed", "refused", "pending")
"""What becomes of things. Refused: with their whole request, by a bad key say, and so not done; failed: sent, and no
answer told what became of them."""


class Told(NamedTuple):
    """What became of a thing.

    Attributes:
        item: the thing, as it was given.
        outcome: one of `OUTCOMES`.
        reasons: why, or what the Market remarked.
    """

    item: Any
    outcome: str
    reasons: str = ""


class Sending:
    """A run over one or more bulk calls, one after the other.

    Args:
        calls: begin the bulk calls.
        note: is told of things as soon as it is known what became of them; a batch at a time.
        progress: shows how far it has come.
    """

    def __init__(
        self,
        calls: Sequence[Callable[["MarketClient"], "Batches[Any]"]],
        note: Callable[[Sequence[Told]], None],
        progress: Progress,
    ) -> None:
        self._calls = calls
        self._note = note
        self._progress = progress
        self._batches: Batches[Any] | None = None
        self._is_open = False
        """Whether an attempt ended without an answer that tells what became of it."""

    def run(self, connection: Connection) -> BaseException | None:
        """Send, and give what ended it before all was sent."""
        gate = Gate(connection.limiter())
        client = connection.client(on_wait=self._progress.wait, on_call=self._attempt, limiter=gate)
        cause: BaseException | None = None
        try:
            with ended_like_interrupt(), self._progress:
                self._wait(self._send(client, gate))
        except BatchError as error:
            cause = error.__cause__ or error
        except (KeyboardInterrupt, OSError) as error:
            cause = error
        if cause is not None and self._batches is not None:
            self._note_rest(self._batches, cause)
        return cause

    def _wait(self, work: Coroutine[Any, Any, None]) -> None:
        """Wait for the end of it; to be stopped in good order is an interruption as well, by whichever signal."""
        try:
            wait_for(work)
        except BatchError as error:
            if isinstance(error.__cause__, Stopped):
                raise KeyboardInterrupt from None
            raise

    def _attempt(self, call: "Call") -> None:
        if call.error is not None and (call.status is None or call.status >= 500 or call.status < 400):
            self._is_open = True
        self._progress.attempt(call)

    async def _send(self, client: "MarketClient", gate: Gate) -> None:
        def stop() -> None:
            self._progress.tell("stopping: what is on its way is finished; Ctrl-C again ends at once")
            gate.shut()

        async with client as market:
            with first_interrupt(stop):
                for call in self._calls:
                    self._batches = call(market)
                    async with aclosing(aiter(self._batches)) as reports:
                        async for report in reports:
                            self._note(told_by(report))
                            self._progress.advance(len(report.items), limit=next(iter(market.limits()), None))

    def _note_rest(self, batches: "Batches[Any]", cause: BaseException) -> None:
        """Note what the end of the call left."""
        why = "" if isinstance(cause, KeyboardInterrupt) else str(failure_of(cause))
        outcome = "failed" if self._is_open or not why or isinstance(cause, OSError) else "refused"
        for told in (*map(told_by, batches.done), [Told(item, outcome, why) for item in batches.failed]):
            with suppress(OSError):  # of the journal: its disk is full, and `cause` or the report tells that
                self._note(told)


def told_by(report: "BulkReport") -> list[Told]:
    """Read out of a report what became of each thing."""
    warned = {id(each.item): _reasons(each.warnings) for each in report.warnings}
    return [
        *(Told(item, "accepted", warned.get(id(item), "")) for item in report.accepted),
        *(Told(each.item, "rejected", _reasons(each.errors)) for each in report.rejected),
        *(Told(item, "unconfirmed") for item in report.unconfirmed),
    ]


def _reasons(details: Any) -> str:
    return "; ".join(": ".join(filter(None, (each.code, each.message))) for each in details)


def judged(cause: BaseException | None, counts: Mapping[str, int], what: str = "products") -> Failure | None:
    """Make the line and the exit status of what ended the sending, or of what was not taken.

    Args:
        cause: what ended it; None where all was sent.
        counts: how many had each outcome.
        what: what they are, in the plural.
    """
    left = [f"{count:,} {_LEFT[name][count > 1]}" for name in _LEFT if (count := counts.get(name, 0))]
    done = sum(counts.get(name, 0) for name in ("accepted", "rejected", "unconfirmed"))
    if cause is None:
        return None
    if isinstance(cause, KeyboardInterrupt):
        pending = counts.get("pending", 0)
        rest = f"{counted(pending, what)} {_LEFT['pending'][pending != 1]}"
        failed = f", {counts['failed']:,} failed" if counts.get("failed") else ""
        return Failure(f"interrupted; {rest}{failed}", failure_of(cause).status)
    failure = failure_of(cause, f"of the {what}, " + (", ".join(left) or "all are done"))
    return Failure(str(failure), PARTLY_DONE if done else FAILED)


_LEFT = {
    "failed": ("failed", "failed"),
    "refused": ("was refused", "were refused"),
    "pending": ("was not sent", "were not sent"),
}
"""What is said of one thing, and of several, that came to no answer."""

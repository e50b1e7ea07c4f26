"""One run of `yamarket update`: read, ask, send, report."""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yamarket_async.cli import tables
from yamarket_async.cli.connecting import Connection
from yamarket_async.cli.inputs import STDIN, shown
from yamarket_async.cli.lookup import find, method_of
from yamarket_async.cli.overwriting import may_write
from yamarket_async.cli.progress import Progress, counted
from yamarket_async.cli.running import (
    DONE,
    PARTLY_DONE,
    WRONG_USAGE,
    Failure,
    confirmed,
    drop_output,
    is_terminal,
    say,
)
from yamarket_async.cli.update_journal import SETTLED, Entry, Head, Journal
from yamarket_async.cli.update_kinds import Target, UpdateKind
from yamarket_async.cli.update_reading import Change, Changes, read_changes
from yamarket_async.cli.update_sending import OUTCOMES, Sending, Told, judged

if TYPE_CHECKING:
    from yamarket_async.bulk import Batches
    from yamarket_async.client import MarketClient


class Update:
    """A run of the command.

    Args:
        name: the kind's name.
        kind: what is brought.
        target: where to.
        connection: how to reach the Market.
        file: the file, or "-".
        dry_run: whether to compare only.
        yes: whether not to ask.
        report: where the report goes.
        force: whether it may replace another one.
        restart: whether to forget what an interrupted run did.
        quiet: whether to show no progress.
    """

    def __init__(
        self,
        name: str,
        kind: UpdateKind,
        target: Target,
        connection: Connection,
        *,
        file: str,
        dry_run: bool,
        yes: bool,
        report: Path | None,
        force: bool,
        restart: bool,
        quiet: bool,
    ) -> None:
        self._name, self._kind, self._target, self._connection = name, kind, target, connection
        self._file, self._dry_run, self._yes, self._quiet = file, dry_run, yes, quiet
        self._force, self._restart = force, restart
        self._report = report or Path(f"{'update-' + name if file == STDIN else file}.report.csv")

    def run(self) -> int:
        """Do it, and give the exit status."""
        changes = read_changes(self._kind, self._file)
        if self._dry_run:
            from yamarket_async.cli.update_comparing import compare  # noqa: PLC0415

            compare(self._kind, self._target, changes.rows, self._connection, quiet=self._quiet)
            return DONE
        if self._report.exists() and not self._report.is_file():
            raise Failure(f"--report {self._report}: is no file", WRONG_USAGE)
        where = ", ".join(f"{name.replace('_', '-')} {value}" for name, value in self._target.items())
        head = Head(f"{self._name} of {where}", changes.fingerprint)
        part = self._report.with_name(self._report.name + ".part")
        if not part.exists() or self._restart:
            may_write(self._report, force=self._force, option="--report")
        return self._carry_out(changes, Journal(self._report, head, restart=self._restart), where)

    def _carry_out(self, changes: Changes, journal: Journal, where: str) -> int:
        todo = [change for sku, change in changes.rows.items() if journal.outcome(sku) not in SETTLED]
        done = len(changes.rows) - len(todo)
        if journal.is_resumed:
            say(f"going on with an interrupted run: {done:,} products are done, {len(todo):,} are left")
        if todo:
            self._ask(len(todo), where)
        with journal.begun():
            counts, failure = self._send(changes, todo, journal)
        self._show(counts, failure)
        return PARTLY_DONE if counts["accepted"] < len(changes.rows) else DONE

    def _send(self, changes: Changes, todo: list[Change], journal: Journal) -> tuple[Counter[str], Failure | None]:
        skus = {id(change.thing): change.sku for change in todo}

        def note(several: Sequence[Told]) -> None:
            journal.note([Entry(skus[id(each.item)], each.outcome, each.reasons) for each in several])

        total = len(changes.rows)
        progress = Progress("products", of="batches", total=total, done=total - len(todo), quiet=self._quiet)
        cause = Sending(self._calls(todo), note, progress).run(self._connection) if todo else None
        counts = Counter(journal.outcome(sku) for sku in changes.rows)
        failure = judged(cause, counts)
        is_full = isinstance(cause, OSError)
        try:
            journal.finish(changes.rows)
            progress.tell(f"the report is in {self._report}")
        except OSError as error:
            is_full, told = True, f"there is no report ({self._report}: {error.strerror})"
            failure = Failure(f"{failure}; {told}", failure.status) if failure else Failure(told, PARTLY_DONE)
        if failure is not None and is_full:
            kept = f"{journal.path} keeps what became of {counted(len(journal.kept), 'products')}"
            failure = Failure(f"{failure}; free space and run the same command again: {kept}", failure.status)
        return counts, failure

    def _show(self, counts: Counter[str], failure: Failure | None) -> None:
        try:
            tables.show(("outcome", "products"), [(outcome, counts[outcome]) for outcome in OUTCOMES])
        except BrokenPipeError:
            if failure is None:
                raise
            drop_output(sys.stdout)  # whoever read it has enough, but the failure is still to be told
        if failure is not None:
            raise failure

    def _ask(self, count: int, where: str) -> None:
        several = f"{count:,} products" if count != 1 else "1 product"
        say(f"{self._kind.summary.rstrip('.')}: {several} from {shown(self._file)} ({where})", color="yellow")
        if self._yes:
            return
        if self._file == STDIN or not is_terminal(sys.stdin) or not is_terminal(sys.stderr):
            raise Failure(
                "nobody is there to be asked; --yes does it without asking, --dry-run shows what would change",
                WRONG_USAGE,
            )
        if not confirmed("Do it?"):
            raise Failure("nothing was done")

    def _calls(self, todo: list[Change]) -> list[Any]:
        """Give what begins the bulk calls."""
        if self._kind.operation != "addHiddenOffers":
            return [self._call(self._kind.operation, todo)]
        parts = (
            ("addHiddenOffers", [each for each in todo if each.hides]),
            ("deleteHiddenOffers", [each for each in todo if not each.hides]),
        )
        return [self._call(operation, part) for operation, part in parts if part]

    def _call(self, operation: str, part: list[Change]) -> Any:
        method = method_of(find(operation))

        def begin(market: "MarketClient") -> "Batches[Any]":
            batches: Batches[Any] = getattr(market, method)(*self._target.values(), (change.thing for change in part))
            return batches

        return begin

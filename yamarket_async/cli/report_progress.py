"""What is shown while the Market makes a report: how long it takes, and how much of the file has come."""

import sys
import time
from contextlib import suppress
from types import TracebackType
from typing import Self

import click
from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import ProgressColumn, SpinnerColumn, Task
from rich.text import Text

from yamarket_async.cli.running import is_terminal
from yamarket_async.cli.waits import failed_attempt, whose
from yamarket_async.limits import Wait
from yamarket_async.observing import Call


class _Line(ProgressColumn):
    """What goes on, with the seconds that have passed."""

    def render(self, task: Task) -> Text:
        now: str = task.fields["now"]()
        return Text(f"{task.description} · {now} · {task.elapsed or 0:,.0f} s", no_wrap=True, overflow="ellipsis")


class ReportProgress:
    """Shows the making of a report: a live line on a terminal, plain lines elsewhere.

    Args:
        what: the report.
        endpoint: the method that begins it.
        quiet: show nothing at all.
    """

    def __init__(self, what: str, endpoint: str, *, quiet: bool = False) -> None:
        self._console = Console(stderr=True, force_terminal=is_terminal(sys.stderr), highlight=False)
        self._live = not quiet and self._console.is_interactive
        self._what, self._endpoint, self._quiet = what, endpoint, quiet
        self._next, self._state = 0.0, "asking for it"
        self._bar = Bar(SpinnerColumn(), _Line(), console=self._console, disable=not self._live, transient=True)
        self._bar.add_task(what, total=None, now=self._now)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._bar.stop()

    def _now(self) -> str:
        left = self._next - time.monotonic()
        return f"{self._state}, looking again in {int(left) + 1} s" if left > 0 else self._state

    def wait(self, wait: Wait) -> None:
        """Show that the report is being made, or that a call waits for a limit."""
        is_made = wait.endpoint == self._endpoint
        self._state = "the Market makes it" if is_made else f"waiting for the limit of {whose(wait)}"
        self._next = time.monotonic() + wait.seconds
        if not self._live:
            self.tell(f"{self._what}: {self._state}, looking again in {int(wait.seconds) + 1} s")

    def attempt(self, call: Call) -> None:
        """Show that an attempt failed, and may be repeated."""
        if told := failed_attempt(call):
            self.tell(told)

    def fetched(self, size: int, total: int | None) -> None:
        """Show how much of the file has come."""
        self._next = 0.0
        self._state = f"{size:,} {f'of {total:,} ' if total else ''}bytes"

    def tell(self, line: str) -> None:
        """Say something, unless all is to be quiet."""
        if self._quiet:
            return
        with suppress(OSError):
            if self._live:
                self._console.print(line, markup=False, soft_wrap=True)
            else:
                click.echo(line, err=True)

"""Progress on stderr: a live line on a terminal, plain lines elsewhere, nothing where it is not wanted."""

import sys
import time
from contextlib import suppress
from types import TracebackType
from typing import Self

import click
from rich.console import Console
from rich.progress import BarColumn, ProgressColumn, SpinnerColumn, Task
from rich.progress import Progress as Bar
from rich.text import Text

from yamarket_async.cli.running import is_terminal
from yamarket_async.limits import LimitState, Wait

LINE_EVERY = 5.0
"""Seconds between plain lines."""


class _Count(ProgressColumn):
    """How many items came, and of how many where that is known."""

    def render(self, task: Task) -> Text:
        total = "" if task.total is None else f" of {task.total:,.0f}"
        return Text(f"{task.completed:,.0f}{total} {task.description}")


class _State(ProgressColumn):
    """How fast it goes and what remains of the limit, or how long the wait for it still takes."""

    def render(self, task: Task) -> Text:
        wait: Wait | None = task.fields["wait"]
        left = task.fields["wait_ends"] - time.monotonic()
        if wait is not None and left > 0:
            # Rounded up: nobody is told to wait 0 s.
            return Text(f"waiting {int(left) + 1} s for the limit of {wait.endpoint}", style="yellow")
        told = (task.fields["pages"], task.fields["rate"], task.fields["left"])
        return Text(" · ".join(part for part in told if part))


class Progress:
    """Shows how far a walk has come, and when it waits for a limit.

    Args:
        what: what is counted, in the plural.
        of: what it comes in, in the plural.
        total: how many there are, where that is known.
        done: how many of them an earlier run did.
        pages: how many pages it did.
        quiet: show nothing at all.
    """

    def __init__(
        self,
        what: str,
        *,
        of: str = "pages",
        total: int | None = None,
        done: int = 0,
        pages: int = 0,
        quiet: bool = False,
    ) -> None:
        console = Console(stderr=True, force_terminal=is_terminal(sys.stderr))
        live = not quiet and console.is_interactive
        self._what, self._of, self._done, self._pages, self._new = what, of, done, pages, 0
        self._plain = not quiet and not live
        self._quiet = quiet
        # On a terminal of 80 columns the longest line, that of a wait, just fits.
        bar = () if total is None else (BarColumn(8),)
        self._bar = Bar(SpinnerColumn(), *bar, _Count(), _State(), console=console, disable=not live, transient=True)
        self._task = self._bar.add_task(
            what, total=total, completed=done, pages="", rate="", left="", wait=None, wait_ends=0.0
        )
        self._began = self._said = time.monotonic()

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._bar.stop()

    def advance(self, items: int, *, limit: LimitState | None = None, total: int | None = None) -> None:
        """Count a page.

        Args:
            items: how many items it held.
            limit: what remains of the limit behind it.
            total: how many items there are, where the page told.
        """
        self._done += items
        self._new += items
        self._pages += 1
        left = "" if limit is None or limit.remaining is None else f"{limit.remaining:,} of {limit.amount:,} left"
        pages = f"{self._pages:,} {self._of}"
        rate = f"{self._new / (time.monotonic() - self._began):,.0f}/s"
        if total is not None:
            self._bar.update(self._task, total=total)
        # A wait is shown until it is over: the page ahead may wait already while this one is being counted.
        self._bar.update(self._task, completed=self._done, pages=pages, rate=rate, left=left)
        if self._plain and time.monotonic() - self._said >= LINE_EVERY:
            self._say(", ".join(filter(None, (self._count(), rate, left))))

    def wait(self, wait: Wait) -> None:
        """Show that a call waits for a limit."""
        self._bar.update(self._task, wait=wait, wait_ends=time.monotonic() + wait.seconds)
        if self._plain:
            self._say(f"{self._count()}, waiting {int(wait.seconds) + 1} s for the limit of {wait.endpoint}")

    def tell(self, line: str) -> None:
        """Say something beside the progress, unless all is to be quiet."""
        if not self._quiet:
            self._say(line)

    def conclude(self, where: str) -> None:
        """Say how much came in how long."""
        self.tell(f"{self._count()} in {time.monotonic() - self._began:.1f} s → {where}")

    def _count(self) -> str:
        return f"{self._done:,} {self._what}, {self._pages:,} {self._of}"

    def _say(self, line: str) -> None:
        self._said = time.monotonic()
        # Nobody may be there any more to read it (`2>&1 | head`), which is no reason to stop the work.
        with suppress(OSError):
            click.echo(line, err=True)

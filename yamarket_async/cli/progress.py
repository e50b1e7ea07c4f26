"""Progress on stderr: a bar on a terminal, plain lines elsewhere, nothing where it is not wanted."""

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, SpinnerColumn, Task, TextColumn
from rich.progress import Progress as Bar
from rich.text import Text

from yamarket_async.limits import Wait

LINE_EVERY = 5.0
"""Seconds between plain lines."""


class _WaitColumn(ProgressColumn):
    """Items a second, or how long the wait for the limit still takes."""

    def render(self, task: Task) -> Text:
        left = task.fields["until"] - time.monotonic()
        if left > 0:
            return Text(f"waiting {left:.1f} s for the limit of {task.fields['endpoint']}", style="yellow")
        return Text(f"{task.speed or 0:,.0f}/s", style="cyan")


class Progress:
    """Shows how far a walk has come, and when it waits for a limit.

    Args:
        what: what is counted, in the plural.
        total: how many there are, where that is known.
        quiet: show nothing at all.
    """

    def __init__(self, what: str, *, total: int | None = None, quiet: bool = False) -> None:
        self._what = what
        self._quiet = quiet
        self._console = Console(stderr=True)
        self._bar = Bar(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("page {task.fields[pages]}"),
            TextColumn("{task.fields[remaining]}"),
            _WaitColumn(),
            console=self._console,
            disable=quiet or not self._console.is_terminal,
        )
        self._task = self._bar.add_task(what, total=total, pages=0, remaining="", until=0.0, endpoint="")
        self._plain = not quiet and not self._console.is_terminal
        self._began = self._said = time.monotonic()

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._bar.stop()

    def advance(self, items: int, *, remaining: int | None = None, amount: int | None = None) -> None:
        """Count a page, and tell what remains of the limit."""
        task = self._bar.tasks[0]
        left = "" if remaining is None else f"{remaining:,} of {amount:,} left"
        self._bar.update(self._task, advance=items, pages=task.fields["pages"] + 1, remaining=left)
        if self._plain and time.monotonic() - self._said >= LINE_EVERY:
            self._say(f"{task.completed:,.0f} {self._what}, page {task.fields['pages']}")

    def wait(self, wait: Wait) -> None:
        """Show that a call waits for a limit."""
        self._bar.update(self._task, until=time.monotonic() + wait.seconds, endpoint=wait.endpoint)
        if self._plain:
            done = self._bar.tasks[0].completed
            self._say(f"{done:,.0f} {self._what}; waiting {wait.seconds:.1f} s for the limit of {wait.endpoint}")

    def _say(self, line: str) -> None:
        self._said = time.monotonic()
        self._console.print(f"[{self._said - self._began:.1f} s] {line}", highlight=False, markup=False)

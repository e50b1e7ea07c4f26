"""Progress on stderr: a live line on a terminal, plain lines elsewhere, nothing where it is not wanted."""

import re
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
from yamarket_async.cli.waits import WorkClock, failed_attempt, whose
from yamarket_async.limits import LimitState, Wait
from yamarket_async.observing import Call

LINE_EVERY = 5.0
"""Seconds between plain lines."""

SILENT_AFTER = 3.0
"""Seconds without a page or a wait after which the live line says that no answer has come."""

BAR_FROM, BAR_ROOM, LONGEST_BAR = 80, 70, 40
"""Columns of a terminal from which on there is a bar, what the rest of the line needs beside it, its most cells."""


class _Line(ProgressColumn):
    """How many items came and of how many, how fast it goes and what remains of the limit, or what it waits for."""

    def render(self, task: Task) -> Text:
        state: _State = task.fields["state"]
        count = int(task.completed)
        if task.total is None:
            told_of = counted(count, task.description)
        else:
            told_of = f"{count:,} of {counted(int(task.total), task.description)}"
        text = Text(told_of, no_wrap=True, overflow="ellipsis")
        told, style = state.told(time.monotonic())
        if told:
            text.append(" · ").append(told, style=style)
        return text


class _State:
    """What the live line says behind the count."""

    def __init__(self, now: float) -> None:
        self.wait: Wait | None = None
        self.wait_ends = now
        self.parts: tuple[str, ...] = ()
        self.failure = ""
        self.heard = now

    def told(self, now: float) -> tuple[str, str]:
        """Give the text and its style."""
        if self.wait is not None and now < self.wait_ends:
            # Rounded up: nobody is told to wait 0 s.
            return f"waiting {int(self.wait_ends - now) + 1} s, limit of {self.wait.endpoint}", "yellow"
        silent = now - max(self.heard, self.wait_ends)
        if self.failure:
            return f"{self.failure}, no answer for {silent:.0f} s", "red"
        if silent > SILENT_AFTER:
            return f"no answer for {silent:.0f} s", "yellow"
        return " · ".join(part for part in self.parts if part), ""


class Progress:
    """Shows how far a walk has come, when it waits for a limit, and what failed and is tried again.

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
        console = Console(stderr=True, force_terminal=is_terminal(sys.stderr), highlight=False)
        self._live = not quiet and console.is_interactive
        self._what, self._of, self._done, self._pages, self._new = what, of, done, pages, 0
        self._plain = not quiet and not self._live
        self._quiet = quiet
        self._clock = WorkClock(time.monotonic())
        self._state = _State(time.monotonic())
        self._console = console
        self._bar = Bar(
            SpinnerColumn(),
            *(() if total is None else _bars(console.width)),
            _Line(),
            console=console,
            disable=not self._live,
            transient=True,
        )
        self._task = self._bar.add_task(what, total=total, completed=done, state=self._state)
        self._said = time.monotonic()

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
        now = time.monotonic()
        self._done += items
        self._new += items
        self._pages += 1
        self._state.heard, self._state.failure = now, ""
        left = "" if limit is None or limit.remaining is None else f"{limit.remaining:,} of {limit.amount:,} left"
        rate = f"{self._new / max(self._clock.worked(now), 0.001):,.0f}/s"
        self._state.parts = (counted(self._pages, self._of), rate, left)
        # A wait is shown until it is over: the page ahead may wait already while this one is being counted.
        self._bar.update(self._task, completed=self._done)
        if total is not None:
            self._bar.update(self._task, total=total)
        if self._plain and now - self._said >= LINE_EVERY:
            self._say(", ".join(filter(None, (self._count(), rate, left))))

    def wait(self, wait: Wait) -> None:
        """Show that a call waits for a limit."""
        now = time.monotonic()
        self._clock.waits(now, wait.seconds)
        self._state.wait, self._state.wait_ends = wait, now + wait.seconds
        if self._plain:
            self._say(f"{self._count()}, waiting {int(wait.seconds) + 1} s for the limit of {whose(wait)}")

    def attempt(self, call: Call) -> None:
        """Show that an attempt failed, and may be repeated."""
        told = failed_attempt(call)
        if told:
            self._state.failure, self._state.heard = f"attempt {call.attempt} failed", time.monotonic()
            self.tell(told)

    def tell(self, line: str) -> None:
        """Say something beside the progress, unless all is to be quiet."""
        if not self._quiet:
            self._say(line)

    def conclude(self, where: str) -> None:
        """Say how much came in how long, in this run and in all."""
        now = time.monotonic()
        seconds, waited = self._clock.passed(now), self._clock.waited(now)
        of_it = f", {waited:.1f} s of that waiting for limits" if waited >= 0.1 else ""
        run = "" if self._new == self._done else f"; {self._new:,} of them in this run,"
        self.tell(f"{self._count()}{run} in {seconds:.1f} s{of_it} → {'standard output' if where == '-' else where}")

    def _count(self) -> str:
        return f"{counted(self._done, self._what)}, {counted(self._pages, self._of)}"

    def _say(self, line: str) -> None:
        self._said = time.monotonic()
        # Nobody may be there any more to read it (`2>&1 | head`), which is no reason to stop the work.
        with suppress(OSError):
            if self._live:
                # Through the console, which takes its live line away first.
                self._console.print(line, markup=False, soft_wrap=True)
            else:
                click.echo(line, err=True)


def _bars(width: int) -> tuple[ProgressColumn, ...]:
    return (BarColumn(min(width - BAR_ROOM, LONGEST_BAR)),) if width >= BAR_FROM else ()


def counted(number: int, plural: str) -> str:
    """Say how many there are of something: `1 page`, `1,200 pages`, `1 batch`."""
    return f"{number:,} {singular(plural) if number == 1 else plural}"


def singular(plural: str) -> str:
    """Name one of several: `batches` → `batch`, `statuses` → `status`, `prices by offer ids` → `price by offer ids`."""
    several, link, rest = re.split(r"( by | on |$)", plural, maxsplit=1)
    if several.endswith(("ches", "xes", "tuses")):
        several = several.removesuffix("es")
    elif not several.endswith(("ss", "us")):
        several = several.removesuffix("s")
    return several + link + rest

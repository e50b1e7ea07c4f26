"""Unfinished files: written beside their place, with a journal that tells how to go on after Ctrl-C or a crash."""

import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from yamarket_async.cli.running import WRONG_USAGE, Failure

try:
    import fcntl
except ImportError:  # pragma: no cover — Windows, where two runs at once are the user's to avoid
    fcntl = None  # type: ignore[assignment]

SAVE_EVERY = 1.0
"""Seconds of work that a crash may cost. Each save waits for the disk twice, so one for each page would cost more."""

Position = dict[str, Any]
"""Where a walk goes on: the argument that leads there, by its name."""


class Journal(msgspec.Struct, kw_only=True):
    """What is known of an unfinished file.

    Attributes:
        query: what is asked for, and how it is written. Two runs may share a file only if it is the same.
        position: where to go on; None when all pages are there.
        length: how many bytes are safely on disk.
        items: how many items they hold.
        pages: how many pages these came in.
    """

    query: dict[str, Any]
    position: Position | None = None
    length: int = 0
    items: int = 0
    pages: int = 0


class Part:
    """The unfinished file of an export, `NAME.part`, and its journal, `NAME.part.json`.

    Only one run can have it open. What an earlier run left stays as it is until the first write.

    Args:
        place: where the finished file goes.
        query: what is asked for.

    Attributes:
        journal: what is known of it now.
        saved: what is known of it on disk; None while there is nothing.
        path: the unfinished file.
    """

    def __init__(self, place: Path, query: Mapping[str, Any]) -> None:
        self.place = place
        self.path = place.with_name(place.name + ".part")
        self.journal = Journal(query=msgspec.to_builtins(dict(query)))
        self.saved: Journal | None = None
        self._journal_path = place.with_name(place.name + ".part.json")
        self._fresh = not self.path.exists()
        self.path.touch()
        self._file = self.path.open("r+b", buffering=0)
        self._lock()
        self._begun = False
        self._saved_at = time.monotonic()
        self._calm_until = self._saved_at

    def _lock(self) -> None:
        if fcntl is None:  # pragma: no cover
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # The run that had it may just have moved it to its place, where nobody may write.
            is_ours = self.path.exists() and os.path.samestat(os.fstat(self._file.fileno()), self.path.stat())
        except BlockingIOError:
            is_ours = False
        except OSError:
            return  # a file system that knows no locks
        if not is_ours:
            self._file.close()
            raise Failure(f"{self.path}: another run is writing it")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def resume(self) -> str | None:
        """Go on with what an earlier run left.

        Returns:
            Why there is nothing to go on with; None when there is.

        Raises:
            Failure: what is left belongs to another query.
        """
        try:
            left = msgspec.json.decode(self._journal_path.read_bytes(), type=Journal)
        except FileNotFoundError:
            return f"there is no {self._journal_path}"
        except msgspec.DecodeError:
            return f"{self._journal_path} can't be read"
        if self.path.stat().st_size < left.length:
            return f"{self.path} is shorter than its journal says"
        if left.query != self.journal.query:
            names = sorted({**left.query, **self.journal.query})
            told = [
                f"{name} was {left.query.get(name)!r} and is {self.journal.query.get(name)!r}"
                for name in names
                if left.query.get(name) != self.journal.query.get(name)
            ]
            raise Failure(
                f"--resume: {self.path} belongs to another query: {'; '.join(told)}. "
                "Ask as before, or begin anew without --resume",
                WRONG_USAGE,
            )
        self.journal = left
        self.saved = msgspec.structs.replace(left)
        return None

    @property
    def start(self) -> Position | None:
        """Where to go on; None when all pages are there."""
        return self.journal.position if self.journal.pages else {}

    def write(self, data: bytes, *, items: int, position: Position | None) -> None:
        """Write a page.

        Args:
            data: what to write.
            items: how many items it holds.
            position: where to go on behind it; None where it was the last one.

        Raises:
            OSError: it can't be written; what was saved before stays good.
        """
        try:
            self._begin()
            left = memoryview(data)
            while left:
                left = left[self._file.write(left) :]
        except OSError as error:
            raise self._named(error) from error
        journal = self.journal
        journal.length += len(data)
        journal.items += items
        journal.pages += 1
        journal.position = position
        now = time.monotonic()
        if now < self._calm_until or now - self._saved_at >= SAVE_EVERY:
            self.save()

    def expect(self, seconds: float) -> None:
        """Note that a wait begins: what was written must not be lost to a crash in it, and there is time to save.

        Args:
            seconds: how long it lasts. What is written in it is saved at once.
        """
        self._calm_until = max(self._calm_until, time.monotonic() + seconds)
        if self._begun and (self.saved is None or self.saved.length != self.journal.length):
            self.save()

    def _begin(self) -> None:
        """Cut off what is not known to be good."""
        if self._begun:
            return
        if self.saved is None:
            self._journal_path.unlink(missing_ok=True)
        self._file.truncate(self.journal.length)
        self._file.seek(self.journal.length)
        self._begun = True

    def save(self) -> None:
        """See to it that what was written survives a crash, first the file and then what the journal says of it."""
        new = self._journal_path.with_name(self._journal_path.name + ".new")
        try:
            os.fsync(self._file.fileno())
            with new.open("wb") as file:
                file.write(msgspec.json.format(msgspec.json.encode(self.journal)))
                file.flush()
                os.fsync(file.fileno())
            new.replace(self._journal_path)
        except OSError as error:
            new.unlink(missing_ok=True)
            raise self._named(error) from error
        self.saved = msgspec.structs.replace(self.journal)
        self._saved_at = time.monotonic()

    def _named(self, error: OSError) -> OSError:
        return OSError(error.errno, error.strerror, str(self.path))

    def complete(self) -> None:
        """Note that all pages are there."""
        self._begin()
        self.journal.position = None
        self.save()

    def publish(self, made_of_it: Path | None = None) -> None:
        """Move the complete file to its place.

        Args:
            made_of_it: what was made of it and goes there instead.
        """
        self._file.close()
        if made_of_it is None:
            self.path.replace(self.place)
        else:
            made_of_it.replace(self.place)
            self.path.unlink()
        self._journal_path.unlink()
        self.saved = None

    def close(self) -> None:
        """Save what can be saved; leave nothing behind where nothing was written."""
        if self._file.closed:
            return
        if self.journal.pages and self._begun:
            # A full disk may not even take the journal: then the one before it counts.
            with suppress(OSError):
                self.save()
        self._file.close()
        if (self._fresh or self._begun) and not self.saved:
            self.path.unlink()

    def note(self) -> str:
        """Tell what is kept of an unfinished file."""
        if not self.saved:
            return ""
        are_safe = f"{self.saved.items:,} items are safe" if self.saved.items != 1 else "1 item is safe"
        return f"{are_safe} in {self.path}; the same command with --resume goes on from there"

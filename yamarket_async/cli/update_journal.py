"""The journal of an update, what became of each product as soon as that is known, and the report made of it."""

import csv
import io
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import Any

import msgspec

from yamarket_async.cli.running import WRONG_USAGE, Failure
from yamarket_async.cli.update_reading import Change
from yamarket_async.saving import beside

SETTLED = frozenset({"accepted", "rejected"})
"""Outcomes after which a product is not sent again by a run that goes on."""


class Head(msgspec.Struct, frozen=True):
    """What a journal is about: the first line of it.

    Attributes:
        what: the kind of update, and where it goes.
        fingerprint: a hash of the file.
    """

    what: str
    fingerprint: str


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """What became of a product: each other line of a journal."""

    sku: str
    outcome: str
    reasons: str = ""


class Journal:
    """What became of products, safe against whatever ends the run.

    Args:
        report: where the report goes; the journal is beside it.
        head: what it is about.
        restart: whether what an earlier run left is done away with, once this one begins.

    Attributes:
        entries: by SKU.
        is_resumed: whether an earlier run left something.
        kept: the products that are settled, and that on the disk.

    Raises:
        Failure: an earlier run was about something else.
    """

    def __init__(self, report: Path, head: Head, *, restart: bool = False) -> None:
        self.report = report
        self.path = report.with_name(report.name + ".part")
        self.entries: dict[str, Entry] = {}
        self.is_resumed = False
        self.kept: set[str] = set()
        self._head = head
        self._length = 0
        self._file: FileIO
        if self.path.exists() and not restart:
            self._read(head)

    @contextmanager
    def begun(self) -> Iterator[None]:
        """Open it to be written; until then what an earlier run left stays as it is.

        One without an entry is done away with in the end: it has nothing to say.
        """
        # Without a buffer, in which a full disk would leave what is written later, and behind something else.
        self._file = self.path.open("r+b" if self.is_resumed else "wb", buffering=0)
        try:
            self._cut()
            if not self.is_resumed:
                self._append(msgspec.json.encode(self._head) + b"\n")
            yield
        finally:
            self._file.close()
            if not self.entries:
                self.path.unlink(missing_ok=True)

    def _read(self, head: Head) -> None:
        lines = self.path.read_bytes().split(b"\n")
        lines.pop()  # what isn't ended by a line break was cut off
        if not lines:
            return  # ended before it began
        try:
            if msgspec.json.decode(lines[0], type=Head) != head:
                raise Failure(
                    f"{self.path}: an update that was interrupted was of another file, or has another target; "
                    "--restart begins anew, --report puts the report elsewhere",
                    WRONG_USAGE,
                )
            for entry in map(msgspec.json.Decoder(Entry).decode, lines[1:]):
                self.entries[entry.sku] = entry
        except msgspec.DecodeError as error:
            raise Failure(
                f"{self.path}: is no journal of an update ({error}); --restart begins anew", WRONG_USAGE
            ) from None
        self._length = sum(len(line) + 1 for line in lines)
        self.kept = {sku for sku, entry in self.entries.items() if entry.outcome in SETTLED}
        self.is_resumed = True

    def note(self, entries: Sequence[Entry]) -> None:
        """Keep what became of products, on the disk before it returns."""
        self.entries |= {entry.sku: entry for entry in entries}
        self._append(msgspec.json.Encoder().encode_lines(entries))
        self.kept |= {entry.sku for entry in entries if entry.outcome in SETTLED}

    def _append(self, lines: bytes) -> None:
        try:
            rest = lines
            while rest:
                rest = rest[self._file.write(rest) :]
            os.fsync(self._file.fileno())
        except OSError as error:
            with suppress(OSError):
                self._cut()  # what was begun would run into the next line
            raise OSError(error.errno, error.strerror, str(self.path)) from error
        self._length += len(lines)

    def _cut(self) -> None:
        self._file.seek(self._length)
        self._file.truncate()

    def outcome(self, sku: str) -> str:
        """Tell what became of a product so far."""
        entry = self.entries.get(sku)
        return entry.outcome if entry else "pending"

    def finish(self, rows: Mapping[str, Change]) -> None:
        """Write the report; the journal stays for as long as anything isn't settled."""
        with beside(self.report) as file:
            file.write(self._report(rows))
        self._file.close()
        if all(self.outcome(sku) in SETTLED for sku in rows):
            self.path.unlink(missing_ok=True)

    def _report(self, rows: Mapping[str, Change]) -> bytes:
        told = [
            {
                "line": change.line,
                "sku": sku,
                "outcome": self.outcome(sku),
                "reasons": self.entries[sku].reasons if sku in self.entries else "",
            }
            for sku, change in rows.items()
        ]
        if self.report.suffix.lower() == ".jsonl":
            return msgspec.json.Encoder().encode_lines(told)
        text = io.StringIO(newline="")
        writer: Any = csv.DictWriter(text, ("line", "sku", "outcome", "reasons"))
        writer.writeheader()
        writer.writerows(told)
        return text.getvalue().encode()

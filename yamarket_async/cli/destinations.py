"""Where the items of an export go: into a file that is complete or absent, or into a pipe."""

import asyncio
import os
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, Protocol

import msgspec

from yamarket_async.cli.formats import Format, lines_of
from yamarket_async.cli.parquet import Parquet
from yamarket_async.cli.parts import Part, Position
from yamarket_async.cli.progress import counted
from yamarket_async.cli.xlsx import Xlsx, to_stream
from yamarket_async.models.days import decode_hook

ROW_GROUP = 20_000
"""Rows of a Parquet file that are held in memory and written at once."""


class Destination(Protocol):
    """Where the items go.

    Attributes:
        remark: what is to be told in the end, of what a format can't hold.
    """

    remark: str

    def write(self, items: Sequence[Any], position: Position | None) -> None:
        """Write a page; where the destination allows that, a later run goes on at `position`."""
        ...

    async def finish(self) -> None:
        """Complete what was written."""
        ...


class FileDestination:
    """A file that is complete or absent.

    Args:
        part: the unfinished file.
        form: how it is written.
        kind: what the items are.
        title: what it is, for a sheet.
    """

    def __init__(self, part: Part, form: Format, kind: Any, title: str) -> None:
        self._part = part
        self._kind = kind
        self._title = title
        self._lines = lines_of(form, kind)
        self._form = form
        self.remark = ""

    def write(self, items: Sequence[Any], position: Position | None) -> None:
        """Write a page."""
        header = b"" if self._part.journal.length else self._lines.header()
        self._part.write(header + self._lines.encode(items), items=len(items), position=position)

    async def finish(self) -> None:
        """Move the file to its place."""
        self._part.complete()
        if self._form.is_made_in_the_end:
            await self._publish_made()
        else:
            self._part.publish()

    async def _publish_made(self) -> None:
        # A Parquet file ends with its table of contents, and a workbook is an archive: they can't be gone on with, so
        # they are made of JSON lines once these are complete. Their bytes then follow from them, however often the
        # export was interrupted.
        made = self._part.path.with_suffix(f".part.{self._form.name}")
        try:
            with self._part.path.open("rb") as lines:
                make = self._make_parquet if self._form.name == "parquet" else self._make_xlsx
                await make(lines, made)
            self._part.publish(made)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(made)) from error
        finally:
            made.unlink(missing_ok=True)

    async def _make_parquet(self, lines: IO[bytes], made: Path) -> None:
        with made.open("wb") as file:
            parquet = Parquet(self._kind, file)
            for items in row_groups(self._kind, lines):
                parquet.write(items)
                await asyncio.sleep(0)  # lets Ctrl-C through
            parquet.close()
            file.flush()
            os.fsync(file.fileno())

    async def _make_xlsx(self, lines: IO[bytes], made: Path) -> None:
        workbook = Xlsx(self._kind, made, self._title)
        try:
            for items in row_groups(self._kind, lines, 1_000):
                workbook.write(items)
                await asyncio.sleep(0)
            workbook.close()
        finally:
            workbook.discard()
        with made.open("rb+") as file:
            os.fsync(file.fileno())
        self.remark = remark_of(workbook)


class LineStream:
    """A pipe, a terminal or a device that gets lines.

    Args:
        file: where to write.
        form: how.
        kind: what the items are.
    """

    remark = ""

    def __init__(self, file: IO[bytes], form: Format, kind: Any) -> None:
        self._file = file
        self._lines = lines_of(form, kind)
        self._header = self._lines.header()

    def write(self, items: Sequence[Any], position: Position | None) -> None:
        """Write a page, for whoever reads it to have at once."""
        self._file.write(self._header + self._lines.encode(items))
        self._file.flush()
        self._header = b""

    async def finish(self) -> None:
        """Write the names of the columns where no page came; all else is written."""
        self.write([], None)


class ParquetStream:
    """A pipe or a device that gets Parquet, a row group at a time.

    Args:
        file: where to write.
        kind: what the items are.
    """

    remark = ""

    def __init__(self, file: IO[bytes], kind: Any) -> None:
        self._file = file
        self._parquet = Parquet(kind, file)
        self._items: list[Any] = []

    def write(self, items: Sequence[Any], position: Position | None) -> None:
        """Take a page in, and write what makes a row group."""
        self._items += items
        while len(self._items) >= ROW_GROUP:
            self._parquet.write(self._items[:ROW_GROUP])
            del self._items[:ROW_GROUP]

    async def finish(self) -> None:
        """Write the rest and the table of contents."""
        if self._items:
            self._parquet.write(self._items)
        self._parquet.close()
        self._file.flush()


class XlsxStream:
    """A pipe or a device that gets a workbook, once all is there.

    Args:
        file: where to write.
        kind: what the items are.
        title: the name of the sheet.
    """

    def __init__(self, file: IO[bytes], kind: Any, title: str) -> None:
        self._file = file
        self._folder = TemporaryDirectory(prefix="yamarket-")
        self._made = Path(self._folder.name) / "made.xlsx"
        self._workbook = Xlsx(kind, self._made, title)
        self.remark = ""

    def write(self, items: Sequence[Any], position: Position | None) -> None:
        """Write a page into the workbook."""
        self._workbook.write(items)

    async def finish(self) -> None:
        """Complete it and send it."""
        self._workbook.close()
        to_stream(self._made, self._file)
        self.remark = remark_of(self._workbook)

    def close(self) -> None:
        """Leave nothing behind."""
        self._workbook.discard()
        self._folder.cleanup()


def remark_of(workbook: Xlsx) -> str:
    """Say what a workbook couldn't hold."""
    if not workbook.shortened:
        return ""
    return f"{counted(workbook.shortened, 'cells')} too long for Excel, cut short with …; CSV and JSONL hold all of it"


def row_groups(kind: Any, lines: IO[bytes], size: int | None = None) -> Iterator[list[Any]]:
    """Read JSON lines back, as many at a time as a row group holds."""
    decoder = msgspec.json.Decoder(kind, dec_hook=decode_hook)
    while group := list(islice(lines, size or ROW_GROUP)):
        yield decoder.decode_lines(b"".join(group))

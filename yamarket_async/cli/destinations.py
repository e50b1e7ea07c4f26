"""Where the items of an export go: into a file that is complete or absent, or into a pipe."""

import asyncio
import os
from collections.abc import Sequence
from typing import IO, Protocol

from yamarket_async.cli.formats import ROW_GROUP, Parquet, lines_of, row_groups
from yamarket_async.cli.parts import Part, Position
from yamarket_async.models.base import Model


class Destination(Protocol):
    """Where the items go."""

    def write(self, items: Sequence[Model], position: Position | None) -> None:
        """Write a page; where the destination allows that, a later run goes on at `position`."""
        ...

    async def finish(self) -> None:
        """Complete what was written."""
        ...


class FileDestination:
    """A file that is complete or absent.

    Args:
        part: the unfinished file.
        format: one of `FORMATS`.
        struct: what the items are.
    """

    def __init__(self, part: Part, format: str, struct: type[Model]) -> None:  # noqa: A002
        self._part = part
        self._struct = struct
        self._lines = lines_of(format, struct)
        self._is_parquet = format == "parquet"

    def write(self, items: Sequence[Model], position: Position | None) -> None:
        """Write a page."""
        header = b"" if self._part.journal.length else self._lines.header()
        self._part.write(header + self._lines.encode(items), items=len(items), position=position)

    async def finish(self) -> None:
        """Move the file to its place."""
        self._part.complete()
        if self._is_parquet:
            await self._publish_parquet()
        else:
            self._part.publish()

    async def _publish_parquet(self) -> None:
        # A Parquet file ends with its table of contents and can't be gone on with, so it is made of JSON lines once
        # they are complete. Its bytes then follow from them, however often the export was interrupted.
        made = self._part.path.with_suffix(".part.parquet")
        try:
            with self._part.path.open("rb") as lines, made.open("wb") as file:
                parquet = Parquet(self._struct, file)
                for items in row_groups(self._struct, lines):
                    parquet.write(items)
                    await asyncio.sleep(0)  # lets Ctrl-C through
                parquet.close()
                file.flush()
                os.fsync(file.fileno())
            self._part.publish(made)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(made)) from error
        finally:
            made.unlink(missing_ok=True)


class LineStream:
    """A pipe, a terminal or a device that gets lines.

    Args:
        file: where to write.
        format: "jsonl" or "csv".
        struct: what the items are.
    """

    def __init__(self, file: IO[bytes], format: str, struct: type[Model]) -> None:  # noqa: A002
        self._file = file
        self._lines = lines_of(format, struct)
        self._header = self._lines.header()

    def write(self, items: Sequence[Model], position: Position | None) -> None:
        """Write a page, for whoever reads it to have at once."""
        self._file.write(self._header + self._lines.encode(items))
        self._file.flush()
        self._header = b""

    async def finish(self) -> None:
        """Do nothing: all is written."""


class ParquetStream:
    """A pipe or a device that gets Parquet, a row group at a time.

    Args:
        file: where to write.
        struct: what the items are.
    """

    def __init__(self, file: IO[bytes], struct: type[Model]) -> None:
        self._file = file
        self._parquet = Parquet(struct, file)
        self._items: list[Model] = []

    def write(self, items: Sequence[Model], position: Position | None) -> None:
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

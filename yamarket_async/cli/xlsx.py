"""XLSX, written a row at a time: a workbook with one sheet, in memory that doesn't grow with it."""

import shutil
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from yamarket_async.cli.columns import Column, columns_of, value_of
from yamarket_async.cli.running import Failure
from yamarket_async.models.days import MOSCOW

MOST_ROWS = 1_048_576
"""Rows of a sheet, that with the names among them."""

LONGEST_CELL = 32_767
"""Characters of a cell."""

MOST_DIGITS = 15
"""Digits that Excel keeps of a number."""

WIDTHS = (8, 40)
"""Of a column, in characters: at least and at most."""


class Xlsx:
    """Writes a workbook: the names of the columns stand in the first row, which stays in sight.

    SKUs and ids are text, prices are numbers, moments are those of Moscow, as Excel knows no zones.

    Args:
        kind: what the items are.
        path: where the file is made.
        title: the name of the sheet.

    Attributes:
        shortened: how many cells were too long for Excel, and are cut.
    """

    def __init__(self, kind: Any, path: Path, title: str) -> None:
        import xlsxwriter  # noqa: PLC0415 — an extra

        columns = columns_of(kind)
        self._values = [(value_of(column), column) for column in columns]
        # What it writes meanwhile goes beside the file, and not where there may be little room; always to the same
        # folder, so that the next run cleans up what a crash left.
        self._folder = path.with_name(path.name + ".tmp")
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir()
        options = {"constant_memory": True, "tmpdir": str(self._folder), "default_date_format": "dd.mm.yyyy"}
        self._book = xlsxwriter.Workbook(str(path), options)
        self._sheet = self._book.add_worksheet(title[:31])
        self._moment = self._book.add_format({"num_format": "dd.mm.yyyy hh:mm:ss"})
        self._row = 1
        self.shortened = 0
        for place, column in enumerate(columns):
            width = max(WIDTHS[0], min(len(column.name) + 3, WIDTHS[1]))
            self._sheet.set_column(place, place, width)
        bold = self._book.add_format({"bold": True})
        for place, column in enumerate(columns):
            self._sheet.write_string(0, place, column.name, bold)
        self._sheet.freeze_panes(1, 0)
        self._last_column = len(columns) - 1

    def write(self, items: Sequence[Any]) -> None:
        """Write items, a row each.

        Raises:
            Failure: there are more than a sheet holds.
        """
        for item in items:
            if self._row >= MOST_ROWS:
                raise Failure(f"a sheet of XLSX holds {MOST_ROWS - 1:,} rows, and here are more; use CSV or Parquet")
            for place, (value, column) in enumerate(self._values):
                found = value(item)
                if found is not None:
                    self._write_cell(place, column, found)
            self._row += 1

    def _write_cell(self, place: int, column: Column, value: Any) -> None:
        sheet, row = self._sheet, self._row
        if column.kind == "boolean":
            sheet.write_boolean(row, place, value)
        elif column.kind in {"integer", "decimal"}:
            digits = len(Decimal(value).as_tuple().digits)
            if digits > MOST_DIGITS:  # as a number it would lose the rest
                sheet.write_string(row, place, format(Decimal(value), "f"))
            else:
                sheet.write_number(row, place, value)
        elif column.kind == "moment":
            moment: datetime = value.astimezone(MOSCOW)
            sheet.write_datetime(row, place, moment.replace(tzinfo=None), self._moment)
        elif column.kind == "day":
            sheet.write_datetime(row, place, value)
        else:
            text = str(value)
            if len(text) > LONGEST_CELL:
                self.shortened += 1
                text = text[: LONGEST_CELL - 1] + "…"
            sheet.write_string(row, place, text)

    def close(self) -> None:
        """Complete the file."""
        self._sheet.autofilter(0, 0, max(self._row - 1, 1), self._last_column)
        self._book.close()
        self.discard()

    def discard(self) -> None:
        """Leave nothing behind but the file, if that is complete."""
        self._book.fileclosed = True  # or it would complete the file when it is forgotten
        for sheet in self._book.worksheets():
            if sheet.row_data_fh and not sheet.row_data_fh.closed:
                sheet.row_data_fh.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def to_stream(made: Path, file: IO[bytes]) -> None:
    """Send a file that was made into a pipe."""
    with made.open("rb") as content:
        while part := content.read(2**20):
            file.write(part)
    file.flush()

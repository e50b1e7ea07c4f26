"""Tables as files: XLSX, and archives of CSV or JSON with a file for each sheet, as the Market gives its reports."""

from collections.abc import Iterable, Sequence

import msgspec

from yamarket_async.sandbox.calls import encoder
from yamarket_async.sandbox.documents import Cell, table_csv, xlsx, zipped

_TITLE = 31
"""Characters that the title of a sheet may have in XLSX."""


class Sheet(msgspec.Struct, frozen=True):
    """A table.

    Attributes:
        name: the name of its file in an archive, and of its sheet.
        columns: the names of its columns, as CSV has them: `SHOP_SKU`.
        rows: its rows, with as many cells as there are columns.
    """

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def camel(column: str) -> str:
    """Write the name of a column as JSON has it: SHOP_SKU is shopSku."""
    first, *rest = column.lower().split("_")
    return first + "".join(part.capitalize() for part in rest)


def csv_archive(sheets: Iterable[Sheet]) -> bytes:
    """Write tables as CSV files in a ZIP archive."""
    return zipped({f"{sheet.name}.csv": table_csv([sheet.columns, *sheet.rows]) for sheet in sheets})


def json_archive(sheets: Iterable[Sheet]) -> bytes:
    """Write tables as JSON files in a ZIP archive."""
    return zipped({f"{sheet.name}.json": _json(sheet) for sheet in sheets})


def _json(sheet: Sheet) -> bytes:
    names = [camel(column) for column in sheet.columns]
    return encoder.encode({"rows": [dict(zip(names, row, strict=True)) for row in sheet.rows]})


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """Write tables as sheets of an XLSX file."""
    return xlsx({_title(sheet.name, number): [sheet.columns, *sheet.rows] for number, sheet in enumerate(sheets, 1)})


def _title(name: str, number: int) -> str:
    """Shorten the title of a sheet where XLSX can't have it, so that no two are the same."""
    return name if len(name) <= _TITLE else f"{name[: _TITLE - 4]}~{number}"

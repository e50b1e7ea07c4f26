"""The formats of an export that are written page by page: JSON lines, CSV and TSV; and which formats there are."""

import csv
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import click

from yamarket_async.cli.columns import AS_TEXT, Column, Kind, columns_of, json, value_of
from yamarket_async.cli.running import WRONG_USAGE, Failure

FORMATS = ("jsonl", "csv", "tsv", "xlsx", "parquet")

MADE_IN_THE_END = frozenset({"xlsx", "parquet"})
"""Formats that can't be cut off and gone on with: they are made of JSON lines, once these are complete."""


class Format(NamedTuple):
    """How an export is written.

    Attributes:
        name: one of `FORMATS`.
        excel: whether CSV is as Russian Excel opens it.
    """

    name: str
    excel: bool = False

    @property
    def is_made_in_the_end(self) -> bool:
        """Whether it is made of JSON lines once these are complete."""
        return self.name in MADE_IN_THE_END


def guessed(name: str) -> str:
    """Tell the format from the end of a file's name; stdout, "-", is JSON lines."""
    suffix = Path(name).suffix.lower().removeprefix(".")
    if name == "-" or suffix == "ndjson":
        return "jsonl"
    if suffix not in FORMATS:
        raise click.UsageError(f"--output {name}: its ending tells no format; add --format {'|'.join(FORMATS)}")
    return suffix


class Lines(Protocol):
    """A format that can be cut off behind any page and gone on with."""

    def header(self) -> bytes:
        """Give what stands first."""
        ...

    def encode(self, items: Sequence[Any]) -> bytes:
        """Write items down."""
        ...


class JsonLines:
    """One line of JSON for each item, in the shape that the Market sends."""

    def header(self) -> bytes:
        """Give what stands first: nothing."""
        return b""

    def encode(self, items: Sequence[Any]) -> bytes:
        """Write items down, one a line."""
        return json.encode_lines(items)


class Csv:
    """Values with commas between them as RFC 4180 has it, or tabs, in UTF-8, the names of the columns first.

    Args:
        kind: what the items are.
        delimiter: what stands between the values.
        excel: whether it is as Russian Excel opens it: with a mark of UTF-8, semicolons, decimal commas, moments of
            Moscow's without a zone, and text that Excel would take for a formula or a number kept as it is.
    """

    def __init__(self, kind: Any, *, delimiter: str = ",", excel: bool = False) -> None:
        self._columns = columns_of(kind)
        self._delimiter = ";" if excel else delimiter
        self._mark = "\ufeff".encode() if excel else b""
        as_text = EXCEL_TEXT if excel else AS_TEXT
        self._cells = [(value_of(column), as_text[column.kind]) for column in self._columns]

    def header(self) -> bytes:
        """Give what stands first: the names of the columns."""
        return self._mark + self._written([[column.name for column in self._columns]])

    def encode(self, items: Sequence[Any]) -> bytes:
        """Write items down, one a record; what is missing is left empty."""
        return self._written(
            ["" if (found := value(item)) is None else text(found) for value, text in self._cells] for item in items
        )

    def _written(self, records: Iterable[Sequence[str]]) -> bytes:
        text = StringIO(newline="")
        csv.writer(text, delimiter=self._delimiter).writerows(records)
        return text.getvalue().encode()


def _with_comma(value: Decimal) -> str:
    return format(value, "f").replace(".", ",")


def _in_moscow(value: datetime) -> str:
    from yamarket_async.models.days import MOSCOW  # noqa: PLC0415

    return value.astimezone(MOSCOW).strftime("%d.%m.%Y %H:%M:%S")


def _harmless(value: str) -> str:
    """Keep Excel from taking text for a formula, which would be run, or for a number, which would lose its zeros."""
    is_number = value.isdigit() and (value[0] == "0" or len(value) > LONGEST_NUMBER) and len(value) > 1
    if is_number:
        return f'="{value}"'
    return f"'{value}" if value[:1] in FORMULA_SIGNS else value


FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_NUMBER = 15
"""Digits that Excel keeps of a number."""

EXCEL_TEXT: dict[Kind, Callable[[Any], str]] = {
    **AS_TEXT,
    "text": lambda value: _harmless(str(value)),
    "json": _harmless,
    "integer": lambda value: _harmless(str(value)) if abs(value) >= 10**LONGEST_NUMBER else str(value),
    "decimal": _with_comma,
    "day": lambda value: value.strftime("%d.%m.%Y"),
    "moment": _in_moscow,
}
"""How the values of each kind are written for Russian Excel."""


def lines_of(form: Format, kind: Any) -> Lines:
    """Make the format that a file is written in page by page; others are made of JSON lines in the end."""
    if form.name == "csv":
        return Csv(kind, excel=form.excel)
    return Csv(kind, delimiter="\t") if form.name == "tsv" else JsonLines()


def need(name: str) -> None:
    """Check that a format can be written, before an hour is spent on what goes into it.

    Raises:
        Failure: what writes it isn't installed.
    """
    from importlib import import_module  # noqa: PLC0415

    from yamarket_async.extras import pip_command  # noqa: PLC0415

    module = {"parquet": "pyarrow.parquet", "xlsx": "xlsxwriter"}.get(name)
    if module is None:
        return
    try:
        import_module(module)
    except ModuleNotFoundError as error:
        shown = {"parquet": "Parquet", "xlsx": "XLSX"}[name]
        raise Failure(f"{shown} needs {error.name}: {pip_command(name)}", WRONG_USAGE) from None


def names_of(columns: Sequence[Column]) -> list[str]:
    """Give the names of columns."""
    return [column.name for column in columns]

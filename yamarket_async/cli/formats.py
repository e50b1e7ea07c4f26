"""The formats of an export: JSON lines, CSV and Parquet."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Context, Decimal
from io import RawIOBase, StringIO
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol, Self

import click
import msgspec

from yamarket_async.cli.columns import AS_TEXT, Column, columns_of, json, value_of
from yamarket_async.cli.running import WRONG_USAGE, Failure
from yamarket_async.models.base import Model

if TYPE_CHECKING:
    import pyarrow as pa

FORMATS = ("jsonl", "csv", "parquet")

ROW_GROUP = 20_000
"""Rows of a Parquet file that are held in memory and written at once."""

DECIMAL_DIGITS, DECIMAL_PLACES = 38, 9
"""Of prices in Parquet. What a float's noise adds behind the ninth place is rounded off."""


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

    def encode(self, items: Sequence[Model]) -> bytes:
        """Write items down."""
        ...


class JsonLines:
    """One line of JSON for each item, in the shape that the Market sends."""

    def header(self) -> bytes:
        """Give what stands first: nothing."""
        return b""

    def encode(self, items: Sequence[Model]) -> bytes:
        """Write items down, one a line."""
        return json.encode_lines(items)


class Csv:
    """Comma-separated values as RFC 4180 has them, in UTF-8, the names of the columns first.

    Args:
        struct: what the items are.
    """

    def __init__(self, struct: type[Model]) -> None:
        self._columns = columns_of(struct)
        self._cells = [(value_of(column), AS_TEXT[column.kind]) for column in self._columns]

    def header(self) -> bytes:
        """Give what stands first: the names of the columns."""
        return _csv([[column.name for column in self._columns]])

    def encode(self, items: Sequence[Model]) -> bytes:
        """Write items down, one a record; what is missing is left empty."""
        return _csv(
            ["" if (found := value(item)) is None else text(found) for value, text in self._cells] for item in items
        )


def _csv(records: Iterable[Sequence[str]]) -> bytes:
    text = StringIO(newline="")
    csv.writer(text).writerows(records)
    return text.getvalue().encode()


def lines_of(name: str, struct: type[Model]) -> Lines:
    """Make the format that a file is written in page by page; Parquet is made of JSON lines in the end."""
    return Csv(struct) if name == "csv" else JsonLines()


class Valve(RawIOBase):
    """A file that is written to only while its `with` block runs.

    What writes Parquet completes the file also when it is merely forgotten: half of a list would look like all of it.

    Args:
        file: where to write.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._is_open = False

    def __enter__(self) -> Self:
        self._is_open = True
        return self

    def __exit__(self, *_exc: object) -> None:
        self._is_open = False

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def write(self, data: Any) -> int:
        """Write, or do as if."""
        return self._file.write(data) if self._is_open else len(data)


class Parquet:
    """Writes a Parquet file, a row group at a time.

    Args:
        struct: what the items are.
        file: where to write.
    """

    def __init__(self, struct: type[Model], file: IO[bytes]) -> None:
        import pyarrow as pa  # noqa: PLC0415 — an extra, and half a second to import
        from pyarrow import parquet  # noqa: PLC0415

        columns = columns_of(struct)
        self._arrays: list[Callable[[Sequence[Model]], pa.Array]] = [_array_of(column) for column in columns]
        self._schema = pa.schema([(column.name, _arrow_type(column)) for column in columns])
        self._batch = pa.record_batch
        self._valve = Valve(file)
        with self._valve:
            self._writer = parquet.ParquetWriter(self._valve, self._schema)

    def write(self, items: Sequence[Model]) -> None:
        """Write items as a row group.

        Raises:
            Failure: a number is too large for its column.
        """
        try:
            batch = self._batch([array(items) for array in self._arrays], schema=self._schema)
        except (ArithmeticError, ValueError) as error:
            raise Failure(f"a value doesn't fit into Parquet ({error}); JSONL and CSV hold everything") from error
        with self._valve:
            self._writer.write_batch(batch)

    def close(self) -> None:
        """Write what stands last, without which the file is none."""
        with self._valve:
            self._writer.close()


def _array_of(column: Column) -> "Callable[[Sequence[Model]], pa.Array]":
    import pyarrow as pa  # noqa: PLC0415

    value, kind = value_of(column), _arrow_type(column)
    get = _rounded(value) if column.kind == "decimal" else value
    return lambda items: pa.array([get(item) for item in items], type=kind)


def _rounded(value: Callable[[Model], Decimal | None]) -> Callable[[Model], Decimal | None]:
    context, unit = Context(prec=DECIMAL_DIGITS), Decimal(1).scaleb(-DECIMAL_PLACES)

    def rounded(item: Model) -> Decimal | None:
        found = value(item)
        return None if found is None else found.quantize(unit, context=context)

    return rounded


def _arrow_type(column: Column) -> "pa.DataType":
    import pyarrow as pa  # noqa: PLC0415

    types = {
        "boolean": pa.bool_(),
        "integer": pa.int64(),
        "decimal": pa.decimal128(DECIMAL_DIGITS, DECIMAL_PLACES),
        "moment": pa.timestamp("us", tz="UTC"),
    }
    return types.get(column.kind, pa.string())


def need_parquet() -> None:
    """Check that Parquet can be written, before an hour is spent on what goes into it."""
    try:
        import pyarrow.parquet  # noqa: F401, PLC0415
    except ModuleNotFoundError as error:
        raise Failure(f"Parquet needs {error.name}: pip install 'yamarket-async[parquet]'", WRONG_USAGE) from None


def row_groups(struct: type[Model], lines: IO[bytes]) -> Iterator[list[Any]]:
    """Read JSON lines back, as many at a time as a row group holds."""
    decoder = msgspec.json.Decoder(struct)
    while group := list(islice(lines, ROW_GROUP)):
        yield decoder.decode_lines(b"".join(group))

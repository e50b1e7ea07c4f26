"""Parquet, written a row group at a time."""

from collections.abc import Callable, Sequence
from decimal import Context, Decimal
from io import RawIOBase
from typing import IO, TYPE_CHECKING, Any, Self

from yamarket_async.cli.columns import Column, columns_of, value_of
from yamarket_async.cli.running import Failure

if TYPE_CHECKING:
    import pyarrow as pa

DECIMAL_DIGITS, DECIMAL_PLACES = 38, 9
"""Of prices in Parquet. What a float's noise adds behind the ninth place is rounded off."""


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
        kind: what the items are.
        file: where to write.
    """

    def __init__(self, kind: Any, file: IO[bytes]) -> None:
        import pyarrow as pa  # noqa: PLC0415 — an extra, and half a second to import
        from pyarrow import parquet  # noqa: PLC0415

        columns = columns_of(kind)
        self._arrays: list[Callable[[Sequence[Any]], pa.Array]] = [_array_of(column) for column in columns]
        self._schema = pa.schema([(column.name, _arrow_type(column)) for column in columns])
        self._batch = pa.record_batch
        self._valve = Valve(file)
        with self._valve:
            self._writer = parquet.ParquetWriter(self._valve, self._schema)

    def write(self, items: Sequence[Any]) -> None:
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


def _array_of(column: Column) -> "Callable[[Sequence[Any]], pa.Array]":
    import pyarrow as pa  # noqa: PLC0415

    value, kind = value_of(column), _arrow_type(column)
    get = _rounded(value) if column.kind == "decimal" else value
    return lambda items: pa.array([get(item) for item in items], type=kind)


def _rounded(value: Callable[[Any], Decimal | None]) -> Callable[[Any], Decimal | None]:
    context, unit = Context(prec=DECIMAL_DIGITS), Decimal(1).scaleb(-DECIMAL_PLACES)

    def rounded(item: Any) -> Decimal | None:
        found = value(item)
        return None if found is None else found.quantize(unit, context=context)

    return rounded


def _arrow_type(column: Column) -> "pa.DataType":
    import pyarrow as pa  # noqa: PLC0415

    types = {
        "boolean": pa.bool_(),
        "integer": pa.int64(),
        "decimal": pa.decimal128(DECIMAL_DIGITS, DECIMAL_PLACES),
        "day": pa.date32(),
        "moment": pa.timestamp("us", tz="UTC"),
    }
    return types.get(column.kind, pa.string())

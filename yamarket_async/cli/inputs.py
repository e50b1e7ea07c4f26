"""Tables that a command reads: CSV, TSV, JSON lines, XLSX and Parquet, by column, each row with its line.

`read_table` gives the rows of any of them. What stands in a cell is left as the format has it: text in CSV and TSV,
whatever JSON holds in JSON lines, text, numbers and dates in workbooks.
"""

import codecs
import csv
import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Literal, NamedTuple, get_args

import msgspec

from yamarket_async.cli.running import WRONG_USAGE, Failure
from yamarket_async.delimiters import delimiter_of, names_delimiter
from yamarket_async.errors import InvalidRequest, UnreadableFile
from yamarket_async.extras import pip_command

STDIN = "-"

TableFormat = Literal["csv", "tsv", "jsonl", "xlsx", "parquet"]
"""The formats that tables are read from."""

ENDINGS: Mapping[str, TableFormat] = {
    **{name: name for name in get_args(TableFormat)},
    "ndjson": "jsonl",
    "tab": "tsv",
    "xlsm": "xlsx",
}

LONGEST_CELL = 16 * 2**20
"""Characters of a cell of CSV."""

GUESSED_FROM = 2**16
"""Bytes at the beginning from which delimiter and format are told, and from the first letter on the encoding."""

LONGEST_LETTER = 4
"""Bytes of a letter in UTF-8."""

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_GUARD = re.compile(r"""="(\d+)"|'([=+\-@\t\r].*)""", re.DOTALL)

MOST_DIGITS = 15
"""Digits that a cell of a workbook keeps of a number: others come as zeros, or as whatever is near."""

UNDECODABLE = (msgspec.DecodeError, RecursionError, ArithmeticError)
"""What is raised for JSON that can't be read: it is none, nested too deeply, or has numbers beyond `Decimal`."""

_json = msgspec.json.Decoder(float_hook=Decimal)


class LostDigits(Exception):
    """A number is longer than its cell keeps, and so may be another one than was meant.

    Args:
        row: where it stands.
        column: the column.
    """

    def __init__(self, row: "Row", column: str) -> None:
        super().__init__(f"a number of more than {MOST_DIGITS} digits loses some; format the column as text")
        self.row = row
        self.column = column


class Row(NamedTuple):
    """A row of a table.

    Attributes:
        line: where it begins: the line of a text, the row of a workbook, the number of the row in Parquet.
        cells: what stands in it, by the names of the columns; of JSON lines the object itself. Empty cells of CSV are
            "", those of the other formats None.
    """

    line: int
    cells: Mapping[str, Any]


class Table(NamedTuple):
    """A table.

    Attributes:
        name: what errors call it.
        format: what it was read as.
        columns: the names of its columns, in their order; none for JSON lines, whose rows each have their own.
        rows: its rows, read as they are needed, once.
    """

    name: str
    format: TableFormat
    columns: Sequence[str]
    rows: Iterator[Row]

    def place(self, row: Row) -> str:
        """Name a row in an error: `prices.csv, line 7`."""
        return f"{self.name}, {'line' if self.format in _TEXTS else 'row'} {row.line}"


@contextmanager
def read_table(name: str, format: TableFormat | None = None, *, option: str = "FILE") -> Iterator[Table]:  # noqa: A002
    """Open a table.

    CSV may be in UTF-8, UTF-16, or what Excel writes in Russia (Windows-1251), its cells parted by commas, semicolons
    or tabs: the first row tells. Rows without anything in them are left out.

    Args:
        name: the file, or "-" for standard input.
        format: what it is; told by its ending, and without one by how it begins, where it is left out.
        option: the option that names the file, for errors.

    Raises:
        Failure: it can't be read, isn't what it should be, or what reads it isn't installed.
    """
    with opened(name, option) as file, table_in(file, name, format or format_of(name, file)) as table:
        yield table


@contextmanager
def opened(name: str, option: str = "FILE") -> Iterator[BinaryIO]:
    """Open a file, or standard input for "-", to be read from its beginning.

    Raises:
        Failure: it can't be read, or what is read of it meanwhile is no text or no table.
    """
    try:
        with _opened(name) as file:
            yield file
    except UnicodeDecodeError as error:
        message = f"{option} {shown(name)}: is neither UTF-8 nor Windows-1251 ({error.reason}); save it as UTF-8"
        raise Failure(message, WRONG_USAGE) from None
    except csv.Error as error:
        raise Failure(f"{option} {shown(name)}: is no table that can be read ({error})", WRONG_USAGE) from None
    except OSError as error:
        if error.filename not in {None, name}:
            raise
        raise Failure(f"{option} {shown(name)}: {error.strerror or error}", WRONG_USAGE) from None


@contextmanager
def table_in(file: BinaryIO, name: str, format: TableFormat) -> Iterator[Table]:  # noqa: A002
    """Read a file that was opened as a table."""
    with text_of(file) if format in _TEXTS else nullcontext(file) as source:
        columns, rows = _READERS[format](shown(name), source)
        table = Table(shown(name), format, columns, rows)
        try:
            yield table
        except LostDigits as error:
            raise Failure(f"{table.place(error.row)}: {error.column}: {error}", WRONG_USAGE) from None


def shown(name: str) -> str:
    """Give what errors call a file."""
    return "standard input" if name == STDIN else name


def format_of(name: str, file: BinaryIO) -> TableFormat:
    """Tell the format of a table: by the ending of its name, or by how it begins."""
    known = ending_of(name)
    if known is not None:
        return known
    begin = begin_of(file)
    if begin.startswith(b"PK\3\4"):
        return "xlsx"
    if begin.startswith(b"PAR1"):
        return "parquet"
    return "jsonl" if begin.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{" else "csv"


def ending_of(name: str) -> TableFormat | None:
    """Tell the format by the ending of a name; None where that tells none."""
    return ENDINGS.get(Path(name).suffix.lower().removeprefix("."))


def cell(row: Row, column: str) -> Any:
    """Give what stands in a column, whose name leads into the objects of JSON lines by dots: `offer.offerId`.

    Returns:
        The value; None where there is none.

    Raises:
        LostDigits: it is a number that isn't what it was when it was entered.
    """
    value: Any = row.cells
    if column in row.cells:
        value = row.cells[column]
        if isinstance(value, float) and abs(value) >= 10**MOST_DIGITS:
            raise LostDigits(row, column)
        return value
    for name in column.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return value


def paths_of(cells: Mapping[str, Any], before: str = "") -> list[str]:
    """Name the columns of a row of JSON lines, those within objects with dots."""
    found = []
    for name, value in cells.items():
        found += paths_of(value, f"{before}{name}.") if isinstance(value, Mapping) else [before + name]
    return found


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name == STDIN:
        if sys.stdin is None:
            raise Failure("standard input is closed", WRONG_USAGE)
        # A descriptor of its own, since who reads lines of it later must find what was peeked at.
        with open(0, "rb", GUESSED_FROM, closefd=False) as file:
            yield _rewindable(file)
    else:
        with Path(name).open("rb", GUESSED_FROM) as file:
            yield _rewindable(file)


def _rewindable(file: BinaryIO) -> BinaryIO:
    """Give a pipe as something that can be read twice: what it holds may tell far from its beginning what it is."""
    if file.seekable():
        return file
    return io.BufferedReader(io.BytesIO(file.read()), GUESSED_FROM)


def begin_of(file: BinaryIO) -> bytes:
    """Look at the beginning of a file that was just opened, without moving on in it."""
    return file.peek(GUESSED_FROM)[:GUESSED_FROM]  # type: ignore[attr-defined,no-any-return] # buffered, as opened


def encoding_of(letters: bytes, *, goes_on: bool) -> str:
    """Tell the encoding of a text that is not UTF-16.

    Args:
        letters: what of it has letters beyond ASCII.
        goes_on: whether there is more, so that the last letter may be cut.
    """
    try:
        codecs.getincrementaldecoder("utf-8-sig")().decode(letters, not goes_on)
    except UnicodeDecodeError:
        return "cp1251"
    return "utf-8-sig"


def beginning(text: io.TextIOWrapper) -> str:
    """Look at the beginning of a text that was just opened, without moving on in it."""
    begin = begin_of(text.buffer)  # type: ignore[arg-type] # the file that was opened
    return begin.decode(text.encoding, errors="replace").removeprefix("\ufeff")


@contextmanager
def text_of(file: BinaryIO) -> Iterator[io.TextIOWrapper]:
    """Read a file as text, in whichever of the encodings it is."""
    letters = begin_of(file)
    if letters.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        if letters[:-LONGEST_LETTER].isascii():
            letters = _first_letters(file)
        encoding = encoding_of(letters, goes_on=len(letters) == GUESSED_FROM)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        yield text
    finally:
        text.detach()  # who opened the file closes it


def _first_letters(file: BinaryIO) -> bytes:
    """Look, without moving on, at what begins with the first letter beyond ASCII; all before tells no encoding."""
    begins = file.tell()
    letters = b""
    while not letters and (part := file.read(GUESSED_FROM)):
        found = _BEYOND_ASCII.search(part)
        if found is not None:
            file.seek(found.start() - len(part), io.SEEK_CUR)
            letters = file.read(GUESSED_FROM)
    file.seek(begins)
    return letters


def header_of(text: str) -> list[str]:
    """Give the cells of the first line of a text, were it CSV."""
    lines = text.lstrip("\r\n").splitlines()
    return next(csv.reader(lines[:1], delimiter=delimiter_of(text)), [])


def _read_csv(name: str, text: io.TextIOWrapper, delimiter: str = "") -> tuple[Sequence[str], Iterator[Row]]:
    delimiter = delimiter or delimiter_of(beginning(text))
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))  # of the process; only ever raised
    numbered = _numbered(csv.reader(text, delimiter=delimiter, strict=True))
    found = next(numbered, None)
    # Excel may begin with a line that tells it the delimiter.
    if found is not None and names_delimiter(found[1]):
        found = next(numbered, None)
    columns = _columns(name, found[1] if found else ())
    if delimiter == ";":
        numbered = ((line, [_without_guard(each) for each in record]) for line, record in numbered)
    return columns, _rows(name, "line", columns, numbered)


def _without_guard(text: str) -> str:
    """Give text without that by which `--csv-for excel` keeps Excel from taking it for a formula or a number."""
    guarded = _GUARD.fullmatch(text)
    return text if guarded is None else guarded[1] or guarded[2]


def _read_tsv(name: str, text: io.TextIOWrapper) -> tuple[Sequence[str], Iterator[Row]]:
    return _read_csv(name, text, "\t")


def _numbered(reader: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    """Give the records of CSV that hold anything, each with the line at which it begins."""
    before = 0
    for record in reader:
        if any(text.strip() for text in record):
            yield before + 1, record
        before = reader.line_num


def _columns(name: str, cells: Iterable[Any]) -> list[str]:
    columns = ["" if each is None else str(each).strip() for each in cells]
    while columns and not columns[-1]:
        columns.pop()  # spreadsheets write empty ones at the end
    repeated = next((each for each in columns if each and columns.count(each) > 1), None)
    if repeated is not None:
        raise Failure(f"{name}: two columns are called {repeated!r}; rename one", WRONG_USAGE)
    return columns


def _rows(
    name: str, what: Literal["line", "row"], columns: Sequence[str], records: Iterator[tuple[int, Sequence[Any]]]
) -> Iterator[Row]:
    for line, cells in records:
        beyond = [each for each in cells[len(columns) :] if each not in {None, ""}]
        if beyond:
            named = f"{len(columns)} columns" if len(columns) != 1 else "1 column"
            quotes = ", and what holds the delimiter stand in quotes" if what == "line" else ""
            raise Failure(
                f"{name}, {what} {line}: has {len(cells)} cells, and the first row names {named}; "
                f"the first row must hold the names of the columns{quotes}",
                WRONG_USAGE,
            )
        yield Row(line, {column: each for column, each in zip(columns, cells, strict=False) if column})


def _read_jsonl(name: str, text: io.TextIOWrapper) -> tuple[Sequence[str], Iterator[Row]]:
    def rows() -> Iterator[Row]:
        for number, line in enumerate(text, 1):
            if not line.strip():
                continue
            try:
                value = _json.decode(line)
            except UNDECODABLE as error:
                raise Failure(f"{name}, line {number}: is no JSON ({error})", WRONG_USAGE) from None
            if not isinstance(value, dict):
                raise Failure(f"{name}, line {number}: must be an object, {{…}}", WRONG_USAGE)
            yield Row(number, value)

    return (), rows()


def _read_xlsx(name: str, file: BinaryIO) -> tuple[Sequence[str], Iterator[Row]]:
    """Read the first sheet of a workbook."""
    from yamarket_async.files import File  # noqa: PLC0415 — takes long to load, as zipfile does
    from yamarket_async.workbooks import opened_workbook  # noqa: PLC0415

    try:
        with opened_workbook(File(file.read(), name=name), for_rows=True) as book:
            sheet = book.get_sheet_by_index(0)
            # Rows before the first that holds anything aren't given, but count.
            begins = (sheet.start or (0, 0))[0] + 1
            found = sheet.to_python(skip_empty_area=True)
    except InvalidRequest:
        message = f"{name}: to read XLSX python_calamine is needed: {pip_command('xlsx')}"
        raise Failure(message, WRONG_USAGE) from None
    except UnreadableFile as error:
        raise Failure(str(error), WRONG_USAGE) from None
    rows = ((number, [_excel_cell(each) for each in cells]) for number, cells in enumerate(found, begins))
    numbered = ((number, cells) for number, cells in rows if any(each is not None for each in cells))
    columns = _columns(name, next(numbered, (0, ()))[1])
    return columns, _rows(name, "row", columns, numbered)


def _excel_cell(value: Any) -> Any:
    """Give what a cell holds; Excel has one kind of number, and shows whole ones as such.

    A longer one than it keeps stays a float, by which `cell` knows it.
    """
    if isinstance(value, float) and abs(value) < 10**MOST_DIGITS:
        return int(value) if value.is_integer() else Decimal(repr(value))
    return None if value == "" else value


def _read_parquet(name: str, file: BinaryIO) -> tuple[Sequence[str], Iterator[Row]]:
    try:
        import pyarrow as pa  # noqa: PLC0415 — an extra
        from pyarrow import parquet  # noqa: PLC0415
    except ModuleNotFoundError as error:
        message = f"{name}: to read Parquet {error.name} is needed: {pip_command('parquet')}"
        raise Failure(message, WRONG_USAGE) from None
    try:
        table = parquet.ParquetFile(file)
    except pa.ArrowInvalid as error:
        raise Failure(f"{name}: is no Parquet file, or a broken one ({error})", WRONG_USAGE) from None

    def rows() -> Iterator[Row]:
        number = 0
        for batch in table.iter_batches():
            for cells in batch.to_pylist():
                number += 1
                yield Row(number, cells)

    return list(table.schema_arrow.names), rows()


_TEXTS = frozenset({"csv", "tsv", "jsonl"})

_READERS: Mapping[TableFormat, Any] = {
    "csv": _read_csv,
    "tsv": _read_tsv,
    "jsonl": _read_jsonl,
    "xlsx": _read_xlsx,
    "parquet": _read_parquet,
}

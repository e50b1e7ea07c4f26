"""The rows of reports: CSV and JSON files in ZIP archives, read as a stream, and workbooks."""

import codecs
import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice
from pathlib import PurePosixPath
from typing import IO, Any, Final

from yamarket_async.archives import distinct, files_in, opened, reading
from yamarket_async.delimiters import delimiter_of, names_delimiter
from yamarket_async.errors import InvalidRequest, UnreadableFile
from yamarket_async.files import File
from yamarket_async.workbooks import opened_workbook

Row = dict[str, Any]

AT_ONCE: Final = 500
"""Rows that are read at once, in a thread: a few milliseconds."""

LONGEST_CELL: Final = 16 * 2**20
"""Characters of a cell of CSV, and of one row of JSON."""

_READ_AT_ONCE = 2**16

_GUESSED_FROM = 2**16
"""Bytes of a CSV file from which its delimiter is told; and those behind its first letter beyond ASCII, or more, from
which its encoding is."""

_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls"})


def rows(file: File, table: str | None) -> Iterator[list[Row]]:
    """Read the rows of a file, some hundreds at once, see `File.rows`."""
    each = _rows(file, table)
    while several := list(islice(each, AT_ONCE)):
        yield several


def names(file: File) -> list[str]:
    """Name the tables of a file, see `File.tables`."""
    if _is_workbook(file):
        with opened_workbook(file, for_rows=False) as book:
            return list(book.sheet_names)
    return list(_members(file)) if _is_archive(file) else [file.name]


def _rows(file: File, table: str | None) -> Iterator[Row]:
    if _is_workbook(file):
        yield from _rows_of_workbook(file, table)
    elif _is_archive(file):
        found = _members(file)
        for name in _chosen(file, table, list(found)):
            with opened(file) as archive, reading(file, archive, found[name]) as content:
                yield from _rows_of(name, content)
    else:
        for name in _chosen(file, table, [file.name]):
            with file.open() as content:
                yield from _rows_of(name, content)


def _chosen(file: File, table: str | None, found: Sequence[str]) -> Sequence[str]:
    if table is None:
        return found
    if table not in found:
        raise InvalidRequest("table", table, f"must be one of {', '.join(map(repr, found))}: the tables of {file.name}")
    return (table,)


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _is_archive(file: File) -> bool:
    """Tell whether a file is an archive with tables.

    Raises:
        UnreadableFile: it is neither that nor a table itself.
    """
    if file.content_type in {"application/zip", "application/x-zip-compressed"} or _ending(file.name) == ".zip":
        return True
    if _ending(file.name) in {".csv", ".json"}:
        return False
    raise UnreadableFile(
        f"{file.name} is {file.content_type}, in which there are no rows; they can be read of CSV, JSON and XLSX"
    )


def _is_workbook(file: File) -> bool:
    return _ending(file.name) in _WORKBOOKS or "spreadsheet" in file.content_type or "ms-excel" in file.content_type


def _members(file: File) -> dict[str, Any]:
    """Find the tables of an archive, by the names that are given to them.

    Raises:
        UnreadableFile: there is none.
    """
    with opened(file) as archive:
        found = files_in(archive)
    tables = [member for member in found if _ending(member.filename) in {".csv", ".json"}]
    if found and not tables:
        shown = ", ".join(repr(member.filename) for member in found[:5])
        raise UnreadableFile(f"{file.name} holds no CSV and no JSON but {shown}; extract() unpacks them")
    return dict(zip(distinct(member.filename for member in tables), tables, strict=True))


def _rows_of(name: str, content: IO[bytes]) -> Iterator[Row]:
    try:
        yield from (rows_of_json if _ending(name) == ".json" else rows_of_csv)(content)
    except (UnicodeDecodeError, csv.Error, json.JSONDecodeError) as error:
        raise UnreadableFile(f"{name}: {error}") from error


def rows_of_csv(content: IO[bytes]) -> Iterator[Row]:
    """Read CSV: UTF-8, or what Excel writes in Russia; with the delimiter that its first row has most of."""
    begin = content.read(_GUESSED_FROM)
    is_utf16 = begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    # Neither delimiters nor quotes are told by the encoding, but in UTF-16.
    shown = begin.decode("utf-16" if is_utf16 else "utf-8-sig", errors="replace")
    parts = chain([begin], _parts(content))
    text = _text(parts, "utf-16", newline="") if is_utf16 else _text(_in_utf8(parts), "utf-8-sig", newline="")
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))  # of the process; only ever raised
    rows = csv.reader(text, delimiter=delimiter_of(shown.removeprefix("\ufeff")), strict=True)
    begun = list(islice(rows, 1))
    yield from _named(rows if begun and names_delimiter(begun[0]) else chain(begun, rows))


def _parts(content: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: content.read(_GUESSED_FROM), b"")


def _in_utf8(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Give what is in UTF-8 or CP1251 in UTF-8: which it is shows at the first byte that isn't ASCII, however late."""
    for part in parts:
        if part.isascii():
            yield part
            continue
        more = next(parts, b"")  # or it could be told from half a letter
        known = part + more
        is_utf8 = _is_utf8(known, goes_on=len(more) == _GUESSED_FROM)
        for each in chain([known], parts):
            yield each if is_utf8 else each.decode("cp1251").encode()


def _is_utf8(begin: bytes, *, goes_on: bool) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(begin, not goes_on)  # where it does, its last letter may be cut
    except UnicodeDecodeError:
        return False
    return True


def _text(parts: Iterator[bytes], encoding: str, newline: str | None = None) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BufferedReader(_Joined(parts), _READ_AT_ONCE), encoding=encoding, newline=newline)


class _Joined(io.RawIOBase):
    """A stream of bytes that come in parts."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._part = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        part = self._part or next(self._parts, b"")
        given, self._part = part[: len(buffer)], part[len(buffer) :]
        buffer[: len(given)] = given
        return len(given)


def _named(table: Iterable[Sequence[Any]]) -> Iterator[Row]:
    """Make rows by the names of columns, which stand in the first row that isn't empty.

    Cells beyond them aren't lost: their columns are called by their number.
    """
    columns: list[str] = []
    for cells in table:
        if not any(cell not in {None, ""} for cell in cells):
            continue
        if not columns:
            columns = _columns(cells)
            continue
        columns += (f"column {number}" for number in range(len(columns) + 1, len(cells) + 1))
        yield dict(zip(columns, chain(cells, [None] * (len(columns) - len(cells))), strict=True))


def _columns(cells: Sequence[Any]) -> list[str]:
    """Name columns: one without a name by its number, one whose name came before by that and a number."""
    columns: list[str] = []
    seen = set[str]()
    for number, cell in enumerate(cells, 1):
        name = base = str(cell if cell is not None else "").strip() or f"column {number}"
        again = 1
        while name in seen:
            again += 1
            name = f"{base} ({again})"
        seen.add(name)
        columns.append(name)
    return columns


_decoder = json.JSONDecoder(parse_float=Decimal)
_SPACE = " \t\n\r"


def rows_of_json(content: IO[bytes]) -> Iterator[Row]:
    """Read JSON a row at a time: an array of objects, or an object whose fields are such arrays; or one after another.

    An object without any arrays is a row itself.
    """
    text = _Text(_text(_parts(content), "utf-8-sig"))
    while start := text.peek():
        if start == "[":
            yield from _array(text)
        elif start == "{":
            yield from _object(text)
        else:
            raise text.error("an array or an object was expected")


def _array(text: "_Text") -> Iterator[Row]:
    text.take("[")
    while text.peek() != "]":
        row = text.value()
        yield row if isinstance(row, dict) else {"value": row}
        if text.peek() != "]":
            text.take(",")
    text.take("]")


def _object(text: "_Text") -> Iterator[Row]:
    text.take("{")
    fields, has_rows = Row(), False
    while text.peek() != "}":
        if text.peek() != '"':
            raise text.error("a name in quotes was expected")
        name = text.value()
        text.take(":")
        if text.peek() == "[":
            has_rows = True
            yield from _array(text)
        else:
            fields[name] = text.value()
        if text.peek() != "}":
            text.take(",")
    text.take("}")
    if fields and not has_rows:
        yield fields


class _Text:
    """A text of which no more is in memory than the value that is being read."""

    def __init__(self, source: io.TextIOWrapper) -> None:
        self._source = source
        self._text = ""
        self._at = 0

    def peek(self) -> str:
        """Give the next character that isn't a space; "" at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _SPACE:
                    return self._text[self._at]
                self._at += 1
            if not self._more(_READ_AT_ONCE):
                return ""

    def take(self, expected: str) -> None:
        """Pass a character."""
        if self.peek() != expected:
            raise self.error(f"{expected!r} was expected")
        self._at += 1

    def value(self) -> Any:
        """Read a value."""
        self.peek()
        size = _READ_AT_ONCE
        while True:
            try:
                value, end = _decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError:
                if len(self._text) - self._at > LONGEST_CELL or not self._more(size):
                    raise
            except (RecursionError, ArithmeticError, ValueError) as error:
                raise self.error("here is a value that is nested too deeply, or a number that is too long") from error
            else:
                # A number at the end of what was read may go on, also behind "1e+", of which only the 1 is one yet.
                if end + 2 < len(self._text) or not self._more(size):
                    self._at = end
                    return value
            size *= 2  # or a long row would be read as often as it has parts

    def error(self, message: str) -> json.JSONDecodeError:
        """Make the error for what stands here."""
        return json.JSONDecodeError(message, self._text, self._at)

    def _more(self, size: int) -> bool:
        """Read on; where there is no more, everything stays where it is."""
        more = self._source.read(size)
        if more:
            self._text, self._at = self._text[self._at :] + more, 0
        return bool(more)


def _rows_of_workbook(file: File, table: str | None) -> Iterator[Row]:
    with opened_workbook(file, for_rows=True) as book:
        for name in _chosen(file, table, book.sheet_names):
            sheet = book.get_sheet_by_name(name)
            yield from _named([_cell(cell) for cell in row] for row in sheet.iter_rows())


def _cell(cell: Any) -> Any:
    """Give what a cell holds; Excel has only one kind of number, and shows whole ones as such."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return None if cell == "" else cell

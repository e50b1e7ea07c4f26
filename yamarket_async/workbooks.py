"""Workbooks, which come from elsewhere: a sheet is held in memory whole, so how large it is shows before it is read."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, Final

from yamarket_async.archives import HARMLESS, files_in, opened, reading
from yamarket_async.errors import InvalidRequest, UnreadableFile
from yamarket_async.extras import pip_command
from yamarket_async.files import File

MAX_WORKBOOK: Final = 16 * HARMLESS
"""Bytes of a workbook, unpacked: it is read into memory."""

MAX_CELLS: Final = 2**25
"""Cells of a sheet, empty ones between its first and its last included: each takes some 30 bytes, so about as much."""

_READ_AT_ONCE = 2**20

_OTHERS = frozenset({"xl/workbook.bin", "content.xml"})
"""What XLSB and ODS hold, whose sheets can't be measured here."""


@contextmanager
def opened_workbook(file: File, *, for_rows: bool) -> Iterator[Any]:
    """Open a workbook.

    Args:
        file: what it is in.
        for_rows: whether its sheets will be read, and not only named.

    Raises:
        InvalidRequest: what reads workbooks isn't installed.
        UnreadableFile: it is broken, or too large; also while it is read.
    """
    try:
        import python_calamine  # noqa: PLC0415 — an extra
    except ImportError:
        rule = f"is a workbook, and to read one needs the extra: {pip_command('xlsx')}"
        raise InvalidRequest("file", file.name, rule) from None
    with file.open() as content:
        is_packed = content.read(2) == b"PK"
        content.seek(0)
        if is_packed:
            _check(file, for_rows=for_rows)
        try:
            with python_calamine.CalamineWorkbook.from_filelike(content) as book:
                if len(set(book.sheet_names)) < len(book.sheet_names):  # it would give the first of them each time
                    raise UnreadableFile(f"{file.name} has several sheets of the same name")
                yield book
        except python_calamine.CalamineError as error:
            raise UnreadableFile(f"{file.name} is no workbook, or a broken one ({error})") from error


def _check(file: File, *, for_rows: bool) -> None:
    with opened(file) as archive:
        size = sum(member.file_size for member in archive.infolist())
        if size > MAX_WORKBOOK:
            raise UnreadableFile(f"{file.name} has {size:,} bytes unpacked: too much for memory; ask for CSV")
        members = files_in(archive)
        if not _OTHERS.isdisjoint(member.filename.replace("\\", "/").lower() for member in members):
            raise UnreadableFile(f"{file.name} is a workbook of another kind than XLSX; save it as that, or as CSV")
        if not for_rows:
            return
        # Which of them are sheets the workbook says in a roundabout way, so all are looked at.
        for member in members:
            with reading(file, archive, member) as content:
                extent = _plain_extent(_sheet_in(content))
            if extent is None:
                with reading(file, archive, member) as content:
                    extent = _extent(_sheet_in(content))
            rows, columns = extent
            if rows * columns > MAX_CELLS:
                raise UnreadableFile(
                    f"{file.name}: {member.filename!r} goes to row {rows:,} and column {columns:,}, and more than "
                    f"{MAX_CELLS:,} cells, empty ones too, are too much for memory; ask for CSV"
                )


def _sheet_in(content: IO[bytes]) -> Iterator[bytes]:
    """Give the cells of a sheet in pieces that end between tags; of what is no sheet nothing.

    Raises:
        ValueError: there is a tag without an end.
    """
    rest, is_sheet = b"", False
    while part := content.read(_READ_AT_ONCE):
        piece = rest + part
        if not is_sheet:
            begin = piece.find(b"sheetData")
            if begin < 0:
                rest = piece[-len(b"sheetData") :]
                continue
            piece, is_sheet = piece[begin:], True
        end = piece.rfind(b"<")
        if end < 0 or b">" in piece[end:]:
            end = len(piece)
        rest = piece[end:]
        if len(rest) > _READ_AT_ONCE:
            raise ValueError("a tag has no end")
        yield piece[:end]


# As Excel and its likes write them. A cell that holds nothing takes no room.
_PLAIN_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: [a-qs-z]\w*="[^"<>]*")*+>')
_PLAIN_EMPTY_CELL = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: [a-qs-z]\w*="[^"<>]*")*+ ?/>')

# As XML allows them.
_ANY_CELL_BEGINS = re.compile(rb"<(?:[^<>\s/:]*:)?c[\s/>]")
_ANY_BEGINS = re.compile(rb"</?(?:[^<>\s/:]*:)?(?:c|row)[\s/>]")
_ANY = re.compile(rb"<(/?)(?:[^<>\s/:]*:)?(c|row)(?=[\s/>])([^<>]*)>")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=<>"'/]+)\s*=\s*("[^"<>]*"|'[^'<>]*')""")
_PLACE = re.compile(rb"([A-Za-z]{0,7})([0-9]{1,10})")


def _plain_extent(pieces: Iterator[bytes]) -> tuple[int, int] | None:
    """Tell how many rows and columns a sheet has.

    Returns:
        None where a cell isn't written as they usually are, and it takes `_extent`, which is several times slower.
    """
    rows = columns = 0
    for piece in pieces:
        cells = _PLAIN_CELL.findall(piece)
        # Counting what begins so is quick, and most pieces hold nothing else that does.
        if piece.count(b"<c") != len(cells) or b":c" in piece:
            empty = len(_PLAIN_EMPTY_CELL.findall(piece))
            if len(_ANY_CELL_BEGINS.findall(piece)) != len(cells) + empty:
                return None
        if cells:
            letters, digits = zip(*cells, strict=True)
            columns = max(columns, *map(_column, set(letters)))
            rows = max(rows, *map(int, set(digits)))
    return rows, columns


def _extent(pieces: Iterator[bytes]) -> tuple[int, int]:
    """Tell how many rows and columns a sheet has, whose cells needn't tell where they are.

    Raises:
        ValueError: what is in it is no cell.
    """
    rows = columns = 0
    row = column = 1  # where a cell is that doesn't say it
    for piece in pieces:
        tags = _ANY.findall(piece)
        if len(tags) != len(_ANY_BEGINS.findall(piece)):
            raise ValueError("a tag has no end")
        for is_end, name, attributes in tags:
            if is_end:
                if name == b"row":
                    row, column = row + 1, 1
                continue
            place, is_empty = _place(attributes)
            if name == b"row":
                row = place[0] or row
                if is_empty:
                    row, column = row + 1, 1
                continue
            at = place[0] or row
            column = place[1] or column
            if not is_empty:
                rows, columns = max(rows, at), max(columns, column)
            column += 1
    return rows, columns


def _place(attributes: bytes) -> tuple[tuple[int, int], bool]:
    """Read of a tag's attributes which row and column it names, 0 for none, and whether nothing is in it."""
    rest = _ATTRIBUTE.sub(b"", attributes).strip()
    places = [value[1:-1] for name, value in _ATTRIBUTE.findall(attributes) if name == b"r"]
    if rest not in {b"", b"/"} or len(places) > 1:
        raise ValueError(f"a cell has no attributes but {attributes[:100]!r}")
    found = _PLACE.fullmatch(places[0]) if places else None
    if places and found is None:
        raise ValueError(f"a cell is at {places[0][:100]!r}")
    return (int(found[2]), _column(found[1])) if found else (0, 0), rest == b"/"


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - ord("@")
    return number

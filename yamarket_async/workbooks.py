"""Workbooks, which come from elsewhere: a sheet is held in memory whole, so how large it is shows before it is read."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
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

_CONTENTS = frozenset({"v", "f", "is"})
"""What a cell holds that isn't empty."""

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
        # Which of them are sheets the workbook says in a roundabout way, so it is told by what they hold.
        for member in members:
            if not member.filename.lower().endswith(".xml"):
                continue
            with reading(file, archive, member) as content:
                extent = _extent(content)
            if extent.rows * extent.columns > MAX_CELLS:
                raise UnreadableFile(
                    f"{file.name}: {member.filename!r} goes to row {extent.rows:,} and column {extent.columns:,}, and "
                    f"more than {MAX_CELLS:,} cells, empty ones too, are too much for memory; ask for CSV"
                )


def _extent(content: IO[bytes]) -> "_Extent":
    """Measure a sheet; what is none has no cells.

    Raises:
        ValueError: it is no XML, or a cell is nowhere.
    """
    from xml.parsers import expat  # noqa: PLC0415 — only workbooks need it

    extent, parser = _Extent(), expat.ParserCreate()
    parser.StartElementHandler = extent.begin
    try:
        while extent.is_sheet is not False and (part := content.read(_READ_AT_ONCE)):
            parser.Parse(part)
        if extent.is_sheet:
            parser.Parse(b"", True)
    except expat.ExpatError as error:
        if extent.is_sheet:
            raise ValueError(str(error)) from error
    return extent


class _Extent:
    """How far a sheet goes, as its elements come.

    Attributes:
        rows: the last row with a cell that holds anything, from 1.
        columns: the last column with one.
        is_sheet: whether it is a sheet at all; None before its first element.
    """

    def __init__(self) -> None:
        self.is_sheet: bool | None = None
        self.rows = self.columns = 0
        self._row = self._column = 0  # where the latest cell is, which needn't say it
        self._is_cell = False

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """Follow the beginning of an element."""
        if not self.is_sheet:
            if self.is_sheet is None:
                self.is_sheet = name.rpartition(":")[2] == "worksheet"
        elif name == "c" or name.endswith(":c"):
            place = attributes.get("r")
            if place is None:
                self._column += 1
            else:
                letters = place.rstrip("0123456789")
                self._column, self._row = _column(letters), int(place[len(letters) :])
            self._is_cell = True
        elif name == "row" or name.endswith(":row"):
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
            self._is_cell = False
        elif self._is_cell and name.rpartition(":")[2] in _CONTENTS:
            # It holds something; an empty one takes no room, and some programs write them far out.
            self.rows = max(self.rows, self._row)
            self.columns = max(self.columns, self._column)
            self._is_cell = False


@lru_cache(maxsize=2**14)
def _column(letters: str) -> int:
    if not letters.isascii() or not letters.isalpha():
        raise ValueError(f"a cell is in column {letters[:100]!r}")
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number

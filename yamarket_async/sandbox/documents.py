"""Small files that open: PDF, XLS, XLSX, CSV in a ZIP, PNG. They need a page of code each, so no library."""

import csv
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape

Cell = str | int | float | Decimal | None
"""What stands in a cell of a table."""

PDF = "application/pdf"
XLS = "application/vnd.ms-excel"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
PNG = "image/png"

MILLIMETRE = 72 / 25.4
"""Points of a PDF in a millimetre."""

LEADING = 1.3
"""From line to line, in letters."""

SIZES: Mapping[str, tuple[float, float]] = {
    "A4": (210, 297),
    "A7": (75, 120),
    "A8": (52, 74),
    "A9": (40, 58),
    "A9_HORIZONTALLY": (58, 40),
}
"""Width and height of pages in millimetres, by the names that the Market has for them."""


_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP can tell, so that files are the same every time


def pdf(pages: Iterable[Sequence[str]], size: str = "A4") -> bytes:
    """Write a PDF.

    Args:
        pages: the lines of text on each page; one that has too many goes on on the next sheet.
        size: a name out of `SIZES`.
    """
    width, height = (round(side * MILLIMETRE, 2) for side in SIZES[size])
    letter = min(10.0, width / 22)
    fit = int(height / (letter * LEADING)) - 2
    sheets = [lines[at : at + fit] for lines in pages for at in range(0, max(len(lines), 1), fit)] or [()]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(sheets)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(sheets)} /Kids [{kids}] >>".encode(),
        _FONT,
    ]
    for number, lines in enumerate(sheets):
        box = f"/MediaBox [0 0 {width} {height}] /Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} /Contents {5 + 2 * number} 0 R >>".encode())
        text = _text(lines, letter, height)
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(text), text))
    return _with_references(objects)


def _text(lines: Sequence[str], letter: float, height: float) -> bytes:
    leading = letter * LEADING
    shown = b" ".join(b"(%b) Tj T*" % _escaped(line) for line in lines)
    start = f"BT /F1 {letter:.2f} Tf {leading:.2f} TL {letter:.2f} {height - leading * 1.5:.2f} Td ".encode()
    return start + shown + b" ET"


def _escaped(line: str) -> bytes:
    raw = line.encode("cp1251", "replace")
    return raw.replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def _cyrillic() -> str:
    """Name the glyphs of cp1251 from 192 on, which is where its Russian letters stand."""
    capitals = [10017 + n for n in range(6)] + [10024 + n for n in range(26)]
    return " ".join(f"/afii{number + shift}" for shift in (0, 48) for number in capitals)


_FONT = (
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding "
    f"/Differences [168 /afii10023 171 /guillemotleft 184 /afii10071 /afii61352 187 /guillemotright 192 {_cyrillic()}] "
    ">> >>"
).encode()


def _with_references(objects: Sequence[bytes]) -> bytes:
    """Put the objects of a PDF together, with the table that tells where each begins."""
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def png(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    """Write a picture of one colour.

    Args:
        width: pixels, 1 or more.
        height: pixels, 1 or more.
        colour: red, green and blue, 0 to 255.
    """
    rows = (b"\0" + bytes(colour) * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Write a ZIP of files, by their names; the same bytes every time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def table_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a table as CSV: UTF-8, with commas and quotes where they are needed."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def xlsx(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> bytes:
    """Write a workbook.

    Args:
        sheets: the rows of each sheet, by its name: 1 to 31 characters without any of `[]:*?/\\`.
    """
    numbers = range(1, len(sheets) + 1)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    packages = "http://schemas.openxmlformats.org/package/2006"
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>' for n in numbers
    )
    listed = "".join(
        f'<sheet name="{escape(name, {chr(34): "&quot;"})}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in zip(numbers, sheets, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{rels}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    files = {
        "[Content_Types].xml": (
            f'{head}<Types xmlns="{packages}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            'ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f"{parts}</Types>"
        ),
        "_rels/.rels": (
            f'{head}<Relationships xmlns="{packages}/relationships"><Relationship Id="rId1" '
            f'Type="{rels}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": f'{head}<workbook xmlns="{main}" xmlns:r="{rels}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{head}<Relationships xmlns="{packages}/relationships">{links}</Relationships>',
    }
    for n, rows in zip(numbers, sheets.values(), strict=True):
        inside = "".join(_row(number, row) for number, row in enumerate(rows, 1))
        files[f"xl/worksheets/sheet{n}.xml"] = (
            f'{head}<worksheet xmlns="{main}"><sheetData>{inside}</sheetData></worksheet>'
        )
    return zipped({name: text.encode() for name, text in files.items()})


def _row(number: int, row: Sequence[Cell]) -> str:
    return f'<row r="{number}">{"".join(_cell(number, column, value) for column, value in enumerate(row))}</row>'


def _cell(number: int, column: int, value: Cell) -> str:
    place = f"{_letters(column)}{number}"
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def _letters(column: int) -> str:
    """Name a column, from 0: A to Z, then AA and so on."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def xls(name: str, rows: Sequence[Sequence[Cell]]) -> bytes:
    """Write a workbook of Excel 97 with one sheet.

    Args:
        name: the name of the sheet, 1 to 31 characters.
        rows: its rows, no more than 65,536; a text has no more than 4,000 characters.
    """
    head = _globals(0, name)
    stream = _globals(len(head), name) + _sheet(rows)
    return _compound(stream)


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _globals(sheet_at: int, name: str) -> bytes:
    fonts = _record(0x0031, struct.pack("<HHHHHBBBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 204, 0, 5, 0) + b"Arial") * 5
    # Fifteen formats of styles come first, then the one that cells have.
    styles = _record(0x00E0, struct.pack("<HHHBBBBIIH", 0, 0, 0xFFF5, 0x20, 0, 0, 0, 0, 0, 0x20C0)) * 15
    cells = _record(0x00E0, struct.pack("<HHHBBBBIIH", 0, 0, 0x0001, 0x20, 0, 0, 0, 0, 0, 0x20C0))
    sheet = struct.pack("<IBBBB", sheet_at, 0, 0, len(name), 1) + name.encode("utf-16-le")
    return b"".join(
        (
            _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)),
            _record(0x0042, struct.pack("<H", 1200)),
            _record(0x003D, struct.pack("<HHHHHHHHH", 0, 0, 0x3000, 0x2000, 0x38, 0, 0, 1, 600)),
            fonts,
            styles,
            cells,
            _record(0x0293, struct.pack("<HBB", 0x8000, 0, 0xFF)),
            _record(0x0085, sheet),
            _record(0x000A, b""),
        )
    )


def _sheet(rows: Sequence[Sequence[Cell]]) -> bytes:
    widest = max((len(row) for row in rows), default=0)
    records = [
        _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6)),
        _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, widest, 0)),
    ]
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, str):
                text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
                records.append(_record(0x0204, struct.pack("<HHH", number, column, 15) + text))
            elif value is not None:
                records.append(_record(0x0203, struct.pack("<HHHd", number, column, 15, float(value))))
    records.append(_record(0x000A, b""))
    return b"".join(records)


_SECTOR = 512
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def _compound(stream: bytes) -> bytes:
    """Put a workbook into a compound file: the tables of sectors, the directory, then the stream."""
    # A stream below 4,096 bytes would have to go into a smaller kind of sector.
    stream = stream.ljust(4096, b"\0")
    data = -(-len(stream) // _SECTOR)
    tables = 1
    while (tables + 1 + data) * 4 > tables * _SECTOR:
        tables += 1
    chain = [_TABLE] * tables + [_END] + [tables + 2 + n for n in range(data - 1)] + [_END]
    chain += [_FREE] * (tables * _SECTOR // 4 - len(chain))
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        tables,
        tables,
        0,
        4096,
        _END,
        0,
        _END,
        0,
    )
    header += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    directory = (
        _entry("Root Entry", 5, child=1, start=_END, size=0)
        + _entry("Workbook", 2, child=_FREE, start=tables + 1, size=len(stream))
        + _entry("", 0, child=_FREE, start=0, size=0) * 2
    )
    return header + struct.pack(f"<{len(chain)}I", *chain) + directory + stream.ljust(data * _SECTOR, b"\0")


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    length = len(text) + 2 if name else 0
    return struct.pack("<64sHBBIII16sIQQIQ", text, length, kind, 1, _FREE, _FREE, child, b"", 0, 0, 0, start, size)

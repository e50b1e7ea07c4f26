"""The small files open: checked by their own rules, byte by byte."""

import io
import re
import struct
import zipfile
from decimal import Decimal
from xml.dom import minidom

from yamarket_async.sandbox import documents


def test_a_pdf_has_a_table_that_tells_where_its_objects_are():
    made = documents.pdf([["Ярлык № 5 (тест)", "a\\b"], ["вторая"]], "A7")
    start = int(re.search(rb"startxref\n(\d+)", made)[1])
    entries = re.findall(rb"(\d{10}) 00000 n \n", made[start:])
    assert len(entries) == 7
    for number, entry in enumerate(entries, 1):
        assert made[int(entry) :].startswith(b"%d 0 obj\n" % number)
    for length, stream in re.findall(rb"/Length (\d+) >>\nstream\n(.*?)\nendstream", made, re.DOTALL):
        assert int(length) == len(stream)
    assert rb"\(" in made
    assert rb"a\\b" in made


def test_what_does_not_fit_on_a_page_goes_on_on_the_next():
    made = documents.pdf([[str(number) for number in range(150)], ["last"]])
    assert b"/Count 4 " in made
    assert [int(line) for line in re.findall(rb"\((\d+)\) Tj", made)] == list(range(150))
    assert b"/Count 1 " in documents.pdf([])


def test_a_pdf_names_the_glyphs_of_russian_letters():
    encoding = re.search(rb"/Differences \[(.*?)\]", documents.pdf([["Ё"]]))[1].decode()
    after = encoding.partition(" 192 ")[2].split()
    assert (after[0], after[6], after[31], after[32], after[63]) == (
        "/afii10017",  # А
        "/afii10024",  # Ж
        "/afii10049",  # Я
        "/afii10065",  # а
        "/afii10097",  # я
    )


def test_a_workbook_of_today_holds_its_cells():
    made = documents.xlsx({"Лист & 1": [["a<b", 1, None, Decimal("2.50")], [None] * 30 + ["AE"]], "Два": []})
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        parts = {name: minidom.parseString(archive.read(name)) for name in archive.namelist()}  # noqa: S318 — our own
    names = [each.getAttribute("name") for each in parts["xl/workbook.xml"].getElementsByTagName("sheet")]
    assert names == ["Лист & 1", "Два"]
    cells = {
        cell.getAttribute("r"): cell.getElementsByTagName("t" if cell.getAttribute("t") else "v")[0].firstChild.data
        for cell in parts["xl/worksheets/sheet1.xml"].getElementsByTagName("c")
    }
    assert cells == {"A1": "a<b", "B1": "1", "D1": "2.50", "AE2": "AE"}


def records(stream):
    at = 0
    while at < len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if not kind:
            return
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def workbook_stream(made):
    """Follow the sectors of a compound file from its directory to the workbook."""
    tables = struct.unpack_from("<I", made, 44)[0]
    places = struct.unpack_from(f"<{tables}I", made, 76)
    sectors = [made[512 * (n + 1) : 512 * (n + 2)] for n in range(len(made) // 512 - 1)]
    chain = struct.unpack(f"<{128 * tables}I", b"".join(sectors[place] for place in places))
    entry = sectors[struct.unpack_from("<I", made, 48)[0]][128:256]
    assert entry[: struct.unpack_from("<H", entry, 64)[0] - 2].decode("utf-16-le") == "Workbook"
    at, size = struct.unpack_from("<IQ", entry, 116)
    parts = []
    while at < 0xFFFFFFFA:
        parts.append(sectors[at])
        at = chain[at]
    return b"".join(parts)[:size]


def test_a_workbook_of_long_ago_holds_its_cells():
    for count in (1, 40, 2_000):
        made = documents.xls("Акт", [["Заказ", 5, Decimal("1.5"), None]] * count)
        assert len(made) % 512 == 0
        found = list(records(workbook_stream(made)))
        sheet_at = next(struct.unpack_from("<I", data)[0] for kind, data in found if kind == 0x85)
        assert workbook_stream(made)[sheet_at : sheet_at + 2] == struct.pack("<H", 0x0809)
        texts = [data[9:].decode("utf-16-le") for kind, data in found if kind == 0x0204]
        numbers = [struct.unpack_from("<d", data, 6)[0] for kind, data in found if kind == 0x0203]
        assert texts == ["Заказ"] * count
        assert numbers == [5, 1.5] * count
    assert not [kind for kind, _ in records(workbook_stream(documents.xls("Пусто", []))) if kind == 0x0204]


def test_tables_in_a_zip_are_the_same_bytes_every_time():
    table = documents.table_csv([["a", 'b"c'], ["1,5", None]])
    assert table.decode() == 'a,"b""c"\r\n"1,5",\r\n'
    assert documents.zipped({"a.csv": table}) == documents.zipped({"a.csv": table})
    with zipfile.ZipFile(io.BytesIO(documents.zipped({"a.csv": table}))) as archive:
        assert archive.read("a.csv") == table

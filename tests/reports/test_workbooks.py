"""Workbooks that are broken, or larger than memory: `UnreadableFile`, before anything is read."""

import io
import zipfile

import pytest

from yamarket_async import File, workbooks
from yamarket_async.errors import UnreadableFile

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/></Relationships>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="{}" sheetId="1" r:id="rId1"/>{}</sheets></workbook>'
)


def book(cells: str | None, *, more: str = "", before: str = "", after: str = "", **others: str) -> File:
    """Make a workbook with one sheet, whose cells are as they are given."""
    members = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": BOOK.format("One", more),
        "xl/_rels/workbook.xml.rels": RELATIONS.format("worksheet", "worksheets/sheet1.xml"),
        **others,
    }
    if cells is not None:
        sheet = f'<worksheet xmlns="{MAIN}" xmlns:x="{MAIN}">{before}<sheetData>{cells}</sheetData>{after}</worksheet>'
        members["xl/worksheets/sheet1.xml"] = sheet
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return File(made.getvalue(), name="report.xlsx")


async def all_of(file: File) -> list[dict[str, object]]:
    return [row async for row in file.rows()]


FAR = [
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="10000"><c r="XFD10000"><v>1</v></c></row>',
    '<row r="1"><c r="ZZZZZZ9999999999"><v>1</v></c></row>',
    '<row r="1"><c r="A9999999999"><v>1</v></c></row>',
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="10000"><c s="1" r="XFD10000"><v>1</v></c></row>',
    "<row r='1'><c r='A1'><v>1</v></c></row><row r='10000'><c\n  r = 'xfd10000' ><v>1</v></c></row>",
    '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row><x:row r="10000"><x:c r="XFD10000"><x:v>1</x:v></x:c></x:row>',
    '<row r="1"><c r="A1"><v>1</v></c><c r="XFC1"/><c><v>1</v></c></row><row r="9999"/><row><c><v>1</v></c></row>',
    '<row r="9999999"><c><v>1</v></c><c><v>1</v></c><c><v>1</v></c><c><v>1</v></c></row>',
    '<row r="1"><c t="str" r="A1"><v>:c </v></c></row>' + "<row/>" * 2_100 + '<row><c r="XFD2101"><v>1</v></c></row>',
]


@pytest.mark.parametrize("cells", FAR)
async def test_a_sheet_that_goes_too_far_is_not_read(cells: str) -> None:
    with pytest.raises(UnreadableFile, match=r"'xl/worksheets/sheet1\.xml' goes to row .* and column "):
        await all_of(book(cells))
    assert await book(cells).tables() == ["One"]


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1" t="str"><v>A</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576" s="1"/><c r="AAA1048576"/></row>',
        '<row><c t="str"><v>A</v></c></row><row><c><v>1</v></c></row><row r="1048576"/>',
        '<x:row r="1"><x:c r="A1" t="str"><x:v>A</x:v></x:c></x:row><x:row r="2"><x:c r="A2"><x:v>1</x:v></x:c>'
        '<x:c r="XFD1048576"/></x:row><x:row r="1048576"/>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>A</t></is></c></row>'
        '<row r="1048576" ht="3"><c s="1"/></row><row r="2"><c r="A2"><v>1</v></c></row>',
    ],
)
@pytest.mark.parametrize("before", ["", '<cols><col min="1" max="16384" width="9"/></cols>'])
async def test_what_is_far_and_empty_does_no_harm(cells: str, before: str) -> None:
    margins = '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
    assert await all_of(book(cells, before=before)) == [{"A": 1}]
    assert await all_of(book(f'{cells}<row r="1048576"><c r="AZ1048576" s="0"/></row>', after=margins)) == [{"A": 1}]


NO_SHEETS = ['<root><row r="abc"/></root>', '<root><c r="note"><v/></c></root>', "", "<broken", "no XML"]


@pytest.mark.parametrize("other", NO_SHEETS)
async def test_parts_that_are_no_sheets_are_not_looked_at(other: str) -> None:
    cells = '<row r="1"><c r="A1" t="str"><v>A</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
    assert await all_of(book(cells, **{"customXml/item1.xml": other, "picture.png": "x"})) == [{"A": 1}]


async def test_a_sheet_is_told_however_its_tags_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    for size in range(160, 200):
        monkeypatch.setattr(workbooks, "_READ_AT_ONCE", size)
        for cells in FAR[:6]:
            with pytest.raises(UnreadableFile, match="goes to row"):
                await all_of(book(cells))


async def test_texts_in_a_package_are_no_cells() -> None:
    strings = f'<sst xmlns="{MAIN}"><si><t>A c r="XFD1048576"</t></si><si><t>sheetData 1:c 2</t></si></sst>'
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'
    relations = RELATIONS.format("worksheet", "worksheets/sheet1.xml").replace(
        "</Relationships>",
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    )
    file = book(cells, **{"xl/sharedStrings.xml": strings, "xl/_rels/workbook.xml.rels": relations})
    assert await all_of(file) == [{'A c r="XFD1048576"': "sheetData 1:c 2"}]


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1"><v>1</v></row>',
        '<row r="1"><c r="A1"',
        '<row r="1"><c r="A1" <c r="XFD1"><v>1</v></c></row>',
        '<row r="1"><c r="Ы1"><v>1</v></c></row>',
        '<row r="one"><c><v>1</v></c></row>',
        '<row r="1"><c r="A1" r="XFD10000"><v>1</v></c></row>',
        '<row r="1"><c r="A1&#49;"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r=A1><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c>' + "<row" + " " * (2**21 + 2**20),
        None,
    ],
)
async def test_broken_sheets(cells: str | None) -> None:
    with pytest.raises(UnreadableFile, match=r"report\.xlsx"):
        await all_of(book(cells))


async def test_sheets_of_one_name() -> None:
    file = book("", more='<sheet name="One" sheetId="2" r:id="rId1"/>')
    with pytest.raises(UnreadableFile, match="several sheets of the same name"):
        await all_of(file)


@pytest.mark.parametrize("name", ["xl/workbook.bin", "content.xml"])
async def test_other_kinds_of_workbooks(name: str) -> None:
    with pytest.raises(UnreadableFile, match="another kind than XLSX"):
        await all_of(book("", **{name: ""}))

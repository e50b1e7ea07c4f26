"""The rows of reports: of CSV and JSON in archives, and of workbooks."""

import io
import json
import re
import tracemalloc
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.reports.hosts import ID, Host
from yamarket_async import File, MarketClient, tables, workbooks
from yamarket_async.errors import InvalidRequest, NoData, UnreadableFile
from yamarket_async.extras import pip_command
from yamarket_async.sandbox import Sandbox

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def packed(**members: str | bytes) -> File:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return File(made.getvalue(), name="report.zip", content_type="application/zip")


def book(*sheets: tuple[str, list[list[object]]]) -> File:
    made, workbook = io.BytesIO(), openpyxl.Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets:
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    workbook.save(made)
    return File(made.getvalue(), name="report.xlsx", content_type=XLSX)


async def all_of(file: File, table: str | None = None) -> list[dict[str, object]]:
    return [row async for row in file.rows(table)]


async def test_the_rows_of_csv_are_mappings_by_the_first_row() -> None:
    assert await all_of(packed(a__csv="SKU,PRICE\n007,1.50\n8,\n")) == [
        {"SKU": "007", "PRICE": "1.50"},
        {"SKU": "8", "PRICE": ""},
    ]


@pytest.mark.parametrize(
    "content",
    ["Артикул;Цена\n1;2,5\n", "\ufeffАртикул;Цена\r\n1;2,5\r\n", "\n\nАртикул\tЦена\n1\t2,5\n",
     'Артикул,"Цена"\n1,"2,5"\n', "Артикул;Цена\n1;2,5\n".encode("cp1251"), "Артикул;Цена\n1;2,5\n".encode("utf-16")],
)  # fmt: skip
async def test_encodings_and_delimiters(content: str | bytes) -> None:
    assert await all_of(packed(a__csv=content)) == [{"Артикул": "1", "Цена": "2,5"}]


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("before", [2**16 - 9, 2**16 - 8, 2**16 - 7, 2**17 + 1])
async def test_an_encoding_that_shows_late(encoding: str, before: int) -> None:
    content = "A;B\n1;" + "x" * before + "\nчай;Я\n"
    rows = [{"A": "1", "B": "x" * before}, {"A": "чай", "B": "Я"}]
    assert await all_of(packed(a__csv=content.encode(encoding))) == rows
    assert await all_of(File((content + "я" * 70_000).encode(encoding), name="a.csv")) == [
        *rows,
        {"A": "я" * 70_000, "B": None},
    ]


async def test_csv_in_no_encoding() -> None:
    with pytest.raises(UnreadableFile, match=r"a\.csv"):
        await all_of(packed(a__csv=b"A\n\x98\n"))


async def test_delimiters_in_the_names_of_columns_are_none() -> None:
    assert await all_of(packed(a__csv='"Цена, ₽, с НДС";SKU\n1;2\n')) == [{"Цена, ₽, с НДС": "1", "SKU": "2"}]


async def test_a_letter_that_is_cut_where_the_guess_ends() -> None:
    content = ("имя\n" + "я" * 40_000 + "\n").encode()
    assert content[: 2**16][-1] != "\n"
    assert await all_of(packed(a__csv=b"x" + content)) == [{"xимя": "я" * 40_000}]


async def test_columns_of_the_same_name_and_without_one_lose_nothing() -> None:
    assert await all_of(packed(a__csv="A,A,,A (2)\n1,2,3,4,5\n6\n")) == [
        {"A": "1", "A (2)": "2", "column 3": "3", "A (2) (2)": "4", "column 5": "5"},
        {"A": "6", "A (2)": None, "column 3": None, "A (2) (2)": None, "column 5": None},
    ]


async def test_lines_in_cells_and_long_cells() -> None:
    long = "x" * 200_000
    assert await all_of(packed(a__csv=f'A,B\n"one\ntwo",{long}\n')) == [{"A": "one\ntwo", "B": long}]


async def test_broken_csv(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableFile, match=r"a\.csv"):
        await all_of(packed(a__csv='A\n"1'))


@pytest.mark.parametrize(
    "text",
    [
        '{"rows": [{"a": 1, "b": 1.10}, {"a": null}]}',
        '[{"a": 1, "b": 1.10}, {"a": null}]',
        '{"a": 1, "b": 1.10}\n{"a": null}\n',
        '\ufeff  [ {"a" : 1,"b":1.10} ,\n{"a":null}\n ] ',
        '{"status": "OK", "one": [{"a": 1, "b": 1.10}], "none": [], "two": [{"a": null}]}',
    ],
)
async def test_shapes_of_json(text: str) -> None:
    rows = await all_of(packed(a__json=text))
    assert rows == [{"a": 1, "b": Decimal("1.10")}, {"a": None}]


async def test_values_that_are_no_objects() -> None:
    assert await all_of(packed(a__json="[1, 22, [3]]")) == [{"value": 1}, {"value": 22}, {"value": [3]}]
    assert await all_of(packed(a__json="{}")) == []
    assert await all_of(packed(a__json="")) == []


async def test_json_that_is_read_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_READ_AT_ONCE", 3)
    rows = [{"номер": number, "text": "ё" * (number % 7)} for number in range(50)]
    assert await all_of(packed(a__json=json.dumps({"rows": rows}, ensure_ascii=False))) == rows
    assert await all_of(packed(a__json="[123456, 7]")) == [{"value": 123456}, {"value": 7}]


@pytest.mark.parametrize("number", ["1.5", "1e5", "1E+5", "-1.25e-3", "123456"])
@pytest.mark.parametrize("before", ["[", '{"a":', '[{"a":1},'])
async def test_a_number_that_is_cut_where_a_part_ends(number: str, before: str) -> None:
    after = "}" if before[0] == "{" else "]"
    for cut in range(len(number) + 3):
        text = before + " " * (2**16 - len(before) - cut) + number + after
        row = (await all_of(File(text.encode(), name="a.json")))[-1]
        assert list(row.values()) == [json.loads(number, parse_float=Decimal)]


@pytest.mark.parametrize(
    "text",
    [
        '{[1]: 2}',
        '{1: 2}',
        '{"a": 1, null: 2}',
        '[{"a": 1e9999999999999999999999}]',
        "[" * 200_000,
        '{"a": ' + "[" * 200_000,
        '[{"a": ' + "1" * 5_000 + "}]",
    ],
)  # fmt: skip
async def test_json_that_python_cant_hold(text: str) -> None:
    for file in (File(text.encode(), name="a.json"), packed(a__json=text)):
        with pytest.raises(UnreadableFile, match=r"a\.json"):
            await all_of(file)


@pytest.mark.parametrize(
    "text", ["7", '[{"a": 1} {"b": 2}]', '[{"a": }]', '[{"a": 1}', '{"a" 1}', b"[\xff]", '["', "[1x]"]
)
async def test_broken_json(text: str | bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"a\.json"):
        await all_of(packed(a__json=text))


async def test_a_row_beyond_all_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "LONGEST_CELL", 100_000)
    with pytest.raises(UnreadableFile):
        await all_of(packed(a__json='["' + "x" * 1_000_000))


async def test_tables_come_one_after_another_or_by_name() -> None:
    file = packed(one__csv="A\n1\n", two__json='[{"B": 2}]', read__txt="me")
    assert await file.tables() == ["one.csv", "two.json"]
    assert await all_of(file) == [{"A": "1"}, {"B": 2}]
    assert await all_of(file, "two.json") == [{"B": 2}]
    with pytest.raises(InvalidRequest, match=r"one of 'one\.csv', 'two\.json'"):
        await all_of(file, "three.csv")


@pytest.mark.filterwarnings("ignore:Duplicate name")
async def test_tables_of_one_name_are_all_read() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(1, 4):
            archive.writestr("a.csv", f"A\n{number}\n")
    file = File(made.getvalue(), name="report.zip")
    assert await file.tables() == ["a.csv", "a (2).csv", "a (3).csv"]
    assert await all_of(file) == [{"A": "1"}, {"A": "2"}, {"A": "3"}]
    assert await all_of(file, "a (2).csv") == [{"A": "2"}]


async def test_csv_and_json_need_no_archive() -> None:
    file = File(b"A\n1\n", name="a.csv", content_type="text/csv")
    assert await file.tables() == ["a.csv"]
    assert await all_of(file) == [{"A": "1"}]


async def test_an_archive_without_tables() -> None:
    with pytest.raises(UnreadableFile, match=r"holds no CSV and no JSON but 'a\.pdf'"):
        await all_of(packed(a__pdf="%PDF"))
    assert await all_of(packed()) == []


async def test_what_has_no_rows() -> None:
    with pytest.raises(UnreadableFile, match="application/pdf, in which"):
        await all_of(File(b"%PDF", name="act.pdf", content_type="application/pdf"))


async def test_rows_of_a_workbook() -> None:
    rows = [[None, None], ["SKU", "Цена", "Когда"], ["007", 10.5, date(2026, 11, 1)], [8, 3.0, None], [True, "", None]]
    file = book(("Первый", rows), ("Второй", [["A"], [2**40]]))
    assert await file.tables() == ["Первый", "Второй"]
    assert await all_of(file) == [
        {"SKU": "007", "Цена": 10.5, "Когда": date(2026, 11, 1)},
        {"SKU": 8, "Цена": 3, "Когда": None},
        {"SKU": True, "Цена": None, "Когда": None},
        {"A": 2**40},
    ]
    assert await all_of(file, "Второй") == [{"A": 2**40}]


async def test_workbooks_that_cant_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableFile, match="no workbook"):
        await all_of(File(b"nothing", name="a.xlsx", content_type=XLSX))
    monkeypatch.setattr(workbooks, "MAX_WORKBOOK", 1_000)
    with pytest.raises(UnreadableFile, match="too much for memory"):
        await all_of(book(("A", [["a"], [1]])))


async def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)
    with pytest.raises(InvalidRequest, match=re.escape(pip_command("xlsx"))):
        await all_of(book(("A", [["a"], [1]])))


async def test_a_report_that_would_be_a_workbook_is_not_even_begun_without_it(
    client: MarketClient, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yamarket_async.reports.find_spec", lambda _: None)
    for options in ({}, {"format": "FILE"}):
        with pytest.raises(InvalidRequest, match="must be CSV or JSON"):
            async for _ in client.generate_stocks_report(1, **options).rows():
                pass
    assert not host.told
    with pytest.raises(UnreadableFile):  # a document, which no extra would make a table
        async for _ in client.generate_mass_order_labels_report(1, [1]).rows():
            pass


@pytest.mark.parametrize("kind", ["CSV", "JSON", "FILE"])
async def test_rows_of_reports(market: MarketClient, sandbox: Sandbox, kind: str) -> None:
    rows = [row async for row in market.generate_stocks_report(sandbox.business_id, format=kind).rows()]
    assert len(rows) == 50  # what lies at the Market, of the FBY store, is in no report of the business
    assert len({row["shopSku" if kind == "JSON" else "SHOP_SKU"] for row in rows}) == 50


async def test_no_data_is_an_error_of_rows_too(market: MarketClient, sandbox: Sandbox) -> None:
    sandbox.reports.fail_next("NO_DATA")
    with pytest.raises(NoData):
        async for _ in market.generate_stocks_report(sandbox.business_id, format="CSV").rows():
            pass


async def test_leaving_early_leaves_nothing(
    client: MarketClient, host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("yamarket_async.reports.SMALL", 100)
    host.path, host.headers["Content-Type"] = "report.zip", "application/zip"
    host.content = packed(a__csv="A\n" + "".join(f"{number}\n" for number in range(9_000))).content
    rows = client.report(ID).rows()
    async for row in rows:
        assert row == {"A": "0"}
        assert list(tmp_path.iterdir())
        break
    await rows.aclose()
    assert not list(tmp_path.iterdir())


async def test_memory_stays_flat_over_many_rows(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("a.csv", "w") as content:
            content.write(b"SKU,PRICE\n")
            for first in range(0, 20_000, 1_000):
                content.write(b"".join(b"sku-%d,%d\n" % (n, n) for n in range(first, first + 1_000)))
        with archive.open("b.json", "w") as content:
            content.write(b"[0")
            for first in range(0, 20_000, 1_000):
                content.write(b"".join(b',{"sku":%d}' % n for n in range(first, first + 1_000)))
            content.write(b"]")
    file = File(tmp_path / "a.zip", name="a.zip", content_type="application/zip")
    tracemalloc.start()
    count = 0
    async for _ in file.rows():
        count += 1
    peak = tracemalloc.get_traced_memory()[1]
    kept = [row async for row in file.rows()]
    whole = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert count == len(kept) == 40_001
    assert peak < whole / 2  # a free-threaded Python lets go of objects late, others at once


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Артикул;Цена, руб.\nA;1\n", {"Артикул": "A", "Цена, руб.": "1"}),
        ("Артикул\tЦена, руб.\nA\t1,5\n", {"Артикул": "A", "Цена, руб.": "1,5"}),
        ('"a, b";c\n"1\n2";3\n', {"a, b": "1\n2", "c": "3"}),
        ("sep=;\nx;y\n1;2\n", {"x": "1", "y": "2"}),
        ("x\n1\n", {"x": "1"}),
    ],
)
async def test_the_delimiter_of_csv(text: str, row: dict[str, str]) -> None:
    assert await all_of(File(text.encode(), name="a.csv")) == [row]
    assert await all_of(File(text.encode("cp1251"), name="a.csv")) == [row]


async def test_a_letter_that_ends_a_text_is_not_cut() -> None:
    assert await all_of(File("sku;price\nA;100 р".encode("cp1251"), name="a.csv")) == [{"sku": "A", "price": "100 р"}]
    assert await all_of(File(b"", name="a.csv")) == []

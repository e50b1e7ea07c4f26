"""Tables that the command reads: each format, each encoding, and what is told of a file that is none."""

import re
import sys
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import xlsxwriter
from pyarrow import parquet

from yamarket_async.cli.inputs import Row, cell, read_table
from yamarket_async.cli.running import Failure
from yamarket_async.cli.sku_files import read_skus


def rows_of(name: str, **settings: Any) -> list[Row]:
    with read_table(name, **settings) as table:
        return list(table.rows)


def workbook(name: str, rows: Sequence[Sequence[Any]], first: int = 0) -> None:
    with xlsxwriter.Workbook(name) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows, first):
            sheet.write_row(number, 0, row)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_of_any_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    text = f'offerId{delimiter}"Имя; или, \t так"\r\n"A;1,2"{delimiter}Чайник\r\n'
    Path("a.csv").write_bytes(text.encode(encoding))
    assert rows_of("a.csv") == [Row(2, {"offerId": "A;1,2", "Имя; или, \t так": "Чайник"})]


def test_lines_are_counted_where_a_cell_holds_line_breaks_and_rows_are_empty() -> None:
    Path("a.csv").write_text('offerId,name\n"A","one\ntwo"\n\n , \nB,three\n', encoding="utf-8")
    assert [row.line for row in rows_of("a.csv")] == [2, 6]


def test_the_line_by_which_excel_is_told_the_delimiter_is_no_header() -> None:
    Path("a.csv").write_text("sep=;\nofferId;price\nA;5\n", encoding="utf-8")
    assert rows_of("a.csv") == [Row(3, {"offerId": "A", "price": "5"})]


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Артикул;Цена, руб.\nSKU-1;5\n", ["Артикул", "Цена, руб."]),
        ("Артикул;Цена, руб.\nSKU-1;5,50\n", ["Артикул", "Цена, руб."]),
        ("Артикул;Цена, руб., с НДС\nSKU-1;5\n", ["Артикул", "Цена, руб., с НДС"]),
        ("Артикул;Цена, руб.", ["Артикул", "Цена, руб."]),
        ("sku,name;title,price\nA,b,5\n", ["sku", "name;title", "price"]),
    ],
)
def test_the_delimiter_is_what_the_lines_agree_on(text: str, columns: list[str]) -> None:
    Path("a.csv").write_text(text, encoding="utf-8")
    with read_table("a.csv") as table:
        assert table.columns == columns


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251"])
@pytest.mark.parametrize("before", [0, 65_530, 65_536, 70_000])
def test_the_encoding_is_told_by_the_first_letter_beyond_ascii(encoding: str, before: int) -> None:
    begin = "offerId\n"
    text = begin + "x" * (before - len(begin)) + "Рё Чайник\n"
    Path("a.csv").write_bytes(text.encode(encoding))
    assert rows_of("a.csv")[0].cells["offerId"] == text.splitlines()[1]


def test_what_csv_for_excel_puts_before_text_is_taken_off_again() -> None:
    for value, sku in (('"=""007"""', "007"), ("'=1+1", "=1+1"), ("'A", "'A"), ('"=""A"""', '="A"'), ("=1", "=1")):
        Path("a.csv").write_text(f"offerId;price\n{value};5\n", encoding="utf-8")
        assert rows_of("a.csv") == [Row(2, {"offerId": sku, "price": "5"})]


def test_a_title_above_the_header_of_a_workbook_is_told_in_words_of_workbooks() -> None:
    workbook("a.xlsx", [["Price list"], ["SKU", "price"], ["A", 5]])
    with pytest.raises(Failure) as caught:
        rows_of("a.xlsx")
    assert str(caught.value) == (
        "a.xlsx, row 2: has 2 cells, and the first row names 1 column; the first row must hold the names of the columns"
    )


@pytest.mark.parametrize("number", [100200300400500601, 12345678901234567, 10**15])
def test_a_number_that_a_workbook_cuts_is_no_sku(number: int) -> None:
    workbook("a.xlsx", [["SKU", "seen"], ["A", 5], [number, number]])
    with pytest.raises(Failure) as caught:
        read_skus("a.xlsx")
    assert str(caught.value).startswith("a.xlsx, row 3: SKU: a number of more than 15 digits loses some; format")
    workbook("a.xlsx", [["SKU", "seen"], [10**15 - 1, number]])
    assert read_skus("a.xlsx") == {"999999999999999": 2}


def test_columns_without_a_name_are_left_out_and_what_is_missing_too() -> None:
    Path("a.tsv").write_text("offerId\t\tprice\t\nA\tx\t5\t\nB\n", encoding="utf-8")
    assert rows_of("a.tsv") == [Row(2, {"offerId": "A", "price": "5"}), Row(3, {"offerId": "B"})]


def test_json_lines_hold_objects_whose_fields_are_led_to_by_dots() -> None:
    Path("a.jsonl").write_text('{"offer": {"offerId": "A"}, "price": 1.10}\n\n{"offer.offerId": "B"}\n')
    first, second = rows_of("a.jsonl")
    assert (first.line, second.line) == (1, 3)
    assert [cell(row, "offer.offerId") for row in (first, second)] == ["A", "B"]
    assert first.cells["price"] == Decimal("1.10")
    assert cell(first, "price.value") is None
    assert cell(first, "offer.name") is None


def test_a_workbook_gives_its_first_sheet_with_the_numbers_of_its_rows() -> None:
    workbook("a.xlsx", [["offerId", "price", "old"], ["007", 1490, 0.1], [None, None, None], ["B", "5", None]], first=2)
    assert rows_of("a.xlsx") == [
        Row(4, {"offerId": "007", "price": 1490, "old": Decimal("0.1")}),
        Row(6, {"offerId": "B", "price": "5", "old": None}),
    ]


def test_parquet_gives_values_as_they_are() -> None:
    parquet.write_table(pa.table({"offerId": ["A", "B"], "count": [1, None]}), "a.parquet")
    assert rows_of("a.parquet") == [Row(1, {"offerId": "A", "count": 1}), Row(2, {"offerId": "B", "count": None})]


@pytest.mark.parametrize("made", ["csv", "jsonl", "xlsx", "parquet"])
def test_a_name_without_an_ending_is_read_as_what_its_content_is(made: str) -> None:
    if made == "csv":
        Path("a").write_text("offerId\nA\n")
    elif made == "jsonl":
        Path("a").write_text('\ufeff {"offerId": "A"}\n', encoding="utf-8")
    elif made == "xlsx":
        workbook("a.xlsx", [["offerId"], ["A"]])
        Path("a.xlsx").rename("a")
    else:
        parquet.write_table(pa.table({"offerId": ["A"]}), "a")
    with read_table("a") as table:
        assert (table.format, [row.cells["offerId"] for row in table.rows]) == (made, ["A"])


def test_a_row_is_named_by_its_line_or_its_number() -> None:
    Path("a.csv").write_text("offerId\nA\n")
    workbook("a.xlsx", [["offerId"], ["A"]])
    places = []
    for name in ("a.csv", "a.xlsx"):
        with read_table(name) as table:
            places += [table.place(row) for row in table.rows]
    assert places == ["a.csv, line 2", "a.xlsx, row 2"]


@pytest.mark.parametrize("ending", ["csv", "tsv", "jsonl", "xlsx"])
def test_a_table_without_rows_is_one(ending: str) -> None:
    Path(f"a.{ending}").write_bytes(b"")
    if ending == "xlsx":
        workbook("a.xlsx", [])
    assert rows_of(f"a.{ending}") == []


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", b"offerId,price\nA,5,x\n", "a.csv, line 2: has 3 cells, and the first row names 2 columns"),
        ("a.csv", b"offerId,price,price\n", "a.csv: two columns are called 'price'; rename one"),
        ("a.csv", b'offerId\n"A\n', "FILE a.csv: is no table that can be read"),
        ("a.csv", "offerId\nЧайник\n".encode() + b"x" * 70_000 + b"\xff\n", "is neither UTF-8 nor Windows-1251"),
        ("a.csv", b"Prices\nofferId;price\n", "the first row names 1 column; the first row must hold the names of the"),
        ("a.jsonl", b'{"a": 1}\n{"a"\n', "a.jsonl, line 2: is no JSON"),
        ("a.jsonl", b"[1]\n", "a.jsonl, line 1: must be an object"),
        ("a.xlsx", b"PK\3\4 and no more", "a.xlsx is no ZIP archive, or a broken one"),
        ("a.xlsx", b"no more", "a.xlsx is no workbook, or a broken one"),
        ("a.jsonl", b'{"a": 1e99999999999999999999}', "a.jsonl, line 1: is no JSON"),
        ("a.jsonl", b'{"a":' + b"[" * 100_000, "a.jsonl, line 1: is no JSON"),
        ("a.parquet", b"PAR1 and no more PAR1", "a.parquet: is no Parquet file, or a broken one"),
    ],
)
def test_what_is_no_table_is_told_with_its_place(name: str, content: bytes, told: str) -> None:
    Path(name).write_bytes(content)
    with pytest.raises(Failure) as caught:
        rows_of(name)
    assert told in str(caught.value)
    assert caught.value.status == 2


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ('<row r="1"><c r="A1"><v>1</v></row>', "a.xlsx: 'xl/worksheets/sheet1.xml' can't be read (mismatched tag"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="XFD10000"><v>1</v></c></row>', "goes to row 10,000 and column 16,384"),
    ],
)
def test_a_sheet_that_cant_be_read_is_told(cells: str, told: str) -> None:
    workbook("made.xlsx", [["A"]])
    with zipfile.ZipFile("made.xlsx") as made, zipfile.ZipFile("a.xlsx", "w") as broken:
        for member in made.infolist():
            content = made.read(member).decode()
            broken.writestr(member, re.sub("<row.*</row>", cells, content))
    with pytest.raises(Failure) as caught:
        rows_of("a.xlsx")
    assert told in str(caught.value)


def test_a_file_that_is_not_there_is_told_with_its_option() -> None:
    with pytest.raises(Failure, match=r"--offer-ids-from no\.csv: No such file or directory"):
        rows_of("no.csv", option="--offer-ids-from")


def test_an_error_of_what_is_done_with_the_rows_is_not_taken_for_one_of_the_table() -> None:
    Path("a.csv").write_text("offerId\nA\n")

    def read() -> None:
        with read_table("a.csv"):
            raise OSError(28, "No space left on device", "report.csv")

    with pytest.raises(OSError, match=r"report\.csv"):
        read()


@pytest.mark.parametrize(("ending", "module"), [("xlsx", "python_calamine"), ("parquet", "pyarrow")])
def test_what_reads_a_format_is_named_where_it_is_missing(
    ending: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    Path(f"a.{ending}").write_bytes(b"x")
    with pytest.raises(Failure, match=f"is needed: pip install .*{ending}"):
        rows_of(f"a.{ending}")


def test_standard_input_that_is_closed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(Failure, match="standard input is closed"):
        rows_of("-")


def test_standard_input_is_read(tmp_path: Path) -> None:
    import subprocess  # noqa: PLC0415

    program = "from yamarket_async.cli.inputs import read_table\nwith read_table('-') as t: print(t.name, list(t.rows))"
    told = subprocess.run([sys.executable, "-c", program], input=b"offerId;n\nA;1\n", capture_output=True, check=True)
    assert told.stdout.decode() == "standard input [Row(line=2, cells={'offerId': 'A', 'n': '1'})]\n"


def test_a_letter_cut_at_the_end_of_what_is_guessed_from_is_no_windows_1251() -> None:
    from yamarket_async.cli.inputs import encoding_of  # noqa: PLC0415

    assert encoding_of("Чайник".encode()[:-1], goes_on=True) == "utf-8-sig"
    assert encoding_of("100 р".encode("cp1251"), goes_on=False) == "cp1251"
    assert encoding_of("Чайник".encode("cp1251"), goes_on=True) == "cp1251"


@pytest.mark.parametrize(
    ("content", "row"),
    [
        ("sku\tЦена, руб.\nA\t12,5\n".encode(), {"sku": "A", "Цена, руб.": "12,5"}),
        ("sku;price\nA;100 р".encode("cp1251"), {"sku": "A", "price": "100 р"}),
        ("sku;name\nA;яю\n".encode("cp1251"), {"sku": "A", "name": "яю"}),
    ],
)
def test_what_tells_delimiter_and_encoding(content: bytes, row: dict[str, str]) -> None:
    Path("a.csv").write_bytes(content)
    assert [each.cells for each in rows_of("a.csv")] == [row]

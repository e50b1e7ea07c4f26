"""Exports for people with a spreadsheet: XLSX, CSV that Russian Excel opens, and files of SKUs that come back."""

import csv
import io
import json
import sys
import types
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from yamarket_async.cli import formats, xlsx
from yamarket_async.cli.columns import columns_of
from yamarket_async.cli.exports import Export
from yamarket_async.cli.formats import Csv
from yamarket_async.cli.lookup import find, lists
from yamarket_async.cli.matching import Matches
from yamarket_async.cli.running import Failure
from yamarket_async.cli.sku_files import read_skus
from yamarket_async.cli.xlsx import Xlsx
from yamarket_async.models.base import Model
from yamarket_async.sandbox import Sandbox

Here = Callable[..., Any]


class Inner(Model, kw_only=True, frozen=True):
    """A struct within another."""

    value: Decimal | None = None


class Thing(Model, kw_only=True, frozen=True):
    """A struct with a field of each kind."""

    sku: str
    number: int | None = None
    price: Inner | None = None
    on: bool | None = None
    day: date | None = None
    at: datetime | None = None
    tags: list[str] | None = None


THING = Thing(
    sku="007",
    number=5,
    price=Inner(value=Decimal("1490.50")),
    on=True,
    day=date(2026, 1, 31),
    at=datetime(2026, 1, 31, 21, 30, 5, tzinfo=UTC),
    tags=["a", "б"],
)


def sheet_of(things: Sequence[Any], kind: Any = Thing) -> Any:
    book = Xlsx(kind, Path("a.xlsx"), "things")
    book.write(things)
    book.close()
    return openpyxl.load_workbook("a.xlsx").active


def test_a_workbook_holds_text_numbers_and_moments_of_moscow() -> None:
    sheet = sheet_of([THING])
    names, cells = list(sheet.iter_rows(values_only=True))
    assert names == ("sku", "number", "price.value", "on", "day", "at", "tags")
    assert cells == (
        "007",
        5,
        1490.5,
        True,
        datetime(2026, 1, 31),  # noqa: DTZ001 — Excel knows no zones
        datetime(2026, 2, 1, 0, 30, 5),  # noqa: DTZ001
        '["a","б"]',
    )
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:G2"


def test_a_workbook_keeps_every_digit_of_a_long_number() -> None:
    sheet = sheet_of([Thing(sku="A", number=12345678901234567)])
    assert sheet["B2"].value == "12345678901234567"


def test_a_formula_in_a_name_stays_text() -> None:
    sheet = sheet_of([Thing(sku="=1+1")])
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")


def test_a_cell_too_long_for_excel_is_cut_and_counted() -> None:
    book = Xlsx(Thing, Path("a.xlsx"), "things")
    book.write([Thing(sku="x" * 40_000)])
    book.close()
    assert book.shortened == 1
    assert len(openpyxl.load_workbook("a.xlsx").active["A2"].value) == 32_767


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    book = Xlsx(Thing, Path("a.xlsx"), "things")
    with pytest.raises(Failure, match="a sheet of XLSX holds 2 rows, and here are more"):
        book.write([THING] * 3)
    book.discard()
    assert list(Path().iterdir()) == []


def test_an_export_to_xlsx_goes_on_after_a_failure(here: Here, sandbox: Sandbox) -> None:
    sandbox.faults.delay_seconds = 0.0
    sandbox.faults.next("delay", times=2)
    sandbox.faults.next("redirect")
    command = ("export", "campaign-offers", "-o", "offers.xlsx", "--quiet")
    assert here(sandbox, *command).status == 1
    assert here(sandbox, *command, "--resume") == (0, b"", "")
    sheet = openpyxl.load_workbook("offers.xlsx", read_only=True).active
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == sandbox.offer_ids()
    assert [path.name for path in Path().iterdir()] == ["offers.xlsx"]


def test_a_workbook_goes_through_a_pipe(here: Here, sandbox: Sandbox) -> None:
    ended = here(sandbox, "export", "hidden-offers", "--format", "xlsx", "--quiet")
    sheet = openpyxl.load_workbook(io.BytesIO(ended.out)).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == sandbox.hidden_offer_ids()


def test_cells_that_were_cut_are_told(here: Here, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "LONGEST_CELL", 60)
    for arguments in (("-o", "offers.xlsx"), ("--format", "xlsx")):
        ended = here(sandbox, "export", "campaign-offers", *arguments)
        assert "cells too long for Excel, cut short with …; CSV and JSONL hold all of it\n" in ended.err


def test_csv_for_excel_has_a_mark_semicolons_decimal_commas_and_moscow_time() -> None:
    written = Csv(Thing, excel=True)
    text = (written.header() + written.encode([THING])).decode()
    names, cells = text.removeprefix("\ufeff").splitlines()
    assert text.startswith("\ufeff")
    assert names == "sku;number;price.value;on;day;at;tags"
    assert cells == '"=""007""";5;1490,50;true;31.01.2026;01.02.2026 00:30:05;"[""a"",""б""]"'


@pytest.mark.parametrize(
    ("sku", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+7", "'+7"),
        ("@a", "'@a"),
        ("A-1", "A-1"),
        ("0", "0"),
        ("1234567890123456", '="1234567890123456"'),
    ],
)
def test_csv_for_excel_keeps_it_from_running_and_rounding_text(sku: str, cell: str) -> None:
    (row,) = csv.reader(io.StringIO(Csv(Thing, excel=True).encode([Thing(sku=sku)]).decode()), delimiter=";")
    assert row[0] == cell


def test_csv_for_excel_keeps_every_digit_of_a_long_number() -> None:
    row = Csv(Thing, excel=True).encode([Thing(sku="A", number=10**16)]).decode()
    assert row.startswith('A;"=""10000000000000000"""')


def test_csv_for_excel_is_csv_and_nothing_else(here: Here, sandbox: Sandbox) -> None:
    ended = here(sandbox, "export", "hidden-offers", "--csv-for", "excel", "-o", "a.jsonl")
    assert (ended.status, "--csv-for excel writes CSV, and not jsonl" in ended.err) == (2, True)
    ended = here(sandbox, "export", "hidden-offers", "--csv-for", "excel", "--quiet")
    assert ended.out.startswith("\ufeffofferId\r\n".encode())


@pytest.mark.parametrize(
    ("ending", "more"),
    [("csv", ()), ("csv", ("--csv-for", "excel")), ("tsv", ()), ("jsonl", ()), ("xlsx", ()), ("parquet", ())],
)
def test_an_export_is_read_back_as_a_list_of_skus(
    ending: str, more: tuple[str, ...], here: Here, sandbox: Sandbox
) -> None:
    here(sandbox, "export", "hidden-offers", "-o", f"skus.{ending}", *more)
    ended = here(sandbox, "export", "campaign-offers", "--offer-ids-from", f"skus.{ending}")
    assert [json.loads(line)["offerId"] for line in ended.lines] == sandbox.hidden_offer_ids()
    assert "match nothing" not in ended.err


def test_an_id_is_a_sku_where_no_better_column_is_there(here: Here, sandbox: Sandbox) -> None:
    first, second = sandbox.offer_ids()[:2]
    for header, row, found in (
        ("id,price.value", f"{first},5", first),
        ("id,sku", f"{first},{second}", second),
        ("category.id,id", f"{second},{first}", first),
    ):
        Path("a.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
        ended = here(sandbox, "export", "campaign-offers", "--offer-ids-from", "a.csv")
        assert [json.loads(line)["offerId"] for line in ended.lines] == [found]
    Path("a.csv").write_text(f"category.id,name\n{first},A\n", encoding="utf-8")
    assert here(sandbox, "export", "campaign-offers", "--offer-ids-from", "a.csv").status == 2


def test_a_column_is_named_where_it_cannot_be_told(here: Here, sandbox: Sandbox) -> None:
    sku = sandbox.offer_ids()[0]
    Path("a.csv").write_text(f"Товар;Код\nЧайник;{sku}\n", encoding="cp1251")
    ended = here(sandbox, "export", "campaign-offers", "--offer-ids-from", "a.csv")
    assert ended.status == 2
    assert (
        "has no column 'offerId', but 'Товар', 'Код'; name the one that holds them with --offer-ids-column" in ended.err
    )
    ended = here(sandbox, "export", "campaign-offers", "--offer-ids-from", "a.csv", "--offer-ids-column", "Код")
    assert [json.loads(line)["offerId"] for line in ended.lines] == [sku]


def test_a_column_that_is_not_there_is_told(here: Here, sandbox: Sandbox) -> None:
    Path("a.csv").write_text("sku\nA\n")
    ended = here(sandbox, "export", "campaign-offers", "--offer-ids-from", "a.csv", "--offer-ids-column", "Код")
    assert "has no column 'Код', but 'sku'" in ended.err
    ended = here(sandbox, "export", "campaign-offers", "--offer-ids-column", "Код")
    assert "--offer-ids-column needs --offer-ids-from" in ended.err


def test_skus_within_objects_of_json_lines_are_found(here: Here, sandbox: Sandbox) -> None:
    sku = sandbox.offer_ids()[3]
    Path("a.jsonl").write_text(json.dumps({"offer": {"offerId": sku, "name": "x"}, "mapping": {}}))
    ended = here(sandbox, "export", "campaign-offers", "--offer-ids-from", "a.jsonl")
    assert [json.loads(line)["offerId"] for line in ended.lines] == [sku]


def test_lines_that_match_nothing_are_told(here: Here, sandbox: Sandbox) -> None:
    Path("a.csv").write_text(f'sku\n"no, such"\n{sandbox.offer_ids()[0]}\nnone\n', encoding="utf-8")
    ended = here(sandbox, "export", "campaign-offers", "--offer-ids-from", "a.csv")
    assert "2 of those asked for match nothing: 'no, such' (line 2), 'none' (line 4)\n" in ended.err


def test_of_many_that_match_nothing_the_first_are_told(here: Here, sandbox: Sandbox) -> None:
    ended = here(sandbox, "export", "campaign-offers", "--offer-ids", ",".join(f"no{n}" for n in range(12)))
    assert ended.err.startswith("12 of those asked for match nothing: 'no0', 'no1', ")
    assert "'no9' and 2 more\n" in ended.err


def test_ids_of_orders_come_from_a_file_too(here: Here, sandbox: Sandbox) -> None:
    Path("a.csv").write_text("orderId\n1\n2\n")
    ended = here(sandbox, "export", "orders", "--order-ids-from", "a.csv", "--quiet")
    assert ended.status == 0
    assert sandbox.requests[-1].query["orderIds"] == ["1,2"] or sandbox.requests[-1].query["orderIds"] == ["1", "2"]
    Path("a.csv").write_text("orderId\nA\n")
    ended = here(sandbox, "export", "orders", "--order-ids-from", "a.csv")
    assert "--order-ids-from a.csv: 'A': must be a whole number" in ended.err
    Path("a.csv").write_text("orderId\n")
    assert "a.csv: holds no order_id" in here(sandbox, "export", "orders", "--order-ids-from", "a.csv").err


def test_a_table_without_an_ending_is_told_by_its_header() -> None:
    Path("skus").write_text('name,sku\n"Чайник, белый","A,1"\nx,B\n', encoding="utf-8")
    assert read_skus("skus") == {"A,1": 2, "B": 3}
    Path("skus").write_text('name,A,1\n"x\n', encoding="utf-8")  # whatever stands in them are SKUs
    assert read_skus("skus") == {"name,A,1": 1, '"x': 2}


def test_the_ids_that_a_list_needs_come_from_an_option_or_a_file(here: Here, sandbox: Sandbox) -> None:
    ended = here(sandbox, "export", "goods-stats")
    assert (ended.status, "Missing option --shop-skus or --shop-skus-from" in ended.err) == (2, True)


def test_an_item_without_an_id_matches_nothing() -> None:
    export = Export(find("getGoodsQuestions"))
    matches = Matches.of(export, ("question_ids", [5, 6]), {}, 0)
    five = types.SimpleNamespace(question_identifiers=types.SimpleNamespace(id=5))
    matches.note([types.SimpleNamespace(question_identifiers=None), five])
    assert matches.told() == "1 of those asked for matches nothing: '6'"


def test_a_group_without_anything_in_it_is_a_match() -> None:
    export = Export(lists()["quality-ratings"])
    matches = Matches.of(export, ("campaign_ids", [21000000, 5]), {}, 0)
    group = types.SimpleNamespace(campaign_id=21000000, ratings=[])
    matches.note((group, *export.rows.of([group])))
    assert matches.told() == "1 of those asked for matches nothing: '5'"


def test_ids_are_given_once(here: Here, sandbox: Sandbox) -> None:
    Path("a.txt").write_text("A")
    ended = here(sandbox, "export", "campaign-offers", "--offer-ids-from", "a.txt", "--offer-ids", "B")
    assert "--offer-ids and --offer-ids-from exclude each other" in ended.err


def test_what_writes_a_format_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(Failure, match="XLSX needs xlsxwriter: pip install"):
        formats.need("xlsx")


class Node(Model, kw_only=True, frozen=True):
    """A struct that holds itself."""

    name: str
    child: "Node | None" = None


def test_a_struct_that_holds_itself_is_json_where_it_comes_again() -> None:
    assert [(column.name, column.kind) for column in columns_of(Node)] == [("name", "text"), ("child", "json")]


def test_a_list_of_plain_values_has_one_column() -> None:
    assert [(column.name, column.kind) for column in columns_of(str)] == [("value", "text")]

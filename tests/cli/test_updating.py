"""`yamarket update`: a price list is brought to the Market, and each of its lines is accounted for."""

import csv
import json
import os
import resource
import signal
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest

from yamarket_async.cli.update_sending import judged
from yamarket_async.sandbox import Sandbox

Here = Callable[..., Any]

UPDATE = ("update", "prices", "prices.csv")


def give(text: str, name: str = "prices.csv", encoding: str = "utf-8") -> None:
    Path(name).write_text(text, encoding=encoding)


def counted(lines: list[str]) -> dict[str, int]:
    assert lines[0] == "outcome\tproducts"
    return {outcome: int(count) for outcome, count in (line.split("\t") for line in lines[1:])}


def reported(name: str = "prices.csv.report.csv") -> list[dict[str, str]]:
    with Path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_prices_of_russian_excel_arrive(here: Here, sandbox: Sandbox) -> None:
    first, second = sandbox.offer_ids()[:2]
    give(f"Артикул;Цена;Старая цена;Заметка\r\n{first};1 234,50;2 000;a\r\n{second};99;;b\r\n", encoding="utf-8-sig")
    ended = here(sandbox, *UPDATE, "--yes", "--quiet")
    assert ended.status == 0, ended.err
    assert counted(ended.lines)["accepted"] == 2
    assert "columns that are left aside: Заметка" in ended.err
    assert [(row["line"], row["sku"], row["outcome"]) for row in reported()] == [
        ("2", first, "accepted"),
        ("3", second, "accepted"),
    ]
    dry = here(sandbox, *UPDATE, "--dry-run", "--quiet")
    assert dry.lines == ["line\tsku\tfield\tnow\tin the file"]
    assert "0 products would change, 2 as they are" in dry.err


def test_all_faults_are_told_with_their_lines_and_nothing_is_sent(here: Here, sandbox: Sandbox) -> None:
    give("sku,price\nA,1.5e3\nB,-1\nC,5\nC,6\nD,\n,7\n")
    ended = here(sandbox, *UPDATE, "--yes")
    assert ended.status == 2
    for line in (2, 3, 5, 7):
        assert f"prices.csv, line {line}: " in ended.err
    assert "1 line is left out, with nothing to send beside the SKU; the first is 6" in ended.err
    assert "4 lines can't be sent; nothing was sent" in ended.err
    assert not sandbox.requests


def price_list(sandbox: Sandbox, count: int) -> list[str]:
    skus = sandbox.offer_ids()[:count]
    give("sku,price\n" + "".join(f"{sku},{100 + number}\n" for number, sku in enumerate(skus)))
    return skus


def test_a_dry_run_shows_what_the_market_has_and_what_the_file_has(here: Here, sandbox: Sandbox) -> None:
    first, second = price_list(sandbox, 2)
    here(sandbox, *UPDATE, "--yes")
    sent = len(sandbox.requests)
    give(f"sku,price\n{first},100\n{second},555\nunknown,7\n")
    dry = here(sandbox, *UPDATE, "--dry-run")
    assert dry.status == 0
    rows = [line.split("\t") for line in dry.lines[1:]]
    assert [row[:3] + row[4:] for row in rows if row[2] == "price.value"] == [
        ["3", second, "price.value", "555"],
        ["4", "unknown", "price.value", "7"],
    ]
    assert Decimal(rows[0][3]) == 101
    assert "1 product would change, 1 as they are, 1 without a present value at the Market" in dry.err
    assert sandbox.counts["updatePrices", 200] == 1
    assert len(sandbox.requests) > sent


def test_nobody_to_ask_is_wrong_usage_and_nothing_is_sent(here: Here, sandbox: Sandbox) -> None:
    price_list(sandbox, 2)
    ended = here(sandbox, *UPDATE)
    assert ended.status == 2
    assert "Set prices in a store: 2 products from prices.csv (campaign-id" in ended.err
    assert "--yes does it without asking" in ended.err
    assert not sandbox.requests
    assert {path.name for path in Path().iterdir()} == {"prices.csv"}


def test_it_asks_on_a_terminal(terminal: Any, sandbox: Sandbox) -> None:
    price_list(sandbox, 2)
    for key, status in (("n", 1), ("y", 0)):
        assert not sandbox.requests
        screen = terminal(sandbox, *UPDATE)
        screen.until("Do it? [y/N]: ")
        screen.type(f"{key}\n")
        assert screen.status() == status
        assert ("nothing was done" if status else "the report is in prices.csv.report.csv") in screen.shown


def test_a_report_that_is_there_is_overwritten_only_by_force(here: Here, sandbox: Sandbox) -> None:
    price_list(sandbox, 2)
    assert here(sandbox, *UPDATE, "--yes").status == 0
    again = here(sandbox, *UPDATE, "--yes")
    assert (again.status, sandbox.counts["updatePrices", 200]) == (2, 1)
    assert "--force overwrites it" in again.err
    assert here(sandbox, *UPDATE, "--yes", "--force").status == 0


def test_a_bad_key_leaves_everything_refused_and_sendable_again(here: Here, sandbox: Sandbox) -> None:
    price_list(sandbox, 3)
    Path("key").write_text("ACMA:wrong:key", encoding="utf-8")
    ended = here(sandbox, *UPDATE, "--yes", "--api-key-file", "key")
    assert ended.status == 1
    assert "3 were refused" in ended.err
    assert counted(ended.lines)["refused"] == 3
    assert {row["outcome"] for row in reported()} == {"refused"}
    assert "401" in reported()[0]["reasons"]
    again = here(sandbox, *UPDATE, "--yes")
    assert again.status == 0
    assert {row["outcome"] for row in reported()} == {"accepted"}
    assert not Path("prices.csv.report.csv.part").exists()


def test_what_the_market_rejects_is_told_line_by_line(here: Here, sandbox: Sandbox) -> None:
    first = sandbox.offer_ids()[0]
    give(f"sku,old_price,promo_price\n{first},100,80\nunknown sku,100,80\n", "promo.csv")
    ended = here(sandbox, "update", "promo", "promo.csv", "--yes", "--report", "report.jsonl")
    rows = [json.loads(line) for line in Path("report.jsonl").read_text(encoding="utf-8").splitlines()]
    assert ended.status == 3
    assert [(row["line"], row["sku"]) for row in rows] == [(2, first), (3, "unknown sku")]
    assert rows[1]["outcome"] == "rejected"
    assert rows[1]["reasons"] == "OFFER_DOES_NOT_EXIST"
    assert counted(ended.lines)["rejected"] >= 1


IN_TWO_CALLS = ("update", "hidden", "hidden.csv", "--yes")
"""The second call begins when the first is done, so that it is sure which products are noted first."""


@pytest.fixture
def half_way(serve: Callable[..., Sandbox]) -> Sandbox:
    """A Market that hides the first ten products of a file, and has no room in its limit for showing the other ten."""
    sandbox = serve(offers=20, limits={"deleteHiddenOffers": 10})
    sandbox.consume("deleteHiddenOffers", 10)
    rows = [f"{sku},{'yes' if i < 10 else 'no'}\n" for i, sku in enumerate(sandbox.offer_ids())]
    give("sku,hidden\n" + "".join(rows), "hidden.csv")
    return sandbox


def interrupted(sandbox: Sandbox, start: Any, number: int) -> Any:
    """Start a run that stops half-way, and end it with a signal once the first half is noted."""
    process = start(sandbox, *IN_TWO_CALLS)
    journal = Path("hidden.csv.report.csv.part")
    while not journal.exists() or journal.read_bytes().count(b"\n") < 11:
        assert process.poll() is None
        time.sleep(0.02)  # the Market answers in another thread of this process
    process.send_signal(number)
    return process


def test_a_run_that_was_killed_is_gone_on_with(
    here: Here, start: Any, ended: Any, half_way: Sandbox, serve: Callable[..., Sandbox]
) -> None:
    assert ended(interrupted(half_way, start, signal.SIGKILL)).status == -signal.SIGKILL
    assert not Path("hidden.csv.report.csv").exists()
    with Path("hidden.csv.report.csv.part").open("ab") as journal:
        journal.write(b'["cut o')  # as a kill in the middle of a write leaves it
    other = serve(offers=20)
    moved = here(other, *IN_TWO_CALLS, "--campaign-id", other.campaign_id + 1)
    assert (moved.status, "has another target" in moved.err) == (2, True)
    again = here(other, *IN_TWO_CALLS)
    assert again.status == 0, again.err
    assert "going on with an interrupted run: 10 products are done, 10 are left" in again.err
    assert (other.counts["addHiddenOffers"], other.counts["deleteHiddenOffers", 200]) == (0, 1)
    rows = reported("hidden.csv.report.csv")
    assert [(row["sku"], row["outcome"]) for row in rows] == [(sku, "accepted") for sku in half_way.offer_ids()]


def test_ctrl_c_tells_what_was_done(start: Any, ended: Any, half_way: Sandbox) -> None:
    end = ended(interrupted(half_way, start, signal.SIGINT))
    assert end.status == 130
    assert end.err.endswith("yamarket: interrupted; 10 products were not sent\n")
    assert counted(end.lines)["accepted"] == 10
    assert [row["outcome"] for row in reported("hidden.csv.report.csv")] == ["accepted"] * 10 + ["pending"] * 10


@pytest.mark.parametrize("in_background", [False, True])
def test_sigterm_ends_it_in_good_order(start: Any, ended: Any, half_way: Sandbox, in_background: bool) -> None:
    # The background jobs of a script ignore Ctrl-C, which they inherit.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN if in_background else signal.default_int_handler)
    try:
        process = interrupted(half_way, start, signal.SIGTERM)
    finally:
        signal.signal(signal.SIGINT, before)
    end = ended(process)
    assert end.status == 128 + signal.SIGTERM
    assert [row["outcome"] for row in reported("hidden.csv.report.csv")] == ["accepted"] * 10 + ["pending"] * 10


def test_a_full_disk_stops_the_sending(here: Here, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    price_list(sandbox, 10)
    fsync, calls = os.fsync, []

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) > 1:
            raise OSError(28, "No space left on device")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    ended = here(sandbox, *UPDATE, "--yes")
    assert ended.status in {1, 3}
    assert "No space left on device" in ended.err
    assert not Path("prices.csv.report.csv").exists()
    monkeypatch.setattr(os, "fsync", fsync)
    assert here(sandbox, *UPDATE, "--yes").status == 0
    assert {row["outcome"] for row in reported()} == {"accepted"}


def test_another_file_is_not_taken_for_the_interrupted_one(here: Here, sandbox: Sandbox) -> None:
    price_list(sandbox, 3)
    sandbox.locked.add(sandbox.campaign_id)
    here(sandbox, *UPDATE, "--yes")
    sandbox.locked.clear()
    price_list(sandbox, 2)
    refused = here(sandbox, *UPDATE, "--yes")
    assert refused.status == 2
    assert "--restart begins anew" in refused.err
    assert here(sandbox, *UPDATE, "--yes", "--restart", "--force").status == 0


@pytest.mark.parametrize(
    ("kind", "text", "field"),
    [
        ("business-prices", "offerId,price.value\n{sku},77\n", "price.value"),
        ("stocks", "sku\tcount\n{sku}\t41\n", "count"),
        ("hidden", "sku,hidden\n{sku},да\n", "hidden"),
        ("bids", "sku,bid\n{sku},321\n", "bid"),
        ("cards", "sku,name\n{sku},Another name\n", "offer.name"),
    ],
)
def test_each_kind_arrives_and_is_the_same_then(here: Here, sandbox: Sandbox, kind: str, text: str, field: str) -> None:
    name = "list.tsv" if "\t" in text else "list.csv"
    warehouse = set(sandbox.warehouse_offer_ids())
    give(text.format(sku=next(sku for sku in sandbox.offer_ids() if sku not in warehouse)), name)
    before = here(sandbox, "update", kind, name, "--dry-run")
    changed = [line.split("\t")[2] for line in before.lines[1:] if not line.endswith("(deleted)")]
    assert changed == [field], before.err
    ended = here(sandbox, "update", kind, name, "--yes")
    assert ended.status == 0, ended.err + ended.out.decode()
    after = here(sandbox, "update", kind, name, "--dry-run")
    assert after.lines[1:] == []


def test_a_product_is_shown_again_where_hidden_says_no(here: Here, sandbox: Sandbox) -> None:
    first, second = sandbox.offer_ids()[:2]
    give(f"sku,hidden\n{first},yes\n{second},no\n", "hidden.csv")
    assert here(sandbox, "update", "hidden", "hidden.csv", "--yes").status == 0
    assert sandbox.counts["addHiddenOffers", 200] == sandbox.counts["deleteHiddenOffers", 200] == 1


def test_a_price_list_of_a_workbook_arrives(here: Here, sandbox: Sandbox) -> None:
    sku = sandbox.offer_ids()[0]
    book = openpyxl.Workbook()
    for row in (("SKU", "Price", "Old price"), (sku, 1234.5, 2000), (None, None, None), ("00017", "1 500,00", None)):
        book.active.append(row)
    book.save("prices.xlsx")
    ended = here(sandbox, "update", "prices", "prices.xlsx", "--yes")
    assert ended.status == 0, ended.err
    assert [(row["line"], row["sku"]) for row in reported("prices.xlsx.report.csv")] == [("2", sku), ("4", "00017")]


def test_an_export_is_read_back_as_it_is(here: Here, sandbox: Sandbox) -> None:
    price_list(sandbox, 5)
    here(sandbox, *UPDATE, "--yes")
    here(sandbox, "export", "prices-by-offer-ids", "--offer-ids-from", "prices.csv", "--output", "now.csv")
    dry = here(sandbox, "update", "prices", "now.csv", "--dry-run")
    assert "0 products would change, 5 as they are" in dry.err


def test_standard_input_is_read_and_its_report_has_a_name(here: Here, process: Any, sandbox: Sandbox) -> None:
    given = f"sku,price\n{sandbox.offer_ids()[0]},5\n".encode()
    refused = here(sandbox, "update", "prices", "-", given=given)
    assert (refused.status, "nobody is there to be asked" in refused.err) == (2, True)
    assert process(sandbox, "update", "prices", "-", "--yes", given=given).status == 0
    assert reported("update-prices.report.csv")[0]["outcome"] == "accepted"


def test_promo_prices_are_compared_with_those_in_the_promo(here: Here, sandbox: Sandbox) -> None:
    give("sku,old_price,promo_price\nunknown,100,80\n", "promo.csv")
    dry = here(sandbox, "update", "promo", "promo.csv", "--dry-run")
    assert dry.status == 0, dry.err
    assert dry.lines[1:] == [
        "2\tunknown\tparams.discountParams.price\t\t100",
        "2\tunknown\tparams.discountParams.promoPrice\t\t80",
    ]
    here(sandbox, "export", "promo-offers", "--output", "promo.jsonl", "--force")
    rows = [json.loads(line) for line in Path("promo.jsonl").read_text(encoding="utf-8").splitlines()]
    within = next(row["offerId"] for row in rows if row["status"] != "NOT_PARTICIPATING")
    give(f"sku,old_price,promo_price\n{within},100,80\n", "promo.csv")
    assert "1 product would change" in here(sandbox, "update", "promo", "promo.csv", "--dry-run").err


def test_a_terminal_shows_the_first_differences(terminal: Any, sandbox: Sandbox) -> None:
    price_list(sandbox, 60)
    screen = terminal(sandbox, *UPDATE, "--dry-run")
    assert screen.status() == 0
    assert "more differences; redirect the output to see all" in screen.shown


def test_a_report_replaces_no_named_pipe(here: Here, sandbox: Sandbox) -> None:
    price_list(sandbox, 2)
    os.mkfifo("pipe")
    ended = here(sandbox, *UPDATE, "--yes", "--report", "pipe")
    assert (ended.status, "is no file" in ended.err) == (2, True)
    assert not sandbox.requests


@pytest.mark.parametrize("left", [b"", b"sku,price\nA,1\n"])
def test_what_is_no_journal_is_not_taken_for_one(here: Here, sandbox: Sandbox, left: bytes) -> None:
    price_list(sandbox, 2)
    Path("prices.csv.report.csv.part").write_bytes(left)
    ended = here(sandbox, *UPDATE, "--yes")
    assert ended.status == (2 if left else 0)
    assert ("is no journal of an update" in ended.err) is bool(left)


@pytest.mark.parametrize("fails", [False, True])
def test_the_report_is_there_when_nobody_reads_the_table(start: Any, ended: Any, sandbox: Sandbox, fails: bool) -> None:
    price_list(sandbox, 2)
    if fails:
        sandbox.locked.add(sandbox.campaign_id)
    process = start(sandbox, *UPDATE, "--yes")
    process.stdout.close()
    process.stdout = None
    end = ended(process)
    assert (end.status, "HTTP 423" in end.err) == (int(fails), fails)
    assert {row["outcome"] for row in reported()} == {"refused" if fails else "accepted"}


def test_each_help_names_its_columns(here: Here) -> None:
    assert b"business-prices" in here(None, "update", "--help").out
    for kind, column in (
        ("promo", b"params.discountParams.promoPrice"),
        ("hidden", b"hidden"),
        ("cards", b"offer.name"),
    ):
        assert column in here(None, "update", kind, "--help").out


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name,price\nA,1\n", "no column holds the SKU; call one offerId or sku"),
        ("sku,price,цена\nA,1,2\n", "the columns 'price' and 'цена' are both price.value"),
        ("sku,price\n", "holds no product"),
        ("sku,price\nA,\n", "1 line is left out, with nothing to send beside the SKU; the first is 2"),
        ("sku,price\nA,\n", "prices.csv: holds no product with anything to send"),
        ("sku,price,old_price\nA,,5\n", "prices.csv, line 2: price (price.value): must be given"),
        (
            "sku,old_price\nA,5\nB,5\n",
            "prices.csv: no column holds price.value; call one price.value or price (there are 'sku', 'old_price')\n",
        ),
        ("sku,note\nA,5\n", "yamarket: columns that are left aside: note\n"),
        (
            "sku,note\nA,5\n",
            "prices.csv: no column holds anything to send beside the SKU; --help names those that do "
            "(there are 'sku', 'note')\n",
        ),
    ],
)
def test_a_file_that_cannot_be_meant(here: Here, sandbox: Sandbox, text: str, told: str) -> None:
    give(text)
    ended = here(sandbox, *UPDATE, "--yes")
    assert (ended.status, told in ended.err) == (2, True), ended.err
    assert not sandbox.requests


def test_no_more_faults_are_told_than_can_be_read(here: Here, sandbox: Sandbox) -> None:
    give("sku,price\n" + "".join(f"S{number},x\n" for number in range(50)))
    ended = here(sandbox, *UPDATE, "--yes")
    assert ended.err.count("must be a number") == 20
    assert "50 lines can't be sent, 30 more than told above; nothing was sent" in ended.err


def test_a_card_of_which_nothing_is_said_is_no_change(here: Here, sandbox: Sandbox) -> None:
    give("sku,name\nA,\nB,\n", "cards.csv")
    ended = here(sandbox, "update", "cards", "cards.csv", "--yes")
    assert (ended.status, "2 lines are left out, with nothing to send" in ended.err) == (2, True), ended.err


def test_a_price_list_is_told_once_what_it_lacks_as_stocks(here: Here, sandbox: Sandbox) -> None:
    give("Артикул;Цена, руб.;Старая цена\n" + "".join(f"S{number};5;9\n" for number in range(50)))
    ended = here(sandbox, "update", "stocks", "prices.csv", "--yes")
    assert ended.status == 2
    assert ended.err == (
        "yamarket: columns that are left aside: Цена, руб., Старая цена\n"
        "yamarket: prices.csv: no column holds anything to send beside the SKU; --help names those that do "
        "(there are 'Артикул', 'Цена, руб.', 'Старая цена')\n"
    )
    give("sku,updatedAt\nA,01.12.2026 10:00:00\n", "stocks.csv")
    assert "no column holds count; call one count (" in here(sandbox, "update", "stocks", "stocks.csv", "--yes").err
    give("name,count\nA,1\n", "stocks.csv")
    assert "the SKU; call one sku (there are" in here(sandbox, "update", "stocks", "stocks.csv", "--yes").err


@pytest.mark.parametrize("unit", [", руб.", " (руб.)", ", ₽", " [RUB]", ", руб"])
def test_a_unit_behind_the_name_of_a_column_is_no_part_of_it(here: Here, sandbox: Sandbox, unit: str) -> None:
    give(f"Артикул;Цена{unit};Цена (старая)\n{sandbox.offer_ids()[0]};5;9\n")
    ended = here(sandbox, *UPDATE, "--yes")
    assert (ended.status, "columns that are left aside: Цена (старая)" in ended.err) == (0, True), ended.err


@pytest.mark.parametrize(
    ("export", "kind", "ending"),
    [
        ("prices", "prices", "csv"),
        ("prices", "prices", "xlsx"),
        ("campaign-offers", "prices", "csv"),
        ("campaign-offers", "prices", "parquet"),
        ("campaign-offers", "business-prices", "xlsx"),
        ("campaign-offers", "business-prices", "jsonl"),
        ("default-prices", "business-prices", "jsonl"),
        ("default-prices", "business-prices", "parquet"),
    ],
)
def test_what_an_export_wrote_is_brought_back_and_changes_nothing(
    here: Here, sandbox: Sandbox, export: str, kind: str, ending: str
) -> None:
    for name in ("prices", "business-prices"):
        here(sandbox, "update", name, price_file(sandbox, 3), "--yes", "--force")
    more = ("--csv-for", "excel") if ending == "csv" else ()
    assert here(sandbox, "export", export, "-o", f"now.{ending}", *more).status == 0
    dry = here(sandbox, "update", kind, f"now.{ending}", "--dry-run")
    assert dry.status == 0, dry.err
    assert "0 products would change, " in dry.err
    assert "0 products would change, 0 as they are" not in dry.err
    assert ("yamarket: columns that are taken for others: id for the SKU\n" in dry.err) is (export == "prices")


def test_a_column_of_its_own_comes_before_that_of_another_list(here: Here, sandbox: Sandbox) -> None:
    sku = sandbox.offer_ids()[0]
    give(f"id,offerId,campaignPrice.value,campaignPrice.discountBase,price\n7,{sku},5,900,700\n")
    ended = here(sandbox, *UPDATE, "--yes")
    assert ended.status == 0, ended.err
    assert "taken for others: campaignPrice.discountBase for price.discountBase\n" in ended.err
    assert "left aside: id, campaignPrice.value\n" in ended.err
    give(f"sku,price,old_price\n{sku},700,900\n")
    assert here(sandbox, *UPDATE, "--dry-run").lines[1:] == []


def price_file(sandbox: Sandbox, count: int) -> str:
    price_list(sandbox, count)
    return "prices.csv"


@pytest.mark.parametrize(
    ("kind", "columns", "cells", "lost"),
    [
        ("prices", "price,old_price", "700,1000", "price.discountBase"),
        ("business-prices", "price,minimumForBestseller", "700,600", "price.minimumForBestseller"),
        ("cards", "offer.shelfLife.timePeriod,offer.shelfLife.timeUnit,offer.shelfLife.comment", "2,YEAR,dry", None),
    ],
)
def test_a_dry_run_tells_what_the_file_leaves_out_and_the_market_deletes_then(
    here: Here, sandbox: Sandbox, kind: str, columns: str, cells: str, lost: str | None
) -> None:
    sku, field = sandbox.offer_ids()[0], lost or "offer.shelfLife.comment"
    give(f"sku,{columns}\n{sku},{cells}\n", "all.csv")
    assert here(sandbox, "update", kind, "all.csv", "--yes").status == 0
    give(f"sku,{columns.rpartition(',')[0]}\n{sku},{cells.rpartition(',')[0]}\n", "less.csv")
    dry = here(sandbox, "update", kind, "less.csv", "--dry-run")
    (told,) = [line.split("\t") for line in dry.lines[1:]]
    now = cells.rpartition(",")[2]
    assert told == ["2", sku, field, now, "(deleted)"]
    assert "1 product would change" in dry.err
    assert f"would be deleted, since the file leaves it out: {field} of 1 product; add a column to keep it" in dry.err
    assert here(sandbox, "update", kind, "less.csv", "--yes").status == 0
    after = here(sandbox, "update", kind, "all.csv", "--dry-run")
    assert [line.split("\t")[2:] for line in after.lines[1:]] == [[field, "", now]]
    assert here(sandbox, "update", kind, "less.csv", "--dry-run").lines[1:] == []


def test_the_help_of_prices_says_what_they_delete(here: Here) -> None:
    for kind in ("prices", "business-prices"):
        assert b"replaces the one before whole" in here(None, "update", kind, "--help").out


@pytest.mark.parametrize("key", ["n\n", "\x04"])
def test_a_restart_that_is_called_off_leaves_what_an_interrupted_run_did(
    here: Here, terminal: Any, sandbox: Sandbox, key: str
) -> None:
    price_list(sandbox, 3)
    sandbox.locked.add(sandbox.campaign_id)
    here(sandbox, *UPDATE, "--yes")
    left = Path("prices.csv.report.csv.part").read_bytes()
    assert left.count(b"\n") == 4
    assert here(sandbox, *UPDATE, "--restart", "--force").status == 2  # there is nobody to ask
    assert Path("prices.csv.report.csv.part").read_bytes() == left
    screen = terminal(sandbox, *UPDATE, "--restart", "--force")
    screen.until("Do it? [y/N]: ")
    screen.type(key)
    assert screen.status() == (1 if key == "n\n" else 130)
    assert Path("prices.csv.report.csv.part").read_bytes() == left


def test_a_full_disk_is_told_with_what_is_safe_and_the_next_run_goes_on(
    here: Here, serve: Callable[..., Sandbox]
) -> None:
    sandbox = serve(offers=2_500)
    skus = price_list(sandbox, 2_500)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (70_000, before[1]))  # more than either batch, and less than both
    try:
        ended = here(sandbox, *UPDATE, "--yes", "--quiet")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    part = Path("prices.csv.report.csv.part")
    kept = len({json.loads(line)[0] for line in part.read_bytes().splitlines()[1:] if b'"accepted"' in line})
    assert (ended.status, kept > 0) == (3, True), ended.err
    assert ended.err.count("yamarket: prices.csv.report.csv.part: File too large; ") == 1
    assert "; there is no report (prices.csv.report.csv: File too large); free space and run the same" in ended.err
    assert ended.err.endswith(f": prices.csv.report.csv.part keeps what became of {kept:,} products\n")
    assert "None" not in ended.err
    again = here(sandbox, *UPDATE, "--yes")
    assert again.status == 0, again.err
    assert f"{kept:,} products are done, {2_500 - kept:,} are left" in again.err
    assert [row["sku"] for row in reported() if row["outcome"] == "accepted"] == skus


def test_a_report_for_which_there_is_no_room_is_made_by_the_next_run(
    here: Here, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    price_list(sandbox, 3)
    fsync, calls = os.fsync, []

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) > 2:  # the journal's head and its only batch
            raise OSError(28, "No space left on device")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    ended = here(sandbox, *UPDATE, "--yes")
    assert ended.status == 3
    assert "yamarket: there is no report (prices.csv.report.csv: No space left on device); free space" in ended.err
    assert "prices.csv.report.csv.part keeps what became of 3 products" in ended.err
    monkeypatch.setattr(os, "fsync", fsync)
    again = here(sandbox, *UPDATE, "--yes")
    assert (again.status, sandbox.counts["updatePrices", 200]) == (0, 1), again.err


def test_a_long_number_of_a_workbook_is_not_taken_for_a_sku(here: Here, sandbox: Sandbox) -> None:
    book = openpyxl.Workbook()
    for row in (("SKU", "Price"), (100200300400500601, 5), ("A", 5), (12345678901234567, 5)):
        book.active.append(row)
    book.save("prices.xlsx")
    ended = here(sandbox, "update", "prices", "prices.xlsx", "--yes")
    assert ended.status == 2
    for number in (2, 4):
        assert f"prices.xlsx, row {number}: SKU: a number of more than 15 digits loses some; format" in ended.err
    assert not sandbox.requests


def test_a_disk_that_is_full_at_once_leaves_nothing(
    here: Here, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    price_list(sandbox, 3)
    monkeypatch.setattr(os, "fsync", full)
    ended = here(sandbox, *UPDATE, "--yes")
    assert (ended.status, ended.err.splitlines()[-1]) == (
        1,
        "yamarket: prices.csv.report.csv.part: No space left on device",
    )
    assert not sandbox.requests
    assert [path.name for path in Path().iterdir()] == ["prices.csv"]


@pytest.mark.parametrize(
    ("cause", "counts", "told"),
    [
        (KeyboardInterrupt(), {"pending": 1}, "interrupted; 1 product was not sent"),
        (KeyboardInterrupt(), {"failed": 3}, "interrupted; 0 products were not sent, 3 failed"),
        (OSError("no"), {"refused": 1, "pending": 2}, "of the products, 1 was refused, 2 were not sent"),
    ],
)
def test_what_is_left_is_told_in_the_singular_where_it_is_one(
    cause: BaseException, counts: dict[str, int], told: str
) -> None:
    assert told in str(judged(cause, counts))


def test_a_file_with_moments_alone_lacks_the_count(here: Here, sandbox: Sandbox) -> None:
    Path("s.csv").write_text("offerId,updatedAt\nSKU-1,\n", encoding="utf-8")
    ended = here(sandbox, "update", "stocks", "s.csv", "--dry-run")
    assert ended.status == 2
    assert "no column holds anything to send beside the SKU" in ended.err

"""`yamarket export`: every list, in every format, read back by somebody else's library."""

import csv
import io
import json
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pytest
from pyarrow import parquet

from yamarket_async import MarketClient
from yamarket_async.cli import destinations, formats
from yamarket_async.cli.exports import Export
from yamarket_async.cli.lookup import WHOLE, lists
from yamarket_async.cli.parquet import Parquet
from yamarket_async.cli.running import Failure
from yamarket_async.families import endpoints
from yamarket_async.models import PriceWithVat
from yamarket_async.sandbox import Sandbox

LISTS = ["campaign-offers", "hidden-offers", "promo-offers", "offers"]
Here = Callable[..., Any]


def listed(thread: Any, sandbox: Sandbox, name: str) -> list[Any]:
    """What the client gives for a list."""
    export = Export(lists()[name])
    ids = {
        "campaign_id": sandbox.campaign_id,
        "business_id": sandbox.business_id,
        "promo_id": sandbox.promo_id,
    }

    async def read() -> list[Any]:
        async with MarketClient(sandbox.api_key, base_url=sandbox.url) as market:
            return await export.pager(market, {slot.argument: ids[slot.argument] for slot in export.required})

    return thread.do(read())


@pytest.mark.parametrize("name", LISTS)
def test_json_lines_are_what_the_market_sent(name: str, here: Here, sandbox: Sandbox, thread: Any) -> None:
    ended = here(sandbox, "export", name)
    offers = listed(thread, sandbox, name)
    assert ended.status == 0
    assert ended.err.startswith(f"{len(offers):,} {name.replace('-', ' ')}, ")
    assert ended.err.endswith(" s → standard output\n")
    assert offers
    assert [msgspec.json.decode(line, type=type(offers[0])) for line in ended.lines] == offers
    assert not any("null" in line for line in ended.lines)


def test_prices_in_json_lines_are_numbers(here: Here, sandbox: Sandbox) -> None:
    first = json.loads(here(sandbox, "export", "campaign-offers").lines[1], parse_float=Decimal, parse_int=Decimal)
    assert isinstance(first["campaignPrice"]["value"], Decimal)


@pytest.mark.parametrize("name", LISTS)
def test_csv_is_read_back_by_the_csv_module(name: str, here: Here, sandbox: Sandbox, thread: Any) -> None:
    assert here(sandbox, "export", name, "--output", "list.csv", "--quiet") == (0, b"", "")
    with Path("list.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    offers = listed(thread, sandbox, name)
    key, wire = ("id", "id") if name == "offers" else ("offer_id", "offerId")
    assert [row[wire] for row in rows] == [getattr(offer, key) for offer in offers]


def test_csv_holds_plain_digits_utc_and_json(here: Here, sandbox: Sandbox, thread: Any) -> None:
    here(sandbox, "export", "campaign-offers", "--output", "offers.csv")
    with Path("offers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, offer in zip(rows, listed(thread, sandbox, "campaign-offers"), strict=True):
        price = offer.campaign_price
        assert row["campaignPrice.value"] == ("" if price is None else f"{price.value:f}")
        assert row["campaignPrice.updatedAt"].endswith("Z") is (price is not None)
        if price is not None:
            assert datetime.fromisoformat(row["campaignPrice.updatedAt"]) == price.updated_at
        assert row["available"] == str(offer.available).lower()
        assert row["status"] == offer.status
        told = json.loads(row["errors"]) if row["errors"] else None
        assert told == (offer.errors and [{"message": e.message, "comment": e.comment} for e in offer.errors])


@pytest.mark.parametrize("name", LISTS)
def test_parquet_is_read_back_by_pyarrow(name: str, here: Here, sandbox: Sandbox, thread: Any) -> None:
    assert here(sandbox, "export", name, "--output", "list.parquet", "--quiet") == (0, b"", "")
    key, wire = ("id", "id") if name == "offers" else ("offer_id", "offerId")
    offers = listed(thread, sandbox, name)
    assert parquet.read_table("list.parquet")[wire].to_pylist() == [getattr(offer, key) for offer in offers]
    assert [path.name for path in Path().iterdir()] == ["list.parquet"]


def test_parquet_has_decimals_and_moments(
    here: Here, sandbox: Sandbox, thread: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(destinations, "ROW_GROUP", 300)
    here(sandbox, "export", "campaign-offers", "--output", "offers.parquet")
    table = parquet.read_table("offers.parquet")
    assert parquet.ParquetFile("offers.parquet").num_row_groups == 4
    assert table.schema.field("campaignPrice.value").type == pa.decimal128(38, 9)
    assert table.schema.field("campaignPrice.updatedAt").type == pa.timestamp("us", tz="UTC")
    for row, offer in zip(table.to_pylist(), listed(thread, sandbox, "campaign-offers"), strict=True):
        price = offer.campaign_price
        assert row["campaignPrice.value"] == (price and price.value)
        assert row["campaignPrice.updatedAt"] == (price and price.updated_at)
        assert row["status"] == offer.status
        assert row["available"] is offer.available


@pytest.mark.parametrize(
    ("arguments", "body"),
    [
        (
            ["--statuses", "PUBLISHED", "--statuses", "NO_STOCKS", "--page-size", 50],
            {"statuses": ["PUBLISHED", "NO_STOCKS"]},
        ),
        (["--category-ids", 90401], {"categoryIds": [90401]}),
        (["--vendor-names", "Ромашка & Ко"], {"vendorNames": ["Ромашка & Ко"]}),
        (["--tags", "новинка", "--tags", "sale"], {"tags": ["новинка", "sale"]}),
    ],
)
def test_filters_reach_the_market(arguments: list[object], body: Any, here: Here, sandbox: Sandbox) -> None:
    assert here(sandbox, "export", "campaign-offers", *arguments).status == 0
    request = sandbox.requests[0]
    assert json.loads(request.body) == body
    assert request.query["limit"] == ["50" if "--page-size" in arguments else "200"]


def test_filters_of_promo_offers_reach_the_market(here: Here, sandbox: Sandbox) -> None:
    filters = ("--statuses", "RENEWED,MANUALLY_ADDED")
    here(sandbox, "export", "promo-offers", *filters)
    assert json.loads(sandbox.requests[0].body) == {
        "promoId": sandbox.promo_id,
        "statuses": ["RENEWED", "MANUALLY_ADDED"],
    }


def test_filters_of_offers_reach_the_market(here: Here, sandbox: Sandbox) -> None:
    filters = ("--query", "Чайник", "--feed-id", 200_000, "--shop-category-id", "chaynik", "--currency", "RUR")
    assert here(sandbox, "export", "offers", *filters, "--no-matched").status == 0
    query = sandbox.requests[0].query
    asked = [query[name] for name in ("query", "feedId", "shopCategoryId", "currency", "matched")]
    assert asked == [["Чайник"], ["200000"], ["chaynik"], ["RUR"], ["false"]]


@pytest.mark.parametrize("name", ["campaign-offers", "hidden-offers"])
def test_products_are_asked_for_by_a_file_of_skus(name: str, here: Here, sandbox: Sandbox) -> None:
    skus = sandbox.hidden_offer_ids()[:45]
    lines = ["", *skus, f"  {skus[0]}\t", ""]
    Path("skus.txt").write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    ended = here(sandbox, "export", name, "--offer-ids-from", "skus.txt", "--page-size", 20)
    assert sorted(json.loads(line)["offerId"] for line in ended.lines) == sorted(skus)
    assert sandbox.counts["requests"] == 3


def test_skus_come_from_stdin_and_rows_go_to_stdout_as_utf8_whatever_the_locale(
    sandbox: Sandbox, process: Here
) -> None:
    skus = [sku for sku in sandbox.offer_ids() if not sku.isascii()][:3]
    arguments = ("export", "campaign-offers", "--offer-ids-from", "-", "--format", "csv", "--quiet")
    settings = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ended = process(sandbox, *arguments, given="\n".join(skus).encode(), env=settings)
    rows = list(csv.DictReader(io.StringIO(ended.out.decode("utf-8"), newline="")))
    assert [row["offerId"] for row in rows] == skus


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\n \n", "yamarket: skus.txt: holds no SKU\n"),
        (b"A\nB\x00\n", "yamarket: skus.txt, line 2: a SKU has 1 to 255 characters"),
        (b"\x98\xff\n", "yamarket: --offer-ids-from skus.txt: is neither UTF-8 nor Windows-1251"),
        (None, "yamarket: --offer-ids-from skus.txt: No such file or directory\n"),
    ],
)
def test_a_faulty_file_of_skus_is_wrong_usage(content: bytes | None, told: str, here: Here, sandbox: Sandbox) -> None:
    if content is not None:
        Path("skus.txt").write_bytes(content)
    ended = here(sandbox, "export", "campaign-offers", "--offer-ids-from", "skus.txt")
    assert ended.status == 2
    assert ended.err.startswith(told)
    assert not sandbox.requests


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--output", "offers.xls"], "its ending tells no format; add --format jsonl|csv|tsv|xlsx|parquet"),
        (["--output", ".", "--format", "csv"], "is a directory"),
        (["--resume"], "--resume needs --output FILE"),
        (["--page-size", 201], "201 is not in the range 1<=x<=200"),
        (["--statuses", "SOLD"], "'SOLD': must be one of PUBLISHED, CHECKING"),
        (["--vendor-names", ""], "'--vendor-names': is empty; leave it out"),
        (["--offer-ids-from", "skus.txt", "--tags", "x"], """--tags ["x"]: can't stand beside --offer-ids"""),
    ],
)
def test_wrong_usage_is_told_in_a_line(arguments: list[object], told: str, here: Here, sandbox: Sandbox) -> None:
    Path("skus.txt").write_text("A")
    for output in (
        ([], ["--output", "offers.csv"]) if "--output" not in arguments and "--resume" not in arguments else ([],)
    ):
        ended = here(sandbox, "export", "campaign-offers", *arguments, *output)
        assert (ended.status, ended.out) == (2, b"")
        assert told in ended.err
        assert ended.err.count("\n") == 1
    assert not sandbox.requests
    assert [path.name for path in Path().iterdir()] == ["skus.txt"]


@pytest.mark.parametrize("ending", ["jsonl", "ndjson", "csv", "parquet"])
def test_a_store_without_offers_is_a_complete_file(ending: str, here: Here, serve: Callable[..., Sandbox]) -> None:
    assert here(serve(offers=0), "export", "campaign-offers", "--output", f"none.{ending}").status == 0
    written = Path(f"none.{ending}")
    if ending == "parquet":
        assert parquet.read_table(written).num_rows == 0
    else:
        assert written.read_bytes() == (
            b"" if ending != "csv" else formats.Csv(Export(lists()["campaign-offers"]).item).header()
        )


def test_parquet_can_go_through_a_pipe(here: Here, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    for rows in (200, 300, 20_000):
        monkeypatch.setattr("yamarket_async.cli.destinations.ROW_GROUP", rows)
        ended = here(sandbox, "export", "campaign-offers", "--format", "parquet", "--quiet")
        assert parquet.read_table(pa.BufferReader(ended.out))["offerId"].to_pylist() == sandbox.offer_ids()


def test_a_named_pipe_is_written_to_and_stays(here: Here, sandbox: Sandbox) -> None:
    os.mkfifo("pipe")
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(Path("pipe").read_bytes()))
    reader.start()
    ended = here(sandbox, "export", "campaign-offers", "--output", "pipe", "--format", "jsonl")
    reader.join()
    assert ended.status == 0
    assert read[0].count(b"\n") == 1_000
    assert Path("pipe").is_fifo()


def test_a_link_stays_and_the_file_behind_it_is_replaced(here: Here, sandbox: Sandbox) -> None:
    Path("old.csv").write_text("old")
    Path("link.csv").symlink_to("old.csv")
    here(sandbox, "export", "hidden-offers", "--output", "link.csv", "--force")
    assert Path("link.csv").is_symlink()
    assert Path("old.csv").read_text().startswith("offerId")


def test_every_list_of_the_client_can_be_exported() -> None:
    paged = {endpoint.name for endpoint in endpoints().values() if endpoint.pages}
    assert {endpoint.name for endpoint in lists().values()} == paged | WHOLE.keys()
    assert len(lists()) > len(paged) > 40


def test_a_list_that_comes_whole_is_written_by_its_items(here: Here, sandbox: Sandbox) -> None:
    ended = here(sandbox, "export", "getPromos")
    promos = [json.loads(line) for line in ended.lines]
    assert ended.err.startswith(f"{len(promos)} promos, 1 page in ")
    assert sandbox.promo_id in [promo["id"] for promo in promos]
    assert promos == json.loads(here(sandbox, "call", "getPromos").out)["promos"]
    countries = here(sandbox, "export", "regions-codes", "--format", "csv", "-q").lines
    assert countries[0].startswith("region.id,")


def test_a_price_that_a_float_has_spoilt_fits_into_parquet() -> None:
    price = PriceWithVat(value=Decimal("0.30000000000000004"), updated_at=datetime(2025, 1, 1, tzinfo=UTC))
    file = io.BytesIO()
    writer = Parquet(PriceWithVat, file)
    writer.write([price])
    writer.close()
    assert parquet.read_table(file)["value"].to_pylist() == [Decimal("0.3")]


def test_parquet_that_is_given_up_does_not_look_complete() -> None:
    file = io.BytesIO()
    writer = Parquet(PriceWithVat, file)
    writer.write([PriceWithVat(updated_at=datetime(2025, 1, 1, tzinfo=UTC))])
    before = file.getvalue()
    assert before.startswith(b"PAR1")
    del writer
    assert file.getvalue() == before


@pytest.mark.parametrize("price", [{"value": Decimal("1E+40")}, {"vat": 2**70}])
def test_a_number_that_does_not_fit_into_parquet_is_told(price: dict[str, Any]) -> None:
    writer = Parquet(PriceWithVat, io.BytesIO())
    with pytest.raises(Failure, match="a value doesn't fit into Parquet"):
        writer.write([PriceWithVat(updated_at=datetime(2025, 1, 1, tzinfo=UTC), **price)])


def test_every_help_names_the_columns_and_shows_an_example(here: Here) -> None:
    for name in lists():
        told = here(None, "export", name, "--help").out.decode()
        assert f"Example:\n    yamarket export {name} --" in told
        assert "Columns of flat files:\n" in told


def test_stocks_are_a_row_for_each_product_of_a_warehouse(here: Here, sandbox: Sandbox, thread: Any) -> None:
    warehouses = listed(thread, sandbox, "stocks")
    stocks = [(warehouse.warehouse_id, offer) for warehouse in warehouses for offer in warehouse.offers]
    assert len(stocks) > len(warehouses)
    ended = here(sandbox, "export", "stocks", "-o", "stocks.csv")
    assert ended.err.startswith(f"{len(stocks):,} stocks, ")
    with Path("stocks.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["warehouseId"], row["offerId"]) for row in rows] == [(str(id_), o.offer_id) for id_, o in stocks]
    for row, (_, offer) in zip(rows, stocks, strict=True):
        counts = {str(stock.type): stock.count for stock in offer.stocks}
        assert {name: int(row[f"stocks.{name}"]) for name in counts} == counts
        assert row["stocks.EXPIRED"] == ("" if "EXPIRED" not in counts else str(counts["EXPIRED"]))
        assert json.loads(row["stocks"]) == [{"type": str(each.type), "count": each.count} for each in offer.stocks]
    assert here(sandbox, "export", "stocks", "-o", "stocks.parquet").status == 0
    table = parquet.read_table("stocks.parquet")
    assert table["offerId"].to_pylist() == [offer.offer_id for _, offer in stocks]
    assert table.schema.field("stocks.FIT").type == pa.int64()
    first = json.loads(here(sandbox, "export", "stocks").lines[0])
    assert (first["warehouseId"], first["offerId"]) == (stocks[0][0], stocks[0][1].offer_id)


@pytest.mark.parametrize("name", lists())
def test_no_list_is_written_in_groups(name: str) -> None:
    """A table of an id and a list beside it is of no use to anybody."""
    assert [column.kind for column in Export(lists()[name]).columns][1:] != ["json"]

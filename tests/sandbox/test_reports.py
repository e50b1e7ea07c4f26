"""Reports and documents: ordered, waited for, fetched by a link that nobody needs a key for."""

import csv
import io
import json
import re
import zipfile
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from yamarket_async.families import endpoints
from yamarket_async.sandbox import answers as answering
from yamarket_async.sandbox.moments import day, days_after

REPORTS = [name for name, endpoint in endpoints().items() if endpoint.report]
DOCUMENTS = {
    "generateBarcodesReport",
    "generateClosureDocumentsReport",
    "generateMassOrderLabelsReport",
    "generateShipmentListDocumentReport",
}
PAID = {"payment": {"value": 3000, "currencyId": "RUR"}}
ORDER = {
    "orderId": 4711,
    "externalOrderId": "shop-1",
    "status": "DELIVERED",
    "items": [
        {
            "offerId": "SKU-1",
            "offerName": "Чайник",
            "count": 2,
            "prices": {"payment": {"value": 3000, "currencyId": "RUR"}},
        },
        {"offerId": "SKU-2", "offerName": "Кружка", "count": 1},
    ],
}


def body_of(sandbox, name: str) -> dict[str, Any]:
    """Make a request for a report that nothing is wrong with."""
    today = day(sandbox.now())
    known = {
        "businessId": sandbox.business_id,
        "campaignId": sandbox.campaign_ids[1] if name == "generateGoodsTurnoverReport" else sandbox.campaign_id,
        "dateFrom": days_after(today, -3).isoformat(),
        "dateTo": today.isoformat(),
        "date": today.isoformat(),
        "year": today.year,
        "month": today.month,
        "monthOfYear": {"year": today.year, "month": today.month},
        "contractType": "INCOME",
        "categoryId": 90_401,
        "detalizationLevel": "WEEK",
        "grouping": "OFFERS",
        "attributionType": "CLICKS",
        "barcodeFormat": "F_30_20",
        "barcodeOfferInfos": [{"offerId": sku, "barcodeCount": 2} for sku in sandbox.offer_ids()[:3]],
        "orderIds": [4711],
    }
    taken = endpoints()[name].body.__struct_encode_fields__
    body = {field: known[field] for field in taken if field in known}
    if "businessId" in body and "campaignId" in body:
        del body["campaignId"]
    model = sandbox.world.stores[body["campaignId"]].model if "campaignId" in body else ""
    if model and model not in endpoints()[name].models:
        body["campaignId"] = next(
            id_ for id_, store in sandbox.world.stores.items() if store.model in endpoints()[name].models
        )
    return body


@pytest.fixture
def orders(monkeypatch):
    """Let the sandbox have an order and a return of its first store."""
    answering.handlers()

    def listed(call):
        created = day(call.now).isoformat() + "T00:00:30+03:00"
        order = ORDER | {"campaignId": min(call.world.stores), "creationDate": created}
        dates = call.body.get("dates") or {}
        within = dates.get("creationDateFrom", "") <= created < dates.get("creationDateTo", "9")
        asked = call.body.get("orderIds")
        found = [order] if within and (asked is None or order["orderId"] in asked) else []
        # In two pages, so that who reads must follow.
        token = None if call.page_token else "more"
        return {"status": "OK", "orders": found if call.page_token else [], "paging": {"nextPageToken": token}}

    def returned(call):
        mine = call.ids["campaignId"] == min(call.world.stores)
        created = day(call.now).isoformat() + "T00:00:30+03:00"
        item = {"shopSku": "SKU-1", "offerName": "Чайник", "count": 1}
        one = {"id": 9, "orderId": 4711, "returnType": "RETURN", "creationDate": created, "items": [item]}
        old = one | {"creationDate": "2020-01-01T00:00:00+03:00"}
        body = {"status": "OK", "result": {"returns": [one, old] if mine else [], "paging": {}}}
        return answering.Answer(json.dumps(body).encode())

    monkeypatch.setitem(answering._HANDLERS, "getBusinessOrders", listed)
    monkeypatch.setitem(answering._HANDLERS, "getReturns", returned)


async def order(http, name: str, body: Any = None, **query: Any):
    """Order a report."""
    path = endpoints()[name].path.replace("{businessId}", str(http.sandbox.business_id))
    return await http.post(path, body_of(http.sandbox, name) if body is None else body, **query)


async def info(http, report_id: str) -> dict[str, Any]:
    return (await http.get(f"/v2/reports/info/{report_id}")).json["result"]


async def fetch(http, url: str, **headers: str):
    """Follow a link, without a key."""
    async with http.session.get(url, headers=headers) as response:
        return response.status, response.headers, await response.read()


async def made(http, name: str, body: Any = None, **query: Any) -> bytes:
    """Order a report, wait for it, and give its file."""
    answer = await order(http, name, body, **query)
    assert answer.status == 200, answer.body
    http.sandbox.tick(61)
    told = await info(http, answer.json["result"]["reportId"])
    assert told["status"] == "DONE", told
    status, headers, content = await fetch(http, told["file"])
    assert status == 200
    assert int(headers["Content-Length"]) == len(content)
    return content


def read(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def cells(sheet: bytes) -> list[list[str | None]]:
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    rows = []
    for row in ET.fromstring(sheet).iterfind(".//m:row", space):  # noqa: S314 — the sandbox wrote it
        texts = [cell.find("m:is/m:t", space) if cell.get("t") else cell.find("m:v", space) for cell in row]
        rows.append([None if text is None else text.text for text in texts])
    return rows


@pytest.fixture
async def store(open_sandbox, orders):
    return await open_sandbox(offers=20, campaigns=["FBS", "FBY", "DBS"], limits=dict.fromkeys(REPORTS, 100))


@pytest.mark.parametrize("name", [name for name in REPORTS if name not in DOCUMENTS])
async def test_a_report_is_a_spreadsheet_and_the_same_as_csv_and_json(store, name):
    sandbox, http = store
    body = body_of(sandbox, name)
    book = read(await made(http, name, body))
    tables = read(await made(http, name, body, format="CSV"))
    objects = read(await made(http, name, body, format="JSON"))
    sheets = [part for part in book if part.startswith("xl/worksheets/")]
    assert len(sheets) == len(tables) == len(objects) > 0
    for part, (table_name, table), (object_name, rows) in zip(sheets, tables.items(), objects.items(), strict=True):
        assert table_name.removesuffix(".csv") == object_name.removesuffix(".json")
        head, *lines = csv.reader(io.StringIO(table.decode()))
        assert head == cells(book[part])[0]
        read_rows = json.loads(rows)["rows"]
        assert len(lines) == len(read_rows) == len(cells(book[part])) - 1
        for row in read_rows:
            assert [re.sub(r"[A-Z]", lambda m: "_" + m[0], key).upper() for key in row] == [
                re.sub(r"_(\d)", r"\1", column) for column in head
            ]
    assert any(len(table.splitlines()) > 1 for table in tables.values())


async def test_rows_follow_from_the_products(store):
    sandbox, http = store
    body = {"businessId": sandbox.business_id}
    (rows,) = read(await made(http, "generateGoodsPricesReport", body, format="JSON")).values()
    assert [row["offerId"] for row in json.loads(rows)["rows"]] == sandbox.offer_ids()
    one = {"campaignId": sandbox.campaign_ids[1], "dateFrom": "2026-11-20", "dateTo": "2026-11-24"}
    one["dateFrom"] = one["dateTo"] = day(sandbox.now()).isoformat()
    one["shopSku"] = sandbox.offer_ids()[4]
    (rows,) = read(await made(http, "generateGoodsMovementReport", one, format="JSON")).values()
    assert [row["shopSku"] for row in json.loads(rows)["rows"]] == [sandbox.offer_ids()[4]]


async def test_only_the_categories_that_were_asked_for(store):
    sandbox, http = store
    body = {"campaignId": sandbox.campaign_id, "categoryIds": [90_401]}
    (rows,) = read(await made(http, "generateGoodsPricesReport", body, format="JSON")).values()
    named = [row["offerName"] for row in json.loads(rows)["rows"]]
    assert named
    assert all(name.startswith("Чайник") for name in named)


async def test_prices_of_a_store_go_before_those_of_its_cabinet(store):
    sandbox, http = store
    both = {"campaignId": sandbox.campaign_id, "businessId": sandbox.business_id}
    assert list(read(await made(http, "generateGoodsPricesReport", both, format="CSV"))) == ["shop_prices.csv"]


async def test_rows_follow_from_orders(store):
    sandbox, http = store
    files = read(await made(http, "generateUnitedOrdersReport", format="JSON"))
    rows = json.loads(files["orders_and_offers_transactions.json"], parse_float=Decimal)["rows"]
    assert [(row["orderId"], row["shopSku"], row["transferredForDelivery"]) for row in rows] == [
        (4711, "SKU-1", 2),
        (4711, "SKU-2", 1),
    ]
    assert rows[0]["partnerPriceForDelivery"] == 1500
    assert (rows[0]["partnerOrderId"], rows[0]["offerStatus"]) == ("shop-1", "DELIVERED")
    assert rows[0]["partnerId"] == sandbox.campaign_id


async def test_orders_of_another_period_or_store_are_left_out(store):
    sandbox, http = store
    body = body_of(sandbox, "generateUnitedOrdersReport")
    yesterday = days_after(day(sandbox.now()), -1).isoformat()
    files = read(await made(http, "generateUnitedOrdersReport", body | {"dateTo": yesterday}, format="JSON"))
    assert json.loads(files["orders_and_offers_transactions.json"])["rows"] == []
    # Longer than the thirty days that getBusinessOrders takes.
    long = {"dateFrom": days_after(day(sandbox.now()), -80).isoformat()}
    files = read(await made(http, "generateUnitedOrdersReport", body | long, format="JSON"))
    assert len(json.loads(files["orders_and_offers_transactions.json"])["rows"]) == 2


async def test_rows_follow_from_returns(store):
    _, http = store
    files = read(await made(http, "generateUnitedReturnsReport", format="JSON"))
    (row,) = json.loads(files["united_returns.json"])["rows"]
    assert (row["returnId"], row["orderId"], row["count"], row["returnType"]) == (9, 4711, 1, "RETURN")


async def test_what_nobody_answers_has_no_rows(store, monkeypatch):
    _, http = store
    monkeypatch.delitem(answering._HANDLERS, "getReturns")
    files = read(await made(http, "generateUnitedReturnsReport", format="JSON"))
    assert json.loads(files["united_returns.json"]) == {"rows": []}


async def test_the_stocks_report_depends_on_what_it_is_of(store):
    sandbox, http = store
    name = "generateStocksOnWarehousesReport"
    of_business = read(await made(http, name, {"businessId": sandbox.business_id}, format="CSV"))
    of_market = read(await made(http, name, {"campaignId": sandbox.campaign_ids[1]}, format="CSV"))
    of_store = read(await made(http, name, {"campaignId": sandbox.campaign_id}, format="CSV"))
    assert [*of_business, *of_market, *of_store] == [
        "stocks_business.csv",
        "stocks_on_warehouses.csv",
        "mass_shared_stocks.csv",
    ]
    # The report on a business has a row for each store whose goods don't lie at the Market.
    assert len(of_business["stocks_business.csv"].splitlines()) == 1 + 2 * 20


async def test_rows_follow_from_stocks(store):
    sandbox, http = store
    listed = (await http.post(f"{http.campaign}/offers/stocks", {}, limit=100)).json["result"]["warehouses"]
    stocks = {
        offer["offerId"]: sum(stock["count"] for stock in offer["stocks"] if stock["type"] == "AVAILABLE")
        for warehouse in listed
        for offer in warehouse["offers"]
    }
    path = "generateStocksReport"
    (rows,) = read(await made(http, path, {}, format="JSON")).values()
    told = {row["shopSku"]: row["count"] for row in json.loads(rows)["rows"] if row["placementType"] == "FBS"}
    assert told == {sku: stocks.get(sku, 0) for sku in sandbox.offer_ids()}
    for has in (True, False):
        (rows,) = read(await made(http, path, {"hasStocks": has}, format="JSON")).values()
        assert all(bool(row["count"]) == has for row in json.loads(rows)["rows"])
    body = {"partnerWarehouseIds": [listed[0]["warehouseId"]], "hasStocks": True}
    (rows,) = read(await made(http, path, body, format="JSON")).values()
    assert {row["placementType"] for row in json.loads(rows)["rows"]} == {"FBS"}


async def test_the_closing_documents_depend_on_the_contract(store):
    sandbox, http = store
    name = "generateClosureDocumentsDetalizationReport"
    body = body_of(sandbox, name)
    income = read(await made(http, name, body, format="CSV"))
    outcome = read(await made(http, name, body | {"contractType": "OUTCOME"}, format="CSV"))
    assert "period_closure_income_summary.csv" in income
    assert "period_closure_outcome_summary.csv" in outcome


async def test_a_report_over_months_is_of_all_their_days(store):
    sandbox, http = store
    today = day(sandbox.now())
    name = "generateUnitedMarketplaceServicesReport"
    several = {"yearFrom": today.year, "monthFrom": today.month, "yearTo": today.year, "monthTo": today.month}
    for months in (several, {key: several[key] for key in ("yearFrom", "monthFrom")}):
        files = read(await made(http, name, {"businessId": sandbox.business_id} | months, format="JSON"))
        assert len(json.loads(files["placement.json"])["rows"]) == 2


async def test_titles_that_are_too_long_for_a_spreadsheet_stay_apart(store):
    _, http = store
    book = read(await made(http, "generateShowsBoostReport"))["xl/workbook.xml"].decode()
    titles = re.findall(r'sheet name="([^"]+)"', book)
    assert len(set(titles)) == len(titles) == 2
    assert all(len(title) <= 31 for title in titles)


@pytest.mark.parametrize("name", sorted(DOCUMENTS - {"generateClosureDocumentsReport"}))
async def test_a_document_is_a_pdf(store, name):
    _, http = store
    content = await made(http, name)
    assert content.startswith(b"%PDF-1.4")
    assert content.rstrip().endswith(b"%%EOF")
    start = int(content.rsplit(b"startxref\n", 1)[1].split()[0])
    assert content[start:].startswith(b"xref")
    places = [int(line[:10]) for line in content[start:].splitlines()[3:] if line.endswith(b" n ")]
    assert [content[at : at + 8].split(b" 0 obj")[0] for at in places] == [b"%d" % n for n in range(1, len(places) + 1)]


async def test_labels_have_the_size_that_was_asked_for(store):
    _, http = store
    boxes = {
        re.search(rb"/MediaBox \[([^\]]+)\]", await made(http, "generateMassOrderLabelsReport", **query))[1]
        for query in ({}, {"format": "A7"}, {"format": "A9"}, {"format": "A9_HORIZONTALLY"}, {"format": "A4"})
    }
    assert len(boxes) == 4


async def test_labels_are_sorted_when_asked(store, monkeypatch):
    sandbox, http = store
    monkeypatch.setitem(
        answering._HANDLERS,
        "getBusinessOrders",
        lambda call: {"orders": [{"orderId": number} for number in call.body["orderIds"]], "paging": {}},
    )
    body = {"businessId": sandbox.business_id, "orderIds": [12, 11]}
    given = await made(http, "generateMassOrderLabelsReport", body)
    by_creation = body | {"sortingType": "SORT_BY_ORDER_CREATED_AT"}
    in_order = await made(http, "generateMassOrderLabelsReport", by_creation)
    assert re.findall("Заказ (\\d+)".encode("cp1251"), given) == [b"12", b"11"]
    assert re.findall("Заказ (\\d+)".encode("cp1251"), in_order) == [b"11", b"12"]


async def test_closing_documents_are_an_archive_of_pdf(store):
    _, http = store
    files = read(await made(http, "generateClosureDocumentsReport"))
    assert len(files) == 4
    assert all(name.endswith(".pdf") and content.startswith(b"%PDF") for name, content in files.items())


async def test_a_report_takes_its_time_by_the_clock_of_the_sandbox(store):
    sandbox, http = store
    sandbox.reports.takes(600)
    answer = await order(http, "generateUnitedOrdersReport")
    result = answer.json["result"]
    assert result["estimatedGenerationTime"] == 600_000
    assert (await info(http, result["reportId"]))["status"] == "PENDING"
    sandbox.tick(300)
    waiting = await info(http, result["reportId"])
    assert waiting["status"] == "PROCESSING"
    assert "file" not in waiting
    assert "generationFinishedAt" not in waiting
    sandbox.tick(300)
    done = await info(http, result["reportId"])
    assert done["status"] == "DONE"
    assert done["generationFinishedAt"] > done["generationRequestedAt"]


async def test_all_reports_can_be_finished_at_once(store):
    sandbox, http = store
    sandbox.reports.takes(600)
    answer = await order(http, "generateUnitedOrdersReport")
    assert sandbox.reports.finish() == 1
    assert (await info(http, answer.json["result"]["reportId"]))["status"] == "DONE"
    (one,) = sandbox.reports.all()
    assert (one.method, one.status, one.sub_status) == ("generateUnitedOrdersReport", "DONE", None)


async def test_the_same_report_ordered_twice_is_two(store):
    sandbox, http = store
    first = await order(http, "generateUnitedOrdersReport")
    sandbox.tick(60)
    second = await order(http, "generateUnitedOrdersReport")
    assert first.json["result"]["reportId"] != second.json["result"]["reportId"]


@pytest.mark.parametrize("sub_status", ["NO_DATA", "TOO_LARGE", "RESOURCE_NOT_FOUND", None])
async def test_a_report_fails_when_told(store, sub_status):
    sandbox, http = store
    sandbox.reports.fail_next(sub_status, method="generateUnitedNettingReport")
    other = await order(http, "generateUnitedOrdersReport")
    failing = await order(http, "generateUnitedNettingReport")
    sandbox.tick(61)
    told = await info(http, failing.json["result"]["reportId"])
    assert (told["status"], told.get("subStatus")) == ("FAILED", sub_status)
    assert "file" not in told
    assert (await info(http, other.json["result"]["reportId"]))["status"] == "DONE"
    again = await order(http, "generateUnitedNettingReport")
    sandbox.tick(61)
    assert (await info(http, again.json["result"]["reportId"]))["status"] == "DONE"


async def test_a_report_may_be_done_without_a_file(store):
    sandbox, http = store
    sandbox.reports.fail_next("NO_DATA", status="DONE")
    answer = await order(http, "generateUnitedOrdersReport")
    sandbox.tick(61)
    told = await info(http, answer.json["result"]["reportId"])
    assert (told["status"], told["subStatus"]) == ("DONE", "NO_DATA")
    assert "file" not in told


def test_what_can_not_be_told_to_reports(unopened):
    with pytest.raises(ValueError, match="sub_status='LATE'"):
        unopened.reports.fail_next("LATE")
    with pytest.raises(ValueError, match="times=0"):
        unopened.reports.fail_next(times=0)
    with pytest.raises(ValueError, match="with a sub_status"):
        unopened.reports.fail_next(status="DONE")
    with pytest.raises(ValueError, match="seconds=-1"):
        unopened.reports.takes(-1)


async def test_a_period_in_the_future_has_no_data(store):
    sandbox, http = store
    tomorrow = days_after(day(sandbox.now()), 1).isoformat()
    body = {"businessId": sandbox.business_id, "dateFrom": tomorrow, "dateTo": tomorrow}
    answer = await order(http, "generateUnitedOrdersReport", body)
    sandbox.tick(61)
    assert (await info(http, answer.json["result"]["reportId"]))["subStatus"] == "NO_DATA"


@pytest.mark.parametrize(("year", "month"), [(0, 5), (9_999, 12), (2_000_000_000, 1), (2_100, 1)])
async def test_a_month_that_is_not_yet_or_never_has_no_data(store, year, month):
    sandbox, http = store
    body = {"campaignId": sandbox.campaign_id, "year": year, "month": month}
    answer = await order(http, "generateGoodsRealizationReport", body)
    sandbox.tick(61)
    assert (await info(http, answer.json["result"]["reportId"]))["subStatus"] == "NO_DATA"


async def test_months_that_go_backwards_have_no_data(store):
    sandbox, http = store
    body = {"businessId": sandbox.business_id, "yearFrom": 2026, "monthFrom": 5, "yearTo": 2026, "monthTo": 3}
    answer = await order(http, "generateUnitedMarketplaceServicesReport", body)
    sandbox.tick(61)
    assert (await info(http, answer.json["result"]["reportId"]))["subStatus"] == "NO_DATA"


async def test_a_period_may_end_long_after_today(store):
    sandbox, http = store
    today = day(sandbox.now()).isoformat()
    body = {"businessId": sandbox.business_id, "dateFrom": today, "dateTo": "9999-12-31", "attributionType": "CLICKS"}
    files = read(await made(http, "generateShowsBoostReport", body, format="JSON"))
    assert len(json.loads(files["business_shows_boost_consolidated_campaigns.json"])["rows"]) == 1


async def test_too_many_barcodes_are_too_large(store):
    sandbox, http = store
    body = body_of(sandbox, "generateBarcodesReport")
    body["barcodeOfferInfos"] = [{"offerId": sku, "barcodeCount": 100} for sku in sandbox.offer_ids()[:16]]
    answer = await order(http, "generateBarcodesReport", body)
    sandbox.tick(61)
    assert (await info(http, answer.json["result"]["reportId"]))["subStatus"] == "TOO_LARGE"


async def test_documents_of_what_is_not_there_find_no_resource(store):
    sandbox, http = store
    barcodes = body_of(sandbox, "generateBarcodesReport")
    barcodes["barcodeOfferInfos"] = [{"offerId": "nobody's", "barcodeCount": 1}]
    labels = {"businessId": sandbox.business_id, "orderIds": [4711, 1]}
    for name, body in (("generateBarcodesReport", barcodes), ("generateMassOrderLabelsReport", labels)):
        answer = await order(http, name, body)
        sandbox.tick(61)
        assert (await info(http, answer.json["result"]["reportId"]))["subStatus"] == "RESOURCE_NOT_FOUND"


async def test_a_link_works_for_an_hour_without_a_key_and_each_is_another(store):
    sandbox, http = store
    answer = await order(http, "generateUnitedOrdersReport")
    sandbox.tick(61)
    report_id = answer.json["result"]["reportId"]
    first = (await info(http, report_id))["file"]
    sandbox.tick(1_800)
    second = (await info(http, report_id))["file"]
    assert first != second
    assert first.startswith("http://localhost:")
    sandbox.tick(1_801)
    assert (await fetch(http, first))[0] == 403
    assert (await fetch(http, second))[0] == 200
    assert sandbox.counts["requests"] == 3


async def test_a_link_that_was_made_up_opens_nothing(store):
    sandbox, http = store
    answer = await order(http, "generateUnitedOrdersReport")
    sandbox.tick(61)
    link = (await info(http, answer.json["result"]["reportId"]))["file"]
    later = re.sub(r"expires=(\d+)", lambda m: f"expires={int(m[1]) + 1}", link)
    for url in (later, link.partition("?")[0], re.sub(r"expires=\d+", "expires=x", link)):
        status, headers, body = await fetch(http, url)
        assert status == 403
        assert headers["Content-Type"].startswith("application/xml")
        assert b"<Code>" in body
    async with http.session.post(link) as response:
        assert response.status == 405
    # After a reset the report is gone, but the link's seal is still good.
    sandbox.reset()
    assert (await fetch(http, link))[0] == 404


async def test_parts_of_a_file_can_be_fetched(store):
    sandbox, http = store
    answer = await order(http, "generateUnitedOrdersReport")
    sandbox.tick(61)
    link = (await info(http, answer.json["result"]["reportId"]))["file"]
    _, headers, whole = await fetch(http, link)
    assert headers["Accept-Ranges"] == "bytes"
    size = len(whole)
    for asked, expected, told in (
        ("bytes=0-9", whole[:10], f"bytes 0-9/{size}"),
        ("bytes=10-", whole[10:], f"bytes 10-{size - 1}/{size}"),
        ("bytes=-5", whole[-5:], f"bytes {size - 5}-{size - 1}/{size}"),
        (f"bytes=5-{size * 2}", whole[5:], f"bytes 5-{size - 1}/{size}"),
    ):
        status, headers, body = await fetch(http, link, Range=asked)
        assert (status, body, headers["Content-Range"]) == (206, expected, told)
    status, headers, _ = await fetch(http, link, Range=f"bytes={size}-")
    assert (status, headers["Content-Range"]) == (416, f"bytes */{size}")
    assert (await fetch(http, link, Range="bytes=-"))[0] == 200
    async with http.session.head(link) as response:
        assert (response.status, response.headers["Content-Length"]) == (200, str(size))


async def test_only_so_many_reports_may_be_in_work(open_sandbox, orders):
    for tier, most in (("none", 1), ("medium", 10)):
        sandbox, http = await open_sandbox(offers=5, tier=tier, campaigns=["FBS", "FBY", "DBS"])
        sandbox.reports.takes(3_000)
        names = [name for name in REPORTS if name not in DOCUMENTS][: most + 1]
        answers = [await order(http, name) for name in names]
        assert [answer.status for answer in answers] == [200] * most + [420]
        assert answers[-1].message == f"Active reports limit exceeded, limit='{most}'"
        sandbox.tick(3_001)
        assert (await order(http, names[-1])).status == 200


async def test_a_report_that_is_not_there(store):
    _, http = store
    answer = await http.get("/v2/reports/info/nobody")
    assert (answer.status, answer.message) == (404, "Report not found.")


@pytest.mark.parametrize(
    ("tier", "days", "words"),
    [("none", 90, "Without subscription, you cannot"), ("medium", 400, "You cannot")],
)
async def test_data_that_is_too_old(open_sandbox, orders, tier, days, words):
    sandbox, http = await open_sandbox(offers=5, tier=tier)
    first = days_after(day(sandbox.now()), -days)
    body = body_of(sandbox, "generateShowsBoostReport") | {"dateFrom": days_after(first, -1).isoformat()}
    refused = await order(http, "generateShowsBoostReport", body)
    assert refused.status == 400
    assert refused.message == (
        f"{words} request data older than {days} days. The dateFrom ('{body['dateFrom']}') is too far in the past."
    )
    sandbox.tick(120)
    assert (await order(http, "generateShowsBoostReport", body | {"dateFrom": first.isoformat()})).status == 200


@pytest.mark.parametrize(
    ("tier", "name", "status"),
    [
        ("none", "generateUnitedNettingReport", 200),
        ("none", "generateUnitedOrdersReport", 400),
        ("none", "generateGoodsTurnoverReport", 400),
        ("medium", "generateUnitedNettingReport", 200),
        ("medium", "generateUnitedOrdersReport", 200),
        ("medium", "generateGoodsTurnoverReport", 200),
    ],
)
async def test_some_reports_go_back_further(open_sandbox, orders, tier, name, status):
    sandbox, http = await open_sandbox(offers=5, tier=tier, campaigns=["FBS", "FBY"])
    first = days_after(day(sandbox.now()), -900)
    old = {"dateFrom": first.isoformat(), "dateTo": days_after(first, 30).isoformat(), "date": first.isoformat()}
    body = body_of(sandbox, name)
    answer = await order(http, name, body | {key: old[key] for key in old if key in body})
    assert answer.status == status, answer.body


async def test_periods_that_can_not_be(store):
    sandbox, http = store
    today = day(sandbox.now())
    body = {"businessId": sandbox.business_id, "dateFrom": today.isoformat(), "dateTo": today.isoformat()}
    backwards = await order(http, "generateUnitedOrdersReport", body | {"dateTo": days_after(today, -1).isoformat()})
    assert (backwards.status, "dateTo" in backwards.message) == (400, True)
    long = await order(http, "generateUnitedNettingReport", body | {"dateFrom": days_after(today, -100).isoformat()})
    assert (long.status, "more than '93' days" in long.message) == (400, True)


@pytest.mark.parametrize(
    ("name", "body", "status", "message"),
    [
        ("generateShowsSalesReport", {}, 400, "Exactly one of businessId and campaignId must be specified"),
        (
            "generateShowsSalesReport",
            {"businessId": 0, "campaignId": 0},
            400,
            "Exactly one of businessId and campaignId must be specified",
        ),
        (
            "generateShipmentListDocumentReport",
            {"campaignId": 0},
            400,
            "One of shipmentId and orderIds must be specified",
        ),
        (
            "generateClosureDocumentsDetalizationReport",
            {"campaignId": 0, "contractType": "MARKETING", "monthOfYear": {"year": 2026, "month": 5}},
            400,
            "Contract with type MARKETING was signed with the agency",
        ),
        ("generateGoodsPricesReport", {}, 400, "One of businessId and campaignId must be specified"),
        ("generateGoodsFeedbackReport", {"businessId": 1}, 403, "Access denied"),
        ("generateGoodsTurnoverReport", {"campaignId": 1}, 403, "No access to campaigns: '1'"),
        (
            "generateGoodsRealizationReport",
            {"campaignId": 1, "year": 2026, "month": 5},
            404,
            "Campaign not found '1'",
        ),
        (
            "generateGoodsTurnoverReport",
            {"campaignId": 0},
            400,
            "Campaign type is not allowed. Allowed campaign types: 'FBY'",
        ),
        (
            "generateUnitedReturnsReport",
            {"businessId": 0, "campaignIds": [1, 2]},
            403,
            "No access to campaigns: '1, 2'",
        ),
    ],
)
async def test_requests_that_are_refused(store, name, body, status, message):
    sandbox, http = store
    today = day(sandbox.now()).isoformat()
    whole = {"dateFrom": today, "dateTo": today, "grouping": "OFFERS"} | body
    ours = {"businessId": sandbox.business_id, "campaignId": sandbox.campaign_id}
    whole |= {key: ours[key] for key in ours if body.get(key) == 0}
    answer = await order(http, name, whole)
    assert (answer.status, answer.message) == (status, message)


async def test_a_store_that_is_switched_off_has_no_reports(store):
    sandbox, http = store
    sandbox.inactive.add(sandbox.campaign_id, "MANUALLY_DISABLED")
    body = {"campaignId": sandbox.campaign_id, "year": 2026, "month": 5}
    answer = await order(http, "generateGoodsRealizationReport", body)
    assert (answer.status, answer.message) == (403, f"API for campaign '{sandbox.campaign_id}' manually disabled")


async def test_prices_of_a_store_where_all_have_the_same(store):
    sandbox, http = store
    sandbox.world.settings["only_default_price"] = True
    answer = await order(http, "generateGoodsPricesReport", {"campaignId": sandbox.campaign_id})
    assert answer.status == 400
    assert answer.message == (
        "Only default prices are used for this business. Generate the report at the business level (not campaign) "
        "to see actual prices."
    )


async def test_reports_can_be_told_over_http(store):
    _sandbox, http = store
    told = await http.post("/__sandbox/reports/fail_next", {"sub_status": "TOO_LARGE"})
    assert told.json == {"result": None}
    answer = await order(http, "generateUnitedOrdersReport")
    await http.post("/__sandbox/reports/finish")
    listed = (await http.post("/__sandbox/reports/all")).json["result"]
    report_id = answer.json["result"]["reportId"]
    assert listed == [
        {"report_id": report_id, "method": "generateUnitedOrdersReport", "status": "FAILED", "sub_status": "TOO_LARGE"}
    ]

"""Making the file of a report or a document that is ready."""

from datetime import date
from typing import Any

from yamarket_async.sandbox.documents import PDF, XLSX, ZIP, pdf, zipped
from yamarket_async.sandbox.links import Stored, shelf
from yamarket_async.sandbox.moments import day
from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.parts.reports import Ordered, Reports
from yamarket_async.sandbox.reporting import asking
from yamarket_async.sandbox.reporting.rows import OF_STOCKS, Wanted, sheets
from yamarket_async.sandbox.reporting.sheets import layouts
from yamarket_async.sandbox.reporting.spreadsheets import csv_archive, json_archive, workbook
from yamarket_async.sandbox.world import Store, World

DOCUMENTS = frozenset(
    {
        "generateBarcodesReport",
        "generateClosureDocumentsReport",
        "generateMassOrderLabelsReport",
        "generateShipmentListDocumentReport",
    }
)
"""What isn't made of sheets."""


@shelf("reports")
def stored(world: World, report_id: str) -> Stored:
    """Give the file of a report, made when it is first asked for."""
    report = world.part(Reports).find(report_id)
    if report is None:
        raise LookupError(report_id)
    if report.file is None:
        report.file = _make(world, report)
    return report.file


def _make(world: World, report: Ordered) -> Stored:
    if report.method in DOCUMENTS:
        return _document(world, report)
    model = world.stores[report.body["campaignId"]].model if report.body.get("campaignId") else ""
    filled = sheets(world, layouts(report.method, report.body, model), _wanted(world, report))
    name = report.method.removeprefix("generate").removesuffix("Report")
    kind = report.query.get("format", "FILE")
    if kind == "CSV":
        return Stored(csv_archive(filled), f"{name}.zip", ZIP)
    if kind == "JSON":
        return Stored(json_archive(filled), f"{name}.zip", ZIP)
    return Stored(workbook(filled), f"{name}.xlsx", XLSX)


def _wanted(world: World, report: Ordered) -> Wanted:
    body = report.body
    stores = [store.id for store in world.stores.values() if _is_in(report.method, store)]
    named = body.get("campaignIds") or ([body["campaignId"]] if body.get("campaignId") else stores)
    today = day(report.requested)
    first, last = period_of(body, today)
    return Wanted(
        report.method,
        tuple(named),
        first,
        min(last, today),
        frozenset(body.get("categoryIds") or ()),
        frozenset(body.get("offerIds") or ([body["shopSku"]] if body.get("shopSku") else ())),
        body.get("hasStocks"),
        frozenset(body.get("partnerWarehouseIds") or body.get("warehouseIds") or ()),
    )


def _is_in(method: str, store: Store) -> bool:
    """Tell whether a store is in the reports of its business: stocks at the Market are in those of a store only."""
    return method not in OF_STOCKS or store.model not in {"FBY", "LAAS"}


def period_of(body: Any, today: date) -> tuple[date, date]:
    """Tell the first and the last day of a report: those that were named, or its months, or the last 30 days.

    Raises:
        ValueError: there are no such days.
    """
    if body.get("dateFrom"):
        return date.fromisoformat(body["dateFrom"]), date.fromisoformat(body.get("dateTo") or today.isoformat())
    for start, end in ((body.get("monthOfYear") or body, body.get("monthOfYear") or body), _months(body)):
        if start.get("year") is not None and start.get("month") is not None:
            following = date(end["year"] + end["month"] // 12, end["month"] % 12 + 1, 1)
            return date(start["year"], start["month"], 1), date.fromordinal(following.toordinal() - 1)
    named = body.get("date") or body.get("reportDate")
    last = date.fromisoformat(named) if named else today
    return date.fromordinal(last.toordinal() - 30), last


def _months(body: Any) -> tuple[Any, Any]:
    """Give the first and the last month of a report over several, under the names of a single one's fields."""
    start, end = ({"year": body.get(f"year{which}"), "month": body.get(f"month{which}")} for which in ("From", "To"))
    return start, end if end["year"] and end["month"] else start


def _document(world: World, report: Ordered) -> Stored:
    body = report.body
    if report.method == "generateBarcodesReport":
        return Stored(pdf(_barcodes(world, body)), "barcodes.pdf", PDF)
    if report.method == "generateMassOrderLabelsReport":
        orders = body["orderIds"]
        if body.get("sortingType") == "SORT_BY_ORDER_CREATED_AT":
            orders = sorted(orders)
        labels = [[f"Заказ {order}", f"Кабинет {world.business_id}"] for order in orders]
        return Stored(pdf(labels, report.query.get("format", "A7")), "labels.pdf", PDF)
    if report.method == "generateShipmentListDocumentReport":
        lines = [f"Отгрузка {body.get('shipmentId', '')}", *(f"Заказ {order}" for order in body.get("orderIds") or ())]
        return Stored(pdf([lines]), "shipment-list.pdf", PDF)
    month = body["monthOfYear"]
    files = {
        f"{kind.lower()}_{name}.pdf": pdf([[f"{name} {month['year']}-{month['month']:02}", f"Contract {kind}"]])
        for kind in body.get("contractTypes") or ("INCOME", "OUTCOME")
        for name in ("act", "invoice")
    }
    return Stored(zipped(files), "closure-documents.zip", ZIP)


def _barcodes(world: World, body: Any) -> list[list[str]]:
    pages = []
    for offer_id, count in barcodes_of(world, body):
        digits = world.random("barcode", offer_id).randrange(10**10)
        pages.extend([[offer_id, f"* 20{digits:010} *"]] * count)
    return pages


def barcodes_of(world: World, body: Any) -> list[tuple[str, int]]:
    """Tell the products whose barcodes were asked for, and how many of each."""
    if body.get("barcodeOfferInfos"):
        return [(info["offerId"].strip(), info["barcodeCount"]) for info in body["barcodeOfferInfos"]]
    supplied = asking.items(
        world,
        "getSupplyRequestItems",
        ids={"campaignId": body["campaignId"]},
        body={"requestId": body["supplyRequestId"]},
    )
    return [(item["offerId"], item["counters"].get("planCount", 1)) for item in supplied]


def missing(world: World, method: str, body: Any) -> bool:
    """Tell whether something that a document was asked for isn't there."""
    if method == "generateBarcodesReport" and body.get("barcodeOfferInfos"):
        catalogue = world.part(Catalogue)
        return any(catalogue.position(offer_id) is None for offer_id, _ in barcodes_of(world, body))
    named = body.get("orderIds") if method in DOCUMENTS else None
    if not named:
        return False
    known = {
        order["orderId"]
        for at in range(0, len(named), 50)
        for order in asking.items(
            world,
            "getBusinessOrders",
            ids={"businessId": world.business_id},
            body={"orderIds": named[at : at + 50]},
        )
    }
    return not known.issuperset(named)

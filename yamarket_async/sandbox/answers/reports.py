"""Reports and documents: ordered, waited for, fetched by a link."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from yamarket_async.families import endpoints
from yamarket_async.sandbox.access import CAUSES
from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.calls import Call, Refusal, bad_request, forbidden, not_found
from yamarket_async.sandbox.links import link
from yamarket_async.sandbox.moments import day, iso
from yamarket_async.sandbox.parts.reports import ACTIVE, Reports, Status, SubStatus
from yamarket_async.sandbox.reporting import making

REPORTS = tuple(name for name, endpoint in endpoints().items() if endpoint.report)

EITHER = {
    "generateBarcodesReport": ("barcodeOfferInfos", "supplyRequestId"),
    "generateKeyIndicatorsReport": ("businessId", "campaignId"),
    "generateShowsSalesReport": ("businessId", "campaignId"),
    "generateStocksOnWarehousesReport": ("businessId", "campaignId"),
}
"""Fields of which a report takes exactly one."""

ONE_OR_BOTH = {
    "generateGoodsPricesReport": ("businessId", "campaignId"),
    "generateShipmentListDocumentReport": ("shipmentId", "orderIds"),
}
"""Fields of which a report takes one or both."""

LONGEST = {
    "generateUnitedMarketplaceServicesReport": 93,
    "generateUnitedNettingReport": 93,
    "generateUnitedOrdersReport": 366,
}
"""Days that the period of a report may have."""

UNBOUND = frozenset({"generateUnitedMarketplaceServicesReport", "generateUnitedNettingReport"})
"""The reports whose days may go back as far as one likes, …"""

UNBOUND_WITH_SUBSCRIPTION = frozenset(
    {
        "generateGoodsMovementReport",
        "generateGoodsTurnoverReport",
        "generateJewelryFiscalReport",
        "generateUnitedOrdersReport",
        "generateUnitedReturnsReport",
    }
)
"""… and those for which only a subscription allows that; those of the others go back 400 days then."""

BARCODES = 1_500
"""Barcodes that a file may have."""


@answers(*REPORTS)
def generate(call: Call) -> dict[str, Any]:
    """Order a report."""
    _check_entities(call)
    _check_fields(call.endpoint.name, call.body)
    _check_period(call)
    reports, tier = call.world.part(Reports), call.world.settings.get("tier", "medium")
    if reports.active(call.now) >= ACTIVE[tier]:
        raise Refusal(420, "METHOD_FAILURE", f"Active reports limit exceeded, limit='{ACTIVE[tier]}'")
    outcome, sub_status = _end(call)
    body = {**call.body, **({"businessId": call.ids["businessId"]} if "businessId" in call.ids else {})}
    report = reports.order(call.endpoint.name, call.query, body, call.now, outcome=outcome, sub_status=sub_status)
    return {
        "status": "OK",
        "result": {"reportId": report.id, "estimatedGenerationTime": round(report.takes * 1_000)},
    }


@answers("getReportInfo")
def info(call: Call) -> dict[str, Any]:
    """Tell how far a report is; each time with a link of its own."""
    report = call.world.part(Reports).find(call.ids["reportId"])
    if report is None:
        raise not_found("Report not found.")
    status = report.status(call.now)
    result: dict[str, Any] = {
        "status": status,
        "generationRequestedAt": iso(report.requested),
        "estimatedGenerationTime": round(report.takes * 1_000),
    }
    if status in {"DONE", "FAILED"}:
        result["generationFinishedAt"] = iso(report.finished)
        if report.sub_status is not None:
            result["subStatus"] = report.sub_status
    if status == "DONE" and report.sub_status is None:
        # The file is made now, so that it shows the world as it was when the report was ready, or little later.
        making.stored(call.world, report.id)
        result["file"] = link(call.world, "reports", report.id)
    return {"status": "OK", "result": result}


def _end(call: Call) -> tuple[Status, SubStatus | None]:
    """Tell what comes of a report that nobody disturbs."""
    method, body = call.endpoint.name, call.body
    try:
        first, last = making.period_of(body, day(call.now))
    except (ValueError, OverflowError):
        # A year that no calendar has.
        return "FAILED", "NO_DATA"
    if first > day(call.now) or last < first:
        return "FAILED", "NO_DATA"
    if (
        method == "generateBarcodesReport"
        and sum(count for _, count in making.barcodes_of(call.world, body)) > BARCODES
    ):
        return "FAILED", "TOO_LARGE"
    if making.missing(call.world, method, body):
        return "FAILED", "RESOURCE_NOT_FOUND"
    return "DONE", None


def _check_entities(call: Call) -> None:
    """Check that the store and the business that a body names are this seller's, and fit the report."""
    world, body = call.world, call.body
    if body.get("businessId") not in {None, world.business_id}:
        raise forbidden("Access denied")
    named = body.get("campaignId")
    foreign = [one for one in body.get("campaignIds") or () if one not in world.stores]
    if foreign:
        raise forbidden(f"No access to campaigns: '{', '.join(map(str, foreign))}'")
    if named is None:
        return
    if named not in world.stores:
        if 404 in call.endpoint.refusals:
            raise not_found(f"Campaign not found '{named}'")
        raise forbidden(f"No access to campaigns: '{named}'")
    inactive = world.settings["inactive"]
    if named in inactive:
        raise forbidden(CAUSES[inactive[named]].format(id=named))
    if world.stores[named].model not in call.endpoint.models:
        allowed = ", ".join(call.endpoint.models)
        raise bad_request(f"Campaign type is not allowed. Allowed campaign types: '{allowed}'")


def _check_fields(method: str, body: Mapping[str, Any]) -> None:
    """Check what a report takes besides the bounds of each field; the messages are documented only in part."""
    if method in EITHER:
        names = EITHER[method]
        if sum(body.get(name) is not None for name in names) != 1:
            raise bad_request(f"Exactly one of {' and '.join(names)} must be specified")
    if method in ONE_OR_BOTH and not any(body.get(name) for name in ONE_OR_BOTH[method]):
        raise bad_request(f"One of {' and '.join(ONE_OR_BOTH[method])} must be specified")
    if method == "generateClosureDocumentsDetalizationReport" and body["contractType"] == "MARKETING":
        raise bad_request("Contract with type MARKETING was signed with the agency")


def _check_period(call: Call) -> None:
    world, body, method = call.world, call.body, call.endpoint.name
    if method == "generateGoodsPricesReport" and body.get("campaignId") and world.settings.get("only_default_price"):
        raise bad_request(
            "Only default prices are used for this business. Generate the report at the business level (not campaign) "
            "to see actual prices."
        )
    if body.get("date"):
        _check_age(call, date.fromisoformat(body["date"]))
    if not body.get("dateFrom"):
        return
    first = date.fromisoformat(body["dateFrom"])
    last = date.fromisoformat(body.get("dateTo") or body["dateFrom"])
    if last < first:
        raise bad_request("Date field 'dateTo' must be greater or equal to 'dateFrom'!")
    _check_age(call, first)
    longest = LONGEST.get(method)
    if longest is not None and (last - first).days > longest:
        raise bad_request(f"Invalid filters: interval between 'dateFrom' and 'dateTo' is more than '{longest}' days.")


def _check_age(call: Call, first: date) -> None:
    """Check that a report doesn't go back further than the subscription allows."""
    method, is_free = call.endpoint.name, call.world.settings.get("tier") == "none"
    if method in UNBOUND or (method in UNBOUND_WITH_SUBSCRIPTION and not is_free):
        return
    days, words = (90, "Without subscription, you cannot") if is_free else (400, "You cannot")
    if first < day(call.now) - timedelta(days=days):
        raise bad_request(
            f"{words} request data older than {days} days. The dateFrom ('{first}') is too far in the past."
        )

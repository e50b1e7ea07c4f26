"""Reports: each is started and waited for, and what was written stands in its file."""

from typing import Any

from tests.sandbox.pairs.pair import Known, Pair, nothing, order
from yamarket_async.sandbox import Sandbox

BUSINESS, STORE = {"businessId": "<businessId>"}, {"campaignId": "<campaignId>"}
SEPTEMBER = {"dateFrom": "2026-09-01", "dateTo": "2026-09-29"}
MONTH = {"monthOfYear": {"year": 2026, "month": 9}}

REPORTS: dict[str, Any] = {
    "generateBannersStatisticsReport": BUSINESS | SEPTEMBER,
    "generateBarcodesReport": {"campaignId": "<fby>"}
    | {"barcodeFormat": "F_30_20", "barcodeOfferInfos": [{"offerId": "ЛАМПА", "barcodeCount": 2}]},
    "generateBoostConsolidatedReport": BUSINESS | SEPTEMBER,
    "generateClosureDocumentsDetalizationReport": STORE | MONTH | {"contractType": "INCOME"},
    "generateClosureDocumentsReport": STORE | MONTH,
    "generateCompetitorsPositionReport": BUSINESS | SEPTEMBER | {"categoryId": 90_401},
    "generateGoodsFeedbackReport": BUSINESS,
    "generateGoodsMovementReport": {"campaignId": "<fby>"} | SEPTEMBER,
    "generateGoodsPricesReport": BUSINESS,
    "generateGoodsRealizationReport": STORE | {"year": 2026, "month": 9},
    "generateGoodsTurnoverReport": {"campaignId": "<fby>", "date": "2026-09-29"},
    "generateJewelryFiscalReport": STORE | SEPTEMBER,
    "generateKeyIndicatorsReport": BUSINESS | {"detalizationLevel": "WEEK"},
    "generateMarketingDetalizationReport": MONTH,
    "generateMassOrderLabelsReport": BUSINESS | {"orderIds": ["<orderId>"]},
    "generateSalesGeographyReport": BUSINESS | SEPTEMBER,
    "generateShelfsStatisticsReport": BUSINESS | SEPTEMBER | {"attributionType": "CLICKS"},
    "generateShipmentListDocumentReport": STORE | {"orderIds": ["<orderId>"]},
    "generateShowsBoostReport": BUSINESS | SEPTEMBER | {"attributionType": "CLICKS"},
    "generateShowsSalesReport": BUSINESS | SEPTEMBER | {"grouping": "OFFERS"},
    "generateStocksOnWarehousesReport": STORE,
    "generateStocksReport": {},
    "generateUnitedMarketplaceServicesReport": BUSINESS | SEPTEMBER,
    "generateUnitedNettingReport": BUSINESS | SEPTEMBER,
    "generateUnitedOrdersReport": BUSINESS | SEPTEMBER,
    "generateUnitedReturnsReport": BUSINESS | SEPTEMBER,
}
"""What each report is started with."""


def shown(write: str, sent: Any, report: str, place: str, value: Any, given: Any = nothing, **more: Any) -> Pair:
    """What is written stands in the file of a report."""
    return Pair(write, sent, report, REPORTS[report], place, value, given, **more)


def price(value: float, **more: Any) -> Any:
    return {"offers": [{"offerId": "ЛАМПА", "price": {"value": value, "currencyId": "RUR", **more}}]}


def card(**fields: Any) -> Any:
    return {"offerMappings": [{"offer": {"offerId": "ЛАМПА", **fields}}]}


def returned(sandbox: Sandbox) -> Known:
    """A return waits for the seller's decision, and one has been chosen."""
    known = order("DBS", until="DELIVERED")(sandbox)
    return_id = sandbox.returns.open(known["orderId"])
    sandbox.returns.advance(return_id)
    return known | {"returnId": return_id, "returnItemId": sandbox.returns.state(return_id).item_ids[0]}


def known_by(sandbox: Sandbox) -> Known:
    """An order was delivered that the seller has an id of its own for."""
    known = order(until="DELIVERED")(sandbox)
    sandbox.orders.known(known["orderId"]).external_id = "A-1"
    return known


PRICES, SHOP_PRICES = "generateGoodsPricesReport", "business_prices.rows.0"
ORDERS = "generateUnitedOrdersReport"
SHOWN = [
    shown("updateBusinessPrices", price(1_357), PRICES, f"{SHOP_PRICES}.basicPrice", 1_357),
    shown("updateBusinessPrices", price(900, discountBase=1_234), PRICES, f"{SHOP_PRICES}.basicDiscountBase", 1_234),
    shown(
        "updateBusinessPrices",
        price(900, minimumForBestseller=777),
        PRICES,
        f"{SHOP_PRICES}.minimumForBestseller",
        777,
    ),
    shown(
        "updateOfferMappings",
        card(purchasePrice={"value": 321, "currencyId": "RUR"}),
        PRICES,
        f"{SHOP_PRICES}.costPrice",
        321,
    ),
    shown(
        "updateOfferMappings",
        card(additionalExpenses={"value": 45, "currencyId": "RUR"}),
        PRICES,
        f"{SHOP_PRICES}.additionalExpenses",
        45,
    ),
    Pair("updatePrices", price(1_357), PRICES, STORE, "shop_prices.rows.0.shopPrice", 1_357),
    shown(
        "updateStocks",
        {"skus": [{"sku": "ЛАМПА", "items": [{"count": 17}]}]},
        "generateStocksOnWarehousesReport",
        "mass_shared_stocks.rows.0.count",
        17,
    ),
    shown(
        "updateOrderStatus",
        {"order": {"status": "CANCELLED", "substatus": "SHOP_FAILED"}},
        ORDERS,
        "services_and_orders_margin.rows.0.orderStatus",
        "CANCELLED",
        order(),
    ),
    shown(
        "updateExternalOrderId",
        {"externalOrderId": "A-1"},
        ORDERS,
        "services_and_orders_margin.rows.0.partnerOrderId",
        "A-1",
        order(),
    ),
    shown(
        "/__sandbox/returns/open",
        {"order_id": "<orderId>"},
        "generateUnitedReturnsReport",
        "united_returns.rows.0.offerName",
        "Лампа настольная",
        known_by,
    ),
    shown(
        "/__sandbox/returns/open",
        {"order_id": "<orderId>"},
        "generateGoodsRealizationReport",
        "returned.rows.0.yourOrderId",
        "A-1",
        known_by,
    ),
    shown(
        "submitReturnDecision",
        {"returnItemDecisions": [{"returnItemId": "<returnItemId>", "decisionType": "REPLACE"}]},
        "generateUnitedReturnsReport",
        "united_returns.rows.0.returnStatus",
        "DECISION_MADE",
        returned,
    ),
]

STARTED = [
    Pair(
        report,
        sent,
        "getReportInfo",
        {},
        "result.status",
        "DONE",
        order(),
        told={"reportId": "result.reportId"},
        seconds=61,
    )
    for report, sent in REPORTS.items()
]

PAIRS = [*SHOWN, *STARTED]

"""Which sheets each report has, and which columns: the names and types of the documentation.

A column is written as in CSV, with `:i` for integers and `:n` for numbers; it is text otherwise. Of the reports on
services, mutual settlement, realization and closing documents, which have dozens of sheets that are alike, those are
here that integrations read.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, NamedTuple

Subject = Literal["offers", "lines", "returns", "days", "months"]
"""What a row is about: a product, a line of an order, a return, a day, a month."""

Kind = Literal["text", "integer", "number"]

_KINDS: Mapping[str, Kind] = {"": "text", "i": "integer", "n": "number"}


class Column(NamedTuple):
    """A column of a report."""

    name: str
    kind: Kind


class Layout(NamedTuple):
    """A sheet of a report: the name of its file, what its rows are about, and its columns."""

    name: str
    subject: Subject
    columns: str

    @property
    def parsed(self) -> tuple[Column, ...]:
        """The columns one by one."""
        return _columns(self.columns)


@cache
def _columns(text: str) -> tuple[Column, ...]:
    pairs = (name.partition(":") for name in text.split())
    return tuple(Column(name, _KINDS[kind]) for name, _, kind in pairs)


_SHOP = "BUSINESS_ID:i MODEL PARTNER_ID:i SHOP_NAME INN PLACEMENT_CONTRACT PROMOTION_CONTRACT"
_PARTNER = "BUSINESS_ID:i PLACEMENT_MODEL PARTNER_ID:i PARTNER_NAME INN PLACEMENT_CONTRACT PROMOTION_CONTRACT"
_SIZE = "WEIGHT:n LENGTH:n WIDTH:n HEIGHT:n DIMENSIONS_SUM:n"
_SERVICE = "SERVICE_DATE_TIME ACT_DATE SERVICE_PRICE:n"
_ADVERT = "CLICKS:i CTR:n"
_TRANSACTION = (
    f"{_SHOP} TRANSACTION_DATE TRANSACTION_ID ORDER_ID:i SHOP_ORDER_ID ORDER_CREATION_DATE CLAIM_NUMBER ORDER_TYPE "
    "OFFER_ID OFFER_NAME COUNT:i TRANSACTION_SUM:n TRANSACTION_TYPE TRANSACTION_SOURCE PAYMENT_STATUS BANK_ORDER_DATE "
    "BANK_ORDER_ID:i BANK_ORDER_SUM:n"
)
_PAID = (
    "PRICE_WITH_VAT_AND_NO_DISCOUNT:n SHOP_MARKETPLACE_DISCOUNT:n SPASIBO_DISCOUNT:n YANDEX_PLUS_DISCOUNT:n "
    "PRICE_WITH_VAT_AND_ALL_DISCOUNTS:n"
)
_REALIZED = "ORDER_ID:i YOUR_ORDER_ID ORDER_TYPE OFFER_NAME YOUR_SKU SHOP_SKU"
_REALIZED_DATES = "ORDER_CREATION_DATE TRANSFERRED_TO_DELIVERY_DATE DELIVERY_DATE"
_PRICES = (
    "ON_DISPLAY PRICE_GREEN_THRESHOLD:i PRICE_RED_THRESHOLD:i MINIMUM_PRICE_ON_MARKETPLACES:i "
    "MARKETPLACE_WITH_BEST_PRICE_WITHOUT_MARKET PRICE_VALUE_OUTSIDE_MARKET:i SHOP_WITH_BEST_PRICE_ON_MARKET "
    "PRICE_VALUE_ON_MARKET:i"
)
_STOCKS = "ERRORS SHOP_SKU PRODUCT_NAME PLACEMENT_TYPE WAREHOUSE_AND_SHOP COUNT:i RESERVE:i PRICE STATUS COMMENT"
_TURNOVER = (
    "WAREHOUSE_NAME MACROREGION_NAME CATEGORY SHOP_SKU MARKET_SKU:i OFFER_NAME LENGTH:i WIDTH:i HEIGHT:i "
    "VOLUME:n TURNOVER "
    "MARKET_RECOMMENDATION AVG_SOLD_VOLUME:n AVG_SOLD_ITEMS:n AVG_SOLD_VOLUME_ON_STOCK:n ITEMS_ON_STOCK:i"
)
_SERVICES = (
    Layout(
        "placement",
        "lines",
        f"{_PARTNER} ORDER_ID:i ORDER_CREATION_DATE_TIME SHOP_SKU OFFER_NAME PRICE:n COUNT:i {_SIZE} PAYMENT_TYPE "
        "QUALITY_INDEX SERVICE_NAME TARIFF:n UNIT MIN_TARIFF:n MAX_TARIFF:n SERVICE_BEFORE_TARIFF:n SERVICE_DATE_TIME "
        "ACT_DATE AMOUNT_WITHOUT_BONUSES:n",
    ),
    Layout(
        "delivery",
        "lines",
        f"{_PARTNER} ORDER_ID:i SHOP_SKU OFFER_NAME PRICE:n COUNT:i {_SIZE} SERVICE_NAME FROM TO TARIFF:n UNIT "
        f"MIN_TARIFF:n MAX_TARIFF:n SERVICE_PRICE_BEFORE_TARIFF:n {_SERVICE}",
    ),
    Layout(
        "payment_accepting",
        "lines",
        f"{_PARTNER} ORDER_ID:i SHOP_SKU OFFER_NAME BUYER_PAID:n TARIFF:n UNIT {_SERVICE} RECORD_TYPE",
    ),
    Layout(
        "payment_transfer",
        "lines",
        f"{_PARTNER} ORDER_ID:i SHOP_SKU OFFER_NAME BUYER_PAID:n TARIFF_FOR_TRANSFER:n {_SERVICE} RECORD_TYPE",
    ),
    Layout(
        "loyalty_and_reviews",
        "lines",
        f"{_PARTNER} ORDER_ID:i SHOP_SKU OFFER_NAME PRICE:n CLIENT_PRICE:n COUNT:i SERVICE_NAME REVIEW_ID UNIT "
        f"{_SERVICE} TARIFF_OR_PRICE_FOR_REVIEW:n",
    ),
    Layout(
        "boost",
        "lines",
        f"{_PARTNER} ORDER_ID:i SHOP_SKU OFFER_NAME CATEGORY PRICE:n COUNT:i SERVICE_NAME BET:n PREPAID:n POSTPAID:n "
        "BONUS_PAID:n ACT_DATE SERVICE_DATE",
    ),
    Layout(
        "order_processing",
        "lines",
        f"{_PARTNER} ORDER_ID:i BOX_EXTERNAL_ID LOCATION SERVICE_NAME TARIFF:n MIN_AMOUNT:n SERVICE_DATE ACT_DATE "
        "SERVICE_PRICE:n RECORD_TYPE",
    ),
    Layout(
        "storage_of_returns",
        "returns",
        f"{_PARTNER} RESUPPLY_TYPE ORDER_ID:i RETURN_ID:i RETURN_COUNT:i UNREDEEMED_ORDER_TARIFF:n RETURN_TARIFF:n "
        "SERVICE_DATE ACT_DATE SERVICE_PRICE:n RECORD_TYPE",
    ),
)
_NETTING = (
    Layout(
        "transaction_date",
        "lines",
        f"{_SHOP} TRANSACTION_DATE TRANSACTION_ID ORDER_ID:i SHOP_ORDER_ID ORDER_CREATION_DATE ORDER_DELIVERY_DATE "
        "CLAIM_NUMBER ORDER_TYPE SHOP_SKU ACT_ID:i ACT_DATE OFFER_OR_SERVICE_NAME COUNT:i TRANSACTION_SUM:n "
        "TRANSACTION_TYPE TRANSACTION_SOURCE PAYMENT_STATUS BONUS_ACCOUNT_YEAR_MONTH BANK_ORDER_DATE BANK_ORDER_ID:i "
        "BANK_SUM:n COMMENTS",
    ),
    Layout(
        "netting_report_accruals",
        "lines",
        f"{_SHOP} ORDER_ID:i ORDER_CREATION_DATE ORDER_DELIVERY_DATE CLAIM_NUMBER ORDER_TYPE SHOP_SKU OFFER_NAME "
        "COUNT:i TRANSACTION_SUM:n TRANSACTION_SOURCE ACT_ID:i ACT_DATE TRANSACTION_DATE TRANSACTION_ID",
    ),
    Layout(
        "netting_report_returns_and_compensations",
        "returns",
        f"{_SHOP} ORDER_ID:i ORDER_CREATION_DATE ORDER_DELIVERY_DATE ORDER_TYPE SHOP_SKU OFFER_NAME COUNT:i "
        "TRANSACTION_SUM:n TRANSACTION_SOURCE TRANSACTION_DATE TRANSACTION_ID",
    ),
    Layout(
        "netting_report_retentions",
        "months",
        f"{_SHOP} ACT_ID:i ACT_DATE SERVICE_NAME TRANSACTION_SUM:n TRANSACTION_SOURCE TRANSACTION_DATE TRANSACTION_ID",
    ),
)
_ORDERS = (
    Layout(
        "orders_and_offers_transactions",
        "lines",
        f"{_SHOP} ORDER_ID:i PARTNER_ORDER_ID CREATION_DATE ORDER_TYPE SHOP_SKU OFFER_NAME "
        f"PARTNER_PRICE_FOR_DELIVERY:n "
        "BILLING_PRICE:n COFINANCE_TRESHOLD:n COFINANCE_VALUE:n COFINANCE_SUBSIDY:n MARKETPLACE_SUBSIDY:n SPASIBO:n "
        "YANDEX_PLUS:n TRANSFERRED_FOR_DELIVERY:i DELIVERED_OR_RETURNED:i DELIVERY_DATE OFFER_STATUS STATUS_CHANGED "
        "PAYMENT_TYPE SHIPMENT_WAREHOUSE SHIPMENT_DATE DELIVERY_REGION BUYER_PAYMENT_AMOUNT:n",
    ),
    Layout(
        "services_and_orders_margin",
        "lines",
        f"{_SHOP} ORDER_ID:i PARTNER_ORDER_ID ORDER_STATUS CREATION_DATE ORDER_TYPE SUMMARY_COMMISSION:n "
        "SUM_BILLING_PRICE_OF_ITEMS:n INCOME_WITHOUT_SERVICES:n BUYER_PAYMENT:n BUYER_PAYMENT_STATUS BANK_ORDER_ID "
        "SALE_COMMISSION:n WAREHOUSE_PROCESSING:n LOYALTY_PROGRAM:n BOOST:n INSTALLMENT:n BUYER_DELIVERY:n "
        "BUYER_PAYMENT_ACCEPT:n BUYER_PAYMENT_TRANSFER:n ORDER_PROCESSING:n",
    ),
)
_REALIZATION = (
    Layout(
        "transferred_to_delivery",
        "lines",
        f"{_REALIZED} TRANSFERRED_TO_DELIVERY_COUNT:i {_REALIZED_DATES} PAYMENT_TYPE VAT {_PAID} "
        "TRANSFERRED_TO_DELIVERY_PRICE_SUM_WITH_VAT_AND_NO_DISCOUNTS:n TRANSFERRED_TO_DELIVERY_DISCOUNT_SUM:n "
        "TRANSFERRED_TO_DELIVERY_PRICE_SUM_WITH_VAT_AND_DISCOUNTS:n",
    ),
    Layout(
        "delivered",
        "lines",
        f"{_REALIZED} TRANSFERRED_TO_DELIVERY_COUNT:i DELIVERED_COUNT:i {_REALIZED_DATES} PAYMENT_TYPE VAT {_PAID} "
        "DELIVERED_PRICE_SUM_WITH_VAT_AND_NO_DISCOUNTS:n DELIVERED_DISCOUNT_SUM:n "
        "DELIVERED_PRICE_SUM_WITH_VAT_AND_DISCOUNTS:n",
    ),
    Layout(
        "returned",
        "returns",
        f"{_REALIZED} DELIVERED_COUNT:i RETURNED_COUNT:i {_REALIZED_DATES} RETURN_WAREHOUSE_OR_SC_ACCEPT_DATE "
        f"PAYMENT_TYPE VAT {_PAID} RETURN_PRICE_SUM_WITH_VAT_AND_NO_DISCOUNTS:n RETURN_DISCOUNT_SUM:n "
        "RETURN_PRICE_SUM_WITH_VAT_AND_DISCOUNTS:n",
    ),
)
_INDICATORS = (
    Layout(
        "key_indicators_summary",
        "days",
        "PERIOD GMV:n ORDERS_DELIVERED:i ORDERS_AVG_PRICE:n TOTAL_SUBSIDY:n SERVICES_WITHOUT_PROMOTION:n "
        "PROMOTION_SERVICES:n",
    ),
    Layout("key_indicators_revenue", "days", "PERIOD GMV:n TOTAL_SUBSIDY:n YANDEX_PLUS:n SUBSIDY:n"),
    Layout(
        "key_indicators_sales",
        "days",
        "PERIOD SHOWS:i TO_CART_CONVERSION:n TO_ORDER_CONVERSION:n ORDERS_DELIVERED:i GMV:n ORDERS_AVG_PRICE:n "
        "ORDER_ITEMS_DELIVERED:i ORDER_ITEM_AVG_PRICE:n",
    ),
    Layout(
        "key_indicators_expenses",
        "days",
        "PERIOD SERVICES_WITHOUT_PROMOTION:n FEE:n PAYMENT_ACCEPTANCE_AND_TRANSFER:n LOGISTIC_SERVICES:n "
        "WAREHOUSE_SERVICES:n PROMOTION_SERVICES:n BOOST:n PROMOTION_WITH_SHOWS:n LOYALTY_PARTICIPATION_FEE:n",
    ),
)
_INCOME = (
    Layout("period_closure_income_summary", "months", "PAYMENTS PAYMENTS_DESCRIPTION PAYMENT_SUM:n"),
    Layout("period_closure_income_payments", "lines", _TRANSACTION),
    Layout("period_closure_income_refunds", "returns", _TRANSACTION),
    Layout("period_closure_income_fees", "lines", _TRANSACTION),
)
_OUTCOME = (
    Layout("period_closure_outcome_summary", "months", "SERVICES SERVICES_DESCRIPTION SERVICES_SUM:n"),
    Layout("period_closure_outcome_subsidy", "lines", _TRANSACTION),
    Layout("period_closure_outcome_plus", "lines", _TRANSACTION),
    Layout("period_closure_outcome_delivery", "lines", _TRANSACTION),
)
_ADVERTISER = "DATE SUM:n DEDUCTED_BONUSES:n CAMPAIGN_NAME OPERATION_TYPE CABINET_TYPE CABINET_NAME"
_BANNERS = (
    f"SHOWS:i COVERAGE:i {_ADVERT} SHOWS_FREQUENCY:n TURN_ON_VOLUME:i TURN_OFF_VOLUME:i CART_ADDICTION:i "
    f"ORDERED_COUNT:i "
    "CONVERSION:n ORDERED_AMOUNT:n CPO:n COST:n CPM:n CPV:n"
)
_SHELF = (
    f"IMPRESSIONS:i COVERAGE:i {_ADVERT} AVERAGE_IMPRESSION_FREQUENCY:n TO_CART:i ORDERED:i CONVERSION:n "
    f"ORDERED_AMOUNT:n "
    "CPO:n COST:n CPM:n DRR:n"
)
_STOCKS_OF_STORES = (Layout("stocks_business", "offers", _STOCKS),)
_STOCKS_OF_MARKET = (
    Layout(
        "stocks_on_warehouses",
        "offers",
        "SHOP_SKU ARTICLE MARKET_SKU:i PRODUCT_NAME VALID:i RESERVED:i AVAILABLE_FOR_ORDER:i QUARANTINE:i "
        "UTILIZATION:i "
        "DEFECT:i EXPIRED:i LENGTH:i WIDTH:i HEIGHT:i WEIGHT:n WAREHOUSE SELLING_STATUS RECOMMENDATIONS TURNOVER",
    ),
)
_STOCKS_OF_STORE = (Layout("mass_shared_stocks", "offers", "ERRORS WARNINGS SHOP_SKU PRODUCT_NAME COUNT:i"),)

SHEETS: Mapping[str, tuple[Layout, ...]] = {
    "generateBannersStatisticsReport": (
        Layout(
            "banners_statistics_report_consolidated",
            "days",
            f"DATE CAMPAIGN_TYPE CAMPAIGN_ID:i CAMPAIGN_NAME {_BANNERS} REAL_COST:n DEDUCTED_BONUSES:n DRR:n",
        ),
        Layout(
            "banners_statistics_report_by_service_type",
            "days",
            f"DATE CAMPAIGN_TYPE CAMPAIGN_ID:i CAMPAIGN_NAME SERVICE_TYPE {_BANNERS} DRR:n",
        ),
    ),
    "generateBoostConsolidatedReport": (
        Layout(
            "business_boost_consolidated",
            "offers",
            "SHOP_SKU OFFER_NAME SHOWS_WITH_FEE:i SHOWS:i CLICKS_VENDOR_WITH_FEE:i CLICKS_VENDOR:i "
            "CLICKS_CPA_WITH_FEE:i "
            "CLICKS_CPA:i ORDER_ITEMS_WITH_FEE:i ORDER_ITEMS:i ORDER_ITEMS_DELIVERED_WITH_FEE:i "
            "ORDER_ITEMS_DELIVERED:i "
            "DEDUCTED_BONUSES:n COST_REVENUE_RATIO:n REVENUE_SHARE:n SALES_CAMPAIGN_IDS SALES_CAMPAIGN_NAMES",
        ),
    ),
    "generateCompetitorsPositionReport": (
        Layout(
            "competitors_position",
            "days",
            "DAY SELLERS_COUNT:i POSITION:i TOTAL_GMV:n GMV:n AVG_TOTAL_GMV:n SHARE:n "
            "AVG_GMV_OF_TOP_FIVE_PERCENT_SELLERS:n NEAREST_COMPETITOR_GMV:n",
        ),
    ),
    "generateGoodsFeedbackReport": (
        Layout(
            "paid_opinion_models",
            "offers",
            "SKU PRODUCT_NAME RATING:n CAMPAIGN_NAME CAMPAIGN_STATUS MAX_CHARGE:i CURRENT_OPINION_COUNT:i "
            "TARGET_COUNT:i "
            "PAID_OPINIONS_COLLECTED:i ESTIMATED_OPINIONS_COUNT:i ORDERED_ITEMS_TOTAL_AMOUNT:i MODEL_ID:i PRODUCT_LINK",
        ),
    ),
    "generateGoodsMovementReport": (
        Layout(
            "movement_by_sku",
            "offers",
            "SHOP_SKU SKU_NAME SHIPMENTS_INCOME:i RETURNS_INCOME:i INVENTORY_SURPLUS:i ORDERS_OUTCOME:i "
            "WAREHOUSE_WITHDRAWAL:i RECYCLING:i INVENTORY_SHORTAGE:i WAREHOUSE_NAME",
        ),
    ),
    "generateGoodsRealizationReport": _REALIZATION,
    "generateGoodsTurnoverReport": (
        Layout("turnover", "offers", _TURNOVER),
        Layout("preferential_categories_turnover", "offers", _TURNOVER),
    ),
    "generateJewelryFiscalReport": (
        Layout(
            "orders_jewelry_fiscal_report",
            "lines",
            "ORDER_ID:i ORDER_STATUS ORDER_CREATION_DATE OFFER_ID OFFER_NAME BUYER_PRICE:i UIN FISCAL_DEVICE_ID "
            "FISCAL_DOCUMENT_ID:i FISCAL_DOCUMENT_DATE",
        ),
    ),
    "generateKeyIndicatorsReport": _INDICATORS,
    "generateMarketingDetalizationReport": (
        Layout("advertiser_operations_shelf", "days", _ADVERTISER),
        Layout("advertiser_operations_cpm_boost", "days", _ADVERTISER),
        Layout("advertiser_operations_auction_banners", "days", _ADVERTISER),
    ),
    "generateSalesGeographyReport": (
        Layout(
            "sales_geography",
            "offers",
            "OFFER_ID OFFER_NAME CATEGORY EXPENSES_ON_DELIVERY_IN_RUSSIA:n LOCAL_SALES:i DELIVERED_ITEMS:i "
            "CLUSTER_MOSCOW:i "
            "CLUSTER_ROSTOV_ON_DON:i CLUSTER_EKATERINBURG:i CLUSTER_SAINT_PETERSBURG:i CLUSTER_SAMARA:i",
        ),
    ),
    "generateShelfsStatisticsReport": (
        Layout("shelfs_statistics_summary", "days", f"DATE INCUT_ID:i TITLE {_SHELF} REAL_COST:n DEDUCTED_BONUSES:n"),
        Layout("shelfs_statistics_by_category", "days", f"DATE INCUT_ID:i TITLE SHOW_CATEGORY_NAME {_SHELF}"),
    ),
    "generateShowsBoostReport": (
        Layout(
            "business_shows_boost_consolidated_campaigns",
            "days",
            f"DATE SALE_CAMPAIGN_ID:i SALE_CAMPAIGN_NAME SHOWS:i COVERAGE:i {_ADVERT} SHOWS_FREQUENCY:n "
            f"CART_ADDITION:i "
            "ORDERED_COUNT:i CONVERSION:n ORDERED_AMOUNT:n CPO:n COST:n COST_SHARE:n CPM:n REAL_COST:n "
            "DEDUCTED_BONUSES:n",
        ),
        Layout(
            "business_shows_boost_consolidated_offers",
            "offers",
            "OFFER_ID OFFER_NAME SHOWS:i CLICKS:i CART_ADDITION:i ORDERED_COUNT:i CPM:n COST:n ORDERED_AMOUNT:n "
            "SALES_CAMPAIGN_IDS SALES_CAMPAIGN_NAMES",
        ),
    ),
    "generateShowsSalesReport": (
        Layout(
            "sales_funnel_report",
            "offers",
            "DAY MONTH YEAR:i CATEGORY_NAME BRAND_NAME OFFER_ID OFFER_NAME BY_MSKU_SHOWS:i VISIBILITY_INDEX SHOWS:i "
            "SHOWS_WITH_PROMOTION:i SHOWS_SHARE:n CLICKS:i CLICKS_WITH_PROMOTION:i TO_CART_CONVERSION:n TO_CART:i "
            "TO_CART_SHARE:n ORDER_ITEMS:i ORDER_ITEMS_TOTAL_AMOUNT:i TO_ORDER_CONVERSION:n ORDER_ITEMS_SHARE:n "
            "ORDER_ITEMS_DELIVERED_COUNT:i ORDER_ITEMS_DELIVERED_TOTAL_AMOUNT:i",
        ),
    ),
    "generateStocksReport": _STOCKS_OF_STORES,
    "generateUnitedMarketplaceServicesReport": _SERVICES,
    "generateUnitedNettingReport": _NETTING,
    "generateUnitedOrdersReport": _ORDERS,
    # The documentation names no columns of this one; these are the fields of getReturns.
    "generateUnitedReturnsReport": (
        Layout(
            "united_returns",
            "returns",
            f"{_SHOP} ORDER_ID:i RETURN_ID:i RETURN_TYPE CREATION_DATE SHOP_SKU OFFER_NAME COUNT:i RETURN_STATUS "
            "SHIPMENT_STATUS REFUND_AMOUNT:n",
        ),
    ),
}
"""The sheets of the reports that always have the same."""


def layouts(report: str, body: Mapping[str, Any], model: str) -> tuple[Layout, ...]:
    """Tell the sheets of a report.

    Args:
        report: the method.
        body: what was asked for.
        model: the placement model of the store that was named; "" where none was.
    """
    if report == "generateGoodsPricesReport":
        if body.get("campaignId"):
            columns = (
                "SHOP_PRICE:i SHOP_DISCOUNT_BASE:i CURRENCY VAT HIDE_FROM_DISPLAY BASIC_PRICE:i BASIC_DISCOUNT_BASE:i"
            )
            return (Layout("shop_prices", "offers", f"ERRORS WARNINGS OFFER_ID OFFER_NAME {columns} {_PRICES}"),)
        columns = (
            "BASIC_PRICE:i BASIC_DISCOUNT_BASE:i CURRENCY MINIMUM_FOR_BESTSELLER:i COST_PRICE:i ADDITIONAL_EXPENSES:i"
        )
        return (Layout("business_prices", "offers", f"ERRORS WARNINGS OFFER_ID OFFER_NAME {columns} {_PRICES}"),)
    if report == "generateStocksOnWarehousesReport":
        if model in {"FBY", "LAAS"}:
            return _STOCKS_OF_MARKET
        return _STOCKS_OF_STORE if model else _STOCKS_OF_STORES
    if report == "generateClosureDocumentsDetalizationReport":
        return _INCOME if body.get("contractType") == "INCOME" else _OUTCOME
    return SHEETS[report]

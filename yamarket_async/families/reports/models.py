"""The structs of reports."""

from typing import Annotated

from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.base import Model, Moment, OpenEnum
from yamarket_async.models.bounds import Bounds, Id, Int32, Sku
from yamarket_async.models.days import Day
from yamarket_async.models.placement import PlacementType
from yamarket_async.models.returns import ReturnShipmentStatusType, ReturnType


class BarcodeFormatType(OpenEnum):
    """The page and the size of barcodes."""

    F_30_20 = "F_30_20"
    """A4 with barcodes of 30 × 20 mm."""
    F_43_25 = "F_43_25"
    """A4 with barcodes of 43 × 25 mm."""
    F_58_40 = "F_58_40"
    """A4 with barcodes of 58 × 40 mm."""
    F_43_25_SINGLE = "F_43_25_SINGLE"
    """A barcode a page, for a printer of labels."""


class BarcodeOfferInfo(Model, kw_only=True, frozen=True):
    """A product whose barcodes are to be printed.

    Attributes:
        offer_id: the product's SKU, 1 to 255 characters.
        barcode_count: how often each of its barcodes is printed, 1 to 100.
    """

    offer_id: Sku
    barcode_count: Annotated[int, Bounds(ge=1, le=100)]


class ClosureDocumentsContractType(OpenEnum):
    """A contract with the Market."""

    INCOME = "INCOME"
    """For placement."""
    OUTCOME = "OUTCOME"
    """For promotion."""
    MARKETING = "MARKETING"
    """For marketing; no longer accepted since 2 June 2026, use `generate_marketing_detalization_report`."""


class ClosureDocumentsMonthOfYear(Model, kw_only=True, frozen=True):
    """A month of closing documents.

    Attributes:
        year: the year.
        month: the month, 1 to 12.
    """

    year: Int32
    month: Annotated[Int32, Bounds(ge=1, le=12)]


class GenerateBannersStatisticsRequest(Model, kw_only=True, frozen=True):
    """What generateBannersStatisticsReport takes.

    Attributes:
        business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
        date_from: the first day, included.
        date_to: the last day, included.
    """

    business_id: Id
    date_from: Day
    date_to: Day


class GenerateBarcodesReportRequest(Model, kw_only=True, frozen=True):
    """What generateBarcodesReport takes.

    Attributes:
        campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
        barcode_format: the page: F_30_20, F_43_25 or F_58_40 for that many millimetres on A4, F_43_25_SINGLE for a
            printer of labels.
        barcode_offer_infos: the products, 1 to 100, each SKU once: a `BarcodeOfferInfo` or a mapping like `{"offerId":
            "A1", "barcodeCount": 2}`; not together with `supply_request_id`.
        supply_request_id: the supply request, 1 or more (`get_supply_requests`); not together with
            `barcode_offer_infos`.
    """

    campaign_id: Id
    barcode_format: BarcodeFormatType
    barcode_offer_infos: Annotated[list[BarcodeOfferInfo], Bounds(min_length=1, max_length=100)] | None = None
    supply_request_id: Id | None = None


class GenerateBoostConsolidatedRequest(Model, kw_only=True, frozen=True):
    """What generateBoostConsolidatedReport takes.

    Attributes:
        business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
        date_from: the first day, included.
        date_to: the last day, included.
    """

    business_id: Id
    date_from: Day
    date_to: Day


class GenerateClosureDocumentsDetalizationRequest(Model, kw_only=True, frozen=True):
    """What generateClosureDocumentsDetalizationReport takes.

    Attributes:
        campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
        month_of_year: the month of the documents: a `ClosureDocumentsMonthOfYear` or a mapping like `{"year": 2026,
            "month": 10}`.
        contract_type: the contract: INCOME for placement, OUTCOME for promotion.
    """

    campaign_id: Id
    month_of_year: ClosureDocumentsMonthOfYear
    contract_type: ClosureDocumentsContractType


class GenerateClosureDocumentsRequest(Model, kw_only=True, frozen=True):
    """What generateClosureDocumentsReport takes.

    Attributes:
        campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
        month_of_year: the month: a `ClosureDocumentsMonthOfYear` or a mapping like `{"year": 2026, "month": 10}`.
        contract_types: only documents of these contracts, INCOME (placement) and OUTCOME (promotion), 1 to 3 without
            repeats; None for all that there are.
    """

    campaign_id: Id
    month_of_year: ClosureDocumentsMonthOfYear
    contract_types: (
        Annotated[list[ClosureDocumentsContractType], Bounds(min_length=1, max_length=3, unique=True)] | None
    ) = None


class GenerateCompetitorsPositionReportRequest(Model, kw_only=True, frozen=True):
    """What generateCompetitorsPositionReport takes.

    Attributes:
        business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
        category_id: the category of the Market.
        date_from: the first day, included.
        date_to: the last day, included.
    """

    business_id: Id
    category_id: int
    date_from: Day
    date_to: Day


class GenerateGoodsFeedbackRequest(Model, kw_only=True, frozen=True):
    """What generateGoodsFeedbackReport takes.

    Attributes:
        business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
    """

    business_id: Id


class GenerateGoodsMovementReportRequest(Model, kw_only=True, frozen=True):
    """What generateGoodsMovementReport takes.

    Attributes:
        campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
        date_from: the first day, included.
        date_to: the last day, included.
        shop_sku: only this product, a SKU of 1 to 255 characters; None for all.
    """

    campaign_id: Id
    date_from: Day
    date_to: Day
    shop_sku: Sku | None = None


class GenerateGoodsPricesReportRequest(Model, kw_only=True, frozen=True):
    """What generateGoodsPricesReport takes.

    Attributes:
        business_id: the cabinet, 1 or more; needed unless `campaign_id` is given. What both together give the page
            doesn't say.
        category_ids: only these categories of the Market, leaves of `get_categories_tree`, ids above 0 without repeats,
            at least one; None for all.
        campaign_id: the store (a campaignId, 1 or more); needed unless `business_id` is given.
    """

    business_id: Id | None = None
    category_ids: Annotated[list[Annotated[Int32, Bounds(gt=0)]], Bounds(min_length=1, unique=True)] | None = None
    campaign_id: Id | None = None


class GenerateGoodsRealizationReportRequest(Model, kw_only=True, frozen=True):
    """What generateGoodsRealizationReport takes.

    Attributes:
        campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
        year: the year of the month.
        month: the month, 1 to 12.
    """

    campaign_id: Id
    year: Int32
    month: Annotated[Int32, Bounds(ge=1, le=12)]


class GenerateGoodsTurnoverRequest(Model, kw_only=True, frozen=True):
    """What generateGoodsTurnoverReport takes.

    Attributes:
        campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
        date: the day for which the turnover is worked out; None for today.
    """

    campaign_id: Id
    date: Day | None = None


class GenerateJewelryFiscalReportRequest(Model, kw_only=True, frozen=True):
    """What generateJewelryFiscalReport takes.

    Attributes:
        campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
        date_from: the first day, included.
        date_to: the last day, included.
    """

    campaign_id: Id
    date_from: Day
    date_to: Day


class KeyIndicatorsReportDetalizationLevelType(OpenEnum):
    """The period of a row."""

    WEEK = "WEEK"
    """A week."""
    MONTH = "MONTH"
    """A month."""


class GenerateKeyIndicatorsRequest(Model, kw_only=True, frozen=True):
    """What generateKeyIndicatorsReport takes.

    Attributes:
        business_id: the cabinet, 1 or more; not together with `campaign_id`.
        campaign_id: the store (a campaignId, 1 or more); not together with `business_id`.
        detalization_level: the period of a row: WEEK or MONTH.
    """

    business_id: Id | None = None
    campaign_id: Id | None = None
    detalization_level: KeyIndicatorsReportDetalizationLevelType


class GenerateMarketingDetalizationRequest(Model, kw_only=True, frozen=True):
    """What generateMarketingDetalizationReport takes.

    Attributes:
        month_of_year: the month: a `ClosureDocumentsMonthOfYear` or a mapping like `{"year": 2026, "month": 10}`.
    """

    month_of_year: ClosureDocumentsMonthOfYear


class LabelsSortingType(OpenEnum):
    """How labels are sorted."""

    SORT_BY_GIVEN_ORDER = "SORT_BY_GIVEN_ORDER"
    """As the orders were given."""
    SORT_BY_ORDER_CREATED_AT = "SORT_BY_ORDER_CREATED_AT"
    """By the day of the order, store by store."""


class GenerateMassOrderLabelsRequest(Model, kw_only=True, frozen=True):
    """What generateMassOrderLabelsReport takes.

    Attributes:
        business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
        order_ids: the orders, 1 to 1,000, without repeats.
        sorting_type: SORT_BY_GIVEN_ORDER for the order of `order_ids`; SORT_BY_ORDER_CREATED_AT, or None, for the day
            of the order, store by store.
    """

    business_id: Id
    order_ids: Annotated[list[int], Bounds(min_length=1, max_length=1000, unique=True)]
    sorting_type: LabelsSortingType | None = None


class GenerateReport(Model, kw_only=True, frozen=True):
    """A report that was begun.

    Attributes:
        report_id: the report, for `get_report_info` and `market.report`.
        estimated_generation_time: how long it is going to take, in milliseconds.
    """

    report_id: str
    estimated_generation_time: int


class GenerateReportResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of every method that begins a report.

    Attributes:
        result: what was asked for.
    """

    result: GenerateReport | None = None


class GenerateSalesGeographyRequest(Model, kw_only=True, frozen=True):
    """What generateSalesGeographyReport takes.

    Attributes:
        business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
        date_from: the first day, included.
        date_to: the last day, included.
        category_ids: only these categories of the Market, 1 to 1,000 ids above 0 without repeats; None for all.
        offer_ids: only these products, 1 to 1,000 SKUs without repeats; None for all.
    """

    business_id: Id
    date_from: Day
    date_to: Day
    category_ids: (
        Annotated[list[Annotated[Int32, Bounds(gt=0)]], Bounds(min_length=1, max_length=1000, unique=True)] | None
    ) = None
    offer_ids: Annotated[list[Sku], Bounds(min_length=1, max_length=1000, unique=True)] | None = None


class StatisticsAttributionType(OpenEnum):
    """To what orders are ascribed."""

    CLICKS = "CLICKS"
    """To clicks."""
    SHOWS = "SHOWS"
    """To shows."""


class GenerateShelfsStatisticsRequest(Model, kw_only=True, frozen=True):
    """What generateShelfsStatisticsReport takes.

    Attributes:
        business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
        date_from: the first day, included.
        date_to: the last day, included.
        attribution_type: to what orders are ascribed: CLICKS or SHOWS.
    """

    business_id: Id
    date_from: Day
    date_to: Day
    attribution_type: StatisticsAttributionType


class GenerateShipmentListDocumentReportRequest(Model, kw_only=True, frozen=True):
    """What generateShipmentListDocumentReport takes.

    Attributes:
        campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
        shipment_id: the shipment; needed unless `order_ids` is given.
        order_ids: only these orders of the shipment, without repeats, at least one; needed unless `shipment_id` is
            given.
    """

    campaign_id: Id
    shipment_id: int | None = None
    order_ids: Annotated[list[int], Bounds(min_length=1, unique=True)] | None = None


class GenerateShowsBoostRequest(Model, kw_only=True, frozen=True):
    """What generateShowsBoostReport takes.

    Attributes:
        business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
        date_from: the first day, included.
        date_to: the last day, included.
        attribution_type: to what orders are ascribed: CLICKS or SHOWS.
    """

    business_id: Id
    date_from: Day
    date_to: Day
    attribution_type: StatisticsAttributionType


class ShowsSalesGroupingType(OpenEnum):
    """How rows are made."""

    CATEGORIES = "CATEGORIES"
    """A row for each category."""
    OFFERS = "OFFERS"
    """A row for each product."""


class GenerateShowsSalesReportRequest(Model, kw_only=True, frozen=True):
    """What generateShowsSalesReport takes.

    Attributes:
        business_id: the cabinet, 1 or more; not together with `campaign_id`.
        campaign_id: the store (a campaignId, 1 or more); not together with `business_id`.
        date_from: the first day, included.
        date_to: the last day, included.
        grouping: how rows are made: CATEGORIES or OFFERS.
    """

    business_id: Id | None = None
    campaign_id: Id | None = None
    date_from: Day
    date_to: Day
    grouping: ShowsSalesGroupingType


class GenerateStocksOnWarehousesReportRequest(Model, kw_only=True, frozen=True):
    """What generateStocksOnWarehousesReport takes.

    Attributes:
        campaign_id: the store (a campaignId, 1 or more); not together with `business_id`.
        business_id: the cabinet, 1 or more, for FBS, DBS and Express; not together with `campaign_id`.
        warehouse_ids: FBY and LaaS only: only these warehouses of the Market (`get_fulfillment_warehouses`), without
            repeats, at least one; None for all.
        report_date: FBY and LaaS only: the day after the one that is wanted: the report shows the day before it. None
            for now.
        category_ids: not for FBY and LaaS: only these categories of the Market, ids above 0 without repeats, at least
            one; None for all.
        has_stocks: not for FBY and LaaS: True for products that are there, False for those that are not; None for both.
        campaign_ids: with `business_id`: only these stores, campaignIds without repeats, at least one; None for all but
            FBY and LaaS.
    """

    campaign_id: Id | None = None
    business_id: Id | None = None
    warehouse_ids: Annotated[list[int], Bounds(min_length=1, unique=True)] | None = None
    report_date: Day | None = None
    category_ids: Annotated[list[Annotated[Int32, Bounds(gt=0)]], Bounds(min_length=1, unique=True)] | None = None
    has_stocks: bool | None = None
    campaign_ids: Annotated[list[Id], Bounds(min_length=1, unique=True)] | None = None


class GenerateStocksReportRequest(Model, kw_only=True, frozen=True):
    """What generateStocksReport takes.

    Attributes:
        category_ids: only these categories of the Market, ids of 1 or more without repeats, at least one; None for all.
        has_stocks: True for products that are there, False for those that are not; None for both.
        partner_warehouse_ids: only these warehouses, ids of `get_partner_warehouses` without repeats, at least one;
            None for all.
    """

    category_ids: Annotated[list[Id], Bounds(min_length=1, unique=True)] | None = None
    has_stocks: bool | None = None
    partner_warehouse_ids: Annotated[list[int], Bounds(min_length=1, unique=True)] | None = None


class GenerateUnitedMarketplaceServicesReportRequest(Model, kw_only=True, frozen=True):
    """What generateUnitedMarketplaceServicesReport takes.

    Attributes:
        business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
        date_from: the first day, included; with `date_to`.
        date_to: the last day, included, at most 3 months after the first; with `date_from`.
        year_from: the year of the first month of acts; with the other three.
        month_from: the first month of acts, 1 to 12.
        year_to: the year of the last month of acts.
        month_to: the last month of acts, 1 to 12.
        placement_programs: only these models (FBS, FBY, DBS, LAAS; FBS is Express too), without repeats, at least one;
            None for all.
        inns: only these taxpayer numbers (INN), without repeats, at least one; None for all.
        campaign_ids: only these stores, campaignIds without repeats, at least one; None for all of the cabinet.
    """

    business_id: Id
    date_from: Day | None = None
    date_to: Day | None = None
    year_from: Int32 | None = None
    month_from: Annotated[Int32, Bounds(ge=1, le=12)] | None = None
    year_to: Int32 | None = None
    month_to: Annotated[Int32, Bounds(ge=1, le=12)] | None = None
    placement_programs: Annotated[list[PlacementType], Bounds(min_length=1, unique=True)] | None = None
    inns: Annotated[list[str], Bounds(min_length=1, unique=True)] | None = None
    campaign_ids: Annotated[list[Id], Bounds(min_length=1, unique=True)] | None = None


class MonthOfYear(Model, kw_only=True, frozen=True):
    """A month.

    Attributes:
        year: the year.
        month: the month, 1 to 12.
    """

    year: Int32
    month: Annotated[Int32, Bounds(ge=1, le=12)]


class GenerateUnitedNettingReportRequest(Model, kw_only=True, frozen=True):
    """What generateUnitedNettingReport takes.

    Attributes:
        business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
        date_from: the first day, included; with `date_to`.
        date_to: the last day, included, at most 3 months after the first; with `date_from`.
        bank_order_id: the number of the payment order; with `bank_order_date_time`.
        bank_order_date_time: the moment of the payment order; with `bank_order_id`.
        month_of_year: the month whose points are wanted: a `MonthOfYear` or a mapping like `{"year": 2026, "month":
            10}`; alone.
        placement_programs: only these models (FBS, FBY, DBS, LAAS; FBS is Express too), without repeats, at least one;
            None for all.
        inns: only these taxpayer numbers (INN), without repeats, at least one; None for all.
        campaign_ids: only these stores, campaignIds without repeats, at least one; None for all of the cabinet.
    """

    business_id: Id
    date_from: Day | None = None
    date_to: Day | None = None
    bank_order_id: int | None = None
    bank_order_date_time: Moment | None = None
    month_of_year: MonthOfYear | None = None
    placement_programs: Annotated[list[PlacementType], Bounds(min_length=1, unique=True)] | None = None
    inns: Annotated[list[str], Bounds(min_length=1, unique=True)] | None = None
    campaign_ids: Annotated[list[Id], Bounds(min_length=1, unique=True)] | None = None


class GenerateUnitedOrdersRequest(Model, kw_only=True, frozen=True):
    """What generateUnitedOrdersReport takes.

    Attributes:
        business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
        date_from: the first day, included.
        date_to: the last day, included, at most a year after the first.
        campaign_ids: only these stores, campaignIds without repeats, at least one; None for all of the cabinet.
        promo_id: only products of this promotion, a promoId of `get_promos`; None for all.
    """

    business_id: Id
    date_from: Day
    date_to: Day
    campaign_ids: Annotated[list[Id], Bounds(min_length=1, unique=True)] | None = None
    promo_id: str | None = None


class GenerateUnitedReturnsRequest(Model, kw_only=True, frozen=True):
    """What generateUnitedReturnsReport takes.

    Attributes:
        business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
        date_from: the first day, included.
        date_to: the last day, included.
        campaign_ids: only these stores, campaignIds without repeats, at least one; None for all of the cabinet.
        return_type: RETURN for returns, UNREDEEMED for orders that were never fetched; None for both.
        return_status_types: only those in these statuses of transport, without repeats, at least one; None for all.
    """

    business_id: Id
    date_from: Day
    date_to: Day
    campaign_ids: Annotated[list[Id], Bounds(min_length=1, unique=True)] | None = None
    return_type: ReturnType | None = None
    return_status_types: Annotated[list[ReturnShipmentStatusType], Bounds(min_length=1, unique=True)] | None = None


class ReportStatusType(OpenEnum):
    """How far a report is."""

    PENDING = "PENDING"
    """It waits to be made."""
    PROCESSING = "PROCESSING"
    """It is being made."""
    FAILED = "FAILED"
    """It couldn't be made."""
    DONE = "DONE"
    """It is ready."""


class ReportSubStatusType(OpenEnum):
    """Why a report is as it is."""

    NO_DATA = "NO_DATA"
    """There is nothing to report."""
    TOO_LARGE = "TOO_LARGE"
    """It would be too large: ask for fewer days or narrow it."""
    RESOURCE_NOT_FOUND = "RESOURCE_NOT_FOUND"
    """Some of what it was to hold wasn't found."""


class ReportInfo(Model, kw_only=True, frozen=True):
    """How far a report is, and the link to it.

    Attributes:
        status: how far it is.
        sub_status: why it is so, where there is a reason.
        generation_requested_at: when it was begun.
        generation_finished_at: when it was finished; None while it isn't.
        file: the link to it, good for 60 minutes; None while it isn't ready.
        estimated_generation_time: how long it is going to take, in milliseconds.
    """

    status: ReportStatusType
    sub_status: ReportSubStatusType | None = None
    generation_requested_at: Moment
    generation_finished_at: Moment | None = None
    file: str | None = None
    estimated_generation_time: int | None = None


class ReportInfoResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getReportInfo.

    Attributes:
        result: what was asked for.
    """

    result: ReportInfo | None = None


class ReportFormatType(OpenEnum):
    """How a report is given."""

    FILE = "FILE"
    """A spreadsheet (XLSX)."""
    CSV = "CSV"
    """A ZIP with a CSV file for each sheet."""
    JSON = "JSON"
    """A ZIP with a JSON file for each sheet."""


class ReportLanguageType(OpenEnum):
    """The language of a report."""

    RU = "RU"
    """Russian."""
    EN = "EN"
    """English."""

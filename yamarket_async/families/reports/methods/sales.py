"""The methods of reports about sales: orders, returns, and how a store does among others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from yamarket_async.families.reports.models import (
        KeyIndicatorsReportDetalizationLevelType,
        ReportFormatType,
        ReportLanguageType,
        ShowsSalesGroupingType,
    )
    from yamarket_async.models.returns import ReturnShipmentStatusType, ReturnType
    from yamarket_async.reports import Report

api = Family("reports")


class SalesReportsMethods(Methods):
    """The methods of reports about sales: orders, returns, and how a store does among others."""

    def generate_united_orders_report(
        self,
        business_id: int,
        date_from: date,
        date_to: date,
        *,
        format: str | ReportFormatType | None = None,
        language: str | ReportLanguageType | None = None,
        campaign_ids: Iterable[int] | None = None,
        promo_id: str | None = None,
        timeout: float | None = None,
    ) -> Report:
        """Report the orders of a cabinet with their payments, services and margin.

        Its sheets: `orders_and_offers_transactions` (order, product, your price and the one it sold for, discounts,
        count, status, warehouse, region, and each payment and refund with its payment order),
        `services_and_orders_margin` (the cost of each service for each order, and what is left) and
        `services_with_decoupling` (orders with smart pricing).

        At most a year at once. Without a subscription, or with Light, the days may go back 90 days; with Medium no such
        bound is published.

        Each call begins a new report. Without a subscription, or with Light, one may be in work at once; with Medium
        ten. Sheets, named here as the files of a ZIP are, and their columns may change without notice.

        Placement models: FBY, FBS, DBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            date_from: the first day, included.
            date_to: the last day, included, at most a year after the first.
            format: how to get it: FILE for a spreadsheet (XLSX), CSV or JSON for a ZIP with a file for each sheet; None
                is as FILE.
            language: the language of its headings: RU or EN; None leaves it to the Market.
            campaign_ids: only these stores, campaignIds without repeats, at least one; None for all of the cabinet.
            promo_id: only products of this promotion, a promoId of `get_promos`; None for all.
            timeout: seconds for the whole of it, from the start of the report to the end of its download; None for as
                long as it takes.

        Returns:
            A `Report`: await it for the finished `File`, or `start()` it for its id.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Without subscription, you cannot request data older than 90 days. …`: begin later.
            NotFound: there is no such cabinet or store, or there are no data.
            RateLimited: `Active reports limit exceeded, limit=…`: too many reports are in work; wait until one is done.
            ReportFailed: NO_DATA: there is nothing to report; TOO_LARGE: ask for fewer days or narrow it; or the Market
                couldn't make it.
            MarketError: see `yamarket_async.errors`.

        Limit: 1 request a minute for the key with a subscription, 1 request in 2 minutes without. Scopes, one of:
        all-methods, all-methods:read-only, inventory-and-order-processing, inventory-and-order-processing:read-only,
        promotion, promotion:read-only, finance-and-accounting.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateUnitedOrdersReport
        """
        return self._report(
            api.GENERATE_UNITED_ORDERS_REPORT,
            business_id=business_id,
            date_from=date_from,
            date_to=date_to,
            format=format,
            language=language,
            campaign_ids=campaign_ids,
            promo_id=promo_id,
            timeout=timeout,
        )

    def generate_united_returns_report(
        self,
        business_id: int,
        date_from: date,
        date_to: date,
        *,
        format: str | ReportFormatType | None = None,
        campaign_ids: Iterable[int] | None = None,
        return_type: str | ReturnType | None = None,
        return_status_types: Iterable[str | ReturnShipmentStatusType] | None = None,
        timeout: float | None = None,
    ) -> Report:
        """Report the returns of a cabinet, and the orders that were never fetched.

        Its sheets: `returns_ready_for_pickup` (what can be fetched now, with the days of paid storage and those until
        it is disposed of) and `returns_for_selected_range` (all of these days, with the count of good pieces, days of
        each step, reason and comment of the buyer). Columns of both: cabinet, model, store, INN and contracts; order,
        SKU, product, price and discounts; number, type and status of the return, barcodes of boxes, place where it is
        handed out.

        Without a subscription, or with Light, the days may go back 90 days; with Medium no such bound is published.

        Each call begins a new report. Without a subscription, or with Light, one may be in work at once; with Medium
        ten. Sheets, named here as the files of a ZIP are, and their columns may change without notice.

        Placement models: FBY, FBS, DBS, EXPRESS, LAAS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            date_from: the first day, included.
            date_to: the last day, included.
            format: how to get it: FILE for a spreadsheet (XLSX), CSV or JSON for a ZIP with a file for each sheet; None
                is as FILE.
            campaign_ids: only these stores, campaignIds without repeats, at least one; None for all of the cabinet.
            return_type: RETURN for returns, UNREDEEMED for orders that were never fetched; None for both.
            return_status_types: only those in these statuses of transport, without repeats, at least one; None for all.
            timeout: seconds for the whole of it, from the start of the report to the end of its download; None for as
                long as it takes.

        Returns:
            A `Report`: await it for the finished `File`, or `start()` it for its id.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Without subscription, you cannot request data older than 90 days. …`: begin later.
            RateLimited: `Active reports limit exceeded, limit=…`: too many reports are in work; wait until one is done.
            ReportFailed: NO_DATA: there is nothing to report; TOO_LARGE: ask for fewer days or narrow it; or the Market
                couldn't make it.
            MarketError: see `yamarket_async.errors`.

        Limit: 1 request a minute for the key with a subscription, 1 request in 2 minutes without. Scopes, one of:
        all-methods, all-methods:read-only, inventory-and-order-processing, inventory-and-order-processing:read-only,
        finance-and-accounting.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateUnitedReturnsReport
        """
        return self._report(
            api.GENERATE_UNITED_RETURNS_REPORT,
            business_id=business_id,
            date_from=date_from,
            date_to=date_to,
            format=format,
            campaign_ids=campaign_ids,
            return_type=return_type,
            return_status_types=return_status_types,
            timeout=timeout,
        )

    def generate_shows_sales_report(
        self,
        date_from: date,
        date_to: date,
        grouping: str | ShowsSalesGroupingType,
        *,
        format: str | ReportFormatType | None = None,
        business_id: int | None = None,
        campaign_id: int | None = None,
        timeout: float | None = None,
    ) -> Report:
        """Report how shows turn into sales, for a cabinet or a store.

        Give `business_id` or `campaign_id`, never both. Sheet `sales_funnel_report`: day, month, year, category, brand,
        SKU, product; shows (yours and of all sellers of the card), visibility, clicks, pieces put into the basket,
        ordered, delivered, cancelled and returned with their sums, with promotions and without, and the conversions
        between them.

        Without a subscription, or with Light, the days may go back 90 days; with Medium 400.

        Each call begins a new report. Without a subscription, or with Light, one may be in work at once; with Medium
        ten. Sheets, named here as the files of a ZIP are, and their columns may change without notice.

        Placement models: FBY, DBS, FBS, EXPRESS.

        Args:
            date_from: the first day, included.
            date_to: the last day, included.
            grouping: how rows are made: CATEGORIES or OFFERS.
            format: how to get it: FILE for a spreadsheet (XLSX), CSV or JSON for a ZIP with a file for each sheet; None
                is as FILE.
            business_id: the cabinet, 1 or more; not together with `campaign_id`.
            campaign_id: the store (a campaignId, 1 or more); not together with `business_id`.
            timeout: seconds for the whole of it, from the start of the report to the end of its download; None for as
                long as it takes.

        Returns:
            A `Report`: await it for the finished `File`, or `start()` it for its id.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Without subscription, you cannot request data older than 90 days. …`: begin later; `You cannot
                request data older than 400 days. …`: the same with a subscription.
            NotFound: there is no such cabinet or store, or there are no data.
            RateLimited: `Active reports limit exceeded, limit=…`: too many reports are in work; wait until one is done.
            ReportFailed: NO_DATA: there is nothing to report; TOO_LARGE: ask for fewer days or narrow it; or the Market
                couldn't make it.
            MarketError: see `yamarket_async.errors`.

        Limit: 1 request in 6 minutes for the key with a subscription, 1 request in 10 minutes without. Scopes, one of:
        all-methods, all-methods:read-only, finance-and-accounting.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateShowsSalesReport
        """
        return self._report(
            api.GENERATE_SHOWS_SALES_REPORT,
            date_from=date_from,
            date_to=date_to,
            grouping=grouping,
            format=format,
            business_id=business_id,
            campaign_id=campaign_id,
            timeout=timeout,
        )

    def generate_competitors_position_report(
        self,
        business_id: int,
        category_id: int,
        date_from: date,
        date_to: date,
        *,
        format: str | ReportFormatType | None = None,
        timeout: float | None = None,
    ) -> Report:
        """Report where a cabinet stands among the sellers of a category.

        Sheet `competitors_position`: for each day the sellers in the category, your place among them, the turnover of
        the category and yours, your share, the mean turnover, that of the leading 5 % and that of the nearest
        competitor. In CSV a POSITION of -1 means that nothing of the category was ordered on that day.

        Without a subscription, or with Light, the days may go back 90 days; with Medium 400.

        Each call begins a new report. Without a subscription, or with Light, one may be in work at once; with Medium
        ten. Sheets, named here as the files of a ZIP are, and their columns may change without notice.

        Placement models: FBY, DBS, FBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            category_id: the category of the Market.
            date_from: the first day, included.
            date_to: the last day, included.
            format: how to get it: FILE for a spreadsheet (XLSX), CSV or JSON for a ZIP with a file for each sheet; None
                is as FILE.
            timeout: seconds for the whole of it, from the start of the report to the end of its download; None for as
                long as it takes.

        Returns:
            A `Report`: await it for the finished `File`, or `start()` it for its id.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Without subscription, you cannot request data older than 90 days. …`: begin later; `You cannot
                request data older than 400 days. …`: the same with a subscription.
            RateLimited: `Active reports limit exceeded, limit=…`: too many reports are in work; wait until one is done.
            ReportFailed: NO_DATA: there is nothing to report; TOO_LARGE: ask for fewer days or narrow it; or the Market
                couldn't make it.
            MarketError: see `yamarket_async.errors`.

        Limit: 1 request in 6 minutes for the key with a subscription, 1 request in 10 minutes without. Scopes, one of:
        all-methods, all-methods:read-only, promotion, promotion:read-only, finance-and-accounting.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateCompetitorsPositionReport
        """
        return self._report(
            api.GENERATE_COMPETITORS_POSITION_REPORT,
            business_id=business_id,
            category_id=category_id,
            date_from=date_from,
            date_to=date_to,
            format=format,
            timeout=timeout,
        )

    def generate_goods_feedback_report(
        self, business_id: int, *, format: str | ReportFormatType | None = None, timeout: float | None = None
    ) -> Report:
        """Report the reviews of products for which buyers get points.

        Sheet `paid_opinion_models`: SKU, product, rating, campaign and its state, most that a review may cost, reviews
        there are, wanted, got for points and expected, sum of orders, card and link.

        Each call begins a new report. Without a subscription, or with Light, one may be in work at once; with Medium
        ten. Sheets, named here as the files of a ZIP are, and their columns may change without notice.

        Placement models: FBY, FBS, DBS, EXPRESS. Not for sellers of Market Yandex Go.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            format: how to get it: FILE for a spreadsheet (XLSX), CSV or JSON for a ZIP with a file for each sheet; None
                is as FILE.
            timeout: seconds for the whole of it, from the start of the report to the end of its download; None for as
                long as it takes.

        Returns:
            A `Report`: await it for the finished `File`, or `start()` it for its id.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            RateLimited: `Active reports limit exceeded, limit=…`: too many reports are in work; wait until one is done.
            ReportFailed: NO_DATA: there is nothing to report; TOO_LARGE: ask for fewer days or narrow it; or the Market
                couldn't make it.
            MarketError: see `yamarket_async.errors`.

        Limit: 1 request in 6 minutes for the key with a subscription, 1 request in 10 minutes without. Scopes, one of:
        all-methods, all-methods:read-only, communication.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateGoodsFeedbackReport
        """
        return self._report(api.GENERATE_GOODS_FEEDBACK_REPORT, business_id=business_id, format=format, timeout=timeout)

    def generate_sales_geography_report(
        self,
        business_id: int,
        date_from: date,
        date_to: date,
        *,
        format: str | ReportFormatType | None = None,
        category_ids: Iterable[int] | None = None,
        offer_ids: Iterable[str] | None = None,
        timeout: float | None = None,
    ) -> Report:
        """Report where the products of a cabinet are bought.

        Sheet `sales_geography`: SKU, product, category; cost of delivery within Russia, local sales, pieces delivered,
        and pieces delivered to each cluster (Moscow, Saint Petersburg, Yekaterinburg, Rostov-on-Don, Samara …).

        Without a subscription, or with Light, the days may go back 90 days; with Medium 400.

        Each call begins a new report. Without a subscription, or with Light, one may be in work at once; with Medium
        ten. Sheets, named here as the files of a ZIP are, and their columns may change without notice.

        Placement models: FBY, FBS, DBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            date_from: the first day, included.
            date_to: the last day, included.
            format: how to get it: FILE for a spreadsheet (XLSX), CSV or JSON for a ZIP with a file for each sheet; None
                is as FILE.
            category_ids: only these categories of the Market, 1 to 1,000 ids above 0 without repeats; None for all.
            offer_ids: only these products, 1 to 1,000 SKUs without repeats; None for all.
            timeout: seconds for the whole of it, from the start of the report to the end of its download; None for as
                long as it takes.

        Returns:
            A `Report`: await it for the finished `File`, or `start()` it for its id.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Without subscription, you cannot request data older than 90 days. …`: begin later; `You cannot
                request data older than 400 days. …`: the same with a subscription.
            RateLimited: `Active reports limit exceeded, limit=…`: too many reports are in work; wait until one is done.
            ReportFailed: NO_DATA: there is nothing to report; TOO_LARGE: ask for fewer days or narrow it; or the Market
                couldn't make it.
            MarketError: see `yamarket_async.errors`.

        Limit: 1 request a minute for the key with a subscription, 1 request in 2 minutes without. Scopes, one of:
        all-methods, all-methods:read-only, finance-and-accounting.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateSalesGeographyReport
        """
        return self._report(
            api.GENERATE_SALES_GEOGRAPHY_REPORT,
            business_id=business_id,
            date_from=date_from,
            date_to=date_to,
            format=format,
            category_ids=category_ids,
            offer_ids=offer_ids,
            timeout=timeout,
        )

    def generate_key_indicators_report(
        self,
        detalization_level: str | KeyIndicatorsReportDetalizationLevelType,
        *,
        format: str | ReportFormatType | None = None,
        business_id: int | None = None,
        campaign_id: int | None = None,
        timeout: float | None = None,
    ) -> Report:
        """Report the key figures of a cabinet or a store, by week or by month.

        Give `business_id` or `campaign_id`, never both. Sheets: `key_indicators_summary`, `key_indicators_revenue`,
        `key_indicators_sales`, `key_indicators_expenses` and `key_indicators_full`. Columns: period; revenue, orders
        and pieces delivered, their mean price, payments for discounts; shows and conversions; cost of services in all,
        of placement, payments, logistics, warehouse and promotion.

        Without a subscription, or with Light, it covers the last 90 days; with Medium the last 400. Each call begins a
        new report. Without a subscription, or with Light, one may be in work at once; with Medium ten. Sheets, named
        here as the files of a ZIP are, and their columns may change without notice.

        Placement models: FBY, FBS, DBS, EXPRESS.

        Args:
            detalization_level: the period of a row: WEEK or MONTH.
            format: how to get it: FILE for a spreadsheet (XLSX), CSV or JSON for a ZIP with a file for each sheet; None
                is as FILE.
            business_id: the cabinet, 1 or more; not together with `campaign_id`.
            campaign_id: the store (a campaignId, 1 or more); not together with `business_id`.
            timeout: seconds for the whole of it, from the start of the report to the end of its download; None for as
                long as it takes.

        Returns:
            A `Report`: await it for the finished `File`, or `start()` it for its id.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            RateLimited: `Active reports limit exceeded, limit=…`: too many reports are in work; wait until one is done.
            ReportFailed: NO_DATA: there is nothing to report; TOO_LARGE: ask for fewer days or narrow it; or the Market
                couldn't make it.
            MarketError: see `yamarket_async.errors`.

        Limit: 1 request a minute for the key with a subscription, 1 request in 2 minutes without. Scopes, one of:
        all-methods, all-methods:read-only, promotion, promotion:read-only, finance-and-accounting.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateKeyIndicatorsReport
        """
        return self._report(
            api.GENERATE_KEY_INDICATORS_REPORT,
            detalization_level=detalization_level,
            format=format,
            business_id=business_id,
            campaign_id=campaign_id,
            timeout=timeout,
        )

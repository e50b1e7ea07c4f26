"""The methods of reports about promotion: boosts, shelves and banners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from datetime import date

    from yamarket_async.families.reports.models import (
        ReportFormatType,
        StatisticsAttributionType,
    )
    from yamarket_async.models.sources import SourceType
    from yamarket_async.reports import Report

api = Family("reports")


class PromotionReportsMethods(Methods):
    """The methods of reports about promotion: boosts, shelves and banners."""

    def generate_boost_consolidated_report(
        self,
        business_id: int,
        date_from: date,
        date_to: date,
        *,
        format: str | ReportFormatType | None = None,
        source_type: str | SourceType | None = None,
        timeout: float | None = None,
    ) -> Report:
        """Report what boosting of sales did for a cabinet.

        It has all campaigns, those made by the API (`put_bids_for_business`) and those made in the account. Sheet
        `business_boost_consolidated`: for each product shows, clicks, pieces ordered and delivered, with the boost and
        in all; cost of the boost, bonuses used, its share of costs and of revenue; ids and names of the campaigns.

        Without a subscription, or with Light, the days may go back 90 days; with Medium 400.

        Each call begins a new report. Without a subscription, or with Light, one may be in work at once; with Medium
        ten. Sheets, named here as the files of a ZIP are, and their columns may change without notice.

        Placement models: FBY, FBS, DBS, EXPRESS. Not for sellers of Market Yandex Go.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            date_from: the first day, included.
            date_to: the last day, included.
            format: how to get it: FILE for a spreadsheet (XLSX), CSV or JSON for a ZIP with a file for each sheet; None
                is as FILE.
            source_type: whose cabinet it is: SELLER, or ADVERTISER, which an advertiser must name in every call, the
                one for the state of the report too; None is as SELLER.
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
        all-methods, all-methods:read-only, promotion, promotion:read-only, finance-and-accounting.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateBoostConsolidatedReport
        """
        return self._report(
            api.GENERATE_BOOST_CONSOLIDATED_REPORT,
            business_id=business_id,
            date_from=date_from,
            date_to=date_to,
            format=format,
            source_type=source_type,
            timeout=timeout,
        )

    def generate_shelfs_statistics_report(
        self,
        business_id: int,
        date_from: date,
        date_to: date,
        attribution_type: str | StatisticsAttributionType,
        *,
        format: str | ReportFormatType | None = None,
        source_type: str | SourceType | None = None,
        timeout: float | None = None,
    ) -> Report:
        """Report what shelves did for a cabinet: blocks of advertising with a banner or a film and products.

        Its sheets: `shelfs_statistics_summary` and `shelfs_statistics_by_category`. Columns: day, id and name of the
        campaign, category; shows, coverage, clicks and their rate, how often shown to a person, pieces put into the
        basket and ordered, conversion, sum of orders, cost of an order and of a thousand shows, planned and real cost,
        bonuses used, share of costs.

        Without a subscription, or with Light, the days may go back 90 days; with Medium 400.

        Each call begins a new report. Without a subscription, or with Light, one may be in work at once; with Medium
        ten. Sheets, named here as the files of a ZIP are, and their columns may change without notice.

        Placement models: FBY, FBS, DBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            date_from: the first day, included.
            date_to: the last day, included.
            attribution_type: to what orders are ascribed: CLICKS or SHOWS.
            format: how to get it: FILE for a spreadsheet (XLSX), CSV or JSON for a ZIP with a file for each sheet; None
                is as FILE.
            source_type: whose cabinet it is: SELLER, or ADVERTISER, which an advertiser must name in every call, the
                one for the state of the report too; None is as SELLER.
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
        all-methods, all-methods:read-only, promotion, promotion:read-only, finance-and-accounting.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateShelfsStatisticsReport
        """
        return self._report(
            api.GENERATE_SHELFS_STATISTICS_REPORT,
            business_id=business_id,
            date_from=date_from,
            date_to=date_to,
            attribution_type=attribution_type,
            format=format,
            source_type=source_type,
            timeout=timeout,
        )

    def generate_shows_boost_report(
        self,
        business_id: int,
        date_from: date,
        date_to: date,
        attribution_type: str | StatisticsAttributionType,
        *,
        format: str | ReportFormatType | None = None,
        source_type: str | SourceType | None = None,
        timeout: float | None = None,
    ) -> Report:
        """Report what boosting of shows did for a cabinet.

        Its sheets: `business_shows_boost_consolidated_campaigns` (day, campaign, shows, coverage, clicks and their
        rate, how often shown to a person, pieces put into the basket and ordered, conversion, sum, cost of an order and
        of a thousand shows, planned and real cost, bonuses used) and `business_shows_boost_consolidated_offers` (the
        same for each product).

        Without a subscription, or with Light, the days may go back 90 days; with Medium 400.

        Each call begins a new report. Without a subscription, or with Light, one may be in work at once; with Medium
        ten. Sheets, named here as the files of a ZIP are, and their columns may change without notice.

        Placement models: FBY, FBS, DBS, EXPRESS. Not for sellers of Market Yandex Go.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            date_from: the first day, included.
            date_to: the last day, included.
            attribution_type: to what orders are ascribed: CLICKS or SHOWS.
            format: how to get it: FILE for a spreadsheet (XLSX), CSV or JSON for a ZIP with a file for each sheet; None
                is as FILE.
            source_type: whose cabinet it is: SELLER, or ADVERTISER, which an advertiser must name in every call, the
                one for the state of the report too; None is as SELLER.
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
        all-methods, all-methods:read-only, promotion, promotion:read-only, finance-and-accounting.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateShowsBoostReport
        """
        return self._report(
            api.GENERATE_SHOWS_BOOST_REPORT,
            business_id=business_id,
            date_from=date_from,
            date_to=date_to,
            attribution_type=attribution_type,
            format=format,
            source_type=source_type,
            timeout=timeout,
        )

    def generate_banners_statistics_report(
        self,
        business_id: int,
        date_from: date,
        date_to: date,
        *,
        format: str | ReportFormatType | None = None,
        source_type: str | SourceType | None = None,
        timeout: float | None = None,
    ) -> Report:
        """Report what banners and push notifications did for a cabinet.

        Its sheets: `banners_statistics_report_consolidated` and `banners_statistics_report_by_service_type` (by where
        they were shown). Columns: day, type, id and name of the campaign; shows, coverage, clicks and their rate; how
        much of a film was watched, sound on and off; pieces put into the basket and ordered, conversion, sum; cost of
        an order, of a thousand shows and of a view; planned and real cost, bonuses used, share of costs.

        Without a subscription, or with Light, the days may go back 90 days; with Medium 400.

        Each call begins a new report. Without a subscription, or with Light, one may be in work at once; with Medium
        ten. Sheets, named here as the files of a ZIP are, and their columns may change without notice.

        Placement models: FBY, FBS, DBS, EXPRESS. Not for sellers of Market Yandex Go.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            date_from: the first day, included.
            date_to: the last day, included.
            format: how to get it: FILE for a spreadsheet (XLSX), CSV or JSON for a ZIP with a file for each sheet; None
                is as FILE.
            source_type: whose cabinet it is: SELLER, or ADVERTISER, which an advertiser must name in every call, the
                one for the state of the report too; None is as SELLER.
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
        all-methods, all-methods:read-only, promotion, promotion:read-only, finance-and-accounting.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateBannersStatisticsReport
        """
        return self._report(
            api.GENERATE_BANNERS_STATISTICS_REPORT,
            business_id=business_id,
            date_from=date_from,
            date_to=date_to,
            format=format,
            source_type=source_type,
            timeout=timeout,
        )

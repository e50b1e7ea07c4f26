"""The methods of reports about products: their stocks, movements, prices and turnover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from yamarket_async.families.reports.models import (
        ReportFormatType,
    )
    from yamarket_async.reports import Report

api = Family("reports")


class GoodsReportsMethods(Methods):
    """The methods of reports about products: their stocks, movements, prices and turnover."""

    def generate_stocks_on_warehouses_report(
        self,
        *,
        format: str | ReportFormatType | None = None,
        campaign_id: int | None = None,
        business_id: int | None = None,
        warehouse_ids: Iterable[int] | None = None,
        report_date: date | None = None,
        category_ids: Iterable[int] | None = None,
        has_stocks: bool | None = None,
        campaign_ids: Iterable[int] | None = None,
        timeout: float | None = None,
    ) -> Report:
        """Report how many of each product there are in the warehouses of a store or a cabinet.

        For FBY and LaaS, and for FBS, DBS and Express in a cabinet with groups of warehouses; for the latter in a
        cabinet without groups use `generate_stocks_report`. Give `campaign_id` or `business_id`, never both.

        - `campaign_id` of an FBY or LaaS store: the warehouses of the Market. Sheet `stocks_on_warehouses`: SKU,
          product, good, reserved, orderable, in quarantine, to be disposed of, defective, expired, dimensions, weight,
          warehouse, state of sale, recommendations, turnover.
        - `campaign_id` of another store: its own warehouse. Sheet `mass_shared_stocks`: errors, warnings, SKU, product,
          count. The Market is about to close this way: give `business_id`, and the store in `campaign_ids`.
        - `business_id`: the warehouses of all stores but FBY and LaaS. Sheet `stocks_business`: errors, SKU, product,
          model, warehouse, orderable, reserved, price, status, comment.

        Each call begins a new report. Without a subscription, or with Light, one may be in work at once; with Medium
        ten. Sheets, named here as the files of a ZIP are, and their columns may change without notice.

        Placement models: FBY, FBS, DBS, EXPRESS, LAAS.

        Args:
            format: how to get it: FILE for a spreadsheet (XLSX), CSV or JSON for a ZIP with a file for each sheet; None
                is as FILE.
            campaign_id: the store (a campaignId, 1 or more); not together with `business_id`.
            business_id: the cabinet, 1 or more, for FBS, DBS and Express; not together with `campaign_id`.
            warehouse_ids: FBY and LaaS only: only these warehouses of the Market (`get_fulfillment_warehouses`),
                without repeats, at least one; None for all.
            report_date: FBY and LaaS only: the day after the one that is wanted: the report shows the day before it.
                None for now.
            category_ids: not for FBY and LaaS: only these categories of the Market, ids above 0 without repeats, at
                least one; None for all.
            has_stocks: not for FBY and LaaS: True for products that are there, False for those that are not; None for
                both.
            campaign_ids: with `business_id`: only these stores, campaignIds without repeats, at least one; None for all
                but FBY and LaaS.
            timeout: seconds for the whole of it, from the start of the report to the end of its download; None for as
                long as it takes.

        Returns:
            A `Report`: await it for the finished `File`, or `start()` it for its id.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: there is no such cabinet or store, or there are no data.
            RateLimited: `Active reports limit exceeded, limit=…`: too many reports are in work; wait until one is done.
            ReportFailed: NO_DATA: there is nothing to report; TOO_LARGE: ask for fewer days or narrow it; or the Market
                couldn't make it.
            MarketError: see `yamarket_async.errors`.

        Limit: 1 request a minute for the key with a subscription, 1 request in 2 minutes without. Scopes, one of:
        all-methods, all-methods:read-only, offers-and-cards-management, offers-and-cards-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateStocksOnWarehousesReport
        """
        return self._report(
            api.GENERATE_STOCKS_ON_WAREHOUSES_REPORT,
            format=format,
            campaign_id=campaign_id,
            business_id=business_id,
            warehouse_ids=warehouse_ids,
            report_date=report_date,
            category_ids=category_ids,
            has_stocks=has_stocks,
            campaign_ids=campaign_ids,
            timeout=timeout,
        )

    def generate_stocks_report(
        self,
        business_id: int,
        *,
        format: str | ReportFormatType | None = None,
        category_ids: Iterable[int] | None = None,
        has_stocks: bool | None = None,
        partner_warehouse_ids: Iterable[int] | None = None,
        timeout: float | None = None,
    ) -> Report:
        """Report how many of each product there are in the warehouses of a cabinet.

        For FBS, DBS and Express in a cabinet without groups of warehouses; in a cabinet with groups use
        `generate_stocks_on_warehouses_report`. It covers all warehouses of the seller.

        Sheet `stocks_business`: errors, SKU, product, model, warehouse, orderable, reserved, price, status, comment.

        Each call begins a new report. Without a subscription, or with Light, one may be in work at once; with Medium
        ten. Sheets, named here as the files of a ZIP are, and their columns may change without notice.

        Placement models: FBS, DBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            format: how to get it: FILE for a spreadsheet (XLSX), CSV or JSON for a ZIP with a file for each sheet; None
                is as FILE.
            category_ids: only these categories of the Market, ids of 1 or more without repeats, at least one; None for
                all.
            has_stocks: True for products that are there, False for those that are not; None for both.
            partner_warehouse_ids: only these warehouses, ids of `get_partner_warehouses` without repeats, at least one;
                None for all.
            timeout: seconds for the whole of it, from the start of the report to the end of its download; None for as
                long as it takes.

        Returns:
            A `Report`: await it for the finished `File`, or `start()` it for its id.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: there is no such cabinet or warehouse, or there are no data.
            RateLimited: `Active reports limit exceeded, limit=…`: too many reports are in work; wait until one is done.
            ReportFailed: NO_DATA: there is nothing to report; TOO_LARGE: ask for fewer days or narrow it; or the Market
                couldn't make it.
            MarketError: see `yamarket_async.errors`.

        Limit: 1 request a minute for a business with a subscription, 1 request in 2 minutes without. Scopes, one of:
        all-methods, all-methods:read-only, offers-and-cards-management, offers-and-cards-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateStocksReport
        """
        return self._report(
            api.GENERATE_STOCKS_REPORT,
            business_id=business_id,
            format=format,
            category_ids=category_ids,
            has_stocks=has_stocks,
            partner_warehouse_ids=partner_warehouse_ids,
            timeout=timeout,
        )

    def generate_goods_movement_report(
        self,
        campaign_id: int,
        date_from: date,
        date_to: date,
        *,
        format: str | ReportFormatType | None = None,
        shop_sku: str | None = None,
        timeout: float | None = None,
    ) -> Report:
        """Report what came into the Market's warehouses and left them, for a store.

        Without `shop_sku` the sheet is `movement_by_sku`: for each product and warehouse supplies, returns and surplus
        that came, orders, withdrawals, disposals and shortage that left. With `shop_sku` it is `movement_by_type`: each
        movement of this product with its document, order, day, pieces in and out, warehouse.

        Without a subscription, or with Light, the days may go back 90 days; with Medium no such bound is published.

        Each call begins a new report. Without a subscription, or with Light, one may be in work at once; with Medium
        ten. Sheets, named here as the files of a ZIP are, and their columns may change without notice.

        Placement models: FBY, LAAS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            date_from: the first day, included.
            date_to: the last day, included.
            format: how to get it: FILE for a spreadsheet (XLSX), CSV or JSON for a ZIP with a file for each sheet; None
                is as FILE.
            shop_sku: only this product, a SKU of 1 to 255 characters; None for all.
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
        offers-and-cards-management, offers-and-cards-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateGoodsMovementReport
        """
        return self._report(
            api.GENERATE_GOODS_MOVEMENT_REPORT,
            campaign_id=campaign_id,
            date_from=date_from,
            date_to=date_to,
            format=format,
            shop_sku=shop_sku,
            timeout=timeout,
        )

    def generate_goods_prices_report(
        self,
        *,
        format: str | ReportFormatType | None = None,
        business_id: int | None = None,
        category_ids: Iterable[int] | None = None,
        campaign_id: int | None = None,
        timeout: float | None = None,
    ) -> Report:
        """Report the prices of a cabinet or of a store.

        With `business_id` the prices that hold in all stores (sheet `business_prices`), with `campaign_id` those of one
        store (sheet `shop_prices`), which only a cabinet has whose stores may have prices of their own
        (`get_business_settings`). Columns: errors, warnings, SKU, product, price, crossed-out price, currency, whether
        it is shown, thresholds for an attractive price, the lowest price on other marketplaces and on the Market and
        where it is; for a cabinet also least price for promotions, cost price and expenses, for a store also VAT.

        Each call begins a new report. Without a subscription, or with Light, one may be in work at once; with Medium
        ten. Sheets, named here as the files of a ZIP are, and their columns may change without notice.

        Placement models: FBY, FBS, DBS, EXPRESS.

        Args:
            format: how to get it: FILE for a spreadsheet (XLSX), CSV or JSON for a ZIP with a file for each sheet; None
                is as FILE.
            business_id: the cabinet, 1 or more; needed unless `campaign_id` is given. What both together give the page
                doesn't say.
            category_ids: only these categories of the Market, leaves of `get_categories_tree`, ids above 0 without
                repeats, at least one; None for all.
            campaign_id: the store (a campaignId, 1 or more); needed unless `business_id` is given.
            timeout: seconds for the whole of it, from the start of the report to the end of its download; None for as
                long as it takes.

        Returns:
            A `Report`: await it for the finished `File`, or `start()` it for its id.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Only default prices are used for this business. Generate the report at the business level (not
                campaign) to see actual prices.`: give `business_id`.
            RateLimited: `Active reports limit exceeded, limit=…`: too many reports are in work; wait until one is done.
            ReportFailed: NO_DATA: there is nothing to report; TOO_LARGE: ask for fewer days or narrow it; or the Market
                couldn't make it.
            MarketError: see `yamarket_async.errors`.

        Limit: 1 request a minute for the key with a subscription, 1 request in 2 minutes without. Scopes, one of:
        all-methods, all-methods:read-only, pricing, pricing:read-only, promotion, promotion:read-only,
        finance-and-accounting.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateGoodsPricesReport
        """
        return self._report(
            api.GENERATE_GOODS_PRICES_REPORT,
            format=format,
            business_id=business_id,
            category_ids=category_ids,
            campaign_id=campaign_id,
            timeout=timeout,
        )

    def generate_goods_turnover_report(
        self,
        campaign_id: int,
        *,
        format: str | ReportFormatType | None = None,
        date: date | None = None,
        timeout: float | None = None,
    ) -> Report:
        """Report how quickly the goods of a store sell out of the Market's warehouses.

        Its sheets: `turnover` (all categories) and `preferential_categories_turnover` (those whose storage is cheaper).
        Columns: warehouse, cluster, category, SKU, product, dimensions, volume, turnover, advice of the Market, mean
        volume and pieces sold a day, mean volume in stock, pieces left on the last day, cost of paid storage.

        Without a subscription, or with Light, the days may go back 90 days; with Medium no such bound is published.

        Each call begins a new report. Without a subscription, or with Light, one may be in work at once; with Medium
        ten. Sheets, named here as the files of a ZIP are, and their columns may change without notice.

        Placement models: FBY.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            format: how to get it: FILE for a spreadsheet (XLSX), CSV or JSON for a ZIP with a file for each sheet; None
                is as FILE.
            date: the day for which the turnover is worked out; None for today.
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
        all-methods, all-methods:read-only, offers-and-cards-management, offers-and-cards-management:read-only,
        finance-and-accounting.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateGoodsTurnoverReport
        """
        return self._report(
            api.GENERATE_GOODS_TURNOVER_REPORT, campaign_id=campaign_id, format=format, date=date, timeout=timeout
        )

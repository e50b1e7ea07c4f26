"""The methods of reports about money: payments, services, and documents of a period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime
    from typing import Any

    from yamarket_async.families.reports.models import (
        ClosureDocumentsContractType,
        ClosureDocumentsMonthOfYear,
        MonthOfYear,
        ReportFormatType,
        ReportLanguageType,
    )
    from yamarket_async.models.placement import PlacementType
    from yamarket_async.models.sources import SourceType
    from yamarket_async.reports import Report

api = Family("reports")


class MoneyReportsMethods(Methods):
    """The methods of reports about money: payments, services, and documents of a period."""

    def generate_united_netting_report(
        self,
        business_id: int,
        *,
        format: str | ReportFormatType | None = None,
        language: str | ReportLanguageType | None = None,
        date_from: date | None = None,
        date_to: date | None = None,
        bank_order_id: int | None = None,
        bank_order_date_time: datetime | None = None,
        month_of_year: MonthOfYear | Mapping[str, Any] | None = None,
        placement_programs: Iterable[str | PlacementType] | None = None,
        inns: Iterable[str] | None = None,
        campaign_ids: Iterable[int] | None = None,
        timeout: float | None = None,
    ) -> Report:
        """Report the payments between the Market and a cabinet.

        One of three reports, chosen by what you give, and only one at a time: with `date_from` and `date_to` all
        payments that were made or charged on these days; with `bank_order_id` and `bank_order_date_time` what one
        payment order consists of; with `month_of_year` the points of the Market of a month.

        A transfer of 31 August that arrived on 1 September is in the reports of both months.

        Its sheets: `transaction_date` for days, `netting_report_accruals`, `netting_report_returns_and_compensations`
        and `netting_report_retentions` for a payment order, `netting_bonuses` for points. Columns: cabinet, model,
        store, INN and contracts; order, SKU, product and count, or the service and its act; sum, type and source of the
        transaction; state of the payment; day, number and sum of the payment order.

        The days may span at most 3 months. How far back they may go is not published.

        Each call begins a new report. Without a subscription, or with Light, one may be in work at once; with Medium
        ten. Sheets, named here as the files of a ZIP are, and their columns may change without notice.

        Placement models: FBY, DBS, FBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            format: how to get it: FILE for a spreadsheet (XLSX), CSV or JSON for a ZIP with a file for each sheet; None
                is as FILE.
            language: the language of its headings: RU or EN; None leaves it to the Market.
            date_from: the first day, included; with `date_to`.
            date_to: the last day, included, at most 3 months after the first; with `date_from`.
            bank_order_id: the number of the payment order; with `bank_order_date_time`.
            bank_order_date_time: the moment of the payment order; with `bank_order_id`.
            month_of_year: the month whose points are wanted: a `MonthOfYear` or a mapping like `{"year": 2026, "month":
                10}`; alone.
            placement_programs: only these models (FBS, FBY, DBS, LAAS; FBS is Express too), without repeats, at least
                one; None for all.
            inns: only these taxpayer numbers (INN), without repeats, at least one; None for all.
            campaign_ids: only these stores, campaignIds without repeats, at least one; None for all of the cabinet.
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
        all-methods, all-methods:read-only, finance-and-accounting.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateUnitedNettingReport
        """
        return self._report(
            api.GENERATE_UNITED_NETTING_REPORT,
            business_id=business_id,
            format=format,
            language=language,
            date_from=date_from,
            date_to=date_to,
            bank_order_id=bank_order_id,
            bank_order_date_time=bank_order_date_time,
            month_of_year=month_of_year,
            placement_programs=placement_programs,
            inns=inns,
            campaign_ids=campaign_ids,
            timeout=timeout,
        )

    def generate_united_marketplace_services_report(
        self,
        business_id: int,
        *,
        format: str | ReportFormatType | None = None,
        language: str | ReportLanguageType | None = None,
        date_from: date | None = None,
        date_to: date | None = None,
        year_from: int | None = None,
        month_from: int | None = None,
        year_to: int | None = None,
        month_to: int | None = None,
        placement_programs: Iterable[str | PlacementType] | None = None,
        inns: Iterable[str] | None = None,
        campaign_ids: Iterable[int] | None = None,
        timeout: float | None = None,
    ) -> Report:
        """Report what the services of the Market cost a cabinet.

        One of two reports, chosen by what you give, and only one at a time: with `date_from` and `date_to` the services
        charged on these days; with `year_from`, `month_from`, `year_to` and `month_to` the services in the acts of
        these months, for whose number no bound is published.

        Some thirty sheets, one for each kind of service, such as `placement`, `sale_commission`,
        `warehouse_processing`, `goods_acceptance`, `loyalty_and_reviews`, `boost`, `cpm-boost`, `shelf`, `banners`,
        `delivery`, `express_delivery`, `payment_accepting`, `payment_transfer`, `paid_storage_after_01-06-22`,
        `order_processing`, `storage_of_returns`, `utilization`. Columns: cabinet, model, store, INN and contracts;
        order, SKU, product, price, count, weight and dimensions; service, tariff and its unit, least and most; moment
        of the service and day of the act; discounts and surcharges; cost.

        The days may span at most 3 months. How far back they may go is not published.

        Each call begins a new report. Without a subscription, or with Light, one may be in work at once; with Medium
        ten. Sheets, named here as the files of a ZIP are, and their columns may change without notice.

        Placement models: FBY, DBS, FBS, EXPRESS, LAAS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            format: how to get it: FILE for a spreadsheet (XLSX), CSV or JSON for a ZIP with a file for each sheet; None
                is as FILE.
            language: the language of its headings: RU or EN; None leaves it to the Market.
            date_from: the first day, included; with `date_to`.
            date_to: the last day, included, at most 3 months after the first; with `date_from`.
            year_from: the year of the first month of acts; with the other three.
            month_from: the first month of acts, 1 to 12.
            year_to: the year of the last month of acts.
            month_to: the last month of acts, 1 to 12.
            placement_programs: only these models (FBS, FBY, DBS, LAAS; FBS is Express too), without repeats, at least
                one; None for all.
            inns: only these taxpayer numbers (INN), without repeats, at least one; None for all.
            campaign_ids: only these stores, campaignIds without repeats, at least one; None for all of the cabinet.
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
        all-methods, all-methods:read-only, finance-and-accounting.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateUnitedMarketplaceServicesReport
        """
        return self._report(
            api.GENERATE_UNITED_MARKETPLACE_SERVICES_REPORT,
            business_id=business_id,
            format=format,
            language=language,
            date_from=date_from,
            date_to=date_to,
            year_from=year_from,
            month_from=month_from,
            year_to=year_to,
            month_to=month_to,
            placement_programs=placement_programs,
            inns=inns,
            campaign_ids=campaign_ids,
            timeout=timeout,
        )

    def generate_goods_realization_report(
        self,
        campaign_id: int,
        year: int,
        month: int,
        *,
        format: str | ReportFormatType | None = None,
        timeout: float | None = None,
    ) -> Report:
        """Report what a store sold in a month, for its accounts.

        Its sheets: `transferred_to_delivery`, `delivered`, `unredeemed`, `returned` and `lost_items`. Columns: order,
        type, SKU, product and counts; days of the order, handing over and delivery; way of payment, VAT, price,
        discounts and sums; customs declaration or batch number; for organisations name, INN, KPP, address and the
        numbers of their documents; compensations for lost items. For DBS the columns differ a little.

        How far back it may go is not published. Each call begins a new report. Without a subscription, or with Light,
        one may be in work at once; with Medium ten. Sheets, named here as the files of a ZIP are, and their columns may
        change without notice.

        Placement models: FBY, FBS, EXPRESS, DBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            year: the year of the month.
            month: the month, 1 to 12.
            format: how to get it: FILE for a spreadsheet (XLSX), CSV or JSON for a ZIP with a file for each sheet; None
                is as FILE.
            timeout: seconds for the whole of it, from the start of the report to the end of its download; None for as
                long as it takes.

        Returns:
            A `Report`: await it for the finished `File`, or `start()` it for its id.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: there is no such store, or it sold nothing in this month.
            RateLimited: `Active reports limit exceeded, limit=…`: too many reports are in work; wait until one is done.
            ReportFailed: NO_DATA: there is nothing to report; TOO_LARGE: ask for fewer days or narrow it; or the Market
                couldn't make it.
            MarketError: see `yamarket_async.errors`.

        Limit: 1 request a minute for the key with a subscription, 1 request in 2 minutes without. Scopes, one of:
        all-methods, all-methods:read-only, finance-and-accounting.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateGoodsRealizationReport
        """
        return self._report(
            api.GENERATE_GOODS_REALIZATION_REPORT,
            campaign_id=campaign_id,
            year=year,
            month=month,
            format=format,
            timeout=timeout,
        )

    def generate_closure_documents_report(
        self,
        campaign_id: int,
        month_of_year: ClosureDocumentsMonthOfYear | Mapping[str, Any],
        *,
        contract_types: Iterable[str | ClosureDocumentsContractType] | None = None,
        timeout: float | None = None,
    ) -> Report:
        """Make the closing documents of a month for a store, as a ZIP of PDFs.

        - Contract for placement: act of services, invoice, summary of the statistics, report of the agent about the
          orders carried out and the mutual claims set off.
        - Contract for promotion (none is made in Russia since 30 September 2024): act of services, and an invoice where
          the way of taxation wants one.
        - Contract for marketing: act of services, invoice, invoice for the advance, statement of the account, details
          of the act.

        What these sums consist of is in `generate_closure_documents_detalization_report` and
        `generate_marketing_detalization_report`. Each call begins a new document.

        Placement models: FBY, DBS, FBS, EXPRESS, LAAS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            month_of_year: the month: a `ClosureDocumentsMonthOfYear` or a mapping like `{"year": 2026, "month": 10}`.
            contract_types: only documents of these contracts, INCOME (placement) and OUTCOME (promotion), 1 to 3
                without repeats; None for all that there are.
            timeout: seconds for the whole of it, from the start of the report to the end of its download; None for as
                long as it takes.

        Returns:
            A `Report`: await it for the finished `File`, or `start()` it for its id.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            RateLimited: `Active reports limit exceeded, limit=…`: too many reports are in work; wait until one is done.
            ReportFailed: NO_DATA: there is nothing to make it of; RESOURCE_NOT_FOUND: some of what was asked for wasn't
                found; TOO_LARGE: ask for less; or the Market couldn't make it.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests an hour for the key. Scopes, one of: all-methods, all-methods:read-only,
        finance-and-accounting.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateClosureDocumentsReport
        """
        return self._report(
            api.GENERATE_CLOSURE_DOCUMENTS_REPORT,
            campaign_id=campaign_id,
            month_of_year=month_of_year,
            contract_types=contract_types,
            timeout=timeout,
        )

    def generate_jewelry_fiscal_report(
        self,
        campaign_id: int,
        date_from: date,
        date_to: date,
        *,
        format: str | ReportFormatType | None = None,
        timeout: float | None = None,
    ) -> Report:
        """Report the orders of jewellery of a store with the data of their fiscal receipts.

        Sheet `orders_jewelry_fiscal_report`: order, its status and day, SKU, product, price for the buyer, UIN, numbers
        of fiscal device and document, day of the document.

        Without a subscription, or with Light, the days may go back 90 days; with Medium no such bound is published.

        Each call begins a new report. Without a subscription, or with Light, one may be in work at once; with Medium
        ten. Sheets, named here as the files of a ZIP are, and their columns may change without notice.

        Placement models: FBY, FBS, DBS, EXPRESS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
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
            BadRequest: `Without subscription, you cannot request data older than 90 days. …`: begin later.
            RateLimited: `Active reports limit exceeded, limit=…`: too many reports are in work; wait until one is done.
            ReportFailed: NO_DATA: there is nothing to report; TOO_LARGE: ask for fewer days or narrow it; or the Market
                couldn't make it.
            MarketError: see `yamarket_async.errors`.

        Limit: 1 request a minute for the key with a subscription, 1 request in 2 minutes without. Scopes, one of:
        all-methods, all-methods:read-only, inventory-and-order-processing, inventory-and-order-processing:read-only,
        finance-and-accounting.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateJewelryFiscalReport
        """
        return self._report(
            api.GENERATE_JEWELRY_FISCAL_REPORT,
            campaign_id=campaign_id,
            date_from=date_from,
            date_to=date_to,
            format=format,
            timeout=timeout,
        )

    def generate_closure_documents_detalization_report(
        self,
        campaign_id: int,
        month_of_year: ClosureDocumentsMonthOfYear | Mapping[str, Any],
        contract_type: str | ClosureDocumentsContractType,
        *,
        format: str | ReportFormatType | None = None,
        timeout: float | None = None,
    ) -> Report:
        """Report what the sums in the closing documents of a store consist of.

        Sheets for INCOME (placement): `period_closure_income_summary`, `…_payments` (got from buyers), `…_refunds`
        (given back), `…_sold_refunds`, `…_sold_defect_refunds`, `…_fees`, `…_fines`, `…_compensations`, `…_netting`,
        `…_premium_correction`, `…_will_be_paid` and `…_paid`. For OUTCOME (promotion):
        `period_closure_outcome_summary`, `…_subsidy`, `…_plus`, `…_benefits` and `…_delivery`. Columns: cabinet, model,
        store, INN and contracts; day, id, sum, type, source and state of the transaction; order or act, claim, SKU,
        product, count; payment order.

        How far back it may go is not published. Each call begins a new report. Without a subscription, or with Light,
        one may be in work at once; with Medium ten. Sheets, named here as the files of a ZIP are, and their columns may
        change without notice.

        Placement models: FBY, DBS, FBS, EXPRESS, LAAS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            month_of_year: the month of the documents: a `ClosureDocumentsMonthOfYear` or a mapping like `{"year": 2026,
                "month": 10}`.
            contract_type: the contract: INCOME for placement, OUTCOME for promotion.
            format: how to get it: FILE for a spreadsheet (XLSX), CSV or JSON for a ZIP with a file for each sheet; None
                is as FILE.
            timeout: seconds for the whole of it, from the start of the report to the end of its download; None for as
                long as it takes.

        Returns:
            A `Report`: await it for the finished `File`, or `start()` it for its id.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Contract with type MARKETING was signed with the agency`.
            NotFound: there is no such store, or there are no data.
            RateLimited: `Active reports limit exceeded, limit=…`: too many reports are in work; wait until one is done.
            ReportFailed: NO_DATA: there is nothing to report; TOO_LARGE: ask for fewer days or narrow it; or the Market
                couldn't make it.
            MarketError: see `yamarket_async.errors`.

        Limit: 1 request a minute for the key with a subscription, 1 request in 2 minutes without. Scopes, one of:
        all-methods, all-methods:read-only, finance-and-accounting.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateClosureDocumentsDetalizationReport
        """
        return self._report(
            api.GENERATE_CLOSURE_DOCUMENTS_DETALIZATION_REPORT,
            campaign_id=campaign_id,
            month_of_year=month_of_year,
            contract_type=contract_type,
            format=format,
            timeout=timeout,
        )

    def generate_marketing_detalization_report(
        self,
        business_id: int,
        month_of_year: ClosureDocumentsMonthOfYear | Mapping[str, Any],
        *,
        format: str | ReportFormatType | None = None,
        source_type: str | SourceType | None = None,
        timeout: float | None = None,
    ) -> Report:
        """Report what a cabinet spent from its marketing account in a month.

        Some thirty sheets, one for each tool, such as `advertiser_operations_shelf`, `…_cpm_boost`,
        `…_cpa_auction_promotion`, `…_package_banners`, `…_auction_banners`, `…_package_pushes`, `…_auction_pushes`,
        `…_marketing_promo_web`, `…_paid_opinion`. Columns: day, sum with VAT, bonuses used, campaign, where it was
        shown, type of operation, type and name of the cabinet; for reviews brand, category, product and link.

        How far back it may go is not published. Each call begins a new report. Without a subscription, or with Light,
        one may be in work at once; with Medium ten. Sheets, named here as the files of a ZIP are, and their columns may
        change without notice.

        Placement models: FBY, DBS, FBS, EXPRESS, LAAS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            month_of_year: the month: a `ClosureDocumentsMonthOfYear` or a mapping like `{"year": 2026, "month": 10}`.
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
            NotFound: there is no such cabinet, or there are no data.
            RateLimited: `Active reports limit exceeded, limit=…`: too many reports are in work; wait until one is done.
            ReportFailed: NO_DATA: there is nothing to report; TOO_LARGE: ask for fewer days or narrow it; or the Market
                couldn't make it.
            MarketError: see `yamarket_async.errors`.

        Limit: 1 request a minute for a business with a subscription, 1 request in 2 minutes without. Scopes, one of:
        all-methods, all-methods:read-only, finance-and-accounting.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/generateMarketingDetalizationReport
        """
        return self._report(
            api.GENERATE_MARKETING_DETALIZATION_REPORT,
            business_id=business_id,
            month_of_year=month_of_year,
            format=format,
            source_type=source_type,
            timeout=timeout,
        )

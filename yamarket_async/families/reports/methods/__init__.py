"""The methods of reports: money, sales, stocks and promotion, and documents to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.families import Family
from yamarket_async.families.reports.methods.goods import GoodsReportsMethods
from yamarket_async.families.reports.methods.money import MoneyReportsMethods
from yamarket_async.families.reports.methods.printed import PrintedReportsMethods
from yamarket_async.families.reports.methods.promotion import PromotionReportsMethods
from yamarket_async.families.reports.methods.sales import SalesReportsMethods

if TYPE_CHECKING:
    from yamarket_async.families.reports.models import ReportInfo
    from yamarket_async.models.sources import SourceType

__all__ = ["ReportsMethods"]

api = Family("reports")


class ReportsMethods(
    MoneyReportsMethods, SalesReportsMethods, GoodsReportsMethods, PromotionReportsMethods, PrintedReportsMethods
):
    """The methods of reports: money, sales, stocks and promotion, and documents to print."""

    async def get_report_info(self, report_id: str, *, source_type: str | SourceType | None = None) -> ReportInfo:
        """Get how far a report or document is, and the link to it.

        What a `Report` does by itself; needed only for a report that another program began (see also `market.report`).
        Ask again after `estimated_generation_time` rather than all the time. Once `status` is DONE, `file` is a link
        that works for 60 minutes; each call makes a new link, so don't keep one: download the report and keep that.
        After FAILED, and after NO_DATA in `sub_status`, look whether it was asked for rightly: its store, its days, the
        number of its payment order.

        Placement models: FBY, DBS, FBS, EXPRESS, LAAS.

        Args:
            report_id: the report, 1 to 255 characters: the id that `start()` of a `Report` gives.
            source_type: whose cabinet it is: SELLER, or ADVERTISER, which an advertiser must name in every call, the
                one for the state of the report too; None is as SELLER.

        Returns:
            A `ReportInfo`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Report not found.`: there is no such report, or it belongs to another cabinet.
            MarketError: see `yamarket_async.errors`.

        Limit: 100 requests a minute for the key. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only, pricing, pricing:read-only,
        offers-and-cards-management, offers-and-cards-management:read-only, promotion, promotion:read-only,
        finance-and-accounting, communication, settings-management, supplies-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/reports/getReportInfo
        """
        result: ReportInfo = await self._call(api.GET_REPORT_INFO, report_id=report_id, source_type=source_type)
        return result

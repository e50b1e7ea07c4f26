"""The methods of order statistics: orders with their prices, payments and the Market's charges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from yamarket_async.families.orders_stats.models import OrdersStatsOrder, OrderStatsStatusType
    from yamarket_async.paging import Pager

api = Family("orders_stats")


class OrdersStatsMethods(Methods):
    """The methods of order statistics: orders with their prices, payments and the Market's charges."""

    def get_orders_stats(
        self,
        campaign_id: int,
        *,
        date_from: date | None = None,
        date_to: date | None = None,
        update_from: date | None = None,
        update_to: date | None = None,
        orders: Iterable[int] | None = None,
        statuses: Iterable[str | OrderStatsStatusType] | None = None,
        has_cis: bool | None = None,
        page_size: int = 200,
        page_token: str | None = None,
    ) -> Pager[OrdersStatsOrder]:
        """List the orders of a store with what they brought and cost: prices, payments, charges and loyalty points.

        For statistics and accounts: what sells, what comes back, what the Market took. Unlike `get_orders` it also has
        orders that were finished more than 30 days ago. New orders and changes show after up to 40 minutes;
        `get_business_orders` has them at once. Choose orders by the days on which they were made or by those on which
        they changed, not by both.

        The final payments of an order stand there when it is over, after DELIVERED for example; until then they may be
        missing. Products that were taken out of an order stand in `initial_items` only. The delivery is an item too,
        with the name «Доставка».

        Placement models: FBY, FBS, DBS, EXPRESS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            date_from: orders made on this day or later; not together with `update_from` and `update_to`.
            date_to: orders made on this day or earlier; not together with `update_from` and `update_to`.
            update_from: orders in which something changed (their status, payments …) on this day or later; not together
                with `date_from` and `date_to`.
            update_to: orders in which something changed on this day or earlier; not together with `date_from` and
                `date_to`.
            orders: only these orders, by id; of any number, 200 a request; None for all.
            statuses: only orders in these statuses (`OrderStatsStatusType`), without repeats, at least one; None for
                all.
            has_cis: True for orders with at least one product that bears a code of Chestny ZNAK (or ASL BELGISI, for
                sellers of Market Yandex Go), False for those without; None for all.
            page_size: items a page, 1 to 200.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `OrdersStatsOrder`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Date field 'dateTo' must be greater or equal to 'dateFrom'!` where a range is the wrong way
                round; `Periods "orderDate" and "orderUpdate" can't be specified simultaneously!` where both ranges are
                given.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a campaign. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders-stats/getOrdersStats
        """
        return self._pager(
            api.GET_ORDERS_STATS,
            campaign_id=campaign_id,
            date_from=date_from,
            date_to=date_to,
            update_from=update_from,
            update_to=update_to,
            orders=orders,
            statuses=statuses,
            has_cis=has_cis,
            page_size=page_size,
            page_token=page_token,
        )

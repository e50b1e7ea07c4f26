"""The methods of logistic points: the Market's pick-up points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from yamarket_async.families.logistic_points.models import LogisticPoint
    from yamarket_async.paging import Pager

api = Family("logistic_points")


class LogisticPointsMethods(Methods):
    """The methods of logistic points: the Market's pick-up points."""

    def get_logistic_points(
        self, business_id: int, *, page_size: int = 500, page_token: str | None = None
    ) -> Pager[LogisticPoint]:
        """Walk through the Market's pick-up points, to which orders from outside the Market can be delivered.

        For sellers whose orders from other channels go out from the Market's warehouses. Keep the list on your side and
        renew it about once a day. With the ids of points you ask for days and prices of delivery,
        `get_delivery_options`, and then begin the order, `create_order`; `get_return_delivery_options` tells which
        points take given items back.

        Placement models: LAAS. Not for sellers of Market Yandex Go.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            page_size: items a page, 1 to 500.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `LogisticPoint`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for a business. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only, pricing, pricing:read-only,
        offers-and-cards-management, offers-and-cards-management:read-only, promotion, promotion:read-only,
        finance-and-accounting, communication, settings-management, supplies-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/logistic-points/getLogisticPoints
        """
        return self._pager(api.GET_LOGISTIC_POINTS, business_id=business_id, page_size=page_size, page_token=page_token)

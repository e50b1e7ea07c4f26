"""The methods of operations: what became of changes that the Market makes in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yamarket_async.families.operations.models import OperationResult
    from yamarket_async.models.operations import OperationType
    from yamarket_async.paging import Pager

api = Family("operations")


class OperationsMethods(Methods):
    """The methods of operations: what became of changes that the Market makes in the background."""

    def get_operations(
        self, business_id: int, operation_type: str | OperationType, operation_ids: Iterable[str]
    ) -> Pager[OperationResult]:
        """Ask what became of operations that other methods started.

        `update_order`, `update_order_status`, `update_order_statuses` and `cancel_return` of LaaS stores answer before
        their work is done, with an `Operation` for each change; it takes minutes, and only this method tells how it
        ended. Ask for operations of one type at a time, with the ids that came with that type. `wait_for_operations`
        asks again and again until all of them are over.

        A failed operation says FAILED and nothing of the reason: read the order with `get_business_orders`, or the
        return with `get_return`, and start the change anew. Ids of any number are cut into requests of 100.

        Placement models: LAAS. Not for sellers of Market Yandex Go.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            operation_type: the type of all these operations, an `OperationType`: ORDER_RECIPIENT_UPDATE,
                ORDER_DELIVERY_INTERVAL_UPDATE, ORDER_STORAGE_LIMIT_DATE_UPDATE, ORDER_STATUS_UPDATE or
                RETURN_CANCELLATION.
            operation_ids: their ids, without repeats, each of 1 to 1,000 characters; of any number, 100 a request.

        Returns:
            A `Pager` of `OperationResult`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests an hour for a business. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only, pricing, pricing:read-only,
        offers-and-cards-management, offers-and-cards-management:read-only, promotion, promotion:read-only,
        finance-and-accounting, communication, settings-management, supplies-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/operations/getOperations
        """
        return self._pager(
            api.GET_OPERATIONS, business_id=business_id, operation_type=operation_type, operation_ids=operation_ids
        )

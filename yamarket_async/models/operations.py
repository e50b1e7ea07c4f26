"""Operations that the Market does in the background."""

from typing import Annotated

from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Bounds


class OperationType(OpenEnum):
    """What an operation in the background does."""

    ORDER_RECIPIENT_UPDATE = "ORDER_RECIPIENT_UPDATE"
    """Changes who receives an order; started by `update_order`."""
    ORDER_DELIVERY_INTERVAL_UPDATE = "ORDER_DELIVERY_INTERVAL_UPDATE"
    """Changes when a courier delivers an order; started by `update_order`."""
    ORDER_STORAGE_LIMIT_DATE_UPDATE = "ORDER_STORAGE_LIMIT_DATE_UPDATE"
    """Keeps an order longer at its pick-up point; started by `update_order`."""
    ORDER_STATUS_UPDATE = "ORDER_STATUS_UPDATE"
    """Cancels an order; started by `update_order_status` and `update_order_statuses`."""
    RETURN_CANCELLATION = "RETURN_CANCELLATION"
    """Cancels a return; started by `cancel_return`."""


class Operation(Model, kw_only=True, frozen=True):
    """An operation in the background that a call started.

    For LaaS only; `get_operations` tells what became of it.

    Attributes:
        id: its id, 1 to 1,000 characters.
        type: what it does.
    """

    id: Annotated[str, Bounds(min_length=1, max_length=1000)]
    type: OperationType

"""Notifications: what the Market sends to a service, instead of being asked.

`handler` is an aiohttp handler; `decode`, `accepted` and `refused` do for any other framework.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from yamarket_async.models.order_statuses import OrderStatusType, OrderSubstatusType
from yamarket_async.models.returns import RefundStatusType, ReturnShipmentStatusType, ReturnType
from yamarket_async.notifications.answers import accepted, refused
from yamarket_async.notifications.calling import Callback
from yamarket_async.notifications.decoding import MalformedNotification, decode
from yamarket_async.notifications.deduplicating import (
    Deduplicated,
    MemoryStore,
    SeenStore,
    StoreUnavailable,
    key_of,
)
from yamarket_async.notifications.enums import (
    NotificationApiErrorType,
    NotificationType,
    OrderLineServiceCancelReasonType,
    OrderLineServiceStatusType,
    OrderUpdateType,
)
from yamarket_async.notifications.handling import Handler, handler
from yamarket_async.notifications.networks import LOOPBACK, MARKET_NETWORKS, AllowedNetworks
from yamarket_async.notifications.receiving import Answer, Receiver
from yamarket_async.notifications.structs import (
    ChatArbitrageFinished,
    ChatArbitrageStarted,
    ChatCreated,
    ChatMessageSent,
    GoodsFeedbackCommentCreated,
    GoodsFeedbackCreated,
    KnownNotification,
    Notification,
    NotificationOrderItem,
    NotificationOrderLineService,
    NotificationOrderLineServiceStatus,
    NotificationReturnItem,
    NotificationUpdatedReturnStatuses,
    OrderCancellationRequest,
    OrderCancelled,
    OrderCreated,
    OrderLineServiceStatusUpdated,
    OrderReturnCreated,
    OrderReturnStatusUpdated,
    OrderStatusUpdated,
    OrderUpdated,
    Ping,
    QuestionAnswerCreated,
    QuestionCommentCreated,
    QuestionCreated,
    UnknownNotification,
)

if TYPE_CHECKING:
    from yamarket_async.notifications.redis_store import RedisStore as RedisStore

# Without RedisStore, which needs an extra: `from yamarket_async.notifications import *` works without one.
__all__ = [  # noqa: RUF022 — what is called first, then what is sent
    "handler",
    "decode",
    "accepted",
    "refused",
    "Receiver",
    "Answer",
    "Handler",
    "Callback",
    "Deduplicated",
    "MemoryStore",
    "SeenStore",
    "key_of",
    "MalformedNotification",
    "StoreUnavailable",
    "AllowedNetworks",
    "MARKET_NETWORKS",
    "LOOPBACK",
    "Notification",
    "KnownNotification",
    "UnknownNotification",
    "Ping",
    "OrderCreated",
    "OrderCancelled",
    "OrderStatusUpdated",
    "OrderReturnCreated",
    "OrderCancellationRequest",
    "OrderReturnStatusUpdated",
    "OrderUpdated",
    "OrderLineServiceStatusUpdated",
    "GoodsFeedbackCreated",
    "GoodsFeedbackCommentCreated",
    "ChatCreated",
    "ChatMessageSent",
    "ChatArbitrageStarted",
    "ChatArbitrageFinished",
    "QuestionCreated",
    "QuestionAnswerCreated",
    "QuestionCommentCreated",
    "NotificationOrderItem",
    "NotificationOrderLineService",
    "NotificationOrderLineServiceStatus",
    "NotificationReturnItem",
    "NotificationUpdatedReturnStatuses",
    "NotificationType",
    "NotificationApiErrorType",
    "OrderStatusType",
    "OrderSubstatusType",
    "OrderUpdateType",
    "OrderLineServiceStatusType",
    "OrderLineServiceCancelReasonType",
    "ReturnType",
    "RefundStatusType",
    "ReturnShipmentStatusType",
]


if not TYPE_CHECKING:  # a name that is not there is for checkers to tell, and no Any

    def __getattr__(name: str) -> Any:
        # Looked up when first used: redis-py is an extra, and takes long to import.
        if name != "RedisStore":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = import_module(f"{__name__}.redis_store").RedisStore
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    # Without what this module itself needs, which would stand between the names in a completion.
    return sorted({*__all__, "RedisStore"})

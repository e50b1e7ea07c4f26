"""The enums of notifications, under the names of the documentation."""

from yamarket_async.models.base import OpenEnum


class NotificationType(OpenEnum):
    """What a notification tells of."""

    PING = "PING"
    ORDER_CREATED = "ORDER_CREATED"
    ORDER_CANCELLED = "ORDER_CANCELLED"
    ORDER_STATUS_UPDATED = "ORDER_STATUS_UPDATED"
    ORDER_RETURN_CREATED = "ORDER_RETURN_CREATED"
    ORDER_CANCELLATION_REQUEST = "ORDER_CANCELLATION_REQUEST"
    ORDER_RETURN_STATUS_UPDATED = "ORDER_RETURN_STATUS_UPDATED"
    ORDER_UPDATED = "ORDER_UPDATED"
    ORDER_LINE_SERVICE_STATUS_UPDATED = "ORDER_LINE_SERVICE_STATUS_UPDATED"
    GOODS_FEEDBACK_CREATED = "GOODS_FEEDBACK_CREATED"
    GOODS_FEEDBACK_COMMENT_CREATED = "GOODS_FEEDBACK_COMMENT_CREATED"
    CHAT_CREATED = "CHAT_CREATED"
    CHAT_MESSAGE_SENT = "CHAT_MESSAGE_SENT"
    CHAT_ARBITRAGE_STARTED = "CHAT_ARBITRAGE_STARTED"
    CHAT_ARBITRAGE_FINISHED = "CHAT_ARBITRAGE_FINISHED"
    QUESTION_CREATED = "QUESTION_CREATED"
    QUESTION_ANSWER_CREATED = "QUESTION_ANSWER_CREATED"
    QUESTION_COMMENT_CREATED = "QUESTION_COMMENT_CREATED"


class NotificationApiErrorType(OpenEnum):
    """Why a notification is refused."""

    UNKNOWN = "UNKNOWN"
    """Something failed on this side."""
    WRONG_EVENT_FORMAT = "WRONG_EVENT_FORMAT"
    """The notification can't be read."""
    DUPLICATED_EVENT = "DUPLICATED_EVENT"
    """The notification was received before."""


class OrderUpdateType(OpenEnum):
    """What was changed in an order."""

    SHIPMENT_DATE_UPDATED = "SHIPMENT_DATE_UPDATED"
    """The day of shipment."""
    DELIVERY_DATE_UPDATED = "DELIVERY_DATE_UPDATED"
    """The day of delivery."""
    UNKNOWN = "UNKNOWN"
    """Something else."""


class OrderLineServiceStatusType(OpenEnum):
    """How far a service for an item of an order has come."""

    CREATED = "CREATED"
    PROVIDED = "PROVIDED"
    CANCELLED = "CANCELLED"


class OrderLineServiceCancelReasonType(OpenEnum):
    """Why a service for an item of an order was cancelled."""

    USER_REQUESTED = "USER_REQUESTED"
    SHOP_UNABLE_TO_RENDER = "SHOP_UNABLE_TO_RENDER"
    USER_UNREACHABLE = "USER_UNREACHABLE"
    UNKNOWN = "UNKNOWN"

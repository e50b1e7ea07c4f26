"""What the Market sends: a struct for each type of notification, and one for a type that is not known here."""

from datetime import datetime
from typing import ClassVar, TypeAlias

import msgspec

from yamarket_async.models.base import Model, Moment
from yamarket_async.models.order_statuses import OrderStatusType, OrderSubstatusType
from yamarket_async.models.returns import RefundStatusType, ReturnShipmentStatusType, ReturnType
from yamarket_async.notifications.enums import (
    NotificationType,
    OrderLineServiceCancelReasonType,
    OrderLineServiceStatusType,
    OrderUpdateType,
)

_encode = msgspec.json.encode


class NotificationOrderItem(Model, kw_only=True, frozen=True):
    """A product in an order.

    Attributes:
        offer_id: the seller's SKU.
        count: how many pieces.
    """

    offer_id: str
    count: int


class NotificationOrderLineService(Model, kw_only=True, frozen=True):
    """A service that was ordered with an item.

    Attributes:
        item_id: the item in the order.
        service_article: the seller's own article of the service.
    """

    item_id: int
    service_article: str


class NotificationReturnItem(Model, kw_only=True, frozen=True):
    """A product that comes back.

    Attributes:
        offer_id: the seller's SKU.
        count: how many pieces.
    """

    offer_id: str
    count: int


class NotificationUpdatedReturnStatuses(Model, kw_only=True, frozen=True):
    """The statuses of a return, of which only the changed one is there.

    Attributes:
        refund_status: how far the refund has come; never for what the buyer didn't take.
        shipment_status: where the products are; never for a quick refund, where they stay with the buyer.
    """

    refund_status: RefundStatusType | None = None
    shipment_status: ReturnShipmentStatusType | None = None


class NotificationOrderLineServiceStatus(Model, kw_only=True, frozen=True):
    """How many services of an item are in a status.

    Attributes:
        status: how far they have come.
        count: how many.
    """

    status: OrderLineServiceStatusType
    count: int


# dict=True holds the body beside the fields, so that two notifications that say the same are equal whatever the order
# and the spaces in their bodies were; msgspec leaves what has a dict to the collector.
class _Known(Model, kw_only=True, frozen=True, gc=True, dict=True, tag_field="notificationType"):
    """What all types of notifications share."""

    event_time_field: ClassVar[str]
    """The field that tells when it happened."""

    @property
    def notification_type(self) -> NotificationType:
        """What it tells of."""
        return NotificationType(str(type(self).__struct_config__.tag))

    @property
    def event_time(self) -> datetime | None:
        """When it happened; None only for a PING without a time. Of two notifications the later one is right."""
        moment: datetime | None = getattr(self, self.event_time_field)
        return moment

    @property
    def raw(self) -> bytes:
        """The JSON text as it came, with the fields that this version doesn't know."""
        body: bytes | None = vars(self).get("raw")
        return _encode(self) if body is None else body


class Ping(_Known, kw_only=True, frozen=True, tag="PING"):
    """The Market checks that somebody answers, within one second.

    Attributes:
        time: when the Market sent it.
    """

    event_time_field: ClassVar[str] = "time"

    time: Moment | None = None


class OrderCreated(_Known, kw_only=True, frozen=True, tag="ORDER_CREATED"):
    """An order was placed.

    Attributes:
        order_id: the order.
        campaign_id: the store.
        items: the products in it.
        order_line_services: the services ordered with them.
        created_at: when it was placed.
    """

    event_time_field: ClassVar[str] = "created_at"

    order_id: int
    campaign_id: int
    items: tuple[NotificationOrderItem, ...]
    created_at: Moment
    order_line_services: tuple[NotificationOrderLineService, ...] | None = None


class OrderCancelled(_Known, kw_only=True, frozen=True, tag="ORDER_CANCELLED"):
    """An order was cancelled.

    Attributes:
        order_id: the order.
        campaign_id: the store.
        items: the products in it.
        cancelled_at: when it was cancelled.
    """

    event_time_field: ClassVar[str] = "cancelled_at"

    order_id: int
    campaign_id: int
    items: tuple[NotificationOrderItem, ...]
    cancelled_at: Moment


class OrderStatusUpdated(_Known, kw_only=True, frozen=True, tag="ORDER_STATUS_UPDATED"):
    """An order has come to another status. May come several times for one event.

    Attributes:
        order_id: the order.
        campaign_id: the store.
        status: how far it has come.
        substatus: the step in PROCESSING, or why it was CANCELLED.
        updated_at: when the status changed.
    """

    event_time_field: ClassVar[str] = "updated_at"

    order_id: int
    campaign_id: int
    status: OrderStatusType
    substatus: OrderSubstatusType
    updated_at: Moment


class OrderReturnCreated(_Known, kw_only=True, frozen=True, tag="ORDER_RETURN_CREATED"):
    """Products come back: the buyer returns them, or never took them.

    Attributes:
        order_id: the order.
        return_id: the return.
        return_type: which of both.
        campaign_id: the store.
        items: the products that come back.
        created_at: when the return was created.
    """

    event_time_field: ClassVar[str] = "created_at"

    order_id: int
    return_id: int
    return_type: ReturnType
    campaign_id: int
    items: tuple[NotificationReturnItem, ...]
    created_at: Moment


class OrderCancellationRequest(_Known, kw_only=True, frozen=True, tag="ORDER_CANCELLATION_REQUEST"):
    """A buyer asks a DBS store to cancel an order. Not sent for delivery to a pick-up point of the Market's.

    Attributes:
        order_id: the order.
        campaign_id: the store.
        requested_at: when the buyer asked.
    """

    event_time_field: ClassVar[str] = "requested_at"

    order_id: int
    campaign_id: int
    requested_at: Moment


class OrderReturnStatusUpdated(_Known, kw_only=True, frozen=True, tag="ORDER_RETURN_STATUS_UPDATED"):
    """A return has come to another status.

    Attributes:
        order_id: the order.
        return_id: the return.
        campaign_id: the store.
        statuses: the status that changed.
        updated_at: when it changed.
    """

    event_time_field: ClassVar[str] = "updated_at"

    order_id: int
    return_id: int
    campaign_id: int
    statuses: NotificationUpdatedReturnStatuses
    updated_at: Moment


class OrderUpdated(_Known, kw_only=True, frozen=True, tag="ORDER_UPDATED"):
    """Something other than the status of an order was changed.

    Attributes:
        order_id: the order.
        campaign_id: the store.
        update_type: what was changed.
        updated_at: when.
    """

    event_time_field: ClassVar[str] = "updated_at"

    order_id: int
    campaign_id: int
    update_type: OrderUpdateType
    updated_at: Moment


class OrderLineServiceStatusUpdated(_Known, kw_only=True, frozen=True, tag="ORDER_LINE_SERVICE_STATUS_UPDATED"):
    """A service for an item of an order has come to another status.

    Attributes:
        order_id: the order.
        campaign_id: the store.
        item_id: the item in the order.
        service_article: the seller's own article of the service.
        statuses: how many services are in which status.
        updated_at: when that changed.
        cancel_reason: why it was cancelled.
    """

    event_time_field: ClassVar[str] = "updated_at"

    order_id: int
    campaign_id: int
    item_id: int
    service_article: str
    statuses: tuple[NotificationOrderLineServiceStatus, ...]
    updated_at: Moment
    cancel_reason: OrderLineServiceCancelReasonType | None = None


class GoodsFeedbackCreated(_Known, kw_only=True, frozen=True, tag="GOODS_FEEDBACK_CREATED"):
    """A review of a product was published.

    Attributes:
        feedback_id: the review.
        business_id: the cabinet.
        created_at: when it was written.
        published_at: when it was published.
    """

    event_time_field: ClassVar[str] = "created_at"

    feedback_id: int
    business_id: int
    created_at: Moment
    published_at: Moment


class GoodsFeedbackCommentCreated(_Known, kw_only=True, frozen=True, tag="GOODS_FEEDBACK_COMMENT_CREATED"):
    """Somebody commented on a review of a product.

    Attributes:
        comment_id: the comment.
        business_id: the cabinet.
        created_at: when it was written.
    """

    event_time_field: ClassVar[str] = "created_at"

    comment_id: int
    business_id: int
    created_at: Moment


class ChatCreated(_Known, kw_only=True, frozen=True, tag="CHAT_CREATED"):
    """A chat with a buyer began.

    Attributes:
        chat_id: the chat.
        business_id: the cabinet.
        created_at: when it began.
    """

    event_time_field: ClassVar[str] = "created_at"

    chat_id: int
    business_id: int
    created_at: Moment


class ChatMessageSent(_Known, kw_only=True, frozen=True, tag="CHAT_MESSAGE_SENT"):
    """A message was sent in a chat. Stickers are not told of.

    Attributes:
        chat_id: the chat.
        message_id: the message.
        business_id: the cabinet.
        sent_at: when it was sent.
    """

    event_time_field: ClassVar[str] = "sent_at"

    chat_id: int
    message_id: str
    business_id: int
    sent_at: Moment


class ChatArbitrageStarted(_Known, kw_only=True, frozen=True, tag="CHAT_ARBITRAGE_STARTED"):
    """A buyer opened a dispute in a chat.

    Attributes:
        chat_id: the chat.
        business_id: the cabinet.
        started_at: when it was opened.
    """

    event_time_field: ClassVar[str] = "started_at"

    chat_id: int
    business_id: int
    started_at: Moment


class ChatArbitrageFinished(_Known, kw_only=True, frozen=True, tag="CHAT_ARBITRAGE_FINISHED"):
    """The dispute in a chat is over.

    Attributes:
        chat_id: the chat.
        business_id: the cabinet.
        finished_at: when it ended.
    """

    event_time_field: ClassVar[str] = "finished_at"

    chat_id: int
    business_id: int
    finished_at: Moment


class QuestionCreated(_Known, kw_only=True, frozen=True, tag="QUESTION_CREATED"):
    """Somebody asked about a product.

    Attributes:
        question_id: the question.
        business_id: the cabinet.
        created_at: when it was asked.
    """

    event_time_field: ClassVar[str] = "created_at"

    question_id: int
    business_id: int
    created_at: Moment


class QuestionAnswerCreated(_Known, kw_only=True, frozen=True, tag="QUESTION_ANSWER_CREATED"):
    """A question about a product was answered.

    Attributes:
        answer_id: the answer.
        business_id: the cabinet.
        created_at: when it was written.
    """

    event_time_field: ClassVar[str] = "created_at"

    answer_id: int
    business_id: int
    created_at: Moment


class QuestionCommentCreated(_Known, kw_only=True, frozen=True, tag="QUESTION_COMMENT_CREATED"):
    """Somebody commented on the answer to a question.

    Attributes:
        answer_id: the answer.
        comment_id: the comment.
        business_id: the cabinet.
        created_at: when it was written.
    """

    event_time_field: ClassVar[str] = "created_at"

    answer_id: int
    comment_id: int
    business_id: int
    created_at: Moment


class UnknownNotification(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    """A notification of a type that this version doesn't know.

    Attributes:
        notification_type: its type, as it came.
        raw: the JSON text as it came.
    """

    notification_type: str
    raw: bytes

    @property
    def event_time(self) -> datetime | None:
        """None: which of its fields tells when it happened isn't known."""
        return None


KnownNotification: TypeAlias = (
    Ping
    | OrderCreated
    | OrderCancelled
    | OrderStatusUpdated
    | OrderReturnCreated
    | OrderCancellationRequest
    | OrderReturnStatusUpdated
    | OrderUpdated
    | OrderLineServiceStatusUpdated
    | GoodsFeedbackCreated
    | GoodsFeedbackCommentCreated
    | ChatCreated
    | ChatMessageSent
    | ChatArbitrageStarted
    | ChatArbitrageFinished
    | QuestionCreated
    | QuestionAnswerCreated
    | QuestionCommentCreated
)
"""Each of the 18 types."""

Notification: TypeAlias = KnownNotification | UnknownNotification
"""What `decode` gives."""

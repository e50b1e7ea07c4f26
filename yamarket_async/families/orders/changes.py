"""The structs of new orders and of what is changed in orders."""

from datetime import date
from typing import Annotated

import msgspec

from yamarket_async.families.orders.models import BriefOrderItemInstance
from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Bounds, Id, Int32
from yamarket_async.models.operations import Operation
from yamarket_async.models.order_statuses import OrderStatusType, OrderSubstatusType
from yamarket_async.models.orders import BasicOrderItem, Customer
from yamarket_async.models.prices import BasePrice
from yamarket_async.models.schedules import DeliveryDateInterval, TimeInterval


class OrderCancellationReasonType(OpenEnum):
    """Why an order can't be cancelled any more; the buyer is told."""

    ORDER_DELIVERED = "ORDER_DELIVERED"
    """The buyer has it already."""
    ORDER_IN_DELIVERY = "ORDER_IN_DELIVERY"
    """It is being delivered and can't be held back."""


class AcceptOrderCancellationRequest(Model, kw_only=True, frozen=True):
    """What acceptOrderCancellation takes.

    Attributes:
        accepted: True to cancel the order, False to go on with it.
        reason: why it can't be cancelled, an `OrderCancellationReasonType`: ORDER_DELIVERED or ORDER_IN_DELIVERY; the
            buyer is told. Needed where `accepted` is False.
    """

    accepted: bool
    reason: OrderCancellationReasonType | None = None


class OrderDigitalItem(Model, kw_only=True, frozen=True):
    """The keys of a digital product.

    Attributes:
        id: the line, within the order: the `id` of an item of `get_business_orders`; one such struct for each.
        codes: the keys, one for each unit, 1 to 5,000 without repeats, up to 256 characters each; the Market demands
            them.
        slip: how to activate them, up to 10,000 characters; the HTML tags h, h1, h2 …, br, p, ol, ul, li and div may
            stand in it.
        activate_till: the last day to activate them; a day in the far future where they don't expire.
    """

    id: int
    codes: (
        Annotated[list[Annotated[str, Bounds(max_length=256)]], Bounds(min_length=1, max_length=5000, unique=True)]
        | None
    ) = None
    slip: Annotated[str, Bounds(max_length=10000)]
    activate_till: date = msgspec.field(name="activate_till")


class OrderItemModification(Model, kw_only=True, frozen=True):
    """A line as it shall be.

    Attributes:
        id: the line, within the order: the `id` of an item of `get_business_orders`.
        count: units from now on, 0 or more; 0 takes the line out.
        instances: the marking codes of all units, at least one; needed in orders of organisations for products that
            must be marked.
    """

    id: int
    count: Annotated[Int32, Bounds(ge=0)]
    instances: Annotated[list[BriefOrderItemInstance], Bounds(min_length=1)] | None = None


class OrderItemsModificationRequestReasonType(OpenEnum):
    """Who wished that something be taken out of an order."""

    PARTNER_REQUESTED_REMOVE = "PARTNER_REQUESTED_REMOVE"
    """The store."""
    USER_REQUESTED_REMOVE = "USER_REQUESTED_REMOVE"
    """The buyer."""


class OrderState(Model, kw_only=True, frozen=True):
    """The new status of an order.

    Attributes:
        id: the order.
        status: the status: PROCESSING, DELIVERY, PICKUP, DELIVERED or CANCELLED.
        substatus: the stage for PROCESSING (STARTED or READY_TO_SHIP), the reason for CANCELLED.
    """

    id: int
    status: OrderStatusType
    substatus: OrderSubstatusType | None = None


class OrderUpdateStatusType(OpenEnum):
    """Whether an order got its new status."""

    OK = "OK"
    """It did."""
    ERROR = "ERROR"
    """It did not."""


class ProvideOrderDigitalCodesRequest(Model, kw_only=True, frozen=True):
    """What provideOrderDigitalCodes takes.

    Attributes:
        items: an `OrderDigitalItem` for each line, 1 to 100.
    """

    items: Annotated[list[OrderDigitalItem], Bounds(min_length=1, max_length=100)]


class UpdateExternalOrderIdRequest(Model, kw_only=True, frozen=True):
    """What updateExternalOrderId takes.

    Attributes:
        external_order_id: your own number, at least one character.
    """

    external_order_id: Annotated[str, Bounds(min_length=1)]


class UpdateOrderItemRequest(Model, kw_only=True, frozen=True):
    """What updateOrderItems takes.

    Attributes:
        items: every line that shall stay, once, as an `OrderItemModification`, at least one; lines that are left out
            are taken out of the order.
        reason: who wished it, an `OrderItemsModificationRequestReasonType`: PARTNER_REQUESTED_REMOVE or
            USER_REQUESTED_REMOVE.
    """

    items: Annotated[list[OrderItemModification], Bounds(min_length=1)]
    reason: OrderItemsModificationRequestReasonType | None = None


class UpdateOrderStatus(Model, kw_only=True, frozen=True):
    """What came of an order's new status.

    Attributes:
        id: the order.
        status: its status.
        substatus: its stage, or why it was cancelled.
        update_status: whether it got the new status.
        error_details: why it did not, with the number of the order; only then.
        operation: for LaaS only: the operation that was started, for `get_operations`.
    """

    id: int | None = None
    status: OrderStatusType | None = None
    substatus: OrderSubstatusType | None = None
    update_status: OrderUpdateStatusType | None = None
    error_details: str | None = None
    operation: Operation | None = None


class UpdateOrderStatuses(Model, kw_only=True, frozen=True):
    """What came of the new statuses.

    Attributes:
        orders: each order.
    """

    orders: list[UpdateOrderStatus]


class UpdateOrderStatusesRequest(Model, kw_only=True, frozen=True):
    """What updateOrderStatuses takes.

    Attributes:
        orders: an `OrderState` for each order; of any number, 30 a request.
    """

    orders: Annotated[list[OrderState], Bounds(min_length=1, max_length=30)]


class UpdateOrderStatusesResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of updateOrderStatuses.

    Attributes:
        result: what was asked for.
    """

    result: UpdateOrderStatuses | None = None


class BasicCourierDeliveryAddress(Model, kw_only=True, frozen=True):
    """Where a courier delivers to.

    Attributes:
        full_address: the address down to the house number, 1 to 512 characters.
    """

    full_address: Annotated[str, Bounds(min_length=1, max_length=512)]


class CourierDeliveryAddress(BasicCourierDeliveryAddress, kw_only=True, frozen=True):
    """Where a courier delivers to, to the door.

    Attributes:
        entrance: the number of the entrance, 1 to 16 characters.
        floor: the floor.
        apartment: the number of the flat or office, 1 to 16 characters.
    """

    entrance: Annotated[str, Bounds(min_length=1, max_length=16)] | None = None
    floor: Int32 | None = None
    apartment: Annotated[str, Bounds(min_length=1, max_length=16)] | None = None


class OrderCourierDelivery(Model, kw_only=True, frozen=True):
    """Delivery by a courier.

    Attributes:
        address: where to.
        notes: remarks for the courier, 1 to 3,000 characters.
    """

    address: CourierDeliveryAddress
    notes: Annotated[str, Bounds(min_length=1, max_length=3000)] | None = None


class OrderPickupDelivery(Model, kw_only=True, frozen=True):
    """Delivery to a pick-up point.

    Attributes:
        logistic_point_id: the pick-up point, 1 or more: an id of `get_logistic_points`.
    """

    logistic_point_id: Id


class CreateOrderDeliveryOption(Model, kw_only=True, frozen=True):
    """How an order is delivered: one of the two.

    Attributes:
        pickup_delivery: to a pick-up point.
        courier_delivery: by a courier.
    """

    pickup_delivery: OrderPickupDelivery | None = None
    courier_delivery: OrderCourierDelivery | None = None


class CreateOrderPackageType(OpenEnum):
    """How an order is packed."""

    WHITELABEL = "WHITELABEL"
    """In a plain box."""
    BRAND = "BRAND"
    """In the store's own packaging."""


class CreateOrderPackaging(Model, kw_only=True, frozen=True):
    """How an order is packed.

    Attributes:
        package_type: in what; None for a box, or nothing.
    """

    package_type: CreateOrderPackageType | None = None


class CreateOrderItem(BasicOrderItem, kw_only=True, frozen=True):
    """A product to be ordered.

    Attributes:
        price: its price.
    """

    price: BasePrice


class CreateOrderWarehouseItems(Model, kw_only=True, frozen=True):
    """What is ordered from a warehouse.

    Attributes:
        warehouse_id: the warehouse of the Market, 1 or more, from `get_delivery_options`.
        items: the products, 1 to 1,000, each SKU once.
        delivery_date_interval: the days of delivery, from `get_delivery_options`.
        delivery_time_interval: the hours of delivery; needed where a courier brings it.
    """

    warehouse_id: Id
    items: Annotated[list[CreateOrderItem], Bounds(min_length=1, max_length=1000)]
    delivery_date_interval: DeliveryDateInterval
    delivery_time_interval: TimeInterval | None = None


class DeliveryPaymentType(OpenEnum):
    """When an order is paid for."""

    PREPAID = "PREPAID"
    """In advance."""


class CreateOrder(Model, kw_only=True, frozen=True):
    """An order to be made.

    Attributes:
        external_order_id: your own number of it, at least one character; a repeat is refused.
        items_delivery: what is ordered, by warehouse, 1 to 1,000.
        destination: where it goes: to a pick-up point or, by courier, to an address.
        customer: who receives it.
        packaging: how it is packed.
        payment_type: PREPAID.
        draft: True to have it RESERVED until it is confirmed within an hour; None or False to begin at once.
        fake: True for a test order, which isn't sent and takes no stock.
    """

    external_order_id: Annotated[str, Bounds(min_length=1)]
    items_delivery: Annotated[list[CreateOrderWarehouseItems], Bounds(min_length=1, max_length=1000)]
    destination: CreateOrderDeliveryOption
    customer: Customer
    packaging: CreateOrderPackaging
    payment_type: DeliveryPaymentType
    draft: bool | None = None
    fake: bool | None = None


class CreateOrderRequest(Model, kw_only=True, frozen=True):
    """What createOrder takes.

    Attributes:
        order: a `CreateOrder`: products, delivery, recipient.
    """

    order: CreateOrder


class CreatedOrder(Model, kw_only=True, frozen=True):
    """An order that was made.

    Attributes:
        id: the order.
    """

    id: int


class CreatedOrders(Model, kw_only=True, frozen=True):
    """Orders that were made, one for each warehouse.

    Attributes:
        orders: the orders.
    """

    orders: Annotated[list[CreatedOrder], Bounds(min_length=1)]


class CreateOrderResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of createOrder.

    Attributes:
        result: what was asked for.
    """

    result: CreatedOrders | None = None


class DeliveryIntervalsUpdateOption(Model, kw_only=True, frozen=True):
    """Days and hours to which a courier's delivery can be moved.

    Attributes:
        delivery_date_interval: the days.
        delivery_time_interval: the hours.
    """

    delivery_date_interval: DeliveryDateInterval
    delivery_time_interval: TimeInterval


class DeliveryIntervalsUpdateOptions(Model, kw_only=True, frozen=True):
    """Days and hours to which a courier's delivery can be moved.

    Attributes:
        available_delivery_intervals: what there is to choose from; empty where there is nothing.
    """

    available_delivery_intervals: Annotated[list[DeliveryIntervalsUpdateOption], Bounds(min_length=0)]


class OrderUpdateOptionsRequest(Model, kw_only=True, frozen=True):
    """What getOrderUpdateOptions takes.

    Attributes:
        id: the order.
    """

    id: int


class OrderUpdateOptions(Model, kw_only=True, frozen=True):
    """What can be changed of an order.

    Attributes:
        delivery_intervals: the days and hours to which its delivery can be moved.
    """

    delivery_intervals: DeliveryIntervalsUpdateOptions


class OrderUpdateOptionsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getOrderUpdateOptions.

    Attributes:
        result: what was asked for.
    """

    result: OrderUpdateOptions | None = None


class UpdateOrder(Model, kw_only=True, frozen=True):
    """What shall change of an order; None leaves a thing as it is.

    Attributes:
        id: the order.
        delivery_interval: the new days and hours, from `get_order_update_options`; for a courier's delivery only.
        customer: the new recipient.
        extend_storage_period: True to keep it longer at the pick-up point.
    """

    id: int
    delivery_interval: DeliveryIntervalsUpdateOption | None = None
    customer: Customer | None = None
    extend_storage_period: bool | None = None


class UpdateOrderRequest(Model, kw_only=True, frozen=True):
    """What updateOrder takes.

    Attributes:
        order: an `UpdateOrder`: the order and what shall change.
    """

    order: UpdateOrder


class UpdateOrderResult(Model, kw_only=True, frozen=True):
    """What was started to change an order.

    Attributes:
        operations: an operation for each change, for `get_operations`.
    """

    operations: Annotated[list[Operation], Bounds(min_length=1)]


class UpdateOrderResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of updateOrder.

    Attributes:
        result: what was asked for.
    """

    result: UpdateOrderResult | None = None

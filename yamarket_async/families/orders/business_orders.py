"""The structs of a cabinet's orders, and of orders that a store makes and changes itself (LaaS)."""

from datetime import date
from typing import Annotated

from yamarket_async.families.orders.models import (
    BriefOrderItemInstance,
    OrderCourier,
    OrderDeliveryDispatchType,
    OrderDeliveryEacType,
    OrderDeliveryPartnerType,
    OrderDeliveryType,
    OrderItemInstance,
    OrderItemInstanceType,
    OrderItemTagType,
    OrderLiftType,
    OrderPaymentMethodType,
    OrderPaymentType,
    OrderTrack,
    OrderVatType,
)
from yamarket_async.models.answers import ApiResponse, ForwardScrollingPager
from yamarket_async.models.base import Model, Moment, OpenEnum
from yamarket_async.models.bounds import Bounds, Id, Int32, Sku
from yamarket_async.models.currency import CurrencyValue
from yamarket_async.models.order_statuses import OrderStatusType, OrderSubstatusType
from yamarket_async.models.orders import OrderBuyerType
from yamarket_async.models.placement import SellingProgramType
from yamarket_async.models.places import Gps, Region


class BusinessOrderBoxLayoutPartialCount(Model, kw_only=True, frozen=True):
    """Which part of a big product is in a box.

    Attributes:
        current: the number of the part, counted from 1.
        total: into how many parts the product is divided.
    """

    current: Annotated[Int32, Bounds(ge=1)]
    total: Annotated[Int32, Bounds(ge=2)]


class BusinessOrderBoxLayoutItem(Model, kw_only=True, frozen=True):
    """A product in a box.

    Attributes:
        id: the line, within the order.
        full_count: whole units in the box.
        partial_count: which part of a big product is in the box.
        instances: the marking codes that were given.
    """

    id: int
    full_count: Annotated[Int32, Bounds(ge=1)] | None = None
    partial_count: BusinessOrderBoxLayoutPartialCount | None = None
    instances: Annotated[list[BriefOrderItemInstance], Bounds(min_length=1)] | None = None


class BusinessOrderBoxLayout(Model, kw_only=True, frozen=True):
    """A box and what is in it.

    Attributes:
        items: the products in it; a part of a big product stands alone.
        box_id: the id of the box.
        barcode: the store's own id of the box.
    """

    items: Annotated[list[BusinessOrderBoxLayoutItem], Bounds(min_length=1)]
    box_id: int
    barcode: str


class BusinessOrderDeliveryAddress(Model, kw_only=True, frozen=True):
    """Where an order is delivered to: for DELIVERY and POST, and for PICKUP of DBS the address of the pick-up point.

    Attributes:
        country: the country.
        postcode: the postcode.
        city: the city or village.
        district: the district.
        subway: the underground station.
        street: the street.
        house: the number of the house.
        block: the block.
        entrance: the number of the entrance.
        entryphone: the code of the entryphone.
        floor: the floor.
        apartment: the number of the flat or office.
        gps: its coordinates.
    """

    country: str | None = None
    postcode: str | None = None
    city: str | None = None
    district: str | None = None
    subway: str | None = None
    street: str | None = None
    house: str | None = None
    block: str | None = None
    entrance: str | None = None
    entryphone: str | None = None
    floor: str | None = None
    apartment: str | None = None
    gps: Gps | None = None


class BusinessOrderCourierDelivery(Model, kw_only=True, frozen=True):
    """Where a courier delivers to.

    Attributes:
        address: the address.
        region: the region.
    """

    address: BusinessOrderDeliveryAddress | None = None
    region: Region | None = None


class BusinessOrderDeliveryDates(Model, kw_only=True, frozen=True):
    """When an order is delivered.

    Attributes:
        from_date: the earliest day.
        to_date: the latest day; None where it is the earliest.
        from_time: the earliest time of day, `HH:00` from `00:00`; only with DELIVERY.
        to_time: the latest time of day, `HH:00` or `23:59`; only with DELIVERY.
        real_delivery_date: the day on which it reached the pick-up point, or the buyer where a courier brings it.
    """

    from_date: date
    to_date: date | None = None
    from_time: str | None = None
    to_time: str | None = None
    real_delivery_date: date | None = None


class BusinessOrderPickupDelivery(Model, kw_only=True, frozen=True):
    """The pick-up point that an order is delivered to.

    Attributes:
        address: its address.
        region: its region.
        logistic_point_id: the Market's id of it, 1 or more: the id of `get_logistic_points`.
        outlet_code: the store's own id of it.
        outlet_storage_limit_date: the last day on which the order is kept; from PICKUP on. `update_order_storage_limit`
            can put it off once.
    """

    address: BusinessOrderDeliveryAddress | None = None
    region: Region | None = None
    logistic_point_id: Id | None = None
    outlet_code: str | None = None
    outlet_storage_limit_date: date | None = None


class BusinessOrderShipment(Model, kw_only=True, frozen=True):
    """When an order is handed over to the delivery service.

    Attributes:
        id: the id of the shipment.
        shipment_date: the day.
        shipment_time: the time of day.
    """

    id: int | None = None
    shipment_date: date
    shipment_time: str | None = None


class BusinessOrderEac(Model, kw_only=True, frozen=True):
    """The code with which an order is handed over.

    Attributes:
        eac_type: who tells it to whom.
        eac_code: the code, where the seller tells it (MERCHANT_TO_COURIER).
    """

    eac_type: OrderDeliveryEacType
    eac_code: str | None = None


class BusinessOrderTransfer(Model, kw_only=True, frozen=True):
    """The handover of an order to a courier.

    Attributes:
        courier: the courier.
        eac: the code.
    """

    courier: OrderCourier | None = None
    eac: BusinessOrderEac | None = None


class DigitalGoodsDeliveryType(OpenEnum):
    """How a digital product gets to the buyer."""

    EMAIL = "EMAIL"
    """By mail; keys go to `provide_order_digital_codes` within 30 minutes."""
    ACTIVATION_CODE = "ACTIVATION_CODE"
    """As an activation code; keys go to `provide_order_digital_codes` within 30 minutes."""
    STEAM_GIFT = "STEAM_GIFT"
    """As a gift on Steam within 3 hours; the store sets the order to DELIVERED."""
    CHAT = "CHAT"
    """In a chat with the buyer; the store sets the order to DELIVERED."""


class DigitalGoodsDeliveryDetails(Model, kw_only=True, frozen=True):
    """How a digital product gets to the buyer.

    Attributes:
        type: the way.
        steam_link: the buyer's account on Steam; with STEAM_GIFT only.
    """

    type: DigitalGoodsDeliveryType
    steam_link: str | None = None


class BusinessOrderDelivery(Model, kw_only=True, frozen=True):
    """The delivery of an order.

    Attributes:
        type: how it is delivered.
        service_name: the name of the delivery service.
        delivery_service_id: its id.
        warehouse_id: the store's own id of the warehouse that the order was made for.
        delivery_partner_type: who works with the delivery service.
        dispatch_type: where it is delivered to.
        dates: when it is delivered.
        shipment: when it is handed over to the delivery service.
        courier: where a courier delivers to.
        pickup: the pick-up point that it is delivered to.
        transfer: the courier who collects it, and the code.
        boxes_layout: which products are in which box.
        tracks: where its parcels can be followed.
        estimated: whether the day of delivery is only an estimate.
        receive_barcode: for LaaS only: the barcode with which it is collected at the pick-up point.
        receive_code: for LaaS only: the code with which it is collected at the pick-up point.
        digital_goods: how digital products get to the buyer.
    """

    type: OrderDeliveryType
    service_name: str
    delivery_service_id: int
    warehouse_id: str | None = None
    delivery_partner_type: OrderDeliveryPartnerType
    dispatch_type: OrderDeliveryDispatchType | None = None
    dates: BusinessOrderDeliveryDates
    shipment: BusinessOrderShipment | None = None
    courier: BusinessOrderCourierDelivery | None = None
    pickup: BusinessOrderPickupDelivery | None = None
    transfer: BusinessOrderTransfer | None = None
    boxes_layout: Annotated[list[BusinessOrderBoxLayout], Bounds(min_length=1)] | None = None
    tracks: Annotated[list[OrderTrack], Bounds(min_length=1)] | None = None
    estimated: bool | None = None
    receive_barcode: str | None = None
    receive_code: str | None = None
    digital_goods: DigitalGoodsDeliveryDetails | None = None


class ItemPrice(Model, kw_only=True, frozen=True):
    """What a line brings.

    Attributes:
        payment: the price of all its units together.
        subsidy: what the Market pays the seller for all its units together.
        cashback: what is paid with points of Yandex Plus.
        vat: the VAT.
    """

    payment: CurrencyValue | None = None
    subsidy: CurrencyValue | None = None
    cashback: CurrencyValue | None = None
    vat: OrderVatType | None = None


class OrderItemUnitStatusType(OpenEnum):
    """The status of a unit."""

    CREATED = "CREATED"
    """Ordered."""
    SHIPPED = "SHIPPED"
    """Handed over to the delivery service."""
    CANCELLED = "CANCELLED"
    """Cancelled, or taken out of the order."""
    DELIVERED_TO_BUYER = "DELIVERED_TO_BUYER"
    """The buyer has it."""
    LOST = "LOST"
    """Lost."""
    REJECTED = "REJECTED"
    """The buyer didn't take it."""
    RETURNED = "RETURNED"
    """The buyer gave it back."""


class OrderItemUnitStatus(Model, kw_only=True, frozen=True):
    """How many units of a line have a status.

    Attributes:
        status: the status.
        count: units.
    """

    status: OrderItemUnitStatusType
    count: int


class BusinessOrderItem(Model, kw_only=True, frozen=True):
    """A line of an order.

    Attributes:
        id: the line, within the order; other methods take it.
        offer_id: the seller's own SKU.
        offer_name: the name of the product.
        count: units; 0 where all were taken out.
        prices: what it brings.
        instances: the marking codes of its units, as the store gave them with `set_order_box_layout` or (DBS)
            `provide_order_item_identifiers`, for FBY at the supply; None while it gave none.
        required_instance_types: with what its units must be marked.
        item_statuses: how many units have which status; None where nothing is known of that.
        tags: what is special about the product.
    """

    id: int
    offer_id: Sku
    offer_name: str
    count: int
    prices: ItemPrice | None = None
    instances: Annotated[list[OrderItemInstance], Bounds(min_length=1)] | None = None
    required_instance_types: Annotated[list[OrderItemInstanceType], Bounds(min_length=1, unique=True)] | None = None
    item_statuses: Annotated[list[OrderItemUnitStatus], Bounds(min_length=1)] | None = None
    tags: Annotated[list[OrderItemTagType], Bounds(min_length=1, unique=True)] | None = None


class BusinessOrderServices(Model, kw_only=True, frozen=True):
    """Services that were ordered too.

    Attributes:
        lift_type: how the order is carried up to the floor.
    """

    lift_type: OrderLiftType | None = None


class DeliveryPrice(Model, kw_only=True, frozen=True):
    """What a delivery brings, with the carrying up to the floor.

    Attributes:
        payment: what the buyer pays.
        subsidy: what the Market pays.
        vat: the VAT.
    """

    payment: CurrencyValue | None = None
    subsidy: CurrencyValue | None = None
    vat: OrderVatType | None = None


class OrderPrice(Model, kw_only=True, frozen=True):
    """What an order brings.

    Attributes:
        payment: what the buyer pays.
        subsidy: what the Market pays the seller in all.
        cashback: what is paid with points of Yandex Plus, in points.
        delivery: what the delivery brings.
    """

    payment: CurrencyValue | None = None
    subsidy: CurrencyValue | None = None
    cashback: CurrencyValue | None = None
    delivery: DeliveryPrice | None = None


class OrderSourcePlatformType(OpenEnum):
    """Where an order was placed."""

    MARKET = "MARKET"
    """On the Market."""
    OZON = "OZON"
    """On Ozon; made by the seller (LaaS)."""
    WILDBERRIES = "WILDBERRIES"
    """On Wildberries; made by the seller (LaaS)."""
    OTHER = "OTHER"
    """Elsewhere; made by the seller (LaaS)."""


class BusinessOrder(Model, kw_only=True, frozen=True):
    """An order of a cabinet.

    Attributes:
        order_id: the number of the order.
        campaign_id: the store, 1 or more.
        program_type: the model of the store.
        external_order_id: your own number of it, as given with `update_external_order_id`.
        status: its status.
        substatus: how far it is, or why it was cancelled.
        creation_date: when it was made.
        update_date: when it was last changed.
        payment_type: when it is paid for.
        payment_method: how it is paid for.
        fake: whether it is a test order.
        items: its lines.
        prices: what it brings.
        delivery: its delivery.
        services: services that were ordered too.
        buyer_type: a private person or an organisation; for FBS and FBY stores that sell to organisations too.
        notes: the buyer's remarks.
        cancel_requested: for DBS only: whether the buyer wants to cancel it.
        source_platform: where it was placed.
    """

    order_id: int
    campaign_id: Id
    program_type: SellingProgramType | None = None
    external_order_id: Annotated[str, Bounds(min_length=1)] | None = None
    status: OrderStatusType
    substatus: OrderSubstatusType
    creation_date: Moment
    update_date: Moment | None = None
    payment_type: OrderPaymentType
    payment_method: OrderPaymentMethodType
    fake: bool
    items: list[BusinessOrderItem]
    prices: OrderPrice | None = None
    delivery: BusinessOrderDelivery
    services: BusinessOrderServices | None = None
    buyer_type: OrderBuyerType | None = None
    notes: str | None = None
    cancel_requested: bool | None = None
    source_platform: OrderSourcePlatformType | None = None


class OrderDatesFilter(Model, kw_only=True, frozen=True):
    """When orders were made, are shipped or were changed.

    A range of more than 30 days is walked in pieces of 30.

    Attributes:
        creation_date_from: made on this day or later; None for 30 days ago, so needed where the last day lies before
            that.
        creation_date_to: made before this day; None for today, so needed where the first day lies more than 30 days
            ago. The day itself doesn't belong to the range, unless it is the first one.
        shipment_date_from: to be handed over to the delivery service on this day or later.
        shipment_date_to: to be handed over before this day, which doesn't belong to the range unless it is the first
            one.
        update_date_from: changed at this moment or later; an aware datetime.
        update_date_to: changed before this moment; an aware datetime.
    """

    creation_date_from: date | None = None
    creation_date_to: date | None = None
    shipment_date_from: date | None = None
    shipment_date_to: date | None = None
    update_date_from: Moment | None = None
    update_date_to: Moment | None = None


class BusinessOrdersRequest(Model, kw_only=True, frozen=True):
    """What getBusinessOrders takes.

    Attributes:
        order_ids: only these orders; of any number, 50 a request.
        external_order_ids: only orders with these numbers of your own, at least one character each; of any number, 50 a
            request, and beside `order_ids` up to 50 of each.
        program_types: only orders of stores of these models (`SellingProgramType`), without repeats; None for all.
        campaign_ids: only orders of these stores, 1 to 50 without repeats; None for all of the cabinet.
        statuses: only orders in these statuses (`OrderStatusType`), without repeats; None for all.
        substatuses: only orders in these substatuses (`OrderSubstatusType`), without repeats; None for all.
        dates: an `OrderDatesFilter`: when they were made, are shipped or were changed; None for those made in the last
            30 days.
        fake: True for test orders; None or False for real ones.
        waiting_for_cancellation_approve: for DBS: True for orders in DELIVERY or PICKUP that the buyer wants to cancel,
            to be answered with `accept_order_cancellation`.
        source_platforms: only orders from these places of sale (`OrderSourcePlatformType`), without repeats; None for
            all.
    """

    order_ids: Annotated[list[int], Bounds(min_length=1, max_length=50, unique=True)] | None = None
    external_order_ids: (
        Annotated[list[Annotated[str, Bounds(min_length=1)]], Bounds(min_length=1, max_length=50, unique=True)] | None
    ) = None
    program_types: Annotated[list[SellingProgramType], Bounds(min_length=1, unique=True)] | None = None
    campaign_ids: Annotated[list[Id], Bounds(min_length=1, max_length=50, unique=True)] | None = None
    statuses: Annotated[list[OrderStatusType], Bounds(min_length=1, unique=True)] | None = None
    substatuses: Annotated[list[OrderSubstatusType], Bounds(min_length=1, unique=True)] | None = None
    dates: OrderDatesFilter | None = None
    fake: bool | None = None
    waiting_for_cancellation_approve: bool | None = None
    source_platforms: Annotated[list[OrderSourcePlatformType], Bounds(min_length=1, unique=True)] | None = None


class BusinessOrdersResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getBusinessOrders.

    Attributes:
        orders: the orders.
        paging: the way to the next page.
    """

    orders: Annotated[list[BusinessOrder], Bounds(max_length=50)]
    paging: ForwardScrollingPager | None = None

"""The structs of a store's orders in the older form, which the Market shuts down in April 2027."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from yamarket_async.families.orders.models import (
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
from yamarket_async.models.answers import ApiResponse, FlippingPager, ForwardScrollingPager
from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Bounds, Outdated, Sku
from yamarket_async.models.currency import CurrencyType
from yamarket_async.models.days import DottedDay, MoscowMoment
from yamarket_async.models.operations import Operation
from yamarket_async.models.order_statuses import OrderStatusType, OrderSubstatusType
from yamarket_async.models.orders import OrderBuyerBasicInfo
from yamarket_async.models.places import Gps, Region


class OrderBuyer(OrderBuyerBasicInfo, kw_only=True, frozen=True):
    """Who bought an order; id and names for DBS only."""


class OrderDeliveryAddress(Model, kw_only=True, frozen=True):
    """Where an order is delivered to: for DELIVERY and POST, and for PICKUP of DBS the address of the pick-up point.

    Attributes:
        country: the country.
        postcode: the postcode; with POST.
        city: the city or village.
        district: the district.
        subway: the underground station.
        street: the street.
        house: the number of the house.
        estate: the number of the estate.
        block: the block.
        building: the number of the building.
        entrance: the number of the entrance.
        entryphone: the code of the entryphone.
        floor: the floor.
        apartment: the number of the flat or office.
        phone: the recipient's telephone number.
        recipient: the recipient's full name.
        gps: its coordinates.
    """

    country: str | None = None
    postcode: str | None = None
    city: str | None = None
    district: str | None = None
    subway: str | None = None
    street: str | None = None
    house: str | None = None
    estate: str | None = None
    block: str | None = None
    building: str | None = None
    entrance: str | None = None
    entryphone: str | None = None
    floor: str | None = None
    apartment: str | None = None
    phone: str | None = None
    recipient: str | None = None
    gps: Gps | None = None


class OrderDeliveryDates(Model, kw_only=True, frozen=True):
    """When an order is delivered.

    Attributes:
        from_date: the earliest day.
        to_date: the latest day; None where it is the earliest.
        from_time: the earliest time of day, `HH:00` from `00:00`; only with DELIVERY.
        to_time: the latest time of day, `HH:00` or `23:59`; only with DELIVERY.
        real_delivery_date: the day on which it reached the pick-up point, or the buyer where a courier brings it.
    """

    from_date: DottedDay
    to_date: DottedDay | None = None
    from_time: str | None = None
    to_time: str | None = None
    real_delivery_date: DottedDay | None = None


class OrderParcelBox(Model, kw_only=True, frozen=True):
    """A box of an order.

    Attributes:
        id: the id of the box.
        fulfilment_id: the store's own id of the box.
    """

    id: int
    fulfilment_id: str


class OrderShipment(Model, kw_only=True, frozen=True):
    """A parcel of an order.

    Attributes:
        id: the id of the parcel; deprecated, to be dropped on 05.10.2026.
        shipment_date: the day on which it is to be handed over to the delivery service; None for an organisation's
            order until the day is agreed, which changes its `updated_at`.
        shipment_time: for Express only: until when (`HH:MM`) it has to be packed and READY_TO_SHIP. It may be missing
            at first: ask again for 5 to 10 minutes. None for an organisation's order until the day is agreed.
        tracks: for DBS only: where it can be followed.
        boxes: its boxes.
    """

    id: Annotated[int, Outdated()] | None = None
    shipment_date: DottedDay | None = None
    shipment_time: str | None = None
    tracks: Annotated[list[OrderTrack], Bounds(min_length=1)] | None = None
    boxes: Annotated[list[OrderParcelBox], Bounds(min_length=1)] | None = None


class OrderDelivery(Model, kw_only=True, frozen=True):
    """The delivery of an order.

    Attributes:
        id: the store's own id of the delivery; deprecated, to be dropped on 05.10.2026.
        type: how it is delivered.
        service_name: the name of the delivery service.
        price: what the delivery costs; deprecated, to be dropped on 05.10.2026 for `delivery_total` of the order.
        delivery_partner_type: who works with the delivery service.
        courier: the courier.
        dates: when it is delivered.
        region: the region that it is delivered to.
        address: the address that it is delivered to.
        vat: the VAT on the delivery.
        delivery_service_id: the id of the delivery service.
        lift_type: how it is carried up to the floor.
        lift_price: what carrying it up costs.
        outlet_code: the store's own id of the pick-up point.
        outlet_storage_limit_date: the last day on which it is kept at the pick-up point; from PICKUP on.
            `update_order_storage_limit` can put it off once.
        dispatch_type: where it is delivered to.
        tracks: where its parcels can be followed.
        shipments: its parcels.
        estimated: whether the day of delivery is only an estimate.
        eac_type: who tells whom the code at the handover.
        eac_code: the code, where the seller tells it (MERCHANT_TO_COURIER).
        receive_code: for LaaS only: the code with which it is collected at the pick-up point.
    """

    id: Annotated[str, Outdated()] | None = None
    type: OrderDeliveryType
    service_name: str
    price: Annotated[Decimal, Outdated("deliveryTotal")] | None = None
    delivery_partner_type: OrderDeliveryPartnerType
    courier: OrderCourier | None = None
    dates: OrderDeliveryDates
    region: Region | None = None
    address: OrderDeliveryAddress | None = None
    vat: OrderVatType | None = None
    delivery_service_id: int
    lift_type: OrderLiftType | None = None
    lift_price: Decimal | None = None
    outlet_code: str | None = None
    outlet_storage_limit_date: DottedDay | None = None
    dispatch_type: OrderDeliveryDispatchType | None = None
    tracks: Annotated[list[OrderTrack], Bounds(min_length=1)] | None = None
    shipments: Annotated[list[OrderShipment], Bounds(min_length=1)] | None = None
    estimated: bool | None = None
    eac_type: OrderDeliveryEacType | None = None
    eac_code: str | None = None
    receive_code: str | None = None


class OrderItemStatusType(OpenEnum):
    """How a product left an order."""

    REJECTED = "REJECTED"
    """The buyer didn't take it."""
    RETURNED = "RETURNED"
    """The buyer gave it back."""


class OrderItemDetail(Model, kw_only=True, frozen=True):
    """Units of a product that left an order.

    Attributes:
        item_count: units.
        item_status: how they left it.
        update_date: the day on which they did.
    """

    item_count: int
    item_status: OrderItemStatusType
    update_date: DottedDay


class OrderPromoType(OpenEnum):
    """By what a product was reduced."""

    DIRECT_DISCOUNT = "DIRECT_DISCOUNT"
    """A direct discount."""
    BLUE_SET = "BLUE_SET"
    """A set of products."""
    BLUE_FLASH = "BLUE_FLASH"
    """A flash sale."""
    GENERIC_BUNDLE = "GENERIC_BUNDLE"
    """A product with a gift."""
    MARKET_COUPON = "MARKET_COUPON"
    """A coupon of the Market."""
    MARKET_PROMOCODE = "MARKET_PROMOCODE"
    """A promo code."""
    MARKET_BLUE = "MARKET_BLUE"
    """A promotion of the Market."""
    MARKET_COIN = "MARKET_COIN"
    """A bonus of the Market."""
    PRICE_DROP_AS_YOU_SHOP = "PRICE_DROP_AS_YOU_SHOP"
    """A discount for what else is in the basket."""
    SECRET_SALE = "SECRET_SALE"  # noqa: S105 — a kind of sale
    """A closed sale."""
    CHEAPEST_AS_GIFT = "CHEAPEST_AS_GIFT"
    """The cheapest product for nothing."""
    CASHBACK = "CASHBACK"
    """Points of Yandex Plus."""
    SPREAD_DISCOUNT_COUNT = "SPREAD_DISCOUNT_COUNT"
    """A discount by quantity."""
    SPREAD_DISCOUNT_RECEIPT = "SPREAD_DISCOUNT_RECEIPT"
    """A discount by the sum of the receipt."""
    DISCOUNT_BY_PAYMENT_TYPE = "DISCOUNT_BY_PAYMENT_TYPE"
    """A discount for a way of paying."""
    PERCENT_DISCOUNT = "PERCENT_DISCOUNT"
    """A discount in per cent."""
    DCO_EXTRA_DISCOUNT = "DCO_EXTRA_DISCOUNT"
    """An extra discount, by which the Market reckons what it pays the seller."""
    UNKNOWN = "UNKNOWN"
    """Unknown."""


class OrderItemPromo(Model, kw_only=True, frozen=True):
    """What the Market pays the seller for a promotion in which a product was sold.

    Attributes:
        type: the kind of discount.
        discount: the buyer's discount, in the buyer's currency.
        subsidy: what the Market pays the seller.
        shop_promo_id: the seller's id of the promotion.
        market_promo_id: the Market's id of it, within the agreement on promotion.
    """

    type: OrderPromoType
    discount: Decimal | None = None
    subsidy: Decimal
    shop_promo_id: str | None = None
    market_promo_id: str | None = None


class OrderItemSubsidyType(OpenEnum):
    """For what the Market pays the seller."""

    YANDEX_CASHBACK = "YANDEX_CASHBACK"
    """For points of Yandex Plus."""
    SUBSIDY = "SUBSIDY"
    """For discounts of the Market: promotions, promo codes, coupons."""


class OrderItemSubsidy(Model, kw_only=True, frozen=True):
    """What the Market pays the seller for the discounts on a product, with VAT.

    Attributes:
        type: what for.
        amount: how much.
    """

    type: OrderItemSubsidyType
    amount: Decimal


class OrderItem(Model, kw_only=True, frozen=True):
    """A line of an order.

    Attributes:
        id: the line, within the order; other methods take it.
        offer_id: the seller's own SKU.
        offer_name: the name of the product.
        price: the price in the order's currency, with VAT, without what the Market pays (`subsidies`).
        buyer_price: the price in the buyer's currency, after promotions, coupons and promo codes.
        buyer_price_before_discount: the price in the buyer's currency before these: the crossed-out one.
        price_before_discount: the price in the store's currency before discounts; deprecated, to be dropped on
            05.10.2026.
        count: units.
        vat: the VAT.
        shop_sku: the seller's own SKU; deprecated, to be dropped on 05.10.2026 for `offer_id`.
        subsidy: what the Market pays for delivery (DBS) and all discounts; deprecated, to be dropped on 05.10.2026 for
            `subsidies`.
        partner_warehouse_id: for FBY and LaaS only: the warehouse that the order was made for.
        promos: what the Market pays for promotions, one by one.
        instances: the marking codes of its units, as the store gave them with `set_order_box_layout` or (DBS)
            `provide_order_item_identifiers`, for FBY at the supply; None while it gave none.
        details: units that the buyer didn't take or gave back; deprecated, to be dropped on 05.10.2026 for
            `get_returns`.
        subsidies: what the Market pays, by kind.
        required_instance_types: with what its units must be marked.
        tags: what is special about the product.
    """

    id: int
    offer_id: Sku
    offer_name: str
    price: Decimal
    buyer_price: Decimal
    buyer_price_before_discount: Decimal
    price_before_discount: Annotated[Decimal, Outdated()] | None = None
    count: int
    vat: OrderVatType | None = None
    shop_sku: Annotated[Sku, Outdated("offerId")] | None = None
    subsidy: Annotated[Decimal, Outdated("subsidies")] | None = None
    partner_warehouse_id: str | None = None
    promos: Annotated[list[OrderItemPromo], Bounds(min_length=1)] | None = None
    instances: Annotated[list[OrderItemInstance], Bounds(min_length=1)] | None = None
    details: Annotated[Annotated[list[OrderItemDetail], Bounds(min_length=1)], Outdated()] | None = None
    subsidies: Annotated[list[OrderItemSubsidy], Bounds(min_length=1)] | None = None
    required_instance_types: Annotated[list[OrderItemInstanceType], Bounds(min_length=1, unique=True)] | None = None
    tags: Annotated[list[OrderItemTagType], Bounds(min_length=1, unique=True)] | None = None


class OrderSubsidyType(OpenEnum):
    """For what the Market pays the seller."""

    YANDEX_CASHBACK = "YANDEX_CASHBACK"
    """For points of Yandex Plus."""
    SUBSIDY = "SUBSIDY"
    """For discounts of the Market: promotions, promo codes, coupons."""
    DELIVERY = "DELIVERY"
    """For the delivery (DBS)."""


class OrderSubsidy(Model, kw_only=True, frozen=True):
    """What the Market pays the seller for an order, with VAT.

    Attributes:
        type: what for.
        amount: how much.
    """

    type: OrderSubsidyType
    amount: Decimal


class OrderTaxSystemType(OpenEnum):
    """How the store was taxed when an order was made."""

    OSN = "OSN"
    """The general system."""
    USN = "USN"
    """The simplified system."""
    USN_MINUS_COST = "USN_MINUS_COST"
    """The simplified system, income less expenses."""
    ENVD = "ENVD"
    """The single tax on imputed income."""
    ECHN = "ECHN"
    """The single agricultural tax."""
    PSN = "PSN"
    """The patent system."""
    NPD = "NPD"
    """The tax on professional income."""
    AUSN = "AUSN"
    """The automated simplified system."""
    AUSN_MINUS_COST = "AUSN_MINUS_COST"
    """The automated simplified system, income less expenses."""
    UNKNOWN_VALUE = "UNKNOWN_VALUE"
    """Unknown."""


class Order(Model, kw_only=True, frozen=True):
    """An order of a store, in the older form.

    Attributes:
        id: the number of the order.
        external_order_id: your own number of it, as given with `update_external_order_id`.
        status: its status.
        substatus: how far it is, or why it was cancelled.
        creation_date: when it was made, in Moscow's time.
        updated_at: when it was last changed, in Moscow's time.
        currency: the currency of its prices.
        items_total: what the buyer pays.
        delivery_total: what the delivery costs.
        buyer_items_total: all products in the buyer's currency, after discounts, without delivery; deprecated, to be
            dropped on 05.10.2026 for `items_total`.
        buyer_total: all products in the buyer's currency, after discounts, with delivery; deprecated, to be dropped on
            05.10.2026.
        buyer_items_total_before_discount: all products in the buyer's currency, without delivery, before promotions,
            coupons and promo codes.
        buyer_total_before_discount: the same with delivery; deprecated, to be dropped on 05.10.2026.
        payment_type: when it is paid for.
        payment_method: how it is paid for.
        fake: whether it is a test order.
        items: its lines.
        subsidies: what the Market pays, by kind.
        delivery: its delivery.
        buyer: who bought it.
        notes: the buyer's remarks.
        tax_system: how the store was taxed when it was made.
        cancel_requested: for DBS only: whether the buyer wants to cancel it.
        expiry_date: when it will be cancelled if its status doesn't change, in Moscow's time.
    """

    id: int
    external_order_id: Annotated[str, Bounds(min_length=1)] | None = None
    status: OrderStatusType
    substatus: OrderSubstatusType
    creation_date: MoscowMoment
    updated_at: MoscowMoment | None = None
    currency: CurrencyType
    items_total: Decimal
    delivery_total: Decimal
    buyer_items_total: Annotated[Decimal, Outdated("itemsTotal")] | None = None
    buyer_total: Annotated[Decimal, Outdated()] | None = None
    buyer_items_total_before_discount: Decimal
    buyer_total_before_discount: Annotated[Decimal, Outdated()] | None = None
    payment_type: OrderPaymentType
    payment_method: OrderPaymentMethodType
    fake: bool
    items: list[OrderItem]
    subsidies: Annotated[list[OrderSubsidy], Bounds(min_length=1)] | None = None
    delivery: OrderDelivery
    buyer: OrderBuyer
    notes: str | None = None
    tax_system: OrderTaxSystemType
    cancel_requested: bool | None = None
    expiry_date: MoscowMoment | None = None


class OrderResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getOrder.

    Attributes:
        order: the order.
    """

    order: Order | None = None


class OrdersResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getOrders.

    Attributes:
        pager: where the page lies, for the older paging by number.
        orders: the orders.
        paging: the way to the next page.
    """

    pager: FlippingPager | None = None
    orders: Annotated[list[Order], Bounds(max_length=50)]
    paging: ForwardScrollingPager | None = None


class OrderStatusChangeDeliveryDates(Model, kw_only=True, frozen=True):
    """When an order was delivered.

    Attributes:
        real_delivery_date: for DBS only, with PICKUP or DELIVERED: the day on which it arrived, from that of its making
            to today; None for today.
    """

    real_delivery_date: date | None = None


class OrderStatusChangeDelivery(Model, kw_only=True, frozen=True):
    """The delivery of an order.

    Attributes:
        dates: when it was delivered.
    """

    dates: OrderStatusChangeDeliveryDates | None = None


class OrderStatusChange(Model, kw_only=True, frozen=True):
    """The new status of an order.

    Attributes:
        status: the status: PROCESSING, DELIVERY, PICKUP, DELIVERED or CANCELLED.
        substatus: the stage for PROCESSING (STARTED or READY_TO_SHIP), the reason for CANCELLED.
        delivery: for DBS, with PICKUP or DELIVERED: the day, where it isn't today.
    """

    status: OrderStatusType
    substatus: OrderSubstatusType | None = None
    delivery: OrderStatusChangeDelivery | None = None


class UpdateOrderStatusRequest(Model, kw_only=True, frozen=True):
    """What updateOrderStatus takes.

    Attributes:
        order: an `OrderStatusChange`: the new status, and the day of delivery for DBS.
    """

    order: OrderStatusChange


class UpdateOrderStatusResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of updateOrderStatus.

    Attributes:
        order: the order, in the older form.
        operation: for LaaS only: the operation that was started, for `get_operations`.
    """

    order: Order | None = None
    operation: Operation | None = None

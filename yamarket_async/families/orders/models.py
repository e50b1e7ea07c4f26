"""The structs of orders: statuses, changes, and what both kinds of orders share."""

from datetime import date
from typing import Annotated

import msgspec

from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Bounds, Int32
from yamarket_async.models.operations import Operation
from yamarket_async.models.order_statuses import OrderStatusType, OrderSubstatusType


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


class BriefOrderItemInstance(Model, kw_only=True, frozen=True):
    r"""The marking code of a unit: only the one field of the system in which the product is marked.

    Attributes:
        cis: the code of Chestny ZNAK, or of ASL BELGISI (for sellers of Market Yandex Go), with the separators (`\x1d`)
            as they are: not escaped a second time.
        uin: the UIN of a piece of jewellery: 16 digits.
        rnpt: the registration number of a batch of imported goods: customs office, day, number of the declaration and
            number of the product in it, with slashes between: `10702020/060520/0013422/001`.
        gtd: the customs declaration: customs office, day and number, with slashes between: `10702020/060520/0013422`.
        country_code: the country of origin, ISO 3166-1 alpha-2: two capitals; `get_regions_codes` lists them.
    """

    cis: str | None = None
    uin: str | None = None
    rnpt: str | None = None
    gtd: str | None = None
    country_code: Annotated[str, Bounds(min_length=2, max_length=2, pattern=r"^[A-Z]{2}$")] | None = None


class OrderCourier(Model, kw_only=True, frozen=True):
    """The courier of an order.

    Attributes:
        full_name: the name.
        phone: the telephone number.
        phone_extension: its extension.
        vehicle_number: the number plate.
        vehicle_description: the vehicle, its model and colour for example.
    """

    full_name: str | None = None
    phone: str | None = None
    phone_extension: str | None = None
    vehicle_number: str | None = None
    vehicle_description: str | None = None


class OrderDeliveryDispatchType(OpenEnum):
    """Where an order is delivered to."""

    UNKNOWN = "UNKNOWN"
    """Unknown."""
    BUYER = "BUYER"
    """To the buyer, by courier."""
    MARKET_BRANDED_OUTLET = "MARKET_BRANDED_OUTLET"
    """To a pick-up point of the Market."""
    SHOP_OUTLET = "SHOP_OUTLET"
    """To a pick-up point of the store."""


class OrderDeliveryEacType(OpenEnum):
    """Who shows whom the code at the handover of an order."""

    MERCHANT_TO_COURIER = "MERCHANT_TO_COURIER"
    """The seller tells it to the courier, to get an unredeemed order back; at present not returned."""
    COURIER_TO_MERCHANT = "COURIER_TO_MERCHANT"
    """The courier tells it to the seller, to receive the order."""
    CHECKING_BY_MERCHANT = "CHECKING_BY_MERCHANT"
    """The seller checks it."""


class OrderDeliveryPartnerType(OpenEnum):
    """Who works with the delivery service of an order."""

    SHOP = "SHOP"
    """The store, or it delivers by itself."""
    YANDEX_MARKET = "YANDEX_MARKET"
    """The Market."""
    UNKNOWN = "UNKNOWN"
    """Unknown."""


class OrderDeliveryType(OpenEnum):
    """How an order is delivered."""

    DELIVERY = "DELIVERY"
    """By courier."""
    PICKUP = "PICKUP"
    """To a pick-up point."""
    POST = "POST"
    """By post."""
    DIGITAL = "DIGITAL"
    """By mail or chat: digital goods."""
    UNKNOWN = "UNKNOWN"
    """Unknown."""


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


class OrderItemInstance(Model, kw_only=True, frozen=True):
    """The marking codes of a unit.

    Attributes:
        cis: the code of Chestny ZNAK without its cryptographic tail, or that of ASL BELGISI (for sellers of Market
            Yandex Go).
        cis_full: the code of Chestny ZNAK with its cryptographic tail.
        uin: the UIN of a piece of jewellery: 16 digits, given by the state register of precious metals when the maker
            registers it.
        rnpt: the registration number of a batch of imported goods: customs office, day, number of the declaration and
            number of the product in it, with slashes between: `10702020/060520/0013422/001`.
        gtd: the customs declaration: customs office, day and number, with slashes between: `10702020/060520/0013422`.
        country_code: the country of origin, ISO 3166-1 alpha-2: two capitals.
    """

    cis: str | None = None
    cis_full: str | None = None
    uin: str | None = None
    rnpt: str | None = None
    gtd: str | None = None
    country_code: Annotated[str, Bounds(min_length=2, max_length=2, pattern=r"^[A-Z]{2}$")] | None = None


class OrderItemInstanceType(OpenEnum):
    """With what the units of a product are marked."""

    CIS = "CIS"
    """A code of Chestny ZNAK or ASL BELGISI; it must be given."""
    CIS_OPTIONAL = "CIS_OPTIONAL"
    """A code of Chestny ZNAK; it may be left out for the time being."""
    UIN = "UIN"
    """The UIN of a piece of jewellery."""
    RNPT = "RNPT"
    """The registration number of a batch of imported goods."""
    GTD = "GTD"
    """The number of a customs declaration."""


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


class OrderItemTagType(OpenEnum):
    """What is special about a product."""

    ULTIMA = "ULTIMA"
    """A premium product."""
    SAFE_TAG = "SAFE_TAG"
    """Bears a tag that protects it from being swapped."""


class OrderItemsModificationRequestReasonType(OpenEnum):
    """Who wished that something be taken out of an order."""

    PARTNER_REQUESTED_REMOVE = "PARTNER_REQUESTED_REMOVE"
    """The store."""
    USER_REQUESTED_REMOVE = "USER_REQUESTED_REMOVE"
    """The buyer."""


class OrderLiftType(OpenEnum):
    """How an order is carried up to the buyer's floor."""

    NOT_NEEDED = "NOT_NEEDED"
    """Not at all."""
    MANUAL = "MANUAL"
    """By hand."""
    ELEVATOR = "ELEVATOR"
    """By lift."""
    CARGO_ELEVATOR = "CARGO_ELEVATOR"
    """By goods lift."""
    FREE = "FREE"
    """By any of these, where it is free of charge."""
    UNKNOWN = "UNKNOWN"
    """Unknown."""


class OrderPaymentMethodType(OpenEnum):
    """How an order is paid for: in advance (PREPAID) or on receipt (POSTPAID)."""

    CASH_ON_DELIVERY = "CASH_ON_DELIVERY"
    """In cash, on receipt; the default."""
    CARD_ON_DELIVERY = "CARD_ON_DELIVERY"
    """By bank card, on receipt."""
    BOUND_CARD_ON_DELIVERY = "BOUND_CARD_ON_DELIVERY"
    """By a card that is linked to the account, on receipt."""
    BNPL_BANK_ON_DELIVERY = "BNPL_BANK_ON_DELIVERY"
    """By Super Split, on receipt."""
    BNPL_ON_DELIVERY = "BNPL_ON_DELIVERY"
    """By Split, on receipt."""
    YANDEX = "YANDEX"
    """By bank card, in advance."""
    APPLE_PAY = "APPLE_PAY"
    """By Apple Pay, in advance; no longer used."""
    EXTERNAL_CERTIFICATE = "EXTERNAL_CERTIFICATE"
    """By a gift voucher, in advance."""
    CREDIT = "CREDIT"
    """On credit, in advance."""
    GOOGLE_PAY = "GOOGLE_PAY"
    """By Google Pay, in advance; no longer used."""
    TINKOFF_CREDIT = "TINKOFF_CREDIT"
    """On credit of Tinkoff Bank, in advance."""
    SBP = "SBP"
    """By the faster payments system, in advance."""
    TINKOFF_INSTALLMENTS = "TINKOFF_INSTALLMENTS"
    """In instalments of Tinkoff Bank, in advance."""
    B2B_ACCOUNT_PREPAYMENT = "B2B_ACCOUNT_PREPAYMENT"
    """By an organisation, in advance."""
    B2B_ACCOUNT_POSTPAYMENT = "B2B_ACCOUNT_POSTPAYMENT"
    """By an organisation, after delivery."""
    MICROCREDIT = "MICROCREDIT"
    """By Split of a microcredit company, in advance."""
    BNPL_TBYB = "BNPL_TBYB"
    """After delivery, by Split."""
    BNPL_TBC = "BNPL_TBC"
    """In parts through TBC Bank, in advance."""
    DIGITAL_RUBLE = "DIGITAL_RUBLE"
    """In digital roubles, in advance."""
    UNKNOWN = "UNKNOWN"
    """Unknown."""


class OrderPaymentType(OpenEnum):
    """When an order is paid for."""

    PREPAID = "PREPAID"
    """In advance."""
    POSTPAID = "POSTPAID"
    """On receipt."""
    UNKNOWN = "UNKNOWN"
    """Unknown."""


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


class OrderTrack(Model, kw_only=True, frozen=True):
    """Where a parcel can be followed.

    Attributes:
        track_code: its tracking number.
        delivery_service_id: the delivery service; `get_delivery_services` has its name.
    """

    track_code: str | None = None
    delivery_service_id: int


class OrderUpdateStatusType(OpenEnum):
    """Whether an order got its new status."""

    OK = "OK"
    """It did."""
    ERROR = "ERROR"
    """It did not."""


class OrderVatType(OpenEnum):
    """The VAT on a product or a delivery."""

    NO_VAT = "NO_VAT"
    """Not charged; some services only."""
    VAT_0 = "VAT_0"
    """0 %: exports and international carriage, for example."""
    VAT_10 = "VAT_10"
    """10 %: certain food and medical goods."""
    VAT_10_110 = "VAT_10_110"
    """10/110, on advance payment only."""
    VAT_20 = "VAT_20"
    """20 %, the main rate of 2019 to 2025."""
    VAT_20_120 = "VAT_20_120"
    """20/120, on advance payment only."""
    VAT_18 = "VAT_18"
    """18 %, the main rate before 2019."""
    VAT_18_118 = "VAT_18_118"
    """18/118, on advance payment before 2019."""
    VAT_12 = "VAT_12"
    """12 %, in Uzbekistan only."""
    VAT_05 = "VAT_05"
    """5 %, with simplified taxation."""
    VAT_07 = "VAT_07"
    """7 %, with simplified taxation."""
    VAT_22 = "VAT_22"
    """22 %, the main rate from 2026."""
    UNKNOWN_VALUE = "UNKNOWN_VALUE"
    """An unknown rate."""


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

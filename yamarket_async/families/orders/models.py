"""The structs of orders: statuses, changes, and what both kinds of orders share."""

from typing import Annotated

from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Bounds


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


class OrderItemTagType(OpenEnum):
    """What is special about a product."""

    ULTIMA = "ULTIMA"
    """A premium product."""
    SAFE_TAG = "SAFE_TAG"
    """Bears a tag that protects it from being swapped."""


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


class OrderTrack(Model, kw_only=True, frozen=True):
    """Where a parcel can be followed.

    Attributes:
        track_code: its tracking number.
        delivery_service_id: the delivery service; `get_delivery_services` has its name.
    """

    track_code: str | None = None
    delivery_service_id: int


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

"""The structs of boxes and of marking codes."""

from decimal import Decimal
from typing import Annotated

from yamarket_async.families.orders.models import BriefOrderItemInstance, OrderItemInstance, OrderVatType
from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.base import Model, Moment, OpenEnum
from yamarket_async.models.bounds import Bounds, Int32, Outdated, Sku


class BriefOrderItem(Model, kw_only=True, frozen=True):
    """A line of an order whose units are marked.

    Attributes:
        id: the line, within the order.
        vat: its VAT.
        count: units.
        price: the price, in the currency of the catalogue.
        offer_name: the name of the product.
        offer_id: the seller's own SKU.
        instances: the codes that were given.
    """

    id: int | None = None
    vat: OrderVatType | None = None
    count: Int32 | None = None
    price: Decimal | None = None
    offer_name: str | None = None
    offer_id: Sku | None = None
    instances: Annotated[list[OrderItemInstance], Bounds(min_length=1)] | None = None


class CisStatusType(OpenEnum):
    """What came of the check of a code of Chestny ZNAK."""

    OK = "OK"
    """Passed."""
    FAILED = "FAILED"
    """Could not be checked: try again later, or take the code out."""
    IN_PROGRESS = "IN_PROGRESS"
    """Is being checked."""
    INVALID = "INVALID"
    """Not passed; the product may not be sold."""
    NOT_ON_VALIDATION = "NOT_ON_VALIDATION"
    """Was not sent to be checked."""


class CisSubstatusType(OpenEnum):
    """Why a code of Chestny ZNAK is INVALID."""

    WRONG_OWNER_INN = "WRONG_OWNER_INN"
    """It belongs to a taxpayer other than the seller."""
    CIS_VALIDATION_ERROR = "CIS_VALIDATION_ERROR"
    """The check was not passed."""
    CIS_GTIN_NOT_FOUND = "CIS_GTIN_NOT_FOUND"
    """It holds no GTIN."""
    CIS_SERIAL_NUMBER_NOT_FOUND = "CIS_SERIAL_NUMBER_NOT_FOUND"
    """It holds no serial number."""
    INVALID_SYMBOLS_FOUND = "INVALID_SYMBOLS_FOUND"
    """It holds characters that are not allowed."""
    CRYPTO_TAIL_FORMAT_MISMATCH_CIS_TYPE = "CRYPTO_TAIL_FORMAT_MISMATCH_CIS_TYPE"
    """Its signature doesn't fit the type of the code."""
    INVALID_CRYPTO_TAIL = "INVALID_CRYPTO_TAIL"
    """Its signature isn't valid."""
    INVALID_CRYPTO_KEY = "INVALID_CRYPTO_KEY"
    """The key of its signature isn't valid."""
    VERIFICATION_FAILED_IN_EMITTER_COUNTRY = "VERIFICATION_FAILED_IN_EMITTER_COUNTRY"
    """The country that issued it doesn't confirm it."""
    UNSUPPORTED_AI_FOUND = "UNSUPPORTED_AI_FOUND"
    """It holds application identifiers that aren't supported."""
    CIS_NOT_FOUND_IN_GIS_MT = "CIS_NOT_FOUND_IN_GIS_MT"
    """The state system doesn't know it."""
    NOT_PLACED_ON_MARKET = "NOT_PLACED_ON_MARKET"
    """The product was not put into circulation."""
    NOT_PRINTED_ON_PACKAGE = "NOT_PRINTED_ON_PACKAGE"
    """It was not printed on the package."""
    EXPIRED_ITEM = "EXPIRED_ITEM"
    """The product is past its use-by date."""
    SALE_BLOCKED_BY_OGB = "SALE_BLOCKED_BY_OGB"
    """An authority has blocked the sale."""
    ITEM_SOLD = "ITEM_SOLD"
    """The product was sold already."""


class Cis(Model, kw_only=True, frozen=True):
    """A code of Chestny ZNAK, with what came of its check.

    Attributes:
        value: the code.
        status: what came of the check.
        substatus: why it is INVALID; only then.
        crpt_request_id: for LaaS only: the id of the check at CRPT by which the sale was decided.
        crpt_request_date_time: for LaaS only: the moment of that check.
    """

    value: str
    status: CisStatusType
    substatus: CisSubstatusType | None = None
    crpt_request_id: str | None = None
    crpt_request_date_time: Moment | None = None


class OrderBoxLayoutPartialCount(Model, kw_only=True, frozen=True):
    """Which part of a big product is in a box.

    Attributes:
        current: the number of the part, 1 or more.
        total: into how many parts the product is divided, 2 or more.
    """

    current: Annotated[Int32, Bounds(ge=1)]
    total: Annotated[Int32, Bounds(ge=2)]


class OrderBoxLayoutItem(Model, kw_only=True, frozen=True):
    """A product in a box: either whole units (`full_count`) or a part of one (`partial_count`).

    Attributes:
        id: the line, within the order: the `id` of an item of `get_business_orders`.
        full_count: whole units in the box, 1 or more; not together with `partial_count`.
        partial_count: which part of a big product is in the box; not together with `full_count`.
        instances: the marking codes of the units in the box, at least one; repeated in each box that holds a part of
            the product.
    """

    id: int
    full_count: Annotated[Int32, Bounds(ge=1)] | None = None
    partial_count: OrderBoxLayoutPartialCount | None = None
    instances: Annotated[list[BriefOrderItemInstance], Bounds(min_length=1)] | None = None


class OrderBoxLayout(Model, kw_only=True, frozen=True):
    """What is in a box.

    Attributes:
        items: the products in it, at least one; a part of a big product stands alone.
    """

    items: Annotated[list[OrderBoxLayoutItem], Bounds(min_length=1)]


class EnrichedOrderBoxLayout(OrderBoxLayout, kw_only=True, frozen=True):
    """What is in a box, with the number of the box.

    Attributes:
        box_id: the id of the box, for `generate_order_label`.
    """

    box_id: int | None = None


class UinStatusType(OpenEnum):
    """What came of the check of a UIN."""

    OK = "OK"
    """Passed."""
    IN_PROGRESS = "IN_PROGRESS"
    """Is being checked."""
    FAILED = "FAILED"
    """Not passed."""
    NOT_ON_VALIDATION = "NOT_ON_VALIDATION"
    """Was not sent to be checked, or other UINs of the order are missing."""


class UinSubstatusType(OpenEnum):
    """Why a UIN has FAILED."""

    UIN_MERCHANT_MISMATCH = "UIN_MERCHANT_MISMATCH"
    """It doesn't belong to the store."""
    UIN_MERCHANT_UNREGISTERED = "UIN_MERCHANT_UNREGISTERED"
    """The store isn't registered in the state system of precious metals."""
    UIN_NO_DATA = "UIN_NO_DATA"
    """It is unknown, or blocked."""


class Uin(Model, kw_only=True, frozen=True):
    """A UIN, with what came of its check.

    Attributes:
        value: the UIN.
        status: what came of the check.
        substatus: why it has FAILED; only then.
    """

    value: str
    status: UinStatusType
    substatus: UinSubstatusType | None = None


class OrderItemValidationStatus(Model, kw_only=True, frozen=True):
    """What came of the checks of a line's codes.

    Attributes:
        id: the line, within the order.
        uin: its UINs.
        cis: its codes of Chestny ZNAK.
    """

    id: int
    uin: Annotated[list[Uin], Bounds(min_length=1)] | None = None
    cis: Annotated[list[Cis], Bounds(min_length=1)] | None = None


class OrderIdentifiersStatus(Model, kw_only=True, frozen=True):
    """What came of the checks of an order's codes.

    Attributes:
        items: the lines of the order that have codes.
    """

    items: list[OrderItemValidationStatus]


class OrderIdentifiersStatusResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getOrderIdentifiersStatus.

    Attributes:
        result: what was asked for.
    """

    result: OrderIdentifiersStatus | None = None


class OrderBoxesLayout(Model, kw_only=True, frozen=True):
    """What is in which box.

    Attributes:
        boxes: the boxes, with their ids.
    """

    boxes: list[EnrichedOrderBoxLayout]


class OrderItemInstanceModification(Model, kw_only=True, frozen=True):
    """The marking codes of a line.

    Attributes:
        id: the line, within the order: the `id` of an item of `get_business_orders`.
        instances: a code for each unit.
    """

    id: int
    instances: list[BriefOrderItemInstance]


class OrderItemsModificationResult(Model, kw_only=True, frozen=True):
    """The lines of an order that are marked.

    Attributes:
        items: the lines, with the codes that were given.
    """

    items: list[BriefOrderItem]


class ParcelBox(Model, kw_only=True, frozen=True):
    """A box of an order.

    Attributes:
        id: the box, within the order.
        fulfilment_id: no longer used; deprecated, to be dropped on 19.10.2026.
    """

    id: int | None = None
    fulfilment_id: Annotated[Annotated[str, Bounds(pattern=r"^[[a-zA-Z0-9]- ]*$")], Outdated()] | None = None


class ParcelBoxRequest(Model, kw_only=True, frozen=True):
    """A box of an order; it has no fields any more."""


class ParcelRequest(Model, kw_only=True, frozen=True):
    """The boxes of an order.

    Attributes:
        boxes: a struct for each box, at least one; only how many there are counts.
    """

    boxes: Annotated[list[ParcelBoxRequest], Bounds(min_length=1)]


class ProvideOrderItemIdentifiersRequest(Model, kw_only=True, frozen=True):
    """What provideOrderItemIdentifiers takes.

    Attributes:
        items: an `OrderItemInstanceModification` for each line that needs codes.
    """

    items: list[OrderItemInstanceModification]


class ProvideOrderItemIdentifiersResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of provideOrderItemIdentifiers.

    Attributes:
        result: what was asked for.
    """

    result: OrderItemsModificationResult | None = None


class SetOrderBoxLayoutRequest(Model, kw_only=True, frozen=True):
    """What setOrderBoxLayout takes.

    Attributes:
        boxes: an `OrderBoxLayout` for each box, at least one.
        allow_remove: True to take out of the order what is in no box; None or False where all of it is in boxes.
    """

    boxes: Annotated[list[OrderBoxLayout], Bounds(min_length=1)]
    allow_remove: bool | None = None


class SetOrderBoxLayoutResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of setOrderBoxLayout.

    Attributes:
        result: what was asked for.
    """

    result: OrderBoxesLayout | None = None


class SetOrderShipmentBoxesRequest(ParcelRequest, kw_only=True, frozen=True):
    """What setOrderShipmentBoxes takes."""


class ShipmentBoxes(Model, kw_only=True, frozen=True):
    """The boxes that were sent.

    Attributes:
        boxes: a struct for each box.
    """

    boxes: list[ParcelBox]


class SetOrderShipmentBoxesResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of setOrderShipmentBoxes.

    Attributes:
        result: what was asked for.
    """

    result: ShipmentBoxes | None = None

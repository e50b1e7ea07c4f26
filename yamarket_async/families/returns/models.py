"""The structs of returns."""

from typing import Annotated

from yamarket_async.models.answers import ApiResponse, ForwardScrollingPager
from yamarket_async.models.base import Model, Moment, OpenEnum
from yamarket_async.models.bounds import Bounds, Id, Int32, Outdated, Sku
from yamarket_async.models.currency import CurrencyValue
from yamarket_async.models.operations import Operation
from yamarket_async.models.orders import Customer
from yamarket_async.models.prices import BasePrice
from yamarket_async.models.returns import RefundStatusType, ReturnShipmentStatusType, ReturnType


class CancelReturn(Model, kw_only=True, frozen=True):
    """What became of a cancellation.

    Attributes:
        operation: the operation that cancels the return.
    """

    operation: Operation


class CancelReturnRequest(Model, kw_only=True, frozen=True):
    """What cancelReturn takes.

    Attributes:
        return_id: the return.
    """

    return_id: int


class CancelReturnResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of cancelReturn.

    Attributes:
        result: what was asked for.
    """

    result: CancelReturn | None = None


class ExternalReturnDecisionReasonType(OpenEnum):
    """Why a buyer returns an item."""

    BAD_QUALITY = "BAD_QUALITY"
    """It has a defect."""
    DOES_NOT_FIT = "DOES_NOT_FIT"
    """It doesn't suit."""
    WRONG_ITEM = "WRONG_ITEM"
    """It is not what was ordered."""


class ExternalReturnDecisionSubreasonType(OpenEnum):
    """Why exactly a buyer returns an item; each belongs to one reason."""

    USER_DID_NOT_LIKE = "USER_DID_NOT_LIKE"
    """DOES_NOT_FIT: the buyer doesn't like it."""
    USER_CHANGED_MIND = "USER_CHANGED_MIND"
    """DOES_NOT_FIT: the buyer changed their mind."""
    DELIVERED_TOO_LONG = "DELIVERED_TOO_LONG"
    """DOES_NOT_FIT: delivery took so long that the buyer changed their mind."""
    BAD_PACKAGE = "BAD_PACKAGE"
    """BAD_QUALITY: the maker's packaging is damaged."""
    DAMAGED = "DAMAGED"
    """BAD_QUALITY: scratched or chipped."""
    NOT_WORKING = "NOT_WORKING"
    """BAD_QUALITY: it doesn't start or work."""
    INCOMPLETENESS = "INCOMPLETENESS"
    """BAD_QUALITY: a part of a set, or of the item, is missing."""
    WRONG_ITEM = "WRONG_ITEM"
    """WRONG_ITEM: another item."""
    WRONG_COLOR = "WRONG_COLOR"
    """WRONG_ITEM: another colour."""
    DID_NOT_MATCH_DESCRIPTION = "DID_NOT_MATCH_DESCRIPTION"
    """WRONG_ITEM: not as described."""


class CreateReturnItem(Model, kw_only=True, frozen=True):
    """An item to be returned.

    Attributes:
        offer_id: the product's SKU, 1 to 255 characters.
        count: how many of it, 1 to 1,000.
        reason_type: why.
        subreason_type: why exactly; it must belong to the reason.
        comment: words for it, 1 to 3,000 characters.
        pictures: URLs of pictures of it, 1 to 10 of up to 2,000 characters each, without repeats.
    """

    offer_id: Sku
    count: Annotated[Int32, Bounds(ge=1, le=1000)]
    reason_type: ExternalReturnDecisionReasonType
    subreason_type: ExternalReturnDecisionSubreasonType
    comment: Annotated[str, Bounds(min_length=1, max_length=3000)] | None = None
    pictures: (
        Annotated[
            list[Annotated[str, Bounds(min_length=1, max_length=2000)]],
            Bounds(min_length=1, max_length=10, unique=True),
        ]
        | None
    ) = None


class OrderPickupReturn(Model, kw_only=True, frozen=True):
    """A point to bring a return to.

    Attributes:
        logistic_point_id: the point, 1 or more: one of those that `get_return_delivery_options` gives; all are in
            `get_logistic_points`.
    """

    logistic_point_id: Id


class CreateReturnOption(Model, kw_only=True, frozen=True):
    """How a return gets back.

    Attributes:
        pickup_return: the point that the customer brings it to.
    """

    pickup_return: OrderPickupReturn


class CreateReturn(Model, kw_only=True, frozen=True):
    """A return to be created.

    Attributes:
        external_return_id: your own id of the return, at least 1 character, used once.
        order_id: the order.
        items: the items, 1 to 1,000.
        customer: who sends the return.
        return_option: how it gets back.
    """

    external_return_id: Annotated[str, Bounds(min_length=1)]
    order_id: int
    items: Annotated[list[CreateReturnItem], Bounds(min_length=1, max_length=1000)]
    customer: Customer
    return_option: CreateReturnOption


class CreateReturnRequest(Model, kw_only=True, frozen=True):
    """What createReturn takes.

    Attributes:
        new_return: the return: a `CreateReturn` or a mapping: the order, up to 1,000 items with their reasons, the
            customer, and the point to bring them to.
    """

    new_return: CreateReturn


class CreatedReturn(Model, kw_only=True, frozen=True):
    """A return that was created.

    Attributes:
        id: the Market's id of it.
    """

    id: int


class CreateReturnResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of createReturn.

    Attributes:
        result: what was asked for.
    """

    result: CreatedReturn | None = None


class ReturnAvailableDecisionsRequest(Model, kw_only=True, frozen=True):
    """What getReturnAvailableDecisions takes.

    Attributes:
        campaign_id: the store of the return: a campaignId, 1 or more.
        return_id: the return, 1 or more: an id of `get_returns`.
    """

    campaign_id: Id
    return_id: Id


class PartialCompensationBounds(Model, kw_only=True, frozen=True):
    """How much money a partial refund may be.

    Attributes:
        min_amount: the least.
        max_amount: the most.
        max_percent: the most, in per cent of the sum of the item.
    """

    min_amount: BasePrice
    max_amount: BasePrice
    max_percent: int


class ReturnDecisionType(OpenEnum):
    """A decision about a return."""

    FAST_REFUND_MONEY = "FAST_REFUND_MONEY"
    """Give the money back and leave the buyer the goods."""
    REFUND_MONEY = "REFUND_MONEY"
    """Give back the price."""
    REFUND_MONEY_INCLUDING_SHIPMENT = "REFUND_MONEY_INCLUDING_SHIPMENT"
    """Give back the price and what sending it back costs."""
    REPAIR = "REPAIR"
    """Mend it."""
    REPLACE = "REPLACE"
    """Replace it."""
    SEND_TO_EXAMINATION = "SEND_TO_EXAMINATION"
    """Have it examined."""
    DECLINE_REFUND = "DECLINE_REFUND"
    """Refuse the return."""
    PARTIAL_MONEY_REFUND = "PARTIAL_MONEY_REFUND"
    """Give part of the money back."""
    OTHER_DECISION = "OTHER_DECISION"
    """Something else."""
    UNKNOWN = "UNKNOWN"
    """Not told."""


class ReturnRequestDecisionReasonType(OpenEnum):
    """Why a return is refused."""

    ISSUE_WITH_THE_PRODUCT_WAS_NOT_CONFIRMED = "ISSUE_WITH_THE_PRODUCT_WAS_NOT_CONFIRMED"
    """The defect was not found."""
    MECHANICAL_DAMAGE = "MECHANICAL_DAMAGE"
    """It has mechanical damage."""
    WARRANTY_PERIOD_HAS_EXPIRED = "WARRANTY_PERIOD_HAS_EXPIRED"
    """The warranty is over."""
    CONFIGURATION_OR_PACKAGING_COMPROMISED = "CONFIGURATION_OR_PACKAGING_COMPROMISED"
    """Parts or packaging are missing or damaged."""
    PRODUCT_APPEARANCE_COMPROMISED = "PRODUCT_APPEARANCE_COMPROMISED"
    """It no longer looks new."""
    WARRANTY_TERMS_VIOLATED = "WARRANTY_TERMS_VIOLATED"
    """The terms of the warranty were broken."""
    DEVICE_ACTIVATED = "DEVICE_ACTIVATED"
    """The device has been activated."""


class ReturnAvailableDecision(Model, kw_only=True, frozen=True):
    """A decision that is open about a return.

    Attributes:
        decision_type: the decision.
        decision_reason_types: the reasons that may be given; only with DECLINE_REFUND.
        partial_compensation_bounds: how much money it may be; only with PARTIAL_MONEY_REFUND.
    """

    decision_type: ReturnDecisionType
    decision_reason_types: (
        Annotated[list[ReturnRequestDecisionReasonType], Bounds(min_length=1, unique=True)] | None
    ) = None
    partial_compensation_bounds: PartialCompensationBounds | None = None


class ReturnAvailableDecisionsResult(Model, kw_only=True, frozen=True):
    """The decisions that are open about a return.

    Attributes:
        available_decisions: the decisions.
    """

    available_decisions: list[ReturnAvailableDecision]


class ReturnAvailableDecisionsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getReturnAvailableDecisions.

    Attributes:
        result: what was asked for.
    """

    result: ReturnAvailableDecisionsResult | None = None


class LogisticPointType(OpenEnum):
    """A kind of point."""

    WAREHOUSE = "WAREHOUSE"
    """A warehouse."""
    PICKUP_POINT = "PICKUP_POINT"
    """A pick-up point."""
    PICKUP_TERMINAL = "PICKUP_TERMINAL"
    """A parcel locker."""
    PICKUP_POST_OFFICE = "PICKUP_POST_OFFICE"
    """A post office."""
    PICKUP_MIXED = "PICKUP_MIXED"
    """A shop with a pick-up point."""
    PICKUP_RETAIL = "PICKUP_RETAIL"
    """A shop."""


class PickupAddress(Model, kw_only=True, frozen=True):
    """The address of a point.

    Attributes:
        country: the country.
        city: the city.
        street: the street.
        house: the number of the house.
        postcode: the postal code.
    """

    country: str | None = None
    city: str | None = None
    street: str | None = None
    house: str | None = None
    postcode: str | None = None


class LogisticPickupPoint(Model, kw_only=True, frozen=True):
    """The point where the seller fetches a return.

    Attributes:
        id: its id.
        name: its name.
        address: its address.
        instruction: how to fetch it there.
        type: what kind of point it is.
        logistic_partner_id: the logistics company it belongs to.
    """

    id: int | None = None
    name: str | None = None
    address: PickupAddress | None = None
    instruction: str | None = None
    type: LogisticPointType | None = None
    logistic_partner_id: int | None = None


class RecipientType(OpenEnum):
    """How a buyer sends a return."""

    SHOP = "SHOP"
    """To a point of the store for returns."""
    DELIVERY_SERVICE = "DELIVERY_SERVICE"
    """By courier."""
    POST = "POST"
    """By post."""


class ReturnDecisionReasonType(OpenEnum):
    """Why an item is returned."""

    BAD_QUALITY = "BAD_QUALITY"
    """It has a defect."""
    DOES_NOT_FIT = "DOES_NOT_FIT"
    """It doesn't suit."""
    WRONG_ITEM = "WRONG_ITEM"
    """It is not what was ordered."""
    DAMAGE_DELIVERY = "DAMAGE_DELIVERY"
    """It was damaged on the way."""
    LOYALTY_FAIL = "LOYALTY_FAIL"
    """Who is to blame for a defect or a mix-up can't be told."""
    CONTENT_FAIL = "CONTENT_FAIL"
    """The Market described it wrongly."""
    DELIVERY_FAIL = "DELIVERY_FAIL"
    """It was not delivered."""
    UNKNOWN = "UNKNOWN"
    """Not known."""


class ReturnDecisionSubreasonType(OpenEnum):
    """Why exactly an item is returned; each but the last belongs to one reason."""

    USER_DID_NOT_LIKE = "USER_DID_NOT_LIKE"
    """DOES_NOT_FIT: the buyer doesn't like it."""
    USER_CHANGED_MIND = "USER_CHANGED_MIND"
    """DOES_NOT_FIT: the buyer changed their mind."""
    DELIVERED_TOO_LONG = "DELIVERED_TOO_LONG"
    """DOES_NOT_FIT: delivery took so long that the buyer changed their mind."""
    BAD_PACKAGE = "BAD_PACKAGE"
    """BAD_QUALITY: the maker's packaging is damaged."""
    DAMAGED = "DAMAGED"
    """BAD_QUALITY: scratched or chipped."""
    NOT_WORKING = "NOT_WORKING"
    """BAD_QUALITY: it doesn't start or work."""
    INCOMPLETENESS = "INCOMPLETENESS"
    """BAD_QUALITY: a part of a set, or of the item, is missing."""
    WRONG_ITEM = "WRONG_ITEM"
    """WRONG_ITEM: another item."""
    WRONG_COLOR = "WRONG_COLOR"
    """WRONG_ITEM: another colour."""
    DID_NOT_MATCH_DESCRIPTION = "DID_NOT_MATCH_DESCRIPTION"
    """WRONG_ITEM: not as described."""
    WRONG_ORDER = "WRONG_ORDER"
    """WRONG_ITEM: somebody else's order."""
    WRONG_AMOUNT_DELIVERED = "WRONG_AMOUNT_DELIVERED"
    """WRONG_ITEM: another number of pieces."""
    WRAPPING_DAMAGED = "WRAPPING_DAMAGED"
    """BAD_QUALITY: the outer packaging is damaged."""
    ITEM_WAS_USED = "ITEM_WAS_USED"
    """BAD_QUALITY: it has traces of use."""
    BROKEN = "BROKEN"
    """BAD_QUALITY: it is broken."""
    BAD_FLOWERS = "BAD_FLOWERS"
    """BAD_QUALITY: poor flowers."""
    PARCEL_MISSING = "PARCEL_MISSING"
    """WRONG_ITEM: a part of the order is missing."""
    INCOMPLETE = "INCOMPLETE"
    """WRONG_ITEM: the order came incomplete."""
    UNKNOWN = "UNKNOWN"
    """Not told."""


class ReturnDecision(Model, kw_only=True, frozen=True):
    """Why an item comes back, what was decided about it, and the money.

    Attributes:
        return_item_id: the item, as the decisions want it.
        count: how many of it.
        comment: the words put to it.
        reason_type: why it comes back.
        subreason_type: why exactly.
        decision_type: what was decided.
        refund_amount: the refund in kopecks; it was to be switched off on 12 October 2026, use `amount`.
        amount: the refund.
        partner_compensation: the compensation for sending it back, in kopecks; it was to be switched off on 12 October
            2026, use `partner_compensation_amount`.
        partner_compensation_amount: the compensation for sending it back.
        images: the hashes of the buyer's photos, for `get_return_photo`; None where there are none.
    """

    return_item_id: int | None = None
    count: Int32 | None = None
    comment: str | None = None
    reason_type: ReturnDecisionReasonType | None = None
    subreason_type: ReturnDecisionSubreasonType | None = None
    decision_type: ReturnDecisionType | None = None
    refund_amount: Annotated[int, Outdated("amount")] | None = None
    amount: CurrencyValue | None = None
    partner_compensation: Annotated[int, Outdated("partnerCompensationAmount")] | None = None
    partner_compensation_amount: CurrencyValue | None = None
    images: Annotated[list[str], Bounds(min_length=1, unique=True)] | None = None


class ReturnInstanceStatusType(OpenEnum):
    """Where a single piece of a return is."""

    CREATED = "CREATED"
    """The return was created."""
    RECEIVED = "RECEIVED"
    """Taken over from the sender."""
    IN_TRANSIT = "IN_TRANSIT"
    """On its way."""
    READY_FOR_PICKUP = "READY_FOR_PICKUP"
    """Can be fetched by the store."""
    PICKED = "PICKED"
    """Fetched by the store."""
    RECEIVED_ON_FULFILLMENT = "RECEIVED_ON_FULFILLMENT"
    """In a warehouse of the Market."""
    CANCELLED = "CANCELLED"
    """The return was cancelled."""
    LOST = "LOST"
    """Lost."""
    UTILIZED = "UTILIZED"
    """Disposed of."""
    PREPARED_FOR_UTILIZATION = "PREPARED_FOR_UTILIZATION"
    """Ready to be disposed of."""
    EXPROPRIATED = "EXPROPRIATED"
    """Sent to be resold."""
    NOT_IN_DEMAND = "NOT_IN_DEMAND"
    """Nobody fetched it from the post."""


class ReturnInstanceStockType(OpenEnum):
    """What condition a piece in a warehouse is in."""

    FIT = "FIT"
    """Good."""
    DEFECT = "DEFECT"
    """Defective."""
    ANOMALY = "ANOMALY"
    """An anomaly."""
    SURPLUS = "SURPLUS"
    """One too many."""
    EXPIRED = "EXPIRED"
    """Past its date."""
    MISGRADING = "MISGRADING"
    """Mixed up with another."""
    UNDEFINED = "UNDEFINED"
    """Of unknown status."""
    INCORRECT_IMEI = "INCORRECT_IMEI"
    """With a wrong IMEI."""
    INCORRECT_SERIAL_NUMBER = "INCORRECT_SERIAL_NUMBER"
    """With a wrong serial number."""
    INCORRECT_CIS = "INCORRECT_CIS"
    """With a wrong identification code (Chestny ZNAK, or ASL BELGISI for sellers of Market Yandex Go)."""
    PART_MISSING = "PART_MISSING"
    """A part is missing."""
    NON_COMPLIENT = "NON_COMPLIENT"
    """With many faults; the Market spells it so."""
    NOT_ACCEPTABLE = "NOT_ACCEPTABLE"
    """The Market doesn't take it."""
    SERVICE = "SERVICE"
    """Service stock."""
    MARKDOWN = "MARKDOWN"
    """Marked down."""
    DEMO = "DEMO"
    """A demonstration piece."""
    REPAIR = "REPAIR"
    """For repair."""
    FIRMWARE = "FIRMWARE"
    """For new firmware."""
    UNKNOWN = "UNKNOWN"
    """Of unknown kind."""


class ReturnInstance(Model, kw_only=True, frozen=True):
    """A single piece of a return.

    Attributes:
        stock_type: what condition it is in.
        status: where it is.
        cis: its identification code in Chestny ZNAK, or in ASL BELGISI for sellers of Market Yandex Go.
        imei: its IMEI.
    """

    stock_type: ReturnInstanceStockType | None = None
    status: ReturnInstanceStatusType | None = None
    cis: str | None = None
    imei: str | None = None


class Track(Model, kw_only=True, frozen=True):
    """A parcel in the post.

    Attributes:
        track_code: its tracking code.
    """

    track_code: str | None = None


class ReturnItem(Model, kw_only=True, frozen=True):
    """An item of a return.

    Attributes:
        market_sku: its card on the Market, 1 or more.
        shop_sku: the product's SKU.
        count: how many of it.
        decisions: why it comes back, and what was decided; None where there is nothing.
        instances: its single pieces and where they are; None where there are none.
        tracks: its parcels in the post; None where there are none.
    """

    market_sku: Id | None = None
    shop_sku: Sku
    count: int
    decisions: Annotated[list[ReturnDecision], Bounds(min_length=1)] | None = None
    instances: Annotated[list[ReturnInstance], Bounds(min_length=1)] | None = None
    tracks: Annotated[list[Track], Bounds(min_length=1)] | None = None


class Return(Model, kw_only=True, frozen=True):
    """A return, or an order that was never fetched.

    Where and how it comes back (`logistic_pickup_point`, `shipment_recipient_type`, `shipment_status`) may be missing
    for a return with `fast_return`, which the buyer keeps, and for one of a business order that is STARTED_BY_USER or
    WAITING_FOR_DECISION or was cancelled before the goods were handed over.

    Attributes:
        id: the return.
        order_id: the order.
        creation_date: when it was created.
        update_date: when it last changed.
        refund_status: how far the refund is; only for a RETURN.
        logistic_pickup_point: where the seller fetches it.
        pickup_till_date: until when it can be fetched; only for READY_FOR_PICKUP.
        shipment_recipient_type: how the buyer sends it.
        shipment_status: where it is on its way to the store.
        refund_amount: the refund in kopecks; it was to be switched off on 12 October 2026, use `amount`.
        amount: the refund.
        items: its items.
        return_type: whether it is a return or an order that was never fetched.
        fast_return: whether the money is given back at once for a cheap defective item that the buyer keeps; only for a
            RETURN.
    """

    id: int
    order_id: int
    creation_date: Moment | None = None
    update_date: Moment | None = None
    refund_status: RefundStatusType | None = None
    logistic_pickup_point: LogisticPickupPoint | None = None
    pickup_till_date: Moment | None = None
    shipment_recipient_type: RecipientType | None = None
    shipment_status: ReturnShipmentStatusType | None = None
    refund_amount: Annotated[int, Outdated("amount")] | None = None
    amount: CurrencyValue | None = None
    items: list[ReturnItem]
    return_type: ReturnType
    fast_return: bool | None = None


class ReturnResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getReturn.

    Attributes:
        result: what was asked for.
    """

    result: Return | None = None


class PagedReturns(Model, kw_only=True, frozen=True):
    """A page of returns.

    Attributes:
        paging: the way to the next page.
        returns: the returns.
    """

    paging: ForwardScrollingPager | None = None
    returns: list[Return]


class ReturnsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getReturns.

    Attributes:
        result: what was asked for.
    """

    result: PagedReturns | None = None


class ReturnRequestDecisionType(OpenEnum):
    """A decision that the seller may make about an item."""

    FAST_REFUND_MONEY = "FAST_REFUND_MONEY"
    """Give the money back and leave the buyer the goods."""
    REFUND_MONEY = "REFUND_MONEY"
    """Give back the price."""
    REFUND_MONEY_INCLUDING_SHIPMENT = "REFUND_MONEY_INCLUDING_SHIPMENT"
    """Give back the price and what sending it back costs."""
    REPAIR = "REPAIR"
    """Mend it."""
    REPLACE = "REPLACE"
    """Replace it."""
    SEND_TO_EXAMINATION = "SEND_TO_EXAMINATION"
    """Have it examined."""
    DECLINE_REFUND = "DECLINE_REFUND"
    """Refuse the return."""
    PARTIAL_MONEY_REFUND = "PARTIAL_MONEY_REFUND"
    """Give part of the money back."""
    OTHER_DECISION = "OTHER_DECISION"
    """Something else."""


class ReturnItemDecision(Model, kw_only=True, frozen=True):
    """A decision about an item of a return.

    Attributes:
        return_item_id: the item: a `return_item_id` of the return's `decisions`.
        decision_type: the decision.
        decision_reason_type: why it is refused; with DECLINE_REFUND, one of those that `get_return_available_decisions`
            gives.
        comment: words for it, needed with REFUND_MONEY_INCLUDING_SHIPMENT (what sending it back costs), REPAIR (when it
            will be mended), DECLINE_REFUND (why, unless `decision_reason_type` tells) and OTHER_DECISION (what you
            offer).
        compensation: what you pay of your own will for the item, above 0; only with PARTIAL_MONEY_REFUND.
    """

    return_item_id: int
    decision_type: ReturnRequestDecisionType
    decision_reason_type: ReturnRequestDecisionReasonType | None = None
    comment: str | None = None
    compensation: BasePrice | None = None


class SetReturnDecisionRequest(Model, kw_only=True, frozen=True):
    """What setReturnDecision takes.

    Attributes:
        return_item_id: the item: a `return_item_id` of the return's `decisions`.
        decision_type: the decision, a `ReturnRequestDecisionType`.
        comment: words for it, needed with REFUND_MONEY_INCLUDING_SHIPMENT (what sending it back costs), REPAIR (when it
            will be mended), DECLINE_REFUND (why) and OTHER_DECISION (what you offer); None for none.
        compensation: what you pay of your own will for the item, above 0; only with PARTIAL_MONEY_REFUND.
    """

    return_item_id: int
    decision_type: ReturnRequestDecisionType
    comment: str | None = None
    compensation: BasePrice | None = None


class SubmitReturnDecisionRequest(Model, kw_only=True, frozen=True):
    """What submitReturnDecision takes.

    Attributes:
        return_item_decisions: a decision for each item, at least one. Each is a `ReturnItemDecision` or a mapping like
            `{"returnItemId": 1, "decisionType": "REFUND_MONEY"}`.
    """

    return_item_decisions: Annotated[list[ReturnItemDecision], Bounds(min_length=1)]

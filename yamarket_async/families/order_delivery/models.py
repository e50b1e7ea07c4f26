"""The structs of order delivery."""

from datetime import date

from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Int32
from yamarket_async.models.orders import OrderBuyerBasicInfo


class EacVerificationStatusType(OpenEnum):
    """What came of the check of a code."""

    ACCEPTED = "ACCEPTED"
    """The code is right."""
    REJECTED = "REJECTED"
    """The code is wrong."""
    NEED_UPDATE = "NEED_UPDATE"
    """The attempts are spent; there is a new code to ask for."""


class EacVerificationResult(Model, kw_only=True, frozen=True):
    """What came of the check of a code.

    Attributes:
        verification_result: whether the code was right.
        attempts_left: how many tries are left; only after a wrong code. When none is, there will be a new code.
    """

    verification_result: EacVerificationStatusType | None = None
    attempts_left: Int32 | None = None


class OrderBuyerInfo(OrderBuyerBasicInfo, kw_only=True, frozen=True):
    """Who bought an order, and how to reach the buyer.

    Attributes:
        phone: a substitute telephone number that leads to the buyer: a plus sign and digits.
        trusted: whether the Market has checked the buyer; then don't call, just deliver, and write in a chat if need
            be.
    """

    phone: str | None = None
    trusted: bool | None = None


class OrderBuyerInfoResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getOrderBuyerInfo.

    Attributes:
        result: what was asked for.
    """

    result: OrderBuyerInfo | None = None


class OrderDeliveryDate(Model, kw_only=True, frozen=True):
    """A new day of delivery.

    Attributes:
        to_date: the day.
    """

    to_date: date


class OrderDeliveryDateReasonType(OpenEnum):
    """Who moved a delivery."""

    USER_MOVED_DELIVERY_DATES = "USER_MOVED_DELIVERY_DATES"
    """The buyer asked for another day."""
    PARTNER_MOVED_DELIVERY_DATES = "PARTNER_MOVED_DELIVERY_DATES"
    """The store can't deliver in time."""


class SetOrderDeliveryDateRequest(Model, kw_only=True, frozen=True):
    """What setOrderDeliveryDate takes.

    Attributes:
        dates: an `OrderDeliveryDate`: the new day.
        reason: who moves it, an `OrderDeliveryDateReasonType`: USER_MOVED_DELIVERY_DATES or
            PARTNER_MOVED_DELIVERY_DATES.
    """

    dates: OrderDeliveryDate
    reason: OrderDeliveryDateReasonType


class SetOrderDeliveryTrackCodeRequest(Model, kw_only=True, frozen=True):
    """What setOrderDeliveryTrackCode takes.

    Attributes:
        track_code: the tracking number of the parcel.
        delivery_service_id: the delivery service that carries it: an id of `get_delivery_services`.
    """

    track_code: str
    delivery_service_id: int


class UpdateOrderStorageLimitRequest(Model, kw_only=True, frozen=True):
    """What updateOrderStorageLimit takes.

    Attributes:
        new_date: the last day on which the order is kept, at most 30 days later than now set.
    """

    new_date: date


class VerifyOrderEacRequest(Model, kw_only=True, frozen=True):
    """What verifyOrderEac takes.

    Attributes:
        code: the code that was told.
    """

    code: str


class VerifyOrderEacResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of verifyOrderEac.

    Attributes:
        result: what was asked for.
    """

    result: EacVerificationResult | None = None

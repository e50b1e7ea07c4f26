"""The structs of ratings."""

from datetime import date
from typing import Annotated

from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Bounds, Id


class AffectedOrderQualityRatingComponentType(OpenEnum):
    """The component of the quality index that an order pulled down."""

    DBS_CANCELLATION_RATE = "DBS_CANCELLATION_RATE"
    """DBS: items were cancelled."""
    DBS_LATE_DELIVERY_RATE = "DBS_LATE_DELIVERY_RATE"
    """DBS: delivered after the planned day."""
    FBS_CANCELLATION_RATE = "FBS_CANCELLATION_RATE"
    """FBS and Express: items were cancelled."""
    FBS_LATE_SHIP_RATE = "FBS_LATE_SHIP_RATE"
    """FBS and Express: shipped late."""


class QualityRatingComponentType(OpenEnum):
    """A component of the quality index: the share of what went wrong in one way."""

    DBS_CANCELLATION_RATE = "DBS_CANCELLATION_RATE"
    """DBS: items cancelled."""
    DBS_LATE_DELIVERY_RATE = "DBS_LATE_DELIVERY_RATE"
    """DBS: orders delivered after the planned day."""
    FBS_CANCELLATION_RATE = "FBS_CANCELLATION_RATE"
    """FBS and Express: items cancelled."""
    FBS_LATE_SHIP_RATE = "FBS_LATE_SHIP_RATE"
    """FBS and Express: orders shipped late."""
    FBY_LATE_DELIVERY_RATE = "FBY_LATE_DELIVERY_RATE"
    """FBY: items that reached the warehouse late."""
    FBY_CANCELLATION_RATE = "FBY_CANCELLATION_RATE"
    """FBY: items of a supply that were cancelled or never brought."""
    FBY_DELIVERY_DIFF_RATE = "FBY_DELIVERY_DIFF_RATE"
    """FBY: items that were missing from a supply or not accepted."""
    FBY_LATE_EDITING_RATE = "FBY_LATE_EDITING_RATE"
    """FBY: items taken out of a supply request too late."""


class QualityRatingComponent(Model, kw_only=True, frozen=True):
    """A component of the quality index and its value.

    Attributes:
        value: the share in per cent, 0 to 100.
        component_type: what is counted.
    """

    value: Annotated[float, Bounds(ge=0, le=100)]
    component_type: QualityRatingComponentType


class QualityRating(Model, kw_only=True, frozen=True):
    """The quality index on one day.

    Attributes:
        rating: the index, 0 to 100.
        calculation_date: the day it was worked out for.
        components: what it is made of.
    """

    rating: Annotated[int, Bounds(ge=0, le=100)]
    calculation_date: date
    components: list[QualityRatingComponent]


class CampaignQualityRating(Model, kw_only=True, frozen=True):
    """The quality index of one store.

    Attributes:
        campaign_id: the store.
        ratings: its values, one for each day it was worked out.
    """

    campaign_id: Id
    ratings: list[QualityRating]


class CampaignsQualityRating(Model, kw_only=True, frozen=True):
    """The quality indexes of stores.

    Attributes:
        campaign_ratings: one for each store.
    """

    campaign_ratings: list[CampaignQualityRating]


class QualityRatingAffectedOrder(Model, kw_only=True, frozen=True):
    """An order that pulled down the quality index.

    Attributes:
        order_id: the order.
        description: what went wrong, in the Market's words.
        component_type: the component it counts against.
    """

    order_id: Annotated[int, Bounds(ge=0)]
    description: str
    component_type: AffectedOrderQualityRatingComponentType


class QualityRatingDetails(Model, kw_only=True, frozen=True):
    """The orders that pulled down a quality index.

    Attributes:
        affected_orders: the orders.
    """

    affected_orders: list[QualityRatingAffectedOrder]


class QualityRatingDetailsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getQualityRatingDetails.

    Attributes:
        result: what was asked for.
    """

    result: QualityRatingDetails | None = None


class QualityRatingRequest(Model, kw_only=True, frozen=True):
    """What getQualityRatings takes.

    Attributes:
        date_from: the first day, at most 30 days before today, and today at the latest; None leaves it to the Market.
        date_to: the last day, today at the latest; None leaves it to the Market.
        campaign_ids: the stores, at least one, without repeats; any number, 50 a request: each the campaignId of
            `get_campaigns`.
    """

    date_from: date | None = None
    date_to: date | None = None
    campaign_ids: Annotated[list[Id], Bounds(min_length=1, max_length=50, unique=True)]


class QualityRatingResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getQualityRatings.

    Attributes:
        result: what was asked for.
    """

    result: CampaignsQualityRating | None = None

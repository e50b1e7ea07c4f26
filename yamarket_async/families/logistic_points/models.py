"""The structs of logistic points."""

from datetime import date
from typing import Annotated

from yamarket_async.models.answers import ApiResponse, ForwardScrollingPager
from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Bounds, Id, Int32
from yamarket_async.models.places import Gps
from yamarket_async.models.schedules import DayOfWeekType


class LogisticPointAddress(Model, kw_only=True, frozen=True):
    """Where a pick-up point is.

    Attributes:
        full_address: all of it on one line, 1 to 512 characters.
        gps: latitude and longitude.
        region_id: the region, as in `search_regions_by_id`.
        city: the town, 1 to 128 characters.
        street: the street, 1 to 128 characters.
        house: number of the house, 1 to 16 characters.
        building: number of the building, 1 to 16 characters.
        block: number of the block, 1 to 16 characters.
        km: the kilometre of the road, 0 or more, where there is no street.
        additional: what else helps to find it, 1 to 1,024 characters.
    """

    full_address: Annotated[str, Bounds(min_length=1, max_length=512)]
    gps: Gps
    region_id: int
    city: Annotated[str, Bounds(min_length=1, max_length=128)] | None = None
    street: Annotated[str, Bounds(min_length=1, max_length=128)] | None = None
    house: Annotated[str, Bounds(min_length=1, max_length=16)] | None = None
    building: Annotated[str, Bounds(min_length=1, max_length=16)] | None = None
    block: Annotated[str, Bounds(min_length=1, max_length=16)] | None = None
    km: Annotated[Int32, Bounds(ge=0)] | None = None
    additional: Annotated[str, Bounds(min_length=1, max_length=1024)] | None = None


class LogisticPointBrandType(OpenEnum):
    """Whose pick-up point it is."""

    MARKET = "MARKET"
    """The Market's."""


class LogisticPointDimensionRestrictions(Model, kw_only=True, frozen=True):
    """How large one item may be.

    Attributes:
        weight: grams at most.
        height: centimetres at most.
        width: centimetres at most.
        length: centimetres at most.
        dimensions_sum: centimetres at most of the three sides together.
    """

    weight: Annotated[Int32, Bounds(ge=1)]
    height: Annotated[Int32, Bounds(ge=1)]
    width: Annotated[Int32, Bounds(ge=1)]
    length: Annotated[Int32, Bounds(ge=1)]
    dimensions_sum: Annotated[Int32, Bounds(ge=1)]


class LogisticPointDeliveryRestriction(Model, kw_only=True, frozen=True):
    """What a pick-up point can't take.

    Attributes:
        dimensions_restrictions: the largest item it takes.
    """

    dimensions_restrictions: LogisticPointDimensionRestrictions


class LogisticPointFeatureType(OpenEnum):
    """What a pick-up point offers."""

    RETURN_ALLOWED = "RETURN_ALLOWED"
    """It takes returns; whether it takes these items, ask `get_return_delivery_options`, as points differ in that."""


class ScheduleDay(Model, kw_only=True, frozen=True):
    """The hours of a day of the week.

    Attributes:
        day: the day.
        start_time: when it opens, `HH:MM`.
        end_time: when it closes, `HH:MM`.
    """

    day: DayOfWeekType
    start_time: Annotated[str, Bounds(pattern=r"^([0-1][0-9]|2[0-3]):[0-5][0-9]$")]
    end_time: Annotated[str, Bounds(pattern=r"^([0-1][0-9]|2[0-3]):[0-5][0-9]$")]


class LogisticPointSchedule(Model, kw_only=True, frozen=True):
    """When a pick-up point is open.

    Attributes:
        schedule: the days of the week and their hours.
        holidays: the days that are holidays there; None for none.
    """

    schedule: Annotated[list[ScheduleDay], Bounds(min_length=1)]
    holidays: Annotated[list[date], Bounds(min_length=1, unique=True)] | None = None


class LogisticPoint(Model, kw_only=True, frozen=True):
    """A pick-up point.

    Attributes:
        logistic_point_id: its id, 1 or more.
        brand: whose it is.
        address: where it is.
        working_schedule: when it is open.
        delivery_restrictions: what it can't take.
        features: what it offers; None for nothing of the kind.
        storage_period: days for which it keeps an order.
    """

    logistic_point_id: Id
    brand: LogisticPointBrandType
    address: LogisticPointAddress
    working_schedule: LogisticPointSchedule
    delivery_restrictions: LogisticPointDeliveryRestriction
    features: Annotated[list[LogisticPointFeatureType], Bounds(min_length=1, unique=True)] | None = None
    storage_period: int


class LogisticsPoints(Model, kw_only=True, frozen=True):
    """A page of pick-up points.

    Attributes:
        logistic_points: the points.
        paging: the way to the next page.
    """

    logistic_points: list[LogisticPoint]
    paging: ForwardScrollingPager | None = None


class LogisticPointsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getLogisticPoints.

    Attributes:
        result: what was asked for.
    """

    result: LogisticsPoints | None = None

"""The structs of outlets."""

from decimal import Decimal
from typing import Annotated

from yamarket_async.models.answers import ApiResponse, ForwardScrollingPager
from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Bounds, Id, Int32, Outdated
from yamarket_async.models.places import Region
from yamarket_async.models.schedules import DayOfWeekType


class OutletAddress(Model, kw_only=True, frozen=True):
    """Where an outlet is.

    Attributes:
        region_id: the region: an id of `search_regions_by_name`, a town (called TOWN here and VILLAGE in
            the `type` of a region), a CITY or a REPUBLIC_AREA.
        street: the street, up to 512 characters.
        number: number of the house, up to 256 characters.
        building: number of the building, up to 16 characters.
        estate: number of the estate, up to 16 characters.
        block: number of the block, up to 16 characters.
        additional: what else helps to find it.
        km: the kilometre of the road, where there is no street.
        city: the town, up to 200 characters; shut off on 19 October 2026, `region_id` says it.
    """

    region_id: int
    street: Annotated[str, Bounds(max_length=512)] | None = None
    number: Annotated[str, Bounds(max_length=256)] | None = None
    building: Annotated[str, Bounds(max_length=16)] | None = None
    estate: Annotated[str, Bounds(max_length=16)] | None = None
    block: Annotated[str, Bounds(max_length=16)] | None = None
    additional: str | None = None
    km: Int32 | None = None
    city: Annotated[Annotated[str, Bounds(max_length=200)], Outdated("regionId")] | None = None


class OutletDeliveryRule(Model, kw_only=True, frozen=True):
    """How orders get to an outlet.

    Days are working days. Either `min_delivery_days` and `max_delivery_days` are given, and for DEPOT and MIXED they
    must be, or `unspecified_delivery_interval`. How far the two may lie apart depends on where the order comes from:
    within the outlet's own region at most 2 days; elsewhere at most 4 while the least is up to 18, and from there on
    the most may be up to twice the least (21 to 42, say).

    Attributes:
        min_delivery_days: the least working days until an order is there, 0 (the same day) to 60.
        max_delivery_days: the most working days, 0 to 60.
        delivery_service_id: who brings it there: an id of `get_delivery_services`.
        order_before: the hour, 0 to 24, before which an order counts for today; a later one takes a working day more.
            24 by default.
        price_free_pickup: the price of a product from which on fetching it is free.
        unspecified_delivery_interval: True where the days aren't known beforehand, because orders are brought together
            or made to order; never False. Not together with days.
    """

    min_delivery_days: Annotated[Int32, Bounds(ge=0, le=60)] | None = None
    max_delivery_days: Annotated[Int32, Bounds(ge=0, le=60)] | None = None
    delivery_service_id: Id | None = None
    order_before: Annotated[Int32, Bounds(ge=0, le=24)] | None = None
    price_free_pickup: Decimal | None = None
    unspecified_delivery_interval: bool | None = None


class OutletType(OpenEnum):
    """What kind of outlet it is."""

    DEPOT = "DEPOT"
    """A pick-up point."""
    MIXED = "MIXED"
    """A shop and a pick-up point."""
    RETAIL = "RETAIL"
    """A shop."""
    NOT_DEFINED = "NOT_DEFINED"
    """The Market failed to tell; only in answers."""


class OutletVisibilityType(OpenEnum):
    """Whether an outlet is switched on."""

    HIDDEN = "HIDDEN"
    """Off."""
    VISIBLE = "VISIBLE"
    """On."""
    UNKNOWN = "UNKNOWN"
    """The Market failed to tell; only in answers."""


class OutletWorkingScheduleItem(Model, kw_only=True, frozen=True):
    """Days of the week with the same hours.

    Attributes:
        start_day: the first day.
        end_day: the last day.
        start_time: when it opens, `HH:MM`.
        end_time: when it closes, `HH:MM`.
    """

    start_day: DayOfWeekType
    end_day: DayOfWeekType
    start_time: Annotated[str, Bounds(pattern=r"^([0-1][0-9]|2[0-3]):[0-5][0-9]$")]
    end_time: Annotated[str, Bounds(pattern=r"^([0-1][0-9]|2[0-3]):[0-5][0-9]$")]


class OutletWorkingSchedule(Model, kw_only=True, frozen=True):
    """When an outlet is open.

    Attributes:
        work_in_holiday: whether it is open on public holidays.
        schedule_items: the days of the week and their hours, at least one.
    """

    work_in_holiday: bool | None = None
    schedule_items: Annotated[list[OutletWorkingScheduleItem], Bounds(min_length=1)]


class Outlet(Model, kw_only=True, frozen=True):
    """A shop or pick-up point.

    Attributes:
        name: its name.
        type: pick-up point, shop, or both.
        coords: longitude, then latitude; if left out, found by the address.
        is_main: whether it is the store's main outlet.
        shop_outlet_code: your own id for it.
        visibility: whether it is switched on.
        address: where it is.
        phones: telephone numbers, at least one, as `+7 (999) 999-99-99#1234` (the extension may be left out).
        working_schedule: when it is open.
        delivery_rules: how orders get there; needed with DEPOT and MIXED.
        storage_period: days for which an order is kept there.
    """

    name: str
    type: OutletType
    coords: str | None = None
    is_main: bool | None = None
    shop_outlet_code: str | None = None
    visibility: OutletVisibilityType | None = None
    address: OutletAddress
    phones: Annotated[list[Annotated[str, Bounds(min_length=1)]], Bounds(min_length=1, unique=True)]
    working_schedule: OutletWorkingSchedule
    delivery_rules: Annotated[list[OutletDeliveryRule], Bounds(min_length=1)] | None = None
    storage_period: int | None = None


class ChangeOutletRequest(Outlet, kw_only=True, frozen=True):
    """What createOutlet and updateOutlet take."""


class CreatedOutlet(Model, kw_only=True, frozen=True):
    """The outlet that was made.

    Attributes:
        id: the id that the Market gave it.
    """

    id: int | None = None


class CreateOutletResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of createOutlet.

    Attributes:
        result: what was asked for.
    """

    result: CreatedOutlet | None = None


class OutletStatusType(OpenEnum):
    """How far moderators are with an outlet."""

    AT_MODERATION = "AT_MODERATION"
    """Being checked."""
    FAILED = "FAILED"
    """Turned down."""
    MODERATED = "MODERATED"
    """Checked and approved."""
    NONMODERATED = "NONMODERATED"
    """New; still to be checked."""
    UNKNOWN = "UNKNOWN"
    """The Market failed to tell."""


class FullOutlet(Outlet, kw_only=True, frozen=True):
    """An outlet as the Market keeps it.

    Attributes:
        id: the id that the Market gave it.
        status: how far moderators are with it.
        region: the region it delivers in.
        shop_outlet_id: your own id for it; shut off on 19 October 2026, use `shop_outlet_code`.
        working_time: when it is open, as text; shut off on 19 October 2026, use `working_schedule`.
        moderation_reason: what moderators say of it.
    """

    id: int
    status: OutletStatusType | None = None
    region: Region | None = None
    shop_outlet_id: Annotated[str, Outdated("shopOutletCode")] | None = None
    working_time: Annotated[str, Outdated("workingSchedule")] | None = None
    moderation_reason: str | None = None


class OutletResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getOutlet.

    Attributes:
        outlet: the outlet.
    """

    outlet: FullOutlet | None = None


class OutletsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getOutlets.

    Attributes:
        outlets: the outlets of the page.
        paging: the way to the next page.
    """

    outlets: list[FullOutlet]
    paging: ForwardScrollingPager | None = None

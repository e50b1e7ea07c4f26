"""The structs of campaigns."""

from typing import Annotated

from yamarket_async.models.answers import ApiResponse, FlippingPager, ForwardScrollingPager
from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Bounds, Id, Int32, Outdated
from yamarket_async.models.days import DottedDay
from yamarket_async.models.placement import ApiAvailabilityStatusType, Business, PlacementType
from yamarket_async.models.places import RegionType


class Campaign(Model, kw_only=True, frozen=True):
    """A store.

    Attributes:
        domain: the name of the store.
        id: the campaignId, 1 or more: the number under which the API knows the store; not the store's ID in the
            account, nor an advertising campaign.
        client_id: the payer in Yandex Balance; it was to be switched off on 5 October 2026.
        business: the cabinet that the store belongs to.
        placement_type: the model the store works by: FBS (Express too), FBY, DBS or LAAS.
        api_availability: whether the API is open to the store, and if not, why.
    """

    domain: str | None = None
    id: Id = 0  # not None, so that the loop over stores needs no check for what always is there
    client_id: Annotated[int, Outdated()] | None = None
    business: Business | None = None
    placement_type: PlacementType | None = None
    api_availability: ApiAvailabilityStatusType | None = None


class CampaignSettingsTimePeriod(Model, kw_only=True, frozen=True):
    """The days for which the days off of the delivery were worked out.

    Attributes:
        from_date: the first day, included.
        to_date: the last day, included.
    """

    from_date: DottedDay | None = None
    to_date: DottedDay | None = None


class CampaignSettingsSchedule(Model, kw_only=True, frozen=True):
    """When the delivery of a store works in its home region.

    Attributes:
        available_on_holidays: whether it works on public holidays.
        custom_holidays: single days on which it doesn't work, as the seller set them.
        custom_working_days: days off and holidays on which it works nevertheless, as the seller set them.
        period: the days for which `total_holidays` were worked out.
        total_holidays: all days without delivery in that period: weekly days off, public holidays and days of the
            seller's own, taken together.
        weekly_holidays: the days of the week without delivery, each 1 to 7.
    """

    available_on_holidays: bool | None = None
    custom_holidays: Annotated[list[DottedDay], Bounds(unique=True)]
    custom_working_days: Annotated[list[DottedDay], Bounds(unique=True)]
    period: CampaignSettingsTimePeriod | None = None
    total_holidays: Annotated[list[DottedDay], Bounds(unique=True)]
    weekly_holidays: Annotated[list[Annotated[Int32, Bounds(ge=1, le=7)]], Bounds(unique=True)]


class CampaignSettingsDelivery(Model, kw_only=True, frozen=True):
    """The delivery of a store in its home region.

    Attributes:
        schedule: on which days it works.
    """

    schedule: CampaignSettingsSchedule | None = None


class CampaignSettingsScheduleSourceType(OpenEnum):
    """Where the schedule of the delivery comes from."""

    WEB = "WEB"
    """The settings in the seller's account."""
    YML = "YML"
    """The price list of the store."""


class CampaignSettingsLocalRegion(Model, kw_only=True, frozen=True):
    """The home region of a store.

    Attributes:
        id: the region, as in `search_regions_by_id`.
        name: its name.
        type: what kind of region it is.
        delivery_options_source: where the schedule of the delivery comes from.
        delivery: how the store delivers there.
    """

    id: int | None = None
    name: str | None = None
    type: RegionType | None = None
    delivery_options_source: CampaignSettingsScheduleSourceType | None = None
    delivery: CampaignSettingsDelivery | None = None


class VatRateType(OpenEnum):
    """A rate of VAT."""

    VAT_22 = "VAT_22"
    """22 %."""
    NO_VAT = "NO_VAT"
    """No VAT."""
    VAT_12 = "VAT_12"
    """12 %."""
    VAT_10 = "VAT_10"
    """10 %."""
    VAT_05 = "VAT_05"
    """5 %."""
    VAT_07 = "VAT_07"
    """7 %."""


class TaxationInfo(Model, kw_only=True, frozen=True):
    """How a store is taxed.

    Attributes:
        vat: its rate of VAT; None where the account has a rate that this list doesn't know.
    """

    vat: VatRateType | None = None


class CampaignSettings(Model, kw_only=True, frozen=True):
    """The settings of a store.

    Attributes:
        country_region: the region that the store is in.
        shop_name: its name on the Market; None where it has none.
        show_in_context: whether it is shown on partner sites of Yandex Distribution; it was to be switched off on 12
            October 2026.
        show_in_premium: whether its products may stand above the search results; it was to be switched off on 12
            October 2026.
        use_open_stat: whether it uses an outside web counter; it was to be switched off on 12 October 2026.
        local_region: its home region and the delivery there.
        taxation: how it is taxed.
    """

    country_region: int | None = None
    shop_name: str | None = None
    show_in_context: Annotated[bool, Outdated()] | None = None
    show_in_premium: Annotated[bool, Outdated()] | None = None
    use_open_stat: Annotated[bool, Outdated()] | None = None
    local_region: CampaignSettingsLocalRegion | None = None
    taxation: TaxationInfo


class CampaignResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getCampaign.

    Attributes:
        campaign: the store.
    """

    campaign: Campaign | None = None


class CampaignSettingsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getCampaignSettings.

    Attributes:
        settings: the settings.
    """

    settings: CampaignSettings | None = None


class CampaignsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getCampaigns.

    Attributes:
        campaigns: the stores of a page.
        pager: where the page lies, for the older paging by number.
        paging: the way to the next page.
    """

    campaigns: list[Campaign]
    pager: FlippingPager | None = None
    paging: ForwardScrollingPager | None = None

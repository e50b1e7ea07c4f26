"""The structs of getCampaigns: the stores that a key can see."""

from yamarket_async.models.answers import ApiResponse, FlippingPager, ScrollingPager
from yamarket_async.models.base import Model, OpenEnum


class PlacementType(OpenEnum):
    """The model by which a store works."""

    FBS = "FBS"
    FBY = "FBY"
    DBS = "DBS"
    LAAS = "LAAS"


class ApiAvailabilityStatusType(OpenEnum):
    """Whether a store can be reached over the API."""

    AVAILABLE = "AVAILABLE"
    DISABLED_BY_INACTIVITY = "DISABLED_BY_INACTIVITY"
    DISABLED_BY_NO_ACTIVE_CONTRACT = "DISABLED_BY_NO_ACTIVE_CONTRACT"
    MANUALLY_DISABLED = "MANUALLY_DISABLED"
    DISABLED_BY_NO_PLACEMENT_TYPE = "DISABLED_BY_NO_PLACEMENT_TYPE"


class Business(Model, kw_only=True, frozen=True):
    """A cabinet (`BusinessDTO`).

    Attributes:
        id: the businessId.
        name: its name.
    """

    id: int | None = None
    name: str | None = None


class Campaign(Model, kw_only=True, frozen=True):
    """A store (`CampaignDTO`).

    Attributes:
        id: the campaignId.
        domain: its name.
        business: the cabinet that it belongs to.
        placement_type: the model by which it works.
        api_availability: whether it can be reached over the API.
        client_id: the id of its owner (deprecated by the Market).
    """

    id: int | None = None
    domain: str | None = None
    business: Business | None = None
    placement_type: PlacementType | None = None
    api_availability: ApiAvailabilityStatusType | None = None
    client_id: int | None = None


class CampaignsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getCampaigns."""

    campaigns: list[Campaign]
    pager: FlippingPager | None = None
    paging: ScrollingPager | None = None

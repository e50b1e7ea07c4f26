"""The structs of getCampaignOffers: products that are placed in a store."""

from yamarket_async.models.answers import ApiResponse, ScrollingPager
from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.prices import PriceWithDiscount, PriceWithVat


class OfferCampaignStatusType(OpenEnum):
    """The status of a product in a store."""

    PUBLISHED = "PUBLISHED"
    """Ready for sale."""
    CHECKING = "CHECKING"
    """On inspection."""
    DISABLED_BY_PARTNER = "DISABLED_BY_PARTNER"
    """Hidden by the seller."""
    DISABLED_AUTOMATICALLY = "DISABLED_AUTOMATICALLY"
    """Has errors to be mended."""
    REJECTED_BY_MARKET = "REJECTED_BY_MARKET"
    """Rejected."""
    CREATING_CARD = "CREATING_CARD"
    """Its card is being created."""
    NO_CARD = "NO_CARD"
    """Needs a card."""
    NO_STOCKS = "NO_STOCKS"
    """Not in stock."""
    ARCHIVED = "ARCHIVED"
    """In the archive."""
    READY_FOR_PUBLICATION = "READY_FOR_PUBLICATION"
    """Ready to be published; in the description of 2026, not yet in the page."""


class Quantum(Model, kw_only=True, frozen=True):
    """How many units are sold at once (`QuantumDTO`).

    Attributes:
        min_quantity: the fewest units in an order, 1 or more.
        step_quantity: units by which a buyer adds to it, 1 to 100.
    """

    min_quantity: int | None = None
    step_quantity: int | None = None


class OfferError(Model, kw_only=True, frozen=True):
    """What is wrong with the placement of a product (`OfferErrorDTO`).

    Attributes:
        message: the type of the error.
        comment: its explanation.
    """

    message: str | None = None
    comment: str | None = None


class CampaignOffer(Model, kw_only=True, frozen=True):
    """How a product is placed in a store (`GetCampaignOfferDTO`).

    Attributes:
        offer_id: the SKU.
        quantum: how many units are sold at once.
        available: whether it is on sale (deprecated by the Market).
        basic_price: its price for all stores.
        campaign_price: its price in this store.
        status: its status in this store.
        errors: what keeps it off the showcase.
        warnings: what is wrong and doesn't keep it off.
    """

    offer_id: str
    quantum: Quantum | None = None
    available: bool | None = None
    basic_price: PriceWithDiscount | None = None
    campaign_price: PriceWithVat | None = None
    status: OfferCampaignStatusType | None = None
    errors: list[OfferError] | None = None
    warnings: list[OfferError] | None = None


class CampaignOffersResult(Model, kw_only=True, frozen=True):
    """A page of products (`GetCampaignOffersResultDTO`)."""

    offers: list[CampaignOffer]
    paging: ScrollingPager | None = None


class CampaignOffersResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getCampaignOffers."""

    result: CampaignOffersResult

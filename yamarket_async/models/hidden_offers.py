"""The structs of getHiddenOffers: products that are hidden in a store."""

from yamarket_async.models.answers import ApiResponse, ScrollingPager
from yamarket_async.models.base import Model


class HiddenOffer(Model, kw_only=True, frozen=True):
    """A hidden product (`HiddenOfferDTO`).

    Attributes:
        offer_id: the SKU.
    """

    offer_id: str


class HiddenOffersResult(Model, kw_only=True, frozen=True):
    """A page of hidden products (`GetHiddenOffersResultDTO`)."""

    hidden_offers: list[HiddenOffer]
    paging: ScrollingPager | None = None


class HiddenOffersResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getHiddenOffers."""

    result: HiddenOffersResult

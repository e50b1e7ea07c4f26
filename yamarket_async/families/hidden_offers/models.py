"""The structs of hidden offers."""

from typing import Annotated

from yamarket_async.models.answers import ApiResponse, ScrollingPager
from yamarket_async.models.base import Model
from yamarket_async.models.bounds import Bounds, Sku


class HiddenOffer(Model, kw_only=True, frozen=True):
    """A product that is hidden, or is to be hidden or shown.

    Attributes:
        offer_id: the SKU, 1 to 255 characters.
    """

    offer_id: Sku


class AddHiddenOffersRequest(Model, kw_only=True, frozen=True):
    """What addHiddenOffers takes.

    Attributes:
        hidden_offers: the products, any number; up to 500 go into a request, each SKU once.
    """

    hidden_offers: Annotated[list[HiddenOffer], Bounds(min_length=1, max_length=500)]


class DeleteHiddenOffersRequest(Model, kw_only=True, frozen=True):
    """What deleteHiddenOffers takes.

    Attributes:
        hidden_offers: the products, any number; up to 500 go into a request.
    """

    hidden_offers: Annotated[list[HiddenOffer], Bounds(min_length=1, max_length=500)]


class HiddenOffersResult(Model, kw_only=True, frozen=True):
    """A page of hidden products.

    Attributes:
        paging: the way to the next page.
        hidden_offers: the products.
    """

    paging: ScrollingPager | None = None
    hidden_offers: list[HiddenOffer]


class HiddenOffersResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getHiddenOffers.

    Attributes:
        result: what was asked for.
    """

    result: HiddenOffersResult | None = None

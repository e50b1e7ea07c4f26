"""What an endpoint is, and the table of them, as data.

A new method is an entry here, its structs, and a short method of `MarketClient`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar
from urllib.parse import quote

import msgspec

from yamarket_async.limits import Entity, Limit
from yamarket_async.models.answers import ApiResponse, FlippingPager, ScrollingPager
from yamarket_async.models.campaign_offers import CampaignOffer, CampaignOffersResponse
from yamarket_async.models.campaigns import Campaign, CampaignsResponse
from yamarket_async.models.deleted_offers import DeleteCampaignOffersResponse
from yamarket_async.models.hidden_offers import HiddenOffer, HiddenOffersResponse
from yamarket_async.models.offers import Offer, OffersResponse
from yamarket_async.models.promo_offers import PromoOffer, PromoOffersResponse

ResponseT = TypeVar("ResponseT", bound=ApiResponse)
ItemT = TypeVar("ItemT")

MAX_INT32 = 2**31 - 1

REFERENCE = "https://yandex.ru/dev/market/partner-api/doc/en/reference/"


@dataclass(frozen=True, kw_only=True)
class Endpoint(Generic[ResponseT]):
    """A method of the Partner API, as its page describes it.

    Attributes:
        name: its name (`operationId`).
        http_method: GET or POST.
        path: its path; the one placeholder names the entity that its limits belong to.
        response: the struct of its answer.
        max_size: the most items on a page, or in the list that it takes.
        limit: its documented resource limit; None where no figure is published.
        scopes: the accesses of which a key needs one.
        reference: its page, below `REFERENCE`.
    """

    name: str
    http_method: Literal["GET", "POST"]
    path: str
    response: type[ResponseT]
    max_size: int
    limit: Limit | None
    scopes: tuple[str, ...]
    reference: str

    @cached_property
    def decoder(self) -> msgspec.json.Decoder[ResponseT]:
        """The decoder of its answers, made when first used."""
        return msgspec.json.Decoder(self.response)

    @cached_property
    def entity_kind(self) -> Literal["campaign", "business", "token"]:
        """What its limits belong to."""
        if "{campaignId}" in self.path:
            return "campaign"
        return "business" if "{businessId}" in self.path else "token"


@dataclass(frozen=True, kw_only=True)
class PagedEndpoint(Endpoint[ResponseT], Generic[ResponseT, ItemT]):
    """A method that answers in pages.

    Attributes:
        items: takes the list of items out of an answer.
        paging: takes the pager out of an answer.
    """

    items: Callable[[ResponseT], list[ItemT]]
    paging: Callable[[ResponseT], ScrollingPager | FlippingPager | None]


Query = tuple[tuple[str, str], ...]


class Request(msgspec.Struct, frozen=True, gc=False):
    """A request to be sent.

    Attributes:
        endpoint: the method.
        entity_id: the campaignId or businessId; 0 for methods whose limits belong to the token.
        query: the parameters of the URL, not yet encoded.
        body: the JSON body of a POST.
        size: the size of the collection that is sent or asked for: what the request can cost where items are counted.
    """

    endpoint: Endpoint[Any]
    entity_id: int
    query: Query = ()
    body: bytes | None = None
    size: int = 1

    def with_query(self, *parameters: tuple[str, str | None], size: int = 1) -> "Request":
        """Give the same request with more parameters, less those without a value, and with another size."""
        present = tuple((name, value) for name, value in parameters if value is not None)
        return Request(self.endpoint, self.entity_id, self.query + present, self.body, size)

    @property
    def entity(self) -> Entity:
        """What the limits of this request belong to."""
        return Entity(self.endpoint.entity_kind, self.entity_id)

    @property
    def target(self) -> str:
        """The path and the query, encoded."""
        path = self.endpoint.path.format(campaignId=self.entity_id, businessId=self.entity_id)
        return path + "?" + encode_query(self.query) if self.query else path


def encode_query(query: Query) -> str:
    """Encode parameters for a URL; a Cyrillic letter takes six bytes."""
    return "&".join(f"{name}={quote(value, safe='')}" for name, value in query)


# Scopes, each list as it stands at the top of a method's page.
_ALL = ("all-methods",)
_ALL_READ = ("all-methods", "all-methods:read-only")
_OFFERS = (*_ALL, "offers-and-cards-management")
_OFFERS_READ = (*_ALL_READ, "offers-and-cards-management", "offers-and-cards-management:read-only")
_PROMOS_READ = (*_ALL_READ, "pricing", "pricing:read-only", "promotion", "promotion:read-only")

GET_HIDDEN_OFFERS = PagedEndpoint[HiddenOffersResponse, HiddenOffer](
    name="getHiddenOffers",
    http_method="GET",
    path="/v2/campaigns/{campaignId}/hidden-offers",
    response=HiddenOffersResponse,
    items=lambda response: response.result.hidden_offers,
    paging=lambda response: response.result.paging,
    max_size=500,
    limit=Limit(10_000, period=60, unit="response_items"),
    scopes=_OFFERS_READ,
    reference="assortment/getHiddenOffers",
)

GET_CAMPAIGN_OFFERS = PagedEndpoint[CampaignOffersResponse, CampaignOffer](
    name="getCampaignOffers",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/offers",
    response=CampaignOffersResponse,
    items=lambda response: response.result.offers,
    paging=lambda response: response.result.paging,
    max_size=200,
    limit=Limit(10_000, period=60, unit="response_items"),
    scopes=_OFFERS_READ,
    reference="assortment/getCampaignOffers",
)

DELETE_CAMPAIGN_OFFERS = Endpoint[DeleteCampaignOffersResponse](
    name="deleteCampaignOffers",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/offers/delete",
    response=DeleteCampaignOffersResponse,
    max_size=500,
    limit=Limit(10_000, period=60, unit="request_items"),
    scopes=_OFFERS,
    reference="assortment/deleteCampaignOffers",
)

GET_PROMO_OFFERS = PagedEndpoint[PromoOffersResponse, PromoOffer](
    name="getPromoOffers",
    http_method="POST",
    path="/v2/businesses/{businessId}/promos/offers",
    response=PromoOffersResponse,
    items=lambda response: response.result.offers,
    paging=lambda response: response.result.paging,
    max_size=500,
    limit=Limit(10_000, period=3600, unit="requests"),
    scopes=_PROMOS_READ,
    reference="promos/getPromoOffers",
)

# Older than the versions of the paths, so it has none. Its limit is calculated for each store.
GET_OFFERS = PagedEndpoint[OffersResponse, Offer](
    name="getOffers",
    http_method="GET",
    path="/campaigns/{campaignId}/offers",
    response=OffersResponse,
    items=lambda response: response.offers,
    paging=lambda response: response.pager,
    max_size=MAX_INT32,  # no bound is published
    limit=None,
    scopes=_OFFERS_READ,
    reference="assortment/getOffers",
)

GET_CAMPAIGNS = PagedEndpoint[CampaignsResponse, Campaign](
    name="getCampaigns",
    http_method="GET",
    path="/v2/campaigns",
    response=CampaignsResponse,
    items=lambda response: response.campaigns,
    paging=lambda response: response.paging,
    max_size=100,
    limit=Limit(1_000, period=3600, unit="requests"),
    scopes=(
        *_ALL_READ,
        "settings-management",
        "finance-and-accounting",
        "offers-and-cards-management",
        "offers-and-cards-management:read-only",
        "pricing",
        "pricing:read-only",
        "inventory-and-order-processing",
        "inventory-and-order-processing:read-only",
        "promotion",
        "promotion:read-only",
        "communication",
        "supplies-management:read-only",
    ),
    reference="campaigns/getCampaigns",
)

ENDPOINTS: dict[str, Endpoint[Any]] = {
    endpoint.name: endpoint
    for endpoint in (
        GET_HIDDEN_OFFERS,
        GET_CAMPAIGN_OFFERS,
        DELETE_CAMPAIGN_OFFERS,
        GET_PROMO_OFFERS,
        GET_OFFERS,
        GET_CAMPAIGNS,
    )
}

"""The operations of offers, an entry for each."""

from collections.abc import Iterable
from typing import Annotated, Any

from yamarket_async.endpoints import Deprecation, Endpoint, Ids, Judgement, Pages, Parameter, Quota, Things
from yamarket_async.families.offers import rules
from yamarket_async.families.offers.models import (
    CampaignOffersRequest,
    CampaignOffersResponse,
    DeleteCampaignOffersRequest,
    DeleteCampaignOffersResponse,
    OfferRecommendationsRequest,
    OfferRecommendationsResponse,
    UpdateCampaignOffersRequest,
)
from yamarket_async.families.offers.old_offers import OffersResponse
from yamarket_async.families.scopes import OFFERS, OFFERS_READ, PRICES_READ
from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.bounds import Bounds, Id
from yamarket_async.models.currency import CurrencyType


def not_deleted(answer: Any) -> Iterable[Judgement]:
    """Read which products stayed; the answer has no result where all were deleted."""
    for offer_id in (answer.result and answer.result.not_deleted_offer_ids) or ():
        yield Judgement(offer_id, "NOT_DELETED", "unknown, or in a warehouse of the Market")


GET_CAMPAIGN_OFFERS = Endpoint(
    name="getCampaignOffers",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/offers",
    body=CampaignOffersRequest,
    response=CampaignOffersResponse,
    pages=Pages("result.offers", "result.paging", size=200, default=100),
    ids=(
        Ids("offerIds", 200, key="offer_id", alone=True, excludes=("statuses", "category_ids", "vendor_names", "tags")),
    ),
    quota=Quota(1_000, 10_000, period=60),
    scopes=OFFERS_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS", "LAAS"),
    access="read",
    reference="offers/getCampaignOffers",
)

UPDATE_CAMPAIGN_OFFERS = Endpoint(
    name="updateCampaignOffers",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/offers/update",
    body=UpdateCampaignOffersRequest,
    response=ApiResponse,
    things=Things("offers", 500, key=("offer_id",), rules=(rules.known_vat,)),
    quota=Quota(5_000, 10_000, period=60, cost="req.offers"),
    scopes=OFFERS,
    models=("FBY", "FBS", "DBS", "EXPRESS", "LAAS"),
    refusals=(400, 401, 403, 404, 420, 423, 500),
    access="write",
    reference="offers/updateCampaignOffers",
)

DELETE_CAMPAIGN_OFFERS = Endpoint(
    name="deleteCampaignOffers",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/offers/delete",
    body=DeleteCampaignOffersRequest,
    response=DeleteCampaignOffersResponse,
    things=Things("offerIds", 500, report="DeletedOffers", judge=not_deleted),
    quota=Quota(5_000, 10_000, period=60, cost="req.offerIds"),
    scopes=OFFERS,
    models=("FBY", "FBS", "DBS", "EXPRESS", "LAAS"),
    refusals=(400, 401, 403, 404, 420, 423, 500),
    access="irreversible",
    repeat="detected",
    reference="offers/deleteCampaignOffers",
)

GET_OFFER_RECOMMENDATIONS = Endpoint(
    name="getOfferRecommendations",
    http_method="POST",
    path="/v2/businesses/{businessId}/offers/recommendations",
    body=OfferRecommendationsRequest,
    response=OfferRecommendationsResponse,
    pages=Pages("result.offerRecommendations", "result.paging", size=200, default=100),
    # The page doesn't say that such a list comes whole, and a request takes more ids than a page holds by default.
    ids=(Ids("offerIds", 200, key="offer.offer_id", excludes=("competitiveness_filter",)),),
    quota=Quota(50, 100, period=60),
    scopes=PRICES_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    yandex_go=False,
    access="read",
    reference="offers/getOfferRecommendations",
)

# Older than the versions of the paths, so it has none; and it is in no description. Its limit is calculated for each
# store.
GET_OFFERS = Endpoint(
    name="getOffers",
    http_method="GET",
    path="/campaigns/{campaignId}/offers",
    query=(
        Parameter("query", Annotated[str, Bounds(min_length=1)]),
        Parameter("feedId", Id),
        Parameter("shopCategoryId", Annotated[str, Bounds(min_length=1)]),
        Parameter("currency", CurrencyType),
        Parameter("matched", bool),
    ),
    response=OffersResponse,
    pages=Pages("offers", "pager", size=None, by="number"),
    quota=None,
    scopes=OFFERS_READ,
    refusals=(400, 401, 403, 404, 420, 500),
    access="read",
    deprecated=Deprecation("get_campaign_offers", degrades=None, ends=None),
    reference="assortment/getOffers",
)

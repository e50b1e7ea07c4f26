"""The operations of bids, an entry for each."""

from yamarket_async.endpoints import Endpoint, Ids, Pages, Quota, Things
from yamarket_async.families.bids import rules
from yamarket_async.families.bids.models import (
    BidsInfoRequest,
    BidsInfoResponse,
    BidsRecommendationsRequest,
    BidsRecommendationsResponse,
    PutSkuBidsRequest,
)
from yamarket_async.models.answers import ApiResponse

PUT_BIDS_FOR_BUSINESS = Endpoint(
    name="putBidsForBusiness",
    http_method="PUT",
    path="/v2/businesses/{businessId}/bids",
    body=PutSkuBidsRequest,
    response=ApiResponse,
    things=Things("bids", 1500, key=("sku",), rules=(rules.bid,)),
    quota=Quota(500, 1_000, period=60),
    scopes=("all-methods", "pricing", "promotion"),
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    yandex_go=False,
    access="write",
    reference="bids/putBidsForBusiness",
)

PUT_BIDS_FOR_CAMPAIGN = Endpoint(
    name="putBidsForCampaign",
    http_method="PUT",
    path="/v2/campaigns/{campaignId}/bids",
    body=PutSkuBidsRequest,
    response=ApiResponse,
    things=Things("bids", 1500, key=("sku",), rules=(rules.bid,)),
    quota=Quota(1_000, 1_000, period=60),
    scopes=("all-methods", "pricing", "promotion"),
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    yandex_go=False,
    access="write",
    reference="bids/putBidsForCampaign",
)

GET_BIDS_INFO_FOR_BUSINESS = Endpoint(
    name="getBidsInfoForBusiness",
    http_method="POST",
    path="/v2/businesses/{businessId}/bids/info",
    body=BidsInfoRequest,
    body_required=False,
    response=BidsInfoResponse,
    pages=Pages("result.bids", "result.paging", size=500, default=250, truncates=True),
    ids=(Ids("skus", 500, key="sku", alone=True),),
    quota=Quota(500, 1_000, period=60),
    scopes=("all-methods", "all-methods:read-only", "pricing", "pricing:read-only", "promotion", "promotion:read-only"),
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    yandex_go=False,
    access="read",
    reference="bids/getBidsInfoForBusiness",
)

GET_BIDS_RECOMMENDATIONS = Endpoint(
    name="getBidsRecommendations",
    http_method="POST",
    path="/v2/businesses/{businessId}/bids/recommendations",
    body=BidsRecommendationsRequest,
    response=BidsRecommendationsResponse,
    pages=Pages("result.recommendations", "", size=None, by="once"),
    ids=(Ids("skus", 1500, key="sku", alone=True),),
    quota=Quota(500, 1_000, period=60),
    scopes=("all-methods", "all-methods:read-only", "pricing", "pricing:read-only", "promotion", "promotion:read-only"),
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    yandex_go=False,
    access="read",
    reference="bids/getBidsRecommendations",
)

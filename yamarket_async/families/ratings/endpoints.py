"""The operations of ratings, an entry for each."""

from yamarket_async.endpoints import Endpoint, Ids, Pages, Quota
from yamarket_async.families.ratings import rules
from yamarket_async.families.ratings.models import (
    QualityRatingDetailsResponse,
    QualityRatingRequest,
    QualityRatingResponse,
)

GET_QUALITY_RATINGS = Endpoint(
    name="getQualityRatings",
    http_method="POST",
    path="/v2/businesses/{businessId}/ratings/quality",
    body=QualityRatingRequest,
    response=QualityRatingResponse,
    pages=Pages("result.campaignRatings", "", size=None, by="once"),
    ids=(Ids("campaignIds", 50, key="campaign_id", alone=True),),
    rules=(
        rules.period,
        rules.recent,
    ),
    quota=Quota(500, 500, period=3600),
    scopes=(
        "all-methods",
        "all-methods:read-only",
        "settings-management",
        "inventory-and-order-processing",
        "inventory-and-order-processing:read-only",
    ),
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="read",
    reference="ratings/getQualityRatings",
)

GET_QUALITY_RATING_DETAILS = Endpoint(
    name="getQualityRatingDetails",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/ratings/quality/details",
    response=QualityRatingDetailsResponse,
    quota=Quota(5_000, 5_000, period=3600),
    scopes=(
        "all-methods",
        "all-methods:read-only",
        "settings-management",
        "inventory-and-order-processing",
        "inventory-and-order-processing:read-only",
    ),
    models=("FBS", "DBS", "EXPRESS"),
    access="read",
    reference="ratings/getQualityRatingDetails",
)

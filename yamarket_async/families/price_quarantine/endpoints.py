"""The operations of price quarantine, an entry for each."""

from yamarket_async.endpoints import Endpoint, Ids, Pages, Quota, Things
from yamarket_async.families.price_quarantine.models import (
    ConfirmPricesRequest,
    QuarantineOffersRequest,
    QuarantineOffersResponse,
)
from yamarket_async.families.scopes import PRICES, PRICES_READ
from yamarket_async.models.answers import ApiResponse

# The pages don't say that a list by ids comes whole, and a request takes more ids than a page holds by default.
GET_BUSINESS_QUARANTINE_OFFERS = Endpoint(
    name="getBusinessQuarantineOffers",
    http_method="POST",
    path="/v2/businesses/{businessId}/price-quarantine",
    body=QuarantineOffersRequest,
    response=QuarantineOffersResponse,
    pages=Pages("result.offers", "result.paging", size=200, default=100),
    ids=(
        Ids(
            "offerIds",
            200,
            key="offer_id",
            excludes=("card_statuses", "category_ids", "vendor_names", "tags"),
        ),
    ),
    quota=Quota(5_000, 10_000, period=60),
    scopes=PRICES_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="read",
    reference="price-quarantine/getBusinessQuarantineOffers",
)

CONFIRM_BUSINESS_PRICES = Endpoint(
    name="confirmBusinessPrices",
    http_method="POST",
    path="/v2/businesses/{businessId}/price-quarantine/confirm",
    body=ConfirmPricesRequest,
    response=ApiResponse,
    things=Things("offerIds", 200),
    quota=Quota(5_000, 10_000, period=60, cost="req.offerIds"),
    scopes=PRICES,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    refusals=(400, 401, 403, 404, 420, 423, 500),
    access="write",
    reference="price-quarantine/confirmBusinessPrices",
)

GET_CAMPAIGN_QUARANTINE_OFFERS = Endpoint(
    name="getCampaignQuarantineOffers",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/price-quarantine",
    body=QuarantineOffersRequest,
    response=QuarantineOffersResponse,
    pages=Pages("result.offers", "result.paging", size=200, default=100),
    ids=(
        Ids(
            "offerIds",
            200,
            key="offer_id",
            excludes=("card_statuses", "category_ids", "vendor_names", "tags"),
        ),
    ),
    quota=Quota(5_000, 10_000, period=60),
    scopes=PRICES_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="read",
    reference="price-quarantine/getCampaignQuarantineOffers",
)

CONFIRM_CAMPAIGN_PRICES = Endpoint(
    name="confirmCampaignPrices",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/price-quarantine/confirm",
    body=ConfirmPricesRequest,
    response=ApiResponse,
    things=Things("offerIds", 200),
    quota=Quota(5_000, 10_000, period=60, cost="req.offerIds"),
    scopes=PRICES,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    refusals=(400, 401, 403, 404, 420, 423, 500),
    access="write",
    reference="price-quarantine/confirmCampaignPrices",
)

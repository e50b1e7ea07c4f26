"""The operations of prices, an entry for each."""

from datetime import date

from yamarket_async.endpoints import Deprecation, Endpoint, Ids, Pages, Parameter, Quota, Things
from yamarket_async.families.prices import rules
from yamarket_async.families.prices.models import (
    DefaultPricesRequest,
    DefaultPricesResponse,
    PricesByOfferIdsRequest,
    PricesByOfferIdsResponse,
    PricesResponse,
    UpdateBusinessPricesRequest,
    UpdatePricesRequest,
)
from yamarket_async.families.scopes import PRICES, PRICES_READ
from yamarket_async.models.answers import ApiResponse

UPDATE_BUSINESS_PRICES = Endpoint(
    name="updateBusinessPrices",
    http_method="POST",
    path="/v2/businesses/{businessId}/offer-prices/updates",
    body=UpdateBusinessPricesRequest,
    response=ApiResponse,
    things=Things("offers", 500, key=("offer_id",), rules=(rules.price,)),
    quota=Quota(10_000, 10_000, period=60, cost="req.offers"),
    scopes=PRICES,
    refusals=(400, 401, 403, 404, 420, 423, 500),
    access="write",
    reference="prices/updateBusinessPrices",
)

UPDATE_PRICES = Endpoint(
    name="updatePrices",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/offer-prices/updates",
    body=UpdatePricesRequest,
    response=ApiResponse,
    things=Things("offers", 2000, key=("offer_id",), rules=(rules.store_price,)),
    quota=Quota(10_000, 10_000, period=60, cost="req.offers", parallel=12),
    scopes=PRICES,
    refusals=(400, 401, 403, 404, 420, 423, 500),
    access="write",
    reference="prices/updatePrices",
)

GET_PRICES = Endpoint(
    name="getPrices",
    http_method="GET",
    path="/v2/campaigns/{campaignId}/offer-prices",
    query=(Parameter("archived", bool),),
    response=PricesResponse,
    pages=Pages("result.offers", "result.paging", size=500, default=250, truncates=True),
    quota=Quota(150_000, 150_000, period=60, cost="resp.result.offers"),
    scopes=PRICES_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="read",
    deprecated=Deprecation("get_prices_by_offer_ids", degrades=date(2027, 1, 18), ends=date(2027, 4, 5)),
    reference="prices/getPrices",
)

GET_PRICES_BY_OFFER_IDS = Endpoint(
    name="getPricesByOfferIds",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/offer-prices",
    body=PricesByOfferIdsRequest,
    body_required=False,
    response=PricesByOfferIdsResponse,
    pages=Pages("result.offers", "result.paging", size=500, default=250, truncates=True),
    ids=(Ids("offerIds", 500, key="offer_id", alone=True),),
    quota=Quota(10_000, 100_000, period=60, cost="resp.result.offers"),
    scopes=PRICES_READ,
    access="read",
    reference="prices/getPricesByOfferIds",
)

GET_DEFAULT_PRICES = Endpoint(
    name="getDefaultPrices",
    http_method="POST",
    path="/v2/businesses/{businessId}/offer-prices",
    body=DefaultPricesRequest,
    body_required=False,
    response=DefaultPricesResponse,
    pages=Pages("result.offers", "result.paging", size=500, default=250, truncates=True),
    ids=(Ids("offerIds", 200, key="offer_id"),),
    quota=Quota(5_000, 10_000, period=60, cost="resp.result.offers"),
    scopes=PRICES_READ,
    access="read",
    reference="prices/getDefaultPrices",
)

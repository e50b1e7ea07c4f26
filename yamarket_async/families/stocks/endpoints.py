"""The operations of stocks, an entry for each."""

from yamarket_async.endpoints import Endpoint, Ids, Pages, Quota, Things
from yamarket_async.families.scopes import OFFERS, OFFERS_READ
from yamarket_async.families.stocks import rules
from yamarket_async.families.stocks.models import (
    StocksOnPartnerWarehousesRequest,
    StocksOnPartnerWarehousesResponse,
    UpdateStocksOnWarehousesRequest,
    UpdateStocksRequest,
    WarehouseStocksRequest,
    WarehouseStocksResponse,
)
from yamarket_async.models.answers import ApiResponse

UPDATE_STOCKS = Endpoint(
    name="updateStocks",
    http_method="PUT",
    path="/v2/campaigns/{campaignId}/offers/stocks",
    body=UpdateStocksRequest,
    response=ApiResponse,
    things=Things("skus", 2000, key=("sku",), rules=(rules.store_stock,)),
    quota=Quota(100_000, 100_000, period=60, cost="req.skus"),
    scopes=OFFERS,
    models=("FBS", "DBS", "EXPRESS"),
    access="write",
    reference="stocks/updateStocks",
)

GET_STOCKS = Endpoint(
    name="getStocks",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/offers/stocks",
    body=WarehouseStocksRequest,
    body_required=False,
    response=WarehouseStocksResponse,
    pages=Pages("result.warehouses", "result.paging", size=100, default=50, truncates=True),
    ids=(Ids("offerIds", 500, alone=True, excludes=("archived", "stocks_warehouse_id", "has_stocks")),),
    rules=(rules.in_a_warehouse,),
    quota=Quota(100_000, 100_000, period=60, cost="resp.result.warehouses.offers.offerId"),
    scopes=OFFERS_READ,
    refusals=(400, 401, 403, 420, 500),
    access="read",
    reference="stocks/getStocks",
)

UPDATE_STOCKS_ON_PARTNER_WAREHOUSES = Endpoint(
    name="updateStocksOnPartnerWarehouses",
    http_method="POST",
    path="/v3/businesses/{businessId}/offers/stocks/update",
    body=UpdateStocksOnWarehousesRequest,
    response=ApiResponse,
    things=Things(
        "skuItems", 2000, key=("sku", "partner_warehouse_id"), apart=(400, 404), rules=(rules.warehouse_stock,)
    ),
    quota=Quota(50, 50, period=60),
    scopes=OFFERS,
    models=("FBS", "DBS", "EXPRESS"),
    access="write",
    reference="stocks/updateStocksOnPartnerWarehouses",
)

GET_STOCKS_ON_PARTNER_WAREHOUSES = Endpoint(
    name="getStocksOnPartnerWarehouses",
    http_method="POST",
    path="/v3/businesses/{businessId}/offers/stocks",
    body=StocksOnPartnerWarehousesRequest,
    response=StocksOnPartnerWarehousesResponse,
    pages=Pages("result.offers", "result.paging", size=100, default=50, truncates=True),
    ids=(Ids("offerIds", 500, key="offer_id", alone=True, excludes=("archived",)),),
    quota=Quota(500, 500, period=60),
    scopes=OFFERS_READ,
    models=("FBS", "DBS", "EXPRESS"),
    access="read",
    reference="stocks/getStocksOnPartnerWarehouses",
)

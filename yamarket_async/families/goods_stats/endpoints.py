"""The operations of goods stats, an entry for each."""

from yamarket_async.endpoints import Endpoint, Ids, Pages, Quota
from yamarket_async.families.goods_stats.models import GoodsStatsRequest, GoodsStatsResponse
from yamarket_async.families.scopes import OFFERS_READ

GET_GOODS_STATS = Endpoint(
    name="getGoodsStats",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/stats/skus",
    body=GoodsStatsRequest,
    response=GoodsStatsResponse,
    pages=Pages("result.shopSkus", "", size=None, by="once"),
    ids=(Ids("shopSkus", 500, key="shop_sku", alone=True),),
    quota=Quota(2_000, 5_000, period=60, cost="resp.result.shopSkus"),
    scopes=OFFERS_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="read",
    reference="goods-stats/getGoodsStats",
)

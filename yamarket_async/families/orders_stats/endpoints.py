"""The operations of orders stats, an entry for each."""

from yamarket_async.endpoints import Endpoint, Ids, Pages, Quota
from yamarket_async.families.orders_stats import rules
from yamarket_async.families.orders_stats.models import OrdersStatsRequest, OrdersStatsResponse
from yamarket_async.families.scopes import ORDERS_READ

GET_ORDERS_STATS = Endpoint(
    name="getOrdersStats",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/stats/orders",
    body=OrdersStatsRequest,
    body_required=False,
    response=OrdersStatsResponse,
    pages=Pages("result.orders", "result.paging", size=200, default=100),
    # The description has no bound for the list; the page says that a request is for 200 orders at the most.
    ids=(Ids("orders", 200, key="id"),),
    rules=(
        rules.one_range,
        rules.made,
        rules.changed,
    ),
    quota=Quota(10_000, 10_000, period=3600),
    scopes=ORDERS_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="read",
    reference="orders-stats/getOrdersStats",
)

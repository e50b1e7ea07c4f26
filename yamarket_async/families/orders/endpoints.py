"""The operation that gives orders; the others, which need other structs, stand in the modules beside it."""

from yamarket_async.endpoints import Endpoint, Ids, Pages, Quota, Span
from yamarket_async.families.orders import rules
from yamarket_async.families.orders.business_orders import BusinessOrdersRequest, BusinessOrdersResponse

GET_BUSINESS_ORDERS = Endpoint(
    name="getBusinessOrders",
    http_method="POST",
    path="/v1/businesses/{businessId}/orders",
    body=BusinessOrdersRequest,
    response=BusinessOrdersResponse,
    pages=Pages("orders", "paging", size=50, default=50, truncates=True),
    ids=(Ids("orderIds", 50, key="order_id"), Ids("externalOrderIds", 50, key="external_order_id")),
    spans=tuple(
        Span(f"dates.{what}DateFrom", f"dates.{what}DateTo", 30, includes_end=False)
        for what in ("creation", "shipment", "update")
    ),
    rules=(*rules.BUSINESS_RANGES,),
    quota=Quota(10_000, 10_000, period=3600, parallel=6),
    scopes=(
        "all-methods",
        "all-methods:read-only",
        "inventory-and-order-processing",
        "inventory-and-order-processing:read-only",
        "finance-and-accounting",
    ),
    models=("FBY", "FBS", "DBS", "EXPRESS", "LAAS"),
    access="read",
    reference="orders/getBusinessOrders",
)

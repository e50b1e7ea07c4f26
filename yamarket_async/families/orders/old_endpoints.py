"""The operations of orders that take or return them in the older form, an entry for each."""

from datetime import date
from typing import Annotated

from yamarket_async.endpoints import Deprecation, Endpoint, Ids, Pages, Parameter, Quota, Span
from yamarket_async.families.orders import rules
from yamarket_async.families.orders.models import OrderDeliveryDispatchType
from yamarket_async.families.orders.old_orders import (
    OrderResponse,
    OrdersResponse,
    UpdateOrderStatusRequest,
    UpdateOrderStatusResponse,
)
from yamarket_async.families.scopes import ORDERS
from yamarket_async.models.base import Moment
from yamarket_async.models.bounds import Bounds
from yamarket_async.models.days import DottedDay
from yamarket_async.models.order_statuses import OrderStatusType, OrderSubstatusType
from yamarket_async.models.orders import OrderBuyerType

GET_ORDER = Endpoint(
    name="getOrder",
    http_method="GET",
    path="/v2/campaigns/{campaignId}/orders/{orderId}",
    response=OrderResponse,
    quota=Quota(10_000, 10_000, period=3600, parallel=6),
    scopes=(
        "all-methods",
        "all-methods:read-only",
        "inventory-and-order-processing",
        "inventory-and-order-processing:read-only",
        "communication",
        "finance-and-accounting",
    ),
    access="read",
    deprecated=Deprecation("get_business_orders", degrades=date(2027, 1, 18), ends=date(2027, 4, 12)),
    reference="orders/getOrder",
)

GET_ORDERS = Endpoint(
    name="getOrders",
    http_method="GET",
    path="/v2/campaigns/{campaignId}/orders",
    query=(
        Parameter("orderIds", Annotated[list[int], Bounds(min_length=1, max_length=50)]),
        Parameter("status", Annotated[list[OrderStatusType], Bounds(unique=True)]),
        Parameter("substatus", Annotated[list[OrderSubstatusType], Bounds(unique=True)]),
        Parameter("fromDate", DottedDay),
        Parameter("toDate", DottedDay),
        Parameter("supplierShipmentDateFrom", DottedDay),
        Parameter("supplierShipmentDateTo", DottedDay),
        Parameter("updatedAtFrom", Moment),
        Parameter("updatedAtTo", Moment),
        Parameter("dispatchType", OrderDeliveryDispatchType),
        Parameter("fake", bool),
        Parameter("hasCis", bool),
        Parameter("onlyWaitingForCancellationApprove", bool),
        Parameter("onlyEstimatedDelivery", bool),
        Parameter("buyerType", OrderBuyerType),
    ),
    response=OrdersResponse,
    pages=Pages("orders", "paging", size=50, truncates=True),
    ids=(
        Ids(
            "orderIds",
            50,
            key="id",
            excludes=(
                "status",
                "substatus",
                "from_date",
                "to_date",
                "supplier_shipment_date_from",
                "supplier_shipment_date_to",
                "updated_at_from",
                "updated_at_to",
                "dispatch_type",
                "fake",
                "has_cis",
                "only_waiting_for_cancellation_approve",
                "only_estimated_delivery",
                "buyer_type",
            ),
        ),
    ),
    spans=(
        Span("fromDate", "toDate", 30, includes_end=False),
        Span("supplierShipmentDateFrom", "supplierShipmentDateTo", 30, includes_end=False),
        Span("updatedAtFrom", "updatedAtTo", 30, includes_end=False),
    ),
    rules=(*rules.OLD_RANGES,),
    quota=Quota(10_000, 10_000, period=3600, parallel=6),
    scopes=(
        "all-methods",
        "all-methods:read-only",
        "inventory-and-order-processing",
        "inventory-and-order-processing:read-only",
        "communication",
        "finance-and-accounting",
    ),
    models=("FBY", "FBS", "DBS", "EXPRESS", "LAAS"),
    access="read",
    deprecated=Deprecation("get_business_orders", degrades=date(2027, 1, 18), ends=date(2027, 4, 12)),
    reference="orders/getOrders",
)

UPDATE_ORDER_STATUS = Endpoint(
    name="updateOrderStatus",
    http_method="PUT",
    path="/v2/campaigns/{campaignId}/orders/{orderId}/status",
    body=UpdateOrderStatusRequest,
    response=UpdateOrderStatusResponse,
    rules=(rules.a_status,),
    quota=Quota(10_000, 10_000, period=3600),
    scopes=ORDERS,
    models=("FBS", "DBS", "EXPRESS", "LAAS"),
    access="irreversible",
    repeat="detected",
    reference="orders/updateOrderStatus",
)

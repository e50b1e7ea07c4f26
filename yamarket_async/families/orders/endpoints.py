"""The operations of orders, an entry for each."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from yamarket_async.endpoints import Deprecation, Endpoint, Ids, Judgement, Pages, Parameter, Quota, Span, Things
from yamarket_async.families.orders import rules
from yamarket_async.families.orders.boxes import (
    OrderIdentifiersStatusResponse,
    ProvideOrderItemIdentifiersRequest,
    ProvideOrderItemIdentifiersResponse,
    SetOrderBoxLayoutRequest,
    SetOrderBoxLayoutResponse,
    SetOrderShipmentBoxesRequest,
    SetOrderShipmentBoxesResponse,
)
from yamarket_async.families.orders.business_orders import (
    BusinessOrdersRequest,
    BusinessOrdersResponse,
    CreateOrderRequest,
    CreateOrderResponse,
    OrderUpdateOptionsRequest,
    OrderUpdateOptionsResponse,
    UpdateOrderRequest,
    UpdateOrderResponse,
)
from yamarket_async.families.orders.models import (
    AcceptOrderCancellationRequest,
    OrderDeliveryDispatchType,
    ProvideOrderDigitalCodesRequest,
    UpdateExternalOrderIdRequest,
    UpdateOrderItemRequest,
    UpdateOrderStatusesRequest,
    UpdateOrderStatusesResponse,
)
from yamarket_async.families.orders.old_orders import (
    OrderResponse,
    OrdersResponse,
    UpdateOrderStatusRequest,
    UpdateOrderStatusResponse,
)
from yamarket_async.families.scopes import ORDERS, ORDERS_READ
from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.base import Moment
from yamarket_async.models.bounds import Bounds
from yamarket_async.models.days import DottedDay
from yamarket_async.models.order_statuses import OrderStatusType, OrderSubstatusType
from yamarket_async.models.orders import OrderBuyerType


def prolongs_storage(call: Any) -> bool:
    """Tell whether each repeat of a change would keep an order longer at its pickup point."""
    return bool(call.order.extend_storage_period)


def statuses(answer: Any) -> Iterable[Judgement]:
    """Read which orders kept their status."""
    for order in (answer.result and answer.result.orders) or ():
        if order.update_status == "ERROR":
            yield Judgement(order.id, "ERROR", order.error_details)


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

PROVIDE_ORDER_ITEM_IDENTIFIERS = Endpoint(
    name="provideOrderItemIdentifiers",
    http_method="PUT",
    path="/v2/campaigns/{campaignId}/orders/{orderId}/identifiers",
    body=ProvideOrderItemIdentifiersRequest,
    response=ProvideOrderItemIdentifiersResponse,
    rules=(rules.codes,),
    quota=Quota(10_000, 10_000, period=3600),
    scopes=ORDERS,
    models=("DBS",),
    access="write",
    reference="orders/provideOrderItemIdentifiers",
)

UPDATE_ORDER_ITEMS = Endpoint(
    name="updateOrderItems",
    http_method="PUT",
    path="/v2/campaigns/{campaignId}/orders/{orderId}/items",
    body=UpdateOrderItemRequest,
    rules=(rules.codes, rules.what_stays),
    quota=Quota(10_000, 10_000, period=3600, parallel=6),
    scopes=ORDERS,
    models=("DBS",),
    access="irreversible",
    reference="orders/updateOrderItems",
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

UPDATE_ORDER_STATUSES = Endpoint(
    name="updateOrderStatuses",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/orders/status-update",
    body=UpdateOrderStatusesRequest,
    response=UpdateOrderStatusesResponse,
    things=Things("orders", 30, key=("id",), judge=statuses, rules=(rules.a_status_of_many,)),
    quota=Quota(10_000, 10_000, period=3600, cost="resp.result.orders"),
    scopes=ORDERS,
    models=("FBS", "DBS", "EXPRESS", "LAAS"),
    access="irreversible",
    repeat="detected",
    reference="orders/updateOrderStatuses",
)

SET_ORDER_SHIPMENT_BOXES = Endpoint(
    name="setOrderShipmentBoxes",
    http_method="PUT",
    path="/v2/campaigns/{campaignId}/orders/{orderId}/delivery/shipments/{shipmentId}/boxes",
    body=SetOrderShipmentBoxesRequest,
    response=SetOrderShipmentBoxesResponse,
    quota=Quota(10_000, 10_000, period=3600),
    scopes=ORDERS,
    models=("DBS",),
    access="irreversible",
    deprecated=Deprecation("set_order_box_layout", degrades=date(2027, 1, 18), ends=date(2027, 4, 5)),
    reference="orders/setOrderShipmentBoxes",
)

ACCEPT_ORDER_CANCELLATION = Endpoint(
    name="acceptOrderCancellation",
    http_method="PUT",
    path="/v2/campaigns/{campaignId}/orders/{orderId}/cancellation/accept",
    body=AcceptOrderCancellationRequest,
    response=ApiResponse,
    rules=(rules.why,),
    quota=Quota(500, 500, period=3600),
    scopes=ORDERS,
    models=("DBS",),
    access="irreversible",
    repeat="detected",
    reference="orders/acceptOrderCancellation",
)

PROVIDE_ORDER_DIGITAL_CODES = Endpoint(
    name="provideOrderDigitalCodes",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/orders/{orderId}/deliverDigitalGoods",
    body=ProvideOrderDigitalCodesRequest,
    response=ApiResponse,
    rules=(rules.keys,),
    quota=Quota(10_000, 10_000, period=3600, parallel=6),
    scopes=ORDERS,
    models=("DBS",),
    yandex_go=False,
    access="irreversible",
    repeat="detected",
    reference="orders/provideOrderDigitalCodes",
)

SET_ORDER_BOX_LAYOUT = Endpoint(
    name="setOrderBoxLayout",
    http_method="PUT",
    path="/v2/campaigns/{campaignId}/orders/{orderId}/boxes",
    body=SetOrderBoxLayoutRequest,
    response=SetOrderBoxLayoutResponse,
    rules=(rules.boxes,),
    quota=Quota(10_000, 10_000, period=3600),
    scopes=ORDERS,
    models=("FBS", "DBS", "EXPRESS"),
    access="irreversible",
    reference="orders/setOrderBoxLayout",
)

UPDATE_EXTERNAL_ORDER_ID = Endpoint(
    name="updateExternalOrderId",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/orders/{orderId}/external-id",
    body=UpdateExternalOrderIdRequest,
    response=ApiResponse,
    quota=Quota(1_000, 1_000, period=3600),
    scopes=ORDERS,
    models=("FBS", "DBS", "EXPRESS"),
    access="irreversible",
    repeat="detected",
    reference="orders/updateExternalOrderId",
)

GET_ORDER_IDENTIFIERS_STATUS = Endpoint(
    name="getOrderIdentifiersStatus",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/orders/{orderId}/identifiers/status",
    response=OrderIdentifiersStatusResponse,
    quota=Quota(1_000, 1_000, period=3600),
    scopes=ORDERS_READ,
    models=("FBS", "EXPRESS", "LAAS"),
    access="read",
    reference="orders/getOrderIdentifiersStatus",
)

CREATE_ORDER = Endpoint(
    name="createOrder",
    http_method="POST",
    path="/v1/campaigns/{campaignId}/orders/create",
    body=CreateOrderRequest,
    response=CreateOrderResponse,
    rules=(rules.a_new_order,),
    quota=Quota(10_000, 10_000, period=3600),
    scopes=ORDERS,
    models=("LAAS",),
    yandex_go=False,
    refusals=(400, 401, 403, 420, 500),
    access="irreversible",
    repeat="detected",
    reference="orders/createOrder",
)

UPDATE_ORDER = Endpoint(
    name="updateOrder",
    http_method="POST",
    path="/v1/campaigns/{campaignId}/orders/update",
    body=UpdateOrderRequest,
    response=UpdateOrderResponse,
    rules=(rules.a_change,),
    quota=Quota(10_000, 10_000, period=3600),
    scopes=ORDERS,
    models=("LAAS",),
    yandex_go=False,
    refusals=(400, 401, 403, 420, 500),
    access="write",
    never_if=prolongs_storage,
    check_with="get_business_orders",
    reference="orders/updateOrder",
)

GET_ORDER_UPDATE_OPTIONS = Endpoint(
    name="getOrderUpdateOptions",
    http_method="POST",
    path="/v1/campaigns/{campaignId}/orders/update-options",
    body=OrderUpdateOptionsRequest,
    response=OrderUpdateOptionsResponse,
    quota=Quota(10_000, 10_000, period=3600),
    scopes=ORDERS,
    models=("LAAS",),
    yandex_go=False,
    refusals=(400, 401, 403, 420, 500),
    access="read",
    reference="orders/getOrderUpdateOptions",
)

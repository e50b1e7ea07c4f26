"""The operations that make and change orders, an entry for each."""

from collections.abc import Iterable
from typing import Any

from yamarket_async.endpoints import Endpoint, Judgement, Quota, Things
from yamarket_async.families.orders import rules
from yamarket_async.families.orders.changes import (
    AcceptOrderCancellationRequest,
    CreateOrderRequest,
    CreateOrderResponse,
    OrderUpdateOptionsRequest,
    OrderUpdateOptionsResponse,
    ProvideOrderDigitalCodesRequest,
    UpdateExternalOrderIdRequest,
    UpdateOrderItemRequest,
    UpdateOrderRequest,
    UpdateOrderResponse,
    UpdateOrderStatusesRequest,
    UpdateOrderStatusesResponse,
)
from yamarket_async.families.scopes import ORDERS
from yamarket_async.models.answers import ApiResponse


def prolongs_storage(call: Any) -> bool:
    """Tell whether each repeat of a change would keep an order longer at its pickup point."""
    return bool(call.order.extend_storage_period)


def statuses(answer: Any) -> Iterable[Judgement]:
    """Read which orders kept their status."""
    for order in (answer.result and answer.result.orders) or ():
        if order.update_status == "ERROR":
            yield Judgement(order.id, "ERROR", order.error_details)


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

"""The operations of order delivery, an entry for each."""

from yamarket_async.endpoints import Endpoint, Quota
from yamarket_async.families.order_delivery.models import (
    OrderBuyerInfoResponse,
    SetOrderDeliveryDateRequest,
    SetOrderDeliveryTrackCodeRequest,
    UpdateOrderStorageLimitRequest,
    VerifyOrderEacRequest,
    VerifyOrderEacResponse,
)
from yamarket_async.families.scopes import ORDERS, ORDERS_READ
from yamarket_async.models.answers import ApiResponse

SET_ORDER_DELIVERY_DATE = Endpoint(
    name="setOrderDeliveryDate",
    http_method="PUT",
    path="/v2/campaigns/{campaignId}/orders/{orderId}/delivery/date",
    body=SetOrderDeliveryDateRequest,
    response=ApiResponse,
    quota=Quota(10_000, 10_000, period=3600),
    scopes=ORDERS,
    models=("DBS",),
    access="write",
    repeat="detected",
    reference="order-delivery/setOrderDeliveryDate",
)

SET_ORDER_DELIVERY_TRACK_CODE = Endpoint(
    name="setOrderDeliveryTrackCode",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/orders/{orderId}/delivery/track",
    body=SetOrderDeliveryTrackCodeRequest,
    response=ApiResponse,
    quota=Quota(10_000, 10_000, period=3600),
    scopes=ORDERS,
    models=("DBS",),
    yandex_go=False,
    access="write",
    reference="order-delivery/setOrderDeliveryTrackCode",
)

GET_ORDER_BUYER_INFO = Endpoint(
    name="getOrderBuyerInfo",
    http_method="GET",
    path="/v2/campaigns/{campaignId}/orders/{orderId}/buyer",
    response=OrderBuyerInfoResponse,
    quota=Quota(3_000, 3_000, period=3600),
    scopes=ORDERS_READ,
    models=("DBS",),
    access="read",
    reference="order-delivery/getOrderBuyerInfo",
)

VERIFY_ORDER_EAC = Endpoint(
    name="verifyOrderEac",
    http_method="PUT",
    path="/v2/campaigns/{campaignId}/orders/{orderId}/verifyEac",
    body=VerifyOrderEacRequest,
    response=VerifyOrderEacResponse,
    quota=Quota(10_000, 10_000, period=3600),
    scopes=ORDERS,
    models=("EXPRESS",),
    access="irreversible",
    repeat="never",
    reference="order-delivery/verifyOrderEac",
)

UPDATE_ORDER_STORAGE_LIMIT = Endpoint(
    name="updateOrderStorageLimit",
    http_method="PUT",
    path="/v2/campaigns/{campaignId}/orders/{orderId}/delivery/storage-limit",
    body=UpdateOrderStorageLimitRequest,
    response=ApiResponse,
    quota=Quota(10_000, 10_000, period=3600),
    scopes=ORDERS,
    models=("DBS",),
    access="irreversible",
    repeat="never",
    check_with="get_business_orders",
    reference="order-delivery/updateOrderStorageLimit",
)

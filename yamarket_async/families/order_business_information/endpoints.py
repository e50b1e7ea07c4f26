"""The operations of order business information, an entry for each."""

from yamarket_async.endpoints import Endpoint, Quota
from yamarket_async.families.order_business_information.models import (
    BusinessBuyerInfoResponse,
    BusinessDocumentsInfoResponse,
)
from yamarket_async.families.scopes import ORDERS_READ

GET_ORDER_BUSINESS_BUYER_INFO = Endpoint(
    name="getOrderBusinessBuyerInfo",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/orders/{orderId}/business-buyer",
    response=BusinessBuyerInfoResponse,
    quota=Quota(3_000, 3_000, period=3600),
    scopes=ORDERS_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="read",
    reference="order-business-information/getOrderBusinessBuyerInfo",
)

GET_ORDER_BUSINESS_DOCUMENTS_INFO = Endpoint(
    name="getOrderBusinessDocumentsInfo",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/orders/{orderId}/documents",
    response=BusinessDocumentsInfoResponse,
    quota=Quota(3_000, 3_000, period=3600),
    scopes=ORDERS_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="read",
    reference="order-business-information/getOrderBusinessDocumentsInfo",
)

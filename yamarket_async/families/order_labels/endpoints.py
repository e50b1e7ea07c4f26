"""The operations of order labels, an entry for each."""

from yamarket_async.endpoints import Endpoint, Parameter, Quota
from yamarket_async.families.order_labels.models import OrderLabelsDataResponse
from yamarket_async.families.scopes import ORDERS, ORDERS_READ
from yamarket_async.models.orders import PageFormatType

GENERATE_ORDER_LABEL = Endpoint(
    name="generateOrderLabel",
    http_method="GET",
    path="/v2/campaigns/{campaignId}/orders/{orderId}/delivery/shipments/{shipmentId}/boxes/{boxId}/label",
    fixed={"shipmentId": "1"},
    query=(Parameter("format", PageFormatType),),
    files=("application/pdf",),
    quota=Quota(10_000, 10_000, period=3600),
    scopes=ORDERS,
    models=("FBS", "DBS", "EXPRESS"),
    access="read",
    reference="order-labels/generateOrderLabel",
)

GENERATE_ORDER_LABELS = Endpoint(
    name="generateOrderLabels",
    http_method="GET",
    path="/v2/campaigns/{campaignId}/orders/{orderId}/delivery/labels",
    query=(Parameter("format", PageFormatType),),
    files=("application/pdf",),
    quota=Quota(10_000, 10_000, period=3600),
    scopes=ORDERS,
    models=("FBS", "DBS", "EXPRESS"),
    access="read",
    reference="order-labels/generateOrderLabels",
)

GET_ORDER_LABELS_DATA = Endpoint(
    name="getOrderLabelsData",
    http_method="GET",
    path="/v2/campaigns/{campaignId}/orders/{orderId}/delivery/labels/data",
    response=OrderLabelsDataResponse,
    quota=Quota(10_000, 10_000, period=3600),
    scopes=ORDERS_READ,
    models=("FBS", "DBS", "EXPRESS"),
    yandex_go=False,
    access="read",
    reference="order-labels/getOrderLabelsData",
)

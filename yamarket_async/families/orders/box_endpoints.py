"""The operations of the boxes of orders and of what is in them, an entry for each."""

from datetime import date

from yamarket_async.endpoints import Deprecation, Endpoint, Quota
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
from yamarket_async.families.scopes import ORDERS, ORDERS_READ

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

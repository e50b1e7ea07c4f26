"""The operations of shipments, an entry for each."""

from typing import Annotated

from yamarket_async.endpoints import Endpoint, Pages, Parameter, Quota, Things
from yamarket_async.families.scopes import ORDERS, ORDERS_READ
from yamarket_async.families.shipments import rules
from yamarket_async.families.shipments.models import (
    ConfirmShipmentRequest,
    SearchShipmentsRequest,
    SearchShipmentsResponse,
    SetShipmentPalletsCountRequest,
    ShipmentOrdersInfoResponse,
    ShipmentPalletLabelPageFormatType,
    ShipmentResponse,
    TransferOrdersFromShipmentRequest,
)
from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.bounds import Bounds, Id, Int32

DOWNLOAD_SHIPMENT_RECEPTION_TRANSFER_ACT = Endpoint(
    name="downloadShipmentReceptionTransferAct",
    http_method="GET",
    path="/v2/campaigns/{campaignId}/shipments/reception-transfer-act",
    query=(
        Parameter("warehouse_id", Annotated[Int32, Bounds(ge=1)]),
        Parameter("signatory", str),
    ),
    files=("application/pdf",),
    rules=(rules.signatory,),
    quota=Quota(200, 200, period=3600),
    scopes=ORDERS,
    models=("FBS",),
    access="irreversible",
    # It acts on whatever shipment is nearest, which after the first call may be another one.
    repeat="never",
    check_with="search_shipments",
    reference="shipments/downloadShipmentReceptionTransferAct",
)

GET_SHIPMENT = Endpoint(
    name="getShipment",
    http_method="GET",
    path="/v2/campaigns/{campaignId}/first-mile/shipments/{shipmentId}",
    path_types={"shipmentId": Id},
    query=(Parameter("cancelledOrders", bool),),
    response=ShipmentResponse,
    quota=Quota(200, 200, period=3600),
    scopes=ORDERS_READ,
    models=("FBS",),
    access="read",
    reference="shipments/getShipment",
)

GET_SHIPMENT_ORDERS_INFO = Endpoint(
    name="getShipmentOrdersInfo",
    http_method="GET",
    path="/v2/campaigns/{campaignId}/first-mile/shipments/{shipmentId}/orders/info",
    path_types={"shipmentId": Id},
    response=ShipmentOrdersInfoResponse,
    quota=Quota(200, 200, period=3600),
    scopes=ORDERS_READ,
    models=("FBS",),
    access="read",
    reference="shipments/getShipmentOrdersInfo",
)

CONFIRM_SHIPMENT = Endpoint(
    name="confirmShipment",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/first-mile/shipments/{shipmentId}/confirm",
    path_types={"shipmentId": Id},
    body=ConfirmShipmentRequest,
    body_required=False,
    response=ApiResponse,
    rules=(rules.signatory,),
    quota=Quota(200, 200, period=3600),
    scopes=ORDERS,
    models=("FBS",),
    access="irreversible",
    repeat="detected",
    reference="shipments/confirmShipment",
)

DOWNLOAD_SHIPMENT_ACT = Endpoint(
    name="downloadShipmentAct",
    http_method="GET",
    path="/v2/campaigns/{campaignId}/first-mile/shipments/{shipmentId}/act",
    path_types={"shipmentId": Id},
    files=("application/pdf",),
    quota=Quota(200, 200, period=3600),
    scopes=ORDERS,
    models=("FBS",),
    access="read",
    reference="shipments/downloadShipmentAct",
)

DOWNLOAD_SHIPMENT_INBOUND_ACT = Endpoint(
    name="downloadShipmentInboundAct",
    http_method="GET",
    path="/v2/campaigns/{campaignId}/first-mile/shipments/{shipmentId}/inbound-act",
    path_types={"shipmentId": Id},
    files=("application/pdf",),
    quota=Quota(200, 200, period=3600),
    scopes=ORDERS,
    models=("FBS",),
    access="read",
    reference="shipments/downloadShipmentInboundAct",
)

DOWNLOAD_SHIPMENT_TRANSPORTATION_WAYBILL = Endpoint(
    name="downloadShipmentTransportationWaybill",
    http_method="GET",
    path="/v2/campaigns/{campaignId}/first-mile/shipments/{shipmentId}/transportation-waybill",
    path_types={"shipmentId": Id},
    files=("application/vnd.ms-excel",),
    quota=Quota(200, 200, period=3600),
    scopes=ORDERS,
    models=("FBS",),
    access="read",
    reference="shipments/downloadShipmentTransportationWaybill",
)

DOWNLOAD_SHIPMENT_DISCREPANCY_ACT = Endpoint(
    name="downloadShipmentDiscrepancyAct",
    http_method="GET",
    path="/v2/campaigns/{campaignId}/first-mile/shipments/{shipmentId}/discrepancy-act",
    path_types={"shipmentId": Id},
    files=("application/vnd.ms-excel",),
    quota=Quota(200, 200, period=3600),
    scopes=ORDERS,
    models=("FBS",),
    access="read",
    reference="shipments/downloadShipmentDiscrepancyAct",
)

SET_SHIPMENT_PALLETS_COUNT = Endpoint(
    name="setShipmentPalletsCount",
    http_method="PUT",
    path="/v2/campaigns/{campaignId}/first-mile/shipments/{shipmentId}/pallets",
    path_types={"shipmentId": Id},
    body=SetShipmentPalletsCountRequest,
    response=ApiResponse,
    quota=Quota(200, 200, period=3600),
    scopes=ORDERS,
    models=("FBS",),
    access="write",
    reference="shipments/setShipmentPalletsCount",
)

DOWNLOAD_SHIPMENT_PALLET_LABELS = Endpoint(
    name="downloadShipmentPalletLabels",
    http_method="GET",
    path="/v2/campaigns/{campaignId}/first-mile/shipments/{shipmentId}/pallet/labels",
    path_types={"shipmentId": Id},
    query=(Parameter("format", ShipmentPalletLabelPageFormatType),),
    files=("application/pdf",),
    quota=Quota(200, 200, period=3600),
    scopes=ORDERS,
    models=("FBS",),
    access="read",
    reference="shipments/downloadShipmentPalletLabels",
)

SEARCH_SHIPMENTS = Endpoint(
    name="searchShipments",
    http_method="PUT",
    path="/v2/campaigns/{campaignId}/first-mile/shipments",
    body=SearchShipmentsRequest,
    response=SearchShipmentsResponse,
    pages=Pages("result.shipments", "result.paging", size=30, default=15),
    rules=(rules.planned_range,),
    quota=Quota(200, 200, period=3600),
    scopes=ORDERS_READ,
    models=("FBS",),
    access="read",
    reference="shipments/searchShipments",
)

TRANSFER_ORDERS_FROM_SHIPMENT = Endpoint(
    name="transferOrdersFromShipment",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/first-mile/shipments/{shipmentId}/orders/transfer",
    path_types={"shipmentId": Id},
    body=TransferOrdersFromShipmentRequest,
    response=ApiResponse,
    things=Things("orderIds", 500),
    quota=Quota(200, 200, period=3600),
    scopes=ORDERS,
    models=("FBS",),
    access="irreversible",
    repeat="detected",
    reference="shipments/transferOrdersFromShipment",
)

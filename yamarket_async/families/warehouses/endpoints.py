"""The operations of warehouses, an entry for each."""

from datetime import date

from yamarket_async.endpoints import Deprecation, Endpoint, Ids, Pages, Parameter, Quota
from yamarket_async.families.scopes import ANY, ORDERS, ORDERS_READ
from yamarket_async.families.warehouses.models import (
    FulfillmentWarehousesResponse,
    PagedWarehousesRequest,
    PagedWarehousesResponse,
    PartnerWarehousesRequest,
    PartnerWarehousesResponse,
    UpdateWarehouseModelStatusRequest,
    UpdateWarehouseModelStatusResponse,
    UpdateWarehouseStatusRequest,
    UpdateWarehouseStatusResponse,
    WarehousesResponse,
)
from yamarket_async.models.bounds import Id

GET_WAREHOUSES = Endpoint(
    name="getWarehouses",
    http_method="GET",
    path="/v2/businesses/{businessId}/warehouses",
    response=WarehousesResponse,
    quota=Quota(100, 100, period=60),
    scopes=ORDERS_READ,
    models=("FBS", "DBS", "EXPRESS"),
    access="read",
    deprecated=Deprecation(
        "get_paged_warehouses or get_partner_warehouses", degrades=date(2027, 1, 18), ends=date(2027, 4, 5)
    ),
    reference="warehouses/getWarehouses",
)

GET_PAGED_WAREHOUSES = Endpoint(
    name="getPagedWarehouses",
    http_method="POST",
    path="/v2/businesses/{businessId}/warehouses",
    body=PagedWarehousesRequest,
    body_required=False,
    response=PagedWarehousesResponse,
    pages=Pages("result.warehouses", "result.paging", size=30, default=15),
    ids=(Ids("campaignIds", 25, key="campaign_id"),),
    quota=Quota(100, 100, period=3600),
    scopes=ORDERS_READ,
    models=("FBS", "DBS", "EXPRESS"),
    refusals=(400, 401, 403, 420, 500),
    access="read",
    reference="warehouses/getPagedWarehouses",
)

GET_PARTNER_WAREHOUSES = Endpoint(
    name="getPartnerWarehouses",
    http_method="POST",
    path="/v3/businesses/{businessId}/warehouses",
    body=PartnerWarehousesRequest,
    body_required=False,
    response=PartnerWarehousesResponse,
    pages=Pages("result.warehouses", "result.paging", size=30, default=15),
    quota=Quota(100, 100, period=3600),
    scopes=ORDERS_READ,
    models=("FBS", "DBS", "EXPRESS"),
    refusals=(400, 401, 403, 420, 500),
    access="read",
    reference="warehouses/getPartnerWarehouses",
)

GET_FULFILLMENT_WAREHOUSES = Endpoint(
    name="getFulfillmentWarehouses",
    http_method="GET",
    path="/v2/warehouses",
    query=(Parameter("campaignId", Id),),
    response=FulfillmentWarehousesResponse,
    quota=Quota(100, 100, period=3600),
    scopes=ANY,
    models=("FBY", "LAAS"),
    access="read",
    reference="warehouses/getFulfillmentWarehouses",
)

UPDATE_WAREHOUSE_STATUS = Endpoint(
    name="updateWarehouseStatus",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/warehouse/status",
    body=UpdateWarehouseStatusRequest,
    response=UpdateWarehouseStatusResponse,
    quota=Quota(100, 100, period=3600),
    scopes=ORDERS,
    models=("FBS", "DBS", "EXPRESS"),
    refusals=(400, 401, 403, 420, 500),
    access="write",
    deprecated=Deprecation("update_warehouse_model_status", degrades=date(2027, 1, 18), ends=date(2027, 4, 5)),
    reference="warehouses/updateWarehouseStatus",
)

UPDATE_WAREHOUSE_MODEL_STATUS = Endpoint(
    name="updateWarehouseModelStatus",
    http_method="POST",
    path="/v3/businesses/{businessId}/warehouse/models/status",
    body=UpdateWarehouseModelStatusRequest,
    response=UpdateWarehouseModelStatusResponse,
    quota=Quota(100, 100, period=3600),
    scopes=ORDERS,
    models=("FBS", "DBS", "EXPRESS"),
    access="write",
    reference="warehouses/updateWarehouseModelStatus",
)

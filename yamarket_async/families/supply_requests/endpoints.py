"""The operations of supply requests, an entry for each."""

from yamarket_async.endpoints import Endpoint, Ids, Pages, Quota
from yamarket_async.families.scopes import SUPPLIES_READ
from yamarket_async.families.supply_requests import rules
from yamarket_async.families.supply_requests.models import (
    SupplyRequestDocumentsRequest,
    SupplyRequestDocumentsResponse,
    SupplyRequestItemsRequest,
    SupplyRequestItemsResponse,
    SupplyRequestsRequest,
    SupplyRequestsResponse,
)

GET_SUPPLY_REQUESTS = Endpoint(
    name="getSupplyRequests",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/supply-requests",
    body=SupplyRequestsRequest,
    body_required=False,
    response=SupplyRequestsResponse,
    pages=Pages("result.requests", "result.paging", size=100, default=50),
    ids=(Ids("requestIds", 100, key="id.id"),),
    rules=(rules.asked_range,),
    quota=Quota(1_000, 1_000, period=3600),
    scopes=SUPPLIES_READ,
    models=("FBY", "LAAS"),
    refusals=(400, 401, 403, 420, 500),
    access="read",
    reference="supply-requests/getSupplyRequests",
)

GET_SUPPLY_REQUEST_ITEMS = Endpoint(
    name="getSupplyRequestItems",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/supply-requests/items",
    body=SupplyRequestItemsRequest,
    response=SupplyRequestItemsResponse,
    pages=Pages("result.items", "result.paging", size=500, default=250),
    quota=Quota(1_000, 1_000, period=3600),
    scopes=SUPPLIES_READ,
    models=("FBY", "LAAS"),
    access="read",
    reference="supply-requests/getSupplyRequestItems",
)

GET_SUPPLY_REQUEST_DOCUMENTS = Endpoint(
    name="getSupplyRequestDocuments",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/supply-requests/documents",
    body=SupplyRequestDocumentsRequest,
    response=SupplyRequestDocumentsResponse,
    quota=Quota(1_000, 1_000, period=3600),
    scopes=SUPPLIES_READ,
    models=("FBY", "LAAS"),
    access="read",
    reference="supply-requests/getSupplyRequestDocuments",
)

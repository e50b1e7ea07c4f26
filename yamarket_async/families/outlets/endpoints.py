"""The operations of outlets, an entry for each."""

from yamarket_async.endpoints import Endpoint, Pages, Parameter, Quota
from yamarket_async.families.outlets import rules
from yamarket_async.families.outlets.models import (
    ChangeOutletRequest,
    CreateOutletResponse,
    OutletResponse,
    OutletsResponse,
)
from yamarket_async.families.scopes import SETTINGS, SETTINGS_READ
from yamarket_async.models.answers import ApiResponse

CREATE_OUTLET = Endpoint(
    name="createOutlet",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/outlets",
    body=ChangeOutletRequest,
    response=CreateOutletResponse,
    rules=(rules.outlet,),
    quota=Quota(35_000, 100_000, period=3600),
    scopes=SETTINGS,
    models=("DBS",),
    access="write",
    repeat="never",
    check_with="get_outlets",
    reference="outlets/createOutlet",
)

GET_OUTLETS = Endpoint(
    name="getOutlets",
    http_method="GET",
    path="/v2/campaigns/{campaignId}/outlets",
    query=(
        Parameter("region_id", int),
        Parameter("shop_outlet_code", str),
    ),
    response=OutletsResponse,
    pages=Pages("outlets", "paging", size=50, default=25),
    quota=Quota(100_000, 100_000, period=3600, cost="resp.outlets"),
    scopes=SETTINGS_READ,
    models=("DBS",),
    refusals=(400, 401, 403, 420, 500),
    access="read",
    reference="outlets/getOutlets",
)

UPDATE_OUTLET = Endpoint(
    name="updateOutlet",
    http_method="PUT",
    path="/v2/campaigns/{campaignId}/outlets/{outletId}",
    body=ChangeOutletRequest,
    response=ApiResponse,
    rules=(rules.outlet,),
    quota=Quota(35_000, 100_000, period=3600),
    scopes=SETTINGS,
    models=("DBS",),
    access="write",
    reference="outlets/updateOutlet",
)

GET_OUTLET = Endpoint(
    name="getOutlet",
    http_method="GET",
    path="/v2/campaigns/{campaignId}/outlets/{outletId}",
    response=OutletResponse,
    quota=Quota(10_000, 10_000, period=3600),
    scopes=SETTINGS_READ,
    models=("DBS",),
    access="read",
    reference="outlets/getOutlet",
)

DELETE_OUTLET = Endpoint(
    name="deleteOutlet",
    http_method="DELETE",
    path="/v2/campaigns/{campaignId}/outlets/{outletId}",
    response=ApiResponse,
    quota=Quota(35_000, 100_000, period=3600),
    scopes=SETTINGS,
    models=("DBS",),
    access="irreversible",
    repeat="detected",
    reference="outlets/deleteOutlet",
)

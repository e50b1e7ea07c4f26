"""The operations of outlet licenses, an entry for each."""

from typing import Annotated

from yamarket_async.endpoints import Endpoint, Ids, Pages, Parameter, Quota, Things
from yamarket_async.families.outlet_licenses import rules
from yamarket_async.families.outlet_licenses.models import OutletLicensesResponse, UpdateOutletLicenseRequest
from yamarket_async.families.scopes import SETTINGS, SETTINGS_READ
from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.bounds import Bounds, Id

GET_OUTLET_LICENSES = Endpoint(
    name="getOutletLicenses",
    http_method="GET",
    path="/v2/campaigns/{campaignId}/outlets/licenses",
    query=(
        Parameter("outletIds", Annotated[list[Id], Bounds(min_length=1, max_length=500, unique=True)]),
        Parameter("ids", Annotated[list[Id], Bounds(min_length=1, max_length=500, unique=True)]),
    ),
    response=OutletLicensesResponse,
    pages=Pages("result.licenses", "", size=None, by="once"),
    ids=(
        Ids("outletIds", 500, key="outlet_id", alone=True, excludes=("ids",)),
        Ids("ids", 500, key="id", alone=True, excludes=("outlet_ids",)),
    ),
    rules=(rules.which,),
    quota=Quota(100_000, 100_000, period=3600),
    scopes=SETTINGS_READ,
    models=("DBS",),
    access="read",
    reference="outlet-licenses/getOutletLicenses",
)

DELETE_OUTLET_LICENSES = Endpoint(
    name="deleteOutletLicenses",
    http_method="DELETE",
    path="/v2/campaigns/{campaignId}/outlets/licenses",
    query=(Parameter("ids", Annotated[list[int], Bounds(min_length=1, max_length=500, unique=True)], required=True),),
    response=ApiResponse,
    things=Things("ids", 500),
    quota=Quota(100_000, 100_000, period=3600),
    scopes=SETTINGS,
    models=("DBS",),
    access="irreversible",
    reference="outlet-licenses/deleteOutletLicenses",
)

UPDATE_OUTLET_LICENSES = Endpoint(
    name="updateOutletLicenses",
    http_method="POST",
    path="/v2/campaigns/{campaignId}/outlets/licenses",
    body=UpdateOutletLicenseRequest,
    response=ApiResponse,
    things=Things("licenses", 500, key=("outlet_id", "license_type", "number"), rules=(rules.licence,)),
    quota=Quota(100_000, 100_000, period=3600),
    scopes=SETTINGS,
    models=("DBS",),
    access="write",
    repeat="never",
    check_with="get_outlet_licenses",
    reference="outlet-licenses/updateOutletLicenses",
)

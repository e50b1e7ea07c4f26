"""The operations of regions, an entry for each."""

from yamarket_async.endpoints import Endpoint, Pages, Parameter, Quota
from yamarket_async.families.regions.models import (
    RegionByIdResponse,
    RegionsCodesResponse,
    RegionsResponse,
    RegionWithChildrenResponse,
)
from yamarket_async.families.scopes import ANY

SEARCH_REGIONS_BY_NAME = Endpoint(
    name="searchRegionsByName",
    http_method="GET",
    path="/v2/regions",
    query=(Parameter("name", str, required=True),),
    response=RegionsResponse,
    pages=Pages("regions", "paging", size=20, default=10),
    quota=Quota(50_000, 50_000, period=3600, cost="resp.regions"),
    scopes=ANY,
    refusals=(401, 403, 420, 500),
    access="read",
    reference="regions/searchRegionsByName",
)

SEARCH_REGIONS_BY_ID = Endpoint(
    name="searchRegionsById",
    http_method="GET",
    path="/v2/regions/{regionId}",
    response=RegionByIdResponse,
    quota=Quota(10_000, 10_000, period=3600),
    scopes=ANY,
    refusals=(401, 403, 404, 420, 500),
    access="read",
    reference="regions/searchRegionsById",
)

SEARCH_REGION_CHILDREN = Endpoint(
    name="searchRegionChildren",
    http_method="GET",
    path="/v2/regions/{regionId}/children",
    response=RegionWithChildrenResponse,
    pages=Pages("regions.children", "paging", size=50, truncates=True),
    quota=Quota(1_000, 1_000, period=3600, cost="resp.regions.children"),
    scopes=ANY,
    access="read",
    reference="regions/searchRegionChildren",
)

GET_REGIONS_CODES = Endpoint(
    name="getRegionsCodes",
    http_method="POST",
    path="/v2/regions/countries",
    response=RegionsCodesResponse,
    quota=Quota(100, 100, period=3600),
    scopes=ANY,
    refusals=(401, 403, 420, 500),
    access="read",
    reference="regions/getRegionsCodes",
)

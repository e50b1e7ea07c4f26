"""The operations of businesses, an entry for each."""

from yamarket_async.endpoints import Endpoint, Quota
from yamarket_async.families.businesses.models import BusinessSettingsResponse
from yamarket_async.families.scopes import ANY

GET_BUSINESS_SETTINGS = Endpoint(
    name="getBusinessSettings",
    http_method="POST",
    path="/v2/businesses/{businessId}/settings",
    response=BusinessSettingsResponse,
    quota=Quota(100, 100, period=3600),
    scopes=ANY,
    refusals=(400, 401, 403, 420, 500),
    access="read",
    reference="businesses/getBusinessSettings",
)

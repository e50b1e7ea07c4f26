"""The operations of auth, an entry for each."""

from yamarket_async.endpoints import Endpoint, Quota
from yamarket_async.families.auth.models import TokenInfoResponse
from yamarket_async.families.scopes import ANY

GET_AUTH_TOKEN_INFO = Endpoint(
    name="getAuthTokenInfo",
    http_method="POST",
    path="/v2/auth/token",
    response=TokenInfoResponse,
    quota=Quota(100, 100, period=3600),
    scopes=ANY,
    refusals=(400, 401, 403, 420, 500),
    access="read",
    reference="auth/getAuthTokenInfo",
)

"""The operations of operations, an entry for each."""

from yamarket_async.endpoints import Endpoint, Ids, Pages, Quota
from yamarket_async.families.operations.models import OperationsRequest, OperationsResponse
from yamarket_async.families.scopes import ANY

GET_OPERATIONS = Endpoint(
    name="getOperations",
    http_method="POST",
    path="/v1/businesses/{businessId}/operations",
    body=OperationsRequest,
    response=OperationsResponse,
    pages=Pages("result.operations", "", size=None, by="once"),
    ids=(Ids("operationIds", 100, key="id", alone=True),),
    quota=Quota(1_000, 1_000, period=3600),
    scopes=ANY,
    models=("LAAS",),
    yandex_go=False,
    refusals=(400, 401, 403, 420, 500),
    access="read",
    reference="operations/getOperations",
)

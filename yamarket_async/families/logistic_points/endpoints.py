"""The operations of logistic points, an entry for each."""

from yamarket_async.endpoints import Endpoint, Pages, Quota
from yamarket_async.families.logistic_points.models import LogisticPointsResponse
from yamarket_async.families.scopes import ANY

GET_LOGISTIC_POINTS = Endpoint(
    name="getLogisticPoints",
    http_method="POST",
    path="/v1/businesses/{businessId}/logistics-points",
    response=LogisticPointsResponse,
    pages=Pages("result.logisticPoints", "result.paging", size=500, default=250),
    quota=Quota(10_000, 10_000, period=3600),
    scopes=ANY,
    models=("LAAS",),
    yandex_go=False,
    refusals=(400, 401, 403, 420, 500),
    access="read",
    reference="logistic-points/getLogisticPoints",
)

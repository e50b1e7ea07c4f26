"""The operations of tariffs, an entry for each."""

from yamarket_async.endpoints import Endpoint, Ids, Pages, Quota
from yamarket_async.families.tariffs import rules
from yamarket_async.families.tariffs.models import CalculateTariffsRequest, CalculateTariffsResponse

CALCULATE_TARIFFS = Endpoint(
    name="calculateTariffs",
    http_method="POST",
    path="/v2/tariffs/calculate",
    body=CalculateTariffsRequest,
    response=CalculateTariffsResponse,
    pages=Pages("result.offers", "", size=None, by="once"),
    ids=(Ids("offers", 200, alone=True),),
    rules=(rules.parameters,),
    quota=Quota(100, 100, period=60),
    scopes=("all-methods", "all-methods:read-only", "finance-and-accounting", "pricing", "pricing:read-only"),
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="read",
    reference="tariffs/calculateTariffs",
)

"""The operations of delivery services, an entry for each."""

from yamarket_async.endpoints import Endpoint, Quota
from yamarket_async.families.delivery_services.models import DeliveryServicesResponse
from yamarket_async.families.scopes import ANY

GET_DELIVERY_SERVICES = Endpoint(
    name="getDeliveryServices",
    http_method="GET",
    path="/v2/delivery/services",
    response=DeliveryServicesResponse,
    quota=Quota(5_000, 5_000, period=3600),
    scopes=ANY,
    models=("FBS", "DBS", "EXPRESS"),
    access="read",
    reference="delivery-services/getDeliveryServices",
)

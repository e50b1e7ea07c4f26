"""The operations of delivery options, an entry for each."""

from yamarket_async.endpoints import Endpoint, Quota
from yamarket_async.families.delivery_options import rules
from yamarket_async.families.delivery_options.models import (
    DeliveryOptionsRequest,
    DeliveryOptionsResponse,
    ReturnDeliveryOptionsRequest,
    ReturnDeliveryOptionsResponse,
)

GET_DELIVERY_OPTIONS = Endpoint(
    name="getDeliveryOptions",
    http_method="POST",
    path="/v1/campaigns/{campaignId}/delivery-options",
    body=DeliveryOptionsRequest,
    response=DeliveryOptionsResponse,
    rules=(
        rules.one_way,
        rules.products,
    ),
    quota=Quota(1_000, 1_000, period=60, parallel=10),
    scopes=(
        "all-methods",
        "all-methods:read-only",
        "pricing",
        "pricing:read-only",
        "inventory-and-order-processing",
        "inventory-and-order-processing:read-only",
    ),
    models=("LAAS",),
    yandex_go=False,
    refusals=(400, 401, 403, 420, 500),
    access="read",
    reference="delivery-options/getDeliveryOptions",
)

GET_RETURN_DELIVERY_OPTIONS = Endpoint(
    name="getReturnDeliveryOptions",
    http_method="POST",
    path="/v1/campaigns/{campaignId}/return-delivery-options",
    body=ReturnDeliveryOptionsRequest,
    response=ReturnDeliveryOptionsResponse,
    quota=Quota(5_000, 5_000, period=3600),
    scopes=(
        "all-methods",
        "all-methods:read-only",
        "pricing",
        "pricing:read-only",
        "inventory-and-order-processing",
        "inventory-and-order-processing:read-only",
    ),
    models=("LAAS",),
    yandex_go=False,
    refusals=(400, 401, 403, 420, 500),
    access="read",
    reference="delivery-options/getReturnDeliveryOptions",
)

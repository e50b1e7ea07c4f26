"""The structs of delivery services."""

from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.base import Model


class DeliveryServiceInfo(Model, kw_only=True, frozen=True):
    """A delivery service.

    Attributes:
        id: its id.
        name: its name.
    """

    id: int
    name: str


class DeliveryServices(Model, kw_only=True, frozen=True):
    """All delivery services.

    Attributes:
        delivery_service: the services; a list, whatever the name says.
    """

    delivery_service: list[DeliveryServiceInfo]


class DeliveryServicesResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getDeliveryServices.

    Attributes:
        result: what was asked for.
    """

    result: DeliveryServices | None = None

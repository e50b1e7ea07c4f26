"""The methods of delivery services: the Market's list of carriers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from yamarket_async.families.delivery_services.models import DeliveryServices

api = Family("delivery_services")


class DeliveryServicesMethods(Methods):
    """The methods of delivery services: the Market's list of carriers."""

    async def get_delivery_services(self) -> DeliveryServices:
        """Get all delivery services that the Market knows, with their ids.

        The ids are what `delivery_service_id` of an outlet's delivery rules (`create_outlet`) and of an order's track
        code (`set_order_delivery_track_code`) want. The list hardly changes: keep it, and ask again once in a while.
        Its limit belongs to the key, not to a store.

        Placement models: FBS, DBS, EXPRESS.

        Returns:
            A `DeliveryServices`: all of them in one list.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 5,000 requests an hour for the key. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only, pricing, pricing:read-only,
        offers-and-cards-management, offers-and-cards-management:read-only, promotion, promotion:read-only,
        finance-and-accounting, communication, settings-management, supplies-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/delivery-services/getDeliveryServices
        """
        result: DeliveryServices = await self._call(api.GET_DELIVERY_SERVICES)
        return result

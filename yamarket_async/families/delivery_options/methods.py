"""The methods of delivery options: how the Market delivers orders from other channels, and takes returns back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from yamarket_async.families.delivery_options.models import (
        CourierDeliveryParameters,
        DeliveryOptions,
        DeliveryOptionsItem,
        PickupDeliveryParameters,
        ReturnDeliveryOptions,
    )
    from yamarket_async.models.orders import BasicOrderItem

api = Family("delivery_options")


class DeliveryOptionsMethods(Methods):
    """The methods of delivery options: how the Market delivers orders from other channels, and takes returns back."""

    async def get_delivery_options(
        self,
        campaign_id: int,
        items: Iterable[DeliveryOptionsItem | Mapping[str, Any]],
        *,
        pickup_delivery: PickupDeliveryParameters | Mapping[str, Any] | None = None,
        courier_delivery: CourierDeliveryParameters | Mapping[str, Any] | None = None,
    ) -> DeliveryOptions:
        """Get the ways in which the Market could deliver an order from another channel, with days, hours and prices.

        The step before `create_order`: choose one of the options and pass its days, hours and point on. Ask either
        about pick-up points, with `pickup_delivery` (points come from `get_logistic_points`), or about a courier, with
        `courier_delivery`; never about both at once. The Market groups the answer by the warehouse that each item
        leaves from: items in several warehouses are several groups, and an order is one warehouse's. Ten requests of
        this method may run at once for a store.

        Placement models: LAAS. Not for sellers of Market Yandex Go.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            items: what is to be delivered, 1 to 1,000 items, each SKU once. Each is a `DeliveryOptionsItem` or a
                mapping like `{"offerId": "A-1", "count": 2}`, with `warehouseId` to ask about a particular warehouse
                (`get_fulfillment_warehouses` lists them, `get_stocks` tells what lies there); else the Market chooses
                one.
            pickup_delivery: the pick-up points asked about, up to 20: a `PickupDeliveryParameters` or
                `{"logisticPointsIds": [1, 2]}`. Not together with `courier_delivery`.
            courier_delivery: the address asked about: a `CourierDeliveryParameters` or `{"fullAddress": "…"}`. Not
                together with `pickup_delivery`.

        Returns:
            A `DeliveryOptions`: the options, by warehouse.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Offers not found for SKUs: '…'`: these are not in the catalogue, or not placed in the store.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests a minute for a campaign; 10 requests at once. Scopes, one of: all-methods,
        all-methods:read-only, inventory-and-order-processing, inventory-and-order-processing:read-only, pricing,
        pricing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/delivery-options/getDeliveryOptions
        """
        result: DeliveryOptions = await self._call(
            api.GET_DELIVERY_OPTIONS,
            campaign_id=campaign_id,
            items=items,
            pickup_delivery=pickup_delivery,
            courier_delivery=courier_delivery,
        )
        return result

    async def get_return_delivery_options(
        self,
        campaign_id: int,
        items: Iterable[BasicOrderItem | Mapping[str, Any]],
        pickup_delivery: PickupDeliveryParameters | Mapping[str, Any],
    ) -> ReturnDeliveryOptions:
        """Get which of some pick-up points take a return of given items.

        The step before `create_return`, for orders from other channels. A point with RETURN_ALLOWED in
        `get_logistic_points` takes returns as such, but may not take these items; here you learn that.

        Placement models: LAAS. Not for sellers of Market Yandex Go.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            items: what comes back, 1 to 1,000 items, each a `BasicOrderItem` or a mapping like `{"offerId": "A-1",
                "count": 1}`.
            pickup_delivery: the pick-up points asked about, up to 20: a `PickupDeliveryParameters` or
                `{"logisticPointsIds": [1, 2]}`.

        Returns:
            A `ReturnDeliveryOptions`: the points that take the items.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Offers not found for SKUs: '…'`: these are not in the catalogue, or not placed in the store.
            MarketError: see `yamarket_async.errors`.

        Limit: 5,000 requests an hour for a campaign. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only, pricing, pricing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/delivery-options/getReturnDeliveryOptions
        """
        result: ReturnDeliveryOptions = await self._call(
            api.GET_RETURN_DELIVERY_OPTIONS, campaign_id=campaign_id, items=items, pickup_delivery=pickup_delivery
        )
        return result

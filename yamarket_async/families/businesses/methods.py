"""The methods of businesses: the settings of a cabinet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from yamarket_async.families.businesses.models import BusinessSettingsInfo

api = Family("businesses")


class BusinessesMethods(Methods):
    """The methods of businesses: the settings of a cabinet."""

    async def get_business_settings(self, business_id: int) -> BusinessSettingsInfo:
        """Get the settings of a cabinet: who sets prices, in which currency, and which subscription it has.

        Ask it before you send prices: if `settings.only_default_price` is true, only `update_business_prices` works and
        `update_prices` is refused with `Partner use only default price`; if it is false, a store may have a price of
        its own, which `update_prices` sets.

        The subscription decides how many calls and reports the cabinet gets: only MEDIUM has the larger amounts that
        the methods name as "with a subscription"; LIGHT has those without.

        Placement models: DBS, FBS, FBY, EXPRESS, LAAS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.

        Returns:
            A `BusinessSettingsInfo`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 100 requests an hour for a business. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only, pricing, pricing:read-only,
        offers-and-cards-management, offers-and-cards-management:read-only, promotion, promotion:read-only,
        finance-and-accounting, communication, settings-management, supplies-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/businesses/getBusinessSettings
        """
        result: BusinessSettingsInfo = await self._call(api.GET_BUSINESS_SETTINGS, business_id=business_id)
        return result

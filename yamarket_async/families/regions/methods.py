"""The methods of regions: the tree of regions of the Market, and codes of countries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from yamarket_async.families.regions.models import Country
    from yamarket_async.models.places import Region
    from yamarket_async.paging import Pager

api = Family("regions")


class RegionsMethods(Methods):
    """The methods of regions: the tree of regions of the Market, and codes of countries."""

    def search_regions_by_name(self, name: str, *, page_size: int = 20, page_token: str | None = None) -> Pager[Region]:
        """Walk through the regions of a name.

        The search minds the case: the first letter must be a capital, the others small (`Москва`). Names are often
        shared, so several regions may come back, ten at most by the Market's page: tell them apart by the chain of
        `parent` regions of each. The id is what delivery and outlets want.

        The tree hardly changes: keep what you found rather than asking again. What is counted against the limit is the
        regions in the answers.

        Placement models: FBY, FBS, DBS, EXPRESS, LAAS.

        Args:
            name: the name of the region, its first letter a capital and the rest small.
            page_size: items a page, 1 to 20.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `Region`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 50,000 items an hour for the key. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only, pricing, pricing:read-only,
        offers-and-cards-management, offers-and-cards-management:read-only, promotion, promotion:read-only,
        finance-and-accounting, communication, settings-management, supplies-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/regions/searchRegionsByName
        """
        return self._pager(api.SEARCH_REGIONS_BY_NAME, name=name, page_size=page_size, page_token=page_token)

    async def search_regions_by_id(self, region_id: int) -> Region:
        """Get a region and, as its `parent`, the regions that it lies in.

        Placement models: FBY, FBS, DBS, EXPRESS, LAAS.

        Args:
            region_id: the region, as `search_regions_by_name` finds it.

        Returns:
            A `Region`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Region … not found.`: there is no such region.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests an hour for the key. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only, pricing, pricing:read-only,
        offers-and-cards-management, offers-and-cards-management:read-only, promotion, promotion:read-only,
        finance-and-accounting, communication, settings-management, supplies-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/regions/searchRegionsById
        """
        result: Region = await self._call(api.SEARCH_REGIONS_BY_ID, region_id=region_id)
        return result

    def search_region_children(
        self, region_id: int, *, page_size: int = 50, page_token: str | None = None
    ) -> Pager[Region]:
        """Walk through the regions that lie directly in a region.

        The pages hold the children only; the region itself and those above it are in `search_regions_by_id`. To walk a
        whole country ask for the children of each child: mind that each child in an answer counts against the limit,
        and keep the tree, as it hardly changes.

        The Market cuts a page size over 50 to 50 without a word. The older paging by page number was to be switched off
        on 5 October 2026 and is not used.

        Placement models: FBY, FBS, DBS, EXPRESS, LAAS.

        Args:
            region_id: the region whose children are wanted, as `search_regions_by_name` finds it.
            page_size: items a page, 1 to 50.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `Region`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Region … not found.`: there is no such region.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 items an hour for the key. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only, pricing, pricing:read-only,
        offers-and-cards-management, offers-and-cards-management:read-only, promotion, promotion:read-only,
        finance-and-accounting, communication, settings-management, supplies-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/regions/searchRegionChildren
        """
        return self._pager(api.SEARCH_REGION_CHILDREN, region_id=region_id, page_size=page_size, page_token=page_token)

    async def get_regions_codes(self) -> list[Country]:
        """Get all countries with their codes of two letters (ISO 3166-1 alpha-2).

        The code says in which country a product was made (`country_code` of an item's customs data), which is needed
        for goods from abroad that a business buys. An unknown code is refused where it is used: `String (…) is not a
        valid country code according to ISO 3166-1 alpha-2`.

        Placement models: FBY, FBS, DBS, EXPRESS, LAAS.

        Returns:
            A list of `Country`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 100 requests an hour for the key. Scopes, one of: all-methods, all-methods:read-only,
        inventory-and-order-processing, inventory-and-order-processing:read-only, pricing, pricing:read-only,
        offers-and-cards-management, offers-and-cards-management:read-only, promotion, promotion:read-only,
        finance-and-accounting, communication, settings-management, supplies-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/regions/getRegionsCodes
        """
        result: list[Country] = await self._call(api.GET_REGIONS_CODES)
        return result

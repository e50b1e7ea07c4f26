"""The methods of categories: the tree of the Market's categories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods, deprecated
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yamarket_async.families.categories.models import Category, LanguageType, MaxSaleQuantum
    from yamarket_async.paging import Pager

api = Family("categories")


class CategoriesMethods(Methods):
    """The methods of categories: the tree of the Market's categories."""

    async def get_categories_tree(self, *, language: str | LanguageType | None = None) -> Category:
        """Get the tree of the Market's categories.

        The answer is the root; its `children` lead to all others. Products belong to leaf categories, those without
        children, whose ids `update_offer_mappings`, `get_category_content_parameters` and `calculate_tariffs` take. The
        tree is large and seldom changes: get it rarely, and keep it.

        Placement models: FBY, FBS, DBS, EXPRESS, LAAS.

        Args:
            language: the language of the names: RU, the default, or EN.

        Returns:
            The root of the tree.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 100 requests an hour for the key with a subscription, 50 requests an hour without. Scopes, one of:
        all-methods, all-methods:read-only, inventory-and-order-processing, inventory-and-order-processing:read-only,
        pricing, pricing:read-only, offers-and-cards-management, offers-and-cards-management:read-only, promotion,
        promotion:read-only, finance-and-accounting, communication, settings-management, supplies-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/categories/getCategoriesTree
        """
        result: Category = await self._call(api.GET_CATEGORIES_TREE, language=language)
        return result

    @deprecated("the Market shuts it down on 2027-04-05")
    def get_categories_max_sale_quantum(self, market_category_ids: Iterable[int]) -> Pager[MaxSaleQuantum]:
        """List the largest quantum of sale, and smallest quantity in an order, that products of categories may have.

        A product whose quantum or smallest quantity is above that is hidden from the showcase. Categories that are
        unknown or have children don't come. The Market shuts the method down on 2027-04-05 without a successor, and
        from 2027-01-18 on it refuses a growing share of the calls with `The method is deprecated and is occasionally
        forbidden`.

        Placement models: FBY, FBS, DBS, EXPRESS.

        Args:
            market_category_ids: the leaf categories of the Market, any number, at least one; they are asked for in
                batches of 1,500.

        Returns:
            A `Pager` of `MaxSaleQuantum`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Following categories are not leaf categories: '…'` or `Unknown categories: '…'`: take others
                from `get_categories_tree`.
            Forbidden: among others the refusals that come with its deprecation.
            MarketError: see `yamarket_async.errors`.

        Limit: 5,000 requests an hour for the key. Scopes, one of: all-methods, all-methods:read-only,
        offers-and-cards-management, offers-and-cards-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/categories/getCategoriesMaxSaleQuantum
        """
        return self._pager(api.GET_CATEGORIES_MAX_SALE_QUANTUM, market_category_ids=market_category_ids)

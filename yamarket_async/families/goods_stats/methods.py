"""The methods of goods statistics: what the Market knows of products of a store, their stocks and tariffs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yamarket_async.families.goods_stats.models import GoodsStatsGoods
    from yamarket_async.paging import Pager

api = Family("goods_stats")


class GoodsStatsMethods(Methods):
    """The methods of goods statistics: what the Market knows of products of a store, their stocks and tariffs."""

    def get_goods_stats(self, campaign_id: int, shop_skus: Iterable[str]) -> Pager[GoodsStatsGoods]:
        """List what the Market knows of products of a store.

        That is name, category, size, price, stocks by warehouse, and the tariffs of the Market's services. A service
        can stand several times among the tariffs of a product, say where it depends on the way of shipment.

        Placement models: FBY, FBS, EXPRESS, DBS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            shop_skus: the SKUs, any number, at least one, of 1 to 255 characters; they are asked for in batches of 500.

        Returns:
            A `Pager` of `GoodsStatsGoods`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Campaign not found '…'`: there is no such store.
            MarketError: see `yamarket_async.errors`.

        Limit: 5,000 items a minute for a campaign with a subscription, 2,000 items a minute without. Scopes, one of:
        all-methods, all-methods:read-only, offers-and-cards-management, offers-and-cards-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/goods-stats/getGoodsStats
        """
        return self._pager(api.GET_GOODS_STATS, campaign_id=campaign_id, shop_skus=shop_skus)

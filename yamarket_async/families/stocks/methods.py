"""The methods of stocks: how many of each product there are in which warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterable, Mapping
    from typing import Any, Literal

    from yamarket_async.bulk import Batches, BulkReport
    from yamarket_async.families.stocks.models import (
        PartnerWarehouseOffer,
        UpdateStock,
        UpdateStockOnWarehouseItem,
        WarehouseOffers,
    )
    from yamarket_async.paging import Pager

api = Family("stocks")


class StocksMethods(Methods):
    """The methods of stocks: how many of each product there are in which warehouse."""

    def update_stocks(
        self,
        campaign_id: int,
        skus: Iterable[UpdateStock | Mapping[str, Any]] | AsyncIterable[UpdateStock | Mapping[str, Any]],
        *,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Tell the Market how many of each product a store has, in a cabinet with groups of warehouses.

        For cabinets that have groups of warehouses only; in a cabinet without, use
        `update_stocks_on_partner_warehouses`. For a group send the stock of any one of its warehouses, that is, of one
        of its stores: the others follow by themselves. Which warehouses form a group is in `get_paged_warehouses`.

        The SKU must be exactly that of the catalogue: 557722 and 0557722 are two products. The new figure shows after
        some minutes (`get_stocks`). Sending the same figure again changes nothing, so a lost answer may simply be
        repeated.

        A count is what can be ordered now. Send 0 for what has run out.

        Placement models: FBS, DBS, EXPRESS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            skus: the products, any number of them, sent 2,000 a request; a SKU only once in all of them. Each is an
                `UpdateStock` or a mapping like `{"sku": "A1", "items": [{"count": 5}]}` with exactly 1 entry in
                `items`.
            isolate: whether one bad thing is found and left out, so that the others are done: what the Market refuses
                is sent again without it. False stops at the first refusal with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `BulkReport`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Duplicate shop-sku … for warehouse …`: a product twice in a request; `Stock for … should not be
                in the future`, `Stock for … should not be older than a day`: mend its `updated_at` or leave it out;
                `Campaign type is not allowed`: the store is FBY or LaaS, whose stocks the Market counts itself. The
                whole request is refused.
            MarketError: see `yamarket_async.errors`.

        Limit: 100,000 items a minute for a campaign. Scopes, one of: all-methods, offers-and-cards-management.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/stocks/updateStocks
        """
        return self._batches(
            api.UPDATE_STOCKS, campaign_id=campaign_id, skus=skus, isolate=isolate, on_invalid=on_invalid
        )

    def get_stocks(
        self,
        campaign_id: int,
        *,
        stocks_warehouse_id: int | None = None,
        has_stocks: bool | None = None,
        with_turnover: bool | None = None,
        archived: bool | None = None,
        offer_ids: Iterable[str] | None = None,
        page_size: int = 100,
        page_token: str | None = None,
    ) -> Pager[WarehouseOffers]:
        """Walk through how many of each product there are in the warehouses of a store.

        For FBY and LaaS stores, and for FBS, DBS and Express stores of a cabinet with groups of warehouses. For the
        latter in a cabinet without groups use `get_stocks_on_partner_warehouses`.

        Items are warehouses, each with some of its products: one page may name several, and a warehouse may come again
        on a later page, so add up by `warehouse_id`. An FBY or LaaS store has its goods in several warehouses of the
        Market, whose names `get_fulfillment_warehouses` tells. An FBS store may also show a warehouse of the Market for
        returns, if one of its returns lay too long at the point where the seller was to fetch it.

        Products in the archive are left out unless you ask for them; with `offer_ids` they are there in any case. How
        quickly goods sell comes only with `with_turnover=True`.

        What was sent by `update_stocks` shows after some minutes. Each product in an answer counts against the limit.
        The Market cuts a page size over 100 to 100 without a word.

        Placement models: FBY, FBS, DBS, EXPRESS, LAAS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            stocks_warehouse_id: only what is in this warehouse, 1 or more; None for all. Not together with `offer_ids`.
            has_stocks: FBY and LaaS only, and only together with `stocks_warehouse_id`: True for products that are
                there, False for those that are not; None for both. Not together with `offer_ids`.
            with_turnover: FBY and LaaS only: whether to tell how quickly each product sells; None is as False.
            archived: True for products in the archive; None or False for all others. Not together with `offer_ids`.
            offer_ids: only these products (SKUs of 1 to 255 characters), in the archive or not; without repeats, of any
                number, 500 a request. The Market gives such a list whole, so neither a page token nor `archived` nor
                `stocks_warehouse_id` may stand beside it.
            page_size: items a page, 1 to 100.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `WarehouseOffers`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 100,000 items a minute for a campaign. Scopes, one of: all-methods, all-methods:read-only,
        offers-and-cards-management, offers-and-cards-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/stocks/getStocks
        """
        return self._pager(
            api.GET_STOCKS,
            campaign_id=campaign_id,
            stocks_warehouse_id=stocks_warehouse_id,
            has_stocks=has_stocks,
            with_turnover=with_turnover,
            archived=archived,
            offer_ids=offer_ids,
            page_size=page_size,
            page_token=page_token,
        )

    def update_stocks_on_partner_warehouses(
        self,
        business_id: int,
        sku_items: Iterable[UpdateStockOnWarehouseItem | Mapping[str, Any]]
        | AsyncIterable[UpdateStockOnWarehouseItem | Mapping[str, Any]],
        *,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Tell the Market how many of each product there are in the warehouses of a cabinet.

        For cabinets without groups of warehouses only; in a cabinet with groups use `update_stocks`. One call serves
        any number of warehouses of the cabinet, whatever store they belong to.

        The SKU must be exactly that of the catalogue: 557722 and 0557722 are two products. The new figure shows after
        some minutes (`get_stocks_on_partner_warehouses`). Sending the same figure again changes nothing, so a lost
        answer may simply be repeated. Requests are counted against the limit and not products, so large batches are
        worth while.

        Placement models: FBS, DBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            sku_items: the products, any number of them, sent 2,000 a request; the pair of SKU and warehouse only once
                in all of them. Each is an `UpdateStockOnWarehouseItem` or a mapping like `{"sku": "A1",
                "partnerWarehouseId": 1, "count": 5}`.
            isolate: whether one bad thing is found and left out, so that the others are done: what the Market refuses
                is sent again without it. False stops at the first refusal with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `BulkReport`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Duplicate shop-sku … for warehouse …`: a pair twice in a request; `Stock for … should not be in
                the future`, `Stock for … should not be older than a day`: mend its `updated_at` or leave it out. The
                whole request is refused.
            NotFound: with `isolate=False`: there is no such warehouse in the cabinet; take its id from
                `get_partner_warehouses`.
            MarketError: see `yamarket_async.errors`.

        Limit: 50 requests a minute for a business. Scopes, one of: all-methods, offers-and-cards-management.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/stocks/updateStocksOnPartnerWarehouses
        """
        return self._batches(
            api.UPDATE_STOCKS_ON_PARTNER_WAREHOUSES,
            business_id=business_id,
            sku_items=sku_items,
            isolate=isolate,
            on_invalid=on_invalid,
        )

    def get_stocks_on_partner_warehouses(
        self,
        business_id: int,
        partner_warehouse_id: int,
        *,
        archived: bool | None = None,
        offer_ids: Iterable[str] | None = None,
        page_size: int = 100,
        page_token: str | None = None,
    ) -> Pager[PartnerWarehouseOffer]:
        """Walk through how many of each product there are in one warehouse of a cabinet.

        For cabinets without groups of warehouses only; in a cabinet with groups use `get_stocks`. Products in the
        archive are left out unless you ask for them; with `offer_ids` they are there in any case. What was sent by
        `update_stocks_on_partner_warehouses` shows after some minutes. The Market cuts a page size over 100 to 100
        without a word.

        Placement models: FBS, DBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            partner_warehouse_id: the warehouse, 1 or more: an id of `get_partner_warehouses`.
            archived: True for products in the archive; None or False for all others. Not together with `offer_ids`.
            offer_ids: only these products (SKUs of 1 to 255 characters), in the archive or not; without repeats, of any
                number, 500 a request. The Market gives such a list whole, so neither a page token nor `archived` may
                stand beside it.
            page_size: items a page, 1 to 100.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `PartnerWarehouseOffer`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: there is no such warehouse in the cabinet.
            MarketError: see `yamarket_async.errors`.

        Limit: 500 requests a minute for a business. Scopes, one of: all-methods, all-methods:read-only,
        offers-and-cards-management, offers-and-cards-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/stocks/getStocksOnPartnerWarehouses
        """
        return self._pager(
            api.GET_STOCKS_ON_PARTNER_WAREHOUSES,
            business_id=business_id,
            partner_warehouse_id=partner_warehouse_id,
            archived=archived,
            offer_ids=offer_ids,
            page_size=page_size,
            page_token=page_token,
        )

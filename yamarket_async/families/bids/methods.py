"""The methods of bids: boosting sales by paying for orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterable, Mapping
    from typing import Any, Literal

    from yamarket_async.bulk import Batches, BulkReport
    from yamarket_async.families.bids.models import SkuBidItem, SkuBidRecommendationItem
    from yamarket_async.paging import Pager

api = Family("bids")


class BidsMethods(Methods):
    """The methods of bids: boosting sales by paying for orders."""

    def put_bids_for_business(
        self,
        business_id: int,
        bids: Iterable[SkuBidItem | Mapping[str, Any]] | AsyncIterable[SkuBidItem | Mapping[str, Any]],
        *,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Start the boost of products in all stores of a cabinet, or change its bids.

        The first call makes an advertising campaign for all stores, puts the products into it with their bids, turns on
        the pricing strategy and starts it. Later calls change bids in that same campaign and add products; others of
        the account can't be steered by the API, and this one always goes before them. Each call turns the campaign and
        its pricing strategy on again where they were switched off in the account; if the campaign was deleted there, a
        new one is made. Its name and switches are changed in the account only.

        A bid of 0 takes a product out. An unknown SKU is no error: it is remembered, and joins the campaign when the
        catalogue gets such a product. Bids take effect within minutes; a repeat changes nothing. What the boost costs
        is told by `get_orders_stats` (`bid_fee`), what was set by `get_bids_info_for_business`, what to bid by
        `get_bids_recommendations`.

        Placement models: DBS, FBS, FBY, EXPRESS. Not for sellers of Market Yandex Go.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            bids: the products with their bids, any number; up to 1,500 go into a request.
            isolate: whether one bad thing is found and left out, so that the others are done: what the Market refuses
                is sent again without it. False stops at the first refusal with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `BulkReport`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: a bid is neither 0 nor 50 to 9,999, or something else is malformed; nothing of the request was
                done.
            NotFound: there is no such cabinet.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests a minute for a business with a subscription, 500 requests a minute without. Scopes, one
        of: all-methods, pricing, promotion.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/bids/putBidsForBusiness
        """
        return self._batches(
            api.PUT_BIDS_FOR_BUSINESS, business_id=business_id, bids=bids, isolate=isolate, on_invalid=on_invalid
        )

    def put_bids_for_campaign(
        self,
        campaign_id: int,
        bids: Iterable[SkuBidItem | Mapping[str, Any]] | AsyncIterable[SkuBidItem | Mapping[str, Any]],
        *,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Start the boost of products in one store, or change its bids there.

        The first call makes an advertising campaign, puts the products into it with their bids for this store, turns on
        the pricing strategy and starts it. Later calls, as those of `put_bids_for_business`, change bids in the same
        campaign and add products; it always goes before the campaigns made in the account. Each call turns it and its
        pricing strategy on again where they were switched off; if it was deleted in the account, a new one is made. Its
        name and switches are changed in the account only.

        A bid of 0 takes a product out. An unknown SKU is no error: it is remembered, and joins the campaign when the
        catalogue gets such a product. Bids take effect within minutes; a repeat changes nothing. What the boost costs
        is told by `get_orders_stats` (`bid_fee`), what to bid by `get_bids_recommendations`.

        Placement models: DBS, FBS, EXPRESS, FBY. Not for sellers of Market Yandex Go.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            bids: the products with their bids, any number; up to 1,500 go into a request.
            isolate: whether one bad thing is found and left out, so that the others are done: what the Market refuses
                is sent again without it. False stops at the first refusal with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `BulkReport`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: a bid is neither 0 nor 50 to 9,999, or something else is malformed; nothing of the request was
                done.
            NotFound: `Campaign not found '…'`: there is no such store.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests a minute for a campaign. Scopes, one of: all-methods, pricing, promotion.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/bids/putBidsForCampaign
        """
        return self._batches(
            api.PUT_BIDS_FOR_CAMPAIGN, campaign_id=campaign_id, bids=bids, isolate=isolate, on_invalid=on_invalid
        )

    def get_bids_info_for_business(
        self,
        business_id: int,
        *,
        skus: Iterable[str] | None = None,
        page_size: int = 500,
        page_token: str | None = None,
    ) -> Pager[SkuBidItem]:
        """List the bids that were set by `put_bids_for_business`.

        Bids of campaigns that were made in the account don't come. A bid that was set a moment ago can be missing for
        some minutes.

        Placement models: DBS, FBS, FBY, EXPRESS. Not for sellers of Market Yandex Go.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            skus: these SKUs, any number, of 1 to 255 characters; they are asked for in batches of 500, each of which
                comes on one page, whatever page size or token is sent; products without a bid don't come. None for all
                products with a bid.
            page_size: items a page, 1 to 500.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `SkuBidItem`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: there is no such cabinet.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests a minute for a business with a subscription, 500 requests a minute without. Scopes, one
        of: all-methods, all-methods:read-only, pricing, pricing:read-only, promotion, promotion:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/bids/getBidsInfoForBusiness
        """
        return self._pager(
            api.GET_BIDS_INFO_FOR_BUSINESS,
            business_id=business_id,
            skus=skus,
            page_size=page_size,
            page_token=page_token,
        )

    def get_bids_recommendations(self, business_id: int, skus: Iterable[str]) -> Pager[SkuBidRecommendationItem]:
        """List recommended bids for products, with the share of shows and the extras that each brings.

        A product has one recommended bid or several, for different shares of shows and different extras. One that is in
        the catalogue and not yet on sale has none. Set them with `put_bids_for_business` or `put_bids_for_campaign`.

        Placement models: DBS, FBS, FBY, EXPRESS. Not for sellers of Market Yandex Go.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            skus: the SKUs, any number, of 1 to 255 characters; they are asked for in batches of 1,500.

        Returns:
            A `Pager` of `SkuBidRecommendationItem`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: there is no such cabinet.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests a minute for a business with a subscription, 500 requests a minute without. Scopes, one
        of: all-methods, all-methods:read-only, pricing, pricing:read-only, promotion, promotion:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/bids/getBidsRecommendations
        """
        return self._pager(api.GET_BIDS_RECOMMENDATIONS, business_id=business_id, skus=skus)

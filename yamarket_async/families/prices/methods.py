"""The methods of prices: setting them and reading what was set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods, deprecated
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterable, Mapping
    from typing import Any, Literal

    from yamarket_async.bulk import Batches, BulkReport
    from yamarket_async.families.prices.models import (
        OfferDefaultPriceResponse,
        OfferPrice,
        OfferPriceByOfferIdsResponse,
        OfferPriceResponse,
        UpdateBusinessOfferPrice,
    )
    from yamarket_async.paging import Pager

api = Family("prices")


class PricesMethods(Methods):
    """The methods of prices: setting them and reading what was set."""

    def update_business_prices(
        self,
        business_id: int,
        offers: Iterable[UpdateBusinessOfferPrice | Mapping[str, Any]]
        | AsyncIterable[UpdateBusinessOfferPrice | Mapping[str, Any]],
        *,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Set prices of products that hold in all stores of a cabinet.

        A store may override them with prices of its own (`update_prices`), where the cabinet allows that. A price that
        jumps or differs much from the market's goes into quarantine until it is confirmed: see
        `get_business_quarantine_offers`. What prices attract buyers is told by `get_offer_recommendations`; VAT is set
        by `update_campaign_offers`.

        A price replaces the one before with all that belongs to it: without `discount_base` the discount ends, without
        `minimum_for_bestseller` the minimum is deleted. New prices show within minutes; a repeat changes nothing. A
        request is done whole or not at all.

        Placement models: FBY, FBS, DBS, EXPRESS, LAAS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            offers: the products with their prices, any number; up to 500 go into a request, each SKU once.
            isolate: whether one bad thing is found and left out, so that the others are done: what the Market refuses
                is sent again without it. False stops at the first refusal with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `BulkReport`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: nothing of the request was done: `Offer at index '…' should have valid discount value. Discount
                percentage must be between '…' and '…', actual '…'`: the discount is not 5 to 99 %; `Offer at index '…'
                should not have '…' with '…' currency`: the currency is not the cabinet's; `Offer at index '…' should
                not have '…' with too many digits`: at most 7 decimals.
            NotFound: there is no such cabinet.
            Locked: `Business is in migration`: the cabinet is being moved; try again later.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 items a minute for a business. Scopes, one of: all-methods, pricing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/prices/updateBusinessPrices
        """
        return self._batches(
            api.UPDATE_BUSINESS_PRICES, business_id=business_id, offers=offers, isolate=isolate, on_invalid=on_invalid
        )

    def update_prices(
        self,
        campaign_id: int,
        offers: Iterable[OfferPrice | Mapping[str, Any]] | AsyncIterable[OfferPrice | Mapping[str, Any]],
        *,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Set prices of products in one store.

        Only where the cabinet has prices for single stores: where `get_business_settings` gives `only_default_price` as
        False. Elsewhere use `update_business_prices`, whose prices hold in all stores. Prices that jump or differ much
        from the market's go into the store's quarantine until they are confirmed: see `get_campaign_quarantine_offers`.
        What prices attract buyers is told by `get_offer_recommendations`.

        A price replaces the one before: without `discount_base` the discount ends. New prices show within minutes; a
        repeat changes nothing. A request is done whole or not at all.

        Placement models: FBY, FBS, DBS, EXPRESS, LAAS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            offers: the products with their prices, any number; up to 2,000 go into a request, each SKU once.
            isolate: whether one bad thing is found and left out, so that the others are done: what the Market refuses
                is sent again without it. False stops at the first refusal with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `BulkReport`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: nothing of the request was done: `discountBase is less than value: offerId = '…'`; `offerId =
                '…' should have valid discount value. Discount percentage must be between …`: the discount is not 5 to
                99 %; `Missing offerId`; `Missing price value: offerId = '…'`; `Duplicate offer in request: offerId =
                '…'`; `Unrecognized vat: '…': offerId = '…'` and `Vat setting of '…' not supported …`: see
                `OfferPriceValue`.
            NotFound: `Campaign not found '…'`: there is no such store.
            Locked: `Partner use only default price`: the cabinet has only prices for all stores; use
                `update_business_prices`. `Business is in migration`: try again later.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 items a minute for a campaign; 12 requests at once. Scopes, one of: all-methods, pricing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/prices/updatePrices
        """
        return self._batches(
            api.UPDATE_PRICES, campaign_id=campaign_id, offers=offers, isolate=isolate, on_invalid=on_invalid
        )

    @deprecated("use get_prices_by_offer_ids; the Market shuts it down on 2027-04-05")
    def get_prices(
        self, campaign_id: int, *, archived: bool | None = None, page_size: int = 500, page_token: str | None = None
    ) -> Pager[OfferPriceResponse]:
        """List the prices that were set in a store, in whatever way: by the API, in the account, in a file.

        The Market shuts it down on 2027-04-05, and from 2027-01-18 on it refuses a growing share of the calls with `The
        method is deprecated and is occasionally forbidden`. Use `get_prices_by_offer_ids`.

        Placement models: FBY, FBS, DBS, EXPRESS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            archived: True for products in the archive; False, the default, for the others.
            page_size: items a page, 1 to 500.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `OfferPriceResponse`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            Forbidden: among others the refusals that come with its deprecation.
            NotFound: `Campaign not found '…'`: there is no such store.
            MarketError: see `yamarket_async.errors`.

        Limit: 150,000 items a minute for a campaign. Scopes, one of: all-methods, all-methods:read-only, pricing,
        pricing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/prices/getPrices
        """
        return self._pager(
            api.GET_PRICES, campaign_id=campaign_id, archived=archived, page_size=page_size, page_token=page_token
        )

    def get_prices_by_offer_ids(
        self,
        campaign_id: int,
        *,
        offer_ids: Iterable[str] | None = None,
        page_size: int = 500,
        page_token: str | None = None,
    ) -> Pager[OfferPriceByOfferIdsResponse]:
        """List the prices of products in one store.

        Only for stores with prices of their own. Those that hold in all stores are told by `get_default_prices`, or
        `get_offer_mappings` together with the products. A price that was set a moment ago can be missing for some
        minutes.

        Placement models: FBY, FBS, DBS, EXPRESS, LAAS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            offer_ids: these SKUs, any number, of 1 to 255 characters; they are asked for in batches of 500, each of
                which the Market returns whole; so not together with a page token. None for all prices of the store.
            page_size: items a page, 1 to 500.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `OfferPriceByOfferIdsResponse`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Campaign not found '…'`: there is no such store.
            MarketError: see `yamarket_async.errors`.

        Limit: 100,000 items a minute for a campaign with a subscription, 10,000 items a minute without. Scopes, one of:
        all-methods, all-methods:read-only, pricing, pricing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/prices/getPricesByOfferIds
        """
        return self._pager(
            api.GET_PRICES_BY_OFFER_IDS,
            campaign_id=campaign_id,
            offer_ids=offer_ids,
            page_size=page_size,
            page_token=page_token,
        )

    def get_default_prices(
        self,
        business_id: int,
        *,
        offer_ids: Iterable[str] | None = None,
        archived: bool | None = None,
        page_size: int = 500,
        page_token: str | None = None,
    ) -> Pager[OfferDefaultPriceResponse]:
        """List the prices that hold in all stores of a cabinet.

        In whatever way they were set: by the API, in a spreadsheet, in the account. They also tell the minimum price
        for the promotion “Bestsellers of the Market”, and whether a product is kept out of it. A price that was set a
        moment ago can be missing for some minutes.

        Placement models: FBY, FBS, DBS, EXPRESS, LAAS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            offer_ids: these SKUs, any number, of 1 to 255 characters; they are asked for in batches of 200; so not
                together with a page token. None for all.
            archived: True for products in the archive only, False for the others only; None for both.
            page_size: items a page, 1 to 500.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `OfferDefaultPriceResponse`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: there is no such cabinet.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 items a minute for a business with a subscription, 5,000 items a minute without. Scopes, one of:
        all-methods, all-methods:read-only, pricing, pricing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/prices/getDefaultPrices
        """
        return self._pager(
            api.GET_DEFAULT_PRICES,
            business_id=business_id,
            offer_ids=offer_ids,
            archived=archived,
            page_size=page_size,
            page_token=page_token,
        )

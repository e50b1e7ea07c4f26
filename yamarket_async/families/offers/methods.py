"""The methods of offers: how products are placed in a store, and recommendations on their prices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods, deprecated
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterable, Mapping
    from typing import Any, Literal

    from yamarket_async.bulk import Batches, BulkReport, DeletedOffers
    from yamarket_async.families.offers.models import (
        CampaignOffer,
        OfferRecommendation,
        PriceCompetitivenessType,
        UpdateCampaignOffer,
    )
    from yamarket_async.families.offers.old_offers import OldOffer
    from yamarket_async.models.currency import CurrencyType
    from yamarket_async.models.products import OfferCampaignStatusType
    from yamarket_async.paging import Pager

api = Family("offers")


class OffersMethods(Methods):
    """The methods of offers: how products are placed in a store, and recommendations on their prices."""

    def get_campaign_offers(
        self,
        campaign_id: int,
        *,
        offer_ids: Iterable[str] | None = None,
        statuses: Iterable[str | OfferCampaignStatusType] | None = None,
        category_ids: Iterable[int] | None = None,
        vendor_names: Iterable[str] | None = None,
        tags: Iterable[str] | None = None,
        page_size: int = 200,
        page_token: str | None = None,
    ) -> Pager[CampaignOffer]:
        """List the products that are placed in a store, with their prices, status and errors in it.

        Two ways: by `offer_ids`, or by filters, which narrow each other down and give pages; the Market refuses both
        together. Without either all products of the store come. What they are (name, pictures, dimensions) is told by
        `get_offer_mappings`, for the whole cabinet.

        Placement models: DBS, FBY, FBS, EXPRESS, LAAS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            offer_ids: these SKUs, any number, of 1 to 255 characters; they are asked for in batches of 200, and SKUs
                that are not in the store don't come. Not together with another filter or a page token, since the Market
                returns such a list whole.
            statuses: only products of these `OfferCampaignStatusType`s, at least one.
            category_ids: only products of these categories of the Market, at least one, each 1 or more.
            vendor_names: only products of these brands, at least one.
            tags: only products with one of these tags, at least one.
            page_size: items a page, 1 to 200.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `CampaignOffer`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Campaign not found '…'`: there is no such store.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests a minute for a campaign with a subscription, 1,000 requests a minute without. Scopes, one
        of: all-methods, all-methods:read-only, offers-and-cards-management, offers-and-cards-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/offers/getCampaignOffers
        """
        return self._pager(
            api.GET_CAMPAIGN_OFFERS,
            campaign_id=campaign_id,
            offer_ids=offer_ids,
            statuses=statuses,
            category_ids=category_ids,
            vendor_names=vendor_names,
            tags=tags,
            page_size=page_size,
            page_token=page_token,
        )

    def update_campaign_offers(
        self,
        campaign_id: int,
        offers: Iterable[UpdateCampaignOffer | Mapping[str, Any]]
        | AsyncIterable[UpdateCampaignOffer | Mapping[str, Any]],
        *,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Set the VAT of products in one store.

        It overrides the rate that is set in the account, for this store only. Prices are set by
        `update_business_prices` or `update_prices`; what used to be `available` is done by `add_hidden_offers` and
        `delete_hidden_offers`. The change shows within minutes; a repeat changes nothing.

        A request of up to 500 products is refused whole where one of them is wrong; `isolate` finds it.

        Placement models: DBS, FBY, FBS, EXPRESS, LAAS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            offers: the products with their VAT, any number; up to 500 go into a request.
            isolate: whether one bad thing is found and left out, so that the others are done: what the Market refuses
                is sent again without it. False stops at the first refusal with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `BulkReport`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Vat setting of '…' ('…') not supported for current '…' ('…') taxSystem: '…'`: the seller's
                system of taxation doesn't know the rate; `… not supported since year 2019: '…'`: it is an abolished
                one; `Unrecognized vat: '…': offerId = '…'`: there is no such rate.
            NotFound: `Campaign not found '…'`: there is no such store.
            Locked: `Business is in migration`: the cabinet is being moved; try again later.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 items a minute for a campaign with a subscription, 5,000 items a minute without. Scopes, one of:
        all-methods, offers-and-cards-management.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/offers/updateCampaignOffers
        """
        return self._batches(
            api.UPDATE_CAMPAIGN_OFFERS, campaign_id=campaign_id, offers=offers, isolate=isolate, on_invalid=on_invalid
        )

    def delete_campaign_offers(
        self,
        campaign_id: int,
        offer_ids: Iterable[str] | AsyncIterable[str],
        *,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[DeletedOffers]:
        """Delete products from a store. Other stores and the catalogue keep them.

        Products that are not in the store, or lie in a warehouse of the Market, stay and are named in the report as not
        deleted; the others of the request are deleted. A repeat names what is gone already among them. To take products
        off the showcase for a while, use `add_hidden_offers`; to delete them from the catalogue, `delete_offers`.

        Placement models: DBS, FBY, FBS, EXPRESS, LAAS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            offer_ids: SKUs of 1 to 255 characters, any number; up to 500 go into a request. Repeats are dropped.
            isolate: whether one bad thing is found and left out, so that the others are done: what the Market refuses
                is sent again without it. False stops at the first refusal with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `DeletedOffers`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Campaign not found '…'`: there is no such store.
            Locked: `Business is in migration`: the cabinet is being moved; try again later.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 items a minute for a campaign with a subscription, 5,000 items a minute without. Scopes, one of:
        all-methods, offers-and-cards-management.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/offers/deleteCampaignOffers
        """
        return self._batches(
            api.DELETE_CAMPAIGN_OFFERS,
            campaign_id=campaign_id,
            offer_ids=offer_ids,
            isolate=isolate,
            on_invalid=on_invalid,
        )

    def get_offer_recommendations(
        self,
        business_id: int,
        *,
        offer_ids: Iterable[str] | None = None,
        competitiveness_filter: str | PriceCompetitivenessType | None = None,
        page_size: int = 200,
        page_token: str | None = None,
    ) -> Pager[OfferRecommendation]:
        """List how attractive the prices of products are to buyers, and up to which price they would be.

        For each product: its price for all stores, whether that is attractive, how often its card was shown in the last
        7 days, and the two thresholds: the highest attractive and the highest moderate price. Follow them with
        `update_business_prices`, or `update_prices` for one store.

        Placement models: DBS, FBY, FBS, EXPRESS. Not for sellers of Market Yandex Go.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            offer_ids: these SKUs, any number, of 1 to 255 characters; they are asked for in batches of 200. Not
                together with `competitiveness_filter` or a page token.
            competitiveness_filter: only products with prices of this attractiveness; None for all.
            page_size: items a page, 1 to 200.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `OfferRecommendation`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: there is no such cabinet.
            MarketError: see `yamarket_async.errors`.

        Limit: 100 requests a minute for a business with a subscription, 50 requests a minute without. Scopes, one of:
        all-methods, all-methods:read-only, pricing, pricing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/offers/getOfferRecommendations
        """
        return self._pager(
            api.GET_OFFER_RECOMMENDATIONS,
            business_id=business_id,
            offer_ids=offer_ids,
            competitiveness_filter=competitiveness_filter,
            page_size=page_size,
            page_token=page_token,
        )

    @deprecated("use get_campaign_offers; the Market no longer documents it")
    def get_offers(
        self,
        campaign_id: int,
        *,
        query: str | None = None,
        feed_id: int | None = None,
        shop_category_id: str | None = None,
        currency: str | CurrencyType | None = None,
        matched: bool | None = None,
        page: int = 1,
        page_size: int | None = None,
    ) -> Pager[OldOffer]:
        """Search the offers of a store. Deprecated by the Market; use `get_campaign_offers`.

        Pages are counted by number, and how many there are can shrink while one walks.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            query: a search in the Market's query language; None for all offers.
            feed_id: only offers of this price list, 1 or more.
            shop_category_id: only offers of this category by the price list.
            currency: only offers with a price in this `CurrencyType`: BYN, KZT, RUR or UAH.
            matched: True for offers that are matched with a model of the Market, False for the others.
            page: the page to begin with, 1 to 10,000.
            page_size: items a page, 1 or more; None leaves it to the Market.

        Returns:
            A `Pager` of `OldOffer`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: calculated by the Market for each store, from the number of its offers in the last seven days; 0 for a
        new store. Scopes, one of: all-methods, all-methods:read-only, offers-and-cards-management,
        offers-and-cards-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/assortment/getOffers
        """
        return self._pager(
            api.GET_OFFERS,
            campaign_id=campaign_id,
            query=query,
            feed_id=feed_id,
            shop_category_id=shop_category_id,
            currency=currency,
            matched=matched,
            page=page,
            page_size=page_size,
        )

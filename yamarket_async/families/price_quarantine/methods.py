"""The methods of price quarantine: prices that the Market doubts until the seller confirms them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterable
    from typing import Literal

    from yamarket_async.bulk import Batches, BulkReport
    from yamarket_async.families.price_quarantine.models import QuarantineOffer
    from yamarket_async.models.products import OfferCardStatusType
    from yamarket_async.paging import Pager

api = Family("price_quarantine")


class PriceQuarantineMethods(Methods):
    """The methods of price quarantine: prices that the Market doubts until the seller confirms them."""

    def get_business_quarantine_offers(
        self,
        business_id: int,
        *,
        offer_ids: Iterable[str] | None = None,
        card_statuses: Iterable[str | OfferCardStatusType] | None = None,
        category_ids: Iterable[int] | None = None,
        vendor_names: Iterable[str] | None = None,
        tags: Iterable[str] | None = None,
        page_size: int = 200,
        page_token: str | None = None,
    ) -> Pager[QuarantineOffer]:
        """List the products whose price for all stores is in quarantine.

        A product gets there when its price jumps or differs too much from the market's. Look at each: where the price
        is right, confirm it with `confirm_business_prices`; where it is wrong, set another with
        `update_business_prices`. Prices of single stores are in a quarantine of their own:
        `get_campaign_quarantine_offers`.

        Two ways: by `offer_ids`, or by filters, which narrow each other down; the Market refuses both together.

        Placement models: DBS, FBY, FBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            offer_ids: these SKUs, any number, of 1 to 255 characters; they are asked for in batches of 200, and those
                that are not in quarantine don't come. Not together with another filter or a page token.
            card_statuses: only products whose cards have these `OfferCardStatusType`s, at least one.
            category_ids: only products of these categories of the Market, at least one, each 1 or more.
            vendor_names: only products of these brands, at least one.
            tags: only products with one of these tags, at least one.
            page_size: items a page, 1 to 200.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `QuarantineOffer`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: there is no such cabinet.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests a minute for a business with a subscription, 5,000 requests a minute without. Scopes, one
        of: all-methods, all-methods:read-only, pricing, pricing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/price-quarantine/getBusinessQuarantineOffers
        """
        return self._pager(
            api.GET_BUSINESS_QUARANTINE_OFFERS,
            business_id=business_id,
            offer_ids=offer_ids,
            card_statuses=card_statuses,
            category_ids=category_ids,
            vendor_names=vendor_names,
            tags=tags,
            page_size=page_size,
            page_token=page_token,
        )

    def confirm_business_prices(
        self,
        business_id: int,
        offer_ids: Iterable[str] | AsyncIterable[str],
        *,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Confirm prices for all stores that are in quarantine, and take the products out of it.

        To see what is in quarantine and why, use `get_business_quarantine_offers`; a wrong price is replaced by
        `update_business_prices`. A repeat changes nothing.

        Placement models: DBS, FBY, FBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            offer_ids: the SKUs, of 1 to 255 characters, any number; up to 200 go into a request. Repeats are dropped.
            isolate: whether one bad thing is found and left out, so that the others are done: what the Market refuses
                is sent again without it. False stops at the first refusal with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `BulkReport`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: there is no such cabinet.
            Locked: `Business is in migration`: the cabinet is being moved; try again later.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 items a minute for a business with a subscription, 5,000 items a minute without. Scopes, one of:
        all-methods, pricing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/price-quarantine/confirmBusinessPrices
        """
        return self._batches(
            api.CONFIRM_BUSINESS_PRICES,
            business_id=business_id,
            offer_ids=offer_ids,
            isolate=isolate,
            on_invalid=on_invalid,
        )

    def get_campaign_quarantine_offers(
        self,
        campaign_id: int,
        *,
        offer_ids: Iterable[str] | None = None,
        card_statuses: Iterable[str | OfferCardStatusType] | None = None,
        category_ids: Iterable[int] | None = None,
        vendor_names: Iterable[str] | None = None,
        tags: Iterable[str] | None = None,
        page_size: int = 200,
        page_token: str | None = None,
    ) -> Pager[QuarantineOffer]:
        """List the products whose price in one store is in quarantine.

        A product gets there when its price jumps or differs too much from the market's. Look at each: where the price
        is right, confirm it with `confirm_campaign_prices`; where it is wrong, set another with `update_prices`. Prices
        that hold in all stores are in `get_business_quarantine_offers`.

        Two ways: by `offer_ids`, or by filters, which narrow each other down; the Market refuses both together.

        Placement models: DBS, FBY, FBS, EXPRESS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            offer_ids: these SKUs, any number, of 1 to 255 characters; they are asked for in batches of 200, and those
                that are not in quarantine don't come. Not together with another filter or a page token.
            card_statuses: only products whose cards have these `OfferCardStatusType`s, at least one.
            category_ids: only products of these categories of the Market, at least one, each 1 or more.
            vendor_names: only products of these brands, at least one.
            tags: only products with one of these tags, at least one.
            page_size: items a page, 1 to 200.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `QuarantineOffer`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Campaign not found '…'`: there is no such store.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests a minute for a campaign with a subscription, 5,000 requests a minute without. Scopes, one
        of: all-methods, all-methods:read-only, pricing, pricing:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/price-quarantine/getCampaignQuarantineOffers
        """
        return self._pager(
            api.GET_CAMPAIGN_QUARANTINE_OFFERS,
            campaign_id=campaign_id,
            offer_ids=offer_ids,
            card_statuses=card_statuses,
            category_ids=category_ids,
            vendor_names=vendor_names,
            tags=tags,
            page_size=page_size,
            page_token=page_token,
        )

    def confirm_campaign_prices(
        self,
        campaign_id: int,
        offer_ids: Iterable[str] | AsyncIterable[str],
        *,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Confirm prices of one store that are in quarantine, and take the products out of it.

        To see what is in quarantine and why, use `get_campaign_quarantine_offers`; a wrong price is replaced by
        `update_prices`. A repeat changes nothing.

        Placement models: DBS, FBY, FBS, EXPRESS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            offer_ids: the SKUs, of 1 to 255 characters, any number; up to 200 go into a request. Repeats are dropped.
            isolate: whether one bad thing is found and left out, so that the others are done: what the Market refuses
                is sent again without it. False stops at the first refusal with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `BulkReport`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Campaign not found '…'`: there is no such store.
            Locked: `Business is in migration`: the cabinet is being moved; try again later.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 items a minute for a campaign with a subscription, 5,000 items a minute without. Scopes, one of:
        all-methods, pricing.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/price-quarantine/confirmCampaignPrices
        """
        return self._batches(
            api.CONFIRM_CAMPAIGN_PRICES,
            campaign_id=campaign_id,
            offer_ids=offer_ids,
            isolate=isolate,
            on_invalid=on_invalid,
        )

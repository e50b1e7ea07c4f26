"""The methods of hidden offers: taking products off a store's showcase and putting them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterable, Mapping
    from typing import Any, Literal

    from yamarket_async.bulk import Batches, BulkReport
    from yamarket_async.families.hidden_offers.models import HiddenOffer
    from yamarket_async.paging import Pager

api = Family("hidden_offers")


class HiddenOffersMethods(Methods):
    """The methods of hidden offers: taking products off a store's showcase and putting them back."""

    def add_hidden_offers(
        self,
        campaign_id: int,
        hidden_offers: Iterable[HiddenOffer | Mapping[str, Any]] | AsyncIterable[HiddenOffer | Mapping[str, Any]],
        *,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Hide products of a store from buyers.

        The products stay in the catalogue and in the store, with their prices and stocks; other stores show them as
        before. `get_hidden_offers` lists what is hidden, `delete_hidden_offers` shows it again. The showcase follows
        within minutes.

        A repeat changes nothing. Products are sent in batches of up to 500; a SKU may stand only once in a request, so
        repeats are dropped.

        Placement models: FBY, FBS, DBS, EXPRESS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            hidden_offers: the products, any number; up to 500 go into a request, each SKU once.
            isolate: whether one bad thing is found and left out, so that the others are done: what the Market refuses
                is sent again without it. False stops at the first refusal with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `BulkReport`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Duplicate offerId='…' at positions '…'`: a SKU stood twice in a request, of which nothing was
                done then.
            Locked: `Campaign is in business migration`: the store is moving to another cabinet; try again later.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 items a minute for a campaign with a subscription, 5,000 items a minute without. Scopes, one of:
        all-methods, offers-and-cards-management.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/hidden-offers/addHiddenOffers
        """
        return self._batches(
            api.ADD_HIDDEN_OFFERS,
            campaign_id=campaign_id,
            hidden_offers=hidden_offers,
            isolate=isolate,
            on_invalid=on_invalid,
        )

    def get_hidden_offers(
        self,
        campaign_id: int,
        *,
        offer_ids: Iterable[str] | None = None,
        page_size: int = 500,
        page_token: str | None = None,
    ) -> Pager[HiddenOffer]:
        """List the products of a store that the seller has hidden.

        It holds products hidden in any way: by `add_hidden_offers`, in a YML feed, in the account. What the Market
        itself keeps off the showcase is not among them; see the `status` of `get_campaign_offers` for that. Changes
        show within minutes.

        Placement models: FBY, FBS, DBS, EXPRESS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            offer_ids: only these SKUs, any number, of 1 to 255 characters; they are cut into requests of at most 500,
                and all results come in one stream. Those that are not hidden don't come. Not together with a page
                token. None for all that are hidden.
            page_size: items a page, 1 to 500.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `HiddenOffer`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            Locked: `Campaign is in business migration`: the store is moving to another cabinet; try again later.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 requests a minute for a campaign with a subscription, 100 requests a minute without. Scopes, one
        of: all-methods, all-methods:read-only, offers-and-cards-management, offers-and-cards-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/hidden-offers/getHiddenOffers
        """
        return self._pager(
            api.GET_HIDDEN_OFFERS,
            campaign_id=campaign_id,
            offer_ids=offer_ids,
            page_size=page_size,
            page_token=page_token,
        )

    def delete_hidden_offers(
        self,
        campaign_id: int,
        hidden_offers: Iterable[HiddenOffer | Mapping[str, Any]] | AsyncIterable[HiddenOffer | Mapping[str, Any]],
        *,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Show hidden products of a store again.

        Undoes `add_hidden_offers`, and what was hidden in other ways by the seller. The showcase follows within
        minutes. A product appears only if nothing else keeps it off, say a lack of stock; `get_campaign_offers` tells
        its status. A repeat changes nothing.

        Placement models: FBY, FBS, DBS, EXPRESS.

        Args:
            campaign_id: the store, 1 or more: the campaignId of `get_campaigns`, not the store's ID in the account.
            hidden_offers: the products, any number; up to 500 go into a request.
            isolate: whether one bad thing is found and left out, so that the others are done: what the Market refuses
                is sent again without it. False stops at the first refusal with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `BulkReport`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: `Campaign not found '…'`: there is no such store.
            Locked: `Campaign is in business migration`: the store is moving to another cabinet; try again later.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 items a minute for a campaign with a subscription, 5,000 items a minute without. Scopes, one of:
        all-methods, offers-and-cards-management.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/hidden-offers/deleteHiddenOffers
        """
        return self._batches(
            api.DELETE_HIDDEN_OFFERS,
            campaign_id=campaign_id,
            hidden_offers=hidden_offers,
            isolate=isolate,
            on_invalid=on_invalid,
        )

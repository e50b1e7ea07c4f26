"""The methods of content: what belongs on the cards of products, and how well they are filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterable, Mapping
    from typing import Any, Literal

    from yamarket_async.bulk import Batches, BulkReport
    from yamarket_async.families.content.models import CategoryContentParameters, OfferCard, OfferContent
    from yamarket_async.models.products import OfferCardStatusType
    from yamarket_async.paging import Pager

api = Family("content")


class ContentMethods(Methods):
    """The methods of content: what belongs on the cards of products, and how well they are filled in."""

    async def get_category_content_parameters(
        self, category_id: int, *, business_id: int | None = None
    ) -> CategoryContentParameters:
        """List the characteristics that products of a category have, with the values that they may take.

        The answer tells how a characteristic is passed to `update_offer_mappings` and `update_offer_content`: its type,
        its units, whether it is required, whether it takes several values or values of one's own. Only for leaf
        categories, those without children in `get_categories_tree`. It seldom changes, so keep what came.

        Placement models: DBS, FBY, FBS, EXPRESS, LAAS.

        Args:
            category_id: the leaf category of the Market, 1 or more: its id in `get_categories_tree`.
            business_id: the cabinet, 1 or more, whose products may have distinctive characteristics of their own; None
                for the category in general.

        Returns:
            The characteristics, in `parameters`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Category is not a leaf.`: it has children; take one of them. `Requested businessId ('…') does
                not match businessId in X-Business-Id header ('…')`: leave one of them out.
            NotFound: `Unknown category`: there is no such category.
            MarketError: see `yamarket_async.errors`.

        Limit: 100 requests a minute for the key. Scopes, one of: all-methods, all-methods:read-only,
        offers-and-cards-management, offers-and-cards-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/content/getCategoryContentParameters
        """
        result: CategoryContentParameters = await self._call(
            api.GET_CATEGORY_CONTENT_PARAMETERS, category_id=category_id, business_id=business_id
        )
        return result

    def get_offer_cards_content_status(
        self,
        business_id: int,
        *,
        offer_ids: Iterable[str] | None = None,
        card_statuses: Iterable[str | OfferCardStatusType] | None = None,
        category_ids: Iterable[int] | None = None,
        with_recommendations: bool | None = None,
        page_size: int = 200,
        page_token: str | None = None,
    ) -> Pager[OfferCard]:
        """List the state of the cards of products: how well they are filled in, what is wrong and what to add.

        For each product: the card and its status, its rating (how much of it is filled in, in per cent), the
        characteristics that were passed, errors and warnings and, if asked for, recommendations. Other data of products
        come from `get_offer_mappings`. Where an item has no `mapping`, the Market hasn't dealt with the product yet;
        ask again in a few minutes.

        Two ways: by `offer_ids`, or by the filters, which give pages; the Market refuses both together. Without either
        all products of the cabinet come.

        Placement models: DBS, FBY, FBS, EXPRESS, LAAS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            offer_ids: these SKUs, any number, of 1 to 255 characters; they are asked for in batches of 200. Not
                together with another filter or a page token.
            card_statuses: only products whose cards have these `OfferCardStatusType`s, at least one.
            category_ids: only products of these categories of the Market, 1 to 200, each 1 or more.
            with_recommendations: True for recommendations on each card, and the average rating of cards in its
                category; False, the default, without.
            page_size: items a page, 1 to 200.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `OfferCard`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: there is no such cabinet.
            MarketError: see `yamarket_async.errors`.

        Limit: 600 requests a minute for a business with a subscription, 100 requests a minute without. Scopes, one of:
        all-methods, all-methods:read-only, offers-and-cards-management, offers-and-cards-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/content/getOfferCardsContentStatus
        """
        return self._pager(
            api.GET_OFFER_CARDS_CONTENT_STATUS,
            business_id=business_id,
            offer_ids=offer_ids,
            card_statuses=card_statuses,
            category_ids=category_ids,
            with_recommendations=with_recommendations,
            page_size=page_size,
            page_token=page_token,
        )

    def update_offer_content(
        self,
        business_id: int,
        offers_content: Iterable[OfferContent | Mapping[str, Any]] | AsyncIterable[OfferContent | Mapping[str, Any]],
        *,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Set the characteristics of products that depend on their category.

        Name, description, pictures, videos, vendor and barcodes are set by `update_offer_mappings`. Which
        characteristics a category has, and which values they take, is told by `get_category_content_parameters`. Send
        only those that change; when the category changes, those that both categories have keep their values. An empty
        string deletes a characteristic of text.

        The Market does a request whole or not at all: where one product has an error, it answers 200 with errors and
        changes none of the request. Those with errors stand in the report as rejected, and with `isolate` the others
        are sent again without them. Warnings don't keep a product from being changed. Changes show within minutes; a
        repeat changes nothing.

        Placement models: DBS, FBY, FBS, EXPRESS, LAAS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            offers_content: the products with their characteristics, any number; up to 100 go into a request, each SKU
                once.
            isolate: whether one bad thing is found and left out, so that the others are done: what the Market refuses
                is sent again without it. False stops at the first refusal with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `BulkReport`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: the request is malformed; nothing of it was changed.
            NotFound: there is no such cabinet.
            Locked: `Business is in migration`: the cabinet is being moved; try again later.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 items a minute for a business with a subscription, 5,000 items a minute without. Scopes, one of:
        all-methods, offers-and-cards-management.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/content/updateOfferContent
        """
        return self._batches(
            api.UPDATE_OFFER_CONTENT,
            business_id=business_id,
            offers_content=offers_content,
            isolate=isolate,
            on_invalid=on_invalid,
        )

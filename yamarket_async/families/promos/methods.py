"""The methods of promotions: what the Market runs, and which products take part at which price."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterable, Mapping
    from typing import Any, Literal

    from yamarket_async.bulk import Batches, BulkReport
    from yamarket_async.families.promos.models import (
        MechanicsType,
        PromoOffer,
        PromoOfferParticipationStatusMultiFilterType,
        PromoParticipationType,
        PromosResult,
        UpdatePromoOffer,
    )
    from yamarket_async.paging import Pager

api = Family("promos")


class PromosMethods(Methods):
    """The methods of promotions: what the Market runs, and which products take part at which price."""

    async def get_promos(
        self,
        business_id: int,
        *,
        participation: str | PromoParticipationType | None = None,
        mechanics: str | MechanicsType | None = None,
    ) -> PromosResult:
        """List the promotions of the Market: what they are, when they run, and how many products take part.

        Without a filter: those in which the seller takes part or may. Ended ones come with
        `participation="PARTICIPATED"`. Promotions that the seller made don't come. The types are direct discounts,
        flash promotions and promo codes. After `update_promo_offers` and `delete_promo_offers`, the `processing` of a
        promotion tells whether changes still wait.

        Placement models: FBY, FBS, DBS, EXPRESS. Not for sellers of Market Yandex Go.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            participation: PARTICIPATING_NOW for running promotions in which the seller takes part; PARTICIPATED for
                ended ones of the last year in which the seller took part, and if those are fewer than 15, the last 15
                of all time. None for those in which the seller takes part or may.
            mechanics: only promotions of this type: DIRECT_DISCOUNT, BLUE_FLASH or MARKET_PROMOCODE; None for all.

        Returns:
            The promotions, in `promos`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: there is no such cabinet.
            MarketError: see `yamarket_async.errors`.

        Limit: 1,000 requests an hour for a business. Scopes, one of: all-methods, all-methods:read-only, pricing,
        pricing:read-only, promotion, promotion:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/promos/getPromos
        """
        result: PromosResult = await self._call(
            api.GET_PROMOS, business_id=business_id, participation=participation, mechanics=mechanics
        )
        return result

    def get_promo_offers(
        self,
        business_id: int,
        promo_id: str,
        *,
        statuses: Iterable[str | PromoOfferParticipationStatusMultiFilterType] | None = None,
        page_size: int = 500,
        page_token: str | None = None,
    ) -> Pager[PromoOffer]:
        """List the products that take part in a promotion or could.

        The conditions may change while it runs, `max_promo_price` with them; the prices that were set, `price` and
        `promo_price`, stay.

        Placement models: FBY, FBS, DBS, EXPRESS. Not for sellers of Market Yandex Go.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            promo_id: the promotion: its `id` in `get_promos`.
            statuses: only products of these `PromoOfferParticipationStatusMultiFilterType`s, at least one; None for
                all.
            page_size: items a page, 1 to 500.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `PromoOffer`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Promo has ended`: only promotions that run or are to come can be asked for.
            NotFound: there is no such cabinet.
            MarketError: see `yamarket_async.errors`.

        Limit: 5,000 requests an hour for a business. Scopes, one of: all-methods, all-methods:read-only, pricing,
        pricing:read-only, promotion, promotion:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/promos/getPromoOffers
        """
        return self._pager(
            api.GET_PROMO_OFFERS,
            business_id=business_id,
            promo_id=promo_id,
            statuses=statuses,
            page_size=page_size,
            page_token=page_token,
        )

    def update_promo_offers(
        self,
        business_id: int,
        promo_id: str,
        offers: Iterable[UpdatePromoOffer | Mapping[str, Any]] | AsyncIterable[UpdatePromoOffer | Mapping[str, Any]],
        *,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Add products to a promotion, or change their prices in it.

        First `get_promos` for the promotion, then `get_promo_offers` for the products that may take part and the
        highest price of each. Changes take effect within 4 to 6 hours; until then the promotion's `processing` in
        `get_promos` is True. A repeat changes nothing.

        Products that the Market refuses stand in the report as rejected with their reason, the others of the request
        are taken; those taken with a warning are named too, see `PromoOfferUpdateWarningCodeType`. Send many products
        in one call: calls with a single product each are limited on their own.

        Placement models: FBY, FBS, DBS, EXPRESS. Not for sellers of Market Yandex Go.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            promo_id: the promotion: its `id` in `get_promos`.
            offers: the products with their prices, any number; up to 500 go into a request, each SKU once.
            isolate: nothing here: the Market judges each product by itself, and a request that it refuses whole it
                doesn't refuse because of one, so that ends the call with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `BulkReport`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Promo has ended`; `The limit for promo update requests with a single offerId has been exceeded.
                Please wait or use batch requests with multiple offerIds for the same promoId.`: too many calls with one
                product each; wait, and send them together.
            NotFound: there is no such cabinet.
            Locked: `Business is in migration`: the cabinet is being moved; try again later.
            MarketError: see `yamarket_async.errors`.

        Limit: 5,000 requests an hour for a business. Scopes, one of: all-methods, pricing, promotion.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/promos/updatePromoOffers
        """
        return self._batches(
            api.UPDATE_PROMO_OFFERS,
            business_id=business_id,
            promo_id=promo_id,
            offers=offers,
            isolate=isolate,
            on_invalid=on_invalid,
        )

    def delete_promo_offers(
        self,
        business_id: int,
        promo_id: str,
        *,
        delete_all_offers: bool | None = None,
        offer_ids: Iterable[str] | AsyncIterable[str] | None = None,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Take products out of a promotion, or leave it altogether.

        Either `offer_ids`, or `delete_all_offers=True`, which takes out all and ends the participation. Changes take
        effect within 4 to 6 hours; until then the promotion's `processing` in `get_promos` is True. A repeat changes
        nothing. SKUs that the cabinet doesn't know stand in the report as rejected with OFFER_DOES_NOT_EXIST, the
        others are taken out; after `delete_all_offers` the Market names no products.

        Placement models: FBY, FBS, DBS, EXPRESS. Not for sellers of Market Yandex Go.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            promo_id: the promotion: its `id` in `get_promos`.
            delete_all_offers: True to take out all products and leave the promotion; not together with `offer_ids`.
            offer_ids: the SKUs to take out, of 1 to 255 characters, any number; up to 500 go into a request. Repeats
                are dropped.
            isolate: nothing here: the Market judges each product by itself, and a request that it refuses whole it
                doesn't refuse because of one, so that ends the call with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `BulkReport`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: `Promo has ended`; `Not enough parameters in request: offerIds or deleteAllOffers should be
                specified`; `Too many parameters in request: only one of parameters offerIds or deleteAllOffers should
                be specified`; `The limit for promo update requests with a single offerId has been exceeded. …`: too
                many calls with one product each; wait, and send them together.
            NotFound: there is no such cabinet.
            Locked: `Business is in migration`: the cabinet is being moved; try again later.
            MarketError: see `yamarket_async.errors`.

        Limit: 5,000 requests an hour for a business. Scopes, one of: all-methods, pricing, promotion.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/promos/deletePromoOffers
        """
        return self._batches(
            api.DELETE_PROMO_OFFERS,
            business_id=business_id,
            promo_id=promo_id,
            delete_all_offers=delete_all_offers,
            offer_ids=offer_ids,
            isolate=isolate,
            on_invalid=on_invalid,
        )

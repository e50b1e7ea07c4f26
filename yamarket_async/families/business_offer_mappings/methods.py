"""The methods of offer mappings: the catalogue of a cabinet, and which cards of the Market its products are on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterable, Mapping
    from typing import Any, Literal

    from yamarket_async.bulk import Batches, BulkReport, DeletedOffers
    from yamarket_async.families.business_offer_mappings.models import (
        CatalogLanguageType,
        OfferMapping,
        UpdateOfferMapping,
    )
    from yamarket_async.models.products import OfferCardStatusType
    from yamarket_async.paging import Pager

api = Family("business_offer_mappings")


class BusinessOfferMappingsMethods(Methods):
    """The methods of offer mappings: the catalogue of a cabinet, and which cards of the Market its products are on."""

    def delete_offers(
        self,
        business_id: int,
        offer_ids: Iterable[str] | AsyncIterable[str],
        *,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[DeletedOffers]:
        """Delete products from the catalogue of a cabinet, and so from all its stores.

        It can't be undone, and the SKUs can't be used for other products. To hide products for a while use
        `add_offers_to_archive` or `add_hidden_offers`, to take them out of one store `delete_campaign_offers`. Products
        that are unknown, or lie in a warehouse of the Market, stay and are named in the report as not deleted; the
        others of the request are deleted. A repeat names what is gone already among them.

        Placement models: DBS, FBY, FBS, EXPRESS, LAAS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            offer_ids: SKUs of 1 to 255 characters, any number; up to 500 go into a request. Repeats are dropped.
            isolate: whether one bad thing is found and left out, so that the others are done: what the Market refuses
                is sent again without it. False stops at the first refusal with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `DeletedOffers`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: there is no such cabinet.
            Locked: `Business is in migration`: the cabinet is being moved; try again later.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 items a minute for a business with a subscription, 5,000 items a minute without. Scopes, one of:
        all-methods, offers-and-cards-management.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/business-offer-mappings/deleteOffers
        """
        return self._batches(
            api.DELETE_OFFERS, business_id=business_id, offer_ids=offer_ids, isolate=isolate, on_invalid=on_invalid
        )

    def get_offer_mappings(
        self,
        business_id: int,
        *,
        language: str | CatalogLanguageType | None = None,
        offer_ids: Iterable[str] | None = None,
        card_statuses: Iterable[str | OfferCardStatusType] | None = None,
        category_ids: Iterable[int] | None = None,
        vendor_names: Iterable[str] | None = None,
        tags: Iterable[str] | None = None,
        archived: bool | None = None,
        page_size: int = 100,
        page_token: str | None = None,
    ) -> Pager[OfferMapping]:
        """List the products in the catalogue of a cabinet, with their cards on the Market.

        For each: what was passed, its prices, its status in each store, by which placement models it can be sold, and
        whether the Market has fetched its pictures.

        Three ways: by `offer_ids`; by filters, which narrow each other down; or without either for all products outside
        the archive. The characteristics that depend on the category come from `get_offer_cards_content_status`.

        Placement models: DBS, FBY, FBS, EXPRESS, LAAS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            language: the language of the names and descriptions: RU, the default, or UZ.
            offer_ids: these SKUs, any number, of 1 to 255 characters; they are asked for in batches of 100, and those
                that are not in the catalogue don't come. Not together with another filter or a page token, since the
                Market returns such a list whole.
            card_statuses: only products whose cards have these `OfferCardStatusType`s, at least one.
            category_ids: only products of these categories of the Market, at least one, each 1 or more.
            vendor_names: only products of these brands, at least one.
            tags: only products with one of these tags, at least one.
            archived: True for products in the archive only; False or None for those outside.
            page_size: items a page, 1 to 100.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `OfferMapping`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            NotFound: there is no such cabinet.
            MarketError: see `yamarket_async.errors`.

        Limit: 600 requests a minute for a business with a subscription, 100 requests a minute without. Scopes, one of:
        all-methods, all-methods:read-only, offers-and-cards-management, offers-and-cards-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/business-offer-mappings/getOfferMappings
        """
        return self._pager(
            api.GET_OFFER_MAPPINGS,
            business_id=business_id,
            language=language,
            offer_ids=offer_ids,
            card_statuses=card_statuses,
            category_ids=category_ids,
            vendor_names=vendor_names,
            tags=tags,
            archived=archived,
            page_size=page_size,
            page_token=page_token,
        )

    def update_offer_mappings(
        self,
        business_id: int,
        offer_mappings: Iterable[UpdateOfferMapping | Mapping[str, Any]]
        | AsyncIterable[UpdateOfferMapping | Mapping[str, Any]],
        *,
        language: str | CatalogLanguageType | None = None,
        only_partner_media_content: bool | None = None,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Add products to the catalogue of a cabinet, change them, or delete data of theirs.

        To add a product, give a SKU that was never used before, and `name`, `market_category_id`, `pictures`, `vendor`
        and `description`; the more is given, the sooner the Market finds or makes its card. Where the card is known,
        give its id as `market_sku` of `mapping`. The categories come from `get_categories_tree`, the characteristics of
        each from `get_category_content_parameters`.

        To change a product, give its SKU and what changes; what isn't given stays. To delete data, name them in
        `delete_parameters`; text is deleted by an empty string too. Products are joined on one card by the same group
        among their characteristics. Prices given here hold in all stores, as those of `update_business_prices`.

        Sellers of Market Yandex Go give name and description in Russian first; then once more in another language with
        `language`, without the rest.

        Changing `market_category_id` keeps the characteristics that both categories have; the others are to be sent
        anew.

        The Market does a request whole or not at all: where one product has an error, it answers 200 with errors and
        changes none of the request. Those with errors stand in the report as rejected, and with `isolate` the others
        are sent again without them. Warnings don't keep a product from being changed. Changes show within minutes; a
        repeat changes nothing.

        Placement models: DBS, FBY, FBS, EXPRESS, LAAS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            offer_mappings: the products, any number, each SKU once; up to 100 go into a request, as the Market asks: it
                takes 500 at present, and is about to lower the bound.
            language: the language of the names and descriptions: RU, the default, or UZ.
            only_partner_media_content: True for only what the seller passed, and without what the Market added, which
                is deleted; False by default.
            isolate: whether one bad thing is found and left out, so that the others are done: what the Market refuses
                is sent again without it. False stops at the first refusal with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `BulkReport`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: nothing of the request was done: `Offers should have different ids. Following offers ids are
                repeating: '…'.`; `Offer at index '…' cannot have parameter '…' deleted and set at the same time`;
                `Offer at index '…' should not have empty values in list of '…'`; `Offer at index '…' should have
                weightDimensions.… greater than 0`; for prices see `update_business_prices`.
            NotFound: there is no such cabinet.
            Locked: `Business is in migration`: the cabinet is being moved; try again later.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 items a minute for a business with a subscription, 5,000 items a minute without. Scopes, one of:
        all-methods, offers-and-cards-management.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/business-offer-mappings/updateOfferMappings
        """
        return self._batches(
            api.UPDATE_OFFER_MAPPINGS,
            business_id=business_id,
            offer_mappings=offer_mappings,
            language=language,
            only_partner_media_content=only_partner_media_content,
            isolate=isolate,
            on_invalid=on_invalid,
        )

    def add_offers_to_archive(
        self,
        business_id: int,
        offer_ids: Iterable[str] | AsyncIterable[str],
        *,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Put products into the archive, which hides them in all stores of the cabinet.

        They stay in the catalogue and come back by `delete_offers_from_archive`. A product that lies in a warehouse of
        the Market can't be archived: sell it or take it out first. Such products stand in the report as rejected
        (OFFER_HAS_STOCKS), the others are archived. A repeat changes nothing.

        Placement models: DBS, FBY, FBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            offer_ids: SKUs of 1 to 255 characters, any number; up to 200 go into a request. Repeats are dropped.
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
        all-methods, offers-and-cards-management.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/business-offer-mappings/addOffersToArchive
        """
        return self._batches(
            api.ADD_OFFERS_TO_ARCHIVE,
            business_id=business_id,
            offer_ids=offer_ids,
            isolate=isolate,
            on_invalid=on_invalid,
        )

    def delete_offers_from_archive(
        self,
        business_id: int,
        offer_ids: Iterable[str] | AsyncIterable[str],
        *,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Take products out of the archive, back onto the showcase.

        Undoes `add_offers_to_archive`. Products that could not be taken out stand in the report as rejected, the others
        are. A repeat changes nothing.

        Placement models: DBS, FBY, FBS, EXPRESS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            offer_ids: SKUs of 1 to 255 characters, any number; up to 200 go into a request. Repeats are dropped.
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
        all-methods, offers-and-cards-management.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/business-offer-mappings/deleteOffersFromArchive
        """
        return self._batches(
            api.DELETE_OFFERS_FROM_ARCHIVE,
            business_id=business_id,
            offer_ids=offer_ids,
            isolate=isolate,
            on_invalid=on_invalid,
        )

    def generate_offer_barcodes(
        self,
        business_id: int,
        offer_ids: Iterable[str] | AsyncIterable[str],
        *,
        skip_if_exists: bool | None = None,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Make barcodes for products and assign them.

        Only for products without a barcode of their maker: where there is one, pass it as `barcodes` of
        `update_offer_mappings`. The new ones are among the `barcodes` of `get_offer_mappings`, and
        `generate_barcodes_report` prints them. Products that got none stand in the report as rejected: check their
        SKUs, and if it happens again, ask the Market's support.

        A repeat gives no second barcode where there is one, unless `skip_if_exists` is False.

        Placement models: DBS, FBY, FBS, EXPRESS, LAAS.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            offer_ids: SKUs of 1 to 255 characters, any number; up to 100 go into a request. Repeats are dropped.
            skip_if_exists: True, the default, for products without a barcode only; False for all, those with one get
                another.
            isolate: whether one bad thing is found and left out, so that the others are done: what the Market refuses
                is sent again without it. False stops at the first refusal with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `BulkReport`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            Locked: `Business is in migration`: the cabinet is being moved; try again later.
            MarketError: see `yamarket_async.errors`.

        Limit: 10,000 items a minute for a business with a subscription, 5,000 items a minute without. Scopes, one of:
        all-methods, offers-and-cards-management.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/business-offer-mappings/generateOfferBarcodes
        """
        return self._batches(
            api.GENERATE_OFFER_BARCODES,
            business_id=business_id,
            offer_ids=offer_ids,
            skip_if_exists=skip_if_exists,
            isolate=isolate,
            on_invalid=on_invalid,
        )

"""Cards in the catalogue of the business: lists, changes, archive, deletions, bar codes."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.answers.offers import catalogue_of, filters_of
from yamarket_async.sandbox.calls import Call
from yamarket_async.sandbox.pages import listed, positioned
from yamarket_async.sandbox.parts.card_status import card_status, is_fetching
from yamarket_async.sandbox.parts.cards import ean, group_of
from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.parts.categories import name_of
from yamarket_async.sandbox.parts.products import Product
from yamarket_async.sandbox.parts.statuses import DELETED, IN_ARCHIVE, IN_CATALOGUE, stages

OF_THE_CARD = (
    "name",
    "marketCategoryId",
    "pictures",
    "videos",
    "manuals",
    "vendor",
    "barcodes",
    "description",
    "manufacturerCountries",
    "weightDimensions",
    "vendorCode",
    "tags",
    "shelfLife",
    "lifeTime",
    "guaranteePeriod",
    "customsCommodityCode",
    "commodityCodes",
    "certificates",
    "boxCount",
    "condition",
    "type",
    "downloadable",
    "adult",
    "age",
    "purchasePrice",
    "additionalExpenses",
)
"""The fields of a card that getOfferMappings tells."""


@answers("getOfferMappings")
def offer_mappings(call: Call) -> dict[str, Any]:
    """Products of the catalogue with their cards."""
    catalogue, asked = catalogue_of(call), call.sent("offerIds")
    write = partial(_mappings, catalogue, call.query.get("language", "RU"))
    if asked is not None:
        return listed(call, write(catalogue.known(asked)))
    mask = stages(IN_ARCHIVE) if call.sent("archived") else IN_CATALOGUE
    wanted, filters = call.sent("cardStatuses"), filters_of(call)
    accepts = None if wanted is None else (lambda at: card_status(catalogue, at) in wanted)
    return positioned(
        call,
        lambda after, count: catalogue.listed(after=after, count=count, mask=mask, filters=filters, accepts=accepts),
        write,
    )


def _mappings(catalogue: Catalogue, language: str, positions: Sequence[int]) -> list[Any]:
    return [_mapping(catalogue, position, language) for position in positions]


def _mapping(catalogue: Catalogue, position: int, language: str) -> dict[str, Any]:
    offer = _offer(catalogue, position) | catalogue.product(position).texts.get(language, {})
    sku = catalogue.market_sku(position)
    if sku is None:
        return {"offer": offer}
    urls = [
        {"showcaseType": kind, "showcaseUrl": f"https://{host}/product/{sku}"}
        for kind, host in (("B2B", "business.market.example"), ("B2C", "market.example"))
    ]
    return {"offer": offer, "mapping": mapping(catalogue, position), "showcaseUrls": urls}


def mapping(catalogue: Catalogue, position: int) -> dict[str, Any]:
    """Write the card on the Market as `GetMappingDTO`; it must be there."""
    card = catalogue.product(position).card
    written: dict[str, Any] = {"marketSku": catalogue.market_sku(position)}
    if "name" in card:
        written["marketSkuName"] = card["name"]
    if "marketCategoryId" in card:
        written["marketCategoryId"] = card["marketCategoryId"]
        written["marketCategoryName"] = name_of(card["marketCategoryId"])
    return written


def _offer(catalogue: Catalogue, position: int) -> dict[str, Any]:
    product = catalogue.product(position)
    card = product.card
    offer: dict[str, Any] = {"offerId": product.offer_id}
    offer.update((name, card[name]) for name in OF_THE_CARD if name in card)
    if product.price is not None:
        offer["basicPrice"] = product.price.json()
    group = group_of(product.parameters)
    if group:
        offer["groupId"] = group
    media = _media(card, "UPLOADING" if is_fetching(catalogue, position) else "UPLOADED")
    if media:
        offer["mediaFiles"] = media
    offer["cardStatus"] = card_status(catalogue, position)
    offer["archived"] = catalogue.stages[position] == IN_ARCHIVE
    return offer | _placement(catalogue, position)


def _media(card: Mapping[str, Any], state: str) -> dict[str, Any]:
    media: dict[str, Any] = {}
    for name in ("videos", "pictures"):
        if card.get(name):
            media[name] = [{"url": url, "uploadState": state} for url in card[name]]
    if card.get("manuals"):
        media["manuals"] = [{**manual, "uploadState": state} for manual in card["manuals"]]
    return media


def _placement(catalogue: Catalogue, position: int) -> dict[str, Any]:
    """Tell where a product is sold."""
    campaigns, programs = [], {}
    for store in catalogue.world.stores.values():
        status = catalogue.status(store.id, position)
        if status is not None:
            campaigns.append({"campaignId": store.id, "status": status})
            fine = status not in {"REJECTED_BY_MARKET", "ARCHIVED", "NO_CARD"}
            programs[store.model] = "FINE" if fine else "REJECT"
    placement: dict[str, Any] = {}
    if campaigns:
        placement["campaigns"] = campaigns
        placement["sellingPrograms"] = [
            {"sellingProgram": model, "status": status} for model, status in programs.items()
        ]
    return placement


@answers("addOffersToArchive")
def archive(call: Call) -> dict[str, Any]:
    """Put products into the archive, all but those that lie in a warehouse of the Market."""
    catalogue, refused = catalogue_of(call), []
    for sku in call.sent("offerIds"):
        position = catalogue.position(sku)
        if position is None:
            refused.append({"offerId": sku.strip(" \t"), "error": "UNKNOWN"})
        elif catalogue.is_in_warehouse(position):
            refused.append({"offerId": sku.strip(" \t"), "error": "OFFER_HAS_STOCKS"})
        else:
            catalogue.archive(position)
    return {"status": "OK", "result": {"notArchivedOffers": refused}} if refused else {"status": "OK"}


@answers("deleteOffersFromArchive")
def unarchive(call: Call) -> dict[str, Any]:
    """Take products out of the archive."""
    catalogue, refused = catalogue_of(call), []
    for sku in call.sent("offerIds"):
        position = catalogue.position(sku)
        if position is None or not catalogue.unarchive(position):
            refused.append(sku.strip(" \t"))
    return {"status": "OK", "result": {"notUnarchivedOfferIds": refused}} if refused else {"status": "OK"}


@answers("deleteOffers")
def delete_offers(call: Call) -> dict[str, Any]:
    """Delete products from the catalogue, and so from all stores."""
    catalogue = catalogue_of(call)
    left = [sku.strip(" \t") for sku in call.sent("offerIds") if not catalogue.delete(catalogue.position(sku))]
    return {"status": "OK", "result": {"notDeletedOfferIds": left}} if left else {"status": "OK"}


@answers("generateOfferBarcodes")
def generate_barcodes(call: Call) -> dict[str, Any]:
    """Give products a bar code of the Market, also beside one that they have where that is asked for."""
    catalogue, refused, skip = catalogue_of(call), [], call.sent("skipIfExists", True)
    for sku in call.sent("offerIds"):
        position = catalogue.position(sku)
        if position is None or catalogue.stages[position] in {IN_ARCHIVE, DELETED}:
            refused.append(sku.strip(" \t"))
        else:
            _give_barcode(catalogue, position, skip=skip)
    return {"status": "OK", "result": {"unprocessedOfferIds": refused}}


def _give_barcode(catalogue: Catalogue, position: int, *, skip: bool) -> None:
    product: Product = catalogue.touch(position)
    has = product.card.get("barcodes", [])
    if not (has and skip):
        # 2… are the numbers that whoever sells a product may give it.
        made = ean(catalogue.number(position) * 100 + len(has), "29")
        product.card = product.card | {"barcodes": [*has, made]}
    catalogue.refresh(position)

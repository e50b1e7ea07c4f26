"""The Market's promotions, and the products that take part in them."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.answers.offers import catalogue_of
from yamarket_async.sandbox.answers.prices import moment
from yamarket_async.sandbox.calls import Call, bad_request, not_found
from yamarket_async.sandbox.pages import positioned
from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.parts.promos import APPLIED_AFTER, DAY, OUT, PROMO_STATUSES, Participation, Promo, Promos

PROMO_FILTERS = {
    "MANUALLY_ADDED": ("MANUAL",),
    "NOT_MANUALLY_ADDED": ("AUTO", "PARTIALLY_AUTO", "NOT_PARTICIPATING"),
    "RENEWED": ("RENEWED",),
    "RENEW_FAILED": ("RENEW_FAILED",),
    "MINIMUM_FOR_PROMOS": ("MINIMUM_FOR_PROMOS",),
}
"""The values of the `statuses` of getPromoOffers, and the participation that each stands for."""

REMEMBERED, AT_LEAST = 365 * DAY, 15
"""How long promotions are told that a seller took part in, and how many are told in any case."""

LEAST_SHARE, MOST_SHARE = 1, 95
"""Per cent of the price that is crossed out that a price for a promotion may be."""

DEAREST = 1_000_000_000
"""The highest price in roubles."""

DEEP = 2
"""How many times lower than in the catalogue a price is that the Market warns of."""


@answers("getPromos")
def promos(call: Call) -> dict[str, Any]:
    """The promotions."""
    catalogue_of(call)
    known, wanted, mechanics = call.world.part(Promos), call.sent("participation"), call.sent("mechanics")
    found = [promo for promo in known.promos.values() if mechanics in {None, promo.mechanics}]
    if wanted == "PARTICIPATED":
        ended = sorted((promo for promo in found if promo.ends <= call.now), key=lambda promo: -promo.ends)
        ended = [promo for promo in ended if known.active(promo)]
        lately = [promo for promo in ended if promo.ends > call.now - REMEMBERED]
        found = lately if len(lately) >= AT_LEAST else ended[:AT_LEAST]
    else:
        found = [promo for promo in found if promo.ends > call.now]
        if wanted == "PARTICIPATING_NOW":
            found = [promo for promo in found if promo.starts <= call.now and known.active(promo)]
    return {"status": "OK", "result": {"promos": [_promo(call, known, promo) for promo in found]}}


def _promo(call: Call, known: Promos, promo: Promo) -> dict[str, Any]:
    active = known.active(promo)
    assortment: dict[str, Any] = {"activeOffers": active}
    if promo.ends > call.now:
        assortment["potentialOffers"] = sum(1 for _ in known.positions(promo))
        assortment["processing"] = call.now < promo.changed_at + APPLIED_AFTER
    mechanics: dict[str, Any] = {"type": promo.mechanics}
    if promo.mechanics == "MARKET_PROMOCODE":
        mechanics["promocodeInfo"] = {"promocode": "SANDBOX10", "discount": 10}
    bestseller: dict[str, Any] = {"bestseller": promo.bestseller}
    if promo.bestseller and promo.ends > call.now:
        bestseller |= {"entryDeadline": moment(promo.deadline), "renewalEnabled": True}
    return {
        "id": promo.id,
        "name": promo.name,
        "period": {"dateTimeFrom": moment(promo.starts), "dateTimeTo": moment(promo.ends)},
        "participating": active > 0,
        "assortmentInfo": assortment,
        "mechanicsInfo": mechanics,
        "bestsellerInfo": bestseller,
        "channels": ["PUSH", "MAIN_PAGE_CAROUSEL"],
    }


def _open(call: Call) -> Promo:
    """Find the promotion that a call names.

    Raises:
        Refusal: there is none, or it has ended.
    """
    promo_id = call.sent("promoId")
    promo = call.world.part(Promos).promos.get(promo_id)
    if promo is None:
        raise not_found(f"Promo not found: '{promo_id[:100]}'")
    if promo.ends <= call.now:
        raise bad_request("Promo has ended")
    return promo


@answers("getPromoOffers")
def promo_offers(call: Call) -> dict[str, Any]:
    """Products of a promotion."""
    catalogue_of(call)
    known, promo = call.world.part(Promos), _open(call)
    wanted = {status for name in call.sent("statuses", ()) for status in PROMO_FILTERS[name]}
    shown = [not wanted or status in wanted for status in PROMO_STATUSES]

    def find(after: int, count: int) -> list[int]:
        rest = known.positions(promo, after)
        return list(islice((at for at in rest if shown[known.status(promo, at)]), count))

    return positioned(call, find, lambda positions: known.json(promo, positions))


@answers("updatePromoOffers")
def update_promo_offers(call: Call) -> dict[str, Any]:
    """Let products take part in a promotion, or change their prices there."""
    catalogue, known, promo, offers = catalogue_of(call), call.world.part(Promos), _open(call), call.sent("offers")
    _refuse_singles(call, promo, len(offers))
    seen, rejected, warned = set[str](), [], []
    for offer in offers:
        offer_id = offer["offerId"].strip(" \t")
        position = catalogue.position(offer_id)
        prices = (offer.get("params") or {}).get("discountParams") or {}
        reason = "OFFER_DUPLICATION" if offer_id in seen else _reason(call, known, promo, position, prices)
        seen.add(offer_id)
        if reason or position is None:
            rejected.append({"offerId": offer_id, "reason": reason})
            continue
        warnings = _warnings(catalogue, position, prices.get("promoPrice"))
        if warnings:
            warned.append({"offerId": offer_id, "warnings": warnings})
        known.write(promo, position, Participation(True, prices.get("price"), prices.get("promoPrice")))
    result = {"rejectedOffers": rejected, "warningOffers": warned}
    return {"status": "OK", "result": {name: several for name, several in result.items() if several}}


def _refuse_singles(call: Call, promo: Promo, count: int) -> None:
    if count == 1 and not promo.admits_single(call.now):
        raise bad_request(
            "The limit for promo update requests with a single offerId has been exceeded. Please wait or use batch "
            "requests with multiple offerIds for the same promoId."
        )


def _reason(call: Call, known: Promos, promo: Promo, position: int | None, prices: dict[str, Any]) -> str:
    """Tell why a product can't take part; "" where it can."""
    if position is None:
        return "OFFER_DOES_NOT_EXIST"
    if not known.is_candidate(promo, position):
        return "OFFER_NOT_ELIGIBLE_FOR_PROMO"
    if call.now > promo.deadline:
        return "DEADLINE_FOR_FOCUS_PROMOS_EXCEEDED"
    return _wrong_prices(prices, known.most(position)) if promo.has_prices else ""


def _wrong_prices(prices: dict[str, Any], most: int) -> str:
    price, promo_price = prices.get("price"), prices.get("promoPrice")
    if price is None:
        return "EMPTY_OLD_PRICE"
    if promo_price is None:
        return "EMPTY_PROMO_PRICE"
    rules = {
        "OLD_PRICE_TOO_BIG": price > DEAREST,
        "PRICE_TOO_BIG": promo_price > DEAREST,
        "PROMO_PRICE_BIGGER_THAN_MAX": promo_price * 100 > price * MOST_SHARE,
        "PROMO_PRICE_SMALLER_THAN_MIN": promo_price * 100 < price * LEAST_SHARE,
        "MAX_PROMO_PRICE_EXCEEDED": promo_price > most,
    }
    return next((reason for reason, broken in rules.items() if broken), "")


def _warnings(catalogue: Catalogue, position: int, promo_price: int | None) -> list[dict[str, Any]]:
    product = catalogue.product(position)
    if promo_price is None or product.price is None:
        return []
    warnings: list[dict[str, Any]] = []
    if promo_price * DEEP < product.price.value:
        warnings.append({"code": "DEEP_DISCOUNT_OFFER"})
    if product.price.value < promo_price:
        warnings.append({"code": "CATALOG_PRICE_IS_LOWER_THAN_PROMO"})
    stores = [campaign_id for campaign_id, price in product.store_prices.items() if price.value < promo_price]
    if stores:
        warnings.append({"code": "SHOP_PRICES_ARE_LOWER_THAN_PROMO", "campaignIds": stores})
    return warnings


@answers("deletePromoOffers")
def delete_promo_offers(call: Call) -> dict[str, Any]:
    """Take products out of a promotion."""
    catalogue, known, promo = catalogue_of(call), call.world.part(Promos), _open(call)
    asked, everything = call.sent("offerIds"), call.sent("deleteAllOffers", False)
    if asked is None and not everything:
        raise bad_request("Not enough parameters in request: offerIds or deleteAllOffers should be specified")
    if asked is not None and everything:
        raise bad_request(
            "Too many parameters in request: only one of parameters offerIds or deleteAllOffers should be specified"
        )
    if asked is None:
        known.clear(promo)
        return {"status": "OK"}
    _refuse_singles(call, promo, len(asked))
    return {"status": "OK", "result": _take_out(catalogue, known, promo, asked)}


def _take_out(catalogue: Catalogue, known: Promos, promo: Promo, asked: Sequence[str]) -> dict[str, Any]:
    rejected = []
    for sku in asked:
        position = catalogue.position(sku)
        if position is None:
            rejected.append({"offerId": sku.strip(" \t"), "reason": "OFFER_DOES_NOT_EXIST"})
        elif known.is_candidate(promo, position):
            known.write(promo, position, OUT)
    return {"rejectedOffers": rejected} if rejected else {}

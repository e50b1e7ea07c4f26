"""Cards that are written: checked as a whole, and stored all together or not at all."""

from collections.abc import Mapping, Sequence
from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.answers.offers import catalogue_of
from yamarket_async.sandbox.answers.prices import check_price, moment, price_of
from yamarket_async.sandbox.calls import Call, bad_request
from yamarket_async.sandbox.parts.cards import DELETIONS, merged, written
from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.parts.categories import Wrong, parameters_of, wrong_category, wrong_values
from yamarket_async.sandbox.parts.products import BUSINESS

LISTS = ("pictures", "videos", "barcodes", "manufacturerCountries", "tags", "certificates")
"""The lists of a card whose items may not be empty."""

DIMENSIONS = ("length", "width", "height", "weight")

CUSTOMS_DIGITS = {10, 14}
"""How many digits a code of customs has."""

Found = dict[str, tuple[list[Wrong], list[Wrong]]]
"""Errors and warnings by SKU."""


@answers("updateOfferMappings")
def update_offer_mappings(call: Call) -> dict[str, Any]:
    """Add products, and write cards."""
    catalogue, sent = catalogue_of(call), call.sent("offerMappings")
    offers = [mapping["offer"] for mapping in sent]
    _refuse_repeats(offers)
    for at, offer in enumerate(offers):
        _check(offer, at)
    found = {offer["offerId"].strip(" \t"): _wrong(catalogue, offer) for offer in offers}
    if not any(errors for errors, _ in found.values()):
        catalogue.write(_store, catalogue, sent, call.query.get("language", "RU"), call.now)
    return results(found)


def results(found: Found) -> dict[str, Any]:
    """Tell what is wrong with cards; an error refuses them all."""
    told = []
    for offer_id, (errors, warnings) in found.items():
        if errors or warnings:
            result: dict[str, Any] = {"offerId": offer_id}
            if errors:
                result["errors"] = [each.json() for each in errors]
            if warnings:
                result["warnings"] = [each.json() for each in warnings]
            told.append(result)
    refused = any(errors for errors, _ in found.values())
    return {"status": "ERROR" if refused else "OK"} | ({"results": told} if told else {})


def _refuse_repeats(offers: Sequence[Mapping[str, Any]]) -> None:
    skus = [offer["offerId"].strip(" \t") for offer in offers]
    repeating = ", ".join(dict.fromkeys(sku for sku in skus if skus.count(sku) > 1))
    if repeating:
        message = f"Offers should have different ids. Following offers ids are repeating: '{repeating}'."
        raise bad_request(message)


def _check(offer: Mapping[str, Any], at: int) -> None:
    """Check what refuses the whole request."""
    for kind in offer.get("deleteParameters") or ():
        if offer.get(DELETIONS[kind]) is not None:
            raise bad_request(f"Offer at index '{at}' cannot have parameter '{kind}' deleted and set at the same time")
    for name in LISTS:
        if any(not value.strip() for value in offer.get(name) or ()):
            raise bad_request(f"Offer at index '{at}' should not have empty values in list of '{name}'")
    for name in DIMENSIONS:
        if offer.get("weightDimensions") and offer["weightDimensions"][name] <= 0:
            raise bad_request(f"Offer at index '{at}' should have weightDimensions.{name} greater than 0")
    for name in ("basicPrice", "purchasePrice", "additionalExpenses"):
        if offer.get(name):
            check_price(offer[name], at)


def _wrong(catalogue: Catalogue, offer: Mapping[str, Any]) -> tuple[list[Wrong], list[Wrong]]:
    """Tell what is wrong with a card: errors, which refuse the request, and warnings, which don't."""
    position = catalogue.position(offer["offerId"])
    card = {} if position is None else catalogue.product(position).card
    errors, warnings = list[Wrong](), list[Wrong]()
    category_id, values = offer.get("marketCategoryId"), offer.get("parameterValues")
    wrong = None if category_id is None else wrong_category(category_id)
    if wrong is not None:
        errors.append(wrong)
    elif values:
        kept = category_id or card.get("marketCategoryId")
        if kept is None:
            message = "Чтобы передать характеристики, укажите категорию Маркета"
            errors.append(Wrong("EMPTY_MARKET_CATEGORY", None, message))
        else:
            errors += wrong_values(kept, values)
            if category_id is None:
                message = "Передавайте характеристики вместе с категорией Маркета"
                warnings.append(Wrong("EMPTY_MARKET_CATEGORY", None, message))
    for code in offer.get("commodityCodes") or ():
        if not _is_code(code):
            errors.append(Wrong("INVALID_COMMODITY_CODE", None, f"Некорректный товарный код: {code['code']}"))
    if position is not None and _are_locked(catalogue, position, offer.get("weightDimensions")):
        warnings.append(Wrong("LOCKED_DIMENSIONS", None, "Товар измерен на складе Маркета: габариты не изменены"))
    return errors, warnings


def _is_code(code: Mapping[str, Any]) -> bool:
    text = code["code"]
    if code["type"] == "CUSTOMS_COMMODITY_CODE":
        return text.isascii() and text.isdigit() and len(text) in CUSTOMS_DIGITS
    return bool(text.strip())


def _are_locked(catalogue: Catalogue, position: int, dimensions: Mapping[str, Any] | None) -> bool:
    known = catalogue.product(position).card.get("weightDimensions")
    return bool(dimensions) and catalogue.is_in_warehouse(position) and known is not None and dimensions != known


def _store(catalogue: Catalogue, sent: Sequence[Mapping[str, Any]], language: str, now: float) -> None:
    for mapping in sent:
        offer = mapping["offer"]
        offer_id = offer["offerId"].strip(" \t")
        position = catalogue.position(offer_id)
        if position is None:
            position = catalogue.add(offer_id)
        elif _are_locked(catalogue, position, offer.get("weightDimensions")):
            offer = {name: value for name, value in offer.items() if name != "weightDimensions"}
        product = catalogue.touch(position)
        if language != "RU":
            own = {name: offer[name] for name in ("name", "description") if offer.get(name)}
            product.texts[language] = product.texts.get(language, {}) | own
            offer = {name: value for name, value in offer.items() if name not in own}
        before = product.card.get("marketCategoryId")
        product.card = written(product.card, offer, moment(now))
        category_id = product.card.get("marketCategoryId")
        if "PARAMETERS" in (offer.get("deleteParameters") or ()):
            product.parameters = []
        elif category_id != before:
            # What both categories have keeps its values.
            both = {parameter["id"] for parameter in parameters_of(category_id)}
            product.parameters = [value for value in product.parameters if value["parameterId"] in both]
        product.parameters = merged(product.parameters, offer.get("parameterValues") or [])
        product.market_sku = (mapping.get("mapping") or {}).get("marketSku") or product.market_sku
        product.failed = ""
        if offer.get("basicPrice"):
            product.set_price(BUSINESS, price_of(offer["basicPrice"], now))
        catalogue.check_card(position)
        catalogue.refresh(position)

"""What stands on the cards of products: what they are made with, and what becomes of it when a seller writes."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from yamarket_async.sandbox.parts.categories import BRAND, BRAND_VALUES, COLOUR, GRAM, GROUP, WEIGHT, parameters_of
from yamarket_async.sandbox.parts.products import Price
from yamarket_async.sandbox.parts.profiles import profiles

CARD_AFTER = 600.0
"""Seconds that the Market takes to make a card, or to look at a changed one."""

MEDIA_AFTER = 120.0
"""Seconds that the Market takes to fetch pictures, videos and manuals."""

RATING_OF = {"name": 5, "pictures": 20, "videos": 10, "description": 15, "barcodes": 10, "vendor": 5}
"""Points that a card has for what it says; each parameter of the category gives some of the rest."""

DELETIONS = {
    "ADDITIONAL_EXPENSES": "additionalExpenses",
    "ADULT": "adult",
    "AGE": "age",
    "BARCODES": "barcodes",
    "BOX_COUNT": "boxCount",
    "CERTIFICATES": "certificates",
    "COMMODITY_CODES": "commodityCodes",
    "CONDITION": "condition",
    "CUSTOMS_COMMODITY_CODE": "customsCommodityCode",
    "DESCRIPTION": "description",
    "DOWNLOADABLE": "downloadable",
    "GUARANTEE_PERIOD": "guaranteePeriod",
    "LIFE_TIME": "lifeTime",
    "MANUALS": "manuals",
    "MANUFACTURER_COUNTRIES": "manufacturerCountries",
    "PARAMETERS": "parameterValues",
    "PICTURES": "pictures",
    "PURCHASE_PRICE": "purchasePrice",
    "SHELF_LIFE": "shelfLife",
    "TAGS": "tags",
    "TYPE": "type",
    "VENDOR_CODE": "vendorCode",
    "VIDEOS": "videos",
}
"""The values of `deleteParameters`, and the fields that they delete."""

PRICED = ("purchasePrice", "additionalExpenses")
"""The fields of a card that are read with the moment at which they were written."""

BESIDE_THE_CARD = frozenset({"offerId", "basicPrice", "parameterValues", "deleteParameters"})
"""The fields of `UpdateOfferDTO` that are kept elsewhere."""


def ean(number: int, prefix: str = "460") -> str:
    """Make a bar code of thirteen digits, the last of which checks the others."""
    width = 12 - len(prefix)
    digits = f"{prefix}{number % 10**width:0{width}}"
    check = -(sum(map(int, digits[::2])) + 3 * sum(map(int, digits[1::2]))) % 10
    return f"{digits}{check}"


def first_card(number: int, product: int) -> dict[str, Any]:
    """Make the card that a product has when nobody has written it.

    Args:
        number: the number of its profile.
        product: the product's own number.
    """
    own = {
        "pictures": [f"https://shop.example/pictures/{product}-{at}.jpg" for at in range(1, 2 + number % 3)],
        "barcodes": [ean(product)],
    }
    return _card(number) | own


@cache
def _card(number: int) -> dict[str, Any]:
    """Make what all products of a profile have on their cards."""
    profile = profiles()[number]
    card: dict[str, Any] = {
        "name": profile.name,
        "marketCategoryId": profile.category_id,
        "vendor": profile.vendor,
        "description": f"{profile.name}. Гарантия производителя, доставка в день заказа.",
        "manufacturerCountries": ["Россия" if number % 3 else "Китай"],
        "weightDimensions": {
            "length": Decimal(10 + number % 60),
            "width": Decimal(8 + number % 40),
            "height": Decimal(5 + number % 30),
            "weight": Decimal(100 + number * 7 % 9_000) / 1_000,
        },
        "vendorCode": f"VND-{number:04}",
        "type": "DEFAULT",
        "downloadable": False,
        "adult": False,
    }
    if profile.tags:
        card["tags"] = list(profile.tags)
    if number % 4 == 0:
        card["guaranteePeriod"] = {"timePeriod": 1 + number % 3, "timeUnit": "YEAR"}
    return card


@cache
def first_parameters(number: int) -> list[dict[str, Any]]:
    """Make the values of the category's parameters that products of a profile have when nobody has written them."""
    profile = profiles()[number]
    colours = next(each for each in parameters_of(profile.category_id) if each["id"] == COLOUR)["values"]
    colour = colours[number % len(colours)]
    return [
        {"parameterId": BRAND, "valueId": BRAND_VALUES[profile.vendor], "value": profile.vendor},
        {"parameterId": COLOUR, "valueId": colour["id"], "value": colour["value"]},
        {"parameterId": WEIGHT, "unitId": GRAM, "value": str(100 + number * 7 % 9_000)},
    ]


@cache
def first_price(number: int) -> Price:
    """Make the price that products of a profile have when nobody has set one."""
    profile = profiles()[number]
    base = profile.discount_base
    return Price(Decimal(profile.price), profile.updated_at, discount_base=None if base is None else Decimal(base))


def without_nulls(value: Any) -> Any:
    """Leave out of what was sent what is null: the Market tells it as if it had not been sent."""
    if isinstance(value, dict):
        return {name: without_nulls(inner) for name, inner in value.items() if inner is not None}
    return [without_nulls(inner) for inner in value] if isinstance(value, list) else value


def written(card: Mapping[str, Any], offer: Mapping[str, Any], at: str) -> dict[str, Any]:
    """Put what was sent together with a card: what isn't sent stays, an empty text deletes.

    Args:
        card: the card as it is.
        offer: the `UpdateOfferDTO` that was sent.
        at: the moment, as it stands in JSON.
    """
    new = dict(card)
    for name, value in offer.items():
        if name in BESIDE_THE_CARD or value is None:
            continue
        if value == "":
            new.pop(name, None)
        else:
            kept = without_nulls(value)
            new[name] = {**kept, "updatedAt": at} if name in PRICED else kept
    for kind in offer.get("deleteParameters") or ():
        name = DELETIONS[kind]
        if kind in {"ADULT", "DOWNLOADABLE"}:
            new[name] = False
        else:
            new.pop(name, None)
    return new


def merged(old: list[dict[str, Any]], sent: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put values of parameters that were sent together with those that there are; each is replaced as a whole."""
    named = {value["parameterId"] for value in sent}
    kept = [value for value in old if value["parameterId"] not in named]
    # A parameter without a value is deleted.
    told = without_nulls(sent)
    return kept + [value for value in told if value.get("value") or "valueId" in value]


def group_of(parameters: list[dict[str, Any]]) -> str | None:
    """Tell the number by which the product is put together with others on one card."""
    return next((value.get("value") for value in parameters if value["parameterId"] == GROUP), None)


def rating(card: Mapping[str, Any], parameters: list[dict[str, Any]]) -> int:
    """Tell how well a card is filled, 0 to 100."""
    points = sum(points for name, points in RATING_OF.items() if card.get(name))
    return min(points + 7 * len({value["parameterId"] for value in parameters}), 100)

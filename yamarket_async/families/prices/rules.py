"""What prices must keep to beside the bounds of their fields."""

from collections.abc import Iterator
from typing import Any

from yamarket_async.endpoints import Broken
from yamarket_async.rules import MOST_DECIMALS, concerning, discount

VAT = (2, 5, 6, 10, 11, 14)
"""The VAT rates that a price can have; 7 is refused since 1 July 2026."""


def store_price(offer: Any) -> Iterator[Broken]:
    """A price of one store: the product and the value must be given, though the description lets them out."""
    if offer.offer_id is None:
        yield Broken("offerId", None, "must be given")
    price = offer.price
    if price is None or price.value is None:
        yield Broken("price.value", None, "must be given")
        return
    yield from discount(price, "price")
    yield from vat(price.vat, "price.vat")


@concerning('"discountBase"', ".", "e-", "E-")
def price(offer: Any) -> Iterator[Broken]:
    """A price for all stores."""
    yield from discount(offer.price, "price")
    minimum = offer.price.minimum_for_bestseller
    if minimum is not None and round(minimum, MOST_DECIMALS) != minimum:
        rule = f"must have at most {MOST_DECIMALS} digits behind the point"
        yield Broken("price.minimumForBestseller", minimum, rule)


def vat(rate: int | None, place: str) -> Iterator[Broken]:
    """A VAT rate, by its number."""
    if rate == 7:
        yield Broken(place, rate, "is refused since 1 July 2026; use 14 (22 %)")
    elif rate is not None and rate not in VAT:
        yield Broken(place, rate, f"must be one of {', '.join(map(str, VAT))}")

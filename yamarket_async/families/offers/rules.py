"""What offers of a store must keep to beside the bounds of their fields."""

from collections.abc import Iterator
from typing import Any

from yamarket_async.endpoints import Broken
from yamarket_async.families.prices.rules import vat


def known_vat(offer: Any) -> Iterator[Broken]:
    """The VAT rate of a product in a store."""
    yield from vat(offer.vat, "vat")

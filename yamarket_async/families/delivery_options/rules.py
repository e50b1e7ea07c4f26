"""What questions about delivery must keep to beside the bounds of their fields."""

from collections.abc import Iterator
from typing import Any

from yamarket_async.endpoints import Broken
from yamarket_async.rules import each_once, exactly_one

one_way = exactly_one("pickup_delivery", "courier_delivery")


def products(call: Any) -> Iterator[Broken]:
    """Each product once."""
    yield from each_once((item.offer_id for item in call.items), "items[{}].offerId", "SKU")

"""What bids must keep to beside the bounds of their fields."""

from collections.abc import Iterator
from typing import Any

from yamarket_async.endpoints import Broken

LEAST_BID = 50
"""The least bid in hundredths of a per cent; 0 takes a product out."""


def bid(item: Any) -> Iterator[Broken]:
    """A bid that is none, or large enough."""
    if 0 < item.bid < LEAST_BID:
        yield Broken("bid", item.bid, f"must be 0, or {LEAST_BID} to 9,999 (hundredths of a per cent)")

"""What products of promotions must keep to beside the bounds of their fields."""

from collections.abc import Iterator
from typing import Any

from yamarket_async.endpoints import Broken

LEAST_SHARE, MOST_SHARE = 1, 95
"""Per cent of the crossed-out price that the price in a promotion may be."""


def prices(offer: Any) -> Iterator[Broken]:
    """The prices of a product in a promotion: both, and the one well below the other."""
    params = offer.params and offer.params.discount_params
    if params is None:
        return
    old, new = params.price, params.promo_price
    place = "params.discountParams"
    if (old is None) != (new is None):
        yield Broken(f"{place}.{'price' if old is None else 'promoPrice'}", None, "both prices must be given")
    elif old is not None and new is not None and not LEAST_SHARE <= new / old * 100 <= MOST_SHARE:
        rule = f"must be {LEAST_SHARE} to {MOST_SHARE} % of the price {old}"
        yield Broken(f"{place}.promoPrice", new, rule)


def which(call: Any) -> Iterator[Broken]:
    """Which products leave a promotion: those that are named, or all."""
    if call.delete_all_offers and call.offer_ids is not None:
        yield Broken("delete_all_offers", call.delete_all_offers, "can't stand beside offer_ids")
    if not call.delete_all_offers and call.offer_ids is None:
        yield Broken("offer_ids", None, "give offer_ids, or delete_all_offers=True")

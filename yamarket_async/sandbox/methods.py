"""The methods that the pretend Market has, as data: paths, accesses, limits."""

from typing import Literal

import msgspec

from yamarket_async.sandbox.limits import Figure

_PRODUCTS = ("offers-and-cards-management", "all-methods")
_PRODUCTS_READ = (*_PRODUCTS, "offers-and-cards-management:read-only", "all-methods:read-only")
_PROMOS_READ = (
    "pricing", "pricing:read-only", "promotion", "promotion:read-only", "all-methods", "all-methods:read-only",
)  # fmt: skip
_CAMPAIGNS_READ = (
    *_PROMOS_READ, "settings-management", "finance-and-accounting", "offers-and-cards-management",
    "offers-and-cards-management:read-only", "inventory-and-order-processing",
    "inventory-and-order-processing:read-only", "communication", "supplies-management:read-only",
)  # fmt: skip


class Method(msgspec.Struct, frozen=True):
    """A method of the Partner API.

    Attributes:
        name: what the documentation calls it.
        http_method: GET or POST.
        owner: what its path and its limits belong to; "token" is the business of the key.
        tail: what follows the id in the path.
        scopes: the accesses of which a key needs one.
        resource: the number that the Market's messages name its limit by (`x-resource-id`).
        figure: its resource limit.
        versions: the prefixes of its path.
    """

    name: str
    http_method: Literal["GET", "POST"]
    owner: Literal["campaign", "business", "token"]
    tail: str
    scopes: tuple[str, ...]
    resource: int
    figure: Figure
    versions: tuple[str, ...] = ("/v2", "")


METHODS = (
    Method(
        "getCampaigns", "GET", "token", "", _CAMPAIGNS_READ, 1, Figure("requests", "hour", 1_000, 1_000)
    ),
    Method(
        "getHiddenOffers", "GET", "campaign", "/hidden-offers", _PRODUCTS_READ, 61,
        Figure("response_items", "minute", 10_000, 100),
    ),
    Method(
        "getCampaignOffers", "POST", "campaign", "/offers", _PRODUCTS_READ, 181,
        Figure("response_items", "minute", 10_000, 1_000),
    ),
    Method(
        "deleteCampaignOffers", "POST", "campaign", "/offers/delete", _PRODUCTS, 182,
        Figure("request_items", "minute", 10_000, 5_000),
    ),
    Method(
        "getPromoOffers", "POST", "business", "/promos/offers", _PROMOS_READ, 236,
        Figure("requests", "hour", 10_000, 5_000),
    ),
    # The description of 2026 has no getOffers any more: its scopes are those of its successor, its number is ours.
    Method(
        "getOffers", "GET", "campaign", "/offers", _PRODUCTS_READ, 2,
        Figure("response_items", "hour", None, None), versions=("",),
    ),
)  # fmt: skip

BY_NAME = {method.name: method for method in METHODS}

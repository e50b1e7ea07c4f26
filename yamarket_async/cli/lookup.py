"""Finding operations and lists by the names that users write: getCampaigns, get_campaigns or get-campaigns."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache

import click

from yamarket_async.cli.descriptions import families_of_methods
from yamarket_async.endpoints import Endpoint, snake
from yamarket_async.families import endpoints, entries

_OPENING = ("get_", "search_", "calculate_")
"""What the names of lists begin with."""


def method_of(endpoint: Endpoint) -> str:
    """Give the name of an operation's method in the client: `get_campaigns`."""
    return snake(endpoint.name)


def kebab(name: str) -> str:
    """Give a name as a command writes it: `getCampaigns` → `get-campaigns`."""
    return snake(name).replace("_", "-")


def find(name: str) -> Endpoint:
    """Find an operation. Loads its family alone.

    Raises:
        UsageError: there is none of that name.
    """
    method = snake(name.replace("-", "_"))
    family = families_of_methods().get(method)
    if family is None:
        raise click.UsageError(f"there is no operation {name!r}{_instead(method, families_of_methods())}")
    found: Endpoint = next(entry for entry in entries(family) if method_of(entry) == method)
    return found


def _instead(method: str, known: Iterable[str]) -> str:
    close = get_close_matches(method, known, n=3, cutoff=0.6)
    told = " or ".join(each.replace("_", "-") for each in close)
    return f"; is it {told}? `yamarket methods` lists all" if close else "; `yamarket methods` lists all"


WHOLE = {
    "getCategoryContentParameters": "result.parameters",
    "getDeliveryServices": "result.deliveryService",
    "getFulfillmentWarehouses": "result.warehouses",
    "getPromos": "result.promos",
    "getQualityRatingDetails": "result.affectedOrders",
    "getRegionsCodes": "countries",
    "getReturnAvailableDecisions": "result.availableDecisions",
    "getSupplyRequestDocuments": "result.documents",
    "getWarehouses": "result.warehouses",
}
"""Lists that come whole in one answer, with where they are in it; their methods return more than the list."""


@cache
def lists() -> Mapping[str, Endpoint]:
    """Give the operations that answer with lists, by the names of their exports: `campaign-offers`."""
    return {list_name(endpoint): endpoint for endpoint in endpoints().values() if items_path(endpoint)}


def items_path(endpoint: Endpoint) -> str:
    """Tell where the items of a list are in an answer; "" where an operation answers with no list."""
    return endpoint.pages.items if endpoint.pages else WHOLE.get(endpoint.name, "")


def list_name(endpoint: Endpoint) -> str:
    """Name the export of a list: `getCampaignOffers` → `campaign-offers`."""
    name = method_of(endpoint)
    for opening in _OPENING:
        name = name.removeprefix(opening)
    return name.replace("_", "-")


@cache
def reports() -> Mapping[str, Endpoint]:
    """Give the operations that begin reports, by short names: `generateUnitedNettingReport` → `united-netting`."""
    return {report_name(endpoint): endpoint for endpoint in endpoints().values() if endpoint.report}


def report_name(endpoint: Endpoint) -> str:
    """Name a report."""
    return method_of(endpoint).removeprefix("generate_").removesuffix("_report").replace("_", "-")

"""The structs of the Partner API, by name: `from yamarket_async.models import CampaignOffer`.

Those of one family live in `families/…/`, those that several share in the modules beside this one. They are loaded when
first asked for.
"""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

import msgspec

from yamarket_async.families.names import FAMILIES
from yamarket_async.models.base import OpenEnum

if TYPE_CHECKING:
    from yamarket_async.families.auth.models import *
    from yamarket_async.families.bids.models import *
    from yamarket_async.families.business_offer_mappings.models import *
    from yamarket_async.families.businesses.models import *
    from yamarket_async.families.campaigns.models import *
    from yamarket_async.families.categories.models import *
    from yamarket_async.families.chats.models import *
    from yamarket_async.families.content.models import *
    from yamarket_async.families.delivery_options.models import *
    from yamarket_async.families.delivery_services.models import *
    from yamarket_async.families.documents.models import *
    from yamarket_async.families.goods_feedback.models import *
    from yamarket_async.families.goods_questions.models import *
    from yamarket_async.families.goods_stats.models import *
    from yamarket_async.families.hidden_offers.models import *
    from yamarket_async.families.logistic_points.models import *
    from yamarket_async.families.offers.models import *
    from yamarket_async.families.offers.old_offers import *
    from yamarket_async.families.operations.models import *
    from yamarket_async.families.order_business_information.models import *
    from yamarket_async.families.order_delivery.models import *
    from yamarket_async.families.order_labels.models import *
    from yamarket_async.families.orders.boxes import *
    from yamarket_async.families.orders.business_orders import *
    from yamarket_async.families.orders.changes import *
    from yamarket_async.families.orders.models import *
    from yamarket_async.families.orders.old_orders import *
    from yamarket_async.families.orders_stats.models import *
    from yamarket_async.families.outlet_licenses.models import *
    from yamarket_async.families.outlets.models import *
    from yamarket_async.families.price_quarantine.models import *
    from yamarket_async.families.prices.models import *
    from yamarket_async.families.promos.models import *
    from yamarket_async.families.ratings.models import *
    from yamarket_async.families.regions.models import *
    from yamarket_async.families.reports.models import *
    from yamarket_async.families.returns.models import *
    from yamarket_async.families.shipments.models import *
    from yamarket_async.families.stocks.models import *
    from yamarket_async.families.supply_requests.models import *
    from yamarket_async.families.tariffs.models import *
    from yamarket_async.families.warehouses.models import *
    from yamarket_async.models.answers import *
    from yamarket_async.models.base import *
    from yamarket_async.models.currency import *
    from yamarket_async.models.operations import *
    from yamarket_async.models.order_statuses import *
    from yamarket_async.models.orders import *
    from yamarket_async.models.placement import *
    from yamarket_async.models.places import *
    from yamarket_async.models.prices import *
    from yamarket_async.models.products import *
    from yamarket_async.models.returns import *
    from yamarket_async.models.schedules import *
    from yamarket_async.models.sources import *
    from yamarket_async.models.stocks import *
    from yamarket_async.models.tariffs import *

_SHARED = (
    "answers",
    "base",
    "currency",
    "operations",
    "order_statuses",
    "orders",
    "placement",
    "places",
    "prices",
    "products",
    "returns",
    "schedules",
    "sources",
    "stocks",
    "tariffs",
)


@cache
def _modules() -> list[str]:
    """Name the modules that hold structs, those that many share first. It lists the folder of each family."""
    names = [f"{__name__}.{name}" for name in _SHARED]
    from pkgutil import iter_modules  # noqa: PLC0415 — needed for the sake of no client

    for family in FAMILIES:
        package = import_module(f"yamarket_async.families.{family}")
        beside = ("methods", "endpoints", "rules")
        names += [f"{package.__name__}.{m.name}" for m in iter_modules(package.__path__) if not m.name.endswith(beside)]
    return names


@cache
def _public(module: Any) -> dict[str, type]:
    """Give the structs and enums that a module defines."""
    return {
        name: value
        for name, value in vars(module).items()
        if isinstance(value, type)
        and issubclass(value, (msgspec.Struct, OpenEnum))
        and value.__module__ == module.__name__
    }


@cache
def _all() -> dict[str, type]:
    return {name: kind for module in _modules() for name, kind in _public(import_module(module)).items()}


if not TYPE_CHECKING:  # a name that is not there is for checkers to tell, and no Any

    def __getattr__(name: str) -> Any:
        if name == "__all__":
            return sorted(_all())
        if name.startswith("_") or not name[:1].isupper():
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        # One family after another, so that a name costs no more than what comes before it.
        for module in _modules():
            if found := _public(import_module(module)).get(name):
                globals()[name] = found
                return found
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    # Without what this module itself needs, which would stand between the structs in a completion.
    return sorted(_all())

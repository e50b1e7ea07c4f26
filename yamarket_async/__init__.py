"""Asyncio client for the Yandex.Market Partner API.

You write the loop; the client follows the pages, splits the lists, stays inside the limits, waits no longer than it
must, and loses nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yamarket_async.bulk import Batches, BulkReport, DeletedOffers
    from yamarket_async.client import MarketClient
    from yamarket_async.files import File, Upload
    from yamarket_async.limits import Entity, Limit, Limiter, LimitState, Wait
    from yamarket_async.limits.local import LocalLimiter
    from yamarket_async.limits.redis import RedisLimiter as RedisLimiter
    from yamarket_async.observing import Call
    from yamarket_async.paging import Pager
    from yamarket_async.reports import Report
    from yamarket_async.retry import Retry
    from yamarket_async.walk import Page

__version__ = "0.2.0"

_HOMES = {
    "Batches": "bulk",
    "BulkReport": "bulk",
    "DeletedOffers": "bulk",
    "Entity": "limits",
    "File": "files",
    "Upload": "files",
    "Report": "reports",
    "Limit": "limits",
    "LimitState": "limits",
    "Limiter": "limits",
    "LocalLimiter": "limits.local",
    "MarketClient": "client",
    "Call": "observing",
    "Page": "walk",
    "Pager": "paging",
    "RedisLimiter": "limits.redis",
    "Retry": "retry",
    "Wait": "limits",
}

_SUBMODULES = ("errors", "models", "notifications", "otel", "sandbox")
"""Those that a user imports from, and finds by completion. The others stand behind the names above."""

# Without RedisLimiter, which needs an extra: `from yamarket_async import *` works without one.
__all__ = [  # noqa: RUF022 — the client first, as a reader looks for it
    "MarketClient",
    "Retry",
    "Limit",
    "Pager",
    "Page",
    "Batches",
    "BulkReport",
    "DeletedOffers",
    "Report",
    "File",
    "Upload",
    "Limiter",
    "LocalLimiter",
    "LimitState",
    "Entity",
    "Wait",
    "Call",
    "__version__",
]


if not TYPE_CHECKING:  # a name that is not there is for checkers to tell, and no Any

    def __getattr__(name: str) -> Any:
        # Names are looked up when first used: the pytest plugin lives in this package and is imported by every test
        # session of whoever has it installed, which must not pay for aiohttp.
        if name in _SUBMODULES:
            return import_module(f"{__name__}.{name}")
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    # Without what this module itself needs, which would stand between the names in a completion.
    return sorted({*__all__, *_HOMES, *_SUBMODULES})

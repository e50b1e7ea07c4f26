"""What documents must keep to beside the bounds of their fields."""

from collections.abc import Iterator
from typing import Any

from yamarket_async.endpoints import Broken


def period(document: Any) -> Iterator[Broken]:
    """The days of a document, in their order."""
    first, last = document.active_from_date, document.active_to_date
    if first is not None and last is not None and last < first:
        yield Broken("activeToDate", last, f"must not be before activeFromDate ({first})")

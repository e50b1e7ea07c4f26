"""What calls about ratings must keep to beside the bounds of their fields."""

from collections.abc import Iterator
from typing import Any

from yamarket_async.endpoints import Broken
from yamarket_async.rules import not_before, today_in_moscow

OLDEST = 30
"""Days that ratings go back."""

period = not_before("date_from", "date_to")


def recent(call: Any) -> Iterator[Broken]:
    """Ratings of the last month."""
    today = today_in_moscow()
    if call.date_from is not None and (today - call.date_from).days > OLDEST:
        yield Broken("date_from", call.date_from, f"must be at most {OLDEST} days back")
    if call.date_from is not None and call.date_from > today:
        yield Broken("date_from", call.date_from, "must be today at the latest")
    if call.date_to is not None and call.date_to > today:
        yield Broken("date_to", call.date_to, "must be today at the latest")

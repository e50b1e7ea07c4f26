"""What the report on orders must keep to beside the bounds of its fields."""

from collections.abc import Iterator
from typing import Any

from yamarket_async.endpoints import Broken
from yamarket_async.rules import not_before

made = not_before("date_from", "date_to")
changed = not_before("update_from", "update_to")


def one_range(call: Any) -> Iterator[Broken]:
    """Orders by the day they were made, or by the day of their last change."""
    made_ = call.date_from or call.date_to
    changed_ = call.update_from or call.update_to
    if made_ and changed_:
        name = "update_from" if call.update_from else "update_to"
        yield Broken(name, changed_, "can't stand beside date_from and date_to; choose orders by one or the other")

"""What calls about feedback must keep to beside the bounds of their fields."""

from collections.abc import Iterator
from typing import Any

from yamarket_async.endpoints import Broken
from yamarket_async.rules import exactly_one, not_before

period = not_before("date_time_from", "date_time_to")
whose_comments = exactly_one("feedback_id", "comment_ids")


def stars(call: Any) -> Iterator[Broken]:
    """Ratings are one to five stars."""
    for number, value in enumerate(call.rating_values or ()):
        if not 1 <= value <= 5:
            yield Broken(f"rating_values[{number}]", value, "must be from 1 to 5")

"""What documents must keep to beside the bounds of their fields."""

from yamarket_async.rules import not_before

period = not_before("active_from_date", "active_to_date")

"""What calls about supplies must keep to beside the bounds of their fields."""

from yamarket_async.rules import not_before

asked_range = not_before("request_date_from", "request_date_to")

"""What points of sale must keep to beside the bounds of their fields."""

import re
from collections.abc import Iterator
from typing import Any

from yamarket_async.endpoints import Broken

LONG_DELIVERY = 18
"""Days from which on the longest delivery may take twice as long as the shortest."""

WIDEST = 4
"""Days by which the longest and the shortest delivery may differ before that."""

_COORDINATES = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*[,\s]\s*(-?\d+(?:\.\d+)?)\s*")


def outlet(call: Any) -> Iterator[Broken]:
    """A point of sale."""
    if call.type == "NOT_DEFINED":
        yield Broken("type", call.type, "comes only in answers")
    if call.visibility == "UNKNOWN":
        yield Broken("visibility", call.visibility, "comes only in answers")
    delivers = call.type in ("DEPOT", "MIXED")
    if delivers and not call.delivery_rules:
        yield Broken("delivery_rules", None, "is needed with DEPOT and MIXED")
    for number, rule in enumerate(call.delivery_rules or ()):
        yield from _delivery(rule, f"delivery_rules[{number}]", delivers=delivers)
    if call.coords is not None and not _is_a_place(call.coords):
        rule = 'must be "longitude, latitude" like "37.588144, 55.733842"'
        yield Broken("coords", call.coords, rule)


def _delivery(rule: Any, place: str, *, delivers: bool) -> Iterator[Broken]:
    least, most = rule.min_delivery_days, rule.max_delivery_days
    is_open = rule.unspecified_delivery_interval
    if is_open is False:
        yield Broken(f"{place}.unspecifiedDeliveryInterval", is_open, "must be True, or left out")
    elif is_open and (least is not None or most is not None):
        rule_ = "can't stand beside minDeliveryDays and maxDeliveryDays"
        yield Broken(f"{place}.unspecifiedDeliveryInterval", is_open, rule_)
    elif (least is None) != (most is None) or (delivers and not is_open and least is None):
        yield Broken(place, None, "give minDeliveryDays and maxDeliveryDays, or unspecifiedDeliveryInterval")
    if least is None or most is None:
        return
    highest = 2 * least if least > LONG_DELIVERY else least + WIDEST
    if not least <= most <= highest:
        yield Broken(
            f"{place}.maxDeliveryDays", most, f"must be from {least} to {highest} where minDeliveryDays is {least}"
        )


def _is_a_place(text: str) -> bool:
    match = _COORDINATES.fullmatch(text)
    return match is not None and abs(float(match[1])) <= 180 and abs(float(match[2])) <= 90

"""What calls about orders must keep to beside the bounds of their fields."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from yamarket_async.endpoints import Broken, Rule
from yamarket_async.rules import each_once, marking, named, not_before, today_in_moscow

SETTABLE = ("PROCESSING", "DELIVERY", "PICKUP", "DELIVERED", "CANCELLED")
"""The statuses that a seller can set."""

LONGEST = timedelta(days=30)
"""The longest range of days on which orders were made."""


def _near_today(holder: Any, place: str, start: str, end: str, *others: str) -> Iterator[Broken]:
    """Demand both ends of a range where today, which stands for one that is left out, is too far from the other."""
    if holder is None or any(getattr(holder, name) is not None for name in others):
        return
    begins, ends, oldest = getattr(holder, start), getattr(holder, end), today_in_moscow() - LONGEST
    first, last = named(f"{place}{start}"), named(f"{place}{end}")
    if ends is None and begins is not None and begins < oldest:
        rule = f"is more than {LONGEST.days} days ago: give {last} too, which is today where it is left out"
        yield Broken(first, begins, rule)
    elif begins is None and ends is not None and ends < oldest:
        rule = f"is more than {LONGEST.days} days ago: give {first} too, which is {LONGEST.days} days ago by default"
        yield Broken(last, ends, rule)


def made_lately(call: Any) -> Iterator[Broken]:
    """A range of days of creation that is open on one side only where it is near to today."""
    others = ("shipment_date_from", "shipment_date_to", "update_date_from", "update_date_to")
    yield from _near_today(call.dates, "dates.", "creation_date_from", "creation_date_to", *others)


def old_made_lately(call: Any) -> Iterator[Broken]:
    """The same for the older method."""
    others = ("supplier_shipment_date_from", "supplier_shipment_date_to", "updated_at_from", "updated_at_to")
    yield from _near_today(call, "", "from_date", "to_date", *others)


created_range = not_before("dates.creation_date_from", "dates.creation_date_to")
shipped_range = not_before("dates.shipment_date_from", "dates.shipment_date_to")
updated_range = not_before("dates.update_date_from", "dates.update_date_to")
BUSINESS_RANGES: tuple[Rule, ...] = (created_range, shipped_range, updated_range, made_lately)
OLD_RANGES: tuple[Rule, ...] = (
    not_before("from_date", "to_date"),
    not_before("supplier_shipment_date_from", "supplier_shipment_date_to"),
    not_before("updated_at_from", "updated_at_to"),
    old_made_lately,
)


def a_change(call: Any) -> Iterator[Broken]:
    """A change of an order that changes something, to days that follow each other."""
    order = call.order
    if order.delivery_interval is None and order.customer is None and not order.extend_storage_period:
        rule = "holds nothing to change: give deliveryInterval, customer or extendStoragePeriod"
        yield Broken("order", None, rule)
    days = order.delivery_interval and order.delivery_interval.delivery_date_interval
    yield from _interval(days, "order.deliveryInterval.deliveryDateInterval")


def a_new_order(call: Any) -> Iterator[Broken]:
    """An order that goes to one place, with each product once."""
    order = call.order
    destination = order.destination
    by_courier = destination.courier_delivery is not None
    if by_courier == (destination.pickup_delivery is not None):
        yield Broken("order.destination", None, "give either courierDelivery or pickupDelivery")
    for number, delivery in enumerate(order.items_delivery):
        place = f"order.itemsDelivery[{number}]"
        if by_courier and delivery.delivery_time_interval is None:
            yield Broken(f"{place}.deliveryTimeInterval", None, "is needed where a courier delivers")
        yield from _interval(delivery.delivery_date_interval, f"{place}.deliveryDateInterval")
        yield from each_once((item.offer_id for item in delivery.items), place + ".items[{}].offerId", "SKU")


def _interval(interval: Any, place: str) -> Iterator[Broken]:
    if (
        interval is not None
        and getattr(interval, "to_date", None) is not None
        and interval.to_date < interval.from_date
    ):
        yield Broken(f"{place}.toDate", interval.to_date, "must not be before fromDate")


def a_status(call: Any) -> Iterator[Broken]:
    """A status that a seller can set, and a day of delivery that has come."""
    yield from _status(call.order, "order.")
    delivery = call.order.delivery
    day = delivery and delivery.dates and delivery.dates.real_delivery_date
    if day and call.order.status not in ("PICKUP", "DELIVERED"):
        yield Broken("order.delivery.dates.realDeliveryDate", day, "goes only with the status PICKUP or DELIVERED")
    elif day and day > today_in_moscow():
        yield Broken("order.delivery.dates.realDeliveryDate", day, "must not be in the future")


def a_status_of_many(order: Any) -> Iterator[Broken]:
    """A status of one of many orders."""
    yield from _status(order, "")


def _status(order: Any, place: str) -> Iterator[Broken]:
    if order.status not in SETTABLE:
        yield Broken(
            f"{place}status", order.status, f"must be one of {', '.join(SETTABLE)}; others are the Market's to set"
        )
    elif order.status == "CANCELLED" and order.substatus is None:
        yield Broken(f"{place}substatus", None, "must give the reason of a cancellation")


def boxes(call: Any) -> Iterator[Broken]:
    """Boxes with whole products, or one part of one product each."""
    for number, box in enumerate(call.boxes):
        items = box.items or ()
        for at, item in enumerate(items):
            place = f"boxes[{number}].items[{at}]"
            if (item.full_count is None) == (item.partial_count is None):
                yield Broken(place, None, "give either fullCount or partialCount")
            elif item.partial_count is not None and item.partial_count.current > item.partial_count.total:
                rule = f"must be at most the total, {item.partial_count.total}"
                yield Broken(f"{place}.partialCount.current", item.partial_count.current, rule)
            if item.partial_count is not None and len(items) > 1:
                yield Broken(place, None, "a box with a part of a product holds nothing else")
            yield from marking(item.instances, f"{place}.instances")


def codes(call: Any) -> Iterator[Broken]:
    """Marking codes, one kind for each unit."""
    for number, item in enumerate(call.items):
        yield from marking(item.instances, f"items[{number}].instances")


def what_stays(call: Any) -> Iterator[Broken]:
    """An order of which something is left, with each line once: what would take it all out is a cancellation."""
    yield from each_once((item.id for item in call.items), "items[{}].id", "line of the order")
    if not any(item.count for item in call.items):
        yield Broken("items", None, "would leave nothing in the order; cancel it with update_order_status instead")


def keys(call: Any) -> Iterator[Broken]:
    """Keys of digital products: one entry for each line of the order, and no line without."""
    yield from each_once((item.id for item in call.items), "items[{}].id", "line of the order")
    for number, item in enumerate(call.items):
        if not (item.codes or getattr(item, "code", None)):
            yield Broken(f"items[{number}].codes", None, "must hold a key for each unit")


def why(call: Any) -> Iterator[Broken]:
    """A refusal to cancel needs its reason."""
    if not call.accepted and call.reason is None:
        yield Broken("reason", None, "is needed where accepted is False")

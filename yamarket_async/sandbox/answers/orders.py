"""Lists of orders, and single ones."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.answers.order_views import business_order, dispatch_type, old_order, the_order
from yamarket_async.sandbox.calls import Call, bad_request
from yamarket_async.sandbox.moments import DAY, day, days_after
from yamarket_async.sandbox.pages import listed, paged
from yamarket_async.sandbox.parts.order_records import Order
from yamarket_async.sandbox.parts.orders import Orders

RANGE_DAYS = 30
"""How many days a filter may span, and how far back lists go where none is given."""

Test = Callable[[Order], bool]


@answers("getOrder")
def one_order(call: Call) -> dict[str, Any]:
    """One order of a store."""
    return {"order": old_order(call, the_order(call))}


@answers("getOrders")
def store_orders(call: Call) -> dict[str, Any]:
    """Orders of a store."""
    orders, query = call.world.part(Orders), call.query
    if "orderIds" in query:
        found = (orders.find(order_id, call.campaign_id) for order_id in dict.fromkeys(query["orderIds"]))
        return listed(call, [old_order(call, order) for order in found if order is not None])
    tests = [
        *_days(query, "fromDate", "toDate", lambda order: day(order.created), call.now),
        *_days(query, "supplierShipmentDateFrom", "supplierShipmentDateTo", lambda order: order.shipment_day),
        *_moments(query.get("updatedAtFrom"), query.get("updatedAtTo")),
        lambda order: not order.final or order.since > call.now - RANGE_DAYS * DAY,
        lambda order: order.fake == query.get("fake", False),
    ]
    if "status" in query:
        tests.append(lambda order: order.status in query["status"])
    if "substatus" in query:
        tests.append(lambda order: order.substatus in query["substatus"])
    if query.get("hasCis"):
        tests.append(lambda order: any("cis" in code for line in order.lines for code in line.codes))
    if query.get("onlyWaitingForCancellationApprove"):
        tests.append(lambda order: order.cancel_requested_at is not None)
    if query.get("onlyEstimatedDelivery"):
        # No order here has a delivery of more than 30 days.
        tests.append(lambda _: False)
    if "dispatchType" in query:
        tests.append(lambda order: dispatch_type(order) == query["dispatchType"])
    if "buyerType" in query:
        tests.append(lambda order: order.business == (query["buyerType"] == "BUSINESS"))
    return paged(
        call, _passing(orders.all(call.campaign_id), tests), key=_id, write=lambda order: old_order(call, order)
    )


def _days(
    query: Mapping[str, Any], first: str, last: str, of: Callable[[Order], date], now: float | None = None
) -> Iterator[Test]:
    """Make the test of a range of days, whose end is not in it; `now` gives the ends that weren't sent."""
    if first not in query and last not in query and now is None:
        return
    start, end = query.get(first), query.get(last)
    if now is not None:
        start, end = start or days_after(day(now), -RANGE_DAYS), end or days_after(day(now), 1)
        if end < start:
            raise bad_request("Order creation start date is required to be less than end date")
    if start is not None and end is not None:
        _in_range(start, end)
        end = max(end, days_after(start, 1))
    yield lambda order: (start is None or of(order) >= start) and (end is None or of(order) < end)


def _in_range(start: date, end: date, days: int = RANGE_DAYS) -> None:
    # A day more than the range stands for the whole of today, where no end was sent.
    if (end - start).days > days + 1:
        raise bad_request(f"Invalid filters: interval between '{start}' and '{end}' is more than '{days}' days.")


def _moments(start: datetime | None, end: datetime | None) -> Iterator[Test]:
    if start is None and end is None:
        return
    first = -math.inf if start is None else start.timestamp()
    last = math.inf if end is None else end.timestamp()
    if start is not None and end is not None and last - first > RANGE_DAYS * DAY:
        raise bad_request(f"Invalid filters: interval between '{start}' and '{end}' is more than '{RANGE_DAYS}' days.")
    yield lambda order: first <= int(order.updated) < last


def _passing(orders: Iterable[Order], tests: Iterable[Test]) -> Iterator[Order]:
    wanted = list(tests)
    return (order for order in orders if all(test(order) for test in wanted))


def _id(order: Order) -> int:
    return order.id


@answers("getBusinessOrders")
def business_orders(call: Call) -> dict[str, Any]:
    """Orders of all stores of the business."""
    orders = call.world.part(Orders)
    tests: list[Test] = []
    if call.sent("orderIds") is None and call.sent("externalOrderIds") is None:
        tests += _business_dates(call, call.sent("dates", {}))
        tests.append(lambda order: order.fake == call.sent("fake", False))
    elif call.sent("fake") is not None:
        tests.append(lambda order: order.fake == call.sent("fake"))
    for name, of in _BUSINESS_FILTERS.items():
        wanted = call.sent(name)
        if wanted is not None:
            tests.append(lambda order, of=of, wanted=frozenset(wanted): of(order) in wanted)  # type: ignore[misc]
    if call.sent("waitingForCancellationApprove"):
        tests.append(lambda order: order.cancel_requested_at is not None)
    wanted_ids = call.sent("orderIds")
    if wanted_ids is None:
        candidates: Iterable[Order] = orders.all()
    else:
        candidates = [order for order in map(orders.find, sorted(wanted_ids)) if order is not None]
    return paged(call, _passing(candidates, tests), key=_id, write=lambda order: business_order(call, order))


_BUSINESS_FILTERS: Mapping[str, Callable[[Order], Any]] = {
    "externalOrderIds": lambda order: order.external_id,
    "programTypes": lambda order: order.model,
    "campaignIds": lambda order: order.campaign_id,
    "statuses": lambda order: order.status,
    "substatuses": lambda order: order.substatus,
    "sourcePlatforms": lambda order: "OTHER" if order.model == "LAAS" else "MARKET",
}


_BUSINESS_DATES = frozenset(f"{kind}Date{end}" for kind in ("creation", "shipment", "update") for end in ("From", "To"))


def _business_dates(call: Call, dates: Mapping[str, Any]) -> Iterator[Test]:
    given = {name: value for name, value in dates.items() if name in _BUSINESS_DATES and value is not None}
    days = {name: date.fromisoformat(value) for name, value in given.items() if not name.startswith("update")}
    for kind, what in (("creation", "Order creation start date"), ("shipment", "Order shipment start date")):
        start, end = days.get(f"{kind}DateFrom"), days.get(f"{kind}DateTo")
        if start is not None and end is not None and start > end:
            raise bad_request(f"{what} is required to be less than end date")
    # Another range chooses by itself, without the last thirty days of creation.
    alone = not any(name.startswith(("shipment", "update")) for name in given)
    yield from _days(
        days, "creationDateFrom", "creationDateTo", lambda order: day(order.created), call.now if alone else None
    )
    yield from _days(days, "shipmentDateFrom", "shipmentDateTo", lambda order: order.shipment_day)
    moments = {name: datetime.fromisoformat(value) for name, value in given.items() if name.startswith("update")}
    start, end = moments.get("updateDateFrom"), moments.get("updateDateTo")
    if start is not None and end is not None and start > end:
        raise bad_request("Order update start is required to be less than end date")
    yield from _moments(start, end)

"""Orders as the statistics tell them: somewhat later than the lists, with payments and fees."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.answers.order_views import region, warehouse_of
from yamarket_async.sandbox.calls import Call, bad_request
from yamarket_async.sandbox.moments import DAY, day, days_after, moment
from yamarket_async.sandbox.pages import paged
from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.parts.order_records import Line, Order
from yamarket_async.sandbox.parts.orders import Orders

LONGEST_LAG = 2_400.0
"""Seconds by which the statistics are late at most."""

PAID_AFTER = DAY
"""Seconds after the delivery at which the payment is told."""

FEE = Decimal("0.08")
"""The Market's share of the price."""


@answers("getOrdersStats")
def orders_stats(call: Call) -> dict[str, Any]:
    """Orders of a store, with what was paid for them."""
    first, last = _range(call, "date"), _range(call, "update")
    if any(first) and any(last):
        raise bad_request('Periods "orderDate" and "orderUpdate" can\'t be specified simultaneously!')
    # The statistics lag where anything does.
    at = call.now - min(float(call.world.settings["visible_after"]), LONGEST_LAG)
    orders = call.world.part(Orders).all(call.campaign_id)
    found = (order for order in orders if _wanted(call, order, first, last, at))
    return paged(call, found, key=lambda order: order.id, write=lambda order: _write(call, order, at))


def _range(call: Call, name: str) -> tuple[date | None, date | None]:
    sent_from, sent_to = call.sent(f"{name}From"), call.sent(f"{name}To")
    start = date.fromisoformat(sent_from) if sent_from else None
    end = date.fromisoformat(sent_to) if sent_to else None
    if start is not None and end is not None and end < start:
        raise bad_request(f"Date field '{name}To' must be greater or equal to '{name}From'!")
    return start, end


def _wanted(
    call: Call, order: Order, first: tuple[date | None, date | None], last: tuple[date | None, date | None], at: float
) -> bool:
    if order.stage_at(at) is None or (call.sent("orders") is not None and order.id not in call.sent("orders")):
        return False
    if not _within(day(order.created), first) or not _within(day(max(_changed(order, at), _paid(order, at))), last):
        return False
    if call.sent("hasCis") is not None and call.sent("hasCis") != bool(_cis(order)):
        return False
    return call.sent("statuses") is None or _status(order, at) in call.sent("statuses")


def _within(of: date, span: tuple[date | None, date | None]) -> bool:
    start, end = span
    return (start is None or of >= start) and (end is None or of <= end)


def _cis(order: Order) -> list[str]:
    return [code["cis"] for line in order.lines for code in line.codes if "cis" in code]


def _changed(order: Order, at: float) -> float:
    return max(since for since, _ in order.history if since <= at)


def _status(order: Order, at: float) -> str:
    """Tell the status as the statistics call it: of a cancelled order, how far it had come."""
    seen = [stage[0] for since, stage in order.history if since <= at]
    if seen[-1] != "CANCELLED":
        return seen[-1]
    before = seen[-2] if len(seen) > 1 else "UNPAID"
    if before in {"DELIVERY", "PICKUP"}:
        return "CANCELLED_IN_DELIVERY"
    return "CANCELLED_IN_PROCESSING" if before == "PROCESSING" else "CANCELLED_BEFORE_PROCESSING"


def _write(call: Call, order: Order, at: float) -> dict[str, Any]:
    where = region(order)
    written: dict[str, Any] = {
        "id": order.id,
        "creationDate": day(order.created).isoformat(),
        "statusUpdateDate": moment(_changed(order, at)).replace(tzinfo=None).isoformat(),
        "status": _status(order, at),
        "paymentType": "PREPAID" if order.prepaid else "POSTPAID",
        "fake": order.fake,
        "deliveryRegion": {"id": where["id"], "name": where["name"]},
        "items": list(_items(call, order)),
        "payments": list(_payments(order, at)),
        "commissions": [{"type": "FEE", "actual": _kopecks(order.total * FEE)}],
        "currency": "RUR",
    }
    if order.external_id is not None:
        written["partnerOrderId"] = order.external_id
    if any(line.count != line.initial for line in order.lines):
        written["initialItems"] = [
            _item(call, order, line, line.initial) | {"initialCount": line.initial} for line in order.lines
        ]
    return written


def _items(call: Call, order: Order) -> Iterator[dict[str, Any]]:
    for line in order.lines:
        # What was taken out altogether stands among the initial items only.
        if not line.count:
            continue
        item = _item(call, order, line, line.count)
        if line.count != line.initial:
            item["details"] = [{"itemStatus": "REJECTED", "itemCount": line.initial - line.count}]
        cis = [code["cis"] for code in line.codes if "cis" in code]
        if cis:
            item["cisList"] = list(dict.fromkeys(cis))
        if line.bid:
            item["bidFee"] = line.bid
        yield item
    if order.delivery_price:
        price = {"type": "BUYER", "costPerItem": order.delivery_price, "total": order.delivery_price}
        yield {"offerName": "Доставка", "count": 1, "prices": [price], "warehouse": _warehouse(call, order)}


def _item(call: Call, order: Order, line: Line, count: int) -> dict[str, Any]:
    item: dict[str, Any] = {
        "offerName": line.name,
        "shopSku": line.offer_id,
        "count": count,
        "prices": [{"type": "BUYER", "costPerItem": line.price, "total": line.price * count}],
        "warehouse": _warehouse(call, order),
    }
    catalogue = call.world.part(Catalogue)
    position = catalogue.position(line.offer_id)
    market_sku = None if position is None else catalogue.market_sku(position)
    return item | {"marketSku": market_sku} if market_sku else item


def _warehouse(call: Call, order: Order) -> dict[str, Any]:
    return {"id": warehouse_of(call, order), "name": "Склад № 1"}


def _paid(order: Order, at: float) -> float:
    """Tell when an order was paid to the seller; 0 where it isn't yet."""
    delivered = next((since for since, stage in order.history if stage[0] == "DELIVERED"), None)
    return 0.0 if delivered is None or delivered + PAID_AFTER > at else delivered + PAID_AFTER


def _payments(order: Order, at: float) -> Iterator[dict[str, Any]]:
    moment_of_it = _paid(order, at)
    if not moment_of_it:
        return
    paid = day(moment_of_it)
    yield {
        "id": f"{order.id}-1",
        "date": paid.isoformat(),
        "type": "PAYMENT",
        "source": "BUYER",
        "total": order.total,
        "paymentOrder": {"id": str(order.id % 1_000_000), "date": days_after(paid, 1).isoformat()},
    }


def _kopecks(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"))

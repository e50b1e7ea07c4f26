"""What is in an order: boxes, marking codes, removed items, digital goods, and the seller's own id of it."""

from collections import Counter, defaultdict
from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.answers.order_views import allow, barcode, codes, the_order
from yamarket_async.sandbox.calls import Call, Refusal, bad_request
from yamarket_async.sandbox.moments import iso
from yamarket_async.sandbox.parts.marking import check_of, read_codes
from yamarket_async.sandbox.parts.order_cycles import CHECKED_AFTER, STARTED
from yamarket_async.sandbox.parts.order_records import Box, Code, Line, Order
from yamarket_async.sandbox.parts.orders import Orders

NEARLY_ALL = 0.99
"""The share of an order's sum from which on an item can't be removed."""

Items = list[dict[str, Any]]


@answers("setOrderBoxLayout")
def set_boxes(call: Call) -> dict[str, Any]:
    """Say how an order is packed, with the codes; replaces what was said before."""
    order = the_order(call, "Failed to find order with id '{order}'")
    allow(order, "PROCESSING")
    if order.stage != STARTED:
        raise bad_request("Attempt to change order items or instances after READY_TO_SHIP")
    boxes = [_without_null(box["items"]) for box in call.body["boxes"]]
    packed = _count(order, boxes)
    _check_counts(order, packed, remove=call.sent("allowRemove", False))
    given = {line.id: _codes_in(line, boxes) for line in order.lines}
    for line in order.lines:
        line.count = packed[line.id]
        line.codes, line.codes_at = given[line.id], call.now
    order.boxes = [_box(order, items) for items in boxes]
    call.world.part(Orders).touch(order)
    return {"status": "OK", "result": {"boxes": [{"boxId": box.id, "items": box.items} for box in order.boxes]}}


def _box(order: Order, items: Items) -> Box:
    order.boxes_made += 1
    return Box(order.id * 1_000 + order.boxes_made, items)


def _without_null(items: Items) -> Items:
    cleaned = [{name: value for name, value in item.items() if value is not None} for item in items]
    for item in cleaned:
        if "instances" in item:
            item["instances"] = [{k: v for k, v in code.items() if v is not None} for code in item["instances"]]
    return cleaned


def _violation(what: str) -> Refusal:
    return bad_request(f"Invalid order boxes layout request. Violations: {{{what}}}")


def _count(order: Order, boxes: list[Items]) -> Counter[int]:
    """Count what is in all boxes, by line."""
    packed: Counter[int] = Counter()
    parts: defaultdict[int, Counter[tuple[int, int]]] = defaultdict(Counter)
    for number, items in enumerate(boxes):
        for item in items:
            if order.line(item["id"]) is None:
                raise _violation(f"boxes[{number}]: there is no item {item['id']} in the order")
            if ("fullCount" in item) == ("partialCount" in item):
                raise _violation(f"boxes[{number}]: give fullCount or partialCount, not both")
            if "fullCount" in item:
                packed[item["id"]] += item["fullCount"]
                continue
            part = item["partialCount"]
            if len(items) > 1:
                raise _violation(f"boxes[{number}]: a box with a part of an item holds nothing else")
            if part["current"] > part["total"]:
                raise _violation(f"boxes[{number}]: part {part['current']} of {part['total']}")
            parts[item["id"]][part["current"], part["total"]] += 1
    for line_id, seen in parts.items():
        packed[line_id] += _whole(line_id, seen)
    return packed


def _whole(line_id: int, seen: Counter[tuple[int, int]]) -> int:
    """Count the items that the parts make up."""
    whole = 0
    for total in {total for _, total in seen}:
        each = [count for (_, of), count in seen.items() if of == total]
        if len(each) != total or len(set(each)) != 1:
            raise _violation(f"there are not all {total} parts of item {line_id}")
        whole += each[0]
    return whole


def _check_counts(order: Order, packed: Counter[int], *, remove: bool) -> None:
    for line in order.lines:
        count = packed[line.id]
        if count > line.count:
            raise _violation(f"item {line.id}: {count} in boxes, {line.count} in the order")
        if count < line.count:
            if not remove:
                raise _violation(f"item {line.id}: {count} in boxes, {line.count} in the order, allowRemove is false")
            check_removal(order, line)


def check_removal(order: Order, line: Line) -> None:
    """Check that an item may be removed.

    Raises:
        Refusal: it takes part in a promo, is the only one, or is nearly all of the order's sum.
    """
    if line.promo:
        raise _violation(f"item {line.id} takes part in a promo")
    if sum(1 for each in order.lines if each.count) == 1:
        raise _violation(f"item {line.id} is the only one in the order")
    if line.price * line.count >= order.total * int(NEARLY_ALL * 100) / 100:
        raise _violation(f"item {line.id} is 99% of the order's sum")


def _codes_in(line: Line, boxes: list[Items]) -> list[Code]:
    """Gather the codes of a line; each part of an item repeats the code of the whole."""
    sent = [code for items in boxes for item in items if item["id"] == line.id for code in item.get("instances", ())]
    distinct = []
    for code in read_codes(line, sent):
        if code not in distinct:
            distinct.append(code)
    return distinct


@answers("setOrderShipmentBoxes")
def set_shipment_boxes(call: Call) -> dict[str, Any]:
    """Say how many boxes an order has, by the deprecated method."""
    order = the_order(call, "Failed to find ['order'] with id ['{order}']")
    allow(order, "PROCESSING", "DELIVERY")
    order.boxes = [_box(order, []) for _ in call.body["boxes"]]
    call.world.part(Orders).touch(order)
    boxes = [{"id": box.id, "fulfilmentId": barcode(order, box)} for box in order.boxes]
    return {"status": "OK", "result": {"boxes": boxes}}


@answers("provideOrderItemIdentifiers")
def provide_identifiers(call: Call) -> dict[str, Any]:
    """Give the marking codes of an order."""
    order = the_order(call)
    allow(order, "PROCESSING", "DELIVERY", "PICKUP")
    given = [(_line(order, item["id"]), item["instances"]) for item in call.body["items"]]
    read = [(line, read_codes(line, instances)) for line, instances in given]
    for line, found in read:
        line.codes, line.codes_at = found, call.now
    call.world.part(Orders).touch(order)
    return {"status": "OK", "result": {"items": [_brief(line) for line in order.lines]}}


def _line(order: Order, line_id: int) -> Line:
    line = order.line(line_id)
    if line is None:
        raise bad_request(f"Invalid incoming cis for item with id = {line_id} for reason: it is not in the order")
    return line


def _brief(line: Line) -> dict[str, Any]:
    brief: dict[str, Any] = {
        "id": line.id,
        "vat": "VAT_20",
        "count": line.count,
        "price": line.price,
        "offerName": line.name,
        "offerId": line.offer_id,
    }
    return brief | {"instances": codes(line)} if line.codes else brief


@answers("getOrderIdentifiersStatus")
def identifiers_status(call: Call) -> dict[str, Any]:
    """How the checks of the marking codes of an order stand."""
    order, orders = the_order(call), call.world.part(Orders)
    items = [_checks(order, line, orders.refused_codes, call.now) for line in order.lines]
    return {"status": "OK", "result": {"items": items}}


def _checks(order: Order, line: Line, refused: dict[str, str], now: float) -> dict[str, Any]:
    item: dict[str, Any] = {"id": line.id}
    for kind in ("uin", "cis"):
        found = []
        for code in line.codes:
            if kind not in code:
                continue
            status, substatus = check_of(line, code[kind], refused, now)
            check = {"value": code[kind], "status": status}
            if substatus is not None:
                check["substatus"] = substatus
            if order.model == "LAAS" and kind == "cis" and status != "IN_PROGRESS":
                check["crptRequestId"] = f"crpt-{line.id}"
                check["crptRequestDateTime"] = iso(line.codes_at + CHECKED_AFTER)
            found.append(check)
        if found:
            item[kind] = found
    return item


@answers("updateOrderItems")
def update_items(call: Call) -> None:
    """Remove items from an order: what isn't sent, or is sent with a smaller count."""
    order = the_order(call)
    if order.stage != STARTED:
        raise bad_request(
            f"Action is not allowed for order '{order.id}' with status '{order.status}' and substatus "
            f"'{order.substatus}'"
        )
    sent = {_line(order, item["id"]).id: item for item in call.body["items"]}
    counts = {line.id: sent[line.id]["count"] if line.id in sent else 0 for line in order.lines}
    if not any(counts.values()):
        raise bad_request(f"Action is not allowed for order '{order.id}': nothing would be left in it")
    for line in order.lines:
        if counts[line.id] > line.count:
            raise bad_request(
                f"'items.count' must be less than or equal to '{line.count}' (rejected value: {counts[line.id]})"
            )
        if counts[line.id] < line.count:
            check_removal(order, line)
    given = {line_id: read_codes(_line(order, line_id), item.get("instances")) for line_id, item in sent.items()}
    for line in order.lines:
        line.count = counts[line.id]
        if given.get(line.id):
            line.codes, line.codes_at = given[line.id], call.now
    call.world.part(Orders).touch(order)


@answers("provideOrderDigitalCodes")
def provide_keys(call: Call) -> None:
    """Give the keys of digital goods, all at once."""
    order = the_order(call)
    if not order.digital:
        raise bad_request(f"Order.id='{order.id}' is not digital.")
    if order.status != "PROCESSING" or order.keys_at is not None:
        status = order.status if order.keys_at is None else "DELIVERY"
        raise bad_request(f"Invalid status for order '{order.id}': '{status}', PROCESSING expected")
    sent = Counter(item["id"] for item in call.body["items"])
    lines = {line.id: line for line in order.lines}
    if set(sent) != set(lines) or max(sent.values()) > 1:
        raise bad_request(f"'items' must hold each item of the order once (rejected value: {sorted(sent.elements())})")
    for item in call.body["items"]:
        keys = item.get("codes") or ()
        count = lines[item["id"]].count
        if len(keys) != count:
            raise bad_request(
                f"'items.codes' size must be between '{count}' and '{count}' (rejected size: '{len(keys)}')"
            )
    order.keys_at = call.now
    call.world.part(Orders).touch(order)


@answers("updateExternalOrderId")
def update_external_id(call: Call) -> None:
    """Give an order the id that the seller has for it: once, before it is packed."""
    order = the_order(call)
    where = f"partnerId = '{call.campaign_id}', orderId = '{order.id}'"
    if order.stage != STARTED:
        raise bad_request(
            f"Cannot do operation for order with status '{order.status}', and substatus '{order.substatus}' ({where})"
        )
    if order.external_id is not None:
        raise bad_request(
            f"Cannot do operation, external ID already set for order ({where}, externalId = '{order.external_id}')"
        )
    order.external_id = call.body["externalOrderId"]
    call.world.part(Orders).touch(order)

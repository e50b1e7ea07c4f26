"""Changes of the status of orders, by the seller."""

from datetime import date
from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.answers.order_views import old_order, the_order
from yamarket_async.sandbox.calls import Call, Refusal, bad_request
from yamarket_async.sandbox.moments import day
from yamarket_async.sandbox.parts.marking import unchecked
from yamarket_async.sandbox.parts.operations import Operation, Operations
from yamarket_async.sandbox.parts.order_cycles import (
    AT_POINT,
    BY_LETTER,
    CALLS_BEFORE_UNREACHABLE,
    CANCELS,
    DBS_MOVES,
    DELIVERED,
    READY,
    RESERVED,
    SHIPPED,
    STARTED,
    SUBSTATUS,
    TARGETS,
    Stage,
)
from yamarket_async.sandbox.parts.order_records import Change, Order
from yamarket_async.sandbox.parts.orders import Orders


@answers("updateOrderStatus")
def update_status(call: Call) -> dict[str, Any]:
    """Change the status of an order."""
    order, sent = the_order(call), call.body["order"]
    real_day = _real_day(call, order, sent)
    operation = change_status(call, order, sent["status"], sent.get("substatus"))
    if real_day is not None:
        order.real_day = real_day
    answer: dict[str, Any] = {"order": old_order(call, order)}
    if operation is not None:
        answer["operation"] = {"id": operation.id, "type": operation.type}
    return answer


def _real_day(call: Call, order: Order, sent: dict[str, Any]) -> date | None:
    dates = (sent.get("delivery") or {}).get("dates") or {}
    text = dates.get("realDeliveryDate")
    if text is None:
        return None
    real, today = date.fromisoformat(text), day(call.now)
    if real > today:
        raise bad_request(f"Delivery date {real} can't be in the future")
    if real < day(order.created) or sent["status"] not in {"PICKUP", "DELIVERED"}:
        raise bad_request("Real delivery date should be from order creation date to current date inclusively")
    return real


@answers("updateOrderStatuses")
def update_statuses(call: Call) -> dict[str, Any]:
    """Change the statuses of several orders; each is judged by itself."""
    return {"status": "OK", "result": {"orders": [_one_of_several(call, sent) for sent in call.body["orders"]]}}


def _one_of_several(call: Call, sent: dict[str, Any]) -> dict[str, Any]:
    order = call.world.part(Orders).find(sent["id"], call.campaign_id)
    told: dict[str, Any] = {"id": sent["id"], "status": sent["status"]}
    if sent.get("substatus") is not None:
        told["substatus"] = sent["substatus"]
    if order is None:
        words = f"Order not found: partnerId = '{call.campaign_id}', orderId = '{sent['id']}'"
        return told | {"updateStatus": "ERROR", "errorDetails": words}
    try:
        operation = change_status(call, order, sent["status"], sent.get("substatus"))
    except Refusal as refusal:
        return told | {"updateStatus": "ERROR", "errorDetails": refusal.message}
    if operation is not None:
        return told | {"updateStatus": "OK", "operation": {"id": operation.id, "type": operation.type}}
    return told | {"status": order.status, "substatus": order.substatus, "updateStatus": "OK"}


def change_status(call: Call, order: Order, status: str, substatus: str | None) -> Operation | None:
    """Change the status of an order as its seller; give the operation where it happens later.

    Raises:
        Refusal: the seller may not do that.
    """
    if status not in TARGETS:
        raise bad_request(f"Status not allowed: '{status}'")
    orders = call.world.part(Orders)
    if status == "CANCELLED":
        return _cancel(call, order, substatus)
    target = (status, substatus or SUBSTATUS[status])
    _check(orders, order, target, call.now)
    orders.move(order, target, call.now)
    return None


def _cancel(call: Call, order: Order, substatus: str | None) -> Operation | None:
    if order.final:
        raise _no_permission(order, "CANCELLED")
    if substatus is None:
        raise bad_request("'order.substatus' must not be null (rejected value: null)")
    reasons = CANCELS[order.model].get(order.status, ())
    # A test order of Express can't be cancelled once it is ready; others only before they are shipped.
    too_late = order.stage == SHIPPED or (order.fake and order.model == "EXPRESS" and order.stage == READY)
    if not reasons or too_late:
        raise _no_permission(order, "CANCELLED")
    if substatus not in reasons:
        raise bad_request(
            f"Cancellation request substatus '{substatus}' is not available for status '{order.status}' and role "
            f"'SHOP' for order '{order.id}'"
        )
    if substatus == "USER_UNREACHABLE" and order.calls < CALLS_BEFORE_UNREACHABLE:
        raise _not_allowed(order, ("CANCELLED", substatus), "there were not enough calls to the buyer")
    orders = call.world.part(Orders)
    if order.model != "LAAS":
        orders.move(order, ("CANCELLED", substatus), call.now)
        return None
    if any(change.what == "cancel" for change in order.changes):
        raise _no_permission(order, "CANCELLED")
    operation = call.world.part(Operations).begin("ORDER_STATUS_UPDATE")
    orders.later(order, Change(operation.due, "cancel", substatus, operation.id))
    return operation


def _check(orders: Orders, order: Order, target: Stage, now: float) -> None:
    """Check that a seller may bring an order to a stage."""
    if order.final:
        raise _no_permission(order, target[0])
    if target == order.stage:
        raise _no_transition(order, target)
    if order.model != "DBS" and target[0] != "PROCESSING":
        raise bad_request("Status change was forbidden for client role = 'SHOP'")
    if not _may(order, target):
        raise _no_transition(order, target)
    if target == READY:
        missing = unchecked(order, orders.refused_codes, now)
        if missing:
            raise _not_allowed(order, target, missing)


def _may(order: Order, target: Stage) -> bool:
    """Tell whether a seller takes this step in the life of an order."""
    if order.model == "LAAS":
        return (order.stage, target) == (RESERVED, STARTED)
    if order.model != "DBS":
        return (order.stage, target) == (STARTED, READY) or (
            order.fake and order.model == "FBS" and (order.stage, target) == (READY, SHIPPED)
        )
    if order.digital:
        return (order.stage, target) == (STARTED, DELIVERED) and order.digital not in BY_LETTER
    if target == AT_POINT and order.delivery != "PICKUP":
        return False
    return target in DBS_MOVES.get(order.stage, ()) and (order.stage == STARTED or not order.yandex_delivery)


def _names(order: Order, target: Stage) -> str:
    if order.status == target[0]:
        return f"'{order.substatus}' -> '{target[1]}'"
    return f"'{order.status}' -> '{target[0]}'"


def _no_transition(order: Order, target: Stage) -> Refusal:
    return bad_request(f"No transition found: {_names(order, target)}")


def _not_allowed(order: Order, target: Stage, reason: str) -> Refusal:
    return bad_request(f"Transition {_names(order, target)} is not allowed. Reason: {reason}")


def _no_permission(order: Order, status: str) -> Refusal:
    return bad_request(f"No permission to set status '{status}' for order '{order.id}' with status '{order.status}'")


@answers("acceptOrderCancellation")
def accept_cancellation(call: Call) -> None:
    """Answer the buyer's wish to cancel."""
    order, accepted = the_order(call), call.body["accepted"]
    if not accepted and call.sent("reason") is None:
        raise bad_request("'reason' must not be null (rejected value: null)")
    if order.cancel_requested_at is None:
        raise _no_permission(order, "CANCELLED")
    orders = call.world.part(Orders)
    if accepted:
        orders.move(order, ("CANCELLED", "USER_CHANGED_MIND"), call.now)
        return
    order.cancel_requested_at = None
    orders.touch(order)

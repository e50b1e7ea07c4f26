"""The delivery of orders: days, track codes, storage, the buyer, and the code that an Express courier brings."""

from datetime import date
from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.answers.order_views import allow, buyer, the_order
from yamarket_async.sandbox.calls import Call, bad_request
from yamarket_async.sandbox.moments import day, days_after
from yamarket_async.sandbox.parts.order_cycles import COURIER_ARRIVED, COURIER_FOUND, COURIER_RECEIVED
from yamarket_async.sandbox.parts.orders import Orders

EDIT_DAYS = 30
"""By how many days a delivery may be put off, counted from the day of the order."""

EDITS = 3
"""How many times a delivery may be put off."""

STORAGE_DAYS = 30
"""By how many days an order may be kept longer at a pick-up point."""

EAC_TRIES = 3
"""How many times the code of a courier may be tried."""


@answers("setOrderDeliveryDate")
def set_delivery_date(call: Call) -> None:
    """Put a delivery off."""
    order = the_order(call)
    allow(order, "PROCESSING", "DELIVERY")
    to = date.fromisoformat(call.body["dates"]["toDate"])
    if to == order.to_day:
        raise bad_request("New delivery dates are the same as the current!")
    if order.date_edits >= EDITS:
        raise bad_request(f"Exceeded the number of edits of delivery dates! limit is: '{EDITS}'")
    if to > days_after(day(order.created), EDIT_DAYS):
        raise bad_request(f"Exceeded the number of days to edit delivery dates! limit is: '{EDIT_DAYS}' days")
    today = day(call.now)
    if to < today:
        raise bad_request(f"'dates.toDate' must be greater than or equal to '{today}' (rejected value: {to})")
    order.to_day, order.from_day = to, min(order.from_day, to)
    order.date_edits += 1
    call.world.part(Orders).updated(order, "DELIVERY_DATE_UPDATED")


@answers("setOrderDeliveryTrackCode")
def set_track_code(call: Call) -> None:
    """Tell the track code of an order."""
    order = the_order(call, "Campaign '{campaign}' has no order id '{order}'")
    allow(order, "PROCESSING", "DELIVERY", "PICKUP")
    order.tracks[call.body["deliveryServiceId"]] = call.body["trackCode"]
    call.world.part(Orders).touch(order)


@answers("updateOrderStorageLimit")
def extend_storage(call: Call) -> None:
    """Keep an order longer at a pick-up point, once."""
    order = the_order(call, "Order not found: '{order}'")
    allow(order, "PICKUP")
    new = date.fromisoformat(call.body["newDate"])
    now = order.stored_till
    if now is None or order.storage_extended:
        raise bad_request(f"Storage limit date of order '{order.id}' has been changed already")
    latest = days_after(now, STORAGE_DAYS)
    if new > latest:
        raise bad_request(f"'newDate' must be less than or equal to '{latest}' (rejected value: {new})")
    if new <= now:
        raise bad_request(f"'newDate' must be greater than '{now}' (rejected value: {new})")
    order.stored_till, order.storage_extended = new, True
    call.world.part(Orders).touch(order)


@answers("getOrderBuyerInfo", reality="reflected")
def buyer_info(call: Call) -> dict[str, Any]:
    """The buyer of an order, with the telephone."""
    order = the_order(call)
    if order.status not in {"PROCESSING", "DELIVERY", "PICKUP"}:
        raise bad_request(f"Order is not in shop-processing status (actual: '{order.status}').")
    return {"status": "OK", "result": buyer(order) | {"phone": order.buyer.phone, "trusted": True}}


@answers("verifyOrderEac")
def verify_eac(call: Call) -> dict[str, Any]:
    """Try the code of a courier."""
    order = the_order(call, "Failed to find ['order'] with id ['{order}']")
    if order.stage not in {COURIER_FOUND, COURIER_ARRIVED}:
        allow(order)
    orders = call.world.part(Orders)
    if call.body["code"].strip() == order.eac_code:
        orders.move(order, COURIER_RECEIVED, call.now)
        return {"status": "OK", "result": {"verificationResult": "ACCEPTED"}}
    order.eac_tries += 1
    if order.eac_tries >= EAC_TRIES:
        orders.new_eac_code(order)
        return {"status": "OK", "result": {"verificationResult": "NEED_UPDATE"}}
    left = EAC_TRIES - order.eac_tries
    return {"status": "OK", "result": {"verificationResult": "REJECTED", "attemptsLeft": left}}

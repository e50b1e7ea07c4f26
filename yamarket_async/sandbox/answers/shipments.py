"""Shipments of FBS orders: lists, confirmation, pallets, and moving orders to the next one."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from yamarket_async.models.days import DottedDay
from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.answers.order_views import warehouse_id
from yamarket_async.sandbox.calls import Call, Refusal, bad_request, forbidden, not_found
from yamarket_async.sandbox.moments import days_after, iso
from yamarket_async.sandbox.pages import paged
from yamarket_async.sandbox.parts.order_cycles import STARTED
from yamarket_async.sandbox.parts.order_records import Change, Order
from yamarket_async.sandbox.parts.orders import HANDED_OVER, Orders
from yamarket_async.sandbox.parts.shipments import (
    ARRIVED,
    CONFIRMED,
    CREATED,
    DESCRIPTIONS,
    DONE,
    FORMED,
    INBOUND_ACT_AFTER,
    PLANNED_FROM,
    SIGNED,
    STEPS,
    TRANSFER_BEFORE,
    TRANSFER_TAKES,
    Shipment,
    Shipments,
)


def the_shipment(call: Call, words: str = "Failed to find ['shipment'] with id ['{id}']") -> Shipment:
    """Find the shipment that the path of a call names.

    Raises:
        Refusal: the store has none such.
    """
    shipment_id = call.ids["shipmentId"]
    found = call.world.part(Shipments).find(shipment_id, call.campaign_id)
    if found is None:
        raise not_found(words.format(id=shipment_id))
    return found


@answers("searchShipments")
def search(call: Call) -> dict[str, Any]:
    """Shipments of a store, by their days."""
    first, last = DottedDay.read(call.body["dateFrom"]), DottedDay.read(call.body["dateTo"])
    statuses, order_ids = call.sent("statuses"), call.sent("orderIds")
    part = call.world.part(Shipments)

    def wanted(shipment: Shipment) -> bool:
        return (
            date.toordinal(first) <= shipment.day.toordinal() <= date.toordinal(last)
            and (statuses is None or shipment.status in statuses)
            and (order_ids is None or any(order.id in order_ids for order in part.orders(shipment)))
        )

    found = filter(wanted, part.all(call.campaign_id))
    cancelled = call.sent("cancelledOrders", True)
    return paged(call, found, key=lambda each: each.id, write=lambda each: _listed(call, each, cancelled=cancelled))


def _write(call: Call, shipment: Shipment, *, cancelled: bool) -> dict[str, Any]:
    orders = call.world.part(Shipments).orders(shipment)
    shown = [order for order in orders if cancelled or order.status != "CANCELLED"]
    packed = [order for order in shown if order.status != "CANCELLED" and order.stage != STARTED]
    arrived = [order for order in packed if order.id not in shipment.missing] if shipment.status in ARRIVED else []
    return {
        "id": shipment.id,
        "externalId": str(shipment.id) if shipment.external_id is None else shipment.external_id,
        "planIntervalFrom": iso(shipment.at(PLANNED_FROM)),
        "planIntervalTo": iso(shipment.at(HANDED_OVER)),
        "shipmentType": "WITHDRAW" if shipment.by_the_market else "IMPORT",
        "warehouse": {
            "id": warehouse_id(call, shipment.campaign_id),
            "name": "Склад № 1",
            "address": "Москва, Садовая улица, д. 1",
        },
        "warehouseTo": {"id": 131, "name": "Сортировочный центр", "address": "Московская область, Софьино"},
        "deliveryService": {"id": 1_006_360, "name": "Доставка Маркета"},
        "palletsCount": {"planned": shipment.pallets, "fact": shipment.pallets if shipment.status in ARRIVED else 0},
        "orderIds": [order.id for order in shown],
        "draftCount": len(shown) - len(packed),
        "plannedCount": len(packed),
        "factCount": len(arrived),
        "signature": {"signed": shipment.signed},
    }


def _listed(call: Call, shipment: Shipment, *, cancelled: bool) -> dict[str, Any]:
    return _write(call, shipment, cancelled=cancelled) | {
        "status": shipment.status,
        "statusDescription": DESCRIPTIONS[shipment.status],
        "statusUpdateTime": iso(shipment.since),
    }


@answers("getShipment")
def one_shipment(call: Call) -> dict[str, Any]:
    """One shipment, with what can be done with it now."""
    shipment = the_shipment(call)
    status = {
        "status": shipment.status,
        "description": DESCRIPTIONS[shipment.status],
        "updateTime": iso(shipment.since),
    }
    written = _write(call, shipment, cancelled=call.query.get("cancelledOrders", True))
    return {
        "status": "OK",
        "result": written | {"currentStatus": status, "availableActions": _actions(shipment, call.now)},
    }


def _actions(shipment: Shipment, now: float) -> list[str]:
    can = {
        "CONFIRM": shipment.status == FORMED,
        "DOWNLOAD_ACT": shipment.status in DONE,
        "DOWNLOAD_INBOUND_ACT": shipment.accepted_at + INBOUND_ACT_AFTER <= now,
        "DOWNLOAD_DISCREPANCY_ACT": shipment.discrepant,
        "DOWNLOAD_TRANSPORTATION_WAYBILL": shipment.by_the_market and shipment.status in DONE,
        "CHANGE_PALLETS_COUNT": shipment.status in {CREATED, FORMED},
    }
    return [action for action, now_possible in can.items() if now_possible]


@answers("getShipmentOrdersInfo")
def orders_info(call: Call) -> dict[str, Any]:
    """For which orders of a shipment labels can be printed."""
    orders = [each for each in call.world.part(Shipments).orders(the_shipment(call)) if each.status != "CANCELLED"]
    result = {
        "orderIdsWithLabels": [order.id for order in orders if order.boxes],
        "orderIdsWithoutLabels": [order.id for order in orders if not order.boxes],
    }
    return {"status": "OK", "result": result}


@answers("setShipmentPalletsCount")
def set_pallets(call: Call) -> None:
    """Tell how many pallets a shipment has."""
    the_shipment(call).pallets = call.body["placesCount"]


@answers("confirmShipment")
def confirm(call: Call) -> None:
    """Confirm a shipment, with a signature where a signatory is named."""
    shipment = the_shipment(call, "Shipment with ID '{id}' not found")
    signatory = call.sent("signatory")
    may_sign(call, signatory)
    if shipment.status in DONE:
        raise confirmed_already(shipment)
    if shipment.status != FORMED:
        raise bad_request("Cutoff time for shipments has not been reached yet")
    orders = [each for each in call.world.part(Shipments).orders(shipment) if each.status != "CANCELLED"]
    if not orders:
        raise bad_request(f"Shipment with ID '{shipment.id}' does not contain any orders")
    wrong = [order for order in orders if order.stage == STARTED]
    if wrong:
        raise bad_request(
            f"Shipment with ID '{shipment.id}' contains invalid orders. Reasons: orders are in wrong status "
            f"('{ids(wrong)}')"
        )
    shipment.external_id = call.sent("externalShipmentId", shipment.external_id)
    call.world.part(Shipments).move(shipment, SIGNED if signatory else CONFIRMED, call.now)


def confirmed_already(shipment: Shipment) -> Refusal:
    """Make the refusal of a second confirmation."""
    return bad_request(f"Shipment with ID '{shipment.id}' has been confirmed already")


def ids(orders: Iterable[Order]) -> str:
    """Write the ids of orders in a message."""
    return ", ".join(str(order.id) for order in orders)


def may_sign(call: Call, signatory: str | None) -> None:
    """Check that somebody may sign acts: with a key, by a login without its domain.

    Raises:
        Refusal: nobody may.
    """
    if signatory is None:
        return
    if call.key.oauth:
        raise forbidden("Electronic signature is only available for API token authorization.")
    if not signatory or "@" in signatory:
        raise forbidden(f"Contacts with available roles for signing not found for login '{signatory}'")


@answers("transferOrdersFromShipment")
def transfer(call: Call) -> None:
    """Move orders to the shipment of the next day; that takes some minutes."""
    shipment, orders = the_shipment(call), call.world.part(Orders)
    in_it = {order.id: order for order in call.world.part(Shipments).orders(shipment)}
    asked = call.body["orderIds"]
    unknown = [str(order_id) for order_id in asked if order_id not in in_it]
    if unknown:
        raise not_found(f"Failed to find ['order'] with id ['{', '.join(unknown)}']")
    if call.now > shipment.at(STEPS[CREATED].at) - TRANSFER_BEFORE:
        raise bad_request(f"It is too late to move orders from the shipment (shipmentId: '{shipment.id}')")
    days = {"shipment_day": days_after(shipment.day, 1)}
    for order_id in asked:
        order = in_it[order_id]
        if not any(change.what == "transfer" for change in order.changes):
            orders.later(order, Change(call.now + TRANSFER_TAKES, "transfer", days))

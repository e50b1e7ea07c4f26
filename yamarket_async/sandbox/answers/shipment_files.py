"""The files of shipments: acts, waybills, labels of pallets."""

from collections.abc import Iterator, Sequence
from itertools import chain

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.answers.order_labels import SUPPLIER
from yamarket_async.sandbox.answers.order_views import warehouse_id
from yamarket_async.sandbox.answers.shipments import confirmed_already, ids, may_sign, the_shipment
from yamarket_async.sandbox.calls import Answer, Call, bad_request, not_found
from yamarket_async.sandbox.documents import PDF, XLS, Cell, pdf, xls
from yamarket_async.sandbox.moments import dotted
from yamarket_async.sandbox.parts.order_cycles import STARTED
from yamarket_async.sandbox.parts.order_records import Order
from yamarket_async.sandbox.parts.shipments import (
    CONFIRMED,
    DONE,
    FORMED,
    INBOUND_ACT_AFTER,
    SIGNED,
    Shipment,
    Shipments,
)

MOST_LABELS = 1_000
"""How many labels a file has at most."""

ON_A_PAGE = {"A4": 16, "A8": 1}
"""How many labels of pallets stand on a page."""


def _packed(call: Call, shipment: Shipment) -> list[Order]:
    orders = call.world.part(Shipments).orders(shipment)
    return [order for order in orders if order.status != "CANCELLED" and order.stage != STARTED]


def _act(title: str, name: str, shipment: Shipment, orders: Sequence[Order]) -> Answer:
    rows = [
        f"{order.external_id or '—'}; {order.id}; {order.total} руб.; мест: {max(len(order.boxes), 1)}"
        for order in orders
    ]
    head = [title, f"Отгрузка {shipment.id} от {dotted(shipment.day)}", f"Отправитель: {SUPPLIER}", ""]
    return Answer(pdf([head + rows]), content_type=PDF, name=f"{name}-{shipment.id}.pdf")


@answers("downloadShipmentAct", reality="reflected")
def act(call: Call) -> Answer:
    """The act of a shipment that was confirmed."""
    shipment = the_shipment(call)
    if shipment.status not in DONE:
        raise bad_request(f"Outbound with id = '{shipment.id}' is not confirmed and hasn't draft transfer")
    return _act("Акт приема-передачи", "act", shipment, _packed(call, shipment))


@answers("downloadShipmentInboundAct", reality="reflected")
def inbound_act(call: Call) -> Answer:
    """The act of what really arrived, some hours after it did."""
    shipment = the_shipment(call)
    if shipment.accepted_at + INBOUND_ACT_AFTER > call.now:
        raise not_found(f"Failed to find ['inbound act'] with id ['{shipment.id}']")
    arrived = [order for order in _packed(call, shipment) if order.id not in shipment.missing]
    return _act("Фактический акт приема-передачи", "inbound-act", shipment, arrived)


@answers("downloadShipmentDiscrepancyAct", reality="reflected")
def discrepancy_act(call: Call) -> Answer:
    """The act of what didn't arrive; there is none where everything did."""
    shipment = the_shipment(call)
    if not shipment.discrepant:
        raise not_found(f"Failed to find ['discrepancy act'] with id ['{shipment.id}']")
    rows: list[list[Cell]] = [["Заказ", "Расхождение"], *_missing(shipment)]
    return Answer(xls("Расхождения", rows), content_type=XLS, name=f"discrepancy-act-{shipment.id}.xls")


def _missing(shipment: Shipment) -> Iterator[list[Cell]]:
    return ([order_id, "Не принят"] for order_id in shipment.missing)


def _sums(orders: Sequence[Order]) -> Iterator[list[Cell]]:
    return ([order.id, order.total] for order in orders)


@answers("downloadShipmentTransportationWaybill", reality="reflected")
def waybill(call: Call) -> Answer:
    """The waybill of a shipment that the Market fetches; there is none where the seller brings it."""
    shipment = the_shipment(call)
    if not shipment.by_the_market:
        raise not_found(f"Failed to find ['transportation waybill'] with id ['{shipment.id}']")
    rows: list[list[Cell]] = [
        ["Транспортная накладная", f"№ {shipment.id} от {dotted(shipment.day)}"],
        ["Отправитель", SUPPLIER],
        ["Паллет", shipment.pallets],
        ["Заказ", "Сумма"],
        *_sums(_packed(call, shipment)),
    ]
    return Answer(xls("Накладная", rows), content_type=XLS, name=f"waybill-{shipment.id}.xls")


@answers("downloadShipmentPalletLabels")
def pallet_labels(call: Call) -> Answer:
    """A label for each pallet of a shipment."""
    shipment = the_shipment(call)
    count = min(max(shipment.pallets, 1), MOST_LABELS)
    labels = [[SUPPLIER, f"Отгрузка {shipment.id}", f"Паллета {number + 1}/{count}"] for number in range(count)]
    size = call.query.get("format", "A8")
    at_once = ON_A_PAGE[size]
    pages = [list(chain.from_iterable(labels[at : at + at_once])) for at in range(0, count, at_once)]
    content = pdf(pages, size)
    return Answer(content, content_type=PDF, name=f"pallets-{shipment.id}.pdf")


@answers("downloadShipmentReceptionTransferAct")
def reception_transfer_act(call: Call) -> Answer:
    """Confirm the nearest shipment and give its act."""
    part, signatory = call.world.part(Shipments), call.query.get("signatory")
    may_sign(call, signatory)
    shipment = next((each for each in part.all(call.campaign_id) if each.status in {FORMED, CONFIRMED, SIGNED}), None)
    elsewhere = call.query.get("warehouse_id") not in {None, warehouse_id(call, call.campaign_id)}
    if shipment is None or elsewhere:
        raise bad_request("Closest shipment for reception transfer act generation not found.")
    if shipment.status != FORMED:
        raise confirmed_already(shipment)
    leaving = part.leaving(shipment)
    if leaving:
        which = ", ".join(map(str, leaving))
        raise bad_request(
            "Some orders are in the process of being excluded from shipment "
            f"(shipmentId: '{shipment.id}', orderIds: '{which}'). Please wait up to 30 minutes and try again."
        )
    packed = _packed(call, shipment)
    if not packed:
        raise bad_request(f"No orders for closest shipment have been processed yet (shipmentId: '{shipment.id}').")
    waiting = [order for order in part.orders(shipment) if order.stage == STARTED]
    if waiting:
        raise bad_request(
            "Some orders have not been processed yet. Please change the status of orders to READY_TO_SHIP and try "
            f"again. (shipmentId: '{shipment.id}', orderIds: '{ids(waiting)}')."
        )
    part.move(shipment, SIGNED if signatory else CONFIRMED, call.now)
    return _act("Акт приема-передачи", "reception-transfer-act", shipment, packed)

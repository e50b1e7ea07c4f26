"""Labels for boxes."""

from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.answers.order_views import barcode, service, the_order
from yamarket_async.sandbox.calls import Answer, Call, not_found
from yamarket_async.sandbox.documents import PDF, pdf
from yamarket_async.sandbox.moments import dotted
from yamarket_async.sandbox.parts.order_records import Box, Order

SUPPLIER = "ООО «Песочница»"
"""The name of the seller."""

FORMAT = "A7"
"""The size of labels where none is asked for."""


@answers("generateOrderLabel")
def one_label(call: Call) -> Answer:
    """The label of one box; any shipmentId will do."""
    order = _packed(call)
    box = next((box for box in order.boxes if box.id == call.ids["boxId"]), None)
    if box is None:
        raise not_found(f"Box not found. Box: '{call.ids['boxId']}'")
    return _file(call, order, [box])


@answers("generateOrderLabels")
def all_labels(call: Call) -> Answer:
    """The labels of all boxes of an order."""
    order = _packed(call)
    return _file(call, order, order.boxes)


def _packed(call: Call) -> Order:
    order = the_order(call)
    if not order.boxes:
        raise not_found(f"No boxes found for order '{order.id}'")
    return order


def _file(call: Call, order: Order, boxes: list[Box]) -> Answer:
    pages = [_page(order, box) for box in boxes]
    return Answer(pdf(pages, call.query.get("format", FORMAT)), content_type=PDF, name=f"labels-{order.id}.pdf")


def _page(order: Order, box: Box) -> list[str]:
    return [
        SUPPLIER,
        f"Заказ {order.id}",
        *([] if order.external_id is None else [f"Ваш номер {order.external_id}"]),
        f"Место {_place(order, box)}",
        barcode(order, box),
        order.buyer.short_name,
        order.address.full,
        service(order)[1],
        f"Отгрузка {_shipped(order)}",
    ]


def _place(order: Order, box: Box) -> str:
    return f"{order.boxes.index(box) + 1}/{len(order.boxes)}"


def _shipped(order: Order) -> str:
    return dotted(order.shipment_day).replace("-", ".")


@answers("getOrderLabelsData")
def labels_data(call: Call) -> dict[str, Any]:
    """What stands on the labels of an order."""
    order = _packed(call)
    base = f"https://api.partner.market.yandex.ru/v2/campaigns/{order.campaign_id}/orders/{order.id}/delivery"
    result = {
        "orderId": order.id,
        "placesNumber": len(order.boxes),
        "url": f"{base}/labels",
        "parcelBoxLabels": [_label(order, box, base) for box in order.boxes],
    }
    return {"status": "OK", "result": result}


def _label(order: Order, box: Box, base: str) -> dict[str, Any]:
    service_id, service_name = service(order)
    return {
        "url": f"{base}/shipments/1/boxes/{box.id}/label",
        "supplierName": SUPPLIER,
        "deliveryServiceName": service_name,
        "orderId": order.id,
        "orderNum": order.external_id or str(order.id),
        "recipientName": order.buyer.short_name,
        "boxId": box.id,
        "fulfilmentId": barcode(order, box),
        "place": _place(order, box),
        "weight": "",
        "deliveryServiceId": str(service_id),
        "deliveryAddress": order.address.full,
        "shipmentDate": _shipped(order),
    }

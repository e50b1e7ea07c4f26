"""What a seller must know of a buyer that is an organisation."""

from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.answers.order_views import the_order
from yamarket_async.sandbox.calls import Call, bad_request
from yamarket_async.sandbox.moments import day
from yamarket_async.sandbox.parts.order_records import Order

IN_WORK = frozenset({"PROCESSING", "DELIVERY", "PICKUP", "DELIVERED"})
"""The statuses in which the seller is told who the buyer is."""


def _business(call: Call) -> Order:
    order = the_order(call)
    if not order.business:
        raise bad_request("Not a business buyer.")
    return order


@answers("getOrderBusinessBuyerInfo", reality="reflected")
def business_buyer(call: Call) -> dict[str, Any]:
    """The organisation that ordered."""
    order = the_order(call)
    if order.status not in IN_WORK:
        raise bad_request("Order is in the wrong status, it’s only possible starting from the status PROCESSING.")
    _business(call)
    result = {
        "inn": "7704357909",
        "kpp": "770401001",
        "organizationName": f"ООО «{order.buyer.last_name} и партнёры»",
        "organizationJurAddress": order.address.full,
    }
    return {"status": "OK", "result": result}


@answers("getOrderBusinessDocumentsInfo", reality="reflected")
def business_documents(call: Call) -> dict[str, Any]:
    """The documents of an organisation's order; they are ready once it is delivered."""
    order = _business(call)
    ready = order.status in {"DELIVERED", "PARTIALLY_RETURNED", "RETURNED"}
    returned = order.status in {"PARTIALLY_RETURNED", "RETURNED"}
    result = {"upd": _document(order, 1, ready=ready), "ukd": _document(order, 2, ready=returned)}
    return {"status": "OK", "result": result}


def _document(order: Order, number: int, *, ready: bool) -> dict[str, Any]:
    if not ready:
        return {"status": "NOT_READY"}
    return {"status": "READY", "number": f"{order.id}/{number}", "date": day(order.since).isoformat()}

"""Orders, their delivery, and what LaaS stores place themselves."""

from typing import Any

from tests.sandbox.pairs.pair import Known, Pair, order, store
from yamarket_async.sandbox import Sandbox

LAMP, LAMPS_OF_STORE = {"offerIds": ["ЛАМПА"]}, "result.warehouses.0.offers.0.stocks.0.count"
IDS = {"orderIds": ["<orderId>"]}
READY = {"status": "PROCESSING", "substatus": "READY_TO_SHIP"}
CANCEL = {"status": "CANCELLED", "substatus": "SHOP_FAILED"}
ITEM = {"id": "<itemId>", "fullCount": 2, "instances": [{"cis": "КИЗ-1"}, {"cis": "КИЗ-2"}]}
BOXES = {"boxes": [{"items": [ITEM]}]}
CODES = {"items": [{"id": "<itemId>", "instances": [{"cis": "КИЗ-1"}, {"cis": "КИЗ-2"}]}]}
TRACK = {"trackCode": "ТРЕК-7", "deliveryServiceId": 1_003_937}
KEYS = {"id": "<itemId>", "codes": ["ключ-1", "ключ-2"], "slip": "Введите", "activate_till": "2027-01-02"}
CUSTOMER = {"firstName": "Ольга", "lastName": "Ким", "phone": "+79001234567"}
SLOT = {
    "deliveryDateInterval": {"fromDate": "2026-10-04", "toDate": "2026-10-04"},
    "deliveryTimeInterval": {"fromTime": "14:00", "toTime": "18:00"},
}
ADDRESS = {"fullAddress": "Тула, Садовая, 1", "entrance": "7", "floor": 13, "apartment": "131"}


def wish(sandbox: Sandbox) -> Known:
    """The buyer of an order that is on its way wishes to cancel."""
    known = order("DBS", until="DELIVERY")(sandbox)
    sandbox.orders.request_cancellation(known["orderId"])
    return known


def courier(sandbox: Sandbox) -> Known:
    """A courier has come for an Express order, with a code."""
    known = order("EXPRESS")(sandbox)
    while sandbox.orders.state(known["orderId"]).substatus != "COURIER_ARRIVED_TO_SENDER":
        sandbox.orders.advance(known["orderId"])
    return known | {"code": sandbox.orders.eac_code(known["orderId"])}


def packed(sandbox: Sandbox) -> Known:
    known = order()(sandbox)
    sandbox.orders.advance(known["orderId"])
    return known


def in_stock(sandbox: Sandbox) -> Known:
    sandbox.stocks.set("ЛАМПА", 5, warehouse_id=300)
    return store("LAAS")(sandbox)


def of_laas(**more: Any) -> Any:
    items = [{"offerId": "ЛАМПА", "count": 3, "price": {"value": 99.5, "currencyId": "RUR"}}]
    return {
        "order": {
            "externalOrderId": "A-1",
            "itemsDelivery": [{"warehouseId": 300, "items": items, **SLOT}],
            "destination": {"courierDelivery": {"address": ADDRESS, "notes": "Домофон 5"}},
            "customer": CUSTOMER,
            "packaging": {},
            "paymentType": "PREPAID",
            **more,
        }
    }


def placed(place: str, value: Any, sent: Any = None) -> Pair:
    """What a LaaS store orders is read back."""
    asked = {"externalOrderIds": ["A-1"]}
    return Pair("createOrder", sent or of_laas(), "getBusinessOrders", asked, f"orders.0.{place}", value, in_stock)


def told(write: str, sent: Any, place: str, value: Any, given: Any, **more: Any) -> Pair:
    """What is written of an order is read back by the list of orders."""
    return Pair(write, sent, "getBusinessOrders", IDS, f"orders.0.{place}", value, given, **more)


STATUSES = [
    told("updateOrderStatus", {"order": READY}, "substatus", "READY_TO_SHIP", order()),
    Pair("updateOrderStatus", {"order": READY}, "getOrder", {}, "order.substatus", "READY_TO_SHIP", order()),
    Pair("updateOrderStatus", {"order": CANCEL}, "getOrders", IDS, "orders.0.status", "CANCELLED", order()),
    Pair("updateOrderStatus", {"order": CANCEL}, "getStocks", LAMP, LAMPS_OF_STORE, 10, order()),
    Pair(
        "updateOrderStatus",
        {"order": CANCEL},
        "getOrdersStats",
        {"orders": ["<orderId>"]},
        "result.orders.0.status",
        "CANCELLED_IN_PROCESSING",
        order(),
    ),
    told(
        "updateOrderStatus",
        {"order": {"status": "DELIVERED", "delivery": {"dates": {"realDeliveryDate": "2026-09-29"}}}},
        "delivery.dates.realDeliveryDate",
        "2026-09-29",
        order("DBS", until="DELIVERY"),
    ),
    told("updateOrderStatuses", {"orders": [{"id": "<orderId>", **READY}]}, "substatus", "READY_TO_SHIP", order()),
    told("acceptOrderCancellation", {"accepted": True}, "status", "CANCELLED", wish),
    told(
        "acceptOrderCancellation",
        {"accepted": False, "reason": "ORDER_DELIVERED"},
        "cancelRequested",
        False,
        wish,
    ),
    told("verifyOrderEac", {"code": "<code>"}, "substatus", "COURIER_RECEIVED", courier),
    told(
        "provideOrderDigitalCodes",
        {"items": [KEYS]},
        "status",
        "DELIVERED",
        order("DBS", digital="EMAIL"),
        seconds=301,
    ),
]

CONTENTS = [
    told("updateExternalOrderId", {"externalOrderId": "A-1"}, "externalOrderId", "A-1", order()),
    told("setOrderBoxLayout", BOXES, "delivery.boxesLayout.*.items", [[ITEM]], order(requires="CIS")),
    Pair(
        "setOrderBoxLayout",
        BOXES,
        "getOrderIdentifiersStatus",
        {},
        "result.items.0.cis.*.value",
        ["КИЗ-1", "КИЗ-2"],
        order(requires="CIS"),
    ),
    Pair(
        "setOrderBoxLayout",
        BOXES,
        "getShipmentOrdersInfo",
        {},
        "result.orderIdsWithLabels",
        ["<orderId>"],
        order(),
    ),
    Pair("setOrderBoxLayout", BOXES, "generateOrderLabels", {}, "lines.3", "<orderId>-1", order()),
    Pair(
        "setOrderBoxLayout",
        BOXES,
        "generateOrderLabel",
        {},
        "lines.3",
        "<orderId>-1",
        order(),
        told={"boxId": "result.boxes.0.boxId"},
    ),
    Pair("setOrderBoxLayout", BOXES, "getOrderLabelsData", {}, "result.placesNumber", 1, order()),
    Pair(
        "setOrderShipmentBoxes",
        {"boxes": [{}, {}, {}]},
        "getOrder",
        {},
        "order.delivery.shipments.0.boxes.*.fulfilmentId",
        ["<orderId>-1", "<orderId>-2", "<orderId>-3"],
        order("DBS"),
    ),
    told(
        "provideOrderItemIdentifiers",
        CODES,
        "items.0.instances.*.cis",
        ["КИЗ-1", "КИЗ-2"],
        order("DBS", requires="CIS"),
    ),
    told(
        "updateOrderItems",
        {"items": [{"id": "<itemId>", "count": 2}, {"id": "<secondItemId>", "count": 1}]},
        "items.*.count",
        [2, 1],
        order("DBS", lines=2),
    ),
]

DELIVERY = [
    told(
        "setOrderDeliveryDate",
        {"dates": {"toDate": "2026-10-17"}, "reason": "USER_MOVED_DELIVERY_DATES"},
        "delivery.dates.toDate",
        "2026-10-17",
        order("DBS"),
    ),
    told("setOrderDeliveryTrackCode", TRACK, "delivery.tracks", [TRACK], order("DBS")),
    told(
        "updateOrderStorageLimit",
        {"newDate": "2026-10-23"},
        "delivery.pickup.outletStorageLimitDate",
        "2026-10-23",
        order("DBS", delivery="PICKUP", until="PICKUP"),
    ),
]

LAAS = [
    Pair("createOrder", of_laas(), "getStocks", LAMP, "result.warehouses.2.offers.0.stocks.0.count", 2, in_stock),
    placed("items.0.prices.payment.value", 298.5),
    placed("delivery.dates.fromTime", "14:00:00"),
    placed("delivery.warehouseId", "300"),
    placed("delivery.courier.address.entrance", "7"),
    placed("delivery.courier.address.floor", "13"),
    placed("delivery.courier.address.apartment", "131"),
    placed("notes", "Домофон 5"),
    placed("delivery.pickup.logisticPointId", 77, of_laas(destination={"pickupDelivery": {"logisticPointId": 77}})),
    Pair(
        "updateOrder",
        {"order": {"id": "<orderId>", "customer": CUSTOMER}},
        "getOrder",
        {},
        "order.buyer.firstName",
        "Ольга",
        order("LAAS"),
        seconds=301,
    ),
    told(
        "updateOrder",
        {"order": {"id": "<orderId>", "deliveryInterval": SLOT}},
        "delivery.dates.fromDate",
        "2026-10-04",
        order("LAAS"),
        seconds=301,
    ),
    Pair(
        "updateOrder",
        {"order": {"id": "<orderId>", "customer": CUSTOMER}},
        "getOperations",
        {"operationType": "ORDER_RECIPIENT_UPDATE", "operationIds": ["<operationId>"]},
        "result.operations.0.status",
        "DONE",
        order("LAAS"),
        told={"operationId": "result.operations.0.id"},
        seconds=301,
    ),
]

PAIRS = [*STATUSES, *CONTENTS, *DELIVERY, *LAAS]

"""Returns, shipments, outlets with their licenses, supplies, the quality index, reports."""

from typing import Any

from tests.sandbox.pairs.pair import Known, Pair, order, store
from yamarket_async.sandbox import Sandbox

RETURN = {"orderIds": ["<orderId>"]}
DECISION = {"returnItemId": "<returnItemId>", "decisionType": "REPAIR", "comment": "До пятницы"}
SUBMITTED = {"returnItemDecisions": [DECISION]}
POINT = {"pickupReturn": {"logisticPointId": 77}}
CUSTOMER = {"firstName": "Ольга", "lastName": "Ким", "phone": "+79001234567"}
NEW_RETURN = {
    "newReturn": {
        "externalReturnId": "В-1",
        "orderId": "<orderId>",
        "items": [
            {
                "offerId": "ЛАМПА",
                "count": 1,
                "reasonType": "WRONG_ITEM",
                "subreasonType": "WRONG_COLOR",
                "comment": "Она зелёная",
            }
        ],
        "customer": CUSTOMER,
        "returnOption": POINT,
    }
}
SCHEDULE = {"startDay": "MONDAY", "endDay": "FRIDAY", "startTime": "10:00", "endTime": "19:00"}
OUTLET = {
    "name": "Пункт",
    "type": "RETAIL",
    "address": {"regionId": 213},
    "phones": ["+7 (999) 999-99-99"],
    "workingSchedule": {"scheduleItems": [SCHEDULE]},
    "shopOutletCode": "п-1",
}
LICENSE = {
    "outletId": "<outletId>",
    "licenseType": "ALCOHOL",
    "number": "77-АЛ-7",
    "dateOfIssue": "2025-11-13T00:00:00+03:00",
    "dateOfExpiry": "2027-11-13T00:00:00+03:00",
}


def returned(model: str = "FBS") -> Any:
    """Let an order have been delivered, and be returned; the seller is to decide."""

    def open_(sandbox: Sandbox) -> Known:
        known = order(model, until="DELIVERED")(sandbox)
        return_id = sandbox.returns.open(known["orderId"], decision=True)
        while sandbox.returns.state(return_id).refund_status not in {
            "PREMODERATION_DECISION_WAITING",
            "WAITING_FOR_DECISION",
        }:
            sandbox.returns.advance(return_id)
        return known | {"returnId": return_id, "returnItemId": sandbox.returns.state(return_id).item_ids[0]}

    return open_


def of_laas(sandbox: Sandbox) -> Known:
    known = order("LAAS", until="DELIVERED")(sandbox)
    return known | {"returnId": sandbox.returns.open(known["orderId"])}


def chosen(sandbox: Sandbox) -> Known:
    """A decision has been chosen for a return, but not submitted."""
    known = returned("DBS")(sandbox)
    found = sandbox.returns.find(known["returnId"])
    assert found is not None
    found.items[0].decision = {"decisionType": "REPLACE"}
    return known


def formed(sandbox: Sandbox) -> Known:
    """A shipment waits to be confirmed, with an order that is packed."""
    known = order()(sandbox)
    sandbox.orders.advance(known["orderId"])
    sandbox.shipments.advance(known["shipmentId"])
    return known


def outlet(sandbox: Sandbox) -> Known:
    known = store("DBS")(sandbox)
    first = next(sandbox.outlets.of(known["campaignId"]))
    return known | {"outletId": first.id, "outletCode": first.sent["shopOutletCode"]}


def licensed(sandbox: Sandbox) -> Known:
    known = outlet(sandbox)
    sent = LICENSE | {"outletId": known["outletId"]}
    sandbox.outlets.write_license(known["campaignId"], sent, None)
    return known | {"licenseId": sandbox.outlets.licenses_of(known["campaignId"])[0].id}


def supply(sandbox: Sandbox) -> Known:
    known = store("FBY")(sandbox)
    return known | {"requestId": sandbox.supplies.create({"ЛАМПА": 5})}


RETURNS = [
    Pair(
        "setReturnDecision",
        DECISION,
        "getReturn",
        {},
        "result.items.0.decisions.0.decisionType",
        "REPAIR",
        returned("DBS"),
    ),
    Pair(
        "submitReturnDecision",
        {"returnItemDecisions": [{"returnItemId": "<returnItemId>", "decisionType": "SEND_TO_EXAMINATION"}]},
        "getReturn",
        {},
        "result.items.0.decisions.0.decisionType",
        "SEND_TO_EXAMINATION",
        returned(),
    ),
    Pair("submitReturnDecision", None, "getReturns", RETURN, "result.returns.0.refundStatus", "DECISION_MADE", chosen),
    Pair(
        "submitReturnDecision",
        SUBMITTED,
        "getReturnAvailableDecisions",
        {"campaignId": "<campaignId>", "returnId": "<returnId>"},
        "result.availableDecisions",
        [],
        returned("DBS"),
    ),
    Pair(
        "createReturn",
        NEW_RETURN,
        "getReturns",
        RETURN,
        "result.returns.0.items.0.decisions.0.comment",
        "Она зелёная",
        order("LAAS", until="DELIVERED"),
    ),
    Pair(
        "cancelReturn",
        {"returnId": "<returnId>"},
        "getReturn",
        {},
        "result.shipmentStatus",
        "CANCELLED",
        of_laas,
        seconds=301,
    ),
    Pair(
        "cancelReturn",
        {"returnId": "<returnId>"},
        "getOperations",
        {"operationType": "RETURN_CANCELLATION", "operationIds": ["<operationId>"]},
        "result.operations.0.status",
        "DONE",
        of_laas,
        told={"operationId": "result.operation.id"},
        seconds=301,
    ),
]

SHIPMENTS = [
    Pair(
        "setShipmentPalletsCount",
        {"placesCount": 7},
        "downloadShipmentPalletLabels",
        {},
        "lines.2",
        "Паллета 1/7",
        order(),
    ),
    Pair(
        "setShipmentPalletsCount",
        {"placesCount": 7},
        "getShipment",
        {},
        "result.palletsCount.planned",
        7,
        order(),
    ),
    Pair(
        "confirmShipment",
        {"externalShipmentId": "О-7"},
        "getShipment",
        {},
        "result.externalId",
        "О-7",
        formed,
    ),
    Pair(
        "confirmShipment",
        {"signatory": "anna"},
        "searchShipments",
        {"dateFrom": "29-09-2026", "dateTo": "01-10-2026"},
        "result.shipments.0.status",
        "OUTBOUND_SIGNED",
        formed,
    ),
    Pair(
        "downloadShipmentReceptionTransferAct",
        {},
        "getShipment",
        {},
        "result.currentStatus.status",
        "OUTBOUND_CONFIRMED",
        formed,
    ),
    Pair(
        "transferOrdersFromShipment",
        {"orderIds": ["<orderId>"]},
        "getBusinessOrders",
        {"orderIds": ["<orderId>"]},
        "orders.0.delivery.shipment.shipmentDate",
        "2026-10-01",
        order(),
        seconds=601,
    ),
    Pair(
        "transferOrdersFromShipment",
        {"orderIds": ["<orderId>"]},
        "getShipment",
        {},
        "result.orderIds",
        [],
        order(),
        seconds=601,
    ),
]

OUTLETS = [
    Pair("createOutlet", OUTLET, "getOutlets", {"shop_outlet_code": "п-1"}, "outlets.0.name", "Пункт", store("DBS")),
    Pair("updateOutlet", OUTLET, "getOutlet", {}, "outlet.shopOutletCode", "п-1", outlet),
    Pair(
        "deleteOutlet",
        {},
        "getOutlets",
        {"shop_outlet_code": "<outletCode>"},
        "outlets",
        [],
        outlet,
    ),
    Pair(
        "updateOutletLicenses",
        {"licenses": [LICENSE]},
        "getOutletLicenses",
        {"outletIds": "<outletId>"},
        "result.licenses.*.number",
        ["77-АЛ-7"],
        outlet,
    ),
    Pair(
        "updateOutletLicenses",
        {"licenses": [LICENSE | {"id": "<licenseId>", "number": "77-АЛ-8"}]},
        "getOutletLicenses",
        {"outletIds": "<outletId>"},
        "result.licenses.*.number",
        ["77-АЛ-8"],
        licensed,
    ),
    Pair(
        "deleteOutletLicenses",
        {"ids": "<licenseId>"},
        "getOutletLicenses",
        {"outletIds": "<outletId>"},
        "result.licenses",
        [],
        licensed,
    ),
]

BY_HAND = [
    Pair(
        "/__sandbox/supplies/create",
        {"offers": {"ЛАМПА": 17}},
        "getSupplyRequests",
        {"requestIds": ["<requestId>"]},
        "result.requests.0.counters.planCount",
        17,
        store("FBY"),
        told={"requestId": "result"},
    ),
    Pair(
        "/__sandbox/supplies/create",
        {"offers": {"ЛАМПА": 17}},
        "getSupplyRequestItems",
        {"requestId": "<requestId>"},
        "result.items.0.counters.planCount",
        17,
        store("FBY"),
        told={"requestId": "result"},
    ),
    Pair(
        "/__sandbox/tick",
        {"seconds": 5 * 86_400},
        "getSupplyRequestDocuments",
        {"requestId": "<requestId>"},
        "result.documents.2.type",
        "ACT_OF_RECEPTION_TRANSFER",
        supply,
    ),
    Pair(
        "/__sandbox/ratings/blame",
        {"order_id": 4_711, "component": "FBS_LATE_SHIP_RATE"},
        "getQualityRatings",
        {"campaignIds": ["<campaignId>"]},
        "result.campaignRatings.0.ratings.0.components.1.value",
        2.1,
    ),
    Pair(
        "/__sandbox/ratings/blame",
        {"order_id": 4_711, "component": "FBS_LATE_SHIP_RATE"},
        "getQualityRatingDetails",
        {},
        "result.affectedOrders.*.orderId",
        [4_711],
    ),
]

PAIRS = [*RETURNS, *SHIPMENTS, *OUTLETS, *BY_HAND]

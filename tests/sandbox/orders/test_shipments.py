"""Shipments: their life cycle, confirmation, files, and orders that are moved to the next one."""

import pytest

HOUR = 3_600


def ready(sandbox, *, items=None):
    """Place an FBS order and pack it; give it and its shipment."""
    order_id = sandbox.orders.place("FBS", items)
    sandbox.orders.advance(order_id)
    return order_id, sandbox.shipments.of_order(order_id)


async def shown(seller, shipment_id, **query):
    return (await seller("getShipment", shipment_id, model="FBS", query=query)).result


async def refused(seller, status, name, *ids, **sent):
    return await seller.refused(status, name, *ids, model="FBS", **sent)


async def test_orders_of_a_day_go_with_one_shipment(store):
    sandbox, seller = store
    first, shipment_id = ready(sandbox)
    second = sandbox.orders.place("FBS")
    sandbox.tick(8 * HOUR)
    late, next_shipment = ready(sandbox)
    dates = {"dateFrom": "29-09-2026", "dateTo": "05-10-2026"}
    told = (await seller("searchShipments", model="FBS", json=dates)).result["shipments"]
    assert [(each["id"], each["orderIds"]) for each in told] == [
        (shipment_id, [first, second]),
        (next_shipment, [late]),
    ]
    assert (told[0]["draftCount"], told[0]["plannedCount"], told[0]["factCount"]) == (1, 1, 0)
    assert told[0]["planIntervalFrom"] == "2026-09-30T10:00:00+03:00"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({"statuses": ["OUTBOUND_CREATED"]}, True),
        ({"statuses": ["FINISHED"]}, False),
        ({"orderIds": [5]}, False),
        ({"dateTo": "29-09-2026"}, False),
        ({"dateFrom": "01-10-2026"}, False),
    ],
)
async def test_filters_choose(store, body, found):
    sandbox, seller = store
    _, shipment_id = ready(sandbox)
    dates = {"dateFrom": "30-09-2026", "dateTo": "30-09-2026"}
    told = (await seller("searchShipments", model="FBS", json=dates | body)).result["shipments"]
    assert [each["id"] for each in told] == [shipment_id] * found


async def test_cancelled_orders_are_left_out_when_asked(store):
    sandbox, seller = store
    order_id, shipment_id = ready(sandbox)
    sandbox.orders.cancel(order_id)
    assert (await shown(seller, shipment_id))["orderIds"] == [order_id]
    assert (await shown(seller, shipment_id, cancelledOrders="false"))["orderIds"] == []
    dates = {"dateFrom": "30-09-2026", "dateTo": "30-09-2026", "cancelledOrders": False, "orderIds": [order_id]}
    (told,) = (await seller("searchShipments", model="FBS", json=dates)).result["shipments"]
    assert told["orderIds"] == []


async def test_a_shipment_lives_by_the_clock(store):
    sandbox, seller = store
    order_id, shipment_id = ready(sandbox)
    seen = []

    async def look():
        told = await shown(seller, shipment_id)
        seen.append((told["currentStatus"]["status"], told["availableActions"]))
        return told

    await look()
    assert await refused(seller, 400, "confirmShipment", shipment_id, json={}) == (
        "Cutoff time for shipments has not been reached yet"
    )
    sandbox.tick(8 * HOUR + 1)
    await look()
    answer = await seller("confirmShipment", shipment_id, model="FBS", json={"externalShipmentId": "S-1"})
    assert answer.status == 200
    await look()
    message = await refused(seller, 400, "confirmShipment", shipment_id, json={})
    assert message == f"Shipment with ID '{shipment_id}' has been confirmed already"
    sandbox.tick(22 * HOUR)
    await look()
    sandbox.tick(24 * HOUR)
    told = await look()
    assert [status for status, _ in seen] == [
        "OUTBOUND_CREATED",
        "OUTBOUND_READY_FOR_CONFIRMATION",
        "OUTBOUND_CONFIRMED",
        "ACCEPTED",
        "FINISHED",
    ]
    assert seen[0][1] == ["CHANGE_PALLETS_COUNT"]
    assert seen[1][1] == ["CONFIRM", "CHANGE_PALLETS_COUNT"]
    assert {"DOWNLOAD_ACT"} <= set(seen[2][1])
    assert {"DOWNLOAD_ACT", "DOWNLOAD_INBOUND_ACT"} <= set(seen[4][1])
    assert (told["externalId"], told["factCount"], told["orderIds"]) == ("S-1", 1, [order_id])
    assert sandbox.orders.state(order_id).status != "PROCESSING"


async def test_orders_that_are_not_ready_keep_a_shipment_from_being_confirmed(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("FBS")
    shipment_id = sandbox.shipments.of_order(order_id)
    sandbox.shipments.advance(shipment_id)
    assert await refused(seller, 400, "confirmShipment", shipment_id) == (
        f"Shipment with ID '{shipment_id}' contains invalid orders. Reasons: orders are in wrong status ('{order_id}')"
    )
    sandbox.orders.cancel(order_id)
    assert await refused(seller, 400, "confirmShipment", shipment_id) == (
        f"Shipment with ID '{shipment_id}' does not contain any orders"
    )


async def test_a_signature_wants_a_key_and_a_login(store):
    sandbox, seller = store
    _, shipment_id = ready(sandbox)
    sandbox.shipments.advance(shipment_id)
    sign = {"signatory": "anna"}
    assert await refused(seller, 403, "confirmShipment", shipment_id, json=sign, oauth=True) == (
        "Electronic signature is only available for API token authorization."
    )
    assert await refused(seller, 403, "confirmShipment", shipment_id, json={"signatory": "anna@yandex.ru"}) == (
        "Contacts with available roles for signing not found for login 'anna@yandex.ru'"
    )
    assert (await seller("confirmShipment", shipment_id, model="FBS", json=sign)).status == 200
    told = await shown(seller, shipment_id)
    assert (told["currentStatus"]["status"], told["signature"]) == ("OUTBOUND_SIGNED", {"signed": True})
    assert told["externalId"] == str(shipment_id)
    sandbox.shipments.accept(shipment_id)
    assert (await shown(seller, shipment_id))["signature"] == {"signed": True}


@pytest.mark.parametrize(
    ("status", "name", "words"),
    [
        (404, "confirmShipment", "Shipment with ID '5' not found"),
        (404, "getShipment", "Failed to find ['shipment'] with id ['5']"),
        (404, "downloadShipmentAct", "Failed to find ['shipment'] with id ['5']"),
    ],
)
async def test_a_shipment_that_is_not_there(store, status, name, words):
    _, seller = store
    assert await refused(seller, status, name, 5) == words


async def test_pallets_are_told_and_have_labels(store):
    sandbox, seller = store
    _, shipment_id = ready(sandbox)
    assert b"/Count 1" in (await seller("downloadShipmentPalletLabels", shipment_id, model="FBS")).body
    assert (await seller("setShipmentPalletsCount", shipment_id, model="FBS", json={"placesCount": 3})).status == 200
    assert (await shown(seller, shipment_id))["palletsCount"] == {"planned": 3, "fact": 0}
    labels = await seller("downloadShipmentPalletLabels", shipment_id, model="FBS")
    assert labels.headers["Content-Type"] == "application/pdf"
    assert b"/Count 3" in labels.body
    for count, sheets in ((16, 1), (17, 2)):
        await seller("setShipmentPalletsCount", shipment_id, model="FBS", json={"placesCount": count})
        labels = await seller("downloadShipmentPalletLabels", shipment_id, model="FBS", query={"format": "A4"})
        assert b"/Count %d " % sheets in labels.body
    await seller("setShipmentPalletsCount", shipment_id, model="FBS", json={"placesCount": 2**31 - 1})
    assert b"/Count 1000 " in (await seller("downloadShipmentPalletLabels", shipment_id, model="FBS")).body


async def test_labels_can_be_printed_for_packed_orders(store):
    sandbox, seller = store
    with_boxes, without = sandbox.orders.place("FBS"), sandbox.orders.place("FBS")
    sandbox.orders.cancel(sandbox.orders.place("FBS"))
    (item,) = sandbox.orders.state(with_boxes).item_ids
    await seller("setOrderBoxLayout", with_boxes, json={"boxes": [{"items": [{"id": item, "fullCount": 1}]}]})
    shipment_id = sandbox.shipments.of_order(without)
    told = (await seller("getShipmentOrdersInfo", shipment_id, model="FBS")).result
    assert told == {"orderIdsWithLabels": [with_boxes], "orderIdsWithoutLabels": [without]}


async def test_the_act_is_there_once_the_shipment_is_confirmed(store):
    sandbox, seller = store
    order_id, shipment_id = ready(sandbox)
    assert await refused(seller, 400, "downloadShipmentAct", shipment_id) == (
        f"Outbound with id = '{shipment_id}' is not confirmed and hasn't draft transfer"
    )
    for _ in range(2):
        sandbox.shipments.advance(shipment_id)
    act = await seller("downloadShipmentAct", shipment_id, model="FBS")
    assert act.headers["Content-Type"] == "application/pdf"
    assert str(order_id).encode() in act.body


async def test_the_inbound_act_comes_hours_later(store):
    sandbox, seller = store
    order_id, shipment_id = ready(sandbox)
    for _ in range(3):
        sandbox.shipments.advance(shipment_id)
    assert sandbox.orders.state(order_id).substatus == "SHIPPED"
    assert await refused(seller, 404, "downloadShipmentInboundAct", shipment_id) == (
        f"Failed to find ['inbound act'] with id ['{shipment_id}']"
    )
    sandbox.tick(3 * HOUR + 1)
    act = await seller("downloadShipmentInboundAct", shipment_id, model="FBS")
    assert str(order_id).encode() in act.body


async def test_what_did_not_arrive_stands_in_an_act_of_its_own(store):
    sandbox, seller = store
    (arrived, shipment_id), (missing, _) = ready(sandbox), ready(sandbox)
    with pytest.raises(ValueError, match="not confirmed"):
        sandbox.shipments.accept(shipment_id)
    for _ in range(2):
        sandbox.shipments.advance(shipment_id)
    assert await refused(seller, 404, "downloadShipmentDiscrepancyAct", shipment_id) == (
        f"Failed to find ['discrepancy act'] with id ['{shipment_id}']"
    )
    with pytest.raises(ValueError, match="not in the shipment"):
        sandbox.shipments.accept(shipment_id, missing=[5])
    assert sandbox.shipments.accept(shipment_id, missing=[missing]).status == "ACCEPTED_WITH_DISCREPANCIES"
    assert sandbox.orders.state(arrived).substatus == "SHIPPED"
    assert sandbox.orders.state(missing).substatus == "READY_TO_SHIP"
    told = await shown(seller, shipment_id)
    assert (told["plannedCount"], told["factCount"]) == (2, 1)
    assert "DOWNLOAD_DISCREPANCY_ACT" in told["availableActions"]
    act = await seller("downloadShipmentDiscrepancyAct", shipment_id, model="FBS")
    assert act.headers["Content-Type"] == "application/vnd.ms-excel"
    assert act.body.startswith(b"\xd0\xcf\x11\xe0")
    assert "Не принят".encode("utf-16-le") in act.body


async def test_a_shipment_that_arrives_whole_has_no_discrepancies(store):
    sandbox, _ = store
    _, shipment_id = ready(sandbox)
    for _ in range(2):
        sandbox.shipments.advance(shipment_id)
    assert sandbox.shipments.accept(shipment_id).status == "ACCEPTED"
    assert sandbox.shipments.advance(shipment_id).status == "FINISHED"
    with pytest.raises(ValueError, match="nothing comes after FINISHED"):
        sandbox.shipments.advance(shipment_id)


async def test_a_waybill_is_for_what_the_market_fetches(store):
    sandbox, seller = store
    order_id, first = ready(sandbox)
    sandbox.tick(24 * HOUR)
    _, second = ready(sandbox)
    types = {(await shown(seller, each))["shipmentType"]: each for each in (first, second)}
    assert await refused(seller, 404, "downloadShipmentTransportationWaybill", types["IMPORT"]) == (
        f"Failed to find ['transportation waybill'] with id ['{types['IMPORT']}']"
    )
    waybill = await seller("downloadShipmentTransportationWaybill", types["WITHDRAW"], model="FBS")
    assert waybill.headers["Content-Type"] == "application/vnd.ms-excel"
    assert "Транспортная накладная".encode("utf-16-le") in waybill.body
    assert order_id


async def test_the_reception_act_confirms_the_nearest_shipment(store):
    sandbox, seller = store
    name = "downloadShipmentReceptionTransferAct"
    nothing = "Closest shipment for reception transfer act generation not found."
    order_id = sandbox.orders.place("FBS")
    shipment_id = sandbox.shipments.of_order(order_id)
    assert await refused(seller, 400, name) == nothing
    sandbox.shipments.advance(shipment_id)
    assert await refused(seller, 400, name) == (
        f"No orders for closest shipment have been processed yet (shipmentId: '{shipment_id}')."
    )
    packed, _ = ready(sandbox)
    assert await refused(seller, 400, name) == (
        "Some orders have not been processed yet. Please change the status of orders to READY_TO_SHIP and try again. "
        f"(shipmentId: '{shipment_id}', orderIds: '{order_id}')."
    )
    sandbox.orders.advance(order_id)
    act = await seller(name, model="FBS", query={"signatory": "anna"})
    assert act.headers["Content-Type"] == "application/pdf"
    assert str(packed).encode() in act.body
    assert sandbox.shipments.state(shipment_id).status == "OUTBOUND_SIGNED"
    assert await refused(seller, 400, name) == f"Shipment with ID '{shipment_id}' has been confirmed already"


async def test_the_reception_act_confirms_without_a_signature_too(store):
    sandbox, seller = store
    _, shipment_id = ready(sandbox)
    sandbox.shipments.advance(shipment_id)
    name = "downloadShipmentReceptionTransferAct"
    assert "not found" in await refused(seller, 400, name, query={"warehouse_id": "5"})
    own = (await shown(seller, shipment_id))["warehouse"]["id"]
    assert (await seller(name, model="FBS", query={"warehouse_id": str(own)})).status == 200
    assert sandbox.shipments.state(shipment_id).status == "OUTBOUND_CONFIRMED"


async def test_orders_are_moved_to_the_next_shipment_after_some_minutes(store):
    sandbox, seller = store
    (moved, shipment_id), (stays, _) = ready(sandbox), ready(sandbox)
    for _ in range(2):  # the repeat changes nothing
        answer = await seller("transferOrdersFromShipment", shipment_id, model="FBS", json={"orderIds": [moved]})
        assert answer.status == 200
    assert (await shown(seller, shipment_id))["orderIds"] == [moved, stays]
    sandbox.shipments.advance(shipment_id)
    assert await refused(seller, 400, "downloadShipmentReceptionTransferAct") == (
        f"Some orders are in the process of being excluded from shipment (shipmentId: '{shipment_id}', "
        f"orderIds: '{moved}'). Please wait up to 30 minutes and try again."
    )
    sandbox.tick(601)
    assert (await shown(seller, shipment_id))["orderIds"] == [stays]
    assert sandbox.shipments.state(sandbox.shipments.of_order(moved)).day == "2026-10-01"


async def test_orders_are_moved_half_an_hour_before_the_shipment_is_formed_at_the_latest(store):
    sandbox, seller = store
    order_id, shipment_id = ready(sandbox)
    name = "transferOrdersFromShipment"
    message = await refused(seller, 404, name, shipment_id, json={"orderIds": [5]})
    assert message == "Failed to find ['order'] with id ['5']"
    sandbox.tick(7.6 * HOUR)
    message = await refused(seller, 400, name, shipment_id, json={"orderIds": [order_id]})
    assert message.startswith("It is too late to move orders")


async def test_shipments_of_before_the_sandbox_began_are_over(open_store):
    sandbox, seller = await open_store(orders=30)
    dates = {"dateFrom": "01-09-2026", "dateTo": "28-09-2026"}
    told = (await seller("searchShipments", model="FBS", json=dates)).result["shipments"]
    assert {"FINISHED"} <= {each["status"] for each in told}
    for order_id in (sandbox.orders.place("DBS"), sandbox.orders.place("FBS", fake=True), 5):
        with pytest.raises(ValueError, match="there is no such FBS order"):
            sandbox.shipments.of_order(order_id)
    with pytest.raises(ValueError, match="there is no such shipment"):
        sandbox.shipments.state(5)

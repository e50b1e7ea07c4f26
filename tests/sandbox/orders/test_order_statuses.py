"""Life cycles: what the Market does by itself, what a seller may do, and how it is refused."""

import pytest

HOUR = 3_600


async def stage(seller, order_id):
    order = await seller.order(order_id)
    return f"{order['status']}/{order['substatus']}"


async def test_an_fbs_order_goes_its_way_once_the_seller_has_packed_it(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("FBS", delivery="PICKUP")
    sandbox.tick(20 * 86_400)
    assert await stage(seller, order_id) == "PROCESSING/STARTED"
    answer = await seller.status(order_id, "PROCESSING", "READY_TO_SHIP")
    assert answer.json["order"]["substatus"] == "READY_TO_SHIP"
    seen = []
    for _ in range(12):
        seen.append(await stage(seller, order_id))
        sandbox.tick(6 * HOUR)
    assert list(dict.fromkeys(seen)) == [
        "PROCESSING/READY_TO_SHIP",
        "PROCESSING/SHIPPED",
        "DELIVERY/DELIVERY_SERVICE_RECEIVED",
        "PICKUP/PICKUP_SERVICE_RECEIVED",
        "DELIVERED/DELIVERY_SERVICE_DELIVERED",
    ]


async def test_an_fbs_order_ships_no_sooner_than_its_shipment(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("FBS")
    await seller.status(order_id, "PROCESSING", "READY_TO_SHIP")
    sandbox.tick(29 * HOUR)  # 17:00 on the day of the shipment
    assert await stage(seller, order_id) == "PROCESSING/READY_TO_SHIP"
    sandbox.tick(2 * HOUR)
    assert await stage(seller, order_id) == "PROCESSING/SHIPPED"


async def test_a_late_reading_finds_everything_that_was_due(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("FBY")
    sandbox.tick(30 * 86_400)
    order = await seller.order(order_id)
    assert order["status"] == "DELIVERED"
    assert order["delivery"]["dates"]["realDeliveryDate"] == "02-10-2026"
    assert order["updatedAt"] == "02-10-2026 00:00:00"


async def test_the_step_order_of_dbs(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("DBS", delivery="PICKUP")
    assert (await seller.status(order_id, "PICKUP")).message == "No transition found: 'PROCESSING' -> 'PICKUP'"
    await seller.status(order_id, "DELIVERY")
    assert await stage(seller, order_id) == "DELIVERY/DELIVERY_SERVICE_RECEIVED"
    await seller.status(order_id, "PICKUP")
    assert (await seller.status(order_id, "DELIVERY")).message == "No transition found: 'PICKUP' -> 'DELIVERY'"
    await seller.status(order_id, "DELIVERED", delivery={"dates": {"realDeliveryDate": "2026-09-29"}})
    order = await seller.order(order_id)
    assert order["substatus"] == "DELIVERY_SERVICE_DELIVERED"
    assert order["delivery"]["dates"]["realDeliveryDate"] == "29-09-2026"


async def test_only_an_order_to_a_point_arrives_there(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("DBS", until="DELIVERY")
    assert (await seller.status(order_id, "PICKUP")).message == "No transition found: 'DELIVERY' -> 'PICKUP'"


async def test_a_buyer_may_say_that_an_order_did_not_come(store):
    sandbox, seller = store
    on_its_way, delivered = (sandbox.orders.place("DBS", until=status) for status in ("DELIVERY", "DELIVERED"))
    assert sandbox.orders.dispute(on_its_way).substatus == "DELIVERY_USER_NOT_RECEIVED"
    assert sandbox.orders.dispute(delivered).substatus == "DELIVERED_USER_NOT_RECEIVED"
    assert (await seller.status(on_its_way, "DELIVERED")).status == 200
    assert sandbox.orders.cancel(delivered).status == "CANCELLED"
    with pytest.raises(ValueError, match="it is a DBS order, CANCELLED"):
        sandbox.orders.dispute(delivered)


async def test_yandex_delivery_brings_dbs_orders_by_itself(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("DBS", yandex_delivery=True)
    await seller.status(order_id, "DELIVERY")
    assert (await seller.status(order_id, "DELIVERED")).message == "No transition found: 'DELIVERY' -> 'DELIVERED'"
    sandbox.tick(24.5 * HOUR)
    assert await stage(seller, order_id) == "DELIVERY/USER_RECEIVED"
    sandbox.tick(HOUR)
    assert await stage(seller, order_id) == "DELIVERED/DELIVERY_SERVICE_DELIVERED"


async def test_the_same_status_again_is_no_transition(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("FBS")
    assert (await seller.status(order_id, "PROCESSING")).message == "No transition found: 'STARTED' -> 'STARTED'"
    await seller.status(order_id, "PROCESSING", "READY_TO_SHIP")
    again = await seller.status(order_id, "PROCESSING", "READY_TO_SHIP")
    assert (again.status, again.message) == (400, "No transition found: 'READY_TO_SHIP' -> 'READY_TO_SHIP'")


@pytest.mark.parametrize("status", ["DELIVERY", "PICKUP", "DELIVERED"])
@pytest.mark.parametrize("model", ["FBS", "EXPRESS", "LAAS"])
async def test_what_the_market_does_the_seller_may_not(store, model, status):
    sandbox, seller = store
    order_id = sandbox.orders.place(model)
    assert (await seller.status(order_id, status)).message == "Status change was forbidden for client role = 'SHOP'"


async def test_other_refusals_of_statuses(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("FBS")
    assert (await seller.status(order_id, "UNPAID")).message == "Status not allowed: 'UNPAID'"
    assert (await seller.status(order_id, "PROCESSING", "SHIPPED")).message == (
        "No transition found: 'STARTED' -> 'SHIPPED'"
    )
    assert "must not be null" in (await seller.status(order_id, "CANCELLED")).message
    assert (await seller.status(order_id, "CANCELLED", "USER_CHANGED_MIND")).message == (
        "Cancellation request substatus 'USER_CHANGED_MIND' is not available for status 'PROCESSING' and role 'SHOP' "
        f"for order '{order_id}'"
    )
    await seller.status(order_id, "CANCELLED", "SHOP_FAILED")
    assert await stage(seller, order_id) == "CANCELLED/SHOP_FAILED"
    for status in ("PROCESSING", "CANCELLED"):
        message = (await seller.status(order_id, status, "SHOP_FAILED" if status == "CANCELLED" else None)).message
        assert message == f"No permission to set status '{status}' for order '{order_id}' with status 'CANCELLED'"


async def test_a_packed_order_may_be_cancelled_and_a_shipped_one_not(store):
    sandbox, seller = store
    packed, shipped = sandbox.orders.place("FBS"), sandbox.orders.place("FBS")
    for order_id in (packed, shipped):
        await seller.status(order_id, "PROCESSING", "READY_TO_SHIP")
    sandbox.orders.advance(shipped)
    assert (await seller.status(packed, "CANCELLED", "SHOP_FAILED")).status == 200
    for _ in range(2):
        assert "No permission" in (await seller.status(shipped, "CANCELLED", "SHOP_FAILED")).message
        sandbox.orders.advance(shipped)


async def test_stores_of_the_market_know_no_status_methods(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("FBY")
    assert (await seller.status(order_id, "PROCESSING", "READY_TO_SHIP")).message.startswith("Campaign type is not")


@pytest.mark.parametrize(
    ("delivery", "message"),
    [
        ("2026-10-05", "Delivery date 2026-10-05 can't be in the future"),
        ("2026-09-28", "Real delivery date should be from order creation date to current date inclusively"),
    ],
)
async def test_the_real_day_of_a_delivery_lies_between_order_and_today(store, delivery, message):
    sandbox, seller = store
    order_id = sandbox.orders.place("DBS", until="DELIVERY")
    dates = {"dates": {"realDeliveryDate": delivery}}
    assert (await seller.status(order_id, "DELIVERED", delivery=dates)).message == message


async def test_the_real_day_is_told_with_the_arrival_only(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("DBS")
    dates = {"dates": {"realDeliveryDate": "2026-09-29"}}
    assert "Real delivery date" in (await seller.status(order_id, "DELIVERY", delivery=dates)).message


async def test_an_unreachable_buyer_was_called_three_times(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("DBS")
    sandbox.orders.call_buyer(order_id, times=2)
    assert (await seller.status(order_id, "CANCELLED", "USER_UNREACHABLE")).message == (
        "Transition 'PROCESSING' -> 'CANCELLED' is not allowed. Reason: there were not enough calls to the buyer"
    )
    sandbox.orders.call_buyer(order_id, times=1)
    assert (await seller.status(order_id, "CANCELLED", "USER_UNREACHABLE")).status == 200


async def test_several_statuses_are_judged_one_by_one(store):
    sandbox, seller = store
    good, bad = sandbox.orders.place("FBS"), sandbox.orders.place("FBS")
    changes = [
        {"id": good, "status": "PROCESSING", "substatus": "READY_TO_SHIP"},
        {"id": bad, "status": "DELIVERED"},
        {"id": 1, "status": "PROCESSING"},
    ]
    first, second, third = (await seller("updateOrderStatuses", model="FBS", json={"orders": changes})).result["orders"]
    assert first == {**changes[0], "updateStatus": "OK"}
    assert (second["updateStatus"], second["errorDetails"]) == (
        "ERROR",
        "Status change was forbidden for client role = 'SHOP'",
    )
    assert third["errorDetails"] == f"Order not found: partnerId = '{seller.campaigns['FBS']}', orderId = '1'"
    assert await stage(seller, bad) == "PROCESSING/STARTED"


async def test_an_unpaid_order_lapses_after_half_an_hour(store):
    sandbox, seller = store
    lapsed, paid = sandbox.orders.place("DBS", unpaid=True), sandbox.orders.place("DBS", unpaid=True)
    assert (await seller.order(lapsed))["expiryDate"] == "29-09-2026 12:30:00"
    assert sandbox.orders.advance(paid).status == "PROCESSING"
    sandbox.tick(0.6 * HOUR)
    assert await stage(seller, lapsed) == "CANCELLED/USER_NOT_PAID"
    assert await stage(seller, paid) == "PROCESSING/STARTED"


async def test_the_buyers_wish_to_cancel_waits_for_the_sellers_answer(store):
    sandbox, seller = store
    agreed, kept, silent = (sandbox.orders.place("DBS", until="DELIVERY") for _ in range(3))
    for order_id in (agreed, kept, silent):
        assert sandbox.orders.request_cancellation(order_id).cancel_requested
    answer = await seller("getBusinessOrders", json={"waitingForCancellationApprove": True})
    assert [order["orderId"] for order in answer.json["orders"]] == [agreed, kept, silent]
    await seller("acceptOrderCancellation", agreed, json={"accepted": True})
    await seller("acceptOrderCancellation", kept, json={"accepted": False, "reason": "ORDER_IN_DELIVERY"})
    assert await stage(seller, agreed) == "CANCELLED/USER_CHANGED_MIND"
    assert (await seller.order(kept))["cancelRequested"] is False
    sandbox.tick(48 * HOUR + 1)
    assert await stage(seller, kept) == "DELIVERY/DELIVERY_SERVICE_RECEIVED"
    assert await stage(seller, silent) == "CANCELLED/USER_CHANGED_MIND"


async def test_an_answer_to_no_wish_is_refused(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("DBS")
    assert "'reason' must not be null" in await seller.refused(
        400, "acceptOrderCancellation", order_id, json={"accepted": False}
    )
    message = await seller.refused(400, "acceptOrderCancellation", order_id, json={"accepted": True})
    assert message == f"No permission to set status 'CANCELLED' for order '{order_id}' with status 'PROCESSING'"


@pytest.mark.parametrize("model", ["DBS", "FBS", "EXPRESS"])
async def test_an_order_in_processing_is_cancelled_at_once_when_the_buyer_wishes(store, model):
    sandbox, seller = store
    order_id = sandbox.orders.place(model)
    sandbox.orders.request_cancellation(order_id)
    assert await stage(seller, order_id) == "CANCELLED/USER_CHANGED_MIND"
    with pytest.raises(ValueError, match="it is CANCELLED already"):
        sandbox.orders.cancel(order_id)


async def test_the_seller_of_a_test_order_ships_it_too(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("FBS", fake=True)
    for substatus in ("READY_TO_SHIP", "SHIPPED"):
        assert (await seller.status(order_id, "PROCESSING", substatus)).status == 200
        sandbox.tick(3 * 86_400)
        assert await stage(seller, order_id) == f"PROCESSING/{substatus}"


async def test_a_test_order_of_express_is_not_cancelled_once_it_is_ready(store):
    sandbox, seller = store
    real, fake = sandbox.orders.place("EXPRESS"), sandbox.orders.place("EXPRESS", fake=True)
    for order_id in (real, fake):
        await seller.status(order_id, "PROCESSING", "READY_TO_SHIP")
    assert (await seller.status(fake, "CANCELLED", "SHOP_FAILED")).status == 400
    assert (await seller.status(real, "CANCELLED", "SHOP_FAILED")).status == 200


async def test_digital_goods_by_letter_are_delivered_by_the_market(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("DBS", digital="EMAIL")
    assert (await seller.status(order_id, "DELIVERED")).message == "No transition found: 'PROCESSING' -> 'DELIVERED'"
    (item,) = (await seller.order(order_id))["items"]
    given = {"id": item["id"], "codes": ["KEY"], "slip": "Введите код", "activate_till": "2027-01-01"}
    assert (await seller("provideOrderDigitalCodes", order_id, json={"items": [given]})).status == 200
    assert await stage(seller, order_id) == "PROCESSING/STARTED"
    again = await seller.refused(400, "provideOrderDigitalCodes", order_id, json={"items": [given]})
    assert again == f"Invalid status for order '{order_id}': 'DELIVERY', PROCESSING expected"
    sandbox.tick(301)
    assert await stage(seller, order_id) == "DELIVERED/DELIVERY_SERVICE_DELIVERED"
    late = await seller.refused(400, "provideOrderDigitalCodes", order_id, json={"items": [given]})
    assert "PROCESSING expected" in late


async def test_other_digital_goods_are_delivered_by_the_seller(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("DBS", digital="STEAM_GIFT")
    (order,) = (await seller("getBusinessOrders", json={"orderIds": [order_id]})).json["orders"]
    assert order["delivery"]["digitalGoods"]["steamLink"].startswith("https://")
    assert (await seller.status(order_id, "DELIVERED")).status == 200


async def test_keys_that_do_not_fit_the_order_are_refused(store):
    sandbox, seller = store
    digital = sandbox.orders.place("DBS", {sandbox.offer_ids()[0]: 2}, digital="CHAT")
    paper = sandbox.orders.place("DBS")
    (item_id,) = sandbox.orders.state(digital).item_ids

    def keys(*codes, id_=item_id, times=1):
        item = {"id": id_, "codes": list(codes), "slip": "Введите код", "activate_till": "2027-01-01"}
        return {"items": [item] * times}

    refused = seller.refused
    assert (
        await refused(400, "provideOrderDigitalCodes", paper, json=keys("A")) == f"Order.id='{paper}' is not digital."
    )
    assert "size must be between '2' and '2'" in await refused(400, "provideOrderDigitalCodes", digital, json=keys("A"))
    for wrong in (keys("A", "B", id_=5), keys("A", "B", times=2)):
        message = await refused(400, "provideOrderDigitalCodes", digital, json=wrong)
        assert message.startswith("'items' must hold each item of the order once")


async def test_an_express_order_is_handed_to_a_courier_who_knows_the_code(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("EXPRESS")
    assert "shipmentTime" not in (await seller.order(order_id))["delivery"]["shipments"][0]
    await seller.status(order_id, "PROCESSING", "READY_TO_SHIP")
    refused = await seller.refused(400, "verifyOrderEac", order_id, json={"code": "1"})
    assert refused == (
        f"Action is not allowed for order '{order_id}' with status 'PROCESSING' and substatus 'READY_TO_SHIP'"
    )
    sandbox.tick(60 + 300 + 1)
    order = await seller.order(order_id)
    assert (order["substatus"], order["delivery"]["eacType"]) == ("COURIER_FOUND", "COURIER_TO_MERCHANT")
    assert order["delivery"]["shipments"][0]["shipmentTime"]
    (new,) = (await seller("getBusinessOrders", json={"orderIds": [order_id]})).json["orders"]
    assert new["delivery"]["transfer"]["eac"] == {"eacType": "COURIER_TO_MERCHANT"}
    assert new["delivery"]["shipment"]["shipmentTime"]

    async def verify(code):
        return (await seller("verifyOrderEac", order_id, json={"code": code})).result

    first = sandbox.orders.eac_code(order_id)
    wrong = "x" + first
    assert await verify(wrong) == {"verificationResult": "REJECTED", "attemptsLeft": 2}
    assert await verify(wrong) == {"verificationResult": "REJECTED", "attemptsLeft": 1}
    assert await verify(wrong) == {"verificationResult": "NEED_UPDATE"}
    second = sandbox.orders.eac_code(order_id)
    assert second != first
    assert await verify(f" {second} ") == {"verificationResult": "ACCEPTED"}
    assert await stage(seller, order_id) == "DELIVERY/COURIER_RECEIVED"
    sandbox.tick(2 * HOUR)
    assert await stage(seller, order_id) == "DELIVERED/DELIVERY_SERVICE_DELIVERED"


async def test_nothing_comes_after_the_end(store):
    sandbox, _ = store
    order_id = sandbox.orders.place("FBS", until="DELIVERED")
    with pytest.raises(ValueError, match="nothing comes after DELIVERED/DELIVERY_SERVICE_DELIVERED"):
        sandbox.orders.advance(order_id)

"""Returns: their life cycles, decisions, pictures, applications, and those of LaaS stores."""

import struct
import zlib

import pytest

HOUR = 3_600


def delivered(sandbox, model="FBS", count=2, lines=1):
    return sandbox.orders.place(model, dict.fromkeys(sandbox.offer_ids()[:lines], count), until="DELIVERED")


async def shown(seller, order_id, return_id):
    return (await seller("getReturn", order_id, return_id)).result


async def seen(sandbox, seller, order_id, return_id, field, *, hours=6, times=40):
    found = []
    for _ in range(times):
        found.append((await shown(seller, order_id, return_id)).get(field))
        sandbox.tick(hours * HOUR)
    return list(dict.fromkeys(found))


async def test_a_return_without_a_decision_goes_its_way(store):
    sandbox, seller = store
    order_id = delivered(sandbox)
    return_id = sandbox.returns.open(order_id)
    told = await shown(seller, order_id, return_id)
    assert (told["returnType"], told["fastReturn"]) == ("RETURN", False)
    assert told["items"][0]["decisions"][0]["reasonType"] == "BAD_QUALITY"
    assert await seen(sandbox, seller, order_id, return_id, "refundStatus") == [
        "STARTED_BY_USER",
        "REFUND_IN_PROGRESS",
        "REFUNDED",
    ]
    assert (await seller.order(order_id))["status"] == "RETURNED"


@pytest.mark.parametrize(
    ("model", "last"),
    [("FBS", ["READY_FOR_PICKUP", "PICKED"]), ("FBY", ["FULFILMENT_RECEIVED"])],
)
async def test_the_goods_come_back_to_where_they_came_from(store, model, last):
    sandbox, seller = store
    order_id = delivered(sandbox, model)
    return_id = sandbox.returns.open(order_id)
    statuses = await seen(sandbox, seller, order_id, return_id, "shipmentStatus")
    assert statuses == ["CREATED", "RECEIVED", "IN_TRANSIT", *last]


async def test_a_return_that_waits_for_the_seller_tells_until_when(store):
    sandbox, seller = store
    order_id = delivered(sandbox)
    return_id = sandbox.returns.open(order_id)
    for _ in range(3):
        sandbox.returns.ship(return_id)
    told = await shown(seller, order_id, return_id)
    assert (told["shipmentStatus"], told["pickupTillDate"]) == ("READY_FOR_PICKUP", "2026-10-06T12:00:00+03:00")


async def test_a_part_of_an_order_comes_back(store):
    sandbox, seller = store
    order_id = delivered(sandbox)
    sku = sandbox.offer_ids()[0]
    return_id = sandbox.returns.open(order_id, {sku: 1})
    while sandbox.returns.state(return_id).refund_status != "REFUNDED":
        sandbox.returns.advance(return_id)
    assert sandbox.orders.state(order_id).status == "PARTIALLY_RETURNED"
    with pytest.raises(ValueError, match="not so many"):
        sandbox.returns.open(order_id, {sku: 2})
    second = sandbox.returns.open(order_id)
    told = (await seller("getReturns", query={"orderIds": str(order_id)}, model="FBS")).result["returns"]
    assert [each["id"] for each in told] == [return_id, second]


async def test_a_return_that_nobody_decides_goes_on_after_two_days(store):
    sandbox, seller = store
    order_id = delivered(sandbox)
    return_id = sandbox.returns.open(order_id, decision=True)
    assert "shipmentStatus" not in await shown(seller, order_id, return_id)
    assert await seen(sandbox, seller, order_id, return_id, "refundStatus") == [
        "PREMODERATION_DECISION_WAITING",
        "PREMODERATION_SELECT_DELIVERY",
        "STARTED_BY_USER",
        "REFUND_IN_PROGRESS",
        "REFUNDED",
    ]
    assert (await shown(seller, order_id, return_id))["shipmentStatus"] == "PICKED"


async def submit(seller, order_id, return_id, *decisions):
    sent = {"returnItemDecisions": list(decisions)} if decisions else None
    return await seller("submitReturnDecision", order_id, return_id, json=sent)


@pytest.mark.parametrize(
    ("decision", "after"),
    [
        ({"decisionType": "DECLINE_REFUND", "decisionReasonType": "DEVICE_ACTIVATED"}, "REJECTED"),
        ({"decisionType": "DECLINE_REFUND", "comment": "Активировано"}, "REJECTED"),
        ({"decisionType": "FAST_REFUND_MONEY"}, "REFUND_IN_PROGRESS"),
        ({"decisionType": "REFUND_MONEY"}, "PREMODERATION_SELECT_DELIVERY"),
    ],
)
async def test_what_the_seller_decides_is_what_happens(store, decision, after):
    sandbox, seller = store
    order_id = delivered(sandbox)
    return_id = sandbox.returns.open(order_id, decision=True)
    (item,) = sandbox.returns.state(return_id).item_ids
    body = {"campaignId": seller.campaigns["FBS"], "returnId": return_id}
    kinds = (await seller("getReturnAvailableDecisions", json=body)).result["availableDecisions"]
    assert decision["decisionType"] in [each["decisionType"] for each in kinds]
    assert (await submit(seller, order_id, return_id, {"returnItemId": item} | decision)).status == 200
    assert sandbox.returns.state(return_id).refund_status == "PREMODERATION_DECISION_MADE"
    told = await shown(seller, order_id, return_id)
    assert told["items"][0]["decisions"][0]["decisionType"] == decision["decisionType"]
    assert (await seller("getReturnAvailableDecisions", json=body)).result["availableDecisions"] == []
    sandbox.tick(HOUR + 1)
    assert sandbox.returns.state(return_id).refund_status == after
    again = (await submit(seller, order_id, return_id, {"returnItemId": item} | decision)).message
    assert again.startswith(f"Return '{return_id}' does not wait for a decision")


async def test_a_buyer_may_disagree(store):
    sandbox, seller = store
    order_id = delivered(sandbox)
    return_id = sandbox.returns.open(order_id, decision=True)
    with pytest.raises(ValueError, match="not PREMODERATION_DECISION_MADE"):
        sandbox.returns.dispute(return_id)
    (item,) = sandbox.returns.state(return_id).item_ids
    await submit(seller, order_id, return_id, {"returnItemId": item, "decisionType": "REFUND_MONEY"})
    assert sandbox.returns.dispute(return_id).refund_status == "PREMODERATION_DISPUTE"
    assert sandbox.returns.advance(return_id).refund_status == "PREMODERATION_SELECT_DELIVERY"


async def test_a_part_of_the_price_is_paid_back_within_bounds(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("FBS", [{"offerId": sandbox.offer_ids()[0], "price": 1000}], until="DELIVERED")
    return_id = sandbox.returns.open(order_id, decision=True)
    (item,) = sandbox.returns.state(return_id).item_ids
    partial = {"returnItemId": item, "decisionType": "PARTIAL_MONEY_REFUND"}
    body = {"campaignId": seller.campaigns["FBS"], "returnId": return_id}
    kinds = (await seller("getReturnAvailableDecisions", json=body)).result["availableDecisions"]
    bounds = next(each for each in kinds if each["decisionType"] == "PARTIAL_MONEY_REFUND")["partialCompensationBounds"]
    assert (bounds["maxAmount"]["value"], bounds["maxPercent"]) == (500, 50)

    async def refused(**more):
        return (await submit(seller, order_id, return_id, partial | more)).message

    assert await refused() == "'returnItemDecisions[0].compensation' must not be null (rejected value: null)"
    assert "less than or equal to '500.00'" in await refused(compensation={"value": 501, "currencyId": "RUR"})
    assert "greater than or equal to '1'" in await refused(compensation={"value": 0.5, "currencyId": "RUR"})
    money = {"value": 400, "currencyId": "RUR"}
    assert (await submit(seller, order_id, return_id, partial | {"compensation": money})).status == 200
    told = await shown(seller, order_id, return_id)
    assert told["amount"] == told["items"][0]["decisions"][0]["partnerCompensationAmount"] == money


async def test_no_item_may_be_told_a_compensation_that_it_cannot_have(store):
    sandbox, seller = store
    items = [{"offerId": sku, "price": price} for sku, price in zip(sandbox.offer_ids(), (100, 900), strict=False)]
    return_id = sandbox.returns.open(sandbox.orders.place("FBS", items, until="DELIVERED"), decision=True)
    body = {"campaignId": seller.campaigns["FBS"], "returnId": return_id}
    kinds = (await seller("getReturnAvailableDecisions", json=body)).result["availableDecisions"]
    assert kinds[-1]["partialCompensationBounds"]["maxAmount"]["value"] == 450


async def test_decisions_that_cannot_be_are_refused(store):
    sandbox, seller = store
    order_id = delivered(sandbox, lines=2)
    return_id = sandbox.returns.open(order_id, decision=True)
    first, second = sandbox.returns.state(return_id).item_ids

    async def refused(*decisions):
        return (await submit(seller, order_id, return_id, *decisions)).message

    good = {"returnItemId": first, "decisionType": "REFUND_MONEY"}
    assert await refused(good) == (f"'returnItemDecisions' must have a decision for each item (missing: [{second}])")
    assert "must be an item of the return" in await refused(good | {"returnItemId": 5})
    assert "is not available for the return" in await refused(good | {"decisionType": "REPAIR"})
    assert await refused(good | {"decisionType": "DECLINE_REFUND"}) == (
        "'returnItemDecisions[0].decisionReasonType' must not be null (rejected value: null)"
    )


async def test_a_dbs_seller_chooses_and_submits(store):
    sandbox, seller = store
    order_id = delivered(sandbox, "DBS")
    return_id = sandbox.returns.open(order_id)
    (item,) = sandbox.returns.state(return_id).item_ids
    sandbox.tick(HOUR + 1)
    assert sandbox.returns.state(return_id).refund_status == "WAITING_FOR_DECISION"
    assert "missing" in (await submit(seller, order_id, return_id)).message
    for kind in ("REPAIR", "DECLINE_REFUND"):
        sent = {"returnItemId": item, "decisionType": kind, "comment": "Не подтвердилось"}
        assert (await seller("setReturnDecision", order_id, return_id, json=sent)).status == 200
    assert sandbox.returns.state(return_id).refund_status == "WAITING_FOR_DECISION"
    assert (await submit(seller, order_id, return_id)).status == 200
    assert sandbox.returns.state(return_id).refund_status == "DECISION_MADE"
    sandbox.tick(HOUR + 1)
    told = await shown(seller, order_id, return_id)
    assert (told["refundStatus"], told["amount"]["value"]) == ("REJECTED", 0)


async def test_a_dbs_return_that_nobody_decides_is_paid_back(store):
    sandbox, seller = store
    order_id = delivered(sandbox, "DBS")
    return_id = sandbox.returns.open(order_id)
    assert await seen(sandbox, seller, order_id, return_id, "refundStatus") == [
        "STARTED_BY_USER",
        "WAITING_FOR_DECISION",
        "REFUND_IN_PROGRESS",
        "REFUNDED",
    ]


async def test_a_fast_return_has_no_goods(store):
    sandbox, seller = store
    order_id = delivered(sandbox)
    return_id = sandbox.returns.open(order_id, fast=True)
    sandbox.returns.advance(return_id)
    told = await shown(seller, order_id, return_id)
    assert (told["fastReturn"], told["refundStatus"]) == (True, "REFUND_IN_PROGRESS")
    assert not {"shipmentStatus", "shipmentRecipientType", "logisticPickupPoint"} & set(told)
    with pytest.raises(ValueError, match="nothing comes after"):
        sandbox.returns.ship(return_id)


@pytest.mark.parametrize("until", ["DELIVERY", "CANCELLED"])
async def test_an_unredeemed_order_has_no_money_to_pay_back(store, until):
    sandbox, seller = store
    order_id = sandbox.orders.place("FBS", until="DELIVERY")
    if until == "CANCELLED":
        sandbox.orders.cancel(order_id)
    return_id = sandbox.returns.open(order_id, type="UNREDEEMED")
    assert sandbox.orders.state(order_id).status == "CANCELLED"
    told = await shown(seller, order_id, return_id)
    assert "refundStatus" not in told
    assert "decisions" not in told["items"][0]
    assert told["shipmentStatus"] == "CREATED"
    assert sandbox.returns.advance(return_id).shipment_status == "RECEIVED"


async def test_a_buyer_may_take_a_part_of_the_order(store):
    sandbox, seller = store
    first, second = sandbox.offer_ids()[:2]
    order_id = sandbox.orders.place("FBS", {first: 1, second: 1}, delivery="PICKUP", until="PICKUP")
    return_id = sandbox.returns.open(order_id, {second: 1}, type="UNREDEEMED")
    assert sandbox.orders.state(order_id).status == "DELIVERED"
    told = await shown(seller, order_id, return_id)
    assert [(item["shopSku"], item["count"]) for item in told["items"]] == [(second, 1)]


async def test_what_cannot_be_returned(store):
    sandbox, _ = store
    order_id = sandbox.orders.place("FBS")
    for kind, words in (("RETURN", "only what was delivered"), ("UNREDEEMED", "not on its way")):
        with pytest.raises(ValueError, match=words):
            sandbox.returns.open(order_id, type=kind)
    with pytest.raises(ValueError, match="there is no such order"):
        sandbox.returns.open(5)
    with pytest.raises(ValueError, match="there is no such return"):
        sandbox.returns.state(5)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"statuses": "STARTED_BY_USER,REFUNDED"}, True),
        ({"statuses": "REFUNDED"}, False),
        ({"shipmentStatuses": "CREATED"}, True),
        ({"shipmentStatuses": "LOST"}, False),
        ({"type": "RETURN"}, True),
        ({"type": "UNREDEEMED"}, False),
        ({"fromDate": "2026-09-29", "toDate": "2026-09-29"}, True),
        ({"fromDate": "2026-09-30"}, False),
        ({"toDate": "2026-09-28"}, False),
        ({"orderIds": "5"}, False),
    ],
)
async def test_filters_choose(store, query, found):
    sandbox, seller = store
    return_id = sandbox.returns.open(delivered(sandbox))
    told = (await seller("getReturns", query=query, model="FBS")).result["returns"]
    assert [each["id"] for each in told] == [return_id] * found


async def test_a_return_of_another_order_is_not_found(store):
    sandbox, seller = store
    order_id, other = delivered(sandbox), delivered(sandbox)
    return_id = sandbox.returns.open(order_id)
    words = f"Return '{return_id}' for order '{other}' is not found"
    assert await seller.refused(404, "getReturn", other, return_id) == words
    body = {"campaignId": seller.campaigns["DBS"], "returnId": return_id}
    message = await seller.refused(404, "getReturnAvailableDecisions", json=body)
    assert message == f"Failed to find ['return'] with id ['{return_id}']"
    message = await seller.refused(403, "getReturnAvailableDecisions", json=body | {"campaignId": 5})
    assert message == "No access to campaigns: '5'"


async def test_pictures_and_applications_open(store):
    sandbox, seller = store
    order_id = delivered(sandbox)
    return_id = sandbox.returns.open(order_id, pictures=2)
    (decision,) = (await shown(seller, order_id, return_id))["items"][0]["decisions"]
    item, images = decision["returnItemId"], decision["images"]
    assert len(images) == 2
    picture = await seller("getReturnPhoto", order_id, return_id, item, images[1])
    assert picture.headers["Content-Type"] == "image/png"
    assert struct.unpack(">II", picture.body[16:24]) == (64, 64)
    start = picture.body.index(b"IDAT") + 4
    size = struct.unpack(">I", picture.body[start - 8 : start - 4])[0]
    assert len(zlib.decompress(picture.body[start : start + size])) == 64 * (1 + 3 * 64)
    message = await seller.refused(404, "getReturnPhoto", order_id, return_id, item, "beef")
    assert message == "Failed to find ['image'] with id ['beef']"
    application = await seller("getReturnApplication", order_id, return_id)
    assert application.headers["Content-Type"] == "application/pdf"
    assert application.body.startswith(b"%PDF-")
    assert "Заявление на возврат".encode("cp1251") in application.body


def new_return(sandbox, order_id, **more):
    sent = {
        "externalReturnId": "R-1",
        "orderId": order_id,
        "items": [
            {
                "offerId": sandbox.offer_ids()[0],
                "count": 1,
                "reasonType": "BAD_QUALITY",
                "subreasonType": "DAMAGED",
                "pictures": ["https://example.com/1.png"],
            }
        ],
        "customer": {"firstName": "Анна", "lastName": "Ким", "phone": "+79001234567"},
        "returnOption": {"pickupReturn": {"logisticPointId": 5}},
    }
    return {"newReturn": sent | more}


async def test_a_laas_store_makes_a_return_and_cancels_it(store):
    sandbox, seller = store
    order_id = delivered(sandbox, "LAAS")
    answer = await seller("createReturn", model="LAAS", json=new_return(sandbox, order_id))
    return_id = answer.result["id"]
    assert (await shown(seller, order_id, return_id))["refundStatus"] == "STARTED_BY_USER"
    sent = {"returnId": return_id}
    operation = (await seller("cancelReturn", model="LAAS", json=sent)).result["operation"]
    body = {"operationType": "RETURN_CANCELLATION", "operationIds": [operation["id"]]}
    assert (await seller("getOperations", json=body)).result["operations"][0]["status"] == "IN_PROGRESS"
    assert "can't be cancelled" in await seller.refused(400, "cancelReturn", model="LAAS", json=sent)
    sandbox.tick(301)
    assert (await seller("getOperations", json=body)).result["operations"][0]["status"] == "DONE"
    told = await shown(seller, order_id, return_id)
    assert (told["refundStatus"], told["shipmentStatus"]) == ("CANCELLED", "CANCELLED")


@pytest.mark.parametrize("how", ["shipped", "failed"])
async def test_a_return_that_cannot_be_cancelled_any_more(store, how):
    sandbox, seller = store
    order_id = delivered(sandbox, "LAAS")
    return_id = (await seller("createReturn", model="LAAS", json=new_return(sandbox, order_id))).result["id"]
    operation = (await seller("cancelReturn", model="LAAS", json={"returnId": return_id})).result["operation"]
    if how == "shipped":
        sandbox.returns.ship(return_id)
    else:
        sandbox.operations.fail(operation["id"])
    sandbox.tick(301)
    assert sandbox.returns.state(return_id).refund_status == "STARTED_BY_USER"
    assert sandbox.operations.status(operation["id"]) == "FAILED"


async def test_refusals_of_new_returns(store):
    sandbox, seller = store
    order_id, early = delivered(sandbox, "LAAS"), sandbox.orders.place("LAAS")

    async def refused(of=order_id, **more):
        return await seller.refused(400, "createReturn", model="LAAS", json=new_return(sandbox, of, **more))

    (item,) = new_return(sandbox, order_id)["newReturn"]["items"]
    assert await refused(5) == "Order not found: '5'"
    assert await refused(early) == "Can't create return for order with status: 'PROCESSING'"
    assert await refused(items=[item | {"offerId": "нет"}]) == "Offers not found for SKUs: 'нет'"
    assert await refused(items=[item | {"count": 3}]) == f"Wrong count for shop skus: '{item['offerId']}'"
    assert await refused(items=[item | {"pictures": ["1.png"]}]) == "Failed to upload photos"
    await seller("createReturn", model="LAAS", json=new_return(sandbox, order_id))
    assert await refused() == "Merchant return with id: 'R-1' already exists"
    message = await seller.refused(400, "cancelReturn", model="LAAS", json={"returnId": 5})
    assert message == "Failed to find ['return'] with id ['5']"


async def test_an_order_is_returned_whether_or_not_anybody_looks_at_the_return(store):
    sandbox, seller = store
    order_id = delivered(sandbox)
    sandbox.returns.open(order_id)
    before = sandbox.snapshot()
    for _ in range(2):
        sandbox.restore(before)
        sandbox.tick(49 * HOUR)
        assert (await seller.order(order_id))["status"] == "RETURNED"


async def test_some_orders_of_before_have_been_returned(open_store):
    _, seller = await open_store(orders=30)
    told = (await seller("getReturns", model="FBS")).result["returns"]
    assert {each["refundStatus"] for each in told} >= {"REFUNDED"}
    assert "images" not in told[0]["items"][0]["decisions"][0]
    statuses = (await seller("getBusinessOrders", json={"orderIds": [told[0]["orderId"]]})).json["orders"][0]["status"]
    assert statuses == "RETURNED"


@pytest.mark.parametrize("method", ["setReturnDecision", "submitReturnDecision"])
async def test_nothing_is_decided_about_an_unredeemed_order(store, method):
    sandbox, seller = store
    order_id = sandbox.orders.place("DBS", until="DELIVERY")
    return_id = sandbox.returns.open(order_id, type="UNREDEEMED")
    (item,) = sandbox.returns.state(return_id).item_ids
    decision = {"returnItemId": item, "decisionType": "REFUND_MONEY"}
    sent = decision if method == "setReturnDecision" else {"returnItemDecisions": [decision]}
    assert "does not wait for a decision" in await seller.refused(400, method, order_id, return_id, json=sent)

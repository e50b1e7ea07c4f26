"""What is in an order: boxes, marking codes, removed items, the seller's own id."""

import pytest

from yamarket_async.sandbox.parts.orders import Orders

UIN = "1234567890123456"
INVALID = "Invalid incoming cis for item with id = {item} for reason"


async def place(sandbox, model="FBS", *requires, count=2, lines=1, promo=False, prices=("100", "100", "100"), **more):
    skus = sandbox.offer_ids()[:lines]
    items = [
        {"offerId": sku, "count": count, "requires": list(requires), "promo": promo, "price": price}
        for sku, price in zip(skus, prices, strict=False)
    ]
    order_id = sandbox.orders.place(model, items, **more)
    return order_id, sandbox.orders.state(order_id).item_ids


async def pack(seller, order_id, *boxes, remove=False):
    body = {"boxes": [{"items": items} for items in boxes]} | ({"allowRemove": True} if remove else {})
    return await seller("setOrderBoxLayout", order_id, json=body)


async def test_boxes_replace_those_of_before_until_the_order_is_ready(store):
    sandbox, seller = store
    order_id, (item,) = await place(sandbox)
    first = (await pack(seller, order_id, [{"id": item, "fullCount": 2}])).result["boxes"]
    second = (await pack(seller, order_id, [{"id": item, "fullCount": 1}], [{"id": item, "fullCount": 1}])).result[
        "boxes"
    ]
    assert [box["items"] for box in second] == [[{"id": item, "fullCount": 1}]] * 2
    assert not {box["boxId"] for box in first} & {box["boxId"] for box in second}
    (order,) = (await seller("getBusinessOrders", json={"orderIds": [order_id]})).json["orders"]
    layout = order["delivery"]["boxesLayout"]
    assert [(box["boxId"], box["barcode"]) for box in layout] == [
        (box["boxId"], f"{order_id}-{number}") for number, box in enumerate(second, 1)
    ]
    old = await seller.order(order_id)
    assert [box["fulfilmentId"] for box in old["delivery"]["shipments"][0]["boxes"]] == [
        f"{order_id}-1",
        f"{order_id}-2",
    ]
    await seller.status(order_id, "PROCESSING", "READY_TO_SHIP")
    late = await pack(seller, order_id, [{"id": item, "fullCount": 2}])
    assert late.message == "Attempt to change order items or instances after READY_TO_SHIP"
    sandbox.orders.advance(order_id)
    sandbox.orders.advance(order_id)
    late = await pack(seller, order_id, [{"id": item, "fullCount": 2}])
    assert late.message.startswith(f"Action is not allowed for order '{order_id}' with status 'DELIVERY'")


async def test_boxes_of_an_order_that_is_not_there(store):
    _sandbox, seller = store
    assert (await pack(seller, 1, [{"id": 1, "fullCount": 1}])).message == "Failed to find order with id '1'"


async def test_parts_of_an_item_lie_in_boxes_of_their_own(store):
    sandbox, seller = store
    order_id, (item,) = await place(sandbox, count=1)
    parts = [[{"id": item, "partialCount": {"current": n, "total": 2}, "instances": [{"cis": "A"}]}] for n in (1, 2)]
    assert (await pack(seller, order_id, *parts)).status == 200
    # The code of the whole is told with each part, and is one code all the same.
    assert (await seller.order(order_id))["items"][0]["instances"] == [{"cis": "A", "cisFull": "A"}]


@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        ([[{"id": 5, "fullCount": 1}]], "there is no item 5 in the order"),
        ([[{"id": 0}]], "give fullCount or partialCount, not both"),
        ([[{"id": 0, "fullCount": 1, "partialCount": {"current": 1, "total": 2}}]], "not both"),
        (
            [[{"id": 0, "partialCount": {"current": 1, "total": 2}}, {"id": 1, "fullCount": 1}]],
            "a box with a part of an item holds nothing else",
        ),
        ([[{"id": 0, "partialCount": {"current": 3, "total": 2}}]], "part 3 of 2"),
        ([[{"id": 0, "partialCount": {"current": 1, "total": 2}}]], "there are not all 2 parts of item"),
        ([[{"id": 0, "partialCount": {"current": 1, "total": 2**31 - 1}}]], "there are not all 2147483647 parts"),
        ([[{"id": 0, "fullCount": 3}]], "3 in boxes, 2 in the order"),
        ([[{"id": 0, "fullCount": 1}]], "1 in boxes, 2 in the order, allowRemove is false"),
    ],
)
async def test_layouts_that_cannot_be_are_refused(store, boxes, words):
    sandbox, seller = store
    order_id, items = await place(sandbox, lines=2)
    for box in boxes:
        for item in box:
            item["id"] = items[item["id"]] if item["id"] < 2 else item["id"]
    message = (await pack(seller, order_id, *boxes)).message
    assert message.startswith("Invalid order boxes layout request. Violations: {")
    assert words in message
    assert sandbox.orders.state(order_id).box_ids == ()


async def test_a_missing_item_may_be_removed_and_stays_with_a_count_of_zero(store):
    sandbox, seller = store
    order_id, (first, second) = await place(sandbox, lines=2)
    assert (await pack(seller, order_id, [{"id": first, "fullCount": 2}], remove=True)).status == 200
    order = await seller.order(order_id)
    assert [item["count"] for item in order["items"]] == [2, 0]
    assert order["itemsTotal"] == 200
    (new,) = (await seller("getBusinessOrders", json={"orderIds": [order_id]})).json["orders"]
    assert new["items"][1]["itemStatuses"] == [{"status": "CANCELLED", "count": 2}]
    # It can't be undone.
    again = await pack(seller, order_id, [{"id": first, "fullCount": 2}, {"id": second, "fullCount": 2}])
    assert "2 in boxes, 0 in the order" in again.message


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"lines": 1}, "is the only one in the order"),
        ({"lines": 2, "promo": True}, "takes part in a promo"),
        ({"lines": 2, "prices": ("1", "10000")}, "is 99% of the order's sum"),
    ],
)
async def test_some_items_cannot_be_removed(store, more, words):
    sandbox, seller = store
    order_id, items = await place(sandbox, **more)
    packed = [{"id": items[0], "fullCount": 1 if len(items) == 1 else 2}]
    assert words in (await pack(seller, order_id, packed, remove=True)).message


@pytest.mark.parametrize("model", ["FBS", "EXPRESS"])
async def test_an_order_is_ready_once_its_codes_passed_the_check(store, model):
    sandbox, seller = store
    order_id, (item,) = await place(sandbox, model, "UIN", "CIS", count=1)
    ready = ("PROCESSING", "READY_TO_SHIP")
    refusal = (await seller.status(order_id, *ready)).message
    assert refusal == (
        f"Transition 'STARTED' -> 'READY_TO_SHIP' is not allowed. Reason: item {item} needs 1 codes of the type cis"
    )
    codes = [{"uin": UIN}, {"cis": "0103"}]
    await pack(seller, order_id, [{"id": item, "fullCount": 1, "instances": codes}])
    assert "have not passed the check" in (await seller.status(order_id, *ready)).message

    async def checks():
        (told,) = (await seller("getOrderIdentifiersStatus", order_id)).result["items"]
        return told["uin"][0]["status"], told["cis"][0]["status"]

    assert await checks() == ("IN_PROGRESS", "IN_PROGRESS")
    sandbox.tick(61)
    assert await checks() == ("OK", "OK")
    assert (await seller.status(order_id, *ready)).status == 200


async def test_codes_that_do_not_pass_tell_why(store):
    sandbox, seller = store
    order_id, (item,) = await place(sandbox, "FBS", "CIS", count=3)
    sandbox.orders.refuse_code("sold", "ITEM_SOLD")
    sandbox.orders.refuse_code("again")
    sandbox.orders.refuse_code(UIN, "UIN_NO_DATA")
    codes = [{"cis": "sold"}, {"cis": "again"}, {"uin": UIN}, {"rnpt": "1"}]
    await pack(seller, order_id, [{"id": item, "fullCount": 3, "instances": codes}])
    sandbox.tick(61)
    (told,) = (await seller("getOrderIdentifiersStatus", order_id)).result["items"]
    assert [(code["status"], code.get("substatus")) for code in told["cis"] + told["uin"]] == [
        ("INVALID", "ITEM_SOLD"),
        ("FAILED", None),
        ("FAILED", "UIN_NO_DATA"),
    ]


async def test_optional_codes_are_needed_for_organisations_only(store):
    sandbox, seller = store
    private, _ = await place(sandbox, "FBS", "CIS_OPTIONAL")
    business, _ = await place(sandbox, "FBS", "CIS_OPTIONAL", business=True)
    assert (await seller.status(private, "PROCESSING", "READY_TO_SHIP")).status == 200
    assert "codes of the type cis" in (await seller.status(business, "PROCESSING", "READY_TO_SHIP")).message


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ({"uin": "123"}, f"{INVALID}: a uin has 16 digits"),
        ({"cis": " "}, f"{INVALID}: it is empty"),
        (
            {},
            f"{INVALID}: exactly one of cis, uin, rnpt, gtd must be given",
        ),
        (
            {"cis": "1", "gtd": "2"},
            f"{INVALID}: exactly one of cis, uin, rnpt, gtd must be given",
        ),
        ({"gtd": "1", "countryCode": "XX"}, "String (XX) is not a valid country code according to ISO 3166-1 alpha-2"),
    ],
)
async def test_codes_that_cannot_be_are_refused(store, code, message):
    sandbox, seller = store
    order_id, (item,) = await place(sandbox, count=1)
    answer = await pack(seller, order_id, [{"id": item, "fullCount": 1, "instances": [code]}])
    assert answer.message == message.format(item=item)


async def test_codes_of_dbs_are_never_checked(store):
    sandbox, seller = store
    order_id, (item, _other) = await place(sandbox, "DBS", "CIS", lines=2)
    codes = [{"cis": "A\x1d93Zjqw", "countryCode": "RU"}, {"gtd": "10702020/1"}]
    sent = {"items": [{"id": item, "instances": codes}]}
    told = (await seller("provideOrderItemIdentifiers", order_id, json=sent)).result["items"]
    assert told[0]["instances"] == [
        {"cis": "A", "cisFull": "A\x1d93Zjqw", "countryCode": "RU"},
        {"gtd": "10702020/1"},
    ]
    assert "instances" not in told[1]
    assert (await seller.order(order_id))["items"][0]["instances"] == told[0]["instances"]
    assert (await seller("getOrders", model="DBS", query={"hasCis": "true"})).json["orders"][0]["id"] == order_id
    assert (await seller.status(order_id, "DELIVERY")).status == 200
    wrong = {"items": [{"id": 5, "instances": codes}]}
    message = await seller.refused(400, "provideOrderItemIdentifiers", order_id, json=wrong)
    assert message == "Invalid incoming cis for item with id = 5 for reason: it is not in the order"
    sandbox.orders.cancel(order_id)
    message = await seller.refused(400, "provideOrderItemIdentifiers", order_id, json=sent)
    assert message.startswith("Action is not allowed")


async def test_items_of_dbs_are_removed_by_leaving_them_out(store):
    sandbox, seller = store
    order_id, (first, second, _third) = await place(sandbox, "DBS", lines=3)
    sent = {
        "items": [{"id": first, "count": 2, "instances": [{"cis": "A"}]}, {"id": second, "count": 1}],
        "reason": "USER_REQUESTED_REMOVE",
    }
    answer = await seller("updateOrderItems", order_id, json=sent)
    assert (answer.status, answer.body) == (200, b"")
    order = await seller.order(order_id)
    assert [item["count"] for item in order["items"]] == [2, 1, 0]
    assert order["items"][0]["instances"] == [{"cis": "A", "cisFull": "A"}]
    more = await seller.refused(400, "updateOrderItems", order_id, json={"items": [{"id": second, "count": 2}]})
    assert more == "'items.count' must be less than or equal to '1' (rejected value: 2)"
    await seller.status(order_id, "DELIVERY")
    late = await seller.refused(400, "updateOrderItems", order_id, json=sent)
    assert late.startswith(f"Action is not allowed for order '{order_id}' with status 'DELIVERY'")


async def test_an_order_is_not_emptied_but_cancelled(store):
    sandbox, seller = store
    order_id, (first, _second) = await place(sandbox, "DBS", lines=2)
    nothing = {"items": [{"id": first, "count": 0}]}
    message = await seller.refused(400, "updateOrderItems", order_id, json=nothing)
    assert message == f"Action is not allowed for order '{order_id}': nothing would be left in it"
    assert [item["count"] for item in (await seller.order(order_id))["items"]] == [2, 2]


async def test_the_check_at_crpt_is_told_to_laas_only(store):
    sandbox, seller = store
    for model, told in (("LAAS", True), ("FBS", False)):
        order_id, _ = await place(sandbox, model, count=1)
        (line,) = sandbox.world.part(Orders).known(order_id).lines
        line.codes = [{"cis": "A"}]
        sandbox.tick(61)
        (item,) = (await seller("getOrderIdentifiersStatus", order_id)).result["items"]
        assert ("crptRequestId" in item["cis"][0], "crptRequestDateTime" in item["cis"][0]) == (told, told)


async def test_the_deprecated_method_makes_boxes_without_items(store):
    sandbox, seller = store
    order_id, _ = await place(sandbox, "DBS")
    boxes = {"boxes": [{"fulfilmentId": "a"}, {"fulfilmentId": "b"}]}
    made = (await seller("setOrderShipmentBoxes", order_id, 1, json=boxes)).result["boxes"]
    assert [box["fulfilmentId"] for box in made] == [f"{order_id}-1", f"{order_id}-2"]
    (order,) = (await seller("getBusinessOrders", json={"orderIds": [order_id]})).json["orders"]
    assert "boxesLayout" not in order["delivery"]
    message = await seller.refused(404, "setOrderShipmentBoxes", 1, 1, json=boxes, model="DBS")
    assert message == "Failed to find ['order'] with id ['1']"


async def test_an_order_gets_the_sellers_own_id_once(store):
    sandbox, seller = store
    order_id, late = sandbox.orders.place("FBS"), sandbox.orders.place("FBS")
    assert (await seller("updateExternalOrderId", order_id, json={"externalOrderId": "A-1"})).status == 200
    assert (await seller.order(order_id))["externalOrderId"] == "A-1"
    where = f"(partnerId = '{seller.campaigns['FBS']}', orderId = "
    assert await seller.refused(400, "updateExternalOrderId", order_id, json={"externalOrderId": "A-2"}) == (
        f"Cannot do operation, external ID already set for order {where}'{order_id}', externalId = 'A-1')"
    )
    await seller.status(late, "PROCESSING", "READY_TO_SHIP")
    assert await seller.refused(400, "updateExternalOrderId", late, json={"externalOrderId": "A-2"}) == (
        f"Cannot do operation for order with status 'PROCESSING', and substatus 'READY_TO_SHIP' {where}'{late}')"
    )


async def test_a_line_without_codes_has_no_checks(store):
    sandbox, seller = store
    order_id, (item,) = await place(sandbox, count=1)
    assert (await seller("getOrderIdentifiersStatus", order_id)).result["items"] == [{"id": item}]

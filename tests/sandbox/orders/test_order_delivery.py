"""Delivery, labels, and what a seller is told of the buyer."""

import re

import pytest

ACTION = "Action is not allowed for order '{id}' with status '{status}' and substatus '{substatus}'"


def action(state):
    return ACTION.format(id=state.id, status=state.status, substatus=state.substatus)


def text_of(pdf):
    """Read the lines of a PDF that `documents.pdf` wrote."""
    assert pdf.startswith(b"%PDF-1.4")
    assert pdf.endswith(b"%%EOF\n")
    start = int(re.search(rb"startxref\n(\d+)", pdf)[1])
    assert pdf[start:].startswith(b"xref\n")
    return [line.decode("cp1251") for line in re.findall(rb"\(((?:[^()\\]|\\.)*)\) Tj", pdf)]


async def put_off(seller, order_id, day, refused=None):
    sent = {"dates": {"toDate": day}, "reason": "USER_MOVED_DELIVERY_DATES"}
    if refused:
        return await seller.refused(refused, "setOrderDeliveryDate", order_id, json=sent)
    return await seller("setOrderDeliveryDate", order_id, json=sent)


async def test_a_delivery_is_put_off_three_times_and_not_too_far(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("DBS")
    assert await put_off(seller, order_id, "2026-10-03", 400) == "New delivery dates are the same as the current!"
    assert await put_off(seller, order_id, "2026-10-30", 400) == (
        "Exceeded the number of days to edit delivery dates! limit is: '30' days"
    )
    assert "'dates.toDate' must be greater than" in await put_off(seller, order_id, "2026-09-28", 400)
    for day in ("2026-10-05", "2026-09-30", "2026-10-20"):
        assert (await put_off(seller, order_id, day)).status == 200
    dates = (await seller.order(order_id))["delivery"]["dates"]
    assert (dates["fromDate"], dates["toDate"]) == ("30-09-2026", "20-10-2026")
    assert await put_off(seller, order_id, "2026-10-21", 400) == (
        "Exceeded the number of edits of delivery dates! limit is: '3'"
    )


async def test_a_delivery_is_put_off_before_it_is_there(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("DBS", delivery="PICKUP", until="PICKUP")
    assert await put_off(seller, order_id, "2026-10-05", 400) == action(sandbox.orders.state(order_id))


async def test_a_track_code_is_read_back(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("DBS")
    for code in ("OLD", "RR1"):
        sent = {"trackCode": code, "deliveryServiceId": 139}
        assert (await seller("setOrderDeliveryTrackCode", order_id, json=sent)).status == 200
    delivery = (await seller.order(order_id))["delivery"]
    assert delivery["tracks"] == delivery["shipments"][0]["tracks"] == [{"trackCode": "RR1", "deliveryServiceId": 139}]
    (new,) = (await seller("getBusinessOrders", json={"orderIds": [order_id]})).json["orders"]
    assert new["delivery"]["tracks"] == delivery["tracks"]
    message = await seller.refused(404, "setOrderDeliveryTrackCode", 5, json=sent, model="DBS")
    assert message == f"Campaign '{seller.campaigns['DBS']}' has no order id '5'"


async def test_an_order_is_kept_longer_at_a_point_once(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("DBS", delivery="PICKUP", until="DELIVERY")

    async def keep(day, status=400):
        return await seller.refused(status, "updateOrderStorageLimit", order_id, json={"newDate": day})

    assert await keep("2026-10-10") == action(sandbox.orders.state(order_id))
    sandbox.orders.advance(order_id)
    assert (await seller.order(order_id))["delivery"]["outletStorageLimitDate"] == "06-10-2026"
    assert (
        await keep("2026-11-06") == "'newDate' must be less than or equal to '2026-11-05' (rejected value: 2026-11-06)"
    )
    assert await keep("2026-10-06") == "'newDate' must be greater than '2026-10-06' (rejected value: 2026-10-06)"
    assert (await seller("updateOrderStorageLimit", order_id, json={"newDate": "2026-11-05"})).status == 200
    (new,) = (await seller("getBusinessOrders", json={"orderIds": [order_id]})).json["orders"]
    assert new["delivery"]["pickup"]["outletStorageLimitDate"] == "2026-11-05"
    assert "has been changed already" in await keep("2026-11-06")
    message = await seller.refused(404, "updateOrderStorageLimit", 5, json={"newDate": "2026-11-05"}, model="DBS")
    assert message == "Order not found: '5'"


async def test_the_buyer_is_told_while_the_order_is_in_work(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("DBS")
    told = (await seller("getOrderBuyerInfo", order_id)).result
    assert re.fullmatch(r"\+7900\d{7}", told["phone"])
    assert told["lastName"] in (await seller.order(order_id))["delivery"]["address"]["recipient"]
    sandbox.orders.cancel(order_id)
    message = await seller.refused(400, "getOrderBuyerInfo", order_id)
    assert message == "Order is not in shop-processing status (actual: 'CANCELLED')."


async def test_an_organisation_and_its_documents_are_told(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("FBS", business=True)
    assert (await seller("getOrderBusinessBuyerInfo", order_id)).result["inn"] == "7704357909"
    assert (await seller("getOrderBusinessDocumentsInfo", order_id)).result["upd"] == {"status": "NOT_READY"}
    sandbox.orders.place("FBS")
    while sandbox.orders.state(order_id).status != "DELIVERED":
        sandbox.orders.advance(order_id)
    documents = (await seller("getOrderBusinessDocumentsInfo", order_id)).result
    assert documents["upd"] == {"status": "READY", "number": f"{order_id}/1", "date": "2026-09-29"}
    assert documents["ukd"] == {"status": "NOT_READY"}


async def test_who_is_no_organisation_has_no_such_data(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("FBS")
    for name in ("getOrderBusinessBuyerInfo", "getOrderBusinessDocumentsInfo"):
        assert await seller.refused(400, name, order_id) == "Not a business buyer."
    sandbox.orders.cancel(order_id)
    assert await seller.refused(400, "getOrderBusinessBuyerInfo", order_id) == (
        "Order is in the wrong status, it’s only possible starting from the status PROCESSING."
    )


@pytest.mark.parametrize(
    ("name", "ids"), [("generateOrderLabel", (7, 1)), ("generateOrderLabels", ()), ("getOrderLabelsData", ())]
)
async def test_labels_want_boxes_first(store, name, ids):
    sandbox, seller = store
    order_id = sandbox.orders.place("FBS")
    assert await seller.refused(404, name, order_id, *ids) == f"No boxes found for order '{order_id}'"


async def test_labels_open_and_say_what_their_data_say(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("FBS", {sandbox.offer_ids()[0]: 2})
    (item,) = sandbox.orders.state(order_id).item_ids
    boxes = {"boxes": [{"items": [{"id": item, "fullCount": 1}]}] * 2}
    made = (await seller("setOrderBoxLayout", order_id, json=boxes)).result["boxes"]
    await seller("updateExternalOrderId", order_id, json={"externalOrderId": "Заказ-7"})
    data = (await seller("getOrderLabelsData", order_id)).result
    assert [(label["boxId"], label["place"]) for label in data["parcelBoxLabels"]] == [
        (made[0]["boxId"], "1/2"),
        (made[1]["boxId"], "2/2"),
    ]
    label = data["parcelBoxLabels"][1]
    assert (label["fulfilmentId"], label["shipmentDate"]) == (f"{order_id}-2", "30.09.2026")
    assert re.fullmatch(r"\w+ \w\. \w\.", label["recipientName"])
    assert label["orderNum"] == "Заказ-7"
    answer = await seller("generateOrderLabels", order_id, query={"format": "A9_HORIZONTALLY"})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert f'filename="labels-{order_id}.pdf"' in answer.headers["Content-Disposition"]
    assert b"/Count 2" in answer.body
    # Any shipmentId is good.
    one = await seller("generateOrderLabel", order_id, 5, made[1]["boxId"])
    lines = text_of(one.body)
    assert {label["recipientName"], label["deliveryAddress"], label["fulfilmentId"]} <= set(lines)
    assert "Ваш номер Заказ-7" in lines
    message = await seller.refused(404, "generateOrderLabel", order_id, 5, 6)
    assert message == "Box not found. Box: '6'"


async def test_services_are_listed(store):
    _, seller = store
    services = (await seller("getDeliveryServices")).result["deliveryService"]
    assert {"id": 139, "name": "Почта России"} in services


async def test_every_size_of_label_is_a_page_of_that_size(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("FBS")
    (item,) = sandbox.orders.state(order_id).item_ids
    await seller("setOrderBoxLayout", order_id, json={"boxes": [{"items": [{"id": item, "fullCount": 1}]}]})
    for name, width in (("A4", 210), ("A7", 75), ("A9", 40), ("A9_HORIZONTALLY", 58)):
        answer = await seller("generateOrderLabels", order_id, query={"format": name})
        box = re.search(rb"/MediaBox \[0 0 ([0-9.]+) ", answer.body)
        assert float(box[1]) == pytest.approx(width * 72 / 25.4, abs=0.01)

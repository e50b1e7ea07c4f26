"""Orders that LaaS stores place themselves, the ways of delivery, and operations."""

import pytest

from yamarket_async.sandbox.parts.catalogue import Catalogue

CUSTOMER = {"firstName": "Анна", "lastName": "Ким", "phone": "+79001234567"}
COURIER = {"courierDelivery": {"address": {"fullAddress": "Москва, Садовая, 1"}, "notes": "Домофон 5"}}
POINT = {"pickupDelivery": {"logisticPointId": 77}}


def stocked(sandbox):
    """Give a product that lay in the Market's warehouse at first."""
    catalogue = sandbox.world.part(Catalogue)
    return next(sku for sku in sandbox.offer_ids() if catalogue.is_stored_at_first(catalogue.position(sku)))


async def options(seller, sandbox, **way):
    items = [{"offerId": sku, "count": 1} for sku in sandbox.offer_ids()[:2]]
    return await seller("getDeliveryOptions", model="LAAS", json={"items": items} | way)


def order(sandbox, external_id="A-1", *, to=COURIER, count=1, parts=None, **more):
    slot = {"deliveryDateInterval": {"fromDate": "2026-09-30", "toDate": "2026-09-30"}}
    if "courierDelivery" in to:
        slot["deliveryTimeInterval"] = {"fromTime": "10:00", "toTime": "14:00"}
    item = {"offerId": stocked(sandbox), "count": count, "price": {"value": 99.5, "currencyId": "RUR"}}
    sent = {
        "externalOrderId": external_id,
        "itemsDelivery": parts or [{"warehouseId": 172, "items": [item]} | slot],
        "destination": to,
        "customer": CUSTOMER,
        "packaging": {},
        "paymentType": "PREPAID",
    }
    return {"order": sent | more}


async def create(seller, sandbox, *args, **kwargs):
    answer = await seller("createOrder", model="LAAS", json=order(sandbox, *args, **kwargs))
    return [each["id"] for each in answer.result["orders"]]


async def refused(seller, sandbox, **kwargs):
    return await seller.refused(400, "createOrder", model="LAAS", json=order(sandbox, **kwargs))


async def status_of(seller, operation):
    body = {"operationType": operation["type"], "operationIds": [operation["id"], "unknown"]}
    (told,) = (await seller("getOperations", json=body)).result["operations"]
    return told["status"]


async def test_an_order_by_courier_is_read_back(store):
    sandbox, seller = store
    (order_id,) = await create(seller, sandbox)
    (told,) = (await seller("getBusinessOrders", json={"externalOrderIds": ["A-1"]})).json["orders"]
    assert (told["orderId"], told["status"], told["substatus"]) == (order_id, "PROCESSING", "STARTED")
    assert (told["prices"]["payment"]["value"], told["notes"]) == (99.5, "Домофон 5")
    assert told["delivery"]["dates"]["fromTime"] == "10:00:00"
    assert told["delivery"]["courier"]["address"]["street"] == "Москва, Садовая, 1"


async def test_an_order_to_a_point_is_read_back(store):
    sandbox, seller = store
    (order_id,) = await create(seller, sandbox, to=POINT)
    (told,) = (await seller("getBusinessOrders", json={"orderIds": [order_id]})).json["orders"]
    assert told["delivery"]["pickup"]["logisticPointId"] == 77


async def test_there_is_an_order_for_each_warehouse(store):
    sandbox, seller = store
    part, sku = order(sandbox)["order"]["itemsDelivery"][0], stocked(sandbox)
    sandbox.stocks.set(sku, 5, warehouse_id=300)
    here, there = await create(seller, sandbox, parts=[part, part | {"warehouseId": 300}])
    told = (await seller("getBusinessOrders", json={"orderIds": [here, there]})).json["orders"]
    assert [each["delivery"]["warehouseId"] for each in told] == ["172", "300"]
    assert sandbox.stocks.get(sku, warehouse_id=300) == 4
    sandbox.orders.cancel(there)
    assert sandbox.stocks.get(sku, warehouse_id=300) == 5


@pytest.mark.parametrize("warehouse_id", [147, 304])
async def test_a_warehouse_has_what_lies_in_it_and_no_more(store, warehouse_id):
    sandbox, seller = store
    part = order(sandbox)["order"]["itemsDelivery"][0] | {"warehouseId": warehouse_id}
    assert await refused(seller, sandbox, parts=[part]) == f"Not enough stock for items: '{stocked(sandbox)}'"


async def test_a_draft_is_confirmed_within_an_hour_or_cancelled(store):
    sandbox, seller = store
    (kept,), (lost,) = [await create(seller, sandbox, name, draft=True) for name in ("A", "B")]
    assert sandbox.orders.state(kept).status == "RESERVED"
    assert (await seller.status(kept, "PROCESSING", "STARTED")).status == 200
    sandbox.tick(3_601)
    assert sandbox.orders.state(lost).substatus == "RESERVATION_EXPIRED"
    assert sandbox.orders.state(kept).status == "PROCESSING"


async def test_test_orders_take_nothing_from_the_warehouse(store):
    sandbox, seller = store
    sandbox.stocks.set(stocked(sandbox), 1, warehouse_id=172)
    (fake,) = await create(seller, sandbox, "F", count=5, fake=True)
    assert (await seller.order(fake))["fake"] is True
    (order_id,) = await create(seller, sandbox, "A")
    message = await refused(seller, sandbox, external_id="B")
    assert message == f"Not enough stock for items: '{stocked(sandbox)}'"
    sandbox.orders.cancel(order_id)
    assert sandbox.stocks.get(stocked(sandbox), warehouse_id=172) == 1


async def test_refusals_of_new_orders(store):
    sandbox, seller = store
    await create(seller, sandbox)
    assert await refused(seller, sandbox) == "Order already exists with external id 'A-1'"
    nowhere = {"courierDelivery": {"address": {"fullAddress": "123"}}}
    assert await refused(seller, sandbox, external_id="B", to=nowhere) == "Can't resolve geo for address '123'"
    for to in ({}, COURIER | POINT):
        assert "exactly one of courierDelivery, pickupDelivery" in await refused(
            seller, sandbox, external_id="B", to=to
        )
    part = order(sandbox)["order"]["itemsDelivery"][0]
    item = part["items"][0]
    for wrong, words in (
        ({"items": [item | {"offerId": "нет"}]}, "Offers not found for SKUs: 'нет'"),
        ({"items": [item, item]}, "must contain only unique elements"),
        ({"deliveryTimeInterval": None}, "deliveryTimeInterval' must not be null"),
        (
            {"deliveryTimeInterval": {"fromTime": "11:00", "toTime": "12:00"}},
            "The requested delivery interval is not valid for order 'B'",
        ),
    ):
        assert words in await refused(seller, sandbox, external_id="B", parts=[part | wrong])
    far = {"deliveryDateInterval": {"fromDate": "2026-09-30", "toDate": "2026-12-01"}}
    assert "not valid" in await refused(seller, sandbox, external_id="B", to=POINT, parts=[part | far])


async def test_ways_of_delivery_can_be_ordered(store):
    sandbox, seller = store
    (warehouse,) = (await options(seller, sandbox, courierDelivery={"fullAddress": "Тула"})).result[
        "warehousesDeliveryOptions"
    ]
    slot = warehouse["deliveryOptions"]["courierDelivery"]["courierDeliveryOptions"][-1]
    del slot["price"], slot["paymentMethods"]
    part = order(sandbox)["order"]["itemsDelivery"][0] | slot
    assert await create(seller, sandbox, parts=[part])
    (warehouse,) = (await options(seller, sandbox, pickupDelivery={"logisticPointsIds": [77, 78]})).result[
        "warehousesDeliveryOptions"
    ]
    first, second = warehouse["deliveryOptions"]["pickupDelivery"]["pickupOptions"]
    assert (first["logisticPointId"], second["logisticPointId"]) == (77, 78)
    part = order(sandbox, to=POINT)["order"]["itemsDelivery"][0]
    part["deliveryDateInterval"] = first["options"][0]["deliveryDateInterval"]
    assert await create(seller, sandbox, "B", to=POINT, parts=[part])


async def test_refusals_of_delivery_options(store):
    sandbox, seller = store
    answer = await options(seller, sandbox)
    assert "exactly one" in answer.message
    answer = await options(seller, sandbox, courierDelivery={"fullAddress": "1"})
    assert answer.message == "Can't resolve geo for address '1'"
    body = {"items": [{"offerId": "нет", "count": 1}], "pickupDelivery": {"logisticPointsIds": [1]}}
    for name in ("getDeliveryOptions", "getReturnDeliveryOptions"):
        assert await seller.refused(400, name, model="LAAS", json=body) == "Offers not found for SKUs: 'нет'"


async def test_points_take_returns(store):
    sandbox, seller = store
    # Unlike the goods of an order, those of a return may be listed one by one.
    items = [{"offerId": sandbox.offer_ids()[0], "count": 1}] * 2
    body = {"items": items, "pickupDelivery": {"logisticPointsIds": [5, 6]}}
    told = (await seller("getReturnDeliveryOptions", model="LAAS", json=body)).result
    assert told["pickupDelivery"]["logisticPointIds"] == [5, 6]


async def test_changes_hold_once_their_operations_are_done(store):
    sandbox, seller = store
    (order_id,) = await create(seller, sandbox)
    slots = (await seller("getOrderUpdateOptions", model="LAAS", json={"id": order_id})).result["deliveryIntervals"]
    slot = slots["availableDeliveryIntervals"][4]
    sent = {"id": order_id, "deliveryInterval": slot, "customer": CUSTOMER | {"firstName": "Ольга"}}
    operations = (await seller("updateOrder", model="LAAS", json={"order": sent})).result["operations"]
    assert [each["type"] for each in operations] == ["ORDER_DELIVERY_INTERVAL_UPDATE", "ORDER_RECIPIENT_UPDATE"]
    assert {await status_of(seller, each) for each in operations} == {"IN_PROGRESS"}
    assert (await seller.order(order_id))["buyer"]["firstName"] == "Анна"
    sandbox.tick(301)
    assert {await status_of(seller, each) for each in operations} == {"DONE"}
    told = await seller.order(order_id)
    assert told["buyer"]["firstName"] == "Ольга"
    assert told["delivery"]["dates"]["fromDate"] == "01-10-2026"


async def test_cancelling_is_an_operation(store):
    sandbox, seller = store
    (order_id,) = await create(seller, sandbox)
    answer = await seller.status(order_id, "CANCELLED", "SHOP_FAILED")
    assert answer.json["order"]["status"] == "PROCESSING"
    operation = answer.json["operation"]
    assert operation["type"] == "ORDER_STATUS_UPDATE"
    assert "No permission" in (await seller.status(order_id, "CANCELLED", "SHOP_FAILED")).message
    update = {"order": {"id": order_id, "extendStoragePeriod": True}}
    message = await seller.refused(400, "updateOrder", model="LAAS", json=update)
    assert message == f"Order '{order_id}' is in cancellation state"
    sandbox.tick(301)
    assert await status_of(seller, operation) == "DONE"
    assert sandbox.orders.state(order_id).status == "CANCELLED"
    message = await seller.refused(400, "updateOrder", model="LAAS", json=update)
    assert message == f"Order '{order_id}' is in terminal state"


async def test_several_cancellations_each_have_an_operation(store):
    sandbox, seller = store
    (order_id,) = await create(seller, sandbox)
    sent = {"orders": [{"id": order_id, "status": "CANCELLED", "substatus": "SHOP_FAILED"}]}
    (told,) = (await seller("updateOrderStatuses", model="LAAS", json=sent)).result["orders"]
    assert (told["updateStatus"], told["operation"]["type"]) == ("OK", "ORDER_STATUS_UPDATE")


async def test_an_operation_fails_without_a_word(store):
    sandbox, seller = store
    (order_id,) = await create(seller, sandbox)
    operation = (await seller.status(order_id, "CANCELLED", "SHOP_FAILED")).json["operation"]
    sandbox.operations.fail(operation["id"])
    sandbox.tick(301)
    assert await status_of(seller, operation) == "FAILED"
    assert sandbox.orders.state(order_id).status == "PROCESSING"
    with pytest.raises(ValueError, match="it has ended"):
        sandbox.operations.fail(operation["id"])
    with pytest.raises(ValueError, match="there is no such operation"):
        sandbox.operations.status("x")


async def test_a_change_of_an_order_that_ends_meanwhile_fails(store):
    sandbox, seller = store
    (order_id,) = await create(seller, sandbox)
    sent = {"order": {"id": order_id, "customer": CUSTOMER}}
    (operation,) = (await seller("updateOrder", model="LAAS", json=sent)).result["operations"]
    sandbox.orders.cancel(order_id)
    sandbox.tick(301)
    assert await status_of(seller, operation) == "FAILED"


async def test_storage_is_extended_once_the_order_lies_at_a_point(store):
    sandbox, seller = store
    (order_id,) = await create(seller, sandbox, to=POINT)

    async def extend():
        sent = {"order": {"id": order_id, "extendStoragePeriod": True}}
        (operation,) = (await seller("updateOrder", model="LAAS", json=sent)).result["operations"]
        sandbox.tick(301)
        return await status_of(seller, operation)

    assert await extend() == "FAILED"
    while sandbox.orders.state(order_id).status != "PICKUP":
        sandbox.orders.advance(order_id)
    assert await extend() == "DONE"
    told = await seller.order(order_id)
    assert told["delivery"]["outletStorageLimitDate"] == "13-10-2026"
    assert await extend() == "FAILED"


async def test_refusals_of_changes(store):
    sandbox, seller = store
    (courier,), (point,) = await create(seller, sandbox), await create(seller, sandbox, "B", to=POINT)

    async def change(order_id, **sent):
        return await seller.refused(400, "updateOrder", model="LAAS", json={"order": {"id": order_id} | sent})

    bad = {
        "deliveryDateInterval": {"fromDate": "2026-09-30", "toDate": "2026-10-01"},
        "deliveryTimeInterval": {"fromTime": "10:00", "toTime": "14:00"},
    }
    assert await change(courier, deliveryInterval=bad) == (
        f"The requested delivery interval is not valid for order '{courier}'"
    )
    assert await change(point, deliveryInterval=bad) == (
        f"Delivery dates can't be updated for 'PICKUP' order with id '{point}'"
    )
    assert "nothing to change" in await change(courier)
    assert await change(5, customer=CUSTOMER) == "Order not found: '5'"
    assert await seller.refused(400, "getOrderUpdateOptions", model="LAAS", json={"id": 5}) == "Order not found: '5'"
    told = (await seller("getOrderUpdateOptions", model="LAAS", json={"id": point})).result
    assert told["deliveryIntervals"]["availableDeliveryIntervals"] == []

"""Statistics of orders."""

import pytest

DAY = 86_400


async def stats(seller, model="FBS", **body):
    return (await seller("getOrdersStats", model=model, json=body)).result["orders"]


async def test_the_delivery_is_an_item_without_a_sku(store):
    sandbox, seller = store
    sandbox.orders.place("DBS")
    (order,) = await stats(seller, "DBS")
    goods, delivery = order["items"]
    assert "shopSku" in goods
    assert (delivery["offerName"], "shopSku" in delivery) == ("Доставка", False)


async def test_payments_come_a_day_after_the_delivery(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("FBS", until="DELIVERED")
    assert (await stats(seller))[0]["payments"] == []
    sandbox.tick(DAY + 1)
    (order,) = await stats(seller)
    total = (await seller.order(order_id))["itemsTotal"]
    assert [(each["type"], each["total"], each["date"]) for each in order["payments"]] == [
        ("PAYMENT", total, "2026-09-30")
    ]


async def test_a_payment_changes_an_order(store):
    sandbox, seller = store
    sandbox.orders.place("FBS", until="DELIVERED")
    sandbox.tick(DAY + 1)
    (order,) = await stats(seller, updateFrom="2026-09-30")
    assert order["statusUpdateDate"].startswith("2026-09-29")


async def test_initial_items_are_told_after_a_removal_only(store):
    sandbox, seller = store
    items = [{"offerId": sku, "count": 2, "price": 100} for sku in sandbox.offer_ids()[:3]]
    order_id = sandbox.orders.place("FBS", items)
    assert "initialItems" not in (await stats(seller))[0]
    first, second, _third = sandbox.orders.state(order_id).item_ids
    box = {"items": [{"id": first, "fullCount": 2, "instances": [{"cis": "A"}]}, {"id": second, "fullCount": 1}]}
    await seller("setOrderBoxLayout", order_id, json={"boxes": [box], "allowRemove": True})
    await seller("updateExternalOrderId", order_id, json={"externalOrderId": "mine"})
    (order,) = await stats(seller, hasCis=True)
    assert await stats(seller, hasCis=False) == []
    assert [item["initialCount"] for item in order["initialItems"]] == [2, 2, 2]
    # What was taken out altogether is not among the items any more.
    assert [item["count"] for item in order["items"] if "shopSku" in item] == [2, 1]
    assert order["items"][0]["cisList"] == ["A"]
    assert order["items"][1]["details"] == [{"itemStatus": "REJECTED", "itemCount": 1}]
    assert order["partnerOrderId"] == "mine"


@pytest.mark.parametrize(
    ("until", "status"),
    [
        ("PROCESSING", "CANCELLED_IN_PROCESSING"),
        ("DELIVERY", "CANCELLED_IN_DELIVERY"),
        ("UNPAID", "CANCELLED_BEFORE_PROCESSING"),
    ],
)
async def test_a_cancelled_order_tells_how_far_it_came(store, until, status):
    sandbox, seller = store
    order_id = sandbox.orders.place("DBS", unpaid=until == "UNPAID", until=until)
    sandbox.orders.cancel(order_id)
    assert [order["status"] for order in await stats(seller, "DBS", statuses=[status])] == [status]
    assert await stats(seller, "DBS", statuses=["DELIVERED"]) == []


async def test_the_statistics_are_late_where_the_market_is(open_store):
    sandbox, seller = await open_store(visible_after=600)
    order_id = sandbox.orders.place("FBS")
    assert await stats(seller) == []
    sandbox.tick(601)
    assert [order["id"] for order in await stats(seller)] == [order_id]
    sandbox.orders.cancel(order_id)
    assert (await stats(seller))[0]["status"] == "PROCESSING"
    sandbox.tick(601)
    assert (await stats(seller))[0]["status"] == "CANCELLED_IN_PROCESSING"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({"dateFrom": "2026-09-29", "dateTo": "2026-09-29"}, True),
        ({"dateFrom": "2026-09-30"}, False),
        ({"dateTo": "2026-09-28"}, False),
        ({"updateFrom": "2026-09-29"}, True),
        ({"updateTo": "2026-09-28"}, False),
        ({"orders": [5]}, False),
    ],
)
async def test_filters_choose(store, body, found):
    sandbox, seller = store
    sandbox.orders.place("FBS")
    assert len(await stats(seller, **body)) == found


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            {"dateFrom": "2026-09-29", "updateTo": "2026-09-29"},
            'Periods "orderDate" and "orderUpdate" can\'t be specified simultaneously!',
        ),
        (
            {"dateFrom": "2026-09-29", "dateTo": "2026-09-28"},
            "Date field 'dateTo' must be greater or equal to 'dateFrom'!",
        ),
        (
            {"updateFrom": "2026-09-29", "updateTo": "2026-09-28"},
            "Date field 'updateTo' must be greater or equal to 'updateFrom'!",
        ),
    ],
)
async def test_ranges_that_cannot_be_are_refused(store, body, message):
    _, seller = store
    assert await seller.refused(400, "getOrdersStats", model="FBS", json=body) == message

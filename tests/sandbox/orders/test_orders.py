"""Lists of orders: what is in them, and how filters choose."""

import pytest

from yamarket_async.sandbox import Sandbox


async def ids(seller, name="getBusinessOrders", model="FBS", **sent):
    answer = await seller(name, model=model, **({"json": {}} if name == "getBusinessOrders" else {}) | sent)
    assert answer.status == 200, answer.body
    if name == "getOrders":
        return [order["id"] for order in answer.json["orders"]]
    return [order["orderId"] for order in answer.json["orders"]]


async def test_an_order_that_a_buyer_placed_is_read_by_every_method(store):
    sandbox, seller = store
    sku = sandbox.offer_ids()[0]
    order_id = sandbox.orders.place("FBS", {sku: 3}, notes="Позвоните", business=True)
    old = await seller.order(order_id)
    assert (old["status"], old["substatus"]) == ("PROCESSING", "STARTED")
    assert [(item["offerId"], item["count"]) for item in old["items"]] == [(sku, 3)]
    assert (old["notes"], old["buyer"]["type"]) == ("Позвоните", "BUSINESS")
    (new,) = (await seller("getBusinessOrders", json={"orderIds": [order_id]})).json["orders"]
    assert (new["orderId"], new["programType"], new["buyerType"]) == (order_id, "FBS", "BUSINESS")
    assert new["prices"]["payment"]["value"] == old["itemsTotal"]
    assert await ids(seller, "getOrders") == await ids(seller) == [order_id]
    stats = (await seller("getOrdersStats", model="FBS", json={})).result["orders"]
    assert [order["id"] for order in stats] == [order_id]


@pytest.mark.parametrize("model", ["FBS", "FBY", "DBS", "EXPRESS", "LAAS"])
async def test_what_an_order_says_depends_on_the_model_of_its_store(store, model):
    sandbox, seller = store
    old = await seller.order(sandbox.orders.place(model))
    assert ("lastName" in old["buyer"]) == (model in {"DBS", "LAAS"})
    assert ("partnerWarehouseId" in old["items"][0]) == (model in {"FBY", "LAAS"})


@pytest.mark.parametrize("delivery", ["DELIVERY", "PICKUP"])
async def test_hours_are_those_of_a_courier(store, delivery):
    sandbox, seller = store
    order_id = sandbox.orders.place("DBS", delivery=delivery)
    (new,) = (await seller("getBusinessOrders", json={"orderIds": [order_id]})).json["orders"]
    old = await seller.order(order_id)
    for dates in (old["delivery"]["dates"], new["delivery"]["dates"]):
        assert ({"fromTime", "toTime"} <= dates.keys()) == (delivery == "DELIVERY")


async def test_an_order_of_another_store_is_not_found(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("DBS")
    campaign = seller.campaigns["FBS"]
    seller.campaign_of = lambda _: campaign
    message = await seller.refused(404, "getOrder", order_id)
    assert message == f"Order not found: partnerId = '{campaign}', orderId = '{order_id}'"


async def test_test_orders_are_hidden_unless_asked_for(store):
    sandbox, seller = store
    real, fake = sandbox.orders.place("FBS"), sandbox.orders.place("FBS", fake=True)
    assert await ids(seller) == await ids(seller, "getOrders") == [real]
    assert await ids(seller, json={"fake": True}) == await ids(seller, "getOrders", query={"fake": "true"}) == [fake]
    assert await ids(seller, json={"orderIds": [real, fake]}) == [real, fake]
    assert await ids(seller, json={"orderIds": [real, fake], "fake": True}) == [fake]


async def test_finished_orders_leave_the_old_list_after_thirty_days(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("FBS", until="DELIVERED")
    sandbox.tick(31 * 86_400)
    dates = {"creationDateFrom": "2026-09-20", "creationDateTo": "2026-10-10"}
    assert await ids(seller, "getOrders", query={"fromDate": "20-09-2026", "toDate": "10-10-2026"}) == []
    assert await ids(seller, json={"dates": dates}) == [order_id]
    assert await ids(seller, "getOrders", query={"orderIds": str(order_id)}) == [order_id]


async def test_lists_go_back_thirty_days_by_default(store):
    sandbox, seller = store
    old = sandbox.orders.place("FBS")
    sandbox.tick(32 * 86_400)
    new = sandbox.orders.place("FBS")
    assert await ids(seller) == await ids(seller, "getOrders") == [new]
    assert await ids(seller, "getOrders", query={"fromDate": "29-09-2026", "toDate": "01-10-2026"}) == [old]
    # The other end is today, or 30 days before it.
    for query, words in (
        ({"fromDate": "29-09-2026"}, "Invalid filters: interval between '2026-09-29' and '2026-11-01' is more than"),
        ({"toDate": "30-09-2026"}, "Order creation start date is required to be less than end date"),
    ):
        assert (await seller.refused(400, "getOrders", model="FBS", query=query)).startswith(words)
    assert await ids(seller, json={"dates": {"updateDateTo": "2026-10-10T00:00:00+03:00"}}) == [old]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"fromDate": "29-09-2026", "toDate": "29-09-2026"}, True),
        ({"fromDate": "30-09-2026"}, False),
        ({"toDate": "29-09-2026"}, False),
        ({"supplierShipmentDateFrom": "30-09-2026", "supplierShipmentDateTo": "01-10-2026"}, True),
        ({"supplierShipmentDateFrom": "01-10-2026"}, False),
        ({"supplierShipmentDateTo": "30-09-2026"}, False),
        ({"updatedAtFrom": "2026-09-29T12:00:00+03:00"}, True),
        ({"updatedAtTo": "2026-09-29T12:00:00+03:00"}, False),
        ({"updatedAtFrom": "2026-09-29T11:00:00+03:00", "updatedAtTo": "2026-09-29T13:00:00+03:00"}, True),
        ({"status": "PROCESSING,DELIVERY"}, True),
        ({"status": "CANCELLED"}, False),
        ({"substatus": "STARTED"}, True),
        ({"substatus": "SHIPPED"}, False),
        ({"hasCis": "true"}, False),
        ({"onlyWaitingForCancellationApprove": "true"}, False),
        ({"onlyEstimatedDelivery": "true"}, False),
        ({"dispatchType": "BUYER"}, True),
        ({"dispatchType": "SHOP_OUTLET"}, False),
        ({"buyerType": "PERSON"}, True),
        ({"buyerType": "BUSINESS"}, False),
    ],
)
async def test_filters_of_the_old_list_choose(store, query, found):
    sandbox, seller = store
    order_id = sandbox.orders.place("FBS")
    assert await ids(seller, "getOrders", query=query) == [order_id] * found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({"statuses": ["PROCESSING"]}, True),
        ({"statuses": ["PICKUP"]}, False),
        ({"substatuses": ["STARTED"]}, True),
        ({"programTypes": ["FBS"]}, True),
        ({"programTypes": ["DBS"]}, False),
        ({"sourcePlatforms": ["MARKET"]}, True),
        ({"sourcePlatforms": ["OZON"]}, False),
        ({"externalOrderIds": ["mine"]}, True),
        ({"externalOrderIds": ["other"]}, False),
        ({"waitingForCancellationApprove": True}, False),
        ({"dates": {"creationDateFrom": "2026-09-29", "creationDateTo": "2026-09-29"}}, True),
        ({"dates": {"creationDateTo": "2026-09-29"}}, False),
        ({"dates": {"shipmentDateFrom": "2026-09-30"}}, True),
        ({"dates": {"shipmentDateTo": "2026-09-30"}}, False),
        ({"dates": {"updateDateFrom": "2026-09-29T00:00:00Z"}}, True),
    ],
)
async def test_filters_of_the_new_list_choose(store, body, found):
    sandbox, seller = store
    order_id = sandbox.orders.place("FBS")
    await seller("updateExternalOrderId", order_id, json={"externalOrderId": "mine"})
    assert await ids(seller, json=body) == [order_id] * found


async def test_the_new_list_has_all_stores(store):
    sandbox, seller = store
    placed = [sandbox.orders.place(model) for model in ("LAAS", "EXPRESS", "FBY", "DBS", "FBS")]
    assert await ids(seller) == placed
    assert await ids(seller, json={"campaignIds": [seller.campaigns["FBY"]]}) == [placed[2]]


@pytest.mark.parametrize(
    ("dates", "message"),
    [
        (
            {"creationDateFrom": "2026-09-01", "creationDateTo": "2026-10-15"},
            "Invalid filters: interval between '2026-09-01' and '2026-10-15' is more than '30' days.",
        ),
        (
            {"updateDateFrom": "2026-09-01T00:00:00Z", "updateDateTo": "2026-10-15T00:00:00Z"},
            "Invalid filters: interval between '2026-09-01 00:00:00+00:00' and '2026-10-15 00:00:00+00:00' "
            "is more than '30' days.",
        ),
        (
            {"creationDateFrom": "2026-09-02", "creationDateTo": "2026-09-01"},
            "Order creation start date is required to be less than end date",
        ),
        (
            {"shipmentDateFrom": "2026-09-02", "shipmentDateTo": "2026-09-01"},
            "Order shipment start date is required to be less than end date",
        ),
        (
            {"updateDateFrom": "2026-09-02T00:00:00Z", "updateDateTo": "2026-09-01T00:00:00Z"},
            "Order update start is required to be less than end date",
        ),
    ],
)
async def test_ranges_that_cannot_be_are_refused(store, dates, message):
    _, seller = store
    assert await seller.refused(400, "getBusinessOrders", json={"dates": dates}) == message


async def test_a_walk_through_the_pages_meets_every_order_once(store):
    sandbox, seller = store
    placed = [sandbox.orders.place("FBS") for _ in range(7)]
    for name, sent in (("getOrders", {}), ("getBusinessOrders", {"json": {}})):
        met, token = [], {}
        while True:
            answer = await seller(name, model="FBS", query={"limit": "3", **token}, **sent)
            met += [order.get("id", order.get("orderId")) for order in answer.json["orders"]]
            if "nextPageToken" not in answer.json["paging"]:
                break
            token = {"pageToken": answer.json["paging"]["nextPageToken"]}
        assert met == placed


async def test_each_store_opens_with_orders_in_several_stages(open_store):
    _, seller = await open_store(orders=30)
    for model in ("FBS", "FBY", "DBS", "EXPRESS", "LAAS"):
        orders = (await seller("getOrders", model=model)).json["orders"]
        assert len(orders) == 30
        assert {"DELIVERED", "CANCELLED", "PROCESSING"} <= {order["status"] for order in orders}


async def test_the_same_seed_and_clock_give_the_same_orders(open_store):
    _, first = await open_store(orders=5)
    _, second = await open_store(orders=5)
    _, other = await open_store(orders=5, seed=8)

    async def shown(seller):
        orders = (await seller("getBusinessOrders", json={})).json["orders"]
        return [(each["orderId"], each["items"], each["delivery"].get("courier")) for each in orders]

    assert await shown(first) == await shown(second)
    assert await shown(first) != await shown(other)


async def test_a_store_without_products_has_no_orders(open_store):
    sandbox, seller = await open_store(offers=0, orders=20)
    assert await ids(seller) == []
    with pytest.raises(ValueError, match="there are no products"):
        sandbox.orders.place("FBS")


async def test_what_happened_is_forgotten_by_restore_and_reset(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("FBS")
    snapshot = sandbox.snapshot()
    sandbox.orders.cancel(order_id)
    sandbox.restore(snapshot)
    assert sandbox.orders.state(order_id).status == "PROCESSING"
    sandbox.reset()
    assert await ids(seller) == []


async def test_the_hands_of_a_test_work_over_http(store):
    sandbox, seller = store

    async def hand(name, **given):
        async with seller.session.post(f"{sandbox.url}/__sandbox/{name}", json=given) as response:
            return response.status, await response.json()

    status, placed = await hand("orders/place", model="DBS", items={sandbox.offer_ids()[0]: 2}, until="DELIVERY")
    assert status == 200
    status, moved = await hand("orders/advance", order_id=placed["result"])
    assert (status, moved["result"]["status"]) == (200, "DELIVERED")
    assert (await hand("orders/advance", order_id=1))[0] == 400
    status, opened = await hand("returns/open", order_id=placed["result"])
    assert (await hand("returns/state", return_id=opened["result"]))[1]["result"]["refund_status"] == "STARTED_BY_USER"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"model": "FBX"}, "there is no such store"),
        ({"campaign_id": 1}, "there is no such store"),
        ({"model": "FBS", "digital": "EMAIL"}, "in a DBS store"),
        ({"model": "DBS", "digital": "KEY"}, "in a DBS store"),
        ({"items": {}}, "an order has at least one"),
        ({"items": {"нет такого": 1}}, "there is no product 'нет такого'"),
        ({"model": "FBS", "until": "PICKUP"}, "nothing comes after"),
    ],
)
async def test_a_hand_that_cannot_do_it_says_why(store, given, words):
    sandbox, _ = store
    with pytest.raises(ValueError, match=words):
        sandbox.orders.place(**given)


async def test_counts_below_one_are_not_ordered(store):
    sandbox, _ = store
    with pytest.raises(ValueError, match="must be 1 or more"):
        sandbox.orders.place("FBS", {sandbox.offer_ids()[0]: 0})


async def test_products_may_be_given_with_all_that_matters(store):
    sandbox, seller = store
    first, second = sandbox.offer_ids()[:2]
    items = [first, {"offerId": second, "count": 2, "price": "99.90", "requires": ["UIN"], "promo": True}]
    order_id = sandbox.orders.place(items=items, campaign_id=seller.campaigns["FBS"])
    one, two = (await seller.order(order_id))["items"]
    assert (one["offerId"], one["count"]) == (first, 1)
    assert (two["price"], two["count"], two["requiredInstanceTypes"]) == (99.9, 2, ["UIN"])
    assert two["promos"][0]["type"] == "MARKET_PROMOCODE"


async def test_an_order_costs_what_the_product_costs_in_its_store_now(store):
    sandbox, seller = store
    sku = sandbox.offer_ids()[0]
    sandbox.prices.set(sku, 1_234, campaign_id=seller.campaigns["DBS"])
    order = await seller.order(sandbox.orders.place("DBS", {sku: 2}))
    assert order["items"][0]["price"] == 1_234
    assert order["itemsTotal"] == 2_468


async def test_an_order_takes_from_the_stock_and_a_cancelled_one_gives_back(store):
    sandbox, _ = store
    sku = sandbox.offer_ids()[0]
    sandbox.stocks.set(sku, 5)
    order_id = sandbox.orders.place("FBS", {sku: 3})
    sandbox.orders.place("FBS", {sku: 1}, fake=True)
    assert sandbox.stocks.get(sku) == 2
    sandbox.orders.place("FBS", {sku: 3})  # more than there is left
    assert sandbox.stocks.get(sku) == 2
    sandbox.orders.cancel(order_id)
    assert sandbox.stocks.get(sku) == 5


async def test_a_new_product_can_be_ordered_and_a_deleted_one_not(open_store):
    sandbox, seller = await open_store(offers=0)
    sandbox.products.add("НОВЫЙ-1", price=None, stock=0)
    order = await seller.order(sandbox.orders.place("FBS", ["НОВЫЙ-1"]))
    assert order["items"][0]["offerId"] == "НОВЫЙ-1"
    assert (await seller.order(sandbox.orders.place("FBS")))["items"] != []
    assert (await seller("getOrdersStats", model="FBS", json={})).status == 200
    sandbox.products.delete("НОВЫЙ-1")
    with pytest.raises(ValueError, match="there is no product"):
        sandbox.orders.place("FBS", ["НОВЫЙ-1"])
    with pytest.raises(ValueError, match="there are no products"):
        sandbox.orders.place("FBS")


def listen(sandbox):
    told = []
    sandbox.world.on_notification = lambda kind, fields: told.append((kind, dict(fields)))
    return told


async def test_the_seller_is_told_of_what_happens(store):
    sandbox, _ = store
    told = listen(sandbox)
    order_id = sandbox.orders.place("DBS", until="DELIVERY")
    sandbox.orders.request_cancellation(order_id)
    sandbox.orders.cancel(order_id)
    assert [kind for kind, _ in told] == [
        "ORDER_CREATED",
        "ORDER_STATUS_UPDATED",
        "ORDER_CANCELLATION_REQUEST",
        "ORDER_CANCELLED",
    ]
    assert {(fields["orderId"], fields["campaignId"]) for _, fields in told} == {(order_id, sandbox.campaign_ids[2])}
    assert told[1][1]["updatedAt"] == "2026-09-29T12:00:00+03:00"


async def test_test_orders_are_gone_after_ten_days(store):
    sandbox, seller = store
    order_id = sandbox.orders.place("FBS", fake=True)
    sandbox.tick(10 * 86_400 - 60)
    assert await ids(seller, json={"fake": True}) == [order_id]
    sandbox.tick(61)
    assert await ids(seller, json={"fake": True}) == []
    assert (await seller("getOrder", order_id, model="FBS")).status == 404


async def test_the_time_before_the_sandbox_began_is_not_told(open_store):
    sandbox, _ = await open_store(orders=30, campaigns=("FBS", "FBY", "DBS"))
    told = listen(sandbox)
    sandbox.reset()
    assert told == []
    sandbox.tick(3 * 86_400)
    assert {kind for kind, _ in told} >= {"ORDER_STATUS_UPDATED", "ORDER_RETURN_STATUS_UPDATED"}


def test_a_number_of_orders_below_zero_is_refused():
    with pytest.raises(ValueError, match="orders=-1: must be 0 or more"):
        Sandbox(orders=-1)


async def test_a_field_of_the_dates_that_nobody_knows_is_passed_over(open_sandbox):
    _, http = await open_sandbox(offers=20)
    plain = await http.ok("getBusinessOrders", {})
    assert await http.ok("getBusinessOrders", {"dates": {"someDate": False}}) == plain


async def test_a_shipment_without_an_id_says_so(open_sandbox):
    sandbox, http = await open_sandbox(offers=20, campaigns=["FBS", "FBY"])
    for model, known in (("FBS", True), ("FBY", False)):
        order_id = sandbox.orders.place(campaign_id=sandbox.campaign_ids[model == "FBY"])
        answer = await http.ok("getBusinessOrders", {"orderIds": [order_id]})
        assert (answer["orders"][0]["delivery"]["shipment"]["id"] is not None) is known

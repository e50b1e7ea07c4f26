"""A day in a store, from the notification of an order to its return."""

from aiohttp import web
from aiohttp.test_utils import TestServer

HOUR = 3_600


async def test_an_order_comes_in_is_shipped_and_comes_back(store):
    sandbox, call = store
    got = []

    async def receive(request):
        got.append(await request.json())
        return web.json_response({"version": "1", "name": "shop", "time": "2026-09-29T09:00:00Z"})

    app = web.Application()
    app.router.add_post("/notification", receive)
    sku = sandbox.offer_ids()[0]
    sandbox.prices.set(sku, 500)
    sandbox.stocks.set(sku, 10)
    async with TestServer(app) as server:
        sandbox.notifications.send_to(str(server.make_url("/")), ping=False)
        sandbox.orders.place("FBS", {sku: 2}, delivery="PICKUP")
        await sandbox.notifications.delivered()
        (created,) = got
        order_id = created["orderId"]
        assert (created["notificationType"], created["items"]) == ("ORDER_CREATED", [{"offerId": sku, "count": 2}])
        assert sandbox.stocks.get(sku) == 8

        (item,) = (await call.order(order_id))["items"]
        await call("setOrderBoxLayout", order_id, json={"boxes": [{"items": [{"id": item["id"], "fullCount": 2}]}]})
        assert (await call("generateOrderLabels", order_id)).body.startswith(b"%PDF-")
        assert (await call.status(order_id, "PROCESSING", "READY_TO_SHIP")).status == 200

        sandbox.tick(9 * HOUR)  # to 21:00, when the shipment of the next day is formed
        assert (await call("downloadShipmentReceptionTransferAct", model="FBS")).body.startswith(b"%PDF-")
        sandbox.tick(4 * 24 * HOUR)
        assert (await call.order(order_id))["status"] == "DELIVERED"

        return_id = sandbox.returns.open(order_id, {sku: 1}, decision=True)
        (returned,) = sandbox.returns.state(return_id).item_ids
        decision = {"returnItemId": returned, "decisionType": "FAST_REFUND_MONEY"}
        await call("submitReturnDecision", order_id, return_id, json={"returnItemDecisions": [decision]})
        sandbox.tick(26 * HOUR)
        order = await call.order(order_id)
        assert order["status"] == "PARTIALLY_RETURNED"
        assert (await call("getReturn", order_id, return_id)).result["amount"] == {"value": 500, "currencyId": "RUR"}

        await sandbox.notifications.delivered()
        statuses = [each["status"] for each in got if each["notificationType"] == "ORDER_STATUS_UPDATED"]
        assert statuses == ["PROCESSING", "PROCESSING", "DELIVERY", "PICKUP", "DELIVERED", "PARTIALLY_RETURNED"]
        assert "ORDER_RETURN_CREATED" in {each["notificationType"] for each in got}

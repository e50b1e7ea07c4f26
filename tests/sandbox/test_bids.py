"""Bids: set, read back, taken away, remembered for products that aren't there yet."""

import pytest


async def put(http, operation="putBidsForBusiness", **bids):
    return await http.ok(operation, {"bids": [{"sku": sku, "bid": bid} for sku, bid in bids.items()]})


async def info(http, **body):
    return {each["sku"]: each["bid"] for each in (await http.ok("getBidsInfoForBusiness", body))["result"]["bids"]}


async def test_bids_are_read_back_and_a_zero_removes(open_sandbox):
    sandbox, http = await open_sandbox(offers=5)
    for sku in ("A", "B"):
        sandbox.products.add(sku)
    assert await put(http, A=50, B=9_999) == {"status": "OK"}
    assert await info(http) == {"A": 50, "B": 9_999}
    await put(http, A=0)
    assert await info(http) == {"B": 9_999}
    assert await info(http, skus=["A", "B"]) == {"B": 9_999}
    recommended = (await http.ok("getBidsRecommendations", {"skus": ["B", "нет такого"]}))["result"]["recommendations"]
    assert [(each["sku"], each["bid"]) for each in recommended] == [("B", 9_999)]
    assert [each["showPercent"] for each in recommended[0]["bidRecommendations"]] == [30, 60, 90]


async def test_a_bid_waits_for_its_product(open_sandbox):
    sandbox, http = await open_sandbox(offers=5)
    await put(http, ПОЗЖЕ=500)
    assert await info(http) == {}
    assert sandbox.bids.get("ПОЗЖЕ") == 500
    sandbox.products.add("ПОЗЖЕ")
    assert await info(http) == {"ПОЗЖЕ": 500}


async def test_bids_of_a_store_are_its_own(open_sandbox):
    sandbox, http = await open_sandbox(offers=5)
    sandbox.products.add("A")
    await put(http, "putBidsForCampaign", A=700)
    assert await info(http) == {}
    assert sandbox.bids.get("A", campaign_id=sandbox.campaign_id) == 700
    assert sandbox.bids.get("A") == 0


async def test_setting_a_bid_starts_the_campaign(open_sandbox):
    sandbox, http = await open_sandbox(offers=5)
    await put(http, A=700)
    assert sandbox.bids.running == {0: True}
    sandbox.bids.stop()
    sandbox.bids.stop(campaign_id=sandbox.campaign_id)
    assert sandbox.bids.running == {0: False, sandbox.campaign_id: False}
    await put(http, A=0)
    assert sandbox.bids.running[0]


async def test_bids_are_paged_but_not_by_sku(open_sandbox):
    sandbox, http = await open_sandbox(offers=700)
    skus = sandbox.offer_ids()
    await http.ok("putBidsForBusiness", {"bids": [{"sku": sku, "bid": 500} for sku in skus]})
    first = (await http.ok("getBidsInfoForBusiness", {}, query={"limit": 600}))["result"]
    assert len(first["bids"]) == 500
    rest = await http.ok(
        "getBidsInfoForBusiness", {}, query={"limit": 500, "pageToken": first["paging"]["nextPageToken"]}
    )
    assert [each["sku"] for each in first["bids"] + rest["result"]["bids"]] == skus
    asked = await http.ok("getBidsInfoForBusiness", {"skus": skus[:300]}, query={"limit": 1, "pageToken": "?"})
    assert len(asked["result"]["bids"]) == 300


@pytest.mark.parametrize(("bid", "least"), [(1, 50), (49, 50), (-1, 0)])
async def test_bids_that_are_too_low_are_refused(open_sandbox, bid, least):
    sandbox, http = await open_sandbox(offers=5)
    body = {"bids": [{"sku": "A", "bid": 500}, {"sku": "B", "bid": bid}]}
    message = f"'bids[1].bid' must be greater than or equal to '{least}' (rejected value: {bid})"
    assert await http.refused("putBidsForBusiness", body) == (400, message)
    assert sandbox.bids.get("A") == 0


async def test_bids_show_after_a_while_where_that_is_wanted(open_sandbox):
    sandbox, http = await open_sandbox(offers=5, visible_after=30)
    sandbox.products.add("A")
    await put(http, A=500)
    assert await info(http) == {}
    sandbox.tick(30)
    assert await info(http) == {"A": 500}


async def test_what_is_not_sold_yet_has_no_recommendation(open_sandbox):
    _, http = await open_sandbox(offers=0)
    await http.ok("updateOfferMappings", {"offerMappings": [{"offer": {"offerId": "A"}}]})
    (found,) = (await http.ok("getBidsRecommendations", {"skus": ["A"]}))["result"]["recommendations"]
    assert found == {"sku": "A", "bid": 0}


async def test_a_sale_costs_the_bid_of_the_campaign_that_runs(open_sandbox):
    sandbox, http = await open_sandbox(offers=0, orders=0, campaigns=2)
    sandbox.products.add("A")

    async def charged():
        order_id = sandbox.orders.place(items=["A"])
        (order,) = (await http.ok("getOrdersStats", {"orders": [order_id]}))["result"]["orders"]
        return order["items"][0].get("bidFee")

    assert await charged() is None
    await put(http, A=500)
    await http.ok("putBidsForCampaign", {"bids": [{"sku": "A", "bid": 700}]})
    assert await charged() == 700
    sandbox.bids.stop(campaign_id=sandbox.campaign_id)
    assert await charged() == 500
    sandbox.bids.stop()
    assert await charged() is None

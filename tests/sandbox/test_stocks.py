"""Stocks and warehouses: told by store and by warehouse, with groups and without, switched off and on."""

from datetime import UTC, datetime, timedelta

import pytest

from yamarket_async.sandbox import Sandbox


@pytest.fixture
async def shop(open_sandbox):
    """An FBS, an FBY and an Express store, without groups of warehouses, with a product of which there are ten."""
    sandbox, http = await open_sandbox(offers=60, campaigns=["FBS", "FBY", "EXPRESS"], warehouse=2)
    sandbox.products.add("ЛАМПА")
    return sandbox, http


async def stocks(http, campaign_id, **body):
    found = await http.ok("getStocks", {"offerIds": ["ЛАМПА"], **body}, ids={"campaignId": campaign_id})
    return {
        each["warehouseId"]: {stock["type"]: stock["count"] for stock in each["offers"][0]["stocks"]}
        for each in found["result"]["warehouses"]
    }


def at(sandbox, seconds=0):
    return (datetime.fromtimestamp(sandbox.now(), UTC) + timedelta(seconds=seconds)).isoformat()


async def test_stocks_of_a_store_are_read_back_by_both_versions(shop):
    sandbox, http = shop
    warehouse_id = sandbox.stocks.warehouse_ids[0]
    told = at(sandbox, -60)
    body = {"skus": [{"sku": "ЛАМПА", "items": [{"count": 7, "updatedAt": told}]}]}
    assert await http.ok("updateStocks", body) == {"status": "OK"}
    assert await stocks(http, sandbox.campaign_id) == {warehouse_id: {"FIT": 7, "AVAILABLE": 7}}
    asked = {"partnerWarehouseId": warehouse_id, "offerIds": ["ЛАМПА", "нет такого"]}
    result = (await http.ok("getStocksOnPartnerWarehouses", asked))["result"]
    assert result["partnerWarehouseId"] == warehouse_id
    (offer,) = result["offers"]
    assert offer["stocks"] == [{"type": "FIT", "count": 7}, {"type": "AVAILABLE", "count": 7}]
    assert datetime.fromisoformat(offer["updatedAt"]) == datetime.fromisoformat(told).replace(microsecond=0)
    (goods,) = (await http.ok("getGoodsStats", {"shopSkus": ["ЛАМПА"]}))["result"]["shopSkus"]
    assert goods["warehouses"][0]["stocks"] == offer["stocks"]
    assert sandbox.stocks.get("ЛАМПА") == 7


async def test_stocks_of_a_warehouse_are_read_back(shop):
    sandbox, http = shop
    one, other = sandbox.stocks.warehouse_ids
    items = [
        {"sku": "ЛАМПА", "partnerWarehouseId": one, "count": 3},
        {"sku": "?", "partnerWarehouseId": one, "count": 1},
    ]
    assert await http.ok("updateStocksOnPartnerWarehouses", {"skuItems": items}) == {"status": "OK"}
    assert (sandbox.stocks.get("ЛАМПА", warehouse_id=one), sandbox.stocks.get("ЛАМПА", warehouse_id=other)) == (3, 10)


async def test_what_is_sold_out_is_off_the_showcase_until_there_is_more(shop):
    sandbox, http = shop
    first = sandbox.campaign_id
    for count, status in ((0, "NO_STOCKS"), (1, "PUBLISHED")):
        await http.ok("updateStocks", {"skus": [{"sku": "ЛАМПА", "items": [{"count": count}]}]})
        offer = (await http.ok("getCampaignOffers", {"offerIds": ["ЛАМПА"]}))["result"]["offers"][0]
        assert offer["status"] == status
        assert sandbox.products.get("ЛАМПА").statuses[first] == status
    sku = sandbox.offer_ids(statuses=["NO_STOCKS"])[0]
    sandbox.stocks.set(sku, 5)
    assert sandbox.products.get(sku).statuses[first] == "PUBLISHED"


async def test_stocks_show_after_a_while_where_that_is_wanted(open_sandbox):
    sandbox, http = await open_sandbox(offers=0, visible_after=30)
    sandbox.products.add("ЛАМПА")
    await http.ok("updateStocks", {"skus": [{"sku": "ЛАМПА", "items": [{"count": 7}]}]})
    assert sandbox.stocks.get("ЛАМПА") == 10
    sandbox.tick(30)
    assert sandbox.stocks.get("ЛАМПА") == 7


async def test_what_a_test_sets_is_not_undone_by_what_was_due_before(open_sandbox):
    sandbox, http = await open_sandbox(offers=0, visible_after=30)
    sandbox.products.add("ЛАМПА")
    await http.ok("updateStocks", {"skus": [{"sku": "ЛАМПА", "items": [{"count": 7}]}]})
    sandbox.tick(30)
    sandbox.stocks.set("ЛАМПА", 3)
    assert (await stocks(http, sandbox.campaign_id)).popitem()[1] == {"FIT": 3, "AVAILABLE": 3}


async def test_stores_of_the_market_have_stocks_in_its_warehouses(shop):
    sandbox, http = shop
    fby = sandbox.campaign_ids[1]
    found = await stocks(http, fby)
    assert found == {147: {}, 172: {"FIT": 10, "AVAILABLE": 10}, 300: {}}
    names = {each["id"] for each in (await http.ok("getFulfillmentWarehouses"))["result"]["warehouses"]}
    assert names == set(found)
    sandbox.stocks.set("ЛАМПА", 4, warehouse_id=300)
    assert (await stocks(http, fby, stocksWarehouseId=None))[300] == {"FIT": 4, "AVAILABLE": 4}
    whole = await http.ok("getStocks", {"stocksWarehouseId": 300, "hasStocks": True}, ids={"campaignId": fby})
    assert [each["warehouseId"] for each in whole["result"]["warehouses"]] == [300]
    assert [each["offerId"] for each in whole["result"]["warehouses"][0]["offers"]] == ["ЛАМПА"]
    turned = await http.ok("getStocks", {"withTurnover": True}, ids={"campaignId": fby})
    assert "turnoverSummary" in turned["result"]["warehouses"][0]["offers"][0]
    for warehouse_id in (172, 300):
        sandbox.stocks.set("ЛАМПА", 0, warehouse_id=warehouse_id)
    assert sandbox.products.get("ЛАМПА").statuses[fby] == "NO_STOCKS"
    assert await http.ok("deleteOffers", {"offerIds": ["ЛАМПА"]}) == {"status": "OK"}


async def test_the_days_of_a_turnover_fit_its_verdict(open_sandbox):
    _sandbox, http = await open_sandbox(offers=100, campaigns=["FBY"])
    told = await http.ok("getStocks", {"withTurnover": True}, query={"limit": 100})
    seen = [offer["turnoverSummary"] for offer in told["result"]["warehouses"][0]["offers"]]
    spans = {"LOW": (120, 160), "ALMOST_LOW": (100, 120), "HIGH": (45, 100), "VERY_HIGH": (0, 45)}
    assert {each["turnover"] for each in seen} == {*spans, "NO_SALES", "FREE_STORE"}
    for each in seen:
        least, most = spans.get(each["turnover"], (0, 160))
        assert least <= each.get("turnoverDays", 0) < most


async def test_a_store_of_the_market_takes_no_stocks(open_sandbox):
    sandbox, http = await open_sandbox(offers=1, campaigns=["FBY"])
    body = {"skus": [{"sku": "A", "items": [{"count": 1}]}]}
    status, message = await http.refused("updateStocks", body)
    assert (status, message) == (400, "Campaign type is not allowed. Allowed campaign types: 'FBS, DBS, EXPRESS'")
    assert sandbox.stocks.warehouse_ids == []


async def test_stocks_can_be_filtered(open_sandbox):
    sandbox, http = await open_sandbox(offers=60)
    warehouse_id = sandbox.stocks.warehouse_ids[0]

    async def skus(**body):
        query = {} if "offerIds" in body else {"limit": 100}
        warehouses = (await http.ok("getStocks", body, query=query))["result"]["warehouses"]
        return [offer["offerId"] for each in warehouses for offer in each["offers"]]

    empty = sandbox.offer_ids(statuses=["NO_STOCKS"])
    archived = sandbox.offer_ids(statuses=["ARCHIVED"])
    assert await skus(hasStocks=False) == empty
    assert await skus(archived=True) == archived
    assert len(await skus(archived=False)) == 60 - len(archived)
    assert await skus() == await skus(archived=False)
    assert await skus(offerIds=archived) == archived
    assert await skus(stocksWarehouseId=1) == []
    for wanted, expected in ((True, archived), (False, None)):
        body = {"partnerWarehouseId": warehouse_id, "archived": wanted}
        found = (await http.ok("getStocksOnPartnerWarehouses", body, query={"limit": 100}))["result"]["offers"]
        shown = [each["offerId"] for each in found]
        assert shown == expected if expected else not set(shown) & set(archived)
    cut = await http.ok("getStocks", {}, query={"limit": 5_000})
    assert len(cut["result"]["warehouses"][0]["offers"]) == 60 - len(archived)


async def test_pages_of_stocks_follow_each_other(open_sandbox):
    sandbox, http = await open_sandbox(offers=60)
    first = (await http.ok("getStocks", {}, query={"limit": 40}))["result"]
    rest = (await http.ok("getStocks", {}, query={"limit": 40, "pageToken": first["paging"]["nextPageToken"]}))[
        "result"
    ]
    skus = [offer["offerId"] for page in (first, rest) for offer in page["warehouses"][0]["offers"]]
    assert skus == [sku for sku in sandbox.offer_ids() if sku not in sandbox.offer_ids(statuses=["ARCHIVED"])]
    assert rest["paging"] == {}


@pytest.mark.parametrize("seconds", [60, -90_000])
async def test_stocks_of_another_time_are_refused(shop, seconds):
    sandbox, http = shop
    words = "should not be in the future" if seconds > 0 else "should not be older than a day"
    item = {"count": 1, "updatedAt": at(sandbox, seconds)}
    expected = (400, f"Stock for 'ЛАМПА' {words}")
    assert await http.refused("updateStocks", {"skus": [{"sku": "ЛАМПА", "items": [item]}]}) == expected
    one = item | {"sku": "ЛАМПА", "partnerWarehouseId": sandbox.stocks.warehouse_ids[0]}
    assert await http.refused("updateStocksOnPartnerWarehouses", {"skuItems": [one]}) == expected


async def test_a_product_that_comes_twice_refuses_the_request(shop):
    sandbox, http = shop
    warehouse_id = sandbox.stocks.warehouse_ids[0]
    expected = (400, f"Duplicate shop-sku 'ЛАМПА' for warehouse '{warehouse_id}'")
    twice = [{"sku": sku, "items": [{"count": 1}]} for sku in ("ЛАМПА", " ЛАМПА")]
    assert await http.refused("updateStocks", {"skus": twice}) == expected
    items = [{"sku": "ЛАМПА", "partnerWarehouseId": warehouse_id, "count": count} for count in (1, 2)]
    assert await http.refused("updateStocksOnPartnerWarehouses", {"skuItems": items}) == expected


async def test_a_warehouse_that_is_not_there_is_404(shop):
    _, http = shop
    expected = (404, "Failed to find ['WAREHOUSE'] with id ['1']")
    assert await http.refused("getStocksOnPartnerWarehouses", {"partnerWarehouseId": 1}) == expected
    item = {"sku": "A", "partnerWarehouseId": 1, "count": 1}
    assert await http.refused("updateStocksOnPartnerWarehouses", {"skuItems": [item]}) == expected
    body = {"partnerWarehouseId": 1, "model": "FBS", "enabled": False}
    assert await http.refused("updateWarehouseModelStatus", body) == expected


# Warehouses.


async def test_warehouses_without_groups_are_told_by_each_version(shop):
    sandbox, http = shop
    ids = sandbox.stocks.warehouse_ids
    old = (await http.ok("getWarehouses"))["result"]
    assert ([each["id"] for each in old["warehouses"]], old["warehouseGroups"]) == (ids, [])
    assert [each["express"] for each in old["warehouses"]] == [False, True]
    paged = (await http.ok("getPagedWarehouses", {}))["result"]["warehouses"]
    assert [each["id"] for each in paged] == ids
    assert not {"address", "status", "groupInfo"} & set(paged[0])
    more = {"components": ["ADDRESS", "STATUS"], "campaignIds": [sandbox.campaign_id]}
    (only,) = (await http.ok("getPagedWarehouses", more))["result"]["warehouses"]
    assert only["status"] == {"status": "OTHER"}
    assert only["address"]["city"]
    newest = (await http.ok("getPartnerWarehouses", {}))["result"]["warehouses"]
    assert [each["models"][0]["placementType"] for each in newest] == ["FBS", "EXPRESS"]
    (one,) = (await http.ok("getPartnerWarehouses", {"warehouseIds": ids[:1], "components": ["ADDRESS"]}))["result"][
        "warehouses"
    ]
    assert one["address"] == only["address"]
    sandbox.inactive.add(sandbox.campaign_id)
    newest = (await http.ok("getPartnerWarehouses", {}))["result"]["warehouses"]
    assert newest[0]["models"][0]["apiAvailability"] == "DISABLED_BY_INACTIVITY"


async def test_stores_of_others_are_403(shop):
    sandbox, http = shop
    body = {"campaignIds": [5, sandbox.campaign_id, 6]}
    assert await http.refused("getPagedWarehouses", body) == (403, "No access to campaigns: '5, 6'")
    assert await http.refused("getFulfillmentWarehouses", query={"campaignId": 5}) == (404, "Campaign not found '5'")
    await http.ok("getFulfillmentWarehouses", query={"campaignId": sandbox.campaign_id})


async def test_a_group_has_the_same_stocks_in_all_its_warehouses(open_sandbox):
    sandbox, http = await open_sandbox(offers=5, campaigns=["FBS", "DBS"], warehouse_groups=True)
    sandbox.products.add("ЛАМПА")
    one, other = sandbox.stocks.warehouse_ids
    await http.ok("updateStocks", {"skus": [{"sku": "ЛАМПА", "items": [{"count": 7}]}]})
    assert await stocks(http, sandbox.campaign_ids[1]) == {other: {"FIT": 7, "AVAILABLE": 7}}
    (group,) = (await http.ok("getWarehouses"))["result"]["warehouseGroups"]
    assert (group["mainWarehouse"]["id"], len(group["warehouses"])) == (one, 2)
    paged = (await http.ok("getPagedWarehouses", {}))["result"]["warehouses"]
    assert {each["groupInfo"]["name"] for each in paged} == {group["name"]}


async def test_methods_for_single_warehouses_are_not_for_groups(open_sandbox):
    sandbox, http = await open_sandbox(offers=5, warehouse_groups=True)
    warehouse_id = sandbox.stocks.warehouse_ids[0]
    assert (await http.ok("getPartnerWarehouses", {}))["result"]["warehouses"] == []
    status, message = await http.refused("getStocksOnPartnerWarehouses", {"partnerWarehouseId": warehouse_id})
    assert status == 400
    assert "is in a group" in message


async def switch(http, enabled):
    return (await http.ok("updateWarehouseStatus", {"enabled": enabled}))["result"]["status"]


async def test_a_warehouse_that_is_off_takes_its_products_with_it_after_a_quarter_of_an_hour(shop):
    sandbox, http = shop
    store, other = sandbox.campaign_id, sandbox.campaign_ids[2]
    before = sandbox.offer_ids(statuses=["PUBLISHED"])
    assert await switch(http, False) == "DISABLED_MANUALLY"
    assert (await http.ok("getPagedWarehouses", {"components": ["STATUS"]}))["result"]["warehouses"][0]["status"] == {
        "status": "DISABLED_MANUALLY"
    }
    sandbox.tick(899)
    assert sandbox.offer_ids(statuses=["PUBLISHED"]) == before
    sandbox.tick(1)
    assert sandbox.offer_ids(statuses=["PUBLISHED"]) == []
    assert sandbox.products.get("ЛАМПА").statuses[store] == "NO_STOCKS"
    assert sandbox.products.get("ЛАМПА").statuses[other] == "PUBLISHED"
    assert await switch(http, True) == "OTHER"
    assert await switch(http, True) == "OTHER"
    sandbox.tick(900)
    assert sandbox.offer_ids(statuses=["PUBLISHED"]) == before


async def test_after_a_month_off_products_come_back_after_four_hours(shop):
    sandbox, http = shop
    before = sandbox.offer_ids(statuses=["PUBLISHED"])
    await switch(http, False)
    sandbox.tick(30 * 86_400)
    await switch(http, True)
    sandbox.tick(4 * 3_600 - 1)
    assert sandbox.offer_ids(statuses=["PUBLISHED"]) == []
    sandbox.tick(1)
    assert sandbox.offer_ids(statuses=["PUBLISHED"]) == before


async def test_a_warehouse_that_is_on_again_in_time_is_never_missed(shop):
    sandbox, http = shop
    before = sandbox.offer_ids(statuses=["PUBLISHED"])
    await switch(http, False)
    sandbox.tick(60)
    await switch(http, True)
    sandbox.tick(850)
    assert sandbox.offer_ids(statuses=["PUBLISHED"]) == before


async def test_a_model_of_a_warehouse_is_switched_by_the_newest_version(shop):
    sandbox, http = shop
    body = {"partnerWarehouseId": sandbox.stocks.warehouse_ids[0], "model": "FBS", "enabled": False}
    answer = await http.ok("updateWarehouseModelStatus", body)
    assert answer["result"] == {"status": "DISABLED_MANUALLY"}
    sandbox.tick(900)
    assert sandbox.offer_ids(statuses=["PUBLISHED"]) == []
    status, message = await http.refused("updateWarehouseModelStatus", body | {"model": "DBS"})
    assert (status, message) == (400, f"Warehouse '{body['partnerWarehouseId']}' has no model 'DBS'")


# The hands of a test.


def test_an_order_takes_pieces_and_gives_them_back(shop_of_one):
    stocks_, campaign_id = shop_of_one.stocks, shop_of_one.campaign_id
    assert stocks_.take("ЛАМПА", 4, campaign_id=campaign_id)
    assert not stocks_.take("ЛАМПА", 7, campaign_id=campaign_id)
    assert stocks_.get("ЛАМПА") == 6
    assert stocks_.take("ЛАМПА", -4, campaign_id=campaign_id)
    assert stocks_.get("ЛАМПА") == 10
    assert not stocks_.take("нет такого", 1, campaign_id=campaign_id)


@pytest.fixture
def shop_of_one():
    sandbox = Sandbox(offers=3)
    sandbox.products.add("ЛАМПА")
    return sandbox


def test_a_store_of_the_market_sells_from_its_main_warehouse():
    sandbox = Sandbox(offers=3, campaigns=["FBY"])
    sandbox.products.add("ЛАМПА")
    assert sandbox.stocks.take("ЛАМПА", 4, campaign_id=sandbox.campaign_id)
    assert sandbox.stocks.get("ЛАМПА") == 6


def test_mistakes_of_a_test_are_errors(shop_of_one):
    for wrong, error in (
        (lambda: shop_of_one.stocks.set("нет такого", 1), LookupError),
        (lambda: shop_of_one.stocks.set("ЛАМПА", 1, warehouse_id=1), LookupError),
        (lambda: shop_of_one.stocks.set("ЛАМПА", -1), ValueError),
        (lambda: shop_of_one.stocks.get("нет такого"), LookupError),
    ):
        with pytest.raises(error):
            wrong()

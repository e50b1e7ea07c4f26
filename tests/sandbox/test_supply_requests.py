"""Supplies to warehouses of the Market, and the pick-up points of the Market."""

import pytest

from yamarket_async.sandbox.moments import DAY, iso


@pytest.fixture
async def store(open_sandbox):
    return await open_sandbox(offers=20, campaigns=["FBY", "FBY", "FBS"])


async def requests(http, json=None, **query):
    return await http.post(f"{http.campaign}/supply-requests", json, **query)


async def one(http, supply_id: int):
    (found,) = (await requests(http, {"requestIds": [supply_id]})).json["result"]["requests"]
    return found


async def test_a_supply_goes_through_its_life_by_the_clock(store):
    sandbox, http = store
    skus = sandbox.offer_ids()[:4]
    supply_id = sandbox.supplies.create(dict.fromkeys(skus, 10))
    made = await one(http, supply_id)
    assert (made["type"], made["status"], made["counters"]) == ("SUPPLY", "CREATED", {"planCount": 40})
    seen = ["CREATED"]
    for _ in range(6):
        sandbox.tick(DAY)
        status = (await one(http, supply_id))["status"]
        seen += [status] if status != seen[-1] else []
    assert seen == ["CREATED", "ACCEPTED_BY_WAREHOUSE_SYSTEM", "ARRIVED_TO_SERVICE", "WAREHOUSE_HANDLING", "FINISHED"]
    done = await one(http, supply_id)
    assert done["counters"]["factCount"] + done["counters"]["shortageCount"] == 40
    assert done["updatedAt"] > made["updatedAt"]


async def test_the_products_of_a_supply(store):
    sandbox, http = store
    skus = sandbox.offer_ids()[:3]
    supply_id = sandbox.supplies.create(dict(zip(skus, (1, 2, 3), strict=True)))
    path, body = f"{http.campaign}/supply-requests/items", {"requestId": supply_id}
    first = await http.post(path, body, limit=2)
    rest = await http.post(path, body, limit=2, pageToken=first.next_token)
    items = first.json["result"]["items"] + rest.json["result"]["items"]
    assert [(item["offerId"], item["counters"]) for item in items] == [
        (sku, {"planCount": count}) for sku, count in zip(skus, (1, 2, 3), strict=True)
    ]
    assert all(item["price"]["value"] > 0 for item in items)
    sandbox.tick(5 * DAY)
    items = (await http.post(path, body)).json["result"]["items"]
    for item in items:
        counters = item["counters"]
        assert counters["factCount"] + counters["shortageCount"] == counters["planCount"]


async def test_the_documents_of_a_supply_can_be_fetched(store):
    sandbox, http = store
    supply_id = sandbox.supplies.create({sandbox.offer_ids()[0]: 5})
    path, body = f"{http.campaign}/supply-requests/documents", {"requestId": supply_id}
    kinds = [each["type"] for each in (await http.post(path, body)).json["result"]["documents"]]
    assert kinds == ["SUPPLY", "CARGO_UNITS"]
    sandbox.tick(5 * DAY)
    documents = (await http.post(path, body)).json["result"]["documents"]
    assert [each["type"] for each in documents] == [*kinds, "ACT_OF_RECEPTION_TRANSFER"]
    async with http.session.get(documents[0]["url"]) as response:
        assert (response.status, response.content_type) == (200, "application/pdf")
        assert (await response.read()).startswith(b"%PDF")
    sandbox.reset()
    async with http.session.get(documents[0]["url"]) as response:
        assert response.status == 404


async def test_supplies_are_listed_by_filters_in_any_order(store):
    sandbox, http = store
    now = sandbox.now()
    withdrawal = sandbox.supplies.create({sandbox.offer_ids()[0]: 5}, kind="WITHDRAW")

    async def ids(**filters):
        return [each["id"]["id"] for each in (await requests(http, filters)).json["result"]["requests"]]

    everything = await ids()
    assert everything == sandbox.supplies.ids(sandbox.campaign_id)
    assert withdrawal in await ids(requestTypes=["WITHDRAW"])
    assert withdrawal in await ids(requestSubtypes=["DEFAULT"])
    # This is disposal that the store asked for.
    assert await ids(requestSubtypes=["PLAN_BY_SUPPLIER"]) == await ids(requestTypes=["UTILIZATION"])
    assert withdrawal in await ids(requestStatuses=["CREATED"])
    assert withdrawal not in await ids(requestStatuses=["FINISHED"])
    assert withdrawal in await ids(requestDateFrom=iso(now + 2 * DAY))
    assert withdrawal not in await ids(requestDateTo=iso(now + 2 * DAY))
    for attribute in ("ID", "REQUESTED_DATE", "UPDATED_AT", "STATUS"):
        up, down = [
            await ids(sorting={"attribute": attribute, "direction": direction}) for direction in ("ASC", "DESC")
        ]
        assert sorted(up) == sorted(down) == sorted(everything)
    assert (await ids(sorting={"attribute": "ID", "direction": "DESC"})) == everything[::-1]
    first = await requests(http, limit=4)
    rest = await requests(http, limit=4, pageToken=first.next_token)
    both = first.json["result"]["requests"] + rest.json["result"]["requests"]
    assert [each["id"]["id"] for each in both] == everything


async def test_a_supply_goes_on_or_is_cancelled_when_told(store):
    sandbox, http = store
    supply_id = sandbox.supplies.create({sandbox.offer_ids()[0]: 5}, kind="UTILIZATION")
    assert [sandbox.supplies.advance(supply_id) for _ in range(4)] == [
        "VALIDATED",
        "READY_FOR_UTILIZATION",
        "FINISHED",
        "FINISHED",
    ]
    other = sandbox.supplies.create({sandbox.offer_ids()[0]: 5})
    sandbox.supplies.cancel(other)
    assert (await one(http, other))["status"] == "CANCELLED"


async def test_supplies_that_are_not_there_or_of_another_store(store):
    sandbox, http = store
    foreign = sandbox.supplies.ids(sandbox.campaign_ids[1])[0]
    for name in ("items", "documents"):
        path = f"{http.campaign}/supply-requests/{name}"
        missing = await http.post(path, {"requestId": 1})
        assert (missing.status, missing.message) == (404, "Supply request not found.")
        refused = await http.post(path, {"requestId": foreign})
        assert (refused.status, refused.message) == (
            403,
            "The partner does not have access to the supply request.",
        )


async def test_barcodes_of_a_supply(store):
    sandbox, http = store
    supply_id = sandbox.supplies.create({sandbox.offer_ids()[0]: 2})
    body = {"campaignId": sandbox.campaign_id, "barcodeFormat": "F_30_20", "supplyRequestId": supply_id}
    report = (await http.post("/v1/reports/documents/barcodes/generate", body)).json["result"]
    sandbox.tick(5)
    told = (await http.get(f"/v2/reports/info/{report['reportId']}")).json["result"]
    async with http.session.get(told["file"]) as response:
        assert (await response.read()).count(b"/Contents") == 2


def test_what_can_not_be_supplied(unopened):
    with pytest.raises(ValueError, match="must be a store of the model FBY or LAAS"):
        unopened.supplies.create({})
    with pytest.raises(ValueError, match="kind='GIFT'"):
        unopened.supplies.create({}, kind="GIFT")
    with pytest.raises(LookupError, match="supply_id=1"):
        unopened.supplies.advance(1)


async def test_supplies_over_http(store):
    sandbox, http = store
    unknown = await http.post("/__sandbox/supplies/create", {"offers": {"nobody's": 1}})
    assert (unknown.status, "there is no such product" in unknown.json["error"]) == (400, True)
    created = await http.post("/__sandbox/supplies/create", {"offers": {sandbox.offer_ids()[0]: 1}})
    assert created.json["result"] in sandbox.supplies.ids(sandbox.campaign_id)


async def test_pick_up_points_come_in_pages_and_stay_the_same(open_sandbox):
    sandbox, http = await open_sandbox(campaigns=["LAAS"])
    path = f"/v1/businesses/{sandbox.business_id}/logistics-points"
    points, query = [], {}
    for _ in range(3):
        answer = await http.post(path, limit=250, **query)
        points += answer.json["result"]["logisticPoints"]
        query = {"pageToken": answer.next_token}
    assert answer.next_token is None
    assert len({point["logisticPointId"] for point in points}) == 600
    again = await http.post(path, limit=250)
    assert again.json["result"]["logisticPoints"] == points[:250]

"""The quality index of the stores."""

import pytest

from yamarket_async.sandbox.moments import day, days_after


@pytest.fixture
async def store(open_sandbox):
    return await open_sandbox(offers=5, campaigns=["FBS", "FBY", "DBS", "EXPRESS", "LAAS"])


async def ratings(http, **body):
    return await http.post(f"{http.business}/ratings/quality", body)


async def test_the_index_is_told_for_each_store_and_day(store):
    sandbox, http = store
    today = day(sandbox.now())
    period = {"dateFrom": days_after(today, -3).isoformat(), "dateTo": today.isoformat()}
    ids = list(sandbox.campaign_ids[::-1])
    told = (await ratings(http, campaignIds=ids, **period)).json["result"]["campaignRatings"]
    assert [each["campaignId"] for each in told] == ids
    for each in told:
        days = [one["calculationDate"] for one in each["ratings"]]
        assert days == [days_after(today, -number).isoformat() for number in (3, 2, 1, 0)]
        assert all(0 <= one["rating"] <= 100 for one in each["ratings"])
    again = (await ratings(http, campaignIds=ids, **period)).json["result"]["campaignRatings"]
    assert again == told
    (alone,) = (await ratings(http, campaignIds=ids[:1])).json["result"]["campaignRatings"]
    assert alone["ratings"] == told[0]["ratings"][-1:]


async def test_an_order_spoils_the_index(store):
    sandbox, http = store
    today = [sandbox.campaign_id]
    before = (await ratings(http, campaignIds=today)).json["result"]["campaignRatings"][0]["ratings"][0]
    details = f"{http.campaign}/ratings/quality/details"
    assert (await http.post(details)).json["result"] == {"affectedOrders": []}
    sandbox.ratings.blame(4711, "FBS_LATE_SHIP_RATE", description="Опоздание на день.")
    after = (await ratings(http, campaignIds=today)).json["result"]["campaignRatings"][0]["ratings"][0]
    assert after["rating"] < before["rating"]
    assert (await http.post(details)).json["result"]["affectedOrders"] == [
        {"orderId": 4711, "description": "Опоздание на день.", "componentType": "FBS_LATE_SHIP_RATE"}
    ]
    body = {"order_id": 5, "component": "FBS_LATE_SHIP_RATE"}
    assert (await http.post("/__sandbox/ratings/blame", body)).status == 200


async def test_what_is_refused(store):
    sandbox, http = store
    today = day(sandbox.now())
    foreign = await ratings(http, campaignIds=[sandbox.campaign_id, 1])
    assert (foreign.status, foreign.message) == (403, "No access to campaigns: '1'")
    for period in (
        {"dateFrom": days_after(today, -31).isoformat()},
        {"dateTo": days_after(today, 1).isoformat()},
        {"dateFrom": today.isoformat(), "dateTo": days_after(today, -1).isoformat()},
    ):
        answer = await ratings(http, campaignIds=[sandbox.campaign_id], **period)
        assert (answer.status, "within the last 30 days" in answer.message) == (400, True)
    with pytest.raises(ValueError, match="has FBS_CANCELLATION_RATE, FBS_LATE_SHIP_RATE"):
        sandbox.ratings.blame(1, "DBS_LATE_DELIVERY_RATE")
    with pytest.raises(ValueError, match="store 5 has none"):
        sandbox.ratings.blame(1, "DBS_LATE_DELIVERY_RATE", campaign_id=5)

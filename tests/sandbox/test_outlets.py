"""Outlets and their licenses: what is written is read, and what the Market doesn't take."""

import pytest

ADDRESS = {"regionId": 213, "street": "Мира", "number": "1"}
SCHEDULE = {"scheduleItems": [{"startDay": "MONDAY", "endDay": "FRIDAY", "startTime": "10:00", "endTime": "19:00"}]}
OUTLET = {
    "name": "Пункт на Мира",
    "type": "DEPOT",
    "coords": "37.588144, 55.733842",
    "shopOutletCode": "mira-1",
    "address": ADDRESS,
    "phones": ["+7 (999) 999-99-99#1234"],
    "workingSchedule": SCHEDULE,
    "deliveryRules": [{"minDeliveryDays": 1, "maxDeliveryDays": 3, "priceFreePickup": 1999.5}],
}


@pytest.fixture
async def store(open_sandbox):
    return await open_sandbox(offers=5, campaigns=["DBS", "DBS", "FBS"])


def path(http, *rest: object) -> str:
    return "/".join([f"{http.campaign}/outlets", *map(str, rest)])


async def create(http, **changed):
    return await http.post(path(http), OUTLET | changed)


async def created(http, **changed) -> int:
    answer = await create(http, **changed)
    assert answer.status == 200, answer.body
    return answer.json["result"]["id"]


async def read(http, outlet_id: int):
    return (await http.get(path(http, outlet_id))).json["outlet"]


async def test_an_outlet_that_is_made_is_read_and_looked_at(store):
    sandbox, http = store
    outlet_id = await created(http)
    outlet = await read(http, outlet_id)
    assert {name: outlet[name] for name in OUTLET} == OUTLET
    assert (outlet["id"], outlet["status"], outlet["region"]["name"]) == (outlet_id, "AT_MODERATION", "Москва")
    sandbox.tick(3_600)
    assert (await read(http, outlet_id))["status"] == "MODERATED"
    sandbox.outlets.refuse(outlet_id, "Нет такого дома.")
    refused = await read(http, outlet_id)
    assert (refused["status"], refused["moderationReason"]) == ("FAILED", "Нет такого дома.")


async def test_an_outlet_is_changed_as_a_whole(store):
    sandbox, http = store
    outlet_id = await created(http, storagePeriod=5)
    sandbox.outlets.refuse(outlet_id)
    changed = await http.send("PUT", path(http, outlet_id), json=OUTLET | {"name": "Новый"})
    assert changed.json == {"status": "OK"}
    outlet = await read(http, outlet_id)
    assert (outlet["name"], outlet["status"]) == ("Новый", "AT_MODERATION")
    assert "storagePeriod" not in outlet
    assert "moderationReason" not in outlet


async def test_an_outlet_is_deleted_with_its_licenses(store):
    _, http = store
    outlet_id, other = await created(http), await created(http, shopOutletCode="other")
    await http.post(path(http, "licenses"), {"licenses": [license_of(outlet_id), license_of(other)]})
    assert (await http.send("DELETE", path(http, outlet_id))).json == {"status": "OK"}
    for method in ("GET", "DELETE"):
        gone = await http.send(method, path(http, outlet_id))
        assert (gone.status, gone.message) == (404, f"Outlet not found: '{outlet_id}'")
    left = await http.get(path(http, "licenses"), outletIds=f"{outlet_id},{other}")
    assert [each["outletId"] for each in left.json["result"]["licenses"]] == [other]


async def test_outlets_are_listed_by_code_and_region_and_in_pages(store):
    sandbox, http = store
    kazan = await created(http, address=ADDRESS | {"regionId": 43}, shopOutletCode="kazan")

    async def ids(**query):
        return [outlet["id"] for outlet in (await http.get(path(http), **query)).json["outlets"]]

    assert await ids() == sandbox.outlets.ids(sandbox.campaign_id)
    assert await ids(shop_outlet_code="kazan") == [kazan]
    assert await ids(region_id=40) == [kazan]
    assert kazan not in await ids(region_id=1)
    assert len(await ids(region_id=225)) == 4
    first = await http.get(path(http), limit=3)
    token = first.json["paging"]["nextPageToken"]
    rest = await http.get(path(http), limit=3, page_token=token)
    pages = [outlet["id"] for page in (first, rest) for outlet in page.json["outlets"]]
    assert pages == sandbox.outlets.ids(sandbox.campaign_id)


async def test_an_outlet_of_another_store_is_not_found(store):
    sandbox, http = store
    foreign = sandbox.outlets.ids(sandbox.campaign_ids[1])[0]
    assert (await http.get(path(http, foreign))).status == 404


async def test_outlets_are_for_stores_that_deliver_themselves(store):
    sandbox, http = store
    answer = await http.get(f"/v2/campaigns/{sandbox.campaign_ids[2]}/outlets")
    assert (answer.status, answer.message) == (
        400,
        "Campaign type is not allowed. Allowed campaign types: 'DBS'",
    )


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"address": {"regionId": 225}}, "Region 'Россия' cannot be used as outlet region"),
        ({"address": {"regionId": 5}}, "Region '5' cannot be used as outlet region"),
        ({"coords": "Москва"}, "Wrong outlet gps coordinates"),
        ({"coords": "55.7, 137.5"}, "Wrong outlet gps coordinates"),
        ({"coords": "37.5 95.7"}, "Wrong outlet gps coordinates"),
        ({"shopOutletCode": "outlet-1"}, "Outlet with code 'outlet-1' already exists for campaign '21007000'"),
        ({"deliveryRules": None}, "Not valid outlet info: 'deliveryRules must not be empty'"),
        ({"phones": ["12"]}, "Not valid outlet info: 'wrong phone 12'"),
        ({"deliveryRules": [{"minDeliveryDays": 0, "maxDeliveryDays": 3}]}, "datediff-is-to-big-local"),
        (
            {"deliveryRules": [{"minDeliveryDays": 3, "maxDeliveryDays": 1}]},
            "Not valid outlet info: 'maxDeliveryDays must not be less than minDeliveryDays'",
        ),
        (
            {"address": ADDRESS | {"regionId": 43}, "deliveryRules": [{"minDeliveryDays": 10, "maxDeliveryDays": 15}]},
            "datediff-is-to-big-remote",
        ),
        (
            {"address": ADDRESS | {"regionId": 43}, "deliveryRules": [{"minDeliveryDays": 21, "maxDeliveryDays": 43}]},
            "datediff-is-to-big-long-period",
        ),
        (
            {"deliveryRules": [{"minDeliveryDays": 1}]},
            "Not valid outlet info: 'either minDeliveryDays and maxDeliveryDays or unspecifiedDeliveryInterval must be "
            "specified'",
        ),
        (
            {"deliveryRules": [{"unspecifiedDeliveryInterval": True, "minDeliveryDays": 1}]},
            "Not valid outlet info: 'either minDeliveryDays and maxDeliveryDays or unspecifiedDeliveryInterval must be "
            "specified'",
        ),
    ],
)
async def test_outlets_that_are_not_taken(store, changed, message):
    _, http = store
    answer = await create(http, **changed)
    assert (answer.status, answer.message) == (400, message)


@pytest.mark.parametrize(
    "changed",
    [
        {"deliveryRules": [{"unspecifiedDeliveryInterval": True}]},
        {"type": "RETAIL", "deliveryRules": [{"orderBefore": 12}]},
        {"type": "RETAIL", "deliveryRules": None, "coords": None, "shopOutletCode": None},
        {"address": ADDRESS | {"regionId": 43}, "deliveryRules": [{"minDeliveryDays": 21, "maxDeliveryDays": 42}]},
        {"address": ADDRESS | {"regionId": 43}, "deliveryRules": [{"minDeliveryDays": 10, "maxDeliveryDays": 14}]},
    ],
)
async def test_outlets_that_are_taken(store, changed):
    _, http = store
    assert await read(http, await created(http, **changed))


def license_of(outlet_id: int, **changed):
    days = {"dateOfIssue": "2025-11-13T00:00:00+03:00", "dateOfExpiry": "2028-11-20T00:00:00+03:00"}
    return {"outletId": outlet_id, "licenseType": "ALCOHOL", "number": "77-АЛ-1"} | days | changed


async def test_a_license_is_written_checked_changed_and_deleted(store):
    sandbox, http = store
    outlet_id = await created(http)
    licenses = path(http, "licenses")
    assert (await http.post(licenses, {"licenses": [license_of(outlet_id)]})).json == {"status": "OK"}

    async def one():
        (found,) = (await http.get(licenses, outletIds=outlet_id)).json["result"]["licenses"]
        return found

    first = await one()
    assert (first["number"], first["checkStatus"]) == ("77-АЛ-1", "NEW")
    sandbox.tick(3_600)
    assert (await one())["checkStatus"] == "SUCCESS"
    sandbox.outlets.refuse_license(first["id"], "Нет в реестре.")
    refused = await one()
    assert (refused["checkStatus"], refused["checkComment"]) == ("FAIL", "Нет в реестре.")
    await http.post(licenses, {"licenses": [license_of(outlet_id, id=first["id"], number="77-АЛ-2")]})
    changed = await one()
    assert (changed["id"], changed["number"], changed["checkStatus"]) == (first["id"], "77-АЛ-2", "NEW")
    assert (await http.get(licenses, ids=first["id"])).json["result"]["licenses"] == [changed]
    assert (await http.send("DELETE", licenses, query={"ids": f"{first['id']},5"})).json == {"status": "OK"}
    assert (await http.get(licenses, ids=first["id"])).json["result"]["licenses"] == []


async def test_a_new_license_takes_no_place_of_another(store):
    sandbox, http = store
    one, two, three = sandbox.outlets.ids(sandbox.campaign_id)
    licenses = path(http, "licenses")
    await http.post(licenses, {"licenses": [license_of(one), license_of(two)]})
    (first,) = (await http.get(licenses, outletIds=one)).json["result"]["licenses"]
    await http.send("DELETE", licenses, query={"ids": first["id"]})
    await http.post(licenses, {"licenses": [license_of(three)]})
    left = (await http.get(licenses, outletIds=f"{one},{two},{three}")).json["result"]["licenses"]
    assert [each["outletId"] for each in left] == [two, three]


async def test_licenses_that_are_not_taken(store):
    _, http = store
    outlet_id, licenses = await created(http), path(http, "licenses")
    good = license_of(outlet_id)
    for bad, status, message in (
        (license_of(1), 404, "Outlet not found: '1'"),
        (license_of(outlet_id, id=5), 404, "Failed to find ['license'] with id ['5']"),
        (
            license_of(outlet_id, dateOfExpiry="2025-11-13T00:00:00+05:00"),
            400,
            "'licenses[1].dateOfExpiry' must be greater than or equal to 'dateOfIssue'",
        ),
    ):
        answer = await http.post(licenses, {"licenses": [good, bad]})
        assert (answer.status, answer.message) == (status, message)
    assert (await http.get(licenses, outletIds=outlet_id)).json["result"]["licenses"] == []
    refused = await http.get(licenses)
    assert (refused.status, refused.message) == (400, "Exactly one of ids and outletIds must be specified")


async def test_a_license_may_be_for_one_day(store):
    _, http = store
    day = license_of(await created(http), dateOfExpiry="2025-11-13T00:00:00+03:00")
    assert (await http.post(path(http, "licenses"), {"licenses": [day]})).json == {"status": "OK"}


async def test_hands_over_http_know_only_what_there_is(store):
    sandbox, http = store
    body = {"campaign_id": sandbox.campaign_id}
    ids = (await http.post("/__sandbox/outlets/ids", body)).json["result"]
    assert ids == sandbox.outlets.ids(sandbox.campaign_id)
    assert (await http.post("/__sandbox/outlets/refuse", {"outlet_id": 1})).status == 400
    with pytest.raises(LookupError, match="license_id=1"):
        sandbox.outlets.refuse_license(1)

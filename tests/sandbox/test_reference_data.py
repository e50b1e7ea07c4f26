"""What the Market knows apart from products: categories, regions, tariffs, stores, settings, keys."""

import pytest

from yamarket_async import MarketClient
from yamarket_async.sandbox import Sandbox

LAMPS, ROOT = 13_314_796, 90_400
OFFER = {"categoryId": LAMPS, "price": 1_000, "length": 10, "width": 20, "height": 30, "weight": 2}


@pytest.fixture
async def http(open_sandbox):
    return (await open_sandbox(offers=10, campaigns=["FBS", "FBY", "DBS", "EXPRESS"], tier="none"))[1]


def leaves(category):
    children = category.get("children")
    return [leaf for child in children for leaf in leaves(child)] if children else [category["id"]]


async def test_products_have_leaves_of_the_tree(open_sandbox):
    _, http = await open_sandbox(offers=600)
    russian, english = [(await http.ok("getCategoriesTree", body))["result"] for body in ({}, {"language": "EN"})]
    assert (russian["id"], russian["name"], english["name"]) == (ROOT, "Все товары", "All goods")
    mappings = (await http.ok("getOfferMappings", {}, query={"limit": 100}))["result"]["offerMappings"]
    assert {each["offer"]["marketCategoryId"] for each in mappings} <= set(leaves(russian)) == set(leaves(english))


async def test_the_quantum_is_told_of_leaves_only(http):
    found = (await http.ok("getCategoriesMaxSaleQuantum", {"marketCategoryIds": [LAMPS]}))["results"]
    assert found[0]["id"] == LAMPS
    for asked, message in (
        ([LAMPS, 1, 2], "Unknown categories: '1, 2'"),
        ([LAMPS, ROOT], f"Following categories are not leaf categories: '{ROOT}'"),
    ):
        assert await http.refused("getCategoriesMaxSaleQuantum", {"marketCategoryIds": asked}) == (400, message)


async def tariffs(http, *offers, **parameters):
    body = {"parameters": parameters, "offers": list(offers or [OFFER])}
    return (await http.ok("calculateTariffs", body))["result"]["offers"]


async def test_tariffs_keep_the_order_and_tell_each_offer_again(http):
    sent = [OFFER | {"price": price} for price in (3_000, 1_000, 2_000)]
    found = await tariffs(http, *sent, sellingProgram="FBS")
    assert [each["offer"] for each in found] == sent
    fees = [[each["amount"] for each in offer["tariffs"] if each["type"] == "FEE"] for offer in found]
    assert [len(each) for each in fees] == [2, 2, 2]
    assert fees[0] == [3 * amount for amount in fees[1]]


async def test_services_follow_the_model(http):
    types = {
        model: {each["type"] for each in (await tariffs(http, sellingProgram=model))[0]["tariffs"]}
        for model in ("FBS", "FBY", "DBS", "EXPRESS")
    }
    assert "SORTING" in types["FBS"] - types["FBY"]
    assert "DELIVERY_TO_CUSTOMER" not in types["DBS"]
    assert "EXPRESS_DELIVERY" in types["EXPRESS"]
    store = {each["type"] for each in (await tariffs(http, campaignId=http.sandbox.campaign_id))[0]["tariffs"]}
    assert store == types["FBS"]


async def test_pieces_and_later_payment_change_what_services_cost(http):
    (one,), (two,) = [await tariffs(http, OFFER | {"quantity": count}, sellingProgram="FBS") for count in (1, 2)]
    assert [each["amount"] * 2 for each in one["tariffs"]] == [each["amount"] for each in two["tariffs"]]
    costs = []
    for parameters in ({}, {"frequency": "WEEKLY"}, {"frequency": "WEEKLY", "paymentDelayWeeks": 4}):
        (offer,) = await tariffs(http, sellingProgram="FBS", **parameters)
        costs += [each["amount"] for each in offer["tariffs"] if each["type"] == "PAYMENT_TRANSFER"]
    assert costs == sorted(costs, reverse=True)
    assert len(set(costs)) == 3


@pytest.mark.parametrize(
    ("parameters", "category_id", "expected"),
    [
        ({}, LAMPS, (400, "Exactly one of parameters campaignId or sellingProgram should be specified")),
        (
            {"campaignId": 5, "sellingProgram": "FBS"},
            LAMPS,
            (400, "Exactly one of parameters campaignId or sellingProgram should be specified"),
        ),
        ({"campaignId": 5}, LAMPS, (403, "No access to campaigns: '5'")),
        (
            {"sellingProgram": "FBS", "frequency": "DAILY", "paymentDelayWeeks": 4},
            LAMPS,
            (400, "Invalid parameter: payout frequency 'DAILY' and delay weeks '4' are not supported"),
        ),
        (
            {"sellingProgram": "FBS", "currency": "UZS"},
            LAMPS,
            (400, "Currency 'UZS' is not supported for tariff calculation"),
        ),
        ({"sellingProgram": "FBS"}, 1, (400, "Unknown categories: '1'")),
        ({"sellingProgram": "FBS"}, ROOT, (400, f"Following categories are not leaf categories: '{ROOT}'")),
    ],
)
async def test_what_can_not_be_calculated(http, parameters, category_id, expected):
    body = {"parameters": parameters, "offers": [OFFER | {"categoryId": category_id}]}
    assert await http.refused("calculateTariffs", body) == expected


@pytest.mark.parametrize("price", ["1e300", "1e-301", "1e999999999"])
async def test_numbers_that_no_double_holds_are_refused(http, price):
    body = f'{{"parameters":{{"sellingProgram":"FBS"}},"offers":[{{"categoryId":{LAMPS},"price":{price},'
    body += '"length":1,"width":1,"height":1,"weight":1}]}'
    headers = {"Api-Key": http.sandbox.api_key, "Content-Type": "application/json"}
    answer = await http.send("POST", "/v2/tariffs/calculate", headers=headers, data=body)
    assert (answer.status, answer.message) == (400, "Illegal input at 'offers[0].price'")


async def test_prices_without_end_are_calculated_too(http):
    (offer,) = await tariffs(http, OFFER | {"price": 10**25, "quantity": None}, sellingProgram="FBS")
    assert offer["offer"] == OFFER | {"price": 10**25}
    assert max(each["amount"] for each in offer["tariffs"]) > 10**24


async def test_regions_are_found_by_name_with_all_that_they_belong_to(http):
    found = (await http.ok("searchRegionsByName", query={"name": "Москва"}))["regions"]
    assert [each["id"] for each in found] == [1, 213]
    names, region = [], found[1]
    while region is not None:
        names.append(region["name"])
        region = region.get("parent")
    assert names[0], names[-1] == ("Москва", "Земля")
    # The Market minds the case.
    for name in ("нет такого", "москва"):
        assert (await http.ok("searchRegionsByName", query={"name": name}))["regions"] == []


async def test_regions_are_found_by_number(http):
    answer = await http.ok("searchRegionsById", ids={"regionId": 213})
    assert answer["regions"] == [answer["region"]]
    assert answer["region"]["type"] == "CITY"


async def test_a_region_comes_out_of_its_envelope():
    async with Sandbox(offers=0) as sandbox, MarketClient(sandbox.api_key, base_url=sandbox.url) as market:
        region = await market.search_regions_by_id(213)
        assert (region.id, region.name, region.type) == (213, "Москва", "CITY")
        assert region.parent is not None
        assert region.parent.id == 1


async def test_regions_tell_what_lies_in_them_page_by_page(http):
    whole = (await http.ok("searchRegionChildren", ids={"regionId": 225}))["regions"]
    first = await http.ok("searchRegionChildren", ids={"regionId": 225}, query={"limit": 4})
    token = first["paging"]["nextPageToken"]
    rest = await http.ok("searchRegionChildren", ids={"regionId": 225}, query={"limit": 4, "pageToken": token})
    assert first["regions"]["children"] + rest["regions"]["children"] == whole["children"]
    assert "children" not in (await http.ok("searchRegionChildren", ids={"regionId": 216}))["regions"]


@pytest.mark.parametrize("path", ["/v2/regions/5", "/v2/regions/5/children"])
async def test_a_region_that_is_not_there_is_404(http, path):
    answer = await http.get(path)
    assert (answer.status, answer.message) == (404, "Region '5' not found.")


async def test_countries_have_codes(http):
    found = (await http.ok("getRegionsCodes"))["countries"]
    assert {each["countryCode"]: each["region"]["name"] for each in found}["RU"] == "Россия"


async def test_the_settings_of_business_and_stores(http):
    business = (await http.ok("getBusinessSettings"))["result"]
    assert business["info"]["id"] == http.sandbox.business_id
    assert business["subscriptionLevel"] == "NONE"
    assert business["settings"] == {"onlyDefaultPrice": False, "currency": "RUR"}
    store = (await http.ok("getCampaignSettings"))["settings"]
    (first, *_) = (await http.ok("getCampaigns"))["campaigns"]
    assert store["shopName"] == first["domain"]
    assert store["localRegion"]["id"] == 213


async def test_a_key_is_told_its_name_and_accesses(open_sandbox):
    sandbox, http = await open_sandbox(offers=0, keys={"ACMA:" + "k" * 40 + ":12345678": ["pricing:read-only"]})
    assert (await http.ok("getAuthTokenInfo"))["result"]["apiKey"]["authScopes"] == ["ALL_METHODS"]
    other = await http.send("POST", "/v2/auth/token", headers={"Api-Key": "ACMA:" + "k" * 40 + ":12345678"}, json={})
    assert other.json["result"]["apiKey"]["authScopes"] == ["PRICING_READ_ONLY"]
    bearer = {"Authorization": f"Bearer {sandbox.oauth_token}"}
    refused = await http.send("POST", "/v2/auth/token", headers=bearer, json={})
    assert (refused.status, refused.message) == (401, "Api-Key token is not specified")

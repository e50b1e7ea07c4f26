"""Prices: set for all stores or for one, read back everywhere, kept in quarantine until they are confirmed."""

import pytest


@pytest.fixture
async def shop(open_sandbox):
    """Two stores with a product of 1 000 roubles."""
    sandbox, http = await open_sandbox(offers=60, campaigns=["FBS", "DBS"])
    sandbox.products.add("ЛАМПА")
    return sandbox, http


def price(offer_id="ЛАМПА", value=1_200, **fields):
    return {"offers": [{"offerId": offer_id, "price": {"value": value, "currencyId": "RUR", **fields}}]}


async def in_store(http, campaign_id, offer_id="ЛАМПА"):
    body, ids = {"offerIds": [offer_id]}, {"campaignId": campaign_id}
    (offer,) = (await http.ok("getCampaignOffers", body, ids=ids))["result"]["offers"]
    return offer


async def default(http, offer_id="ЛАМПА"):
    (offer,) = (await http.ok("getDefaultPrices", {"offerIds": [offer_id]}))["result"]["offers"]
    return offer.get("price")


async def test_a_price_for_all_stores_shows_in_every_method(shop):
    sandbox, http = shop
    assert await http.ok("updateBusinessPrices", price(discountBase=1_500, minimumForBestseller=900)) == {
        "status": "OK"
    }
    shown = await default(http)
    assert (shown["value"], shown["discountBase"], shown["minimumForBestseller"]) == (1_200, 1_500, 900)
    asked = {"offerIds": ["ЛАМПА"]}
    (mapping,) = (await http.ok("getOfferMappings", asked))["result"]["offerMappings"]
    assert mapping["offer"]["basicPrice"] == {name: shown[name] for name in mapping["offer"]["basicPrice"]}
    for campaign_id in sandbox.campaign_ids:
        offer = await in_store(http, campaign_id)
        assert offer["basicPrice"]["value"] == offer["campaignPrice"]["value"] == 1_200
        ids = {"campaignId": campaign_id}
        (own,) = (await http.ok("getPricesByOfferIds", asked, ids=ids))["result"]["offers"]
        assert own["price"] == {"value": 1_200, "discountBase": 1_500, "currencyId": "RUR"}
        (goods,) = (await http.ok("getGoodsStats", {"shopSkus": ["ЛАМПА"]}, ids=ids))["result"]["shopSkus"]
        assert goods["price"] == 1_200
    (advice,) = (await http.ok("getOfferRecommendations", asked))["result"]["offerRecommendations"]
    assert advice["offer"]["price"]["value"] == 1_200
    old = next(each for each in (await http.old_offers(pageSize=100)).json["offers"] if each["id"] == "ЛАМПА")
    assert (old["price"], old["preDiscountPrice"], old["discount"]) == (1_200, 1_500, 20)
    assert sandbox.prices.get("ЛАМПА") == 1_200


async def test_a_price_for_one_store_is_none_of_the_others(shop):
    sandbox, http = shop
    one, other = sandbox.campaign_ids
    await http.ok("updatePrices", {"offers": [{"offerId": "ЛАМПА", "price": {"value": 1_300.5, "vat": 6}}]})
    shown = await in_store(http, one)
    assert (shown["basicPrice"]["value"], shown["campaignPrice"]["value"]) == (1_000, 1_300.5)
    assert shown["campaignPrice"]["vat"] == 6
    assert (await in_store(http, other))["campaignPrice"]["value"] == 1_000
    (old,) = [
        each for each in (await http.ok("getPrices", query={"limit": 500}))["result"]["offers"] if each["id"] == "ЛАМПА"
    ]
    assert old["price"] == {"value": 1_300.5, "currencyId": "RUR", "vat": 6}
    assert old["marketSku"] > 0
    own, others = (sandbox.prices.get("ЛАМПА", campaign_id=campaign_id) for campaign_id in sandbox.campaign_ids)
    assert (float(own), others, sandbox.prices.get("ЛАМПА")) == (1_300.5, 1_000, 1_000)


async def test_an_update_replaces_the_whole_price(shop):
    _, http = shop
    await http.ok("updateBusinessPrices", price(discountBase=1_500, minimumForBestseller=900))
    await http.ok("updateBusinessPrices", price(value=1_250))
    assert not {"discountBase", "minimumForBestseller"} & set(await default(http))


async def test_a_price_of_a_product_that_is_not_there_is_passed_over(shop):
    _, http = shop
    assert await http.ok("updateBusinessPrices", price("нет такого")) == {"status": "OK"}


async def test_prices_show_after_a_while_where_that_is_wanted(open_sandbox):
    sandbox, http = await open_sandbox(offers=0, visible_after=120)
    sandbox.products.add("ЛАМПА")
    await http.ok("updateBusinessPrices", price())
    assert (await default(http))["value"] == 1_000
    sandbox.tick(119)
    assert sandbox.prices.get("ЛАМПА") == 1_000
    sandbox.tick(1)
    assert (await default(http))["value"] == 1_200


async def test_stores_that_have_the_default_price_only_give_423(open_sandbox):
    sandbox, http = await open_sandbox(offers=0, only_default_price=True)
    sandbox.products.add("ЛАМПА")
    assert await http.refused("updatePrices", price()) == (423, "Partner use only default price")
    settings = (await http.ok("getBusinessSettings"))["result"]["settings"]
    assert settings["onlyDefaultPrice"] is True
    await http.ok("updateBusinessPrices", price())


@pytest.mark.parametrize(
    ("offer", "message"),
    [
        ({"price": {"value": 1}}, "Missing offerId"),
        ({"offerId": "A"}, "Missing price value: offerId = 'A'"),
        ({"offerId": "A", "price": {"discountBase": 5}}, "Missing price value: offerId = 'A'"),
        ({"offerId": "A", "price": {"value": 10, "discountBase": 9}}, "discountBase is less than value: offerId = 'A'"),
        (
            {"offerId": "A", "price": {"value": 99, "discountBase": 100}},
            "offerId = 'A' should have valid discount value. Discount percentage must be between '5' and '99', "
            "actual '1'",
        ),
        ({"offerId": "A", "price": {"value": 1, "vat": 3}}, "Unrecognized vat: '3': offerId = 'A'"),
        (
            {"offerId": "A", "price": {"value": 1, "vat": 7}},
            "Vat setting of 'VAT_20' ('7') not supported for current 'OSN' ('0') taxSystem: 'A'",
        ),
    ],
)
async def test_prices_of_a_store_that_are_refused(shop, offer, message):
    _, http = shop
    assert await http.refused("updatePrices", {"offers": [offer]}) == (400, message)


async def test_a_product_that_comes_twice_refuses_the_request(shop):
    sandbox, http = shop
    twice = {"offers": price("ЛАМПА")["offers"] + price(" ЛАМПА ", 1_300)["offers"]}
    for operation in ("updatePrices", "updateBusinessPrices"):
        assert await http.refused(operation, twice) == (400, "Duplicate offer in request: offerId = 'ЛАМПА'")
    assert sandbox.prices.get("ЛАМПА") == 1_000


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {"discountBase": 1_210},
            "Offer at index '0' should have valid discount value. Discount percentage must be between '5' and '99', "
            "actual '1'",
        ),
        (
            {"currencyId": "UZS", "minimumForBestseller": 900},
            "Offer at index '0' should not have 'minimumForBestseller' with 'UZS' currency",
        ),
        ({"value": 1.12345678}, "Offer at index '0' should not have 'value' with too many digits"),
    ],
)
async def test_prices_for_all_stores_that_are_refused(shop, fields, message):
    sandbox, http = shop
    assert await http.refused("updateBusinessPrices", price(**fields)) == (400, message)
    assert sandbox.prices.get("ЛАМПА") == 1_000


async def test_default_prices_can_be_filtered_by_the_archive(open_sandbox):
    sandbox, http = await open_sandbox(offers=60)
    archived = sandbox.offer_ids(statuses=["ARCHIVED"])
    everything = (await http.ok("getDefaultPrices", {}))["result"]["offers"]
    only = (await http.ok("getDefaultPrices", {"archived": True}))["result"]["offers"]
    rest = (await http.ok("getDefaultPrices", {"archived": False}))["result"]["offers"]
    assert [each["offerId"] for each in only] == archived
    assert len(everything) == len(only) + len(rest) == 60
    both = {"offerIds": sandbox.offer_ids(), "archived": True}
    assert (await http.ok("getDefaultPrices", both))["result"]["offers"] == only
    first = (await http.ok("getDefaultPrices", {"offerIds": sandbox.offer_ids()}, query={"limit": 50}))["result"]
    assert len(first["offers"]) == 50
    assert "nextPageToken" in first["paging"]


async def test_prices_of_the_archive_are_told_by_the_old_method_when_asked_for(open_sandbox):
    sandbox, http = await open_sandbox(offers=60)
    shown = (await http.ok("getPrices", query={"limit": 10}))["result"]
    archived = (await http.ok("getPrices", query={"archived": "true"}))["result"]
    assert [each["id"] for each in archived["offers"]] == sandbox.offer_ids(statuses=["ARCHIVED"])
    without = len(sandbox.offer_ids(statuses=["CREATING_CARD", "NO_CARD"]))
    assert shown["total"] == 60 - archived["total"] - without
    assert len(shown["offers"]) == 10


async def test_lists_of_prices_cut_a_page_that_is_too_long(open_sandbox):
    _, http = await open_sandbox(offers=700)
    for operation in ("getDefaultPrices", "getPricesByOfferIds", "getPrices"):
        body = None if operation == "getPrices" else {}
        assert len((await http.ok(operation, body, query={"limit": 10_000}))["result"]["offers"]) == 500


# Quarantine.


async def quarantined(http, operation="getBusinessQuarantineOffers", **filters):
    return (await http.ok(operation, filters))["result"]["offers"]


@pytest.mark.parametrize("value", [499, 2_001])
async def test_a_sudden_change_goes_into_quarantine(shop, value):
    sandbox, http = shop
    await http.ok("updateBusinessPrices", price(value=value))
    (held,) = await quarantined(http)
    assert held["offerId"] == "ЛАМПА"
    assert (held["currentPrice"]["value"], held["lastValidPrice"]["value"]) == (value, 1_000)
    (verdict,) = held["verdicts"]
    assert verdict["type"] == "PRICE_CHANGE"
    assert {each["name"]: each["value"] for each in verdict["params"]} == {
        "CURRENT_PRICE": str(value), "LAST_VALID_PRICE": "1000", "CURRENCY": "RUR",
    }  # fmt: skip
    assert set(sandbox.products.get("ЛАМПА").statuses.values()) == {"DISABLED_AUTOMATICALLY"}
    offer = await in_store(http, sandbox.campaign_id)
    assert offer["errors"][0]["message"] == "Цена в карантине"
    assert offer["basicPrice"]["value"] == value


@pytest.mark.parametrize("value", [500, 2_000])
async def test_a_change_that_is_not_sudden_does_not(shop, value):
    sandbox, http = shop
    await http.ok("updateBusinessPrices", price(value=value))
    assert await quarantined(http) == []
    assert set(sandbox.products.get("ЛАМПА").statuses.values()) == {"PUBLISHED"}


async def test_a_confirmed_price_leaves_the_quarantine(shop):
    sandbox, http = shop
    await http.ok("updateBusinessPrices", price(value=100))
    assert sandbox.prices.in_quarantine() == ["ЛАМПА"]
    confirmed = {"offerIds": ["ЛАМПА", "нет такого", sandbox.offer_ids()[0]]}
    assert await http.ok("confirmBusinessPrices", confirmed) == {"status": "OK"}
    assert await quarantined(http) == []
    assert sandbox.products.get("ЛАМПА").statuses[sandbox.campaign_id] == "PUBLISHED"
    await http.ok("updateBusinessPrices", price(value=150))
    assert await quarantined(http) == []


async def test_a_corrected_price_leaves_the_quarantine_too(shop):
    _, http = shop
    await http.ok("updateBusinessPrices", price(value=10))
    await http.ok("updateBusinessPrices", price(value=1_010))
    assert await quarantined(http) == []


async def test_a_wrong_price_is_held_against_the_last_valid_one(shop):
    _, http = shop
    await http.ok("updateBusinessPrices", price(value=100))
    await http.ok("updateBusinessPrices", price(value=110))
    (held,) = await quarantined(http)
    assert (held["currentPrice"]["value"], held["lastValidPrice"]["value"]) == (110, 1_000)


async def test_another_currency_is_no_sudden_change(shop):
    _, http = shop
    await http.ok("updateBusinessPrices", price(value=100_000, currencyId="UZS"))
    assert await quarantined(http) == []


async def test_the_quarantine_of_a_store_is_its_own(shop):
    sandbox, http = shop
    one, other = sandbox.campaign_ids
    await http.ok("updatePrices", {"offers": [{"offerId": "ЛАМПА", "price": {"value": 100}}]})
    (held,) = await quarantined(http, "getCampaignQuarantineOffers")
    assert held["offerId"] == "ЛАМПА"
    assert await quarantined(http) == []
    assert sandbox.products.get("ЛАМПА").statuses == {one: "DISABLED_AUTOMATICALLY", other: "PUBLISHED"}
    await http.ok("confirmCampaignPrices", {"offerIds": ["ЛАМПА"]})
    assert await quarantined(http, "getCampaignQuarantineOffers") == []
    assert sandbox.products.get("ЛАМПА").statuses[one] == "PUBLISHED"


async def test_the_quarantine_can_be_filtered(shop):
    sandbox, http = shop
    sandbox.products.add("КРУЖКА", category_id=198_119, vendor="Ромашка", tags=["sale"])
    for sku in ("ЛАМПА", "КРУЖКА"):
        sandbox.prices.quarantine(sku, verdict="LOW_PRICE", last=5_000)
    sandbox.products.add("УДАЛЁН")
    sandbox.prices.quarantine("УДАЛЁН")
    sandbox.stocks.set("УДАЛЁН", 0)
    assert sandbox.products.delete("УДАЛЁН")
    filters = (
        ({}, ["ЛАМПА", "КРУЖКА"]),
        ({"categoryIds": [198_119]}, ["КРУЖКА"]),
        ({"vendorNames": ["Ромашка"]}, ["КРУЖКА"]),
        ({"tags": ["sale"]}, ["КРУЖКА"]),
        ({"offerIds": ["ЛАМПА"]}, ["ЛАМПА"]),
        ({"cardStatuses": ["HAS_CARD_CAN_UPDATE"]}, ["ЛАМПА", "КРУЖКА"]),
        ({"cardStatuses": ["NO_CARD_ERRORS"]}, []),
    )
    for wanted, found in filters:
        assert [each["offerId"] for each in await quarantined(http, **wanted)] == found, wanted
    (held,) = await quarantined(http, offerIds=["ЛАМПА"])
    assert {each["name"] for each in held["verdicts"][0]["params"]} == {"CURRENT_PRICE", "MIN_PRICE", "CURRENCY"}
    assert "lastValidPrice" not in held


@pytest.mark.parametrize(
    ("operation", "body", "whose"),
    [
        ("updateBusinessPrices", price(), "business"),
        ("updatePrices", price(), "campaign"),
        ("confirmBusinessPrices", {"offerIds": ["A"]}, "business"),
        ("confirmCampaignPrices", {"offerIds": ["A"]}, "campaign"),
    ],
)
async def test_what_is_being_moved_gives_423(shop, operation, body, whose):
    sandbox, http = shop
    sandbox.locked.add(sandbox.business_id if whose == "business" else sandbox.campaign_id)
    message = "Business is in migration" if whose == "business" else "Campaign is in business migration"
    assert await http.refused(operation, body) == (423, message)


async def test_recommendations_follow_the_price(open_sandbox):
    sandbox, http = await open_sandbox(offers=60)
    sku = sandbox.offer_ids(statuses=["PUBLISHED"])[0]
    asked = {"offerIds": [sku]}
    (before,) = (await http.ok("getOfferRecommendations", asked))["result"]["offerRecommendations"]
    thresholds = before["recommendation"]["competitivenessThresholds"]
    optimal, average = (thresholds[name]["value"] for name in ("optimalPrice", "averagePrice"))
    for value, expected in ((optimal, "OPTIMAL"), (average, "AVERAGE"), (average + 1, "LOW")):
        sandbox.prices.set(sku, value)
        (after,) = (await http.ok("getOfferRecommendations", asked))["result"]["offerRecommendations"]
        assert after["offer"]["competitiveness"] == expected
        assert after["recommendation"] == before["recommendation"]
        found = await http.ok("getOfferRecommendations", {"competitivenessFilter": expected})
        assert sku in [each["offer"]["offerId"] for each in found["result"]["offerRecommendations"]]

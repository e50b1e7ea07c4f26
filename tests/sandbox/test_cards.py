"""Cards: written, read back everywhere, made by the Market after a while, archived, deleted, refused."""

import pytest

LAMPS, DRILLS, ROOT = 13_314_796, 91_597, 90_400
BRAND, COLOUR, WEIGHT, KIT, FOR_CHILDREN, GROUP = 7_893_318, 13_887_626, 23_674_510, 16_382_542, 27_142_893, 37_693_330
CARD = {
    "name": "Лампа «Ёлка»",
    "marketCategoryId": LAMPS,
    "pictures": ["https://shop.example/1.jpg"],
    "vendor": "Ёлка",
    "description": "Светит.",
}


def card(offer_id="НОВЫЙ-1", **fields):
    return {"offer": {"offerId": offer_id, **CARD, **fields}}


async def write(http, *cards, **body):
    return await http.ok("updateOfferMappings", {"offerMappings": list(cards), **body})


async def mapping(http, offer_id="НОВЫЙ-1", **query):
    found = await http.ok("getOfferMappings", {"offerIds": [offer_id]}, query=query)
    (only,) = found["result"]["offerMappings"]
    return only


async def listed(http, operation, name, body=None):
    found, token = [], {}
    while True:
        result = (await http.ok(operation, body, query=token))["result"]
        found += result[name]
        if "nextPageToken" not in result["paging"]:
            return found
        token = {"pageToken": result["paging"]["nextPageToken"]}


async def test_a_new_card_shows_in_every_list(open_sandbox):
    sandbox, http = await open_sandbox(offers=20)
    assert await write(http, card(" НОВЫЙ-1 ")) == {"status": "OK"}
    assert (await mapping(http))["offer"]["name"] == CARD["name"]
    for operation, name in (
        ("getOfferMappings", "offerMappings"),
        ("getOfferCardsContentStatus", "offerCards"),
        ("getCampaignOffers", "offers"),
        ("getDefaultPrices", "offers"),
        ("getOfferRecommendations", "offerRecommendations"),
        ("getStocks", "warehouses"),
    ):
        assert "НОВЫЙ-1" in str(await listed(http, operation, name)), operation
    assert sandbox.offer_ids()[-1] == "НОВЫЙ-1"
    assert "НОВЫЙ-1" in str((await http.old_offers()).json)


async def test_the_market_makes_a_card_after_a_few_minutes(open_sandbox):
    sandbox, http = await open_sandbox(offers=20)
    await write(http, card(basicPrice={"value": 990, "currencyId": "RUR"}))
    new = await mapping(http)
    assert "mapping" not in new
    assert new["offer"]["cardStatus"] == "NO_CARD_PROCESSING"
    assert new["offer"]["campaigns"] == [{"campaignId": sandbox.campaign_id, "status": "CREATING_CARD"}]
    sandbox.tick(599)
    assert "mapping" not in await mapping(http)
    sandbox.tick(1)
    made = await mapping(http)
    assert made["mapping"]["marketCategoryId"] == LAMPS
    assert made["offer"]["cardStatus"] == "HAS_CARD_CAN_UPDATE"
    assert made["offer"]["campaigns"][0]["status"] == "NO_STOCKS"
    sandbox.stocks.set("НОВЫЙ-1", 3)
    assert (await mapping(http))["offer"]["campaigns"][0]["status"] == "PUBLISHED"


async def test_a_card_that_lacks_something_is_not_made_until_it_is_there(open_sandbox):
    sandbox, http = await open_sandbox(offers=0)
    await write(http, {"offer": {"offerId": "НОВЫЙ-1", "name": "Лампа"}})
    sandbox.tick(3_600)
    assert (await mapping(http))["offer"]["cardStatus"] == "NO_CARD_NEED_CONTENT"
    await write(http, card())
    assert (await mapping(http))["offer"]["cardStatus"] == "NO_CARD_PROCESSING"
    sandbox.tick(600)
    assert "mapping" in await mapping(http)


async def test_a_card_that_is_refused_says_why(open_sandbox):
    sandbox, http = await open_sandbox(offers=0)
    await write(http, {"offer": {"offerId": "НОВЫЙ-1"}})
    assert set((await http.old_offers()).json["offers"][0]) & {"name", "marketCategoryId"} == set()
    await write(http, card())
    sandbox.products.fail_card("НОВЫЙ-1", "Нет фотографии")
    sandbox.tick(600)
    (offer,) = (await http.ok("getCampaignOffers", {}))["result"]["offers"]
    assert (offer["status"], offer["errors"][0]["comment"]) == ("NO_CARD", "Нет фотографии")
    (shown,) = (await http.ok("getOfferCardsContentStatus", {}))["result"]["offerCards"]
    assert (shown["cardStatus"], shown["errors"][0]["comment"]) == ("NO_CARD_ERRORS", "Нет фотографии")
    await write(http, card())
    assert (await mapping(http))["offer"]["cardStatus"] == "NO_CARD_PROCESSING"


async def test_a_card_of_the_market_can_be_named(open_sandbox):
    sandbox, http = await open_sandbox(offers=0)
    await write(http, {"offer": {"offerId": "НОВЫЙ-1"}, "mapping": {"marketSku": 1234}})
    sandbox.tick(600)
    assert (await mapping(http))["mapping"] == {"marketSku": 1234}


async def test_what_is_not_sent_stays_and_an_empty_text_deletes(open_sandbox):
    sandbox, http = await open_sandbox(offers=20, warehouse=0)
    sku = sandbox.offer_ids(statuses=["PUBLISHED"])[0]
    before = (await mapping(http, sku))["offer"]
    await write(http, {"offer": {"offerId": sku, "name": "Другое имя", "description": "", "vendorCode": None}})
    after = (await mapping(http, sku))["offer"]
    assert after["name"] == "Другое имя"
    assert "description" not in after
    assert after["vendorCode"] == before["vendorCode"]
    assert after["pictures"] == before["pictures"]


async def test_delete_parameters_deletes_and_flags_become_false(open_sandbox):
    sandbox, http = await open_sandbox(offers=20)
    sku = sandbox.offer_ids(statuses=["PUBLISHED"])[0]
    await write(http, {"offer": {"offerId": sku, "adult": True, "downloadable": True, "certificates": ["ЕАЭС 1"]}})
    assert (await mapping(http, sku))["offer"]["certificates"] == ["ЕАЭС 1"]
    gone = ["ADULT", "DOWNLOADABLE", "CERTIFICATES", "BARCODES", "PARAMETERS"]
    await write(http, {"offer": {"offerId": sku, "deleteParameters": gone}})
    after = (await mapping(http, sku))["offer"]
    assert (after["adult"], after["downloadable"]) == (False, False)
    assert not {"certificates", "barcodes"} & set(after)
    cards = await http.ok("getOfferCardsContentStatus", {"offerIds": [sku]})
    assert "parameterValues" not in cards["result"]["offerCards"][0]


async def test_what_is_sent_as_null_is_not_told(open_sandbox):
    _, http = await open_sandbox(offers=0)
    manuals = [{"url": "https://shop.example/1.pdf", "title": None}]
    values = [{"parameterId": BRAND, "value": "Ёлка", "unitId": None}]
    await write(http, card(manuals=manuals, parameterValues=values, tags=None))
    assert (await mapping(http))["offer"]["manuals"] == [{"url": "https://shop.example/1.pdf"}]
    (shown,) = (await http.ok("getOfferCardsContentStatus", {}))["result"]["offerCards"]
    assert shown["parameterValues"] == [{"parameterId": BRAND, "value": "Ёлка"}]


async def test_costs_are_read_with_the_moment_they_were_written_at(open_sandbox):
    _, http = await open_sandbox(offers=0)
    await write(http, card(purchasePrice={"value": 100, "currencyId": "RUR"}))
    assert set((await mapping(http))["offer"]["purchasePrice"]) == {"value", "currencyId", "updatedAt"}


async def test_pictures_take_a_while_to_be_fetched(open_sandbox):
    sandbox, http = await open_sandbox(offers=0)
    await write(http, card(videos=["https://shop.example/1.mp4"], manuals=[{"url": "https://shop.example/1.pdf"}]))
    media = (await mapping(http))["offer"]["mediaFiles"]
    assert {file["uploadState"] for files in media.values() for file in files} == {"UPLOADING"}
    sandbox.tick(120)
    media = (await mapping(http))["offer"]["mediaFiles"]
    assert {file["uploadState"] for files in media.values() for file in files} == {"UPLOADED"}
    assert set(media) == {"pictures", "videos", "manuals"}


async def test_a_changed_card_is_looked_at(open_sandbox):
    sandbox, http = await open_sandbox(offers=20)
    sku = sandbox.offer_ids(statuses=["PUBLISHED"])[0]
    await write(http, {"offer": {"offerId": sku, "name": "Другое имя"}})
    assert (await mapping(http, sku))["offer"]["cardStatus"] == "HAS_CARD_CAN_UPDATE_PROCESSING"
    wanted = {"cardStatuses": ["HAS_CARD_CAN_UPDATE_PROCESSING"]}
    for operation, name in (("getOfferMappings", "offerMappings"), ("getOfferCardsContentStatus", "offerCards")):
        assert len(await listed(http, operation, name, wanted)) == 1
    sandbox.tick(600)
    assert (await mapping(http, sku))["offer"]["cardStatus"] == "HAS_CARD_CAN_UPDATE"


async def test_names_in_another_language_stand_beside_the_russian_ones(open_sandbox):
    _, http = await open_sandbox(offers=0)
    await write(http, card())
    other = {"offerMappings": [{"offer": {"offerId": "НОВЫЙ-1", "name": "Chiroq"}}]}
    await http.ok("updateOfferMappings", other, query={"language": "UZ"})
    assert (await mapping(http))["offer"]["name"] == CARD["name"]
    assert (await mapping(http, language="UZ"))["offer"]["name"] == "Chiroq"


async def test_changes_show_after_a_while_where_that_is_wanted(open_sandbox):
    sandbox, http = await open_sandbox(offers=20, visible_after=60)
    sku = sandbox.offer_ids(statuses=["PUBLISHED"])[0]
    await write(http, {"offer": {"offerId": sku, "name": "Другое имя"}}, card())
    assert (await mapping(http, sku))["offer"]["name"] != "Другое имя"
    assert (await http.ok("getOfferMappings", {"offerIds": ["НОВЫЙ-1"]}))["result"]["offerMappings"] == []
    sandbox.tick(60)
    assert (await mapping(http, sku))["offer"]["name"] == "Другое имя"
    assert (await mapping(http))["offer"]["name"] == CARD["name"]


async def test_filters_see_what_was_written(open_sandbox):
    _, http = await open_sandbox(offers=200)
    await write(http, card(vendor="Новый бренд", tags=["новая метка"]))
    for filters in ({"vendorNames": ["Новый бренд"]}, {"tags": ["новая метка"]}):
        assert len(await listed(http, "getOfferMappings", "offerMappings", filters)) == 1
        assert len(await listed(http, "getCampaignOffers", "offers", filters)) == 1
    lamps = await listed(http, "getOfferMappings", "offerMappings", {"categoryIds": [LAMPS]})
    assert {each["offer"]["marketCategoryId"] for each in lamps} == {LAMPS}
    assert len(lamps) > 1


async def test_the_archive_has_a_list_of_its_own(open_sandbox):
    sandbox, http = await open_sandbox(offers=60, warehouse=1, campaigns=2)
    (stored,) = sandbox.warehouse_offer_ids()
    sku = next(each for each in sandbox.offer_ids(statuses=["PUBLISHED"]) if each != stored)
    answer = await http.ok("addOffersToArchive", {"offerIds": [sku, stored, "нет такого"]})
    assert answer["result"]["notArchivedOffers"] == [
        {"offerId": stored, "error": "OFFER_HAS_STOCKS"},
        {"offerId": "нет такого", "error": "UNKNOWN"},
    ]
    assert sku not in str(await listed(http, "getOfferMappings", "offerMappings"))
    archived = await listed(http, "getOfferMappings", "offerMappings", {"archived": True})
    assert sku in [each["offer"]["offerId"] for each in archived]
    offer = (await mapping(http, sku))["offer"]
    assert offer["archived"] is True
    assert {each["status"] for each in offer["campaigns"]} == {"ARCHIVED"}
    assert await http.ok("deleteOffersFromArchive", {"offerIds": [sku]}) == {"status": "OK"}
    assert (await mapping(http, sku))["offer"]["campaigns"][0]["status"] == "PUBLISHED"
    again = await http.ok("deleteOffersFromArchive", {"offerIds": [sku, "нет такого"]})
    assert again["result"]["notUnarchivedOfferIds"] == [sku, "нет такого"]
    assert await http.ok("addOffersToArchive", {"offerIds": [sku]}) == {"status": "OK"}
    assert await http.ok("addOffersToArchive", {"offerIds": [sku]}) == {"status": "OK"}


async def test_a_card_that_is_being_made_goes_on_in_the_archive(open_sandbox):
    sandbox, http = await open_sandbox(offers=0)
    await write(http, card())
    await http.ok("addOffersToArchive", {"offerIds": ["НОВЫЙ-1"]})
    sandbox.tick(600)
    assert "mapping" in await mapping(http)
    await http.ok("deleteOffersFromArchive", {"offerIds": ["НОВЫЙ-1"]})
    assert (await mapping(http))["offer"]["cardStatus"] == "HAS_CARD_CAN_UPDATE"


async def test_a_deleted_product_is_gone_everywhere(open_sandbox):
    sandbox, http = await open_sandbox(offers=60, warehouse=1, campaigns=2)
    (stored,) = sandbox.warehouse_offer_ids()
    sku = next(each for each in sandbox.promo_offer_ids() if each != stored)
    await http.ok("putBidsForBusiness", {"bids": [{"sku": sku, "bid": 500}]})
    answer = await http.ok("deleteOffers", {"offerIds": [sku, stored, "нет такого"]})
    assert answer["result"] == {"notDeletedOfferIds": [stored, "нет такого"]}
    for operation, name in (
        ("getOfferMappings", "offerMappings"),
        ("getOfferCardsContentStatus", "offerCards"),
        ("getCampaignOffers", "offers"),
        ("getDefaultPrices", "offers"),
        ("getPricesByOfferIds", "offers"),
        ("getOfferRecommendations", "offerRecommendations"),
        ("getStocks", "warehouses"),
        ("getBidsInfoForBusiness", "bids"),
    ):
        assert f"'{sku}'" not in str(await listed(http, operation, name)), operation
    assert sku not in sandbox.promo_offer_ids()
    assert sku not in [offer["id"] for offer in (await http.old_offers(pageSize=1_000)).json["offers"]]
    assert all(sku not in sandbox.offer_ids(campaign_id) for campaign_id in sandbox.campaign_ids)
    assert await http.ok("getGoodsStats", {"shopSkus": [sku]}) == {"status": "OK", "result": {"shopSkus": []}}
    assert (await http.ok("deleteOffers", {"offerIds": [sku]}))["result"] == {"notDeletedOfferIds": [sku]}
    assert await http.ok("deleteOffers", {"offerIds": [sandbox.offer_ids()[-1]]}) == {"status": "OK"}


async def test_a_deleted_product_comes_back_as_a_new_one(open_sandbox):
    sandbox, http = await open_sandbox(offers=20, warehouse=0)
    sku = sandbox.offer_ids()[0]
    await http.ok("deleteOffers", {"offerIds": [sku]})
    await write(http, card(sku))
    assert (await mapping(http, sku))["offer"]["cardStatus"] == "NO_CARD_PROCESSING"
    assert sandbox.offer_ids()[0] == sku


async def test_bar_codes_are_given_where_there_are_none(open_sandbox):
    sandbox, http = await open_sandbox(offers=60)
    has = sandbox.offer_ids(statuses=["PUBLISHED"])[0]
    sandbox.products.archive(archived := sandbox.offer_ids(statuses=["NO_STOCKS"])[0])
    await write(http, card())
    asked = {"offerIds": [has, "НОВЫЙ-1", "нет такого", archived]}
    before = (await mapping(http, has))["offer"]["barcodes"]
    answer = await http.ok("generateOfferBarcodes", asked)
    assert answer["result"] == {"unprocessedOfferIds": ["нет такого", archived]}
    assert (await mapping(http, has))["offer"]["barcodes"] == before
    (made,) = (await mapping(http))["offer"]["barcodes"]
    assert len(made) == 13
    assert sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(made)) % 10 == 0
    await http.ok("generateOfferBarcodes", {"offerIds": [has], "skipIfExists": False})
    assert len((await mapping(http, has))["offer"]["barcodes"]) == 2


@pytest.mark.parametrize(
    ("offers", "message"),
    [
        (
            [{"offerId": "A"}, {"offerId": " A "}, {"offerId": "B"}],
            "Offers should have different ids. Following offers ids are repeating: 'A'.",
        ),
        (
            [{"offerId": "A"}, {"offerId": "B", "tags": ["x"], "deleteParameters": ["TAGS"]}],
            "Offer at index '1' cannot have parameter 'TAGS' deleted and set at the same time",
        ),
        (
            [{"offerId": "A", "tags": ["x", " "]}],
            "Offer at index '0' should not have empty values in list of 'tags'",
        ),
        (
            [{"offerId": "A", "weightDimensions": {"length": 1, "width": 1, "height": 0, "weight": 1}}],
            "Offer at index '0' should have weightDimensions.height greater than 0",
        ),
        (
            [{"offerId": "A", "basicPrice": {"value": 99, "currencyId": "RUR", "discountBase": 100}}],
            "Offer at index '0' should have valid discount value. Discount percentage must be between '5' and '99', "
            "actual '1'",
        ),
        (
            [{"offerId": "A", "basicPrice": {"value": 50, "currencyId": "KZT", "discountBase": 100}}],
            "Offer at index '0' should not have 'discountBase' with 'KZT' currency",
        ),
        (
            [{"offerId": "A", "purchasePrice": {"value": 0.12345678, "currencyId": "RUR"}}],
            "Offer at index '0' should not have 'value' with too many digits",
        ),
    ],
)
async def test_what_refuses_a_whole_request(open_sandbox, offers, message):
    sandbox, http = await open_sandbox(offers=5)
    body = {"offerMappings": [{"offer": offer} for offer in offers]}
    assert await http.refused("updateOfferMappings", body) == (400, message)
    assert len(sandbox.offer_ids()) == 5


@pytest.mark.parametrize(
    ("fields", "type_", "parameter_id"),
    [
        ({"marketCategoryId": 1}, "UNKNOWN_CATEGORY", None),
        ({"marketCategoryId": ROOT}, "INVALID_CATEGORY", None),
        (
            {"marketCategoryId": None, "parameterValues": [{"parameterId": BRAND, "value": "x"}]},
            "EMPTY_MARKET_CATEGORY",
            None,
        ),
        ({"parameterValues": [{"parameterId": 5, "value": "x"}]}, "UNKNOWN_PARAMETER", 5),
        (
            {"parameterValues": [{"parameterId": FOR_CHILDREN, "value": "да"}]},
            "UNEXPECTED_BOOLEAN_VALUE",
            FOR_CHILDREN,
        ),
        ({"parameterValues": [{"parameterId": WEIGHT, "value": "много"}]}, "NUMBER_FORMAT", WEIGHT),
        ({"parameterValues": [{"parameterId": WEIGHT, "value": "5", "unitId": 9}]}, "INVALID_UNIT_ID", WEIGHT),
        ({"parameterValues": [{"parameterId": GROUP, "value": "x" * 256}]}, "INVALID_GROUP_ID_LENGTH", GROUP),
        ({"parameterValues": [{"parameterId": GROUP, "value": "x\n"}]}, "INVALID_GROUP_ID_CHARACTERS", GROUP),
        (
            {"commodityCodes": [{"code": "12345", "type": "CUSTOMS_COMMODITY_CODE"}]},
            "INVALID_COMMODITY_CODE",
            None,
        ),
        ({"commodityCodes": [{"code": " ", "type": "IKPU_CODE"}]}, "INVALID_COMMODITY_CODE", None),
    ],
)
async def test_an_error_in_one_card_keeps_all_from_being_stored(open_sandbox, fields, type_, parameter_id):
    sandbox, http = await open_sandbox(offers=5)
    answer = await write(http, card("A"), card("B", **fields))
    assert answer["status"] == "ERROR"
    (result,) = answer["results"]
    assert result["offerId"] == "B"
    assert [(error["type"], error.get("parameterId")) for error in result["errors"]] == [(type_, parameter_id)]
    assert len(sandbox.offer_ids()) == 5


async def test_values_that_are_right_are_stored(open_sandbox):
    _, http = await open_sandbox(offers=0)
    values = [
        {"parameterId": BRAND, "valueId": 800_001},
        {"parameterId": FOR_CHILDREN, "value": "true"},
        {"parameterId": WEIGHT, "value": "1,5", "unitId": 702},
        {"parameterId": GROUP, "value": "Группа 7"},
    ]
    codes = [{"code": "9405110000", "type": "CUSTOMS_COMMODITY_CODE"}, {"code": "27.40", "type": "OKPD2_CODE"}]
    assert await write(http, card(parameterValues=values, commodityCodes=codes)) == {"status": "OK"}
    offer = (await mapping(http))["offer"]
    assert (offer["groupId"], offer["commodityCodes"]) == ("Группа 7", codes)
    (shown,) = (await http.ok("getOfferCardsContentStatus", {"offerIds": ["НОВЫЙ-1"]}))["result"]["offerCards"]
    assert (shown["parameterValues"], shown["groupId"]) == (values, "Группа 7")


async def test_a_warning_stores_the_rest(open_sandbox):
    sandbox, http = await open_sandbox(offers=20, warehouse=20)
    sku = sandbox.offer_ids(statuses=["PUBLISHED"])[0]
    before = (await mapping(http, sku))["offer"]["weightDimensions"]
    size = {"length": 1, "width": 1, "height": 1, "weight": 1}
    answer = await write(http, {"offer": {"offerId": sku, "name": "Другое имя", "weightDimensions": size}})
    assert answer["status"] == "OK"
    assert [warning["type"] for warning in answer["results"][0]["warnings"]] == ["LOCKED_DIMENSIONS"]
    offer = (await mapping(http, sku))["offer"]
    assert (offer["name"], offer["weightDimensions"]) == ("Другое имя", before)
    assert await write(http, {"offer": {"offerId": sku, "weightDimensions": before}}) == {"status": "OK"}


async def test_characteristics_without_their_category_are_stored_with_a_warning(open_sandbox):
    _, http = await open_sandbox(offers=0)
    await write(http, card())
    alone = {"offer": {"offerId": "НОВЫЙ-1", "parameterValues": [{"parameterId": KIT, "value": "Лампа"}]}}
    answer = await write(http, alone)
    assert answer["status"] == "OK"
    assert [warning["type"] for warning in answer["results"][0]["warnings"]] == ["EMPTY_MARKET_CATEGORY"]
    (shown,) = (await http.ok("getOfferCardsContentStatus", {"offerIds": ["НОВЫЙ-1"]}))["result"]["offerCards"]
    assert shown["parameterValues"] == [{"parameterId": KIT, "value": "Лампа"}]


async def test_another_category_keeps_the_characteristics_that_both_have(open_sandbox):
    _, http = await open_sandbox(offers=0)
    await write(http, card(parameterValues=[{"parameterId": KIT, "value": "Лампа"}]))
    for fields, kept in (
        ({"marketCategoryId": DRILLS}, [{"parameterId": KIT, "value": "Лампа"}]),
        ({"deleteParameters": ["PARAMETERS"]}, None),
    ):
        await write(http, {"offer": {"offerId": "НОВЫЙ-1"} | fields})
        (shown,) = (await http.ok("getOfferCardsContentStatus", {"offerIds": ["НОВЫЙ-1"]}))["result"]["offerCards"]
        assert shown.get("parameterValues") == kept


async def test_content_is_written_whole_or_not_at_all(open_sandbox):
    sandbox, http = await open_sandbox(offers=40)
    one, other = sandbox.offer_ids(statuses=["PUBLISHED"])[:2]
    (before,) = (await http.ok("getOfferCardsContentStatus", {"offerIds": [one]}))["result"]["offerCards"]
    right = {"offerId": one, "categoryId": DRILLS, "parameterValues": [{"parameterId": KIT, "value": "Дрель"}]}
    wrong = right | {"offerId": "нет такого"}
    parent = right | {"offerId": other, "categoryId": ROOT}
    unknown = right | {"offerId": other, "parameterValues": [{"parameterId": 5, "value": "x"}]}
    answer = await http.ok("updateOfferContent", {"offersContent": [right, wrong, parent, unknown]})
    assert answer["status"] == "ERROR"
    types = {each["offerId"]: [error["type"] for error in each["errors"]] for each in answer["results"]}
    assert types == {"нет такого": ["OFFER_NOT_FOUND"], other: ["INVALID_CATEGORY", "UNKNOWN_PARAMETER"]}
    assert (await mapping(http, one))["offer"]["marketCategoryId"] != DRILLS
    assert await http.ok("updateOfferContent", {"offersContent": [right]}) == {"status": "OK"}
    offer = (await mapping(http, one))["offer"]
    assert offer["marketCategoryId"] == DRILLS
    (shown,) = (await http.ok("getOfferCardsContentStatus", {"offerIds": [one]}))["result"]["offerCards"]
    # What both categories have in common stays.
    assert shown["parameterValues"][:-1] == before["parameterValues"]
    assert shown["parameterValues"][-1:] == right["parameterValues"]
    assert shown["contentRatingStatus"] == "UPDATING"
    more = right | {"parameterValues": [{"parameterId": KIT, "value": ""}, {"parameterId": BRAND, "value": "Ёлка"}]}
    await http.ok("updateOfferContent", {"offersContent": [more]})
    (after,) = (await http.ok("getOfferCardsContentStatus", {"offerIds": [one]}))["result"]["offerCards"]
    values = {value["parameterId"]: value for value in after["parameterValues"]}
    assert KIT not in values
    assert values[BRAND] == {"parameterId": BRAND, "value": "Ёлка"}


async def test_content_of_a_product_that_is_deleted_meanwhile_is_lost(open_sandbox):
    sandbox, http = await open_sandbox(offers=40, visible_after=60, warehouse=0)
    sku = sandbox.offer_ids(statuses=["PUBLISHED"])[0]
    value = {"offerId": sku, "categoryId": DRILLS, "parameterValues": [{"parameterId": KIT, "value": "Дрель"}]}
    await http.ok("updateOfferContent", {"offersContent": [value]})
    sandbox.products.delete(sku)
    sandbox.tick(60)
    assert sku not in sandbox.offer_ids()


async def test_a_fuller_card_is_rated_higher_and_asks_for_less(open_sandbox):
    sandbox, http = await open_sandbox(offers=0)
    await write(http, card())
    sandbox.tick(600)
    asked = {"offerIds": ["НОВЫЙ-1"], "withRecommendations": True}
    (before,) = (await http.ok("getOfferCardsContentStatus", asked))["result"]["offerCards"]
    assert before["recommendations"] == [{"type": "VIDEO_COUNT", "percent": 0, "remainingRatingPoints": 10}]
    assert "averageContentRating" in before
    assert before["contentRatingStatus"] == "ACTUAL"
    await write(http, card(videos=["https://shop.example/1.mp4"], barcodes=["4601234567893"]))
    (after,) = (await http.ok("getOfferCardsContentStatus", asked))["result"]["offerCards"]
    assert after["contentRating"] > before["contentRating"]
    assert "recommendations" not in after


async def test_what_is_recommended_comes_only_when_asked_for_and_not_for_cards_of_the_market(open_sandbox):
    _, http = await open_sandbox(offers=400)
    body = {"cardStatuses": ["HAS_CARD_CAN_NOT_UPDATE", "HAS_CARD_CAN_UPDATE"]}
    plain = await listed(http, "getOfferCardsContentStatus", "offerCards", body)
    assert not any({"averageContentRating", "recommendations"} & set(each) for each in plain)
    asked = await listed(http, "getOfferCardsContentStatus", "offerCards", body | {"withRecommendations": True})
    advised = {each["cardStatus"] for each in asked if "recommendations" in each}
    assert advised == {"HAS_CARD_CAN_UPDATE"}
    assert {each["cardStatus"] for each in asked} == set(body["cardStatuses"])


async def test_cards_can_be_asked_for_by_sku_and_page(open_sandbox):
    sandbox, http = await open_sandbox(offers=20)
    asked = {"offerIds": sandbox.offer_ids()[4::-1]}
    first = (await http.ok("getOfferCardsContentStatus", asked, query={"limit": 3}))["result"]
    token = first["paging"]["nextPageToken"]
    rest = (await http.ok("getOfferCardsContentStatus", asked, query={"limit": 3, "pageToken": token}))["result"]
    found = [each["offerId"] for each in first["offerCards"] + rest["offerCards"]]
    assert found == sandbox.offer_ids()[:5]


async def test_mappings_cut_a_page_that_is_too_long_and_cards_refuse_it(open_sandbox):
    _, http = await open_sandbox(offers=300)
    cut = await http.ok("getOfferMappings", {}, query={"limit": 1_000})
    assert len(cut["result"]["offerMappings"]) == 100
    status, message = await http.refused("getOfferCardsContentStatus", {}, query={"limit": 201})
    assert (status, message) == (400, "Parameter limit must be less than or equal to '200' (rejected value: '201')")


async def test_parameters_belong_to_leaves(open_sandbox):
    sandbox, http = await open_sandbox(offers=0)

    def ask(category_id, **query):
        return http.call("getCategoryContentParameters", ids={"categoryId": category_id}, query=query)

    named = {"Api-Key": sandbox.api_key, "X-Business-Id": str(sandbox.business_id)}
    path = f"/v2/category/{LAMPS}/parameters"
    other = await http.send("POST", path, headers=named, query={"businessId": 5}, json={})
    assert (other.status, other.message) == (
        400,
        f"Requested businessId ('5') does not match businessId in X-Business-Id header ('{sandbox.business_id}')",
    )
    answer = await ask(LAMPS, businessId=sandbox.business_id)
    assert {each["type"] for each in answer.json["result"]["parameters"]} == {"ENUM", "NUMERIC", "TEXT", "BOOLEAN"}
    refused = [await ask(1), await ask(ROOT), await ask(LAMPS, businessId=5)]
    assert [(each.status, each.message) for each in refused] == [
        (404, "Unknown category"),
        (400, "Category is not a leaf."),
        (403, "Access denied"),
    ]


@pytest.mark.parametrize(
    ("operation", "body"),
    [
        ("updateOfferMappings", {"offerMappings": [card()]}),
        ("updateOfferContent", {"offersContent": [{"offerId": "A", "categoryId": 1, "parameterValues": []}]}),
        ("addOffersToArchive", {"offerIds": ["A"]}),
        ("deleteOffersFromArchive", {"offerIds": ["A"]}),
        ("deleteOffers", {"offerIds": ["A"]}),
        ("generateOfferBarcodes", {"offerIds": ["A"]}),
    ],
)
async def test_a_business_that_is_being_moved_gives_423(open_sandbox, operation, body):
    sandbox, http = await open_sandbox(offers=0)
    sandbox.locked.add(sandbox.business_id)
    if operation == "updateOfferContent":
        body["offersContent"][0]["parameterValues"] = [{"parameterId": 1, "value": "x"}]
    assert await http.refused(operation, body) == (423, "Business is in migration")

"""Products of a store: hidden, shown, deleted there, put back, with a VAT of their own."""

from yamarket_async.sandbox.parts.catalogue import Catalogue


def hidden(*skus):
    return {"hiddenOffers": [{"offerId": sku} for sku in skus]}


async def hidden_ids(http, **query):
    return [each["offerId"] for each in (await http.ok("getHiddenOffers", query=query))["result"]["hiddenOffers"]]


async def status(http, sku, **ids):
    found = await http.ok("getCampaignOffers", {"offerIds": [sku]}, ids=ids)
    (offer,) = found["result"]["offers"]
    return offer["status"]


async def test_hidden_products_are_read_back_and_shown_again(open_sandbox):
    sandbox, http = await open_sandbox(offers=60, hidden=3, campaigns=2)
    before = sandbox.hidden_offer_ids()
    sku = sandbox.offer_ids(statuses=["PUBLISHED"])[0]
    other = sandbox.products.get(sku).statuses[sandbox.campaign_ids[1]]
    sandbox.products.add("ЛАМПА")
    assert await http.ok("addHiddenOffers", hidden(f" {sku} ", "ЛАМПА", "нет такого")) == {"status": "OK"}
    assert set(await hidden_ids(http)) == {*before, sku, "ЛАМПА"}
    assert await hidden_ids(http, offer_id="ЛАМПА") == ["ЛАМПА"]
    assert await status(http, sku) == "DISABLED_BY_PARTNER"
    (mapping,) = (await http.ok("getOfferMappings", {"offerIds": [sku]}))["result"]["offerMappings"]
    assert [each["status"] for each in mapping["offer"]["campaigns"]] == ["DISABLED_BY_PARTNER", other]
    assert await http.ok("deleteHiddenOffers", hidden(sku, before[0])) == {"status": "OK"}
    assert set(await hidden_ids(http)) == {*before[1:], "ЛАМПА"}
    assert [await status(http, each) for each in (sku, before[0])] == ["PUBLISHED", "PUBLISHED"]


async def test_pages_of_hidden_products_follow_each_other(open_sandbox):
    sandbox, http = await open_sandbox(offers=60, hidden=10)
    for sku in ("A", "B"):
        sandbox.products.add(sku)
        sandbox.products.hide(sku)
    first = (await http.ok("getHiddenOffers", query={"limit": 11}))["result"]
    rest = (await http.ok("getHiddenOffers", query={"limit": 11, "page_token": first["paging"]["nextPageToken"]}))[
        "result"
    ]
    assert [each["offerId"] for each in first["hiddenOffers"] + rest["hiddenOffers"]] == sandbox.hidden_offer_ids()
    assert rest == {"hiddenOffers": [{"offerId": "B"}], "paging": {}}


async def test_a_product_that_comes_twice_refuses_the_request(open_sandbox):
    _, http = await open_sandbox(offers=60, hidden=0)
    body = hidden("A", "B", " A ", "A")
    for operation in ("addHiddenOffers", "deleteHiddenOffers"):
        assert await http.refused(operation, body) == (400, "Duplicate offerId='A' at positions '[0, 2, 3]'")


async def test_hidden_products_show_after_a_while_where_that_is_wanted(open_sandbox):
    sandbox, http = await open_sandbox(offers=60, hidden=0, visible_after=60)
    sku = sandbox.offer_ids()[0]
    await http.ok("addHiddenOffers", hidden(sku))
    assert await hidden_ids(http) == []
    sandbox.tick(60)
    assert await hidden_ids(http) == [sku]


async def test_a_store_that_is_being_moved_gives_423(open_sandbox):
    sandbox, http = await open_sandbox(offers=5)
    sandbox.locked.add(sandbox.campaign_id)
    message = (423, "Campaign is in business migration")
    answer = await http.hidden()
    assert (answer.status, answer.message) == message
    assert await http.refused("deleteHiddenOffers", hidden("A")) == message
    assert await http.refused("updateCampaignOffers", {"offers": [{"offerId": "A"}]}) == message
    assert await http.refused("deleteCampaignOffers", {"offerIds": ["A"]}) == message


async def test_the_vat_of_a_store_is_read_back_and_gone_where_it_is_not_sent(open_sandbox):
    sandbox, http = await open_sandbox(offers=60, campaigns=2)
    sandbox.products.add("ЛАМПА")
    one, other = ({"campaignId": each} for each in sandbox.campaign_ids)

    async def vat(ids):
        (offer,) = (await http.ok("getCampaignOffers", {"offerIds": ["ЛАМПА"]}, ids=ids))["result"]["offers"]
        (price,) = (await http.ok("getPricesByOfferIds", {"offerIds": ["ЛАМПА"]}, ids=ids))["result"]["offers"]
        assert offer["campaignPrice"].get("vat") == price["price"].get("vat")
        return offer["campaignPrice"].get("vat")

    offers = {"offers": [{"offerId": "ЛАМПА", "vat": 10}, {"offerId": "нет такого"}]}
    assert await http.ok("updateCampaignOffers", offers) == {"status": "OK"}
    assert (await vat(one), await vat(other)) == (10, None)
    await http.ok("updateCampaignOffers", {"offers": [{"offerId": "ЛАМПА"}]})
    assert await vat(one) is None
    refused = await http.refused("updateCampaignOffers", {"offers": [{"offerId": "A", "vat": 7}]})
    assert refused == (400, "Vat setting of 'VAT_20' ('7') not supported for current 'OSN' ('0') taxSystem: 'A'")


async def test_the_outdated_flag_hides_and_shows(open_sandbox):
    sandbox, http = await open_sandbox(offers=60)
    sku = sandbox.offer_ids(statuses=["PUBLISHED"])[0]
    for available, expected in ((False, "DISABLED_BY_PARTNER"), (True, "PUBLISHED")):
        await http.ok("updateCampaignOffers", {"offers": [{"offerId": sku, "available": available}]})
        assert await status(http, sku) == expected


async def test_a_product_taken_out_of_a_store_can_be_put_back(open_sandbox):
    sandbox, http = await open_sandbox(offers=60, warehouse=0, campaigns=2)
    sku = sandbox.offer_ids(statuses=["PUBLISHED"])[0]
    await http.ok("deleteCampaignOffers", {"offerIds": [sku]})
    assert sandbox.campaign_id not in sandbox.products.get(sku).statuses
    assert sandbox.products.get(sku).statuses[sandbox.campaign_ids[1]]
    await http.ok("updateCampaignOffers", {"offers": [{"offerId": sku}]})
    assert await status(http, sku) == "PUBLISHED"


async def test_a_product_in_no_store_waits_to_be_placed(open_sandbox):
    sandbox, http = await open_sandbox(offers=60, warehouse=0)
    sku = sandbox.offer_ids(statuses=["PUBLISHED"])[0]
    await http.ok("deleteCampaignOffers", {"offerIds": [sku]})
    (mapping,) = (await http.ok("getOfferMappings", {"offerIds": [sku]}))["result"]["offerMappings"]
    assert mapping["offer"]["cardStatus"] == "NO_CARD_ADD_TO_CAMPAIGN"
    assert not {"campaigns", "sellingPrograms"} & set(mapping["offer"])


async def test_a_product_without_a_price_says_so(open_sandbox):
    sandbox, http = await open_sandbox(offers=0)
    sandbox.products.add("ЛАМПА", price=None)
    (offer,) = (await http.ok("getCampaignOffers", {}))["result"]["offers"]
    assert offer["status"] == "DISABLED_AUTOMATICALLY"
    assert offer["errors"] == [{"message": "Нет цены", "comment": "Установите цену товара"}]
    assert not {"basicPrice", "campaignPrice"} & set(offer)
    (old,) = (await http.old_offers()).json["offers"]
    assert "price" not in old
    price = {"offerId": "ЛАМПА", "price": {"value": 10, "currencyId": "RUR"}}
    await http.ok("updateBusinessPrices", {"offers": [price]})
    assert await status(http, "ЛАМПА") == "PUBLISHED"


async def test_changed_products_keep_what_was_not_changed(open_sandbox):
    sandbox, http = await open_sandbox(offers=600)
    pages = await http.walk(http.offers, "offers", limit=200)
    before = {each["offerId"]: each for page in pages for each in page}
    catalogue = sandbox.world.part(Catalogue)
    for sku in before:
        catalogue.touch(catalogue.position(sku))
    pages = await http.walk(http.offers, "offers", limit=200)
    after = {each["offerId"]: each for page in pages for each in page}
    assert after == before


async def test_stores_share_the_archive_and_what_has_no_card(open_sandbox):
    sandbox, _ = await open_sandbox(offers=300, hidden=0, campaigns=3)
    for stage in ("ARCHIVED", "CREATING_CARD", "NO_CARD"):
        found = [sandbox.offer_ids(campaign_id, statuses=[stage]) for campaign_id in sandbox.campaign_ids]
        assert found[0] == found[1] == found[2] != []


async def test_goods_are_told_with_sizes_stocks_and_what_services_cost(open_sandbox):
    sandbox, http = await open_sandbox(offers=60)
    sku = sandbox.offer_ids(statuses=["PUBLISHED"])[0]
    sandbox.products.add("БЕЗ ЦЕНЫ", price=None)
    await http.ok("updateOfferMappings", {"offerMappings": [{"offer": {"offerId": "ПУСТОЙ"}}]})
    asked = {"shopSkus": [sku, "БЕЗ ЦЕНЫ", "ПУСТОЙ", "нет такого"]}
    one, without, empty = (await http.ok("getGoodsStats", asked))["result"]["shopSkus"]
    assert set(one) >= {"marketSku", "price", "categoryName", "weightDimensions", "warehouses", "tariffs", "pictures"}
    assert not {"price", "tariffs"} & set(without)
    assert empty == {"shopSku": "ПУСТОЙ"}

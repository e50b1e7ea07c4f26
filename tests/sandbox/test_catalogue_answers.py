"""Every answer of the catalogue's families is as the description says, whatever has happened to the products."""

import pytest

from yamarket_async.sandbox import Sandbox

CARD = {
    "offerId": "НОВЫЙ-1",
    "name": "Лампа",
    "marketCategoryId": 13_314_796,
    "pictures": ["https://shop.example/1.jpg"],
    "videos": ["https://shop.example/1.mp4"],
    "manuals": [{"url": "https://shop.example/1.pdf", "title": "Инструкция"}],
    "vendor": "ООО «Лампа»",
    "description": "Светит.",
    "barcodes": ["4601234567893"],
    "weightDimensions": {"length": 10, "width": 10.5, "height": 10, "weight": 0.3},
    "purchasePrice": {"value": 100, "currencyId": "RUR"},
    "tags": ["новинка"],
    "certificates": ["ЕАЭС 1"],
    "parameterValues": [{"parameterId": 7_893_318, "value": "ООО «Лампа»"}, {"parameterId": 37_693_330, "value": "Г1"}],
    "basicPrice": {"value": 990, "currencyId": "RUR", "discountBase": 1_500},
}


@pytest.fixture
async def markets(open_sandbox):
    """A market that nothing has changed, and one in which everything has happened."""
    settings = {"offers": 60, "campaigns": ["FBS", "FBY", "DBS", "EXPRESS"], "warehouse": 10}
    fresh, used = await open_sandbox(**settings), await open_sandbox(**settings, warehouse_groups=True)
    sandbox, http = used
    skus = sandbox.offer_ids()
    await http.ok("updateOfferMappings", {"offerMappings": [{"offer": CARD}, {"offer": {"offerId": "ПУСТОЙ"}}]})
    sandbox.tick(700)
    sandbox.products.add("ЕЩЁ-1", price=None)
    sandbox.products.fail_card("ПУСТОЙ")
    sandbox.products.fail_card(skus[3])
    sandbox.prices.quarantine(skus[0])
    sandbox.prices.quarantine(skus[0], campaign_id=sandbox.campaign_id)
    sandbox.products.archive(skus[1])
    sandbox.products.delete(skus[2])
    await http.ok("putBidsForBusiness", {"bids": [{"sku": sku, "bid": 500} for sku in skus[4:8]]})
    await http.ok("deleteCampaignOffers", {"offerIds": skus[4:6]})
    return fresh, used


READS = {
    "getCampaignOffers": {},
    "getHiddenOffers": None,
    "getOfferRecommendations": {},
    "getOfferMappings": {},
    "getOfferCardsContentStatus": {"withRecommendations": True},
    "getDefaultPrices": {},
    "getPricesByOfferIds": {},
    "getPrices": None,
    "getBusinessQuarantineOffers": {},
    "getCampaignQuarantineOffers": {},
    "getStocks": {"withTurnover": True},
    "getWarehouses": None,
    "getPagedWarehouses": {"components": ["ADDRESS", "STATUS"]},
    "getPartnerWarehouses": {"components": ["ADDRESS"]},
    "getFulfillmentWarehouses": None,
    "getPromos": {},
    "getBidsInfoForBusiness": {},
    "getDocuments": {},
    "getCategoriesTree": {"language": "EN"},
    "getRegionsCodes": {},
    "getCampaigns": None,
    "getCampaign": None,
    "getCampaignSettings": None,
    "getBusinessSettings": {},
    "getAuthTokenInfo": {},
}


async def test_lists_are_as_described(markets):
    for sandbox, http in markets:
        for operation, body in READS.items():
            stores = sandbox.campaign_ids if operation != "getWarehouses" else sandbox.campaign_ids[:1]
            for campaign_id in stores:
                await http.ok(operation, body, ids={"campaignId": campaign_id})


async def test_lists_by_sku_are_as_described(markets):
    for sandbox, http in markets:
        skus = [*sandbox.offer_ids()[:50], "НОВЫЙ-1", "ЕЩЁ-1", "ПУСТОЙ", "нет такого"]
        for operation, name in (
            ("getCampaignOffers", "offerIds"),
            ("getOfferRecommendations", "offerIds"),
            ("getOfferMappings", "offerIds"),
            ("getOfferCardsContentStatus", "offerIds"),
            ("getDefaultPrices", "offerIds"),
            ("getPricesByOfferIds", "offerIds"),
            ("getBusinessQuarantineOffers", "offerIds"),
            ("getStocks", "offerIds"),
            ("getBidsInfoForBusiness", "skus"),
            ("getBidsRecommendations", "skus"),
            ("getGoodsStats", "shopSkus"),
        ):
            for campaign_id in sandbox.campaign_ids:
                await http.ok(operation, {name: skus}, ids={"campaignId": campaign_id})


async def test_products_of_each_promo_are_as_described(markets):
    for _, http in markets:
        for promo in (await http.ok("getPromos"))["result"]["promos"]:
            await http.ok("getPromoOffers", {"promoId": promo["id"]})


@pytest.mark.parametrize("operation", [*READS, "getBidsRecommendations", "getGoodsStats"])
def test_what_is_real_is_said(operation):
    assert Sandbox.reality(operation) in {"stateful", "reflected"}

"""Cards, stores, prices, promotions, bids, stocks, warehouses, documents."""

from typing import Any

from tests.sandbox.pairs.pair import Known, Pair, order
from yamarket_async.sandbox import Sandbox
from yamarket_async.sandbox.parts.assortment import LAMPS
from yamarket_async.sandbox.parts.categories import GRAM, GROUP, WEIGHT
from yamarket_async.sandbox.parts.products import BUSINESS
from yamarket_async.sandbox.parts.promos import Participation

LAMP, CUP = {"offerIds": ["ЛАМПА"]}, {"offerIds": ["КРУЖКА"]}
CARD = "result.offerMappings.0.offer"
STATUS_IN_STORE = "result.offers.0.status"
PROMO_PRICES = {"price": 990, "promoPrice": 777}


def price(value: float, **more: Any) -> Any:
    return {"offers": [{"offerId": "ЛАМПА", "price": {"value": value, "currencyId": "RUR", **more}}]}


def card(**fields: Any) -> Any:
    return {"offerMappings": [{"offer": {"offerId": "ЛАМПА", **fields}}]}


def archived(sandbox: Sandbox) -> Known:
    sandbox.products.archive("КРУЖКА")
    return {}


def hidden(sandbox: Sandbox) -> Known:
    sandbox.products.hide("ЛАМПА", campaign_id=sandbox.campaign_id)
    return {}


def store_price(sandbox: Sandbox) -> Known:
    sandbox.prices.set("ЛАМПА", 900, campaign_id=sandbox.campaign_id)
    return {}


def bid(sandbox: Sandbox) -> Known:
    sandbox.bids.write(BUSINESS, [("ЛАМПА", 570)])
    return {}


def held(sandbox: Sandbox) -> Known:
    sandbox.prices.quarantine("ЛАМПА")
    return {}


def held_in_store(sandbox: Sandbox) -> Known:
    sandbox.prices.quarantine("ЛАМПА", campaign_id=sandbox.campaign_id)
    return {}


def promo(sandbox: Sandbox) -> Known:
    return {"promoId": sandbox.promos.add("Распродажа")}


def joined(sandbox: Sandbox) -> Known:
    known = promo(sandbox)
    sandbox.promos.write(sandbox.promos.promos[known["promoId"]], 0, Participation(True, 990, 777))
    return known


def warehouse(sandbox: Sandbox) -> Known:
    return {"warehouseId": sandbox.stocks.warehouse_ids[0]}


def switched_off(sandbox: Sandbox) -> Known:
    stocks = sandbox.stocks
    stocks.switch(stocks.warehouses[stocks.warehouse_ids[0]], enabled=False)
    return warehouse(sandbox)


def document(sandbox: Sandbox) -> Known:
    made = sandbox.documents.create("ЕАЭС 1", "CONFORMITY_CERTIFICATE", None, None, sandbox.now())
    return {"documentId": made.id}


JOIN = {"promoId": "<promoId>", "offers": [{"offerId": "ЛАМПА", "params": {"discountParams": PROMO_PRICES}}]}
IN_WAREHOUSE = [{"type": "FIT", "count": 17}, {"type": "AVAILABLE", "count": 17}]
SEVENTEEN = {"skus": [{"sku": "ЛАМПА", "items": [{"count": 17}]}]}
STATUS = {"components": ["STATUS"], "campaignIds": ["<campaignId>"]}
BIDS = {"bids": [{"sku": "ЛАМПА", "bid": 571}]}

CARDS = [
    Pair("updateOfferMappings", card(vendor="Ромашка-2"), "getOfferMappings", LAMP, f"{CARD}.vendor", "Ромашка-2"),
    Pair(
        "updateOfferMappings",
        {"offerMappings": [{"offer": {"offerId": "НОВЫЙ", "name": "Чайник «Заря»"}}]},
        "getOfferMappings",
        {"offerIds": ["НОВЫЙ"]},
        f"{CARD}.name",
        "Чайник «Заря»",
    ),
    Pair(
        "updateOfferContent",
        {
            "offersContent": [
                {
                    "offerId": "ЛАМПА",
                    "categoryId": LAMPS,
                    "parameterValues": [{"parameterId": WEIGHT, "unitId": GRAM, "value": "777"}],
                }
            ]
        },
        "getOfferCardsContentStatus",
        LAMP,
        "result.offerCards.0.parameterValues",
        [{"parameterId": WEIGHT, "unitId": GRAM, "value": "777"}],
    ),
    Pair(
        "updateOfferContent",
        {
            "offersContent": [
                {
                    "offerId": "ЛАМПА",
                    "categoryId": LAMPS,
                    "parameterValues": [{"parameterId": GROUP, "value": "Серия 7"}],
                }
            ]
        },
        "getOfferMappings",
        LAMP,
        f"{CARD}.groupId",
        "Серия 7",
    ),
    Pair("addOffersToArchive", CUP, "getOfferMappings", CUP, f"{CARD}.archived", True),
    Pair("deleteOffersFromArchive", CUP, "getOfferMappings", CUP, f"{CARD}.archived", False, archived),
    Pair("deleteOffers", CUP, "getOfferMappings", CUP, "result.offerMappings", []),
    Pair(
        "generateOfferBarcodes",
        CUP | {"skipIfExists": False},
        "getOfferMappings",
        CUP,
        f"{CARD}.barcodes.1",
        "2903716507017",
    ),
    Pair(
        "createDocuments",
        {"documents": [{"number": "ЕАЭС 7", "type": "STATE_REGISTRATION_CERTIFICATE", "activeToDate": "2099-03-04"}]},
        "getDocuments",
        {"documentNumbers": ["ЕАЭС 7"]},
        "result.documents.0.activeToDate",
        "2099-03-04",
    ),
    Pair(
        "updateDocuments",
        {"documents": [{"id": "<documentId>", "number": "ЕАЭС 8", "type": "CONFORMITY_CERTIFICATE"}]},
        "getDocuments",
        {"documentIds": ["<documentId>"]},
        "result.documents.0.number",
        "ЕАЭС 8",
        document,
    ),
    Pair(
        "deleteDocuments",
        {"documentIds": ["<documentId>"]},
        "getDocuments",
        {"documentIds": ["<documentId>"]},
        "result.documents",
        [],
        document,
    ),
]

IN_STORES = [
    Pair(
        "addHiddenOffers",
        {"hiddenOffers": [{"offerId": "ЛАМПА"}]},
        "getCampaignOffers",
        LAMP,
        STATUS_IN_STORE,
        "DISABLED_BY_PARTNER",
    ),
    Pair(
        "addHiddenOffers",
        {"hiddenOffers": [{"offerId": "ЛАМПА"}]},
        "getHiddenOffers",
        {},
        "result.hiddenOffers",
        [{"offerId": "ЛАМПА"}],
    ),
    Pair(
        "deleteHiddenOffers",
        {"hiddenOffers": [{"offerId": "ЛАМПА"}]},
        "getHiddenOffers",
        {},
        "result.hiddenOffers",
        [],
        hidden,
    ),
    Pair(
        "updateCampaignOffers",
        {"offers": [{"offerId": "ЛАМПА", "vat": 10}]},
        "getCampaignOffers",
        LAMP,
        "result.offers.0.campaignPrice.vat",
        10,
        store_price,
    ),
    Pair("deleteCampaignOffers", CUP, "getCampaignOffers", CUP, "result.offers", []),
]

PRICES = [
    Pair("updateBusinessPrices", price(1_357), "getDefaultPrices", LAMP, "result.offers.0.price.value", 1_357),
    Pair(
        "updateBusinessPrices",
        price(1_357, minimumForBestseller=1_234),
        "getDefaultPrices",
        LAMP,
        "result.offers.0.price.minimumForBestseller",
        1_234,
    ),
    Pair(
        "updateBusinessPrices",
        price(1_357),
        "getOfferRecommendations",
        LAMP,
        "result.offerRecommendations.0.offer.price.value",
        1_357,
    ),
    Pair("updatePrices", price(1_357), "getPricesByOfferIds", LAMP, "result.offers.0.price.value", 1_357),
    Pair("updatePrices", price(1_357), "getPrices", {}, "result.offers.0.price.value", 1_357),
    Pair("updatePrices", price(1_357), "getOffers", {}, "offers.0.price", 1_357),
    Pair("updatePrices", price(1_357), "getCampaignOffers", LAMP, "result.offers.0.campaignPrice.value", 1_357),
    Pair(
        "updateBusinessPrices",
        price(135),
        "getBusinessQuarantineOffers",
        {},
        "result.offers.0.currentPrice.value",
        135,
    ),
    Pair("updatePrices", price(135), "getCampaignQuarantineOffers", {}, "result.offers.0.currentPrice.value", 135),
    Pair("confirmBusinessPrices", LAMP, "getBusinessQuarantineOffers", {}, "result.offers", [], held),
    Pair("confirmCampaignPrices", LAMP, "getCampaignQuarantineOffers", {}, "result.offers", [], held_in_store),
    Pair("confirmBusinessPrices", LAMP, "getCampaignOffers", LAMP, STATUS_IN_STORE, "PUBLISHED", held),
    Pair(
        "putBidsForBusiness",
        {"bids": [{"sku": "ЛАМПА", "bid": 0}]},
        "getBidsInfoForBusiness",
        {"skus": ["ЛАМПА"]},
        "result.bids",
        [],
        bid,
    ),
    Pair("putBidsForCampaign", BIDS, "getOrdersStats", {}, "result.orders.0.items.0.bidFee", 571, then=order()),
    Pair("putBidsForBusiness", BIDS, "getBidsInfoForBusiness", {"skus": ["ЛАМПА"]}, "result.bids.0.bid", 571),
    Pair(
        "putBidsForBusiness", BIDS, "getBidsRecommendations", {"skus": ["ЛАМПА"]}, "result.recommendations.0.bid", 571
    ),
    Pair(
        "updatePromoOffers",
        JOIN,
        "getPromoOffers",
        {"promoId": "<promoId>"},
        "result.offers.0.params.discountParams.promoPrice",
        777,
        promo,
    ),
    Pair(
        "deletePromoOffers",
        {"promoId": "<promoId>", **LAMP},
        "getPromoOffers",
        {"promoId": "<promoId>"},
        "result.offers.0.status",
        "NOT_PARTICIPATING",
        joined,
    ),
    Pair(
        "updatePromoOffers",
        JOIN,
        "getPromos",
        {},
        "result.promos.3.assortmentInfo.activeOffers",
        1,
        promo,
        seconds=5 * 3_600,
    ),
]

STOCKS = [
    Pair(
        "updateStocks",
        {"skus": [{"sku": "ЛАМПА", "items": [{"count": 0}]}]},
        "getCampaignOffers",
        LAMP,
        STATUS_IN_STORE,
        "NO_STOCKS",
    ),
    Pair("updateStocks", SEVENTEEN, "getStocks", LAMP, "result.warehouses.0.offers.0.stocks", IN_WAREHOUSE),
    Pair(
        "updateStocks",
        SEVENTEEN,
        "getGoodsStats",
        {"shopSkus": ["ЛАМПА"]},
        "result.shopSkus.0.warehouses.0.stocks",
        IN_WAREHOUSE,
    ),
    Pair(
        "updateStocksOnPartnerWarehouses",
        {"skuItems": [{"sku": "ЛАМПА", "partnerWarehouseId": "<warehouseId>", "count": 17}]},
        "getStocksOnPartnerWarehouses",
        {"partnerWarehouseId": "<warehouseId>", **LAMP},
        "result.offers.0.stocks",
        IN_WAREHOUSE,
        warehouse,
    ),
    Pair(
        "updateWarehouseStatus",
        {"enabled": False},
        "getPagedWarehouses",
        STATUS,
        "result.warehouses.0.status.status",
        "DISABLED_MANUALLY",
    ),
    Pair(
        "updateWarehouseStatus",
        {"enabled": True},
        "getPagedWarehouses",
        STATUS,
        "result.warehouses.0.status.status",
        "OTHER",
        switched_off,
    ),
    Pair(
        "updateWarehouseModelStatus",
        {"partnerWarehouseId": "<warehouseId>", "model": "FBS", "enabled": False},
        "getPagedWarehouses",
        STATUS,
        "result.warehouses.0.status.status",
        "DISABLED_MANUALLY",
        warehouse,
    ),
    Pair(
        "updateWarehouseModelStatus",
        {"partnerWarehouseId": "<warehouseId>", "model": "FBS", "enabled": False},
        "getCampaignOffers",
        LAMP,
        "result.offers.0.status",
        "NO_STOCKS",
        warehouse,
        seconds=901,
    ),
]

PAIRS = [*CARDS, *IN_STORES, *PRICES, *STOCKS]

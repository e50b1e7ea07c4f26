"""What one method of the Market writes, another one reads: a pair for each family, over plain HTTP."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

OUTLET = {
    "name": "Пункт",
    "type": "RETAIL",
    "address": {"regionId": 213},
    "phones": ["+7 (999) 999-99-99"],
    "workingSchedule": {
        "scheduleItems": [{"startDay": "MONDAY", "endDay": "FRIDAY", "startTime": "10:00", "endTime": "19:00"}]
    },
    "shopOutletCode": "п-1",
}

Known = dict[str, Any]


class Pair(NamedTuple):
    write: str
    sent: Callable[[Known], Any]
    read: str
    asked: Callable[[Known], Any]
    read_back: Callable[[Any], Any]
    expected: Callable[[Known], Any]
    query: Callable[[Known], Any] = lambda _: None
    read_query: Callable[[Known], Any] = lambda _: None
    ids: Callable[[Known], Any] = lambda _: None


def offers(known: Known) -> Any:
    return {"offerIds": [known["offer"]]}


def price(known: Known) -> Any:
    return {"offers": [{"offerId": known["offer"], "price": {"value": known["price"], "currencyId": "RUR"}}]}


def first(*path: str) -> Callable[[Any], Any]:
    """Read a place in an answer; of a list its first item."""

    def read(answer: Any) -> Any:
        for name in path:
            answer = answer[name]
            answer = answer[0] if isinstance(answer, list) and answer else answer
        return answer

    return read


def const(value: Any) -> Callable[[Known], Any]:
    return lambda _: value


def of_order(known: Known) -> Any:
    return {"orderId": known["order"]}


def orders(known: Known) -> Any:
    return {"orderIds": [known["order"]]}


def chat(known: Known) -> Any:
    return {"chatId": known["chat"]}


PAIRS = [
    Pair(
        "updateBusinessPrices",
        price,
        "getDefaultPrices",
        offers,
        first("result", "offers", "price", "value"),
        lambda known: known["price"],
    ),
    Pair(
        "updatePrices",
        price,
        "getPricesByOfferIds",
        offers,
        first("result", "offers", "price", "value"),
        lambda known: known["price"],
    ),
    Pair(
        "updateStocks",
        lambda known: {"skus": [{"sku": known["offer"], "items": [{"count": 17}]}]},
        "getStocks",
        offers,
        lambda answer: {
            stock["type"]: stock["count"] for stock in answer["result"]["warehouses"][0]["offers"][0]["stocks"]
        }["FIT"],
        const(17),
    ),
    Pair(
        "updateOfferMappings",
        lambda known: {"offerMappings": [{"offer": {"offerId": known["offer"], "vendor": "Ромашка-2"}}]},
        "getOfferMappings",
        offers,
        first("result", "offerMappings", "offer", "vendor"),
        const("Ромашка-2"),
    ),
    Pair(
        "addOffersToArchive",
        offers,
        "getOfferMappings",
        offers,
        first("result", "offerMappings", "offer", "archived"),
        const(True),
    ),
    Pair("deleteOffers", offers, "getOfferMappings", offers, first("result", "offerMappings"), const([])),
    Pair(
        "addHiddenOffers",
        lambda known: {"hiddenOffers": [{"offerId": known["offer"]}]},
        "getHiddenOffers",
        const(None),
        first("result", "hiddenOffers", "offerId"),
        lambda known: known["offer"],
        read_query=lambda known: {"offer_id": known["offer"]},
    ),
    Pair("deleteCampaignOffers", offers, "getCampaignOffers", offers, first("result", "offers"), const([])),
    Pair(
        "putBidsForBusiness",
        lambda known: {"bids": [{"sku": known["offer"], "bid": 570}]},
        "getBidsInfoForBusiness",
        lambda known: {"skus": [known["offer"]]},
        first("result", "bids", "bid"),
        const(570),
    ),
    Pair(
        "updateOrderStatus",
        const({"order": {"status": "PROCESSING", "substatus": "READY_TO_SHIP"}}),
        "getBusinessOrders",
        orders,
        first("orders", "substatus"),
        const("READY_TO_SHIP"),
        ids=of_order,
    ),
    Pair(
        "updateExternalOrderId",
        const({"externalOrderId": "A-1"}),
        "getBusinessOrders",
        orders,
        first("orders", "externalOrderId"),
        const("A-1"),
        ids=of_order,
    ),
    Pair(
        "sendMessageToChat",
        const({"message": "Привет"}),
        "getChatHistory",
        const({}),
        lambda answer: "Привет" in [message.get("message") for message in answer["result"]["messages"]],
        const(True),
        query=chat,
        read_query=chat,
    ),
    Pair(
        "updateGoodsFeedbackComment",
        lambda known: {"feedbackId": known["feedback"], "comment": {"text": "Спасибо!"}},
        "getGoodsFeedbackComments",
        lambda known: {"feedbackId": known["feedback"]},
        first("result", "comments", "text"),
        const("Спасибо!"),
    ),
    Pair(
        "skipGoodsFeedbacksReaction",
        lambda known: {"feedbackIds": [known["feedback"]]},
        "getGoodsFeedbacks",
        lambda known: {"feedbackIds": [known["feedback"]]},
        first("result", "feedbacks", "needReaction"),
        const(False),
    ),
    Pair(
        "updateGoodsQuestionTextEntity",
        lambda known: {
            "operationType": "CREATE",
            "parentEntityId": {"id": known["question"], "type": "QUESTION"},
            "text": "Да.",
        },
        "getGoodsQuestionAnswers",
        lambda known: {"questionId": known["question"]},
        first("result", "answers", "text"),
        const("Да."),
    ),
    Pair(
        "createOutlet",
        const(OUTLET),
        "getOutlets",
        const(None),
        first("outlets", "name"),
        const("Пункт"),
        ids=lambda known: {"campaignId": known["dbs"]},
        read_query=const({"shop_outlet_code": "п-1"}),
    ),
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.write} → {pair.read}")
async def test_what_is_written_is_read_back(open_sandbox, pair):
    sandbox, http = await open_sandbox(offers=20, hidden=0, warehouse=0, campaigns=["FBS", "DBS"])
    offer = sandbox.offer_ids()[0]
    known = {
        "offer": offer,
        "price": float(sandbox.prices.get(offer)) + 1,
        "order": sandbox.orders.place(campaign_id=sandbox.campaign_id),
        "chat": sandbox.chats.start("Алло", order_id=4711),
        "feedback": sandbox.feedback.leave(offer),
        "question": sandbox.questions.ask(offer),
        "dbs": sandbox.campaign_ids[1],
    }
    ids = pair.ids(known)

    async def reads() -> Any:
        answer = await http.ok(pair.read, pair.asked(known), ids=ids, query=pair.read_query(known))
        try:
            return pair.read_back(answer)
        except (LookupError, TypeError):
            return None  # it isn't there

    expected = pair.expected(known)
    assert await reads() != expected
    await http.ok(pair.write, pair.sent(known), ids=ids, query=pair.query(known))
    assert await reads() == expected

"""What reports, chats, feedback, questions, ratings, outlets, supplies and pick-up points answer is valid by the
official description."""

import re
from typing import Any

import aiohttp
import msgspec
import pytest

from tests.described import DESCRIPTION, answers, operations
from yamarket_async.families import endpoints
from yamarket_async.models.days import decode_hook
from yamarket_async.sandbox import Sandbox
from yamarket_async.sandbox.moments import day

FAMILIES = (
    "reports",
    "chats",
    "goods-feedback",
    "goods-questions",
    "ratings",
    "outlets",
    "outlet-licenses",
    "logistics-points",
    "supply-requests",
)
OPERATIONS = sorted(
    name
    for name, endpoint in endpoints().items()
    if endpoint.reference.partition("/")[0] in FAMILIES or "logistic" in endpoint.reference
)


@pytest.fixture
async def world(open_sandbox):
    """A sandbox in which there is something of everything."""
    return await open_sandbox(offers=40, campaigns=["FBS", "FBY", "DBS", "LAAS"])


def fields(sandbox) -> dict[str, Any]:
    """What requests hold, by the names of the fields."""
    today = day(sandbox.now()).isoformat()
    chat_id = sandbox.chats.start("Алло", order_id=4711)
    sandbox.chats.send_file(chat_id, "чек.png", b"x")
    feedback_id = sandbox.feedback.leave(sandbox.offer_ids()[0])
    sandbox.feedback.comment(feedback_id, "?")
    question_id = sandbox.questions.ask(sandbox.offer_ids()[0])
    sandbox.questions.comment(sandbox.questions.answer(question_id, "!"), "?")
    dbs = sandbox.campaign_ids[2]
    sandbox.ratings.blame(4711, "FBS_LATE_SHIP_RATE")
    return {
        "chatId": chat_id,
        "messageId": sandbox.chats.say(chat_id, "?"),
        "message": "Здравствуйте!",
        "context": {"type": "ORDER", "id": 4711},
        "feedbackId": feedback_id,
        "comment": {"text": "Спасибо!"},
        "questionId": question_id,
        "operationType": "CREATE",
        "parentEntityId": {"id": question_id, "type": "QUESTION"},
        "text": "Да.",
        "outletId": sandbox.outlets.ids(dbs)[0],
        "outletIds": sandbox.outlets.ids(dbs)[0],
        "requestId": sandbox.supplies.ids(sandbox.campaign_ids[1])[0],
        "campaignIds": list(sandbox.campaign_ids[:3]),
        "dateFrom": today,
        "dateTo": today,
        "monthOfYear": {"year": 2026, "month": 5},
        "year": 2026,
        "month": 5,
        "contractType": "INCOME",
        "categoryId": 90_401,
        "detalizationLevel": "WEEK",
        "grouping": "OFFERS",
        "attributionType": "CLICKS",
        "barcodeFormat": "F_30_20",
        "barcodeOfferInfos": [{"offerId": sandbox.offer_ids()[0], "barcodeCount": 1}],
        "orderIds": [4711],
        "name": "Пункт",
        "type": "RETAIL",
        "address": {"regionId": 213},
        "phones": ["+7 (999) 999-99-99"],
        "workingSchedule": {
            "scheduleItems": [{"startDay": "MONDAY", "endDay": "FRIDAY", "startTime": "10:00", "endTime": "19:00"}]
        },
        "licenses": [
            {
                "outletId": sandbox.outlets.ids(dbs)[0],
                "licenseType": "ALCOHOL",
                "number": "1",
                "dateOfIssue": "2025-11-13T00:00:00+03:00",
                "dateOfExpiry": "2028-11-13T00:00:00+03:00",
            }
        ],
    }


async def call(http, name: str, known: dict[str, Any]):
    """Call a method with what it takes."""
    sandbox, endpoint = http.sandbox, endpoints()[name]
    models = {store.model: store.id for store in sandbox.world.stores.values()}
    store = next(models[model] for model in endpoint.models if model in models)
    body_fields = endpoint.body.__struct_encode_fields__ if endpoint.body else ()
    ids = {"campaignId": store, "businessId": sandbox.business_id, "outletId": known["outletId"]}
    if name == "getReportInfo":
        ordered = await call(http, "generateGoodsFeedbackReport", known)
        sandbox.tick(5)
        ids["reportId"] = ordered.json["result"]["reportId"]
    body = {field: (known | ids)[field] for field in body_fields if field in known | ids}
    if "businessId" in body:
        body.pop("campaignId", None)
    if name == "deleteGoodsFeedbackComment":
        written = await call(http, "updateGoodsFeedbackComment", known)
        body = {"id": written.json["result"]["id"]}
    if name == "skipGoodsFeedbacksReaction":
        body = {"feedbackIds": [known["feedbackId"]]}
    query = {parameter.name: known[parameter.name] for parameter in endpoint.query if parameter.name in known}
    if name == "deleteOutletLicenses":
        query = {"ids": 1}
    path = re.sub(r"{(\w+)}", lambda match: str(ids[match[1]]), endpoint.path)
    if endpoint.upload:
        form = aiohttp.FormData()
        form.add_field("file", b"x", filename="x.png", content_type="image/png")
        return await http.send(endpoint.http_method, path, query=query, data=form)
    json = body if endpoint.body else None
    return await http.send(endpoint.http_method, path, query=query, **({} if json is None else {"json": json}))


@pytest.mark.skipif(not DESCRIPTION.exists(), reason="the description does not lie beside this checkout")
@pytest.mark.parametrize("name", OPERATIONS)
async def test_answers_are_valid(world, name):
    if name not in operations():
        pytest.skip("newer than the description")
    sandbox, http = world
    answer = await call(http, name, fields(sandbox))
    if name in {"createChat", "generateMassOrderLabelsReport", "generateShipmentListDocumentReport"}:
        # They look for the order, which another family has.
        assert answer.status in {200, 404}, answer.body
    else:
        assert answer.status == 200, answer.body
    errors = list(answers(name, answer.status).iter_errors(answer.json))
    assert not errors, [f"{list(error.absolute_path)}: {error.message}" for error in errors]
    if answer.status == 200:
        # And by the structs of this package.
        response = endpoints()[name].response
        msgspec.convert(answer.json, response, dec_hook=decode_hook, strict=False)


def test_no_method_of_these_families_is_left_out():
    assert len(OPERATIONS) == 27 + 7 + 6 + 3 + 2 + 5 + 3 + 1 + 3
    assert {name for name in OPERATIONS if Sandbox.reality(name) == "synthesised"} == set()

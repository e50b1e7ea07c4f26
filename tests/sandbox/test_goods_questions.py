"""Questions about products, answers and comments."""

from functools import partial

import pytest

from yamarket_async import MarketClient
from yamarket_async.sandbox import Sandbox
from yamarket_async.sandbox.moments import day, days_after


@pytest.fixture
async def store(open_sandbox):
    return await open_sandbox(offers=100)


def path(http) -> str:
    return f"/v1/businesses/{http.sandbox.business_id}/goods-questions"


async def questions(http, json=None, **query):
    return await http.post(path(http), json, **query)


async def answers(http, json, **query):
    return await http.post(path(http) + "/answers", json, **query)


async def change(http, operation: str, **body):
    return await http.post(path(http) + "/update", {"operationType": operation, **body})


async def answer(http, question_id: int, text: str) -> int:
    parent = {"id": question_id, "type": "QUESTION"}
    made = (await change(http, "CREATE", parentEntityId=parent, text=text)).json["result"]["entity"]
    assert made["type"] == "ANSWER"
    return made["id"]


async def test_a_question_that_is_asked_is_read(store):
    sandbox, http = store
    sku = sandbox.offer_ids()[40]
    question_id = sandbox.questions.ask(sku, "Какого цвета?")
    result = (await questions(http, {"questionIds": [question_id]})).json["result"]
    (told,) = result["questions"]
    assert result["totalCount"] == 1
    assert told["questionIdentifiers"]["id"] == question_id
    assert told["questionIdentifiers"]["offerId"] == sku
    assert (told["text"], told["author"]["type"], told["businessId"]) == ("Какого цвета?", "USER", sandbox.business_id)


async def test_questions_come_in_pages_the_latest_first(store):
    sandbox, http = store
    first = await questions(http, limit=20)
    sandbox.questions.ask(sandbox.offer_ids()[0])
    rest = await questions(http, limit=20, pageToken=first.next_token)
    both = [each for page in (first, rest) for each in page.json["result"]["questions"]]
    known = sandbox.questions.ids()
    assert [each["questionIdentifiers"]["id"] for each in both] == known[-2::-1]
    oldest = await questions(http, {"sort": "CREATED_AT_ASC"}, limit=50)
    assert [each["questionIdentifiers"]["id"] for each in oldest.json["result"]["questions"]] == known


async def test_questions_by_filters(store):
    sandbox, http = store
    today = day(sandbox.now())
    mine = sandbox.questions.ask(sandbox.offer_ids()[99])
    foreign = sandbox.questions.ask("not of the catalogue")

    async def ids(**filters):
        found = (await questions(http, filters, limit=50)).json["result"]["questions"]
        return {each["questionIdentifiers"]["id"] for each in found}

    everything = await ids()
    assert await ids(dateFrom=today.isoformat()) == {mine, foreign}
    assert await ids(dateTo=days_after(today, -1).isoformat()) == everything - {mine, foreign}
    (told,) = (await questions(http, {"questionIds": [mine]})).json["result"]["questions"]
    category = told["questionIdentifiers"]["categoryId"]
    assert mine in await ids(categoryIds=[category])
    assert foreign not in await ids(categoryIds=[category])
    assert await ids(needAnswer=True) == everything
    await answer(http, mine, "Синего.")
    assert await ids(needAnswer=True) == everything - {mine}


async def test_a_period_of_more_than_a_month_is_refused(store):
    sandbox, http = store
    today = day(sandbox.now())
    body = {"dateFrom": days_after(today, -40).isoformat(), "dateTo": today.isoformat()}
    for each in (body, {"dateTo": "0001-01-01"}):
        refused = await questions(http, each)
        assert (refused.status, "more than '31' days" in refused.message) == (400, True)


async def test_answers_and_comments_are_read_changed_and_deleted(store):
    sandbox, http = store
    question_id = sandbox.questions.ask(sandbox.offer_ids()[0])
    answer_id = await answer(http, question_id, "Синего.")
    parent = {"id": answer_id, "type": "ANSWER"}
    commented = await change(http, "CREATE", parentEntityId=parent, text="Тёмно-синего.")
    comment = commented.json["result"]["entity"]
    assert comment["type"] == "COMMENT"
    sandbox.tick(300)
    (told,) = (await answers(http, {"questionId": question_id})).json["result"]["answers"]
    assert (told["id"], told["text"], told["status"], told["canModify"]) == (answer_id, "Синего.", "PUBLISHED", True)
    assert [(one["id"], one["text"], one["answerId"]) for one in told["comments"]] == [
        (comment["id"], "Тёмно-синего.", answer_id)
    ]
    changed = await change(http, "UPDATE", entityId=parent, text="Голубого.")
    assert changed.json == {"status": "OK"}
    (told,) = (await answers(http, {"answerIds": [answer_id, 1]})).json["result"]["answers"]
    assert (told["text"], told["status"]) == ("Голубого.", "UNMODERATED")
    assert (await change(http, "DELETE", entityId=comment)).json == {"status": "OK"}
    (told,) = (await answers(http, {"questionId": question_id})).json["result"]["answers"]
    assert told["comments"] == []
    await change(http, "DELETE", entityId=parent)
    assert (await answers(http, {"questionId": question_id})).json["result"]["answers"] == []


async def test_buyers_answer_and_comment_too(store):
    sandbox, http = store
    question_id = sandbox.questions.ask(sandbox.offer_ids()[0])
    first = sandbox.questions.answer(question_id, "У меня красный.")
    second = sandbox.questions.answer(question_id, "И у меня.")
    comment_id = sandbox.questions.comment(first, "Спасибо!")
    page = await answers(http, {"questionId": question_id}, limit=1)
    rest = await answers(http, {"questionId": question_id}, limit=1, pageToken=page.next_token)
    (one,), (other,) = (each.json["result"]["answers"] for each in (page, rest))
    assert (one["id"], other["id"]) == (first, second)
    assert (one["canModify"], one["author"]["type"]) == (False, "USER")
    assert one["comments"][0]["id"] == comment_id
    sandbox.questions.ban("ANSWER", first)
    assert (await answers(http, {"answerIds": [first]})).json["result"]["answers"][0]["status"] == "BANNED"


async def test_what_is_refused(store):
    sandbox, http = store
    question_id = sandbox.questions.ask(sandbox.offer_ids()[0])
    answer_id = sandbox.questions.answer(question_id, "У меня красный.")
    question = {"id": question_id, "type": "QUESTION"}
    foreign = {"id": answer_id, "type": "ANSWER"}
    nobody = {"id": 1, "type": "ANSWER"}
    for answer_, status, message in (
        (await change(http, "CREATE", text="x"), 400, "parentEntityId required for CREATE operation"),
        (await change(http, "UPDATE", text="x"), 400, "entityId required for UPDATE and DELETE operation"),
        (await change(http, "DELETE"), 400, "entityId required for UPDATE and DELETE operation"),
        (
            await change(http, "UPDATE", entityId=question, text="x"),
            400,
            "QUESTION entity type cannot be updated",
        ),
        (
            await change(http, "CREATE", parentEntityId={"id": 1, "type": "COMMENT"}, text="x"),
            400,
            "Cannot create a comment on another comment.",
        ),
        (
            await change(http, "CREATE", parentEntityId=question),
            400,
            "'text' must not be null (rejected value: null)",
        ),
        (
            await change(http, "CREATE", parentEntityId=nobody, text="x"),
            404,
            "Failed to find ['answer'] with id ['1']",
        ),
        (await change(http, "DELETE", entityId=nobody), 404, "Failed to find ['answer'] with id ['1']"),
        (await change(http, "DELETE", entityId=foreign), 403, "Access denied"),
        (await answers(http, {"questionId": 1}), 404, "Failed to find ['question'] with id ['1']"),
        (await answers(http, {}), 400, "'questionId' must not be null (rejected value: null)"),
    ):
        assert (answer_.status, answer_.message) == (status, message)


def test_hands_know_only_what_there_is(unopened):
    for hand in (unopened.questions.answer, unopened.questions.comment):
        with pytest.raises(LookupError, match="there is no"):
            hand(1, "x")


async def test_questions_over_http_and_in_notifications(store):
    sandbox, http = store
    told = []
    sandbox.world.on_notification = lambda kind, fields: told.append((kind, fields))
    asked = await http.post("/__sandbox/questions/ask", {"offer_id": sandbox.offer_ids()[0]})
    question_id = asked.json["result"]
    body = {"question_id": question_id, "text": "Да"}
    answer_id = (await http.post("/__sandbox/questions/answer", body)).json["result"]
    body = {"answer_id": answer_id, "text": "Нет"}
    comment_id = (await http.post("/__sandbox/questions/comment", body)).json["result"]
    assert told == [
        ("QUESTION_CREATED", {"questionId": question_id}),
        ("QUESTION_ANSWER_CREATED", {"answerId": answer_id}),
        ("QUESTION_COMMENT_CREATED", {"answerId": answer_id, "commentId": comment_id}),
    ]


async def test_only_what_is_new_comes_back():
    async with Sandbox(offers=5) as sandbox, MarketClient(sandbox.api_key, base_url=sandbox.url) as market:
        question = {"id": sandbox.questions.ids()[0], "type": "QUESTION"}
        change = partial(market.update_goods_question_text_entity, sandbox.business_id)
        made = await change("CREATE", parent_entity_id=question, text="Синего.")
        assert made is not None
        assert await change("UPDATE", entity_id=made.entity, text="Голубого.") is None
        assert await change("DELETE", entity_id=made.entity) is None

"""Feedback on products: what buyers leave, and what the seller says to it."""

from datetime import datetime, timedelta

import pytest

from yamarket_async.sandbox import Sandbox
from yamarket_async.sandbox.moments import DAY, iso


@pytest.fixture
async def store(open_sandbox):
    return await open_sandbox(offers=100)


async def feedbacks(http, json=None, **query):
    return await http.post(f"{http.business}/goods-feedback", json, **query)


async def write(http, feedback_id: int, text: str, **comment):
    body = {"feedbackId": feedback_id, "comment": {"text": text, **comment}}
    return await http.post(f"{http.business}/goods-feedback/comments/update", body)


async def comments(http, json, **query):
    return await http.post(f"{http.business}/goods-feedback/comments", json, **query)


async def one(http, feedback_id: int):
    return (await feedbacks(http, {"feedbackIds": [feedback_id]})).json["result"]["feedbacks"][0]


async def test_feedback_that_is_left_is_read(store):
    sandbox, http = store
    sku = sandbox.offer_ids()[7]
    feedback_id = sandbox.feedback.leave(sku, 2, text="Сломался.", order_id=4711)
    told = await one(http, feedback_id)
    assert told["identifiers"] == {"offerId": sku, "orderId": 4711}
    assert (told["statistics"]["rating"], told["description"]["comment"]) == (2, "Сломался.")
    assert (told["needReaction"], told["statistics"]["recommended"]) == (True, False)


async def test_all_feedback_comes_in_pages(store):
    sandbox, http = store
    first = await feedbacks(http, limit=20)
    sandbox.feedback.leave(sandbox.offer_ids()[0])
    second = await feedbacks(http, limit=20, page_token=first.next_token)
    both = first.json["result"]["feedbacks"] + second.json["result"]["feedbacks"]
    assert [each["feedbackId"] for each in both] == sandbox.feedback.ids()
    assert second.next_token is None


async def test_feedback_by_filters(store):
    sandbox, http = store
    sku = sandbox.offer_ids()[50]
    mine = sandbox.feedback.leave(sku, 1)

    async def ids(**filters):
        found = (await feedbacks(http, filters, limit=50)).json["result"]["feedbacks"]
        return [each["feedbackId"] for each in found]

    everything = await ids()
    assert await ids(offerIds=[f" {sku} "]) == [mine]
    assert set(await ids(ratingValues=[1])) < set(everything)
    assert set(await ids(paid=True)) | set(await ids(paid=False)) == set(everything)
    assert 0 < len(await ids(paid=True)) < len(everything)
    assert set(await ids(reactionStatus="NEED_REACTION")) < set(everything)
    assert await ids(reactionStatus="ALL") == everything
    now = sandbox.now()
    assert await ids(dateTimeFrom=iso(now - 60)) == [mine]
    assert await ids(dateTimeTo=iso(now - 60)) == everything[:-1]
    assert await ids(dateTimeFrom=iso(now - 5 * DAY), dateTimeTo=iso(now - 5 * DAY + 1)) == []


async def test_a_period_of_more_than_half_a_year_is_refused(store):
    sandbox, http = store
    now = datetime.fromisoformat(iso(sandbox.now()))
    body = {"dateTimeFrom": (now - timedelta(days=190)).isoformat(), "dateTimeTo": now.isoformat()}
    answer = await feedbacks(http, body)
    assert (answer.status, "dateTimeFrom" in answer.message) == (400, True)


async def test_an_answer_is_read_and_published_after_a_while(store):
    sandbox, http = store
    feedback_id = sandbox.feedback.leave(sandbox.offer_ids()[0])
    written = (await write(http, feedback_id, "Спасибо!")).json["result"]
    assert (written["status"], written["canModify"]) == ("UNMODERATED", True)
    assert written["author"]["type"] == "BUSINESS"
    assert "parentId" not in written
    sandbox.tick(300)
    (read,) = (await comments(http, {"feedbackId": feedback_id})).json["result"]["comments"]
    assert read == written | {"status": "PUBLISHED"}
    told = await one(http, feedback_id)
    assert (told["needReaction"], told["statistics"]["commentsCount"]) == (False, 1)
    by_id = await comments(http, {"commentIds": [written["id"], 1]})
    assert by_id.json["result"]["comments"] == [read]


async def test_buyers_comment_and_are_answered(store):
    sandbox, http = store
    feedback_id = sandbox.feedback.leave(sandbox.offer_ids()[0])
    await write(http, feedback_id, "Спасибо!")
    comment_id = sandbox.feedback.comment(feedback_id, "А когда починят?")
    assert (await one(http, feedback_id))["needReaction"]
    reply = (await write(http, feedback_id, "Завтра.", parentId=comment_id)).json["result"]
    assert reply["parentId"] == comment_id
    first = await comments(http, {"feedbackId": feedback_id}, limit=2)
    rest = await comments(http, {"feedbackId": feedback_id}, limit=2, page_token=first.next_token)
    texts = [each["text"] for page in (first, rest) for each in page.json["result"]["comments"]]
    assert texts == ["Спасибо!", "А когда починят?", "Завтра."]
    assert not first.json["result"]["comments"][1]["canModify"]
    # What answers a comment isn't counted.
    assert (await one(http, feedback_id))["statistics"]["commentsCount"] == 2


async def test_a_comment_is_changed_and_deleted(store):
    sandbox, http = store
    feedback_id = sandbox.feedback.leave(sandbox.offer_ids()[0])
    comment_id = (await write(http, feedback_id, "Спасибо!")).json["result"]["id"]
    sandbox.tick(300)
    changed = (await write(http, feedback_id, "Большое спасибо!", id=comment_id, parentId=1)).json["result"]
    assert (changed["id"], changed["text"], changed["status"]) == (comment_id, "Большое спасибо!", "UNMODERATED")
    deleted = await http.post(f"{http.business}/goods-feedback/comments/delete", {"id": comment_id})
    assert deleted.json == {"status": "OK"}
    assert (await comments(http, {"feedbackId": feedback_id})).json["result"]["comments"] == []
    assert (await comments(http, {"commentIds": [comment_id]})).json["result"]["comments"] == []
    again = await http.post(f"{http.business}/goods-feedback/comments/delete", {"id": comment_id})
    assert (again.status, again.message) == (404, "Grade not found.")


async def test_a_comment_may_be_banned(store):
    sandbox, http = store
    feedback_id = sandbox.feedback.leave(sandbox.offer_ids()[0])
    comment_id = (await write(http, feedback_id, "Спасибо!")).json["result"]["id"]
    sandbox.feedback.ban(comment_id)
    sandbox.tick(300)
    (read,) = (await comments(http, {"feedbackId": feedback_id})).json["result"]["comments"]
    assert read["status"] == "BANNED"


@pytest.mark.parametrize("text", ["См. https://market.yandex.ru/card/1", "https://www.market.yandex.ru"])
async def test_comments_may_lead_to_the_market(store, text):
    sandbox, http = store
    assert (await write(http, sandbox.feedback.leave(sandbox.offer_ids()[0]), text)).status == 200


async def test_comments_that_are_refused(store):
    sandbox, http = store
    feedback_id = sandbox.feedback.leave(sandbox.offer_ids()[0])
    foreign = sandbox.feedback.comment(feedback_id, "От покупателя")
    await write(http, feedback_id, "Спасибо!")
    path = f"{http.business}/goods-feedback/comments/delete"
    for answer, status, message in (
        (await write(http, feedback_id, "Спасибо!"), 400, "Duplicate comment."),
        (await write(http, feedback_id, "См. https://shop.example"), 400, "Illegal url in comment text."),
        (await write(http, feedback_id, "www.shop.example"), 400, "Illegal url in comment text."),
        (await write(http, feedback_id, "https://market.yandex.ru.shop.example/"), 400, "Illegal url in comment text."),
        (await write(http, 1, "Спасибо!"), 404, "Grade not found."),
        (await write(http, feedback_id, "Да", parentId=1), 404, "Grade not found."),
        (await write(http, feedback_id, "Да", id=1), 404, "Grade not found."),
        (await write(http, feedback_id, "Да", id=foreign), 403, "No access to comment modifying."),
        (await http.post(path, {"id": foreign}), 403, "No access to comment modifying."),
        (await comments(http, {"feedbackId": 1}), 404, "Feedbacks not found."),
        (await comments(http, {}), 400, "'feedbackId' must not be null (rejected value: null)"),
    ):
        assert (answer.status, answer.message) == (status, message)
    sandbox.feedback.close(feedback_id)
    closed = await write(http, feedback_id, "Ещё раз спасибо!")
    assert (closed.status, closed.message) == (403, "No access to feedback modifying.")


async def test_feedback_that_is_skipped_needs_no_reaction(store):
    sandbox, http = store
    path = f"{http.business}/goods-feedback/skip-reaction"
    feedback_id = sandbox.feedback.leave(sandbox.offer_ids()[0])
    refused = await http.post(path, {"feedbackIds": [feedback_id, 1]})
    assert (refused.status, refused.message) == (404, "Feedbacks not found.")
    assert (await one(http, feedback_id))["needReaction"]
    assert (await http.post(path, {"feedbackIds": [feedback_id]})).json == {"status": "OK"}
    assert not (await one(http, feedback_id))["needReaction"]
    sandbox.feedback.close(feedback_id)
    closed = await http.post(path, {"feedbackIds": [feedback_id]})
    assert (closed.status, closed.message) == (403, "No access to feedback modifying.")


async def test_feedback_for_brands_tells_the_product(store):
    sandbox, http = store
    path = f"/v1/businesses/{sandbox.business_id}/goods-feedback-advertiser"
    unknown = sandbox.feedback.leave("not of the catalogue")
    found = (await http.post(path, {}, limit=50, sourceType="ADVERTISER")).json["result"]["feedbacks"]
    assert [each["feedbackId"] for each in found] == sandbox.feedback.ids()
    assert found[0]["context"]["offerName"]
    (alone,) = (await http.post(path, {"feedbackIds": [unknown]})).json["result"]["feedbacks"]
    assert alone["context"]["businessId"] == sandbox.business_id
    assert "offerName" not in alone["context"]


def test_hands_know_only_what_there_is(unopened):
    with pytest.raises(ValueError, match="rating=6"):
        unopened.feedback.leave("x", 6)
    with pytest.raises(LookupError, match="feedback_id=1"):
        unopened.feedback.close(1)
    with pytest.raises(LookupError, match="comment_id=1"):
        unopened.feedback.ban(1)


def test_a_shop_without_products_has_no_feedback():
    assert Sandbox(offers=0).feedback.ids() == []


async def test_feedback_over_http_and_in_notifications(store):
    sandbox, http = store
    told = []
    sandbox.world.on_notification = lambda kind, fields: told.append((kind, fields))
    body = {"offer_id": sandbox.offer_ids()[0], "rating": 4}
    feedback_id = (await http.post("/__sandbox/feedback/leave", body)).json["result"]
    commented = {"feedback_id": feedback_id, "text": "?"}
    comment_id = (await http.post("/__sandbox/feedback/comment", commented)).json["result"]
    assert told == [
        ("GOODS_FEEDBACK_CREATED", {"feedbackId": feedback_id}),
        ("GOODS_FEEDBACK_COMMENT_CREATED", {"commentId": comment_id}),
    ]

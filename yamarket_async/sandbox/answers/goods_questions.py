"""Questions about products, their answers, and the comments on those."""

from datetime import date
from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.calls import Call, Refusal, bad_request, forbidden, not_found
from yamarket_async.sandbox.moments import day, days_after, iso
from yamarket_async.sandbox.pages import listed, paged
from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.parts.questions import Entry, Questions

LONGEST = 31
"""Days that the period of getGoodsQuestions may have: a month."""

_FIRST = date(2000, 1, 1)
"""The Market is not older than this; a period before it is none."""

_LAST = 10**12


def _missing(kind: str, id_: int) -> Refusal:
    return not_found(f"Failed to find ['{kind.lower()}'] with id ['{id_}']")


def _author(entry: Entry) -> dict[str, str]:
    return {"type": entry.author_type, "name": entry.author}


def _written(entry: Entry) -> dict[str, Any]:
    """Write what a question, an answer and a comment have in common."""
    votes = {"likes": entry.likes, "dislikes": entry.dislikes}
    return {"text": entry.text, "createdAt": iso(entry.created), "votes": votes, "author": _author(entry)}


def _category(call: Call, offer_id: str) -> int | None:
    catalogue = call.world.part(Catalogue)
    position = catalogue.position(offer_id)
    return None if position is None else catalogue.profile(position).category_id


def _period(call: Call) -> tuple[date, date]:
    last = date.fromisoformat(call.sent("dateTo") or day(call.now).isoformat())
    first = date.fromisoformat(call.sent("dateFrom") or max(last, _FIRST).isoformat())
    if call.sent("dateFrom") is None:
        first = days_after(first, -LONGEST)
    if not 0 <= (last - first).days <= LONGEST:
        raise bad_request(f"Invalid filters: interval between 'dateFrom' and 'dateTo' is more than '{LONGEST}' days.")
    return first, last


@answers("getGoodsQuestions")
def questions(call: Call) -> dict[str, Any]:
    """Questions about the seller's products."""

    def write(entry: Entry) -> dict[str, Any]:
        identifiers = {"id": entry.id, "offerId": entry.offer_id}
        category = _category(call, entry.offer_id)
        if category is not None:
            identifiers["categoryId"] = category
        return _written(entry) | {"questionIdentifiers": identifiers, "businessId": call.business_id}

    (first, last), ids, categories = _period(call), call.sent("questionIds"), call.sent("categoryIds")
    waiting = call.sent("needAnswer", default=False)
    found = [
        entry
        for entry in call.world.part(Questions).all()
        if (entry.id in ids if ids is not None else first <= day(entry.created) <= last)
        and (categories is None or _category(call, entry.offer_id) in categories)
        and (not waiting or entry.needs_answer())
    ]
    backwards = call.sent("sort", "CREATED_AT_DESC") == "CREATED_AT_DESC"

    def place(entry: Entry) -> int:
        return _LAST - entry.number if backwards else entry.number

    return paged(call, sorted(found, key=place), key=place, write=write, more={"totalCount": len(found)})


@answers("getGoodsQuestionAnswers")
def answers_of(call: Call) -> dict[str, Any]:
    """The answers of a question, with the comments on them."""
    part, ids = call.world.part(Questions), call.sent("answerIds")

    def write(entry: Entry) -> dict[str, Any]:
        comments = [_comment(comment, call.now) for comment in entry.visible()][:100]
        own = {"id": entry.id, "questionId": entry.of, "canModify": entry.author_type == "BUSINESS"}
        return _written(entry) | own | {"status": entry.status(call.now), "comments": comments}

    if ids is not None:
        known = [entry for entry in (part.find("ANSWER", id_) for id_ in ids) if entry is not None]
        return listed(call, [write(entry) for entry in known])
    question_id = call.sent("questionId")
    if question_id is None:
        raise bad_request("'questionId' must not be null (rejected value: null)")
    question = part.find("QUESTION", question_id)
    if question is None:
        raise _missing("QUESTION", question_id)
    return paged(call, question.visible(), key=lambda entry: entry.number, write=write)


def _comment(entry: Entry, now: float) -> dict[str, Any]:
    own = {"id": entry.id, "answerId": entry.of, "canModify": entry.author_type == "BUSINESS"}
    return _written(entry) | own | {"status": entry.status(now)}


@answers("updateGoodsQuestionTextEntity")
def write(call: Call) -> dict[str, Any]:
    """Create, change or delete an answer or a comment."""
    operation = call.sent("operationType")
    if operation == "CREATE":
        return {"status": "OK", "result": {"entity": _create(call)}}
    _change(call, delete=operation == "DELETE")
    return {"status": "OK"}


def _text(call: Call) -> str:
    text = call.sent("text")
    if text is None:
        raise bad_request("'text' must not be null (rejected value: null)")
    return str(text)


def _create(call: Call) -> dict[str, Any]:
    parent, part = call.sent("parentEntityId"), call.world.part(Questions)
    if parent is None:
        raise bad_request("parentEntityId required for CREATE operation")
    if parent["type"] == "COMMENT":
        raise bad_request("Cannot create a comment on another comment.")
    text, found = _text(call), part.find(parent["type"], parent["id"])
    if found is None:
        raise _missing(parent["type"], parent["id"])
    if parent["type"] == "QUESTION":
        return {"id": part.write_answer(found, text).id, "type": "ANSWER"}
    return {"id": part.write_comment(found, text).id, "type": "COMMENT"}


def _change(call: Call, *, delete: bool) -> None:
    entity = call.sent("entityId")
    if entity is None:
        raise bad_request("entityId required for UPDATE and DELETE operation")
    if entity["type"] == "QUESTION":
        raise bad_request("QUESTION entity type cannot be updated")
    found = call.world.part(Questions).find(entity["type"], entity["id"])
    if found is None:
        raise _missing(entity["type"], entity["id"])
    if found.author_type != "BUSINESS":
        raise forbidden("Access denied")
    if delete:
        found.fate = "DELETED"
    else:
        found.text, found.changed = _text(call), call.now

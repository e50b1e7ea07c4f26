"""Feedback on products, and the comments on it."""

import re
from collections.abc import Sequence
from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.calls import Call, bad_request, forbidden, not_found
from yamarket_async.sandbox.moments import DAY, iso
from yamarket_async.sandbox.pages import listed, paged
from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.parts.feedback import Comment, Feedback, FeedbackOnGoods

LONGEST = 184 * DAY
"""Seconds that the period of getGoodsFeedbacks may have: six months."""

_FOREIGN_URL = re.compile(r"(?:https?://|\bwww\.)(?!(?:(?:www|m)\.)?market\.yandex\.ru(?:[/?#\s]|$))", re.IGNORECASE)
"""An address that is none of the Market's."""


def _asked(call: Call) -> Sequence[Feedback]:
    """Find the feedback that a call asks for."""
    part, ids = call.world.part(FeedbackOnGoods), call.sent("feedbackIds")
    if ids is not None:
        return [one for one in map(part.find, ids) if one is not None]
    first, last = call.moment("dateTimeFrom"), call.moment("dateTimeTo")
    last = call.now + 1 if last is None else last
    first = last - LONGEST if first is None else first
    if not 0 <= last - first <= LONGEST:
        raise bad_request("Invalid filters: interval between 'dateTimeFrom' and 'dateTimeTo' is more than '184' days.")
    ratings, offer_ids, paid = call.sent("ratingValues"), call.sent("offerIds"), call.sent("paid")
    waiting = call.sent("reactionStatus") == "NEED_REACTION"
    return [
        one
        for one in part.all()
        if first < one.created < last
        and (ratings is None or one.rating in ratings)
        and (offer_ids is None or one.offer_id in {sku.strip() for sku in offer_ids})
        and (paid is None or bool(one.paid) == paid)
        and (one.need_reaction or not waiting)
    ]


def _feedback(one: Feedback) -> dict[str, Any]:
    """Write feedback as JSON has it, but for what it is on."""
    statistics: dict[str, Any] = {
        "rating": one.rating,
        "commentsCount": sum(comment.parent_id is None for comment in one.visible()),
        "recommended": one.rating > 3,
    }
    if one.paid:
        statistics["paidAmount"] = one.paid
    return {
        "feedbackId": one.id,
        "createdAt": iso(one.created),
        "needReaction": one.need_reaction,
        "author": one.author,
        "description": {"advantages": one.advantages, "disadvantages": one.disadvantages, "comment": one.text},
        "statistics": statistics,
    }


@answers("getGoodsFeedbacks")
def feedbacks(call: Call) -> dict[str, Any]:
    """Feedback on the seller's products."""

    def write(one: Feedback) -> dict[str, Any]:
        identifiers: dict[str, Any] = {"offerId": one.offer_id}
        if one.order_id is not None:
            identifiers["orderId"] = one.order_id
        return _feedback(one) | {"identifiers": identifiers}

    if call.sent("feedbackIds") is not None:
        return listed(call, [write(one) for one in _asked(call)])
    return paged(call, _asked(call), key=lambda one: one.number, write=write)


@answers("getGoodsFeedbacksUrbanads")
def feedbacks_of_brand(call: Call) -> dict[str, Any]:
    """Feedback on the products of a brand."""
    catalogue = call.world.part(Catalogue)

    def write(one: Feedback) -> dict[str, Any]:
        position = catalogue.position(one.offer_id)
        context: dict[str, Any] = {"businessId": call.business_id, "businessName": "ООО «Песочница»"}
        if position is not None:
            profile = catalogue.profile(position)
            context |= {"offerName": profile.name, "brandName": profile.vendor}
        return _feedback(one) | {"context": context}

    if call.sent("feedbackIds") is not None:
        return listed(call, [write(one) for one in _asked(call)])
    return paged(call, _asked(call), key=lambda one: one.number, write=write)


@answers("skipGoodsFeedbacksReaction")
def skip(call: Call) -> None:
    """Note that feedback is not going to be answered."""
    part = call.world.part(FeedbackOnGoods)
    found = [part.find(id_) for id_ in call.sent("feedbackIds")]
    known = [one for one in found if one is not None]
    if len(known) < len(found):
        raise not_found("Feedbacks not found.")
    if any(one.closed for one in known):
        raise forbidden("No access to feedback modifying.")
    part.skip(known)


def _comment(comment: Comment, now: float) -> dict[str, Any]:
    written: dict[str, Any] = {
        "id": comment.id,
        "text": comment.text,
        "canModify": comment.author_type == "BUSINESS",
        "author": {"type": comment.author_type, "name": comment.author},
        "status": comment.status(now),
        "feedbackId": comment.feedback_id,
    }
    if comment.parent_id is not None:
        written["parentId"] = comment.parent_id
    return written


@answers("getGoodsFeedbackComments")
def comments(call: Call) -> dict[str, Any]:
    """The comments on feedback, in the order in which they were written."""
    part, ids = call.world.part(FeedbackOnGoods), call.sent("commentIds")
    if ids is not None:
        known = [comment for comment in map(part.comment_of, ids) if comment is not None]
        return listed(call, [_comment(comment, call.now) for comment in known])
    if call.sent("feedbackId") is None:
        raise bad_request("'feedbackId' must not be null (rejected value: null)")
    one = part.find(call.sent("feedbackId"))
    if one is None:
        raise not_found("Feedbacks not found.")
    numbered = [(number, comment) for number, comment in enumerate(one.comments) if comment.fate != "DELETED"]
    return paged(call, numbered, key=lambda each: each[0], write=lambda each: _comment(each[1], call.now))


@answers("updateGoodsFeedbackComment")
def write_comment(call: Call) -> dict[str, Any]:
    """Write a comment, or change one."""
    part, sent = call.world.part(FeedbackOnGoods), call.body["comment"]
    one = part.find(call.body["feedbackId"])
    if one is None:
        raise not_found("Grade not found.")
    if one.closed:
        raise forbidden("No access to feedback modifying.")
    if _FOREIGN_URL.search(sent["text"]):
        raise bad_request("Illegal url in comment text.")
    if any(comment.text == sent["text"] and comment.author_type == "BUSINESS" for comment in one.visible()):
        raise bad_request("Duplicate comment.")
    if sent.get("id") is not None:
        comment = _own(part, sent["id"])
        comment.text, comment.written = sent["text"], call.now
    else:
        parent_id = sent.get("parentId")
        if parent_id is not None and all(comment.id != parent_id for comment in one.visible()):
            raise not_found("Grade not found.")
        comment = part.write(one, sent["text"], parent_id)
    return {"status": "OK", "result": _comment(comment, call.now)}


def _own(part: FeedbackOnGoods, comment_id: int) -> Comment:
    """Find a comment that the seller may change."""
    comment = part.comment_of(comment_id)
    if comment is None:
        raise not_found("Grade not found.")
    if comment.author_type != "BUSINESS":
        raise forbidden("No access to comment modifying.")
    return comment


@answers("deleteGoodsFeedbackComment")
def delete_comment(call: Call) -> None:
    """Delete a comment of the seller."""
    _own(call.world.part(FeedbackOnGoods), call.sent("id")).fate = "DELETED"

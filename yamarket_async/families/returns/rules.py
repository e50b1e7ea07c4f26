"""What calls about returns must keep to beside the bounds of their fields."""

from collections.abc import Iterator
from typing import Any

from yamarket_async.endpoints import Broken
from yamarket_async.rules import each_once, not_before

COMMENTED = ("REFUND_MONEY_INCLUDING_SHIPMENT", "REPAIR", "DECLINE_REFUND", "OTHER_DECISION")
"""The decisions that need a comment; a refusal may have a reason in its place."""

SUBREASONS = {
    "DOES_NOT_FIT": ("USER_DID_NOT_LIKE", "USER_CHANGED_MIND", "DELIVERED_TOO_LONG"),
    "BAD_QUALITY": ("BAD_PACKAGE", "DAMAGED", "NOT_WORKING", "INCOMPLETENESS"),
    "WRONG_ITEM": ("WRONG_ITEM", "WRONG_COLOR", "DID_NOT_MATCH_DESCRIPTION"),
}
"""What may stand beside each reason of a return."""

changed_range = not_before("from_date", "to_date")


def a_photo(call: Any) -> Iterator[Broken]:
    """The hash of a photo, without which the path leads elsewhere."""
    if not call.image_hash.strip():
        yield Broken("image_hash", call.image_hash, "must not be empty")


def decision(call: Any) -> Iterator[Broken]:
    """A decision on one thing of a return."""
    yield from _decision(call, "")


def decisions(call: Any) -> Iterator[Broken]:
    """Decisions on all things of a return, each once."""
    made = call.return_item_decisions or ()
    for number, each in enumerate(made):
        yield from _decision(each, f"return_item_decisions[{number}].")
    place = "return_item_decisions[{}].returnItemId"
    yield from each_once((each.return_item_id for each in made), place, "thing")


def _decision(made: Any, place: str) -> Iterator[Broken]:
    compensation = getattr(made, "compensation", None)
    if compensation is not None and made.decision_type != "PARTIAL_MONEY_REFUND":
        yield Broken(f"{place}compensation", None, "goes only with PARTIAL_MONEY_REFUND")
    reason = getattr(made, "decision_reason_type", None)
    if made.decision_type in COMMENTED and not made.comment and reason is None:
        yield Broken(f"{place}comment", made.comment, f"is needed with {made.decision_type}")
    if reason is not None and made.decision_type != "DECLINE_REFUND":
        name = "decisionReasonType" if place else "decision_reason_type"
        yield Broken(f"{place}{name}", reason, "goes only with DECLINE_REFUND")


def reasons(call: Any) -> Iterator[Broken]:
    """Reasons that go with each other."""
    for number, item in enumerate(call.new_return.items):
        allowed = SUBREASONS.get(item.reason_type)
        if allowed is not None and item.subreason_type is not None and item.subreason_type not in allowed:
            place = f"new_return.items[{number}].subreasonType"
            yield Broken(place, item.subreason_type, f"must be one of {', '.join(allowed)} with {item.reason_type}")

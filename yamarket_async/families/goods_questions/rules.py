"""What calls about questions must keep to beside the bounds of their fields."""

from collections.abc import Iterator
from typing import Any

from yamarket_async.endpoints import Broken
from yamarket_async.rules import at_least_one, not_before

asked_range = not_before("date_from", "date_to")
whose_answers = at_least_one("question_id", "answer_ids")


def operation(call: Any) -> Iterator[Broken]:
    """What each operation on a text needs, and what it may not have."""
    kind, entity, parent = call.operation_type, call.entity_id, call.parent_entity_id
    if kind == "CREATE":
        if parent is None:
            yield Broken("parent_entity_id", None, "is needed for CREATE: what is answered")
        elif parent.type == "COMMENT":
            yield Broken("parent_entity_id.type", parent.type, "a comment can't be commented on")
        if entity is not None:
            yield Broken("entity_id", None, "goes only with UPDATE and DELETE")
    elif entity is None:
        yield Broken("entity_id", None, f"is needed for {kind}")
    elif entity.type == "QUESTION":
        yield Broken("entity_id.type", entity.type, "a question can't be changed or deleted")
    if kind in ("CREATE", "UPDATE") and not call.text:
        yield Broken("text", call.text, f"is needed for {kind}")

"""The tree of categories, and what is true of a leaf."""

from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.calls import Call, bad_request
from yamarket_async.sandbox.parts.categories import ROOT, categories, is_leaf, name_of

LARGEST_QUANTUM = 100
"""The most pieces by which a product of a category may be sold, where it may be at all."""


@answers("getCategoriesTree", reality="reflected")
def tree(call: Call) -> dict[str, Any]:
    """All categories, in Russian or English."""
    return {"status": "OK", "result": _category(ROOT, english=call.sent("language", "RU") == "EN")}


def _category(category_id: int, *, english: bool) -> dict[str, Any]:
    category = categories()[category_id]
    written: dict[str, Any] = {"id": category.id, "name": category.name_en if english else category.name}
    if category.children:
        written["children"] = [_category(child, english=english) for child in category.children]
    return written


def refuse_wrong_leaves(category_ids: list[int]) -> None:
    """Refuse categories that products can't have.

    Raises:
        Refusal: some are unknown, or no leaves.
    """
    unknown = [str(each) for each in category_ids if each not in categories()]
    if unknown:
        raise bad_request(f"Unknown categories: '{', '.join(unknown)}'")
    parents = [str(each) for each in category_ids if not is_leaf(each)]
    if parents:
        raise bad_request(f"Following categories are not leaf categories: '{', '.join(parents)}'")


@answers("getCategoriesMaxSaleQuantum", reality="reflected")
def max_sale_quantum(call: Call) -> dict[str, Any]:
    """By how many pieces products of some categories may be sold at most."""
    asked = call.sent("marketCategoryIds")
    refuse_wrong_leaves(asked)
    found = [{"id": each, "name": name_of(each), "maxSaleQuantum": 1 + each % LARGEST_QUANTUM} for each in asked]
    return {"status": "OK", "results": found}

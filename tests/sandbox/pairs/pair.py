"""What a pair is: something that is written, and the method that reads it back."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from yamarket_async.sandbox import Sandbox

MODELS = ("FBS", "FBY", "DBS", "EXPRESS", "LAAS")
"""The stores of the sandbox that the pairs are tried on."""

NOON = 1_790_672_400
"""When they are tried: Tuesday, 2026-09-29, 12:00 in Moscow."""

Known = dict[str, Any]
"""What is known by its name: the parameters of paths, and what has been made."""

_NAME = re.compile(r"<(\w+)>")


def nothing(_: Sandbox) -> Known:
    """Let there be nothing but what is there already."""
    return {}


class Pair(NamedTuple):
    """A write, and the read that shows it.

    Whatever is sent, asked or read may hold `"<orderId>"`: what is known by that name. There are the products ЛАМПА, of
    1 000 roubles with ten pieces in each warehouse, and КРУЖКА, of 500 roubles with none.

    Attributes:
        write: the method that writes; for what no method writes a hand of the sandbox, `/__sandbox/supplies/create`.
        sent: the body, None for none; the query, or the form with a file, of a method that has one in place of it.
        read: the method that reads.
        asked: the same of the other method.
        place: where the value is in the answer: `result.offers.0.price`; `*` stands for all items of a list.
        value: what is read after the write, and is not read before.
        given: what there must be at first; tells the names of it, and `campaignId` where that isn't the FBS store.
        query: the query of both methods, beside the bodies.
        told: names for places in the answer of the write; what is asked by one of them can't be asked before.
        seconds: how long the write takes until it is read back.
        then: what must happen after the write for it to be read back.
    """

    write: str
    sent: Any
    read: str
    asked: Any
    place: str
    value: Any
    given: Callable[[Sandbox], Known] = nothing
    query: Mapping[str, str] = {}
    told: Mapping[str, str] = {}
    seconds: float = 0
    then: Callable[[Sandbox], Known] = nothing

    def __str__(self) -> str:
        return f"{self.write} → {self.read} {self.place}"


def filled(template: Any, known: Known) -> Any:
    """Put what is known in place of its names.

    Raises:
        KeyError: something isn't known.
    """
    if isinstance(template, str):
        whole = _NAME.fullmatch(template)
        return known[whole[1]] if whole else _NAME.sub(lambda name: str(known[name[1]]), template)
    if isinstance(template, dict):
        return {name: filled(value, known) for name, value in template.items()}
    return [filled(value, known) for value in template] if isinstance(template, list) else template


def found(answer: Any, place: str) -> Any:
    """Give what is at a place of an answer; None where nothing is."""
    name, _, rest = place.partition(".")
    if not name:
        return answer
    if name == "*":
        return [found(item, rest) for item in answer]
    try:
        return found(answer[int(name) if isinstance(answer, list) else name], rest)
    except LookupError:
        return None


def store(model: str, **known: Any) -> Callable[[Sandbox], Known]:
    """Let it be the store of a model."""
    return lambda sandbox: {"campaignId": sandbox.campaign_ids[MODELS.index(model)], **known}


def order(model: str = "FBS", *, lines: int = 1, requires: str = "", **how: Any) -> Callable[[Sandbox], Known]:
    """Let there be an order of two lamps, or with two lines of two cups too; `how` goes to `Sandbox.orders.place`."""

    def place(sandbox: Sandbox) -> Known:
        products = (("ЛАМПА", 1_000), ("КРУЖКА", 500))[:lines]
        codes = [requires] if requires else []
        items = [{"offerId": sku, "count": 2, "price": price, "requires": codes} for sku, price in products]
        order_id = sandbox.orders.place(model, items, **how)
        state = sandbox.orders.state(order_id)
        lines_of = dict(zip(("itemId", "secondItemId"), state.item_ids, strict=False))
        return {"orderId": order_id, "campaignId": state.campaign_id, "shipmentId": state.shipment_id or 1, **lines_of}

    return place

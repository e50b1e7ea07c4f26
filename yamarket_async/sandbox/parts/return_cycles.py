"""What is remembered of a return, and its life cycles as tables: how the money goes back, and how the goods do."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from yamarket_async.sandbox.moments import HOUR


class ReturnStep(NamedTuple):
    """What the Market does after a status, and after how many seconds."""

    to: str
    after: float


ANSWER = 48 * HOUR
"""Seconds that a seller has to decide."""

REFUNDS: Mapping[str, Mapping[str, ReturnStep]] = {
    "MARKET": {
        "PREMODERATION_DECISION_WAITING": ReturnStep("PREMODERATION_SELECT_DELIVERY", ANSWER),
        "PREMODERATION_DECISION_MADE": ReturnStep("PREMODERATION_SELECT_DELIVERY", HOUR),
        "PREMODERATION_DISPUTE": ReturnStep("PREMODERATION_SELECT_DELIVERY", 72 * HOUR),
        "PREMODERATION_SELECT_DELIVERY": ReturnStep("STARTED_BY_USER", 24 * HOUR),
        "STARTED_BY_USER": ReturnStep("REFUND_IN_PROGRESS", 24 * HOUR),
        "REFUND_IN_PROGRESS": ReturnStep("REFUNDED", 24 * HOUR),
    },
    "DBS": {
        "STARTED_BY_USER": ReturnStep("WAITING_FOR_DECISION", HOUR),
        "WAITING_FOR_DECISION": ReturnStep("REFUND_IN_PROGRESS", ANSWER),
        "DECISION_MADE": ReturnStep("REFUND_IN_PROGRESS", HOUR),
        "REFUND_IN_PROGRESS": ReturnStep("REFUNDED", 24 * HOUR),
    },
}
"""How money goes back: for DBS, and for the other models."""

DECIDED: Mapping[str, str] = {
    "PREMODERATION_DECISION_WAITING": "PREMODERATION_DECISION_MADE",
    "WAITING_FOR_DECISION": "DECISION_MADE",
}
"""The statuses in which a seller decides, and what follows."""

_ON_THE_WAY: Mapping[str, ReturnStep] = {
    "CREATED": ReturnStep("RECEIVED", 24 * HOUR),
    "RECEIVED": ReturnStep("IN_TRANSIT", 12 * HOUR),
}
SHIPMENTS: Mapping[str, Mapping[str, ReturnStep]] = {
    "SELLER": {
        **_ON_THE_WAY,
        "IN_TRANSIT": ReturnStep("READY_FOR_PICKUP", 24 * HOUR),
        "READY_FOR_PICKUP": ReturnStep("PICKED", 72 * HOUR),
    },
    "WAREHOUSE": {**_ON_THE_WAY, "IN_TRANSIT": ReturnStep("FULFILMENT_RECEIVED", 24 * HOUR)},
}
"""How goods go back: to the seller, or to a warehouse of the Market (FBY, LaaS)."""

_EVERY_DECISION = (
    "FAST_REFUND_MONEY",
    "REFUND_MONEY",
    "REFUND_MONEY_INCLUDING_SHIPMENT",
    "REPAIR",
    "REPLACE",
    "SEND_TO_EXAMINATION",
    "DECLINE_REFUND",
    "PARTIAL_MONEY_REFUND",
    "OTHER_DECISION",
)
DECISIONS: Mapping[str, tuple[str, ...]] = {
    "MARKET": ("FAST_REFUND_MONEY", "REFUND_MONEY", "SEND_TO_EXAMINATION", "DECLINE_REFUND", "PARTIAL_MONEY_REFUND"),
    "DBS": _EVERY_DECISION,
}
"""What a seller can decide."""

COMPENSATION_PERCENT = 50
"""The largest part of the price that a seller may give back instead of taking the goods."""


@dataclass(slots=True)
class ReturnItem:
    """Something that comes back.

    Attributes:
        id: its id.
        line_id: the line of the order.
        offer_id: the SKU.
        count: how many.
        price: what the buyer paid for one.
        reason: why, and `subreason` more exactly.
        comment: what the buyer says.
        images: the hashes of the pictures that the buyer sent.
        decision: what the seller decided, as it was sent; None before.
    """

    id: int
    line_id: int
    offer_id: str
    count: int
    price: Decimal
    reason: str
    subreason: str
    comment: str
    images: list[str]
    decision: dict[str, Any] | None = None


@dataclass(slots=True)
class Return:
    """A return. Moments are epoch seconds.

    Attributes:
        id: its id.
        order_id: the order.
        campaign_id: its store.
        model: its placement model.
        type: RETURN or UNREDEEMED.
        created: when it was made.
        updated: when it changed last.
        items: what comes back.
        refund: the status of the money; None for what was never paid for.
        refund_since: since when.
        shipment: the status of the goods; None where they don't come back, or not yet.
        shipment_since: since when.
        external_id: the id that a LaaS store has for it.
        fast: whether the money goes back without the goods.
        cancel_due: when it is cancelled; None where nobody asked for it.
        cancel_operation: the operation that cancels it.
        due: when something happens to it next.
    """

    id: int
    order_id: int
    campaign_id: int
    model: str
    type: str
    created: float
    updated: float
    items: list[ReturnItem]
    refund: str | None
    refund_since: float
    shipment: str | None
    shipment_since: float
    external_id: str | None = None
    fast: bool = False
    cancel_due: float | None = None
    cancel_operation: str = ""
    due: float = field(default=math.inf)

    @property
    def side(self) -> str:
        """Whose table of refunds and decisions holds: DBS or MARKET."""
        return "DBS" if self.model == "DBS" else "MARKET"

    @property
    def decidable(self) -> bool:
        """Whether the seller is to decide now."""
        return self.refund in DECIDED

    @property
    def total(self) -> Decimal:
        """What goes back to the buyer."""
        return sum((_refunded(item) for item in self.items), Decimal(0))


def _refunded(item: ReturnItem) -> Decimal:
    decision = item.decision or {}
    if decision.get("decisionType") == "DECLINE_REFUND":
        return Decimal(0)
    if decision.get("decisionType") == "PARTIAL_MONEY_REFUND":
        return Decimal(str(decision["compensation"]["value"]))
    return item.price * item.count


def refund_step(found: Return) -> ReturnStep | None:
    """Tell what happens to the money next; what a seller decided leads where it must."""
    step = REFUNDS[found.side].get(found.refund or "")
    if step is None or found.refund not in DECIDED.values():
        return step
    kinds = {(item.decision or {}).get("decisionType") for item in found.items}
    if kinds == {"DECLINE_REFUND"}:
        return step._replace(to="REJECTED")
    return step._replace(to="REFUND_IN_PROGRESS") if kinds == {"FAST_REFUND_MONEY"} else step


def shipment_step(found: Return) -> ReturnStep | None:
    """Tell what happens to the goods next."""
    where = "WAREHOUSE" if found.model in {"FBY", "LAAS"} else "SELLER"
    return SHIPMENTS[where].get(found.shipment or "")

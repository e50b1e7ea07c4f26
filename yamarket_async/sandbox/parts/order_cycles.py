"""The life cycles of orders as tables: what comes next and who does it, what a seller may do, what lapses by itself."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Literal, NamedTuple

from yamarket_async.sandbox.moments import HOUR

Stage = tuple[str, str]
"""A status and its substatus."""


class Step(NamedTuple):
    """What comes after a stage.

    Attributes:
        to: the next stage.
        after: seconds after which the Market takes the step; for the others, how long they usually take.
        by: who takes it.
    """

    to: Stage
    after: float
    by: Literal["market", "seller", "buyer"] = "market"


UNPAID: Stage = ("UNPAID", "WAITING_USER_INPUT")
RESERVED: Stage = ("RESERVED", "AWAIT_CONFIRMATION")
STARTED: Stage = ("PROCESSING", "STARTED")
READY: Stage = ("PROCESSING", "READY_TO_SHIP")
SHIPPED: Stage = ("PROCESSING", "SHIPPED")
RECEIVED: Stage = ("DELIVERY", "DELIVERY_SERVICE_RECEIVED")
USER_RECEIVED: Stage = ("DELIVERY", "USER_RECEIVED")
COURIER_SEARCH: Stage = ("DELIVERY", "COURIER_SEARCH")
COURIER_FOUND: Stage = ("DELIVERY", "COURIER_FOUND")
COURIER_ARRIVED: Stage = ("DELIVERY", "COURIER_ARRIVED_TO_SENDER")
COURIER_RECEIVED: Stage = ("DELIVERY", "COURIER_RECEIVED")
DELIVERY_NOT_RECEIVED: Stage = ("DELIVERY", "DELIVERY_USER_NOT_RECEIVED")
DELIVERED_NOT_RECEIVED: Stage = ("DELIVERED", "DELIVERED_USER_NOT_RECEIVED")
AT_POINT: Stage = ("PICKUP", "PICKUP_SERVICE_RECEIVED")
DELIVERED: Stage = ("DELIVERED", "DELIVERY_SERVICE_DELIVERED")

FINAL = frozenset({"DELIVERED", "CANCELLED", "PARTIALLY_RETURNED", "RETURNED"})
"""The statuses in which nothing more happens to an order, but for returns."""

_BY_THE_MARKET: Mapping[Stage, Step] = {
    SHIPPED: Step(RECEIVED, 6 * HOUR),
    RECEIVED: Step(DELIVERED, 24 * HOUR),
    AT_POINT: Step(DELIVERED, 24 * HOUR),
}

CYCLES: Mapping[str, Mapping[Stage, Step]] = {
    "FBS": {STARTED: Step(READY, 2 * HOUR, "seller"), READY: Step(SHIPPED, 4 * HOUR), **_BY_THE_MARKET},
    "FBY": {STARTED: Step(READY, 2 * HOUR), READY: Step(SHIPPED, 4 * HOUR), **_BY_THE_MARKET},
    "LAAS": {
        RESERVED: Step(STARTED, 600, "seller"),
        STARTED: Step(READY, 2 * HOUR),
        READY: Step(SHIPPED, 4 * HOUR),
        **_BY_THE_MARKET,
    },
    "EXPRESS": {
        STARTED: Step(READY, 900, "seller"),
        READY: Step(COURIER_SEARCH, 60),
        COURIER_SEARCH: Step(COURIER_FOUND, 300),
        COURIER_FOUND: Step(COURIER_ARRIVED, 600),
        COURIER_ARRIVED: Step(COURIER_RECEIVED, 600),
        COURIER_RECEIVED: Step(DELIVERED, HOUR),
    },
    "DBS": {
        STARTED: Step(RECEIVED, 6 * HOUR, "seller"),
        RECEIVED: Step(DELIVERED, 24 * HOUR, "seller"),
        AT_POINT: Step(DELIVERED, 24 * HOUR, "seller"),
        DELIVERY_NOT_RECEIVED: Step(DELIVERED, 24 * HOUR, "seller"),
    },
    "YANDEX_DELIVERY": {
        STARTED: Step(RECEIVED, 6 * HOUR, "seller"),
        RECEIVED: Step(USER_RECEIVED, 24 * HOUR),
        USER_RECEIVED: Step(DELIVERED, HOUR),
    },
    "DIGITAL": {STARTED: Step(DELIVERED, 600, "seller")},
}
"""What comes next, by the placement model; DBS has cycles of its own for Yandex Delivery and for digital goods."""

DBS_MOVES: Mapping[Stage, AbstractSet[Stage]] = {
    STARTED: frozenset({RECEIVED}),
    RECEIVED: frozenset({AT_POINT, DELIVERED}),
    AT_POINT: frozenset({DELIVERED}),
    DELIVERY_NOT_RECEIVED: frozenset({DELIVERED}),
}
"""What the seller of a DBS order that isn't digital may do; without Yandex Delivery, but for the first step."""

PAYMENT = Step(STARTED, 600, "buyer")
"""What comes after UNPAID."""

LAPSES: Mapping[Stage, Step] = {
    UNPAID: Step(("CANCELLED", "USER_NOT_PAID"), 0.5 * HOUR),
    RESERVED: Step(("CANCELLED", "RESERVATION_EXPIRED"), HOUR),
}
"""What becomes of an order that nobody cares for."""

CANCELLATION_ANSWER = 48 * HOUR
"""Seconds that a seller has to answer the buyer's wish to cancel."""

DIGITAL_LETTER = 300.0
"""Seconds after which the buyer has read the letter with the keys."""

BY_LETTER = frozenset({"EMAIL", "ACTIVATION_CODE"})
"""The digital goods that the Market sets to DELIVERED by itself."""

CHECKED_AFTER = 60.0
"""Seconds that the check of a marking code takes."""

TARGETS = frozenset({"PROCESSING", "DELIVERY", "PICKUP", "DELIVERED", "CANCELLED"})
"""The statuses that a seller may ask for."""

SUBSTATUS: Mapping[str, str] = {
    "PROCESSING": "STARTED",
    "DELIVERY": "DELIVERY_SERVICE_RECEIVED",
    "PICKUP": "PICKUP_SERVICE_RECEIVED",
    "DELIVERED": "DELIVERY_SERVICE_DELIVERED",
}
"""The substatus that is meant where none is sent."""

_DBS_PROCESSING = frozenset({"SHOP_FAILED", "USER_CHANGED_MIND", "USER_UNREACHABLE", "INCORRECT_PERSONAL_DATA"})
_DBS_DELIVERY = frozenset({"SHOP_FAILED", "USER_CHANGED_MIND", "USER_UNREACHABLE"})
_SHOP_FAILED = frozenset({"SHOP_FAILED"})

CANCELS: Mapping[str, Mapping[str, AbstractSet[str]]] = {
    "FBS": {"PROCESSING": _SHOP_FAILED},
    "EXPRESS": {"PROCESSING": _SHOP_FAILED},
    "DBS": {
        "PROCESSING": _DBS_PROCESSING,
        "DELIVERY": _DBS_DELIVERY,
        "PICKUP": _DBS_DELIVERY | {"PICKUP_EXPIRED"},
    },
    "LAAS": dict.fromkeys(("RESERVED", "PROCESSING", "DELIVERY", "PICKUP"), _SHOP_FAILED),
}
"""The reasons for which a seller may cancel, by model and status."""

CALLS_BEFORE_UNREACHABLE = 3
"""How many calls to the buyer there must have been before an order is cancelled for USER_UNREACHABLE."""

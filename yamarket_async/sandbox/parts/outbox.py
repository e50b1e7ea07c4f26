"""Notifications that wait to be sent, and what came of those that were: the Market's order and its repeats."""

from collections import deque
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from yamarket_async.sandbox.calls import encoder
from yamarket_async.sandbox.moments import DAY, HOUR, iso
from yamarket_async.sandbox.world import World

Outcome = Literal["accepted", "refused", "failed"]

REPEATS: tuple[tuple[float, float], ...] = ((HOUR, 60.0), (DAY, 900.0), (14 * DAY, HOUR))
"""How often a notification is repeated: until it is so old, each so many seconds."""

REMEMBERED = 10_000
"""Attempts that are remembered."""


class Form(msgspec.Struct, frozen=True):
    """What a type of notifications holds.

    Attributes:
        owner: the field that says whose it is.
        moment: the field with the moment of what happened; "" where there is none.
        required: the fields that it must have besides, each with an example.
    """

    owner: Literal["businessId", "campaignId", ""]
    moment: str
    required: Mapping[str, Any] = {}


_ITEMS: tuple[Mapping[str, Any], ...] = ({"offerId": "SKU-1", "count": 1},)
_RETURN = {"orderId": 1_234_567, "returnId": 7_654}
FORMS: Mapping[str, Form] = {
    "PING": Form("", "time"),
    "ORDER_CREATED": Form("campaignId", "createdAt", {"orderId": 1_234_567, "items": _ITEMS}),
    "ORDER_CANCELLED": Form("campaignId", "cancelledAt", {"orderId": 1_234_567, "items": _ITEMS}),
    "ORDER_STATUS_UPDATED": Form(
        "campaignId",
        "updatedAt",
        {"orderId": 1_234_567, "status": "PROCESSING", "substatus": "STARTED"},
    ),
    "ORDER_RETURN_CREATED": Form("campaignId", "createdAt", {**_RETURN, "returnType": "RETURN", "items": _ITEMS}),
    "ORDER_CANCELLATION_REQUEST": Form("campaignId", "requestedAt", {"orderId": 1_234_567}),
    "ORDER_RETURN_STATUS_UPDATED": Form(
        "campaignId", "updatedAt", {**_RETURN, "statuses": {"shipmentStatus": "IN_TRANSIT"}}
    ),
    "ORDER_UPDATED": Form("campaignId", "updatedAt", {"orderId": 1_234_567, "updateType": "DELIVERY_DATE_UPDATED"}),
    "ORDER_LINE_SERVICE_STATUS_UPDATED": Form(
        "campaignId",
        "updatedAt",
        {
            "orderId": 1_234_567,
            "itemId": 1,
            "serviceArticle": "assembly",
            "statuses": ({"status": "PROVIDED", "count": 1},),
        },
    ),
    "GOODS_FEEDBACK_CREATED": Form("businessId", "createdAt", {"feedbackId": 1_234}),
    "GOODS_FEEDBACK_COMMENT_CREATED": Form("businessId", "createdAt", {"commentId": 1_234}),
    "CHAT_CREATED": Form("businessId", "createdAt", {"chatId": 1_234}),
    "CHAT_MESSAGE_SENT": Form("businessId", "sentAt", {"chatId": 1_234, "messageId": "5678"}),
    "CHAT_ARBITRAGE_STARTED": Form("businessId", "startedAt", {"chatId": 1_234}),
    "CHAT_ARBITRAGE_FINISHED": Form("businessId", "finishedAt", {"chatId": 1_234}),
    "QUESTION_CREATED": Form("businessId", "createdAt", {"questionId": 1_234}),
    "QUESTION_ANSWER_CREATED": Form("businessId", "createdAt", {"answerId": 1_234}),
    "QUESTION_COMMENT_CREATED": Form("businessId", "createdAt", {"answerId": 1_234, "commentId": 5_678}),
}
"""The types of notifications."""


class Pending(msgspec.Struct):
    """A notification that is still to be sent.

    Attributes:
        kind: its type.
        body: what is sent.
        due: when it is to be sent next, in epoch seconds of the sandbox's clock.
        first: when it was sent first; None while it wasn't.
    """

    kind: str
    body: bytes
    due: float
    first: float | None = None


class Attempt(msgspec.Struct, frozen=True):
    """What came of sending a notification once.

    Attributes:
        kind: its type.
        at: when, in epoch seconds of the sandbox's clock.
        outcome: "accepted", "refused" (400: it is not repeated) or "failed".
        status: the status of the answer; None where none came.
        reason: the Market's name for the failure (READ_TIMED_OUT, HTTP, CANT_PARSE_RESPONSE …); "" for none.
        notification: what was sent.
    """

    kind: str
    at: float
    outcome: Outcome
    status: int | None
    reason: str
    notification: dict[str, Any]


def complete(world: World, kind: str, fields: Mapping[str, Any], *, invent: bool = False) -> dict[str, Any]:
    """Make a notification whole.

    Args:
        world: the world.
        kind: its type.
        fields: its fields; whose it is and the moment may be left out, where the business has one store only.
        invent: fill in examples for required fields that were left out.

    Raises:
        ValueError: there is no such type, or a field is missing.
    """
    form = FORMS.get(kind)
    if form is None:
        raise ValueError(f"there is no type {kind!r}; types are {', '.join(FORMS)}")
    made: dict[str, Any] = {"notificationType": kind, **fields}
    if form.owner == "businessId":
        made.setdefault("businessId", world.business_id)
    elif form.owner and (invent or len(world.stores) == 1):
        made.setdefault("campaignId", min(world.stores))
    made.setdefault(form.moment, iso(world.now()))
    if kind == "GOODS_FEEDBACK_CREATED":
        made.setdefault("publishedAt", made["createdAt"])
    if invent:
        made = {**form.required, **made}
    missing = [name for name in (form.owner, *form.required) if name and name not in made]
    if missing:
        raise ValueError(f"{kind} must have {', '.join(missing)}")
    return made


class Outbox:
    """What waits to be sent, in the order in which it happened."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.queue: deque[Pending] = deque()
        self.attempts: deque[Attempt] = deque(maxlen=REMEMBERED)

    def add(self, notification: Mapping[str, Any], *, first: bool = False) -> None:
        """Put a notification at the end; at the front where it goes before all others, as PING does."""
        with self._world.lock:
            pending = Pending(notification["notificationType"], encoder.encode(notification), self._world.now())
            if first:
                self.queue.appendleft(pending)
            else:
                self.queue.append(pending)

    def due(self) -> Pending | None:
        """Give what is to be sent now: the first, when its time has come; those behind it wait for it."""
        with self._world.lock:
            return self.queue[0] if self.queue and self.queue[0].due <= self._world.now() else None

    def wait(self) -> float | None:
        """Tell in how many seconds something is to be sent; None where nothing is."""
        with self._world.lock:
            return max(self.queue[0].due - self._world.now(), 0.0) if self.queue else None

    def sent(self, pending: Pending, outcome: Outcome, status: int | None, reason: str) -> bool:
        """Note what came of a notification.

        Returns:
            False where it was repeated for 14 days, so that the Market gives the URL up.
        """
        with self._world.lock:
            now = self._world.now()
            told = msgspec.json.decode(pending.body)
            self.attempts.append(Attempt(pending.kind, now, outcome, status, reason, told))
            if outcome == "failed" and pending.kind != "PING":
                pending.first = now if pending.first is None else pending.first
                pause = next((every for until, every in REPEATS if now - pending.first < until), None)
                if pause is None:
                    self.queue.clear()
                    return False
                pending.due = now + pause
            elif pending in self.queue:
                self.queue.remove(pending)
            return True

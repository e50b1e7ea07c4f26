"""Documents of products: certificates and declarations, and how the registry finds them."""

from datetime import date, datetime
from typing import Literal, get_args

import msgspec

from yamarket_async.models.days import MOSCOW
from yamarket_async.sandbox.world import World

CHECKED_AFTER = 600.0
"""Seconds that the Market takes to find a document in the registry."""

Status = Literal["ACTIVE", "NOT_FOUND", "VALIDATING", "WAITING_FIXES", "EXPIRED", "REVOKED"]


class Document(msgspec.Struct):
    """A document.

    Attributes:
        id: its number on the Market.
        number: its number in the registry.
        type: what it is.
        active_from: its first day, as it was sent.
        active_to: its last day, as it was sent.
        written_at: when it was written last, in epoch seconds.
        status: what a test said of it; None where its status follows from time.
        contested: whether somebody else is changing it, so that the next change fails.
    """

    id: int
    number: str
    type: str
    active_from: str | None
    active_to: str | None
    written_at: float
    status: Status | None = None
    contested: bool = False

    def status_at(self, now: float) -> Status:
        """Tell the status: it is looked for in the registry first, then it is valid until its last day."""
        if self.status is not None:
            return self.status
        if now < self.written_at + CHECKED_AFTER:
            return "VALIDATING"
        today = datetime.fromtimestamp(now, MOSCOW).date()
        return "EXPIRED" if self.active_to and date.fromisoformat(self.active_to) < today else "ACTIVE"


class Documents:
    """The documents of the business.

    Attributes:
        documents: all of them, by their ids.
    """

    HANDS = ("set_status", "contest")

    def __init__(self, world: World) -> None:
        self._world = world
        self._next = 1_000 + world.seed % 1_000
        self.documents: dict[int, Document] = {}
        long_ago = float("-inf")
        for number in range(3):
            last = None if number == 0 else ("2099-12-31", "2025-06-30")[number - 1]
            registry = f"ЕАЭС N RU Д-RU.РА01.В.{10_000 + world.seed % 10_000 + number}/24"
            self.create(registry, "CONFORMITY_DECLARATION", "2024-07-01", last, long_ago)

    def create(self, number: str, kind: str, active_from: str | None, active_to: str | None, now: float) -> Document:
        """Add a document."""
        self._next += 1
        made = Document(self._next, number, kind, active_from, active_to, now)
        self.documents[made.id] = made
        return made

    def by_number(self, number: str) -> Document | None:
        """Find a document by its number in the registry."""
        return next((each for each in self.documents.values() if each.number == number), None)

    # The hands of a test.

    def set_status(self, document_id: int, status: Status | None) -> None:
        """Let the registry say something of a document.

        Args:
            document_id: its id.
            status: what it says; None for what follows from time.

        Raises:
            LookupError: there is no such document.
            ValueError: there is no such status.
        """
        if status is not None and status not in get_args(Status):
            raise ValueError(f"status={status!r}: must be one of {', '.join(get_args(Status))}")
        with self._world.lock:
            self._get(document_id).status = status

    def contest(self, document_id: int) -> None:
        """Let somebody else change a document too: the next update fails with DOCUMENT_CONCURRENT_MODIFICATION.

        Args:
            document_id: its id.

        Raises:
            LookupError: there is no such document.
        """
        with self._world.lock:
            self._get(document_id).contested = True

    def _get(self, document_id: int) -> Document:
        if document_id not in self.documents:
            raise LookupError(f"there is no document {document_id}")
        return self.documents[document_id]

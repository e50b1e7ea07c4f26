"""What came of the things of a batch, or of a whole bulk call."""

from collections.abc import Iterable
from typing import Any, Self

import msgspec

from yamarket_async.errors import ErrorDetail, ItemsRejected


class Rejected(msgspec.Struct, frozen=True):
    """A thing that was refused, by the Market or before it was sent.

    Attributes:
        item: the thing as it was given.
        key: what identifies it: its SKU, its id, a tuple of several; None where it breaks a rule that hides it.
        errors: why.
    """

    item: Any
    key: Any
    errors: tuple[ErrorDetail, ...]


class Warned(msgspec.Struct, frozen=True):
    """A thing that the Market took, with a warning.

    Attributes:
        item: the thing as it was given.
        key: what identifies it.
        warnings: what the Market remarks.
    """

    item: Any
    key: Any
    warnings: tuple[ErrorDetail, ...]


class BulkReport(msgspec.Struct, kw_only=True):
    """What came of the things of a batch, or of a whole call. Every list keeps the order of the input.

    Each thing that was sent stands in one of `accepted`, `rejected` and `unconfirmed`.

    Attributes:
        items: the things, as they were given; repeats left out.
        accepted: those that the Market took.
        rejected: those that it refused, each with the reasons, and those that broke a rule and were skipped.
        warnings: those of the accepted ones that it remarked on.
        unconfirmed: those of which nobody can say: a request was sent, its answer lost, and the Market either may not
            be asked again or refused them when asked again, as it would if the first request had done it.
        answers: the answers to a batch's requests, as the method's page describes them; empty in a call's report.
    """

    items: list[Any] = msgspec.field(default_factory=list)
    accepted: list[Any] = msgspec.field(default_factory=list)
    rejected: list[Rejected] = msgspec.field(default_factory=list)
    warnings: list[Warned] = msgspec.field(default_factory=list)
    unconfirmed: list[Any] = msgspec.field(default_factory=list)
    answers: list[Any] = msgspec.field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many things were accepted, rejected, accepted with a warning, and are unconfirmed."""
        return {
            "accepted": len(self.accepted),
            "rejected": len(self.rejected),
            "warnings": len(self.warnings),
            "unconfirmed": len(self.unconfirmed),
        }

    def raise_for_rejected(self) -> Self:
        """Give the report itself where nothing was rejected.

        Raises:
            ItemsRejected: something was; the error holds the report and names the first ones.
        """
        if self.rejected:
            raise ItemsRejected(self)
        return self

    def add(self, other: "BulkReport") -> None:
        """Append what came of a later batch."""
        self.items += other.items
        self.accepted += other.accepted
        self.rejected += other.rejected
        self.warnings += other.warnings
        self.unconfirmed += other.unconfirmed

    @classmethod
    def merged(cls, reports: Iterable["BulkReport"]) -> Self:
        """Make one report of several, in their order."""
        whole = cls()
        for report in reports:
            whole.add(report)
        return whole

    def __repr__(self) -> str:
        told = ", ".join(f"{count:,} {name}" for name, count in self.counts.items() if count)
        return f"<{type(self).__name__} of {len(self.items):,}: {told or 'nothing'}>"


class DeletedOffers(BulkReport, kw_only=True):
    """What became of products that were to be deleted, under the names of the documentation as well."""

    @property
    def offer_ids(self) -> list[str]:
        """The products that the Market was asked to delete."""
        return self.items

    @property
    def deleted_offer_ids(self) -> list[str]:
        """Those that it deleted."""
        return self.accepted

    @property
    def not_deleted_offer_ids(self) -> list[str]:
        """Those that stayed: not found, or in a warehouse of the Market."""
        return [rejected.key for rejected in self.rejected]

    @property
    def unconfirmed_offer_ids(self) -> list[str]:
        """Those that it named as not deleted in the answer to a repeated request, whose first answer was lost."""
        return self.unconfirmed

"""Reports and documents that were ordered: each takes its time, and then there is a file, or there isn't."""

from collections import Counter, deque
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any, Literal

import msgspec

from yamarket_async.sandbox.links import Stored
from yamarket_async.sandbox.world import LATEST, World

SubStatus = Literal["NO_DATA", "TOO_LARGE", "RESOURCE_NOT_FOUND"]
Status = Literal["PENDING", "PROCESSING", "DONE", "FAILED"]

_BEGINS = 0.3
"""The share of its time after which a report is no longer PENDING but PROCESSING."""

ACTIVE = {"none": 1, "medium": 10}
"""How many reports may be in work at once, without a subscription and with one."""

MOST_FAILURES = 100_000
"""How many reports one call may let fail: each is remembered."""


class Ordered(msgspec.Struct):
    """A report, or a document, that was ordered.

    Attributes:
        id: its reportId.
        method: what it was ordered by.
        query: the query that it was ordered with.
        body: the body that it was ordered with.
        requested: when, in epoch seconds.
        takes: the seconds that it takes.
        outcome: what comes of it.
        sub_status: why.
        file: its file, once somebody saw that it is there.
    """

    id: str
    method: str
    query: Mapping[str, Any]
    body: Mapping[str, Any]
    requested: float
    takes: float
    outcome: Status = "DONE"
    sub_status: SubStatus | None = None
    file: Stored | None = None

    @property
    def finished(self) -> float:
        """When it is ready, in epoch seconds."""
        return self.requested + self.takes

    def status(self, now: float) -> Status:
        """Tell how far it is."""
        if now >= self.finished:
            return self.outcome
        share = (now - self.requested) / self.takes
        return "PENDING" if share < _BEGINS else "PROCESSING"


class Failure(msgspec.Struct, frozen=True):
    """How a report that is still to come shall end."""

    method: str | None
    sub_status: SubStatus | None
    status: Status


class OrderedReport(msgspec.Struct, frozen=True):
    """What a test may know of a report.

    Attributes:
        report_id: its reportId.
        method: the method that ordered it.
        status: how far it is.
        sub_status: why it is so, where there is a reason.
    """

    report_id: str
    method: str
    status: Status
    sub_status: SubStatus | None


class Reports:
    """The reports of the business."""

    HANDS = ("takes", "fail_next", "finish", "all")

    def __init__(self, world: World) -> None:
        self._world = world
        self._ordered: dict[str, Ordered] = {}
        self._same: Counter[str] = Counter()
        self._failures: deque[Failure] = deque()
        self._seconds: float | None = None

    def order(
        self,
        method: str,
        query: Mapping[str, Any],
        body: Mapping[str, Any],
        now: float,
        *,
        outcome: Status = "DONE",
        sub_status: SubStatus | None = None,
    ) -> Ordered:
        """Begin a report; a failure that a test asked for goes before what would come of it."""
        asked = f"{method} {sorted(map(str, query.items()))} {sorted(map(str, body.items()))}"
        number = self._same[asked]
        self._same[asked] += 1
        seal = blake2b(f"{self._world.seed} {asked} {number}".encode(), digest_size=16).hexdigest()
        id_ = "-".join((seal[:8], seal[8:12], seal[12:16], seal[16:20], seal[20:]))
        takes = (
            1 + self._world.random("report", id_).randrange(2_000) / 1_000 if self._seconds is None else self._seconds
        )
        report = Ordered(id_, method, query, body, now, takes, outcome, sub_status)
        failure = self._failure(method)
        if failure is not None:
            report.outcome, report.sub_status = failure.status, failure.sub_status
        self._ordered[id_] = report
        return report

    def _failure(self, method: str) -> Failure | None:
        for failure in self._failures:
            if failure.method in {None, method}:
                self._failures.remove(failure)
                return failure
        return None

    def find(self, report_id: str) -> Ordered | None:
        """Find a report."""
        return self._ordered.get(report_id)

    def active(self, now: float) -> int:
        """Tell how many reports are in work."""
        return sum(now < report.finished for report in self._ordered.values())

    def takes(self, seconds: float | None) -> None:
        """Tell how long reports take that are ordered from now on.

        Args:
            seconds: 0 or more, by the sandbox's clock; None for 1 to 3, as it is at first.

        Raises:
            ValueError: less than 0, or more than there are until the year 9000.
        """
        if seconds is not None and not 0 <= seconds <= LATEST - self._world.now():
            raise ValueError(f"seconds={seconds}: must be 0 or more, and end before the year 9000")
        with self._world.lock:
            self._seconds = seconds

    def fail_next(
        self,
        sub_status: SubStatus | None = None,
        *,
        method: str | None = None,
        status: Literal["FAILED", "DONE"] = "FAILED",
        times: int = 1,
    ) -> None:
        """Let reports that are ordered from now on come to nothing.

        Args:
            sub_status: why: NO_DATA, TOO_LARGE or RESOURCE_NOT_FOUND; None for no reason.
            method: only those of this method: `generateUnitedOrdersReport`; None for the next, whichever it is.
            status: what they end in: FAILED, or DONE without a file, as the Market has it too.
            times: how many, 1 to 100,000.

        Raises:
            ValueError: there is no such reason, or `times` is out of these bounds.
        """
        if sub_status not in {None, "NO_DATA", "TOO_LARGE", "RESOURCE_NOT_FOUND"}:
            raise ValueError(f"sub_status={sub_status!r}: must be NO_DATA, TOO_LARGE, RESOURCE_NOT_FOUND or None")
        if status not in {"FAILED", "DONE"} or (status == "DONE" and sub_status is None):
            raise ValueError(f"status={status!r}: must be FAILED, or DONE with a sub_status")
        if not 1 <= times <= MOST_FAILURES:
            raise ValueError(f"times={times}: must be from 1 to {MOST_FAILURES}")
        with self._world.lock:
            self._failures.extend([Failure(method, sub_status, status)] * times)

    def finish(self) -> int:
        """Let all reports be ready that are in work now; tell how many there were."""
        with self._world.lock:
            now = self._world.now()
            found = [report for report in self._ordered.values() if now < report.finished]
            for report in found:
                report.takes = max(now - report.requested, 0.0)
            return len(found)

    def all(self) -> list[OrderedReport]:
        """Tell all reports, the oldest first."""
        with self._world.lock:
            now = self._world.now()
            return [
                OrderedReport(report.id, report.method, report.status(now), report.sub_status)
                for report in self._ordered.values()
            ]

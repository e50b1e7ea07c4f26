"""A batch of a bulk call: its things, and how far it has come."""

from collections import Counter
from typing import Any, Literal

from yamarket_async.bulk.report import BulkReport, Rejected, Warned
from yamarket_async.errors import ErrorDetail
from yamarket_async.session import Progress

State = Literal["read", "queued", "sent", "answered", "told"]


class Batch:
    """A batch, and what has become of its things so far.

    Attributes:
        things: the things as they were given.
        keys: what identifies each of them.
        lines: the JSON of each of them, a line for each.
        skipped: things that broke a rule on the way to this batch.
        progress: of the request under way, or of the last one.
        present: the places of the things that the request under way holds.
        waiting: the places of those that are to be sent after it, in groups.
        rejected: why things were rejected, by their places.
        warned: what the Market remarked on things, by their places.
        unconfirmed: the places of those of which nobody can say.
        unsure: the places of those that were in a request whose answer was lost, and so may be refused as done.
        guesses: how often those that a refusal may have meant were sent apart.
        alone: how often things were refused when they were sent alone, by the words of the refusal.
        accepted: the places of those that the Market took.
        answers: the answers that have come.
        report: what came of all of it; None until that is known.
        is_stopped: whether nothing more of it is to be sent.
        is_told: whether the caller has been given the report.
    """

    __slots__ = (
        "accepted",
        "alone",
        "answers",
        "guesses",
        "is_stopped",
        "is_told",
        "keys",
        "lines",
        "present",
        "progress",
        "rejected",
        "report",
        "skipped",
        "things",
        "unconfirmed",
        "unsure",
        "waiting",
        "warned",
    )

    def __init__(
        self, things: tuple[Any, ...], keys: tuple[Any, ...], lines: bytes, skipped: tuple[Rejected, ...]
    ) -> None:
        self.things = things
        self.keys = keys
        self.lines = lines
        self.skipped = skipped
        self.progress: Progress | None = None
        self.present: list[int] | range = range(0)
        # With neither things nor skipped ones it is that of a call without a list, which is one request.
        self.waiting: list[list[int] | range] = [range(len(things))] if things or not skipped else []
        self.rejected: dict[int, tuple[ErrorDetail, ...]] = {}
        self.warned: dict[int, tuple[ErrorDetail, ...]] = {}
        self.unconfirmed = set[int]()
        self.unsure = set[int]()
        self.guesses = 0
        self.accepted: set[int] | range = set()
        self.answers: list[Any] = []
        self.alone = Counter[str]()
        self.report: BulkReport | None = None
        self.is_stopped = self.is_told = False

    @property
    def state(self) -> State:
        """How far it has come: read, queued for its turn, sent, answered, told."""
        if self.is_told:
            return "told"
        if self.report is not None:
            return "answered"
        if self.progress is None:
            return "read"
        return "sent" if self.progress.on_the_wire else "queued"

    def stop(self) -> bool:
        """Have nothing more sent of it; tell whether a request is on the wire, whose answer is to be waited for."""
        self.is_stopped = True
        if self.progress is None or not self.progress.on_the_wire:
            return False
        self.progress.stopping = True
        return True

    def wait(self, places: list[int]) -> None:
        """Have things sent next, in a request of their own."""
        if places:
            self.waiting.append(places)

    def try_alone(self, most: int) -> None:
        """Have some things from all over what waits sent next, each alone."""
        places = sorted(place for group in self.waiting for place in group)
        alone = places[:: -(-len(places) // most)]
        groups, self.waiting = self.waiting, []
        for group in groups:
            self.wait([place for place in group if place not in alone])
        for place in alone:
            self.wait([place])

    def lines_of(self, places: list[int] | range) -> bytes:
        """Give the JSON of some of its things, with a line break between them."""
        if len(places) == len(self.things):
            return self.lines
        parts = self.lines.split(b"\n")
        return b"\n".join([parts[place] for place in places])

    def accept(self, places: list[int] | range) -> None:
        """Note that the Market took things."""
        if isinstance(places, range) and len(places) == len(self.things):
            self.accepted = places  # all of them, as hardly ever otherwise
        else:
            self.accepted = {*self.accepted, *places}

    def settle(self, kind: type[BulkReport]) -> BulkReport:
        """Make the report of what is known by now of its things."""
        report = kind(rejected=list(self.skipped), answers=self.answers)
        if len(self.accepted) == len(self.things) and not self.warned:
            report.items, report.accepted = list(self.things), list(self.things)
            return report
        for place, (thing, key) in enumerate(zip(self.things, self.keys, strict=True)):
            if place in self.accepted:
                report.accepted.append(thing)
                if place in self.warned:
                    report.warnings.append(Warned(thing, key, self.warned[place]))
            elif place in self.rejected:
                report.rejected.append(Rejected(thing, key, self.rejected[place]))
            elif place in self.unconfirmed:
                report.unconfirmed.append(thing)
            else:
                continue
            report.items.append(thing)
        return report

    @property
    def failed(self) -> list[Any]:
        """The things whose fate isn't known, or for which it failed."""
        if self.report is not None or not self._has_acted:
            return []
        return [self.things[place] for place in self.present]

    @property
    def pending(self) -> list[Any]:
        """The things that were certainly not done."""
        if self.report is not None:
            return []
        groups = self.waiting if self._has_acted else [self.present, *self.waiting]
        return [self.things[place] for place in sorted(place for group in groups for place in group)]

    @property
    def _has_acted(self) -> bool:
        """Whether the request under way, or the last one, may have done something, or was refused for good."""
        progress = self.progress
        return progress is not None and (progress.on_the_wire or progress.may_be_done or progress.is_refused)

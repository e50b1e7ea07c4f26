"""The reports of a client that are in work: the Market makes only so many at once, and refuses others (420)."""

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

MOST_ACTIVE: Final = 10
"""Reports in work at once, for sellers with a subscription. Without one it is 1, as the first refusal tells."""

LEARNED_FOR: Final = 3_600.0
"""Seconds for which a smaller figure is believed that a refusal named: a subscription may begin."""

UNWATCHED: Final = 1.5
"""A report that nobody waits for is taken to have ended after so many times its estimate."""

UNWATCHED_AT_LEAST: Final = 1.0
"""Seconds, for estimates of nothing."""


class Place:
    """The place of one report among those in work.

    Attributes:
        ends: when it will end by its estimate, on the clock of the loop; None while it isn't begun.
    """

    __slots__ = ("_active", "_lapse", "ends")

    def __init__(self, active: "ActiveReports") -> None:
        self._active = active
        self._lapse: asyncio.TimerHandle | None = None
        self.ends: float | None = None

    def begin(self, report_id: str, estimate: float) -> None:
        """Note that the report has begun.

        Args:
            report_id: the report.
            estimate: seconds that it will take.
        """
        now = asyncio.get_running_loop().time()
        self.ends = now + estimate
        self._active.begun(report_id, self)
        self.unwatch()

    def watch(self) -> None:
        """Keep the place until the report is seen to have ended."""
        if self._lapse is not None:
            self._lapse.cancel()

    def unwatch(self) -> None:
        """Give the place up by the estimate, since nobody looks any more."""
        loop = asyncio.get_running_loop()
        rest = max((self.ends or 0.0) - loop.time(), 0.0)
        self.watch()
        self._lapse = loop.call_later(rest * UNWATCHED + UNWATCHED_AT_LEAST, self.release)

    def release(self) -> None:
        """Give it up; again does nothing."""
        self.watch()
        self._active.leave(self)


class ActiveReports:
    """The reports in work, and the calls that wait for one of them to end.

    Reports that other processes begin are not among them: what they cost is told by refusals.
    """

    def __init__(self) -> None:
        self._places = set[Place]()
        self._by_report: dict[str, Place] = {}
        self._queue = deque[asyncio.Future[None]]()
        """Calls that wait for a place."""
        self._refused = deque[asyncio.Future[None]]()
        """Calls that have one, or need none, and were refused."""
        self._limit = MOST_ACTIVE
        self._learned = float("-inf")

    def limit(self, now: float) -> int:
        """Tell how many reports may be in work at once, as far as is known."""
        return self._limit if now < self._learned + LEARNED_FOR else MOST_ACTIVE

    def learn(self, limit: int, now: float) -> None:
        """Take the figure that a refusal names."""
        self._limit, self._learned = max(limit, 1), now

    @property
    def may_take(self) -> bool:
        """Whether a place is free, and nobody waits for one."""
        now = asyncio.get_running_loop().time()
        return not self._queue and len(self._places) < self.limit(now)

    def take(self) -> Place:
        """Take a place that is free."""
        place = Place(self)
        self._places.add(place)
        return place

    async def wait_for_place(self, seconds: float | None) -> Place | None:
        """Wait for a place, behind all who came before.

        Args:
            seconds: how long; None for as long as it takes.

        Returns:
            The place; None where the time is over.
        """
        future = asyncio.get_running_loop().create_future()
        self._queue.append(future)
        try:
            done, _ = await asyncio.wait([future], timeout=seconds)
            return self.take() if done else None
        finally:
            self._queue.remove(future)
            self._serve()

    async def wait(self, seconds: float) -> None:
        """Wait after a refusal until a report has ended, or for so long."""
        future = asyncio.get_running_loop().create_future()
        self._refused.append(future)
        try:
            await asyncio.wait([future], timeout=seconds)
        except asyncio.CancelledError:
            if future.done():  # it was this one's turn
                self._wake()
            raise
        finally:
            if future in self._refused:
                self._refused.remove(future)

    def expected(self, now: float) -> float | None:
        """Tell in how many seconds the first will end by its estimate; None where none is known to be in work."""
        ends = [place.ends for place in self._places if place.ends is not None]
        return max(min(ends) - now, 0.0) if ends else None

    def is_full(self, now: float) -> bool:
        """Tell whether our own reports are as many as may be, so that only their end leaves room for another."""
        return sum(place.ends is not None for place in self._places) >= self.limit(now)

    def begun(self, report_id: str, place: Place) -> None:
        """Note the report that a place is for."""
        self._by_report[report_id] = place

    def ended(self, report_id: str) -> None:
        """Note that a report has ended."""
        place = self._by_report.get(report_id)
        if place is not None:
            place.release()

    @contextmanager
    def watched(self, report_id: str) -> Iterator[None]:
        """Keep the place of a report as long as somebody looks how far it is."""
        place = self._by_report.get(report_id)
        if place is not None:
            place.watch()
        try:
            yield
        finally:
            if place is not None and place in self._places:
                place.unwatch()

    def leave(self, place: Place) -> None:
        """Free a place, for whoever is first."""
        if place not in self._places:
            return
        self._places.remove(place)
        for report_id in [key for key, value in self._by_report.items() if value is place]:
            del self._by_report[report_id]
        if not self._wake():
            self._serve()

    def _wake(self) -> bool:
        """Let the first of those send again that were refused: each has a place already, and found it one too many."""
        if self._refused:
            self._refused.popleft().set_result(None)
            return True
        return False

    def _serve(self) -> None:
        now = asyncio.get_running_loop().time()
        room = self.limit(now) - len(self._places) - sum(future.done() for future in self._queue)
        for future in self._queue:
            if room <= 0:
                break
            if not future.done():
                future.set_result(None)
                room -= 1

"""The arithmetic of one resource limit: a mirror of the window that the server keeps for a method and entity.

It does no I/O and reads no clock. Moments are those of the server's clock, in epoch seconds.

Why it never promises too much: what the server has counted in its window is at most what its answers told, plus what is
on its way, plus what ended without telling. Of two requests the one counted later tells of both; the one counted
earlier tells of itself, and until the later one's answer is in, that one is on its way.
"""

from collections import deque
from math import ceil, inf

from yamarket_async.limits import Limit, LimitHeaders, Outcome

DATE_IS_ROUNDED = 1.0
"""Seconds by which a window can seem longer than its period, since `Date` is rounded down."""


class Window:
    """What the server counts against one limit, as far as this side can know, and never less than that.

    Attributes:
        amount: the units in force; None where neither a page nor an answer has told.
        period: the length of the window in seconds; where no page tells, the longest stretch seen before an end.
        until: when the window ends; None until an answer has told.
        used: the most that an answer of this window told as used.
        in_flight: the cost of each request on its way, by its number. All of it counts, also across a turn, since the
            server may still count it in either window.
        on_its_way: the sum of that.
        opens: the moment before which nothing may be sent, whatever remains.
    """

    __slots__ = (
        "_last",
        "_period_is_known",
        "_reckoned_from",
        "_told_ahead",
        "_told_by",
        "_turned_after",
        "_untold",
        "_untold_cost",
        "amount",
        "in_flight",
        "on_its_way",
        "opens",
        "period",
        "until",
        "used",
    )

    def __init__(self, limit: Limit | None) -> None:
        self.amount = limit.amount if limit else None
        self.period = limit.period if limit else DATE_IS_ROUNDED
        self.until: float | None = None
        self.used = 0
        self.in_flight: dict[int, int] = {}
        self.on_its_way = 0
        self.opens = -inf
        self._period_is_known = limit is not None
        self._reckoned_from = inf
        """The end of the window before, while that of this one is only reckoned from it; inf where an answer told."""
        self._last = 0
        """The number of the request sent last. Numbers rise in the order of sending."""
        self._told_ahead = 0.0
        """How far ahead of its answer the end was that was told last, in seconds: a refusal may close for longer than a
        period."""
        self._told_by = 0
        """The request sent last of those whose answers told the amount."""
        self._turned_after = 0
        """The request sent last when this window began; later ones can't have been counted in an older one."""
        self._untold: deque[tuple[int, int, bool]] = deque()
        """What ended without telling: the request sent last at that time, the cost, and whether the next window may
        have begun by then. The answer to any later request tells of it."""
        self._untold_cost = 0

    def remaining(self) -> int | None:
        """Tell what may still be sent in this window; None where no answer has told of one."""
        if self.amount is None or self.until is None:
            return None
        return max(0, self.amount - self.used - self._untold_cost - self.on_its_way)

    def affordable(self, cost: int, now: float) -> bool:
        """Tell whether a request fits into what certainly remains."""
        if self.amount is None or self.until is None:
            return True
        self.turn(now)
        spent = self.used + self._untold_cost + self.on_its_way
        return now >= self.opens and spent + self._clamped(cost) <= self.amount

    def wait(self, cost: int, now: float, *, ahead: int = 0, calls_ahead: int = 0) -> float:
        """Tell how long the limit will hold a request up at the least, in seconds.

        What is on its way may turn out to cost less than it could, so it counts for nothing here: 0 means that only
        the answers to it have to be waited for.

        Args:
            cost: the most that the request can cost.
            now: the moment.
            ahead: the cost of the requests that go first.
            calls_ahead: how many those are.
        """
        if self.amount is None or self.until is None:
            return 0.0
        self.turn(now)
        ahead = min(ahead, calls_ahead * self.amount)
        lacking = ahead + self._clamped(cost) - max(0, self.amount - self.used - self._untold_cost)
        if lacking <= 0:
            return max(0.0, self.opens - now)
        turns = ceil(lacking / self.amount)
        return max(self.until + (turns - 1) * self.period, self.opens) - now

    def reserve(self, cost: int) -> int:
        """Count a request as on its way and give it a number."""
        self._last += 1
        cost = self._clamped(cost)
        self.in_flight[self._last] = cost
        self.on_its_way += cost
        return self._last

    def settle(self, number: int, outcome: Outcome, *, now: float, latest: float, jitter: float = 0.0) -> bool:
        """Follow what came of a request.

        Args:
            number: what `reserve` gave.
            outcome: what came of it.
            now: the moment that has certainly been reached.
            latest: the latest that the server's clock can show by now.
            jitter: seconds to stay away after the end of a window that was refused as used up, so that services that
                share the limit don't all come back in the same instant.

        Returns:
            Whether the answer told of a window.
        """
        self.turn(now)
        cost = self.in_flight.pop(number)
        self.on_its_way -= cost
        told = self._credible(outcome)
        if told is not None:
            if self._follow(number, told) and outcome.kind == "exhausted":
                self.used = max(self.used, told.amount)
                self.opens = told.until + jitter
        elif outcome.kind in {"answered", "lost", "parallel"}:
            self._untold.append((self._last, cost, self.until is None or latest >= self.until))
            self._untold_cost += cost
        if self.until is None:
            # No answer that is still to come was asked for before these ended, so it will tell of them.
            self._forget(before=next(iter(self.in_flight), self._last + 1))
        return told is not None

    def _credible(self, outcome: Outcome) -> LimitHeaders | None:
        """Give the headers of an answer if they are there and name an end that the period allows.

        The end that comes with a refusal is followed in any case: asking again before it would be refused again.
        """
        told = outcome.headers
        if told is None or not self._period_is_known or outcome.kind == "exhausted":
            return told
        return told if told.until - told.date <= self.period + DATE_IS_ROUNDED else None

    def turn(self, now: float) -> None:
        """Begin the window of this moment if the last one is over. Windows are aligned, so whole periods pass."""
        if self.until is None:
            return
        if now >= self.until:
            self._reckoned_from = self.until
            self._begin(self.until + ((now - self.until) // self.period + 1) * self.period)
        elif self.until - now > max(self.period, self._told_ahead) + DATE_IS_ROUNDED:
            # The server's clock was put back. What it has counted it may have kept.
            ahead = (ceil((self.until - now) / self.period) - 1) * self.period
            self.until -= ahead
            self.opens -= ahead

    def _clamped(self, cost: int) -> int:
        # A page larger than the whole limit takes all of it; it would wait for ever otherwise.
        return cost if self.amount is None else min(cost, self.amount)

    def _follow(self, number: int, told: LimitHeaders) -> bool:
        """Take over what an answer told; False where it was counted in an older window and so tells nothing."""
        ahead = told.until - told.date
        if not self._period_is_known:
            self.period = max(self.period, ahead)
        if self.until is None or told.until > self.until:
            self._begin(told.until)
        elif self._reckoned_from < told.until < self.until:
            # Counted after the last window, so in this one: it ends sooner than the documented period let expect.
            self.until = told.until
        elif told.until < self.until:
            if number <= self._turned_after:
                return False
            # Sent in this window and counted in an earlier one: the server's clock was put back, or its windows are
            # shorter than documented. Either way it knows better.
            self._begin(told.until)
            self.opens = -inf
        self._told_ahead, self._reckoned_from = ahead, inf
        self.used = max(self.used, told.amount - told.remaining)
        self._forget(before=number)
        if number > self._told_by:
            self.amount, self._told_by = told.amount, number
        return True

    def _begin(self, until: float) -> None:
        self.until = until
        self.used = 0
        self._turned_after = self._last
        self._untold = deque((last, cost, False) for last, cost, late in self._untold if late)
        self._untold_cost = sum(cost for _, cost, _ in self._untold)

    def _forget(self, before: int) -> None:
        while self._untold and self._untold[0][0] < before:
            self._untold_cost -= self._untold.popleft()[1]

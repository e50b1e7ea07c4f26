"""The arithmetic of one resource limit: a mirror of the window that the server keeps for a method and entity.

It does no I/O and reads no clock. Moments are those of the server's clock, in epoch seconds. The whole state is plain:
numbers and truth values under the names of `Window`'s fields, so that it can be written down as one document and be
compared field by field with the same arithmetic elsewhere; 0 stands for what isn't known yet.

Why it never promises too much: what the server has counted in its window is at most what its answers told, plus what is
on its way, plus what ended without telling. Of two requests the one counted later tells of both; the one counted
earlier tells of itself, and until the later one's answer is in, that one is on its way.

Which unit the server counts in is found out on the way, since its pages of one year say items and those of another say
requests. Each request is kept with the items that it can cost; `evidence` says what that comes to. What the server
counted between two moments at which nothing was on its way is compared with how many requests that were, and how many
items they could have cost.
"""

from math import ceil
from typing import Final

import msgspec

from yamarket_async.limits import Limit, LimitHeaders, Outcome

DATE_IS_ROUNDED: Final = 1.0
"""Seconds by which a window can seem longer than its period, since `Date` is rounded down."""

LONGER_PERIODS: Final = {60.0: 120.0, 360.0: 600.0}
"""Seconds of the period that a seller without a subscription has, where the page tells two: reports may be made once in
one or two minutes, or in six or ten."""

COUNTS_REQUESTS: Final = 2
"""The evidence from which on requests are taken to be counted: so many times in a row what was sent cost one unit for
each request, where it could have cost more. A single page of one item proves nothing."""

COUNTS_ITEMS: Final = -1
"""The evidence where an answer has shown that items are counted: the last page of a walk, when it happens to hold one
item, is then not enough to doubt it."""

MOST_UNTOLD: Final = 32
"""How many requests that ended without telling are kept one by one. Where answers tell nothing for long, those after
them are kept together, and are told of together."""


class Window(msgspec.Struct):
    """What the server counts against one limit, as far as this side can know, and never less than that.

    Attributes:
        amount: the units in force; 0 where neither a page nor an answer has told.
        period: the length of the window in seconds; where no page tells, the longest stretch seen before an end.
            Where a page tells two, answers can show that it is the longer one.
        period_is_known: whether a page tells it.
        sends_items: whether a request costs exactly its items where items are counted, since it sends them; False where
            the answer decides, so that it can be fewer.
        evidence: which unit is counted. `COUNTS_REQUESTS` or more: requests. 0 or less: items. Between: items are
            reserved, but a request may also go alone for what is left; a server that counts the items of its answers
            can't know them before, so it lets that pass.
        until: when the window ends; 0 until an answer has told.
        used: the most that an answer of this window told as used.
        opens: the moment before which nothing may be sent, whatever remains.
        in_flight: the items that each request on its way can cost, by its number. All count, also across a turn, since
            the server may still count them in either window.
        items_in_flight: their sum.
        untold: what ended without telling: the request sent last at that time, the items, 1 where the next window may
            have begun by then, else 0, and how many requests that were. The answer to any later request tells of it.
        untold_items: their items together.
        untold_requests: how many requests that were in all.
        last: the number of the request sent last. Numbers rise in the order of sending.
        told_by: the request sent last of those whose answers told the amount.
        told_ahead: how far ahead of its answer the end was that was told last, in seconds: a refusal may close for
            longer than a period.
        turned_after: the request sent last when this window began; later ones can't have been counted in an older one.
        reckoned_from: the end of the window before, while that of this one is only reckoned from it; 0 where an answer
            told.
        goes_alone: whether a refusal came from a window that should have been over: until an answer tells of the next
            one, a single request at a time asks for it.
        base: what was used when the comparison of units began; -1 where the window may hold calls of a time before.
        asked: the requests since then that the server may have counted.
        asked_items: the items that they can cost.
        is_mixed: whether some of them may have been counted before.
    """

    amount: int = 0
    period: float = DATE_IS_ROUNDED
    period_is_known: bool = False
    sends_items: bool = False
    evidence: int = 0
    until: float = 0.0
    used: int = 0
    opens: float = 0.0
    in_flight: dict[int, int] = msgspec.field(default_factory=dict)
    items_in_flight: int = 0
    untold: list[tuple[int, int, int, int]] = msgspec.field(default_factory=list)
    untold_items: int = 0
    untold_requests: int = 0
    last: int = 0
    told_by: int = 0
    told_ahead: float = 0.0
    turned_after: int = 0
    reckoned_from: float = 0.0
    goes_alone: bool = False
    base: int = -1
    asked: int = 0
    asked_items: int = 0
    is_mixed: bool = False

    @classmethod
    def documented(cls, limit: Limit | None) -> "Window":
        """Begin with what the method's page says; None where it says nothing."""
        if limit is None:
            return cls()
        return cls(
            amount=limit.amount,
            period=limit.period,
            period_is_known=True,
            sends_items=limit.unit == "request_items",
            evidence=COUNTS_REQUESTS if limit.unit == "requests" else 0,
        )

    # -- what may be sent ----------------------------------------------------------------------------------------------

    @property
    def counts_requests(self) -> bool:
        """Whether the server is taken to count requests."""
        return self.evidence >= COUNTS_REQUESTS

    @property
    def is_unsure(self) -> bool:
        """Whether the server may count either requests or items."""
        return 0 < self.evidence < COUNTS_REQUESTS

    def cost(self, items: int, requests: int = 1) -> int:
        """Tell what requests cost at the most, in the believed unit.

        Args:
            items: the items that they can cost together.
            requests: how many they are.
        """
        if self.evidence >= COUNTS_REQUESTS:
            return requests
        most = requests * self.amount
        return most if 0 < most < items else items

    def spent(self) -> int:
        """Tell what the server may have counted by now, or will count of what is on its way."""
        if self.evidence >= COUNTS_REQUESTS:
            return self.used + self.untold_requests + len(self.in_flight)
        return self.used + self.untold_items + self.items_in_flight

    def remaining(self) -> int | None:
        """Tell what may still be sent in this window; None where no answer has told of one."""
        return max(0, self.amount - self.spent()) if self.amount and self.until else None

    def affordable(self, items: int, now: float) -> bool:
        """Tell whether a request fits into what certainly remains.

        Args:
            items: the most items that it can cost.
            now: the moment.
        """
        if not self.amount or not self.until:
            return True
        if now >= self.until or self.until - now > self.period:
            self.turn(now)
        if now < self.opens or (self.goes_alone and self.in_flight):
            return False
        if self.spent() + self.cost(items) <= self.amount:
            return True
        is_quiet = not self.in_flight and not self.untold
        return self.is_unsure and is_quiet and self.used < self.amount

    def wait(self, items: int, now: float, *, items_ahead: int = 0, requests_ahead: int = 0) -> float:
        """Tell how long the limit will hold a request up at the least, in seconds.

        What is on its way may turn out to cost less than it could, so it counts for nothing here: 0 means that only
        the answers to it have to be waited for.

        Args:
            items: the most items that the request can cost.
            now: the moment.
            items_ahead: the items that those can cost that go first.
            requests_ahead: how many those are.
        """
        if not self.amount or not self.until:
            return 0.0
        self.turn(now)
        if self.counts_requests or (self.is_unsure and (self.in_flight or not self.untold)):
            needed = requests_ahead + 1
            room = self.amount - self.used - self.untold_requests
        else:
            needed = self.cost(items_ahead, requests_ahead) + self.cost(items)
            room = self.amount - self.used - self.untold_items
        lacking = needed - max(0, room)
        if lacking <= 0:
            return max(0.0, self.opens - now)
        turns = ceil(lacking / self.amount)
        return max(self.until + (turns - 1) * self.period, self.opens) - now

    # -- what was sent and came back -----------------------------------------------------------------------------------

    def reserve(self, items: int) -> int:
        """Count a request as on its way and give it a number.

        Args:
            items: the most items that it can cost.
        """
        # A page larger than the whole limit takes all of it; it would wait for ever otherwise.
        if 0 < self.amount < items:
            items = self.amount
        self.last = number = self.last + 1
        self.in_flight[number] = items
        self.items_in_flight += items
        self.asked += 1
        self.asked_items += items
        return number

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
        if now >= self.until or self.until - now > self.period:
            self.turn(now)
        items = self.in_flight.pop(number)
        self.items_in_flight -= items
        told = self._credible(outcome)
        if outcome.kind == "unsent":
            self.asked -= 1
            self.asked_items -= items
        elif outcome.kind != "answered":
            self.is_mixed = True  # whether that was counted nobody says
        if told is not None:
            if self._follow(number, told, outcome.kind) and outcome.kind == "exhausted":
                self.used = max(self.used, told.amount)
                self.opens = told.until if self.goes_alone else told.until + jitter
                self._compare_from(self.used)
        elif outcome.kind in {"answered", "lost", "parallel"}:
            self._remember(items, int(not self.until or latest >= self.until))
        if not self.until:
            # No answer that is still to come was asked for before these ended, so it will tell of them.
            self._forget(before=next(iter(self.in_flight), self.last + 1))
        return told is not None

    def _credible(self, outcome: Outcome) -> LimitHeaders | None:
        """Give the headers of an answer if they are there and name an end that the period allows.

        The end that comes with a refusal is followed in any case: asking again before it would be refused again.
        """
        told = outcome.headers
        if told is None or not self.period_is_known or outcome.kind == "exhausted":
            return told
        ends_in_time = told.until - told.date <= self.period + DATE_IS_ROUNDED
        return told if ends_in_time or self._has_longer_period(told) else None

    def _has_longer_period(self, told: LimitHeaders) -> bool:
        """Tell whether an answer names the end of a window that only the longer of two documented periods allows."""
        longer = LONGER_PERIODS.get(self.period)
        if longer is None or told.until % longer:
            return False
        return self.period < told.until - told.date - DATE_IS_ROUNDED <= longer

    def turn(self, now: float) -> None:
        """Begin the window of this moment if the last one is over. Windows are aligned, so whole periods pass."""
        if not self.until:
            return
        if now >= self.until:
            self.reckoned_from = self.until
            self._begin(self.until + ((now - self.until) // self.period + 1) * self.period)
        elif self.until - now > max(self.period, self.told_ahead) + DATE_IS_ROUNDED:
            # The server's clock was put back. What it has counted it may have kept.
            ahead = (ceil((self.until - now) / self.period) - 1) * self.period
            self.until -= ahead
            self.opens -= ahead

    def _follow(self, number: int, told: LimitHeaders, kind: str) -> bool:
        """Take over what an answer told; False where it was counted in an older window and so tells nothing."""
        ahead = told.until - told.date
        if not self.period_is_known:
            self.period = max(self.period, ahead)
        elif ahead - DATE_IS_ROUNDED > self.period and self._has_longer_period(told):
            self.period = LONGER_PERIODS[self.period]
        if told.until > self.until:
            self._begin(told.until)
            self.goes_alone = False
        elif self.reckoned_from and self.reckoned_from < told.until < self.until:
            # Counted after the last window, so in this one: it ends sooner than the documented period let expect.
            self.until = told.until
        elif told.until < self.until:
            if number <= self.turned_after:
                return False
            # Sent in this window and counted in an earlier one: the server's clock was put back or turns its windows
            # later than its dates say, or its windows are shorter than documented. Either way it knows better.
            self.goes_alone = kind == "exhausted"
            self._begin(told.until)
            self.opens = 0.0
        elif kind != "exhausted" and number > self.turned_after:
            self.goes_alone = False
        self.told_ahead, self.reckoned_from = ahead, 0.0
        self.used = max(self.used, told.amount - told.remaining)
        if self.untold:
            self._forget(before=number)
        if number > self.told_by:
            if told.amount != self.amount:
                self.evidence = max(self.evidence, 0)  # another amount may come with another unit
            self.amount, self.told_by = told.amount, number
        if kind != "exhausted":  # which may tell of all as used, whatever was
            self._compare_units()
        return True

    def _begin(self, until: float) -> None:
        is_first = not self.until
        self.until = until
        self.used = 0
        self.turned_after = self.last
        self.untold = [(last, items, 0, requests) for last, items, late, requests in self.untold if late]
        self.untold_items = sum(items for _, items, _, _ in self.untold)
        self.untold_requests = sum(requests for _, _, _, requests in self.untold)
        if not is_first:
            self._compare_from(0)

    def _remember(self, items: int, late: int) -> None:
        """Keep what ended without telling until an answer tells of it."""
        last, requests = self.last, 1
        self.untold_items += items
        self.untold_requests += 1
        if len(self.untold) >= MOST_UNTOLD and self.untold[-1][2] == late:
            _, more_items, _, more = self.untold.pop()
            items, requests = items + more_items, 1 + more
        self.untold.append((last, items, late, requests))

    def _forget(self, before: int) -> None:
        while self.untold and self.untold[0][0] < before:
            _, items, _, requests = self.untold.pop(0)
            self.untold_items -= items
            self.untold_requests -= requests

    # -- which unit is counted -----------------------------------------------------------------------------------------

    def _compare_from(self, used: int) -> None:
        self.base = used
        self.asked = asked = len(self.in_flight) + self.untold_requests
        self.asked_items = self.items_in_flight + self.untold_items
        self.is_mixed = asked > 0

    def _compare_units(self) -> None:
        """Compare what was counted since the last comparison with what was asked for since then."""
        counted = self.used - self.base if self.base > 0 else self.used
        is_quiet = not self.in_flight and not self.untold
        if not is_quiet and counted <= self.asked:
            return
        # Where nothing remains, more may have been counted than was left.
        is_complete = is_quiet and not self.is_mixed and self.used < self.amount
        # Of requests that could cost hardly more than one item each nothing can be learned, and what wasn't counted at
        # all (no item, a refusal of the key) tells nothing either.
        is_telling = self.asked_items >= 2 * self.asked and counted >= self.asked > 0
        if is_telling and (counted > self.asked or is_complete):
            self._judge(counted, is_complete=is_complete)
        self._compare_from(self.used)

    def _judge(self, counted: int, *, is_complete: bool) -> None:
        """Learn from what was counted.

        Args:
            counted: how many units.
            is_complete: whether all of `asked` was counted in them, and no more of our own.
        """
        # As a ratio, nearer to the number of requests than to that of items.
        is_near = counted * counted < self.asked * min(self.asked_items, self.asked * self.amount)
        has_history = self.base < 0
        if self.sends_items:
            # Others can only add to what our own cost, so what is less than that isn't in items.
            if is_complete:
                self.evidence = COUNTS_REQUESTS if is_near else 0
            elif not has_history:
                self.evidence = 0
        elif is_complete and counted == self.asked:
            self.evidence = min(COUNTS_REQUESTS, self.evidence + 1)
        elif has_history:
            # Earlier calls, or those of another service, may be in it.
            if counted == self.asked_items:
                self.evidence = COUNTS_ITEMS
            else:
                self.evidence = max(self.evidence, 1) if is_near else min(self.evidence, 1)
        else:
            self.evidence = min(self.evidence, 1) if is_near else COUNTS_ITEMS

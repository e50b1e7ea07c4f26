"""How many requests may be on their way at once. Arithmetic without I/O, as in `window`; moments are local ones."""

from math import inf
from typing import Final

import msgspec

RECOVERY: Final = 30.0
"""Seconds after a parallel refusal until one more slot is tried again; doubled by each trial that is refused, so that a
server that goes on to allow less is asked ever more seldom."""

LONGEST_RECOVERY: Final = 3600.0
"""Seconds at which that stops growing, where the server told how many it allows."""

LONGEST_CROWDED_RECOVERY: Final = 300.0
"""The same where other services of the seller hold slots, which they give back sooner or later."""

FIRST_CROWDED_PAUSE: Final = 0.1
"""Seconds, about a request's time, after a parallel refusal that having fewer slots can't explain; doubled by each
further one."""

LONGEST_CROWDED_PAUSE: Final = 5.0
"""Seconds at which that stops growing."""

_MOST_DOUBLINGS: Final = 32


class Slots(msgspec.Struct):
    """The parallel slots of one entity, or of one method that has a figure of its own.

    Attributes:
        busy: how many requests hold one.
        ceiling: how many there are at most; 0 as long as no refusal has lowered them.
        probes_at: the moment from which one more than the ceiling may be tried.
        recovery: seconds between a refusal and the next trial.
        lowered_at: when they were lowered last.
        closed_until: the moment before which nothing is sent.
        pauses: how many refusals in a row closed them.
    """

    busy: int = 0
    ceiling: int = 0
    probes_at: float = inf
    recovery: float = 0.0
    lowered_at: float = -inf
    closed_until: float = -inf
    pauses: int = 0

    def most(self, max_parallel: int, now: float) -> int:
        """Tell how many there are.

        Args:
            max_parallel: how many a caller may take.
            now: the moment.
        """
        if not self.ceiling:
            return max_parallel
        return min(max_parallel, self.ceiling + (now >= self.probes_at))

    def has_room(self, max_parallel: int, now: float) -> bool:
        """Tell whether a request may take one."""
        most = self.most(max_parallel, now) if self.ceiling else max_parallel
        return self.busy < most and now >= self.closed_until

    def take(self) -> bool:
        """Take one; tells whether it is the one above the ceiling that tries whether there are more."""
        self.busy += 1
        return bool(self.ceiling) and self.busy > self.ceiling

    def refused(
        self, told: int | None, *, tried: bool, sent: float, max_parallel: int, now: float, factor: float
    ) -> None:
        """Lower the slots after a parallel refusal.

        Args:
            told: how many the server allows, if it said so.
            tried: whether the refused request was the one above the ceiling.
            sent: when it was sent.
            max_parallel: how many its caller may take.
            now: the moment.
            factor: the random part of a pause, from 0.5 to 1.
        """
        if sent < self.lowered_at:
            return  # it was sent before its like lowered the slots, which answers both
        had = self.most(max_parallel, now)
        is_told = told is not None and told < had
        if tried:
            self.recovery = min(LONGEST_RECOVERY if is_told else LONGEST_CROWDED_RECOVERY, 2 * self.recovery)
        elif not is_told or now - self.lowered_at > LONGEST_RECOVERY:
            self.recovery = RECOVERY
        self.lowered_at, self.probes_at = now, now + self.recovery
        if told is not None and is_told:
            self.ceiling = max(1, told)
            return
        # Other services of the seller hold some of the slots that the server allows.
        self.ceiling = max(1, had - 1)
        pause = FIRST_CROWDED_PAUSE * 2.0 ** min(self.pauses, _MOST_DOUBLINGS)
        self.closed_until = now + factor * min(LONGEST_CROWDED_PAUSE, pause)
        self.pauses += 1

    def answered(self, *, tried: bool, max_parallel: int, now: float) -> None:
        """Follow an answer: the server allowed as many as were on their way.

        Args:
            tried: whether its request was the one above the ceiling.
            max_parallel: how many its caller may take.
            now: the moment.
        """
        self.pauses = 0
        if tried and self.ceiling and now >= self.probes_at:
            self.ceiling += 1
            self.recovery = max(RECOVERY, self.recovery / 2)
            self.probes_at = now + self.recovery
            if self.ceiling >= max_parallel:
                self.ceiling, self.probes_at = 0, inf

"""The server's clock, as far as its answers tell it."""

from math import ceil, inf
from typing import Final

DRIFT: Final = 1e-4
"""Seconds that the two clocks may drift apart in a second: quartz is off by up to 0.5e-4 on each side."""

FIRST_LAG: Final = 0.25
"""Seconds by which windows are taken to turn later than `Date` says, once that has been seen to happen. Each further
time doubles them, since nothing tells by how much more it is."""

LONGEST_LAG: Final = 8.0
"""Seconds up to which that is believed: beyond them, the headers are wrong and not the clock."""


class ServerClock:
    """Where the server's clock stands against the local monotonic one, as an interval that each answer narrows.

    An answer with the whole-second `Date` D, asked for at the local moment t0 and in at t1, was made while the server's
    clock stood in [D, D + 1) and the local one in [t0, t1]; so the offset lies between D - t1 and D + 1 - t0. What two
    answers say is true at once, so their intervals intersect: answers spread over a second leave less than a round
    trip. Where they contradict each other one of the clocks has jumped, and the newest answer is right.

    Attributes:
        low: the least that the offset can be, in seconds, when the last answer came in.
        high: the most that it can be.
        round_trip: how long the last answer took, in seconds.
        seen: the local moment at which it came in.
        lag: how many seconds after their ends by `Date` the windows turn: whoever counts may have another clock than
            whoever answers, and one that is behind refuses what comes right after the end.
    """

    __slots__ = ("high", "lag", "low", "round_trip", "seen")

    def __init__(self) -> None:
        self.low = -inf
        self.high = inf
        self.round_trip = 0.0
        self.seen = 0.0
        self.lag = 0.0

    def tell(self, date: float, sent: float, received: float) -> None:
        """Narrow the interval by an answer.

        Args:
            date: its `Date`, in epoch seconds.
            sent: the local moment at which it was asked for, or one before that.
            received: the local moment at which it was in, or one after that.
        """
        drift = DRIFT * (received - self.seen)
        low = max(self.low - drift, date - received)
        high = min(self.high + drift, date + 1 - sent)
        if low > high:
            low, high, self.lag = date - received, date + 1 - sent, 0.0
        self.low, self.high = low, high
        self.seen = received
        self.round_trip = received - sent

    def learn_lag(self, until: float, sent: float) -> bool:
        """Learn from an answer that was counted in a window that should have been over when it was asked for.

        Args:
            until: the end of the window that it told.
            sent: the local moment at which it was asked for.

        Returns:
            Whether it was such an answer.
        """
        late = self.certain(sent) - until
        if late < 0:
            return False
        lag = max(FIRST_LAG, 2 * (self.lag + late))
        if lag > LONGEST_LAG:
            return False
        self.lag = lag
        return True

    def trust_lag(self, start: float, sent: float) -> None:
        """Take the lag for as long as it certainly suffices: the first request that found the next window shows that.

        Args:
            start: when that window began.
            sent: the local moment at which the request was sent.
        """
        enough = self.certain(sent) + self.lag - start
        self.lag = max(self.lag, min(enough, LONGEST_LAG))

    def bound_lag(self, start: float, received: float) -> None:
        """Bound the lag by an answer that was counted in a window: it had begun by then.

        Args:
            start: when that window began.
            received: the local moment at which the answer was in.
        """
        self.lag = max(0.0, min(self.lag, self.latest(received) - start))

    def certain(self, now: float) -> float:
        """Tell the time that windows have certainly reached at the local moment `now`; -inf before any answer."""
        return now + self.low - self.lag - DRIFT * (now - self.seen)

    def latest(self, now: float) -> float:
        """Tell the latest that the server's clock can show at the local moment `now`; inf before any answer."""
        return now + self.high + DRIFT * (now - self.seen)

    def when(self, moment: float) -> float:
        """Tell the local moment at which the windows' `moment` has certainly come."""
        return (moment - self.low + self.lag - DRIFT * self.seen) / (1 - DRIFT)

    def is_vague(self, now: float, enough: float) -> bool:
        """Tell whether the interval is wider than `enough` seconds and a well-timed request would narrow it by much.

        Requests at random moments leave up to a second more than a round trip, well-timed ones the round trip.
        """
        width = self.high - self.low + 2 * DRIFT * (now - self.seen)
        return width > max(enough, 2 * self.round_trip)

    def telling_moment(self, now: float) -> float:
        """Tell the next local moment at which to send a request whose answer halves the interval.

        The server will make the answer half a round trip later. If its clock then begins a new second by the middle of
        the interval, the answer's `Date` tells on which side of the middle the offset lies.
        """
        to_server = (self.low + self.high + self.round_trip) / 2
        return ceil(now + to_server) - to_server

"""The server's clock, as far as its answers tell it."""

from math import ceil, inf

DRIFT = 1e-4
"""Seconds that the two clocks may drift apart in a second: quartz is off by up to 0.5e-4 on each side."""


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
    """

    __slots__ = ("_seen", "high", "low", "round_trip")

    def __init__(self) -> None:
        self.low = -inf
        self.high = inf
        self.round_trip = 0.0
        self._seen = 0.0

    def tell(self, date: float, sent: float, received: float) -> None:
        """Narrow the interval by an answer.

        Args:
            date: its `Date`, in epoch seconds.
            sent: the local moment at which it was asked for, or one before that.
            received: the local moment at which it was in, or one after that.
        """
        drift = DRIFT * (received - self._seen)
        low = max(self.low - drift, date - received)
        high = min(self.high + drift, date + 1 - sent)
        self.low, self.high = (low, high) if low <= high else (date - received, date + 1 - sent)
        self._seen = received
        self.round_trip = received - sent

    def certain(self, now: float) -> float:
        """Tell the server's time that has certainly been reached at the local moment `now`; -inf before any answer."""
        return now + self.low - DRIFT * (now - self._seen)

    def latest(self, now: float) -> float:
        """Tell the latest that the server's clock can show at the local moment `now`; inf before any answer."""
        return now + self.high + DRIFT * (now - self._seen)

    def when(self, moment: float) -> float:
        """Tell the local moment at which the server's `moment` has certainly come."""
        return (moment - self.low - DRIFT * self._seen) / (1 - DRIFT)

    def is_vague(self, now: float, enough: float) -> bool:
        """Tell whether the interval is wider than `enough` seconds and a well-timed request would narrow it by much.

        Requests at random moments leave up to a second more than a round trip, well-timed ones the round trip.
        """
        width = self.high - self.low + 2 * DRIFT * (now - self._seen)
        return width > max(enough, 2 * self.round_trip)

    def telling_moment(self, now: float) -> float:
        """Tell the next local moment at which to send a request whose answer halves the interval.

        The server will make the answer half a round trip later. If its clock then begins a new second by the middle of
        the interval, the answer's `Date` tells on which side of the middle the offset lies.
        """
        to_server = (self.low + self.high + self.round_trip) / 2
        return ceil(now + to_server) - to_server

"""What is told of waits and of attempts that failed, and the time that work took without them. Without I/O."""

from yamarket_async.errors import MarketError
from yamarket_async.judging import may_pass
from yamarket_async.limits import Wait
from yamarket_async.observing import Call
from yamarket_async.retry import Retry

ATTEMPTS = Retry().attempts


class WorkClock:
    """Tells how long work took, less the waits for limits, which may overlap.

    Args:
        now: when it began, in seconds.
    """

    def __init__(self, now: float) -> None:
        self._began = now
        self._over = 0.0
        self._from = self._until = now

    def waits(self, now: float, seconds: float) -> None:
        """Note that a wait begins."""
        if now > self._until:
            self._over += self._until - self._from
            self._from = now
        self._until = max(self._until, now + seconds)

    def waited(self, now: float) -> float:
        """Tell how many seconds it has waited by now."""
        return self._over + min(self._until, now) - self._from

    def passed(self, now: float) -> float:
        """Tell how many seconds have passed."""
        return now - self._began

    def worked(self, now: float) -> float:
        """Tell how many seconds it has worked."""
        return self.passed(now) - self.waited(now)


def whose(told: Wait | Call) -> str:
    """Name a method with whose limit it is: `getOffers of campaign 5`."""
    return f"{told.endpoint} of {told.entity}" if told.entity.id else told.endpoint


def failed_attempt(call: Call) -> str:
    """Say that an attempt failed which may be repeated; "" where there is nothing to say, or the error tells it."""
    error = call.error
    if not isinstance(error, MarketError) or not may_pass(error) or call.attempt >= ATTEMPTS:
        return ""
    reason = " ".join(str(error).split()).removeprefix(f"{call.endpoint}: ")
    return f"{whose(call)}: attempt {call.attempt} of {ATTEMPTS} failed after {call.seconds:.1f} s: {reason}"

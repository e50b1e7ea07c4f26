"""When a failed attempt is repeated, and after which pause."""

import math
import random

import msgspec

from yamarket_async.errors import InvalidRequest

LONGEST_RETRY_AFTER = 120.0
"""Seconds that a `Retry-After` may ask for and be waited out; beyond them the caller is told."""


class Retry(msgspec.Struct, frozen=True):
    """How network failures, timeouts and 5xx are met: with growing pauses and full jitter.

    Attributes:
        attempts: how often a request is sent at most, 1 or more; 1 repeats nothing.
        base_delay: the longest first pause in seconds; each pause after it may be twice as long. 0 or more.
        max_delay: the longest pause in seconds, 0 or more. A `Retry-After` of the Market's may be longer, up to
            `LONGEST_RETRY_AFTER`.
    """

    attempts: int = 5
    base_delay: float = 0.5
    max_delay: float = 30.0

    def __post_init__(self) -> None:
        if type(self.attempts) is not int or self.attempts < 1:
            raise InvalidRequest("retry.attempts", self.attempts, "must be a whole number (int), 1 or more")
        for name in ("base_delay", "max_delay"):
            value = getattr(self, name)
            if not isinstance(value, (int, float)) or not math.isfinite(value) or value < 0:
                raise InvalidRequest(f"retry.{name}", value, "must be a number of seconds, 0 or more")

    def pause(self, attempts: int, retry_after: float | None = None) -> float:
        """Choose the pause after an attempt.

        Args:
            attempts: how many were made so far, 1 or more.
            retry_after: seconds that the answer asked to wait.
        """
        # Full jitter: any pause up to the bound, so that many clients that failed together don't return together.
        # Beyond 2**60 nothing grows any more, and a float would overflow.
        longest = min(self.max_delay, self.base_delay * 2.0 ** min(attempts - 1, 60))
        return max(random.uniform(0, longest), retry_after or 0)

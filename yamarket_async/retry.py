"""When a failed attempt is repeated, and after which pause."""

import random

import msgspec

from yamarket_async.errors import InvalidRequest


class Retry(msgspec.Struct, frozen=True):
    """How network failures, timeouts and 5xx are met: with growing pauses and full jitter.

    Attributes:
        attempts: how often a request is sent at most, 1 or more; 1 repeats nothing.
        base_delay: the longest first pause in seconds; each pause after it may be twice as long. 0 or more.
        max_delay: the longest pause in seconds, 0 or more. A `Retry-After` of the Market's may be longer.
    """

    attempts: int = 5
    base_delay: float = 0.5
    max_delay: float = 30.0

    def __post_init__(self) -> None:
        if self.attempts < 1:
            raise InvalidRequest("retry.attempts", self.attempts, "must be 1 or more")
        for name in ("base_delay", "max_delay"):
            if not getattr(self, name) >= 0:
                raise InvalidRequest(f"retry.{name}", getattr(self, name), "must be a number of seconds, 0 or more")

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

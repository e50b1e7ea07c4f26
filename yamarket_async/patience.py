"""How long and how often a client tries: what `MarketClient(…)` and `with_options(…)` take alike, checked."""

import math
from typing import Any

import aiohttp
import msgspec

from yamarket_async.errors import InvalidRequest
from yamarket_async.retry import Retry


class Patience(msgspec.Struct, frozen=True):
    """How long and how often a client tries.

    Attributes:
        timeout: bounds of one attempt.
        retry: when a failed attempt is repeated.
        max_wait: seconds that a call may wait for a limit; None for as long as it takes.
    """

    timeout: aiohttp.ClientTimeout
    retry: Retry
    max_wait: float | None

    @classmethod
    def of(cls, timeout: Any, retry: Any, max_wait: Any) -> "Patience":
        """Check what a caller gave.

        Raises:
            InvalidRequest: an argument is out of bounds.
        """
        if not isinstance(retry, Retry):
            raise InvalidRequest("retry", retry, "must be a Retry(attempts=…, base_delay=…, max_delay=…)")
        if not isinstance(timeout, aiohttp.ClientTimeout):
            timeout = aiohttp.ClientTimeout(total=seconds("timeout", timeout, above=0))
        return cls(timeout, retry, None if max_wait is None else seconds("max_wait", max_wait))


def seconds(argument: str, value: Any, *, above: float | None = None) -> float:
    """Check a number of seconds.

    Args:
        argument: its name.
        value: the number.
        above: what it must be above; it may be 0 where this is left out.

    Raises:
        InvalidRequest: it is none, or out of bounds.
    """
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value) or value < 0 or value == above:
        bound = "0 or more" if above is None else f"above {above}"
        raise InvalidRequest(argument, value, f"must be a number of seconds, {bound}")
    return float(value)

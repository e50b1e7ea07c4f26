"""Reading what an answer says of the limits."""

import re
from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from functools import lru_cache

from multidict import istr

from yamarket_async.limits import LimitHeaders

SERVER_TIMEOUT = 10.0
"""Seconds after which the Market gives up on a request: so much older than its answer can the end of the window be in
which it was counted."""

LONGEST_WINDOW = 24 * 3600.0
"""Seconds. No documented limit has a longer period, and a garbled date must not close a method for years."""

PARALLEL_REFUSAL = r"Hit rate limit of (\d{1,9}) parallel requests"  # compiled when first needed

# aiohttp finds names of this type without turning them into lower case first.
_LIMIT = istr("X-RateLimit-Resource-Limit")
_REMAINING = istr("X-RateLimit-Resource-Remaining")
_UNTIL = istr("X-RateLimit-Resource-Until")
_DATE = istr("Date")

_MOST_DIGITS = 15


def read_headers(headers: Mapping[str, str]) -> LimitHeaders | None:
    """Read the `X-RateLimit-Resource-*` headers against the `Date` of the same answer.

    Args:
        headers: those of the answer, under the names that the Market gives them.

    Returns:
        What they say; None where one is missing or garbled, or where the window would end at a moment that can't be.
    """
    amount = _count(headers.get(_LIMIT))
    remaining = _count(headers.get(_REMAINING))
    if not amount or remaining is None:
        return None
    until = _moment(headers.get(_UNTIL, ""))
    date = _moment(headers.get(_DATE, ""))
    if until is None or date is None or not date - SERVER_TIMEOUT < until <= date + LONGEST_WINDOW:
        return None
    return LimitHeaders(amount, remaining, until, date)


def parallel_refusal(message: str) -> int | None:
    """Read the N of `Hit rate limit of N parallel requests`; None where the message is another one."""
    found = re.search(PARALLEL_REFUSAL, message)
    return int(found[1]) if found else None


def _count(text: str | None) -> int | None:
    # int() alone would also take signs, underscores and the digits of every script.
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None


@lru_cache(maxsize=64)  # the answers of one second share their Date, those of one window its end
def _moment(text: str) -> float | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()

"""Judging answers, without I/O: what an answer means for the limits, and what it holds or which error it is."""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

import msgspec

from yamarket_async.endpoints import Endpoint
from yamarket_async.errors import DecodeError, MarketError, ServerError, TransportError, api_error, read_errors
from yamarket_async.limits import Outcome
from yamarket_async.limits.headers import parallel_refusal, read_headers
from yamarket_async.models.answers import ApiResponse, ApiResponseStatusType

R = TypeVar("R", bound=ApiResponse)

METHOD_FAILURE = 420
"""The status of an answer that refuses a request for a limit."""


class Reply(msgspec.Struct, frozen=True, gc=False):
    """An answer as it came.

    Attributes:
        status: the HTTP status.
        headers: its headers, by name in any case.
        body: what it holds, decompressed.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes


def outcome_of(reply: Reply) -> Outcome:
    """Tell what an answer means for the limits."""
    headers = read_headers(reply.headers)
    if reply.status >= 500:
        return Outcome("failed", headers)
    if reply.status != METHOD_FAILURE:
        return Outcome("answered", headers)
    answer = read_errors(reply.body)
    for error in (answer and answer.errors) or ():
        parallel = parallel_refusal(error.message or "")
        if parallel is not None:
            return Outcome("parallel", headers, parallel)
    return Outcome("exhausted", headers)


def refuses_for_good(reply: Reply) -> bool:
    """Tell whether a 420 can't be waited for: a store without offers has a limit of 0."""
    return reply.headers.get("X-RateLimit-Resource-Limit", "").strip() == "0"


def check(endpoint: Endpoint[Any], reply: Reply) -> None:
    """Raise the error that an answer is where that can be told without decoding it; all that may pass can be."""
    if not 200 <= reply.status < 300:
        raise _error(endpoint, reply)
    # An answer that was cut short is nothing at all, or an object without its end.
    text = reply.body.strip()
    if not text or (text.startswith(b"{") and not text.endswith(b"}")):
        raise DecodeError("the answer was cut short", endpoint=endpoint.name, body=reply.body, cut_short=True)


def read(endpoint: Endpoint[R], reply: Reply) -> R:
    """Decode an answer that passed `check`, or raise the error that it is all the same."""
    try:
        response = endpoint.decoder.decode(reply.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        told = read_errors(reply.body)
        if told and (told.errors or told.status == ApiResponseStatusType.ERROR):
            raise _error(endpoint, reply) from None
        message = f"not what its page describes ({error})"
        raise DecodeError(message, endpoint=endpoint.name, body=reply.body) from error
    if response.errors or response.status is ApiResponseStatusType.ERROR:
        raise _error(endpoint, reply)
    return response


def _error(endpoint: Endpoint[Any], reply: Reply) -> MarketError:
    error = api_error(reply.status, reply.body, endpoint.name, endpoint.scopes, location=reply.headers.get("Location"))
    if isinstance(error, ServerError):
        error.retry_after = retry_after(reply.headers)
    return error


def may_pass(error: MarketError) -> bool:
    """Tell whether a failed attempt is worth repeating: no answer, half an answer, 5xx; no other 4xx ever."""
    if isinstance(error, DecodeError):
        return error.cut_short
    return isinstance(error, (TransportError, ServerError))


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Read `Retry-After`: seconds, or a moment that is taken against the answer's own `Date`."""
    value = headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdecimal():
        return float(value)
    try:
        return (parsedate_to_datetime(value) - parsedate_to_datetime(headers.get("Date", ""))).total_seconds()
    except (ValueError, TypeError):  # TypeError: one of them without a time zone
        return None

"""Judging answers, without I/O: what an answer means for the limits, and what it holds or which error it is."""

import re
import warnings
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Literal

import aiohttp
import msgspec

from yamarket_async.endpoints import Endpoint
from yamarket_async.errors import (
    APIError,
    DecodeError,
    ErrorDetail,
    MarketError,
    ServerError,
    TransportError,
    api_error,
    read_errors,
)
from yamarket_async.limits import Outcome
from yamarket_async.limits.headers import parallel_refusal, read_headers
from yamarket_async.models.answers import ApiResponse, ApiResponseStatusType

METHOD_FAILURE = 420
"""The status of an answer that refuses a request for a limit."""

_REPORTS = r"(?i)active reports limit exceeded(?:\D*(\d+))?"  # compiled when first needed


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

    @property
    def content_type(self) -> str:
        """What kind of file it holds, without parameters; "" where it doesn't say."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def file_name(self) -> str | None:
        """The name that it gives to the file that it holds; None where it gives none."""
        disposition = self.headers.get("Content-Disposition", "")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # aiohttp warns of what it can't read; no name is said by None
            _, parameters = aiohttp.parse_content_disposition(disposition)
            name = aiohttp.content_disposition_filename(parameters)
        # Where a file is saved is the caller's to say, so of a path only its end counts.
        return ("".join(filter(str.isprintable, re.split(r"[/\\]", name)[-1])).strip(". ") if name else None) or None


def outcome_of(reply: Reply) -> Outcome:
    """Tell what an answer means for the limits."""
    headers = read_headers(reply.headers)
    if reply.status >= 500:
        return Outcome("failed", headers)
    if reply.status != METHOD_FAILURE:
        return Outcome("answered", headers)
    for message in _messages(reply):
        parallel = parallel_refusal(message)
        if parallel is not None:
            return Outcome("parallel", headers, parallel)
        if re.search(_REPORTS, message):
            return Outcome("answered", headers)
    return Outcome("exhausted", headers)


Refusal = Literal["limit", "reports"]


def refusal_of(reply: Reply) -> Refusal | None:
    """Tell whether an answer refuses a request that may go through later, and for what.

    Returns:
        "limit" — the limiter knows when to send again, from the outcome; "reports" — as many reports are in the making
        as may be, and no header tells when one will end; None — it isn't such an answer: it also may be for good, since
        a store without offers has a limit of 0.
    """
    if reply.status != METHOD_FAILURE:
        return None
    if any(re.search(_REPORTS, message) for message in _messages(reply)):
        return "reports"
    return None if reply.headers.get("X-RateLimit-Resource-Limit", "").strip() == "0" else "limit"


def reports_limit(reply: Reply) -> int | None:
    """Tell how many reports may be in the making at once, where an answer that refuses another one says so."""
    figures = [found[1] for message in _messages(reply) if (found := re.search(_REPORTS, message)) and found[1]]
    return int(figures[0][:9]) if figures else None


def _messages(reply: Reply) -> list[str]:
    answer = read_errors(reply.body)
    return [error.message or "" for error in (answer and answer.errors) or ()]


def check(endpoint: Endpoint, reply: Reply) -> None:
    """Raise the error that an answer is where that can be told without decoding it; all that may pass can be."""
    if not 200 <= reply.status < 300:
        raise error_of(endpoint, reply)
    if endpoint.files:
        return
    # An answer that was cut short is nothing at all, or an object without its end.
    if reply.body[:1] == b"{" and reply.body[-1:] == b"}":
        return
    text = reply.body.strip()
    if not text and endpoint.response is None:
        return
    if not text or (text.startswith(b"{") and not text.endswith(b"}")):
        raise DecodeError("the answer was cut short", endpoint=endpoint.name, body=reply.body, cut_short=True)


def read(endpoint: Endpoint, reply: Reply, *, even_errors: bool = False) -> Any:
    """Decode an answer that passed `check`, or raise the error that it is all the same.

    Args:
        endpoint: the method.
        reply: the answer.
        even_errors: whether an answer that says error is given as well, where it can be decoded.
    """
    if endpoint.response is None and not reply.body.strip():
        return ApiResponse()
    try:
        response = endpoint.decoder.decode(reply.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        told = read_errors(reply.body)
        if told and (told.errors or told.status == ApiResponseStatusType.ERROR):
            raise error_of(endpoint, reply) from None
        message = f"not what its page describes ({error})"
        raise DecodeError(message, endpoint=endpoint.name, body=reply.body) from error
    if says_error(response) and not even_errors:
        raise error_of(endpoint, reply)
    if endpoint.pages is not None and endpoint.items_holder(response) is None:
        message = "not what its page describes (nothing holds its items, so this may not be the last page)"
        raise DecodeError(message, endpoint=endpoint.name, body=reply.body)
    return response


def says_error(response: ApiResponse) -> bool:
    """Tell whether an answer of 200 says that something went wrong.

    Where a method has errors of its own kind, each of some thing that was asked for, they are a part of the result.
    """
    if not response.errors:
        return response.status is ApiResponseStatusType.ERROR
    is_failure = any(isinstance(error, ErrorDetail) for error in response.errors)
    return is_failure or response.status is ApiResponseStatusType.ERROR


def error_of(endpoint: Endpoint, reply: Reply) -> APIError:
    """Make the error that an answer is."""
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
    except (ValueError, TypeError, OverflowError):  # TypeError: one of them without a time zone
        return None

"""The errors, all under `MarketError`, and the one function that makes an answer into one."""

import copy
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

import msgspec

QUOTED_BYTES = 200
"""How much of an answer that is not what it should be stands in the error."""

WHERE_KEYS_COME_FROM = (
    "make one in the seller's account on the Market: the store's name → Modules and API → API-key tokens "
    "(https://yandex.ru/dev/market/partner-api/doc/en/concepts/api-key)"
)


class MarketError(Exception):
    """Whatever this package raises on purpose."""

    def __reduce__(self) -> tuple[Any, ...]:
        # The default calls the class with `args`, which are the message and not what the constructors take.
        return _rebuild, (type(self), self.args, self.__dict__)

    def remarking(self, remark: str) -> Self:
        """Give the same error with a remark at the end of its message."""
        error = copy.copy(self)
        error.args = (f"{self.args[0]} ({remark})",)
        return error


def _rebuild(kind: type[MarketError], args: tuple[object, ...], state: dict[str, object]) -> MarketError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class InvalidRequest(MarketError, ValueError):
    """An argument breaks a rule of the method. Nothing was sent.

    Attributes:
        argument: the name of the argument, with the place in it where that helps (`offer_ids[3]`).
        value: what was given, shortened where it is long.
        rule: what would be right.
    """

    def __init__(self, argument: str, value: object, rule: str) -> None:
        shown = repr(value)
        self.argument = argument
        self.value = value if len(shown) <= QUOTED_BYTES else shown[:QUOTED_BYTES] + "…"
        self.rule = rule
        super().__init__(f"{argument}={shown if self.value is value else self.value}: {rule}")


class MissingKey(MarketError, ValueError):
    """The client was given no credentials."""

    def __init__(self) -> None:
        super().__init__(
            f"no API key: pass api_key=… or set YAMARKET_API_KEY in the environment; {WHERE_KEYS_COME_FROM}. "
            "To try without one, use yamarket_async.sandbox.Sandbox"
        )


class ClientClosed(MarketError, RuntimeError):
    """The client was used after it was closed, or was closed while a call was under way."""

    def __init__(self) -> None:
        super().__init__("this MarketClient is closed; make a new one (async with MarketClient(…) as market)")


class TransportError(MarketError):
    """No answer came: no connection, a reset, a timeout, half an answer.

    Attributes:
        endpoint: the method that was called.
        sent: whether the Market may have received the request, and acted on it.
    """

    def __init__(self, message: str, *, endpoint: str, sent: bool) -> None:
        self.endpoint = endpoint
        self.sent = sent
        super().__init__(f"{endpoint}: {message}")


class DecodeError(MarketError):
    """An answer came that is not what the method's page describes.

    Attributes:
        endpoint: the method that was called.
        body: the first 200 bytes of the answer.
        cut_short: whether only a part of the answer came.
    """

    def __init__(self, message: str, *, endpoint: str, body: bytes, cut_short: bool = False) -> None:
        self.endpoint = endpoint
        self.body = body[:QUOTED_BYTES]
        self.cut_short = cut_short
        super().__init__(f"{endpoint}: {message}; the answer begins with {quote(body)}")


class PaginationError(MarketError):
    """The pages lead nowhere: a token that came before, or empty pages without end.

    Attributes:
        endpoint: the method that was called.
        page_token: the token at which the walk stopped; None where the method has none.
    """

    def __init__(self, message: str, *, endpoint: str, page_token: str | None) -> None:
        self.endpoint = endpoint
        self.page_token = page_token
        super().__init__(f"{endpoint}: {message}")


class QuotaExceeded(MarketError):
    """A call would have to wait longer for a limit than `max_wait` allows. It was not sent.

    Attributes:
        endpoint: the method that was called.
        retry_after: seconds after which it can go through.
    """

    def __init__(self, endpoint: str, entity: object, *, retry_after: float, max_wait: float) -> None:
        self.endpoint = endpoint
        self.retry_after = retry_after
        super().__init__(
            f"{endpoint}: the limit of {entity} leaves no room for {retry_after:.1f} s, max_wait is {max_wait:.3g} s; "
            "call again then, or allow a longer max_wait"
        )


class LimiterUnavailable(MarketError):
    """Whatever keeps the limits for many processes can't be reached, so nothing was sent."""


class ErrorDetail(msgspec.Struct, frozen=True):
    """One of the errors in an answer (`ApiErrorDTO`).

    Attributes:
        code: the Market's code of the error.
        message: the Market's description of it.
    """

    code: str = ""
    message: str | None = None


class APIError(MarketError):
    """The Market answered with an error.

    Attributes:
        status: the HTTP status.
        errors: the Market's codes and messages; empty where it sent none that can be read.
        endpoint: the method that was called.
        scopes: the accesses of which a key needs one to call the method.
    """

    hint: ClassVar[str] = ""

    def __init__(
        self, status: int, errors: Sequence[ErrorDetail], endpoint: str, *, scopes: Sequence[str] = (), said: str = ""
    ) -> None:
        self.status = status
        self.errors = tuple(errors)
        self.endpoint = endpoint
        self.scopes = tuple(scopes)
        told = "; ".join(f"{e.code}: {e.message}" if e.message else e.code for e in self.errors) or said
        hint = self.hint.format(scopes=", ".join(self.scopes))
        super().__init__(" — ".join(part for part in (f"{endpoint}: HTTP {status}", told, hint) if part))


class BadRequest(APIError):
    """400: the request contains incorrect data."""


class Unauthorized(APIError):
    """401: no key, or one that the Market doesn't know."""

    hint = f"check the key, or {WHERE_KEYS_COME_FROM}"


class Forbidden(APIError):
    """403: the key has expired, lacks access to the method, or the store is not active."""

    hint = "the key needs one of these accesses: {scopes}; and it must be allowed this store"


class NotFound(APIError):
    """404: the Market doesn't know what the path names."""

    hint = "check the id: it is the campaignId or businessId of GET /v2/campaigns, not the store's ID in the account"


class RateLimited(APIError):
    """420: a limit that waiting can't satisfy."""


class Locked(APIError):
    """423: the method is closed for this store at present."""

    hint = "the store is being moved; try again later"


class ServerError(APIError):
    """5xx: the Market, or a gateway in front of it, failed.

    Attributes:
        retry_after: seconds after which the answer asked to call again; None where it did not.
    """

    retry_after: float | None = None


BY_STATUS: Mapping[int, type[APIError]] = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    420: RateLimited,
    423: Locked,
}


class ErrorAnswer(msgspec.Struct):
    """What every answer may hold when something went wrong (`ApiErrorResponse`)."""

    status: str | None = None
    errors: list[ErrorDetail] | None = None


_error_answer = msgspec.json.Decoder(ErrorAnswer)


def quote(body: bytes) -> str:
    """Show the beginning of an answer."""
    return repr(body[:QUOTED_BYTES].decode(errors="replace")) if body else "nothing"


def read_errors(body: bytes) -> ErrorAnswer | None:
    """Read the `status` and `errors` of an answer; None where it is no JSON object that could hold them."""
    try:
        return _error_answer.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def api_error(
    status: int, body: bytes, endpoint: str, scopes: Sequence[str], *, location: str | None = None
) -> APIError:
    """Make the error of an answer.

    Args:
        status: its HTTP status.
        body: what it holds.
        endpoint: the method that was called.
        scopes: the accesses of which the method needs one.
        location: where a redirect wanted to lead.
    """
    answer = read_errors(body)
    kind = ServerError if status >= 500 else BY_STATUS.get(status, APIError)
    if 300 <= status < 400:
        said = f"a redirect to {location!r}, which is not followed so that the key goes nowhere else; check base_url"
    else:
        said = f"the answer begins with {quote(body)}"
    return kind(status, (answer and answer.errors) or (), endpoint, scopes=scopes, said=said)


class BatchError(MarketError):
    """A bulk call stopped because one of its batches failed; `__cause__` tells why.

    No batch was sent after the failure, and those under way were waited for.

    Attributes:
        done: results of batches that the Market answered and that were not handed out yet, in the order of the input.
        failed: the products of the batches that failed; whether the Market acted on them is not known.
        pending: the products that were read and not sent. Of a list or another collection that is all the rest; what
            is left of an iterator stays in it.
    """

    def __init__(
        self, cause: BaseException, *, done: Sequence[Any], failed: Sequence[str], pending: Sequence[str]
    ) -> None:
        self.done = tuple(done)
        self.failed = tuple(failed)
        self.pending = tuple(pending)
        MarketError.__init__(self, str(cause))

    def __str__(self) -> str:
        return (
            f"{self.args[0]} (the bulk call stopped: {len(self.done)} batches done and not handed out before, "
            f"{len(self.failed)} products failed, {len(self.pending)} pending)"
        )


class InvalidItem(BatchError, InvalidRequest):
    """An item of an iterator breaks a rule, when others before it may have been sent already."""

    def __init__(
        self, cause: InvalidRequest, *, done: Sequence[Any], failed: Sequence[str], pending: Sequence[str]
    ) -> None:
        BatchError.__init__(self, cause, done=done, failed=failed, pending=pending)
        self.argument, self.value, self.rule = cause.argument, cause.value, cause.rule

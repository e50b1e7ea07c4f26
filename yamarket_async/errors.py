"""The errors, all under `MarketError`, and the one function that makes an answer into one."""

import copy
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self

import msgspec

if TYPE_CHECKING:
    from yamarket_async.bulk.report import BulkReport
__all__ = [
    "APIError",
    "BadRequest",
    "BatchError",
    "ClientClosed",
    "DecodeError",
    "ErrorDetail",
    "Forbidden",
    "InvalidItem",
    "InvalidRequest",
    "ItemsRejected",
    "LimiterUnavailable",
    "Locked",
    "MarketError",
    "MissingKey",
    "NoData",
    "NotFinished",
    "NotFound",
    "PaginationError",
    "QuotaExceeded",
    "RateLimited",
    "ReportFailed",
    "ServerError",
    "TransportError",
    "Unauthorized",
    "UnreadableFile",
]


def __dir__() -> list[str]:
    # Without what this module itself needs, which would stand between the errors in a completion.
    return sorted(__all__)


QUOTED_BYTES = 200
"""How much of an answer that is not what it should be stands in the error."""

WHERE_KEYS_COME_FROM = (
    "make one in the seller's account on the Market: the store's name → Modules and API → API-key tokens "
    "(https://yandex.ru/dev/market/partner-api/doc/en/concepts/api-key)"
)


# A string: compiled when first needed, which takes as long as it takes to import two families' methods.
_UNPRINTABLE = r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"


def printable(text: str) -> str:
    """Show what a server said with its control characters escaped, so that it can't write lines of a log."""
    return re.sub(_UNPRINTABLE, lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


class MarketError(Exception):
    """Whatever this package raises on purpose.

    Attributes:
        page_token: for an error of a walk, the token of the page to go on from; None stands for the first page, and for
            methods that have no tokens.
        items: for an error of a walk that was awaited, the items of the pages before that one.
    """

    page_token: str | None = None
    items: Sequence[Any] = ()

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
    """The client was used after it or its event loop was closed, or was closed while a call was under way."""

    def __init__(
        self, message: str = "this MarketClient is closed; make a new one (async with MarketClient(…) as market)"
    ) -> None:
        super().__init__(message)


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

    def __init__(
        self, endpoint: str, entity: object, *, retry_after: float, max_wait: float, limit: str = "limit"
    ) -> None:
        self.endpoint = endpoint
        self.retry_after = retry_after
        super().__init__(
            f"{endpoint}: the {limit} of {entity} leaves no room for {retry_after:.1f} s, "
            f"max_wait is {max_wait:.3g} s; call again then, or allow a longer max_wait"
        )


class LimiterUnavailable(MarketError):
    """Whatever keeps the limits for many processes can't be reached, so nothing was sent."""


class ReportFailed(MarketError):
    """The Market couldn't make a report or a document. Another one can be begun at once.

    Attributes:
        endpoint: the method that began it, or `getReportInfo` where it was begun elsewhere.
        report_id: the report.
        sub_status: the Market's word for the reason: TOO_LARGE, RESOURCE_NOT_FOUND, NO_DATA; None where it gave none.
        info: the `ReportInfo` that says so. Of a document of which a part was made, its `file` is the link to that.
    """

    what_to_do: ClassVar[Mapping[str | None, str]] = {
        "NO_DATA": "there is no data for it: often an empty result and no failure; otherwise check the dates and ids",
        "TOO_LARGE": "it grew too large: ask for a shorter period, or narrow it down",
        "RESOURCE_NOT_FOUND": "a part of what it is about was not found: check the ids that it was asked for",
        None: "check the ids and the period that it was asked for, and begin it anew; if that fails too, "
        "write to the Market's support and name this id",
    }

    def __init__(self, endpoint: str, report_id: str, sub_status: str | None, info: Any, *, said: str = "") -> None:
        self.endpoint = endpoint
        self.report_id = report_id
        self.sub_status = sub_status
        self.info = info
        said = said or f"ended as {info.status}" + (f", {printable(sub_status)}" if sub_status else "")
        words = self.what_to_do.get(sub_status) or self.what_to_do[None]
        rest = "; what could be made is at error.info.file, for an hour" if info.file else ""
        super().__init__(f"{endpoint}: report {report_id} {said} — {words}{rest}")


class NoData(ReportFailed):
    """There is nothing that a report could tell: often an empty result, and no failure."""


class NotFinished(MarketError, TimeoutError):
    """What the Market works on was not finished within the `timeout`. It goes on there.

    Attributes:
        report_id: the report, with which `market.report(report_id)` goes on; None where it was not begun yet.
        pending: the operations that go on, for `market.wait_for_operations`.
    """

    def __init__(self, message: str, *, report_id: str | None = None, pending: Sequence[Any] = ()) -> None:
        self.report_id = report_id
        self.pending = tuple(pending)
        super().__init__(message)


class UnreadableFile(MarketError, ValueError):
    """A file is not what it should be, or can't be unpacked without harm. It can still be saved as it is."""


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
        repeated: whether an attempt before this one got no answer and may have done the work: what is refused now as
            done already may have been done by it.
    """

    hint: ClassVar[str] = ""
    repeated: bool = False

    def __init__(
        self, status: int, errors: Sequence[ErrorDetail], endpoint: str, *, scopes: Sequence[str] = (), said: str = ""
    ) -> None:
        self.status = status
        self.errors = tuple(errors)
        self.endpoint = endpoint
        self.scopes = tuple(scopes)
        told = printable("; ".join(f"{e.code}: {e.message}" if e.message else e.code for e in self.errors)) or said
        hint = self._hint_for(told).format(scopes=", ".join(self.scopes))
        super().__init__(" — ".join(part for part in (f"{endpoint}: HTTP {status}", told, hint) if part))

    def _hint_for(self, _told: str) -> str:
        return self.hint


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

    hint = "check the ids that it was called with"
    hints: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(
            ("campaign", "business"),
            "check campaignId and businessId; they are those of GET /v2/campaigns, not the store's ID in the account",
        ),
        "promo": "check promoId; it is an id of getPromos",
        "order": "check orderId, and that campaignId is the store that has this order",
    }

    def _hint_for(self, told: str) -> str:
        # What comes first is what wasn't found: of "Return '5' for order '6' is not found" that is no order.
        found = re.search(r"\b(campaign|business|promo|order|box|chat|return)", told.lower())
        return self.hints.get(found[1], self.hint) if found else self.hint


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


class ItemsRejected(MarketError):
    """Things of a bulk call were rejected, and the caller asked to be told by an error.

    Attributes:
        report: the `BulkReport`, which says of each thing what came of it.
    """

    SHOWN: ClassVar[int] = 3
    """How many of the rejected things the message names."""

    def __init__(self, report: "BulkReport") -> None:
        self.report = report
        shown = "; ".join(
            f"{rejected.key!r}: {printable(', '.join(error.message or error.code for error in rejected.errors))}"
            for rejected in report.rejected[: self.SHOWN]
        )
        more = ", …" if len(report.rejected) > self.SHOWN else ""
        told = len(report.accepted) + len(report.rejected) + len(report.unconfirmed)
        super().__init__(f"{len(report.rejected)} of {told} things were rejected: {shown}{more}")


class BatchError(MarketError):
    """A bulk call stopped because one of its batches failed; `__cause__` tells why.

    Nothing was sent after the failure was known. What was on the wire then was waited for.

    Attributes:
        done: the reports of what the Market answered and was not handed out yet, in the order of the input.
        failed: the things whose fate is not known or that made the call fail: they were sent, and the answer was an
            error or never came.
        pending: the things that were read and not sent, or refused for a limit: certainly not done. Of a list or
            another collection that is all the rest; what is left of an iterator stays in it.
    """

    done: "tuple[BulkReport, ...]"
    failed: tuple[Any, ...]
    pending: tuple[Any, ...]

    def __init__(
        self, cause: BaseException, *, done: "Sequence[BulkReport]", failed: Sequence[Any], pending: Sequence[Any]
    ) -> None:
        self.done = tuple(done)
        self.failed = tuple(failed)
        self.pending = tuple(pending)
        MarketError.__init__(self, str(cause))

    def __str__(self) -> str:
        return (
            f"{self.args[0]} (the bulk call stopped: {len(self.done)} batches done and not handed out before, "
            f"{len(self.failed)} things failed, {len(self.pending)} pending)"
        )


class InvalidItem(BatchError, InvalidRequest):
    """An item of an iterator breaks a rule, when others before it may have been sent already."""

    def __init__(
        self, cause: InvalidRequest, *, done: "Sequence[BulkReport]", failed: Sequence[Any], pending: Sequence[Any]
    ) -> None:
        BatchError.__init__(self, cause, done=done, failed=failed, pending=pending)
        self.argument, self.value, self.rule = cause.argument, cause.value, cause.rule

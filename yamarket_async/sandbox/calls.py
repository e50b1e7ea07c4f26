"""What goes through the pretend Market: a call that was let in, what is answered, and how it is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from yamarket_async.endpoints import Endpoint
from yamarket_async.models.days import encode_hook

if TYPE_CHECKING:
    from yamarket_async.sandbox.world import World

BODY_LIMIT = 512 * 1024
"""Bytes that the body of a request may have."""

FORM_LIMIT = 16 * 1024 * 1024
"""Bytes of a form, or of what a hand is told, that are read."""

Query = Mapping[str, Sequence[str]]

encoder = msgspec.json.Encoder(enc_hook=encode_hook, decimal_format="number")
"""Writes answers: money as numbers, and days and moments as each method has them."""


class Refusal(Exception):
    """The Market refuses a request.

    Attributes:
        status: the HTTP status.
        code: the code of the error.
        message: what is wrong.
        headers: headers of the answer beside the usual ones.
    """

    def __init__(self, status: int, code: str, message: str, *, headers: Mapping[str, str] | None = None) -> None:
        # It may quote a header, in which aiohttp leaves what isn't UTF-8 as halves of characters that nobody can write.
        message = message.encode(errors="replace").decode()
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers or {}


def bad_request(message: str) -> Refusal:
    """Make the refusal of a request that breaks a rule."""
    return Refusal(400, "BAD_REQUEST", message)


def forbidden(message: str) -> Refusal:
    """Make the refusal of a request that nobody may send with this key, or for this store."""
    return Refusal(403, "FORBIDDEN", message)


def not_found(message: str) -> Refusal:
    """Make the refusal of a request for something that isn't there."""
    return Refusal(404, "NOT_FOUND", message)


def locked(message: str) -> Refusal:
    """Make the refusal of a method that is closed at present."""
    return Refusal(423, "LOCKED", message)


class Key(NamedTuple):
    """A key that is known: its name and accesses, and whether it is an OAuth token."""

    name: str
    scopes: tuple[str, ...]
    oauth: bool = False


@dataclass(slots=True)
class Call:
    """A request that reached a method, with a key that may call it.

    Attributes:
        endpoint: the method.
        world: what the pretend Market remembers.
        ids: the parameters of the path.
        key: who calls.
        now: the server's clock, in epoch seconds.
        query: the parameters of the query, checked, in the types of the entry.
        body: the body, checked, as JSON has it; money in it is `Decimal`.
        content: the body as it came.
        form: the parts of a multipart form.
        headers: the headers of the request.
        limit: how many items the page shall have.
        page_token: the token of the page; None for the first.
        repeat_token: whether the page shall tell its own token again.
        empty_page: whether the page shall hold nothing and have a next one.
    """

    endpoint: Endpoint
    world: "World"
    ids: Mapping[str, Any]
    key: Key
    now: float
    query: dict[str, Any] = field(default_factory=dict)
    body: Any = None
    content: bytes = b""
    form: Mapping[str, bytes] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    limit: int = 0
    page_token: str | None = None
    repeat_token: bool = False
    empty_page: bool = False

    @property
    def campaign_id(self) -> int:
        """The store in the path."""
        return int(self.ids["campaignId"])

    @property
    def business_id(self) -> int:
        """The cabinet in the path, or that of the store in it, or of the key."""
        return self.world.business_id

    def sent(self, name: str, default: Any = None) -> Any:
        """Give a field of the body; the default where it was not sent, or is null."""
        value = self.body.get(name) if isinstance(self.body, dict) else None
        return default if value is None else value

    def moment(self, name: str) -> float | None:
        """Give a moment of the body in epoch seconds; None where it was not sent."""
        value = self.sent(name)
        return None if value is None else datetime.fromisoformat(value).timestamp()


@dataclass(slots=True)
class Answer:
    """What the Market answers.

    Attributes:
        body: what it holds, written already.
        cost: what it costs of a limit that counts items; None where that can be told from what was sent and answered.
        content_type: that of a file; "" for JSON.
        name: the name of a file.
    """

    body: bytes
    cost: int | None = None
    content_type: str = ""
    name: str = ""


def error_body(code: str, message: str) -> bytes:
    """Write the body of an error."""
    return msgspec.json.encode({"status": "ERROR", "errors": [{"code": code, "message": message}]})

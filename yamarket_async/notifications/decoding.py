"""Making notifications of bodies, and an error that names the place of those that are none."""

import re
from typing import Final

import msgspec

from yamarket_async.errors import QUOTED_BYTES, MarketError, quote
from yamarket_async.notifications.structs import KnownNotification, Notification, UnknownNotification


class MalformedNotification(MarketError, ValueError):
    """A body is no notification. To be answered with 400, after which the Market doesn't send it again.

    Attributes:
        place: where in the body it is wrong (`items[0].count`); empty where it is the body as a whole.
        reason: what is wrong there.
        body: its first 200 bytes.
    """

    def __init__(self, reason: str, *, place: str = "", body: bytes = b"") -> None:
        self.place = place
        self.reason = reason
        self.body = body[:QUOTED_BYTES]
        super().__init__(f"{place}: {reason}" if place else reason)

    def __str__(self) -> str:
        return f"{self.args[0]}; the notification begins with {quote(self.body)}"


class _Typed(msgspec.Struct, rename="camel", gc=False):
    """The one thing that every notification has."""

    notification_type: str


_known: Final = msgspec.json.Decoder(KnownNotification)
_typed: Final = msgspec.json.Decoder(_Typed)

_MISSING: Final = re.compile(r"^Object missing required field `(?P<field>.*)`$")


def decode(body: bytes | bytearray | memoryview | str) -> Notification:
    """Make a notification of the body of a request.

    Args:
        body: the JSON text, as it came. It is kept in the notification's `raw`.

    Returns:
        The struct of its type; `UnknownNotification` for a type that this version doesn't know.

    Raises:
        MalformedNotification: it is no JSON, or not what its type is documented to be; names the place.
    """
    body = body.encode(errors="surrogatepass") if isinstance(body, str) else bytes(body)
    try:
        # The decoder doesn't look into what it skips, and what is kept in `raw` should be text.
        known: KnownNotification = _known.decode(body.decode())
    except msgspec.ValidationError as error:
        return _unknown(body, error)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _malformed(body, error) from None
    vars(known)["raw"] = body
    return known


def _unknown(body: bytes, error: msgspec.ValidationError) -> UnknownNotification:
    """Give what a type is that isn't known, or raise what was wrong with one that is."""
    if not error.args[0].endswith("- at `$.notificationType`"):
        raise _malformed(body, error) from None
    try:
        # The first pass stopped at the type; this one reads all of it.
        kind = _typed.decode(body).notification_type
    except (msgspec.DecodeError, RecursionError) as malformed:
        raise _malformed(body, malformed) from None
    return UnknownNotification(notification_type=kind, raw=body)


def _malformed(body: bytes, error: Exception) -> MalformedNotification:
    if not isinstance(error, msgspec.ValidationError):
        return MalformedNotification(f"no JSON ({error})", body=body)
    what, _, where = str(error).partition(" - at `$")
    place = where.removesuffix("`")
    if missing := _MISSING.match(what):
        what, place = "is missing", f"{place}.{missing['field']}"
    return MalformedNotification(what[:1].lower() + what[1:], place=place.removeprefix("."), body=body)

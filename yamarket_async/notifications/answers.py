"""What the Market expects in answer to a notification."""

from datetime import UTC, datetime

import msgspec

from yamarket_async import __version__
from yamarket_async.errors import InvalidRequest
from yamarket_async.models.base import Model, Moment
from yamarket_async.notifications.enums import NotificationApiErrorType

LONGEST_NAME = 100
"""Characters that the name and the version of an integration may have."""


class SendNotificationResponse(Model, kw_only=True, frozen=True):
    """The answer to a notification that was accepted.

    Attributes:
        version: the version of the integration.
        name: its name.
        time: when the notification was taken on.
    """

    version: str
    name: str
    time: Moment


class NotificationApiError(Model, kw_only=True, frozen=True):
    """Why a notification was not accepted.

    Attributes:
        type: of what kind the reason is.
        message: the reason in words.
    """

    type: NotificationApiErrorType | None = None
    message: str | None = None


class SendNotificationErrorResponse(Model, kw_only=True, frozen=True):
    """The answer to a notification that was not accepted.

    Attributes:
        error: why.
    """

    error: NotificationApiError | None = None


_encode = msgspec.json.encode


def accepted(name: str = "yamarket-async", version: str = __version__, *, time: datetime | None = None) -> bytes:
    """Make the body of a 200: the notification was received.

    Args:
        name: the name of your integration, 1 to 100 characters; the Market shows it in its log.
        version: its version, 1 to 100 characters.
        time: when you began with the notification, aware; now where it is left out.

    Raises:
        InvalidRequest: an argument is out of bounds.
    """
    checked_integration(name, version)
    if time is None:
        time = datetime.now(UTC)
    elif not isinstance(time, datetime) or time.utcoffset() is None:
        raise InvalidRequest("time", time, "must be aware: datetime.now(UTC)")
    try:
        moment = time.astimezone(UTC)
    except OverflowError:
        raise InvalidRequest("time", time, "must be in the years 1 to 9999 of UTC") from None
    return _encode(SendNotificationResponse(version=version, name=name, time=moment))


def refused(
    message: object,
    type: NotificationApiErrorType | str = NotificationApiErrorType.WRONG_EVENT_FORMAT,  # noqa: A002 — the documented name
) -> bytes:
    """Make the body of a 400 (the Market doesn't send it again) or a 500 (it does, until it is accepted).

    Args:
        message: what is wrong; an error's text will do.
        type: `WRONG_EVENT_FORMAT` and `DUPLICATED_EVENT` go with 400, `UNKNOWN` with 500.

    Raises:
        InvalidRequest: there is no such type.
    """
    if type not in list(NotificationApiErrorType):
        raise InvalidRequest("type", type, f"must be one of {', '.join(NotificationApiErrorType)}")
    kind = NotificationApiErrorType(type)
    return _encode(SendNotificationErrorResponse(error=NotificationApiError(type=kind, message=_written(str(message)))))


def _written(text: str) -> str:
    """Give a text as it can be written: half a pair of surrogates can't."""
    return text.encode(errors="replace").decode()


def checked_integration(name: str, version: str) -> None:
    """Check the name and the version of an integration.

    Raises:
        InvalidRequest: one is out of bounds.
    """
    for argument, value in (("name", name), ("version", version)):
        if not isinstance(value, str) or not 1 <= len(value) <= LONGEST_NAME or _written(value) != value:
            raise InvalidRequest(argument, value, f"must be a string of 1 to {LONGEST_NAME} characters")

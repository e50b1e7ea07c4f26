"""Days and moments in the Market's older formats: DD-MM-YYYY, and without a time zone."""

from datetime import date, datetime, timedelta, timezone
from typing import Any, Self

Day = date
"""A day, where a field beside it is called `date`."""

MOSCOW = timezone(timedelta(hours=3), "MSK")
"""The time zone of the older order methods, which write moments without one."""


class DottedDay(date):
    """A day that is written DD-MM-YYYY on the wire (`date-dd-MM-yyyy`)."""

    @classmethod
    def read(cls, text: str) -> Self:
        """Read one; ISO 8601 too, which some answers have in its place."""
        if text[4:5] == "-":
            return cls.fromisoformat(text)
        day, month, year = text.split("-")
        return cls(int(year), int(month), int(day))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.year, self.month, self.day)


class MoscowMoment(datetime):
    """A moment that is written DD-MM-YYYY HH:MM:SS on the wire, in Moscow's time (`date-dd-MM-yyyy-HH-mm-ss`)."""

    @classmethod
    def read(cls, text: str) -> Self:
        """Read one; ISO 8601 too, which some answers have in its place."""
        if text[4:5] == "-":
            moment = cls.fromisoformat(text)
            return moment if moment.tzinfo else moment.replace(tzinfo=MOSCOW)
        # Some fields of this type come without a time.
        form = "%d-%m-%Y %H:%M:%S" if " " in text else "%d-%m-%Y"
        return cls.strptime(text, form).replace(tzinfo=MOSCOW)


def decode_hook(kind: type, value: Any) -> Any:
    """Make what msgspec doesn't know by itself out of what stands on the wire."""
    if isinstance(value, str) and issubclass(kind, (DottedDay, MoscowMoment)):
        return kind.read(value)
    raise NotImplementedError(kind)


def encode_hook(value: Any) -> Any:
    """Write what msgspec doesn't know by itself."""
    if isinstance(value, MoscowMoment):
        return value.astimezone(MOSCOW).strftime("%d-%m-%Y %H:%M:%S")
    if isinstance(value, DottedDay):
        return value.strftime("%d-%m-%Y")
    raise NotImplementedError(type(value).__name__)

"""Days of the week, and the intervals in which orders are delivered."""

from datetime import date
from typing import Annotated

from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Bounds


class DayOfWeekType(OpenEnum):
    """A day of the week."""

    MONDAY = "MONDAY"
    """Monday."""
    TUESDAY = "TUESDAY"
    """Tuesday."""
    WEDNESDAY = "WEDNESDAY"
    """Wednesday."""
    THURSDAY = "THURSDAY"
    """Thursday."""
    FRIDAY = "FRIDAY"
    """Friday."""
    SATURDAY = "SATURDAY"
    """Saturday."""
    SUNDAY = "SUNDAY"
    """Sunday."""


class DeliveryDateInterval(Model, kw_only=True, frozen=True):
    """Days between which an order is delivered.

    Attributes:
        from_date: the first day.
        to_date: the last day.
    """

    from_date: date
    to_date: date


class TimeInterval(Model, kw_only=True, frozen=True):
    """Hours between which a courier delivers; needed where a courier does.

    Attributes:
        from_time: the beginning, `HH:MM`.
        to_time: the end, `HH:MM`.
    """

    from_time: Annotated[str, Bounds(pattern=r"^([0-1][0-9]|2[0-3]):[0-5][0-9]$")]
    to_time: Annotated[str, Bounds(pattern=r"^([0-1][0-9]|2[0-3]):[0-5][0-9]$")]

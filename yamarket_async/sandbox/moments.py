"""Days and moments as answers write them: the clock of the sandbox in Moscow's time."""

from datetime import date, datetime, time, timedelta

from yamarket_async.models.days import MOSCOW

HOUR = 3_600.0
DAY = 24 * HOUR


def moment(at: float) -> datetime:
    """Give epoch seconds as a moment in Moscow, in whole seconds."""
    return datetime.fromtimestamp(int(at), MOSCOW)


def day(at: float) -> date:
    """Tell which day it is in Moscow."""
    return moment(at).date()


def midnight(of: date) -> float:
    """Tell when a day begins in Moscow, in epoch seconds."""
    return datetime.combine(of, time(), MOSCOW).timestamp()


def days_after(of: date, days: int) -> date:
    """Give the day so many days later, or the last one that can be written."""
    try:
        return of + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def dotted(of: date) -> str:
    """Write a day as the older methods do: DD-MM-YYYY."""
    return of.strftime("%d-%m-%Y")


def old_moment(at: float) -> str:
    """Write a moment as the older methods do: DD-MM-YYYY HH:MM:SS, in Moscow's time."""
    return moment(at).strftime("%d-%m-%Y %H:%M:%S")


def iso(at: float) -> str:
    """Write a moment by ISO 8601, with Moscow's offset."""
    return moment(at).isoformat()

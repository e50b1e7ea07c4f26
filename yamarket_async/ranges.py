"""Cutting a range of days into pieces that one request may ask for, without I/O."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from yamarket_async.arguments import Arguments
from yamarket_async.endpoints import Endpoint, Span, snake
from yamarket_async.errors import InvalidRequest

OVERLAP = timedelta(seconds=1)
"""By how much pieces overlap whose beginning doesn't belong to them; what comes twice by that is dropped by its key."""


def pieces(endpoint: Endpoint, arguments: Arguments) -> list[Arguments]:
    """Give what a method is to be called with, once for each piece of a range that is too long for one request.

    Raises:
        InvalidRequest: a range ends before it begins, or two are too long.
    """
    cut: list[Arguments] = [arguments]
    for span in endpoint.spans:
        start, end = _day_or_moment(_value(arguments, span.start)), _day_or_moment(_value(arguments, span.end))
        if start is None or end is None or type(start) is not type(end):
            continue  # one of them is left out, or breaks a rule, which is told elsewhere
        if end < start:
            raise InvalidRequest(_argument(span.end), end, f"is before {_argument(span.start)}, {start}")
        if end - start <= timedelta(days=span.days):
            continue
        if len(cut) > 1:
            rule = f"is more than {span.days} days, and so is another range; only one may be"
            raise InvalidRequest(_argument(span.start), start, rule)
        cut = [_with(_with(arguments, span.start, first), span.end, last) for first, last in _cut(span, start, end)]
    return cut


def _cut(span: Span, start: Any, end: Any) -> Iterator[tuple[Any, Any]]:
    """Cut a range of dates or of moments."""
    longest = timedelta(days=span.days)
    is_moment = isinstance(start, datetime)
    while end - start > longest:
        last = start + longest
        yield start, last
        if not span.includes_end:
            start = last if span.includes_start else last - OVERLAP
        else:
            start = last if is_moment else last + timedelta(days=1)
    yield start, end


def _day_or_moment(value: Any) -> date | None:
    """Read a day or an aware moment, which may stand as on the wire; None where it is neither."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime):
        return value if value.tzinfo is not None else None
    return value if isinstance(value, date) else None


def _argument(place: str) -> str:
    name, _, field = place.partition(".")
    return f"{snake(name)}.{field}" if field else snake(name)


def _value(arguments: Arguments, place: str) -> Any:
    name, _, field = place.partition(".")
    value: Any = arguments.get(snake(name))
    if not field:
        return value
    if isinstance(value, Mapping):
        return value.get(field)
    return getattr(value, snake(field), None)


def _with(arguments: Arguments, place: str, value: Any) -> Arguments:
    name, _, field = place.partition(".")
    if field:
        holder: Any = arguments[snake(name)]
        is_mapping = isinstance(holder, Mapping)
        value = {**holder, field: value} if is_mapping else msgspec.structs.replace(holder, **{snake(field): value})
    return {**arguments, snake(name): value}

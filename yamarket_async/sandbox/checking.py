"""Checking requests by the documented bounds, with the Market's own messages."""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from typing import Any, get_args, get_origin

import msgspec

from yamarket_async.checking import bounds_of, fields_of, without_none
from yamarket_async.endpoints import Endpoint, Parameter, snake
from yamarket_async.models.base import OpenEnum
from yamarket_async.models.bounds import MAX_INT64, Bounds
from yamarket_async.models.days import DottedDay
from yamarket_async.sandbox.calls import BODY_LIMIT, Query, bad_request, encoder

LAST_PAGE = 10_000
"""The highest `page` of methods that are paged by number."""

SMALLEST, LARGEST = Decimal("1e-300"), Decimal("1e300")
"""Between what numbers with a fraction are understood, as far as a double goes."""

_decoder = msgspec.json.Decoder(float_hook=Decimal)
_INTEGER = re.compile(r"[+-]?[0-9]{1,20}")
_TRUE, _FALSE = {"1", "true", "yes"}, {"0", "false", "no"}


def path_of(endpoint: Endpoint, sent: Mapping[str, str]) -> dict[str, Any]:
    """Read the parameters of a path."""
    return {
        parameter.name: _parameter(parameter.name, parameter.type, [sent[parameter.name]])
        for parameter in endpoint.parameters
    }


def query_of(endpoint: Endpoint, sent: Query) -> dict[str, Any]:
    """Read the parameters of a query, but those of paging."""
    found = {}
    for parameter in endpoint.query:
        values = sent.get(parameter.name)
        if values is None or _stands_for_nothing(parameter.type, values):
            if parameter.required:
                raise bad_request(f"Required request parameter '{parameter.name}' is not present")
            continue
        found[parameter.name] = _parameter(parameter.name, parameter.type, values)
    return found


def _stands_for_nothing(kind: Any, values: Sequence[str]) -> bool:
    """Tell whether a parameter is as good as not sent: `?language=`, as clients write what they leave out.

    Only a plain string can be empty.
    """
    return not any(values) and bounds_of(without_none(kind))[0] is not str


def page_of(endpoint: Endpoint, sent: Query) -> tuple[int, str | None]:
    """Read how many items a page shall have, and the token of the page under either of its names."""
    pages = endpoint.pages
    if pages is None:
        return 0, None
    token = next((value for name in ("pageToken", "page_token") for value in sent.get(name, ()) if value), None)
    most = pages.size or MAX_INT64
    if not any(sent.get("limit", ())):
        return pages.default or pages.size or 50, token
    limit: int = _parameter("limit", Parameter("limit", int).type, sent["limit"])
    if limit < 1:
        raise bad_request(f"'limit' must be greater than or equal to '1' (rejected value: {limit})")
    if limit > most:
        if not pages.truncates:
            raise bad_request(f"Parameter limit must be less than or equal to '{most}' (rejected value: '{limit}')")
        limit = most
    return limit, token


def page_number(sent: Query, *, default_size: int) -> tuple[int, int]:
    """Read the number and the size of a page."""
    page, size = 1, default_size
    if any(sent.get("page", ())):
        page = _parameter("page", int, sent["page"])
        _number("page", page, Bounds(ge=1, le=LAST_PAGE))
    if any(sent.get("pageSize", ())):
        size = _parameter("pageSize", int, sent["pageSize"])
        _number("pageSize", size, Bounds(ge=1, le=2**31 - 1))
    return page, size


def body_of(endpoint: Endpoint, content: bytes) -> Any:
    """Read a JSON body; give it as JSON has it, with money as `Decimal`."""
    if len(content) > BODY_LIMIT:
        size = f"{len(content) / 2**20:.2f}"
        raise bad_request(
            f"The request is too big: Maximum allowed request size must be less than '512' KB, but passed '{size}' MB"
        )
    if endpoint.body is None:
        return None
    if not content.strip():
        if endpoint.body_required:
            raise bad_request("Required request body is missing")
        return {}
    try:
        body = _decoder.decode(content)
    except msgspec.DecodeError as error:
        cut_short = "truncated" in str(error)
        raise bad_request("Unexpected end of content" if cut_short else f"JSON: {error}") from None
    except (RecursionError, ArithmeticError) as error:  # too deep, or a number that no `Decimal` holds
        raise bad_request(f"JSON: {error}") from None
    if body is None and not endpoint.body_required:
        return {}
    check(endpoint.body, body, "")
    return body


def decoded(content: bytes) -> Any:
    """Decode a body that may break every rule, to see how much of a limit it costs; None where it is no JSON."""
    try:
        return _decoder.decode(content)
    except (msgspec.DecodeError, RecursionError, ArithmeticError):
        return None


def check(kind: Any, value: Any, place: str) -> None:
    """Check a value of JSON against a type.

    Raises:
        Refusal: it breaks a rule; 400 in the words of the Market.
    """
    _check_of(kind)(value, place)


Check = Callable[[Any, str], None]
"""What checks a value that stands in a place."""


@cache
def _check_of(kind: Any) -> Check:
    """Give the check of a type, made once: a request may hold thousands of items of it."""
    bare, bounds = bounds_of(without_none(kind))
    if isinstance(bare, type) and issubclass(bare, msgspec.Struct):
        return partial(_struct, bare)
    if get_origin(bare) is list:
        return partial(_list, get_args(bare)[0], bounds)
    return partial(_plain, bare, bounds)


@cache
def _fields(kind: type[msgspec.Struct]) -> list[tuple[str, bool, Check]]:
    return [(field.encode_name, field.required, _check_of(field.type)) for field in fields_of(kind)]


def _struct(kind: type[msgspec.Struct], value: Any, place: str) -> None:
    _is(isinstance(value, dict), place)
    prefix = f"{place}." if place else ""
    for name, required, checked in _fields(kind):
        given = value.get(name)
        if given is not None:
            checked(given, prefix + name)
        elif required:
            raise bad_request(f"'{prefix}{name}' must not be null (rejected value: null)")


def _list(item: Any, bounds: Bounds, value: Any, place: str) -> None:
    _is(isinstance(value, list), place)
    least, most = bounds.min_length or 0, bounds.max_length
    if len(value) < least or (most is not None and len(value) > most):
        if not value and most is None:
            raise bad_request(f"'{place}' must not be empty (rejected value: [])")
        high = 2**31 - 1 if most is None else most
        raise bad_request(f"'{place}' size must be between '{least}' and '{high}' (rejected size: '{len(value)}')")
    checked = _check_of(item)
    for i, each in enumerate(value):
        if each is None:
            raise bad_request(f"'{place}' elements must be not null (rejected value: '{value}')"[:500])
        checked(each, f"{place}[{i}]")
    if bounds.unique:
        _distinct(item, place, value)


def _distinct(item: Any, place: str, values: Sequence[Any]) -> None:
    trimmed = bounds_of(item)[1].trimmed
    keys = [value.strip(" \t") if trimmed else encoder.encode(value) for value in values]
    if len(set(keys)) != len(keys):
        raise bad_request(f"'{place}' must contain only unique elements (rejected value: '{values}')"[:500])


def _plain(kind: Any, bounds: Bounds, value: Any, place: str) -> None:
    if kind is bool:
        _is(isinstance(value, bool), place)
    elif kind is int:
        _is(isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MAX_INT64, place)
        _number(place, value, bounds)
    elif kind in (float, Decimal):
        _is(isinstance(value, (int, float, Decimal)) and not isinstance(value, bool), place)
        # Without the arithmetic of decimals, which has an end of its own.
        _is(value == 0 or SMALLEST <= Decimal(value).copy_abs() < LARGEST, place)
        _number(place, value, bounds)
    else:
        _is(isinstance(value, str), place)
        _text(kind, bounds, value, place)


def _text(kind: Any, bounds: Bounds, value: str, place: str) -> None:
    if isinstance(kind, type) and issubclass(kind, OpenEnum):
        if value not in kind.__members__:
            known = ", ".join(kind.__members__)
            raise bad_request(f"JSON: '{place}' must be one of [{known}] (rejected value: '{value[:100]}')")
        return
    if kind in (date, datetime, DottedDay):
        if moment(kind, value) is None:
            raise bad_request(f"Illegal input at '{place}'")
        return
    text = value.strip(" \t") if bounds.trimmed else value
    least, most = bounds.min_length, bounds.max_length
    if (least is not None and len(text) < least) or (most is not None and len(text) > most):
        high = 2**31 - 1 if most is None else most
        raise bad_request(
            f"'{place}' size must be between '{least or 0}' and '{high}' (rejected value: '{value[:100]}')"
        )
    if bounds.pattern and not _java(bounds.pattern).fullmatch(text):
        raise bad_request(f"'{place}' must match '{bounds.pattern}' (rejected value: '{value[:100]}')")


@cache
def _java(pattern: str) -> re.Pattern[str]:
    """Compile a regular expression of the description, with a class inside a class, which is Java's, as Python's."""
    return re.compile(pattern.replace("[[a-zA-Z0-9]- ]", "[a-zA-Z0-9 -]").removesuffix("$"))


def moment(kind: Any, text: str) -> date | None:
    """Read a day or a moment as it stands in JSON; None where it is none."""
    try:
        if kind is DottedDay:
            return DottedDay.read(text)
        if kind is date:
            return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    return read if read.tzinfo else None


def _number(place: str, value: Any, bounds: Bounds) -> None:
    for bound, words, holds in _rules(bounds):
        if not holds(value, bound):
            raise bad_request(f"'{place}' must be {words} '{bound}' (rejected value: {value})")


@cache
def _rules(bounds: Bounds) -> list[tuple[Any, str, Callable[[Any, Any], bool]]]:
    rules = (
        (bounds.ge, "greater than or equal to", operator.ge),
        (bounds.gt, "greater than", operator.gt),
        (bounds.le, "less than or equal to", operator.le),
        (bounds.lt, "less than", operator.lt),
    )
    return [rule for rule in rules if rule[0] is not None]


def _is(right: bool, place: str) -> None:
    if not right:
        raise bad_request(f"Illegal input at '{place or '$'}'")


def _parameter(name: str, kind: Any, values: Sequence[str]) -> Any:
    """Read a parameter of a path or a query; a list may come in several of the same name, or with commas."""
    bare, bounds = bounds_of(without_none(kind))
    if get_origin(bare) is list:
        (item,) = get_args(bare)
        parts = [part for value in values for part in ([value] if bounds_of(item)[1].trimmed else value.split(","))]
        several = [_parameter(name, item, [part]) for part in parts]
        _size(name, bounds, several)
        if bounds.unique:
            _distinct(item, name, several)
        return several
    text = values[0]
    if bare is bool:
        if text.lower() not in _TRUE | _FALSE:
            raise bad_request(f"Type mismatch: '{text[:100]}'")
        return text.lower() in _TRUE
    if bare is int:
        if not _INTEGER.fullmatch(text) or abs(int(text)) > MAX_INT64:
            raise bad_request(f"Type mismatch: '{text[:100]}'")
        _number(name, int(text), bounds)
        return int(text)
    if isinstance(bare, type) and issubclass(bare, OpenEnum):
        if text not in bare.__members__:
            raise bad_request(f"Type mismatch: '{text[:100]}'")
        return text
    if bare in (date, datetime, DottedDay):
        read = moment(bare, text)
        if read is None:
            raise bad_request(f"Type mismatch: '{text[:100]}'")
        return read
    _text(bare, bounds, text, name)
    return text.strip(" \t") if bounds.trimmed else text


def _size(name: str, bounds: Bounds, values: Sequence[object]) -> None:
    least, most = bounds.min_length or 0, bounds.max_length
    if len(values) < least or (most is not None and len(values) > most):
        high = 2**31 - 1 if most is None else most
        raise bad_request(f"'{name}' size must be between '{least}' and '{high}' (rejected size: '{len(values)}')")


def ids_of(endpoint: Endpoint, query: Query, read: Mapping[str, Any], body: Any) -> None:
    """Check that a list of ids stands alone where the page says so.

    Args:
        endpoint: the method.
        query: the query as it was sent.
        read: the parameters of the query that were read.
        body: the body.
    """
    sent = {name: value for name, value in (body if isinstance(body, dict) else {}).items() if value is not None}
    given = {**read, **sent}
    for ids in endpoint.ids:
        if ids.name not in given:
            continue
        beside = [name for name in given if snake(name) in ids.excludes]
        if ids.alone and ids.excludes:
            beside += [name for name in ("limit", "pageToken", "page_token") if any(query.get(name, ()))]
        if beside:
            raise bad_request(f"{ids.name} cannot be used together with {', '.join(beside)}")

"""The columns that a struct becomes in a flat file, derived from its fields and declared once for all formats."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Literal, NamedTuple, get_origin

import msgspec

from yamarket_async.checking import bounds_of, without_none
from yamarket_async.endpoints import Endpoint, snake
from yamarket_async.models.base import OpenEnum
from yamarket_async.models.days import MoscowMoment, encode_hook

Kind = Literal["text", "boolean", "integer", "decimal", "day", "moment", "json"]

_KINDS: Mapping[Any, Kind] = {
    bool: "boolean",
    int: "integer",
    Decimal: "decimal",
    datetime: "moment",
    MoscowMoment: "moment",
    date: "day",
    str: "text",
}

json = msgspec.json.Encoder(decimal_format="number", enc_hook=encode_hook)
"""Writes structs as the Market does: camelCase, no nulls, prices as numbers."""


class Column(NamedTuple):
    """A column of a flat file.

    Attributes:
        name: the fields that lead to the value, as the Market writes them, with dots between them: `price.value`.
        path: the attributes that lead there; a value is missing where any of them is None.
        kind: what its values are; "json" for lists, which hold the Market's own JSON.
    """

    name: str
    path: tuple[str, ...]
    kind: Kind


def item_type(endpoint: Endpoint) -> Any:
    """Tell what a list holds: the type at the end of where its items are in an answer."""
    kind: Any = endpoint.response
    for name in (endpoint.pages.items if endpoint.pages else "").split("."):
        fields = {field.name: field.type for field in msgspec.structs.fields(_bare(kind))}
        kind = fields[snake(name)]
    return _bare(_bare(kind).__args__[0])


@cache
def columns_of(kind: Any) -> tuple[Column, ...]:
    """Derive the columns of what a list holds: of a struct one for each field, structs within it opened up."""
    if not is_struct(kind):
        return (Column("value", (), _kind(kind)),)
    return tuple(_columns(kind, (), (), frozenset()))


def _columns(kind: Any, wire: tuple[str, ...], path: tuple[str, ...], above: frozenset[Any]) -> list[Column]:
    found: list[Column] = []
    for field in msgspec.structs.fields(kind):
        inner, names, attributes = _bare(field.type), (*wire, field.encode_name), (*path, field.name)
        # A struct that holds itself has no end, and stays JSON where it comes again.
        if is_struct(inner) and inner not in above | {kind}:
            found += _columns(inner, names, attributes, above | {kind})
        else:
            found.append(Column(".".join(names), attributes, _kind(inner)))
    return found


def is_struct(kind: Any) -> bool:
    """Tell whether a type is a struct."""
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _bare(kind: Any) -> Any:
    return bounds_of(without_none(kind))[0]


def _kind(kind: Any) -> Kind:
    if get_origin(kind) is None and isinstance(kind, type) and issubclass(kind, OpenEnum):
        return "text"
    if isinstance(kind, type) and issubclass(kind, date):
        return _KINDS.get(kind, "day")
    return _KINDS.get(kind, "json")


def value_of(column: Column) -> Callable[[Any], Any]:
    """Make the function that takes a column's value out of an item, lists as JSON."""

    def value(item: Any) -> Any:
        for attribute in column.path:
            if item is None:
                return None
            item = getattr(item, attribute)
        return item

    def as_json(item: Any) -> str | None:
        found = value(item)
        return None if found is None else json.encode(found).decode()

    return as_json if column.kind == "json" else value


def _plain_digits(value: Decimal) -> str:
    return format(value, "f")


def _utc(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"


def _true_or_false(value: bool) -> str:
    return "true" if value else "false"


AS_TEXT: Mapping[Kind, Callable[[Any], str]] = {
    "text": str,
    "boolean": _true_or_false,
    "integer": str,
    "decimal": _plain_digits,
    "day": date.isoformat,
    "moment": _utc,
    "json": str,
}
"""How the values of each kind are written where all is text."""

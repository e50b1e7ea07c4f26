"""The columns that a struct becomes in a flat file, derived from its fields and declared once for all formats."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Literal, NamedTuple, get_origin

import msgspec
from msgspec.structs import astuple

from yamarket_async.checking import bounds_of, without_none
from yamarket_async.cli.lookup import items_path
from yamarket_async.endpoints import Endpoint, snake
from yamarket_async.models.base import Model, OpenEnum
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
        of: the type of which the value is the count, where a list of counts by type stands there: `FIT` of
            `stocks.FIT`.
    """

    name: str
    path: tuple[str, ...]
    kind: Kind
    of: str = ""


def item_type(endpoint: Endpoint) -> Any:
    """Tell what a list holds: the type at the end of where its items are in an answer."""
    kind: Any = endpoint.response
    for name in items_path(endpoint).split("."):
        fields = {field.name: field.type for field in msgspec.structs.fields(_bare(kind))}
        kind = fields[snake(name)]
    return _held(kind)


class Rows(NamedTuple):
    """What the items of a list are written as.

    Attributes:
        kind: what each of them is.
        of: makes them of the items of a page.
    """

    kind: Any
    of: Callable[[Sequence[Any]], Sequence[Any]]


@cache
def rows_of(kind: Any) -> Rows:
    """Tell what items are written as: themselves, or where they are groups, what is in these with the id of its group.

    A group has an id and a list of structs, and nothing else: a warehouse with the stocks of its products.
    """
    fields = msgspec.structs.fields(kind) if is_struct(kind) else ()
    if len(fields) != 2 or not is_struct(_held(fields[1].type)):
        return Rows(kind, lambda items: items)
    group, several = fields
    inner = msgspec.structs.fields(_held(several.type))
    row: Any = msgspec.defstruct(
        kind.__name__,
        [(f.name, f.type) if f.required else (f.name, f.type, None) for f in (group, *inner)],
        bases=(Model,),
        frozen=True,
        kw_only=True,
        rename={f.name: f.encode_name for f in (group, *inner)},
    )
    names = [f.name for f in inner]

    def ungrouped(items: Sequence[Any]) -> Sequence[Any]:
        return [
            row(**{group.name: getattr(item, group.name)}, **{name: getattr(each, name) for name in names})
            for item in items
            for each in getattr(item, several.name)
        ]

    return Rows(row, ungrouped)


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
            continue
        # The list stays beside the counts: it may hold a type that is newer than this.
        found += [Column(".".join((*names, each)), attributes, "integer", each) for each in _counted(inner)]
        found.append(Column(".".join(names), attributes, _kind(inner)))
    return found


def _counted(kind: Any) -> list[str]:
    """Name the types in a list that holds a count for each type, as stocks do; none of any other list."""
    held = _held(kind)
    fields = [_bare(field.type) for field in msgspec.structs.fields(held)] if is_struct(held) else []
    if len(fields) != 2 or fields[1] is not int or not _is_open_enum(fields[0]):
        return []
    return [str(each.value) for each in fields[0]]


def _is_open_enum(kind: Any) -> bool:
    return get_origin(kind) is None and isinstance(kind, type) and issubclass(kind, OpenEnum)


def is_struct(kind: Any) -> bool:
    """Tell whether a type is a struct."""
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _bare(kind: Any) -> Any:
    return bounds_of(without_none(kind))[0]


def _held(kind: Any) -> Any:
    """Tell what a list holds; None where it is no list."""
    found = _bare(kind)
    return _bare(found.__args__[0]) if get_origin(found) is list else None


def _kind(kind: Any) -> Kind:
    if _is_open_enum(kind):
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

    def count(item: Any) -> int | None:
        return next((number for name, number in map(astuple, value(item) or ()) if name == column.of), None)

    if column.of:
        return count
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

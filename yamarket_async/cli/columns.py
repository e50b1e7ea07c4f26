"""The columns that a struct becomes in a flat file, derived from its fields and declared once for CSV and Parquet."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin

import msgspec

from yamarket_async.models.base import Model

Kind = Literal["text", "boolean", "integer", "decimal", "moment", "json"]

_KINDS: dict[type, Kind] = {bool: "boolean", int: "integer", Decimal: "decimal", datetime: "moment", str: "text"}

json = msgspec.json.Encoder(decimal_format="number")
"""Writes structs as the Market does: camelCase, no nulls, prices as numbers."""


class Column(NamedTuple):
    """A column of a flat file.

    Attributes:
        name: the attributes that lead to the value, joined by underscores.
        path: the same attributes; a value is missing where any of them is None.
        kind: what its values are; "json" for lists, which hold the Market's own JSON.
    """

    name: str
    path: tuple[str, ...]
    kind: Kind


@cache
def columns_of(struct: type[Model]) -> tuple[Column, ...]:
    """Derive the columns of a struct: one for each field, structs within it opened up."""
    found: list[Column] = []
    for field in msgspec.structs.fields(struct):
        kind = _plain(field.type)
        if issubclass(kind, Model):
            for inner in columns_of(kind):
                path = (field.name, *inner.path)
                found.append(Column("_".join(path), path, inner.kind))
        else:
            found.append(Column(field.name, (field.name,), _kind(kind)))
    return tuple(found)


def _plain(annotation: Any) -> type:
    """Take None and annotations off a type; a list is a list whatever it holds."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) is list:
        return list
    alternatives = [each for each in get_args(annotation) if each is not NoneType]
    return _plain(alternatives[0]) if alternatives else annotation


def _kind(value: type) -> Kind:
    return "text" if issubclass(value, StrEnum) else _KINDS.get(value, "json")


def value_of(column: Column) -> Callable[[Model], Any]:
    """Make the function that takes a column's value out of a struct, lists as JSON."""
    *outer, last = column.path

    def value(item: Any) -> Any:
        for attribute in outer:
            item = getattr(item, attribute)
            if item is None:
                return None
        return getattr(item, last)

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


AS_TEXT: dict[Kind, Callable[[Any], str]] = {
    "text": str,
    "boolean": _true_or_false,
    "integer": str,
    "decimal": _plain_digits,
    "moment": _utc,
    "json": str,
}
"""How the values of each kind are written where all is text."""

"""The types of the table in words, to be held against those of the description; and as the lines to write."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, get_args, get_origin

import msgspec

from yamarket_async.checking import bounds_of, without_none
from yamarket_async.models.base import OpenEnum
from yamarket_async.models.bounds import MAX_INT32, MAX_INT64, Bounds
from yamarket_async.models.days import DottedDay, MoscowMoment

SCALARS: dict[Any, str] = {
    Decimal: "Decimal", float: "float", bool: "bool", str: "str", date: "date", datetime: "moment",
    DottedDay: "dotted day", MoscowMoment: "Moscow moment", bytes: "bytes",
}  # fmt: skip


def words(kind: Any) -> str:
    """Say in words what a type is."""
    bare, given = bounds_of(without_none(kind))
    if given.trimmed:
        return "Sku"
    if get_origin(bare) is list:
        return f"list[{words(get_args(bare)[0])}]" + _bounds(given)
    if isinstance(bare, type) and issubclass(bare, (msgspec.Struct, OpenEnum)):
        return bare.__name__
    if bare is int:
        return ("int32" if given.le == MAX_INT32 else "int") + _bounds(given, whole=True)
    return SCALARS[bare] + _bounds(given)


def _bounds(given: Bounds, *, whole: bool = False) -> str:
    edges = {MAX_INT64, -MAX_INT64 - 1, -MAX_INT32 - 1, MAX_INT32} if whole else set()
    names = ("ge", "gt", "le", "lt", "min_length", "max_length", "pattern", "unique")
    found = [
        f"{name}={value}"
        for name in names
        if (value := getattr(given, name)) not in (None, False, *edges) or value == 0
    ]
    found = [each for each in found if not each.startswith("unique=False")]
    return f" ({', '.join(found)})" if found else ""


ALIASES = {
    "int (ge=1)": "Id",
    "int": "int",
    "int32": "Int32",
    "moment": "Moment",
    "dotted day": "DottedDay",
    "Moscow moment": "MoscowMoment",
}


def line(words_: str) -> str:
    """Write a type that was said in words as an annotation."""
    if words_ in ALIASES:
        return ALIASES[words_]
    bare, _, bounds = words_.partition(" (") if not words_.startswith("list[") else _split_list(words_)
    if bare.startswith("list["):
        bare = f"list[{line(bare[5:-1])}]"
    bare = ALIASES.get(bare, bare)
    return f"Annotated[{bare}, Bounds({bounds.removesuffix(')')})]" if bounds else bare


def _split_list(text: str) -> tuple[str, str, str]:
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter == "[") - (letter == "]")
        if depth == 0 and letter == "]":
            return text[: at + 1], " (", text[at + 3 :]
    return text, "", ""

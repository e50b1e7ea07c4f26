"""Values of options: the text that a user writes made into what an argument of the client takes."""

import csv
import json
import re
import sys
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, get_args, get_origin

import click
import msgspec
from click.shell_completion import CompletionItem

from yamarket_async.checking import bounds_of, checker, must_be, without_none
from yamarket_async.cli.inputs import STDIN, UNDECODABLE
from yamarket_async.cli.sku_files import read_ids
from yamarket_async.errors import InvalidRequest
from yamarket_async.models.base import OpenEnum
from yamarket_async.models.days import DottedDay

_WORDS = (
    (r" \(int\)", ""),
    (r" \(Decimal, int or float\)", ""),
    (r"a list or another iterable", "a list"),
    (r"True or False", "yes or no"),
    (r"; for a newer one pass \w+\(…\)", ""),
    (r"a datetime with a time zone", "a moment with a time zone, like 2026-01-31T12:00:00+03:00"),
    (r"must be a date$", "must be a date, like 2026-01-31"),
    (r"a (\w+) or a mapping of its fields as they are on the wire", r"a JSON object, with the fields of \1"),
)
"""What errors say for programs, and what to say for people at a terminal instead."""

_BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}

decoder = msgspec.json.Decoder(float_hook=Decimal)


def in_words(rule: str) -> str:
    """Give a rule of the client's as it reads at a terminal."""
    for pattern, words in _WORDS:
        rule = re.sub(pattern, words, rule)
    return rule


def bare(kind: Any) -> Any:
    """Give a type without its bounds and without None."""
    return bounds_of(without_none(kind))[0]


def item_of(kind: Any) -> Any:
    """Give what a list holds; None for what is no list."""
    return get_args(bare(kind))[0] if get_origin(bare(kind)) is list else None


def is_object(kind: Any) -> bool:
    """Tell whether a value is written as a JSON object."""
    found = bare(kind)
    return get_origin(found) is dict or (isinstance(found, type) and issubclass(found, msgspec.Struct))


def members_of(kind: Any) -> list[str]:
    """Give the values of an enum; nothing for anything else."""
    found = bare(kind)
    return list(found.__members__) if isinstance(found, type) and issubclass(found, OpenEnum) else []


class Value(click.ParamType):  # type: ignore[type-arg,unused-ignore] # generic in newer versions of click
    """One value of an argument.

    Args:
        kind: its type, with its bounds.
    """

    def __init__(self, kind: Any) -> None:
        self.kind = kind
        self.name = metavar_of(kind)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read it and check its bounds."""
        if not isinstance(value, str):
            return value
        try:
            read = read_json(value) if is_object(self.kind) else read_text(value, self.kind)
            return self._checked(read)
        except ValueError as error:
            raise click.BadParameter(str(error), ctx, param) from None

    def _checked(self, value: Any) -> Any:
        try:
            checker(self.kind).read("", value)
        except InvalidRequest as error:
            place = f" (at {error.argument.lstrip('.')})" if error.argument else ""
            raise ValueError(f"{shown(error.value)}{place}: {in_words(error.rule)}") from None
        return value

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Complete the values of an enum."""
        return [CompletionItem(name) for name in members_of(self.kind) if name.startswith(incomplete.upper())]


class Values(Value):
    """Several values of an argument: with commas between them, or from a file.

    Args:
        kind: the type of one.
        argument: the argument, by whose name a column of a file is found.
    """

    def __init__(self, kind: Any, argument: str) -> None:
        super().__init__(kind)
        self.argument = argument
        self.name = "JSON|@FILE" if is_object(kind) else f"{metavar_of(kind)}[,…]|@FILE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read them; those of a file are checked when they are sent."""
        if not isinstance(value, str):
            return value
        try:
            if is_object(self.kind):
                read = read_json(value)
                return read if isinstance(read, list) else [read]
            if value.startswith("@"):
                option = str(param.opts[0]) if param is not None else ""
                return [read_text(each, self.kind) for each in read_ids(value[1:], self.argument, option=option)]
            return [self._checked(read_text(each, self.kind)) for each in _parted(value)]
        except ValueError as error:
            raise click.BadParameter(str(error), ctx, param) from None


def _parted(text: str) -> list[str]:
    """Cut text at its commas, but those in quotes: a name may hold one.

    Raises:
        ValueError: there is nothing in it.
    """
    parts = [each.strip() for each in next(csv.reader([text], skipinitialspace=True), [])]
    if not parts:
        raise ValueError("is empty; leave it out to filter by nothing")
    return parts


def metavar_of(kind: Any) -> str:
    """Name what stands for a value in help."""
    found = bare(kind)
    if is_object(kind):
        return "JSON|@FILE"
    if members_of(kind):
        return "NAME"
    names = {
        int: "NUMBER",
        Decimal: "NUMBER",
        float: "NUMBER",
        bool: "yes|no",
        datetime: "MOMENT",
        date: "DAY",
        DottedDay: "DAY",
    }
    return names.get(found, "TEXT")


def read_text(text: str, kind: Any) -> Any:
    """Read a value of any type but an object.

    Raises:
        ValueError: it is none; the error says what would be.
    """
    found = bare(kind)
    readers: Mapping[Any, Any] = {
        int: _integer,
        Decimal: Decimal,
        float: float,
        bool: lambda each: _BOOLEANS[each.lower()],
        datetime: datetime.fromisoformat,
        date: _day,
        DottedDay: _day,
    }
    if members_of(kind):
        return text.upper() if text.upper() in members_of(kind) else text
    try:
        return readers.get(found, str)(text)
    except (ValueError, InvalidOperation, KeyError):
        raise ValueError(f"{shown(text)}: {in_words(must_be(kind))}") from None


def _integer(text: str) -> int:
    if not re.fullmatch(r"[+-]?\d+", text.strip()):
        raise ValueError(text)
    return int(text)


def _day(text: str) -> date:
    """Read a day: 2026-01-31, or as it is written in Russia, 31.01.2026."""
    russian = re.fullmatch(r"(\d\d)[.-](\d\d)[.-](\d{4})", text)
    return date(int(russian[3]), int(russian[2]), int(russian[1])) if russian else date.fromisoformat(text)


def read_json(text: str) -> Any:
    """Read JSON, or a file of it after an @; a file may hold an object a line.

    Raises:
        ValueError: it is no JSON, or the file can't be read.
    """
    content, where = text.encode(), ""
    if text.startswith("@"):
        content, where = _content_of(text[1:]), f"{text[1:]}: "
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return decoder.decode(content)
    except UNDECODABLE as error:
        try:
            return decoder.decode_lines(content)
        except UNDECODABLE:
            raise ValueError(f'{where}is no JSON ({error}); write it like {{"name": "value"}}') from None


def _content_of(name: str) -> bytes:
    try:
        if name == STDIN:
            content: bytes = sys.stdin.buffer.read()
            return content
        return Path(name).read_bytes()
    except OSError as error:
        raise ValueError(f"{name}: {error.strerror}") from None


def shown(value: Any, most: int = 60) -> str:
    """Show a value in an error: JSON as JSON, and nothing at length."""
    if isinstance(value, (dict, list, str)):
        text = json.dumps(value, ensure_ascii=False, default=str) if not isinstance(value, str) else repr(value)
    else:
        text = str(value)
    return text if len(text) <= most else text[: most - 1] + "…"

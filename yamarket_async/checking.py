"""Checking what is sent against the bounds of the description, and encoding it to JSON on the way, without I/O.

A value is encoded once, and the bytes are decoded into a twin of its type that holds msgspec to the `Bounds` of the
fields and to their names. So structs and mappings are checked alike, at the speed of the decoder.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache, cached_property
from operator import attrgetter
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

import msgspec

from yamarket_async.errors import InvalidRequest
from yamarket_async.models.base import OpenEnum
from yamarket_async.models.bounds import MAX_INT64, Bounds, Outdated
from yamarket_async.models.days import DottedDay, MoscowMoment

NAMES = Bounds.__struct_fields__
"""The names of all bounds."""

Path = tuple[str | int, ...]
"""A place in a value: names of fields as on the wire, and numbers of items."""

NAMED = 30
"""How many values of an enum an error names."""

_BYTES = frozenset({bytes, bytearray, memoryview})
"""What msgspec would write as a string in base64."""

# Strings: compiled when first needed, for the error of a wrong argument.
_STEP = r"\.([^.\[]+)|\[(\d+|\.\.\.)\]"
_ERROR = r"(?s)(?P<what>.*?)(?: - at `\$(?P<place>.*)`)?"
_UNKNOWN_FIELD = r"Object contains unknown field `(.*)`"
_MISSING_FIELD = r"Object missing required field `(.*)`"


def _hook(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (DottedDay, MoscowMoment)):
        return value.isoformat()  # an answer had it in an older format; what this method wants, `written` says
    raise NotImplementedError(type(value).__name__)


encoder = msgspec.json.Encoder(enc_hook=_hook, decimal_format="number")
"""Encodes what is sent: money as JSON numbers, as the Market writes it."""


class Lines(NamedTuple):
    """Values that were checked together.

    Attributes:
        lines: the JSON of each, with a line break after it.
        objects: each as an object with the fields of its type.
        has_edges: whether a string in them may begin or end with a space or a tab.
    """

    lines: bytes
    objects: Sequence[Any]
    has_edges: bool


class Checker:
    """Checks values of one type.

    Args:
        kind: the type, with `Bounds` in it wherever the description has some.
    """

    def __init__(self, kind: Any) -> None:
        self.kind = kind
        self._whole = _whole_numbers(kind)
        self._decoder = msgspec.json.Decoder(_twin(kind))
        self._unique = tuple(_unique_lists(kind))

    @cached_property
    def _trimmed(self) -> tuple[str, ...] | None:
        return _trimmed_fields(self.kind)

    @cached_property
    def _quick(self) -> msgspec.json.Decoder[Any] | None:
        """What checks many values at once, without the pattern of trimmed strings; most types never need it."""
        return None if self._trimmed is None else msgspec.json.Decoder(_twin(self.kind, patterns=False))

    def read(self, place: str, value: object) -> tuple[bytes, Any]:
        """Check a value; give it as JSON, and as an object with the fields of the type to read keys from.

        Args:
            place: the name of the argument, with the place in it where that helps (`offers[3]`).
            value: a struct, a mapping, a list, a number …

        Raises:
            InvalidRequest: the value breaks a rule; the error names where.
        """
        if type(value) is int and value in self._whole:
            return b"%d" % value, value
        if type(value) in _BYTES:
            raise InvalidRequest(place, value, must_be(self.kind))
        try:
            encoded = encoder.encode(value)
            checked = self._decoder.decode(encoded)
        except msgspec.ValidationError as error:
            encoded, checked = self._judge(place, value, str(error))
        except (
            NotImplementedError,
            TypeError,
            ValueError,
            msgspec.MsgspecError,
            RecursionError,
            OverflowError,
        ) as error:
            raise InvalidRequest(place, value, f"{must_be(self.kind)}; it can't be written as JSON ({error})") from None
        for path in self._unique:
            _refuse_repeats(place, checked, path)
        return encoded, checked

    def read_many(self, values: Sequence[object]) -> "Lines | None":
        """Check many values at once, as `read` does each of them, at a fraction of the cost.

        Returns:
            The JSON of each, and the objects; None where one breaks a rule, or may: `read` tells which and what.
        """
        if not _BYTES.isdisjoint(map(type, values)):
            return None
        try:
            lines = encoder.encode_lines(values)
            # A pattern is a call of Python's for each string. That of SKUs forbids control characters, which JSON
            # escapes (but \x7f), and blanks.
            has_escapes = b"\\" in lines or b"\x7f" in lines
            quick = None if has_escapes else self._quick
            checked = (quick or self._decoder).decode_lines(lines)
            for path in self._unique:
                for value in checked:
                    _refuse_repeats("", value, path)
        except (TypeError, ValueError, msgspec.MsgspecError, RecursionError, OverflowError, NotImplementedError):
            return None
        has_edges = has_escapes or b" " in lines
        if quick and (has_edges or not lines.isascii()):
            for field in self._trimmed or ():
                if not all(map(str.strip, map(attrgetter(field), checked) if field else checked)):
                    return None
        return Lines(lines, checked, has_edges)

    def _judge(self, place: str, value: object, message: str) -> tuple[bytes, Any]:
        """Raise the error that the decoder's message is, unless only enums are newer than this version."""
        error = _invalid(place, self.kind, value, message)
        if not message.startswith("Invalid enum value") or not isinstance(error.value, OpenEnum):
            raise error from None
        encoded = encoder.encode(value)
        try:
            return encoded, msgspec.json.decode(encoded, type=_twin(self.kind, open_enums=True))
        except msgspec.ValidationError as other:
            raise _invalid(place, self.kind, value, str(other)) from None


@cache
def checker(kind: Any) -> Checker:
    """Give the checker of a type, made when first asked for."""
    return Checker(kind)


@cache
def fields_of(kind: type[msgspec.Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    """Give the fields of a struct; msgspec evaluates the annotations anew each time, which takes long."""
    return msgspec.structs.fields(kind)


@cache
def bounds_of(kind: Any) -> tuple[Any, Bounds]:
    """Split an annotated type into the bare one and its bounds; an outer annotation goes before an inner one."""
    if get_origin(kind) is not Annotated:
        return kind, Bounds()
    bare, *notes = get_args(kind)
    found: dict[str, Any] = {}
    for note in notes:
        if isinstance(note, Bounds):
            found |= {
                name: given for name in NAMES if (given := getattr(note, name)) is not None and given is not False
            }
    # An edge that a value must be beyond stands for the looser one of an alias, like that of `Int32`.
    for strict, loose in (("gt", "ge"), ("lt", "le")):
        if strict in found:
            found.pop(loose, None)
    return bare, Bounds(**found)


def outdated(kind: Any) -> Outdated | None:
    """Tell that a field is deprecated, and what to use in its place."""
    notes = get_args(without_none(kind))[1:] if get_origin(without_none(kind)) is Annotated else ()
    return next((note for note in notes if isinstance(note, Outdated)), None)


def without_none(kind: Any) -> Any:
    """Give `T` for `T | None`, and for `Annotated[T, …] | None`."""
    if get_origin(kind) in (Union, UnionType):
        others = [part for part in get_args(kind) if part is not NoneType]
        return others[0] if len(others) == 1 else kind
    return kind


@cache
def _twin(kind: Any, *, open_enums: bool = False, patterns: bool = True) -> Any:  # noqa: PLR0911 — one for each kind
    """Make the type that a decoder checks in place of `kind`.

    Args:
        kind: the type.
        open_enums: whether an enum may have a value that this version doesn't know.
        patterns: whether the pattern of trimmed strings is checked.
    """
    how = {"open_enums": open_enums, "patterns": patterns}
    bare, bounds = bounds_of(kind)
    origin = get_origin(bare)
    if origin in (Union, UnionType):
        return Union[tuple(_twin(part, **how) for part in get_args(bare))]  # noqa: UP007 — made at run time
    if origin is list:
        (item,) = get_args(bare)
        return _bounded(list[_twin(item, **how)], bounds)  # type: ignore[misc]
    if bare is Decimal:
        return _bounded(float, bounds)
    if bare is DottedDay:
        return date
    if bare in (datetime, MoscowMoment):
        return Annotated[datetime, msgspec.Meta(tz=True)]
    if isinstance(bare, type) and issubclass(bare, OpenEnum):
        return str if open_enums else Literal[tuple(bare.__members__)]
    if isinstance(bare, type) and issubclass(bare, msgspec.Struct):
        return _struct_twin(bare, **how)
    if bounds.trimmed and not patterns:
        bounds = msgspec.structs.replace(bounds, pattern=None)
    return _bounded(bare, bounds)


def _bounded(kind: Any, bounds: Bounds) -> Any:
    if kind is int:
        least = -MAX_INT64 - 1 if bounds.ge is None and bounds.gt is None else bounds.ge
        most = MAX_INT64 if bounds.le is None and bounds.lt is None else bounds.le
        bounds = Bounds(ge=least, gt=bounds.gt, le=most, lt=bounds.lt)
    return Annotated[kind, bounds.meta()] if bounds != Bounds() else kind


def _whole_numbers(kind: Any) -> range:
    """Give the whole numbers that a type takes, where it takes nothing else: most calls have nothing but ids."""
    bare, bounds = bounds_of(kind)
    if bare is int and isinstance(bounds.ge, int) and isinstance(bounds.le, int) and bounds.gt is bounds.lt is None:
        return range(bounds.ge, bounds.le + 1)
    return range(0)


@cache
def _struct_twin(kind: type[msgspec.Struct], *, open_enums: bool, patterns: bool) -> type[msgspec.Struct]:
    fields: list[Any] = []
    for field in fields_of(kind):
        if outdated(field.type):
            continue
        twin = _twin(field.type, open_enums=open_enums, patterns=patterns)
        name = field.encode_name
        default = msgspec.field(name=name) if field.required else msgspec.field(name=name, default=None)
        fields.append((field.name, twin, default))
    return msgspec.defstruct(kind.__name__, fields, kw_only=True, forbid_unknown_fields=True, gc=False, module=__name__)


def _trimmed_fields(kind: Any) -> tuple[str, ...] | None:
    """Find the trimmed strings of a type, as attributes; None where one stands in a list or may be left out."""
    bare, bounds = bounds_of(kind)
    if bare is str:
        return ("",) if bounds.trimmed else ()
    parts = get_args(bare)
    if parts and get_origin(bare) is not Literal:
        return None if any(_trimmed_fields(part) != () for part in parts) else ()
    found: list[str] = []
    if isinstance(bare, type) and issubclass(bare, msgspec.Struct):
        for field in fields_of(bare):
            inner = _trimmed_fields(field.type)
            if inner is None or (inner and not field.required):
                return None
            found += [f"{field.name}.{name}".rstrip(".") for name in inner]
    return tuple(found)


def _unique_lists(kind: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Find the lists whose items must differ: names of attributes that lead there, `*` for every item of a list."""
    bare, bounds = bounds_of(without_none(kind))
    if get_origin(bare) is list:
        if bounds.unique:
            yield path
        yield from _unique_lists(get_args(bare)[0], (*path, "*"))
    elif isinstance(bare, type) and issubclass(bare, msgspec.Struct):
        for field in fields_of(bare):
            yield from _unique_lists(field.type, (*path, field.name))


def _refuse_repeats(place: str, value: Any, path: tuple[str, ...]) -> None:
    if value is None:
        return
    if not path:
        seen = set[bytes]()
        for i, item in enumerate(value):
            if (key := msgspec.json.encode(item)) in seen:
                raise InvalidRequest(f"{place}[{i}]", item, "stands in the list for the second time; each may once")
            seen.add(key)
    elif path[0] == "*":
        for i, item in enumerate(value):
            _refuse_repeats(f"{place}[{i}]", item, path[1:])
    else:
        wire = next(field.encode_name for field in fields_of(value.__class__) if field.name == path[0])
        _refuse_repeats(f"{place}.{wire}", getattr(value, path[0]), path[1:])


def _invalid(place: str, kind: Any, value: object, message: str) -> InvalidRequest:
    """Make the error of a decoder's message, which says what is wrong and where in the JSON."""
    match = re.fullmatch(_ERROR, message)
    what, where = (match["what"], match["place"] or "") if match else (message, "")
    path: Path = tuple(name or int(number) if number != "..." else "*" for name, number in re.findall(_STEP, where))
    if unknown := re.fullmatch(_UNKNOWN_FIELD, what):
        struct = without_none(bounds_of(kind_at(kind, path))[0])
        return InvalidRequest(
            place_of(place, (*path, unknown[1])), value_at(value, (*path, unknown[1])), _no_field(struct, unknown[1])
        )
    if missing := re.fullmatch(_MISSING_FIELD, what):
        path = (*path, missing[1])
        return InvalidRequest(place_of(place, path), None, f"is required; {must_be(kind_at(kind, path))}")
    return InvalidRequest(place_of(place, path), value_at(value, path), must_be(kind_at(kind, path)))


def _no_field(kind: type[msgspec.Struct], name: str) -> str:
    fields = {field.encode_name: outdated(field.type) for field in fields_of(kind)}
    if note := fields.get(name):
        return "is deprecated by the Market" + (f"; use {note.successor}" if note.successor else "; leave it out")
    return f"there is no such field; those are {', '.join(name for name, note in fields.items() if not note)}"


def place_of(place: str, path: Path) -> str:
    """Write a place as it stands in errors: `offers[3].price.value`."""
    text = place + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def kind_at(kind: Any, path: Path) -> Any:
    """Give the type at a place."""
    for step in path:
        bare, _ = bounds_of(without_none(kind))
        if isinstance(bare, type) and issubclass(bare, msgspec.Struct):
            kind = next(field.type for field in fields_of(bare) if field.encode_name == step)
        else:
            kind = get_args(bare)[-1]
    return without_none(kind)


def value_at(value: Any, path: Path) -> Any:
    """Give what stands at a place, as the caller wrote it; what has no such place as far as it goes."""
    for step in path:
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, msgspec.Struct):
            fields = fields_of(type(value))
            value = next((getattr(value, field.name) for field in fields if field.encode_name == step), None)
        elif isinstance(value, (list, tuple)) and isinstance(step, int):
            value = value[step]
        else:
            break
    return value


SKU_RULE = "a SKU has 1 to 255 characters, at least one that is no space, and no control characters"


def must_be(kind: Any) -> str:
    """Say in words what a value must be."""
    bare, bounds = bounds_of(without_none(kind))
    if bounds.trimmed:
        return SKU_RULE
    for say in (_say_number, _say_text, _say_list, _say_other):
        if words := say(bare, bounds):
            return f"must be {words}"
    return f"must be a {getattr(bare, '__name__', bare)}"


def _say_number(kind: Any, bounds: Bounds) -> str | None:
    if kind not in (int, float, Decimal):
        return None
    words = "a whole number (int)" if kind is int else "a number (Decimal, int or float)"
    least = None if bounds.ge is None or bounds.ge < -MAX_INT64 else bounds.ge
    most = None if bounds.le is None or bounds.le >= MAX_INT64 else bounds.le
    if least is not None and most is not None:
        return f"{words}, from {least} to {most}"
    parts = (
        least is not None and f"{least} or more",
        bounds.gt is not None and f"above {bounds.gt}",
        most is not None and f"at most {most}",
        bounds.lt is not None and f"below {bounds.lt}",
    )
    return ", ".join([words, *(part for part in parts if part)])


def _say_text(kind: Any, bounds: Bounds) -> str | None:
    if kind is not str:
        return None
    return (
        "a string" + _say_length(bounds, "characters") + (f" that matches {bounds.pattern}" if bounds.pattern else "")
    )


def _say_list(kind: Any, bounds: Bounds) -> str | None:
    if get_origin(kind) is not list:
        return None
    return "a list or another iterable" + _say_length(bounds, "items", "with")


def _say_length(bounds: Bounds, what: str, of: str = "of") -> str:
    least, most = bounds.min_length, bounds.max_length
    if least is not None and most is not None:
        return f" {of} {least} to {most} {what}"
    if least is not None:
        return f" {of} {least} or more {what}"
    return "" if most is None else f" {of} at most {most} {what}"


def _say_other(kind: Any, bounds: Bounds) -> str | None:
    if not isinstance(kind, type):
        return None
    if issubclass(kind, OpenEnum):
        return f"one of {_some(list(kind.__members__))}; for a newer one pass {kind.__name__}(…)"
    if issubclass(kind, msgspec.Struct):
        return f"a {kind.__name__} or a mapping of its fields as they are on the wire"
    words: dict[type, str] = {
        bool: "True or False",
        datetime: "a datetime with a time zone",
        date: "a date",
        DottedDay: "a date",
        MoscowMoment: "a datetime with a time zone",
    }
    return words.get(kind)


def _some(names: list[str]) -> str:
    """Name what may be chosen, the first of them where there are too many to read."""
    return ", ".join(names if len(names) <= NAMED else [*names[:NAMED], f"… ({len(names)} in all)"])


def listed(argument: str, values: object) -> list[Any]:
    """Check that several values were given, and not one string."""
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        raise InvalidRequest(argument, values, "must be a list or another iterable, [value] for a single one")
    return list(values)


def written(value: Any, kind: Any) -> str:
    """Write a checked value as it stands in a path or a query."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date) and kind is DottedDay:
        return value.strftime("%d-%m-%Y")
    return value.isoformat() if isinstance(value, date) else str(value)

"""Values for the arguments of any operation, by the types of its entry: the least that it takes, and everything."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, get_args, get_origin

import msgspec

from tests.table import choices
from yamarket_async.arguments import signature_of
from yamarket_async.checking import bounds_of, encoder, outdated, without_none
from yamarket_async.endpoints import Endpoint
from yamarket_async.models.base import OpenEnum
from yamarket_async.models.bounds import Bounds
from yamarket_async.models.days import DottedDay, MoscowMoment, decode_hook

PATTERNS = {
    r"^\+[0-9]+$": "+79001234567",
    "^[A-Z]{2}$": "RU",
    "^YLOG_ID$": "YLOG_ID",
    "^SCM_[0-9]{1,19}$": "SCM_12345",
    "^([0-1][0-9]|2[0-3]):[0-5][0-9]$": "10:30",
}
NOW = datetime.now(UTC).replace(microsecond=0)


def value(kind: Any, *, full: bool, turn: int = 0, within: tuple[Any, ...] = ()) -> Any:
    """Make a value that keeps all bounds, as JSON has it but for days, moments and money; `turn` tells items apart.

    A struct within itself is made once, with the least that it needs.
    """
    bare, bounds = bounds_of(without_none(kind))
    if get_origin(bare) is list:
        count = max(bounds.min_length or 1, 2 if full and (bounds.max_length or 2) > 1 else 1)
        return [value(get_args(bare)[0], full=full, turn=each, within=within) for each in range(count)]
    if isinstance(bare, type) and issubclass(bare, msgspec.Struct):
        full = full and bare not in within
        return {
            field.encode_name: value(field.type, full=full, turn=turn, within=(*within, bare))
            for field in msgspec.structs.fields(bare)
            if field.required or (full and not outdated(field.type))
        }
    if isinstance(bare, type) and issubclass(bare, OpenEnum):
        members = list(bare.__members__)
        return members[turn % len(members)]
    return _scalar(bare, bounds, turn)


def _scalar(kind: Any, bounds: Bounds, turn: int) -> Any:
    if kind in (int, float, Decimal):
        least = bounds.ge if bounds.ge is not None and bounds.ge > -(2**31) else 1
        if bounds.gt is not None:
            least = bounds.gt + 1
        return Decimal(least + turn) if kind is Decimal else kind(least + turn)
    if kind is str:
        text = PATTERNS.get(bounds.pattern or "", f"text {turn}")
        return text.ljust(bounds.min_length or 0, "x")[: bounds.max_length]
    made = {bool: True, date: date(2026, 9, 1), DottedDay: date(2026, 9, 1)}
    return made.get(kind, NOW - timedelta(hours=1 + turn) if kind in (datetime, MoscowMoment) else None)


def arguments(endpoint: Endpoint, *, full: bool) -> dict[str, Any]:
    """Make the arguments of a call that keeps all rules, by their names in Python."""
    name = endpoint.name
    chosen = choices.BOTH.get(name, {}) | (choices.EVERYTHING if full else choices.LEAST).get(name, {})
    made = {
        slot.argument: value(slot.kind, full=full)
        for slot in signature_of(endpoint).slots
        if (full or slot.required) and slot.argument not in chosen
    }
    if full:
        made = {argument: given for argument, given in made.items() if argument not in _excluded(endpoint)}
    made |= {argument: given for argument, given in chosen.items() if given is not None}
    for place, given in choices.PATCHES.get(name, {}).items():
        _patch(made, place.split("."), given, full=full)
    return made


def as_structs(endpoint: Endpoint, given: dict[str, Any]) -> dict[str, Any]:
    """Give the same arguments with structs in place of the mappings in them."""
    kinds = {slot.argument: slot.kind for slot in signature_of(endpoint).slots}
    return {
        argument: msgspec.json.decode(encoder.encode(each), type=kinds[argument], dec_hook=decode_hook)
        for argument, each in given.items()
    }


def _excluded(endpoint: Endpoint) -> set[str]:
    """Name the lists of ids that may not stand beside what else there is."""
    names = {slot.name: slot.argument for slot in signature_of(endpoint).slots}
    if endpoint.pages is None or endpoint.pages.by == "once":
        return set()
    return {names[ids.name] for ids in endpoint.ids}


def _patch(holder: Any, names: list[str], given: Any, *, full: bool) -> None:
    first, *rest = names
    key = int(first) if isinstance(holder, list) else first
    if rest:
        if isinstance(holder, list) or key in holder:
            _patch(holder[key], rest, given, full=full)
    elif given is None:
        if isinstance(holder, list):
            del holder[key:]
        else:
            holder.pop(key, None)
    elif full or key in holder or key == "pickupDelivery":
        holder[key] = given


def broken(endpoint: Endpoint) -> Iterator[tuple[str, dict[str, Any]]]:
    """Break each bound of each argument once; give the place that the error must name, and the arguments."""
    whole = arguments(endpoint, full=True)
    for slot in signature_of(endpoint).slots:
        if slot.argument in whole:
            for place, wrong in _breaks(slot.kind, whole[slot.argument], slot.argument):
                yield place, whole | {slot.argument: wrong}


def _breaks(kind: Any, right: Any, place: str) -> Iterator[tuple[str, Any]]:
    bare, bounds = bounds_of(without_none(kind))
    for wrong in _wrong(bare, bounds, right):
        yield place, wrong
    if get_origin(bare) is list:
        for where, wrong in _breaks(get_args(bare)[0], right[0], f"{place}[0]"):
            yield where, [wrong, *right[1:]]
    elif isinstance(bare, type) and issubclass(bare, msgspec.Struct):
        for field in msgspec.structs.fields(bare):
            inside = f"{place}.{field.encode_name}"
            if field.encode_name in right:
                for where, wrong in _breaks(field.type, right[field.encode_name], inside):
                    yield where, right | {field.encode_name: wrong}
            if field.required:
                yield inside, {name: given for name, given in right.items() if name != field.encode_name}
        yield f"{place}.noSuchField", right | {"noSuchField": 1}


def _wrong(kind: Any, bounds: Bounds, right: Any) -> Iterator[Any]:
    if kind in (int, float, Decimal):
        yield "1"
        for bound, step in ((bounds.ge, -1), (bounds.gt, 0), (bounds.le, 1), (bounds.lt, 0)):
            if bound is not None and abs(bound + step) < 2**63:
                yield kind(bound + step)
    elif kind is str:
        yield 1
        if bounds.min_length:
            yield ""
        if bounds.max_length:
            yield "x" * (bounds.max_length + 1)
        if bounds.pattern and bounds.pattern.startswith("^"):
            yield "\n"
    elif get_origin(kind) is list:
        yield "not a list" if right else 1
        if bounds.max_length and bounds.max_length < 2_000 and bounds.unique is False:
            yield right[:1] * (bounds.max_length + 1)
    elif isinstance(kind, type) and issubclass(kind, OpenEnum):
        yield "NO SUCH VALUE"
    elif kind is bool:
        yield "yes"
    else:
        yield 5

"""Making a request of what a method was called with: every argument is checked here, before anything is sent."""

from collections.abc import Mapping
from functools import cache, cached_property
from types import SimpleNamespace
from typing import Any, get_args, get_origin

import msgspec

from yamarket_async.checking import Checker, bounds_of, checker, listed, without_none, written
from yamarket_async.endpoints import Endpoint, Parameter, Query, Request, quoted, snake
from yamarket_async.errors import InvalidRequest
from yamarket_async.limits import TOKEN, Entity
from yamarket_async.models.bounds import MAX_INT64
from yamarket_async.models.days import DottedDay

Arguments = Mapping[str, object]
"""What a method was called with, by the names of its arguments; None stands for what was left out."""


class Slot(msgspec.Struct, frozen=True, dict=True):
    """Where an argument goes.

    Attributes:
        argument: its name in Python.
        name: its name on the wire.
        kind: its type, with its bounds.
        required: whether it must be given.
    """

    argument: str
    name: str
    kind: Any
    required: bool

    @cached_property
    def checker(self) -> Checker:
        """What checks its values."""
        return checker(self.kind)

    @cached_property
    def takes_list(self) -> bool:
        """Whether its values are lists."""
        return get_origin(bounds_of(self.kind)[0]) is list


class Signature(msgspec.Struct, frozen=True, dict=True):
    """Where the arguments of a method go: its path, its query, its body.

    Attributes:
        template: its path, with `%s` for each argument in it.
        entity: the argument that names what its limits belong to; "" where that is the token.
        path: those of its path, in their order there.
        query: those of its query.
        body: those of its body.
    """

    template: str
    entity: str
    path: tuple[Slot, ...]
    query: tuple[Slot, ...]
    body: tuple[Slot, ...]

    @cached_property
    def nothing(self) -> dict[str, Any]:
        """A call without any of them."""
        return dict.fromkeys(slot.argument for slot in self.slots)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """All of them: those of the path, then what is required, then what may be left out."""
        rest = self.query + self.body
        return (*self.path, *(s for s in rest if s.required), *(s for s in rest if not s.required))


@cache
def signature_of(endpoint: Endpoint) -> Signature:
    """Tell where the arguments of a method go."""
    fields = msgspec.structs.fields(endpoint.body) if endpoint.body else ()
    template = endpoint.path
    for name, value in endpoint.fixed.items():
        template = template.replace(f"{{{name}}}", value)
    for parameter in endpoint.parameters:
        template = template.replace(f"{{{parameter.name}}}", "%s")
    kind = endpoint.entity_kind
    return Signature(
        template,
        "" if kind == "token" else f"{kind}_id",
        tuple(_slot(parameter) for parameter in endpoint.parameters),
        tuple(_slot(parameter) for parameter in endpoint.query),
        tuple(Slot(snake(f.encode_name), f.encode_name, without_none(f.type), f.required) for f in fields),
    )


def _slot(parameter: Parameter) -> Slot:
    argument = parameter.argument or snake(parameter.name)
    return Slot(argument, parameter.name, parameter.type, parameter.required)


def request_of(endpoint: Endpoint, arguments: Arguments, *, without: str = "") -> Request:
    """Check the arguments of a call and make the request of it.

    Args:
        endpoint: the method.
        arguments: what it was called with, by the names of its arguments.
        without: a field of the body, or a parameter of the query, that is filled in later: the list of a bulk call,
            the ids that are cut into requests.

    Raises:
        InvalidRequest: an argument breaks a rule; the error names the place.
    """
    signature = signature_of(endpoint)
    checked = signature.nothing.copy()
    if without:
        # What is filled in later is checked then; the rules need to know only that it was given.
        argument = next(slot.argument for slot in signature.slots if slot.name == without)
        checked[argument] = arguments.get(argument)
    for slot in signature.path:
        checked[slot.argument] = slot.checker.read(slot.argument, arguments.get(slot.argument))[1]
    path = signature.template % tuple([quoted(written(checked[slot.argument], slot.kind)) for slot in signature.path])
    query: Query = ()
    for slot in signature.query:
        if slot.name != without and _is_given(slot, arguments):
            checked[slot.argument] = _read(slot, arguments.get(slot.argument))[1]
            query += _parameters(slot, checked[slot.argument])
    body = None if endpoint.body is None else _body(endpoint, arguments, checked, without)
    once = endpoint.repeat == "never"
    if endpoint.rules or endpoint.never_if is not None:
        values = SimpleNamespace(**checked)
        for rule in endpoint.rules:
            for broken in rule(values):
                raise InvalidRequest(broken.place, broken.value, broken.rule)
        once = once or (endpoint.never_if is not None and endpoint.never_if(values))
    entity = Entity(endpoint.entity_kind, checked[signature.entity]) if signature.entity else TOKEN
    return Request(endpoint, entity, path, query, body, once=once)


def _body(endpoint: Endpoint, arguments: Arguments, checked: dict[str, Any], without: str) -> bytes | None:
    """Encode the arguments that go into the body; None where there is none to send."""
    parts = []
    for slot in signature_of(endpoint).body:
        if slot.name == without or not _is_given(slot, arguments):
            continue
        encoded, checked[slot.argument] = _read(slot, arguments.get(slot.argument))
        if slot.kind is DottedDay:
            encoded = msgspec.json.encode(written(checked[slot.argument], slot.kind))
        parts.append(msgspec.json.encode(slot.name) + b":" + encoded)
    if not parts and (endpoint.body is None or not (endpoint.body_required or without)):
        return None
    return b"{" + b",".join(parts) + b"}"


def _is_given(slot: Slot, arguments: Arguments) -> bool:
    return slot.required or arguments.get(slot.argument) is not None


def _read(slot: Slot, value: object) -> tuple[bytes, Any]:
    """Check an argument; give it as JSON, and as the object that the rules read."""
    if slot.takes_list:
        value = _several(slot, value)
    return slot.checker.read(slot.argument, value)


def _parameters(slot: Slot, value: Any) -> Query:
    """Write an argument as parameters of a query: one for each item where it is a list."""
    bare, _ = bounds_of(slot.kind)
    if get_origin(bare) is not list:
        return ((slot.name, written(value, slot.kind)),)
    (item,) = get_args(bare)
    return tuple((slot.name, written(each, item)) for each in value)


def _several(slot: Slot, values: object) -> list[Any]:
    """Take a list from any iterable; of what may stand in it once only, repeats are dropped."""
    several = listed(slot.argument, values)
    if not several and not slot.required and bounds_of(slot.kind)[1].min_length != 0:
        raise InvalidRequest(slot.argument, values, "must hold at least one value; leave it out to filter by nothing")
    _, bounds = bounds_of(slot.kind)
    if bounds.unique and all(isinstance(each, (str, int)) for each in several):
        several = list(dict.fromkeys(several))
    return several


def integer(argument: str, value: object, *, minimum: int = 1, maximum: int = MAX_INT64) -> int:
    """Check a whole number that stands on its own, like a page size."""
    if type(value) is not int or not minimum <= value <= maximum:
        bound = f"{minimum} or more" if maximum == MAX_INT64 else f"from {minimum} to {maximum}"
        raise InvalidRequest(argument, value, f"must be a whole number (int), {bound}")
    return value

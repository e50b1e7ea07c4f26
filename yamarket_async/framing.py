"""Making requests that hold a part of a long list: what stands around it, and how much room there is, without I/O."""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any, get_args
from urllib.parse import quote

import msgspec

from yamarket_async.arguments import Arguments, Slot, request_of, signature_of
from yamarket_async.checking import bounds_of, fields_of, value_at, without_none
from yamarket_async.endpoints import Endpoint, Request
from yamarket_async.limits import Entity

MAX_BODY = 512_000
"""Bytes of a body: the Market's bound is 512 KB, and the smaller reading of that is safe under both."""

MAX_URL = 8_000
"""Bytes of a URL: 8 KB less what the request line holds beside it."""


class Frame:
    """What stands around the things of a list in the requests that take a part of it each.

    Args:
        base_url: where the API is.
        endpoint: the method.
        arguments: what it was called with.
        name: the field of the body, or the parameter of the query, that holds the list.
        at_once: the most things in a request.
        spare: bytes of the URL that are needed for other parameters.

    Attributes:
        argument: the name of the argument that holds the things.
        at_once: the most things in a request.
        room: the bytes that they may take in it, a comma for each included.
        kind: the type of a thing, with its bounds.
        is_required: whether the list must be given.

    Raises:
        InvalidRequest: another argument breaks a rule.
    """

    def __init__(
        self, base_url: str, endpoint: Endpoint, arguments: Arguments, name: str, at_once: int, *, spare: int = 0
    ) -> None:
        self.endpoint = endpoint
        self.at_once = at_once
        self._name = name
        self._base = request_of(endpoint, arguments, without=name)
        slot = _slot(endpoint, name)
        self.argument, self.is_required = slot.argument, slot.required
        (self.kind,) = get_args(bounds_of(without_none(slot.kind))[0])
        self._in_query = any(parameter.name == name for parameter in endpoint.query)
        if self._in_query:
            self.room = MAX_URL - len(base_url + self._base.target) - spare
        else:
            head = (self._base.body or b"{}")[:-1]
            self._head = head + (b"," if len(head) > 1 else b"") + msgspec.json.encode(name) + b":["
            self.room = MAX_BODY - len(self._head) - 1  # and no comma after the last one makes up for the other bracket

    def weigh(self, lines: bytes) -> int:
        """Tell how many bytes things take in a request, given as JSON with a line break after each."""
        if self._in_query:
            values = map(_value, lines.splitlines())
            return sum(len(quote(value, safe="")) + len(self._name) + 2 for value in values)
        return len(lines)  # a comma takes the place of the line break

    def request(self, lines: bytes, count: int) -> Request:
        """Make the request for some things, given as JSON with a line break between them."""
        base = self._base
        if self._in_query:
            return base.with_query(*((self._name, _value(part)) for part in lines.split(b"\n")), items=count)
        body = b"%b%b]}" % (self._head, lines.replace(b"\n", b","))
        return Request(base.endpoint, base.entity, base.path, base.query, body, count, base.once)

    @property
    def entity(self) -> Entity:
        """What its limits belong to."""
        return self._base.entity

    @property
    def once(self) -> bool:
        """Whether its requests would be done twice if they were sent again after they may have been done."""
        return self._base.once

    def without_things(self) -> Request:
        """Make the request of a call that was given no list."""
        return self._base


def _value(part: bytes) -> str:
    return str(msgspec.json.decode(part))


def argument_of(endpoint: Endpoint, name: str) -> str:
    """Tell the argument of a method that goes into a parameter or a field."""
    return _slot(endpoint, name).argument


def _slot(endpoint: Endpoint, name: str) -> Slot:
    return next(slot for slot in signature_of(endpoint).slots if slot.name == name)


def key_reader(kind: Any, paths: tuple[str, ...]) -> Callable[[Sequence[Any], bool], Sequence[Any]]:
    """Make what reads the keys of checked things: of each the attributes at these paths, or the thing itself.

    It takes the things, and whether spaces may stand around some of their strings: in what the Market trims they don't
    count, and are taken off the things as well.
    """
    if not paths:
        if is_struct(kind):
            return lambda things, _: [None] * len(things)  # nothing identifies them
        return lambda things, _: things
    readers = [_field_reader(kind, path) for path in paths]
    if len(readers) == 1:
        return readers[0]
    return lambda things, has_edges: list(zip(*(read(things, has_edges) for read in readers), strict=True))


def _field_reader(kind: Any, path: str) -> Callable[[Sequence[Any], bool], Sequence[Any]]:
    read, trims = attrgetter(path), is_trimmed(kind, path)

    owner, _, name = path.rpartition(".")
    owner_of: Callable[[Any], Any] = attrgetter(owner) if owner else lambda thing: thing

    def keys(things: Sequence[Any], has_edges: bool) -> Sequence[Any]:
        found = list(map(read, things))
        if has_edges and trims:
            for place, key in enumerate(found):
                if (bare := trimmed(key)) != key:
                    found[place] = bare
                    setattr(owner_of(things[place]), name, bare)
        return found

    return keys


def unchecked_key_reader(kind: Any, paths: tuple[str, ...]) -> Callable[[Any], Any]:
    """Make what reads the key of a thing that breaks a rule; None where it can't be read."""
    if not paths:
        return lambda thing: thing if isinstance(thing, (str, int)) and not is_struct(kind) else None
    on_wire = [_on_wire(kind, path) for path in paths]

    def key(thing: Any) -> Any:
        if not isinstance(thing, (Mapping, msgspec.Struct)):
            return None
        found = tuple(trimmed(value_at(thing, path)) for path in on_wire)
        if not all(isinstance(value, (str, int)) for value in found):
            return None
        return found[0] if len(found) == 1 else found

    return key


def _on_wire(kind: Any, path: str) -> tuple[str, ...]:
    names = []
    for name in path.split("."):
        bare, _ = bounds_of(without_none(kind))
        field = next(field for field in fields_of(bare) if field.name == name)
        names.append(field.encode_name)
        kind = field.type
    return tuple(names)


def trimmed(key: Any) -> Any:
    """Give a key without the spaces around it, which the Market drops."""
    return key.strip(" \t") if isinstance(key, str) else key


def is_struct(kind: Any) -> bool:
    """Tell whether a type is a struct, so that a thing of it is more than its id."""
    bare, _ = bounds_of(kind)
    return isinstance(bare, type) and issubclass(bare, msgspec.Struct)


def is_trimmed(kind: Any, path: str) -> bool:
    """Tell whether the Market trims what stands at a place of a thing."""
    for name in path.split("."):
        bare, _ = bounds_of(without_none(kind))
        kind = next(field.type for field in fields_of(bare) if field.name == name)
    return bounds_of(without_none(kind))[1].trimmed

"""The hands of a test, over HTTP: what `Sandbox` can be told in Python, other languages tell it under `/__sandbox/`."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from aiohttp import web

from yamarket_async.sandbox.calls import FORM_LIMIT, Refusal, encoder
from yamarket_async.sandbox.wire import read_body, unpacked

PREFIX = "/__sandbox/"
"""Where the hands are. The Market has no such path."""

Hand = Callable[..., Any]

_WHOLE = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]


class Control:
    """Answers requests to the sandbox itself: `POST /__sandbox/tick {"seconds": 3600}`.

    Each hand is a function that takes the fields of the JSON body as keywords; `GET /__sandbox/` lists them all with
    what they take.

    Args:
        hands: the functions, by their names in the path: `tick`, `orders/place`.
    """

    def __init__(self, hands: Mapping[str, Hand]) -> None:
        self._hands = hands
        self._wanted: dict[str, type[msgspec.Struct]] = {}

    async def answer(self, request: web.BaseRequest) -> web.Response:
        """Do what a request asks for."""
        try:
            content = unpacked(request, await read_body(request, FORM_LIMIT), FORM_LIMIT)
        except Refusal as refusal:
            return _json(refusal.status, {"error": refusal.message})
        if len(content) > FORM_LIMIT:
            return _json(413, {"error": f"a request may have {FORM_LIMIT} bytes"})
        return await self._answer(request.method, request.path.removeprefix(PREFIX), content)

    async def _answer(self, http_method: str, name: str, content: bytes) -> web.Response:
        hands = self._hands
        if not name:
            return _json(200, {"hands": {name: _described(hand) for name, hand in sorted(hands.items())}})
        hand = hands.get(name)
        if hand is None:
            return _json(404, {"error": f"there is no {name!r}", "hands": sorted(hands)})
        if http_method == "GET":
            return _json(200, _described(hand))
        if http_method != "POST":
            return _json(405, {"error": "use POST"})
        try:
            given = msgspec.json.decode(content, type=dict[str, Any]) if content.strip() else {}
            result = hand(**self._checked(name, hand, given))
            return _json(200, {"result": await result if inspect.isawaitable(result) else result})
        except (TypeError, ValueError, LookupError, RuntimeError, TimeoutError, Refusal, msgspec.DecodeError) as error:
            return _json(400, {"error": f"{name}: {error}"})

    def _checked(self, name: str, hand: Hand, given: dict[str, Any]) -> dict[str, Any]:
        """Hold arguments against the annotations of a hand, which checks by itself only what they don't say.

        Raises:
            ValidationError: one has another type, is missing, or isn't known.
        """
        if name not in self._wanted:
            self._wanted[name] = _wanted(hand)
        checked = msgspec.convert(given, self._wanted[name])
        # Some hands take further fields.
        return given | {key: getattr(checked, key) for key in checked.__struct_fields__ if key in given}


def _parameters(hand: Hand) -> list[inspect.Parameter]:
    """Give the arguments of a hand; a method that is bound only when it is called has a `self`, which is none."""
    return [each for each in inspect.signature(hand).parameters.values() if each.name != "self"]


def _wanted(hand: Hand) -> type[msgspec.Struct]:
    """Make the struct that the arguments of a hand have to fit."""
    fields: list[tuple[str, Any] | tuple[str, Any, Any]] = []
    more = False
    for parameter in _parameters(hand):
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            more = True
            continue
        kind = _in_json(parameter.annotation)
        required = parameter.default is inspect.Parameter.empty
        fields.append((parameter.name, kind) if required else (parameter.name, kind, msgspec.UNSET))
    return msgspec.defstruct("Arguments", fields, kw_only=True, forbid_unknown_fields=not more)


def _in_json(annotation: Any) -> Any:
    """Give what JSON can have of a type: no bytes and no `Decimal`, integers of 64 bits, lists of what is iterated."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if annotation is int:
        return _WHOLE
    if origin is None or origin is Literal:
        return annotation
    inner = tuple(_in_json(each) for each in arguments if each not in {bytes, Decimal})
    if origin is UnionType:
        return Union[inner]  # noqa: UP007 — `|` takes no tuple
    return (list if origin is Iterable else origin)[inner]


def _described(hand: Hand) -> dict[str, Any]:
    """Describe a hand: what it does, and each argument with its type and its default."""
    arguments: dict[str, dict[str, Any]] = {}
    for parameter in _parameters(hand):
        arguments[parameter.name] = {"type": inspect.formatannotation(parameter.annotation)}
        if parameter.default is inspect.Parameter.empty:
            arguments[parameter.name]["required"] = True
        else:
            arguments[parameter.name]["default"] = parameter.default
    return {"does": inspect.getdoc(hand) or "", "arguments": arguments}


def _json(status: int, payload: dict[str, Any]) -> web.Response:
    return web.Response(status=status, body=encoder.encode(payload), content_type="application/json")

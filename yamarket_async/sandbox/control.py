"""The hands of a test, over HTTP: what `Sandbox` can be told in Python, other languages tell it under `/__sandbox/`."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from aiohttp import web

from yamarket_async.sandbox.calls import Refusal, encoder

PREFIX = "/__sandbox/"
"""Where the hands are. The Market has no such path."""

Hand = Callable[..., Any]


class Control:
    """Answers requests to the sandbox itself: `POST /__sandbox/tick {"seconds": 3600}`.

    Each hand is a function that takes the fields of the JSON body as keywords; `GET /__sandbox/` lists them all with
    what they take.

    Args:
        hands: the functions, by their names in the path: `tick`, `orders/place`.
    """

    def __init__(self, hands: Mapping[str, Hand]) -> None:
        self._hands = hands

    async def answer(self, http_method: str, path: str, content: bytes) -> web.Response:
        """Do what a request asks for."""
        hands, name = self._hands, path.removeprefix(PREFIX)
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
            result = hand(**given)
            return _json(200, {"result": await result if inspect.isawaitable(result) else result})
        except (TypeError, ValueError, LookupError, RuntimeError, TimeoutError, Refusal, msgspec.DecodeError) as error:
            return _json(400, {"error": f"{name}: {error}"})


def _described(hand: Hand) -> dict[str, Any]:
    """Describe a hand: what it does, and each argument with its type and its default."""
    arguments: dict[str, dict[str, Any]] = {}
    for parameter in inspect.signature(hand).parameters.values():
        if parameter.name == "self":
            # Of a method that is bound only when it is called.
            continue
        arguments[parameter.name] = {"type": inspect.formatannotation(parameter.annotation)}
        if parameter.default is inspect.Parameter.empty:
            arguments[parameter.name]["required"] = True
        else:
            arguments[parameter.name]["default"] = parameter.default
    return {"does": inspect.getdoc(hand) or "", "arguments": arguments}


def _json(status: int, payload: dict[str, Any]) -> web.Response:
    return web.Response(status=status, body=encoder.encode(payload), content_type="application/json")

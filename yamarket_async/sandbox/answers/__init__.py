"""What the pretend Market answers, a file for each family: functions that read and change the world.

A function is made the answer of a method by `@answers("getOrders")`. It is called with a `Call` that was let in and
checked by the documented bounds, gives the payload as JSON has it (None where the answer says nothing), a written
`Answer`, or raises a `Refusal`. Methods without a function are answered by `synthesis`.
"""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Literal

from yamarket_async.sandbox.calls import Answer, Call

Handler = Callable[[Call], dict[str, Any] | Answer | None]
Reality = Literal["stateful", "reflected", "synthesised"]

_HANDLERS: dict[str, Handler] = {}
_REALITY: dict[str, Reality] = {}


def answers(*names: str, reality: Reality = "stateful") -> Callable[[Handler], Handler]:
    """Make a function the answer of methods.

    Args:
        names: the methods, as the documentation calls them.
        reality: "stateful" where what was written is read back; "reflected" where the answer follows from the world and
            what was sent, but changes nothing that another method shows.
    """

    def register(handler: Handler) -> Handler:
        for name in names:
            _HANDLERS[name] = handler
            _REALITY[name] = reality
        return handler

    return register


@cache
def handlers() -> Mapping[str, Handler]:
    """Give the functions of all families, by the names of the methods."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return _HANDLERS


def reality_of(name: str) -> Reality:
    """Tell how real the answer of a method is."""
    handlers()
    return _REALITY.get(name, "synthesised")

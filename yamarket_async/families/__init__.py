"""The families of the documentation, a folder each: `methods` of the client, `endpoints` and the structs in `models`.

A family's endpoints and structs are loaded when one of its methods is first called, its methods with the client. Where
there are many structs, some endpoints stand in modules of their own (`…_endpoints`), so that no call loads them all.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from yamarket_async.families.names import FAMILIES

__all__ = ["FAMILIES", "Family", "endpoints", "entries", "family_of", "modules_of"]


class Family:
    """The entries of a family, loaded when one of them is first asked for: `Family("orders").GET_BUSINESS_ORDERS`.

    Args:
        name: the family.
        module: which of its modules holds them.
    """

    def __init__(self, name: str, module: str = "endpoints") -> None:
        self._module = f"{__name__}.{name}.{module}"

    def __getattr__(self, entry: str) -> Any:
        if entry.startswith("__"):
            raise AttributeError(entry)
        value = getattr(import_module(self._module), entry)
        self.__dict__[entry] = value
        return value


def modules_of(family: str) -> list[str]:
    """Name the modules that hold the operations of a family."""
    from pkgutil import iter_modules  # noqa: PLC0415 — needed for the sake of no client

    package = import_module(f"{__name__}.{family}")
    found = [module.name for module in iter_modules(package.__path__, f"{package.__name__}.")]
    return [name for name in found if name.endswith("endpoints")]


def entries(family: str) -> Iterator[Any]:
    """Give the operations of a family, from all of its modules."""
    for module in modules_of(family):
        yield from (value for value in vars(import_module(module)).values() if type(value).__name__ == "Endpoint")


@cache
def endpoints() -> Mapping[str, Any]:
    """Give all operations by their `operationId`, in the order of the families. Loads every family."""
    return {entry.name: entry for family in FAMILIES for entry in entries(family)}


@cache
def family_of() -> Mapping[str, str]:
    """Give the family of each operation by its `operationId`. Loads every family."""
    return {entry.name: family for family in FAMILIES for entry in entries(family)}

"""The families of the documentation, a folder each: `methods` of the client, `endpoints` and the structs in `models`.

A family's endpoints and structs are loaded when one of its methods is first called, its methods with the client.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any

from yamarket_async.families.names import FAMILIES

__all__ = ["FAMILIES", "Family", "endpoints", "family_of"]


class Family:
    """The entries of a family, loaded when one of them is first asked for: `Family("orders").GET_ORDER`."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, entry: str) -> Any:
        if entry.startswith("__"):
            raise AttributeError(entry)
        value = getattr(import_module(f"yamarket_async.families.{self._name}.endpoints"), entry)
        self.__dict__[entry] = value
        return value


@cache
def endpoints() -> Mapping[str, Any]:
    """Give all operations by their `operationId`, in the order of the families. Loads every family."""
    found = {}
    for family in FAMILIES:
        for value in vars(import_module(f"yamarket_async.families.{family}.endpoints")).values():
            if type(value).__name__ == "Endpoint":
                found[value.name] = value
    return found


@cache
def family_of() -> Mapping[str, str]:
    """Give the family of each operation by its `operationId`. Loads every family."""
    return {
        value.name: family
        for family in FAMILIES
        for value in vars(import_module(f"yamarket_async.families.{family}.endpoints")).values()
        if type(value).__name__ == "Endpoint"
    }

"""What the arguments of the methods must be: every rule is checked here, before anything is sent."""

import re
from collections.abc import Callable, Iterable
from enum import Enum
from typing import TypeVar

from yamarket_async.endpoints import MAX_INT32
from yamarket_async.errors import InvalidRequest
from yamarket_async.models.base import OpenEnum

T = TypeVar("T")
EnumT = TypeVar("EnumT", bound=OpenEnum)

MAX_INT64 = 2**63 - 1
MAX_SKU_LENGTH = 255

# The pattern of the pages, and no halves of surrogate pairs: those can't be written as UTF-8.
_SKU = re.compile(r"(?=.*\S)[^\x00-\x08\x0A-\x1f\x7f\ud800-\udfff]{1,255}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")

SKU_RULE = "a SKU has 1 to 255 characters, at least one that is no space, and no control characters"


def trimmed_sku(value: object) -> str | None:
    """Give a SKU without the spaces around it, which the Market drops; None where it breaks `SKU_RULE`."""
    if not isinstance(value, str):
        return None
    sku = value.strip(" \t")
    # A string of printable characters has nothing that the pattern forbids, and asking is faster than matching.
    fits = sku and len(sku) <= MAX_SKU_LENGTH and (sku.isprintable() or _SKU.fullmatch(sku))
    return sku if fits else None


def skus(argument: str, values: object) -> list[str]:
    """Check SKUs; each product is kept once, at its first place."""
    checked: dict[str, None] = {}
    for i, value in enumerate(listed(argument, values)):
        sku = trimmed_sku(value)
        if sku is None:
            raise InvalidRequest(f"{argument}[{i}]", value, SKU_RULE)
        checked[sku] = None
    return list(checked)


def integer(argument: str, value: object, *, minimum: int = 1, maximum: int = MAX_INT64) -> int:
    """Check a whole number."""
    if type(value) is not int or not minimum <= value <= maximum:
        bound = f"{minimum} or more" if maximum == MAX_INT64 else f"from {minimum} to {maximum}"
        raise InvalidRequest(argument, value, f"must be a whole number (int), {bound}")
    return value


def text(argument: str, value: object) -> str:
    """Check a string that must say something."""
    if not isinstance(value, str) or not value.strip() or _CONTROL.search(value):
        raise InvalidRequest(argument, value, "must be a string that is not empty and has no control characters")
    return value


def choice(kind: type[EnumT]) -> Callable[[str, object], EnumT]:
    """Make the check for a value of an enum. A value that this version doesn't know passes as a member of it only."""

    def check(argument: str, value: object) -> EnumT:
        if isinstance(value, kind):
            return value
        # An enum of another kind has the right value by accident at the most.
        if isinstance(value, str) and not isinstance(value, Enum) and value in kind.__members__:
            return kind(value)
        known = ", ".join(kind.__members__)
        raise InvalidRequest(argument, value, f"must be one of {known}; for a newer one pass {kind.__name__}(…)")

    return check


def listed(argument: str, values: object) -> Iterable[object]:
    """Check that several values were given, and not one string."""
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        raise InvalidRequest(argument, values, "must be a list or another iterable, [value] for a single one")
    return values


def several(argument: str, values: object, check: Callable[[str, object], T]) -> list[T] | None:
    """Check the values of a filter; each is kept once. None stands for no filter, an empty list for a mistake."""
    if values is None:
        return None
    checked = list(dict.fromkeys(check(f"{argument}[{i}]", value) for i, value in enumerate(listed(argument, values))))
    if not checked:
        raise InvalidRequest(argument, values, "must hold at least one value; leave it out to filter by nothing")
    return checked


def optional(argument: str, value: object, check: Callable[[str, object], T]) -> T | None:
    """Check a value that may be left out."""
    return None if value is None else check(argument, value)


def category_id(argument: str, value: object) -> int:
    """Check the id of a Market category."""
    return integer(argument, value, maximum=MAX_INT32)

"""The bounds of the description, as annotations of fields and arguments: checked in what goes, never in what comes."""

from typing import Annotated

import msgspec

MAX_INT32 = 2**31 - 1
MAX_INT64 = 2**63 - 1


class Bounds(msgspec.Struct, frozen=True):
    """What the description demands of a value beside its type.

    They stand in `Annotated[…, Bounds(…)]`, where msgspec's decoders pass them over: an answer of the Market that
    breaks a rule of its own is still an answer. `checking` holds arguments to them, and the sandbox requests.

    Attributes:
        ge: the least that a number may be.
        gt: what a number must be above.
        le: the most that a number may be.
        lt: what a number must be below.
        min_length: the fewest characters of a string, or items of a list.
        max_length: the most characters of a string, or items of a list.
        pattern: the regular expression that a string must match.
        unique: whether the items of a list must differ from each other.
        trimmed: whether the Market drops spaces around a string, so that `" A "` and `"A"` are the same.
    """

    ge: int | float | None = None
    gt: int | float | None = None
    le: int | float | None = None
    lt: int | float | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    unique: bool = False
    trimmed: bool = False

    def meta(self) -> msgspec.Meta:
        """Give those of the bounds that a msgspec decoder can check by itself."""
        given = {name: getattr(self, name) for name in _CHECKED if getattr(self, name) is not None}
        if self.pattern is not None and self.pattern.endswith("$"):
            # Python's `$` also matches before a line break at the end, which is not what the description means.
            given["pattern"] = self.pattern[:-1] + r"\Z"
        return msgspec.Meta(**given)


_CHECKED = ("ge", "gt", "le", "lt", "min_length", "max_length", "pattern")


class Outdated(msgspec.Struct, frozen=True):
    """That the Market calls a field deprecated: it is kept in answers, and refused in what is sent.

    Attributes:
        successor: the field to use in its place, on the wire; "" where there is none.
    """

    successor: str = ""


Int32 = Annotated[int, Bounds(ge=-MAX_INT32 - 1, le=MAX_INT32)]
"""A whole number of 32 bits (`int32`)."""

Int64 = Annotated[int, Bounds(ge=-MAX_INT64 - 1, le=MAX_INT64)]
"""A whole number of 64 bits (`int64`)."""

Id = Annotated[int, Bounds(ge=1, le=MAX_INT64)]
"""The number of a store, a cabinet, a warehouse …: 1 or more."""

Sku = Annotated[
    str, Bounds(min_length=1, max_length=255, pattern=r"^(?=.*\S.*)[^\x00-\x08\x0A-\x1f\x7f]{1,255}$", trimmed=True)
]
"""The seller's own id of a product (`ShopSku`): 1 to 255 characters, one of them no space, no control ones but tabs."""

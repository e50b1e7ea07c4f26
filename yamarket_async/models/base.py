"""What all structs share: how they are decoded, and enums that keep a value that they don't know."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self

import msgspec

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
"""A moment as the Market writes it; always aware."""


# gc=False: frozen and made by the decoder alone, so no struct can be part of a cycle, and the collector need not visit
# a million of them.
class Model(msgspec.Struct, rename="camel", kw_only=True, frozen=True, gc=False, omit_defaults=True):
    """A struct of the Partner API: snake_case attributes, unknown fields skipped, `null` the same as absent."""


class OpenEnum(StrEnum):
    """An enum of the Partner API, to which the Market may add values: an unknown one is kept as it came."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = value
        member._value_ = value
        return member

    @property
    def known(self) -> bool:
        """Whether this version of the package knows the value."""
        return self.value in type(self).__members__

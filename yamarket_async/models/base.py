"""What all structs share: decoding, hashing, writing, and enums that keep a value that they don't know."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Self

import msgspec

from yamarket_async.models.days import encode_hook

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
"""A moment as the Market writes it; always aware."""

_ENCODER = msgspec.json.Encoder(enc_hook=encode_hook, decimal_format="number")


# gc=False: frozen and made by the decoder alone, so no struct can be part of a cycle, and the collector need not visit
# a million of them.
class Model(msgspec.Struct, rename="camel", kw_only=True, frozen=True, gc=False, omit_defaults=True):
    """A struct of the Partner API: snake_case attributes, unknown fields skipped, `null` the same as absent."""

    def to_dict(self) -> dict[str, Any]:
        """Give the struct as the Market's JSON reads in Python, ready for `json.dumps`.

        Returns:
            A dict under the documented camelCase names, without what is absent: days and moments are strings in the
            Market's format, and money is an int or a float. A figure that no float holds exactly, of more than 15
            digits, stays a `Decimal` rather than lose any.
        """
        written = msgspec.to_builtins(self, builtin_types=(Decimal,), enc_hook=encode_hook)
        plain: dict[str, Any] = _with_plain_numbers(written)
        return plain

    def to_json(self) -> str:
        """Give the struct as a line of JSON in the Market's own shape, with each number to its last digit.

        Returns:
            JSON under the documented camelCase names, without what is absent.
        """
        return _ENCODER.encode(self).decode()

    # pydantic is no dependency: it alone calls these two, and so is there whenever they are.
    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any:
        from yamarket_async.models.pydantic_schema import core_schema_of  # noqa: PLC0415

        return core_schema_of(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: Any, _handler: Any) -> dict[str, Any]:
        from yamarket_async.models.pydantic_schema import json_schema_of  # noqa: PLC0415

        return json_schema_of(cls)

    def __hash__(self) -> int:
        try:
            return msgspec.Struct.__hash__(self)
        except TypeError:
            # It holds a list or a mapping, which the Market's answers are full of and nobody changes.
            return hash((type(self), *map(_hashable, msgspec.structs.astuple(self))))


def _with_plain_numbers(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _with_plain_numbers(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_with_plain_numbers(item) for item in value]
    if isinstance(value, Decimal):
        number = float(value)
        if Decimal(repr(number)) != value:
            return value
        return int(number) if number.is_integer() else number
    return value


def _hashable(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_hashable, value))
    if isinstance(value, dict):
        return frozenset((name, _hashable(item)) for name, item in value.items())
    return value


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

    # Python 3.11.0 to 3.11.3 pickle and copy an enum by the name of a member, which an unknown value hasn't got.
    def __reduce_ex__(self, protocol: Any) -> tuple[type[Self], tuple[str]]:
        return type(self), (self._value_,)

    @property
    def known(self) -> bool:
        """Whether this version of the package knows the value."""
        return self.value in type(self).__members__

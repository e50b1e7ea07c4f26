"""What calls about shipments must keep to beside the bounds of their fields."""

from collections.abc import Iterator
from typing import Any

from yamarket_async.endpoints import Broken
from yamarket_async.rules import not_before

planned_range = not_before("date_from", "date_to")


def signatory(call: Any) -> Iterator[Broken]:
    """The login of who signs, as Yandex has it."""
    if call.signatory is not None and "@" in call.signatory:
        yield Broken("signatory", call.signatory, "must be the login alone, without @yandex.ru")

"""What calls about chats must keep to beside the bounds of their fields."""

from collections.abc import Iterator
from typing import Any

from yamarket_async.endpoints import Broken


def about(call: Any) -> Iterator[Broken]:
    """A chat is about an order or a return; the description leaves that open, the Market doesn't."""
    if call.context is None:
        yield Broken("context", None, "is needed: the order or the return, as {'type': 'ORDER', 'id': 1}")

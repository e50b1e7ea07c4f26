"""Telling the seller of what happens in a store, save what was made up of the time before the sandbox began."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from yamarket_async.sandbox.world import World


class Telling:
    """Sends notifications on their way."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._silent = False

    def tell(self, kind: str, campaign_id: int, **fields: Any) -> None:
        """Tell the seller of something that happened in a store.

        Args:
            kind: the type of the notification: ORDER_CREATED.
            campaign_id: the store.
            fields: the other fields of the notification, as JSON has them.
        """
        if not self._silent:
            self._world.notify(kind, {"campaignId": campaign_id, **fields})

    @contextmanager
    def silence(self) -> Iterator[None]:
        """Tell nothing meanwhile."""
        before, self._silent = self._silent, True
        try:
            yield
        finally:
            self._silent = before

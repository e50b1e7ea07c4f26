"""Changes that were written and don't show yet: the Market takes minutes, or hours, until one reads what one wrote."""

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any


class Pending:
    """Changes in the order in which they come to show. There are no timers: whoever reads settles what is due first."""

    def __init__(self) -> None:
        self._due: list[tuple[float, int, Callable[..., object], tuple[Any, ...]]] = []
        self._number = 0

    def add(self, at: float, change: Callable[..., object], *args: Any) -> None:
        """Let a change be made when the clock says `at`.

        Args:
            at: the moment, in epoch seconds.
            change: a method of what is to be changed; copies of a world copy it along.
            args: its arguments.
        """
        self._number += 1
        heappush(self._due, (at, self._number, change, args))

    def settle(self, now: float) -> None:
        """Make all changes that are due; one that adds others which are due at once has them made too."""
        while self._due and self._due[0][0] <= now:
            _, _, change, args = heappop(self._due)
            change(*args)

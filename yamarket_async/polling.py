"""How often to look whether the Market has finished something: the pauses, which grow. Plain figures without I/O."""

import random
from collections.abc import Iterator
from typing import Final

FIRST_PAUSE: float = 1.0
"""Seconds before the second look, where nothing says how long it will take."""

LONGEST_PAUSE: Final = 30.0
"""Seconds at which pauses stop growing."""

GROWTH: Final = 1.5
"""How many times longer than the one before it each pause is."""

SHARE: Final = 0.1
"""The part of an estimate that the first pause after it has: what was to take an hour isn't looked at each second."""


def pauses(estimate: float) -> Iterator[float]:
    """Give the pauses before each look.

    Args:
        estimate: seconds that it will take, as far as anybody knows: the first pause, where there are any.

    Yields:
        Seconds. All but that one are shortened at random, so that what was begun together isn't looked at together.
    """
    if estimate > 0:
        yield estimate
    pause = min(max(FIRST_PAUSE, estimate * SHARE), LONGEST_PAUSE)
    while True:
        yield pause * random.uniform(0.75, 1)
        pause = min(pause * GROWTH, LONGEST_PAUSE)

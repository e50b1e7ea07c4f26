"""The limits that the pretend Market enforces: the figures, the fixed windows, and how many requests run at once."""

import math
from collections import defaultdict
from collections.abc import Mapping
from typing import Literal, NamedTuple

import msgspec

Unit = Literal["requests", "request_items", "response_items"]
Period = Literal["minute", "hour"]
Tier = Literal["medium", "none"]

MINUTES: Mapping[Period, int] = {"minute": 1, "hour": 60}


class Figure(msgspec.Struct, frozen=True):
    """A resource limit.

    Attributes:
        unit: what is counted.
        period: how long the window is.
        medium: the amount for a seller with the usual subscription; None where it is calculated for each store.
        none: the amount without one.
    """

    unit: Unit
    period: Period
    medium: int | None
    none: int | None

    def amount(self, tier: Tier, *, offers: int) -> int:
        """Tell the amount in force for a store or business with so many offers."""
        published = self.medium if tier == "medium" else self.none
        # No figure is published for getOffers, only that it follows from the number of offers in the store.
        return max(1_000, 10 * offers) if published is None else published


class Standing(NamedTuple):
    """How a limit stands: what its three headers say. `until` is the server's clock in epoch seconds."""

    amount: int
    remaining: int
    until: float


class Windows:
    """What was used of each limit, by method and entity, in fixed windows that are aligned to the clock.

    Attributes:
        minute: how many seconds a window of a minute lasts here; one of an hour is sixty times as long.
        strict: refuse also what could use more than is left, not only what comes when nothing is left.
    """

    def __init__(self, *, minute: float, strict: bool) -> None:
        self.minute = minute
        self.strict = strict
        self._used: dict[tuple[str, int], tuple[float, int]] = {}

    def _until(self, period: Period, now: float) -> float:
        length = self.minute * MINUTES[period]
        return (math.floor(now / length) + 1) * length

    def _used_until(self, key: tuple[str, int], until: float) -> int:
        window, used = self._used.get(key, (until, 0))
        return used if window == until else 0

    def standing(self, key: tuple[str, int], period: Period, amount: int, now: float) -> Standing:
        """Tell how the limit of a method stands for an entity at this moment."""
        until = self._until(period, now)
        return Standing(amount, max(amount - self._used_until(key, until), 0), until)

    def admits(self, standing: Standing, unit: Unit, cost: int) -> bool:
        """Tell whether a request may be served.

        Args:
            standing: how its limit stands.
            unit: what is counted.
            cost: what it costs, or where the answer decides that, the most that it can cost. Whatever is more than
                the whole amount passes when the window is fresh, or it could never be served.
        """
        if standing.remaining <= 0:
            return False
        lenient = unit == "response_items" and not self.strict
        return lenient or min(cost, standing.amount) <= standing.remaining

    def charge(self, key: tuple[str, int], period: Period, amount: int, cost: int, now: float) -> Standing:
        """Count what a request has used, and tell how the limit stands then."""
        until = self._until(period, now)
        used = self._used_until(key, until) + cost
        self._used[key] = (until, used)
        return Standing(amount, max(amount - used, 0), until)


class Slots:
    """How many requests run at once for each entity.

    Attributes:
        most: the most that ever ran at once, those that were refused counted in, by the entity's id.
    """

    def __init__(self) -> None:
        self._taken: defaultdict[int, int] = defaultdict(int)
        self.most: dict[int, int] = {}

    def take(self, entity: int, parallel: int) -> bool:
        """Count a request in; tell whether it may run. It must be let `go` in either case."""
        self._taken[entity] += 1
        self.most[entity] = max(self.most.get(entity, 0), self._taken[entity])
        return self._taken[entity] <= parallel

    def let_go(self, entity: int) -> None:
        """Count a request out."""
        self._taken[entity] -= 1

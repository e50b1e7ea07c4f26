"""The limits that the pretend Market enforces: the figures, the fixed windows, and how many requests run at once."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from yamarket_async.endpoints import Endpoint
from yamarket_async.limits import Limit, Unit

Tier = Literal["medium", "none"]


class Standing(NamedTuple):
    """How a limit stands: what its three headers say. `until` is the server's clock in epoch seconds."""

    amount: int
    remaining: int
    until: float


class Figures:
    """The limits in force.

    Attributes:
        tier: whose figures hold: sellers with a subscription, or without.
        given: limits in place of the documented ones, by method; an amount keeps unit and period.
        offers: products of the business, which the limit of getOffers follows from.
    """

    def __init__(self, *, tier: Tier, given: Mapping[str, int | Limit], offers: int) -> None:
        self.tier: Tier = tier
        self.given = dict(given)
        self.offers = offers

    def of(self, endpoint: Endpoint) -> Limit:
        """Tell the limit of a method."""
        given = self.given.get(endpoint.name)
        if isinstance(given, Limit):
            return given
        documented = self._documented(endpoint)
        return documented if given is None else Limit(given, documented.period, documented.unit)

    def _documented(self, endpoint: Endpoint) -> Limit:
        quota = endpoint.quota
        if quota is None:
            # No figure is published for getOffers, only that it follows from the number of offers in the store.
            return Limit(max(1_000, 10 * self.offers), 3_600, "response_items")
        if self.tier == "medium":
            return Limit(quota.medium, quota.period, quota.unit)
        return Limit(quota.none, quota.period_none or quota.period, quota.unit)


class Windows:
    """What was used of each limit, by method and entity, in fixed windows that are aligned to the clock.

    Attributes:
        minute: how many seconds a window of a minute lasts here; one of an hour is sixty times as long.
        strict: refuse also what would use more than is left, not only what comes when nothing is left.
    """

    def __init__(self, *, minute: float, strict: bool) -> None:
        self.minute = minute
        self.strict = strict
        self._used: dict[tuple[str, int], tuple[float, int]] = {}

    def _until(self, period: float, now: float) -> float:
        length = self.minute * period / 60
        return (math.floor(now / length) + 1) * length

    def _used_until(self, key: tuple[str, int], until: float) -> int:
        window, used = self._used.get(key, (until, 0))
        return used if window == until else 0

    def standing(self, key: tuple[str, int], limit: Limit, now: float) -> Standing:
        """Tell how the limit of a method stands for an entity at this moment."""
        until = self._until(limit.period, now)
        return Standing(limit.amount, max(limit.amount - self._used_until(key, until), 0), until)

    def admits(self, standing: Standing, unit: Unit, cost: int) -> bool:
        """Tell whether a request may be served.

        Args:
            standing: how its limit stands.
            unit: what is counted.
            cost: what it costs. Whatever is more than the whole amount passes when the window is fresh, or it could
                never be served.
        """
        if standing.remaining <= 0:
            return False
        lenient = unit == "response_items" and not self.strict
        return lenient or min(cost, standing.amount) <= standing.remaining

    def charge(self, key: tuple[str, int], limit: Limit, cost: int, now: float) -> Standing:
        """Count what a request has used, and tell how the limit stands then."""
        until = self._until(limit.period, now)
        used = self._used_until(key, until) + cost
        self._used[key] = (until, used)
        return Standing(limit.amount, max(limit.amount - used, 0), until)


def size_at(value: Any, path: str) -> int:
    """Count what a cost path leads to: `result.warehouses.offers.offerId` is the ids of all offers everywhere."""
    return sum(1 for _ in _leaves(value, path.split(".") if path else []))


def _leaves(value: Any, names: list[str]) -> Iterator[Any]:
    if isinstance(value, list):
        for each in value:
            yield from _leaves(each, names)
    elif not names:
        yield value
    elif isinstance(value, dict) and value.get(names[0]) is not None:
        yield from _leaves(value[names[0]], names[1:])


class Slots:
    """How many requests run at once for each entity.

    Attributes:
        most: the most that ever ran at once, those that were refused counted in, by the entity's id.
    """

    def __init__(self) -> None:
        self._taken: defaultdict[object, int] = defaultdict(int)
        self.most: dict[int, int] = {}

    def take(self, entity: int, parallel: int, *, of: str = "") -> bool:
        """Count a request in; tell whether it may run. It must be let `go` in either case.

        Args:
            entity: the store or business.
            parallel: how many may run at once.
            of: the method, where it has a figure of its own beside the entity's.
        """
        key = (entity, of) if of else entity
        self._taken[key] += 1
        if not of:
            self.most[entity] = max(self.most.get(entity, 0), self._taken[key])
        return self._taken[key] <= parallel

    def let_go(self, entity: int, *, of: str = "") -> None:
        """Count a request out."""
        self._taken[(entity, of) if of else entity] -= 1

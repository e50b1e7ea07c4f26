"""Supplies to the warehouses of the Market: what is on its way, and how it is taken over."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec

from yamarket_async.sandbox.documents import PDF, pdf
from yamarket_async.sandbox.links import Stored, shelf
from yamarket_async.sandbox.moments import DAY, HOUR, iso
from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.world import World

SEEDED = 5
"""Supplies that a store has from the beginning."""

Kind = Literal["SUPPLY", "WITHDRAW", "UTILIZATION"]

LIFE: Mapping[Kind, tuple[tuple[float, str], ...]] = {
    "SUPPLY": (
        (0, "CREATED"),
        (HOUR, "VALIDATED"),
        (2 * HOUR, "PUBLISHED"),
        (6 * HOUR, "ACCEPTED_BY_WAREHOUSE_SYSTEM"),
        (3 * DAY, "ARRIVED_TO_SERVICE"),
        (4 * DAY, "WAREHOUSE_HANDLING"),
        (5 * DAY, "FINISHED"),
    ),
    "WITHDRAW": (
        (0, "CREATED"),
        (HOUR, "VALIDATED"),
        (6 * HOUR, "ACCEPTED_BY_WAREHOUSE_SYSTEM"),
        (DAY, "TRANSIT_MOVING"),
        (3 * DAY, "READY_TO_WITHDRAW"),
        (5 * DAY, "FINISHED"),
    ),
    "UTILIZATION": (
        (0, "CREATED"),
        (HOUR, "VALIDATED"),
        (DAY, "READY_FOR_UTILIZATION"),
        (4 * DAY, "FINISHED"),
    ),
}
"""The statuses of a request, each with the seconds after which it begins."""

SUBTYPES: Mapping[Kind, str] = {"SUPPLY": "DEFAULT", "WITHDRAW": "DEFAULT", "UTILIZATION": "PLAN_BY_SUPPLIER"}
HANDLED = frozenset({"FINISHED"})
"""The statuses in which it is known what the warehouse took over."""

DOCUMENTS: Mapping[Kind, tuple[str, ...]] = {
    "SUPPLY": ("SUPPLY", "CARGO_UNITS"),
    "WITHDRAW": ("WITHDRAW",),
    "UTILIZATION": ("TRANSFER",),
}
"""The documents of a request from the beginning; a supply has an act when it is finished."""


class Line(msgspec.Struct, frozen=True):
    """A product of a supply: how many were announced, and how many of them the warehouse doesn't find."""

    offer_id: str
    name: str
    price: Any
    planned: int
    missing: int


class Supply(msgspec.Struct):
    """A request for a supply, a withdrawal or a utilization.

    Attributes:
        id: its id in the API.
        campaign_id: its store.
        kind: what it is for.
        created: when it was made, in epoch seconds; moved back when a test lets it go on.
        lines: its products.
        cancelled: when it was cancelled; None where it wasn't.
    """

    id: int
    campaign_id: int
    kind: Kind
    created: float
    lines: list[Line]
    cancelled: float | None = None

    def stage(self, now: float) -> tuple[float, str]:
        """Tell its status, and since when it has it."""
        if self.cancelled is not None:
            return self.cancelled, "CANCELLED"
        age = now - self.created
        since, status = [step for step in LIFE[self.kind] if step[0] <= max(age, 0)][-1]
        return self.created + since, status


class Supplies:
    """The supplies of all stores whose goods lie at the Market."""

    HANDS = ("create", "advance", "cancel", "ids")

    def __init__(self, world: World) -> None:
        self._world = world
        self._supplies: dict[int, Supply] = {}
        kinds: tuple[Kind, ...] = ("SUPPLY", "SUPPLY", "WITHDRAW", "SUPPLY", "UTILIZATION")
        catalogue = world.part(Catalogue)
        for store in world.stores.values():
            for number in range(SEEDED if store.model in {"FBY", "LAAS"} else 0):
                random = world.random("supply", store.id, number)
                offers = [catalogue.offer_id(at) for at in range(min(catalogue.offers, 3 + number))]
                planned = {offer_id: random.randint(1, 50) for offer_id in offers}
                created = world.now() - random.uniform(HOUR, 10 * DAY)
                self._add(store.id, kinds[number % len(kinds)], planned, created)

    def _add(self, campaign_id: int, kind: Kind, planned: Mapping[str, int], created: float) -> Supply:
        number = len(self._supplies)
        id_ = 1_000_000 * (1 + self._world.seed % 1_000) + number
        catalogue = self._world.part(Catalogue)
        lines = []
        for offer_id, count in planned.items():
            position = catalogue.position(offer_id)
            if position is None:
                raise LookupError(f"offer_id={offer_id!r}: there is no such product")
            profile = catalogue.profile(position)
            missing = self._world.random("missing", id_, offer_id).choice((0, 0, 0, 1))
            lines.append(Line(offer_id, profile.name, profile.price, count, missing))
        supply = self._supplies[id_] = Supply(id_, campaign_id, kind, created, lines)
        return supply

    def of(self, campaign_id: int) -> Iterator[Supply]:
        """Give the requests of a store, by their ids."""
        return (supply for supply in self._supplies.values() if supply.campaign_id == campaign_id)

    def find(self, supply_id: int) -> Supply | None:
        """Find a request."""
        return self._supplies.get(supply_id)

    def create(self, offers: Mapping[str, int], *, campaign_id: int | None = None, kind: Kind = "SUPPLY") -> int:
        """Make a request, as the seller does in the account: the API has no method for it.

        Args:
            offers: how many of each SKU.
            campaign_id: the store, of the model FBY or LAAS; the first of those where it is left out.
            kind: SUPPLY, WITHDRAW or UTILIZATION.

        Returns:
            The id of the request.

        Raises:
            LookupError: there is no such product.
            ValueError: there is no such store, or no such kind.
        """
        with self._world.lock:
            stores = [store.id for store in self._world.stores.values() if store.model in {"FBY", "LAAS"}]
            if kind not in LIFE:
                raise ValueError(f"kind={kind!r}: must be one of {', '.join(LIFE)}")
            if not stores or campaign_id not in {None, *stores}:
                raise ValueError(f"campaign_id={campaign_id}: must be a store of the model FBY or LAAS: {stores}")
            return self._add(campaign_id or stores[0], kind, offers, self._world.now()).id

    def _named(self, supply_id: int) -> Supply:
        supply = self.find(supply_id)
        if supply is None:
            raise LookupError(f"supply_id={supply_id}: there is no such request")
        return supply

    def advance(self, supply_id: int) -> str:
        """Let a request go on to its next status, without the clock.

        Args:
            supply_id: the request.

        Returns:
            The status.

        Raises:
            LookupError: there is no such request.
        """
        with self._world.lock:
            supply, now = self._named(supply_id), self._world.now()
            age = now - supply.created
            ahead = [since for since, _ in LIFE[supply.kind] if since > age]
            if ahead:
                supply.created = now - ahead[0]
            return supply.stage(now)[1]

    def cancel(self, supply_id: int) -> None:
        """Cancel a request.

        Raises:
            LookupError: there is no such request.
        """
        with self._world.lock:
            self._named(supply_id).cancelled = self._world.now()

    def ids(self, campaign_id: int) -> list[int]:
        """Tell the ids of the requests of a store."""
        with self._world.lock:
            return [supply.id for supply in self.of(campaign_id)]


@shelf("supplies")
def stored(world: World, key: str) -> Stored:
    """Give a document of a request."""
    kind, _, id_ = key.partition("-")
    supply = world.part(Supplies).find(int(id_))
    if supply is None:
        raise LookupError(key)
    lines = [f"{kind} {supply.id}", iso(supply.created), *(f"{line.offer_id}  {line.planned}" for line in supply.lines)]
    return Stored(pdf([lines]), f"{kind.lower()}-{supply.id}.pdf", PDF)

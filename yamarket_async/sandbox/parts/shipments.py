"""Shipments of FBS orders: one for each store and day, their life cycle as a table, and what a test does with them."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import msgspec

from yamarket_async.sandbox.moments import DAY, HOUR, midnight
from yamarket_async.sandbox.parts.order_cycles import READY, SHIPPED, STARTED
from yamarket_async.sandbox.parts.order_making import ACCEPTED_TILL
from yamarket_async.sandbox.parts.order_records import Order
from yamarket_async.sandbox.parts.orders import HANDED_OVER, Orders, shipment_id_of
from yamarket_async.sandbox.world import World

PLANNED_FROM = 10 * HOUR
"""The second of the day from which on a shipment is handed over."""

TRANSFER_BEFORE = 1_800.0
"""Seconds before a shipment is formed until which orders can be moved to the next one."""

TRANSFER_TAKES = 600.0
"""Seconds that moving orders takes."""

INBOUND_ACT_AFTER = 3 * HOUR
"""Seconds after the acceptance at which the act of what really arrived is there."""

CREATED = "OUTBOUND_CREATED"
FORMED = "OUTBOUND_READY_FOR_CONFIRMATION"
CONFIRMED = "OUTBOUND_CONFIRMED"
SIGNED = "OUTBOUND_SIGNED"
ACCEPTED = "ACCEPTED"
DISCREPANT = "ACCEPTED_WITH_DISCREPANCIES"
FINISHED = "FINISHED"

DONE = frozenset({CONFIRMED, SIGNED, ACCEPTED, DISCREPANT, FINISHED})
"""The statuses of a shipment that was confirmed."""

ARRIVED = frozenset({ACCEPTED, DISCREPANT, FINISHED})
"""The statuses of a shipment that was accepted."""


class ShipmentStep(NamedTuple):
    """What comes after a status: by the Market at a second of the shipment's day, or by the seller."""

    to: str
    at: float
    by: str = "market"


STEPS: Mapping[str, ShipmentStep] = {
    CREATED: ShipmentStep(FORMED, ACCEPTED_TILL - DAY),
    FORMED: ShipmentStep(CONFIRMED, HANDED_OVER, "seller"),
    CONFIRMED: ShipmentStep(ACCEPTED, HANDED_OVER),
    SIGNED: ShipmentStep(ACCEPTED, HANDED_OVER),
    ACCEPTED: ShipmentStep(FINISHED, HANDED_OVER + DAY),
    DISCREPANT: ShipmentStep(FINISHED, HANDED_OVER + DAY),
}
"""The life cycle of a shipment."""

DESCRIPTIONS: Mapping[str, str] = {
    CREATED: "Формируется",
    FORMED: "Можно подтвердить",
    CONFIRMED: "Подтверждена",
    SIGNED: "Подписана",
    ACCEPTED: "Принята",
    DISCREPANT: "Принята с расхождениями",
    FINISHED: "Завершена",
}
"""What the statuses are called."""


@dataclass(slots=True)
class Shipment:
    """A shipment. Moments are epoch seconds.

    Attributes:
        id: its id.
        campaign_id: its store.
        day: the day of it.
        status: its status.
        since: since when.
        pallets: how many pallets the seller told.
        external_id: the id that the seller has for it.
        signed: whether its act was signed electronically.
        missing: orders that didn't arrive.
        discrepant: whether its acceptance had discrepancies, also once it is finished.
        accepted_at: when it was accepted.
    """

    id: int
    campaign_id: int
    day: date
    status: str
    since: float
    pallets: int = 0
    external_id: str | None = None
    signed: bool = False
    missing: list[int] = field(default_factory=list)
    discrepant: bool = False
    accepted_at: float = math.inf

    def at(self, second: float) -> float:
        """Tell when a second of its day is."""
        return midnight(self.day) + second

    @property
    def by_the_market(self) -> bool:
        """Whether the Market fetches it, instead of the seller bringing it."""
        return self.day.toordinal() % 2 == 0


class ShipmentState(msgspec.Struct, frozen=True):
    """How a shipment stands: what a test looks at.

    Attributes:
        id: the shipment.
        campaign_id: its store.
        day: its day, YYYY-MM-DD.
        status: its status.
        order_ids: its orders, cancelled ones too.
    """

    id: int
    campaign_id: int
    day: str
    status: str
    order_ids: tuple[int, ...]


class Shipments:
    """All shipments of the business; each is there as long as an order goes with it, and ever after."""

    HANDS = ("of_order", "advance", "accept", "state")
    """The methods that are for tests."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._shipments: dict[int, Shipment] = {}
        # Gathered anew whenever somebody looks.
        self._going: defaultdict[tuple[int, date], list[Order]] = defaultdict(list)

    def of_order(self, order_id: int) -> int:
        """Tell which shipment an FBS order goes with.

        Raises:
            ValueError: no such FBS order, or a test order, which goes with none.
        """
        with self._world.lock:
            order = self._world.part(Orders).find(order_id)
            if order is None or order.model != "FBS" or order.fake:
                raise ValueError(f"order_id={order_id}: there is no such FBS order that is real")
            return shipment_id_of(self._world, order)

    def advance(self, shipment_id: int) -> ShipmentState:
        """Take the next step of a shipment at once, the Market's or the seller's; its orders ship when it is accepted.

        Raises:
            ValueError: no such shipment, or nothing comes next.
        """
        with self._world.lock:
            found = self._known(shipment_id)
            step = STEPS.get(found.status)
            if step is None:
                raise ValueError(f"shipment_id={shipment_id}: nothing comes after {found.status}")
            self.move(found, step.to, self._world.now())
            if step.to == ACCEPTED:
                self._hand_over(found)
            return self.state(shipment_id)

    def accept(self, shipment_id: int, missing: Sequence[int] = ()) -> ShipmentState:
        """Let a sorting centre accept a shipment.

        Args:
            shipment_id: the shipment, which was confirmed.
            missing: orders that didn't arrive, so that there are discrepancies.

        Raises:
            ValueError: no such shipment, it isn't confirmed, or it has no such orders.
        """
        with self._world.lock:
            found = self._known(shipment_id)
            if found.status not in {CONFIRMED, SIGNED}:
                raise ValueError(f"shipment_id={shipment_id}: it is {found.status}, not confirmed")
            unknown = set(missing) - {order.id for order in self.orders(found)}
            if unknown:
                raise ValueError(f"missing={sorted(unknown)}: not in the shipment")
            found.missing = list(missing)
            found.discrepant = bool(missing)
            self.move(found, DISCREPANT if missing else ACCEPTED, self._world.now())
            self._hand_over(found)
            return self.state(shipment_id)

    def state(self, shipment_id: int) -> ShipmentState:
        """Tell how a shipment stands.

        Raises:
            ValueError: no such shipment.
        """
        with self._world.lock:
            found = self._known(shipment_id)
            ids = tuple(order.id for order in self.orders(found))
            return ShipmentState(found.id, found.campaign_id, found.day.isoformat(), found.status, ids)

    def all(self, campaign_id: int) -> Iterator[Shipment]:
        """Give the shipments of a store, in the order of their days."""
        self._settle()
        return (
            self._shipments[key] for key in sorted(self._shipments) if self._shipments[key].campaign_id == campaign_id
        )

    def find(self, shipment_id: int, campaign_id: int | None = None) -> Shipment | None:
        """Find a shipment, of a store where one is named; None where there is none."""
        self._settle()
        found = self._shipments.get(shipment_id)
        return None if found is None or campaign_id not in {None, found.campaign_id} else found

    def orders(self, shipment: Shipment) -> list[Order]:
        """Give the orders of a shipment, cancelled ones too."""
        return self._going[shipment.campaign_id, shipment.day]

    def move(self, shipment: Shipment, status: str, at: float) -> None:
        """Bring a shipment to a status."""
        shipment.status, shipment.since = status, at
        shipment.signed = shipment.signed or status == SIGNED
        if status in {ACCEPTED, DISCREPANT}:
            shipment.accepted_at = at

    def leaving(self, shipment: Shipment) -> list[int]:
        """Give the orders that are being moved to another shipment."""
        return [order.id for order in self.orders(shipment) if any(each.what == "transfer" for each in order.changes)]

    def _settle(self) -> None:
        """Let there be a shipment for each order, and let everything happen to it that is due by the clock."""
        now = self._world.now()
        self._going = defaultdict(list)
        for order in self._world.part(Orders).all():
            if order.model == "FBS" and not order.fake:
                self._going[order.campaign_id, order.shipment_day].append(order)
        for (campaign_id, going_on), orders in self._going.items():
            id_ = shipment_id_of(self._world, orders[0])
            if id_ not in self._shipments:
                made = Shipment(id_, campaign_id, going_on, CREATED, orders[0].created)
                self._shipments[id_] = made
                self._confirm_old(made)
        for shipment in self._shipments.values():
            step = STEPS.get(shipment.status)
            while step is not None and step.by == "market" and max(shipment.at(step.at), shipment.since) <= now:
                self.move(shipment, step.to, max(shipment.at(step.at), shipment.since))
                step = STEPS.get(shipment.status)

    def _confirm_old(self, shipment: Shipment) -> None:
        """Let a shipment of the time before the sandbox began have been confirmed, as its orders were shipped."""
        began = self._world.part(Orders).began
        shipped = (order.stage_at(began) not in {None, STARTED, READY} for order in self.orders(shipment))
        if shipment.at(HANDED_OVER) <= began and any(shipped):
            self.move(shipment, CONFIRMED, shipment.at(PLANNED_FROM))

    def _hand_over(self, shipment: Shipment) -> None:
        orders = self._world.part(Orders)
        for order in self.orders(shipment):
            if order.stage == READY and order.id not in shipment.missing:
                orders.move(order, SHIPPED, self._world.now())

    def _known(self, shipment_id: int) -> Shipment:
        found = self.find(shipment_id)
        if found is None:
            raise ValueError(f"shipment_id={shipment_id}: there is no such shipment")
        return found

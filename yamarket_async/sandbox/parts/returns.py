"""Returns and unredeemed orders, and what a test does with them."""

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from operator import itemgetter
from typing import Any, Literal

import msgspec

from yamarket_async.sandbox.moments import DAY, iso
from yamarket_async.sandbox.parts.operations import Operations
from yamarket_async.sandbox.parts.order_cycles import DELIVERED
from yamarket_async.sandbox.parts.order_records import Order
from yamarket_async.sandbox.parts.orders import Orders
from yamarket_async.sandbox.parts.return_cycles import DECIDED, Return, ReturnItem, refund_step, shipment_step
from yamarket_async.sandbox.parts.settling import Settling
from yamarket_async.sandbox.parts.telling import Telling
from yamarket_async.sandbox.world import World

ReturnType = Literal["RETURN", "UNREDEEMED"]

MOST_PICTURES = 100
"""How many pictures a buyer may send of each thing: each is drawn."""

_USUAL = {"reason": "DOES_NOT_FIT", "subreason": "USER_DID_NOT_LIKE", "comment": "Не подошло", "pictures": 0}


class ReturnState(msgspec.Struct, frozen=True):
    """How a return stands: what a test looks at.

    Attributes:
        id: the return.
        order_id: its order.
        refund_status: the status of the money; None for an unredeemed order.
        shipment_status: the status of the goods; None where they don't come back, or not yet.
        item_ids: the ids of what comes back.
    """

    id: int
    order_id: int
    refund_status: str | None
    shipment_status: str | None
    item_ids: tuple[int, ...]


class Returns:
    """All returns of the business."""

    HANDS = ("open", "advance", "ship", "dispute", "state")
    """The methods that are for tests."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._returns: dict[int, Return] = {}
        self._first = 5_000_000 + world.seed % 1_000 * 100_000
        self._next_due = math.inf
        with world.part(Telling).silence():
            self._fill()
            self._settle()
        world.part(Settling).join(self._settle)

    def open(
        self,
        order_id: int,
        items: Mapping[str, int] | None = None,
        *,
        type: ReturnType = "RETURN",  # noqa: A002 — the documentation's name for it
        decision: bool = False,
        fast: bool = False,
        reason: str = "BAD_QUALITY",
        subreason: str = "DAMAGED",
        comment: str = "Пришло сломанным",
        pictures: int = 1,
    ) -> int:
        """Let a buyer return an order, or not redeem it.

        Args:
            order_id: the order: delivered; for UNREDEEMED on its way, or cancelled there.
            items: SKUs with their counts; everything where it is left out.
            type: RETURN, or UNREDEEMED: the order is cancelled, or delivered where the buyer takes some of it.
            decision: the seller is asked what to do, as is always so for DBS.
            fast: the money goes back without the goods.
            reason: why, out of `ReturnDecisionReasonType`.
            subreason: why more exactly.
            comment: what the buyer says.
            pictures: how many pictures the buyer sends, 0 to 100.

        Returns:
            The id of the return.

        Raises:
            ValueError: no such order, or it can't be returned, or too many pictures.
        """
        if not 0 <= pictures <= MOST_PICTURES:
            raise ValueError(f"pictures={pictures}: must be from 0 to {MOST_PICTURES}")
        with self._world.lock:
            orders = self._world.part(Orders)
            order = orders.known(order_id)
            if type == "UNREDEEMED" and order.status not in {"DELIVERY", "PICKUP", "CANCELLED"}:
                raise ValueError(f"order_id={order.id}: it is {order.status}, not on its way")
            if type == "RETURN" and order.status not in {"DELIVERED", "PARTIALLY_RETURNED"}:
                raise ValueError(f"order_id={order_id}: it is {order.status}, only what was delivered can be returned")
            wanted = items if items is not None else self.returnable(order)
            short = self.wrong_counts(order, wanted)
            if short or not wanted:
                raise ValueError(f"items: not so many of {short} in the order")
            if type == "UNREDEEMED" and order.status != "CANCELLED":
                kept = self.returnable(order) - Counter(wanted)
                missed = ("CANCELLED", "DELIVERY_SERVICE_UNDELIVERED")
                orders.move(order, DELIVERED if kept else missed, self._world.now())
            about = {"reason": reason, "subreason": subreason, "comment": comment, "pictures": pictures}
            given = [{"offer_id": sku, "count": count, **about} for sku, count in wanted.items()]
            refund = None if type == "UNREDEEMED" else "STARTED_BY_USER"
            if refund and decision and order.model != "DBS":
                refund = "PREMODERATION_DECISION_WAITING"
            return self.create(order, given, type=type, refund=refund, fast=fast).id

    def advance(self, return_id: int) -> ReturnState:
        """Take the next step of a return at once: of the money, and when that is done, of the goods.

        Where the seller is to decide, the time for it passes.

        Raises:
            ValueError: no such return, or nothing comes next.
        """
        with self._world.lock:
            found, now = self._known(return_id), self._world.now()
            step = refund_step(found)
            if step is not None:
                self._refund(found, step.to, now)
                return self.state(return_id)
            return self.ship(return_id)

    def ship(self, return_id: int) -> ReturnState:
        """Take the next step of the goods of a return at once.

        Raises:
            ValueError: no such return, or nothing comes next.
        """
        with self._world.lock:
            found = self._known(return_id)
            step = shipment_step(found)
            if step is None:
                raise ValueError(f"return_id={return_id}: nothing comes after {found.refund}, {found.shipment}")
            self._ship(found, step.to, self._world.now())
            return self.state(return_id)

    def dispute(self, return_id: int) -> ReturnState:
        """Let the buyer disagree with what the seller decided.

        Raises:
            ValueError: no such return, or the seller hasn't just decided.
        """
        with self._world.lock:
            found = self._known(return_id)
            if found.refund != "PREMODERATION_DECISION_MADE":
                raise ValueError(f"return_id={return_id}: it is {found.refund}, not PREMODERATION_DECISION_MADE")
            self._refund(found, "PREMODERATION_DISPUTE", self._world.now())
            return self.state(return_id)

    def state(self, return_id: int) -> ReturnState:
        """Tell how a return stands.

        Raises:
            ValueError: no such return.
        """
        with self._world.lock:
            found = self._known(return_id)
            return ReturnState(
                found.id, found.order_id, found.refund, found.shipment, tuple(item.id for item in found.items)
            )

    def all(self, campaign_id: int) -> Iterator[Return]:
        """Give the returns of a store, in the order of their ids."""
        self._world.part(Settling).settle()
        return (each for each in self._returns.values() if each.campaign_id == campaign_id)

    def find(self, return_id: int) -> Return | None:
        """Find a return; None where there is none."""
        self._world.part(Settling).settle()
        return self._returns.get(return_id)

    def _fill(self) -> None:
        """Let one in four orders that were delivered before the sandbox began have been returned a day later."""
        orders = self._world.part(Orders)
        for order in orders.all():
            if order.status == "DELIVERED" and order.since + DAY <= orders.began and order.id % 4 == 0:
                given = [{"offer_id": line.offer_id, "count": line.count, **_USUAL} for line in order.lines]
                self.create(order, given, type="RETURN", refund="STARTED_BY_USER", at=order.since + DAY)

    def _settle(self) -> None:
        now = self._world.now()
        if now < self._next_due:
            return
        for each in self._returns.values():
            while each.due <= now:
                self._happen(each)
        self._next_due = min((each.due for each in self._returns.values()), default=math.inf)

    def returnable(self, order: Order) -> Counter[str]:
        """Count what of an order hasn't been returned."""
        left: Counter[str] = Counter()
        for line in order.lines:
            left[line.offer_id] += line.count
        for each in self._returns.values():
            if each.order_id == order.id and each.shipment != "CANCELLED":
                left.subtract({item.offer_id: item.count for item in each.items})
        return +left

    def wrong_counts(self, order: Order, wanted: Mapping[str, int]) -> list[str]:
        """Give the SKUs of which there aren't so many to return."""
        left = self.returnable(order)
        return [sku for sku, count in wanted.items() if not 1 <= count <= left[sku]]

    def create(
        self,
        order: Order,
        items: list[dict[str, Any]],
        *,
        type: ReturnType,  # noqa: A002 — the documentation's name for it
        refund: str | None,
        fast: bool = False,
        external_id: str | None = None,
        at: float | None = None,
    ) -> Return:
        """Make a return of items that were checked."""
        id_, now = self._first + len(self._returns) + 1, self._world.now() if at is None else at
        made = Return(
            id=id_,
            order_id=order.id,
            campaign_id=order.campaign_id,
            model=order.model,
            type=type,
            created=now,
            updated=now,
            items=[_item(order, id_ * 1_000 + number, each) for number, each in enumerate(items, 1)],
            refund=refund,
            refund_since=now,
            shipment=None if fast or refund == "PREMODERATION_DECISION_WAITING" else "CREATED",
            shipment_since=now,
            external_id=external_id,
            fast=fast,
        )
        self._returns[id_] = made
        self._plan(made)
        told = [{"offerId": item.offer_id, "count": item.count} for item in made.items]
        fields = {"returnId": id_, "returnType": type, "items": told, "createdAt": iso(now)}
        self._world.part(Telling).tell("ORDER_RETURN_CREATED", made.campaign_id, orderId=order.id, **fields)
        return made

    def decide(self, found: Return) -> None:
        """Let the decisions of a seller hold, which its items have."""
        self._refund(found, DECIDED[found.refund or ""], self._world.now())

    def cancel_later(self, found: Return) -> str:
        """Begin to cancel a return; give the id of the operation."""
        operation = self._world.part(Operations).begin("RETURN_CANCELLATION")
        found.cancel_due, found.cancel_operation = operation.due, operation.id
        self._plan(found)
        return operation.id

    def _known(self, return_id: int) -> Return:
        found = self.find(return_id)
        if found is None:
            raise ValueError(f"return_id={return_id}: there is no such return")
        return found

    def _coming(self, found: Return) -> Iterator[tuple[float, Callable[[float], None]]]:
        """Tell what happens to a return by itself, and when."""
        refund, shipment = refund_step(found), shipment_step(found)
        if found.cancel_due is not None:
            yield found.cancel_due, lambda at: self._cancel(found, at)
        if refund is not None:
            yield found.refund_since + refund.after, lambda at: self._refund(found, refund.to, at)
        if shipment is not None:
            yield found.shipment_since + shipment.after, lambda at: self._ship(found, shipment.to, at)

    def _plan(self, found: Return) -> None:
        found.due = min((due for due, _ in self._coming(found)), default=math.inf)
        self._next_due = min(self._next_due, found.due)

    def _happen(self, found: Return) -> None:
        due, act = min(self._coming(found), key=itemgetter(0))
        act(due)

    def _cancel(self, found: Return, at: float) -> None:
        operation = self._world.part(Operations).known(found.cancel_operation)
        found.cancel_due = None
        if found.shipment != "CREATED" or operation.failed:
            operation.failed = True
            self._plan(found)
            return
        found.refund = "CANCELLED"
        self._ship(found, "CANCELLED", at)

    def _refund(self, found: Return, status: str, at: float) -> None:
        found.refund, found.refund_since, found.updated = status, at, at
        if status == "STARTED_BY_USER" and found.shipment is None and not found.fast:
            found.shipment, found.shipment_since = "CREATED", at
        if status == "REFUNDED":
            self._returned(found, at)
        self._plan(found)
        self._tell(found, at, refundStatus=status)

    def _returned(self, found: Return, at: float) -> None:
        orders = self._world.part(Orders)
        order = orders.known(found.order_id)
        status = "PARTIALLY_RETURNED" if self.returnable(order) else "RETURNED"
        orders.move(order, (status, order.substatus), at)

    def _ship(self, found: Return, status: str, at: float) -> None:
        found.shipment, found.shipment_since, found.updated = status, at, at
        self._plan(found)
        self._tell(found, at, shipmentStatus=status)

    def _tell(self, found: Return, at: float, **statuses: str) -> None:
        fields = {"orderId": found.order_id, "returnId": found.id, "statuses": statuses, "updatedAt": iso(at)}
        self._world.part(Telling).tell("ORDER_RETURN_STATUS_UPDATED", found.campaign_id, **fields)


def _item(order: Order, item_id: int, given: dict[str, Any]) -> ReturnItem:
    line = next(line for line in order.lines if line.offer_id == given["offer_id"])
    seals = (f"{item_id} {number}".encode() for number in range(given["pictures"]))
    return ReturnItem(
        id=item_id,
        line_id=line.id,
        offer_id=line.offer_id,
        count=given["count"],
        price=line.price,
        reason=given["reason"],
        subreason=given["subreason"],
        comment=given["comment"],
        images=[hashlib.blake2b(seal, digest_size=16).hexdigest() for seal in seals],
    )

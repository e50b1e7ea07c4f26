"""The orders of the pretend Market, and what a test does with them: place, advance, cancel."""

import math
from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from yamarket_async.sandbox.moments import DAY, HOUR, day, days_after, iso, midnight
from yamarket_async.sandbox.parts.operations import Operations
from yamarket_async.sandbox.parts.order_cycles import (
    AT_POINT,
    BY_LETTER,
    CANCELLATION_ANSWER,
    CYCLES,
    DELIVERED,
    DELIVERED_NOT_RECEIVED,
    DELIVERY_NOT_RECEIVED,
    DIGITAL_LETTER,
    LAPSES,
    PAYMENT,
    READY,
    RECEIVED,
    RESERVED,
    SHIPPED,
    STARTED,
    UNPAID,
    Stage,
    Step,
)
from yamarket_async.sandbox.parts.order_making import Items, make
from yamarket_async.sandbox.parts.order_records import Address, Change, Line, Order, Person
from yamarket_async.sandbox.parts.settling import Settling
from yamarket_async.sandbox.parts.stocks import Stocks
from yamarket_async.sandbox.parts.telling import Telling
from yamarket_async.sandbox.world import Store, World

Delivery = Literal["DELIVERY", "PICKUP"]

ORDERS = 20
"""How many orders each store has at first."""

STORED_DAYS = 7
"""How many days a pick-up point keeps an order."""

HANDED_OVER = 18 * HOUR
"""The second of the day at which shipments are handed over."""

FAKES_KEPT = 10 * DAY
"""Seconds after which a test order is gone."""


class OrderState(msgspec.Struct, frozen=True):
    """How an order stands: what a test looks at.

    Attributes:
        id: the order.
        campaign_id: its store.
        status: its status.
        substatus: its substatus.
        item_ids: the ids of its lines.
        box_ids: the ids of its boxes.
        shipment_id: the shipment that it goes with; None but for FBS.
        cancel_requested: whether the buyer wishes to cancel and waits for an answer.
    """

    id: int
    campaign_id: int
    status: str
    substatus: str
    item_ids: tuple[int, ...]
    box_ids: tuple[int, ...]
    shipment_id: int | None
    cancel_requested: bool


def shipment_id_of(world: World, order: Order) -> int:
    """Tell which shipment an order goes with: one for each store and day."""
    return (list(world.stores).index(order.campaign_id) + 1) * 10_000_000 + order.shipment_day.toordinal()


class Orders:
    """All orders of the business.

    Attributes:
        refused_codes: marking codes that don't pass the check, with the substatus of each; "" where the check failed.
        began: when the sandbox began, in epoch seconds; what happened before is made up.
    """

    HANDS = (
        "place",
        "advance",
        "cancel",
        "request_cancellation",
        "dispute",
        "call_buyer",
        "eac_code",
        "refuse_code",
        "state",
    )
    """The methods that are for tests."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._orders: dict[int, Order] = {}
        self._first = 40_000_000 + world.seed % 1_000 * 1_000_000
        self._next_due = math.inf
        self.refused_codes: dict[str, str] = {}
        self.began = world.now()
        with world.part(Telling).silence():
            self._fill(self.began)
            self._settle()
        world.part(Settling).join(self._settle)

    def place(
        self,
        model: str | None = None,
        items: Items | None = None,
        *,
        campaign_id: int | None = None,
        delivery: Delivery = "DELIVERY",
        digital: str = "",
        yandex_delivery: bool = False,
        unpaid: bool = False,
        draft: bool = False,
        prepaid: bool = True,
        business: bool = False,
        fake: bool = False,
        notes: str = "",
        until: str | None = None,
    ) -> int:
        """Let a buyer place an order.

        Args:
            model: the placement model of the store: FBS, FBY, DBS, EXPRESS, LAAS; the first store by default.
            items: SKUs with their counts, or a list of SKUs, or of mappings with offerId and, where wanted, count,
                price, requires (the kinds of codes it must have: CIS, CIS_OPTIONAL, UIN, RNPT, GTD) and promo (it
                takes part in one); one of some product where it is left out.
            campaign_id: the store, in place of `model`.
            delivery: DELIVERY to a door, or PICKUP at a point.
            digital: a kind of digital goods, in a DBS store: EMAIL, ACTIVATION_CODE, STEAM_GIFT, CHAT.
            yandex_delivery: Yandex Delivery brings it for a DBS store.
            unpaid: the buyer hasn't paid yet.
            draft: it is RESERVED until the store confirms it (LaaS).
            prepaid: it was paid when it was placed.
            business: the buyer is an organisation.
            fake: it is a test order.
            notes: what the buyer says to it.
            until: the status to lead it to at once, as `advance` does.

        Returns:
            The id of the order.

        Raises:
            ValueError: no such store or product, or no way to that status.
        """
        with self._world.lock:
            store = self._store(model, campaign_id)
            if digital and (store.model != "DBS" or digital not in {"EMAIL", "ACTIVATION_CODE", "STEAM_GIFT", "CHAT"}):
                raise ValueError(
                    f"digital={digital!r}: must be EMAIL, ACTIVATION_CODE, STEAM_GIFT or CHAT, in a DBS store"
                )
            order = self._make(store, self._world.now(), items)
            order.delivery = "DIGITAL" if digital else delivery
            order.digital, order.yandex_delivery = digital, yandex_delivery
            order.prepaid, order.business, order.fake, order.notes = prepaid, business, fake, notes
            self._take(order)
            self.enter(order, UNPAID if unpaid else RESERVED if draft else STARTED)
            while until is not None and order.status != until:
                self.advance(order.id)
            return order.id

    def advance(self, order_id: int) -> OrderState:
        """Take the next step of an order's life cycle at once, be it the Market's, the seller's or the buyer's.

        Raises:
            ValueError: no such order, or nothing comes next.
        """
        with self._world.lock:
            order = self.known(order_id)
            step = next_step(order)
            if step is None:
                raise ValueError(f"order_id={order_id}: nothing comes after {order.status}/{order.substatus}")
            self.move(order, step.to, self._world.now())
            return self.state(order_id)

    def cancel(self, order_id: int, substatus: str = "USER_CHANGED_MIND") -> OrderState:
        """Let the Market cancel an order.

        Args:
            order_id: the order.
            substatus: the reason.

        Raises:
            ValueError: no such order, or it was delivered or cancelled.
        """
        with self._world.lock:
            self.move(self._open(order_id), ("CANCELLED", substatus), self._world.now())
            return self.state(order_id)

    def request_cancellation(self, order_id: int) -> OrderState:
        """Let the buyer wish to cancel.

        In DELIVERY and PICKUP a DBS store has 48 hours to answer; any other order is cancelled at once.

        Raises:
            ValueError: no such order, or it was delivered or cancelled.
        """
        with self._world.lock:
            order, now = self._open(order_id), self._world.now()
            if order.model != "DBS" or order.status not in {"DELIVERY", "PICKUP"}:
                return self.cancel(order_id)
            order.cancel_requested_at = now
            self.touch(order)
            self._tell("ORDER_CANCELLATION_REQUEST", order, requestedAt=iso(now))
            return self.state(order_id)

    def dispute(self, order_id: int) -> OrderState:
        """Let the buyer of a DBS order say that it didn't come; `cancel` is what the arbitration may end with.

        Raises:
            ValueError: no such order, or it is neither on its way nor delivered.
        """
        with self._world.lock:
            order = self.known(order_id)
            disputed = {RECEIVED: DELIVERY_NOT_RECEIVED, DELIVERED: DELIVERED_NOT_RECEIVED}.get(order.stage)
            if order.model != "DBS" or disputed is None:
                raise ValueError(f"order_id={order_id}: it is a {order.model} order, {order.status}/{order.substatus}")
            self.move(order, disputed, self._world.now())
            return self.state(order_id)

    def call_buyer(self, order_id: int, times: int = 3) -> None:
        """Let the seller call the buyer in vain; it takes three calls to cancel for USER_UNREACHABLE.

        Raises:
            ValueError: no such order.
        """
        with self._world.lock:
            self.known(order_id).calls += times

    def eac_code(self, order_id: int) -> str:
        """Tell the code that the courier of an Express order gives to the seller; "" before one is found.

        Raises:
            ValueError: no such order.
        """
        with self._world.lock:
            return self.known(order_id).eac_code

    def refuse_code(self, code: str, substatus: str = "") -> None:
        """Let a marking code not pass the check, whenever it is given.

        Args:
            code: the code.
            substatus: why; "" where the check itself fails and the code may be sent again.
        """
        with self._world.lock:
            self.refused_codes[code] = substatus

    def state(self, order_id: int) -> OrderState:
        """Tell how an order stands.

        Raises:
            ValueError: no such order.
        """
        with self._world.lock:
            order = self.known(order_id)
            return OrderState(
                id=order.id,
                campaign_id=order.campaign_id,
                status=order.status,
                substatus=order.substatus,
                item_ids=tuple(line.id for line in order.lines),
                box_ids=tuple(box.id for box in order.boxes),
                shipment_id=shipment_id_of(self._world, order) if order.model == "FBS" else None,
                cancel_requested=order.cancel_requested_at is not None,
            )

    def all(self, campaign_id: int | None = None) -> Iterator[Order]:
        """Give all orders, or those of a store, in the order of their ids."""
        self._world.part(Settling).settle()
        oldest = self._world.now() - FAKES_KEPT
        return (
            order
            for order in self._orders.values()
            if campaign_id in {None, order.campaign_id} and not (order.fake and order.created < oldest)
        )

    def find(self, order_id: int, campaign_id: int | None = None) -> Order | None:
        """Find an order, of a store where one is named; None where there is none."""
        self._world.part(Settling).settle()
        order = self._orders.get(order_id)
        if order is None or campaign_id not in {None, order.campaign_id}:
            return None
        return None if order.fake and order.created < self._world.now() - FAKES_KEPT else order

    def known(self, order_id: int) -> Order:
        """Find an order that there must be.

        Raises:
            ValueError: there is no such order.
        """
        order = self.find(order_id)
        if order is None:
            raise ValueError(f"order_id={order_id}: there is no such order")
        return order

    def _settle(self) -> None:
        now = self._world.now()
        if now < self._next_due:
            return
        for order in self._orders.values():
            while order.due <= now:
                self._happen(order)
        self._next_due = min((order.due for order in self._orders.values()), default=math.inf)

    def create(
        self,
        campaign_id: int,
        items: Items,
        *,
        buyer: Person,
        to: Address,
        external_id: str,
        warehouse_id: int,
        draft: bool,
        fake: bool,
    ) -> Order:
        """Place an order for a LaaS store; its delivery is the caller's to set."""
        order = self._make(self._world.stores[campaign_id], self._world.now(), items)
        order.buyer, order.address, order.fake = buyer, to, fake
        order.external_id, order.warehouse_id = external_id, warehouse_id
        self._take(order)
        self.enter(order, RESERVED if draft else STARTED)
        return order

    def enter(self, order: Order, stage: Stage) -> None:
        """Let an order that was made begin its life."""
        order.status, order.substatus = stage
        order.history = [(order.created, stage)]
        self.plan(order)
        items = [{"offerId": line.offer_id, "count": line.count} for line in order.lines]
        self._tell("ORDER_CREATED", order, items=items, createdAt=iso(order.created))

    def move(self, order: Order, stage: Stage, at: float) -> None:
        """Bring an order to a stage."""
        order.status, order.substatus = stage
        order.since = order.updated = at
        order.history.append((at, stage))
        if stage == AT_POINT:
            order.stored_till = days_after(day(at), STORED_DAYS)
        elif stage == DELIVERED:
            order.real_day = order.real_day or day(at)
        elif stage[1] == "COURIER_FOUND":
            self.new_eac_code(order)
        if order.final:
            order.cancel_requested_at = None
        if order.status == "CANCELLED":
            self._put_back(order)
        self.plan(order)
        if order.status == "CANCELLED":
            items = [{"offerId": line.offer_id, "count": line.count} for line in order.lines]
            self._tell("ORDER_CANCELLED", order, items=items, cancelledAt=iso(at))
        else:
            fields = {"status": stage[0], "substatus": stage[1], "updatedAt": iso(at)}
            self._tell("ORDER_STATUS_UPDATED", order, **fields)

    def new_eac_code(self, order: Order) -> None:
        """Give the courier of an Express order a code."""
        order.eac_codes_made += 1
        order.eac_tries = 0
        random = self._world.random("eac", order.id, order.eac_codes_made)
        order.eac_code = f"{random.randrange(10_000):04}"

    def touch(self, order: Order) -> None:
        """Remember that an order changed now."""
        order.updated = self._world.now()
        self.plan(order)

    def updated(self, order: Order, update_type: str) -> None:
        """Remember that a date of an order changed now, which the seller is told."""
        self.touch(order)
        self._tell("ORDER_UPDATED", order, updateType=update_type, updatedAt=iso(order.updated))

    def later(self, order: Order, change: Change) -> None:
        """Let a change happen when it is due."""
        order.changes.append(change)
        self.plan(order)

    def plan(self, order: Order) -> None:
        """Find out when something happens to an order next."""
        moments = [change.due for change in order.changes]
        if order.cancel_requested_at is not None:
            moments.append(order.cancel_requested_at + CANCELLATION_ANSWER)
        step = by_itself(order)
        if step is not None:
            moments.append(_due(order, step))
        order.due = min(moments, default=math.inf)
        self._next_due = min(self._next_due, order.due)

    def _happen(self, order: Order) -> None:
        """Let the next thing happen to an order that is due."""
        at = order.due
        change = next((change for change in order.changes if change.due == at), None)
        step = by_itself(order)
        if change is not None:
            order.changes.remove(change)
            self._apply(order, change)
        elif step is not None and _due(order, step) == at:
            self.move(order, step.to, at)
        else:
            self.move(order, ("CANCELLED", "USER_CHANGED_MIND"), at)

    def _apply(self, order: Order, change: Change) -> None:
        operation = self._world.part(Operations).find(change.operation_id)
        failed = order.final or (operation is not None and operation.failed)
        if operation is not None:
            operation.failed = failed
        if failed:
            self.plan(order)
            return
        order.updated = change.due
        if change.what == "cancel":
            self.move(order, ("CANCELLED", change.value), change.due)
            return
        for name, value in change.value.items():
            setattr(order, name, value)
        self.plan(order)
        if change.what == "transfer":
            self._tell("ORDER_UPDATED", order, updateType="SHIPMENT_DATE_UPDATED", updatedAt=iso(change.due))

    def _take(self, order: Order) -> None:
        """Take what is ordered out of the stock, where there is as much; a test order takes nothing."""
        for line in order.lines:
            if not order.fake and self._take_line(order, line, line.count):
                line.taken = line.count

    def _put_back(self, order: Order) -> None:
        for line in order.lines:
            if line.taken:
                self._take_line(order, line, -line.taken)
                line.taken = 0

    def _take_line(self, order: Order, line: Line, count: int) -> bool:
        stocks = self._world.part(Stocks)
        return stocks.take(line.offer_id, count, campaign_id=order.campaign_id, warehouse_id=order.warehouse_id)

    def _tell(self, kind: str, order: Order, **fields: Any) -> None:
        self._world.part(Telling).tell(kind, order.campaign_id, orderId=order.id, **fields)

    def _open(self, order_id: int) -> Order:
        order = self.known(order_id)
        if order.final and order.stage != DELIVERED_NOT_RECEIVED:
            raise ValueError(f"order_id={order_id}: it is {order.status} already")
        return order

    def _store(self, model: str | None, campaign_id: int | None) -> Store:
        stores = self._world.stores
        if campaign_id is not None:
            if campaign_id not in stores:
                raise ValueError(f"campaign_id={campaign_id}: there is no such store")
            return stores[campaign_id]
        for store in stores.values():
            if model in {None, store.model}:
                return store
        raise ValueError(f"model={model!r}: there is no such store; Sandbox(campaigns=[…]) says which there are")

    def _make(self, store: Store, at: float, items: Items | None) -> Order:
        order = make(self._world, self._first + len(self._orders) + 1, store, at, items)
        self._orders[order.id] = order
        return order

    def _fill(self, now: float) -> None:
        """Give each store the orders of its last weeks, in all stages."""
        count = int(self._world.settings.get("orders", ORDERS))
        if not int(self._world.settings["offers"]):
            return
        for number in range(count):
            for store in self._world.stores.values():
                # The nearer to now, the more orders, so that there are some in each stage.
                age = ((count - number) / count) ** 2 * 20 * DAY
                order = self._make(store, now - age, None)
                order.delivery = "PICKUP" if number % 3 == 1 and store.model != "EXPRESS" else "DELIVERY"
                self.enter(order, STARTED)
                # The latest quarter waits for the seller.
                if number < count * 3 // 4:
                    self._live(order, now, cancelled=number % 7 == 3)

    def _live(self, order: Order, now: float, *, cancelled: bool) -> None:
        """Lead an order through its life until now, as everybody usually does."""
        step = next_step(order)
        while step is not None and (at := max(_due(order, step), order.since + step.after)) <= now:
            if cancelled:
                self.move(order, ("CANCELLED", "USER_CHANGED_MIND"), at)
            else:
                self.move(order, step.to, at)
            step = next_step(order)


def next_step(order: Order) -> Step | None:
    """Tell what comes next in the life of an order, whoever does it."""
    if order.stage == UNPAID:
        return PAYMENT
    step = CYCLES[order.cycle].get(order.stage)
    if step is not None and order.stage == RECEIVED and order.delivery == "PICKUP":
        return step._replace(to=AT_POINT)
    return step


def by_itself(order: Order) -> Step | None:
    """Tell what the Market does next, without anybody."""
    if order.stage in LAPSES:
        return LAPSES[order.stage]
    if order.keys_at is not None and order.digital in BY_LETTER and not order.final:
        return Step(DELIVERED, order.keys_at - order.since + DIGITAL_LETTER)
    step = next_step(order)
    # Nobody ships a test order but the seller who makes it.
    return step if step is not None and step.by == "market" and not order.fake else None


def _due(order: Order, step: Step) -> float:
    """Tell when a step of the Market is due: an order ships no sooner than its shipment."""
    if order.stage == READY and step.to == SHIPPED:
        return max(order.since + step.after, midnight(order.shipment_day) + HANDED_OVER)
    return order.since + step.after

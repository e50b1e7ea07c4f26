"""The hands of a test: what it may do with the sandbox that no method of the Market does, by families."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from yamarket_async.sandbox.notifications import Notifications
from yamarket_async.sandbox.parts.assortment import Prices, Products
from yamarket_async.sandbox.parts.bids import Bids
from yamarket_async.sandbox.parts.chats import Chats
from yamarket_async.sandbox.parts.documents import Documents
from yamarket_async.sandbox.parts.feedback import FeedbackOnGoods
from yamarket_async.sandbox.parts.operations import Operations
from yamarket_async.sandbox.parts.orders import Orders
from yamarket_async.sandbox.parts.outlets import Outlets
from yamarket_async.sandbox.parts.promos import Promos
from yamarket_async.sandbox.parts.questions import Questions
from yamarket_async.sandbox.parts.ratings import Ratings
from yamarket_async.sandbox.parts.reports import Reports
from yamarket_async.sandbox.parts.returns import Returns
from yamarket_async.sandbox.parts.settling import Settling
from yamarket_async.sandbox.parts.shipments import Shipments
from yamarket_async.sandbox.parts.stocks import Stocks
from yamarket_async.sandbox.parts.supplies import Supplies
from yamarket_async.sandbox.world import Snapshot, World

Hand = Callable[..., Any]


class Hands:
    """The part of a `Sandbox` that a test takes things in hand with.

    Attributes:
        notifications: where notifications go, and what came of them.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.notifications = Notifications(world)
        world.watch(Settling)
        self._kept: list[Snapshot] = []

    @property
    def products(self) -> Products:
        """Products: add, hide, archive, delete them, and let the Market make or refuse their cards."""
        return self.world.part(Products)

    @property
    def prices(self) -> Prices:
        """Prices: set them, and put them into quarantine."""
        return self.world.part(Prices)

    @property
    def stocks(self) -> Stocks:
        """Stocks: set how much of a product lies in a warehouse, and take some."""
        return self.world.part(Stocks)

    @property
    def promos(self) -> Promos:
        """Promotions: announce them, end them, and see who takes part."""
        return self.world.part(Promos)

    @property
    def bids(self) -> Bids:
        """Bids for sales boosting."""
        return self.world.part(Bids)

    @property
    def documents(self) -> Documents:
        """Documents of products, and what the registry says of them."""
        return self.world.part(Documents)

    @property
    def reports(self) -> Reports:
        """The reports and documents that were ordered: how long they take, and what becomes of them."""
        return self.world.part(Reports)

    @property
    def chats(self) -> Chats:
        """The chats: what buyers write, disputes."""
        return self.world.part(Chats)

    @property
    def feedback(self) -> FeedbackOnGoods:
        """The feedback on products: what buyers leave and comment."""
        return self.world.part(FeedbackOnGoods)

    @property
    def questions(self) -> Questions:
        """The questions about products: what buyers ask and answer."""
        return self.world.part(Questions)

    @property
    def ratings(self) -> Ratings:
        """The quality index of the stores: which orders spoil it."""
        return self.world.part(Ratings)

    @property
    def outlets(self) -> Outlets:
        """The outlets with their licenses: what the moderators say."""
        return self.world.part(Outlets)

    @property
    def supplies(self) -> Supplies:
        """The supplies to warehouses of the Market: how they go on."""
        return self.world.part(Supplies)

    @property
    def orders(self) -> Orders:
        """The orders of all stores: `place`, `advance`, `cancel` and more."""
        return self.world.part(Orders)

    @property
    def operations(self) -> Operations:
        """What is changed later in LaaS stores: `status`, `fail`."""
        return self.world.part(Operations)

    @property
    def returns(self) -> Returns:
        """Returns and unredeemed orders: `open`, `advance`, `ship`, `dispute`."""
        return self.world.part(Returns)

    @property
    def shipments(self) -> Shipments:
        """Shipments of FBS orders: `of_order`, `advance`, `accept`."""
        return self.world.part(Shipments)

    def _own_hands(self) -> dict[str, Hand]:
        """Give the hands of these families, by their names over HTTP."""
        notifications = self.notifications
        return {
            "now": self.world.now,
            "snapshot": self._keep,
            "restore": self._return,
            "notifications/send_to": notifications.send_to,
            "notifications/stop": notifications.stop,
            "notifications/send": notifications.send,
            "notifications/attempts": notifications.attempts,
            "notifications/pending": notifications.pending,
            "notifications/wait": notifications.delivered,
            **self._hands_of(reports=Reports, chats=Chats, feedback=FeedbackOnGoods, questions=Questions),
            **self._hands_of(products=Products, prices=Prices, stocks=Stocks, promos=Promos, bids=Bids),
            **self._hands_of(documents=Documents, orders=Orders, operations=Operations),
            **self._hands_of(returns=Returns, shipments=Shipments),
            **self._hands_of(ratings=Ratings, outlets=Outlets, supplies=Supplies),
        }

    def _hands_of(self, **parts: type[Any]) -> dict[str, Hand]:
        """Give the methods of parts that are named in their `HANDS`, as `chats/say`."""
        hands: dict[str, Hand] = {}
        for part, kind in parts.items():
            hands |= self._hands_named(part, kind, kind.HANDS)
        return hands

    def _hands_named(self, part: str, kind: type[Any], names: Iterable[str]) -> dict[str, Hand]:
        """Give methods of a part by their names over HTTP.

        The part is looked up with each call: another one stands in its place after `reset` and `restore`.
        """

        def hand(name: str) -> Hand:
            @wraps(getattr(kind, name))
            def do(**given: Any) -> Any:
                return getattr(self.world.part(kind), name)(**given)

            return do

        return {f"{part}/{name}": hand(name) for name in names}

    def _keep(self) -> int:
        """Copy everything that is remembered; tell the number under which `restore` finds it."""
        self._kept.append(self.world.snapshot())
        return len(self._kept) - 1

    def _return(self, number: int) -> None:
        """Return to a snapshot.

        Args:
            number: what `snapshot` told.
        """
        if not 0 <= number < len(self._kept):
            raise LookupError(f"there is no snapshot {number}: take one with snapshot")
        self.world.restore(self._kept[number])

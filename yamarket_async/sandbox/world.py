"""What the pretend Market remembers: one world with one clock, in parts that each family of answers makes."""

import copy
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from random import Random
from threading import RLock
from typing import Any, Protocol, TypeVar

import msgspec

from yamarket_async.sandbox.tokens import Tokens

MODELS = ("FBS", "FBY", "DBS", "EXPRESS", "LAAS")
"""The placement models that a store can have."""

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC).timestamp()
LATEST = datetime(9000, 1, 1, tzinfo=UTC).timestamp()
"""Where the clock may stand, in epoch seconds: what is told of the past and the future has to be dates too."""


def _nothing() -> None:
    """Do nothing: nobody waits for the clock."""


def _nobody(kind: str, fields: Mapping[str, Any]) -> None:
    """Do nothing: no notifications are sent."""


class Clock:
    """The server's clock.

    Attributes:
        moved: called when it was set, by whoever waits for it.

    Raises:
        ValueError: it would not stand between the years 2000 and 9000. It stays where it was then.
    """

    def __init__(self, offset: float) -> None:
        self._offset = _within(offset)
        self.moved: Callable[[], None] = _nothing

    @property
    def offset(self) -> float:
        """Seconds by which it is ahead of the local one."""
        return self._offset

    @offset.setter
    def offset(self, offset: float) -> None:
        self._offset = _within(offset)
        self.moved()

    def now(self) -> float:
        """Tell it, in epoch seconds."""
        return time.time() + self.offset


def _within(offset: float) -> float:
    here = time.time()
    if not EARLIEST - here <= offset <= LATEST - here:
        raise ValueError(f"clock_offset={offset}: must keep the clock between the years 2000 and 9000")
    return offset


class Store(msgspec.Struct, frozen=True):
    """A store of the business.

    Attributes:
        id: the campaignId.
        model: the placement model.
        name: its name.
    """

    id: int
    model: str
    name: str


class Part(Protocol):
    """What a family of answers remembers. It is made when first asked for."""

    def __init__(self, world: "World") -> None: ...


class Settles(Part, Protocol):
    """A part in which something happens by itself as time passes."""

    def settle(self) -> None:
        """Let happen what is due by the clock."""


P = TypeVar("P", bound=Part)


class World:
    """A business with its stores, and whatever is remembered of it.

    Attributes:
        seed: what everything follows from.
        business_id: the business.
        stores: its stores, by campaignId.
        clock: the server's clock.
        settings: how the sandbox was made, by the names of its arguments.
        tokens: the page tokens.
        lock: held while a call is answered, and by whoever changes the world from another thread.
        on_notification: takes the notifications that there are, with their type and their fields.
    """

    def __init__(
        self, *, seed: int, business_id: int, stores: Sequence[Store], clock: Clock, settings: dict[str, Any]
    ) -> None:
        self.seed = seed
        self.business_id = business_id
        self.stores = {store.id: store for store in stores}
        self.clock = clock
        self.settings = settings
        self.tokens = Tokens(seed)
        self.lock = RLock()
        self.on_notification: Callable[[str, Mapping[str, Any]], None] = _nobody
        self._parts: dict[type[Any], Any] = {}
        self._watched: dict[type[Settles], None] = {}

    def part(self, kind: type[P]) -> P:
        """Give a part of the world, made when first asked for: `world.part(Orders)`."""
        with self.lock:
            if kind not in self._parts:
                self._parts[kind] = kind(self)
            found: P = self._parts[kind]
            return found

    def now(self) -> float:
        """Tell the server's clock, in epoch seconds."""
        return self.clock.now()

    def notify(self, kind: str, fields: Mapping[str, Any]) -> None:
        """Tell the seller what happened. It goes nowhere until the sandbox is given a URL for notifications.

        Args:
            kind: the type: `ORDER_CREATED`, `CHAT_MESSAGE_SENT`.
            fields: what it holds beside its type, as JSON has it: `orderId`, `items`, `campaignId` where it is of a
                store. `businessId`, and the moment that its type has (`createdAt`, `updatedAt` …), may be left out:
                they are this business and the present moment then.
        """
        self.on_notification(kind, fields)

    def watch(self, kind: "type[Settles]") -> None:
        """Let a part be looked at when the clock has moved, though nobody reads it: what happens there is told."""
        self._watched[kind] = None

    def settle(self) -> None:
        """Let happen what is due by the clock in the parts that are watched."""
        with self.lock:
            for kind in list(self._watched):
                self.part(kind).settle()

    def random(self, *what: object) -> Random:
        """Give a source of chance that follows from the seed and from what it is for, never from the order of calls."""
        return Random(blake2b(repr((self.seed, *what)).encode(), digest_size=16).digest())

    def snapshot(self) -> "Snapshot":
        """Copy everything that is remembered."""
        with self.lock:
            # The parts hold the world itself, which is not copied with them.
            parts = copy.deepcopy(self._parts, {id(self): self})
            return Snapshot(parts, self.clock.offset)

    def restore(self, snapshot: "Snapshot") -> None:
        """Return to a snapshot, which may be returned to again."""
        with self.lock:
            self._parts = copy.deepcopy(snapshot.parts, {id(self): self})
            self.clock.offset = snapshot.offset

    def reset(self, offset: float) -> None:
        """Forget everything that has happened."""
        with self.lock:
            self._parts.clear()
            self.clock.offset = offset


class Snapshot:
    """A copy of everything that a sandbox remembers, to return to with `restore`."""

    def __init__(self, parts: dict[type[Any], Any], offset: float) -> None:
        self.parts = parts
        self.offset = offset

"""Dropping what was seen before: the Market sends a notification at least once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import wraps
from hashlib import blake2b
from typing import Final, Literal, Protocol

import msgspec

from yamarket_async.errors import InvalidRequest, MarketError
from yamarket_async.notifications.calling import Callback, call
from yamarket_async.notifications.structs import Notification, Ping, UnknownNotification

logger = logging.getLogger("yamarket_async.notifications")

_DETAILS: Final = frozenset({"items", "order_line_services", "cancel_reason", "published_at", "return_type"})
"""Fields that say more about an event, and not which event it is."""


_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class StoreUnavailable(MarketError):
    """Whatever keeps what was seen can't be reached."""


class SeenStore(Protocol):
    """What `Deduplicated` needs: keys that are claimed by one at a time, and kept once they are confirmed."""

    async def claim(self, key: str) -> Literal["new", "seen", "busy"]:
        """Claim a key: "new" gives it to the caller, "seen" was confirmed before, "busy" is claimed by another."""
        ...

    async def confirm(self, key: str) -> None:
        """Keep a claimed key."""
        ...

    async def release(self, key: str) -> None:
        """Forget a claimed key."""
        ...


class MemoryStore:
    """Keeps in this process what was seen, the latest of it.

    Args:
        max_size: how many notifications to remember, 1 or more; about 150 bytes each.

    Raises:
        InvalidRequest: the argument is out of bounds.
    """

    def __init__(self, max_size: int = 100_000) -> None:
        if isinstance(max_size, bool) or not isinstance(max_size, int) or max_size < 1:
            raise InvalidRequest("max_size", max_size, "must be a whole number, 1 or more")
        self._max_size = max_size
        self._claimed = set[str]()
        self._seen = dict[str, None]()

    def __len__(self) -> int:
        return len(self._seen)

    async def claim(self, key: str) -> Literal["new", "seen", "busy"]:
        """Claim a key, as `SeenStore.claim` says."""
        if key in self._seen:
            return "seen"
        if key in self._claimed:
            return "busy"
        self._claimed.add(key)
        return "new"

    async def confirm(self, key: str) -> None:
        """Keep a claimed key, and forget the oldest one where there are too many."""
        self._claimed.discard(key)
        self._seen[key] = None
        if len(self._seen) > self._max_size:
            del self._seen[next(iter(self._seen))]

    async def release(self, key: str) -> None:
        """Forget a claimed key."""
        self._claimed.discard(key)


class Deduplicated:
    """Gives a callback each notification once, of those that the store remembers.

    ```python
    @notifications.Deduplicated(notifications.RedisStore.from_url("redis://…"))
    async def on_notification(notification: notifications.Notification) -> None: ...
    ```

    A notification counts as seen when the callback came to its end; where it raises or is cancelled, the next one is
    taken. One that comes while the first is being worked on waits for its outcome.

    The order stays unknown: what comes later can be older. The later `event_time` is right, and the API knows best:

    ```python
    async def on_notification(notification: notifications.Notification) -> None:
        if isinstance(notification, notifications.OrderStatusUpdated):
            if notification.event_time <= database.changed_at(notification.order_id):
                return  # something later is known already
            orders = await market.get_business_orders(business_id, order_ids=[notification.order_id])
            database.save(orders[0])  # as it is now, which may be ahead of the notification
    ```

    Args:
        store: where to remember: `MemoryStore()` for one process (the default), `RedisStore` for many.
        on_unavailable: what to do where the store can't be reached. "raise" raises `StoreUnavailable`, which `handler`
            answers with 500, so that the Market sends it again. "process" calls back at the risk of doing it twice,
            which suits `background=True`, where nothing is sent again.
        poll: seconds, above 0, between two looks at one that another is working on.

    Raises:
        InvalidRequest: an argument is out of bounds.
    """

    def __init__(
        self,
        store: SeenStore | None = None,
        *,
        on_unavailable: Literal["raise", "process"] = "raise",
        poll: float = 0.1,
    ) -> None:
        if on_unavailable not in {"raise", "process"}:
            raise InvalidRequest("on_unavailable", on_unavailable, "must be 'raise' or 'process'")
        if not poll > 0:
            raise InvalidRequest("poll", poll, "must be a number of seconds above 0")
        self._store = MemoryStore() if store is None else store
        self._goes_on_alone = on_unavailable == "process"
        self._poll = poll

    def __call__(self, callback: Callback) -> Callable[[Notification], Awaitable[None]]:
        """Wrap a callback. Those that one `Deduplicated` wraps share what they have seen."""

        @wraps(callback)
        async def once(notification: Notification) -> None:
            if isinstance(notification, Ping):
                await call(callback, notification)
            else:
                await self._once(callback, notification)

        return once

    async def _once(self, callback: Callback, notification: Notification) -> None:
        key = key_of(notification)
        try:
            # Asked again, since whoever has it may be another process.
            while (claim := await self._store.claim(key)) == "busy":  # noqa: ASYNC110
                await asyncio.sleep(self._poll)
        except StoreUnavailable as error:
            if not self._goes_on_alone:
                raise
            logger.warning("taking a notification that may have been seen: %s", error)
            await call(callback, notification)
            return
        if claim == "seen":
            logger.debug("dropped a notification that was seen before: %s", key)
            return
        try:
            await call(callback, notification)
        except BaseException:
            await self._tell(self._store.release(key))
            raise
        await self._tell(self._store.confirm(key))

    @staticmethod
    async def _tell(word: Awaitable[None]) -> None:
        """Tell the store how it ended. Where that fails it ended nevertheless, and the worst is a second time."""
        try:
            await word
        except StoreUnavailable as error:
            logger.warning("a notification may come to the callback twice: %s", error)


def key_of(notification: Notification) -> str:
    """Make the key by which repeats are known: the type, the ids, the moment, and what a status became.

    What only says more about the event, as the list of products, doesn't count.
    """
    if isinstance(notification, UnknownNotification):
        kind, told = notification.notification_type, notification.raw
    else:
        kind = notification.notification_type
        values = [getattr(notification, field) for field in notification.__struct_fields__ if field not in _DETAILS]
        # One moment is one number, whatever the time zone.
        told = msgspec.json.encode([v - _EPOCH if isinstance(v, datetime) else v for v in values])
    # Of a fixed length, whatever ids were sent.
    return f"{kind[:100]}:{blake2b(told, digest_size=16).hexdigest()}"

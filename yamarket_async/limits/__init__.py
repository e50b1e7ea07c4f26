"""The limits of the Market: what they are, and the protocol of whatever keeps them.

`local.LocalLimiter` keeps them inside one process, `redis.RedisLimiter` for many. The arithmetic of both is that of
`window.Window`, `slots.Slots` and `clock.ServerClock`, which do no I/O and read no clock; the calls of a process wait
in the lines of `waiting`.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final, Literal, NamedTuple, Protocol

import msgspec

logger = logging.getLogger("yamarket_async.limits")

Unit = Literal["requests", "request_items", "response_items"]


class Limit(msgspec.Struct, frozen=True):
    """A resource limit of the Market, for one method and one entity.

    Attributes:
        amount: how many units a period holds, 1 or more.
        period: the length of the window in seconds, more than 0.
        unit: what a call costs: 1 ("requests"), the size of the collection that it sends ("request_items"), or of the
            one that it gets ("response_items").
    """

    amount: int
    period: float = 60.0
    unit: Unit = "requests"


class Entity(NamedTuple):
    """What a limit belongs to: a campaign, a business, or whatever the token stands for (id 0)."""

    kind: Literal["campaign", "business", "token"]
    id: int

    def __str__(self) -> str:
        return f"{self.kind} {self.id}" if self.id else self.kind


TOKEN: Final = Entity("token", 0)
"""The entity of operations whose path names neither a campaign nor a business."""


class Wait(msgspec.Struct, frozen=True):
    """A call starts to wait for a limit.

    Attributes:
        endpoint: the method, by the name that the documentation gives it.
        entity: the campaign or business whose limit it is.
        seconds: how long the wait will be, as far as can be told now.
    """

    endpoint: str
    entity: Entity
    seconds: float


class LimitState(msgspec.Struct, frozen=True, gc=False):
    """What is known of the limit of one method and entity at this moment.

    Attributes:
        endpoint: the method.
        entity: the campaign or business.
        amount: the amount in force in the current window; None while neither a page nor an answer has told.
        remaining: what is left of it, less what is on its way.
        renews_at: when the window ends, by the Market's clock; None until an answer has told.
    """

    endpoint: str
    entity: Entity
    amount: int | None
    remaining: int | None
    renews_at: datetime | None


class LimitHeaders(msgspec.Struct, frozen=True, gc=False):
    """The `X-RateLimit-Resource-*` headers of an answer, read against its `Date`. Moments are epoch seconds.

    Attributes:
        amount: the amount in force.
        remaining: what remained of it once this request was counted.
        until: when the window ends.
        date: when the answer was made, in whole seconds, rounded down.
    """

    amount: int
    remaining: int
    until: float
    date: float


class Demand(msgspec.Struct, frozen=True, gc=False):
    """What a request needs before it may be sent.

    Attributes:
        endpoint: the method; with `entity` the key of the resource limit.
        entity: the campaign or business; alone the key of the parallel limit.
        limit: the documented limit, or the caller's figure in place of it; None where no figure is published.
        items: the most items that the request can cost where items are counted, 1 or more. Where requests are, each
            costs 1. `limit.unit` is what to start from; the answers tell what holds.
        max_parallel: requests at once for the entity, over all methods that have no figure of their own, 1 or more.
        method_parallel: requests at once for this method and entity, 1 or more, where the method has a figure of its
            own; None where it hasn't. Such a method is bounded by that figure alone: it takes none of the entity's
            slots, and needs none of them to be free.
    """

    endpoint: str
    entity: Entity
    limit: Limit | None
    items: int
    max_parallel: int
    method_parallel: int | None = None


class Outcome(msgspec.Struct, frozen=True, gc=False):
    """What came of a request, told to the limiter together with its release.

    Attributes:
        kind: "unsent" — it never left (cancelled before, no connection): costs nothing;
            "answered" — 2xx, or 4xx other than 420: costs;
            "failed" — 5xx: costs nothing;
            "lost" — sent, and no answer came: counts as spent until a later answer tells;
            "exhausted" — 420, the resource limit is used up;
            "parallel" — 420, too many requests at once.
        headers: what the answer said of the limit; None where it said nothing that can be read.
        parallel: the N of "N parallel requests".
    """

    kind: Literal["unsent", "answered", "failed", "lost", "exhausted", "parallel"]
    headers: LimitHeaders | None = None
    parallel: int | None = None


class Lease(Protocol):
    """Permission to send one request: a share of the limit and one of the parallel slots, until it is released."""

    @property
    def waited(self) -> float:
        """Seconds that the limit has held the call up, as `max_wait` counts them.

        Waits for a slot, or for an answer that tells what it cost, are not among them.
        """
        ...


class Limiter(Protocol):
    """Whatever keeps the limits. Every implementation of it passes `tests/limits/test_every_limiter.py`.

    For each grant the limiter takes the cost from the window of (endpoint, entity) and a slot of the entity, or of the
    method where it has a figure of its own, both in the same moment. Waiters of one key are served in the order in
    which they came; other keys don't hold them up.
    """

    async def acquire(
        self,
        demand: Demand,
        *,
        max_wait: float | None = None,
        on_wait: Callable[[Wait], None] | None = None,
    ) -> Lease:
        """Wait until the request may be sent.

        Args:
            demand: what the request needs.
            max_wait: seconds that the limit may hold it up; None for as long as it takes.
            on_wait: called once, when the wait for the resource limit begins.

        Raises:
            QuotaExceeded: the wait would pass `max_wait`; raised at once where that can be known.
            LimiterUnavailable: the limits can't be kept at present.
        """
        ...

    def release(self, lease: Lease, outcome: Outcome) -> None:
        """Give the slot back and settle the share of the limit. Never blocks, so it is safe under cancellation."""
        ...

    def bind_token(self, business_id: int, *, token: Entity = TOKEN) -> None:
        """Let the operations of a token share the parallel slots of the business that it belongs to.

        The Market counts requests whose path names neither a campaign nor a business with those of the business of the
        key. Whoever learns which one that is says so here; saying it again changes nothing.

        Args:
            business_id: the business.
            token: what the operations of the token have as their entity.

        Raises:
            InvalidRequest: that entity is no token.
        """
        ...

    def states(self) -> list[LimitState]:
        """Tell what is known of each key that was used lately."""
        ...

    async def aclose(self) -> None:
        """Let go of connections and timers, as each client does when it is closed.

        Several clients may share a limiter: calls of another one that wait go on waiting, and the limiter may be used
        again afterwards.
        """
        ...


def announce(demand: Demand, seconds: float, state: LimitState, on_wait: Callable[[Wait], None] | None) -> None:
    """Say, in the log and to the caller, that a call starts to wait."""
    logger.info(
        "%s waits %.1f s for the limit of %s: %s of %s remain",
        demand.endpoint,
        seconds,
        demand.entity,
        state.remaining,
        state.amount,
    )
    if on_wait is not None:
        on_wait(Wait(demand.endpoint, demand.entity, seconds))

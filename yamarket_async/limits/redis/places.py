"""What a worker has at each entity: the calls that wait, the requests on their way, and what is to be given back."""

import asyncio
from collections.abc import Callable, Iterator
from itertools import islice
from math import inf
from typing import cast

from yamarket_async.limits import Demand, Entity, LimitState, Outcome, Wait
from yamarket_async.limits.redis.script import LISTED, Said, Standing, Waits, name_of
from yamarket_async.limits.waiting import Line, Waiter


class Grant:
    """A request that may be sent."""

    __slots__ = ("demand", "number", "place", "waited")

    def __init__(self, number: int, demand: Demand, place: "Place") -> None:
        self.number = number
        self.demand = demand
        self.place = place
        self.waited = 0.0


class Call(Waiter[Grant]):
    """A call that waits for its grant.

    Attributes:
        arrived_at: the local moment at which it came.
        requests_ahead: how many calls of other workers came before it, as far as it is known.
        items_ahead: what those can cost.
        opens_at: the local moment up to which the limit holds it up, as it was reckoned last.
        reckoned_at: the local moment at which the limit stood as it was reckoned with.
        patience: seconds that it waits for a Redis that doesn't answer.
        watch: the timer that looks after that.
    """

    __slots__ = ("arrived_at", "items_ahead", "opens_at", "patience", "reckoned_at", "requests_ahead", "watch")

    def __init__(
        self,
        demand: Demand,
        number: int,
        *,
        now: float,
        max_wait: float | None,
        on_wait: Callable[[Wait], None] | None,
    ) -> None:
        super().__init__(demand, number, max_wait=max_wait, on_wait=on_wait)
        self.arrived_at = now
        self.requests_ahead: float = inf
        self.items_ahead: float = inf
        self.opens_at = -inf
        self.reckoned_at = -inf
        self.patience = inf
        self.watch: asyncio.TimerHandle | None = None

    @property
    def is_announced(self) -> bool:
        """Whether its caller was told that it waits for the limit."""
        return self._is_announced

    def fail(self, failure: BaseException) -> None:
        """Let it know that it waits in vain."""
        self.failure = cast("Exception", failure)
        self.wake()

    def stop_watching(self) -> None:
        """Have nobody look after it any more."""
        if self.watch is not None:
            self.watch.cancel()
            self.watch = None


class Queue(Line[Grant]):
    """The calls of this worker that wait for one limit.

    Attributes:
        standing: how the limit stood, as Redis told last; None before that.
        told_at: the local moment of that.
    """

    __slots__ = ("_arrived", "name", "place", "speak", "standing", "told_at", "unknown")

    def __init__(self, demand: Demand, place: "Place", speak: Callable[["Place"], None]) -> None:
        super().__init__(demand.endpoint, demand.entity)
        self.name = name_of(demand.endpoint, demand.entity, place.entity)
        self.place = place
        self.speak = speak
        self.standing: Standing | None = None
        self.told_at = 0.0
        self.unknown: list[Call] = []
        """Those that Redis hasn't heard of yet."""

    def delay(self, waiter: Waiter[Grant], now: float) -> float:
        """Estimate how long the limit will hold a call up, as `Line.delay` says."""
        if self.standing is None:
            return 0.0
        call = cast("Call", waiter)
        if call.reckoned_at != self.told_at:
            self._reckon(call, self.standing, *self.ahead_of(call))
        return call.opens_at - now

    def _reckon(self, call: Call, standing: Standing, items: int, requests: int) -> None:
        # What came to other workers later goes later.
        call.requests_ahead = min(call.requests_ahead, standing.requests_ahead)
        call.items_ahead = min(call.items_ahead, standing.items_ahead)
        wait = standing.wait(
            call.demand.items,
            items_ahead=items + int(call.items_ahead),
            requests_ahead=requests + int(call.requests_ahead),
        )
        call.opens_at, call.reckoned_at = self.told_at + wait, self.told_at

    def state(self) -> LimitState:
        """Tell how the limit stands by now."""
        standing, age = self.standing or Standing(), asyncio.get_running_loop().time() - self.told_at
        return standing.state(self.endpoint, self.entity, age)

    def serve(self) -> None:
        """Say that something has changed."""
        self.speak(self.place)

    def give_back(self, grant: Grant) -> None:
        """Give a grant back whose call was cancelled in the moment of it."""
        self.place.held.pop(grant.number, None)
        self.place.releases[grant.number] = Outcome("unsent")
        self.speak(self.place)

    def enqueue(self, waiter: Waiter[Grant]) -> None:
        """Put a call at the end, as yet unknown to Redis."""
        super().enqueue(waiter)
        self.unknown.append(cast("Call", waiter))
        self.place.queues[self.name] = self

    def dequeue(self, waiter: Waiter[Grant]) -> None:
        """Take a call out, and the queue out of its place when it is empty."""
        super().dequeue(waiter)
        if not self.waiters:
            self.place.queues.pop(self.name, None)

    def grant(self, number: int) -> bool:
        """Let a call know that it may go; False where it isn't here."""
        for waiter in self.waiters:
            if waiter.number == number:
                self.dequeue(waiter)
                waiter.grant = self.place.held[number] = Grant(number, waiter.demand, self.place)
                waiter.wake()
                return True
        return False

    def follow(self, standing: Standing, now: float) -> None:
        """Take over how the limit stands, and wake those whose wait is longer than they know."""
        self.standing, self.told_at = standing, now
        new, self.unknown = set(self.unknown), []
        items = 0
        for requests, waiter in enumerate(self.waiters):
            call = cast("Call", waiter)
            if requests == 0 or call in new:
                self._reckon(call, standing, items, requests)
                if call.must_know(call.opens_at - now, now):
                    call.wake()
                new.discard(call)
            if not new:
                break
            items += call.demand.items

    def waits(self, now: float) -> Waits:
        """Say what waits here."""
        listed = [
            (
                waiter.number,
                waiter.demand.items,
                now - cast("Call", waiter).arrived_at,
                waiter.demand.max_parallel,
                waiter.demand.method_parallel or 0,
                waiter.max_wait is None,
            )
            for waiter in islice(self.waiters, LISTED)
        ]
        return Waits(self.waiters[0].demand.limit, listed, len(self.waiters), self.items)


class Place:
    """The calls of this worker at one entity.

    It speaks to Redis one run of the script at a time, and says all that it has then: so an entity costs a connection
    at the most, and whatever was lost on the way is said again.

    Attributes:
        key: of the entity in Redis.
        entity: the entity.
        queues: those in which calls wait, by the names of their limits.
        held: the requests on their way.
        releases: what came of those that are over, until Redis has heard it.
        has_news: whether something came up since it spoke last.
        worker: the id of the worker.
        confirmed_at: the local moment from which the lease of the worker certainly lasts.
        unanswered_since: the local moment since which something waits to be answered; inf where nothing does.
        sending: what speaks at present.
        alarm: what will make it speak.
    """

    __slots__ = (
        "alarm",
        "confirmed_at",
        "entity",
        "has_news",
        "held",
        "key",
        "queues",
        "releases",
        "sending",
        "unanswered_since",
        "worker",
    )

    def __init__(self, key: str, entity: Entity, worker: str) -> None:
        self.key = key
        self.entity = entity
        self.worker = worker
        self.queues: dict[str, Queue] = {}
        self.held: dict[int, Grant] = {}
        self.releases: dict[int, Outcome] = {}
        self.has_news = False
        self.confirmed_at = -inf
        self.unanswered_since = inf
        self.sending: asyncio.Task[bool] | None = None
        self.alarm: asyncio.TimerHandle | None = None

    @property
    def is_in_use(self) -> bool:
        """Whether there is anything to say, now or later."""
        return bool(self.queues or self.held or self.releases)

    def calls(self) -> Iterator[Call]:
        """Give those that wait."""
        return (cast("Call", waiter) for queue in list(self.queues.values()) for waiter in list(queue.waiters))

    def grant(self, number: int) -> bool:
        """Let a call know that it may go; False where nobody waits for that any more."""
        if number in self.held or number in self.releases:
            return True
        return any(queue.grant(number) for queue in list(self.queues.values()))

    def say(self, seq: int, *, lease: float, jitter: float, now: float, probes: bool) -> Said:
        """Tell all that there is."""
        self.has_news = False
        return Said(
            self.worker,
            seq,
            lease,
            jitter,
            [
                (
                    grant.number,
                    name_of(grant.demand.endpoint, grant.demand.entity, self.entity),
                    grant.demand.items,
                    grant.demand.max_parallel,
                    grant.demand.method_parallel or 0,
                )
                for grant in self.held.values()
            ],
            list(self.releases.items()),
            {name: queue.waits(now) for name, queue in self.queues.items()},
            probes,
        )

    def confirm(self, said: Said, sent_at: float) -> None:
        """Note that Redis has heard what was said at `sent_at`."""
        self.confirmed_at, self.unanswered_since = max(self.confirmed_at, sent_at), inf
        for number, _ in said.releases:
            self.releases.pop(number, None)

    def silence(self) -> None:
        """Call the alarm off."""
        if self.alarm is not None:
            self.alarm.cancel()
            self.alarm = None

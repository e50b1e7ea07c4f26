"""One worker: what a process has to do for as long as it uses a limiter.

It says what its calls need, wakes those that are granted, renews its leases, and knows what to do where Redis is away.
"""

import asyncio
import logging
import random
import secrets
from collections.abc import Callable, Coroutine
from functools import partial
from math import inf
from typing import Any, Final, Literal, NamedTuple

import msgspec

from yamarket_async.limits import Demand, Entity
from yamarket_async.limits.local import KEPT
from yamarket_async.limits.redis.places import Call, Grant, Place, Queue
from yamarket_async.limits.redis.script import (
    Message,
    Standing,
    Told,
    entity_in,
    entity_key,
    limit_in,
    name_of,
    read_told,
)
from yamarket_async.limits.redis.server import FAILURES, Server, Unavailable
from yamarket_async.limits.redis.subscription import Subscription
from yamarket_async.limits.waiting import TIMER_MARGIN

logger = logging.getLogger("yamarket_async.limits")

OnUnavailable = Literal["raise", "local", "wait"]

RENEWALS: Final = 4
"""How often a lease is renewed while it lasts, so that one or two lost renewals do no harm."""

CLOSING: Final = 5.0
"""Seconds that closing waits for what is to be given back."""

SHORTEST_PATIENCE: Final = 0.5
"""Seconds that Redis has for an answer, however short the `max_wait` of a call is."""

POLL: Final = 0.25
"""Seconds after which calls that wait ask for themselves while nothing can be heard."""

FIRST_PROBE: Final = 0.1
"""Seconds until the first look whether Redis is back; each further one comes half as much later."""

LAST_PROBE: Final = 1.0
"""Seconds at which that stops growing."""

_SHORTEST_LOOK: Final = 0.005
"""Seconds before the next look, so that a clock a little slower than that of Redis makes no storm of looks."""


class Settings(NamedTuple):
    """What a limiter was told: see `RedisLimiter`."""

    connect: Callable[[], Server]
    prefix: str
    on_unavailable: OnUnavailable
    lease: float
    jitter: Callable[[], float] = random.random


class _Outage:
    """A node of Redis that can't be reached, or a key that can't be used, until a probe is answered."""

    __slots__ = ("failure", "scope")

    def __init__(self, scope: str, failure: Unavailable) -> None:
        self.scope = scope
        self.failure = failure


class Worker:
    """A worker, from its first call to its end.

    Args:
        settings: what the limiter was told.
        standings: where to keep how the limits stand, and at which local moment they did.

    Attributes:
        id: what it is called in Redis: nobody else has that name, and no other time of this process.
        is_closing: whether it is to end as soon as nothing is under way.
    """

    def __init__(self, settings: Settings, standings: dict[tuple[str, Entity], tuple[float, Standing]]) -> None:
        self.id = secrets.token_hex(8)
        self.is_closing = False
        self._settings = settings
        self._loop = asyncio.get_running_loop()
        self._server = settings.connect()
        self._count = 0
        self._places: dict[Entity, Place] = {}
        self._standings = standings
        self._outages: dict[str, _Outage] = {}
        self._tasks = set[asyncio.Task[Any]]()
        self._subscription = Subscription(
            self._server,
            f"{settings.prefix}:worker {self.id}",
            on_message=self._heed,
            on_change=self._look_everywhere,
            on_denied=self._refuse_all,
            is_wanted=lambda: any(place.queues for place in self._places.values()),
        )
        self._hearing: asyncio.Task[None] | None = None
        self._renewing = self._loop.create_task(self._renew())
        self._is_ending = False

    @property
    def now(self) -> float:
        """The moment by the clock of its event loop."""
        return self._loop.time()

    @property
    def has_outage(self) -> bool:
        """Whether something can't be reached at present."""
        return bool(self._outages)

    def check_loop(self) -> None:
        """Check that its event loop is the one that runs."""
        if self._loop is not asyncio.get_running_loop():
            raise RuntimeError("this RedisLimiter belongs to another event loop; await its aclose() there first")

    def outage_at(self, entity: Entity) -> Unavailable | None:
        """Tell why an entity can't be reached; None where it can, as far as is known."""
        outage = self._outage_of(self._place(entity)) if self._outages else None
        return outage.failure if outage else None

    # -- the calls -----------------------------------------------------------------------------------------------------

    def call(self, demand: Demand, **options: Any) -> Call:
        """Make a call that may be let in."""
        self._count += 1
        return Call(demand, self._count, now=self._loop.time(), **options)

    async def acquire(self, call: Call, entity: Entity) -> Grant:
        """Wait for the grant of a call, at the entity whose slots it takes."""
        place = self._place(entity)
        if call.max_wait is not None:
            call.patience = max(call.max_wait, SHORTEST_PATIENCE)
            self._watch(call, place)
        try:
            while True:
                grant = await self._queue(call.demand, place).join(call)
                if self._loop.time() <= place.confirmed_at + self._settings.lease:
                    grant.waited = call.waited
                    return grant
                # This process stood still for so long that others may have been granted the same by now: ask again.
                del place.held[call.number]
                call.grant = None
        finally:
            call.stop_watching()

    def release(self, grant: Grant, outcome: Any) -> None:
        """Give back what a request held. Does nothing for one that gave it back before."""
        place = grant.place
        if place.held.pop(grant.number, None) is not None:
            place.releases[grant.number] = outcome
            self._speak(place)

    def _queue(self, demand: Demand, place: Place) -> Queue:
        name = name_of(demand.endpoint, demand.entity, place.entity)
        return place.queues.get(name) or Queue(demand, place, self._speak)

    def _watch(self, call: Call, place: Place) -> None:
        """Let a call that may not wait for ever wait no longer than that for a Redis that doesn't answer."""
        now = self._loop.time()
        since = max(min(place.unanswered_since, now), call.arrived_at)  # what it didn't wait for isn't counted to it
        if now >= since + call.patience:
            outage = self._outage_of(place)
            silence = TimeoutError(f"no answer within the max_wait of {call.max_wait:.3g} s")
            call.fail(outage.failure.copy() if outage else self._server.unavailable(silence))
        else:
            call.watch = self._loop.call_at(since + call.patience + TIMER_MARGIN, self._watch, call, place)

    def _place(self, entity: Entity) -> Place:
        key = entity_key(self._settings.prefix, entity)
        return self._places.get(entity) or self._places.setdefault(entity, Place(key, entity, self.id))

    # -- what it says, and is told -------------------------------------------------------------------------------------

    def _speak(self, place: Place) -> None:
        """Say what there is, as soon as what was said before is answered."""
        place.has_news = True
        place.unanswered_since = min(place.unanswered_since, self._loop.time())
        self._begin_to_speak(place)

    def _begin_to_speak(self, place: Place) -> None:
        is_away = self._outage_of(place) is not None
        if place.sending is None and not (is_away and (self._settings.on_unavailable != "raise" or not place.queues)):
            place.sending = self._spawn(self._send(place))
            place.sending.add_done_callback(partial(self._end_sending, place))

    async def _send(self, place: Place) -> bool:
        try:
            while place.has_news:
                await self._say_twice(place)
        except Unavailable as failure:
            self._miss(place, failure)
            return False
        return True

    def _end_sending(self, place: Place, task: asyncio.Task[bool]) -> None:
        place.sending = None
        if task.cancelled():
            return
        if (error := task.exception()) is not None:
            for call in place.calls():
                call.fail(error)
        elif not task.result():
            return  # what there still is will be said when Redis is back
        elif place.has_news:
            self._begin_to_speak(place)
        elif not place.is_in_use:
            place.silence()
            self._places.pop(place.entity, None)
            if self.is_closing and not self._places:
                self._end()

    async def _say_twice(self, place: Place) -> None:
        """Say what there is, and once more where it got lost: nothing is done twice."""
        try:
            await self._say(place)
        except Unavailable as failure:
            if not failure.heals:
                raise
        else:
            return
        # Not while the failure is handled: it would be taken for the cause of the next one.
        await self._server.reconnect()
        await self._say(place)

    async def _say(self, place: Place, *, probes: bool = False) -> None:
        self._count += 1
        settings, sent_at = self._settings, self._loop.time()
        place.unanswered_since = min(place.unanswered_since, sent_at)
        said = place.say(self._count, lease=settings.lease, jitter=settings.jitter(), now=sent_at, probes=probes)
        try:
            told = read_told(await self._server.run(place.key, msgspec.msgpack.encode(said)))
        except FAILURES as error:
            place.has_news = True
            raise self._server.unavailable(error) from None
        if told.stale:
            place.has_news = True
            return
        place.confirm(said, sent_at)
        self._follow(place, told)
        outage = self._outage_of(place)
        if outage is not None and outage.failure.heals and (said.waits or probes):
            self._end_outage(outage)

    def _follow(self, place: Place, told: Told) -> None:
        place.silence()
        for number in sorted(told.granted):  # in the order in which they came
            place.has_news |= not place.grant(number)
        self._learn(place, told.standings)
        if place.queues:
            self._hear()
            look_in = inf if told.look_in is None else told.look_in
            self._look_in(place, look_in if self._subscription.is_joined else min(look_in, POLL))

    def _learn(self, place: Place, standings: dict[str, Standing]) -> None:
        now = self._loop.time()
        for name, standing in standings.items():
            self._standings[limit_in(name, place.entity)] = now, standing
            if queue := place.queues.get(name):
                queue.follow(standing, now)

    def _look_in(self, place: Place, seconds: float) -> None:
        """Speak after so many seconds, or sooner where that is to happen anyway."""
        moment = self._loop.time() + max(seconds + TIMER_MARGIN, _SHORTEST_LOOK)
        if seconds < inf and (place.alarm is None or moment < place.alarm.when()):
            place.silence()
            place.alarm = self._loop.call_at(moment, self._ring, place)

    def _ring(self, place: Place) -> None:
        place.alarm = None
        self._speak(place)

    # -- what the runs of other workers have for it --------------------------------------------------------------------

    def _hear(self) -> None:
        if self._hearing is None:
            self._hearing = self._spawn(self._subscription.run())
            self._hearing.add_done_callback(self._end_hearing)

    def _end_hearing(self, _: asyncio.Task[None]) -> None:
        self._hearing = None

    def _heed(self, message: Message) -> None:
        place = self._places.get(entity_in(message.key))
        if place is not None:
            granted = [place.grant(number) for number in message.granted]
            self._learn(place, message.standings)
            if place.queues:
                self._look_in(place, message.look_in)
            if message.look or not all(granted):
                self._speak(place)

    def _look_everywhere(self) -> None:
        for place in self._places.values():
            if place.queues:
                self._speak(place)

    def _refuse_all(self, failure: Unavailable) -> None:
        for place in list(self._places.values()):
            if place.queues:
                self._miss(place, failure)

    # -- what goes on in the background --------------------------------------------------------------------------------

    def _spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _renew(self) -> None:
        """Renew the leases that are due, with one command for each entity, and stop all at the end."""
        try:
            while True:
                round_ = self._settings.lease / RENEWALS
                await asyncio.sleep(round_)
                # Half a round of grace: a lease is stamped a little later than the round that renewed it.
                now = self._loop.time()
                for place in self._places.values():
                    if place.confirmed_at <= now - round_ / 2:
                        self._speak(place)
                for key, (told_at, standing) in list(self._standings.items()):
                    if now > told_at + max(KEPT, standing.period):
                        del self._standings[key]  # nobody has used it for a while
        finally:
            await self._stop()

    async def close(self) -> None:
        """Wait for a while until what was released is given back, and end when nothing is under way any more."""
        patience = self._loop.time() + CLOSING
        while sending := [place.sending for place in self._places.values() if place.sending is not None]:
            await asyncio.wait(sending, timeout=max(0.0, patience - self._loop.time()))
            if self._loop.time() >= patience:
                break
        self.is_closing = True
        if not any(place.queues or place.held for place in self._places.values()):
            self._end()
            await asyncio.wait([self._renewing])

    def _end(self) -> None:
        if not self._is_ending:  # else it would be disturbed while it closes the connections
            self._is_ending = True
            self._renewing.cancel()

    async def _stop(self) -> None:
        for place in self._places.values():
            place.silence()
        while self._tasks:
            # Once is not always enough: redis-py can swallow a cancellation that comes together with a message.
            for task in self._tasks:
                task.cancel()
            await asyncio.wait(self._tasks, timeout=0.05)
        await self._server.aclose()

    @property
    def has_ended(self) -> bool:
        """Whether all is over, so that another worker has to begin."""
        return self._is_ending or self._renewing.done() or self._loop.is_closed()

    # -- Redis is away -------------------------------------------------------------------------------------------------

    def _outage_of(self, place: Place) -> _Outage | None:
        if not self._outages:
            return None
        return self._outages.get(place.key) or self._outages.get(self._server.node_of(place.key))

    def _miss(self, place: Place, failure: Unavailable) -> None:
        """Note that Redis is away for an entity, or for all on its node."""
        scope = place.key if failure.is_of_one_key else self._server.node_of(place.key)
        outage = self._outages.get(scope)
        if outage is None:
            outage = self._outages[scope] = _Outage(scope, failure)
            self._spawn(self._probe(outage, place))
            self._announce(failure)
        outage.failure = failure
        for other in list(self._places.values()):
            if self._outage_of(other) is outage:
                other.silence()
                if self._settings.on_unavailable != "wait" or not failure.heals:
                    for call in other.calls():
                        call.fail(failure.copy())

    def _announce(self, failure: Unavailable) -> None:
        if self._settings.on_unavailable == "local":
            logger.warning("%s; until it is back this process keeps the limits by itself", failure)
        elif self._settings.on_unavailable == "wait" and failure.heals:
            logger.warning("%s; calls wait until it is back", failure)

    async def _probe(self, outage: _Outage, place: Place) -> None:
        """Say what there is until it is answered and others can be heard."""
        delay = FIRST_PROBE
        while self._outages.get(outage.scope) is outage:
            await asyncio.sleep(delay)
            delay = min(LAST_PROBE, delay * 1.5)
            try:
                await self._server.reconnect()
                await self._subscription.check()
                await self._say(place)  # what only gives back is let through where Redis is full
                await self._say(place, probes=True)
            except FAILURES as error:
                logger.debug("%s is still away: %s", self._server.place, type(error).__name__)
            except Unavailable as failure:
                outage.failure = failure
            else:
                self._end_outage(outage)

    def _end_outage(self, outage: _Outage) -> None:
        if self._outages.pop(outage.scope, None) is None:
            return
        if self._settings.on_unavailable != "raise":
            logger.info("%s is back and keeps the limits again", self._server.place)
        for place in self._places.values():
            if place.is_in_use:
                self._speak(place)

"""The limiter of many processes: it keeps in Redis what `local.LocalLimiter` keeps inside one."""

import os
import random
from collections.abc import Callable
from functools import partial
from math import inf
from typing import Any, Final, Self

import msgspec

from yamarket_async.errors import InvalidRequest, LimiterUnavailable
from yamarket_async.limits import TOKEN, Demand, Entity, Lease, LimitState, Outcome, Wait
from yamarket_async.limits.local import LocalLimiter
from yamarket_async.limits.redis.places import Grant
from yamarket_async.limits.redis.script import Standing
from yamarket_async.limits.redis.server import AnyRedis, Server, server_at
from yamarket_async.limits.redis.worker import OnUnavailable, Settings, Worker

LEASE: Final = 15.0
"""Seconds for which a worker that isn't heard of keeps what it holds: the Market gives up on a request after ten, so a
request of a worker that died is over by then."""


class RedisLimiter:
    """Keeps the limits for all processes that name the same Redis and the same prefix.

    Each process holds, at each store, a lease on its shares of the limits and on its slots. The lease is renewed as
    long as the process is alive; one that was killed holds them for `lease` seconds more. Then its slots are free, and
    its shares count as spent until an answer tells.

    An acquisition costs Redis one command and a release another; a call that waits costs a further one for each time
    that its limit opens, and each process one for each of its stores every quarter of `lease`.

    It may be made before a fork, and several clients may share it. It belongs to the event loop in which it is used
    first, until `aclose`.

    Args:
        client: a `redis.asyncio.Redis` or `RedisCluster` of the caller's, which stays the caller's to close: one of a
            `Sentinel`, for instance. `RedisLimiter.from_url` makes one of its own.
        prefix: what all keys and channels begin with.
        on_unavailable: what to do where Redis is away, see `from_url`.
        lease: seconds.
        jitter: draws the random part of a pause, a number from 0 to 1.

    Raises:
        InvalidRequest: an argument is out of bounds.
    """

    def __init__(
        self,
        client: AnyRedis,
        *,
        prefix: str = "yamarket",
        on_unavailable: OnUnavailable = "raise",
        lease: float = LEASE,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        connect = partial(Server, lambda: client, place="Redis", is_ours=False)
        self._set_up(checked(Settings(connect, prefix, on_unavailable, lease, jitter)))

    def _set_up(self, settings: Settings) -> None:
        self._settings = settings
        self._owners: dict[Entity, Entity] = {}
        self._standings: dict[tuple[str, Entity], tuple[float, Standing]] = {}
        self._alone = LocalLimiter(jitter=settings.jitter)
        self._worker: Worker | None = None
        self._pid = 0
        self._left_behind: Worker | None = None

    @classmethod
    def from_url(
        cls,
        url: str,
        *,
        cluster: bool = False,
        prefix: str = "yamarket",
        on_unavailable: OnUnavailable = "raise",
        lease: float = LEASE,
        **redis_kwargs: Any,
    ) -> Self:
        """Make a limiter that keeps its state in Redis or Valkey. Connects when it is first used.

        Args:
            url: `redis://[user:password@]host[:port][/db]`, `rediss://…` with TLS, or `unix://[…@]/path/to/socket`.
            cluster: whether that is a node of a Redis Cluster. All that belongs to a store lies on one of its nodes.
            prefix: what all keys and channels begin with; no braces. Ids of campaigns and businesses are unique, so
                processes with different keys can share it, except where they call what belongs to the key alone
                (getCampaigns) before the key's business is known; give each key a prefix of its own then.
            on_unavailable: what calls do where Redis is away. "raise" raises `LimiterUnavailable` once a repeat has
                failed too. "wait" waits until it is back, but no longer than `max_wait`; what waiting can't mend, such
                as a wrong password, it raises. "local" goes on inside this process, with one request at once for an
                entity, says so once in the log, and returns by itself; processes don't know of each other then, so
                what they send together can be more than allowed, and the Market refuses that with 420.
            lease: seconds, above 0, for which a process that was killed keeps what it held.
            **redis_kwargs: passed on to redis-py's connections: `socket_timeout` (1.5 seconds), `ssl_ca_certs`, …

        Raises:
            InvalidRequest: an argument is out of bounds, or the URL is none of Redis.
        """
        limiter = cls.__new__(cls)
        connect = server_at(url, cluster=cluster, options=redis_kwargs)
        limiter._set_up(checked(Settings(connect, prefix, on_unavailable, lease)))  # noqa: SLF001 - one of its own
        return limiter

    async def acquire(
        self,
        demand: Demand,
        *,
        max_wait: float | None = None,
        on_wait: Callable[[Wait], None] | None = None,
    ) -> Lease:
        """Wait until the request may be sent, as `Limiter.acquire` says.

        What a call spends behind other requests (for a slot, or for an answer that tells what it cost) doesn't count
        towards `max_wait`, as in one process; what it spends on a Redis that doesn't answer does.
        """
        worker = self._open()
        entity = self._owners.get(demand.entity, demand.entity)
        mode, failure = self._settings.on_unavailable, worker.outage_at(entity)
        if failure is not None and mode == "local":
            return await self._acquire_alone(demand, max_wait, on_wait)
        if failure is not None and mode == "wait" and not failure.heals:
            raise failure.copy()
        call = worker.call(demand, max_wait=max_wait, on_wait=on_wait)
        try:
            return await worker.acquire(call, entity)
        except LimiterUnavailable:
            if mode != "local":
                raise
            max_wait = None if max_wait is None else max(0.0, max_wait - call.waited)
            return await self._acquire_alone(demand, max_wait, None if call.is_announced else on_wait)

    async def _acquire_alone(
        self, demand: Demand, max_wait: float | None, on_wait: Callable[[Wait], None] | None
    ) -> Lease:
        # Others do the same at this moment, and nobody knows how many they are.
        alone = msgspec.structs.replace(demand, max_parallel=1, method_parallel=demand.method_parallel and 1)
        return await self._alone.acquire(alone, max_wait=max_wait, on_wait=on_wait)

    def release(self, lease: Lease, outcome: Outcome) -> None:
        """Give the slot back and settle the share of the limit, in the background.

        While Redis is away that waits until it is back. Does nothing for a lease that was released before.
        """
        if not isinstance(lease, Grant):
            self._alone.release(lease, outcome)
        elif self._worker is not None and lease.place.worker == self._worker.id:
            self._worker.release(lease, outcome)

    def bind_token(self, business_id: int, *, token: Entity = TOKEN) -> None:
        """Let the operations of a token share the slots of its business, as `Limiter.bind_token` says.

        What waits or is under way at this moment still counts on its own.
        """
        self._alone.bind_token(business_id, token=token)  # which refuses what is no token
        self._owners[token] = Entity("business", business_id)

    def states(self) -> list[LimitState]:
        """Tell what is known of each key that was used lately: what Redis said when this process asked it last."""
        if self._worker is None or self._worker.has_outage or not self._standings:
            return self._alone.states()
        now = self._worker.now
        return [
            standing.state(endpoint, entity, now - told_at)
            for (endpoint, entity), (told_at, standing) in self._standings.items()
        ]

    async def aclose(self) -> None:
        """Wait until what was released is given back, for a few seconds at most, and close the connections.

        Where calls of another client that shares this limiter are still under way, it closes when they are over.
        Whoever uses the limiter again opens it again.
        """
        if self._worker is not None and self._pid == os.getpid():
            await self._worker.close()
        await self._alone.aclose()

    def _open(self) -> Worker:
        worker = self._worker
        if worker is not None and self._pid != os.getpid():
            self._left_behind, worker = worker, None  # its connections are the parent's, and not to be closed here
        if worker is None or worker.has_ended:
            self._pid = os.getpid()
            worker = self._worker = Worker(self._settings, self._standings)
        worker.check_loop()
        worker.is_closing = False
        return worker


def checked(settings: Settings) -> Settings:
    """Check what a limiter was told."""
    checked_prefix(settings.prefix)
    if settings.on_unavailable not in {"raise", "local", "wait"}:
        raise InvalidRequest("on_unavailable", settings.on_unavailable, "must be 'raise', 'local' or 'wait'")
    if not 0 < settings.lease < inf:
        raise InvalidRequest("lease", settings.lease, "must be a number of seconds above 0")
    return settings


def checked_prefix(prefix: str) -> str:
    """Check a prefix: braces in it would decide on the slot of a cluster."""
    if not prefix or set(prefix) & {"{", "}"}:
        raise InvalidRequest("prefix", prefix, "must be a string that is not empty and has no braces")
    return prefix

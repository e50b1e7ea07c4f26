"""The way to Redis: its clients, running the script, hearing a channel, and what its errors mean."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, Final, cast
from urllib.parse import parse_qsl, quote, unquote, urlsplit

try:
    from redis.asyncio import Redis, RedisCluster
    from redis.asyncio.client import PubSub
    from redis.asyncio.retry import Retry
    from redis.backoff import NoBackoff
    from redis.client import NEVER_DECODE
    from redis.exceptions import ConnectionError as RedisConnectionError
    from redis.exceptions import NoScriptError, RedisClusterException, RedisError
except ModuleNotFoundError as error:
    from yamarket_async.extras import pip_command

    raise ModuleNotFoundError(f"RedisLimiter needs redis-py; {pip_command('redis')}", name=error.name) from error

from yamarket_async.errors import InvalidRequest, LimiterUnavailable
from yamarket_async.limits.redis.script import SCRIPT, SHA

SOCKET_TIMEOUT: Final = 1.5
"""Seconds to wait for a connection to be made and for the answer to a command, which takes Redis less than a
millisecond. What was said is said again after that, and nothing is done twice."""

CONNECTIONS: Final = 16
"""How many runs of the script a worker has under way at most; each takes a connection for less than a millisecond, and
thousands of stores that begin at once wait in line."""

FAILURES: Final = (RedisError, RedisClusterException, OSError, asyncio.TimeoutError)

COMMANDS: Final = (
    "EVALSHA EVAL GET SET DEL EXPIRE TIME HGET HSET HDEL HLEN ZADD ZREM ZRANGE ZRANGEBYSCORE ZCARD PUBLISH SUBSCRIBE "
    "UNSUBSCRIBE PING"
)
"""What a user of Redis has to be allowed."""

MORE_COMMANDS: Final = "SCAN to list the limits, CLUSTER in a cluster"

AnyRedis = Redis | RedisCluster


class _Advice:
    """What to do about an error, and whether time may heal it."""

    __slots__ = ("heals", "is_of_one_key", "signs", "text")

    def __init__(self, text: str, *signs: str, heals: bool = False, is_of_one_key: bool = False) -> None:
        self.text = text
        self.signs = signs
        self.heals = heals
        self.is_of_one_key = is_of_one_key


_FOREIGN: Final = "something else lies under a key that begins with the prefix: delete it, or choose another prefix="

_ADVICE: Final = (
    _Advice(
        "check the user and the password in the URL, redis://user:password@host",
        *("AuthenticationError", "NOAUTH", "WRONGPASS", "invalid username-password", "invalid password"),
    ),
    _Advice(
        f"let its user run {COMMANDS} ({MORE_COMMANDS}) on the keys and channels that begin with the prefix: "
        "ACL SETUSER … ~yamarket:* &yamarket:* +evalsha …",
        *("NoPermissionError", "NOPERM", "No permissions", "ACL failure", "has no permissions"),
    ),
    _Advice(_FOREIGN, "WRONGTYPE", is_of_one_key=True),
    _Advice(
        "it is full: raise its maxmemory, or give the limits a Redis of their own; they take a few KB for each store",
        *("OutOfMemoryError", "OOM"),
        heals=True,
    ),
    _Advice(
        "the URL leads to a replica: a failover is under way, or it should name the primary",
        *("ReadOnlyError", "READONLY"),
        heals=True,
    ),
    _Advice(
        "it is starting or failing over: call again in a few seconds",
        *("BusyLoadingError", "LOADING", "MasterDownError", "MASTERDOWN", "ClusterDownError", "CLUSTERDOWN"),
        heals=True,
    ),
    _Advice(
        "too few of its replicas are connected to write to it: a failover may be under way, or lower its "
        "min-replicas-to-write",
        "NOREPLICAS",
        heals=True,
    ),
    _Advice(
        "it can't save its data to disk: see its log and its disk, or set stop-writes-on-bgsave-error to no",
        "MISCONF",
        heals=True,
    ),
    _Advice("it is a node of a cluster: use cluster=True", "MovedError", "AskError", "MOVED"),
    _Advice(
        "it is no node of a cluster: leave out cluster=True",
        *("Cluster mode is not enabled", "cluster support disabled"),
    ),
    _Advice(
        "it does not answer in time: check that nothing swallows the connection (a firewall), and its load",
        "TimeoutError",
        heals=True,
    ),
    # What the script says of a document that it can't read or work with; that it runs at all says that Redis is well.
    _Advice(_FOREIGN, "attempt to ", "bad argument", "ad data format", "Missing bytes", is_of_one_key=True),
    _Advice(
        "check that it runs and that the URL is right, or use on_unavailable='wait' or 'local'",
        "",
        heals=True,
    ),
)
"""The first that fits holds."""


class Server:
    """A Redis, a Valkey, or a cluster of them.

    Args:
        connect: makes the client, or gives one of the caller's.
        place: where it is, for messages.
        secrets: what no message may show.
        is_ours: whether the client is closed with this.
    """

    def __init__(
        self, connect: Callable[[], AnyRedis], *, place: str, secrets: tuple[str, ...] = (), is_ours: bool = True
    ) -> None:
        self._client = connect()
        self._room = asyncio.Semaphore(CONNECTIONS)
        self._beginning = asyncio.Lock()
        self._has_begun = False
        self._secrets = secrets
        self._is_ours = is_ours
        self.place = place

    async def run(self, key: str, said: bytes) -> bytes:
        """Run the script at an entity."""
        async with self._room:
            await self._begin()
            try:
                return await self._execute("EVALSHA", SHA, 1, key, said)
            except NoScriptError:
                pass  # what the next command fails of has nothing to do with it
            return await self._execute("EVAL", SCRIPT, 1, key, said)

    async def _execute(self, *command: Any) -> bytes:
        try:
            # Also where the caller's client decodes what it reads: this is no text.
            answer: Any = await self._client.execute_command(*command, **{NEVER_DECODE: True})
        except AttributeError as error:
            # When it reads a cluster anew, redis-py closes connections that others are just opening.
            raise RedisConnectionError("the connection was closed while it was opened") from error
        return cast("bytes", answer)

    async def _begin(self) -> None:
        """Read the cluster once before many read it at the same time."""
        if isinstance(self._client, RedisCluster) and not self._has_begun:
            async with self._beginning:
                await self._client.initialize()
                self._has_begun = True

    async def reconnect(self) -> None:
        """Drop the connections that lie idle: after a failover they lead to the wrong node."""
        if isinstance(self._client, Redis):
            await self._client.connection_pool.disconnect(inuse_connections=False)

    def node_of(self, key: str) -> str:
        """Name the node that has a key, as far as it is known."""
        if isinstance(self._client, Redis):
            return ""
        slots = self._client.nodes_manager.slots_cache.get(self._client.keyslot(key))
        return str(slots[0].name) if slots else ""

    @property
    def can_hear(self) -> bool:
        """Whether channels can be heard: redis-py hears those of a cluster since version 8."""
        return hasattr(self._client, "pubsub")

    @asynccontextmanager
    async def hear(self, channel: str) -> AsyncIterator[PubSub]:
        """Subscribe to a channel, on a connection of its own."""
        await self._begin()
        async with self._client.pubsub() as pubsub:
            await pubsub.subscribe(channel)
            # Also where the caller's client decodes what it reads: messages are no text. A `PubSub` has no option for
            # that; its connection goes back to the client afterwards, as it was.
            connection: Any = pubsub.connection
            connection.read_response = partial(connection.read_response, disable_decoding=True)
            try:
                yield pubsub
            finally:
                del connection.read_response

    async def publish(self, channel: str, message: bytes) -> None:
        """Say something on a channel."""
        async with self._room:
            await self._client.execute_command("PUBLISH", channel, message)

    async def keys(self, pattern: str) -> list[str]:
        """List the keys that fit, on all primaries."""
        keys = {key async for key in self._client.scan_iter(match=pattern, count=1_000)}
        return sorted(key if isinstance(key, str) else key.decode() for key in keys)

    async def aclose(self) -> None:
        """Close the client, unless it is the caller's."""
        if self._is_ours:
            await self._client.aclose()

    def unavailable(self, error: BaseException) -> "Unavailable":
        """Say what is wrong with Redis and what to do about it, without a password."""
        chain = list(_chain_of(error))
        said = ": ".join(f"{type(link).__name__}: {link}" for link in chain)
        advice = next(advice for advice in _ADVICE if any(sign in said for sign in advice.signs))
        for secret in self._secrets:
            said = said.replace(secret, "***")
        failure = Unavailable(
            f"{self.place} can't keep the limits ({said}); {advice.text}",
            heals=advice.heals,
            is_of_one_key=advice.is_of_one_key,
        )
        if not any(secret in str(link) for link in chain for secret in self._secrets):
            failure.__cause__ = error
        return failure


def _chain_of(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


class Unavailable(LimiterUnavailable):
    """The limits can't be kept in Redis.

    Attributes:
        heals: whether time may heal it.
        is_of_one_key: whether other entities have nothing to do with it.
    """

    def __init__(self, message: str, *, heals: bool, is_of_one_key: bool) -> None:
        super().__init__(message)
        self.heals = heals
        self.is_of_one_key = is_of_one_key

    def copy(self) -> "Unavailable":
        """Make another one of it: each call raises its own, with a traceback of its own."""
        other = Unavailable(str(self), heals=self.heals, is_of_one_key=self.is_of_one_key)
        other.__cause__ = self.__cause__
        return other


def server_at(url: str, *, cluster: bool, options: dict[str, Any]) -> Callable[[], Server]:
    """Give what makes the way to a URL.

    Raises:
        InvalidRequest: the URL is none of Redis.
    """
    place, secrets = _place_and_secrets(url, options)
    defaults: dict[str, Any] = {"socket_timeout": SOCKET_TIMEOUT, "socket_connect_timeout": SOCKET_TIMEOUT}
    # One repeat, since Redis may have closed a connection that lay idle.
    defaults["retry"] = Retry(NoBackoff(), 1, supported_errors=(RedisConnectionError,))
    if cluster:
        defaults["require_full_coverage"] = False  # one node that is down concerns its own stores

    def connect() -> AnyRedis:
        kind = RedisCluster if cluster else Redis
        made: AnyRedis = kind.from_url(url, **(defaults | options))
        return made

    return lambda: Server(connect, place=place, secrets=secrets)


def _place_and_secrets(url: str, options: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Tell where a URL leads, and what in it nobody may see."""
    try:
        parts, port = urlsplit(url), urlsplit(url).port or 6379
    except ValueError:
        parts, port = None, 0
    if parts is None or parts.scheme not in {"redis", "rediss", "unix"} or (parts.fragment and parts.password is None):
        raise InvalidRequest(
            "url",
            "…",
            "must be redis://[user:password@]host[:port][/db], rediss://… or unix://…, a scheme that Redis knows; "
            "characters like / # ? @ in a password are written %2F %23 %3F %40",
        )
    passwords = [parts.password and unquote(parts.password), parts.password, options.get("password")]
    for name, value in parse_qsl(parts.query):
        if "pass" in name:
            passwords += [value, quote(value, safe="")]
    place = (
        f"Redis at {parts.hostname}:{port}" if parts.hostname and parts.scheme != "unix" else f"Redis at {parts.path}"
    )
    return place, tuple({password for password in passwords if password})

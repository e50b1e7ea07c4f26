"""What was seen, for many processes: kept in Redis."""

import secrets
from collections.abc import Awaitable
from math import inf
from typing import Any, Final, Literal, Self, TypeAlias, TypeVar, cast
from urllib.parse import urlsplit

try:
    from redis.asyncio import Redis, RedisCluster
    from redis.asyncio.retry import Retry
    from redis.backoff import NoBackoff
    from redis.exceptions import ConnectionError as RedisConnectionError
    from redis.exceptions import RedisError
except ModuleNotFoundError as error:
    from yamarket_async.extras import pip_command

    raise ModuleNotFoundError(f"RedisStore needs redis-py; {pip_command('redis')}", name=error.name) from error

from yamarket_async.errors import InvalidRequest
from yamarket_async.notifications.deduplicating import StoreUnavailable

AnyRedis: TypeAlias = Redis | RedisCluster

T = TypeVar("T")

KEEP: Final = 15 * 24 * 3600.0
"""Seconds for which a notification is remembered: the Market repeats one for 14 days."""

LEASE: Final = 60.0
"""Seconds after which one that was claimed by a process that died is free again: the Market repeats after a minute."""

SOCKET_TIMEOUT: Final = 3.0
"""Seconds to wait for a connection to be made and for the answer to a command: the answer to the Market waits too."""

_SEEN: Final = b"seen"

_RELEASE: Final = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"


class RedisStore:
    """Keeps in Redis what was seen, for all processes that name the same one and the same prefix.

    A notification costs it two commands, and a key of about 150 bytes for `keep` seconds. Make it with `from_url`.

    Args:
        redis: a client.
        place: where Redis is, for messages; without the password.
        prefix: what all keys begin with.
        keep: seconds.
        lease: seconds.
    """

    def __init__(
        self,
        redis: AnyRedis,
        *,
        place: str = "Redis",
        prefix: str = "yamarket",
        keep: float = KEEP,
        lease: float = LEASE,
    ) -> None:
        for argument, value in (("keep", keep), ("lease", lease)):
            if not 0.001 <= value < inf:
                raise InvalidRequest(argument, value, "must be a number of seconds, 0.001 or more")
        self._redis = redis
        self._place = place
        if not prefix:
            raise InvalidRequest("prefix", prefix, "must be a string that is not empty")
        self._prefix = f"{prefix}:notification:"
        self._keep = int(keep * 1000)
        self._lease = int(lease * 1000)
        self._tokens = dict[str, str]()

    @classmethod
    def from_url(
        cls,
        url: str,
        *,
        cluster: bool = False,
        prefix: str = "yamarket",
        keep: float = KEEP,
        lease: float = LEASE,
        **redis_kwargs: Any,
    ) -> Self:
        """Make a store. Connects when it is first used.

        Args:
            url: `redis://[user:password@]host[:port][/db]`, `rediss://…` with TLS, or `unix://[…@]/path/to/socket`.
            cluster: whether it leads to a node of a cluster.
            prefix: what all keys begin with. Services that each want every notification need one each.
            keep: seconds, 0.001 or more, for which a notification is remembered.
            lease: seconds, 0.001 or more, after which a notification is free again whose process died over it. A
                callback that takes longer may be called twice.
            **redis_kwargs: passed on to redis-py: `socket_timeout` (3 seconds), `ssl_ca_certs`, …

        Raises:
            InvalidRequest: an argument is out of bounds.
            ValueError: the URL is none of Redis.
        """
        options: dict[str, Any] = {
            "socket_timeout": SOCKET_TIMEOUT,
            "socket_connect_timeout": SOCKET_TIMEOUT,
            # One repeat, since Redis may have closed a connection that lay idle.
            "retry": Retry(NoBackoff(), 1, supported_errors=(RedisConnectionError,)),
            **redis_kwargs,
        }
        kind: Any = RedisCluster if cluster else Redis
        return cls(kind.from_url(url, **options), place=_place_of(url), prefix=prefix, keep=keep, lease=lease)

    async def claim(self, key: str) -> Literal["new", "seen", "busy"]:
        """Claim a key, as `SeenStore.claim` says.

        Raises:
            StoreUnavailable: Redis can't be reached.
        """
        name, token = self._prefix + key, secrets.token_hex(8)
        if not await self._ask(self._redis.set(name, token, nx=True, px=self._lease)):
            found = await self._ask(self._redis.get(name))
            found = found.encode() if isinstance(found, str) else found
            # Its own token: the command went through, its answer was lost, and the client repeated it.
            if found != token.encode():
                return "seen" if found == _SEEN else "busy"
        self._tokens[key] = token
        return "new"

    async def confirm(self, key: str) -> None:
        """Keep a claimed key.

        Raises:
            StoreUnavailable: Redis can't be reached.
        """
        self._tokens.pop(key, None)
        await self._ask(self._redis.set(self._prefix + key, _SEEN, px=self._keep))

    async def release(self, key: str) -> None:
        """Forget a claimed key, unless its lease has ended and another has it now.

        Raises:
            StoreUnavailable: Redis can't be reached.
        """
        token = self._tokens.pop(key, "")
        await self._ask(cast("Awaitable[int]", self._redis.eval(_RELEASE, 1, self._prefix + key, token)))

    async def aclose(self, _app: object = None) -> None:
        """Close the connections. Fits aiohttp's `on_cleanup`."""
        await self._redis.aclose()

    async def _ask(self, command: Awaitable[T]) -> T:
        try:
            return await command
        except (RedisError, OSError) as error:
            raise StoreUnavailable(
                f"{self._place} can't tell which notifications were seen ({type(error).__name__}: {error}); check that "
                "it runs, that the URL is right, and that its user may run GET, SET and EVAL on the keys of the prefix"
            ) from error


def _place_of(url: str) -> str:
    """Tell where a URL leads, without the password in it."""
    parts = urlsplit(url)
    if not parts.hostname or parts.scheme == "unix":
        return f"Redis at {parts.path}"
    return f"Redis at {parts.hostname}:{parts.port or 6379}"

"""How the limits stand that are kept in Redis, for whoever looks from outside."""

import asyncio
import logging
import re
from typing import Any, Final

import msgspec

from yamarket_async.limits import LimitState
from yamarket_async.limits.redis.limiter import checked_prefix
from yamarket_async.limits.redis.script import entity_in, limit_in, read_told
from yamarket_async.limits.redis.server import FAILURES, Server, server_at

logger = logging.getLogger("yamarket_async.limits")

AT_ONCE: Final = 200
"""Limits that are read together: a few milliseconds of Redis's time."""


async def describe(
    url: str, *, cluster: bool = False, prefix: str = "yamarket", **redis_kwargs: Any
) -> list[LimitState]:
    """Tell how all limits stand that are kept in Redis under a prefix. Changes nothing.

    Keys of something else are left out, and named in the log.

    Args:
        url: as for `RedisLimiter.from_url`.
        cluster: whether that is a node of a cluster; all its primaries are read.
        prefix: what the keys begin with.
        **redis_kwargs: passed on to redis-py's connections.

    Returns:
        The limits, by entity and method.

    Raises:
        InvalidRequest: an argument is out of bounds, or the URL is none of Redis.
        LimiterUnavailable: Redis is away.
    """
    pattern = re.sub(r"([\\*?[])", r"\\\1", checked_prefix(prefix)) + ":{*}:window:*"
    server = server_at(url, cluster=cluster, options=redis_kwargs)()
    try:
        keys = await server.keys(pattern)
        states = [
            state
            for start in range(0, len(keys), AT_ONCE)
            for state in await asyncio.gather(*(_describe_one(server, key) for key in keys[start : start + AT_ONCE]))
            if state is not None
        ]
    except FAILURES as error:
        raise server.unavailable(error) from error
    finally:
        await server.aclose()
    return sorted(states, key=lambda state: (state.entity, state.endpoint))


async def _describe_one(server: Server, key: str) -> LimitState | None:
    place, _, name = key.partition("}:window:")
    place += "}"
    try:
        of_limit = limit_in(name, entity_in(place))
        told = read_told(await server.run(place, msgspec.msgpack.encode({"describe": name})))
    except (*FAILURES, ValueError, msgspec.DecodeError) as error:
        if isinstance(error, FAILURES) and not server.unavailable(error).is_of_one_key:
            raise
        logger.warning("%s is left out, since it can't be read as a limit: %s", key, error)
        return None
    return told.standings[name].state(*of_limit, 0.0)

"""The limits of many processes, kept in Redis or Valkey.

`limiter.py` is what a process has to do for it, `script.py` what it says to Redis and is told, the Lua files beside it
what is done there.
"""

from yamarket_async.limits.redis.describing import describe
from yamarket_async.limits.redis.limiter import RedisLimiter

__all__ = ["RedisLimiter", "describe"]

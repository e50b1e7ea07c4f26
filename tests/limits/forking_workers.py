"""A server that makes its limiter before it forks: each child holds the only slot for a moment, and says when.

python forking_workers.py <Redis> <children> <whether the limiter is used before>
"""

import asyncio
import os
import sys
import time

from yamarket_async import RedisLimiter
from yamarket_async.limits import Demand, Entity, Limit, Outcome

DEMAND = Demand("getCampaignOffers", Entity("campaign", 1), Limit(1_000), 1, 1)
ROUNDS = 3


async def hold_the_slot(limiter: RedisLimiter) -> None:
    for _ in range(ROUNDS):
        lease = await limiter.acquire(DEMAND)
        began = time.monotonic()
        await asyncio.sleep(0.02)
        ended = time.monotonic()
        limiter.release(lease, Outcome("answered"))
        os.write(1, f"{began} {ended}\n".encode())
    await limiter.aclose()


async def use(limiter: RedisLimiter) -> None:
    limiter.release(await limiter.acquire(DEMAND), Outcome("answered"))
    await asyncio.sleep(0.1)


def main(url: str, children: str, is_used: str) -> None:
    limiter = RedisLimiter.from_url(url)
    if is_used == "used":
        asyncio.run(use(limiter))
    for _ in range(int(children)):
        if os.fork() == 0:
            asyncio.run(hold_the_slot(limiter))
            os._exit(0)
    for _ in range(int(children)):
        os.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])

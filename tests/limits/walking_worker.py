"""A worker of its own: walks over the offers of a store, and prints how many there were.

python walking_worker.py <Redis> <lease> <Market> <key> <campaign> <amount> <period> <walks>
"""

import asyncio
import sys

from yamarket_async import Limit, MarketClient, RedisLimiter


async def main(arguments: list[str]) -> None:
    redis, lease, market, key, campaign, amount, period, walks = arguments
    # How long a step of the loop takes is the machine's affair.
    asyncio.get_running_loop().slow_callback_duration = 60
    limits = {"getCampaignOffers": Limit(int(amount), period=float(period), unit="response_items")}
    limiter = RedisLimiter.from_url(redis, lease=float(lease))
    async with MarketClient(key, base_url=market, limiter=limiter, limits=limits) as client:
        for _ in range(int(walks)):
            offers = await client.get_campaign_offers(int(campaign))
            sys.stdout.write(f"{len(offers)}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]), debug=True)

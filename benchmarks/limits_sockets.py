"""Walks stores over real sockets under windows of three seconds, and compares the time with the ideal."""

import argparse
import asyncio
import json
import math
import random
import time
from pathlib import Path
from typing import Any

from yamarket_async import Limit, MarketClient
from yamarket_async.sandbox import Sandbox

WINDOW = 3.0
AMOUNT = 2_000
PAGE = 200


async def walk(offers: int, amount: int, latency: float) -> tuple[float, float, int]:
    """Walk a store once; gives the seconds, the moment of its window at which it began, and the answers 420."""
    async with (
        Sandbox(
            offers=offers,
            clock_offset=random.uniform(-600, 600),
            window=WINDOW,
            limits={"getCampaignOffers": Limit(amount, unit="response_items")},
            latency=latency,
        ) as sandbox,
        MarketClient(sandbox.api_key, base_url=sandbox.url) as market,
    ):
        started, began = sandbox.now() % WINDOW, time.perf_counter()
        found = [offer async for offer in market.get_campaign_offers(sandbox.campaign_id)]
        assert len(found) == offers
        return time.perf_counter() - began, started, sandbox.counts[420]


def ideal(offers: int, started: float, seconds_a_page: float) -> float:
    """Tell how long the walk takes for one who knows the server's clock and sends at the turn of each window."""
    moment, used = started, 0
    for _ in range(math.ceil(offers / PAGE)):
        if used == AMOUNT:
            moment, used = (moment // WINDOW + 1) * WINDOW, 0
        window = moment // WINDOW
        moment += seconds_a_page
        used = used + PAGE if moment // WINDOW == window else PAGE
    return moment - started


async def measure(arguments: argparse.Namespace) -> list[dict[str, Any]]:
    rows = []
    for latency in arguments.latency:
        unlimited, _, _ = await walk(AMOUNT * 4, 10**9, latency)
        seconds_a_page = unlimited / (AMOUNT * 4 / PAGE)
        for _ in range(arguments.runs):
            offers = AMOUNT * arguments.windows + random.randrange(AMOUNT)
            await asyncio.sleep(random.uniform(0, WINDOW))
            seconds, started, refused = await walk(offers, AMOUNT, latency)
            best = ideal(offers, started, seconds_a_page)
            rows.append(
                {
                    "latency": latency,
                    "offers": offers,
                    "seconds": round(seconds, 2),
                    "ideal": round(best, 2),
                    "ratio": round(seconds / best, 3),
                    "420": refused,
                }
            )
            print("  ".join(f"{name} {value:>8}" for name, value in rows[-1].items()), flush=True)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--windows", type=int, default=10, help="full windows that a walk takes (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=2, help="walks for each latency (default: %(default)s)")
    parser.add_argument("--latency", type=float, nargs="+", default=[0.02, 0.1, 0.2], help="seconds a request")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file")
    arguments = parser.parse_args()
    rows = asyncio.run(measure(arguments))
    print(f"worst ratio {max(row['ratio'] for row in rows)}, answers 420: {sum(row['420'] for row in rows)}")
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""What tasks that start at once bring (Python 3.12): none of them, the client's own, or all of an event loop.

"None" is how Python 3.11 runs: each task begins a turn of the loop later. "The client's own" is what it does by itself:
the task that asks for the next page starts at once, as long as few requests are under way. "All" is an event loop with
`asyncio.eager_task_factory`, which a service may have. The sides take turns in a process of its own, on one core; each
round does the same work with each: one walk, walks of several stores at once, and a change in several lanes.
"""

import asyncio
import gc
import sys
from argparse import Namespace
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from unittest.mock import patch

from harness import (
    CLIENT_CPU,
    Process,
    Results,
    Stopwatch,
    answer_questions,
    arguments,
    canned_market,
    median,
    ratio,
    settings,
    take_turns,
)

from yamarket_async import Limit, MarketClient

NONE, OWN, ALL = "none of them", "the client's own", "all of the loop"

PLENTY = {"deleteCampaignOffers": Limit(10**9)}


async def walk(market: MarketClient, stores: int) -> int:
    """Walk stores at once, offer by offer."""

    async def one(store: int) -> int:
        count = 0
        async for _ in market.get_campaign_offers(store):
            count += 1
        return count

    return sum(await asyncio.gather(*(one(store) for store in range(1, stores + 1))))


async def delete(market: MarketClient, skus: int) -> int:
    """Delete products, in as many lanes as the client takes by itself."""
    return len((await market.delete_campaign_offers(1, (f"SKU-{number}" for number in range(skus)))).accepted)


WORK: dict[str, Callable[[MarketClient, int], Awaitable[int]]] = {"walk": walk, "delete": delete}


def answer(question: dict[str, Any]) -> dict[str, float]:
    """Do the work of one round on one side."""

    async def work() -> dict[str, float]:
        if question["side"] == ALL:
            loop = asyncio.get_running_loop()
            loop.set_task_factory(asyncio.eager_task_factory)  # type: ignore[attr-defined] # checked as Python 3.11
        async with MarketClient("k", base_url=question["url"], limits=PLENTY) as market:
            watch = Stopwatch()
            done = await WORK[question["work"]](market, question["many"])
            return {**watch.read(), "done": done}

    gc.collect()
    if question["side"] != NONE:
        return asyncio.run(work())
    with (
        patch("yamarket_async.transport.starts_at_once", lambda: False),
        patch("yamarket_async.walking.starts_at_once", lambda: False),
    ):
        return asyncio.run(work())


def compare(args: Namespace, results: Results) -> None:
    jobs = [
        ("walk", stores, args.offers, f"{stores} walks at once" if stores > 1 else "one walk") for stores in args.stores
    ]
    jobs.append(("delete", args.skus, 1, f"delete of {args.skus:,} SKUs"))
    rows = []
    with Process("eager_tasks.py", cpu=CLIENT_CPU, worker=True) as worker:
        for work, many, offers, title in jobs:
            stores = many if work == "walk" else 1
            with canned_market(campaigns=[max(200, offers // stores)] * stores) as server:
                ask = partial(worker.ask, url=server.greeting["url"], work=work, many=many)
                taken = take_turns({side: partial(ask, side=side) for side in (NONE, OWN, ALL)}, args.rounds)
            assert len({one["done"] for several in taken.values() for one in several}) == 1
            cells = []
            for side in (OWN, ALL):
                for what in ("seconds", "cpu"):
                    share = ratio([one[what] for one in taken[side]], [one[what] for one in taken[NONE]])
                    results.figures[f"{title}, {side}, {what}"] = share
                    cells.append(f"{share:.2f}")
            rows.append((title, f"{median(one['seconds'] for one in taken[NONE]):.2f}", *cells))
    columns = ("work", "without, s", "own: × time", "own: × CPU", "all: × time", "all: × CPU")
    results.table("Tasks that start at once, against none of them", columns, rows)


def main() -> None:
    args = arguments(
        __doc__,
        stores=([1, 10, 50], "how many stores are walked at once"),
        offers=(40_000, "offers of all stores together"),
        skus=(100_000, "SKUs to delete"),
        rounds=(9, "how often each side does each"),
    )
    results = Results("eager_tasks", vars(args))
    if sys.version_info < (3, 12):
        results.note("tasks that start at once need Python 3.12")
    else:
        compare(args, results)
    results.finish(args.json)


if __name__ == "__main__":
    if len(sys.argv) == 2 and sys.argv[1].startswith("{"):
        settings()
        answer_questions(answer)
    else:
        main()

"""What threads bring, a client and an event loop in each: on a Python with its lock, or a free-threaded one (3.14t).

As many stores as there are threads are walked, one in each; the offers of all of them a second are held against one
thread's, and the CPU time for an offer too. The server of canned answers takes some of the cores as well, so that their
number bounds what can be gained.
"""

import asyncio
import gc
import os
import sys
from argparse import Namespace
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

from harness import Process, Results, Stopwatch, arguments, median, ratio, take_turns

from yamarket_async import MarketClient


def has_lock() -> bool:
    """Tell whether this Python runs one thread at a time: also a free-threaded one may, for an extension's sake."""
    return getattr(sys, "_is_gil_enabled", lambda: True)()


def walk(url: str, store: int, ready: Barrier) -> int:
    """Walk a store in a thread of its own, from the moment at which all of them are there."""

    async def count() -> int:
        found = 0
        async with MarketClient("k", base_url=url) as market:
            async for _ in market.get_campaign_offers(store):
                found += 1
        return found

    ready.wait()
    return asyncio.run(count())


def walk_all(url: str, threads: int, offers: int) -> dict[str, float]:
    gc.collect()
    ready = Barrier(threads)
    with ThreadPoolExecutor(threads) as pool:
        watch = Stopwatch()
        found = list(pool.map(lambda store: walk(url, store, ready), range(1, threads + 1)))
        taken = watch.read()
    assert found == [offers] * threads, found
    return {"rate": sum(found) / taken["seconds"], "cpu": taken["cpu"] / sum(found)}


def compare(args: Namespace, results: Results) -> None:
    with Process("canned.py", campaigns=[args.offers] * max(args.threads)) as server:
        url = server.greeting["url"]
        sides = {str(threads): partial(walk_all, url, threads, args.offers) for threads in args.threads}
        taken = take_turns(sides, args.rounds)
    base = taken[str(args.threads[0])]
    rows = []
    for threads, several in taken.items():
        rates, cpu = [one["rate"] for one in several], [one["cpu"] for one in several]
        faster, dearer = (ratio(mine, [one[what] for one in base]) for mine, what in ((rates, "rate"), (cpu, "cpu")))
        results.figures[f"{threads} threads"] = {"rate": median(rates), "faster": faster, "cpu": dearer}
        rows.append((threads, f"{median(rates):,.0f}", f"{faster:.2f}", f"{median(cpu) * 1e6:.2f}", f"{dearer:.2f}"))
    lock = "with its lock" if has_lock() else "free-threaded"
    title = f"{args.offers:,} offers in each thread, {os.cpu_count()} cores; a Python {lock}"
    results.table(title, ("threads", "offers/s", "× one", "µs/offer", "× CPU"), rows)


def main() -> None:
    args = arguments(
        __doc__,
        threads=([1, 2, 4], "numbers of threads"),
        offers=(40_000, "offers of each store"),
        rounds=(9, "how often each is walked"),
    )
    results = Results("threads", vars(args))
    compare(args, results)
    results.finish(args.json)


if __name__ == "__main__":
    main()

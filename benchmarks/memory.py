"""Memory of a walk: what it needs at the most, and how that grows with the number of offers.

Each walk runs in a process of its own. Streaming, every offer is dropped as soon as the next one comes; keeping, all
are collected in a list. What the process holds before the walk is taken off. Growth is the difference between the peaks
of two streams: nothing in the client should grow with the length of a store. Python's own count of what it has
allocated (tracemalloc) comes from a second run, since it slows a walk down and takes memory itself.
"""

import asyncio
import gc
import sys
import tracemalloc
from argparse import Namespace
from typing import Any

from harness import CLIENT_CPU, Process, Results, arguments, canned_market, peak_resident, resident, say, settings

from yamarket_async import MarketClient

SMALLEST = 20_000
LARGEST = 1_000_000


async def walk(url: str, key: str, store: int, *, keeps: bool) -> int:
    offers = 0
    async with MarketClient(api_key=key, base_url=url) as market:
        async for _ in market.get_campaign_offers(1, page_size=1).pages():
            break  # what a first request loads and opens is no part of the walk
        if keeps:
            return len(await market.get_campaign_offers(store))
        async for _ in market.get_campaign_offers(store):
            offers += 1
        return offers


def measure_here(how: dict[str, Any]) -> dict[str, float]:
    """Walk in this process, which was started for it."""
    gc.collect()
    traces, before = how.pop("traces"), resident()
    if traces:
        tracemalloc.start()
    offers = asyncio.run(walk(**how))
    traced = tracemalloc.get_traced_memory()[1] / 1e6 if traces else 0.0
    return {"peak": peak_resident() - before, "after": resident() - before, "traced": traced, "offers": offers}


def measure(server: Process, store: int, *, keeps: bool, traces: bool) -> dict[str, float]:
    """Walk in a process of its own."""
    how = {**server.greeting, "store": store, "keeps": keeps, "traces": traces}
    with Process("memory.py", cpu=CLIENT_CPU, **how) as process:
        return process.greeting


def main() -> None:
    args = arguments(
        __doc__,
        offers=([10_000, 20_000, 100_000, 1_000_000], "sizes of the stores"),
        most_kept=(1_000_000, "the largest store whose offers are kept"),
        rounds=(3, "how often each is walked; the highest peak counts"),
    )
    results = Results("memory", vars(args))
    report(args, results)
    results.finish(args.json)


def report(args: Namespace, results: Results) -> None:
    rows, streamed = [], {}
    with canned_market(campaigns=args.offers) as server:
        for store, offers in enumerate(args.offers, 1):
            for keeps in (False, True):
                if keeps and offers > args.most_kept:
                    continue
                runs = [measure(server, store, keeps=keeps, traces=False) for _ in range(args.rounds)]
                traced = measure(server, store, keeps=keeps, traces=True)["traced"]
                assert all(run["offers"] == offers for run in runs)
                peak = max(run["peak"] for run in runs)
                if not keeps:
                    streamed[offers] = peak
                each = f"{peak / offers * 1e6:,.0f}" if keeps else "—"
                what = "kept" if keeps else "streamed"
                rows.append((f"{offers:,} {what}", f"{peak:.1f}", f"{traced:.1f}", each))
                results.figures[f"{offers} {what}"] = {"peak_mb": peak, "traced_mb": traced}
    title = f"Memory of a walk above that of the process before it, MB; the highest of {args.rounds} runs"
    results.table(title, ("offers", "peak", "traced peak", "bytes an offer"), rows)
    if SMALLEST in streamed and LARGEST in streamed:
        growth = streamed[LARGEST] - streamed[SMALLEST]
        what = f"growth from {SMALLEST:,} to {LARGEST:,} streamed offers"
        results.target(what, f"{growth:.1f} MB", "under 8 MB", growth < 8)


if __name__ == "__main__":
    if len(sys.argv) == 2 and sys.argv[1].startswith("{"):
        say(measure_here(settings()))
    else:
        main()

"""A delete of 100,000 SKUs: how close it comes to what the parallel requests allow, and what the list itself costs.

The server answers each request of 500 SKUs after 50 ms, so N requests in `max_parallel` lanes take N / lanes × 50 ms at
the least; the limit is set out of the way. What one such request takes with nothing but aiohttp (50 ms and the
machine's own share) is measured beside it, with the ideal that follows from that.

The time for the list is that of checking every SKU, dropping repeats, and cutting batches by count and by bytes, of a
million SKUs, with nothing sent; beside it the longest that the event loop was blocked meanwhile.
"""

import asyncio
import math
import time
from argparse import Namespace
from collections.abc import AsyncIterable, Iterable

import aiohttp
from harness import CLIENT_CPU, Process, Results, arguments, canned_market, longest_turn, median, pin

from yamarket_async import MarketClient
from yamarket_async.batching import Source
from yamarket_async.cutting import body_cutter

AT_ONCE = 500


async def delete(server: Process, skus: Iterable[str] | AsyncIterable[str], lanes: int) -> float:
    """Delete products."""
    address = server.greeting
    async with MarketClient(api_key=address["key"], base_url=address["url"], max_parallel=lanes) as market:
        began = time.perf_counter()
        await market.delete_campaign_offers(1, skus)
        return time.perf_counter() - began


async def request_time(server: Process, skus: list[str]) -> float:
    """Send one request after the other with nothing but aiohttp, and give the median of their times."""
    times = []
    async with aiohttp.ClientSession(server.greeting["url"]) as http:
        for _ in range(20):
            began = time.perf_counter()
            async with http.post("/v2/campaigns/1/offers/delete", json={"offerIds": skus}) as answer:
                await answer.read()
            times.append(time.perf_counter() - began)
    return median(times)


async def one_by_one(skus: Iterable[str]) -> AsyncIterable[str]:
    for sku in skus:
        yield sku


def deleting(args: Namespace, results: Results) -> None:
    """Delete a store of products for each number of lanes, from a list and from an async iterator."""
    rows = []
    skus = [f"SKU-{number}" for number in range(args.skus)]
    with canned_market(campaigns=[1], latency=args.latency / 1e3) as server:
        for lanes in args.lanes:
            ideal = math.ceil(math.ceil(args.skus / AT_ONCE) / lanes) * args.latency / 1e3
            lists, streams, alone = [], [], []
            for _ in range(args.rounds):
                alone.append(asyncio.run(request_time(server, skus[:AT_ONCE])))
                lists.append(asyncio.run(delete(server, skus, lanes)))
                streams.append(asyncio.run(delete(server, one_by_one(skus), lanes)))
            for what, seconds in (("a list", median(lists)), ("an async iterator", median(streams))):
                share = seconds / ideal
                request = median(alone) * 1e3
                of_request = seconds / ideal * args.latency / request
                cells = (f"{ideal:.2f}", f"{seconds:.2f}", f"{share:.3f}", f"{request:.1f}", f"{of_request:.3f}")
                rows.append((f"{lanes} lanes, {what}", *cells))
                results.figures[f"{lanes} lanes, {what}"] = {"ideal": ideal, "seconds": seconds, "request_ms": request}
                told = f"bulk call, {lanes} lanes, {what}"
                results.target(told, f"{share:.3f} × ideal", "at most 1.100 ×", share <= 1.1)
        arrived = server.ask()["deleted"]
    expected = (2 * args.skus + 20 * AT_ONCE) * len(args.lanes) * args.rounds
    assert arrived == expected, (arrived, expected)
    title = f"Delete of {args.skus:,} SKUs in requests of {AT_ONCE} that take {args.latency:g} ms each, seconds"
    results.table(title, ("from", "ideal", "measured", "× ideal", "request alone, ms", "× ideal with that"), rows)


async def cut(skus: list[str]) -> int:
    """Check and cut a list as a bulk call does."""
    source = Source("offer_ids", skus, body_cutter(AT_ONCE))
    await source.check()
    batches = 0
    while await source.next():
        batches += 1
        await asyncio.sleep(0)  # stands for sending it
    return batches


async def cutting_time(skus: list[str]) -> tuple[float, float]:
    began = time.perf_counter()
    batches = await cut(skus)
    seconds = time.perf_counter() - began
    assert batches == math.ceil(len(skus) / AT_ONCE)
    blocked, _ = await longest_turn(lambda: cut(skus))
    return seconds, blocked


def cutting(args: Namespace, results: Results) -> None:
    """Measure what the list costs, for Latin and Cyrillic SKUs: the latter take more bytes in JSON."""
    rows = []
    for kind, prefix in (("Latin", "SKU-"), ("Cyrillic", "Артикул-")):
        skus = [f"{prefix}{number}" for number in range(args.cut)]
        taken = [asyncio.run(cutting_time(skus)) for _ in range(args.rounds)]
        seconds, blocked = median(s for s, _ in taken), median(b for _, b in taken)
        rows.append((kind, f"{seconds:.2f}", f"{seconds / args.cut * 1e9:.0f}", f"{blocked * 1e3:.2f}"))
        results.figures[f"cutting {kind}"] = {"seconds": seconds, "longest_turn": blocked}
    title = f"Checking and cutting {args.cut:,} SKUs"
    results.table(title, ("SKUs", "seconds", "ns a SKU", "event loop blocked, ms"), rows)


def main() -> None:
    args = arguments(
        __doc__,
        skus=(100_000, "SKUs to delete"),
        latency=(50.0, "milliseconds that a request takes"),
        lanes=([4, 8], "numbers of parallel requests"),
        cut=(1_000_000, "SKUs to check and cut"),
        rounds=(3, "how often each is done"),
    )
    pin(CLIENT_CPU)
    results = Results("bulk", vars(args))
    deleting(args, results)
    cutting(args, results)
    results.finish(args.json)


if __name__ == "__main__":
    main()

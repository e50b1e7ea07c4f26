"""How well a walk overlaps with the work of its consumer, and how long it blocks the event loop.

Overlap: every page takes as long on the network as `--network` says, and the consumer works on it for 1, 10, 100 ms,
once awaiting something (`asyncio.sleep`) and once holding the event loop (`time.sleep`). Nothing can be quicker than
the slower of the two for every page, plus the quicker one once: for the first page on its way, or the last one in work.
The network is measured by the same walk without a consumer, the consumer by itself.

Blocking: while a walk runs, another task takes every turn of the event loop that it can get, and tells the longest
time between two of them: for so long nothing else of the service got its turn. That time is taken in CPU seconds, which
other processes of the machine don't prolong; the same by the clock stands beside it, and so does the time of decoding a
page, which is most of it.
"""

import asyncio
import gc
import itertools
import time
from argparse import Namespace
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import aiohttp
from harness import CLIENT_CPU, Process, Results, arguments, canned_market, longest_turn, median, pin

from yamarket_async import MarketClient, Pager
from yamarket_async.endpoints import Endpoint
from yamarket_async.families import Family

METHODS: dict[str, tuple[Endpoint, str, str]] = {
    "campaign offers": (Family("offers").GET_CAMPAIGN_OFFERS, "POST", "/v2/campaigns/1/offers"),
    "hidden offers": (Family("hidden_offers").GET_HIDDEN_OFFERS, "GET", "/v2/campaigns/1/hidden-offers"),
    "promo offers": (Family("promos").GET_PROMO_OFFERS, "POST", "/v2/businesses/1/promos/offers"),
}
Consumer = Callable[[float], Awaitable[None]]


async def awaiting(seconds: float) -> None:
    await asyncio.sleep(seconds)


async def holding(seconds: float) -> None:
    time.sleep(seconds)


def client(server: Process) -> MarketClient:
    return MarketClient(api_key=server.greeting["key"], base_url=server.greeting["url"])


async def walk_time(server: Process, consumer: Consumer | None, seconds: float) -> float:
    """Walk a store with a consumer, None for none."""
    async with client(server) as market:
        began = time.perf_counter()
        async for _ in market.get_campaign_offers(1).pages():
            if consumer is not None:
                await consumer(seconds)
        return time.perf_counter() - began


async def consumer_time(consumer: Consumer, seconds: float, pages: int) -> float:
    began = time.perf_counter()
    for _ in range(pages):
        await consumer(seconds)
    return time.perf_counter() - began


def overlap(args: Namespace, results: Results) -> None:
    """Walk with each consumer, and beside it take the time of the network and of the consumer alone."""
    rows, worst = [], 0.0
    with canned_market(campaigns=[args.pages * 200], latency=args.network / 1e3) as server:
        asyncio.run(walk_time(server, None, 0))
        for milliseconds, consumer in itertools.product(args.consumers, (awaiting, holding)):
            taken = []
            for _ in range(args.rounds):
                work = asyncio.run(consumer_time(consumer, milliseconds / 1e3, args.pages))
                network = asyncio.run(walk_time(server, None, 0))
                walk = asyncio.run(walk_time(server, consumer, milliseconds / 1e3))
                taken.append((walk / max(network, work), network, work, walk))
            excess, network, work, walk = (median(column) for column in zip(*taken, strict=True))
            worst = max(worst, excess)
            per_page = [f"{seconds / args.pages * 1e3:.2f}" for seconds in (network, work, network + work, walk)]
            rows.append((f"{milliseconds} ms, {consumer.__name__}", *per_page, f"{excess:.3f}"))
            results.figures[f"{milliseconds} ms {consumer.__name__}"] = excess
    results.table(
        f"Walks of {args.pages} pages, ms a page",
        ("consumer", "network", "consumer alone", "one after the other", "walk", "× max(network, consumer)"),
        rows,
    )
    bound = f"at most 1.05 × (of it {1 / args.pages:.3f} × for the first or last page at the most)"
    results.target("walk against max(network, consumer)", f"{worst:.3f} ×", bound, worst <= 1.05)


async def walk_pages(pager: Pager[Any]) -> None:
    async for _ in pager:
        pass


async def fetch_body(server: Process, method: str, path: str) -> bytes:
    async with aiohttp.ClientSession() as http:
        address = server.greeting["url"] + path
        async with http.request(method, address, json={} if method == "POST" else None) as answer:
            return await answer.read()


def decode_time(endpoint: Endpoint, body: bytes) -> float:
    """Take the median time that decoding a page takes."""
    times = []
    for _ in range(50):
        began = time.perf_counter()
        endpoint.decoder.decode(body)
        times.append(time.perf_counter() - began)
    return median(times)


async def block(server: Process, what: str, size: int, walks: int) -> list[tuple[float, float]]:
    """Give the longest turn of each of several walks."""
    async with client(server) as market:
        pagers = {
            "campaign offers": partial(market.get_campaign_offers, 1),
            "hidden offers": partial(market.get_hidden_offers, 1),
            "promo offers": partial(market.get_promo_offers, 1, "promo"),
        }
        await walk_pages(pagers[what](page_size=size))
        return [await longest_turn(lambda: walk_pages(pagers[what](page_size=size))) for _ in range(walks)]


def blocking(args: Namespace, results: Results) -> None:
    """Measure the longest turn by method and page size."""
    rows = []
    gc.collect()
    gc.freeze()  # what the benchmark itself has loaded is nothing that a walk collects
    for size in args.page_sizes:
        with canned_market(campaigns=[20 * size], page_size=size, filled=True) as server:
            for what, (endpoint, method, path) in METHODS.items():
                if size > endpoint.pages.size:
                    continue
                turns = asyncio.run(block(server, what, size, args.walks))
                usual, worst = median(cpu for cpu, _ in turns), max(cpu for cpu, _ in turns)
                decoding = decode_time(endpoint, asyncio.run(fetch_body(server, method, path)))
                by_clock = median(clock for _, clock in turns)
                rows.append((f"{size} {what}", *(f"{x * 1e3:.2f}" for x in (decoding, usual, worst, by_clock))))
                results.figures[f"blocked by {size} {what}"] = {"decode": decoding, "usual": usual, "worst": worst}
                if size == endpoint.pages.size:
                    told = f"event loop blocked by a page of {size} {what}"
                    results.target(told, f"{usual * 1e3:.2f} ms", "less than 2 ms", usual < 0.002)
    results.table(
        f"Longest turn of the event loop while 20 pages are walked, ms, over {args.walks} walks",
        ("page", "decoding", "median", "worst", "median by the clock"),
        rows,
    )


def main() -> None:
    args = arguments(
        __doc__,
        network=(20.0, "milliseconds that each page takes on the network"),
        consumers=([1.0, 10.0, 100.0], "milliseconds that the consumer works on a page"),
        pages=(100, "pages of a walk with a consumer"),
        rounds=(3, "how often each consumer walks"),
        page_sizes=([50, 200, 500], "page sizes of the walks that are watched for blocking"),
        walks=(40, "how often each of those is walked"),
    )
    pin(CLIENT_CPU)
    results = Results("latency", vars(args))
    blocking(args, results)
    overlap(args, results)
    results.finish(args.json)


if __name__ == "__main__":
    main()

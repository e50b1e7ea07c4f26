"""Measures bulk calls: the time that lanes could do it in, the CPU that a hand-written loop takes, memory, isolation.

The server takes every request of 500 SKUs after 50 ms, so N requests in `max_parallel` lanes take N / lanes × 50 ms at
the least; the limit is set out of the way. What one such request takes with nothing but aiohttp (50 ms and the
machine's own share) is measured beside it, with the ideal that follows from that. A slow consumer works on each report
for as long as makes all of his work three quarters of that ideal: he has to wait for the first one, and no longer.

CPU: prices and stocks from a generator, against a loop that encodes the same dictionaries and posts them with aiohttp,
as many at once, and checks nothing. Its server answers at once.

The time for the list is that of checking every SKU, dropping repeats, and cutting batches by count and by bytes, of a
million SKUs, with nothing sent; beside it the longest that the event loop was blocked meanwhile. A list that was just
made is visited by Python's garbage collector up to three times, 20 ms each, whatever is done with it; the last column
is what is left when it is kept from the collector.
"""

import asyncio
import gc
import math
import resource
import time
from argparse import Namespace
from collections.abc import AsyncIterable, Callable, Iterable, Iterator
from itertools import islice
from typing import Any

import aiohttp
import msgspec
from harness import CLIENT_CPU, Process, Results, Stopwatch, arguments, canned_market, longest_turn, median, pin

from yamarket_async import Limit, MarketClient
from yamarket_async.bulk import BulkReport
from yamarket_async.bulk.reading import Source
from yamarket_async.errors import BatchError
from yamarket_async.families.offers.endpoints import DELETE_CAMPAIGN_OFFERS
from yamarket_async.framing import Frame

AT_ONCE = 500


async def delete(server: Process, skus: Iterable[str] | AsyncIterable[str], lanes: int) -> float:
    """Delete products."""
    address = server.greeting
    async with MarketClient(api_key=address["key"], base_url=address["url"], max_parallel=lanes) as market:
        began = time.perf_counter()
        await market.delete_campaign_offers(1, skus)
        return time.perf_counter() - began


async def delete_slowly(server: Process, skus: list[str], lanes: int, body: float) -> float:
    """Delete products, and work on each report for a while."""
    address = server.greeting
    async with MarketClient(api_key=address["key"], base_url=address["url"], max_parallel=lanes) as market:
        began = time.perf_counter()
        async for _ in market.delete_campaign_offers(1, skus):
            await asyncio.sleep(body)
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
            lists, streams, slow, alone = [], [], [], []
            requests = math.ceil(args.skus / AT_ONCE)
            body = (0.75 * ideal) / requests
            for _ in range(args.rounds):
                slow.append(asyncio.run(delete_slowly(server, skus, lanes, body)))
                alone.append(asyncio.run(request_time(server, skus[:AT_ONCE])))
                lists.append(asyncio.run(delete(server, skus, lanes)))
                streams.append(asyncio.run(delete(server, one_by_one(skus), lanes)))
            for what, seconds in (
                ("a list", median(lists)),
                ("an async iterator", median(streams)),
                ("a list, slow consumer", median(slow)),
            ):
                share = seconds / ideal
                request = median(alone) * 1e3
                of_request = seconds / ideal * args.latency / request
                cells = (f"{ideal:.2f}", f"{seconds:.2f}", f"{share:.3f}", f"{request:.1f}", f"{of_request:.3f}")
                rows.append((f"{lanes} lanes, {what}", *cells))
                results.figures[f"{lanes} lanes, {what}"] = {"ideal": ideal, "seconds": seconds, "request_ms": request}
                told = f"bulk call, {lanes} lanes, {what}"
                results.target(told, f"{share:.3f} × ideal", "at most 1.050 ×", share <= 1.05)
        arrived = server.ask()["deleted"]
    expected = (3 * args.skus + 20 * AT_ONCE) * len(args.lanes) * args.rounds
    assert arrived == expected, (arrived, expected)
    title = f"Delete of {args.skus:,} SKUs in requests of {AT_ONCE} that take {args.latency:g} ms each, seconds"
    results.table(title, ("from", "ideal", "measured", "× ideal", "request alone, ms", "× ideal with that"), rows)


async def cut(skus: list[str]) -> int:
    """Check and cut a list as a bulk call does."""
    frame = Frame("https://host", DELETE_CAMPAIGN_OFFERS, {"campaign_id": 1, "offer_ids": skus}, "offerIds", AT_ONCE)
    source = Source(frame, skus, (), skip=False)
    await source.check()
    batches = 0
    while await source.next():
        batches += 1
        await asyncio.sleep(0)  # stands for sending it
    return batches


async def cutting_time(skus: list[str]) -> tuple[float, float, float]:
    began = time.perf_counter()
    batches = await cut(skus)
    seconds = time.perf_counter() - began
    assert batches == math.ceil(len(skus) / AT_ONCE)
    blocked, _ = await longest_turn(lambda: cut(skus))
    gc.freeze()
    blocked_by_us, _ = await longest_turn(lambda: cut(skus))
    gc.unfreeze()
    return seconds, blocked, blocked_by_us


def cutting(args: Namespace, results: Results) -> None:
    """Measure what the list costs, for Latin and Cyrillic SKUs: the latter take more bytes in JSON."""
    rows = []
    for kind, prefix in (("Latin", "SKU-"), ("Cyrillic", "Артикул-")):
        taken = [
            asyncio.run(cutting_time([f"{prefix}{number}" for number in range(args.cut)])) for _ in range(args.rounds)
        ]
        seconds, blocked, by_us = map(median, zip(*taken, strict=True))
        told = (f"{blocked * 1e3:.2f}", f"{by_us * 1e3:.2f}")
        rows.append((kind, f"{seconds:.2f}", f"{seconds / args.cut * 1e9:.0f}", *told))
        results.figures[f"cutting {kind}"] = {"seconds": seconds, "longest_turn": blocked, "without_collector": by_us}
        what = f"event loop blocked by {args.cut:,} {kind} SKUs, the collector aside"
        results.target(what, f"{by_us * 1e3:.2f} ms", "less than 10 ms", by_us < 0.01)
    title = f"Checking and cutting {args.cut:,} SKUs"
    heads = ("SKUs", "seconds", "ns a SKU", "event loop blocked, ms", "without the collector's visits, ms")
    results.table(title, heads, rows)


def prices(count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        yield {"offerId": f"SKU-{number}", "price": {"value": 100 + number % 900, "currencyId": "RUR"}}


def stocks(count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        yield {"sku": f"SKU-{number}", "items": [{"count": number % 100}]}


async def by_hand(server: Process, path: str, field: str, things: Iterator[Any], *, at_once: int, put: bool) -> None:
    """Encode and post, and check nothing."""
    encode = msgspec.json.Encoder().encode
    headers = {"Api-Key": "k", "Content-Type": "application/json"}
    async with aiohttp.ClientSession(server.greeting["url"], headers=headers) as http:

        async def lane() -> None:
            while batch := list(islice(things, at_once)):
                async with http.request("PUT" if put else "POST", path, data=encode({field: batch})) as answer:
                    assert msgspec.json.decode(await answer.read()) == {"status": "OK"}

        await asyncio.gather(*(lane() for _ in range(4)))


async def by_client(server: Process, call: Callable[[MarketClient], Any]) -> float:
    """Do the same as a bulk call that is iterated; gives by how many MB memory grew after the first tenth."""
    address = server.greeting
    limits = {name: Limit(10**9) for name in ("updateBusinessPrices", "updateStocks")}
    async with MarketClient(api_key=address["key"], base_url=address["url"], limits=limits) as market:
        accepted, early = 0, 0
        async for report in call(market):
            accepted += len(report.accepted)
            early = early or (peak() if accepted >= 100_000 else 0)
        return (peak() - (early or peak())) / 1024


def peak() -> int:
    """Tell the most memory of this process so far, in KB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def working(args: Namespace, results: Results) -> None:
    """Compare the CPU of bulk calls with that of a loop that only encodes and posts."""
    rows = []
    kinds: list[tuple[Any, ...]] = [
        ("prices", args.prices, prices, "/v2/businesses/1/offer-prices/updates", "offers", 500, False),
        ("stocks", args.stocks, stocks, "/v2/campaigns/1/offers/stocks", "skus", 2_000, True),
    ]
    for what, count, make, path, field, at_once, put in kinds:
        ours, theirs, grown = [], [], 0.0
        for _ in range(args.rounds):
            with canned_market(campaigns=[1]) as server:
                watch = Stopwatch()
                asyncio.run(by_hand(server, path, field, make(count), at_once=at_once, put=put))
                theirs.append(watch.read()["cpu"])
                watch = Stopwatch()
                method = "update_business_prices" if what == "prices" else "update_stocks"
                call = lambda market: getattr(market, method)(1, make(count))  # noqa: B023, E731 — called at once
                grown = asyncio.run(by_client(server, call))
                ours.append(watch.read()["cpu"])
                assert server.ask()["changes"] == 2 * math.ceil(count / at_once)
        share = median(ours) / median(theirs)
        each = [f"{seconds / count * 1e6:.2f}" for seconds in (median(theirs), median(ours))]
        rows.append((f"{count:,} {what}", *each, f"{share:.2f}", f"{grown:.0f}"))
        results.figures[f"CPU of {what}"] = {"by hand": median(theirs), "client": median(ours), "grown_mb": grown}
        results.target(f"CPU of {count:,} {what}", f"{share:.2f} × by hand", "at most 2.00 ×", share <= 2)
    heads = ("things", "by hand, µs each", "client, µs each", "× by hand", "memory grew after 100,000, MB")
    results.table("CPU of changing things, from a generator", heads, rows)


def cards(bad: int) -> list[dict[str, Any]]:
    values = [{"parameterId": 1, "value": "x"}]
    marks = {round(number * 500 / bad) for number in range(bad)} if bad else set()
    return [
        {"offerId": f"SKU-{number}{'-bad' if number in marks else ''}", "categoryId": 1, "parameterValues": values}
        for number in range(500)
    ]


async def isolate(server: Process, bad: int) -> int:
    """Send 500 cards; gives how many were taken."""
    address = server.greeting
    async with MarketClient(api_key=address["key"], base_url=address["url"]) as market:
        try:
            report = await market.update_offer_content(1, cards(bad))
        except BatchError as error:  # two batches were refused whole in the same words: it isn't the things
            report = BulkReport.merged(error.done)
            told = [*report.items, *error.failed, *error.pending]
            if len(told) != 500:
                raise RuntimeError(f"{len(told)} of 500 cards are accounted for") from error
        return len(report.accepted)


def isolating(results: Results) -> None:
    """Count the requests that it takes to have exactly the good ones of 500 cards applied, 100 a request."""
    rows = []
    for refusing, what in (("results", "names each"), ("place", "names the first"), ("nothing", "names nothing")):
        cells = []
        for bad in (0, 1, 10, 500):
            with canned_market(campaigns=[1], refusing=refusing) as server:
                taken = asyncio.run(isolate(server, bad))
                cells.append(str(server.ask()["changes"]))
            results.figures[f"isolation, {what}, {bad} bad"] = {"requests": int(cells[-1]), "taken": taken}
            results.target(f"500 cards, {bad} bad, {what}", f"{taken} applied", f"{500 - bad}", taken == 500 - bad)
        rows.append((f"the answer {what}", *cells))
    results.table("Requests for 500 cards", ("", "none bad", "1 bad", "10 bad", "500 bad"), rows)


def main() -> None:
    args = arguments(
        __doc__,
        skus=(100_000, "SKUs to delete"),
        latency=(50.0, "milliseconds that a request takes"),
        lanes=([4, 8], "numbers of parallel requests"),
        cut=(1_000_000, "SKUs to check and cut"),
        prices=(100_000, "prices to set"),
        stocks=(1_000_000, "stocks to set"),
        rounds=(3, "how often each is done"),
    )
    pin(CLIENT_CPU)
    results = Results("bulk", vars(args))
    deleting(args, results)
    working(args, results)
    isolating(results)
    cutting(args, results)
    results.finish(args.json)


if __name__ == "__main__":
    main()

"""What a small call costs above bare aiohttp and msgspec, and how close a list by ids comes to what its lanes allow.

Calls: `get_business_settings`, one after the other, against a loop that posts the same and decodes the same structs.
The sides take turns in one process; the overhead is the difference of their CPU. The server answers at once.

By ids: the products of so many SKUs, in requests that take so many milliseconds each, `max_parallel` at once. The ideal
has nothing but the time of those requests in their lanes; what one takes by itself is measured beside it. Time and CPU
are held against a loop, too, that asks for the same in as many lanes, and checks nothing.
"""

import asyncio
import gc
import math
import time
from argparse import Namespace
from collections.abc import Iterator

import aiohttp
import msgspec
from harness import CLIENT_CPU, Process, Results, Stopwatch, arguments, canned_market, median, pin, ratio, take_turns

from yamarket_async import Limit, MarketClient
from yamarket_async.families import Family

SETTINGS = Family("businesses").GET_BUSINESS_SETTINGS
MAPPINGS = Family("business_offer_mappings").GET_OFFER_MAPPINGS
PLENTY = {SETTINGS.name: Limit(10**9), MAPPINGS.name: Limit(10**9)}


async def bare(server: Process, count: int) -> float:
    """Call with nothing but aiohttp and msgspec; gives CPU seconds a call."""
    decode = SETTINGS.decoder.decode
    async with aiohttp.ClientSession(headers={"Api-Key": "k"}) as http:
        watch = Stopwatch()
        for _ in range(count):
            async with http.post(f"{server.greeting['url']}/v2/businesses/1/settings") as answer:
                answer.raise_for_status()
                assert decode(await answer.read()).result.info.id == 1
        return watch.read()["cpu"] / count


async def called(server: Process, count: int) -> float:
    """Call the client's method as often."""
    async with MarketClient("k", base_url=server.greeting["url"], limits=PLENTY) as market:
        watch = Stopwatch()
        for _ in range(count):
            assert (await market.get_business_settings(1)).info.id == 1
        return watch.read()["cpu"] / count


def calling(args: Namespace, results: Results) -> None:
    with canned_market(campaigns=[1]) as server:
        runs = {"bare": bare, "called": called}

        def side(name: str) -> dict[str, float]:
            gc.collect()
            return {"cpu": asyncio.run(runs[name](server, args.calls))}

        taken = take_turns({name: lambda name=name: side(name) for name in runs}, args.rounds)
    base, ours = ([one["cpu"] * 1e6 for one in taken[name]] for name in ("bare", "called"))
    above = median(one - other for one, other in zip(ours, base, strict=True))
    least = min(ours) - min(base)
    cells = [f"{value:.0f}" for value in (median(base), median(ours), above, least)]
    heads = ("call", "bare, µs", "client, µs", "above it, median", "above it, at the least")
    results.table(f"CPU of {args.calls:,} small calls", heads, [("get_business_settings", *cells)])
    results.figures["call"] = {"bare_us": median(base), "client_us": median(ours), "above": above, "least": least}
    results.target("a small call above bare aiohttp and msgspec", f"{above:.0f} µs", "at most 45 µs", above <= 45)


async def by_hand(server: Process, skus: list[str], lanes: int) -> tuple[float, float]:
    """Ask for all in lanes; gives seconds, and CPU seconds."""
    at_once, decode, encode = MAPPINGS.ids[0].at_once, MAPPINGS.decoder.decode, msgspec.json.encode
    pieces: Iterator[list[str]] = (skus[start : start + at_once] for start in range(0, len(skus), at_once))
    headers = {"Api-Key": "k", "Content-Type": "application/json"}
    async with aiohttp.ClientSession(server.greeting["url"], headers=headers) as http:
        found = []
        watch = Stopwatch()

        async def lane() -> None:
            for piece in pieces:
                body = encode({"offerIds": piece})
                async with http.post("/v2/businesses/1/offer-mappings", params={"limit": "100"}, data=body) as answer:
                    found.extend(decode(await answer.read()).result.offer_mappings)

        await asyncio.gather(*(lane() for _ in range(lanes)))
        assert len(found) == len(skus)
        taken = watch.read()
        return taken["seconds"], taken["cpu"]


async def by_ids(server: Process, skus: list[str], lanes: int) -> tuple[float, float]:
    """Ask the client for all; gives seconds, and CPU seconds."""
    async with MarketClient("k", base_url=server.greeting["url"], limits=PLENTY, max_parallel=lanes) as market:
        watch, count = Stopwatch(), 0
        async for product in market.get_offer_mappings(1, offer_ids=skus):
            assert product.offer.offer_id == skus[count]
            count += 1
        assert count == len(skus)
        taken = watch.read()
        return taken["seconds"], taken["cpu"]


async def request_time(server: Process, skus: list[str]) -> float:
    """Send one request after the other with nothing but aiohttp, and give the median of their times."""
    times = []
    async with aiohttp.ClientSession(server.greeting["url"]) as http:
        for _ in range(20):
            began = time.perf_counter()
            async with http.post("/v2/businesses/1/offer-mappings", json={"offerIds": skus}) as answer:
                await answer.read()
            times.append(time.perf_counter() - began)
    return median(times)


def listing(args: Namespace, results: Results) -> None:
    skus = [f"SKU-{number}" for number in range(args.skus)]
    at_once = MAPPINGS.ids[0].at_once
    rows = []
    with canned_market(campaigns=[1], latency=args.latency / 1e3) as server:
        for lanes in args.lanes:
            ideal = math.ceil(math.ceil(args.skus / at_once) / lanes) * args.latency / 1e3
            ours, hand = [], []
            for _ in range(args.list_rounds):
                ours.append(asyncio.run(by_ids(server, skus, lanes)))
                hand.append(asyncio.run(by_hand(server, skus, lanes)))
            alone = asyncio.run(request_time(server, skus[:at_once]))
            seconds = median(one for one, _ in ours)
            slower, cpu = (ratio([one[which] for one in ours], [one[which] for one in hand]) for which in (0, 1))
            with_that = seconds / ideal * args.latency / 1e3 / alone
            shares = f"{seconds / ideal:.3f}", f"{alone * 1e3:.1f}", f"{with_that:.3f}", f"{slower:.3f}", f"{cpu:.2f}"
            rows.append((f"{lanes} lanes", f"{ideal:.2f}", f"{seconds:.2f}", *shares))
            results.figures[f"{lanes} lanes"] = {
                "ideal": ideal,
                "seconds": seconds,
                "request": alone,
                "by_hand": slower,
                "cpu": cpu,
            }
            told = f"list by ids, {lanes} lanes"
            bound = "at most 1.050 × ideal with what a request takes"
            results.target(
                told, f"{seconds / ideal:.3f} × ideal, {with_that:.3f} × with that", bound, with_that <= 1.05
            )
    title = f"Products of {args.skus:,} SKUs, {at_once} a request of {args.latency:g} ms, seconds"
    heads = ("", "ideal", "measured", "× ideal", "request alone, ms", "× ideal with that", "× by hand", "CPU × by hand")
    results.table(title, heads, rows)


def main() -> None:
    args = arguments(
        __doc__,
        calls=(2_000, "small calls of a round"),
        rounds=(15, "rounds of calls"),
        skus=(100_000, "SKUs to ask for"),
        latency=(50.0, "milliseconds that a request for them takes"),
        lanes=([4], "numbers of parallel requests"),
        list_rounds=(3, "how often the list is asked for"),
    )
    pin(CLIENT_CPU)
    results = Results("calls", vars(args))
    calling(args, results)
    listing(args, results)
    results.finish(args.json)


if __name__ == "__main__":
    main()

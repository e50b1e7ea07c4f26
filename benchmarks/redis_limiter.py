"""What it costs to keep the limits in Redis, next to one process, and how close to the ideal four processes get.

Starts a redis-server of its own. Prints the cost of an acquisition with its release for 1, 10 and 100 workers that
share the slots of a store, then how it grows with the number of stores, then a walk of four processes over one limit
while a fifth is killed.
"""

import argparse
import asyncio
import json
import multiprocessing
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import ceil, floor
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import msgspec
import redis

from yamarket_async import Limit, MarketClient, RedisLimiter
from yamarket_async.limits import Demand, Entity, LimitHeaders, Outcome
from yamarket_async.limits.local import LocalLimiter
from yamarket_async.sandbox import Sandbox

WORKERS = (1, 10, 100)
CALLS = 4_000
"""Acquisitions of all workers together."""

CAMPAIGNS = (1, 10, 100, 1_000, 10_000)
CALLS_OF_ONE = 2_000
"""Acquisitions that are timed once all stores have been used."""

PROCESSES = 4
"""Those that walk to the end; a fifth is killed on its way."""

DIES_AFTER = 30
"""Requests of all processes together before that: in the second window."""

PAGE = 200
PAGES_OF_ONE = 15
LATENCY = 0.05
SLOTS = 4
START = 1.7
"""Windows from the beginning of one until the processes begin, all at once: interpreters take a while to start."""


class Cost(msgspec.Struct, frozen=True):
    """What an acquisition and its release cost together.

    Attributes:
        what: what was measured.
        microseconds: of the worker, all in all.
        commands: that were sent to Redis.
        busy: microseconds for which they kept Redis busy.
        memory: bytes in Redis for each store.
    """

    what: str
    microseconds: float
    commands: float = 0.0
    busy: float = 0.0
    memory: float = 0.0


class Walk(msgspec.Struct, frozen=True):
    """A walk of some processes over one limit, in seconds from the first request to the end of the last."""

    processes: int
    requests: int
    window: float
    seconds: float
    ideal: float
    refused: int
    most_at_once: int


@contextmanager
def redis_server() -> Iterator[tuple[str, redis.Redis]]:
    """Run a redis-server that keeps nothing; gives its URL and a client."""
    binary = shutil.which("redis-server") or shutil.which("valkey-server")
    if binary is None:
        raise SystemExit("neither redis-server nor valkey-server is installed (apt-get install redis-server)")
    with tempfile.TemporaryDirectory() as directory:
        socket = f"{directory}/redis.sock"
        options = ["--port", "0", "--save", "", "--appendonly", "no", "--unixsocket", socket, "--dir", directory]
        server = subprocess.Popen([binary, *options], stdout=subprocess.DEVNULL)
        client = redis.Redis(unix_socket_path=socket)
        try:
            while not Path(socket).exists():
                time.sleep(0.01)
            yield f"unix://{socket}", client
        finally:
            client.close()
            server.kill()
            server.wait()


def demand(campaign: int) -> Demand:
    return Demand("getCampaignOffers", Entity("campaign", campaign), Limit(10**9, 60, "response_items"), PAGE, SLOTS)


def answer() -> Outcome:
    now = floor(time.time())
    return Outcome("answered", LimitHeaders(10**9, 10**8, now // 60 * 60 + 60, now))


async def turns(limiter: LocalLimiter | RedisLimiter, campaigns: Sequence[int]) -> None:
    for campaign in campaigns:
        limiter.release(await limiter.acquire(demand(campaign)), answer())


async def in_one_process(workers: int) -> Cost:
    limiter = LocalLimiter()
    began = time.perf_counter()
    await asyncio.gather(*(turns(limiter, [1] * (CALLS // workers)) for _ in range(workers)))
    cost = Cost(f"{workers} tasks, one process", (time.perf_counter() - began) / CALLS * 1e6)
    await limiter.aclose()
    return cost


async def in_redis(url: str, client: redis.Redis, workers: int) -> Cost:
    client.flushall()
    limiters = [RedisLimiter.from_url(url) for _ in range(workers)]
    await asyncio.gather(*(turns(limiter, [1]) for limiter in limiters))
    client.config_resetstat()
    began = time.perf_counter()
    await asyncio.gather(*(turns(limiter, [1] * (CALLS // workers)) for limiter in limiters))
    seconds = time.perf_counter() - began
    await asyncio.gather(*(limiter.aclose() for limiter in limiters))
    return cost_in_redis(client, f"{workers} workers, Redis", CALLS, seconds)


def cost_in_redis(client: redis.Redis, what: str, calls: int, seconds: float, memory: int = 0) -> Cost:
    """Share out among the calls what they cost in all."""
    stats = client.info("commandstats")["cmdstat_evalsha"]
    return Cost(what, seconds / calls * 1e6, commands=stats["calls"] / calls, busy=stats["usec"] / calls, memory=memory)


async def with_campaigns(url: str, client: redis.Redis, campaigns: int) -> Cost:
    client.flushall()
    limiter = RedisLimiter.from_url(url)
    await turns(limiter, range(1, campaigns + 1))
    await asyncio.sleep(0.1)
    memory = sum(client.memory_usage(key) for key in client.scan_iter("yamarket:{campaign 1}*", count=10_000))
    client.config_resetstat()
    began = time.perf_counter()
    await turns(limiter, [call % campaigns + 1 for call in range(CALLS_OF_ONE)])
    seconds = time.perf_counter() - began
    await limiter.aclose()
    return cost_in_redis(client, f"{campaigns} stores, Redis", CALLS_OF_ONE, seconds, memory)


def walk_once(ready: Barrier, redis_url: str, limit: Limit, *market: Any) -> None:
    base_url, key, campaign = market

    async def walk() -> None:
        limiter = RedisLimiter.from_url(redis_url)
        ready.wait()
        await asyncio.sleep(limit.period * START - time.time() % limit.period)
        async with MarketClient(key, base_url=base_url, limiter=limiter, limits={"getCampaignOffers": limit}) as client:
            await client.get_campaign_offers(campaign)

    asyncio.run(walk())


async def four_processes(url: str, client: redis.Redis, window: float, amount: int) -> Walk:
    """Let them walk, kill one more that walks along, and reckon when they could have been done at best."""
    client.flushall()
    limit = Limit(amount, window, "response_items")
    context = multiprocessing.get_context("spawn")
    options = {"offers": PAGE * PAGES_OF_ONE, "window": window, "limits": {"getCampaignOffers": amount}}
    async with Sandbox(**options, latency=LATENCY) as sandbox:
        arguments = (context.Barrier(PROCESSES + 1), url, limit, sandbox.url, sandbox.api_key, sandbox.campaign_id)
        processes = [context.Process(target=walk_once, args=arguments) for _ in range(PROCESSES + 1)]
        for process in processes:
            process.start()
        while not sandbox.counts["requests"] > DIES_AFTER:
            await asyncio.sleep(0.01)
        processes.pop().kill()
        for process in processes:
            await asyncio.to_thread(process.join)
        requests = sorted(sandbox.requests, key=lambda request: request.at)
        began, ended = requests[0].at, max(request.at + request.seconds for request in requests)
        return Walk(
            PROCESSES,
            len(requests),
            window,
            seconds=ended - began,
            ideal=ideal_end(began, len(requests), amount // PAGE, window) - began,
            refused=sandbox.counts[420],
            most_at_once=sandbox.max_parallel_seen[sandbox.campaign_id],
        )


def ideal_end(began: float, requests: int, in_a_window: int, window: float) -> float:
    """Tell the moment at which the last of the requests can be answered: all slots busy, no window left with a rest."""
    start = began
    while requests > in_a_window:
        start = (floor(start / window) + 1) * window
        requests -= in_a_window
    return start + ceil(requests / min(SLOTS, PROCESSES)) * LATENCY


def table(costs: Sequence[Cost]) -> str:
    head = f"{'':>24} | {'µs':>7} | {'commands':>8} | {'µs in Redis':>11} | {'bytes a store':>13}"
    rows = [
        f"{cost.what:>24} | {cost.microseconds:7.0f} | {cost.commands:8.2f} | {cost.busy:11.0f} | {cost.memory:13.0f}"
        for cost in costs
    ]
    return "\n".join([head, *rows])


async def measure(window: float, amount: int) -> tuple[list[Cost], list[Cost], Walk]:
    with redis_server() as (url, client):
        workers = [cost for n in WORKERS for cost in (await in_one_process(n), await in_redis(url, client, n))]
        print(table(workers), end="\n\n")
        campaigns = [await with_campaigns(url, client, number) for number in CAMPAIGNS]
        print(table(campaigns), end="\n\n")
        walk = await four_processes(url, client, window, amount)
        print(
            f"{walk.processes} processes, {walk.requests} requests, {amount // PAGE} in a window of {window:g} s: "
            f"{walk.seconds:.2f} s, ideal {walk.ideal:.2f} s (+{(walk.seconds / walk.ideal - 1) * 100:.1f} %), "
            f"{walk.refused} refused, {walk.most_at_once} at once at most"
        )
    return workers, campaigns, walk


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file")
    parser.add_argument("--window", type=int, default=10, help="seconds of a window of the walk, 1 or more")
    parser.add_argument("--amount", type=int, default=4_000, help=f"items in it, {PAGE} or more")
    chosen = parser.parse_args()
    figures = asyncio.run(measure(float(chosen.window), chosen.amount))
    if chosen.json:
        chosen.json.parent.mkdir(parents=True, exist_ok=True)
        names = ("workers", "campaigns", "walk")
        chosen.json.write_text(json.dumps(msgspec.to_builtins(dict(zip(names, figures, strict=True))), indent=1) + "\n")


if __name__ == "__main__":
    main()

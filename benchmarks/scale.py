"""Many stores at once: 1, 10, 100, 1,000 campaigns walked by one client, with the same number of offers in all.

CPU for an offer should not depend on how many stores it is one of. Each number of campaigns has a process of its own,
and they take turns. Memory for a campaign is what the process holds at the most above what it held before, divided by
their number. Fairness: what share of its offers the last campaign has when the first one is done, and how long the last
one takes in comparison with the first.
"""

import asyncio
import gc
import sys
import time
from argparse import Namespace
from contextlib import ExitStack
from functools import partial
from typing import Any

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

from yamarket_async import MarketClient

PAGE = 200


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


async def walk(market: MarketClient, store: int, progress: Progress) -> None:
    async for page in market.get_campaign_offers(store).pages():
        progress.offers[store - 1] += len(page.items)
    progress.end()


async def walk_all(url: str, key: str, campaigns: int) -> dict[str, float]:
    collecting = Collecting()
    before, watch = resident(), Stopwatch()
    progress = Progress(campaigns)
    async with MarketClient(api_key=key, base_url=url) as market, asyncio.TaskGroup() as walks:
        for store in range(1, campaigns + 1):
            walks.create_task(walk(market, store, progress))
    return watch.read() | {
        "collecting": collecting.end(),
        "offers": sum(progress.offers),
        "memory": peak_resident() - before,
        "least": progress.least_at_first_end / progress.offers[0],
        "spread": progress.done[-1] / progress.done[0],
    }


def answer(how: dict[str, Any], _question: dict[str, Any]) -> dict[str, float]:
    gc.collect()
    return asyncio.run(walk_all(**how))


def measure(args: Namespace) -> tuple[dict[str, list[Any]], dict[str, float]]:
    """Walk in turns; the first walk of each process, which loads and opens everything, tells the memory."""
    with ExitStack() as stack:
        workers = {}
        for campaigns in args.campaigns:
            server = stack.enter_context(canned_market(campaigns=[args.offers // campaigns] * campaigns))
            how = {**server.greeting, "campaigns": campaigns}
            workers[f"{campaigns:,}"] = stack.enter_context(Process("scale.py", cpu=CLIENT_CPU, **how))
        memory = {name: worker.ask()["memory"] for name, worker in workers.items()}
        sides = {name: partial(worker.ask) for name, worker in workers.items()}
        return take_turns(sides, args.rounds), memory


def report(args: Namespace, results: Results) -> None:
    taken, memory = measure(args)
    base = next(iter(taken))
    rows = []
    for name, several in taken.items():
        cpu = [one["cpu"] / one["offers"] for one in several]
        figures = {
            "offers_per_second": median(one["offers"] / one["seconds"] for one in several),
            "cpu_us_per_offer": median(cpu) * 1e6,
            "of_one": ratio(cpu, [one["cpu"] / one["offers"] for one in taken[base]]),
            "collecting": median(one["collecting"] / one["cpu"] for one in several),
            "kb_per_campaign": memory[name] * 1e3 / int(name.replace(",", "")),
            "least": median(one["least"] for one in several),
            "spread": median(one["spread"] for one in several),
        }
        results.figures[name] = figures
        formats = ("{:,.0f}", "{:.2f}", "{:.2f}", "{:.0%}", "{:,.0f}", "{:.0%}", "{:.2f}")
        rows.append((name, *(form.format(x) for form, x in zip(formats, figures.values(), strict=True))))
    columns = ("campaigns", "offers/s", "µs/offer", "× one", "GC", "KB/campaign", "at first end", "spread")
    results.table(f"{args.offers:,} offers in all, in pages of {PAGE}", columns, rows)
    results.note(
        "µs/offer: CPU time; GC: the share of it that Python's garbage collector takes, which walks over the pages of "
        "all stores; at first end: the share of its offers that the slowest campaign has when the first one is done; "
        "spread: the time of the last one against that of the first."
    )
    if "1" in taken and "1,000" in taken:
        many = results.figures["1,000"]
        assert isinstance(many, dict)
        share = many["of_one"]
        results.target(
            "CPU per offer of 1,000 campaigns against one", f"{share:.2f} ×", "at most 1.15 ×", share <= 1.15
        )


def main() -> None:
    args = arguments(
        __doc__,
        campaigns=([1, 10, 100, 1_000], "numbers of campaigns"),
        offers=(2_000_000, "offers of all campaigns together"),
        rounds=(5, "how often each is walked"),
    )
    results = Results("scale", vars(args))
    report(args, results)
    results.finish(args.json)


if __name__ == "__main__":
    if len(sys.argv) == 2 and sys.argv[1].startswith("{"):
        answer_questions(partial(answer, settings()))
    else:
        main()

"""Offers a second: `async for offer in market.get_campaign_offers(…)` against what else one can walk a store with.

Every side walks the same store, page after page from the same server, in a process of its own that is kept on one core;
the server of canned answers has another. The sides take turns, and a ratio is the median of the ratios within a round.
"""

from argparse import Namespace
from contextlib import ExitStack
from functools import partial
from typing import Any

from environments import Environment, available
from harness import CLIENT_CPU, Process, Results, arguments, canned_market, median, ratio, take_turns

OURS, BASE, SLOWEST = "ours", "hand_written", "openapi_generator"

KEY = "ACMA:canned:00000000"

STORES = {
    "mixed": ("an assortment as the sandbox makes it, where most offers have neither errors nor a discount", False),
    "filled": ("every field of every offer is there, as in the example of the documentation", True),
}

TITLES = {
    "ours": "yamarket-async, async for offer",
    "ours_by_page": "yamarket-async, .pages()",
    "hand_written": "hand-written: aiohttp + msgspec",
    "hand_written_floats": "hand-written, money as floats",
    "hand_written_kept": "hand-written, read buffers kept",
    "aiohttp_json": "hand-written: aiohttp + json",
    "yandex_market_api": "yandex-market-api (dicts)",
    "openapi_generator": "openapi-generator, asyncio",
    "openapi_python_client": "openapi-python-client",
}


def read_arguments() -> Namespace:
    return arguments(
        __doc__,
        offers=(40_000, "offers of the store"),
        rounds=(15, "how often each side walks it"),
        sides=(list(TITLES), "which sides to run"),
    )


def measure(args: Namespace, results: Results) -> None:
    """Let the sides walk both stores in turns, after a first walk of each that adds up the prices."""
    with ExitStack() as stack:
        workers = {
            environment.side: stack.enter_context(walker(environment))
            for environment in available(args.sides, results.note)
        }
        for name, (title, filled) in STORES.items():
            with canned_market(campaigns=[args.offers], filled=filled) as server:
                url = server.greeting["url"]
                compare_totals(workers, url, args.offers)
                before = server.ask()["cpu"]
                taken = take_turns(
                    {side: partial(worker.ask, url=url) for side, worker in workers.items()}, args.rounds
                )
                pages = args.rounds * len(workers) * args.offers / 200
                results.figures[f"{name} server_ms_per_page"] = (server.ask()["cpu"] - before) / pages * 1e3
            report(name, title, taken, args, results)


def compare_totals(workers: dict[str, Process], url: str, offers: int) -> None:
    totals = {}
    for side, worker in workers.items():
        first = worker.ask(url=url, sum=True)
        assert first["offers"] == offers, (side, first)
        totals[side] = first["total"]
    assert len(set(totals.values())) == 1, f"the sides have read different prices: {totals}"


def walker(environment: Environment) -> Process:
    return Process(
        "walkers.py",
        python=environment.python,
        cpu=CLIENT_CPU,
        side=environment.side,
        package=environment.package,
        key=KEY,
    )


def report(name: str, title: str, taken: dict[str, list[Any]], args: Namespace, results: Results) -> None:
    seconds = {side: [one["seconds"] for one in several] for side, several in taken.items()}
    cpu = {side: [one["cpu"] for one in several] for side, several in taken.items()}
    base = BASE if BASE in taken else next(iter(taken))
    rows = []
    for side in sorted(taken, key=lambda side: median(seconds[side])):
        rate = args.offers / median(seconds[side])
        share, of_cpu = ratio(seconds[base], seconds[side]), ratio(cpu[side], cpu[base])
        per_page = median(cpu[side]) / args.offers * 200 * 1e3
        memory = max(one["resident"] for one in taken[side])
        rows.append((TITLES[side], f"{rate:,.0f}", f"{share:.2f}", f"{per_page:.2f}", f"{of_cpu:.2f}", f"{memory:.0f}"))
        figures = {"offers_per_second": rate, "of_base": share, "cpu_ms_per_page": per_page, "cpu_of_base": of_cpu}
        results.figures[f"{name} {side}"] = figures
    heading = f"{args.offers:,} campaign offers in pages of 200, one core for the client; {title}"
    results.table(heading, ("client", "offers/s", "× base", "CPU ms/page", "× CPU", "MB"), rows)
    for other, least in ((BASE, 1.1), (SLOWEST, 8.0)):
        if OURS in taken and other in taken:
            times = ratio(seconds[other], seconds[OURS])
            what = f"offers/s against {TITLES[other]} ({name})"
            results.target(what, f"{times:.2f} ×", f"at least {least:.2f} ×", times >= least)


def main() -> None:
    args = read_arguments()
    results = Results("throughput", vars(args))
    measure(args, results)
    results.note(
        f"× base: offers a second against {TITLES[BASE]}. Read buffers kept: what that loop does in a process that has "
        "freed a block of more than 256 KB before, which makes glibc keep such buffers; this package sees to it."
    )
    results.finish(args.json)


if __name__ == "__main__":
    main()

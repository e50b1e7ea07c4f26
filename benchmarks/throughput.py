"""Offers a second: `async for offer in market.get_campaign_offers(…)` against what else one can walk a store with.

Every side walks the same store, page after page from the same server, in a process of its own that is kept on one core;
the server of canned answers has another. The sides take turns, and a ratio is the median of the ratios within a round.
"""

from argparse import Namespace
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import Any

from environments import Environment, available
from harness import CLIENT_CPU, Process, Results, arguments, canned_market, median, ratio, take_turns

OURS, BASE, SLOWEST = "ours", "hand_written", "openapi_generator"

TITLES = {
    "ours": "yamarket-async, async for offer",
    "ours_by_page": "yamarket-async, .pages()",
    "hand_written": "hand-written: aiohttp + msgspec",
    "hand_written_floats": "the same, money as floats",
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


def measure(args: Namespace, results: Results) -> dict[str, list[Any]]:
    """Let the sides walk in turns, after a first walk of each that adds up the prices."""
    with ExitStack() as stack:
        server = stack.enter_context(canned_market(campaigns=[args.offers]))
        sides: dict[str, Callable[[], Any]] = {}
        totals: dict[str, str] = {}
        for environment in available(args.sides, results.note):
            worker = stack.enter_context(walker(environment, server.greeting))
            first = worker.ask(store=1, sum=True)
            assert first["offers"] == args.offers, (environment.side, first)
            totals[environment.side] = first["total"]
            sides[environment.side] = partial(worker.ask, store=1)
        exact = {total for side, total in totals.items() if "float" not in side}
        assert len(exact) == 1, f"the sides have read different prices: {totals}"
        before = server.ask()["cpu"]
        taken = take_turns(sides, args.rounds)
        pages = args.rounds * len(sides) * args.offers / 200
        results.figures["server_ms_per_page"] = (server.ask()["cpu"] - before) / pages * 1e3
        return taken


def walker(environment: Environment, address: dict[str, str]) -> Process:
    return Process(
        "walkers.py",
        python=environment.python,
        cpu=CLIENT_CPU,
        side=environment.side,
        package=environment.package,
        url=address["url"],
        key=address["key"],
    )


def report(taken: dict[str, list[Any]], args: Namespace, results: Results) -> None:
    seconds = {side: [one["seconds"] for one in several] for side, several in taken.items()}
    cpu = {side: [one["cpu"] for one in several] for side, several in taken.items()}
    base = BASE if BASE in taken else next(iter(taken))
    rows = []
    for side in sorted(taken, key=lambda side: median(seconds[side])):
        rate = args.offers / median(seconds[side])
        share = ratio(seconds[base], seconds[side])
        per_page = median(cpu[side]) / args.offers * 200 * 1e3
        memory = max(one["resident"] for one in taken[side])
        rows.append((TITLES[side], f"{rate:,.0f}", f"{share:.2f}", f"{per_page:.2f}", f"{memory:.0f}"))
        results.figures[side] = {"offers_per_second": rate, "of_base": share, "cpu_ms_per_page": per_page}
    title = f"{args.offers:,} campaign offers in pages of 200, one core for the client"
    results.table(title, ("client", "offers/s", f"× {TITLES[base]}", "CPU ms/page", "MB"), rows)
    if OURS in taken and BASE in taken:
        times = ratio(seconds[BASE], seconds[OURS])
        results.target("offers/s against the hand-written loop", f"{times:.2f} ×", "at least 1.00 ×", times >= 1)
    if OURS in taken and SLOWEST in taken:
        times = ratio(seconds[SLOWEST], seconds[OURS])
        results.target("offers/s against openapi-generator's client", f"{times:.1f} ×", "at least 8 ×", times >= 8)


def main() -> None:
    args = read_arguments()
    results = Results("throughput", vars(args))
    report(measure(args, results), args, results)
    results.finish(args.json)


if __name__ == "__main__":
    main()

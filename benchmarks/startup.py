"""Import time and memory: the client against what it depends on, then each family, and everything at once.

Every import happens in a fresh interpreter with warm bytecode; the sides take turns. The time is that of the import
statement alone, the memory what the process holds after it above what it held before. A family is what its first call
loads when the client is there: its entries and structs, the decoder of an answer, the checkers of arguments. One whose
entries stand in several modules has a first call for each.
"""

import os
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from environments import Environment, available
from harness import HERE, Results, arguments, median, ratio, take_turns

from yamarket_async.families import FAMILIES, modules_of

OURS, BASE = "yamarket-async", "aiohttp, msgspec and aiolimiter"

STATEMENTS = {
    OURS: ("", "from yamarket_async import MarketClient"),
    BASE: ("", "import aiohttp, msgspec, aiolimiter"),
    "aiohttp alone": ("", "import aiohttp"),
    "the package's name alone": ("", "import yamarket_async"),
    "yandex-market-api": ("yandex_market_api", "from yandex_market_api import YandexMarketClient"),
    "openapi-python-client": (
        "openapi_python_client",
        "import market_generated; import market_generated.api.offers.get_campaign_offers",
    ),
    "openapi-generator, asyncio": ("openapi_generator", "import market_generated; market_generated.OffersApi"),
}

PROGRAM = """
import sys, time
sys.path.insert(0, {home!r})
from harness import resident
before, began, cpu = resident(), time.perf_counter(), time.process_time()
{statement}
took, cpu = time.perf_counter() - began, time.process_time() - cpu
print(took, cpu, resident() - before)
"""


def load(python: str | Path, statement: str) -> Mapping[str, float]:
    """Import in a fresh interpreter."""
    program = PROGRAM.format(home=str(HERE), statement=statement)
    # Where the environment forbids to write bytecode, a checkout would be compiled anew each time.
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run([python, "-c", program], check=True, stdout=subprocess.PIPE, text=True, env=environ)
    return dict(zip(("seconds", "cpu", "resident"), map(float, done.stdout.split()), strict=True))


FAMILY = """
from yamarket_async.families import Family, endpoints
from yamarket_async.arguments import signature_of
from yamarket_async.endpoints import Endpoint
from importlib import import_module
from yamarket_async import MarketClient
before, began, cpu = resident(), time.perf_counter(), time.process_time()
for name in {modules!r}:
    entries = [value for value in vars(import_module(name)).values() if type(value) is Endpoint][:{most}]
    for entry in entries:
        entry.decoder
        for slot in signature_of(entry).slots:
            slot.checker
"""


def by_family(args: Namespace, results: Results) -> None:
    """Measure the first call of each family, and all operations of all of them."""
    modules = [module for family in FAMILIES for module in modules_of(family)]
    names = [module.removeprefix("yamarket_async.families.").removesuffix(".endpoints") for module in modules]
    first = {
        name: partial(load, sys.executable, FAMILY.format(modules=[module], most=1))
        for name, module in zip(names, modules, strict=True)
    }
    everything = {"everything": partial(load, sys.executable, FAMILY.format(modules=modules, most=None))}
    for prepare in everything.values():
        prepare()
    taken = take_turns({**first, **everything}, args.families)
    cpu = {name: median(one["cpu"] for one in several) * 1e3 for name, several in taken.items()}
    memory = {name: median(one["resident"] for one in several) for name, several in taken.items()}
    rows = [(name, f"{cpu[name]:.1f}", f"{memory[name]:.1f}") for name in sorted(cpu, key=cpu.__getitem__)[::-1]]
    shown = [row for row in rows if row[0] == "everything"] + [row for row in rows if row[0] != "everything"][:6]
    results.table(f"The first call of a family: the 6 slowest of {len(first)}", ("what", "CPU ms", "MB"), shown)
    results.figures["families"] = {"cpu_ms": cpu, "mb": memory}
    slowest = max(first, key=cpu.__getitem__)
    results.target(f"first call of a family ({slowest})", f"{cpu[slowest]:.1f} ms", "at most 15 ms", cpu[slowest] <= 15)
    whole, held = cpu["everything"], memory["everything"]
    results.target("all 169 operations", f"{whole:.0f} ms", "at most 150 ms", whole <= 150)
    results.target("memory of all", f"{held:.1f} MB", "at most 25 MB", held <= 25)


def sides(results: Results, *, others: bool) -> dict[str, Callable[[], Mapping[str, float]]]:
    """Prepare what is imported, the base and ours or the other clients, and import it once for its bytecode."""
    prepared = {}
    for name, (side, statement) in STATEMENTS.items():
        if bool(side) != others and name != BASE:
            continue
        environments = available([side], results.note) if side else [Environment("", Path(sys.executable))]
        for environment in environments:
            prepared[name] = partial(load, environment.python, statement)
            prepared[name]()
    return prepared


def report(taken: dict[str, list[Any]], results: Results, rounds: int) -> None:
    rows = []
    for name, several in taken.items():
        seconds, memory = median(one["seconds"] for one in several), median(one["resident"] for one in several)
        share = ratio([one["cpu"] for one in several], [one["cpu"] for one in taken[BASE]])
        rows.append((name, f"{seconds * 1e3:.0f}", f"{share:.2f}", f"{memory:.1f}"))
        results.figures[name] = {"seconds": seconds, "of_base": share, "mb": memory}
    results.table(f"Imports, the medians of {rounds}", ("what", "ms", "× base", "MB"), rows)


def main() -> None:
    args = arguments(
        __doc__,
        rounds=(25, "how often each is imported"),
        families=(5, "how often each family is loaded; 0 leaves them out"),
        others=(5, "how often the other clients are, which take seconds; 0 leaves them out"),
    )
    results = Results("startup", vars(args))
    taken = take_turns(sides(results, others=False), args.rounds)
    report(taken, results, args.rounds)
    if args.families:
        by_family(args, results)
    if args.others:
        report(take_turns(sides(results, others=True), args.others), results, args.others)
    results.note(f"× base: CPU time against importing {BASE}, in the same round.")
    share = ratio([one["cpu"] for one in taken[OURS]], [one["cpu"] for one in taken[BASE]])
    results.target("import time against the three dependencies", f"{share:.2f} ×", "at most 1.15 ×", share <= 1.15)
    results.finish(args.json)


if __name__ == "__main__":
    main()

"""Import time and memory of `from yamarket_async import MarketClient`, against importing what it depends on.

Every import happens in a fresh interpreter with warm bytecode; the sides take turns. The time is that of the import
statement alone, the memory what the process holds after it above what it held before.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from environments import Environment, available
from harness import HERE, Results, arguments, median, ratio, take_turns

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


def load(python: Path, statement: str) -> Mapping[str, float]:
    """Import in a fresh interpreter."""
    program = PROGRAM.format(home=str(HERE), statement=statement)
    # Where the environment forbids to write bytecode, a checkout would be compiled anew each time.
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run([python, "-c", program], check=True, stdout=subprocess.PIPE, text=True, env=environ)
    return dict(zip(("seconds", "cpu", "resident"), map(float, done.stdout.split()), strict=True))


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
        others=(5, "how often the other clients are, which take seconds; 0 leaves them out"),
    )
    results = Results("startup", vars(args))
    taken = take_turns(sides(results, others=False), args.rounds)
    report(taken, results, args.rounds)
    if args.others:
        report(take_turns(sides(results, others=True), args.others), results, args.others)
    results.note(f"× base: CPU time against importing {BASE}, in the same round.")
    share = ratio([one["cpu"] for one in taken[OURS]], [one["cpu"] for one in taken[BASE]])
    results.target("import time against the three dependencies", f"{share:.2f} ×", "at most 1.25 ×", share <= 1.25)
    results.finish(args.json)


if __name__ == "__main__":
    main()

"""How long type checkers take over a program that calls 30 methods: what its author waits for after each change.

Warm: the checker has been over the same program before, and mypy has its cache; a line is changed in between. mypy runs
strictly; pyright keeps nothing between two runs.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from pathlib import Path

from harness import HERE, Results, arguments, median

from yamarket_async.arguments import signature_of
from yamarket_async.endpoints import snake
from yamarket_async.families import endpoints

METHODS = 30
IMPORTS = "import asyncio\n\nfrom yamarket_async import MarketClient\n\n\n"


def program() -> str:
    """Write a program that calls methods that need no more than a business, a store or a key."""
    lines: list[str] = []
    for entry in endpoints().values():
        name, required = snake(entry.name), [slot for slot in signature_of(entry).slots if slot.required]
        if entry.access != "read" or entry.deprecated or entry.report or len(required) > 1:
            continue
        if not (entry.pages or entry.result) or any(slot.kind is str for slot in required):
            continue
        first = "1" if required else ""
        if entry.pages:
            lines.append(f"    reveal([item async for item in market.{name}({first})])")
        else:
            lines.append(f"    reveal(await market.{name}({first}))")
        if sum("market." in line for line in lines) == METHODS:
            break
    calls = "\n".join(lines)
    return (
        f"{IMPORTS}def reveal(thing: object) -> None:\n    print(thing)\n\n\n"
        f"async def main(market: MarketClient) -> None:\n{calls}\n\n\n"
        'async def begin() -> None:\n    async with MarketClient("key") as market:\n        await main(market)\n\n\n'
        "asyncio.run(begin())\n"
    )


def check(command: list[str], folder: Path, rounds: int) -> tuple[float, float]:
    """Run a checker over the program, once cold and then warm; gives both times in seconds."""
    times = []
    file = folder / "consumer.py"
    for number in range(rounds + 1):
        file.write_text(program() + f"# change {number}\n")
        began = time.perf_counter()
        done = subprocess.run([*command, str(file)], cwd=folder, check=False, capture_output=True, text=True)
        times.append(time.perf_counter() - began)
        assert not done.returncode, done.stdout + done.stderr
    return times[0], median(times[1:])


def measure(args: Namespace, results: Results) -> None:
    rows = []
    assert program().count(" market.") == METHODS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scripts = Path(sys.executable).parent
        checkers = {"mypy --strict": ["mypy", "--strict"], "pyright": ["pyright", "--pythonpath", sys.executable]}
        for title, (script, *options) in checkers.items():
            if not (scripts / script).exists() and not shutil.which(script):
                results.note(f"Left out: {script}, which isn't installed.")
                continue
            command = str(scripts / script) if (scripts / script).exists() else script
            cold, warm = check([command, *options], folder, args.rounds)
            rows.append((title, f"{cold:.1f}", f"{warm:.1f}"))
            results.figures[title] = {"cold": cold, "warm": warm}
            results.target(f"{title} over {METHODS} methods, warm", f"{warm:.1f} s", "under 5 s", warm < 5)
    results.table(f"Checking a program that calls {METHODS} methods, seconds", ("checker", "cold", "warm"), rows)


def main() -> None:
    args = arguments(__doc__, rounds=(3, "how often each checker runs warm"))
    results = Results("typing_time", vars(args))
    assert (HERE.parent / "yamarket_async" / "py.typed").exists()
    measure(args, results)
    results.finish(args.json)


if __name__ == "__main__":
    main()

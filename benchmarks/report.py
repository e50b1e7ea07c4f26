"""Writes the last results into README.md of this folder, from the JSON files that benchmarks have left in `results/`.

Everything between the two marks is replaced; the rest of the page is written by hand.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
BEGIN, END = "<!-- results -->", "<!-- end of results -->"
ORDER = (
    "throughput",
    "calls",
    "latency",
    "bulk",
    "memory",
    "startup",
    "scale",
    "eager_tasks",
    "threads",
    "typing_time",
)


def read(folder: Path) -> list[dict[str, Any]]:
    """Read what there is, in the order of the page; `throughput-3.13.json` is one of several of the same benchmark."""
    files = [file for name in ORDER for file in sorted(folder.glob(f"{name}*.json"))]
    return [json.loads(file.read_text()) for file in files]


def page(results: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Write the lines of all results."""
    machine: dict[str, str] = {}
    for result in results:
        if {**result["machine"], "python": ""} != machine:
            machine = {**result["machine"], "python": ""}
            yield f"Taken {machine['date']} on {machine['machine']}, {versions(machine)}."
            yield ""
        yield from section(result)


def versions(machine: dict[str, str]) -> str:
    names = [name for name in machine if name not in {"date", "machine", "python"}]
    return ", ".join(f"{name} {machine[name]}" for name in names)


def section(result: dict[str, Any]) -> Iterator[str]:
    """Write the results of one benchmark."""
    yield f"### {result['benchmark']}.py, Python {result['machine']['python']}"
    yield ""
    for table in result["tables"]:
        yield f"{table['title']}:"
        yield ""
        yield row(table["columns"])
        yield row([":---", *["---:"] * (len(table["columns"]) - 1)])
        yield from map(row, table["rows"])
        yield ""
    for note in result["notes"]:
        yield note
        yield ""
    if not result["targets"]:
        return
    yield row(["what it is to show", "measured", "target", ""])
    yield row([":---", "---:", ":---", ":---"])
    for target in result["targets"]:
        yield row([target["what"], target["measured"], target["bound"], "met" if target["met"] else "**missed**"])
    yield ""


def row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--results", type=Path, default=HERE / "results", help="the folder of the JSON files")
    parser.add_argument("--readme", type=Path, default=HERE / "README.md", help="the page to write them into")
    arguments = parser.parse_args()
    results = read(arguments.results)
    if not results:
        sys.exit(f"there are no results in {arguments.results}; run a benchmark with --json first")
    before, _, rest = arguments.readme.read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    written = "\n".join(page(results))
    arguments.readme.write_text(f"{before}{BEGIN}\n\n{written}\n{END}{after}")
    print(f"wrote the results of {', '.join(result['benchmark'] for result in results)} into {arguments.readme}")


if __name__ == "__main__":
    main()

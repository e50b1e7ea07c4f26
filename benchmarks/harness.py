"""What the benchmarks share: processes that answer lines of JSON, sides that take turns, tables, targets, JSON files.

Only the standard library is imported up here: the workers run in environments of other clients too.
"""

import argparse
import asyncio
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

HERE = Path(__file__).parent

CPUS = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
CLIENT_CPU = CPUS[0] if len(CPUS) > 1 else None
SERVER_CPU = CPUS[-1] if len(CPUS) > 1 else None


def pin(cpu: int | None) -> None:
    """Keep this process on a core; None leaves that to the system."""
    if cpu is not None:
        os.sched_setaffinity(0, {cpu})


class Process:
    """A script of this folder in a process of its own, asked by lines of JSON.

    Args:
        script: its name.
        settings: what it gets as its only argument.
        python: the interpreter, for those that live in another environment.
        cpu: the core that it is kept on; None leaves that to the system.
    """

    def __init__(
        self, script: str, *, python: str | Path = sys.executable, cpu: int | None = None, **settings: object
    ) -> None:
        self._process = subprocess.Popen(
            [str(python), str(HERE / script), json.dumps(settings)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        if cpu is not None:
            os.sched_setaffinity(self._process.pid, {cpu})
        self.greeting = self._read()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._process.communicate()

    def ask(self, **question: object) -> dict[str, Any]:
        """Send a question and wait for the answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"{self._process.args!r} ended with status {self._process.wait()}")
        return json.loads(line)


def settings() -> dict[str, Any]:
    """Give what this process was started with; its other half is `Process`."""
    return json.loads(sys.argv[1])


def say(answer: Mapping[str, object]) -> None:
    """Answer whoever started this process."""
    print(json.dumps(answer), flush=True)


def answer_questions(answers: Callable[[dict[str, Any]], Mapping[str, object]]) -> None:
    """Answer until whoever started this process has no more questions."""
    say({})
    for line in sys.stdin:
        say(answers(json.loads(line)))


def canned_market(**how: object) -> Process:
    """Start the server of canned answers on a core of its own."""
    return Process("canned.py", cpu=SERVER_CPU, **how)


class Stopwatch:
    """Wall and CPU time of this process since it was made."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def read(self) -> dict[str, float]:
        return {"seconds": time.perf_counter() - self._wall, "cpu": time.process_time() - self._cpu}


async def longest_turn(work: Callable[[], Awaitable[None]]) -> tuple[float, float]:
    """Tell the longest turn of the event loop while some work runs: seconds of CPU, and seconds by the clock."""
    turns: list[tuple[float, float]] = []

    async def watch() -> None:
        while True:
            cpu, clock = time.thread_time(), time.perf_counter()
            await asyncio.sleep(0)
            turns.append((time.thread_time() - cpu, time.perf_counter() - clock))

    watching = asyncio.create_task(watch())
    await work()
    watching.cancel()
    return max(cpu for cpu, _ in turns), max(clock for _, clock in turns)


def resident() -> float:
    """Tell the memory that this process holds now, in MB."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return peak_resident()
    return int(statm.read_text().split()[1]) * resource.getpagesize() / 1e6


def peak_resident() -> float:
    """Tell the most memory that this process has held, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def take_turns(
    sides: Mapping[str, Callable[[], Mapping[str, float]]], rounds: int
) -> dict[str, list[Mapping[str, float]]]:
    """Run every side once a round, each round beginning with another one, so that noise befalls them alike."""
    names = list(sides)
    taken: dict[str, list[Mapping[str, float]]] = {name: [] for name in names}
    for turn in range(rounds):
        shift = turn % len(names)
        for name in names[shift:] + names[:shift]:
            taken[name].append(sides[name]())
        _show(f"round {turn + 1} of {rounds}")
    _show("")
    return taken


def _show(progress: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{progress:30}\r", end="", file=sys.stderr, flush=True)


def median(values: Iterable[float]) -> float:
    return statistics.median(values)


def ratio(of: Sequence[float], to: Sequence[float]) -> float:
    """Give the median of the ratios of what was measured in the same round."""
    return median(one / other for one, other in zip(of, to, strict=True))


@dataclass
class Table:
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]

    def __str__(self) -> str:
        cells = [list(self.columns), *(list(row) for row in self.rows)]
        widths = [max(len(row[i]) for row in cells) for i in range(len(self.columns))]
        lines = ["  ".join(_aligned(row[i], widths[i], i) for i in range(len(row))).rstrip() for row in cells]
        rule = "  ".join("-" * width for width in widths)
        return "\n".join([self.title, "", lines[0], rule, *lines[1:]])


def _aligned(text: str, width: int, column: int) -> str:
    return text.rjust(width) if column else text.ljust(width)


@dataclass
class Target:
    """What a benchmark is to show.

    Attributes:
        what: the quantity.
        measured: its value.
        bound: what it has to be.
        met: whether it is.
    """

    what: str
    measured: str
    bound: str
    met: bool


@dataclass
class Results:
    """What a benchmark has found.

    Attributes:
        benchmark: its name.
        settings: the arguments that it ran with.
        tables: for people.
        targets: what it was to show.
        figures: everything measured, for programs.
        notes: what a reader of the tables should know.
    """

    benchmark: str
    settings: Mapping[str, object]
    tables: list[Table] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    figures: dict[str, object] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def table(self, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Add a table and print it."""
        self.tables.append(Table(title, columns, rows))
        print(self.tables[-1], end="\n\n", flush=True)

    def note(self, text: str) -> None:
        """Add a remark and print it."""
        self.notes.append(text)
        print(text, end="\n\n", flush=True)

    def target(self, what: str, measured: str, bound: str, met: bool) -> None:
        """Hold a figure against what it is to be."""
        self.targets.append(Target(what, measured, bound, met))

    def finish(self, json_file: Path | None) -> None:
        """Print how the targets stand, and write the file."""
        for target in self.targets:
            print(f"{'met' if target.met else 'MISSED':7} {target.what}: {target.measured} (target: {target.bound})")
        if json_file is not None:
            json_file.parent.mkdir(parents=True, exist_ok=True)
            whole = {**asdict(self), "machine": machine(), "settings": {k: str(v) for k, v in self.settings.items()}}
            json_file.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n")


def machine() -> dict[str, str]:
    """Tell where and with what the figures were taken."""
    packages = ("yamarket-async", "aiohttp", "msgspec", "aiolimiter")
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}",
        "python": platform.python_version(),
    } | {package: version(package) for package in packages}


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def arguments(description: str | None, **options: tuple[object, str]) -> argparse.Namespace:
    """Read the command line.

    Args:
        description: what the benchmark does.
        options: for each option its default and its help. A list takes several values.
    """
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.ArgumentDefaultsHelpFormatter, allow_abbrev=False
    )
    for name, (default, told) in options.items():
        several = isinstance(default, list)
        kind = type(default[0]) if several else type(default)
        parser.add_argument(
            "--" + name.replace("_", "-"), type=kind, nargs="+" if several else None, default=default, help=told
        )
    parser.add_argument("--json", type=Path, metavar="FILE", help="where to write the results")
    return parser.parse_args()

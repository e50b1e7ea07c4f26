"""How many notifications a service takes in on one core, and how long its answers take.

Load: notifications are sent at `--rate` a second whether or not answers come, over `--connections`; the time of an
answer counts from when its notification was due, so a server that falls behind is seen to. The Market gives up after
ten seconds, and after one on a PING.

Cost: the CPU of the server for a notification, sent as quickly as answers come, against a handler that one writes by
hand, which checks nothing.
"""

import asyncio
import json
import time
from argparse import Namespace
from collections import deque
from collections.abc import Callable

from harness import CLIENT_CPU, SERVER_CPU, Process, Results, arguments, median, pin, ratio, take_turns

MODES = ("by hand", "awaited", "background", "deduplicated")


def request(path: str, number: int) -> bytes:
    """Write one as the Market does; each is another order."""
    body = json.dumps(
        {
            "notificationType": "ORDER_CREATED",
            "orderId": number,
            "campaignId": 21_000_000,
            "items": [{"offerId": f"Чайник {number % 1000}", "count": 1}, {"offerId": "08e35dc1-4231711", "count": 2}],
            "createdAt": "2026-11-24T10:00:00.213Z",
        },
        ensure_ascii=False,
    ).encode()
    head = f"POST /{path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


class Connection(asyncio.Protocol):
    """Sends one request after another, and takes the time of each from when it was due."""

    def __init__(self, seconds: list[float], when_idle: Callable[["Connection"], None]) -> None:
        self.seconds = seconds
        self.when_idle = when_idle
        self.due: float | None = None
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]

    def send(self, data: bytes, due: float) -> None:
        self.due = due
        self.transport.write(data)

    def data_received(self, data: bytes) -> None:
        # Answers are short, so each comes in one piece.
        assert data.startswith(b"HTTP/1.1 200 "), data
        assert data.endswith(b"}"), data
        assert self.due is not None
        self.seconds.append(time.perf_counter() - self.due)
        self.due = None
        self.when_idle(self)


async def send(port: int, mode: str, count: int, connections: int, rate: float) -> list[float]:
    """Send notifications, at a rate or (0) as quickly as answers come, and give the seconds that answers took."""
    loop = asyncio.get_running_loop()
    requests = [request(mode.replace(" ", "-"), number) for number in range(count)]
    waiting, idle = deque[tuple[bytes, float]](), deque[Connection]()
    seconds: list[float] = []
    done = asyncio.Event()

    def next_one(connection: Connection) -> None:
        if len(seconds) == count:
            done.set()
        if waiting:
            data, due = waiting.popleft()
            connection.send(data, due or time.perf_counter())
        else:
            idle.append(connection)

    for _ in range(connections):
        _, connection = await loop.create_connection(lambda: Connection(seconds, next_one), "127.0.0.1", port)
        idle.append(connection)
    began = time.perf_counter()
    for number, data in enumerate(requests):
        due = began + number / rate if rate else 0.0
        while due > time.perf_counter():
            await asyncio.sleep(0.001)
        waiting.append((data, due))
        if idle:
            next_one(idle.popleft())
    await done.wait()
    for connection in idle:
        connection.transport.close()
    return seconds


def load(args: Namespace, server: Process, results: Results) -> None:
    rows = []
    for mode in MODES[1:]:
        before = server.ask()["cpu"]
        began = time.perf_counter()
        count = int(args.rate * args.seconds)
        seconds = sorted(asyncio.run(send(server.greeting["port"], mode, count, args.connections, args.rate)))
        taken = time.perf_counter() - began
        busy = (server.ask()["cpu"] - before) / taken
        shown = [seconds[int(len(seconds) * share)] for share in (0.5, 0.99)] + [seconds[-1]]
        rows.append((mode, f"{count / taken:,.0f}", f"{busy:.0%}", *(f"{value * 1e3:.1f}" for value in shown)))
        results.figures[f"load {mode}"] = {"a second": count / taken, "busy": busy, "longest": seconds[-1]}
        told = f"{mode}: the longest answer at {args.rate:,.0f} a second"
        results.target(told, f"{seconds[-1]:.3f} s", "at most 1 s", seconds[-1] <= 1)
    results.table(
        f"{args.rate:,.0f} notifications a second for {args.seconds:g} s, one core for the server, ms",
        ("mode", "a second", "core busy", "median", "99 %", "longest"),
        rows,
    )


def cost(args: Namespace, server: Process, results: Results) -> None:
    def side(mode: str) -> Callable[[], dict[str, float]]:
        def run() -> dict[str, float]:
            before, began = server.ask()["cpu"], time.perf_counter()
            asyncio.run(send(server.greeting["port"], mode, args.count, args.connections, 0))
            taken = time.perf_counter() - began
            return {"cpu": (server.ask()["cpu"] - before) / args.count, "rate": args.count / taken}

        return run

    taken = take_turns({mode: side(mode) for mode in MODES}, args.rounds)
    base = [round_["cpu"] for round_ in taken["by hand"]]
    rows = []
    for mode, rounds in taken.items():
        cpu, rate = median(one["cpu"] for one in rounds), median(one["rate"] for one in rounds)
        against = ratio([one["cpu"] for one in rounds], base)
        rows.append((mode, f"{rate:,.0f}", f"{cpu * 1e6:.0f}", f"{against:.2f}"))
        results.figures[f"cost {mode}"] = {"cpu": cpu, "a second": rate, "against by hand": against}
        if mode != "by hand":
            results.target(f"{mode}: CPU for a notification", f"{cpu * 1e6:.0f} µs", "at most 500 µs", cpu <= 500e-6)
    results.table(
        f"{args.count:,} notifications as quickly as answers come",
        ("mode", "a second", "CPU µs", "× by hand"),
        rows,
    )


def main() -> None:
    args = arguments(
        __doc__,
        rate=(2_000.0, "notifications a second"),
        seconds=(5.0, "seconds of load"),
        connections=(16, "connections"),
        count=(5_000, "notifications of a round"),
        rounds=(5, "rounds"),
    )
    pin(CLIENT_CPU)
    results = Results("notifications", vars(args))
    with Process("notified.py", cpu=SERVER_CPU) as server:
        load(args, server, results)
        cost(args, server, results)
    results.finish(args.json)


if __name__ == "__main__":
    main()

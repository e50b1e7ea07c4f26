"""A large report, fetched to disk while its host resets the connection again and again and links go out of date.

The host has a process of its own, and so has each download: `save` of a report whose connection is reset after so many
megabytes and whose link is good for a few requests; the same without any of that; and the loop that one writes by hand
with aiohttp, from a host that never fails. Each file is compared byte by byte with what it should be. What the process
holds before the download is taken off its peak of memory.
"""

import asyncio
import os
import random
import sys
import tempfile
from argparse import Namespace
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from harness import (
    CLIENT_CPU,
    SERVER_CPU,
    Process,
    Results,
    Stopwatch,
    arguments,
    peak_resident,
    resident,
    say,
    settings,
)

from yamarket_async import MarketClient, Retry

BLOCK = 2**20
LINK_LIVES = 5
_NOISE = random.Random(7).randbytes(2 * BLOCK)


def block(number: int) -> memoryview:
    """Give a megabyte of the file: each one is another."""
    start = number * 4_099 % BLOCK
    return memoryview(_NOISE)[start : start + BLOCK]


async def serve(size: int, every: int) -> None:
    """Be the Market and the host of the file, until standard input ends."""
    blocks, asked = size // BLOCK, 0

    async def info(request: web.Request) -> web.Response:
        nonlocal asked
        link = f"http://localhost:{request.url.port}/file?from={asked}&failing={request.path.rpartition('/')[2]}"
        result = {"status": "DONE", "generationRequestedAt": "2026-11-01T00:00:00Z", "file": link}
        return web.json_response({"status": "OK", "result": result})

    async def file(request: web.Request) -> web.StreamResponse:
        nonlocal asked
        fails = request.query["failing"] == "failing"
        if fails and asked - int(request.query["from"]) >= LINK_LIVES:
            return web.Response(status=403)
        asked += 1
        first = int(request.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
        headers = {"ETag": '"1"', "Content-Length": str(size - first), "Content-Type": "application/zip"}
        if first:
            headers["Content-Range"] = f"bytes {first}-{size - 1}/{size}"
        response = web.StreamResponse(status=206 if first else 200, headers=headers)
        await response.prepare(request)
        left = every if fails else size
        for number in range(first // BLOCK, blocks):
            part = block(number)[first - number * BLOCK if number == first // BLOCK else 0 :]
            await response.write(part)
            left -= len(part)
            if left <= 0 and number + 1 < blocks:
                assert request.transport is not None
                request.transport.abort()
                break
        return response

    app = web.Application()
    app.router.add_get("/v2/reports/info/{id}", info)
    app.router.add_get("/file", file)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    say({"url": f"http://127.0.0.1:{runner.addresses[0][1]}"})
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


async def by_hand(url: str, place: Path) -> None:
    async with aiohttp.ClientSession() as http, http.get(f"{url}/file?from=0&failing=no") as response:
        with place.open("wb") as file:
            async for part in response.content.iter_chunked(BLOCK):
                file.write(part)
            file.flush()
            os.fsync(file.fileno())


async def ours(url: str, place: Path, report_id: str) -> int:
    calls = 0

    def count(_call: object) -> None:
        nonlocal calls
        calls += 1

    async with MarketClient("key", base_url=url, retry=Retry(base_delay=0), on_call=count) as market:
        await market.report(report_id).status()  # what a first request loads and opens is no part of the download
        await market.report(report_id).save(place)
    return calls - 1


def download_here(how: dict[str, Any]) -> dict[str, float]:
    """Download in this process, which was started for it."""
    before, watch = resident(), Stopwatch()
    if how["by"] == "hand":
        links = 1
        asyncio.run(by_hand(how["url"], Path(how["place"])))
    else:
        links = asyncio.run(ours(how["url"], Path(how["place"]), how["by"]))
    return {**watch.read(), "peak": peak_resident() - before, "links": links}


def is_whole(place: Path, size: int) -> bool:
    with place.open("rb") as file:
        blocks = all(file.read(BLOCK) == block(number) for number in range(size // BLOCK))
        return blocks and not file.read(1)


SIDES = {
    "failing": "save, resets and links that are over",
    "steady": "save, a host that never fails",
    "hand": "by hand, a host that never fails",
}


def main() -> None:
    args = arguments(
        __doc__,
        megabytes=(2_048, "size of the file"),
        every=(64, "megabytes after which the connection is reset"),
        folder=(tempfile.gettempdir(), "where the file is written"),
    )
    results = Results("download", vars(args))
    report(args, results)
    results.finish(args.json)


def report(args: Namespace, results: Results) -> None:
    size, rows = args.megabytes * BLOCK, []
    with (
        tempfile.TemporaryDirectory(dir=args.folder) as folder,
        Process("download.py", cpu=SERVER_CPU, size=size, every=args.every * BLOCK) as server,
    ):
        for by, told in SIDES.items():
            place = Path(folder) / "report.zip"
            with Process("download.py", cpu=CLIENT_CPU, **server.greeting, by=by, place=str(place)) as process:
                run = process.greeting
            whole = is_whole(place, size)
            place.unlink()
            assert not list(Path(folder).iterdir())
            results.figures[by] = {**run, "whole": whole}
            rate = size / 1e6 / run["seconds"]
            cells = (
                f"{run['seconds']:.1f}",
                f"{rate:,.0f}",
                f"{run['cpu']:.1f}",
                f"{run['peak']:.1f}",
                str(run["links"]),
            )
            rows.append((told, *cells, "whole" if whole else "BROKEN"))
    title = f"A file of {args.megabytes:,} MB, fetched to disk; reset after each {args.every} MB"
    results.table(title, ("", "seconds", "MB/s", "CPU s", "peak MB", "links", "file"), rows)
    figures: Any = results.figures
    whole = all(side["whole"] for side in figures.values())
    results.target("the file", "whole" if whole else "broken", "whole", whole)
    peak = figures["failing"]["peak"]
    results.target("memory above that of the process before", f"{peak:.1f} MB", "under 32 MB", peak < 32)


if __name__ == "__main__":
    if len(sys.argv) == 2 and sys.argv[1].startswith("{"):
        here = settings()
        if "by" in here:
            say(download_here(here))
        else:
            asyncio.run(serve(here["size"], here["every"]))
    else:
        main()

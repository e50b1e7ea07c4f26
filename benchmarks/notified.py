"""The service whose notifications `notifications.py` sends: an aiohttp server in each mode, and one written by hand."""

import asyncio
import json
import sys
import time

from aiohttp import web
from harness import say, settings

from yamarket_async import notifications


async def by_hand(request: web.Request) -> web.Response:
    """Do what one writes without a library: no checks, no bounds."""
    notification = json.loads(await request.read())
    if notification["notificationType"] == "ORDER_CREATED":
        await work(notification)
    return web.json_response({"version": "1", "name": "by hand", "time": "2026-11-24T10:00:00Z"})


async def work(_notification: object) -> None:
    await asyncio.sleep(0)


async def main() -> None:
    networks = notifications.LOOPBACK
    once = notifications.Deduplicated(notifications.MemoryStore(1_000))
    app = web.Application()
    for name, handler in {
        "by hand": by_hand,
        "awaited": notifications.handler(work, networks=networks),
        "background": notifications.handler(work, networks=networks, background=True),
        "deduplicated": notifications.handler(once(work), networks=networks),
    }.items():
        app.router.add_post("/" + name.replace(" ", "-"), handler)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    loop, questions = asyncio.get_running_loop(), asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(questions), sys.stdin)
    say({"port": runner.addresses[0][1]})
    while await questions.readline():
        say({"cpu": time.process_time()})
    await runner.cleanup()


if __name__ == "__main__":
    settings()
    asyncio.run(main())

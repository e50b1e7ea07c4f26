"""A service that notes down notifications, to be killed by the test of crashes.

Arguments: the port, the file, "awaited" or "background", and where a Redis is ("" for none) with a prefix.
"""

import asyncio
import os
import sys

from aiohttp import web

from yamarket_async import notifications


async def serve(port: int, file: str, mode: str, redis_url: str, prefix: str) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def note(word: str, notification: notifications.ChatCreated) -> None:
        os.write(descriptor, f"{word} {notification.chat_id}\n".encode())

    async def on_notification(notification: notifications.Notification) -> None:
        assert isinstance(notification, notifications.ChatCreated)
        note("began", notification)
        # Long enough to be killed meanwhile; in the background it never comes to its end before that.
        await asyncio.sleep(0.003 if mode == "awaited" else 3600)
        note("done", notification)

    callback: notifications.Callback = on_notification
    if redis_url:
        store = notifications.RedisStore.from_url(redis_url, prefix=prefix, lease=0.05)
        callback = notifications.Deduplicated(store, poll=0.01)(on_notification)
    app = web.Application()
    app.router.add_post(
        "/", notifications.handler(callback, background=mode == "background", networks=notifications.LOOPBACK)
    )
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    os.write(descriptor, b"serving\n")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), *sys.argv[2:]))

"""Hearing the channel of a worker, and noticing when it has gone deaf."""

import asyncio
from collections.abc import Callable
from typing import Final

import msgspec
from redis.exceptions import NoPermissionError

from yamarket_async.limits.redis.script import Message, read_message
from yamarket_async.limits.redis.server import FAILURES, Server, Unavailable

REJOIN: Final = 0.5
"""Seconds until a lost subscription is taken out anew."""

SILENCE: Final = 1.0
"""Seconds without a message after which a worker that waits says something to itself, and as many for it to arrive: a
connection that a NAT has forgotten looks like one on which nothing is said."""

ECHO: Final = b""


class Subscription:
    """The subscription of a worker to its channel.

    Args:
        server: the way to Redis.
        channel: its name.
        on_message: called with what is said there.
        on_change: called when everything said from now on will be heard, and when it no longer is.
        on_denied: called where the user of Redis may not subscribe.
        is_wanted: tells whether somebody waits.
    """

    def __init__(
        self,
        server: Server,
        channel: str,
        *,
        on_message: Callable[[Message], None],
        on_change: Callable[[], None],
        on_denied: Callable[[Unavailable], None],
        is_wanted: Callable[[], bool],
    ) -> None:
        self._server = server
        self._channel = channel
        self._on_message = on_message
        self._on_change = on_change
        self._on_denied = on_denied
        self._is_wanted = is_wanted
        self.is_joined = False

    async def run(self) -> None:
        """Hear what is said, and subscribe anew where that fails, as long as somebody waits."""
        if not self._server.can_hear:
            return
        while True:
            try:
                await self._hear()
            except NoPermissionError as error:
                self._on_denied(self._server.unavailable(error))
            except (*FAILURES, ValueError, msgspec.DecodeError):
                pass  # whether Redis is away, the next run of the script will tell; so it will what couldn't be read
            else:
                return
            finally:
                self.is_joined = False
            await asyncio.sleep(REJOIN)
            self._on_change()

    async def check(self) -> None:
        """Subscribe once, to see whether that works."""
        if not self._server.can_hear:
            return
        async with self._server.hear(self._channel) as pubsub:
            if await pubsub.get_message(timeout=SILENCE) is None:
                raise TimeoutError("nothing arrives on the subscription")

    async def _hear(self) -> None:
        async with self._server.hear(self._channel) as pubsub:
            is_echo_due = False
            while True:
                # A task of its own: Python 3.11 shows a tracer nothing of a coroutine below which a timeout was caught.
                message = await asyncio.create_task(pubsub.get_message(timeout=SILENCE))
                if message is None:
                    if is_echo_due or not self.is_joined:
                        raise TimeoutError("nothing arrives on the subscription")
                    if not self._is_wanted():
                        return
                    is_echo_due = True
                    await self._server.publish(self._channel, ECHO)
                    continue
                is_echo_due = False
                if message["type"] == "subscribe":
                    self.is_joined = True
                    self._on_change()
                elif message["type"] == "message" and message["data"]:
                    self._on_message(read_message(message["data"]))

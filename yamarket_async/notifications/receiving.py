"""Taking notifications in for any framework: what is answered, when, and what becomes of the callback's work."""

import asyncio
import logging
from functools import partial
from typing import Final, NamedTuple

from yamarket_async import __version__
from yamarket_async.errors import InvalidRequest
from yamarket_async.notifications.answers import accepted, checked_integration, refused
from yamarket_async.notifications.calling import Callback, call
from yamarket_async.notifications.decoding import MalformedNotification, decode
from yamarket_async.notifications.enums import NotificationApiErrorType
from yamarket_async.notifications.structs import Notification, Ping

logger = logging.getLogger("yamarket_async.notifications")

ANSWER_WITHIN: Final = 8.0
"""Seconds after which the answer goes out by default: the Market gives up after ten, and the network needs some."""

LONGEST_WAIT: Final = 9.0
"""Seconds for which an answer may wait for the callback at most."""

CLEANING_UP: Final = 1.0
"""Seconds that a callback which is cancelled at the end has to clean up."""

MAX_BODY: Final = 256 * 1024
"""Bytes of the largest body that is read: an order of a thousand lines takes a tenth of it."""

_FAILED: Final = NotificationApiErrorType.UNKNOWN


class Answer(NamedTuple):
    """What to answer.

    Attributes:
        status: 200, 400 or 500.
        body: JSON.
    """

    status: int
    body: bytes


class Receiver:
    """Takes notifications in: decodes, calls back, and tells what to answer. `handler` puts one behind aiohttp.

    The callback runs in one of two modes, which differ in what a crash costs:

    - **awaited** (the default): the answer waits for the callback. 200 says that it came to its end; where it raises,
      or isn't done within `timeout`, it is cancelled and the answer is 500, after which the Market sends the
      notification again: each minute for an hour, every 15 minutes for a day, then hourly. A crash costs nothing: what
      has no answer comes again, so a callback may get a notification twice (`Deduplicated`).
    - **background**: the answer is 200 as soon as the notification can be read, whatever the callback does. A crash
      costs what was accepted and is not done, `max_pending` notifications at most, and so does a callback that raises;
      the log names each. When `max_pending` are under way the answer is 500.

    PING is answered at once and by itself. Call `aclose` before the event loop ends.

    Args:
        callback: gets each notification. A coroutine function, or a function that is done at once, as
            `queue.put_nowait`: one that blocks holds up all answers.
        background: whether to answer first.
        timeout: seconds that the callback may take, waiting for its turn included when it is awaited. Above 0, up to 9,
            by default 8 when awaited; any number, by default without end, in the background.
        max_running: callbacks at once, 1 or more; others wait for their turn.
        max_pending: notifications whose callback isn't done, 1 or more; those above are answered 500.
        pings: whether the callback gets `Ping` too, behind its answer.
        name: of your integration, 1 to 100 characters; the Market shows it in its log.
        version: of your integration, 1 to 100 characters.
        max_body: bytes, 1 or more; larger bodies are answered 400.

    Raises:
        InvalidRequest: an argument is out of bounds.
    """

    def __init__(
        self,
        callback: Callback,
        *,
        background: bool = False,
        timeout: float | None = None,
        max_running: int = 100,
        max_pending: int = 1_000,
        pings: bool = False,
        name: str = "yamarket-async",
        version: str = __version__,
        max_body: int = MAX_BODY,
    ) -> None:
        if not callable(callback):
            raise InvalidRequest("callback", callback, "must be a function that takes a notification")
        checked_integration(name, version)
        for argument, value in (("max_running", max_running), ("max_pending", max_pending), ("max_body", max_body)):
            if isinstance(value, bool) or not isinstance(value, int) or value < 1:
                raise InvalidRequest(argument, value, "must be a whole number, 1 or more")
        if timeout is None:
            timeout = None if background else ANSWER_WITHIN
        elif not timeout > 0 or (not background and timeout > LONGEST_WAIT):
            bound = "" if background else f" up to {LONGEST_WAIT:g}, since the Market waits for ten"
            raise InvalidRequest("timeout", timeout, f"must be a number of seconds above 0{bound}")
        self.max_body = max_body
        self._callback = callback
        self._background = background
        self._timeout = timeout
        self._max_pending = max_pending
        self._pings = pings
        self._accepted = partial(accepted, name, version)
        self._slots = asyncio.Semaphore(max_running)
        self._tasks = set[asyncio.Task[None]]()
        self._is_closed = False

    def __repr__(self) -> str:
        mode = "background" if self._background else "awaited"
        return f"<Receiver {mode}, {self.pending} pending{', closed' if self._is_closed else ''}>"

    @property
    def pending(self) -> int:
        """Notifications whose callback isn't done."""
        return len(self._tasks)

    async def receive(self, body: bytes, content_type: str = "application/json") -> Answer:
        """Take a request in.

        Args:
            body: its body.
            content_type: its header `Content-Type`.

        Returns:
            What to answer, with `application/json`.
        """
        if not is_json(content_type):
            return self.refuse(f"Content-Type is {content_type[:100]!r}, must be application/json")
        if len(body) > self.max_body:
            return self.refuse(f"the body is longer than {self.max_body} bytes")
        try:
            notification = decode(body)
        except MalformedNotification as error:
            return self.refuse(str(error))
        answer = Answer(200, self._accepted())
        if isinstance(notification, Ping):
            if self._pings and self._has_room():
                self._start(notification)
            return answer
        if not self._has_room():
            why = "is closing" if self._is_closed else f"has {self.pending} notifications under way"
            return self.fail(f"the receiver {why}")
        task = self._start(notification)
        return answer if self._background else await self._outcome(task, answer)

    def refuse(self, reason: str) -> Answer:
        """Make the answer to what can't be read. The Market doesn't send it again, so the log alone tells of it."""
        logger.error("refused a notification: %s", reason)
        return Answer(400, refused(reason))

    def fail(self, reason: str) -> Answer:
        """Make the answer to what can't be done now: the Market sends it again."""
        logger.warning("put a notification off: %s", reason)
        return Answer(500, refused(reason, _FAILED))

    async def aclose(self, _app: object = None, *, timeout: float = 10.0) -> None:
        """Take nothing in any more, and wait for the callbacks that are under way.

        Those that aren't done in time are cancelled, and the log names what is lost. Fits aiohttp's `on_cleanup`.

        Args:
            timeout: seconds to wait, 0 or more.
        """
        self._is_closed = True
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=timeout)
            for task in late:
                task.cancel()
            if late:
                # What ignores that it is cancelled can't be waited for.
                await asyncio.wait(late, timeout=CLEANING_UP)

    def _has_room(self) -> bool:
        return not self._is_closed and len(self._tasks) < self._max_pending

    def _start(self, notification: Notification) -> "asyncio.Task[None]":
        task = asyncio.create_task(self._work(notification))
        self._tasks.add(task)
        task.add_done_callback(partial(self._done, notification))
        return task

    async def _work(self, notification: Notification) -> None:
        async with self._slots, asyncio.timeout(self._timeout if self._background else None):
            await call(self._callback, notification)

    async def _outcome(self, task: "asyncio.Task[None]", answer: Answer) -> Answer:
        """Wait for a callback, and not longer than the Market does."""
        try:
            await asyncio.wait({task}, timeout=self._timeout)
        finally:
            # Not awaited: a callback may ignore that it is cancelled.
            task.cancel()
        if not task.done():
            return self.fail(f"the callback was not done within {self._timeout:g} s")
        if task.cancelled() or task.exception() is not None:
            return Answer(500, refused("the callback failed", _FAILED))
        return answer

    def _done(self, notification: Notification, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is None and not task.cancelled():
            return
        if self._background:
            logger.error("lost a notification that was accepted: %r", notification, exc_info=error)
        elif error is not None:
            logger.error("the callback failed, the Market will repeat: %r", notification, exc_info=error)


def is_json(content_type: str) -> bool:
    """Tell whether a `Content-Type` says JSON."""
    return content_type.partition(";")[0].strip().lower() == "application/json"

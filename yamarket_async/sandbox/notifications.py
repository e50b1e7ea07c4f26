"""Sending notifications to the seller, as the Market does: one after another, with its timeouts and its repeats."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from typing import Any, NamedTuple, cast

import aiohttp
import msgspec
from yarl import URL

from yamarket_async.sandbox.parts.outbox import FORMS, Attempt, Outbox, Outcome, Pending, complete
from yamarket_async.sandbox.world import World

TIMEOUT = 10.0
"""Seconds that the seller has for an answer."""

PING_TIMEOUT = 1.0
"""Seconds that the seller has for an answer to PING."""

PATH = "/notification"
"""What the Market puts behind the seller's URL."""

_LOOK = 1.0
"""Seconds between two looks at what happens by itself."""

_GLANCE = 0.005
"""Seconds between two looks at whether all is sent."""

logger = logging.getLogger("yamarket_async.sandbox")


class Target(NamedTuple):
    """Where notifications go, and which."""

    url: URL
    kinds: frozenset[str]
    timeout: float
    ping_timeout: float
    verify: bool


class _Accepted(msgspec.Struct):
    """What an answer of 200 must hold."""

    version: str
    name: str
    time: str

    def __post_init__(self) -> None:
        if not (1 <= len(self.version) <= 100 and 1 <= len(self.name) <= 100):
            raise ValueError("version and name must have 1 to 100 characters")


class Notifications:
    """The notifications of the sandbox: where they go, and what came of them.

    They are sent in the thread of the server, in the order in which things happened. One that fails is repeated by the
    sandbox's clock (each minute for an hour, each 15 minutes for a day, hourly for 14 days), and those behind it wait;
    where the clock jumps over several repeats, one is made. An answer of 400 is taken for a refusal, and not repeated.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._target: Target | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._sending: Pending | None = None
        self._refusal = ""
        world.on_notification = self._happened
        world.clock.moved = self.wake

    def send_to(
        self,
        url: str,
        *,
        types: Iterable[str] | None = None,
        ping: bool = True,
        path: str = PATH,
        allow_remote: bool = False,
        verify: bool = True,
        timeout: float = TIMEOUT,
        ping_timeout: float = PING_TIMEOUT,
    ) -> None:
        """Send notifications to a URL from now on; in place of another, where there was one.

        A PING goes before them. Where it is not accepted the URL is not taken, as the Market's settings are not saved
        then: `wait` says so.

        Args:
            url: the seller's URL.
            types: only these types: `ORDER_CREATED`; None for all.
            ping: whether to send a PING first.
            path: what is put behind the URL; "" for nothing.
            allow_remote: whether the URL may lead to another machine.
            verify: whether the certificate of an https URL is checked.
            timeout: seconds for an answer, more than 0.
            ping_timeout: seconds for an answer to PING, more than 0.

        Raises:
            ValueError: it is no URL, or leads to another machine, or there is no such type.
        """
        kinds = frozenset(FORMS if types is None else types)
        unknown = kinds - frozenset(FORMS)
        if unknown:
            raise ValueError(f"types: there is no {', '.join(sorted(unknown))}; types are {', '.join(FORMS)}")
        if not (timeout > 0 and ping_timeout > 0):
            raise ValueError(f"timeout={timeout}, ping_timeout={ping_timeout}: must be more than 0")
        target = _target(url, path, allow_remote=allow_remote)
        with self._world.lock:
            self._refusal = ""
            self._target = Target(target, kinds, timeout, ping_timeout, verify)
            if ping:
                self._outbox.add(complete(self._world, "PING", {}), first=True)
        self.wake()

    def stop(self) -> None:
        """Send no more notifications; what was not sent is dropped."""
        with self._world.lock:
            self._target = None
            self._outbox.queue.clear()
        self.wake()

    @property
    def url(self) -> str | None:
        """Where notifications go; None where they go nowhere."""
        return str(self._target.url) if self._target else None

    def send(self, kind: str, fields: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Send a notification of any type, also where nothing of the kind has happened.

        Args:
            kind: the type: `ORDER_CREATED`.
            fields: its fields as JSON has them: `{"orderId": 1}`; what is required and left out has an example.

        Returns:
            What is sent.

        Raises:
            ValueError: there is no such type.
            RuntimeError: it was not told where to: `send_to`.
        """
        with self._world.lock:
            if self._target is None:
                raise RuntimeError("there is nowhere to send it to: notifications.send_to(url) first")
            notification = complete(self._world, kind, fields or {}, invent=True)
            self._outbox.add(notification)
        self.wake()
        return notification

    def attempts(self) -> list[Attempt]:
        """Tell what was sent so far, and what came of it, the oldest first."""
        with self._world.lock:
            return list(self._outbox.attempts)

    def pending(self) -> list[str]:
        """Tell the types of what is still to be sent, the next first."""
        with self._world.lock:
            return [pending.kind for pending in self._outbox.queue]

    def wait(self, timeout: float = 15.0) -> list[Attempt]:
        """Wait until nothing is to be sent now; repeats whose time is still to come are not waited for.

        It blocks; `delivered` is for code with an event loop that answers the notifications itself.

        Args:
            timeout: seconds to wait at most.

        Returns:
            What was sent so far, the oldest first.

        Raises:
            TimeoutError: something is still to be sent.
            RuntimeError: the URL did not accept the PING.
        """
        deadline = time.monotonic() + timeout
        while not self._idle():
            if time.monotonic() >= deadline:
                raise TimeoutError(f"after {timeout:g} s there is still to be sent: {', '.join(self.pending())}")
            time.sleep(_GLANCE)
        if self._refusal:
            raise RuntimeError(self._refusal)
        return self.attempts()

    async def delivered(self, timeout: float = 15.0) -> list[Attempt]:
        """Wait as `wait` does, without blocking the event loop."""
        return await asyncio.to_thread(self.wait, timeout)

    def start(self) -> None:
        """Begin to send, in the loop that runs."""
        self._loop = asyncio.get_running_loop()
        self._woken = asyncio.Event()
        self._task = self._loop.create_task(self._run())

    async def end(self) -> None:
        """Stop to send; what is not sent yet is when the sandbox starts again."""
        # It was begun by `start`; the type checkers can't know that.
        task, self._loop = cast("asyncio.Task[None]", self._task), None
        task.cancel()
        await asyncio.wait([task])
        self._sending = None

    def wake(self) -> None:
        """Look again whether something is to be sent; may be called from any thread."""
        loop = self._loop
        if loop is not None:
            loop.call_soon_threadsafe(self._woken.set)

    @property
    def _outbox(self) -> Outbox:
        return self._world.part(Outbox)

    def _idle(self) -> bool:
        self._look()
        return self._sending is None and (self._target is None or self._outbox.due() is None)

    def _look(self) -> None:
        """Let happen what is due by now, so that it is told without anybody reading it."""
        if self._target is not None:
            self._world.settle()

    def _happened(self, kind: str, fields: Mapping[str, Any]) -> None:
        notification = complete(self._world, kind, fields)
        if self._target is not None and kind in self._target.kinds:
            self._outbox.add(notification)
            self.wake()

    async def _run(self) -> None:
        async with aiohttp.ClientSession() as session:
            while True:
                self._woken.clear()
                self._look()
                outbox, target = self._outbox, self._target
                self._sending = outbox.due() if target else None
                if target is not None and self._sending is not None:
                    await self._deliver(session, target, outbox, self._sending)
                    self._sending = None
                    self.wake()
                    continue
                with contextlib.suppress(TimeoutError):
                    pause = outbox.wait()
                    async with asyncio.timeout(min(_LOOK if pause is None else pause, _LOOK) if target else None):
                        await self._woken.wait()

    async def _deliver(self, session: aiohttp.ClientSession, target: Target, outbox: Outbox, pending: Pending) -> None:
        outcome, status, reason = await _post(session, target, pending)
        goes_on = outbox.sent(pending, outcome, status, reason)
        if not goes_on:
            logger.warning("notifications to %s failed for 14 days: switched off", target.url)
        refused = pending.kind == "PING" and outcome != "accepted"
        if refused:
            what = f"status {status}" if status else reason
            self._refusal = f"{target.url} did not accept the PING ({what}): notifications are not sent there"
            logger.warning("%s", self._refusal)
        # Unless another URL was set meanwhile.
        if (refused or not goes_on) and self._target is target:
            self.stop()


def _target(url: str, path: str, *, allow_remote: bool) -> URL:
    """Put the URL together that is called."""
    try:
        read = URL(url.rstrip("/") + path)
    except ValueError as error:
        raise ValueError(f"url={url!r}: {error}") from None
    if read.scheme not in {"http", "https"} or not read.host:
        raise ValueError(f"url={url!r}: must be like http://127.0.0.1:8000/market")
    if not allow_remote and not _is_loopback(read.host):
        raise ValueError(f"url={url!r}: leads to another machine; allow_remote=True if that is meant")
    return read


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


async def _post(session: aiohttp.ClientSession, target: Target, pending: Pending) -> tuple[Outcome, int | None, str]:
    """Send a notification once; tell what came of it."""
    seconds = target.ping_timeout if pending.kind == "PING" else target.timeout
    try:
        async with session.post(
            target.url,
            data=pending.body,
            headers={"Content-Type": "application/json; charset=utf-8"},
            # To connect may take a little less, so that it is known which of the two it was.
            timeout=aiohttp.ClientTimeout(total=seconds, connect=0.9 * seconds),
            allow_redirects=False,
            ssl=target.verify,
        ) as response:
            return _judge(response.status, response.content_type, await response.read())
    except aiohttp.ClientSSLError:
        return "failed", None, "SSL_ERROR"
    except aiohttp.ConnectionTimeoutError:
        return "failed", None, "CONNECTION_TIMED_OUT"
    except TimeoutError:
        return "failed", None, "READ_TIMED_OUT"
    except aiohttp.ClientConnectorError:
        return "failed", None, "CONNECTION_REFUSED"
    except aiohttp.ClientError:
        return "failed", None, "HTTP"


def _judge(status: int, content_type: str, body: bytes) -> tuple[Outcome, int | None, str]:
    """Judge an answer: any status but 200 and 400 counts as 500."""
    if status == 400:
        return "refused", status, ""
    if status != 200:
        return "failed", status, "HTTP"
    if content_type != "application/json":
        return "failed", status, "UNSUPPORTED_MEDIA_TYPE"
    try:
        msgspec.json.decode(body, type=_Accepted)
    except msgspec.ValidationError:
        return "failed", status, "INVALID_DATA"
    except msgspec.DecodeError:
        return "failed", status, "CANT_PARSE_RESPONSE"
    return "accepted", status, ""

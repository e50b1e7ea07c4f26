"""The one room that talks HTTP: authorization, limits, retries. It knows no endpoint by name."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from contextlib import nullcontext
from functools import cache
from typing import Any, Generic, ParamSpec, TypeVar

import aiohttp
import msgspec
from yarl import URL

from yamarket_async.endpoints import Endpoint, Request
from yamarket_async.errors import ClientClosed, DecodeError, MarketError, ServerError, TransportError
from yamarket_async.judging import Reply, check, may_pass, outcome_of, read, refuses_for_good
from yamarket_async.limits import Demand, Limit, Limiter, Outcome, Wait
from yamarket_async.models.answers import ApiResponse
from yamarket_async.retry import Retry

logger = logging.getLogger("yamarket_async.session")

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R", bound=ApiResponse)

MAX_ANSWER = 64 * 2**20
"""The most bytes of an answer, after decompression, that are read before it is given up."""

MAX_CONNECTIONS = 256
"""Connections at once: below the 1,024 files that a process may have open on most systems."""

# What aiohttp raises before anything of the request has left. Timeouts of the whole attempt are not among them: they
# may strike at any moment.
_NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)


class Answer(msgspec.Struct, Generic[R], frozen=True, gc=False):
    """An answer that is worth decoding.

    Attributes:
        endpoint: the method.
        reply: the answer as it came.
        repeated: whether an attempt before it may have done the work, with its answer lost.
    """

    endpoint: Endpoint[R]
    reply: Reply
    repeated: bool

    def read(self) -> R:
        """Decode what it holds.

        Raises:
            DecodeError: it isn't what the method's page describes.
            APIError: the Market refused, with a status that says otherwise.
        """
        return read(self.endpoint, self.reply)


class HiddenHeaders(dict[str, str]):
    """Headers that carry a key, which no repr, log or traceback shows."""

    def __repr__(self) -> str:
        return f"<headers {', '.join(self)}>"


class Session:
    """Performs requests inside the limits and repeats what failed on the way.

    Args:
        base_url: scheme, host and, where there is one, the path in front of the methods' own.
        headers: what goes with every request; holds the key.
        http: the session of the caller's, which stays the caller's; None for one of our own.
        timeout: bounds of one attempt.
        retry: when a failed attempt is repeated.
        limits: figures in place of the documented ones, by the name of the method.
        max_parallel: requests at once for one entity.
        max_wait: seconds that a call may wait for a limit.
        limiter: what keeps the limits.
        on_wait: called when a call starts to wait for a limit.
    """

    def __init__(
        self,
        *,
        base_url: str,
        headers: Mapping[str, str],
        http: aiohttp.ClientSession | None,
        timeout: aiohttp.ClientTimeout,
        retry: Retry,
        limits: Mapping[str, Limit],
        max_parallel: int,
        max_wait: float | None,
        limiter: Limiter,
        on_wait: Callable[[Wait], None] | None,
    ) -> None:
        self.base_url = base_url
        self.max_parallel = max_parallel
        self.limiter = limiter
        self._headers = HiddenHeaders(headers)
        self._headers_with_body = HiddenHeaders({**headers, "Content-Type": "application/json"})
        self._http = http
        self._owns_http = http is None
        # aiohttp's own pool lets a request that comes later take a connection before those that wait for one, and their
        # waiting counts towards the timeout of the attempt.
        self._connections = asyncio.Semaphore(MAX_CONNECTIONS) if http is None else nullcontext()
        self._timeout = timeout
        self._retry = retry
        self._limits = limits
        self._max_wait = max_wait
        self._on_wait = on_wait
        self._tasks = set[asyncio.Task[Any]]()
        self._ended = set[asyncio.Task[Any]]()
        """Tasks that closing has cancelled, and nobody else before it."""
        self.closed = False
        raise_mmap_threshold()

    def spawn(self, work: Callable[P, Coroutine[Any, Any, T]], *args: P.args, **kwargs: P.kwargs) -> asyncio.Task[T]:
        """Begin work that ends when the client is closed."""
        task = asyncio.create_task(self._until_closed(work, *args, **kwargs))
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    @property
    def under_way(self) -> int:
        """How many pieces of work have begun and not ended."""
        return len(self._tasks)

    async def _until_closed(self, work: Callable[P, Coroutine[Any, Any, T]], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await work(*args, **kwargs)
        except asyncio.CancelledError:
            if asyncio.current_task() in self._ended:
                # Whoever waits for this task was not cancelled; the client was closed under it.
                raise ClientClosed from None
            raise

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        self._ended.discard(task)
        # Asking for the exception marks it as seen: a page read ahead may fail after its walk was left.
        if not task.cancelled():
            task.exception()

    async def call(self, request: Request) -> Answer[Any]:
        """Send a request until it is answered, or can't be.

        Raises:
            MarketError: as the class says; a failure that was repeated tells how often and how long.
        """
        now = asyncio.get_running_loop().time
        started, waited = now(), 0.0
        attempts, repeated = 0, False
        while True:
            http = self._open()
            began_to_wait = now()
            lease = await self.limiter.acquire(
                self._demand(request),
                max_wait=None if self._max_wait is None else max(self._max_wait - waited, 0.0),
                on_wait=self._on_wait,
            )
            waited += now() - began_to_wait
            outcome = Outcome("unsent")
            try:
                async with self._connections:
                    outcome = Outcome("lost")  # what it is if this task is cancelled from here on
                    reply = await self._send(http, request)
                outcome = outcome_of(reply)
                if outcome.kind in {"exhausted", "parallel"} and not refuses_for_good(reply):
                    continue  # the limiter knows now; it says when to send again, and this was no attempt
                attempts += 1
                check(request.endpoint, reply)
                return Answer(request.endpoint, reply, repeated)
            except MarketError as error:
                if isinstance(error, TransportError):
                    attempts += 1
                    outcome = Outcome("lost" if error.sent else "unsent")
                if not may_pass(error):
                    raise
                if attempts >= self._retry.attempts:
                    times = "1 attempt" if attempts == 1 else f"{attempts} attempts"
                    raise error.remarking(f"gave up after {times} in {now() - started:.1f} s") from error
                failure = error
            finally:
                self.limiter.release(lease, outcome)
            repeated = repeated or not isinstance(failure, TransportError) or failure.sent
            pause = self._retry.pause(attempts, failure.retry_after if isinstance(failure, ServerError) else None)
            logger.info("attempt %d of %d: %s; again in %.1f s", attempts, self._retry.attempts, failure, pause)
            await asyncio.sleep(pause)

    def _demand(self, request: Request) -> Demand:
        endpoint = request.endpoint
        limit = self._limits.get(endpoint.name, endpoint.limit)
        # Where no figure is published items are counted: that is never too little.
        cost = 1 if limit is not None and limit.unit == "requests" else request.size
        return Demand(endpoint.name, request.entity, limit, cost, self.max_parallel)

    async def _send(self, http: aiohttp.ClientSession, request: Request) -> Reply:
        """Send a request once and read its answer.

        Raises:
            TransportError: no answer came.
            DecodeError: the answer is too long.
        """
        endpoint = request.endpoint
        try:
            async with http.request(
                endpoint.http_method,
                URL(self.base_url + request.target, encoded=True),
                data=request.body,
                headers=self._headers if request.body is None else self._headers_with_body,
                timeout=self._timeout,
                allow_redirects=False,  # a redirect would carry the key to wherever it leads
                raise_for_status=False,
            ) as response:
                return Reply(response.status, response.headers, await self._read(endpoint.name, response))
        except aiohttp.ClientResponseError as error:
            message = f"the answer is no HTTP: {error.status}, {error.message}"
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            timed_out = isinstance(error, TimeoutError)
            what = (
                f"no answer within {self._timeout.total:g} s" if timed_out and self._timeout.total else describe(error)
            )
            sent = not isinstance(error, _NOT_SENT)
            raise TransportError(what, endpoint=endpoint.name, sent=sent) from error
        # Raised out here, since that exception holds the request's headers and with them the key: it must become
        # neither cause nor context.
        raise TransportError(message, endpoint=endpoint.name, sent=True)

    async def _read(self, endpoint: str, response: aiohttp.ClientResponse) -> bytes:
        parts, size = [], 0
        while part := await response.content.readany():
            parts.append(part)
            size += len(part)
            if size > MAX_ANSWER:
                response.close()
                message = f"the answer is longer than {MAX_ANSWER // 2**20} MB"
                raise DecodeError(message, endpoint=endpoint, body=parts[0])
        return b"".join(parts)

    def _open(self) -> aiohttp.ClientSession:
        if self.closed or (self._http is not None and self._http.closed):
            raise ClientClosed
        if self._http is None:
            self._http = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=MAX_CONNECTIONS),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._http

    async def close(self) -> None:
        """End what is under way and let go of the connections. A session of the caller's stays open."""
        self.closed = True
        for task in self._tasks:
            if not task.cancelling():
                self._ended.add(task)
                task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
        await self.limiter.aclose()
        if self._owns_http and self._http is not None:
            await self._http.close()


@cache
def raise_mmap_threshold() -> None:
    """Let glibc keep the buffers that asyncio reads answers into, instead of giving each back to the system.

    They have 256 KB, above the threshold from which glibc maps a block on its own and unmaps it when it is freed: for
    a page of offers three system calls and 16 page faults, a tenth of its time or more (`benchmarks/throughput.py`).
    Freeing a larger block once raises that threshold to its size. Other allocators don't mind.
    """
    bytes(2**20)


def describe(error: BaseException) -> str:
    """Say what went wrong, also for exceptions without a message."""
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__

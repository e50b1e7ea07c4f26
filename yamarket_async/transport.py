"""The one room that talks HTTP: it sends a request once, with the key where nothing shows it, and reads the answer."""

import asyncio
import sys
import urllib.request
from collections.abc import Callable, Coroutine, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from functools import cache
from typing import Any, ParamSpec, Protocol, TypeVar
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from yamarket_async.endpoints import Request, encode_query
from yamarket_async.errors import ClientClosed, DecodeError, InvalidRequest, TransportError, printable
from yamarket_async.judging import Reply

P = ParamSpec("P")
T = TypeVar("T")


class Upload(Protocol):
    """A file to send."""

    def form(self, field: str) -> aiohttp.FormData:
        """Make the multipart body, anew for each attempt, since a form can be sent only once.

        Args:
            field: the field of the form that holds the file.
        """
        ...


MAX_ANSWER = 64 * 2**20
"""The most bytes of an answer, after decompression, that are read before it is given up."""

MAX_CONNECTIONS = 256
"""Connections at once: below the 1,024 files that a process may have open on most systems."""

# What aiohttp raises before anything of the request has left. Timeouts of the whole attempt are not among them: they
# may strike at any moment.
_NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)

# For these aiohttp would send a GET, PUT or DELETE a second time by itself. How often a request is sent is `Retry`'s to
# say, and whether it may be sent again is the endpoint's.
_RESENT = (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError)


class _NotResent(aiohttp.ClientError):
    """Carries an error past aiohttp's own resending."""

    def __init__(self, error: aiohttp.ClientError) -> None:
        super().__init__(str(error))
        self.error = error


class Authorization:
    """Puts the key on a request when it has been built, as a middleware of aiohttp's.

    Error reporters show the local variables of frames; passed as a header, the key would be one in half a dozen of
    aiohttp's. Here it never is a variable, and no repr shows it.

    Args:
        header: the name of the header.
        value: what it holds.
    """

    __slots__ = ("_header", "_value")

    def __init__(self, header: str, value: str) -> None:
        self._header = header
        self._value = value

    async def __call__(
        self, request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        """Send a request with the key on it."""
        request.headers[self._header] = self._value
        try:
            return await handler(request)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise
        except _RESENT as error:
            raise _NotResent(error) from error

    def __repr__(self) -> str:
        return f"<{self._header}>"


class Transport:
    """The connections of a client, and the tasks that end with it.

    Args:
        base_url: scheme, host and, where there is one, the path in front of the methods' own.
        authorization: what puts the key on.
        headers: what else goes with every request.
        http: the session of the caller's, which stays the caller's; None for one of our own.
    """

    def __init__(
        self,
        *,
        base_url: str,
        authorization: Authorization,
        headers: Mapping[str, str],
        http: aiohttp.ClientSession | None,
    ) -> None:
        self.base_url = base_url
        self._base = urlsplit(base_url)
        self.closed = False
        self._own_headers = dict(headers)
        # A session of our own has them, which spares each request to put them in; that of a caller's has its own.
        self._headers = {} if http is None else dict(headers)
        self._headers_with_body = {**self._headers, "Content-Type": "application/json"}
        self._http = http
        self._owns_http = http is None
        # Middlewares of a request take the place of the session's, and there is no other way to learn of those.
        self._middlewares: tuple[aiohttp.ClientMiddlewareType, ...] = (
            authorization,
            *getattr(http, "_middlewares", ()),
        )
        self._storage: aiohttp.ClientSession | None = None
        self._proxy = proxy_for(base_url) if http is None else None
        # aiohttp's own pool lets a request that comes later take a connection before those that wait for one, and their
        # waiting counts towards the timeout of the attempt.
        self.connections: AbstractAsyncContextManager[None] = (
            asyncio.Semaphore(MAX_CONNECTIONS) if http is None else nullcontext()
        )
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks = set[asyncio.Task[Any]]()
        self._ended = set[asyncio.Task[Any]]()
        """Tasks that closing has cancelled, and nobody else before it."""
        raise_mmap_threshold()

    def spawn(self, work: Callable[P, Coroutine[Any, Any, T]], *args: P.args, **kwargs: P.kwargs) -> asyncio.Task[T]:
        """Begin work that ends when the client is closed."""
        return self._kept(asyncio.create_task(self._until_closed(work, *args, **kwargs)))

    def start(self, work: Callable[P, Coroutine[Any, Any, T]], *args: P.args, **kwargs: P.kwargs) -> asyncio.Task[T]:
        """Do as `spawn`, and where tasks can start at once run the work up to where it first waits.

        A request over an open connection has left by then: the turns of the event loop that it would take otherwise are
        a few per cent of the work on a page (`benchmarks/throughput.py`).
        """
        if not starts_at_once():
            return self.spawn(work, *args, **kwargs)
        return self._kept(_eager(self._until_closed(work, *args, **kwargs)))  # pragma: no cover — not on Python 3.11

    def _kept(self, task: asyncio.Task[T]) -> asyncio.Task[T]:
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

    def open(self) -> aiohttp.ClientSession:
        """Give the session to send with.

        Raises:
            ClientClosed: the client or the caller's session is closed, or the event loop that it was used in has ended.
        """
        loop = asyncio.get_running_loop()
        if self.closed or (self._http is not None and self._http.closed):
            raise ClientClosed
        if self._loop is None:
            self._loop = loop
        elif self._loop is not loop:
            raise ClientClosed(
                "this MarketClient was first used in another event loop, and its connections belong to that one; "
                "make a client inside of each asyncio.run(…)"
            )
        if self._http is None:
            self._http = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=MAX_CONNECTIONS),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers=self._own_headers,
                proxy=self._proxy,
            )
        return self._http

    def open_storage(self) -> aiohttp.ClientSession:
        """Give the session to fetch files with from wherever the Market keeps them: it knows no key.

        It has the connections of the other one, and with a session of the caller's its proxy; but no header, cookie or
        middleware, since a key may be among them.

        Raises:
            ClientClosed: as `open` says.
        """
        http = self.open()
        if self._storage is None:
            self._storage = aiohttp.ClientSession(
                connector=http.connector,
                connector_owner=False,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self._own_headers.get("User-Agent", "")},
                proxy=getattr(http, "_default_proxy", None),
                trust_env=http.trust_env,
            )
        return self._storage

    def storage_proxy(self, url: str) -> str | None:
        """Tell the proxy for a file that the environment names; with a session of the caller's that is its own."""
        return proxy_for(url) if self._owns_http else None

    async def send(
        self,
        http: aiohttp.ClientSession,
        request: Request,
        timeout: aiohttp.ClientTimeout,
        upload: Upload | None = None,
    ) -> Reply:
        """Send a request once and read its answer.

        Args:
            http: what `open` gave.
            request: the request.
            timeout: bounds of the attempt.
            upload: the file to send, in place of the request's own body.

        Raises:
            TransportError: no answer came.
            DecodeError: the answer is too long.
        """
        endpoint = request.endpoint.name
        handled = sys.exception()
        try:
            async with http.request(
                request.endpoint.http_method,
                self._url(request),
                data=request.body if upload is None else upload.form(request.endpoint.upload),
                headers=self._headers if request.body is None or upload else self._headers_with_body,
                timeout=timeout,
                allow_redirects=False,  # a redirect would carry the key to wherever it leads
                raise_for_status=False,
                auto_decompress=True,
                middlewares=self._middlewares,
            ) as response:
                return Reply(response.status, response.headers, await self._read(endpoint, response))
        except asyncio.CancelledError as error:
            without_frames(error, handled)  # for the same reason as below
            raise
        except aiohttp.ClientResponseError as error:
            message, sent, cause = f"the answer is no HTTP: {error.status}, {printable(error.message)}", True, None
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            cause = error.error if isinstance(error, _NotResent) else error
            timed_out = isinstance(cause, TimeoutError) and timeout.total
            message = f"no answer within {timeout.total:g} s" if timed_out else describe(cause)
            sent = not isinstance(cause, _NOT_SENT)
        # Raised out here and without what aiohttp did: error reporters show the variables of its frames, and in some
        # the key stands in the bytes that were to be written. That of a ClientResponseError holds all headers.
        raise TransportError(message, endpoint=endpoint, sent=sent) from without_frames(cause, handled)

    def _url(self, request: Request) -> URL:
        """Make the URL from its parts: to take one apart that is new each time takes yarl twice as long."""
        scheme, host, prefix, *_ = self._base
        query = encode_query(request.query) if request.query else ""
        return URL.build(scheme=scheme, authority=host, path=prefix + request.path, query_string=query, encoded=True)

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

    async def close(self) -> None:
        """End what is under way and let go of the connections. A session of the caller's stays open."""
        self.closed = True
        for task in self._tasks:
            if not task.cancelling():
                self._ended.add(task)
                task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
        if self._storage is not None:
            await self._storage.close()
        if self._owns_http and self._http is not None:
            await self._http.close()


if sys.version_info >= (3, 12):  # pragma: no cover — a Python runs one of the two branches

    def starts_at_once() -> bool:
        """Tell whether tasks can start at once in this event loop, which may have its own way to make them."""
        return asyncio.get_running_loop().get_task_factory() is None

    def _eager(work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        return asyncio.Task(work, loop=asyncio.get_running_loop(), eager_start=True)

else:  # pragma: no cover

    def starts_at_once() -> bool:
        """Tell whether tasks can start at once in this event loop: that takes Python 3.12."""
        return False

    _eager = asyncio.create_task


def proxy_for(base_url: str) -> str | None:
    """Tell the proxy that the environment names for a URL: HTTP_PROXY, HTTPS_PROXY or ALL_PROXY, less NO_PROXY.

    aiohttp's `trust_env` would do the same in a thread for each request, and put a password of `.netrc` beside the key.

    Raises:
        InvalidRequest: it is no HTTP proxy.
    """
    parts = urlsplit(base_url)
    proxies = urllib.request.getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if not proxy or urllib.request.proxy_bypass(parts.netloc):
        return None
    if "://" not in proxy:
        proxy = f"http://{proxy}"
    kind = urlsplit(proxy)
    if kind.scheme not in {"http", "https"} or not kind.hostname:
        variable = f"{parts.scheme.upper()}_PROXY" if proxies.get(parts.scheme) else "ALL_PROXY"
        raise InvalidRequest(
            variable,
            f"{kind.scheme}://…",
            "must be like http://host:port; for other kinds pass session= with a connector",
        )
    return proxy


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
    said = printable(str(error))
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def without_frames(error: BaseException | None, handled: BaseException | None) -> BaseException | None:
    """Take the frames off an error and off all that led to it, which keep what they say.

    Args:
        error: the error.
        handled: what the caller was handling before: his own affair, though Python notes it as a context.
    """
    seen = {id(handled), id(None)}
    waiting = [error]
    while waiting:
        each = waiting.pop()
        if each is not None and id(each) not in seen:
            seen.add(id(each))
            each.__traceback__ = None
            waiting += each.__cause__, each.__context__
    return error

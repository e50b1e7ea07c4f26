"""How answers go over the wire, and how they break on it."""

import asyncio
import socket
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import lru_cache
from itertools import chain, repeat
from random import Random
from typing import NoReturn
from weakref import WeakSet

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from yamarket_async.endpoints import Endpoint
from yamarket_async.sandbox.calls import BODY_LIMIT, FORM_LIMIT, Query, Refusal, bad_request
from yamarket_async.sandbox.faults import Faults
from yamarket_async.sandbox.limits import Standing

NO_ANSWER = 0
"""The status of an exchange whose connection the sandbox closed before an answer began."""

HUNG_UP = 499
"""The status of an exchange whose client was gone before an answer began."""

JSON = "application/json; charset=utf-8"
REASONS = {420: "Method Failure"}
GARBLED = (
    ("many", "some", "soon"),
    ("-1", "", "вчера"),
    ("1e4", "0x10", "2025-09-17T14:05:00Z"),
    ("10000, 10000", "9800;", "Wed, 99 Foo 2025 25:61:61 GMT"),
    ("9" * 400, "9" * 400, "Mon, 01 Jan 99999 00:00:00 GMT"),
)
"""What stands in the three headers of the limit when they are garbled."""

_CHUNK = 64 * 1024
_TRICKLES = 10

http_date = lru_cache(maxsize=64)(lambda second: formatdate(second, usegmt=True))


@dataclass(slots=True)
class Exchange:
    """A request, as far as it has come.

    Attributes:
        request: what aiohttp knows of it.
        transport: the connection that it came by.
        settings: the faults that there can be.
        at: when it came, by the server's clock in epoch seconds.
        body: its body.
        query: its query string.
        endpoint: the method that it leads to.
        faults: what goes wrong with it.
        status: that of its answer.
    """

    request: web.BaseRequest
    transport: asyncio.Transport
    settings: Faults
    at: float
    body: bytes = b""
    query: Query = field(default_factory=dict)
    endpoint: Endpoint | None = None
    faults: frozenset[str] = frozenset()
    status: int = HUNG_UP


@dataclass(slots=True)
class Reply:
    """An answer before it is sent. `at` is the server's clock when it was made."""

    status: int
    body: bytes
    at: float
    standing: Standing | None = None
    content_type: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)


class Wire:
    """Sends answers, and breaks them where a fault says so.

    Attributes:
        keep_alive: whether a connection is good for more than one request.
    """

    def __init__(self, *, keep_alive: bool, random: Random) -> None:
        self.keep_alive = keep_alive
        self._random = random
        self._stale: WeakSet[asyncio.Transport] = WeakSet()

    async def receive(self, exchange: Exchange) -> None:
        """Read the body of a request as it came, unless its connection is one that went stale when it was idle.

        Raises:
            Refusal: it is cut into chunks that are none.
        """
        if exchange.transport in self._stale:
            await close(exchange)
        exchange.body = await read_body(exchange.request, FORM_LIMIT if is_form(exchange.request) else BODY_LIMIT)

    async def send(self, exchange: Exchange, reply: Reply) -> web.StreamResponse:
        """Send an answer with the faults of its exchange."""
        faults, half = exchange.faults, reply.body[: len(reply.body) // 2]
        if "idle_close" in faults:
            self._stale.add(exchange.transport)
        if "cut_answer" in faults:
            await self._stream(exchange, reply, [half])
            await reset(exchange)
        if "truncated" in faults:
            await self._stream(exchange, reply, [half])
            await close(exchange)
        if "half_json" in faults:
            reply.body = half
        elif "slow_bytes" in faults:
            size = max(len(reply.body) // _TRICKLES, 1)
            pieces = [reply.body[start : start + size] for start in range(0, len(reply.body), size)]
            pause = exchange.settings.slow_bytes_seconds / _TRICKLES
            return await self._stream(exchange, reply, pieces, pause=pause)
        elif "huge" in faults:
            return await self._pad(exchange, reply, packed=False)
        elif "bomb" in faults:
            return await self._pad(exchange, reply, packed=True)
        return self.whole(exchange, reply)

    def whole(self, exchange: Exchange, reply: Reply) -> web.StreamResponse:
        """Make an answer that is sent in one go, without the faults that break it."""
        exchange.status = reply.status
        response = web.Response(
            status=reply.status,
            reason=REASONS.get(reply.status),
            body=reply.body,
            headers=self._headers(exchange, reply),
        )
        if not self.keep_alive:
            response.force_close()
        return response

    def _headers(self, exchange: Exchange, reply: Reply) -> dict[str, str]:
        headers = {"Content-Type": reply.content_type, "Date": http_date(int(reply.at)), **reply.headers}
        standing, faults = reply.standing, exchange.faults
        if standing is None or "no_limit_headers" in faults:
            return headers
        # The header has no fractions: rounded up, so that the window is over by then.
        until = -(-standing.until // 1)
        if "foreign_limit_headers" in faults:
            until += exchange.settings.clock_error
        values = (str(standing.amount), str(standing.remaining), http_date(int(until)))
        if "garbled_limit_headers" in faults:
            values = self._random.choice(GARBLED)
        for name, value in zip(("Limit", "Remaining", "Until"), values, strict=True):
            headers[f"X-RateLimit-Resource-{name}"] = value
        return headers

    async def _begin(self, exchange: Exchange, reply: Reply, more: dict[str, str]) -> web.StreamResponse:
        exchange.status = reply.status
        response = web.StreamResponse(
            status=reply.status,
            reason=REASONS.get(reply.status),
            headers=self._headers(exchange, reply) | more,
        )
        if not self.keep_alive:
            response.force_close()
        await response.prepare(exchange.request)
        return response

    async def _stream(
        self, exchange: Exchange, reply: Reply, pieces: Iterable[bytes], *, pause: float = 0.0
    ) -> web.StreamResponse:
        """Announce the whole answer, and send pieces of it."""
        response = await self._begin(exchange, reply, {"Content-Length": str(len(reply.body))})
        for piece in pieces:
            if pause:
                await asyncio.sleep(pause)
            await _write(response, piece)
        return response

    async def _pad(self, exchange: Exchange, reply: Reply, *, packed: bool) -> web.StreamResponse:
        """Send the answer with so many blanks behind it that nobody should take it all."""
        response = await self._begin(exchange, reply, {"Content-Encoding": "gzip"} if packed else {})
        for piece in _padded(reply.body, exchange.settings.huge_bytes, packed=packed):
            await _write(response, piece)
        return response


def _padded(body: bytes, size: int, *, packed: bool) -> Iterator[bytes]:
    pieces = chain([body], repeat(b" " * _CHUNK, size // _CHUNK))
    if not packed:
        yield from pieces
        return
    packer = zlib.compressobj(1, wbits=31)
    for piece in pieces:
        yield packer.compress(piece)
    yield packer.flush()


async def reset(exchange: Exchange) -> NoReturn:
    """Reset the connection, as a server does that dies."""
    connection = exchange.transport.get_extra_info("socket")
    # Lingering for no time makes closing send RST in place of FIN.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    exchange.transport.abort()
    await _end(exchange)


async def close(exchange: Exchange) -> NoReturn:
    """Close the connection without another byte."""
    exchange.transport.close()
    await _end(exchange)


async def _end(exchange: Exchange) -> NoReturn:
    if exchange.status == HUNG_UP:
        exchange.status = NO_ANSWER
    await for_ever()


async def _write(response: web.StreamResponse, piece: bytes) -> None:
    try:
        await response.write(piece)
    except ConnectionResetError:
        await for_ever()  # the client has hung up, and the end of its connection is about to cancel this task


async def for_ever() -> NoReturn:
    """Wait until the end of the connection cancels the task that answers."""
    while True:
        await asyncio.Event().wait()


def is_form(request: web.BaseRequest) -> bool:
    """Tell whether the body of a request is a multipart form."""
    return request.content_type == "multipart/form-data"


async def read_body(request: web.BaseRequest, limit: int) -> bytes:
    """Read a body as it came, and keep of it no more than is enough to tell that it is bigger than the limit.

    Raises:
        Refusal: it is cut into chunks that are none.
    """
    if not request.body_exists:
        return b""
    kept, size = [], 0
    try:
        async for piece in request.content.iter_any():
            if size <= limit:
                kept.append(piece)
            size += len(piece)
    except (HttpProcessingError, web.RequestPayloadError) as error:
        # The former wakes whoever waits for the body, the latter whoever asks for it later.
        raise bad_request(f"JSON: {error}") from None
    return b"".join(kept)[: limit + 1]


def unpacked(request: web.BaseRequest, content: bytes, limit: int) -> bytes:
    """Undo the Content-Encoding of a body, no further than is enough to tell that it is bigger than the limit.

    aiohttp would do it itself, but answers what is not packed as it says in its own words, before anybody is asked.

    Raises:
        Refusal: 415 for an encoding that isn't known, 400 where the body has another one, or is cut short.
    """
    encoding = request.headers.get("Content-Encoding", "").strip().lower()
    if not content or encoding in {"", "identity"}:
        return content
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        raise Refusal(415, "UNSUPPORTED_MEDIA_TYPE", f"Content encoding '{encoding[:100]}' not supported")
    if len(content) > limit:
        return content
    bits = zlib.MAX_WBITS
    if encoding != "deflate":
        bits += 16
    elif content[0] & 0xF != zlib.DEFLATED:
        # Many a client leaves out the header that deflate should have.
        bits = -bits
    result = b""
    try:
        while content and len(result) <= limit:
            unpacker = zlib.decompressobj(bits)
            result += unpacker.decompress(content, limit + 1 - len(result))
            if not unpacker.eof and len(result) <= limit:
                raise bad_request(f"JSON: the body ends in the middle of what '{encoding}' has packed")
            content = unpacker.unused_data  # gzip may be several files, one after another
    except zlib.error as error:
        raise bad_request(f"JSON: the body is not packed with '{encoding}': {error}") from None
    return result

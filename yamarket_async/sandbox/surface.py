"""The HTTP surface of the pretend Market: routes, keys, headers, and the faults that happen on the wire."""

import asyncio
import re
import socket
import struct
import time
import zlib
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import lru_cache
from random import Random
from typing import NoReturn, cast
from urllib.parse import parse_qs
from weakref import WeakSet

from aiohttp import web

from .faults import Faults
from .limits import Slots, Standing
from .market import METHODS, Call, Market, Method, error_body
from .reading import BODY_LIMIT, INT64, Query, Refusal, integer
from .record import RecordedRequest, without_secrets

URL_LIMIT = 8 * 1024
"""Bytes that the path and query of a request may have."""

CHUNK = 64 * 1024
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

_PATH = re.compile(r"(/v2)?/(campaigns|businesses)(?:/([^/]+)(/.*)?)?")
_ROUTES: dict[tuple[str, str, str], dict[str, Method]] = {}
for _method in METHODS:
    for _version in _method.versions:
        _ROUTES.setdefault((_version, _method.owner, _method.tail), {})[_method.http_method] = _method

http_date = lru_cache(maxsize=64)(lambda second: formatdate(second, usegmt=True))


@dataclass(slots=True)
class Exchange:
    """A request, as far as it has come."""

    request: web.BaseRequest
    transport: asyncio.Transport
    at: float
    body: bytes = b""
    query: Query = field(default_factory=dict)
    method: Method | None = None
    faults: frozenset[str] = frozenset()
    status: int = 499


@dataclass(slots=True)
class Reply:
    """An answer before it is sent."""

    status: int
    body: bytes
    at: float
    standing: Standing | None = None
    content_type: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)


class Surface:
    """Answers HTTP requests.

    Attributes:
        keys: the accesses of each key.
        faults: what goes wrong on purpose.
        parallel: how many requests may run at once for one entity.
        latency: how many seconds each request takes, half before the work and half after it.
        clock_offset: how many seconds the server's clock is ahead of the local one.
        keep_alive: whether a connection is good for more than one request.
        slots: how many requests run.
        counts: how many requests there were, by several keys.
        requests: what is remembered of them.
        on_request: called with each as soon as it is over.
    """

    def __init__(
        self,
        market: Market,
        *,
        keys: dict[str, tuple[str, ...]],
        faults: Faults,
        seed: int,
        parallel: int,
        latency: float,
        clock_offset: float,
        keep_alive: bool,
        record: int | None,
        on_request: Callable[[RecordedRequest], None] | None,
    ) -> None:
        self.keys = keys
        self.faults = faults
        self.parallel = parallel
        self.latency = latency
        self.clock_offset = clock_offset
        self.keep_alive = keep_alive
        self.slots = Slots()
        self.counts: Counter[object] = Counter()
        self.requests: deque[RecordedRequest] = deque(maxlen=record)
        self.on_request = on_request
        self._market = market
        self._random = Random(seed)
        self._under_way: dict[asyncio.Task[object], asyncio.Transport] = {}
        self._doomed: WeakSet[asyncio.Transport] = WeakSet()

    def now(self) -> float:
        """Tell the server's clock, in epoch seconds."""
        return time.time() + self.clock_offset

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer a request and remember it."""
        # A handler begins in a task and with a connection; both are optional for the type checkers only.
        task = cast("asyncio.Task[object]", asyncio.current_task())
        transport = cast("asyncio.Transport", request.transport)
        self._under_way[task] = transport
        started = time.perf_counter()
        exchange = Exchange(request, transport, self.now())
        try:
            return await self._answer(exchange)
        finally:
            del self._under_way[task]
            self._remember(exchange, time.perf_counter() - started)

    async def hang_up(self) -> None:
        """Reset the connections whose requests are under way, and wait until those are over."""
        tasks = list(self._under_way)
        for transport in self._under_way.values():
            transport.abort()
        if tasks:
            await asyncio.wait(tasks)

    def _remember(self, exchange: Exchange, seconds: float) -> None:
        endpoint = exchange.method.name if exchange.method else None
        self.counts["requests"] += 1
        self.counts[exchange.status] += 1
        for fault in exchange.faults:
            self.counts[fault] += 1
        if endpoint is not None:
            self.counts[endpoint] += 1
            self.counts[endpoint, exchange.status] += 1
        if self.requests.maxlen == 0 and self.on_request is None:
            return
        recorded = RecordedRequest(
            method=exchange.request.method,
            path=exchange.request.raw_path.partition("?")[0],
            query=exchange.query,
            headers=without_secrets(exchange.request.headers),
            body=exchange.body,
            status=exchange.status,
            seconds=seconds,
            endpoint=endpoint,
            faults=exchange.faults,
            at=exchange.at,
        )
        self.requests.append(recorded)
        if self.on_request is not None:
            self.on_request(recorded)

    async def _answer(self, exchange: Exchange) -> web.StreamResponse:
        if exchange.transport in self._doomed:
            await self._close(exchange)
        exchange.body = await _read_body(exchange.request)
        try:
            method, entity, scopes = self._route(exchange)
        except Refusal as refusal:
            headers = {"Allow": refusal.allow} if isinstance(refusal, _NotAllowed) else {}
            body = error_body(refusal.code, refusal.message)
            return self._whole(exchange, Reply(refusal.status, body, self.now(), headers=headers))
        exchange.method = method
        try:
            if not self.slots.take(entity, self.parallel):
                return self._whole(exchange, self._crowded(method, entity))
            exchange.faults = self.faults.draw(method.name, self._random)
            reply = await self._work(exchange, method, entity, scopes)
        finally:
            # Before the answer goes out: who has it may send the next request at once.
            self.slots.let_go(entity)
        return await self._send(exchange, reply)

    def _route(self, exchange: Exchange) -> tuple[Method, int, tuple[str, ...]]:
        """Find the method, the entity and what the key may do."""
        request = exchange.request
        path, _, query = request.raw_path.partition("?")
        exchange.query = parse_qs(query, keep_blank_values=True, max_num_fields=None)
        if len(request.raw_path) > URL_LIMIT:
            raise Refusal(414, "URI_TOO_LONG", "The request line is too long")
        match = _PATH.fullmatch(path)
        version, root, id_, tail = match.groups("") if match else ("", "", "", "")
        owner = "business" if root == "businesses" else "campaign" if id_ else "token"
        methods = _ROUTES.get((version, owner, tail))
        if not match or methods is None:
            raise Refusal(404, "NOT_FOUND", f"No such method: {path[:200]}")
        method = methods.get(request.method)
        if method is None:
            raise _NotAllowed(request.method, methods)
        scopes = self._scopes(request.headers)
        return method, self._entity(owner, id_), scopes

    def _scopes(self, headers: Mapping[str, str]) -> tuple[str, ...]:
        kind, _, token = headers.get("Authorization", "").partition(" ")
        key = headers.get("Api-Key") or (token if kind.lower() == "bearer" else "")
        if not key:
            raise Refusal(401, "UNAUTHORIZED", "Authorization is required: no Api-Key header")
        if key not in self.keys:
            raise Refusal(401, "UNAUTHORIZED", "Invalid token")
        return self.keys[key]

    def _entity(self, owner: str, id_: str) -> int:
        if owner == "token":
            return self._market.business_id
        name = f"{owner}Id"
        entity = integer(id_, name, least=1, most=INT64)
        if entity != self._market.business_id if owner == "business" else entity not in self._market.campaign_ids:
            raise Refusal(404, "NOT_FOUND", f"{name} {entity} not found")
        return entity

    def _crowded(self, method: Method, entity: int) -> Reply:
        now = self.now()
        kind = "campaign" if method.owner == "campaign" else "business"
        message = f"Hit rate limit of {self.parallel} parallel requests for {kind}Id {entity}"
        self.counts["parallel"] += 1
        standing = self._market.standing(method, entity, now)
        return Reply(420, error_body("METHOD_FAILURE", message), now, standing)

    async def _work(self, exchange: Exchange, method: Method, entity: int, scopes: tuple[str, ...]) -> Reply:
        faults = exchange.faults
        if "hang" in faults:
            await _for_ever()
        if self.latency:
            await asyncio.sleep(self.latency / 2)
        if "reset_before" in faults:
            await self._reset(exchange)
        failure = self._failure(exchange, method, entity)
        if failure is not None:
            return failure
        call = Call(
            method,
            entity,
            scopes,
            exchange.query,
            exchange.request.content_type,
            exchange.body,
            repeat_token="repeated_token" in faults,
            empty_page="empty_page" in faults,
        )
        now = self.now()
        answer = self._market.serve(call, now)
        if answer.status == 420:
            self.counts["exhausted"] += 1
        pause = self.latency / 2 + (self.faults.delay_seconds if "delay" in faults else 0)
        if pause:
            await asyncio.sleep(pause)
        if "lost_answer" in faults:
            await self._reset(exchange)
        return Reply(answer.status, answer.body, now, answer.standing)

    def _failure(self, exchange: Exchange, method: Method, entity: int) -> Reply | None:
        """Make the answer that comes in place of the work, if one of those is due."""
        now, faults = self.now(), exchange.faults
        standing = self._market.standing(method, entity, now)
        if "error_500" in faults:
            return Reply(500, error_body("INTERNAL_SERVER_ERROR", "Internal server error"), now, standing)
        if "html_502" in faults:
            return _gateway(502, "Bad Gateway", now)
        if "error_503" in faults:
            retry_after = self.faults.retry_after
            headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
            body = error_body("SERVICE_UNAVAILABLE", "Service temporarily unavailable")
            return Reply(503, body, now, standing, headers=headers)
        if "html_504" in faults:
            return _gateway(504, "Gateway Time-out", now)
        if "redirect" in faults:
            request = exchange.request
            port = request.url.port
            target = f"http://localhost:{port}" if self.faults.redirect_to is None else self.faults.redirect_to
            return Reply(307, b"", now, headers={"Location": target.rstrip("/") + request.raw_path})
        return None

    def _headers(self, reply: Reply, faults: frozenset[str]) -> dict[str, str]:
        headers = {"Content-Type": reply.content_type, "Date": http_date(int(reply.at)), **reply.headers}
        standing = reply.standing
        if standing is None or "no_limit_headers" in faults:
            return headers
        # The header has no fractions: rounded up, so that the window is over by then.
        until = -(-standing.until // 1) + (self.faults.clock_error if "foreign_limit_headers" in faults else 0)
        values = (str(standing.amount), str(standing.remaining), http_date(int(until)))
        if "garbled_limit_headers" in faults:
            values = self._random.choice(GARBLED)
        for name, value in zip(("Limit", "Remaining", "Until"), values, strict=True):
            headers[f"X-RateLimit-Resource-{name}"] = value
        return headers

    def _whole(self, exchange: Exchange, reply: Reply) -> web.Response:
        """Make an answer that is sent in one go."""
        exchange.status = reply.status
        response = web.Response(
            status=reply.status,
            reason=REASONS.get(reply.status),
            body=reply.body,
            headers=self._headers(reply, exchange.faults),
        )
        if not self.keep_alive:
            response.force_close()
        return response

    async def _send(self, exchange: Exchange, reply: Reply) -> web.StreamResponse:
        faults = exchange.faults
        if "idle_close" in faults:
            self._doomed.add(exchange.transport)
        if "cut_answer" in faults:
            await self._stream(exchange, reply, [reply.body[: len(reply.body) // 2]])
            await self._reset(exchange)
        if "truncated" in faults:
            await self._stream(exchange, reply, [reply.body[: len(reply.body) // 2]])
            await self._close(exchange)
        if "half_json" in faults:
            reply.body = reply.body[: len(reply.body) // 2]
            return self._whole(exchange, reply)
        if "slow_bytes" in faults:
            step = max(len(reply.body) // 10, 1)
            pieces = [reply.body[start : start + step] for start in range(0, len(reply.body), step)]
            pause = self.faults.slow_bytes_seconds / max(len(pieces), 1)
            return await self._stream(exchange, reply, pieces, pause=pause)
        if "huge" in faults:
            return await self._pad(exchange, reply, compressed=False)
        if "bomb" in faults:
            return await self._pad(exchange, reply, compressed=True)
        return self._whole(exchange, reply)

    async def _stream(
        self, exchange: Exchange, reply: Reply, pieces: list[bytes], *, pause: float = 0.0
    ) -> web.StreamResponse:
        """Announce the whole answer, and send pieces of it."""
        exchange.status = reply.status
        response = web.StreamResponse(
            status=reply.status,
            reason=REASONS.get(reply.status),
            headers=self._headers(reply, exchange.faults) | {"Content-Length": str(len(reply.body))},
        )
        if not self.keep_alive:
            response.force_close()
        await response.prepare(exchange.request)
        for piece in pieces:
            if pause:
                await asyncio.sleep(pause)
            await response.write(piece)
        return response

    async def _pad(self, exchange: Exchange, reply: Reply, *, compressed: bool) -> web.StreamResponse:
        """Send the answer with so many blanks behind it that nobody should take it all."""
        exchange.status = reply.status
        headers = self._headers(reply, exchange.faults)
        if compressed:
            headers["Content-Encoding"] = "gzip"
        packer = zlib.compressobj(1, wbits=31)
        response = web.StreamResponse(status=reply.status, reason=REASONS.get(reply.status), headers=headers)
        await response.prepare(exchange.request)
        blanks = b" " * CHUNK
        for piece in [reply.body, *[blanks] * (self.faults.huge_bytes // CHUNK)]:
            await response.write(packer.compress(piece) if compressed else piece)
        if compressed:
            await response.write(packer.flush())
        return response

    async def _reset(self, exchange: Exchange) -> NoReturn:
        """Reset the connection, as a server does that dies."""
        connection = exchange.transport.get_extra_info("socket")
        # Lingering for no time makes closing send RST in place of FIN.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        await self._close(exchange, abort=True)

    async def _close(self, exchange: Exchange, *, abort: bool = False) -> NoReturn:
        """Close the connection without another byte; its end cancels the task that answers."""
        if exchange.status == 499:
            exchange.status = 0
        if abort:
            exchange.transport.abort()
        else:
            exchange.transport.close()
        await _for_ever()


class _NotAllowed(Refusal):
    def __init__(self, http_method: str, methods: Mapping[str, Method]) -> None:
        super().__init__(405, "METHOD_NOT_ALLOWED", f"Request method '{http_method}' not supported")
        self.allow = ", ".join(methods)


def _gateway(status: int, title: str, now: float) -> Reply:
    head, body = f"<title>{status} {title}</title>", f"<h1>{status} {title}</h1>"
    page = f"<html>\r\n<head>{head}</head>\r\n<body>{body}</body>\r\n</html>\r\n"
    return Reply(status, page.encode(), now, content_type="text/html")


async def _for_ever() -> NoReturn:
    while True:
        await asyncio.Event().wait()


async def _read_body(request: web.BaseRequest) -> bytes:
    """Read the body, and keep of it no more than is enough to tell that it is too big."""
    if not request.body_exists:
        return b""
    kept, size = [], 0
    async for piece in request.content.iter_any():
        if size <= BODY_LIMIT:
            kept.append(piece)
        size += len(piece)
    return b"".join(kept)[: BODY_LIMIT + 1]

"""The HTTP surface of the pretend Market: how a request becomes a call, and an answer a reply."""

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable
from random import Random
from typing import cast
from urllib.parse import parse_qs

from aiohttp import BodyPartReader, MultipartReader, StreamReader, web
from aiohttp.http_exceptions import HttpProcessingError

from yamarket_async.sandbox import links
from yamarket_async.sandbox.calls import BODY_LIMIT, FORM_LIMIT, Refusal, bad_request, error_body
from yamarket_async.sandbox.control import PREFIX, Control
from yamarket_async.sandbox.faults import Faults
from yamarket_async.sandbox.limits import Slots
from yamarket_async.sandbox.market import Admitted, Market, Served
from yamarket_async.sandbox.record import RecordedRequest, without_secrets
from yamarket_async.sandbox.wire import Exchange, Reply, Wire, close, for_ever, is_form, reset, unpacked

SERVER_TIMEOUT = 10.0
"""Seconds after which the Market gives a request up."""


class Surface:
    """Answers HTTP requests.

    Attributes:
        faults: what goes wrong on purpose.
        parallel: how many requests may run at once for one entity.
        latency: how many seconds each request takes, half before the work and half after it.
        slots: how many requests run.
        counts: how many requests there were, by several keys.
        requests: what is remembered of them.
        on_request: called with each as soon as it is over.
    """

    def __init__(
        self,
        market: Market,
        control: Control,
        *,
        faults: Faults,
        parallel: int,
        latency: float,
        keep_alive: bool,
        gives_up: bool,
        record: int | None,
        on_request: Callable[[RecordedRequest], None] | None,
    ) -> None:
        self.faults = faults
        self.parallel = parallel
        self.latency = latency
        self.slots = Slots()
        self.counts: Counter[object] = Counter()
        self.requests: deque[RecordedRequest] = deque(maxlen=record)
        self.on_request = on_request
        self._market = market
        self._control = control
        self._gives_up = gives_up
        self._random = Random(market.world.seed)
        self._wire = Wire(keep_alive=keep_alive, random=self._random)
        self._under_way: dict[asyncio.Task[object], asyncio.Transport] = {}

    def now(self) -> float:
        """Tell the server's clock, in epoch seconds."""
        return self._market.world.now()

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer a request and remember it."""
        # A handler begins in a task and with a connection; both are optional for the type checkers only.
        task = cast("asyncio.Task[object]", asyncio.current_task())
        transport = cast("asyncio.Transport", request.transport)
        if request.path.startswith(PREFIX):
            return await self._control.answer(request)
        if request.path.startswith(links.PREFIX):
            return links.answer(self._market.world, request.method, request.raw_path, request.headers)
        self._under_way[task] = transport
        started = time.perf_counter()
        exchange = Exchange(request, transport, self.faults, self.now())
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

    async def _answer(self, exchange: Exchange) -> web.StreamResponse:
        request = exchange.request
        try:
            await self._wire.receive(exchange)
            exchange.query = parse_qs(request.raw_path.partition("?")[2], keep_blank_values=True)
            endpoint, sent = self._market.find(request.method, request.raw_path)
            exchange.endpoint = endpoint
            form = await self._unpack(exchange)
            admitted = self._market.admit(endpoint, sent, request.headers)
        except Refusal as refusal:
            reply = Reply(
                refusal.status, error_body(refusal.code, refusal.message), self.now(), headers=refusal.headers
            )
            return self._wire.whole(exchange, reply)
        crowded = None
        own = endpoint.quota.parallel if endpoint.quota else None
        try:
            crowded = self._take(admitted, own)
            if crowded is not None:
                return self._wire.whole(exchange, crowded)
            exchange.faults = self.faults.draw(endpoint.name, self._random)
            reply = await self._work_in_time(exchange, admitted, form)
        finally:
            # Before the answer goes out: who has it may send the next request at once.
            self._let_go(admitted, own)
        return await self._wire.send(exchange, reply)

    @staticmethod
    async def _unpack(exchange: Exchange) -> dict[str, bytes]:
        """Undo the Content-Encoding of the body; give the parts of a form, which is not remembered otherwise."""
        request, content = exchange.request, exchange.body
        if not is_form(request):
            exchange.body = unpacked(request, content, BODY_LIMIT)
            return {}
        exchange.body = b""
        try:
            return await _read_form(request, unpacked(request, content, FORM_LIMIT))
        except (HttpProcessingError, web.HTTPException, ValueError, LookupError) as error:
            # A form without its boundary.
            raise bad_request(f"JSON: {error}") from None

    def _take(self, admitted: Admitted, own: int | None) -> Reply | None:
        """Count a request in; give the answer that refuses it where too many run."""
        endpoint, entity = admitted.endpoint, admitted.entity
        name = endpoint.name if own else ""
        bound = own or self.parallel
        taken = self.slots.take(entity, self.parallel) if not own else self.slots.take(entity, bound, of=name)
        if taken:
            return None
        self.counts["parallel"] += 1
        kind = "campaignId" if endpoint.entity_kind == "campaign" else "businessId"
        message = f"Hit rate limit of {bound} parallel requests for {kind} {entity}"
        return self._failed(420, "METHOD_FAILURE", message, admitted)

    def _let_go(self, admitted: Admitted, own: int | None) -> None:
        self.slots.let_go(admitted.entity, of=admitted.endpoint.name if own else "")

    async def _work_in_time(self, exchange: Exchange, admitted: Admitted, form: dict[str, bytes]) -> Reply:
        if not self._gives_up:
            return await self._work(exchange, admitted, form)
        try:
            async with asyncio.timeout(SERVER_TIMEOUT):
                return await self._work(exchange, admitted, form)
        except TimeoutError:
            await close(exchange)

    async def _work(self, exchange: Exchange, admitted: Admitted, form: dict[str, bytes]) -> Reply:
        faults = exchange.faults
        if "hang" in faults:
            await for_ever()
        if self.latency:
            await asyncio.sleep(self.latency / 2)
        if "reset_before" in faults:
            await reset(exchange)
        failure = self._failure(exchange, admitted)
        if failure is not None:
            return failure
        reply = self._serve(exchange, admitted, form)
        pause = self.latency / 2 + (self.faults.delay_seconds if "delay" in faults else 0)
        if pause:
            await asyncio.sleep(pause)
        if "lost_answer" in faults:
            await reset(exchange)
        return reply

    def _serve(self, exchange: Exchange, admitted: Admitted, form: dict[str, bytes]) -> Reply:
        now = self.now()
        served: Served = self._market.serve(
            admitted,
            exchange.query,
            exchange.body,
            exchange.request.headers,
            now,
            form=form,
            repeat_token="repeated_token" in exchange.faults,
            empty_page="empty_page" in exchange.faults,
        )
        if served.exhausted:
            self.counts["exhausted"] += 1
        reply = Reply(served.status, served.body, now, served.standing, headers=served.headers)
        if served.content_type:
            reply.content_type = served.content_type
        return reply

    def _failure(self, exchange: Exchange, admitted: Admitted) -> Reply | None:
        """Make the answer that comes in place of the work, where one of those is due."""
        faults = exchange.faults
        if "error_500" in faults:
            return self._failed(500, "INTERNAL_SERVER_ERROR", "Internal server error", admitted)
        if "html_502" in faults:
            return self._gateway(502, "Bad Gateway")
        if "error_503" in faults:
            message = "Service temporarily unavailable. Please, try again later"
            reply = self._failed(503, "SERVICE_UNAVAILABLE", message, admitted)
            if self.faults.retry_after is not None:
                reply.headers = {"Retry-After": str(self.faults.retry_after)}
            return reply
        if "html_504" in faults:
            return self._gateway(504, "Gateway Time-out")
        if "redirect" in faults:
            port = exchange.transport.get_extra_info("sockname")[1]
            target = self.faults.redirect_to or f"http://localhost:{port}"
            return Reply(307, b"", self.now(), headers={"Location": target.rstrip("/") + exchange.request.raw_path})
        return None

    def _failed(self, status: int, code: str, message: str, admitted: Admitted) -> Reply:
        """Make an error that costs nothing and tells how the limit stands."""
        now = self.now()
        standing = self._market.standing(admitted.endpoint, admitted.entity, now)
        return Reply(status, error_body(code, message), now, standing)

    def _gateway(self, status: int, title: str) -> Reply:
        head, body = f"<title>{status} {title}</title>", f"<h1>{status} {title}</h1>"
        page = f"<html>\r\n<head>{head}</head>\r\n<body>{body}</body>\r\n</html>\r\n"
        return Reply(status, page.encode(), self.now(), content_type="text/html")

    def _remember(self, exchange: Exchange, seconds: float) -> None:
        endpoint = exchange.endpoint.name if exchange.endpoint else None
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


async def _read_form(request: web.BaseRequest, content: bytes) -> dict[str, bytes]:
    """Read a multipart form; parts that are forms themselves are passed over."""
    if len(content) > FORM_LIMIT:
        raise bad_request("The request is too big")
    # Room for all of it: the connection must not be paused for what was read from it already.
    stream = StreamReader(request.protocol, FORM_LIMIT, loop=asyncio.get_running_loop())
    stream.feed_data(content)
    stream.feed_eof()
    parts: dict[str, bytes] = {}
    # The request's own reader refuses files of more than 1 MB, before the Market could refuse them in its words.
    async for part in MultipartReader(request.headers, stream, client_max_size=FORM_LIMIT):
        if isinstance(part, BodyPartReader) and part.name:
            parts[part.name] = bytes(await part.read(decode=False))
            parts[f"{part.name}.filename"] = (part.filename or "").encode()
            parts[f"{part.name}.type"] = part.headers.get("Content-Type", "").encode()
    return parts

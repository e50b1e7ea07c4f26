"""The HTTP surface of the pretend Market: how a request becomes a call, and an answer a reply."""

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable
from random import Random
from typing import cast
from urllib.parse import parse_qs

from aiohttp import web

from yamarket_async.sandbox.faults import Faults
from yamarket_async.sandbox.limits import Slots
from yamarket_async.sandbox.market import Call, Market, error_body
from yamarket_async.sandbox.reading import Refusal
from yamarket_async.sandbox.record import RecordedRequest, without_secrets
from yamarket_async.sandbox.routes import MethodNotAllowed, Route, Routes
from yamarket_async.sandbox.wire import Exchange, Reply, Wire, for_ever, reset


class Surface:
    """Answers HTTP requests.

    Attributes:
        faults: what goes wrong on purpose.
        parallel: how many requests may run at once for one entity.
        latency: how many seconds each request takes, half before the work and half after it.
        clock_offset: how many seconds the server's clock is ahead of the local one.
        slots: how many requests run.
        counts: how many requests there were, by several keys.
        requests: what is remembered of them.
        on_request: called with each as soon as it is over.
    """

    def __init__(
        self,
        market: Market,
        routes: Routes,
        *,
        faults: Faults,
        seed: int,
        parallel: int,
        latency: float,
        clock_offset: float,
        keep_alive: bool,
        record: int | None,
        on_request: Callable[[RecordedRequest], None] | None,
    ) -> None:
        self.faults = faults
        self.parallel = parallel
        self.latency = latency
        self.clock_offset = clock_offset
        self.slots = Slots()
        self.counts: Counter[object] = Counter()
        self.requests: deque[RecordedRequest] = deque(maxlen=record)
        self.on_request = on_request
        self._market = market
        self._routes = routes
        self._random = Random(seed)
        self._wire = Wire(keep_alive=keep_alive, random=self._random)
        self._under_way: dict[asyncio.Task[object], asyncio.Transport] = {}

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
        await self._wire.receive(exchange)
        request = exchange.request
        exchange.query = parse_qs(request.raw_path.partition("?")[2], keep_blank_values=True)
        try:
            route = self._routes.find(request.method, request.raw_path, request.headers)
        except Refusal as refusal:
            headers = {"Allow": refusal.allow} if isinstance(refusal, MethodNotAllowed) else {}
            body = error_body(refusal.code, refusal.message)
            return self._wire.whole(exchange, Reply(refusal.status, body, self.now(), headers=headers))
        exchange.method = route.method
        try:
            if not self.slots.take(route.entity, self.parallel):
                return self._wire.whole(exchange, self._crowded(route))
            exchange.faults = self.faults.draw(route.method.name, self._random)
            reply = await self._work(exchange, route)
        finally:
            # Before the answer goes out: who has it may send the next request at once.
            self.slots.let_go(route.entity)
        return await self._wire.send(exchange, reply)

    def _crowded(self, route: Route) -> Reply:
        self.counts["parallel"] += 1
        kind = "campaignId" if route.method.owner == "campaign" else "businessId"
        message = f"Hit rate limit of {self.parallel} parallel requests for {kind} {route.entity}"
        return self._failed(420, "METHOD_FAILURE", message, route)

    async def _work(self, exchange: Exchange, route: Route) -> Reply:
        faults = exchange.faults
        if "hang" in faults:
            await for_ever()
        if self.latency:
            await asyncio.sleep(self.latency / 2)
        if "reset_before" in faults:
            await reset(exchange)
        failure = self._failure(exchange, route)
        if failure is not None:
            return failure
        reply = self._serve(exchange, route)
        pause = self.latency / 2 + (self.faults.delay_seconds if "delay" in faults else 0)
        if pause:
            await asyncio.sleep(pause)
        if "lost_answer" in faults:
            await reset(exchange)
        return reply

    def _serve(self, exchange: Exchange, route: Route) -> Reply:
        call = Call(
            route.method,
            route.entity,
            route.scopes,
            exchange.query,
            exchange.request.content_type,
            exchange.body,
            repeat_token="repeated_token" in exchange.faults,
            empty_page="empty_page" in exchange.faults,
        )
        now = self.now()
        answer = self._market.serve(call, now)
        if answer.status == 420:
            self.counts["exhausted"] += 1
        return Reply(answer.status, answer.body, now, answer.standing)

    def _failure(self, exchange: Exchange, route: Route) -> Reply | None:
        """Make the answer that comes in place of the work, where one of those is due."""
        faults = exchange.faults
        if "error_500" in faults:
            return self._failed(500, "INTERNAL_SERVER_ERROR", "Internal server error", route)
        if "html_502" in faults:
            return self._gateway(502, "Bad Gateway")
        if "error_503" in faults:
            reply = self._failed(503, "SERVICE_UNAVAILABLE", "Service temporarily unavailable", route)
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

    def _failed(self, status: int, code: str, message: str, route: Route) -> Reply:
        """Make an error that costs nothing and tells how the limit stands."""
        now = self.now()
        return Reply(status, error_body(code, message), now, self._market.standing(route.method, route.entity, now))

    def _gateway(self, status: int, title: str) -> Reply:
        head, body = f"<title>{status} {title}</title>", f"<h1>{status} {title}</h1>"
        page = f"<html>\r\n<head>{head}</head>\r\n<body>{body}</body>\r\n</html>\r\n"
        return Reply(status, page.encode(), self.now(), content_type="text/html")

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

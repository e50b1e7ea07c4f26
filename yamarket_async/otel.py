"""Traces and metrics of a client by OpenTelemetry, under the names of its semantic conventions where there are any."""

import asyncio
import weakref
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from urllib.parse import urlsplit

try:
    from opentelemetry import metrics, trace
except ModuleNotFoundError as error:
    from yamarket_async.extras import pip_command

    message = f"yamarket_async.otel needs opentelemetry-api; {pip_command('otel')}"
    raise ModuleNotFoundError(message, name=error.name) from error

from yamarket_async import __version__
from yamarket_async.client import MarketClient
from yamarket_async.endpoints import Request
from yamarket_async.limits import LimitState, Wait
from yamarket_async.observing import Call

SCOPE = "yamarket_async"

# Those that the conventions advise for durations of HTTP requests, and beyond them the waits for windows of an hour.
SECONDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]
LONG_SECONDS = [*SECONDS, 30, 60, 120, 300, 600, 1_800, 3_600]

LOOP_ANSWERS_WITHIN = 1.0
"""Seconds that a reader of metrics waits for the event loop to tell of the limits."""

Attributes = dict[str, str | int | float]


def instrument(
    market: MarketClient,
    *,
    tracer_provider: trace.TracerProvider | None = None,
    meter_provider: metrics.MeterProvider | None = None,
) -> None:
    """Have the calls of a client traced and measured.

    Each call is a span of the kind CLIENT, named after the operation, from the first wait to the last answer; attempts
    and waits are its events, and what aiohttp's own instrumentation records are its children. The metrics are
    `http.client.request.duration` and `http.client.response.body.size` of attempts, and `yamarket.client.` with
    `call.duration`, `wait.duration`, `waits`, `retries`, `limit_refusals`, `limit.amount` and `limit.remaining`.
    Campaigns and businesses stand in spans and in the two of the limits alone, since there may be hundreds of them.

    Args:
        market: the client; those of its `with_options` are traced and measured with it. A second time changes nothing.
        tracer_provider: where spans go; the global one by default.
        meter_provider: where metrics go; the global one by default.
    """
    watchers = market._session.watchers  # noqa: SLF001 — of the same package
    if any(isinstance(watcher, Instrumentation) for watcher in watchers):
        return
    watchers.append(Instrumentation(market, tracer_provider, meter_provider))


class Instrumentation:
    """The tracer and the instruments of one client; called with a request, it watches its call."""

    def __init__(
        self,
        market: MarketClient,
        tracer_provider: trace.TracerProvider | None,
        meter_provider: metrics.MeterProvider | None,
    ) -> None:
        base = urlsplit(market._session.base_url)  # noqa: SLF001 — of the same package
        self._server: Attributes = {
            "server.address": base.hostname or "",
            "server.port": base.port or (443 if base.scheme == "https" else 80),
        }
        self._tracer = trace.get_tracer(SCOPE, __version__, tracer_provider)
        meter = metrics.get_meter(SCOPE, __version__, meter_provider)
        self.attempts = meter.create_histogram(
            "http.client.request.duration",
            unit="s",
            description="Duration of attempts, from the sending of the request to the end of the answer.",
            explicit_bucket_boundaries_advisory=SECONDS,
        )
        self.sizes = meter.create_histogram(
            "http.client.response.body.size", unit="By", description="Size of the answers, decompressed."
        )
        self.calls = meter.create_histogram(
            "yamarket.client.call.duration",
            unit="s",
            description="Duration of calls, with all their attempts, pauses and waits for limits.",
            explicit_bucket_boundaries_advisory=LONG_SECONDS,
        )
        self.waited = meter.create_histogram(
            "yamarket.client.wait.duration",
            unit="s",
            description="Time before each attempt that went by in waiting for a limit, a free slot and a connection.",
            explicit_bucket_boundaries_advisory=LONG_SECONDS,
        )
        self.waits = meter.create_counter(
            "yamarket.client.waits", unit="{wait}", description="How often a call had to wait for a limit."
        )
        self.retries = meter.create_counter(
            "yamarket.client.retries", unit="{attempt}", description="Attempts after one that failed on the way."
        )
        self.refusals = meter.create_counter(
            "yamarket.client.limit_refusals", unit="{answer}", description="Answers that refuse a request for a limit."
        )
        limits = _Limits(market)
        meter.create_observable_gauge(
            "yamarket.client.limit.amount", [limits.amounts], description="The amount of a limit that is in force."
        )
        meter.create_observable_gauge(
            "yamarket.client.limit.remaining", [limits.remaining], description="What remains of it in this window."
        )
        self._limits = limits

    @contextmanager
    def __call__(self, request: Request) -> "Iterator[CallWatch]":
        """Watch a call."""
        self._limits.loop = loop = asyncio.get_running_loop()
        endpoint, entity = request.endpoint, request.entity
        operation: Attributes = {"yamarket.operation": endpoint.name, "http.request.method": endpoint.http_method}
        operation |= self._server
        where: Attributes = {"url.template": endpoint.path, "yamarket.entity.kind": entity.kind}
        where |= {"yamarket.entity.id": entity.id} if entity.id else {}
        began, error_type = loop.time(), ""
        kind = trace.SpanKind.CLIENT
        with self._tracer.start_as_current_span(endpoint.name, kind=kind, attributes=operation | where) as span:
            watch = CallWatch(self, span, operation)
            try:
                yield watch
            except BaseException as error:
                error_type = type_of(error, getattr(error, "status", None))
                span.set_attribute("error.type", error_type)
                raise
            finally:
                outcome: Attributes = {"yamarket.operation": endpoint.name}
                outcome |= {"error.type": error_type} if error_type else {}
                self.calls.record(loop.time() - began, outcome)


class CallWatch:
    """Writes down what happens in a call."""

    def __init__(self, instruments: Instrumentation, span: trace.Span, operation: Attributes) -> None:
        self._instruments = instruments
        self._span = span
        self._operation = operation
        self._failed = False

    def waits(self, wait: Wait) -> None:
        """Note a wait for a limit."""
        self._span.add_event("yamarket.wait", {"yamarket.wait.seconds": wait.seconds})
        self._instruments.waits.add(1, {"yamarket.operation": wait.endpoint})

    def attempted(self, call: Call) -> None:
        """Note an attempt."""
        operation: Attributes = {"yamarket.operation": call.endpoint}
        outcome: Attributes = {}
        if call.status is not None:
            outcome["http.response.status_code"] = call.status
            self._instruments.sizes.record(call.bytes, self._operation | outcome)
        if call.error is not None or call.status == 420:
            outcome["error.type"] = type_of(call.error, call.status)
        if self._failed:
            self._instruments.retries.add(1, operation)
        if call.status == 420:
            self._instruments.refusals.add(1, operation)
        self._failed = call.error is not None
        self._instruments.attempts.record(call.seconds, self._operation | outcome)
        self._instruments.waited.record(call.waited, operation)
        times: Attributes = {
            "yamarket.attempt": call.attempt,
            "yamarket.attempt.seconds": call.seconds,
            "yamarket.attempt.waited": call.waited,
            "http.response.body.size": call.bytes,
        }
        self._span.add_event("yamarket.attempt", times | outcome)
        if call.status is not None:
            self._span.set_attribute("http.response.status_code", call.status)
        if call.attempt > 1:
            self._span.set_attribute("http.request.resend_count", call.attempt - 1)


class _Limits:
    """Tells a reader of metrics what `market.limits()` says, from whichever thread it asks."""

    def __init__(self, market: MarketClient) -> None:
        # The meter keeps its callbacks for ever, and is not to keep the client with them.
        self._market = weakref.ref(market)
        self.loop: asyncio.AbstractEventLoop | None = None

    def amounts(self, _options: metrics.CallbackOptions) -> Iterable[metrics.Observation]:
        """Give the amounts in force."""
        return [metrics.Observation(s.amount, _key(s)) for s in self._states() if s.amount is not None]

    def remaining(self, _options: metrics.CallbackOptions) -> Iterable[metrics.Observation]:
        """Give what remains of them."""
        return [metrics.Observation(s.remaining, _key(s)) for s in self._states() if s.remaining is not None]

    def _states(self) -> list[LimitState]:
        if self.loop is None or self.loop.is_closed():
            return []
        try:
            here: asyncio.AbstractEventLoop | None = asyncio.get_running_loop()
        except RuntimeError:
            here = None
        if here is self.loop or not self.loop.is_running():
            return self._read()
        told = Future[list[LimitState]]()
        try:
            # Readers work in threads of their own, and the limits change in the loop's.
            self.loop.call_soon_threadsafe(lambda: told.set_result(self._read()))
            return told.result(LOOP_ANSWERS_WITHIN)
        except (RuntimeError, TimeoutError):  # the loop was closed in between, or is busy with something else
            return []

    def _read(self) -> list[LimitState]:
        market = self._market()
        return [] if market is None else market.limits()


def _key(state: LimitState) -> Attributes:
    key: Attributes = {"yamarket.operation": state.endpoint, "yamarket.entity.kind": state.entity.kind}
    return key | ({"yamarket.entity.id": state.entity.id} if state.entity.id else {})


def type_of(error: BaseException | None, status: int | None) -> str:
    """Name an error as the conventions do: by the status of an answer that is one, else by its class."""
    if status is not None and status >= 400:
        return str(status)
    return type(error).__name__

"""What OpenTelemetry is told of a client at work: spans of calls, and metrics of calls, attempts, waits and limits."""

import asyncio
import gc
import re
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from yamarket_async import Limit, MarketClient, otel
from yamarket_async.errors import BatchError, QuotaExceeded
from yamarket_async.sandbox import Sandbox

pytestmark = pytest.mark.yamarket_sandbox(
    offers=450, limits={"getCampaignOffers": Limit(10_000, unit="response_items")}
)
OPERATION = {"yamarket.operation": "getCampaignOffers"}


class Seen:
    """Providers that keep what they are told."""

    def __init__(self) -> None:
        self._spans = InMemorySpanExporter()
        self.tracer_provider = TracerProvider()
        self.tracer_provider.add_span_processor(SimpleSpanProcessor(self._spans))
        self.reader = InMemoryMetricReader()
        self.meter_provider = MeterProvider([self.reader])

    def instrument(self, market: MarketClient) -> None:
        otel.instrument(market, tracer_provider=self.tracer_provider, meter_provider=self.meter_provider)

    @property
    def spans(self) -> list[ReadableSpan]:
        return list(self._spans.get_finished_spans())

    def metric(self, name: str) -> list[Any]:
        """The data points of one metric, read now."""
        data = self.reader.get_metrics_data()
        scopes = [scope for resource in data.resource_metrics for scope in resource.scope_metrics] if data else []
        return [
            point for scope in scopes for one in scope.metrics if one.name == name for point in one.data.data_points
        ]


@pytest.fixture
def seen(quick: MarketClient) -> Seen:
    seen = Seen()
    seen.instrument(quick)
    return seen


def events(span: ReadableSpan, name: str) -> list[dict[str, Any]]:
    return [dict(event.attributes or {}) for event in span.events if event.name == name]


async def test_each_call_is_a_span_named_after_the_operation(
    yamarket_sandbox: Sandbox, quick: MarketClient, seen: Seen
) -> None:
    await quick.get_campaign_offers(yamarket_sandbox.campaign_id)
    assert [(span.name, span.kind, span.status.status_code) for span in seen.spans] == [
        ("getCampaignOffers", SpanKind.CLIENT, StatusCode.UNSET)
    ] * 3
    told = dict(seen.spans[0].attributes or {})
    assert told == {
        **OPERATION,
        "http.request.method": "POST",
        "http.response.status_code": 200,
        "url.template": "/v2/campaigns/{campaignId}/offers",
        "server.address": "127.0.0.1",
        "server.port": int(yamarket_sandbox.url.rsplit(":", 1)[1]),
        "yamarket.entity.kind": "campaign",
        "yamarket.entity.id": yamarket_sandbox.campaign_id,
    }


async def test_calls_belong_to_the_span_of_the_caller(
    yamarket_sandbox: Sandbox, quick: MarketClient, seen: Seen
) -> None:
    with seen.tracer_provider.get_tracer("service").start_as_current_span("nightly sync") as sync:
        await quick.get_campaign_offers(yamarket_sandbox.campaign_id)
    parents = {span.parent.span_id for span in seen.spans if span.parent}
    assert parents == {sync.get_span_context().span_id}


async def test_a_token_has_no_number(quick: MarketClient, seen: Seen) -> None:
    await quick.get_campaigns()
    told = dict(seen.spans[0].attributes or {})
    assert told["yamarket.entity.kind"] == "token"
    assert "yamarket.entity.id" not in told


async def test_attempts_are_events_and_repetitions_are_counted(
    yamarket_sandbox: Sandbox, quick: MarketClient, seen: Seen
) -> None:
    yamarket_sandbox.faults.next("error_500")
    yamarket_sandbox.faults.next("reset_before")
    await quick.get_campaign_offers(yamarket_sandbox.campaign_id, offer_ids=["any"])
    (span,) = seen.spans
    attempts = events(span, "yamarket.attempt")
    assert [attempt["yamarket.attempt"] for attempt in attempts] == [1, 2, 3]
    assert [attempt.get("http.response.status_code") for attempt in attempts] == [500, None, 200]
    assert [attempt.get("error.type") for attempt in attempts] == ["500", "TransportError", None]
    assert (span.attributes or {})["http.request.resend_count"] == 2
    assert [(dict(point.attributes), point.value) for point in seen.metric("yamarket.client.retries")] == [
        (OPERATION, 2)
    ]


async def test_attempts_are_measured_by_operation_and_status(
    yamarket_sandbox: Sandbox, quick: MarketClient, seen: Seen
) -> None:
    yamarket_sandbox.faults.next("error_503")
    await quick.get_campaign_offers(yamarket_sandbox.campaign_id)
    points = seen.metric("http.client.request.duration")
    counts = {(p.attributes["http.response.status_code"], p.attributes.get("error.type")): p.count for p in points}
    assert counts == {(200, None): 3, (503, "503"): 1}
    assert not any("yamarket.entity.id" in point.attributes for point in points)
    (size,) = (
        p
        for p in seen.metric("http.client.response.body.size")
        if p.attributes.get("error.type") is None and p.attributes["http.response.status_code"] == 200
    )
    assert size.sum > 50_000
    assert [(point.count, dict(point.attributes)) for point in seen.metric("yamarket.client.call.duration")] == [
        (3, OPERATION)
    ]
    assert [point.count for point in seen.metric("yamarket.client.wait.duration")] == [4]


async def test_a_refused_call_is_an_error(yamarket_sandbox: Sandbox, quick: MarketClient, seen: Seen) -> None:
    yamarket_sandbox.inactive.add(yamarket_sandbox.campaign_id)
    with pytest.raises(BatchError):
        await quick.delete_campaign_offers(yamarket_sandbox.campaign_id, ["A"])
    (span,) = seen.spans
    assert span.status.status_code is StatusCode.ERROR
    assert (span.attributes or {})["error.type"] == "403"
    (point,) = seen.metric("yamarket.client.call.duration")
    assert point.attributes == {"yamarket.operation": "deleteCampaignOffers", "error.type": "403"}


@pytest.mark.yamarket_sandbox(offers=450, limits={"getCampaignOffers": Limit(450, unit="response_items")}, window=0.5)
async def test_waits_for_a_limit_are_events(yamarket_sandbox: Sandbox, quick: MarketClient, seen: Seen) -> None:
    for _ in range(2):
        await quick.get_campaign_offers(yamarket_sandbox.campaign_id)
    waits = [wait for span in seen.spans for wait in events(span, "yamarket.wait")]
    assert waits
    assert all(0 < wait["yamarket.wait.seconds"] <= 1.5 for wait in waits)
    assert [point.value for point in seen.metric("yamarket.client.waits")] == [len(waits)]
    (waited,) = seen.metric("yamarket.client.wait.duration")
    assert waited.max > 0.05


@pytest.mark.yamarket_sandbox(offers=150, limits={"getCampaignOffers": 1}, window=0.5)
@pytest.mark.yamarket_sandbox(window=3_600.0)
async def test_answers_that_refuse_for_a_limit_are_counted(yamarket_sandbox: Sandbox, seen: Seen) -> None:
    # The client can't know what another service has used up.
    yamarket_sandbox.consume("getCampaignOffers", 10_000)
    async with MarketClient(yamarket_sandbox.api_key, base_url=yamarket_sandbox.url, max_wait=0) as market:
        seen.instrument(market)
        with pytest.raises(QuotaExceeded):
            await market.get_campaign_offers(yamarket_sandbox.campaign_id)
    refused = sum(point.value for point in seen.metric("yamarket.client.limit_refusals"))
    assert refused == yamarket_sandbox.counts[420] > 0


async def test_a_call_without_any_attempt_is_told_too(yamarket_sandbox: Sandbox, seen: Seen) -> None:
    limits = {"getCampaignOffers": Limit(1, period=3600, unit="requests")}
    market = MarketClient(yamarket_sandbox.api_key, base_url=yamarket_sandbox.url, limits=limits, max_wait=0)
    seen.instrument(market)
    yamarket_sandbox.faults.no_limit_headers = 1.0
    with pytest.raises(QuotaExceeded):
        await market.get_campaign_offers(yamarket_sandbox.campaign_id)
    refused = seen.spans[-1]
    assert (refused.attributes or {})["error.type"] == "QuotaExceeded"
    assert events(refused, "yamarket.attempt") == []
    await market.close()


async def test_a_cancelled_call_ends_its_span(yamarket_sandbox: Sandbox, quick: MarketClient, seen: Seen) -> None:
    yamarket_sandbox.faults.next("hang")
    call = asyncio.ensure_future(quick.get_campaign(yamarket_sandbox.campaign_id))
    while not yamarket_sandbox.max_parallel_seen:
        await asyncio.sleep(0.01)
    call.cancel()
    await asyncio.wait([call])
    (span,) = seen.spans
    assert (span.attributes or {})["error.type"] == "CancelledError"
    assert [attempt["error.type"] for attempt in events(span, "yamarket.attempt")] == ["CancelledError"]


async def test_a_client_of_other_patience_is_watched_too_and_nothing_twice(
    yamarket_sandbox: Sandbox, quick: MarketClient, seen: Seen
) -> None:
    patient = quick.with_options(max_wait=1)
    for market in (quick, patient):
        seen.instrument(market)
    await patient.get_campaigns()
    assert len(seen.spans) == 1


async def test_what_remains_of_limits_is_read_from_any_thread(
    yamarket_sandbox: Sandbox, quick: MarketClient, seen: Seen
) -> None:
    assert seen.metric("yamarket.client.limit.remaining") == []
    await quick.get_campaign_offers(yamarket_sandbox.campaign_id)
    key = {**OPERATION, "yamarket.entity.kind": "campaign", "yamarket.entity.id": yamarket_sandbox.campaign_id}
    for read in (seen.metric, lambda name: asyncio.to_thread(seen.metric, name)):
        for name, value in (("amount", 10_000), ("remaining", 10_000 - 450)):
            read_now = read(f"yamarket.client.limit.{name}")
            points = await read_now if asyncio.iscoroutine(read_now) else read_now
            assert [(dict(point.attributes), point.value) for point in points] == [(key, value)]


async def test_a_loop_that_is_busy_tells_nothing_of_limits(
    yamarket_sandbox: Sandbox, quick: MarketClient, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    await quick.get_campaign_offers(yamarket_sandbox.campaign_id)
    monkeypatch.setattr(otel, "LOOP_ANSWERS_WITHIN", 0.01)
    points: list[Any] = []
    reader = threading.Thread(target=lambda: points.append(seen.metric("yamarket.client.limit.remaining")))
    reader.start()
    while reader.is_alive():
        time.sleep(0.001)
    assert points == [[]]


def test_a_client_that_is_gone_tells_nothing_of_limits() -> None:
    seen = Seen()

    async def once() -> None:
        async with Sandbox(offers=1) as sandbox, MarketClient(sandbox.api_key, base_url=sandbox.url) as market:
            seen.instrument(market)
            await market.get_campaigns()

    asyncio.run(once())
    assert seen.metric("yamarket.client.limit.remaining") == []
    loop = asyncio.new_event_loop()
    limits = otel._Limits(market := MarketClient("ACMA:key"))
    limits.loop = loop
    assert limits._states() == []
    del market
    gc.collect()
    assert limits._states() == []
    loop.close()


README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"^```py\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
(PROMETHEUS,) = (snippet for snippet in SNIPPETS if "Prometheus" in snippet)


def test_prometheus_reads_it_by_way_of_the_global_provider() -> None:
    # As it stands, but for the port, and where the API is.
    program = PROMETHEUS.replace("start_http_server(9464)", 'server, _ = start_http_server(0, "127.0.0.1")')
    program = program.replace("MarketClient()", "MarketClient(key, base_url=url)")
    before = """
        from yamarket_async.sandbox import Sandbox

        sandbox = Sandbox(offers=3)
        sandbox.__enter__()
        key, url = sandbox.api_key, sandbox.url
    """
    after = """
        import asyncio, urllib.request

        async def main():
            async with market:
                await market.get_campaign_offers(sandbox.campaign_id)
                url = f"http://127.0.0.1:{server.server_port}/metrics"
                with await asyncio.to_thread(urllib.request.urlopen, url) as page:
                    print(page.read().decode())

        asyncio.run(main())
        sandbox.__exit__(None, None, None)
    """
    service = textwrap.dedent(before) + program + textwrap.dedent(after)
    ran = subprocess.run([sys.executable, "-c", service], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert re.search(
        r"^http_client_request_duration_seconds_count\{.*getCampaignOffers.*\} 1\.0$", ran.stdout, re.MULTILINE
    )
    assert re.search(r"^yamarket_client_limit_remaining\{.*getCampaignOffers.*\} \d+", ran.stdout, re.MULTILINE)


def test_without_its_extra_it_says_how_to_get_it() -> None:
    blocked = "import sys; sys.modules['opentelemetry'] = None; import yamarket_async.otel"
    ran = subprocess.run([sys.executable, "-c", blocked], capture_output=True, text=True)
    assert "yamarket_async.otel needs opentelemetry-api; pip install" in ran.stderr
    assert "[otel]'" in ran.stderr

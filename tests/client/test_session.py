"""Calls by themselves: what is repeated and what never is, how long it waits, and what can be watched of it."""

import asyncio
import gzip
import logging
import time
from typing import Any

import aiohttp
import pytest
from msgspec.structs import replace

from tests.client.servers import Scripted, answer, failed, scripted, serving
from yamarket_async import Limit, MarketClient, Retry
from yamarket_async.arguments import request_of
from yamarket_async.endpoints import Endpoint, Request
from yamarket_async.errors import (
    BadRequest,
    ClientClosed,
    InvalidRequest,
    QuotaExceeded,
    RateLimited,
    ServerError,
    TransportError,
)
from yamarket_async.families.hidden_offers import endpoints as hidden_offers
from yamarket_async.families.offers import endpoints as offers
from yamarket_async.limits import Entity
from yamarket_async.observing import Call
from yamarket_async.sandbox import Sandbox
from yamarket_async.session import Progress

EMPTY = answer(200, {"status": "OK", "result": {"offers": [], "hiddenOffers": []}})
DELETE = offers.DELETE_CAMPAIGN_OFFERS
ONCE = request_of(
    replace(DELETE, repeat="never", check_with="get_campaign_offers"), {"campaign_id": 1, "offer_ids": ["a"]}
)
DETECTED = request_of(replace(DELETE, repeat="detected"), {"campaign_id": 1, "offer_ids": ["a"]})
QUICK = Retry(attempts=3, base_delay=0)


def hidden(campaign_id: int, endpoint: Endpoint = hidden_offers.GET_HIDDEN_OFFERS) -> Request:
    return request_of(endpoint, {"campaign_id": campaign_id})


def client(where: str | Scripted, **options: Any) -> MarketClient:
    url = where if isinstance(where, str) else where.url
    return MarketClient("k", base_url=url, **{"retry": QUICK, **options})


class TestWhatMayNotBeDoneTwice:
    @pytest.mark.parametrize(
        "came", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{", answer(200, b'{"status"')]
    )
    async def test_is_not_repeated_where_its_answer_was_lost(self, came: bytes) -> None:
        async with scripted(came) as server, client(server) as market:
            with pytest.raises(Exception, match="may have done it all the same") as caught:
                await market._session.call(ONCE)
            assert "before you call again with market.get_campaign_offers()" in str(caught.value)
            assert "reference/offers/deleteCampaignOffers" in str(caught.value)
            assert len(server.requests) == 1

    @pytest.mark.parametrize("status", [500, 502, 503, 504])
    async def test_is_not_repeated_after_a_5xx(self, status: int) -> None:
        async with scripted(failed(status, "oops")) as server, client(server) as market:
            with pytest.raises(ServerError, match="may have done it all the same"):
                await market._session.call(ONCE)
            assert len(server.requests) == 1

    async def test_is_repeated_where_nothing_was_sent(self, unused_tcp_port: int) -> None:
        async with client(f"http://127.0.0.1:{unused_tcp_port}") as market:
            with pytest.raises(TransportError, match="3 attempts") as caught:
                await market._session.call(ONCE)
        assert not caught.value.sent

    async def test_is_repeated_where_it_was_refused_for_a_limit(self) -> None:
        refused = failed(420, "Hit rate limit of 4 parallel requests")
        async with scripted(refused, answer(200, {"status": "OK"})) as server, client(server) as market:
            assert (await market._session.call(ONCE)).repeated is False
            assert len(server.requests) == 2

    async def test_tells_what_a_repetition_that_is_refused_may_mean(self) -> None:
        async with scripted(b"", failed(400, "Order already exists")) as server, client(server) as market:
            with pytest.raises(BadRequest, match=r"already exists.*may have done it") as caught:
                await market._session.call(DETECTED)
        assert caught.value.repeated

    async def test_a_first_refusal_means_what_it_says(self) -> None:
        async with scripted(failed(400, "Order already exists")) as server, client(server) as market:
            with pytest.raises(BadRequest) as caught:
                await market._session.call(DETECTED)
        assert not caught.value.repeated
        assert "may have done" not in str(caught.value)


async def test_one_attempt_sends_once_also_where_an_idle_connection_was_closed() -> None:
    # aiohttp by itself would send a GET again.
    async with scripted(b"") as server, client(server, retry=Retry(attempts=1)) as market:
        with pytest.raises(TransportError, match="ServerDisconnected") as caught:
            await market.get_hidden_offers(1)
        assert caught.value.sent
        assert len(server.requests) == 1


class TestRetryAfter:
    @pytest.mark.parametrize("asked", ["86400", "9" * 400, "Sat, 21 Nov 2026 14:04:50 GMT"])
    async def test_beyond_the_bound_is_told_and_not_waited_for(self, asked: str) -> None:
        said = failed(503, "away", Retry_After=asked, Date="Fri, 20 Nov 2026 14:04:50 GMT")
        async with scripted(said) as server, client(server) as market:
            with pytest.raises(ServerError, match="not waited for") as caught:
                await market.get_hidden_offers(1)
            assert len(server.requests) == 1
        assert caught.value.retry_after is not None
        assert caught.value.retry_after >= 86_400

    async def test_past_max_wait_is_told_and_not_waited_for(self) -> None:
        async with scripted(failed(503, "away", Retry_After="2")) as server, client(server, max_wait=1) as market:
            with pytest.raises(ServerError) as caught:
                await market.get_hidden_offers(1)
        assert caught.value.retry_after == 2

    async def test_that_overflows_says_nothing(self) -> None:
        date = "Fri, 20 Nov 99999999999999999999 14:04:50 GMT"
        async with scripted(failed(503, "away", Retry_After=date, Date=date)) as server, client(server) as market:
            with pytest.raises(ServerError, match="3 attempts") as caught:
                await market.get_hidden_offers(1)
        assert caught.value.retry_after is None


async def test_a_dead_server_is_never_told_as_a_used_up_limit(unused_tcp_port: int) -> None:
    limits = {"getHiddenOffers": Limit(500, period=3_600, unit="response_items")}
    async with client(f"http://127.0.0.1:{unused_tcp_port}", max_wait=0.01, limits=limits) as market:
        with pytest.raises(TransportError):
            await market.get_hidden_offers(1)


async def test_a_limit_that_leaves_no_room_for_another_attempt_does_not_hide_why_one_is_needed() -> None:
    spent = {"X_RateLimit_Resource_Limit": "1", "X_RateLimit_Resource_Remaining": "0"}
    moment = {"Date": "Sat, 21 Nov 2026 14:04:20 GMT", "X_RateLimit_Resource_Until": "Sat, 21 Nov 2026 14:05:00 GMT"}
    async with scripted(failed(500, "oops", **spent, **moment)) as server, client(server, max_wait=0.1) as market:
        with pytest.raises(ServerError, match="no limit for another attempt"):
            await market._session.call(hidden(1))
        assert len(server.requests) == 1


@pytest.mark.yamarket_sandbox(offers=10, latency=0.2, limits={"getHiddenOffers": 10**9})
async def test_max_wait_does_not_count_waits_for_a_slot(yamarket_sandbox: Sandbox) -> None:
    async with MarketClient(
        yamarket_sandbox.api_key, base_url=yamarket_sandbox.url, max_wait=0, max_parallel=1
    ) as market:
        calls = [market._session.call(hidden(yamarket_sandbox.campaign_id)) for _ in range(3)]
        assert len(await asyncio.gather(*calls)) == 3


class TestReportsInTheMaking:
    FULL = failed(420, "Active reports limit exceeded, limit='2'")

    async def test_are_waited_for_and_leave_the_window_open(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("yamarket_async.session.FIRST_REPORT_PAUSE", 0.02)
        waits = []
        async with (
            scripted(self.FULL, self.FULL, EMPTY) as server,
            client(server, on_wait=waits.append) as market,
        ):
            await market._session.call(hidden(1))
            assert len(server.requests) == 3
        assert [wait.endpoint for wait in waits] == ["getHiddenOffers"] * 2
        assert 0.01 <= waits[0].seconds <= 0.02 <= waits[1].seconds <= 0.04

    async def test_end_the_wait_when_one_of_ours_is_done(self) -> None:
        async with scripted(self.FULL, EMPTY) as server, client(server) as market:
            place = market._session.reports.take()
            call = asyncio.ensure_future(market._session.call(hidden(1)))
            while not market._session.reports._refused:
                await asyncio.sleep(0.001)
            place.release()
            async with asyncio.timeout(20):
                await call

    async def test_are_waited_for_no_longer_than_max_wait(self) -> None:
        async with scripted(self.FULL) as server, client(server, max_wait=0.5) as market:
            with pytest.raises(QuotaExceeded, match="limit of reports in the making") as caught:
                await market._session.call(hidden(1))
        assert isinstance(caught.value.__cause__, RateLimited)


class TestProgress:
    async def test_stops_a_call_that_would_be_repeated(self) -> None:
        async with scripted(failed(500, "oops")) as server, client(server) as market:
            progress = Progress()
            progress.stopping = True
            with pytest.raises(ServerError):
                await market._session.call(hidden(1), progress=progress)
            assert (progress.sent, progress.may_be_done, progress.on_the_wire) == (1, True, False)

    async def test_stops_a_call_that_was_refused_for_a_limit(self) -> None:
        async with scripted(failed(420, "Hit rate limit of 4 parallel requests")) as server, client(server) as market:
            progress = Progress()
            progress.stopping = True
            with pytest.raises(RateLimited):
                await market._session.call(hidden(1), progress=progress)
            assert not progress.may_be_done


async def test_every_attempt_is_told(yamarket_sandbox: Sandbox) -> None:
    told: list[Call] = []
    yamarket_sandbox.faults.next("lost_answer")
    yamarket_sandbox.faults.next("error_500")
    address = {"base_url": yamarket_sandbox.url, "retry": QUICK}
    async with MarketClient(yamarket_sandbox.api_key, on_call=told.append, **address) as market:
        await market._session.call(hidden(yamarket_sandbox.campaign_id))
        await market._session.call(hidden(yamarket_sandbox.campaign_id))
        with pytest.raises(Exception, match="404"):
            await market._session.call(hidden(1))
    assert [(call.status, call.attempt, type(call.error).__name__) for call in told] == [
        (None, 1, "TransportError"),
        (500, 2, "ServerError"),
        (200, 3, "NoneType"),
        (200, 1, "NoneType"),
        (404, 1, "NotFound"),
    ]
    assert told[0].call_id == told[1].call_id == told[2].call_id != told[3].call_id
    assert {call.endpoint for call in told} == {"getHiddenOffers"}
    assert told[0].entity == Entity("campaign", yamarket_sandbox.campaign_id)
    assert told[0].bytes == 0
    assert told[2].bytes > 10
    assert all(0 < call.seconds < 5 and 0 <= call.waited < 5 for call in told)


async def test_a_callback_that_fails_costs_no_answer(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_: Call) -> None:
        raise ZeroDivisionError

    async with scripted(EMPTY) as server, client(server, on_call=broken) as market:
        assert await market.get_hidden_offers(1) == []
    assert "on_call raised for getHiddenOffers of campaign 1" in caplog.text


async def test_the_integration_labels_every_call() -> None:
    async with scripted(EMPTY) as server, client(server, integration="shop sync/1.2") as market:
        await market.get_hidden_offers(1)
        assert "X-Market-Integration: shop sync/1.2\r\n" in server.requests[0]


class TestWithOptions:
    async def test_the_patience_is_another_and_the_rest_the_same(self, yamarket_sandbox: Sandbox) -> None:
        async with MarketClient(yamarket_sandbox.api_key, base_url=yamarket_sandbox.url, retry=QUICK) as market:
            other = market.with_options(timeout=0.5, retry=Retry(1), max_wait=7)
            yamarket_sandbox.faults.next("hang")
            with pytest.raises(TransportError, match=r"no answer within 0\.5 s"):
                await other.get_hidden_offers(yamarket_sandbox.campaign_id)
            assert await other.get_hidden_offers(yamarket_sandbox.campaign_id)
            assert other._session.patience.max_wait == 7
            assert other.with_options(max_wait=None)._session.patience == other._session.patience.__class__(
                other._session.patience.timeout, Retry(1), None
            )
            assert other._session.transport is market._session.transport
            assert [state.endpoint for state in market.limits()] == ["getHiddenOffers"]

    async def test_closing_it_closes_nothing(self, yamarket_sandbox: Sandbox, market: MarketClient) -> None:
        async with market.with_options(max_wait=1) as other:
            await other.get_hidden_offers(yamarket_sandbox.campaign_id)
        await market.get_hidden_offers(yamarket_sandbox.campaign_id)
        await market.close()
        with pytest.raises(ClientClosed):
            await other.get_hidden_offers(yamarket_sandbox.campaign_id)

    @pytest.mark.parametrize("options", [{"timeout": 0}, {"retry": 2}, {"max_wait": -1}, {"max_wait": float("inf")}])
    async def test_its_arguments_are_checked(self, market: MarketClient, options: dict[str, Any]) -> None:
        with pytest.raises(InvalidRequest):
            market.with_options(**options)


def test_a_client_kept_over_two_event_loops_says_so() -> None:
    kept: list[MarketClient] = []

    async def ask() -> None:
        async with Sandbox(offers=1) as sandbox:
            if not kept:
                kept.append(MarketClient(sandbox.api_key, base_url=sandbox.url))
            await kept[0].get_hidden_offers(sandbox.campaign_id)

    async def close() -> None:
        await kept[0].close()

    loop = asyncio.new_event_loop()
    loop.run_until_complete(ask())
    with pytest.raises(ClientClosed, match="first used in another event loop"):
        asyncio.run(ask())
    loop.run_until_complete(close())
    loop.close()


class TestASessionOfTheCallers:
    @pytest.mark.filterwarnings("ignore:.*BasicAuth:DeprecationWarning")
    @pytest.mark.filterwarnings("ignore:.*auth:DeprecationWarning")
    @pytest.mark.parametrize("credential", ["api_key", "oauth_token"])
    async def test_may_have_an_auth_of_its_own(self, yamarket_sandbox: Sandbox, credential: str) -> None:
        options: dict[str, Any] = {credential: getattr(yamarket_sandbox, credential)}
        async with aiohttp.ClientSession(auth=aiohttp.BasicAuth("me", "pw")) as http:
            market = MarketClient(**options, base_url=yamarket_sandbox.url, session=http)
            await market._session.call(hidden(yamarket_sandbox.campaign_id))

    async def test_may_decompress_nothing(self, yamarket_sandbox: Sandbox) -> None:
        packed = answer(200, GZIPPED, Content_Encoding="gzip")
        async with scripted(packed) as server, aiohttp.ClientSession(auto_decompress=False) as http:
            assert await client(server, session=http).get_hidden_offers(1) == []

    async def test_keeps_its_middlewares(self) -> None:
        seen = []

        async def note(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
            seen.append(request.url.path)
            return await handler(request)

        async with scripted(EMPTY) as server, aiohttp.ClientSession(middlewares=[note]) as http:
            await client(server, session=http).get_hidden_offers(1)
            assert "Api-Key: k\r\n" in server.requests[0]
        assert seen == ["/v2/campaigns/1/hidden-offers"]


GZIPPED = gzip.compress(EMPTY.partition(b"\r\n\r\n")[2])


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    return monkeypatch


class TestAProxy:
    async def test_of_the_environment_is_used(self, environment: pytest.MonkeyPatch) -> None:
        async with scripted(EMPTY) as proxy:
            environment.setenv("HTTP_PROXY", proxy.url.replace("http://", "http://me:pw@"))
            with pytest.warns(UserWarning, match="in the open"):
                market = client("http://market.example")
            async with market:
                await market.get_hidden_offers(1)
            assert proxy.requests[0].startswith("GET http://market.example/v2/campaigns/1/hidden-offers")
            assert "Proxy-Authorization: Basic" in proxy.requests[0]

    async def test_is_asked_to_connect_for_https(self, environment: pytest.MonkeyPatch) -> None:
        async with scripted(answer(403)) as proxy:
            environment.setenv("HTTPS_PROXY", proxy.url.removeprefix("http://"))
            async with client("https://market.example", retry=Retry(1)) as market:
                with pytest.raises(TransportError):
                    await market.get_hidden_offers(1)
            assert proxy.requests[0].startswith("CONNECT market.example:443")
            assert "Api-Key" not in proxy.requests[0]

    async def test_for_everything_will_do(self, environment: pytest.MonkeyPatch) -> None:
        async with scripted(EMPTY) as proxy, scripted(EMPTY) as server:
            environment.setenv("ALL_PROXY", proxy.url)
            async with client(server) as market:
                await market.get_hidden_offers(1)
            assert (len(proxy.requests), len(server.requests)) == (1, 0)

    @pytest.mark.parametrize("excepted", ["127.0.0.1", "*", "example.org, 127.0.0.1"])
    async def test_is_passed_by_where_the_environment_says_so(
        self, environment: pytest.MonkeyPatch, excepted: str
    ) -> None:
        async with scripted(EMPTY) as proxy, scripted(EMPTY) as server:
            environment.setenv("HTTP_PROXY", proxy.url)
            environment.setenv("NO_PROXY", excepted)
            async with client(server) as market:
                await market.get_hidden_offers(1)
            assert (len(proxy.requests), len(server.requests)) == (0, 1)

    async def test_of_another_kind_is_refused_in_words(self, environment: pytest.MonkeyPatch) -> None:
        environment.setenv("HTTPS_PROXY", "socks5://me:pw@127.0.0.1:1080")
        with pytest.raises(InvalidRequest, match=r"HTTPS_PROXY.*session= with a connector") as caught:
            MarketClient("k")
        assert "pw" not in str(caught.value)


async def test_what_the_server_says_is_shown_with_its_control_characters_escaped(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    said = "нет\x1b[2J\r\nroot logged in\u202e"
    async with scripted(failed(500, said), failed(400, said)) as server, client(server) as market:
        with pytest.raises(BadRequest) as caught:
            await market.get_hidden_offers(1)
    for text in (str(caught.value), caplog.text):
        assert "нет\\x1b[2J\\r\\nroot logged in\\u202e" in text
        assert "\x1b" not in text
    assert caught.value.errors[0].message == said


@pytest.mark.parametrize(("businesses", "slots"), [([7, 7, None], "business 7"), ([7, 8], "token"), ([None], "token")])
async def test_requests_of_the_token_share_the_slots_of_its_business_once_one_is_known(
    businesses: list[int | None], slots: str
) -> None:
    campaigns = [
        {"id": number, "business": None if business is None else {"id": business}}
        for number, business in enumerate(businesses, start=1)
    ]
    told = answer(200, {"status": "OK", "campaigns": campaigns, "paging": {}})
    async with scripted(told) as server, client(server) as market:
        await market.get_campaigns()
        await market.get_campaigns()
        places = market._session.limiter._places  # type: ignore[attr-defined]
        assert [str(entity) for entity in places] == [slots]


async def test_an_upload_is_made_anew_for_each_attempt() -> None:
    class Content:
        def form(self, field: str) -> aiohttp.FormData:
            made = aiohttp.FormData()
            made.add_field(field, b"content", filename="a.txt")
            return made

    async with scripted(failed(500, "oops"), EMPTY) as server, client(server) as market:
        await market._session.call(
            hidden(1, replace(hidden_offers.GET_HIDDEN_OFFERS, http_method="POST", upload="file")), upload=Content()
        )
        assert all(b"content" in body and b'name="file"; filename="a.txt"' in body for body in server.bodies)
        assert len(server.bodies) == 2
        assert "multipart/form-data" in server.requests[1]


async def test_a_file_need_not_be_json() -> None:
    endpoint = replace(hidden_offers.GET_HIDDEN_OFFERS, files=("application/pdf",))
    pdf = answer(
        200, b"{%PDF-1.7", Content_Type="application/pdf; x=y", Content_Disposition='attachment; filename="a/b.pdf"'
    )
    async with scripted(pdf) as server, client(server) as market:
        reply = (await market._session.call(hidden(1, endpoint))).reply
    assert (reply.body, reply.content_type, reply.file_name) == (b"{%PDF-1.7", "application/pdf", "b.pdf")


async def test_a_slow_answer_counts_as_seconds_of_the_attempt_and_not_as_a_wait() -> None:
    told: list[Call] = []

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(0.1)
        writer.write(EMPTY)
        writer.close()

    began = time.monotonic()
    async with serving(slow) as url, client(url, on_call=told.append) as market:
        await market.get_hidden_offers(1)
    assert 0.1 <= told[0].seconds <= time.monotonic() - began
    assert told[0].waited < 0.1

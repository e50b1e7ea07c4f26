"""What fails on the way is repeated, nothing is lost or doubled, and what can't be repeated is told."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

import pytest

from yamarket_async import MarketClient, Retry
from yamarket_async.errors import APIError, BadRequest, DecodeError, Forbidden, NotFound, ServerError, TransportError
from yamarket_async.sandbox import Sandbox

pytestmark = pytest.mark.yamarket_sandbox(offers=1_000, limits={"getCampaignOffers": 10**9})
NothingLeft = Callable[[MarketClient], Awaitable[None]]

PASSING = [
    "reset_before",
    "error_500",
    "html_502",
    "error_503",
    "html_504",
    "lost_answer",
    "cut_answer",
    "truncated",
    "half_json",
    "idle_close",
    "slow_bytes",
    "delay",
    "no_limit_headers",
    "garbled_limit_headers",
    "foreign_limit_headers",
]


@pytest.mark.parametrize("fault", PASSING)
async def test_a_walk_yields_each_offer_once_whatever_happens_on_the_way(
    yamarket_sandbox: Sandbox, quick: MarketClient, nothing_left: NothingLeft, fault: str
) -> None:
    yamarket_sandbox.faults.slow_bytes_seconds = yamarket_sandbox.faults.delay_seconds = 0.05
    walked = []
    async for page in quick.get_campaign_offers(yamarket_sandbox.campaign_id).pages():
        walked += [offer.offer_id for offer in page.items]
        yamarket_sandbox.faults.next(fault)
    assert walked == yamarket_sandbox.offer_ids()
    assert yamarket_sandbox.counts[fault] >= 3
    await nothing_left(quick)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("reset_before", TransportError),
        ("lost_answer", TransportError),
        ("truncated", TransportError),
        ("error_500", ServerError),
        ("html_502", ServerError),
        ("error_503", ServerError),
        ("half_json", DecodeError),
    ],
)
async def test_what_stays_broken_is_told_with_how_often_and_how_long(
    yamarket_sandbox: Sandbox, quick: MarketClient, nothing_left: NothingLeft, fault: str, kind: type[Exception]
) -> None:
    # One good answer first: while none has told of the limit, repetitions are spaced by the documented figure.
    await quick.get_campaign_offers(yamarket_sandbox.campaign_id, offer_ids=["any"])
    setattr(yamarket_sandbox.faults, fault, 1.0)
    with pytest.raises(kind, match=r"gave up after 5 attempts in \d\.\d s") as caught:
        await quick.get_campaign_offers(yamarket_sandbox.campaign_id)
    assert type(caught.value.__cause__) is kind
    assert yamarket_sandbox.counts["requests"] == 1 + 5
    await nothing_left(quick)


async def test_no_other_4xx_is_ever_repeated(yamarket_sandbox: Sandbox, quick: MarketClient) -> None:
    with pytest.raises(NotFound):
        await quick.get_campaign_offers(1)
    with pytest.raises(BadRequest):
        await quick.get_campaign_offers(yamarket_sandbox.campaign_id, page_token="forged")
    async with MarketClient("ACMA:wrong:key", base_url=yamarket_sandbox.url) as stranger:
        with pytest.raises(APIError) as caught:
            await stranger.get_campaign_offers(yamarket_sandbox.campaign_id)
    assert caught.value.status == 401
    assert yamarket_sandbox.counts["requests"] == 3


@pytest.mark.yamarket_sandbox(scopes=["pricing"])
async def test_a_missing_scope_is_named(yamarket_sandbox: Sandbox, quick: MarketClient) -> None:
    with pytest.raises(Forbidden, match="offers-and-cards-management:read-only") as caught:
        await quick.get_campaign_offers(yamarket_sandbox.campaign_id)
    assert "offers-and-cards-management" in caught.value.scopes


async def test_the_market_is_waited_for_as_long_as_it_asks(yamarket_sandbox: Sandbox, quick: MarketClient) -> None:
    yamarket_sandbox.faults.retry_after = 1
    yamarket_sandbox.faults.next("error_503")
    began = time.monotonic()
    await quick.get_campaign_offers(yamarket_sandbox.campaign_id)
    assert time.monotonic() - began >= 1


async def test_each_repetition_is_logged(
    yamarket_sandbox: Sandbox, quick: MarketClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "yamarket_async.session")
    yamarket_sandbox.faults.next("html_502", times=2)
    await quick.get_campaign_offers(yamarket_sandbox.campaign_id)
    told = [record.getMessage().partition(" failed")[0] for record in caplog.records]
    where = f"getCampaignOffers of campaign {yamarket_sandbox.campaign_id}"
    assert told == [f"{where}: attempt 1 of 5", f"{where}: attempt 2 of 5"]


async def test_one_attempt_repeats_nothing(yamarket_sandbox: Sandbox) -> None:
    yamarket_sandbox.faults.next("error_500")
    async with MarketClient(yamarket_sandbox.api_key, base_url=yamarket_sandbox.url, retry=Retry(attempts=1)) as market:
        with pytest.raises(ServerError, match="1 attempt in"):
            await market.get_campaign_offers(yamarket_sandbox.campaign_id)


async def test_a_request_that_gets_no_answer_in_time_is_repeated(yamarket_sandbox: Sandbox) -> None:
    yamarket_sandbox.faults.next("hang")
    async with MarketClient(
        yamarket_sandbox.api_key, base_url=yamarket_sandbox.url, timeout=0.1, retry=Retry(base_delay=0)
    ) as market:
        assert len(await market.get_campaign_offers(yamarket_sandbox.campaign_id)) == 1_000
        yamarket_sandbox.faults.hang = 1.0
        with pytest.raises(TransportError, match=r"no answer within 0\.1 s") as caught:
            await market.get_campaign_offers(yamarket_sandbox.campaign_id)
        assert caught.value.sent


async def test_no_server_at_all_is_a_transport_error(unused_tcp_port: int) -> None:
    async with MarketClient("k", base_url=f"http://127.0.0.1:{unused_tcp_port}", retry=Retry(2, 0)) as market:
        with pytest.raises(TransportError, match=r"Cannot connect.*2 attempts") as caught:
            await market.get_campaign_offers(1)
    assert not caught.value.sent


async def test_a_server_that_speaks_no_http_is_a_transport_error() -> None:
    async def babble(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(babble, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, MarketClient("secret-key", base_url=f"http://127.0.0.1:{port}", retry=Retry(1)) as market:
        with pytest.raises(TransportError, match="no HTTP") as caught:
            await market.get_campaign_offers(1)
    chain: BaseException | None = caught.value
    while chain is not None:
        assert "secret-key" not in repr(chain)
        chain = chain.__cause__ or chain.__context__


class TestADeleteWhoseAnswerWasLost:
    pytestmark = pytest.mark.yamarket_sandbox(offers=1_000, warehouse=0)

    @pytest.mark.parametrize("fault", ["lost_answer", "cut_answer", "truncated", "half_json"])
    async def test_marks_what_the_first_try_may_have_deleted(
        self, yamarket_sandbox: Sandbox, quick: MarketClient, fault: str
    ) -> None:
        ids = yamarket_sandbox.offer_ids()
        yamarket_sandbox.faults.next(fault)
        report = await quick.delete_campaign_offers(yamarket_sandbox.campaign_id, ids)
        assert report.unconfirmed_offer_ids == ids[:500]
        assert report.deleted_offer_ids == ids[500:]
        assert report.not_deleted_offer_ids == []
        assert yamarket_sandbox.offer_ids() == []

    @pytest.mark.parametrize("fault", ["reset_before", "error_500", "html_504"])
    async def test_is_sure_of_what_the_repetition_deleted(
        self, yamarket_sandbox: Sandbox, quick: MarketClient, fault: str
    ) -> None:
        ids = [*yamarket_sandbox.offer_ids()[:400], "unknown"]
        yamarket_sandbox.faults.next(fault)
        report = await quick.delete_campaign_offers(yamarket_sandbox.campaign_id, ids)
        assert report.deleted_offer_ids == ids[:-1]
        assert report.unconfirmed_offer_ids == ["unknown"]

    async def test_is_not_meant_where_the_request_never_left(self, unused_tcp_port: int) -> None:
        sandbox = Sandbox(offers=10, port=unused_tcp_port)
        retry = Retry(attempts=50, base_delay=0.02, max_delay=0.02)
        async with MarketClient(sandbox.api_key, base_url=f"http://127.0.0.1:{unused_tcp_port}", retry=retry) as market:
            call = asyncio.ensure_future(_await(market.delete_campaign_offers(sandbox.campaign_id, ["unknown"])))
            await asyncio.sleep(0.05)
            async with sandbox:
                report = await call
        assert report.not_deleted_offer_ids == ["unknown"]  # type: ignore[attr-defined]


async def _await(call: Awaitable[object]) -> object:
    return await call

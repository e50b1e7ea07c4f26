"""The limits over real sockets, with windows of seconds. The arithmetic has tests of its own in tests/limits."""

import asyncio
import logging
import time

import pytest

from yamarket_async import Limit, LimitState, MarketClient, Wait
from yamarket_async.errors import QuotaExceeded, RateLimited
from yamarket_async.limits import Entity
from yamarket_async.limits.local import LocalLimiter
from yamarket_async.sandbox import Sandbox

ITEMS = {"getCampaignOffers": Limit(800, unit="response_items")}
"""A limit that the walks of this module meet, on a server that counts items."""

REQUESTS = {"getCampaignOffers": 4}
"""The same in requests, which the Market's page says it counts."""

pytestmark = pytest.mark.yamarket_sandbox(offers=2_000, window=1.0, limits=ITEMS)


@pytest.mark.parametrize(
    "limits",
    [pytest.param(limits, marks=pytest.mark.yamarket_sandbox(limits=limits)) for limits in (ITEMS, REQUESTS)],
    ids=["items", "requests"],
)
async def test_a_walk_waits_for_the_limit_and_is_never_refused(
    yamarket_sandbox: Sandbox, limits: dict[str, int | Limit]
) -> None:
    assert yamarket_sandbox.limits["getCampaignOffers"] == limits["getCampaignOffers"]
    waits: list[Wait] = []
    async with MarketClient(yamarket_sandbox.api_key, base_url=yamarket_sandbox.url, on_wait=waits.append) as market:
        offers = await market.get_campaign_offers(yamarket_sandbox.campaign_id)
    assert [offer.offer_id for offer in offers] == yamarket_sandbox.offer_ids()
    assert waits
    assert yamarket_sandbox.counts[420] == 0


@pytest.mark.yamarket_sandbox(offers=600, latency=0.05, clock_offset=-600)
async def test_many_callers_and_a_clock_that_is_off_change_nothing(
    yamarket_sandbox: Sandbox, market: MarketClient
) -> None:
    walks = [_all(market, yamarket_sandbox.campaign_id) for _ in range(3)]
    assert await asyncio.gather(*walks) == [600] * 3
    assert yamarket_sandbox.counts[420] == 0
    assert yamarket_sandbox.max_parallel_seen[yamarket_sandbox.campaign_id] <= 4


async def _all(market: MarketClient, campaign_id: int) -> int:
    return len(await market.get_campaign_offers(campaign_id))


@pytest.mark.yamarket_sandbox(offers=600)
async def test_two_clients_that_do_not_know_of_each_other_finish_their_jobs(yamarket_sandbox: Sandbox) -> None:
    async with (
        MarketClient(yamarket_sandbox.api_key, base_url=yamarket_sandbox.url) as one,
        MarketClient(yamarket_sandbox.api_key, base_url=yamarket_sandbox.url) as two,
    ):
        walks = [_all(market, yamarket_sandbox.campaign_id) for market in (one, two, one, two)]
        assert await asyncio.gather(*walks) == [600] * 4


@pytest.mark.yamarket_sandbox(limits=REQUESTS)
async def test_a_wait_is_told_and_logged_once_for_each_call(
    yamarket_sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "yamarket_async.limits")
    waits: list[Wait] = []
    async with MarketClient(yamarket_sandbox.api_key, base_url=yamarket_sandbox.url, on_wait=waits.append) as market:
        await market.get_campaign_offers(yamarket_sandbox.campaign_id)
    # One less where a window turned by itself before the first four pages were in.
    told = [record for record in caplog.records if " waits " in record.getMessage()]
    assert 1 <= len(waits) == len(told) <= 2
    assert {wait.endpoint for wait in waits} == {"getCampaignOffers"}
    assert {str(wait.entity) for wait in waits} == {f"campaign {yamarket_sandbox.campaign_id}"}
    assert all(0 < wait.seconds <= 2.1 for wait in waits)
    assert "0 of 4 remain" in caplog.text


@pytest.mark.yamarket_sandbox(window=60.0)
async def test_a_wait_that_is_too_long_is_refused_at_once_and_nothing_is_sent(yamarket_sandbox: Sandbox) -> None:
    # A window that has just begun, or the test would be over before the limit is used up.
    async with MarketClient(yamarket_sandbox.api_key, base_url=yamarket_sandbox.url, max_wait=0.5) as market:
        await market.get_campaign_offers(yamarket_sandbox.campaign_id, page_size=1).pages().__anext__()
        yamarket_sandbox.consume("getCampaignOffers", 800 - 200)
        began = time.monotonic()
        with pytest.raises(QuotaExceeded, match=r"getCampaignOffers.*max_wait is 0\.5 s") as caught:
            await market.get_campaign_offers(yamarket_sandbox.campaign_id)
        assert time.monotonic() - began < 20  # of a window of a minute
        assert caught.value.retry_after > 0.5
    assert yamarket_sandbox.counts[420] <= 1


async def test_limits_tell_what_is_in_force_and_what_remains(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    assert market.limits() == []
    await market.get_hidden_offers(yamarket_sandbox.campaign_id)
    async for _ in market.get_campaign_offers(yamarket_sandbox.campaign_id, page_size=100).pages():
        break
    await asyncio.sleep(0.01)
    by_name = {state.endpoint: state for state in market.limits()}
    assert set(by_name) == {"getHiddenOffers", "getCampaignOffers"}
    state = by_name["getCampaignOffers"]
    assert isinstance(state, LimitState)
    assert (state.entity, state.amount) == (Entity("campaign", yamarket_sandbox.campaign_id), 800)
    assert state.remaining is not None
    assert state.renews_at is not None
    assert 0 <= state.renews_at.timestamp() - yamarket_sandbox.now() + 1 <= 3


async def test_figures_of_the_callers_take_the_place_of_the_built_in_ones(yamarket_sandbox: Sandbox) -> None:
    limits = {"getCampaignOffers": Limit(300, period=60, unit="response_items")}
    async with MarketClient(yamarket_sandbox.api_key, base_url=yamarket_sandbox.url, limits=limits) as market:
        walk = aiter(market.get_campaign_offers(yamarket_sandbox.campaign_id))
        first = asyncio.ensure_future(anext(walk))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert [state.amount for state in market.limits()] == [300]
        await first
        assert [state.amount for state in market.limits()] == [800]
        await walk.aclose()  # type: ignore[attr-defined]


@pytest.mark.yamarket_sandbox(latency=0.1, limits={"deleteCampaignOffers": 10**6})
async def test_a_parallel_refusal_is_no_error_for_the_caller(yamarket_sandbox: Sandbox) -> None:
    yamarket_sandbox.parallel = 2
    ids = yamarket_sandbox.offer_ids()
    async with MarketClient(yamarket_sandbox.api_key, base_url=yamarket_sandbox.url) as market:
        report = await market.delete_campaign_offers(yamarket_sandbox.campaign_id, ids)
        assert report.offer_ids == ids
        assert report.unconfirmed_offer_ids == []
        refused = yamarket_sandbox.counts["parallel"]
        assert refused == 2
        await asyncio.gather(*(_all(market, yamarket_sandbox.campaign_id) for _ in range(3)))
    assert yamarket_sandbox.counts["parallel"] == refused


@pytest.mark.yamarket_sandbox(limits={"getOffers": 0})
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
async def test_a_store_whose_limit_is_nothing_is_told_so(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    with pytest.raises(RateLimited):
        await market.get_offers(yamarket_sandbox.campaign_id)


@pytest.mark.yamarket_sandbox(limits={"getCampaignOffers": Limit(60, unit="response_items")})
async def test_a_page_larger_than_the_whole_limit_does_not_wait_for_ever(
    yamarket_sandbox: Sandbox, market: MarketClient
) -> None:
    async with asyncio.timeout(30):
        walk = market.get_campaign_offers(yamarket_sandbox.campaign_id, page_size=100).pages()
        assert len((await anext(walk)).items) == 100
        assert len((await anext(walk)).items) == 100
        await walk.aclose()


@pytest.mark.yamarket_sandbox(offers=12_000, promo_offers=12_000, window=1.0, limits={"getPromoOffers": 30})
async def test_a_server_that_counts_requests_where_items_are_documented_costs_no_time(
    yamarket_sandbox: Sandbox,
) -> None:
    limits = {"getPromoOffers": Limit(10_000, period=60, unit="response_items")}
    async with MarketClient(yamarket_sandbox.api_key, base_url=yamarket_sandbox.url, limits=limits) as market:
        began = time.monotonic()
        offers = await market.get_promo_offers(yamarket_sandbox.business_id, yamarket_sandbox.promo_id)
        assert time.monotonic() - began < 20  # of windows of a minute, each with a single page
    assert len(offers) == 12_000
    assert yamarket_sandbox.counts[420] == 0


async def test_a_server_that_counts_items_where_requests_are_documented_refuses_nothing(
    yamarket_sandbox: Sandbox,
) -> None:
    limits = {"getCampaignOffers": Limit(10_000, period=1, unit="requests")}
    async with MarketClient(yamarket_sandbox.api_key, base_url=yamarket_sandbox.url, limits=limits) as market:
        assert await _all(market, yamarket_sandbox.campaign_id) == 2_000
    assert yamarket_sandbox.counts[420] == 0


async def test_clients_for_each_request_handler_that_share_a_limiter_are_not_refused(yamarket_sandbox: Sandbox) -> None:
    limiter = LocalLimiter()

    async def handle() -> int:
        async with MarketClient(yamarket_sandbox.api_key, base_url=yamarket_sandbox.url, limiter=limiter) as market:
            page = await anext(market.get_campaign_offers(yamarket_sandbox.campaign_id, page_size=100).pages())
            return len(page.items)

    assert await asyncio.gather(*(handle() for _ in range(20))) == [100] * 20
    assert yamarket_sandbox.counts[420] == 0

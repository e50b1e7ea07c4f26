"""Bulk calls: read as they go, several on their way at once, and the caller knows what became of each product."""

import asyncio
import gc
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest

from yamarket_async import DeletedOffers, MarketClient, Retry
from yamarket_async.errors import BatchError, Forbidden, InvalidItem, InvalidRequest, Locked
from yamarket_async.sandbox import Sandbox

pytestmark = pytest.mark.yamarket_sandbox(
    offers=6_000, warehouse=0, hidden=0, promo_offers=0, limits={"deleteCampaignOffers": 10**9}
)
NothingLeft = Callable[[MarketClient], Awaitable[None]]


async def asynchronously(items: list[str]) -> AsyncIterator[str]:
    for item in items:
        await asyncio.sleep(0)
        yield item


async def test_a_bulk_call_sends_nothing_until_it_is_asked(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    call = market.delete_campaign_offers(yamarket_sandbox.campaign_id, ["a"])
    await asyncio.sleep(0.02)
    assert yamarket_sandbox.counts["requests"] == 0
    assert (call.done, call.failed, call.pending) == ((), (), ())
    await call


@pytest.mark.filterwarnings("default::pytest.PytestUnraisableExceptionWarning")
def test_a_bulk_call_that_is_dropped_unused_warns_as_a_coroutine_does(recwarn: pytest.WarningsRecorder) -> None:
    warnings.simplefilter("always")
    MarketClient("k").delete_campaign_offers(7, ["a"])
    gc.collect()
    warning = recwarn.pop(RuntimeWarning)
    assert "deleteCampaignOffers of campaign 7" in str(warning.message)
    assert "neither awaited nor iterated" in str(warning.message)


@pytest.mark.parametrize("shape", [list, tuple, iter, dict.fromkeys, asynchronously])
async def test_any_iterable_will_do(
    yamarket_sandbox: Sandbox, market: MarketClient, shape: Callable[[list[str]], list[str]]
) -> None:
    ids = yamarket_sandbox.offer_ids()[:1_200]
    report = await market.delete_campaign_offers(yamarket_sandbox.campaign_id, shape(ids))
    assert report.deleted_offer_ids == ids
    assert not set(ids) & set(yamarket_sandbox.offer_ids())


async def test_a_bulk_call_over_a_list_can_be_repeated(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    call = market.delete_campaign_offers(yamarket_sandbox.campaign_id, yamarket_sandbox.offer_ids()[:3])
    assert len((await call).deleted_offer_ids) == 3
    assert len((await call).not_deleted_offer_ids) == 3


async def test_repeats_are_dropped_over_the_whole_call(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    ids = yamarket_sandbox.offer_ids()[:700]
    report = await market.delete_campaign_offers(
        yamarket_sandbox.campaign_id, [*ids, *ids, *(f" {sku}\t" for sku in ids)]
    )
    assert report.offer_ids == report.deleted_offer_ids == ids


@pytest.mark.yamarket_sandbox(latency=0.05)
async def test_results_come_in_the_order_of_the_input_with_four_on_their_way(
    yamarket_sandbox: Sandbox, market: MarketClient
) -> None:
    ids = yamarket_sandbox.offer_ids()
    yamarket_sandbox.faults.delay_seconds = 0.1
    yamarket_sandbox.faults.next("delay")
    batches = [batch async for batch in market.delete_campaign_offers(yamarket_sandbox.campaign_id, ids)]
    assert [sku for batch in batches for sku in batch.offer_ids] == ids
    assert yamarket_sandbox.max_parallel_seen == {yamarket_sandbox.campaign_id: 4}
    assert yamarket_sandbox.counts[420] == 0


@pytest.mark.yamarket_sandbox(latency=0.02)
async def test_an_iterator_is_read_only_as_far_as_needed(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    read = 0

    def endless() -> Iterator[str]:
        nonlocal read
        while True:
            read += 1
            yield f"sku-{read}"

    results: list[DeletedOffers] = []
    async for batch in market.delete_campaign_offers(yamarket_sandbox.campaign_id, endless()):
        results.append(batch)
        assert read <= 500 * (len(results) + 4 + 1) + 1
        if len(results) == 20:
            break
    assert [batch.offer_ids[0] for batch in results[:3]] == ["sku-1", "sku-501", "sku-1001"]


@pytest.mark.yamarket_sandbox(latency=0.05)
async def test_the_next_batch_is_read_while_all_lanes_are_busy(yamarket_sandbox: Sandbox) -> None:
    yamarket_sandbox.faults.next("hang")
    read = 0

    def skus() -> Iterator[str]:
        nonlocal read
        for sku in yamarket_sandbox.offer_ids():
            read += 1
            yield sku

    settings = {"base_url": yamarket_sandbox.url, "max_parallel": 1}
    async with MarketClient(yamarket_sandbox.api_key, **settings) as market:
        results = aiter(market.delete_campaign_offers(yamarket_sandbox.campaign_id, skus()))
        first = asyncio.ensure_future(anext(results))
        async with asyncio.timeout(20):
            while read < 1_000:
                await asyncio.sleep(0.01)
        assert not first.done()
        assert read == 1_000
        first.cancel()
        await asyncio.wait([first])
        await results.aclose()  # type: ignore[attr-defined]


async def test_results_come_while_the_input_is_still_waited_for(
    yamarket_sandbox: Sandbox, market: MarketClient
) -> None:
    more = asyncio.Event()

    async def slow() -> AsyncIterator[str]:
        for sku in yamarket_sandbox.offer_ids()[:501]:
            yield sku
        await more.wait()

    call = aiter(market.delete_campaign_offers(yamarket_sandbox.campaign_id, slow()))
    assert len((await anext(call)).offer_ids) == 500
    more.set()
    assert len((await anext(call)).offer_ids) == 1


@pytest.mark.yamarket_sandbox(latency=0.3)
async def test_leaving_the_loop_ends_what_is_on_its_way(
    yamarket_sandbox: Sandbox, market: MarketClient, nothing_left: NothingLeft
) -> None:
    yamarket_sandbox.faults.delay_seconds = 1
    yamarket_sandbox.faults.delay = 0.0
    call = aiter(market.delete_campaign_offers(yamarket_sandbox.campaign_id, yamarket_sandbox.offer_ids()))
    await anext(call)
    await call.aclose()  # type: ignore[attr-defined]
    await nothing_left(market)


async def test_a_list_is_checked_whole_before_anything_is_sent(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    ids = [f"sku-{i}" for i in range(25_000)] + ["\x00"]
    with pytest.raises(InvalidRequest) as caught:
        await market.delete_campaign_offers(yamarket_sandbox.campaign_id, ids)
    assert caught.value.argument == "offer_ids[25000]"
    assert not isinstance(caught.value, BatchError)
    assert yamarket_sandbox.counts["requests"] == 0


@pytest.mark.parametrize("shape", [iter, asynchronously])
async def test_an_iterator_stops_at_the_item_that_breaks_a_rule_and_tells_what_was_done(
    yamarket_sandbox: Sandbox, market: MarketClient, nothing_left: NothingLeft, shape: Callable[[list[str]], list[str]]
) -> None:
    ids = yamarket_sandbox.offer_ids()[:1_100]
    with pytest.raises(InvalidItem) as caught:
        await market.delete_campaign_offers(yamarket_sandbox.campaign_id, shape([*ids, "", "never read"]))
    error = caught.value
    assert error.argument == "offer_ids[1100]"
    assert [sku for batch in error.done for sku in batch.deleted_offer_ids] == ids[:1_000]
    assert list(error.pending) == [*ids[1_000:], ""]
    assert error.failed == ()
    assert isinstance(error.__cause__, InvalidRequest)
    await nothing_left(market)


async def test_an_iterator_that_fails_loses_nothing(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    ids = yamarket_sandbox.offer_ids()[:600]

    def failing() -> Iterator[str]:
        yield from ids
        raise OSError("the database is gone")

    with pytest.raises(BatchError, match="the database is gone") as caught:
        await market.delete_campaign_offers(yamarket_sandbox.campaign_id, failing())
    assert isinstance(caught.value.__cause__, OSError)
    assert [sku for batch in caught.value.done for sku in batch.deleted_offer_ids] == ids[:500]
    assert list(caught.value.pending) == ids[500:]


@pytest.mark.yamarket_sandbox(latency=0.05)
async def test_a_batch_that_fails_stops_the_call_and_each_product_is_accounted_for(
    yamarket_sandbox: Sandbox, market: MarketClient, nothing_left: NothingLeft
) -> None:
    ids = yamarket_sandbox.offer_ids()
    call = aiter(market.delete_campaign_offers(yamarket_sandbox.campaign_id, ids))
    handed_out = [await anext(call), await anext(call)]
    yamarket_sandbox.locked.add(yamarket_sandbox.campaign_id)
    with pytest.raises(BatchError, match="423") as caught:
        async for batch in call:
            handed_out.append(batch)
    error = caught.value
    assert isinstance(error.__cause__, Locked)
    done = [sku for batch in (*handed_out, *error.done) for sku in batch.deleted_offer_ids]
    assert sorted([*done, *error.failed, *error.pending]) == sorted(ids)
    assert error.failed
    assert error.pending
    assert yamarket_sandbox.offer_ids() == [sku for sku in ids if sku not in set(done)]
    await nothing_left(market)
    # And from there one goes on.
    yamarket_sandbox.locked.clear()
    rest = await market.delete_campaign_offers(yamarket_sandbox.campaign_id, [*error.failed, *error.pending])
    assert sorted(done + rest.deleted_offer_ids) == sorted(ids)


@pytest.mark.yamarket_sandbox(latency=0.05)
async def test_a_batch_that_fails_while_the_caller_is_busy_is_told_when_it_comes_back(
    yamarket_sandbox: Sandbox, nothing_left: NothingLeft
) -> None:
    yamarket_sandbox.faults.next("no_limit_headers")
    yamarket_sandbox.faults.next("hang")
    ids = yamarket_sandbox.offer_ids()[:501]
    async with MarketClient(
        yamarket_sandbox.api_key, base_url=yamarket_sandbox.url, retry=Retry(attempts=1), timeout=0.8
    ) as market:
        call = aiter(market.delete_campaign_offers(yamarket_sandbox.campaign_id, ids))
        assert (await anext(call)).offer_ids == ids[:500]
        await asyncio.sleep(1)
        with pytest.raises(BatchError) as caught:
            await anext(call)
        assert (caught.value.done, caught.value.failed, caught.value.pending) == ((), (ids[500],), ())
        await nothing_left(market)


async def test_awaiting_a_call_that_fails_tells_of_everything_that_was_done(
    yamarket_sandbox: Sandbox, market: MarketClient
) -> None:
    ids = yamarket_sandbox.offer_ids()
    given = 0

    def items() -> Iterator[str]:
        nonlocal given
        for sku in ids:
            given += 1
            if given == 4_000:
                yamarket_sandbox.inactive.add(yamarket_sandbox.campaign_id)
            yield sku

    with pytest.raises(BatchError) as caught:
        await market.delete_campaign_offers(yamarket_sandbox.campaign_id, items())
    error = caught.value
    assert isinstance(error.__cause__, Forbidden)
    done = [sku for batch in error.done for sku in batch.deleted_offer_ids]
    # Of seven batches that were read before, four may have been on their way, and one of these may have been refused
    # before another was done.
    assert len(done) >= 1_500
    assert sorted([*done, *error.failed, *error.pending]) == sorted(ids[:given])

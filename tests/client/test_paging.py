"""The pager: reads one page ahead, can be left at any moment, resumed, iterated again and by two at once."""

import asyncio
import gc
from collections.abc import Awaitable, Callable, Collection
from typing import Any

import aiohttp
import pytest

from yamarket_async import MarketClient, Page
from yamarket_async.errors import BadRequest, PaginationError
from yamarket_async.families.offers.models import CampaignOffer
from yamarket_async.judging import read
from yamarket_async.sandbox import Sandbox
from yamarket_async.walking import CROWD

pytestmark = pytest.mark.yamarket_sandbox(offers=1_000)
NothingLeft = Callable[[MarketClient], Awaitable[None]]


async def test_a_pager_sends_nothing_until_it_is_asked(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    pager = market.get_campaign_offers(yamarket_sandbox.campaign_id)
    pager.pages()
    aiter(pager)
    await asyncio.sleep(0.02)
    assert yamarket_sandbox.counts["requests"] == 0


async def test_a_pager_can_be_iterated_again_from_the_start(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    pager = market.get_campaign_offers(yamarket_sandbox.campaign_id)
    first = [offer.offer_id async for offer in pager]
    assert (
        first == [offer.offer_id for offer in await pager] == [o.offer_id async for p in pager.pages() for o in p.items]
    )
    assert len(first) == 1_000


async def test_two_tasks_walk_on_their_own(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    pager = market.get_campaign_offers(yamarket_sandbox.campaign_id)

    async def walk() -> list[str]:
        return [offer.offer_id async for offer in pager]

    assert await asyncio.gather(walk(), walk()) == [yamarket_sandbox.offer_ids()] * 2


async def test_one_page_is_read_ahead_and_no_more(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    requests = []
    async for _ in market.get_campaign_offers(yamarket_sandbox.campaign_id).pages():
        while yamarket_sandbox.counts["requests"] < min(len(requests) + 2, 5):
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.02)
        requests.append(yamarket_sandbox.counts["requests"])
    assert requests == [2, 3, 4, 5, 5]


@pytest.mark.parametrize("factory", [None, lambda loop, work, **how: asyncio.Task(work, loop=loop, **how)])
async def test_the_next_request_has_left_before_a_page_is_handed_out(yamarket_sandbox: Sandbox, factory: Any) -> None:
    asyncio.get_running_loop().set_task_factory(factory)
    sent = 0

    async def count(*_: object) -> None:
        nonlocal sent
        sent += 1

    trace = aiohttp.TraceConfig()
    trace.on_request_chunk_sent.append(count)
    async with (
        aiohttp.ClientSession(trace_configs=[trace]) as http,
        MarketClient(yamarket_sandbox.api_key, base_url=yamarket_sandbox.url, session=http) as market,
    ):
        pages = market.get_campaign_offers(yamarket_sandbox.campaign_id).pages()
        await anext(pages)
        assert sent == 2  # and a caller who now blocks the event loop doesn't hold the second one up
        await pages.aclose()


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Notes each decoding."""
    notes: list[str] = []

    def note(*answer: Any) -> Any:
        notes.append("decoded")
        return read(*answer)

    monkeypatch.setattr("yamarket_async.session.read", note)
    return notes


async def test_a_page_that_nobody_waits_for_yet_is_decoded_as_it_comes(
    yamarket_sandbox: Sandbox, market: MarketClient, decoded: list[str]
) -> None:
    pages = market.get_campaign_offers(yamarket_sandbox.campaign_id).pages()
    await anext(pages)
    assert decoded == ["decoded"]
    while len(decoded) < 2:
        await asyncio.sleep(0.01)
    await pages.aclose()


@pytest.mark.yamarket_sandbox(offers=20)
async def test_in_a_crowd_a_page_is_decoded_right_before_it_is_used(
    yamarket_sandbox: Sandbox, market: MarketClient, decoded: list[str]
) -> None:
    async def walk() -> list[str]:
        offers = []
        async for page in market.get_campaign_offers(yamarket_sandbox.campaign_id, page_size=5).pages():
            decoded.append("used")
            offers += [offer.offer_id for offer in page.items]
        return offers

    walks = 2 * CROWD
    assert await asyncio.gather(*(walk() for _ in range(walks))) == [yamarket_sandbox.offer_ids()] * walks
    assert decoded[: 2 * walks] == ["decoded", "used"] * walks


@pytest.mark.parametrize("by_page", [True, False])
@pytest.mark.parametrize("method", ["get_campaign_offers", "get_offers"])
@pytest.mark.filterwarnings("ignore:get_offers:DeprecationWarning")
async def test_a_page_is_let_go_before_the_next_one_is_there(
    yamarket_sandbox: Sandbox, market: MarketClient, method: str, by_page: bool
) -> None:
    gc.collect()
    others = {id(page) for page in pages_alive()}  # what other tests keep
    yamarket_sandbox.faults.delay_seconds = 30
    yamarket_sandbox.faults.next("no_limit_headers")
    yamarket_sandbox.faults.next("delay")  # the second page, which isn't waited for
    pager = getattr(market, method)(yamarket_sandbox.campaign_id, page_size=200)
    walk = pager.pages() if by_page else aiter(pager)
    for _ in range(1 if by_page else 200):
        await anext(walk)
    gc.collect()
    assert len(pages_alive(others)) <= 1
    waiting = asyncio.ensure_future(anext(walk))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    assert not pages_alive(others)
    waiting.cancel()
    await asyncio.wait([waiting])
    await walk.aclose()


def pages_alive(others: Collection[int] = ()) -> list[object]:
    return [thing for thing in gc.get_objects() if type(thing) is Page and id(thing) not in others]


async def test_a_walk_is_resumed_from_the_token_of_any_page(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    pages = [page async for page in market.get_campaign_offers(yamarket_sandbox.campaign_id).pages()]
    assert [len(page.items) for page in pages] == [200] * 5
    assert pages[-1].next_page_token is None
    async with MarketClient(yamarket_sandbox.api_key, base_url=yamarket_sandbox.url) as another:
        for i, page in enumerate(pages[:-1]):
            rest = await another.get_campaign_offers(yamarket_sandbox.campaign_id, page_token=page.next_page_token)
            assert rest == [offer for later in pages[i + 1 :] for offer in later.items]


async def test_a_token_that_the_market_has_forgotten_says_so(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    with pytest.raises(BadRequest, match="forgotten the page token"):
        await market.get_campaign_offers(yamarket_sandbox.campaign_id, page_token="long-gone")


@pytest.mark.yamarket_sandbox(latency=0.3)
@pytest.mark.parametrize("by_page", [True, False])
async def test_leaving_the_loop_ends_the_request_that_is_ahead(
    yamarket_sandbox: Sandbox, market: MarketClient, nothing_left: NothingLeft, by_page: bool
) -> None:
    pager = market.get_campaign_offers(yamarket_sandbox.campaign_id)
    async for _ in pager.pages() if by_page else pager:
        await asyncio.sleep(0.05)  # the second request is on its way now
        break
    await nothing_left(market)
    await asyncio.sleep(0.05)
    assert [request.status for request in yamarket_sandbox.requests] == [200, 499]


@pytest.mark.yamarket_sandbox(latency=0.3)
async def test_a_generator_that_is_dropped_leaves_nothing(
    yamarket_sandbox: Sandbox, market: MarketClient, nothing_left: NothingLeft
) -> None:
    walk = aiter(market.get_campaign_offers(yamarket_sandbox.campaign_id))
    await anext(walk)
    await asyncio.sleep(0.05)
    del walk
    gc.collect()
    await nothing_left(market)


async def test_a_page_that_fails_behind_the_callers_back_is_told_when_it_is_asked_for(
    yamarket_sandbox: Sandbox, market: MarketClient, nothing_left: NothingLeft
) -> None:
    walk = market.get_campaign_offers(yamarket_sandbox.campaign_id).pages()
    await anext(walk)
    while yamarket_sandbox.counts[200] < 2:
        await asyncio.sleep(0.01)
    yamarket_sandbox.inactive.add(yamarket_sandbox.campaign_id)
    second = await anext(walk)
    assert len(second.items) == 200
    with pytest.raises(Exception, match="403"):
        await anext(walk)
    await nothing_left(market)


async def test_a_page_that_fails_unseen_is_no_trouble(
    yamarket_sandbox: Sandbox, market: MarketClient, nothing_left: NothingLeft
) -> None:
    async for _ in market.get_campaign_offers(yamarket_sandbox.campaign_id).pages():
        yamarket_sandbox.inactive.add(yamarket_sandbox.campaign_id)
        await asyncio.sleep(0.05)
        break
    await nothing_left(market)


async def test_a_token_that_repeats_ends_the_walk_after_what_it_brought(
    yamarket_sandbox: Sandbox, market: MarketClient
) -> None:
    yamarket_sandbox.faults.repeated_token = 1.0
    pages: list[Page[CampaignOffer]] = []
    with pytest.raises(PaginationError, match="second time"):
        async for page in market.get_campaign_offers(yamarket_sandbox.campaign_id).pages():
            pages.append(page)
    assert sum(len(page.items) for page in pages) > 0
    assert yamarket_sandbox.counts["requests"] <= 3


async def test_an_empty_store_is_an_empty_list(market: MarketClient) -> None:
    async with Sandbox(offers=0) as empty, MarketClient(empty.api_key, base_url=empty.url) as client:
        assert await client.get_campaign_offers(empty.campaign_id) == []
        assert [o async for o in client.get_hidden_offers(empty.campaign_id)] == []


async def test_a_request_that_is_bad_without_a_token_says_nothing_of_tokens(
    yamarket_sandbox: Sandbox, market: MarketClient
) -> None:
    with pytest.raises(BadRequest, match="too big") as caught:
        await market.get_campaign_offers(yamarket_sandbox.campaign_id, tags=["x" * 600_000])
    assert "token" not in str(caught.value)

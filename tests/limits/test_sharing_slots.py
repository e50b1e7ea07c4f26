"""Whose slots a request takes: those of its entity, of its method, or of the business that its token belongs to."""

import asyncio

import pytest

from yamarket_async.limits import TOKEN, Demand, Entity, Limit, LimitHeaders, Outcome
from yamarket_async.limits.local import LocalLimiter

pytestmark = pytest.mark.looptime(resolution=1e-9)

BUSINESS = Entity("business", 5)
STORE = Entity("campaign", 1)
UNSENT = Outcome("unsent")
HOUR = Limit(1_000, 3_600.0)


def demand(endpoint="getBusinessOrders", entity=BUSINESS, *, method_parallel=None):
    return Demand(endpoint, entity, HOUR, 1, 4, method_parallel)


def prices():
    return demand("updatePrices", STORE, method_parallel=12)


def told(remaining):
    return Outcome("answered", LimitHeaders(1_000, remaining, 43_260.0, 43_200.0))


async def start(limiter, of, requests):
    """Ask for so many requests at once; gives the calls, of which those are done that may go."""
    calls = [asyncio.ensure_future(limiter.acquire(of)) for _ in range(requests)]
    await asyncio.sleep(0.001)
    return calls


async def stop(calls):
    for call in calls:
        call.cancel()
    await asyncio.gather(*calls, return_exceptions=True)


def granted(calls):
    return sum(call.done() for call in calls)


@pytest.fixture
async def limiter():
    limiter = LocalLimiter(jitter=lambda: 0.5)
    yield limiter
    await limiter.aclose()


async def test_a_method_with_a_figure_of_its_own_is_bounded_by_it_alone(limiter):
    calls = await start(limiter, prices(), 13)
    assert granted(calls) == 12
    await stop(calls)


async def test_such_a_method_neither_takes_nor_needs_the_slots_of_its_entity(limiter):
    offers = await start(limiter, demand("getCampaignOffers", STORE), 5)
    own = await start(limiter, prices(), 12)
    orders = await start(limiter, demand("getOrder", STORE), 1)
    assert (granted(offers), granted(own), granted(orders)) == (4, 12, 0)
    await stop(offers + own + orders)


async def test_a_parallel_refusal_of_such_a_method_lowers_its_own_slots(limiter):
    limiter.release(await limiter.acquire(prices()), told(1_000))
    calls = await start(limiter, prices(), 12)
    for call in calls:
        limiter.release(call.result(), Outcome("parallel", parallel=6))
    own, others = await start(limiter, prices(), 12), await start(limiter, demand("getCampaignOffers", STORE), 5)
    assert (granted(own), granted(others)) == (6, 4)
    await stop(own + others)


async def test_operations_of_the_token_have_slots_of_their_own_until_its_business_is_known(limiter):
    calls = await start(limiter, demand("getCampaigns", TOKEN), 5) + await start(limiter, demand(), 5)
    assert granted(calls) == 8
    await stop(calls)


async def test_then_they_share_those_of_the_business(limiter):
    limiter.bind_token(5)
    calls = await start(limiter, demand("getCampaigns", TOKEN), 3) + await start(limiter, demand(), 3)
    assert granted(calls) == 4
    await stop(calls)


async def test_what_is_on_its_way_or_waits_at_that_moment_is_counted_there(limiter):
    on_their_way = await start(limiter, demand("getCampaigns", TOKEN), 3)
    waiting = await start(limiter, demand("getRegions", TOKEN), 2)
    elsewhere = await start(limiter, demand("getCampaignOffers", STORE), 1)
    assert granted(waiting) == 1
    limiter.bind_token(5)
    orders = await start(limiter, demand(), 1)
    assert granted(orders) == 0
    for call in on_their_way[:2]:
        limiter.release(call.result(), UNSENT)
    await asyncio.sleep(0.001)
    assert (granted(waiting), granted(orders)) == (2, 1)
    for call in [on_their_way[2], *waiting, *orders, *elsewhere]:
        limiter.release(call.result(), UNSENT)
    calls = await start(limiter, demand("getCampaigns", TOKEN), 5)
    assert granted(calls) == 4
    await stop(calls)


async def test_a_method_of_the_token_with_a_figure_of_its_own_keeps_it(limiter):
    own = await start(limiter, demand("getRegions", TOKEN, method_parallel=6), 6)
    limiter.bind_token(5)
    calls = await start(limiter, demand(), 5)
    assert (granted(own), granted(calls)) == (6, 4)
    await stop(own + calls)


async def test_to_say_it_again_changes_nothing(limiter):
    for _ in range(3):
        limiter.bind_token(5)
        calls = await start(limiter, demand("getCampaigns", TOKEN), 5)
        assert granted(calls) == 4
        await stop(calls)
        for call in calls[:4]:
            limiter.release(call.result(), UNSENT)


async def test_what_is_said_of_another_business_takes_what_is_on_its_way_with_it(limiter):
    for business in (5, 6, 5, 6):
        limiter.bind_token(business)
        calls = await start(limiter, demand("getCampaigns", TOKEN), 4)
        limiter.bind_token(11 - business)
        here = await start(limiter, demand(entity=Entity("business", business)), 4)
        there = await start(limiter, demand(entity=Entity("business", 11 - business)), 1)
        assert (granted(here), granted(there)) == (4, 0)
        for call in calls + here:
            limiter.release(call.result(), UNSENT)
        limiter.release(await there[0], UNSENT)
    assert all(place.slots.busy == 0 for place in limiter._places.values())


async def test_slots_that_move_away_go_to_the_calls_that_wait_for_them(limiter):
    limiter.bind_token(5)
    calls = await start(limiter, demand("getCampaigns", TOKEN), 4)
    orders = await start(limiter, demand(), 1)
    assert granted(orders) == 0
    limiter.bind_token(6)
    await asyncio.sleep(0.001)
    assert granted(orders) == 1
    await stop(calls + orders)


async def test_a_business_that_nothing_is_left_of_is_let_go(limiter):
    limiter.release(await limiter.acquire(demand("getCampaigns", TOKEN)), UNSENT)
    for business in range(1, 100):
        limiter.bind_token(business)
        limiter.bind_token(business, token=Entity("token", 7))
    assert limiter._places.keys() == {Entity("business", 99)}


async def test_each_token_has_a_business_of_its_own(limiter):
    other = Entity("token", 7)
    limiter.bind_token(5)
    limiter.bind_token(6, token=other)
    calls = [call for token in (TOKEN, other) for call in await start(limiter, demand("getCampaigns", token), 5)]
    assert granted(calls) == 8
    await stop(calls)


async def test_only_a_token_can_be_bound(limiter):
    with pytest.raises(ValueError, match="campaign 1 is no token"):
        limiter.bind_token(5, token=STORE)


async def test_clients_that_share_a_limiter_share_what_it_knows(limiter):
    limiter.release(await limiter.acquire(demand()), told(400))
    [state] = limiter.states()
    assert state.remaining == 400
    calls = await start(limiter, demand(), 3)
    await limiter.aclose()  # one client is closed, and the others go on
    more = await start(limiter, demand(), 3)
    assert (granted(calls), granted(more)) == (3, 1)
    await stop(calls + more)


async def test_a_call_that_waits_for_its_bucket_is_granted_at_the_place_it_moved_to(limiter):
    of = Demand("getCampaigns", TOKEN, Limit(2, 2.0), 1, 4, None)
    limiter.release(await limiter.acquire(of), Outcome("lost"))
    waiting = asyncio.ensure_future(limiter.acquire(of))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    limiter.bind_token(7)
    limiter.release(await asyncio.wait_for(waiting, 8), UNSENT)

"""What every limiter does, whatever keeps its state. The clocks are real and the windows short."""

import asyncio
import logging
import time

import pytest

from yamarket_async.errors import QuotaExceeded
from yamarket_async.limits import Demand, Entity, Limit, LimitHeaders, Outcome, Wait
from yamarket_async.limits.local import LocalLimiter
from yamarket_async.limits.redis import RedisLimiter

STORE = Entity("campaign", 1)
OTHER_STORE = Entity("campaign", 2)
WINDOW = 0.15
"""Seconds that are left of a window, or that a period has."""

MOMENT = 0.02
"""Seconds in which whatever can happen has happened."""

SOON = 15.0
"""Seconds within which what should happen at once happens on a busy machine too, and what should not does not."""

ANSWERED = Outcome("answered")
"""An answer that says nothing of the limit."""


@pytest.fixture(params=["local", "redis"])
async def limiter(request):
    if request.param == "local":
        limiter = LocalLimiter()
    else:
        limiter = RedisLimiter.from_url(request.getfixturevalue("redis_server").url)
    yield limiter
    await limiter.aclose()


def demand(endpoint="getCampaignOffers", entity=STORE, *, cost=100, amount=1_000, period=60.0, max_parallel=4):
    return Demand(endpoint, entity, Limit(amount, period, "response_items"), cost, max_parallel)


def told(remaining, ends_in=WINDOW, amount=1_000, kind="answered"):
    now = time.time()
    return Outcome(kind, LimitHeaders(amount, remaining, now + ends_in, now))


def roomy():
    return told(remaining=1_000, ends_in=30)


async def tell(limiter, outcome, of=None):
    limiter.release(await limiter.acquire(of or demand(cost=1)), outcome)


async def show_clock(limiter):
    """Let two answers, one at the beginning of a second and one at its end, tell exactly where the clock stands."""
    for date in (time.time(), time.time() - 0.99):
        outcome = Outcome("answered", LimitHeaders(10, 10, date + 60, date))
        await tell(limiter, outcome, Demand("getRegions", STORE, None, 1, 4))


async def states(limiter):
    await asyncio.sleep(MOMENT)  # what was released may be told to others first
    return limiter.states()


async def waits(task):
    await asyncio.sleep(MOMENT)
    return not task.done()


def start(limiter, of=None, **options):
    return asyncio.ensure_future(limiter.acquire(of or demand(), **options))


async def stop(task):
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_call_with_nothing_in_its_way_goes_at_once(limiter):
    began = time.monotonic()
    limiter.release(await limiter.acquire(demand(), max_wait=0), ANSWERED)
    assert time.monotonic() - began < SOON


async def test_an_entity_has_so_many_slots_over_all_its_methods(limiter):
    leases = [await limiter.acquire(demand(endpoint)) for endpoint in ("a", "b", "c", "d")]
    fifth = start(limiter, demand("e"))
    assert await waits(fifth)
    limiter.release(leases[2], roomy())
    await fifth


async def test_entities_do_not_share_slots(limiter):
    await limiter.acquire(demand(max_parallel=1))
    await asyncio.wait_for(limiter.acquire(demand(entity=OTHER_STORE, max_parallel=1)), SOON)


async def test_slots_go_to_the_methods_of_an_entity_in_the_order_of_arrival(limiter):
    lease = await limiter.acquire(demand("a", max_parallel=1))
    order = []

    async def call(name):
        lease = await limiter.acquire(demand(name, max_parallel=1))
        order.append(name)
        limiter.release(lease, roomy())

    calls = []
    for name in ("c", "b", "a"):
        calls.append(asyncio.ensure_future(call(name)))
        await asyncio.sleep(MOMENT / 4)
    limiter.release(lease, roomy())
    await asyncio.gather(*calls)
    assert order == ["c", "b", "a"]


async def test_time_spent_behind_the_own_requests_is_not_held_against_max_wait(limiter):
    lease = await limiter.acquire(demand(max_parallel=1))
    second = start(limiter, demand(max_parallel=1), max_wait=0)
    assert await waits(second)
    limiter.release(lease, roomy())
    await second


async def test_a_used_up_window_is_waited_for_and_no_longer(limiter):
    began = time.time()
    await tell(limiter, told(remaining=50))
    await limiter.acquire(demand(cost=100))
    assert WINDOW <= time.time() - began < WINDOW + SOON


async def test_what_fits_into_the_rest_of_a_window_goes_at_once(limiter):
    await tell(limiter, told(remaining=100))
    await asyncio.wait_for(limiter.acquire(demand(cost=100)), SOON)


async def test_what_is_on_its_way_is_waited_for_since_it_may_cost_less(limiter):
    await tell(limiter, told(remaining=150, ends_in=30))
    lease = await limiter.acquire(demand(cost=100))
    second = start(limiter, demand(cost=100), max_wait=1)
    assert await waits(second)
    limiter.release(lease, told(remaining=120, ends_in=30))
    await second


async def test_a_call_behind_an_answer_that_leaves_no_room_is_refused_then(limiter):
    await tell(limiter, told(remaining=150, ends_in=30))
    lease = await limiter.acquire(demand(cost=100))
    second = start(limiter, demand(cost=100), max_wait=1)
    assert await waits(second)
    limiter.release(lease, told(remaining=50, ends_in=30))
    with pytest.raises(QuotaExceeded):
        await second


async def test_calls_of_one_limit_are_served_in_order_whatever_they_cost(limiter):
    await tell(limiter, told(remaining=0))
    order = []

    async def call(cost):
        lease = await limiter.acquire(demand(cost=cost))
        order.append(cost)
        limiter.release(lease, roomy())

    await asyncio.gather(*(call(cost) for cost in (900, 1, 50, 2)))
    assert order == [900, 1, 50, 2]


async def test_a_call_that_waits_for_its_window_holds_up_no_other_method_and_no_slot(limiter):
    await tell(limiter, told(remaining=0, ends_in=30), demand("a", cost=1, max_parallel=1))
    first = start(limiter, demand("a", max_parallel=1))
    assert await waits(first)
    await asyncio.wait_for(limiter.acquire(demand("b", max_parallel=1)), SOON)
    await stop(first)


async def test_a_call_that_waits_for_a_slot_takes_nothing_from_the_window(limiter):
    await tell(limiter, told(remaining=300, ends_in=30))
    await limiter.acquire(demand("b", max_parallel=1))
    waiting = start(limiter, demand(max_parallel=1))
    assert await waits(waiting)
    [state] = [state for state in limiter.states() if state.endpoint == "getCampaignOffers"]
    assert state.remaining == 300
    await stop(waiting)


async def test_a_wait_beyond_max_wait_is_refused_at_once(limiter):
    await tell(limiter, told(remaining=0, ends_in=30))
    began = time.monotonic()
    with pytest.raises(QuotaExceeded, match="campaign 1") as refused:
        await limiter.acquire(demand(), max_wait=5)
    assert time.monotonic() - began < SOON
    assert refused.value.retry_after == pytest.approx(30, abs=SOON)


async def test_the_windows_that_others_ahead_will_use_up_count_too(limiter):
    await tell(limiter, told(remaining=0, ends_in=30))
    others = [start(limiter, demand(cost=900)) for _ in range(4)]
    assert await waits(others[0])
    with pytest.raises(QuotaExceeded) as refused:
        await limiter.acquire(demand(cost=900), max_wait=120)
    assert refused.value.retry_after == pytest.approx(270, abs=SOON)
    for other in others:
        await stop(other)


async def test_a_call_that_starts_to_wait_for_the_limit_says_so_once(limiter, caplog):
    caplog.set_level(logging.INFO, "yamarket_async.limits")
    told_of = []
    await tell(limiter, told(remaining=50, ends_in=0.9))
    await limiter.acquire(demand(), on_wait=told_of.append)
    [wait] = told_of
    assert (wait.endpoint, wait.entity) == ("getCampaignOffers", STORE)
    assert isinstance(wait, Wait)
    assert 0 < wait.seconds <= 0.91
    [line] = caplog.messages
    assert "getCampaignOffers waits 0." in line
    assert "campaign 1: 50 of 1000 remain" in line


async def test_an_exception_of_on_wait_reaches_the_caller_and_leaves_nothing_behind(limiter):
    await tell(limiter, told(remaining=50))

    def fail(_):
        raise LookupError

    with pytest.raises(LookupError):
        await limiter.acquire(demand(), on_wait=fail)
    await limiter.acquire(demand(cost=1_000))


async def test_a_cancelled_call_gives_its_place_to_the_next(limiter):
    lease = await limiter.acquire(demand(max_parallel=1))
    first, second = start(limiter, demand(max_parallel=1)), start(limiter, demand(max_parallel=1))
    assert await waits(first)
    await stop(first)
    limiter.release(lease, roomy())
    await asyncio.wait_for(second, SOON)


async def test_a_smaller_call_goes_when_the_large_one_before_it_is_cancelled(limiter):
    await show_clock(limiter)
    await tell(limiter, told(remaining=50, ends_in=30))
    large, small = start(limiter, demand(cost=100)), start(limiter, demand(cost=50))
    assert await waits(small)
    await stop(large)
    await asyncio.wait_for(small, SOON)


async def test_a_call_cancelled_in_the_moment_of_its_grant_gives_it_back(limiter):
    lease = await limiter.acquire(demand(max_parallel=1))
    waiting = start(limiter, demand(max_parallel=1))
    assert await waits(waiting)
    limiter.release(lease, roomy())
    await stop(waiting)
    await asyncio.wait_for(limiter.acquire(demand(max_parallel=1)), SOON)


@pytest.mark.parametrize(("kind", "spent"), [("lost", 100), ("answered", 100), ("failed", 0), ("unsent", 0)])
async def test_what_a_request_costs_that_brought_no_headers(limiter, kind, spent):
    await tell(limiter, told(remaining=500, ends_in=30))
    limiter.release(await limiter.acquire(demand(cost=100)), Outcome(kind))
    [state] = await states(limiter)
    assert state.remaining == 500 - spent


async def test_a_lease_can_be_released_twice(limiter):
    lease = await limiter.acquire(demand(max_parallel=1))
    limiter.release(lease, roomy())
    limiter.release(lease, roomy())
    await limiter.acquire(demand(max_parallel=1))
    waiting = start(limiter, demand(max_parallel=1))
    assert await waits(waiting)
    await stop(waiting)


async def test_a_refused_limit_is_left_alone_until_its_end(limiter):
    began = time.time()
    await tell(limiter, told(remaining=300, kind="exhausted"), demand(cost=1, period=WINDOW))
    await limiter.acquire(demand())
    assert WINDOW <= time.time() - began < WINDOW + SOON


async def test_refusals_that_do_not_say_until_when_make_pauses_of_at_most_a_period(limiter):
    for _ in range(3):
        began = time.monotonic()
        await tell(limiter, Outcome("exhausted"), demand(cost=1, period=WINDOW))
        await tell(limiter, ANSWERED, demand(cost=1))
        assert WINDOW / 2 <= time.monotonic() - began < WINDOW + SOON


async def test_a_parallel_refusal_lowers_the_slots_to_what_it_names(limiter):
    await tell(limiter, roomy())
    leases = [await limiter.acquire(demand()) for _ in range(4)]
    for lease in leases:
        limiter.release(lease, Outcome("parallel", parallel=2))
    leases = [await limiter.acquire(demand()) for _ in range(2)]
    third = start(limiter)
    assert await waits(third)
    limiter.release(leases[0], roomy())
    await asyncio.wait_for(third, SOON)


async def test_without_headers_no_more_goes_in_a_period_than_the_page_allows(limiter):
    # Three calls fit into the amount; at half of that the bucket holds one and a half, so one goes at a time.
    began = time.monotonic()
    for _ in range(4):
        await tell(limiter, ANSWERED, demand(cost=300, period=WINDOW))
    assert time.monotonic() - began > WINDOW


async def test_the_first_headers_end_the_wait_for_the_bucket(limiter):
    first = await limiter.acquire(demand(cost=900, period=30))
    second = start(limiter, demand(cost=900, period=30))
    assert await waits(second)
    limiter.release(first, told(remaining=900, ends_in=20))
    await asyncio.wait_for(second, SOON)


async def test_a_page_larger_than_the_whole_limit_goes_nevertheless(limiter):
    await tell(limiter, told(remaining=90, amount=100))
    await limiter.acquire(demand(cost=500))


async def test_where_no_limit_is_documented_only_the_slots_hold_until_an_answer_tells(limiter):
    unknown = Demand("getOffers", STORE, None, 10_000, 4)
    leases = [await limiter.acquire(unknown) for _ in range(4)]
    limiter.release(leases[0], told(remaining=10, amount=90, ends_in=30))
    with pytest.raises(QuotaExceeded):
        await limiter.acquire(Demand("getOffers", STORE, None, 20, 4), max_wait=1)


async def test_the_states_tell_what_is_known(limiter):
    assert limiter.states() == []
    lease = await limiter.acquire(demand())
    [state] = limiter.states()
    assert (state.endpoint, state.entity, state.amount) == ("getCampaignOffers", STORE, 1_000)
    assert (state.remaining, state.renews_at) == (None, None)
    outcome = told(remaining=400, ends_in=30)
    limiter.release(lease, outcome)
    [state] = await states(limiter)
    assert state.remaining == 400
    assert state.renews_at.timestamp() == pytest.approx(outcome.headers.until)


async def test_answers_under_way_at_a_turn_count_where_windows_are_shorter_than_documented(limiter):
    hour = demand(cost=300, period=3_600)
    await tell(limiter, told(remaining=1_000), hour)
    leases = [await limiter.acquire(hour) for _ in range(3)]
    await asyncio.sleep(WINDOW + 5 * MOMENT)  # the window that was told is over; by the page the next one lasts an hour
    for lease, remaining in zip(leases, (700, 400, 100), strict=True):
        limiter.release(lease, told(remaining, ends_in=30))
    await asyncio.sleep(MOMENT)
    with pytest.raises(QuotaExceeded) as refused:
        await limiter.acquire(hour, max_wait=1)
    assert refused.value.retry_after == pytest.approx(30, abs=1)

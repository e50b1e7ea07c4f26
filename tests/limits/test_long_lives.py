"""A limiter that lives for weeks, has thousands of stores, or outlives its event loop."""

import asyncio
import gc
import os
import threading
import time
import tracemalloc

import pytest

from yamarket_async.errors import QuotaExceeded
from yamarket_async.limits import Demand, Entity, Limit, LimitHeaders, Outcome
from yamarket_async.limits.local import KEPT, LocalLimiter

NOON = 43_200.0
STORES = 5_000
UNSENT = Outcome("unsent")

looptime = pytest.mark.looptime(resolution=1e-9)


def demand(store=1, endpoint="getCampaignOffers", *, period=60.0, method_parallel=None):
    return Demand(endpoint, Entity("campaign", store), Limit(10_000, period, "response_items"), 200, 4, method_parallel)


def told(remaining=10_000, ends_in=60.0):
    now = NOON + asyncio.get_running_loop().time()
    return Outcome("answered", LimitHeaders(10_000, remaining, (now // ends_in + 1) * ends_in, now))


async def use(limiter, of, outcome=None):
    limiter.release(await limiter.acquire(of), outcome or told())


def known(limiter):
    return {(state.endpoint, state.entity.id) for state in limiter.states()}


async def live(limiter, seconds):
    """Let time pass in which only one store is used."""
    until = asyncio.get_running_loop().time() + seconds
    while asyncio.get_running_loop().time() < until:
        await asyncio.sleep(min(60.0, seconds / 10))
        await use(limiter, demand(0))


@looptime
async def test_what_nobody_uses_for_an_hour_is_let_go():
    limiter = LocalLimiter()
    for store in range(1, 130):
        await use(limiter, demand(store))
    await live(limiter, KEPT + 600)
    assert known(limiter) == {("getCampaignOffers", 0)}
    assert limiter._places.keys() == {Entity("campaign", 0)}


@looptime
async def test_what_is_used_from_time_to_time_is_kept():
    limiter = LocalLimiter()
    await use(limiter, demand(1), told(remaining=400))
    for _ in range(4):
        await live(limiter, KEPT / 2)
        await use(limiter, demand(1))
    assert ("getCampaignOffers", 1) in known(limiter)


@looptime
@pytest.mark.parametrize("holds", ["lease", "waiter", "period", "pause", "slot"])
async def test_what_holds_something_is_kept(holds):
    limiter = LocalLimiter(jitter=lambda: 1.0)
    if holds == "period":
        await use(limiter, demand(1, period=3 * KEPT), told(remaining=400, ends_in=3 * KEPT))
    elif holds == "pause":
        for _ in range(14):
            await use(limiter, demand(1, period=10 * KEPT), Outcome("exhausted"))
    else:
        lease = await limiter.acquire(demand(1, method_parallel=6 if holds == "slot" else None))
        if holds == "waiter":
            limiter.release(lease, Outcome("exhausted", LimitHeaders(10_000, 0, NOON + 3 * KEPT, NOON)))
            waiting = asyncio.ensure_future(limiter.acquire(demand(1)))
    await live(limiter, 2 * KEPT)
    assert ("getCampaignOffers", 1) in known(limiter)
    if holds == "waiter":
        waiting.cancel()


@looptime
async def test_a_method_that_never_told_anything_is_let_go_with_its_bucket():
    limiter = LocalLimiter()
    for _ in range(4):
        await use(limiter, demand(1), Outcome("answered"))
    await live(limiter, KEPT + 600)
    assert known(limiter) == {("getCampaignOffers", 0)}
    await asyncio.sleep(0)
    assert len(asyncio.all_tasks()) == 1


@looptime
async def test_slots_of_an_entity_are_kept_as_long_as_one_of_its_methods_is():
    limiter = LocalLimiter()
    await use(limiter, demand(0, "getHiddenOffers"))
    lease = await limiter.acquire(demand(0))
    await live(limiter, KEPT + 600)
    assert known(limiter) == {("getCampaignOffers", 0)}
    assert limiter._places[Entity("campaign", 0)].slots.busy == 1
    limiter.release(lease, UNSENT)


async def test_the_states_of_many_stores_take_no_longer_for_each_than_those_of_few():
    few, many = LocalLimiter(), LocalLimiter()
    for store in range(STORES):
        await use(many, demand(store))
        if store < STORES // 10:
            await use(few, demand(store))

    def seconds(limiter: LocalLimiter, stores: int) -> float:
        took = []
        for _ in range(10):
            began = time.thread_time()
            assert len(limiter.states()) == stores
            took.append(time.thread_time() - began)
        return min(took)

    gc.collect()
    assert seconds(many, STORES) < 30 * seconds(few, STORES // 10)


async def test_a_store_takes_little_memory():
    limiter = LocalLimiter()
    await use(limiter, demand(0))
    tracemalloc.start()
    try:
        for store in range(1, 1_001):
            await use(limiter, demand(store))
        gc.collect()
        taken = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert taken / 1_000 < 1_900


def test_in_the_next_event_loop_it_goes_on_with_what_was_told():
    limiter = LocalLimiter()

    async def use_up():
        now = time.time()
        limiter.release(await limiter.acquire(demand()), Outcome("answered", LimitHeaders(10_000, 0, now + 30, now)))

    async def try_again():
        with pytest.raises(QuotaExceeded):
            await limiter.acquire(demand(), max_wait=1)

    asyncio.run(use_up())
    asyncio.run(try_again())


def test_what_was_on_its_way_or_waited_in_a_loop_that_is_over_holds_nobody_up():
    limiter = LocalLimiter()

    async def leave_things_behind():
        await use(limiter, demand(period=KEPT), told(remaining=5_000, ends_in=KEPT))
        for _ in range(4):
            await limiter.acquire(demand())
            await limiter.acquire(demand(endpoint="updatePrices", method_parallel=4))
        waiting = [
            asyncio.ensure_future(limiter.acquire(demand(endpoint=endpoint, method_parallel=4)))
            for endpoint in ("getCampaignOffers", "updatePrices")
        ]
        await asyncio.sleep(0)
        assert not any(call.done() for call in waiting)

    async def go_on():
        async with asyncio.timeout(60):  # the bucket of what told nothing has room in a second
            leases = [await limiter.acquire(demand()) for _ in range(4)]
            await limiter.acquire(demand(endpoint="updatePrices", method_parallel=4))
        for lease in leases:
            limiter.release(lease, UNSENT)
        return {state.endpoint: state.remaining for state in limiter.states()}

    asyncio.run(leave_things_behind())
    assert asyncio.run(go_on())["getCampaignOffers"] == 5_000 - 4 * 200


def test_what_ends_after_its_event_loop_changes_nothing_in_the_next():
    limiter, left_behind = LocalLimiter(), []

    async def call():
        lease = await limiter.acquire(demand())
        try:
            await asyncio.Event().wait()
        finally:
            limiter.release(lease, UNSENT)

    async def leave_things_behind():
        await use(limiter, demand())
        left_behind.extend(asyncio.ensure_future(call()) for _ in range(5))  # the last one waits for a slot
        await asyncio.sleep(0.01)
        assert len(limiter._limits[demand().endpoint, demand().entity].waiters) == 1

    async def go_on():
        leases = [await limiter.acquire(demand()) for _ in range(4)]
        fifth = asyncio.ensure_future(limiter.acquire(demand()))
        await asyncio.sleep(0)
        for task in left_behind:
            task.get_coro().close()  # as the garbage collector does
        await asyncio.sleep(0.01)
        assert not fifth.done()
        [line] = limiter._limits.values()
        assert (line.slots.busy, line.items) == (4, demand().items)
        limiter.release(leases[0], UNSENT)
        await fifth

    loop = asyncio.new_event_loop()
    loop.run_until_complete(leave_things_behind())
    loop.close()
    asyncio.run(go_on())
    for task in left_behind:
        task._log_destroy_pending = False


def test_what_the_bucket_let_through_counts_in_the_next_event_loop_too():
    limiter = LocalLimiter()
    few = Demand("getCampaigns", Entity("token", 0), Limit(2, 3_600.0), 1, 4)

    async def use_up():
        await use(limiter, few, Outcome("answered"))
        await try_again()

    async def try_again():
        with pytest.raises(QuotaExceeded):
            await limiter.acquire(few, max_wait=1)

    asyncio.run(use_up())
    for _ in range(3):
        asyncio.run(try_again())


async def test_a_child_that_is_forked_while_the_event_loop_runs_has_one_of_its_own(monkeypatch):
    limiter = LocalLimiter()
    await use(limiter, demand())
    monkeypatch.setattr(os, "getpid", lambda: -1)
    await asyncio.to_thread(asyncio.run, use(limiter, demand()))


async def test_two_event_loops_at_once_are_refused_in_words():
    limiter = LocalLimiter()
    await limiter.acquire(demand())
    refused = []

    def in_another_thread():
        try:
            asyncio.run(limiter.acquire(demand()))
        except RuntimeError as error:
            refused.append(str(error))

    thread = threading.Thread(target=in_another_thread)
    thread.start()
    await asyncio.to_thread(thread.join)
    assert refused == ["this LocalLimiter is in use in another thread's event loop; give each loop one of its own"]


@looptime
async def test_who_cancels_all_tasks_of_the_loop_but_the_calls_leaves_no_call_waiting_for_ever():
    limiter = LocalLimiter()
    hourly = Demand("getCampaigns", Entity("token", 0), Limit(1, 60.0), 1, 4)
    await use(limiter, hourly, Outcome("answered"))
    call = asyncio.ensure_future(limiter.acquire(hourly))
    await asyncio.sleep(1)
    for task in asyncio.all_tasks() - {call, asyncio.current_task()}:
        task.cancel()
    await call
    assert asyncio.get_running_loop().time() == pytest.approx(60, abs=0.01)


@looptime
@pytest.mark.parametrize("kind", ["unsent", "failed"])
async def test_attempts_that_cost_nothing_are_given_back_before_the_first_headers(kind):
    limiter = LocalLimiter()
    few = Demand("getCampaigns", Entity("token", 0), Limit(2, 3_600.0), 1, 4)
    for _ in range(10):
        await use(limiter, few, Outcome(kind))
    assert asyncio.get_running_loop().time() == 0
    await use(limiter, few, Outcome("answered"))
    waiting = asyncio.ensure_future(limiter.acquire(few))
    await asyncio.sleep(1)
    assert not waiting.done()
    waiting.cancel()


@looptime
@pytest.mark.parametrize("seconds", [0, 7_200])
async def test_what_has_leaked_or_is_counted_otherwise_by_now_is_not_given_back_twice(seconds):
    limiter = LocalLimiter()
    few = Demand("getHiddenOffers", Entity("campaign", 1), Limit(1_000, 3_600.0, "response_items"), 100, 4)
    dear = Demand("getHiddenOffers", Entity("campaign", 1), Limit(1_000, 3_600.0, "response_items"), 1_000, 4)
    lease = await limiter.acquire(few)
    if seconds:
        await asyncio.sleep(seconds)
    else:
        dearer = asyncio.ensure_future(limiter.acquire(dear))
        await asyncio.sleep(1)
    limiter.release(lease, UNSENT)
    await asyncio.sleep(1)
    if seconds:
        dearer = asyncio.ensure_future(limiter.acquire(dear))
        await asyncio.sleep(0.1)
    assert not dearer.done()
    dearer.cancel()


@looptime
async def test_one_that_is_given_back_goes_to_the_call_that_waits():
    limiter = LocalLimiter()
    few = Demand("getCampaigns", Entity("token", 0), Limit(1, 3_600.0), 1, 4)
    lease = await limiter.acquire(few)
    waiting = asyncio.ensure_future(limiter.acquire(few))
    await asyncio.sleep(1)
    assert not waiting.done()
    limiter.release(lease, Outcome("failed"))
    await waiting
    assert asyncio.get_running_loop().time() == 1

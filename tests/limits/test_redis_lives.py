"""The life of a worker: event loops, forks, closing, whose slots its calls take, and what it forgets."""

import asyncio
import time
from math import inf

import msgspec
import pytest
from redis.asyncio import Redis

from yamarket_async import RedisLimiter
from yamarket_async.errors import InvalidRequest, LimiterUnavailable
from yamarket_async.limits import TOKEN, Demand, Entity, Limit, LimitHeaders, Outcome
from yamarket_async.limits.redis import describe, worker
from yamarket_async.limits.redis import limiter as limiter_module
from yamarket_async.limits.redis.script import Message, Standing

STORE = Entity("campaign", 123)
METHOD = "getCampaignOffers"
KEY = "yamarket:{campaign 123}"

MOMENT = 0.03
"""Seconds in which whatever can happen has happened."""
SOON = 15.0
"""Seconds within which what should happen at once does, on a busy machine too."""


def demand(*, cost=100, max_parallel=4, endpoint=METHOD, entity=STORE, method_parallel=None):
    return Demand(endpoint, entity, Limit(1_000, 60.0, "response_items"), cost, max_parallel, method_parallel)


def told(remaining=1_000, ends_in=30.0, amount=1_000, kind="answered"):
    now = time.time()
    return Outcome(kind, LimitHeaders(amount, remaining, now + ends_in, now))


def start(limiter, of=None, **options):
    return asyncio.ensure_future(limiter.acquire(of or demand(), **options))


async def waits(task):
    await asyncio.sleep(MOMENT)
    return not task.done()


async def stop(*tasks):
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def has_nothing(client, key=KEY):
    """Whether no worker holds anything, or waits for anything, at the store."""
    rows = [msgspec.msgpack.decode(row, strict=False) for row in client.hvals(f"{key}:calls")]
    return not any(row["held"] or row["waiting"] for row in rows)


@pytest.fixture
async def make(redis_server):
    limiters = []

    def make(**options):
        limiters.append(RedisLimiter.from_url(redis_server.url, **options))
        return limiters[-1]

    yield make
    for limiter in limiters:
        await limiter.aclose()


# -- opening and closing -----------------------------------------------------------------------------------------------


async def test_it_can_be_closed_at_any_time_and_used_again(redis_server):
    limiter = RedisLimiter.from_url(redis_server.url)
    await limiter.aclose()
    limiter.release(await limiter.acquire(demand()), told())
    await limiter.aclose()
    assert has_nothing(redis_server.client)
    limiter.release(await limiter.acquire(demand()), told())
    await limiter.aclose()


async def test_closing_it_for_one_client_leaves_the_calls_of_another_alone(redis_server):
    limiter = RedisLimiter.from_url(redis_server.url)
    lease = await limiter.acquire(demand(max_parallel=1))
    waiting = start(limiter, demand(max_parallel=1))
    assert await waits(waiting)
    await limiter.aclose()
    limiter.release(lease, told())
    await asyncio.wait_for(waiting, SOON)
    await limiter.aclose()


def test_it_serves_one_loop_after_another_but_not_two_at_once(redis_server):
    limiter = RedisLimiter.from_url(redis_server.url)

    async def use(*, close):
        limiter.release(await limiter.acquire(demand()), told())
        if close:
            await limiter.aclose()

    asyncio.run(use(close=True), debug=True)
    asyncio.run(use(close=True), debug=True)

    async def use_in_two_loops():
        await use(close=False)
        with pytest.raises(RuntimeError, match="another event loop"):
            await asyncio.to_thread(asyncio.run, use(close=True))
        await limiter.aclose()

    asyncio.run(use_in_two_loops())


def test_a_loop_that_ended_without_closing_it_leaves_nothing_that_could_disturb_the_next(redis_server):
    limiter, leases = RedisLimiter.from_url(redis_server.url, lease=0.2), []

    async def leave():
        leases.append(await limiter.acquire(demand(max_parallel=1)))

    async def go_on():
        lease = await asyncio.wait_for(limiter.acquire(demand(max_parallel=1)), SOON)
        limiter.release(leases[0], told())  # it is over with its loop
        waiting = start(limiter, demand(max_parallel=1))
        assert await waits(waiting)
        limiter.release(lease, told())
        limiter.release(await waiting, told())
        await limiter.aclose()

    asyncio.run(leave(), debug=True)
    asyncio.run(go_on(), debug=True)
    limiter.release(leases[0], told())
    assert has_nothing(redis_server.client)


async def test_a_child_begins_a_life_of_its_own(make, redis_server, monkeypatch):
    shared = make()
    lease = await shared.acquire(demand(max_parallel=1))
    parent = shared._worker
    monkeypatch.setattr(limiter_module.os, "getpid", lambda: -1)
    await shared.aclose()  # which leaves the connections of the parent alone
    waiting = start(shared, demand(max_parallel=1))
    assert await waits(waiting)
    assert shared._worker.id != parent.id
    assert not parent.has_ended
    parent.release(lease, told())
    shared.release(await waiting, told())
    await parent.close()


# -- whose slots -------------------------------------------------------------------------------------------------------


async def test_operations_of_a_token_take_the_slots_of_its_business_once_that_is_known(make, redis_server):
    one, other = make(), make()
    of_token = demand(endpoint="getCampaigns", entity=TOKEN, max_parallel=1)
    of_business = demand(endpoint="getOfferMappings", entity=Entity("business", 5), max_parallel=1)
    one.release(await one.acquire(of_token), told())
    for shared in (one, other):
        shared.bind_token(5)
        with pytest.raises(InvalidRequest, match="campaign 1 is no token"):
            shared.bind_token(6, token=Entity("campaign", 1))
    lease = await one.acquire(of_token)
    waiting = start(other, of_business)
    assert await waits(waiting)
    one.release(lease, told(remaining=700))
    other.release(await asyncio.wait_for(waiting, SOON), told())
    await other.aclose()
    states = {(state.endpoint, state.entity): state.remaining for state in await describe(redis_server.url)}
    assert states["getCampaigns", TOKEN] in {1_000, 700}
    assert states["getOfferMappings", Entity("business", 5)] == 1_000
    assert ("getCampaigns", TOKEN) in {(state.endpoint, state.entity) for state in one.states()}


async def test_a_method_with_a_figure_of_its_own_takes_no_slot_of_the_entity(make):
    one, other = make(), make()
    prices = demand(endpoint="updatePrices", cost=1, max_parallel=1, method_parallel=3)
    leases = [await one.acquire(prices) for _ in range(3)]
    fourth = start(other, prices)
    assert await waits(fourth)
    lease = await asyncio.wait_for(other.acquire(demand(max_parallel=1)), SOON)
    one.release(leases[0], told())
    other.release(await asyncio.wait_for(fourth, SOON), told())
    for held in leases[1:]:
        one.release(held, told())
    other.release(lease, told())


# -- what crosses on the way -------------------------------------------------------------------------------------------


async def test_a_call_that_is_cancelled_in_the_moment_of_its_grant_gives_it_back(make, redis_server):
    limiter = make()
    lease = await limiter.acquire(demand(max_parallel=1))
    waiting = start(limiter, demand(max_parallel=1))
    assert await waits(waiting)
    [call] = limiter._worker._places[STORE].calls()
    limiter.release(lease, told())
    limiter._worker._heed(Message(KEY, [call.number]))
    await stop(waiting)
    async with asyncio.timeout(60):
        while limiter._worker._places:  # there is something left to say
            await asyncio.sleep(0.005)
    assert has_nothing(redis_server.client)


async def test_what_was_overtaken_is_said_again(make):
    limiter = make()
    limiter.release(await limiter.acquire(demand()), told())
    async with asyncio.timeout(60):
        while limiter._worker._places:
            await asyncio.sleep(0.005)
    limiter._worker._count -= 3  # as if something that is still on its way had been said after all that is said now
    limiter.release(await asyncio.wait_for(limiter.acquire(demand()), SOON), told())


# -- what it knows -----------------------------------------------------------------------------------------------------


async def test_what_nobody_has_used_for_a_while_is_forgotten(make, monkeypatch):
    monkeypatch.setattr(worker, "KEPT", 0.0)
    short = Demand(METHOD, STORE, Limit(10, 0.01), 1, 4)
    limiter = make(lease=0.1)
    limiter.release(await limiter.acquire(short), Outcome("answered"))
    assert limiter.states()
    await asyncio.sleep(0.15)
    assert not limiter.states()


async def test_calls_of_several_methods_that_come_while_redis_is_asked_are_all_served(make):
    limiter = make()
    lease = await limiter.acquire(demand(max_parallel=1))
    calls = []
    for endpoint in "abcdefgh":
        calls.append(start(limiter, demand(endpoint=endpoint, max_parallel=1)))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    limiter.release(lease, told())
    for call in calls:
        limiter.release(await asyncio.wait_for(call, SOON), told())


async def test_more_calls_than_are_named_at_once_are_all_served_in_order(make):
    one, other = make(), make()
    lease = await one.acquire(demand(max_parallel=12))
    blocking = [await one.acquire(demand(cost=1, max_parallel=12)) for _ in range(11)]
    order = []

    async def call(number):
        lease = await other.acquire(demand(cost=1, max_parallel=12))
        order.append(number)
        other.release(lease, told())

    calls = [asyncio.ensure_future(call(number)) for number in range(30)]
    assert await waits(calls[0])
    for held in (lease, *blocking):
        one.release(held, told())
    await asyncio.wait_for(asyncio.gather(*calls), SOON)
    assert order == list(range(30))


def test_a_limit_of_which_nothing_is_known_holds_nobody_up():
    assert Standing().wait(500, items_ahead=10**6, requests_ahead=10**3) == 0
    assert Standing(opens_in=2.5).wait(500, items_ahead=0, requests_ahead=0) == 2.5


@pytest.mark.parametrize(
    ("items", "items_ahead", "wait"),
    [(10, 0, 0), (11, 0, 4), (20, 0, 4), (30, 0, 7), (1_000, 0, 7), (1, 30, 17), (30, 60, 27)],
)
def test_while_no_answer_has_told_of_a_window_calls_wait_for_what_was_spent_before(items, items_ahead, wait):
    standing = Standing(amount=30, period=10.0, room=10, leaks=[(4.0, 10), (7.0, 10)])
    assert standing.wait(items, items_ahead=items_ahead, requests_ahead=items_ahead) == wait


def test_where_requests_are_counted_items_do_not_matter():
    standing = Standing(amount=30, by_requests=True, ends=1.0, ends_in=5.0, period=60.0, room=2)
    assert [standing.wait(10**6, items_ahead=inf, requests_ahead=ahead) for ahead in (0, 1, 2, 31, 32)] == [
        0,
        0,
        5,
        5,
        65,
    ]


async def test_a_connection_that_redis_py_closes_while_it_is_opened_counts_as_lost():
    class Closing(Redis):
        async def execute_command(self, *_, **__):
            raise AttributeError("'NoneType' object has no attribute 'writelines'")

    client = Closing()
    limiter = RedisLimiter(client)
    with pytest.raises(LimiterUnavailable, match="closed while it was opened"):
        await limiter.acquire(demand())
    await limiter.aclose()
    await client.aclose()

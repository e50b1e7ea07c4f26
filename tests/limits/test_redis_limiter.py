"""What is special about the limiter in Redis: what workers share, what the dead leave behind, what waiting costs."""

import asyncio
import subprocess
import sys
import time
from collections import defaultdict
from itertools import pairwise

import msgspec
import pytest

from yamarket_async import RedisLimiter
from yamarket_async.errors import InvalidRequest, QuotaExceeded
from yamarket_async.extras import pip_command
from yamarket_async.limits import Demand, Entity, Limit, LimitHeaders, Outcome
from yamarket_async.limits.redis import describe
from yamarket_async.limits.redis.places import Place, Queue

STORE = Entity("campaign", 123)
METHOD = "getCampaignOffers"
KEY = "yamarket:{campaign 123}"
LEASE = 0.4

MOMENT = 0.03
"""Seconds in which whatever can happen has happened."""
SOON = 15.0
"""Seconds within which what should happen at once does, on a busy machine too."""


def demand(*, cost=100, max_parallel=4, endpoint=METHOD, entity=STORE):
    return Demand(endpoint, entity, Limit(1_000, 60.0, "response_items"), cost, max_parallel)


def told(remaining=1_000, ends_in=30.0, amount=1_000, kind="answered"):
    now = time.time()
    return Outcome(kind, LimitHeaders(amount, remaining, now + ends_in, now))


def start(limiter, of=None, **options):
    return asyncio.ensure_future(limiter.acquire(of or demand(), **options))


async def waits(task):
    await asyncio.sleep(MOMENT)
    return not task.done()


async def until(condition):
    """Wait until something is so, however busy the machine is."""
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(0.005)


async def stop(*tasks):
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def die(limiter):
    """End a worker as SIGKILL does, as far as Redis can tell: nothing more is heard of it."""
    worker = limiter._worker
    for task in (*worker._tasks, worker._renewing):
        task.cancel()
    worker._speak = worker._begin_to_speak = lambda *_: None
    await asyncio.sleep(0)


def waiting_in(client):
    """Tell how many calls wait at the store, as Redis knows."""
    rows = [msgspec.msgpack.decode(row, strict=False) for row in client.hvals(f"{KEY}:calls")]
    return sum(waiting["requests"] for row in rows if row["waiting"] for waiting in row["waiting"].values())


def has_nothing(client):
    """Whether no worker holds anything, or waits for anything, at the store."""
    rows = [msgspec.msgpack.decode(row, strict=False) for row in client.hvals(f"{KEY}:calls")]
    return not any(row["held"] or row["waiting"] for row in rows)


@pytest.fixture
async def workers(redis_server):
    limiters = [RedisLimiter.from_url(redis_server.url, lease=LEASE) for _ in range(3)]
    yield limiters
    for limiter in limiters:
        await limiter.aclose()


@pytest.fixture
def client(redis_server):
    return redis_server.client


# -- what they share ---------------------------------------------------------------------------------------------------


async def test_what_one_worker_is_told_all_know(workers, client):
    one, other, _ = workers
    one.release(await one.acquire(demand()), told(remaining=50))
    await until(lambda: has_nothing(client))
    with pytest.raises(QuotaExceeded):
        await other.acquire(demand(), max_wait=1)
    [state] = other.states()
    assert (state.amount, state.remaining) == (1_000, 50)


async def test_workers_share_the_slots_and_get_them_in_the_order_in_which_they_came(workers, client):
    lease = await workers[0].acquire(demand(max_parallel=1))
    order = []

    async def call(number):
        limiter = workers[number % 3]
        lease = await limiter.acquire(demand(max_parallel=1))
        order.append(number)
        limiter.release(lease, told())

    calls = []
    for number in range(9):
        calls.append(asyncio.ensure_future(call(number)))
        while waiting_in(client) <= number:  # it has come when Redis knows of it
            await asyncio.sleep(0.001)
    workers[0].release(lease, told())
    await asyncio.gather(*calls)
    assert order == list(range(9))


async def test_a_call_waiting_elsewhere_is_told_that_its_limit_has_closed(workers):
    one, other, _ = workers
    one.release(await one.acquire(demand(cost=1)), told(remaining=150))
    lease = await one.acquire(demand(cost=100))
    waiting = start(other, demand(cost=100), max_wait=5)
    assert await waits(waiting)
    one.release(lease, told(remaining=50))
    with pytest.raises(QuotaExceeded):
        await waiting


async def test_a_call_that_only_waits_for_others_is_not_refused_when_its_time_is_over(workers):
    one, other, _ = workers
    one.release(await one.acquire(demand(cost=1)), told(remaining=0, ends_in=0.1))
    waiting = start(other, demand(max_parallel=1), max_wait=0.2)
    assert await waits(waiting)
    lease = await one.acquire(demand(endpoint="getHiddenOffers", max_parallel=1))
    await asyncio.sleep(0.3)
    assert not waiting.done()
    one.release(lease, told())
    await waiting


async def test_a_call_held_back_for_the_clock_goes_at_its_moment_also_when_another_worker_made_room(redis_server):
    one, other = RedisLimiter.from_url(redis_server.url), RedisLimiter.from_url(redis_server.url)
    one.release(await one.acquire(demand(cost=1)), told(remaining=300))
    lease = await one.acquire(demand(cost=200))
    calls = [start(other, demand(cost=150)), start(other, demand(cost=100))]
    assert await waits(calls[0])
    one.release(lease, told(remaining=200))
    await asyncio.wait_for(calls[0], SOON)  # a whole second of the server's clock at the most
    await stop(calls[1])
    await one.aclose()
    await other.aclose()


async def test_prefixes_keep_sellers_apart(redis_server):
    one = RedisLimiter.from_url(redis_server.url, prefix="one")
    other = RedisLimiter.from_url(redis_server.url, prefix="other")
    token = Entity("token", 0)
    await one.acquire(demand(entity=token, max_parallel=1))
    await asyncio.wait_for(other.acquire(demand(entity=token, max_parallel=1)), SOON)
    assert redis_server.client.exists("one:{token}:calls", "other:{token}:calls") == 2
    await one.aclose()
    await other.aclose()


# -- what lies in Redis ------------------------------------------------------------------------------------------------


async def test_keys_are_few_readable_and_expire(workers, client):
    await workers[0].acquire(demand(max_parallel=1))
    waiting = start(workers[1], demand(max_parallel=1))
    await until(lambda: waiting_in(client) == 1)
    keys = {key.decode() for key in client.scan_iter()}
    assert keys == {f"{KEY}:{name}" for name in ("slots", "workers", "calls", f"window:{METHOD}", f"queue:{METHOD}")}
    assert all(0 < client.ttl(key) <= 25 * 3600 for key in keys)
    await stop(waiting)


async def test_a_call_costs_one_command_and_its_release_another(redis_server, client):
    limiter = RedisLimiter.from_url(redis_server.url, lease=1_000)  # which is not renewed meanwhile
    limiter.release(await limiter.acquire(demand()), told())  # loads the script

    def is_idle():
        return has_nothing(client) and not any(place.sending for place in limiter._worker._places.values())

    await until(is_idle)
    client.config_resetstat()
    for _ in range(10):
        limiter.release(await limiter.acquire(demand()), told())
        await until(is_idle)
    assert client.info("commandstats")["cmdstat_evalsha"]["calls"] == 20
    await limiter.aclose()


async def test_the_limits_in_redis_can_be_described(redis_server, workers):
    limiter = workers[0]
    for entity in (Entity("campaign", 7), Entity("business", 5), Entity("token", 0)):
        limiter.release(await limiter.acquire(demand(entity=entity)), told(remaining=400))
    await limiter.acquire(demand(entity=Entity("campaign", 7), cost=150))
    await limiter.acquire(demand(entity=Entity("campaign", 7), endpoint="getHiddenOffers"))
    states = await describe(redis_server.url)
    assert [(str(state.entity), state.endpoint, state.amount, state.remaining) for state in states] == [
        ("business 5", METHOD, 1_000, 400),
        ("campaign 7", METHOD, 1_000, 250),
        ("campaign 7", "getHiddenOffers", 1_000, None),
        ("token", METHOD, 1_000, 400),
    ]
    assert await describe(redis_server.url, prefix="yam*") == []


async def test_a_key_that_is_none_of_a_limit_hides_no_other(redis_server, workers, client, caplog):
    limiter = workers[0]
    limiter.release(await limiter.acquire(demand()), told(remaining=400))
    for number, document in enumerate((b"text", b"\xc1", msgspec.msgpack.encode({"window": 1}))):
        client.set(f"yamarket:{{campaign {number}}}:window:{METHOD}", document)
    client.lpush("yamarket:{campaign 7}:slots", "a list")
    client.set(f"yamarket:{{campaign 7}}:window:{METHOD}", b"\x80")
    client.set("yamarket:{somebody's own}:window:x", b"\x80")
    caplog.clear()
    [state] = await describe(redis_server.url)
    assert state.entity == STORE
    for name in ("{campaign 0}", "{campaign 7}", "{somebody's own}"):
        assert f"yamarket:{name}:window:" in caplog.text


async def test_a_state_is_carried_over_the_end_of_its_window(workers):
    limiter = workers[0]
    limiter.release(await limiter.acquire(demand()), told(remaining=400, ends_in=30))
    await until(lambda: limiter.states()[0].remaining == 400)
    [before] = limiter.states()
    [(key, (told_at, standing))] = limiter._standings.items()
    limiter._standings[key] = told_at - 40, standing  # as if so much time had passed
    [after] = limiter.states()
    assert (before.remaining, after.remaining) == (400, 1_000)
    assert (after.renews_at - before.renews_at).total_seconds() == 60


# -- leases ------------------------------------------------------------------------------------------------------------


async def test_a_dead_worker_holds_its_slot_for_a_lease_and_its_share_until_an_answer_tells(workers):
    dead, alive, _ = workers
    dead.release(await dead.acquire(demand()), told(remaining=900))
    await dead.acquire(demand(cost=300, max_parallel=1))
    await die(dead)
    began = time.monotonic()
    lease = await alive.acquire(demand(cost=1, max_parallel=1))
    assert LEASE / 2 <= time.monotonic() - began < LEASE + SOON
    [state] = alive.states()
    assert state.remaining == 900 - 300 - 1
    alive.release(lease, told(remaining=899))
    await until(lambda: alive.states()[0].remaining == 899)


async def test_a_dead_worker_holds_nobody_up_who_waits_behind_it(workers, client):
    holder, dead, alive = workers
    lease = await holder.acquire(demand(max_parallel=1))
    lost = start(dead, demand(max_parallel=1))
    await until(lambda: waiting_in(client) == 1)
    waiting = start(alive, demand(max_parallel=1))
    await until(lambda: waiting_in(client) == 2)
    await die(dead)
    holder.release(lease, told())
    await asyncio.wait_for(waiting, 2 * LEASE + SOON)
    await stop(lost)


async def test_a_dead_worker_in_the_middle_of_a_queue_is_given_up(workers, client):
    holder, dead, alive = workers
    lease = await holder.acquire(demand(max_parallel=1))
    lost = start(dead, demand(max_parallel=1))
    await until(lambda: waiting_in(client) == 1)
    waiting = start(alive, demand(max_parallel=1))
    await die(dead)
    await asyncio.sleep(1.5 * LEASE)
    holder.release(lease, told())
    await asyncio.wait_for(waiting, SOON)
    await stop(lost)


async def test_a_slow_answer_keeps_its_lease_alive(workers):
    slow, other, _ = workers
    lease = await slow.acquire(demand(max_parallel=1))
    waiting = start(other, demand(max_parallel=1))
    await asyncio.sleep(2.5 * LEASE)
    assert not waiting.done()
    slow.release(lease, told())
    await waiting


async def test_a_process_that_stood_still_asks_whether_its_grant_still_holds(workers, monkeypatch):
    one, other, _ = workers
    lease = await one.acquire(demand(max_parallel=1))
    granted, join = [], Queue.join

    async def stand_still_at_first(queue, call):
        granted.append(await join(queue, call))
        if len(granted) == 1:
            other._worker._places[STORE].confirmed_at -= 10 * LEASE
        return granted[-1]

    monkeypatch.setattr(Queue, "join", stand_still_at_first)
    waiting = start(other, demand(max_parallel=1))
    assert await waits(waiting)
    one.release(lease, told())
    assert await asyncio.wait_for(waiting, SOON) is granted[1]
    assert len(granted) == 2
    assert other._worker._places[STORE].confirmed_at > other._worker.now - LEASE


async def test_a_worker_that_was_given_up_takes_up_again_what_it_still_holds(workers, client, monkeypatch):
    one, other, _ = workers
    lease = await one.acquire(demand(max_parallel=1))
    monkeypatch.setattr(one._worker, "_speak", lambda _: None)  # it stands still, and the other one is sooner
    client.delete(f"{KEY}:workers", f"{KEY}:calls")
    other.release(await other.acquire(demand(max_parallel=1)), told())
    monkeypatch.undo()
    async with asyncio.timeout(SOON):
        while not client.hexists(f"{KEY}:calls", one._worker.id):
            await asyncio.sleep(0.01)
    waiting = start(other, demand(max_parallel=1))
    assert await waits(waiting)
    one.release(lease, told())
    await asyncio.wait_for(waiting, SOON)


# -- cancelling --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("turns", range(8))
async def test_a_call_cancelled_at_any_moment_leaves_nothing_behind(workers, client, turns):
    limiter = workers[0]
    limiter.release(await limiter.acquire(demand()), told())
    await until(lambda: not limiter._worker._places)  # there is nothing more to say
    task = start(limiter)
    for _ in range(turns):
        await asyncio.sleep(0)
    if task.done():
        limiter.release(task.result(), Outcome("unsent"))
    await stop(task)
    await until(lambda: not limiter._worker._places)
    assert has_nothing(client)
    [state] = await describe(f"unix://{client.connection_pool.connection_kwargs['path']}")
    assert state.remaining == 1_000


# -- waiting -----------------------------------------------------------------------------------------------------------


async def test_many_waiting_workers_cost_little(redis_server):
    limiters = [RedisLimiter.from_url(redis_server.url, lease=2) for _ in range(40)]
    first = limiters[0]
    first.release(await first.acquire(demand(cost=1)), told(remaining=0, ends_in=20))
    calls = [start(limiter) for limiter in limiters]
    await until(lambda: waiting_in(redis_server.client) == len(calls))
    workers = [limiter._worker for limiter in limiters]
    await until(lambda: all(worker._subscription.is_joined for worker in workers))  # after which each looks once more
    await until(lambda: all(worker._places[STORE].sending is None for worker in workers))
    redis_server.client.config_resetstat()
    began = time.monotonic()
    await asyncio.sleep(0.75)
    stats = redis_server.client.info("commandstats")
    took = time.monotonic() - began  # more than that on a busy machine
    # A renewal each, twice in a second, and nothing else.
    assert stats.get("cmdstat_evalsha", {"calls": 0})["calls"] <= len(calls) * (took // 0.5 + 1)
    await stop(*calls)
    await asyncio.gather(*(limiter.aclose() for limiter in limiters))


async def test_leases_of_many_stores_are_renewed_each_quarter_too(redis_server, monkeypatch):
    lease, stores = 0.6, 40
    limiter = RedisLimiter.from_url(redis_server.url, lease=lease)
    leases = await asyncio.gather(
        *(limiter.acquire(demand(entity=Entity("campaign", number))) for number in range(1, stores + 1))
    )
    worker, moments = limiter._worker, defaultdict(list)
    speak = worker._speak

    def note(place):
        moments[place].append(worker.now)
        speak(place)

    monkeypatch.setattr(worker, "_speak", note)
    redis_server.client.config_resetstat()
    async with asyncio.timeout(20):
        while redis_server.client.info("commandstats").get("cmdstat_evalsha", {"calls": 0})["calls"] < 3 * stores:
            await asyncio.sleep(0.02)
    assert len(moments) == stores
    # How much later than after a quarter is the machine's affair.
    for renewed in moments.values():
        assert all(later - earlier >= lease / 4 - 0.001 for earlier, later in pairwise(renewed))
    for held in leases:
        limiter.release(held, told())
    await limiter.aclose()


async def test_one_look_is_enough_for_all_who_want_one(redis_server, client):
    limiter = RedisLimiter.from_url(redis_server.url, lease=1_000)
    await limiter.acquire(demand())
    place = limiter._worker._places[STORE]
    await until(lambda: place.sending is None)
    client.config_resetstat()
    for _ in range(5):
        limiter._worker._speak(place)
    await until(lambda: place.sending is None)
    assert client.info("commandstats")["cmdstat_evalsha"]["calls"] == 1
    await limiter.aclose()


async def test_word_of_a_call_that_is_over_changes_nothing(workers, client):
    limiter = workers[0]
    lease = await limiter.acquire(demand(max_parallel=1))
    waiting = start(limiter, demand(max_parallel=1))
    assert await waits(waiting)
    for key in (KEY, "yamarket:{campaign 7}"):
        client.publish(f"yamarket:worker {limiter._worker.id}", msgspec.msgpack.encode({"key": key, "granted": [99]}))
    assert await waits(waiting)
    limiter.release(lease, told())
    await waiting


# -- what can happen to the memory of Redis ----------------------------------------------------------------------------


async def test_when_redis_loses_its_memory_workers_say_again_what_they_hold_and_wait_for(workers, client):
    one, other, third = workers
    lease = await one.acquire(demand(max_parallel=1))
    waiting = start(other, demand(max_parallel=1))
    assert await waits(waiting)
    client.flushall()
    await asyncio.sleep(LEASE / 2)
    last = start(third, demand(max_parallel=1))
    assert await waits(last)
    one.release(lease, told())
    other.release(await asyncio.wait_for(waiting, SOON), told())
    await asyncio.wait_for(last, SOON)


@pytest.mark.parametrize("evicted", ["slots", "workers", "calls", f"window:{METHOD}", f"queue:{METHOD}"])
async def test_calls_go_on_when_a_key_is_evicted(workers, client, evicted):
    one, other, _ = workers
    one.release(await one.acquire(demand()), told())
    lease = await one.acquire(demand(max_parallel=1))
    waiting = start(other, demand(max_parallel=1))
    assert await waits(waiting)
    client.delete(f"{KEY}:{evicted}")
    one.release(lease, told())
    other.release(await asyncio.wait_for(waiting, 2 * LEASE + SOON), told())
    await until(lambda: has_nothing(client))
    one.release(await asyncio.wait_for(one.acquire(demand(cost=1_000)), SOON), told())


async def test_a_clock_of_redis_that_is_put_back_changes_nothing(workers, client):
    limiter = workers[0]
    began = time.monotonic()
    limiter.release(await limiter.acquire(demand(cost=1)), told(remaining=0, ends_in=0.5))
    await until(lambda: has_nothing(client))
    place = msgspec.msgpack.decode(client.get(f"{KEY}:slots"), strict=False)
    place["seen"] += 3600  # as it is when the clock now shows an hour less than before
    place["clock"]["seen"] += 3600
    place["clock"]["low"] -= 3600
    place["clock"]["high"] -= 3600
    client.set(f"{KEY}:slots", msgspec.msgpack.encode(place))
    await asyncio.wait_for(limiter.acquire(demand()), 60)
    assert time.monotonic() - began > 0.45


# -- arguments and imports ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "argument", [{"prefix": ""}, {"prefix": "a{b}"}, {"lease": 0}, {"lease": float("nan")}, {"on_unavailable": "never"}]
)
def test_arguments_out_of_bounds_are_refused(argument):
    with pytest.raises(InvalidRequest, match=next(iter(argument))):
        RedisLimiter.from_url("redis://localhost", **argument)


def test_a_url_that_is_none_of_redis_is_refused():
    with pytest.raises(ValueError, match="scheme"):
        RedisLimiter.from_url("http://localhost")


def run(program):
    return subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, timeout=30)


def test_redis_is_imported_only_with_its_limiter():
    done = run(
        "import sys; import yamarket_async; from yamarket_async import MarketClient; assert 'redis' not in sys.modules;"
        "from yamarket_async import RedisLimiter; assert 'redis' in sys.modules"
    )
    assert done.returncode == 0, done.stderr


def test_without_redis_the_error_says_what_to_install():
    done = run("import sys; sys.modules['redis'] = None; from yamarket_async import RedisLimiter")
    assert f"RedisLimiter needs redis-py; {pip_command('redis')}\n" in done.stderr


def test_a_call_that_has_its_grant_already_counts_as_granted():
    place = Place(KEY, STORE, "worker")
    assert not place.grant(1)
    place.releases[1] = told()
    assert place.grant(1)

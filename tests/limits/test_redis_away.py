"""What the limiter does where Redis is away: at the start, in the middle, full, failing over, or not for us."""

import asyncio
import logging
import os
import signal
import time

import msgspec
import pytest

from yamarket_async import RedisLimiter
from yamarket_async.errors import LimiterUnavailable, QuotaExceeded
from yamarket_async.limits import Demand, Entity, Limit, LimitHeaders, Outcome
from yamarket_async.limits.redis import describe, subscription, worker

STORE = Entity("campaign", 123)
UNSENT = Outcome("unsent")

SOON = 15.0
"""Seconds within which what should happen at once does, on a busy machine too."""


def demand(max_parallel=4, cost=1):
    return Demand("getCampaignOffers", STORE, Limit(1_000), cost, max_parallel)


def exhausted(ends_in):
    now = time.time()
    return Outcome("exhausted", LimitHeaders(1_000, 0, now + ends_in, now))


def held_in(server):
    """Tell how many requests are on their way at the store, as Redis knows."""
    rows = server.client.hvals("yamarket:{campaign 123}:calls")
    return sum(len(msgspec.msgpack.decode(row, strict=False)["held"]) for row in rows)


async def until(condition):
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.01)


@pytest.fixture
async def make():
    limiters = []

    def make(url, **options):
        limiters.append(RedisLimiter.from_url(url, **options))
        return limiters[-1]

    yield make
    for limiter in limiters:
        await limiter.aclose()


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch):
    monkeypatch.setattr(worker, "FIRST_PROBE", 0.05)
    monkeypatch.setattr(worker, "LAST_PROBE", 0.05)
    monkeypatch.setattr(worker, "CLOSING", 0.5)
    monkeypatch.setattr(subscription, "REJOIN", 0.05)


@pytest.fixture
async def impostor():
    """A server that gives one answer to everything, or none."""
    answers = {}

    async def answer(reader, writer):
        while await reader.read(65536):
            if "answer" in answers:
                writer.write(answers["answer"])
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]

    def impostor(said=None):
        if said is not None:
            answers["answer"] = said
        return f"redis://someone:secret@127.0.0.1:{port}"

    yield impostor
    server.close()


# -- why it is away ----------------------------------------------------------------------------------------------------


async def test_a_redis_that_does_not_run(make):
    limiter = make("redis://someone:secret@127.0.0.1:1/0")
    with pytest.raises(LimiterUnavailable, match=r"Redis at 127\.0\.0\.1:1 .*check that it runs") as failure:
        await limiter.acquire(demand())
    assert "secret" not in str(failure.value)


async def test_a_failure_that_comes_twice_is_said_once(make):
    for url in ("redis://127.0.0.1:1", "unix:///nowhere/redis.sock"):
        with pytest.raises(LimiterUnavailable) as failure:
            await make(url).acquire(demand())
        assert str(failure.value).count("can't keep the limits") == 1


async def test_a_script_that_was_not_known_is_no_part_of_a_failure(make, own_redis):
    own_redis.start()
    own_redis.client.lpush("yamarket:{campaign 123}:slots", "a list")
    with pytest.raises(LimiterUnavailable, match="WRONGTYPE") as failure:
        await make(own_redis.url).acquire(demand())
    assert "NoScript" not in str(failure.value)


async def test_all_stores_learn_of_it_each_by_an_error_of_its_own(make):
    limiter = make("redis://127.0.0.1:1")
    stores = [Entity("campaign", number) for number in range(3)]
    demands = [Demand("getCampaignOffers", store, Limit(1_000), 1, 4) for store in stores]
    failures = await asyncio.gather(*map(limiter.acquire, demands), return_exceptions=True)
    assert all(isinstance(failure, LimiterUnavailable) for failure in failures)
    assert len(set(map(id, failures))) == 3


async def test_a_socket_that_is_not_there(make):
    with pytest.raises(LimiterUnavailable, match=r"Redis at /nowhere/redis\.sock"):
        await make("unix://someone:secret@/nowhere/redis.sock").acquire(demand())


async def test_a_wrong_password(make, own_redis):
    own_redis.start()
    own_redis.client.config_set("requirepass", "right")
    with pytest.raises(LimiterUnavailable, match="check the user and the password"):
        await make(own_redis.url + "?password=wrong").acquire(demand())
    limiter = make(own_redis.url + "?password=right")
    limiter.release(await limiter.acquire(demand()), UNSENT)


async def test_a_redis_that_is_full_grants_nothing_and_takes_back(make, own_redis):
    own_redis.start()
    limiter = make(own_redis.url)
    lease = await limiter.acquire(demand())
    own_redis.client.config_set("maxmemory", 1)
    with pytest.raises(LimiterUnavailable, match="it is full: raise its maxmemory"):
        await limiter.acquire(demand())
    limiter.release(lease, UNSENT)
    await until(lambda: held_in(own_redis) == 0)


async def test_a_replica(make, own_redis):
    own_redis.start()
    own_redis.client.replicaof("127.0.0.1", 1)
    with pytest.raises(LimiterUnavailable, match="leads to a replica"):
        await make(own_redis.url).acquire(demand())
    own_redis.client.config_set("replica-serve-stale-data", "no")
    with pytest.raises(LimiterUnavailable, match="starting or failing over"):
        await make(own_redis.url).acquire(demand())


async def test_a_user_who_may_not_do_it(make, own_redis):
    own_redis.start()
    own_redis.client.acl_setuser("one", enabled=True, nopass=True, commands=["-@all", "+ping", "+client"])
    with pytest.raises(LimiterUnavailable, match=r"let its user run EVALSHA"):
        await make(own_redis.url + "?username=one&password=any").acquire(demand())


async def test_a_user_who_may_not_subscribe(make, own_redis):
    own_redis.start()
    own_redis.client.acl_setuser(
        "one", enabled=True, nopass=True, categories=["+@all"], keys=["yamarket:*"], reset_channels=True
    )
    limiter = make(own_redis.url + "?username=one&password=any")
    await limiter.acquire(demand(max_parallel=1))
    with pytest.raises(LimiterUnavailable, match=r"let its user run .* SUBSCRIBE"):
        await limiter.acquire(demand(max_parallel=1))


@pytest.mark.parametrize(
    ("answer", "advice"),
    [
        (b"-LOADING Redis is loading the dataset in memory\r\n", "starting or failing over"),
        (b"-MOVED 3999 127.0.0.1:6381\r\n", "it is a node of a cluster: use cluster=True"),
        (b"-NOREPLICAS Not enough good replicas to write. script: on @user_script:1.\r\n", "too few of its replicas"),
        (b"-MISCONF Errors writing to the AOF file: No space left on device\r\n", "can't save its data to disk"),
        (b"-ERR something else\r\n", "check that it runs"),
    ],
)
async def test_other_answers(make, impostor, answer, advice):
    with pytest.raises(LimiterUnavailable, match=advice):
        await make(impostor(answer), protocol=2).acquire(demand())


async def test_a_mistake_in_the_options_reaches_the_caller(make):
    with pytest.raises(TypeError, match="colour"):
        await make("redis://127.0.0.1:1", colour="red").acquire(demand())


async def test_a_redis_that_swallows_everything_holds_no_call_up_for_long(make, impostor):
    began = time.monotonic()
    with pytest.raises(LimiterUnavailable, match="does not answer in time"):
        await make(impostor(), socket_timeout=0.1).acquire(demand())
    assert time.monotonic() - began < SOON


async def test_what_describes_the_limits_says_it_too():
    with pytest.raises(LimiterUnavailable, match="check that it runs"):
        await describe("redis://127.0.0.1:1")


async def test_what_describes_the_limits_leaves_none_out_because_of_what_concerns_all(make, own_redis):
    own_redis.start()
    limiter = make(own_redis.url)
    limiter.release(await limiter.acquire(demand()), UNSENT)
    own_redis.client.acl_setuser("one", enabled=True, nopass=True, commands=["+@all", "-evalsha"], keys=["*"])
    with pytest.raises(LimiterUnavailable, match="let its user run EVALSHA"):
        await describe(own_redis.url + "?username=one&password=any")


# -- in the middle -----------------------------------------------------------------------------------------------------


async def test_calls_that_wait_are_told_when_redis_goes_away(make, own_redis):
    own_redis.start()
    limiter = make(own_redis.url)
    await limiter.acquire(demand(max_parallel=1))
    waiting = asyncio.ensure_future(limiter.acquire(demand(max_parallel=1)))
    await until(own_redis.client.pubsub_channels)
    own_redis.stop()
    with pytest.raises(LimiterUnavailable):
        await asyncio.wait_for(waiting, SOON)


async def test_a_redis_that_is_started_anew_in_between_is_not_noticed(make, own_redis):
    own_redis.start()
    limiter = make(own_redis.url)
    limiter.release(await limiter.acquire(demand()), UNSENT)
    await limiter.acquire(demand())
    own_redis.stop()
    own_redis.start()
    limiter.release(await limiter.acquire(demand()), UNSENT)


async def test_a_subscription_that_is_lost_is_taken_out_anew(make, own_redis):
    own_redis.start()
    holder, waiter = make(own_redis.url), make(own_redis.url)
    lease = await holder.acquire(demand(max_parallel=1))
    waiting = asyncio.ensure_future(waiter.acquire(demand(max_parallel=1)))
    await until(own_redis.client.pubsub_channels)
    own_redis.client.client_kill_filter(_type="pubsub")
    await until(own_redis.client.pubsub_channels)
    holder.release(lease, UNSENT)
    await asyncio.wait_for(waiting, SOON)


async def test_what_could_not_be_given_back_is_given_back_later(make, own_redis):
    own_redis.start()
    limiter = make(own_redis.url)
    lease = await limiter.acquire(demand())
    own_redis.client.replicaof("127.0.0.1", 1)
    limiter.release(lease, UNSENT)
    with pytest.raises(LimiterUnavailable):
        await limiter.acquire(demand())
    assert held_in(own_redis) == 1
    own_redis.client.replicaof("NO", "ONE")
    await until(lambda: held_in(own_redis) == 0)


async def test_closing_does_not_wait_for_a_redis_that_hangs(make, own_redis):
    own_redis.start()
    limiter = make(own_redis.url, socket_timeout=30)
    lease = await limiter.acquire(demand())
    os.kill(own_redis.pid, signal.SIGSTOP)
    limiter.release(lease, UNSENT)
    await asyncio.wait_for(limiter.aclose(), SOON)
    os.kill(own_redis.pid, signal.SIGCONT)


# -- going on without it -----------------------------------------------------------------------------------------------


async def test_each_worker_goes_on_alone_says_so_once_and_returns(make, own_redis, caplog):
    caplog.set_level(logging.INFO, "yamarket_async.limits")
    limiter = make(own_redis.url, on_unavailable="local")
    alone = await limiter.acquire(demand())
    second = asyncio.ensure_future(limiter.acquire(demand()))
    await asyncio.sleep(0.2)
    assert not second.done()  # one request at once, since others do the same
    [state] = limiter.states()
    assert state.amount == 1_000
    [warning] = caplog.messages
    assert "until it is back this process keeps the limits by itself" in warning

    own_redis.start()
    await until(lambda: "keeps the limits again" in caplog.text)
    lease = await limiter.acquire(demand())
    assert held_in(own_redis) == 1
    limiter.release(alone, UNSENT)
    limiter.release(await second, UNSENT)
    limiter.release(lease, UNSENT)
    await until(lambda: held_in(own_redis) == 0)
    assert len(caplog.messages) == 2


async def test_calls_that_wait_go_on_alone_too(make, own_redis, caplog):
    own_redis.start()
    limiter = make(own_redis.url, on_unavailable="local")
    lease = await limiter.acquire(demand(max_parallel=1))
    waiting = asyncio.ensure_future(limiter.acquire(demand(max_parallel=1)))
    await until(own_redis.client.pubsub_channels)
    own_redis.stop()
    alone = await asyncio.wait_for(waiting, SOON)
    limiter.release(alone, UNSENT)
    limiter.release(lease, UNSENT)
    await asyncio.sleep(0.2)
    assert len(caplog.messages) == 1


@pytest.mark.parametrize("max_wait", [None, 30])
async def test_a_wait_that_was_told_of_is_not_told_of_again(make, own_redis, max_wait):
    own_redis.start()
    limiter = make(own_redis.url, on_unavailable="local")
    limiter.release(await limiter.acquire(demand()), exhausted(ends_in=20))
    told = []
    waiting = asyncio.ensure_future(limiter.acquire(demand(), max_wait=max_wait, on_wait=told.append))
    await until(lambda: told)
    own_redis.stop()
    await asyncio.wait_for(waiting, SOON)
    assert len(told) == 1


async def test_a_redis_that_stays_full_is_not_returned_to(make, own_redis, caplog):
    own_redis.start()
    own_redis.client.config_set("maxmemory", 1)
    limiter = make(own_redis.url, on_unavailable="local")
    limiter.release(await limiter.acquire(demand()), exhausted(ends_in=20))
    await asyncio.sleep(0.2)
    with pytest.raises(QuotaExceeded):
        await limiter.acquire(demand(), max_wait=1)
    assert len(caplog.messages) == 1


async def test_a_redis_that_cannot_be_heard_is_not_returned_to(make, own_redis, caplog):
    own_redis.start()
    own_redis.client.acl_setuser(
        "one", enabled=True, nopass=True, categories=["+@all"], keys=["yamarket:*"], reset_channels=True
    )
    limiter = make(own_redis.url + "?username=one&password=any", on_unavailable="local")
    lease = await limiter.acquire(demand(max_parallel=1))
    alone = await asyncio.wait_for(limiter.acquire(demand(max_parallel=1)), SOON)
    await asyncio.sleep(0.3)
    assert len(caplog.messages) == 1
    limiter.release(alone, UNSENT)
    limiter.release(lease, UNSENT)

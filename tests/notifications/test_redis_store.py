"""`RedisStore`: what was seen, for many processes, in a real Redis."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable

import pytest
import redis
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from yamarket_async import notifications
from yamarket_async.errors import InvalidRequest


@pytest.fixture
def prefix() -> str:
    return uuid.uuid4().hex


@pytest.fixture
async def store(redis_url: str, prefix: str) -> AsyncIterator[Callable[..., "notifications.RedisStore"]]:
    """Make stores, each with connections of its own, as in a process of its own."""
    stores = []

    def make(**settings):
        stores.append(notifications.RedisStore.from_url(redis_url, **{"prefix": prefix, **settings}))
        return stores[-1]

    yield make
    for one in stores:
        await one.aclose()


async def test_what_one_process_saw_another_has_seen(store, body):
    got = []
    for _ in range(2):
        receiver = notifications.Receiver(notifications.Deduplicated(store())(got.append))
        for number in range(3):
            assert (await receiver.receive(body("CHAT_CREATED", chatId=number))).status == 200
    assert [one.chat_id for one in got] == [0, 1, 2]


async def test_many_processes_that_get_one_at_once_call_back_once(store, body):
    got = []

    async def work(notification):
        await asyncio.sleep(0.02)
        got.append(notification)

    receivers = [notifications.Receiver(notifications.Deduplicated(store(), poll=0.005)(work)) for _ in range(4)]
    answers = await asyncio.gather(*(receiver.receive(body("CHAT_CREATED")) for receiver in receivers * 3))
    assert {answer.status for answer in answers} == {200}
    assert len(got) == 1


async def test_a_claim_is_confirmed_or_released(store):
    here, there = store(), store()
    assert await here.claim("a") == "new"
    assert await there.claim("a") == "busy"
    await here.release("a")
    assert await there.claim("a") == "new"
    await there.confirm("a")
    assert await here.claim("a") == "seen"


async def test_a_claim_of_a_process_that_died_is_free_when_its_lease_ends(store):
    here, there = store(lease=0.05), store()
    assert await here.claim("a") == "new"
    async with asyncio.timeout(5):
        while await there.claim("a") == "busy":
            await asyncio.sleep(0.01)
    await here.release("a")  # the other has it now
    assert await store().claim("a") == "busy"


async def test_what_was_seen_is_kept_as_long_as_told(store, redis_url, prefix):
    one = store(keep=100, lease=10)
    with redis.Redis.from_url(redis_url) as client:
        await one.claim("a")
        assert 9_000 < client.pttl(f"{prefix}:notification:a") <= 10_000
        await one.confirm("a")
        assert 90_000 < client.pttl(f"{prefix}:notification:a") <= 100_000


async def test_other_prefixes_see_for_themselves(store):
    await store().confirm("a")
    assert await store(prefix="other" + uuid.uuid4().hex).claim("a") == "new"


async def test_a_client_that_decodes_answers_will_do(redis_url, prefix):
    one = notifications.RedisStore.from_url(redis_url, prefix=prefix, decode_responses=True)
    assert [await one.claim("a"), await one.claim("a")] == ["new", "busy"]
    await one.confirm("a")
    assert await one.claim("a") == "seen"
    await one.aclose()


async def test_a_claim_whose_answer_was_lost_is_still_its_own(redis_url, prefix):
    class Forgetful(Redis):
        async def set(self, *args, **options):
            await super().set(*args, **options)
            return await super().set(*args, **options)  # what redis-py does when the connection breaks

    one = notifications.RedisStore(Forgetful.from_url(redis_url), prefix=prefix)
    assert await one.claim("a") == "new"
    await one.aclose()


async def test_a_claim_that_ended_between_two_looks_is_asked_for_again(redis_url, prefix):
    class Late(Redis):
        async def get(self, name):
            return None

    one = notifications.RedisStore(Late.from_url(redis_url), prefix=prefix)
    assert [await one.claim("a"), await one.claim("a")] == ["new", "busy"]
    await one.aclose()


async def test_a_cluster_will_do(redis_cluster, body):
    got = []
    store = notifications.RedisStore.from_url(redis_cluster.url, cluster=True)
    once = notifications.Deduplicated(store)(got.append)
    for number in [*range(20), *range(20)]:
        await once(notifications.decode(body("CHAT_CREATED", chatId=number)))
    assert [one.chat_id for one in got] == list(range(20))
    assert await store.claim("a") == "new"
    await store.release("a")
    assert await store.claim("a") == "new"
    await store.aclose()


async def test_no_message_shows_the_password():
    one = notifications.RedisStore.from_url("redis://user:secret@127.0.0.1:1/0")
    with pytest.raises(notifications.StoreUnavailable) as caught:
        await one.claim("a")
    assert str(caught.value).startswith("Redis at 127.0.0.1:1 can't tell")
    assert "secret" not in str(caught.value)
    await one.aclose()


@pytest.mark.parametrize("ask", ["claim", "confirm", "release"])
async def test_where_redis_is_away_the_error_says_what_to_do(tmp_path, ask):
    one = notifications.RedisStore.from_url(f"unix://{tmp_path}/nobody.sock")
    with pytest.raises(notifications.StoreUnavailable) as caught:
        await getattr(one, ask)("a")
    assert str(caught.value).startswith(f"Redis at {tmp_path}/nobody.sock can't tell which notifications were seen (")
    assert "check that it runs, that the URL is right" in str(caught.value)
    assert isinstance(caught.value.__cause__, RedisConnectionError)
    await one.aclose()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"keep": 0}, "keep=0: must be a number of seconds, 0.001 or more"),
        ({"lease": float("inf")}, "lease=inf: must be"),
        ({"prefix": ""}, "prefix='': must be a string that is not empty"),
    ],
)
async def test_settings_that_make_no_sense_are_an_error(settings, said):
    with pytest.raises(InvalidRequest, match=said):
        notifications.RedisStore.from_url("redis://localhost", **settings)
    with pytest.raises(ValueError, match="scheme"):
        notifications.RedisStore.from_url("http://localhost")

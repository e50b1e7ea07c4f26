"""`Deduplicated`: each notification once, and none lost. In virtual time, in memory."""

import asyncio

import pytest

from yamarket_async import notifications
from yamarket_async.errors import InvalidRequest, MarketError

pytestmark = pytest.mark.looptime(resolution=1e-9)


def now() -> float:
    return asyncio.get_running_loop().time()


@pytest.fixture
def decoded(body):
    return lambda kind, **changes: notifications.decode(body(kind, **changes))


class Away:
    """A store that can't be reached from some moment on."""

    def __init__(self, *reachable):
        self.reachable = reachable
        self.store = notifications.MemoryStore()

    def __getattr__(self, name):
        async def ask(key):
            if name not in self.reachable:
                raise notifications.StoreUnavailable("it is away")
            return await getattr(self.store, name)(key)

        return ask


async def test_a_repeat_is_dropped(decoded, kind):
    got = []
    once = notifications.Deduplicated()(got.append)
    await once(decoded(kind))
    await once(decoded(kind))
    assert len(got) == (2 if kind == "PING" else 1)


async def test_a_repeat_of_an_unknown_type_is_dropped(decoded):
    got = []
    once = notifications.Deduplicated(notifications.MemoryStore())(got.append)
    for dog in (1, 1, 2):
        await once(decoded("PARCEL_EATEN_BY_DOG", dogId=dog))
    assert len(got) == 2


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("ORDER_CREATED", {"orderId": 1}),
        ("ORDER_CREATED", {"campaignId": 1}),
        ("ORDER_CREATED", {"createdAt": "2026-11-24T10:00:00.214Z"}),
        ("ORDER_STATUS_UPDATED", {"status": "CANCELLED"}),
        ("ORDER_STATUS_UPDATED", {"substatus": "COURIER_SEARCH"}),
        ("ORDER_UPDATED", {"updateType": "DELIVERY_DATE_UPDATED"}),
        ("ORDER_RETURN_STATUS_UPDATED", {"statuses": {"refundStatus": "REFUNDED"}}),
        ("ORDER_LINE_SERVICE_STATUS_UPDATED", {"serviceArticle": "other"}),
        ("CHAT_MESSAGE_SENT", {"messageId": "m-7"}),
        ("CHAT_CREATED", {"notificationType": "QUESTION_CREATED", "questionId": 5}),
    ],
)
def test_another_event_has_another_key(decoded, kind, changes):
    assert notifications.key_of(decoded(kind)) != notifications.key_of(decoded(kind, **changes))


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("ORDER_CREATED", {"createdAt": "2026-11-24T13:00:00.213+03:00"}),
        ("ORDER_CREATED", {"items": [], "orderLineServices": None}),
        ("ORDER_CREATED", {"novelty": 1}),
        ("GOODS_FEEDBACK_CREATED", {"publishedAt": "2026-11-25T10:00:00Z"}),
    ],
)
def test_the_same_event_has_the_same_key(decoded, kind, changes):
    assert notifications.key_of(decoded(kind)) == notifications.key_of(decoded(kind, **changes))


def test_a_key_is_short_whatever_was_sent(decoded):
    assert len(notifications.key_of(decoded("CHAT_MESSAGE_SENT", messageId="m" * 100_000))) < 60
    assert len(notifications.key_of(decoded("X" * 100_000))) < 140


async def test_what_failed_is_taken_again(decoded):
    outcomes = [RuntimeError("no"), None]

    async def work(_notification):
        outcome = outcomes.pop(0)
        if outcome:
            raise outcome

    once = notifications.Deduplicated()(work)
    with pytest.raises(RuntimeError):
        await once(decoded("CHAT_CREATED"))
    await once(decoded("CHAT_CREATED"))
    await once(decoded("CHAT_CREATED"))
    assert outcomes == []


async def test_what_was_cancelled_is_taken_again(body):
    calls = []

    async def work(notification):
        calls.append(notification)
        if len(calls) == 1:
            await asyncio.sleep(3600)

    receiver = notifications.Receiver(notifications.Deduplicated()(work))
    assert [(await receiver.receive(body("CHAT_CREATED"))).status for _ in range(3)] == [500, 200, 200]
    assert len(calls) == 2


async def test_one_that_comes_meanwhile_waits_for_the_outcome(decoded):
    calls = []

    async def work(notification):
        calls.append(notification)
        await asyncio.sleep(1)

    once = notifications.Deduplicated()(work)
    await asyncio.gather(*(once(decoded("CHAT_CREATED")) for _ in range(3)))
    assert len(calls) == 1
    assert now() == pytest.approx(1, abs=0.2)


async def test_one_that_comes_meanwhile_is_taken_where_the_first_fails(decoded):
    calls = []

    async def work(notification):
        calls.append(notification)
        await asyncio.sleep(1)
        if len(calls) == 1:
            raise RuntimeError("no")

    once = notifications.Deduplicated()(work)
    outcomes = await asyncio.gather(*(once(decoded("CHAT_CREATED")) for _ in range(3)), return_exceptions=True)
    assert [repr(outcome) for outcome in outcomes] == ["RuntimeError('no')", "None", "None"]
    assert len(calls) == 2


async def test_callbacks_that_one_wraps_share_what_was_seen(decoded):
    got = []
    deduplicated = notifications.Deduplicated()
    await deduplicated(got.append)(decoded("CHAT_CREATED"))
    await deduplicated(got.append)(decoded("CHAT_CREATED"))
    assert len(got) == 1


async def test_a_decorated_callback_keeps_its_name():
    @notifications.Deduplicated()
    async def on_notification(notification: notifications.Notification) -> None:
        """What it does."""

    assert (on_notification.__name__, on_notification.__doc__) == ("on_notification", "What it does.")


async def test_the_memory_is_bounded_and_forgets_the_oldest(decoded):
    got = []
    store = notifications.MemoryStore(max_size=3)
    once = notifications.Deduplicated(store)(got.append)
    for number in (1, 2, 3, 4, 4, 2, 1):
        await once(decoded("CHAT_CREATED", chatId=number))
    assert [one.chat_id for one in got] == [1, 2, 3, 4, 1]
    assert len(store) == 3


async def test_where_the_store_is_away_nothing_is_done_and_the_market_repeats(body):
    got = []
    receiver = notifications.Receiver(notifications.Deduplicated(Away())(got.append))
    assert (await receiver.receive(body("CHAT_CREATED"))).status == 500
    assert got == []
    assert issubclass(notifications.StoreUnavailable, MarketError)


async def test_where_the_store_is_away_the_work_can_be_done_at_the_risk_of_twice(body, caplog):
    got = []
    receiver = notifications.Receiver(notifications.Deduplicated(Away(), on_unavailable="process")(got.append))
    assert [(await receiver.receive(body("CHAT_CREATED"))).status for _ in range(2)] == [200, 200]
    assert len(got) == 2
    assert "taking a notification that may have been seen: it is away" in caplog.text


async def test_where_the_store_goes_away_meanwhile_what_was_done_is_done(decoded, caplog):
    await notifications.Deduplicated(Away("claim"))(print)(decoded("CHAT_CREATED"))
    assert "a notification may come to the callback twice: it is away" in caplog.text


async def test_where_the_store_goes_away_meanwhile_the_callbacks_error_is_what_is_raised(decoded):
    async def fail(_notification):
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        await notifications.Deduplicated(Away("claim"))(fail)(decoded("CHAT_CREATED"))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: notifications.MemoryStore(0), "max_size=0: must be a whole number"),
        (lambda: notifications.MemoryStore(True), "max_size=True"),
        (lambda: notifications.MemoryStore(1.5), "max_size=1.5"),
        (lambda: notifications.Deduplicated(on_unavailable="wait"), "on_unavailable='wait': must be"),
        (lambda: notifications.Deduplicated(poll=0), "poll=0: must be a number of seconds above 0"),
    ],
)
async def test_settings_that_make_no_sense_are_an_error(make, said):
    with pytest.raises(InvalidRequest, match=said):
        make()

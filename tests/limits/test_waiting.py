"""The waiting room that every limiter uses, with somebody who grants by hand."""

import asyncio

import pytest

from yamarket_async.errors import LimiterUnavailable, QuotaExceeded
from yamarket_async.limits import Demand, Entity, Limit, LimitState
from yamarket_async.limits.waiting import Line, Waiter

pytestmark = pytest.mark.looptime(resolution=1e-9)

STORE = Entity("campaign", 1)


def now():
    return asyncio.get_running_loop().time()


class LineByHand(Line[str]):
    """A line whose limit opens at a moment that the test sets."""

    def __init__(self):
        super().__init__("getCampaignOffers", STORE)
        self.opens = 0.0
        self.served = 0
        self.given_back = []

    def delay(self, waiter, now):
        return self.opens - now

    def state(self):
        return LimitState(self.endpoint, self.entity, 1_000, 0, None)

    def serve(self):
        self.served += 1

    def give_back(self, grant):
        self.given_back.append(grant)

    def grant(self, what):
        waiter = self.waiters[0]
        self.dequeue(waiter)
        waiter.grant = what
        waiter.wake()
        return waiter


def demand(items=100):
    return Demand("getCampaignOffers", STORE, Limit(1_000, 60.0, "response_items"), items, 4)


@pytest.fixture
def line():
    return LineByHand()


async def join(line, items=100, number=1, **options):
    call = asyncio.ensure_future(line.join(Waiter(demand(items), number, **options)))
    await asyncio.sleep(0)
    return call


async def test_a_call_waits_until_it_is_granted(line):
    call = await join(line)
    assert line.served == 1
    line.grant("lease")
    assert await call == "lease"
    assert not line.waiters
    assert line.items == 0


async def test_each_knows_what_is_ahead_of_it(line):
    calls = [await join(line, items) for items in (100, 20, 3)]
    assert line.items == 123
    assert [line.ahead_of(waiter) for waiter in line.waiters] == [(0, 0), (100, 1), (120, 2)]
    for call in calls:
        call.cancel()
    await asyncio.gather(*calls, return_exceptions=True)
    assert line.items == 0


async def test_who_is_cancelled_makes_room_for_the_next(line):
    call = await join(line)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert line.served == 2
    assert not line.waiters


async def test_who_is_cancelled_in_the_moment_of_the_grant_gives_it_back(line):
    call = await join(line)
    line.grant("lease")
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert line.given_back == ["lease"]


async def test_who_waits_in_vain_is_told_why(line):
    call = await join(line)
    line.waiters[0].failure = LimiterUnavailable("Redis is away")
    line.waiters[0].wake()
    with pytest.raises(LimiterUnavailable, match="Redis is away"):
        await call
    assert not line.waiters


async def test_waiting_for_the_limit_is_told_once_and_counted(line):
    told = []
    line.opens = 10.0
    call = await join(line, on_wait=told.append)
    [waiter] = line.waiters
    await asyncio.sleep(4)
    waiter.wake()
    await asyncio.sleep(20)
    line.grant("lease")
    await call
    assert waiter.waited == pytest.approx(10)
    assert [(wait.endpoint, wait.entity, round(wait.seconds)) for wait in told] == [("getCampaignOffers", STORE, 10)]


async def test_a_limit_that_opens_too_late_is_refused_at_once(line):
    line.opens = 10.0
    with pytest.raises(QuotaExceeded) as refused:
        await line.join(Waiter(demand(), 1, max_wait=9.0))
    assert refused.value.retry_after == 10
    assert now() == 0
    assert not line.waiters


async def test_a_limit_that_turns_out_to_open_too_late_is_refused_when_the_patience_ends(line):
    line.opens = 5.0
    call = await join(line, max_wait=6.0)
    line.opens = 100.0  # nobody has told it
    with pytest.raises(QuotaExceeded):
        await call
    assert now() == pytest.approx(6, abs=0.001)


async def test_only_who_knows_of_a_shorter_wait_has_to_be_woken(line):
    line.opens = 5.0
    patient, hurried = await join(line), await join(line, max_wait=60.0)
    first, second = line.waiters
    assert not first.must_know(50.0, now())
    assert not second.must_know(5.0, now())
    assert second.must_know(50.0, now())
    assert not second.must_know(0.0, now())
    assert Waiter(demand(), 3).must_know(5.0, now())
    for call in (patient, hurried):
        call.cancel()
    await asyncio.gather(patient, hurried, return_exceptions=True)

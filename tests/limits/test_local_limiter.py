"""What the limiter of one process does over minutes and hours, in virtual time."""

import asyncio
import random
import time
from math import floor

import pytest

from yamarket_async.errors import QuotaExceeded
from yamarket_async.limits import Demand, Entity, Limit, LimitHeaders, Outcome
from yamarket_async.limits.local import LocalLimiter

# Steps of a microsecond, the default, would never reach a timer that is set less than half of one ahead.
pytestmark = pytest.mark.looptime(resolution=1e-9)

STORE = Entity("campaign", 1)
NOON = 43_200.0
ANSWERED = Outcome("answered")
UNSENT = Outcome("unsent")


def now():
    return asyncio.get_running_loop().time()


@pytest.fixture
async def limiter():
    limiter = LocalLimiter(jitter=lambda: 0.5)
    yield limiter
    await limiter.aclose()


def demand(cost=100, *, endpoint="getCampaignOffers", entity=STORE, amount=1_000, period=60.0, max_parallel=4):
    return Demand(endpoint, entity, Limit(amount, period, "response_items"), cost, max_parallel)


def told(remaining, until=60.0, amount=1_000, kind="answered"):
    """An answer of a server whose clock shows noon when the loop's shows 0, made exactly now."""
    return Outcome(kind, LimitHeaders(amount, remaining, NOON + until, NOON + now()))


async def tell(limiter, outcome, of=None):
    limiter.release(await limiter.acquire(of or demand(cost=1)), outcome)


async def show_clock(limiter):
    """Let the answers of a second tell where the clock stands."""
    begin = now()
    for step in range(10):
        await asyncio.sleep(begin + 1 + step / 10 - now())
        outcome = Outcome("answered", LimitHeaders(10, 10, NOON + now() + 60, NOON + begin + 1))
        await tell(limiter, outcome, Demand("getRegions", STORE, None, 1, 4))


async def acquired_at(limiter, of=None, outcome=UNSENT, **options):
    limiter.release(await limiter.acquire(of or demand(), **options), outcome)
    return now()


async def test_a_key_without_refusals_starts_at_the_turn_without_jitter(limiter):
    await tell(limiter, told(0))
    assert await acquired_at(limiter) == pytest.approx(60, abs=0.01)


async def test_after_a_refusal_the_services_of_a_seller_come_back_a_little_apart(limiter):
    await tell(limiter, told(0, kind="exhausted"))
    assert await acquired_at(limiter) == pytest.approx(60.5, abs=0.01)


async def test_pauses_after_refusals_without_headers_grow_up_to_the_period(limiter):
    pauses = []
    for _ in range(9):
        began = now()
        await tell(limiter, Outcome("exhausted"), demand(cost=1))
        pauses.append(await acquired_at(limiter, demand(cost=1)) - began)
    assert pauses == pytest.approx([0.75, 1.5, 3, 6, 12, 24, 45, 45, 45], abs=0.01)
    await tell(limiter, told(900))
    began = now()
    await tell(limiter, Outcome("exhausted"))
    assert await acquired_at(limiter, demand(cost=1)) - began == pytest.approx(0.75, abs=0.01)


async def test_a_server_that_never_tells_is_asked_no_more_often_than_its_page_allows(limiter):
    sent = []

    async def call():
        for _ in range(10):
            lease = await limiter.acquire(demand())
            sent.append(now())
            await asyncio.sleep(0.1)
            limiter.release(lease, ANSWERED)

    await asyncio.gather(*(call() for _ in range(4)))
    assert sent[3] == 0
    assert max(sum(begin <= moment < begin + 60 for moment in sent) for begin in sent) <= 10
    assert sent[-1] <= 60 * 36 / 6 + 1


async def test_a_dearer_call_makes_the_bucket_count_fewer_calls(limiter):
    for _ in range(4):
        await tell(limiter, ANSWERED, demand(cost=1))
    await tell(limiter, ANSWERED, demand(cost=500))
    first = now()
    await tell(limiter, ANSWERED, demand(cost=1))
    assert first == pytest.approx(60, abs=0.01)
    assert now() == pytest.approx(120, abs=0.01)


async def test_a_dearer_call_behind_a_waiting_one_makes_both_wait_longer(limiter):
    await tell(limiter, ANSWERED, demand(cost=500))
    small = asyncio.ensure_future(acquired_at(limiter, demand(cost=500), ANSWERED))
    await asyncio.sleep(1)
    large = asyncio.ensure_future(acquired_at(limiter, demand(cost=1_000)))
    assert await small == pytest.approx(61, abs=0.01)
    assert await large == pytest.approx(121, abs=0.01)


async def test_what_a_cancelled_call_drew_from_the_bucket_is_there_for_the_next(limiter):
    await tell(limiter, ANSWERED, demand(cost=1_000))
    waiting = asyncio.ensure_future(limiter.acquire(demand()))
    await asyncio.sleep(1)
    waiting.cancel()
    await asyncio.sleep(70)
    assert await acquired_at(limiter, demand(cost=1_000), ANSWERED) == pytest.approx(71, abs=0.01)
    assert await acquired_at(limiter, demand(cost=1_000)) == pytest.approx(120, abs=0.01)


async def test_a_wait_for_the_bucket_can_be_too_long(limiter):
    await tell(limiter, ANSWERED, demand(cost=1_000))
    with pytest.raises(QuotaExceeded) as refused:
        await limiter.acquire(demand(), max_wait=10)
    assert refused.value.retry_after == pytest.approx(60)
    assert now() == 0


async def test_a_bucket_that_is_waited_for_is_let_go_at_the_end(limiter):
    await tell(limiter, ANSWERED, demand(cost=1_000))
    waiting = asyncio.ensure_future(limiter.acquire(demand()))
    await asyncio.sleep(1)
    waiting.cancel()
    await asyncio.sleep(0)
    await limiter.aclose()
    await asyncio.sleep(0)
    assert len(asyncio.all_tasks()) == 1


async def test_a_client_that_is_closed_leaves_the_calls_of_another_one_waiting(limiter):
    await tell(limiter, told(0, until=60))
    waiting = asyncio.ensure_future(limiter.acquire(demand()))
    behind_the_bucket = asyncio.ensure_future(limiter.acquire(demand("getHiddenOffers")))
    await asyncio.sleep(1)
    await limiter.aclose()
    await asyncio.wait([waiting, behind_the_bucket])
    assert now() == pytest.approx(60, abs=1.1)


async def salvo(limiter, requests=4):
    """Give the leases of as many requests as may go at once."""
    tasks = [asyncio.ensure_future(limiter.acquire(demand(cost=1))) for _ in range(requests)]
    await asyncio.sleep(0.01)
    granted = [task.result() for task in tasks if task.done()]
    for task in tasks:
        task.cancel()
    await asyncio.sleep(0)
    return granted


async def test_slots_come_back_one_by_one(limiter):
    await tell(limiter, told(1_000))
    for lease in await salvo(limiter):
        limiter.release(lease, Outcome("parallel", parallel=1))
    sizes = []
    for _ in range(5):
        leases = await salvo(limiter)
        sizes.append(len(leases))
        for lease in leases:
            limiter.release(lease, told(1_000, until=60 + now()))
        await asyncio.sleep(30)
    assert sizes == [1, 2, 3, 4, 4]


async def test_a_slot_that_nobody_has_tried_is_not_believed_in(limiter):
    await tell(limiter, told(1_000))
    for lease in await salvo(limiter):
        limiter.release(lease, Outcome("parallel", parallel=1))
    await asyncio.sleep(3_600)
    assert len(await salvo(limiter)) == 2


async def test_a_server_that_allows_two_is_asked_ever_more_seldom_whether_it_allows_more(limiter):
    refused_at, running = [], 0

    async def call():
        nonlocal running
        while now() < 900:
            lease = await limiter.acquire(demand(cost=1, amount=10**9))
            if running == 2:
                refused_at.append(now())
                limiter.release(lease, Outcome("parallel", parallel=2))
                continue
            running += 1
            await asyncio.sleep(0.5)
            running -= 1
            limiter.release(lease, told(10**9, now() + 60, 10**9))

    await asyncio.gather(*(call() for _ in range(4)))
    assert len([moment for moment in refused_at if moment > 1]) <= 6
    assert len([moment for moment in refused_at if moment > 450]) <= 1


async def test_a_refusal_that_own_requests_do_not_explain_takes_one_slot_and_a_growing_pause(limiter):
    moments = []
    for _ in range(8):
        began = now()
        await tell(limiter, Outcome("parallel", parallel=4), demand(cost=1, amount=10**9))
        moments.append(now() - began)
        await asyncio.sleep(0.01)
    assert moments[0] == 0
    assert moments[1:] == pytest.approx([0.065, 0.14, 0.29, 0.59, 1.19, 2.39, 3.74], abs=0.01)
    await tell(limiter, told(1_000))
    await tell(limiter, Outcome("parallel"))
    began = now()
    await tell(limiter, told(1_000))
    assert now() - began == pytest.approx(0.075, abs=0.01)


async def test_a_refused_salvo_lowers_the_slots_once(limiter):
    await tell(limiter, told(1_000))
    leases = [await limiter.acquire(demand(cost=1)) for _ in range(4)]
    await asyncio.sleep(0.1)
    for lease in leases:
        limiter.release(lease, Outcome("parallel"))
    await asyncio.sleep(1)
    tasks = [asyncio.ensure_future(limiter.acquire(demand(cost=1))) for _ in range(4)]
    await asyncio.sleep(0.1)
    assert [task.done() for task in tasks] == [True, True, True, False]
    tasks[-1].cancel()


async def test_calls_far_back_in_the_queue_learn_at_their_deadline_that_it_takes_longer(limiter):
    await tell(limiter, told(100, until=59))
    lease = await limiter.acquire(demand(cost=60, max_parallel=1))
    calls = [
        asyncio.ensure_future(limiter.acquire(demand(cost=cost, max_parallel=1), max_wait=max_wait))
        for cost, max_wait in ((60, None), (1, 70), (940, 70))
    ]
    await asyncio.sleep(1)
    limiter.release(lease, told(0, until=120, kind="exhausted"))
    with pytest.raises(QuotaExceeded):
        await calls[2]
    assert now() == pytest.approx(70, abs=0.01)
    assert not calls[1].done()
    for call in calls[:2]:
        call.cancel()


async def test_a_turn_makes_room_while_answers_are_still_out(limiter):
    await tell(limiter, told(100))
    await limiter.acquire(demand(cost=60))
    assert await acquired_at(limiter, demand(cost=60)) == pytest.approx(60, abs=0.01)


async def test_a_deadline_passes_without_harm_where_only_slots_are_in_the_way(limiter):
    await show_clock(limiter)
    await tell(limiter, told(0, until=30))
    other = await limiter.acquire(demand(endpoint="other", max_parallel=1))
    waiting = asyncio.ensure_future(acquired_at(limiter, demand(max_parallel=1), max_wait=30))
    await asyncio.sleep(100 - now())
    limiter.release(other, ANSWERED)
    assert await waiting == 100


async def test_a_lag_that_was_believed_by_mistake_is_forgotten_with_the_first_answer_of_a_window(limiter):
    await show_clock(limiter)
    other = demand(cost=1, entity=Entity("campaign", 2))
    await tell(limiter, told(0, until=60))
    await tell(limiter, told(900, until=60), other)
    await asyncio.sleep(62 - now())
    await tell(limiter, told(800, until=60), other)  # an answer with headers of the time before
    assert limiter._clock.lag > 1
    await asyncio.sleep(120.1 - now())
    await tell(limiter, told(990, until=180), other)
    assert limiter._clock.lag < 0.5


async def test_a_lease_tells_how_long_the_limit_has_held_it_up(limiter):
    lease = await limiter.acquire(demand())
    assert lease.waited == 0
    limiter.release(lease, told(0))
    lease = await limiter.acquire(demand())
    assert lease.waited == pytest.approx(60, abs=0.01)


async def test_waiting_for_a_slot_is_no_waiting_for_the_limit(limiter):
    await show_clock(limiter)
    await tell(limiter, told(0, until=30))
    began = now()
    other = await limiter.acquire(demand(endpoint="other", max_parallel=1))
    waiting = asyncio.ensure_future(limiter.acquire(demand(max_parallel=1), max_wait=30))
    await asyncio.sleep(100)
    limiter.release(other, ANSWERED)
    lease = await waiting
    assert lease.waited == pytest.approx(30 - began, abs=0.1)


async def test_each_wait_for_the_limit_counts_towards_max_wait(limiter):
    await tell(limiter, told(0, until=30))
    waits = []
    waiting = asyncio.ensure_future(limiter.acquire(demand(), max_wait=70, on_wait=waits.append))
    await asyncio.sleep(29)
    other = await limiter.acquire(demand(endpoint="b", max_parallel=1))
    for endpoint in ("c", "d", "e"):
        await limiter.acquire(demand(endpoint=endpoint))
    await asyncio.sleep(11)  # its window has turned, and the slots are taken
    assert not waiting.done()
    limit = limiter._limits["getCampaignOffers", STORE]
    limit.closed_until = now() + 41
    limiter.release(other, ANSWERED)
    with pytest.raises(QuotaExceeded) as refused:
        await waiting
    assert refused.value.retry_after == pytest.approx(41, abs=0.1)
    assert now() == 40
    assert len(waits) == 1


async def test_a_wait_that_grows_beyond_max_wait_ends_at_once(limiter):
    await tell(limiter, told(0, until=30))
    waiting = asyncio.ensure_future(limiter.acquire(demand(), max_wait=40))
    await asyncio.sleep(29)
    limit = limiter._limits["getCampaignOffers", STORE]
    limit.closed_until = now() + 20
    limit.serve()
    with pytest.raises(QuotaExceeded):
        await waiting
    assert now() == 29


async def test_the_last_requests_of_a_window_are_timed_where_more_waits_than_fits(limiter):
    await asyncio.sleep(10.3)
    await tell(limiter, told(300))
    first = await limiter.acquire(demand(max_parallel=1))
    second, third, fourth = (asyncio.ensure_future(limiter.acquire(demand(max_parallel=1))) for _ in range(3))
    await asyncio.sleep(0.01)
    limiter.release(first, told(200))
    await asyncio.sleep(0.01)
    assert not second.done()
    began = now()
    lease = await second
    assert 0 < now() - began < 1
    limiter.release(lease, told(100))
    lease = await third
    assert 0 < now() - began < 2
    limiter.release(lease, told(0))
    await fourth
    assert now() == pytest.approx(60, abs=1)


async def test_once_calls_have_waited_the_last_requests_of_short_windows_are_timed(limiter):
    short = demand(period=4.0)
    await tell(limiter, told(0, until=1.5), demand(cost=1, period=4.0))
    await acquired_at(limiter, short)
    await tell(limiter, told(300, until=5.5), short)
    began = now()
    assert await acquired_at(limiter, short) == began
    await tell(limiter, told(200, until=5.5), short)
    assert 0 < await acquired_at(limiter, short) - began < 1


async def test_nobody_is_held_back_who_sets_a_bound_to_waiting(limiter):
    await asyncio.sleep(10.3)
    await tell(limiter, told(100))
    first = asyncio.ensure_future(limiter.acquire(demand(cost=60), max_wait=100))
    second = asyncio.ensure_future(limiter.acquire(demand(cost=60), max_wait=100))
    await asyncio.sleep(0.001)
    assert first.done()
    assert not second.done()
    await second


async def test_nobody_is_held_back_when_the_window_may_turn_before(limiter):
    await tell(limiter, told(100, until=0.9))
    assert await acquired_at(limiter) == 0
    waiting = [asyncio.ensure_future(limiter.acquire(demand(cost=60))) for _ in range(2)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert waiting[0].done()
    await waiting[1]


async def test_one_call_costs_the_same_with_a_thousand_campaigns(limiter):
    async def seconds_for(campaigns):
        demands = [demand(entity=Entity("campaign", number)) for number in range(campaigns)]
        for each in demands:
            await tell(limiter, told(1_000, until=50), each)
        began = time.thread_time()
        for i in range(2_000):
            limiter.release(await limiter.acquire(demands[i % campaigns]), Outcome("unsent"))
        return time.thread_time() - began

    assert min([await seconds_for(1_000) for _ in range(2)]) < 5 * min([await seconds_for(1) for _ in range(3)])


async def test_a_thousand_calls_of_one_campaign_wait_without_slowing_each_other_down(limiter):
    async def work_of(count, moment):
        await tell(limiter, told(0, until=moment))
        calls = [asyncio.ensure_future(acquired_at(limiter, demand(cost=1))) for _ in range(count)]
        began = time.process_time()
        await asyncio.gather(*calls)
        assert now() == pytest.approx(moment, abs=0.01)
        return time.process_time() - began

    # Ten times as many are ten times the work, or a hundred times where each looks at all others.
    assert await work_of(1_000, 60) < 50 * await work_of(100, 120)


async def test_a_call_that_is_woken_for_nothing_goes_on_waiting_without_a_word(limiter):
    waits = []
    await tell(limiter, told(0))
    waiting = asyncio.ensure_future(acquired_at(limiter, max_wait=100, on_wait=waits.append))
    await asyncio.sleep(1)
    [line] = limiter._limits.values()
    line.waiters[0].wake()
    assert await waiting == pytest.approx(60, abs=0.01)
    assert len(waits) == 1


class Market:
    """A server that sometimes loses an answer, fails, or says nothing of the limit."""

    def __init__(self, draw, offset):
        self.draw = draw
        self.offset = offset
        self.ends = 0.0
        self.used = 0

    def answer(self, cost):
        at = now() + self.offset
        if at >= self.ends:
            self.ends = (at // 60 + 1) * 60
            self.used = 0
        headers = LimitHeaders(1_000, 1_000 - self.used, self.ends, float(floor(at)))
        mishap = self.draw.random()
        if mishap < 0.05:
            return Outcome("failed", headers)
        assert self.used + cost <= 1_000, "the server would have to refuse"
        self.used += cost
        if mishap < 0.15:
            return Outcome("lost" if mishap < 0.1 else "answered")
        return Outcome("answered", LimitHeaders(1_000, 1_000 - self.used, self.ends, float(floor(at))))


@pytest.mark.parametrize("seed", range(25))
def test_with_mishaps_nothing_is_overdrawn_or_leaked_and_nobody_waits_for_ever(benchmark, seed):
    # On the benchmark's loop: rounding errors of the bucket's level leave timers that looptime never reaches.
    benchmark.run_virtually(live_through_mishaps(random.Random(seed)))


async def live_through_mishaps(draw):
    limiter = LocalLimiter(jitter=draw.random)
    endpoints = ["a", "b"]
    markets = {endpoint: Market(draw, draw.uniform(1e6, 2e9)) for endpoint in endpoints}
    for market in markets.values():
        market.offset = markets["a"].offset

    async def call(endpoint):
        for _ in range(draw.randrange(1, 15)):
            cost = draw.choice([1, 50, 200, 400])
            max_wait = draw.choice([None, None, 0, 30])
            try:
                lease = await limiter.acquire(demand(cost, endpoint=endpoint), max_wait=max_wait)
            except QuotaExceeded:
                continue
            outcome = Outcome("lost")
            try:
                await asyncio.sleep(draw.uniform(0, 2))
                outcome = markets[endpoint].answer(draw.randint(0, cost))
                arrives = draw.uniform(0, 2)
                await asyncio.sleep(arrives)
            except asyncio.CancelledError:
                outcome = Outcome("lost")
                raise
            finally:
                limiter.release(lease, outcome)

    calls = [asyncio.ensure_future(call(draw.choice(endpoints))) for _ in range(12)]
    for victim in draw.sample(calls, 4):
        asyncio.get_running_loop().call_later(draw.uniform(0, 100), victim.cancel)
    done = await asyncio.wait_for(asyncio.gather(*calls, return_exceptions=True), 4 * 3600)
    assert [error for error in done if error and not isinstance(error, asyncio.CancelledError)] == []
    assert all(place.slots.busy == 0 and not place.lines for place in limiter._places.values())
    assert all(not line.window.in_flight and line.items == 0 for line in limiter._limits.values())
    await asyncio.sleep(200)
    assert await acquired_at(limiter, demand(1_000, endpoint="a"), max_wait=0)

"""What the script makes of what workers say, at moments of the test's choice."""

import itertools
import time

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yamarket_async.limits import Limit, LimitHeaders, Outcome
from yamarket_async.limits.redis.script import SCRIPT, Said, Waits, read_told

ENTITY = "yamarket:{campaign 1}"
METHOD = "getOffers"
FOREVER = 1e9
LEASE = 15.0
ANSWERED = Outcome("answered")

many_times = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


class Worker:
    """Says to the script what a process does."""

    seqs = itertools.count(1)

    def __init__(self, client, name="w", *, limit=None, lease=FOREVER, max_parallel=1_000):
        self.client = client
        self.name = name
        self.limit = limit
        self.lease = lease
        self.max_parallel = max_parallel
        self.numbers = itertools.count(1)
        self.waiting = {}
        self.held = {}
        self.told = None

    def wait(self, seconds):
        """Let time pass: the script takes up from where the clock of the entity stands."""
        place = msgspec.msgpack.decode(self.client.get(f"{ENTITY}:slots"), strict=False)
        place["ahead"] += seconds
        self.client.set(f"{ENTITY}:slots", msgspec.msgpack.encode(place))

    @property
    def now(self):
        return msgspec.msgpack.decode(self.client.get(f"{ENTITY}:slots"), strict=False)["seen"]

    def said(self, *releases, seq=None):
        calls = [(number, items, 0.0, self.max_parallel, 0, False) for number, items in self.waiting.items()]
        waits = {METHOD: Waits(self.limit, calls, len(calls), sum(self.waiting.values()))} if calls else {}
        holds = [(number, METHOD, items, self.max_parallel, 0) for number, items in self.held.items()]
        return Said(self.name, next(self.seqs) if seq is None else seq, self.lease, 0.0, holds, list(releases), waits)

    def run(self, said):
        self.told = read_told(self.client.eval(SCRIPT, 1, ENTITY, msgspec.msgpack.encode(said)))
        for number in self.told.granted:
            if number in self.waiting:
                self.held[number] = self.waiting.pop(number)
        return self.told

    def sync(self, *releases):
        return self.run(self.said(*releases))

    def acquire(self, items):
        """Ask for one call; gives its number if it was granted at once, else takes it back."""
        number = next(self.numbers)
        self.waiting[number] = items
        self.sync()
        if number in self.held:
            return number
        del self.waiting[number]
        self.sync()
        return None

    def release(self, number, outcome=ANSWERED):
        del self.held[number]
        return self.sync((number, outcome))


@pytest.fixture
def client(redis_server):
    return redis_server.client


def in_flight(client):
    return msgspec.msgpack.decode(client.get(f"{ENTITY}:window:{METHOD}"), strict=False)["window"]["in_flight"]


def test_what_a_worker_says_late_changes_nothing(client):
    worker = Worker(client)
    worker.waiting = {1: 10}
    late = worker.said()
    worker.waiting = {}
    worker.sync()
    assert worker.run(late).stale
    assert not client.exists(f"{ENTITY}:window:{METHOD}")


def test_a_grant_that_its_worker_never_heard_of_is_said_again(client):
    worker = Worker(client)
    worker.waiting = {1: 10}
    lost = worker.said()
    client.eval(SCRIPT, 1, ENTITY, msgspec.msgpack.encode(lost))
    assert worker.sync().granted == [1]
    assert len(in_flight(client)) == 1


def test_a_grant_that_nobody_waits_for_any_more_is_taken_back_unsent(client):
    worker = Worker(client, limit=Limit(100, 60, "response_items"))
    worker.waiting = {1: 100}
    client.eval(SCRIPT, 1, ENTITY, msgspec.msgpack.encode(worker.said()))
    worker.waiting = {2: 100}
    assert worker.sync().granted == [2]


def test_a_release_that_is_said_twice_counts_once(client):
    worker = Worker(client, limit=Limit(1_000, 60, "response_items"))
    number = worker.acquire(10)
    told = LimitHeaders(1_000, 990, 60.0, 30.0)
    worker.release(number, Outcome("answered", told))
    again = worker.sync((number, Outcome("answered", told)))
    assert not again.standings
    other = worker.acquire(10)
    assert worker.told.standings[METHOD].remaining == 980
    worker.release(other)


def test_a_worker_that_was_given_up_has_lost_what_it_held_and_takes_it_up_again(client):
    dead, alive = Worker(client, "dead", lease=LEASE, max_parallel=1), Worker(client, "alive", max_parallel=1)
    dead.acquire(10)
    alive.wait(LEASE + 1)
    number = alive.acquire(10)
    assert number
    dead.sync()
    assert len(in_flight(client)) == 2
    alive.release(number)
    assert alive.acquire(10) is None
    dead.release(1)
    assert alive.acquire(10)


def test_calls_of_other_workers_are_served_in_the_order_of_their_arrival(client):
    first, second, third = (Worker(client, name, max_parallel=1) for name in "abc")
    number = first.acquire(1)
    for worker in (second, third):
        worker.waiting = {1: 1}
        worker.sync()
    first.release(number)
    third.sync()
    assert not third.held
    second.sync()
    assert second.held
    second.release(1)
    third.sync()
    assert third.held


class Market:
    """A server that counts requests or items in windows of a minute, aligned to its own clock."""

    def __init__(self, worker, *, counts_requests):
        self.worker = worker
        self.counts_requests = counts_requests
        self.ends = 0.0
        self.used = 0
        self.refused = 0

    @property
    def amount(self):
        return 100 if self.counts_requests else 10_000

    @property
    def now(self):
        return self.worker.now - BEGUN + 60_000_000.0

    def answer(self, items):
        if self.now >= self.ends:
            self.ends, self.used = (self.now // 60 + 1) * 60, 0
        is_let_in = self.used < self.amount
        self.used += is_let_in * (1 if self.counts_requests else items)
        self.refused += not is_let_in
        headers = LimitHeaders(self.amount, max(0, self.amount - self.used), self.ends, float(int(self.now)))
        return Outcome("answered" if is_let_in else "exhausted", headers)

    def change(self):
        """Count the other way from the next window on."""
        self.worker.wait(60)
        self.worker.sync()
        self.counts_requests = not self.counts_requests


BEGUN = time.time()


def walk(workers, market, pages):
    """Fetch so many full pages, one after the other, by the workers in turn; gives the seconds that took."""
    began, fetched = market.now, 0
    while fetched < pages:
        worker = workers[fetched % len(workers)]
        number = worker.acquire(500)
        if number is None:
            worker.wait(0.5)
        else:
            outcome = market.answer(500)
            worker.release(number, outcome)
            fetched += outcome.kind == "answered"
    return market.now - began


@pytest.mark.parametrize("documented", [Limit(100, 60, "requests"), Limit(10_000, 60, "response_items")])
@pytest.mark.parametrize("counts_requests", [True, False])
def test_the_unit_is_learned_by_all_workers_and_again_when_it_changes(client, documented, counts_requests):
    workers = [Worker(client, name, limit=documented) for name in "ab"]
    workers[0].sync()
    market = Market(workers[0], counts_requests=counts_requests)
    first = walk(workers, market, 20)
    assert first < 130  # what is documented otherwise has one window shut that needn't be
    market.change()
    second = walk(workers, market, 100)
    windows = 100 / (100 if market.counts_requests else 20)
    assert second < (windows + 2) * 60
    assert market.refused == 0


@pytest.mark.parametrize("first", [0, 1])
def test_without_headers_figures_in_requests_and_in_items_hold_in_turns(client, first):
    by_requests = Worker(client, "requests", limit=Limit(10, 60, "requests"))
    by_items = Worker(client, "items", limit=Limit(1_000, 60, "response_items"))
    workers, sent = [by_requests, by_items], 0
    workers[first].sync()
    for number in range(40):
        worker = workers[(first + number) % 2]
        if (granted := worker.acquire(100)) is not None:
            worker.release(granted)
            sent += 1
    assert sent == 10
    by_items.wait(61)
    by_items.release(by_items.acquire(1_000))
    assert by_requests.acquire(1) is None


@many_times
@given(
    amount=st.sampled_from([100, 1_000]),
    unit=st.sampled_from(["response_items", "requests"]),
    story=st.lists(
        st.one_of(
            st.tuples(st.just("acquire"), st.integers(1, 120)),
            st.tuples(st.just("wait"), st.floats(0.01, 7)),
            st.tuples(st.just("release"), st.integers(0, 5)),
        ),
        min_size=1,
        max_size=60,
    ),
)
def test_without_headers_no_stretch_of_the_period_exceeds_the_amount(client, amount, unit, story):
    client.flushall()
    period = 10.0
    worker = Worker(client, limit=Limit(amount if unit != "requests" else amount // 50, period, unit))
    worker.sync()
    flights, counted = {}, []  # the Market may count a request at any moment between its grant and its release
    for what, detail in story:
        if what == "wait":
            worker.wait(detail)
        elif what == "acquire":
            if (number := worker.acquire(detail)) is not None:
                flights[number] = (1 if unit == "requests" else min(detail, amount), worker.now)
        elif flights:
            number = list(flights)[detail % len(flights)]
            cost, at = flights.pop(number)
            worker.release(number)
            counted.append((at, worker.now, cost))
    worker.sync()
    counted += [(at, worker.now, cost) for cost, at in flights.values()]
    for start in [moment for at, end, _ in counted for moment in (at, end)]:
        may_be_counted = [cost for at, end, cost in counted if at < start + period and end >= start]
        assert sum(may_be_counted) <= worker.limit.amount

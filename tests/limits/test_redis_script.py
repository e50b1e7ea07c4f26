"""The script against the arithmetic of one process: the same events must lead both to the same window."""

import itertools

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yamarket_async.limits import Limit, LimitHeaders, Outcome
from yamarket_async.limits.clock import ServerClock
from yamarket_async.limits.local import LONGEST_CROWDED_PAUSE
from yamarket_async.limits.redis import SCRIPT
from yamarket_async.limits.window import Window

ENTITY = "yamarket:{campaign 1}"
FOREVER = 1e9

several_times = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

costs = st.integers(1, 120)


class Worker:
    """Asks the script as a process does, at moments of the test's choice."""

    def __init__(self, client, limit):
        client.flushall()
        self._client = client
        self._script = client.register_script(SCRIPT)
        self._limit = limit
        self._numbers = itertools.count(1)
        self.now = 0.0
        self.told = {}

    def wait(self, seconds):
        """Let time pass: the script takes up from where the clock of the entity stands."""
        self._client.hincrbyfloat(ENTITY, "ahead", seconds)

    def ask(self, **ask):
        asker = {"worker": "w", "lease": FOREVER, "jitter": 0.0, "asks": [ask]}
        self.told = msgspec.json.decode(self._script(keys=[ENTITY], args=[msgspec.json.encode(asker)]))
        self.now = float(self._client.hget(ENTITY, "seen"))
        return self.told

    def acquire(self, cost, patience="some"):
        name = f"w-{next(self._numbers)} {cost} 1000 {patience} getOffers"
        limit = {"limit": self._limit} if self._limit else {}
        return name, name in self.ask(verb="acquire", name=name, **limit).get("granted", ())

    def release(self, name, outcome):
        return self.ask(verb="release", name=name, outcome=outcome)


class Mirror:
    """A worker, and beside it the objects of one process that live through the same."""

    def __init__(self, client, limit):
        self.worker = Worker(client, limit)
        self.clock = ServerClock()
        self.window = Window(limit)
        self.flights = []

    def acquire(self, cost):
        name, is_granted = self.worker.acquire(cost)
        now = self.worker.now
        server_now = self.clock.certain(now)
        if self.window.until is not None:
            assert is_granted == self.window.affordable(cost, server_now)
        if is_granted:
            self.flights.append((name, self.window.reserve(cost), now))
            return
        if self.window.until is not None:
            wait = self.window.wait(cost, server_now)
            expected = self.clock.when(server_now + wait) - now if wait > 0 else 0
            assert self.worker.told["waiting"][name] == pytest.approx(expected, abs=1e-5)
        self.worker.release(name, Outcome("unsent"))

    def release(self, index, kind, headers):
        if not self.flights:
            return
        name, number, at = self.flights.pop(index % len(self.flights))
        if headers is not None:
            amount, used, ends_in, offset = headers
            date = float(int(self.worker.now + offset))
            headers = LimitHeaders(amount, max(0, amount - used), date + ends_in + 0.25, date)
        elif kind == "exhausted":
            kind = "lost"  # a refusal that doesn't say until when makes a pause, which is not the window's
        outcome = Outcome(kind, headers)
        self.worker.release(name, outcome)
        now = self.worker.now
        self.window.turn(self.clock.certain(now))  # the script does so whenever it looks at a window
        if headers is not None:
            self.clock.tell(headers.date, at, now)
        self.window.settle(number, outcome, now=self.clock.certain(now), latest=self.clock.latest(now))
        if kind == "parallel":
            self.worker.wait(LONGEST_CROWDED_PAUSE)  # which is not the window's either

    def compare(self):
        if self.worker.told:
            told = self.worker.told["states"]["getOffers"]
            self.window.turn(self.clock.certain(self.worker.now))
            assert told.get("amount") == self.window.amount
            assert told.get("remaining") == self.window.remaining()
            assert told.get("ends") == (self.window.until and pytest.approx(self.window.until, abs=1e-3))


headers = st.tuples(
    st.sampled_from([50, 100, 400]),
    st.integers(0, 500),
    st.integers(0, 12),
    st.sampled_from([0.0, 0.0, 0.0, 3.3, -600.0]),
)
events = st.one_of(
    st.tuples(st.just("acquire"), costs),
    st.tuples(st.just("wait"), st.sampled_from([0.13, 1.7, 4.9, 31.0])),
    st.tuples(
        st.just("release"),
        st.integers(0, 5),
        st.sampled_from(["unsent", "answered", "failed", "lost", "exhausted", "parallel"]),
        st.none() | headers,
    ),
)


@several_times
@given(limit=st.sampled_from([None, Limit(100, 10), Limit(300, 3)]), story=st.lists(events, max_size=40))
def test_the_script_and_the_window_of_one_process_agree(redis_server, limit, story):
    mirror = Mirror(redis_server.client, limit)
    for what, *details in story:
        if what == "wait":
            mirror.worker.wait(*details)
        else:
            getattr(mirror, what)(*details)
            mirror.compare()


@several_times
@given(
    amount=st.sampled_from([100, 1_000]),
    story=st.lists(
        st.one_of(
            st.tuples(st.just("acquire"), costs),
            st.tuples(st.just("wait"), st.floats(0.01, 7)),
            st.tuples(st.just("release"), st.integers(0, 5)),
        ),
        max_size=60,
    ),
)
def test_without_headers_no_stretch_of_the_period_exceeds_the_amount(redis_server, amount, story):
    period = 10.0
    worker = Worker(redis_server.client, Limit(amount, period))
    flights, counted = [], []  # the Market may count a request at any moment between its grant and its release
    for what, *details in story:
        if what == "wait":
            worker.wait(*details)
        elif what == "acquire":
            name, is_granted = worker.acquire(*details)
            if is_granted:
                flights.append((name, min(*details, amount), worker.now))
            else:
                worker.release(name, Outcome("unsent"))
        elif flights:
            name, cost, at = flights.pop(details[0] % len(flights))
            worker.release(name, Outcome("answered"))
            counted.append((at, worker.now, cost))
    worker.ask(verb="look", names=[])
    counted += [(at, worker.now, cost) for _, cost, at in flights]
    for start in [moment for at, end, _ in counted for moment in (at, end)]:
        may_be_counted = [cost for at, end, cost in counted if at < start + period and end >= start]
        assert sum(may_be_counted) <= amount

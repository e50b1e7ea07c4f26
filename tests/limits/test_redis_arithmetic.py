"""The arithmetic in Lua against that of one process: after each event of a story both hold the same, field by field.

The stories come from a fixed seed, and each runs in one go.
"""

from math import inf

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yamarket_async.limits import Limit, LimitHeaders, Outcome
from yamarket_async.limits import window as window_module
from yamarket_async.limits.clock import ServerClock
from yamarket_async.limits.redis.script import ARITHMETIC
from yamarket_async.limits.slots import Slots
from yamarket_async.limits.window import MOST_UNTOLD, Window

START = 1_760_000_400.0
"""A moment at which windows of a minute and of an hour begin."""

many_times = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module", autouse=True)
def few_are_kept_one_by_one():
    """Let stories be long enough to see what happens where many requests end without telling."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(window_module, "MOST_UNTOLD", 3)
        yield


@pytest.fixture(scope="session")
def run(shared_redis):
    """Run a story in Lua: calls of the functions of a table, each followed by a copy of what they changed."""

    def run(table, new, story):
        text = f"""
            {ARITHMETIC.replace(f"MOST_UNTOLD = {MOST_UNTOLD}", "MOST_UNTOLD = 3")}
            local story, told = cmsgpack.unpack(ARGV[1]), {{}}
            local state = {new}
            for i, event in ipairs(story) do
              local answer = {{ {table}[event[1]](state, unpack(event[2])) }}
              told[i] = {{ answer = answer[1], state = cmsgpack.unpack(cmsgpack.pack(state)) }}
            end
            return cmsgpack.pack(told)
        """
        answer = shared_redis.client.eval(text, 0, msgspec.msgpack.encode(story))
        return msgspec.msgpack.decode(answer, strict=False)

    return run


def as_map(listed):
    """Undo what Lua does to a table whose keys are 1, 2, 3 …"""
    return dict(enumerate(listed, 1)) if isinstance(listed, list) else listed


class Story:
    """A window of one process, and what happened to it, as Lua can be told it."""

    def __init__(self, limit):
        self.window = Window.documented(limit)
        self.events = []
        self.expected = []
        self.now = START

    def happens(self, name, *arguments, answer=None):
        self.events.append((name, arguments))
        self.expected.append((answer, document(self.window)))

    def time(self, seconds):
        self.now += seconds
        self.window.turn(self.now)
        self.happens("turn", self.now)

    def reserve(self, cost):
        fits = self.window.affordable(cost, self.now)
        self.happens("affordable", cost, self.now, answer=fits)
        self.happens("wait", cost, self.now, answer=self.window.wait(cost, self.now))
        self.happens("remaining", answer=self.window.remaining())
        if fits:
            self.happens("reserve", cost, answer=self.window.reserve(cost))

    def settle(self, index, kind, headers, vague, jitter):
        if not self.window.in_flight:
            return
        number = list(self.window.in_flight)[index % len(self.window.in_flight)]
        if headers is not None:
            amount, used, ends_in, offset = headers
            if used < 0:  # as many as were asked for, in requests or in items
                used = self.window.used + (self.window.asked if used == -1 else self.window.asked_items)
            date = float(int(self.now + offset))
            until = (date // -ends_in + 1) * -ends_in if ends_in < -60 else date + ends_in
            headers = LimitHeaders(amount, max(0, amount - used), until, date)
        outcome, latest = Outcome(kind, headers), self.now + vague
        told = self.window.settle(number, outcome, now=self.now, latest=latest, jitter=jitter)
        self.happens("settle", number, outcome, self.now, latest, jitter, answer=told)


def document(state):
    """Give a state as Lua writes it down."""
    return msgspec.msgpack.decode(msgspec.msgpack.encode(state), strict=False)


costs = st.integers(1, 120)
headers = st.tuples(
    st.sampled_from([50, 100, 400]),
    st.integers(0, 500) | st.sampled_from([-1, -2]),
    st.integers(-3, 12) | st.sampled_from([60, 7_200, -120, -600]),  # those below -60: at the next multiple
    st.sampled_from([0.0, 0.0, 0.0, 3.3, -600.0]),
)
kinds = st.sampled_from(["unsent", "answered", "failed", "lost", "exhausted", "parallel"])
events = st.one_of(
    st.tuples(st.just("reserve"), costs),
    st.tuples(st.just("time"), st.sampled_from([0.13, 1.7, 4.9, 31.0, -2.5, -700.0])),
    st.tuples(
        st.just("settle"),
        st.integers(0, 5),
        kinds,
        st.none() | headers,
        st.sampled_from([0.0, 0.7, inf]),
        st.sampled_from([0.0, 0.4]),
    ),
)


@many_times
@given(
    limit=st.sampled_from(
        [
            None,
            Limit(100, 10),
            Limit(300, 3, "response_items"),
            Limit(100, 360, "request_items"),
            Limit(50, 10, "requests"),
            Limit(100, 60),
        ]
    ),
    story=st.lists(events, min_size=1, max_size=40),
)
def test_the_window_in_lua_is_that_of_one_process(run, limit, story):
    lived = Story(limit)
    for what, *details in story:
        getattr(lived, what)(*details)
    figures = f"{{ amount = {limit.amount}, period = {limit.period}, unit = '{limit.unit}' }}" if limit else ""
    new = f"Window.documented({figures})"
    for (answer, state), told in zip(lived.expected, run("Window", new, lived.events), strict=True):
        assert told.get("answer") == answer
        told["state"]["in_flight"] = as_map(told["state"]["in_flight"])
        assert told["state"] == state


moments = st.tuples(st.floats(0, 5), st.floats(0, 2), st.sampled_from([0.0, 0.0, 0.3, 7.0, -3.0]), st.floats(-1, 9))


@many_times
@given(answers=st.lists(moments, min_size=1, max_size=20))
def test_the_clock_in_lua_is_that_of_one_process(run, answers):
    clock, now, offset, story, expected = ServerClock(), 1_000.0, START, [], []

    def happens(name, *arguments, expecting):
        story.append((name, arguments))
        expected.append(expecting)

    for pause, round_trip, jump, ended in answers:
        sent, now = now + pause, now + pause + round_trip
        offset += jump
        date = float(int(sent + offset))
        happens("tell", date, sent, now, expecting=clock.tell(date, sent, now))
        happens("learn_lag", date - ended, sent, expecting=clock.learn_lag(date - ended, sent))
        if ended > 5:
            happens("trust_lag", date - ended, sent, expecting=clock.trust_lag(date - ended, sent))
        if ended < 1:
            happens("bound_lag", date - ended, now, expecting=clock.bound_lag(date - ended, now))
        happens("certain", now + 0.5, expecting=clock.certain(now + 0.5))
        happens("latest", now + 0.5, expecting=clock.latest(now + 0.5))
        happens("when", START + 5, expecting=clock.when(START + 5))
        happens("is_vague", now, 0.05, expecting=clock.is_vague(now, 0.05))
        happens("telling_moment", now, expecting=clock.telling_moment(now))
    told = run("Clock", "Clock.new()", story)
    assert [event.get("answer") for event in told] == expected
    assert told[-1]["state"] == {name: getattr(clock, name) for name in ServerClock.__slots__}


slot_events = st.one_of(
    st.tuples(st.just("time"), st.sampled_from([0.01, 0.4, 8.0, 40.0, 500.0, 4_000.0])),
    st.tuples(st.just("take"), st.sampled_from([2, 4, 12])),
    st.tuples(
        st.sampled_from(["refused", "answered", "unsent"]),
        st.integers(0, 11),
        st.none() | st.integers(0, 6),
        st.sampled_from([0.5, 0.8, 1.0]),
    ),
)


@many_times
@given(events=st.lists(slot_events, min_size=1, max_size=60))
def test_the_slots_in_lua_are_those_of_one_process(run, events):
    slots, now, taken, story, expected = Slots(), 100.0, [], [], []

    def happens(name, *arguments, expecting=None):
        story.append((name, arguments))
        expected.append((expecting, document(slots)))

    for what, first, *rest in events:
        if what == "time":
            now += first
        elif what == "take":
            has_room = slots.has_room(first, now)
            happens("has_room", first, now, expecting=has_room)
            if has_room:
                taken.append((tried := slots.take(), now, first))
                happens("take", expecting=tried)
        elif taken:
            tried, sent, most = taken.pop(first % len(taken))
            slots.busy -= 1
            happens("give_back")
            told, factor = rest
            if what == "refused":
                slots.refused(told, tried=tried, sent=sent, max_parallel=most, now=now, factor=factor)
                happens("refused", told if told is not None else False, tried, sent, most, now, factor)
            elif what == "answered":
                slots.answered(tried=tried, max_parallel=most, now=now)
                happens("answered", tried, most, now)
    for (answer, state), told in zip(expected, run("Slots", "Slots.new()", story), strict=True):
        assert told.get("answer") == answer
        assert told["state"] == state

"""How the answers narrow down where the server's clock stands."""

from math import floor, inf, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yamarket_async.limits.clock import DRIFT, FIRST_LAG, LONGEST_LAG, ServerClock

seconds = st.floats(0, 50)
shares = st.floats(0, 1)


def told_by(answers, offset):
    clock = ServerClock()
    now = 100.0
    for pause, way_there, way_back in answers:
        sent = now + pause
        made = sent + way_there
        now = made + way_back
        clock.tell(float(floor(made + offset)), sent, now)
    return clock, now


def test_before_any_answer_nothing_is_certain():
    clock = ServerClock()
    assert clock.certain(5.0) == -inf
    assert clock.latest(5.0) == inf
    assert clock.when(1e9) == inf


@given(st.lists(st.tuples(seconds, shares, shares), min_size=1), st.floats(-1e9, 2e9), seconds)
def test_what_is_certain_is_never_ahead_of_the_server_and_what_is_latest_never_behind(answers, offset, later):
    clock, now = told_by(answers, offset)
    now += later
    assert clock.certain(now) <= now + offset + 1e-5
    assert clock.latest(now) >= now + offset - 1e-5


@given(st.lists(st.tuples(seconds, shares, shares), min_size=1), st.floats(-1e9, 2e9), st.floats(0, 4000))
def test_a_moment_to_wait_for_is_the_one_at_which_it_is_certain(answers, offset, ahead):
    clock, now = told_by(answers, offset)
    moment = clock.certain(now) + ahead
    assert isclose(clock.certain(clock.when(moment)), moment, abs_tol=1e-5)


def test_answers_spread_over_a_second_leave_less_than_a_round_trip():
    clock, now = told_by([(0.013, 0.03, 0.05)] * 25, offset=1e9 + 0.4)
    assert now + 1e9 + 0.4 - clock.certain(now) < 0.08


def test_after_a_jump_of_the_server_the_newest_answer_is_right():
    clock, now = told_by([(0.0, 0.03, 0.05)] * 25, offset=1e9)
    clock.tell(now - 600 + 1e9, now, now + 0.1)
    assert now + 0.1 + 1e9 - 602 <= clock.certain(now + 0.1) <= now + 0.1 + 1e9 - 600


def test_without_answers_the_clocks_drift_apart():
    clock, now = told_by([(0.0, 0.03, 0.05)] * 25, offset=1e9)
    width = clock.latest(now) - clock.certain(now)
    assert clock.latest(now + 1000) - clock.certain(now + 1000) == pytest.approx(width + 2000 * DRIFT, abs=1e-5)


def test_answers_at_telling_moments_halve_the_vagueness():
    offset, way = 1e9 + 0.77, 0.01
    clock, now = told_by([(0.0, way, way)], offset)
    for answers in range(1, 5):
        assert clock.is_vague(now, 0.05)
        sent = clock.telling_moment(now)
        assert now <= sent <= now + 1
        now = sent + 2 * way
        clock.tell(float(floor(sent + way + offset)), sent, now)
        assert clock.high - clock.low <= 1 / 2**answers + 2 * way + 0.001
    clock.tell(float(floor(now + 0.2 + way + offset)), now + 0.2, now + 0.2 + 2 * way)
    assert not clock.is_vague(now + 0.2 + 2 * way, 0.1)


def test_a_clock_known_to_two_round_trips_is_not_vague():
    clock, now = told_by([(0.0, 0.6, 0.6)], offset=1e9)
    assert not clock.is_vague(now, 0.01)


def known_clock():
    """A clock whose `Date` shows 1e9 when the local one shows 0, known to a twentieth of a second."""
    clock, _ = told_by([(0.013, 0.01, 0.01)] * 60, offset=1e9)
    return clock


def test_a_window_that_should_have_been_over_shows_that_windows_turn_later_than_dates_say():
    clock = known_clock()
    sent = 200.0
    before = clock.certain(sent)
    assert clock.learn_lag(until=before - 0.01, sent=sent)
    assert clock.certain(sent) == pytest.approx(before - FIRST_LAG, abs=1e-6)
    assert clock.latest(sent) >= before
    assert clock.certain(clock.when(before)) == pytest.approx(before, abs=1e-6)


def test_by_how_much_is_learned_by_doubling():
    clock, sent = known_clock(), 200.0
    until = clock.certain(sent)
    lags = []
    while clock.learn_lag(until, sent):
        lags.append(clock.lag)
        sent = clock.when(until) + 1e-4
    assert lags == pytest.approx([0.25, 0.5, 1, 2, 4], abs=0.01)


def test_a_window_that_is_not_over_yet_shows_nothing():
    clock = known_clock()
    assert not clock.learn_lag(until=clock.certain(200.0) + 0.01, sent=200.0)
    assert clock.lag == 0


def test_the_request_that_found_the_next_window_shows_for_how_long_to_wait():
    clock = known_clock()
    start = clock.certain(200.0)
    clock.learn_lag(start, 200.0)
    clock.trust_lag(start, 201.0)
    assert clock.lag == pytest.approx(1, abs=0.01)
    clock.trust_lag(start, 200.1)
    assert clock.lag == pytest.approx(1, abs=0.01)
    clock.trust_lag(start, 300.0)
    assert clock.lag == LONGEST_LAG


def test_a_jump_of_the_clock_makes_it_forget_that():
    clock = known_clock()
    clock.learn_lag(clock.certain(200.0), 200.0)
    clock.tell(1e9 - 600, 201.0, 201.1)
    assert clock.lag == 0


def test_an_answer_of_a_window_that_has_just_begun_bounds_the_lag():
    clock = known_clock()
    start = clock.certain(200.0)
    for _ in range(4):
        clock.learn_lag(start, clock.when(start) + 0.01)
    assert clock.lag > 2
    clock.bound_lag(start, received=230.0)
    assert clock.lag > 2
    clock.bound_lag(start, received=200.5)
    assert clock.lag == pytest.approx(0.5, abs=0.1)
    clock.bound_lag(start + 60, received=200.5)
    assert clock.lag == 0

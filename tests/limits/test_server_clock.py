"""How the answers narrow down where the server's clock stands."""

from math import floor, inf, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yamarket_async.limits.clock import DRIFT, ServerClock

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

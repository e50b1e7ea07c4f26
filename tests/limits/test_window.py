"""The arithmetic of the window: behaviour by behaviour, then against a model of the server."""

from math import floor

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from yamarket_async.limits import Limit, LimitHeaders, Outcome
from yamarket_async.limits.window import MOST_UNTOLD, Window

MINUTE = Limit(1_000, 60.0, "response_items")
NOON = 43_200.0
UNTIL = NOON + 60
LOST = Outcome("lost")


def told(remaining, until=UNTIL, amount=1_000, kind="answered", date=NOON + 20):
    return Outcome(kind, LimitHeaders(amount, remaining, until, date))


def settle(window, number, outcome, now=NOON + 20.0, **others):
    return window.settle(number, outcome, now=now, latest=others.pop("latest", now), **others)


def window_with(remaining, limit=MINUTE):
    window = Window.documented(limit)
    settle(window, window.reserve(1), told(remaining))
    return window


def test_before_any_answer_the_window_holds_nothing_back():
    window = Window.documented(MINUTE)
    assert window.remaining() is None
    assert window.affordable(5_000, NOON)
    assert window.wait(5_000, NOON) == 0


def test_an_answer_tells_what_remains_and_until_when():
    window = window_with(remaining=700)
    assert (window.amount, window.remaining(), window.until) == (1_000, 700, UNTIL)
    assert window.affordable(700, NOON + 20)
    assert not window.affordable(701, NOON + 20)


def test_what_is_items_in_flight_counts_until_its_answer_tells_what_it_cost():
    window = window_with(remaining=700)
    number = window.reserve(500)
    assert window.remaining() == 200
    settle(window, number, told(690))
    assert window.remaining() == 690


def test_answers_out_of_order_never_raise_what_remains():
    window = window_with(remaining=700)
    first, second = window.reserve(100), window.reserve(100)
    settle(window, second, told(500))
    assert window.remaining() == 400
    settle(window, first, told(600))
    assert window.remaining() == 500


def test_other_services_of_the_seller_are_seen_in_the_next_answer():
    window = window_with(remaining=700)
    settle(window, window.reserve(100), told(50))
    assert window.remaining() == 50


def test_a_subscription_with_another_amount_holds_from_its_first_answer_on():
    window = window_with(remaining=700)
    first, second = window.reserve(100), window.reserve(100)
    settle(window, second, told(9_500, amount=10_000))
    settle(window, first, told(600))
    assert window.amount == 10_000
    assert window.remaining() == 9_500


def test_a_server_error_costs_nothing_and_its_headers_are_followed():
    window = window_with(remaining=700)
    settle(window, window.reserve(100), Outcome("failed"))
    assert window.remaining() == 700
    settle(window, window.reserve(100), told(650, kind="failed"))
    assert window.remaining() == 650


def test_a_request_that_was_never_sent_costs_nothing():
    window = window_with(remaining=700)
    settle(window, window.reserve(100), Outcome("unsent"))
    assert window.remaining() == 700


@pytest.mark.parametrize("outcome", [LOST, Outcome("answered"), Outcome("parallel", parallel=4)])
def test_what_ends_without_telling_counts_until_the_answer_to_a_later_request(outcome):
    window = window_with(remaining=700)
    earlier = window.reserve(10)
    settle(window, window.reserve(100), outcome)
    later = window.reserve(10)
    settle(window, earlier, told(690))
    assert window.remaining() == 690 - 100 - 10
    settle(window, later, told(680))
    assert window.remaining() == 680


def test_each_loss_is_told_by_the_first_request_sent_after_it():
    window = window_with(remaining=700)
    settle(window, window.reserve(100), LOST)
    between = window.reserve(10)
    settle(window, window.reserve(200), LOST)
    settle(window, between, told(690))
    assert window.remaining() == 490


def test_what_was_lost_before_the_first_headers_counts_if_they_may_not_tell_of_it():
    window = Window.documented(MINUTE)
    first, second = window.reserve(10), window.reserve(20)
    settle(window, second, LOST)
    settle(window, first, told(990))
    assert window.remaining() == 970


def test_what_was_lost_before_the_request_of_the_first_headers_is_told_by_them():
    window = Window.documented(MINUTE)
    settle(window, window.reserve(20), LOST)
    settle(window, window.reserve(10), told(970))
    assert window.remaining() == 970


def test_the_window_renews_itself_when_its_end_has_certainly_passed():
    window = window_with(remaining=0)
    assert not window.affordable(1, UNTIL - 0.001)
    assert window.affordable(1_000, UNTIL)
    assert window.until == UNTIL + 60


def test_after_a_long_pause_the_window_is_the_one_of_the_moment():
    window = window_with(remaining=0)
    window.turn(UNTIL + 3_600.5)
    assert window.until == UNTIL + 3_660


def test_an_answer_of_a_later_window_turns_this_one_at_once():
    window = window_with(remaining=0)
    number = window.reserve(100)
    settle(window, number, told(900, until=UNTIL + 60, date=UNTIL), now=UNTIL - 0.4)
    assert window.remaining() == 900
    assert window.until == UNTIL + 60


def test_a_request_items_in_flight_across_a_turn_counts_in_the_new_window_too():
    window = window_with(remaining=100)
    number = window.reserve(100)
    window.turn(UNTIL)
    assert window.remaining() == 900
    settle(window, number, told(0), now=UNTIL + 0.1)
    assert window.remaining() == 1_000
    assert window.until == UNTIL + 60


def test_a_loss_just_before_a_turn_counts_in_the_next_window_too_but_no_longer():
    window = window_with(remaining=700)
    settle(window, window.reserve(100), LOST, now=UNTIL - 0.3, latest=UNTIL + 0.2)
    window.turn(UNTIL)
    assert window.remaining() == 900
    window.turn(UNTIL + 60)
    assert window.remaining() == 1_000


def test_a_loss_that_was_certainly_in_the_old_window_is_forgotten_with_it():
    window = window_with(remaining=700)
    settle(window, window.reserve(100), LOST)
    window.turn(UNTIL)
    assert window.remaining() == 1_000


def test_windows_shorter_than_documented_are_followed():
    window = window_with(remaining=0)
    settle(window, window.reserve(1), told(600, until=UNTIL - 30))
    assert window.until == UNTIL - 30
    assert window.remaining() == 600


def test_a_window_whose_amount_was_lowered_below_what_is_used_is_over_with_its_end():
    window = window_with(remaining=0)
    settle(window, window.reserve(1), told(0, amount=10))
    assert window.wait(10, NOON + 20) == 40


def test_a_window_of_a_clock_that_was_put_back_is_waited_for_a_period_at_the_most():
    window = window_with(remaining=0)
    assert window.wait(1, NOON + 20 - 36_000) == 40
    assert window.remaining() == 0


def test_answers_to_requests_under_way_at_the_turn_count_where_windows_are_shorter_than_documented():
    window = window_with(remaining=1_000, limit=Limit(1_000, 3600.0, "response_items"))
    numbers = [window.reserve(300) for _ in range(3)]
    window.turn(UNTIL)  # reckoned to end in an hour, and in truth in a minute
    for number, remaining in zip(numbers, (700, 400, 100), strict=True):
        settle(window, number, told(remaining, until=UNTIL + 60, date=UNTIL), now=UNTIL + 1)
    assert (window.until, window.remaining()) == (UNTIL + 60, 100)
    assert not window.affordable(300, UNTIL + 1)


def test_an_answer_of_the_window_before_is_old_where_windows_are_shorter_than_documented():
    window = window_with(remaining=1_000, limit=Limit(1_000, 3600.0, "response_items"))
    number = window.reserve(300)
    window.turn(UNTIL)
    settle(window, number, told(700), now=UNTIL + 1)
    assert window.remaining() == 1_000


def test_a_closure_beyond_the_period_holds_as_long_as_it_was_told():
    window = window_with(remaining=700)
    settle(window, window.reserve(100), told(0, until=UNTIL + 7_200, kind="exhausted"))
    window.turn(NOON + 20)
    assert window.until == UNTIL + 7_200


def test_a_cost_above_the_amount_takes_all_of_it():
    window = window_with(remaining=1_000)
    assert window.affordable(5_000, NOON + 20)
    window.reserve(5_000)
    assert window.remaining() == 0
    assert window.wait(5_000, NOON + 20, items_ahead=10_000, requests_ahead=2) == 40 + 60


def test_a_refusal_closes_the_window_until_its_end_and_a_little_longer():
    window = window_with(remaining=700)
    settle(window, window.reserve(500), told(400, kind="exhausted"), jitter=0.5)
    assert window.remaining() == 0
    assert window.wait(1, NOON + 20) == 40.5
    assert not window.affordable(1, UNTIL + 0.4)
    assert window.wait(1, UNTIL + 0.4) == pytest.approx(0.1)
    assert window.affordable(1, UNTIL + 0.5)


def test_a_refusal_of_an_older_window_closes_nothing():
    window = window_with(remaining=700)
    number = window.reserve(500)
    window.turn(UNTIL)
    assert settle(window, number, told(0, kind="exhausted"), now=UNTIL + 0.1)
    assert window.affordable(1_000, UNTIL + 0.1)


def test_an_end_that_the_period_does_not_allow_counts_as_no_headers():
    window = window_with(remaining=700)
    assert not settle(window, window.reserve(100), told(0, until=UNTIL + 3_600))
    assert window.remaining() == 600
    assert window.until == UNTIL


@pytest.mark.parametrize(("documented", "longer"), [(60, 120), (360, 600)])
def test_the_longer_period_of_a_seller_without_a_subscription_is_learned(documented, longer):
    window = Window.documented(Limit(1, documented))
    end = NOON + 3 * longer
    assert settle(window, window.reserve(1), told(0, until=end, amount=1, date=end - longer + 5))
    assert (window.until, window.period) == (end, longer)
    assert window.wait(1, end - longer + 5) == longer - 5
    window.turn(end)
    assert window.until == end + longer


def test_a_refusal_shows_the_longer_period_too():
    window = Window.documented(Limit(1, 60.0))
    settle(window, window.reserve(1), told(0, until=NOON + 120, amount=1, kind="exhausted", date=NOON + 5))
    assert window.period == 120


@pytest.mark.parametrize(("documented", "until"), [(60, NOON + 180), (60, NOON + 150), (3600, NOON + 7_200)])
def test_no_other_period_is_taken_for_that_of_another_tier(documented, until):
    window = Window.documented(Limit(1, documented))
    assert not settle(window, window.reserve(1), told(0, until=until, amount=1, date=NOON + 20))
    assert window.period == documented


def test_a_seller_who_subscribes_gets_the_shorter_period_back_with_the_next_answer():
    window = Window.documented(Limit(1, 60.0))
    settle(window, window.reserve(1), told(0, until=NOON + 120, amount=1, date=NOON + 5))
    window.turn(NOON + 120)
    settle(window, window.reserve(1), told(0, until=NOON + 180, amount=1, date=NOON + 121), now=NOON + 121)
    assert window.wait(1, NOON + 121) == 59


def test_the_rounded_date_may_make_a_window_look_a_second_longer():
    window = Window.documented(MINUTE)
    assert settle(window, window.reserve(1), told(900, date=UNTIL - 61))


def test_a_refusal_is_believed_whatever_end_it_names():
    window = window_with(remaining=700)
    assert settle(window, window.reserve(100), told(0, until=UNTIL + 7_200, kind="exhausted"))
    assert window.wait(1, NOON + 20) == 7_240


def test_where_no_page_tells_the_answers_do():
    window = Window.documented(None)
    assert window.amount == 0
    assert window.affordable(10**9, NOON)
    settle(window, window.reserve(10), told(0, amount=90))
    assert window.amount == 90
    assert window.wait(1, NOON + 20) == 40
    window.turn(UNTIL)
    assert window.until == UNTIL + 40  # the longest stretch seen, corrected by the next answer
    settle(window, window.reserve(10), told(80, amount=90, until=UNTIL + 60, date=UNTIL), now=UNTIL)
    window.turn(UNTIL + 60)
    assert window.until == UNTIL + 120


def test_the_wait_counts_the_windows_that_others_ahead_will_use_up():
    window = window_with(remaining=300)
    assert window.wait(200, NOON + 20, items_ahead=100, requests_ahead=1) == 0
    assert window.wait(200, NOON + 20, items_ahead=200, requests_ahead=1) == 40
    assert window.wait(200, NOON + 20, items_ahead=1_100, requests_ahead=6) == 40
    assert window.wait(200, NOON + 20, items_ahead=1_200, requests_ahead=6) == 100


def test_what_is_items_in_flight_is_no_reason_to_wait_for_a_turn():
    window = window_with(remaining=300)
    window.reserve(200)
    assert not window.affordable(200, NOON + 20)
    assert window.wait(200, NOON + 20) == 0


AMOUNT = 10
PERIOD = 60.0


class Server:
    """What the Market does with a request, at the moment when it counts it."""

    def __init__(self):
        self.now = NOON + 20
        self.amount = AMOUNT
        self.used = 0
        self.until = UNTIL

    def turn(self):
        if self.now >= self.until or self.now < self.until - PERIOD:
            self.until = (self.now // PERIOD + 1) * PERIOD
            self.used = 0

    def headers(self):
        self.turn()
        return LimitHeaders(self.amount, max(0, self.amount - self.used), self.until, float(floor(self.now)))

    def count(self, cost):
        self.turn()
        fits = self.used + cost <= self.amount
        self.used += cost * fits
        return Outcome("answered" if fits else "exhausted", self.headers())


class MirrorOfTheServer(RuleBasedStateMachine):
    """Requests, answers and mishaps in any order. What is drawn as `pick` chooses among the requests on their way."""

    documented = PERIOD

    def __init__(self):
        super().__init__()
        self.server = Server()
        self.window = Window.documented(Limit(AMOUNT, self.documented, "response_items"))
        self.sent = {}
        self.answers = {}
        self.blind = AMOUNT
        self.vagueness = 0.0
        self.is_disturbed = False

    def settle(self, number, outcome):
        now = self.server.now - self.vagueness
        self.window.settle(number, outcome, now=now, latest=self.server.now + 1 - self.vagueness, jitter=0.5)

    @rule(cost=st.integers(1, AMOUNT + 5))
    def send(self, cost):
        if not self.window.until:  # the bucket's part: no more than the amount before the first answer
            if cost > self.blind:
                return
            self.blind -= cost
        elif not self.window.affordable(cost, self.server.now - self.vagueness):
            return
        # A page that goes alone for what is left, while the unit isn't known, costs no more than that in items.
        left = self.window.amount - self.window.spent() if self.window.until else AMOUNT
        self.sent[self.window.reserve(cost)] = min(cost, left)

    @precondition(lambda self: self.sent)
    @rule(pick=st.integers(0), share=st.floats(0, 1))
    def count(self, pick, share):
        number = sorted(self.sent)[pick % len(self.sent)]
        items = self.sent.pop(number)
        # Pages of a single item, one after the other, would be taken for a server that counts requests.
        answer = self.server.count(max(min(items, 2), round(items * share)))
        assert self.is_disturbed or answer.kind == "answered"
        self.answers[number] = answer

    @precondition(lambda self: self.sent)
    @rule(pick=st.integers(0), is_told=st.booleans())
    def fail(self, pick, is_told):
        number = sorted(self.sent)[pick % len(self.sent)]
        del self.sent[number]
        self.answers[number] = Outcome("failed", self.server.headers() if is_told else None)

    @precondition(lambda self: self.answers)
    @rule(pick=st.integers(0), kind=st.sampled_from(["told", "told", "told", "untold", "lost"]))
    def answer(self, pick, kind):
        number = sorted(self.answers)[pick % len(self.answers)]
        outcome = self.answers.pop(number)
        untold = Outcome("lost" if kind == "lost" else outcome.kind)
        self.settle(number, outcome if kind == "told" else untold)

    @precondition(lambda self: self.sent)
    @rule(pick=st.integers(0), kind=st.sampled_from(["lost", "unsent"]))
    def lose_on_the_way(self, pick, kind):
        number = sorted(self.sent)[pick % len(self.sent)]
        del self.sent[number]
        self.settle(number, Outcome(kind))

    @rule(seconds=st.sampled_from([0.1, 0.9, 5.0, 20.0, 39.5, 60.0, 600.0]))
    def time_passes(self, seconds):
        self.server.now += seconds

    @rule(vagueness=st.floats(0, 1))
    def clock_becomes_as_vague_as(self, vagueness):
        self.vagueness = vagueness

    @rule(cost=st.integers(1, AMOUNT))
    def another_service_uses(self, cost):
        self.is_disturbed = True
        self.server.count(cost)

    @rule(amount=st.integers(1, 2 * AMOUNT))
    def seller_subscribes_to(self, amount):
        self.is_disturbed = True
        self.server.amount = amount

    @rule(seconds=st.sampled_from([-3600.0, -70.0, -1.5, 1.5, 70.0, 3600.0]))
    def clock_jumps(self, seconds):
        self.is_disturbed = True
        self.server.now += seconds

    @invariant()
    def never_more_items_in_flight_plus_used_than_the_amount(self):
        self.server.turn()
        assert self.is_disturbed or self.server.used + sum(self.sent.values()) <= self.server.amount

    @invariant()
    def what_is_items_in_flight_is_what_was_reserved(self):
        assert self.window.items_in_flight == sum(self.window.in_flight.values())
        assert self.window.in_flight.keys() == self.sent.keys() | self.answers.keys()

    def teardown(self):
        for number in list(self.sent):
            self.answers[number] = self.server.count(self.sent.pop(number))
        for number, outcome in self.answers.items():
            self.settle(number, outcome)
        assert self.window.items_in_flight == 0
        if not self.window.until:
            return
        now = self.server.now - self.vagueness
        for _ in range(4):
            if self.window.affordable(AMOUNT, now):
                break
            wait = self.window.wait(AMOUNT, now)
            assert 0 < wait <= 2 * self.documented
            now += wait
        assert self.window.affordable(AMOUNT, now)
        for _ in range(2):  # a loss close to the end of a window counts in the next one, too
            self.window.turn(self.window.until)
        assert self.window.remaining() == self.window.amount


MirrorOfTheServer.TestCase.settings = settings(stateful_step_count=40)
TestMirrorOfTheServer = MirrorOfTheServer.TestCase


class MirrorOfShorterWindows(MirrorOfTheServer):
    """The same where the windows are shorter than documented."""

    documented = 10 * PERIOD


MirrorOfShorterWindows.TestCase.settings = settings(stateful_step_count=40)
TestMirrorOfShorterWindows = MirrorOfShorterWindows.TestCase


def test_answers_that_tell_nothing_for_long_are_kept_together():
    window = window_with(remaining=9_000, limit=Limit(10_000, 60.0, "response_items"))
    settle(window, window.reserve(1), told(9_000, amount=10_000))
    for _ in range(200):
        settle(window, window.reserve(10), LOST)
    assert len(window.untold) == MOST_UNTOLD
    assert window.remaining() == 9_000 - 200 * 10
    settle(window, window.reserve(1), told(8_500, amount=10_000))
    assert window.remaining() == 8_500

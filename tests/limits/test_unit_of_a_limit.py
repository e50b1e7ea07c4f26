"""Which unit a limit counts in is learned from the answers: case by case, then against a model of the server."""

from math import floor

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from yamarket_async.limits import Limit, LimitHeaders, Outcome
from yamarket_async.limits.window import Window

NOON = 43_200.0
UNTIL = NOON + 60
PAGE = 500


def told(used, amount=100, until=UNTIL, kind="answered"):
    return Outcome(kind, LimitHeaders(amount, max(0, amount - used), until, until - 40))


def window_of(unit="response_items", amount=100):
    return Window.documented(Limit(amount, 60.0, unit))


def send(window, outcome, items=PAGE, now=NOON + 20):
    """Send a request and have it answered before the next."""
    settle(window, window.reserve(items), outcome, now)


def settle(window, number, outcome, now=NOON + 20):
    window.settle(number, outcome, now=now, latest=now)


def room(window, items=PAGE):
    """Tell how many requests could be sent at once now."""
    numbers = []
    while window.affordable(items, NOON + 20):
        numbers.append(window.reserve(items))
    for number in numbers:
        settle(window, number, Outcome("unsent"))
    return len(numbers)


def test_the_documented_unit_is_what_to_start_from():
    assert window_of("requests").counts_requests
    assert not window_of("response_items").counts_requests
    assert not window_of("request_items").counts_requests
    assert not Window.documented(None).counts_requests


def test_a_page_that_costs_one_of_a_hundred_lets_the_next_go():
    window = window_of()
    send(window, told(used=1))
    assert room(window) == 1
    assert window.wait(PAGE, NOON + 20) == 0


def test_a_second_one_lets_as_many_go_as_requests_remain():
    window = window_of()
    send(window, told(used=1))
    send(window, told(used=2))
    assert room(window) == 98
    assert window.remaining() == 98


def test_one_answer_is_enough_where_the_request_says_what_it_costs():
    window = window_of("request_items", amount=10_000)
    send(window, told(used=1, amount=100))
    assert room(window) == 99


def test_requests_that_are_sent_at_once_are_learned_from_together():
    window = window_of(amount=10_000)
    numbers = [window.reserve(PAGE) for _ in range(4)]
    for used, number in enumerate(numbers, start=1):
        settle(window, number, told(used))
    assert room(window) == 1
    send(window, told(used=5))
    assert room(window) == 95


def test_calls_of_the_time_before_do_not_hide_the_unit():
    window = window_of()
    send(window, told(used=8))
    assert room(window) == 1
    send(window, told(used=9))
    assert room(window) == 91


def test_pages_that_cost_their_items_are_reserved_as_such():
    window = window_of("requests", amount=10_000)
    send(window, told(used=1, amount=10_000))
    send(window, told(used=501, amount=10_000))
    assert not window.counts_requests
    assert room(window) == 18


def test_among_many_requests_on_their_way_more_than_they_are_shows_that_items_are_counted():
    window = window_of("requests", amount=10_000)
    numbers = [window.reserve(PAGE) for _ in range(8)]
    settle(window, numbers[0], told(used=1, amount=10_000))
    settle(window, numbers[1], told(used=501, amount=10_000))
    settle(window, numbers[2], told(used=1_001, amount=10_000))
    assert not window.counts_requests


def test_a_last_page_of_one_item_shows_nothing_after_full_ones():
    window = window_of(amount=1_000)
    send(window, told(used=500, amount=1_000))
    send(window, told(used=501, amount=1_000))
    assert room(window) == 0
    assert window.wait(PAGE, NOON + 20) == 40


def test_another_amount_may_come_with_another_unit():
    window = window_of(amount=1_000)
    send(window, told(used=500, amount=1_000))
    window.turn(UNTIL)
    send(window, told(used=1, amount=100, until=UNTIL + 60), now=UNTIL)
    assert window.affordable(PAGE, UNTIL + 1)


@pytest.mark.parametrize("kind", ["failed", "lost", "parallel"])
def test_what_may_not_have_been_counted_shows_nothing(kind):
    window = window_of()
    send(window, told(used=1))
    first, second = window.reserve(PAGE), window.reserve(PAGE)
    settle(window, first, Outcome(kind))
    settle(window, second, told(used=3))
    assert not window.counts_requests


def test_what_was_on_its_way_at_a_turn_shows_nothing():
    window = window_of(amount=1_000)
    send(window, told(used=100, amount=1_000))
    evidence = window.evidence
    early = window.reserve(PAGE)
    window.turn(UNTIL)
    late = window.reserve(PAGE)
    settle(window, early, told(used=600, amount=1_000), now=UNTIL)
    settle(window, late, told(used=2, amount=1_000, until=UNTIL + 60), now=UNTIL)
    assert window.evidence == evidence


def test_a_refusal_shows_nothing():
    window = window_of("requests", amount=10_000)
    send(window, told(used=1, amount=10_000))
    send(window, told(used=7_000, amount=10_000, kind="exhausted"))
    send(window, told(used=7_001, amount=10_000, kind="failed"))
    assert window.counts_requests


def test_an_empty_page_shows_nothing():
    window = window_of("requests")
    send(window, told(used=1))
    send(window, told(used=1))
    assert window.counts_requests


def test_a_page_that_used_up_more_than_was_left_shows_nothing():
    window = window_of(amount=1_000)
    send(window, told(used=500, amount=1_000))
    window.evidence = 1
    send(window, told(used=999, amount=1_000))
    window.evidence = 1
    send(window, told(used=1_300, amount=1_000))
    assert not window.counts_requests


def test_requests_of_another_service_make_one_request_go_at_a_time_but_no_window_be_waited_for():
    window = window_of("requests")
    for used in (1, 3, 6, 9):
        send(window, told(used))
    assert room(window) == 1
    assert window.wait(PAGE, NOON + 20) == 0


def test_of_sent_items_others_can_only_add_to_the_cost():
    window = window_of("request_items", amount=10_000)
    for used in (3, 5, 9):
        send(window, told(used, amount=10_000))
    assert window.counts_requests


def test_items_that_were_sent_and_counted_are_believed_at_once():
    window = window_of("request_items", amount=10_000)
    send(window, told(used=1, amount=10_000))
    assert window.counts_requests
    numbers = [window.reserve(PAGE) for _ in range(2)]
    settle(window, numbers[0], told(used=501, amount=10_000))
    assert not window.counts_requests
    settle(window, numbers[1], told(used=1_001, amount=10_000))
    assert not window.counts_requests


def test_a_store_of_ten_thousand_is_walked_in_a_moment_where_thirty_requests_are_allowed(benchmark):
    documented = Limit(10_000, 4.0, "response_items")
    job = benchmark.Job(10_000, 1, 0.05, 0.1, limit=documented, page=500, counted=Limit(30, 4.0, "requests"))
    market = benchmark.Market(job)
    assert benchmark.run_virtually(benchmark.walk_with_ours(job, market)) < 1.1
    assert market.refusals == 0


AMOUNT = 12
PERIOD = 60.0
REQUEST_SIZES = st.sampled_from([4, 6, AMOUNT, AMOUNT + 5])


class UnitOfTheServer(RuleBasedStateMachine):
    """Requests and answers in any order, of a server that counts requests at one time and items at another.

    Pages are half full at the least, but for the last one of a walk, which may hold a single item.
    """

    unit = "response_items"

    @initialize(starts_from=st.booleans(), counts_requests=st.booleans())
    def begin(self, starts_from, counts_requests):
        self.now = NOON + 20
        self.used, self.until = 0, UNTIL
        self.counts_requests = counts_requests
        self.window = Window.documented(Limit(AMOUNT, PERIOD, "requests" if starts_from else self.unit))
        self.sent, self.answers = {}, {}
        self.blind = AMOUNT
        self.is_known = not self.window.counts_requests or counts_requests
        """Whether this side has no reason to take items for requests."""
        self.was_single = False

    def headers(self):
        if self.now >= self.until:
            self.until = (self.now // PERIOD + 1) * PERIOD
            self.used = 0
        return LimitHeaders(AMOUNT, max(0, AMOUNT - self.used), self.until, float(floor(self.now)))

    def is_let_in(self, cost):
        self.headers()
        # What an answer costs is known afterwards only.
        return self.used < AMOUNT if self.unit == "response_items" else self.used + cost <= AMOUNT

    def cost_of(self, items, share, is_last):
        items = min(items, AMOUNT)
        if self.counts_requests:
            return 1
        if self.unit == "request_items":
            return items
        if is_last and not self.was_single:
            return 1
        return max(items // 2 + 1, round(items * share))

    @rule(items=REQUEST_SIZES)
    def send(self, items):
        if not self.window.until:  # before the first answer, a bucket holds the limit
            if self.window.cost(items) > self.blind:
                return
            self.blind -= self.window.cost(items)
        if self.window.affordable(items, self.now):
            self.sent[self.window.reserve(items)] = items

    @precondition(lambda self: self.sent)
    @rule(pick=st.integers(0), share=st.floats(0, 1), is_last=st.booleans())
    def count(self, pick, share, is_last):
        number = sorted(self.sent)[pick % len(self.sent)]
        cost = self.cost_of(self.sent.pop(number), share, is_last)
        is_let_in = self.is_let_in(cost)
        assert is_let_in or not self.is_known, "refused, with nobody else there"
        self.used += cost * is_let_in
        self.was_single = cost == 1
        self.answers[number] = Outcome("answered" if is_let_in else "exhausted", self.headers())

    @precondition(lambda self: self.answers)
    @rule(pick=st.integers(0), is_lost=st.sampled_from([False, False, False, True]))
    def answer(self, pick, is_lost):
        number = sorted(self.answers)[pick % len(self.answers)]
        outcome = Outcome("lost") if is_lost else self.answers.pop(number)
        self.answers.pop(number, None)
        settle(self.window, number, outcome, self.now)

    @rule(seconds=st.sampled_from([0.1, 5.0, 39.5, 60.0, 600.0]))
    def time_passes(self, seconds):
        self.now += seconds

    @precondition(lambda self: not self.sent and not self.answers)
    @rule()
    def server_counts_otherwise(self):
        self.counts_requests = not self.counts_requests
        self.is_known = self.counts_requests
        self.was_single = False

    @precondition(lambda self: not self.sent and not self.answers and self.window.until)
    @rule()
    def a_quiet_moment(self):
        if not self.window.counts_requests and self.now >= self.window.until:
            self.is_known = True

    @invariant()
    def what_is_reserved_is_never_less_than_a_request_each(self):
        assert self.window.spent() >= self.window.used + len(self.window.in_flight)

    def teardown(self):
        """Whatever it took for so far, the unit is found out within a few requests."""
        for number in list(self.answers):
            settle(self.window, number, self.answers.pop(number), self.now)
        for number in list(self.sent):
            del self.sent[number]
            settle(self.window, number, Outcome("unsent"), self.now)
        self.was_single = True
        for _ in range(8):
            self.headers()
            self.now, self.blind = self.until, AMOUNT
            self.send(6)
            if self.sent:
                self.is_known = False
                self.count(0, 1.0, False)
                settle(self.window, *self.answers.popitem(), self.now)
        assert self.window.counts_requests is self.counts_requests


UnitOfTheServer.TestCase.settings = settings(stateful_step_count=40)
TestUnitOfTheServer = UnitOfTheServer.TestCase


class UnitOfWhatIsSent(UnitOfTheServer):
    """The same where requests say what they cost, and are refused where that is too much."""

    unit = "request_items"


UnitOfWhatIsSent.TestCase.settings = settings(stateful_step_count=40)
TestUnitOfWhatIsSent = UnitOfWhatIsSent.TestCase

"""How many requests may be on their way at once, as plain arithmetic."""

import pytest

from yamarket_async.limits.slots import (
    LONGEST_CROWDED_PAUSE,
    LONGEST_CROWDED_RECOVERY,
    LONGEST_RECOVERY,
    RECOVERY,
    Slots,
)

FOUR = 4


def refuse(slots, told=None, *, tried=False, sent=0.0, now=0.0, factor=1.0):
    slots.refused(told, tried=tried, sent=sent, max_parallel=FOUR, now=now, factor=factor)


def answer(slots, now, *, tried=False):
    slots.answered(tried=tried, max_parallel=FOUR, now=now)


def refused_trials(slots, told, until):
    """Have every trial for one more slot refused; gives the seconds between them."""
    pauses, last = [], 0.0
    while slots.probes_at < until:
        now = slots.probes_at
        slots.busy = slots.ceiling
        assert slots.has_room(FOUR, now)
        assert slots.take()
        refuse(slots, told, tried=True, sent=now, now=now)
        pauses.append(now - last)
        last = now
    return pauses


def test_as_many_go_at_once_as_the_caller_allows():
    slots = Slots()
    for _ in range(FOUR):
        assert slots.has_room(FOUR, 0)
        assert not slots.take()
    assert not slots.has_room(FOUR, 0)
    assert slots.has_room(12, 0)


def test_what_the_server_tells_holds():
    slots = Slots()
    refuse(slots, told=2)
    assert slots.most(FOUR, now=29) == 2
    assert slots.most(1, now=29) == 1


def test_zero_slots_would_stop_everything():
    slots = Slots()
    refuse(slots, told=0)
    assert slots.most(FOUR, now=0) == 1


def test_after_a_while_one_more_is_tried_and_kept_if_it_is_answered():
    slots = Slots()
    refuse(slots, told=2)
    slots.busy = 2
    assert not slots.has_room(FOUR, now=RECOVERY - 1)
    assert slots.has_room(FOUR, now=RECOVERY)
    assert slots.take()
    answer(slots, now=RECOVERY + 1, tried=True)
    assert slots.most(FOUR, now=RECOVERY + 1) == 3
    assert slots.most(FOUR, now=2 * RECOVERY + 1) == 4
    answer(slots, now=2 * RECOVERY + 1, tried=True)
    assert slots == Slots(busy=3, recovery=RECOVERY, lowered_at=0.0)


def test_two_trials_at_once_give_one_slot():
    slots = Slots()
    refuse(slots, told=1)
    answer(slots, now=RECOVERY, tried=True)
    answer(slots, now=RECOVERY + 0.1, tried=True)
    assert slots.most(FOUR, now=RECOVERY + 1) == 2


def test_a_server_that_goes_on_to_allow_two_is_asked_ever_more_seldom():
    slots = Slots()
    refuse(slots, told=2)
    pauses = refused_trials(slots, 2, until=8 * 3_600)
    assert pauses[:4] == [RECOVERY, 2 * RECOVERY, 4 * RECOVERY, 8 * RECOVERY]
    assert pauses[-1] == LONGEST_RECOVERY


def test_a_lucky_trial_does_not_make_it_forget_that():
    slots = Slots()
    refuse(slots, told=2)
    refused_trials(slots, 2, until=900)
    recovery, now = slots.recovery, slots.probes_at
    answer(slots, now=now, tried=True)
    refuse(slots, told=2, sent=now + 1, now=now + 1)
    assert slots.recovery == recovery / 2


def test_slots_that_other_services_hold_are_tried_for_at_least_every_five_minutes():
    slots = Slots()
    refuse(slots)
    assert slots.most(FOUR, now=0) == 3
    slots.ceiling = 1
    assert refused_trials(slots, None, until=4 * 3_600)[-1] == LONGEST_CROWDED_RECOVERY


def test_a_refusal_that_fewer_slots_do_not_explain_makes_a_growing_pause():
    slots, now = Slots(), 0.0
    pauses = []
    for _ in range(8):
        refuse(slots, told=FOUR, sent=now, now=now, factor=0.5)
        pauses.append(slots.closed_until - now)
        assert not slots.has_room(FOUR, slots.closed_until - 0.01)
        assert slots.has_room(FOUR, slots.closed_until)
        now = slots.closed_until
    assert pauses[:6] == pytest.approx([0.05, 0.1, 0.2, 0.4, 0.8, 1.6])
    assert pauses[6:] == [LONGEST_CROWDED_PAUSE / 2] * 2
    answer(slots, now)
    refuse(slots, sent=now, now=now, factor=0.5)
    assert slots.closed_until - now == pytest.approx(0.05)


def test_a_refused_salvo_lowers_them_once():
    slots = Slots()
    for _ in range(FOUR):
        refuse(slots, sent=9.0, now=10.0)
    assert slots.most(FOUR, now=11.0) == 3

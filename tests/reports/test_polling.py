"""The pauses between looks."""

from itertools import islice

import pytest

from yamarket_async import polling
from yamarket_async.polling import GROWTH, LONGEST_PAUSE, pauses


@pytest.fixture(autouse=True)
def usual_pauses(quick_looks: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "FIRST_PAUSE", 1.0)


def test_the_estimate_is_the_first_pause() -> None:
    assert next(pauses(90)) == 90


def test_without_one_the_first_pause_is_short() -> None:
    assert 0.75 <= next(pauses(0)) <= 1


def test_pauses_grow_up_to_a_bound() -> None:
    _, *rest = islice(pauses(20), 12)
    expected = [min(2 * GROWTH**number, LONGEST_PAUSE) for number in range(11)]
    assert all(0.75 * whole <= pause <= whole for pause, whole in zip(rest, expected, strict=True))


def test_what_takes_an_hour_is_not_looked_at_each_second() -> None:
    _, second = islice(pauses(3_600), 2)
    assert second >= 0.75 * LONGEST_PAUSE

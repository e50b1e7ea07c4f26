"""`accepted` and `refused`: the bodies that the Market expects."""

import json
from datetime import UTC, datetime, timedelta, timezone, tzinfo

import msgspec
import pytest

from yamarket_async import __version__, notifications
from yamarket_async.errors import InvalidRequest


def test_accepted_tells_who_and_when():
    moscow = timezone(timedelta(hours=3))
    answer = notifications.accepted("my-shop", "1.4", time=datetime(2026, 11, 24, 13, 0, 0, 213_000, tzinfo=moscow))
    assert json.loads(answer) == {"name": "my-shop", "version": "1.4", "time": "2026-11-24T10:00:00.213000Z"}


def test_accepted_is_complete_by_itself():
    before = datetime.now(UTC)
    answer = json.loads(notifications.accepted())
    assert (answer["name"], answer["version"]) == ("yamarket-async", __version__)
    assert before <= datetime.fromisoformat(answer["time"]) <= datetime.now(UTC)


@pytest.mark.parametrize("wrong", ["", "x" * 101, None, "\ud800"])
@pytest.mark.parametrize("argument", ["name", "version"])
def test_accepted_keeps_the_documented_lengths(argument, wrong):
    assert notifications.accepted(**{argument: "x" * 100})
    with pytest.raises(InvalidRequest, match=f"{argument}=.*must be a string of 1 to 100 characters"):
        notifications.accepted(**{argument: wrong})


def test_accepted_takes_no_naive_moment():
    with pytest.raises(InvalidRequest, match="must be aware"):
        notifications.accepted(time=datetime(2026, 11, 24))  # noqa: DTZ001


class Nowhere(tzinfo):
    def utcoffset(self, _: datetime | None) -> None:
        return None


@pytest.mark.parametrize(
    "wrong",
    ["x", 5, datetime(2026, 11, 24, tzinfo=Nowhere()), datetime.max.replace(tzinfo=timezone(-timedelta(hours=1)))],
)
def test_accepted_takes_nothing_else_for_a_moment(wrong):
    with pytest.raises(InvalidRequest, match=r"time=.*must be"):
        notifications.accepted("a", "b", time=wrong)


def test_refused_tells_why():
    answer = notifications.refused("seen before", "DUPLICATED_EVENT")
    assert json.loads(answer) == {"error": {"type": "DUPLICATED_EVENT", "message": "seen before"}}


def test_refused_takes_an_error():
    with pytest.raises(notifications.MalformedNotification) as caught:
        notifications.decode(b"{}")
    assert json.loads(notifications.refused(caught.value)) == {
        "error": {
            "type": "WRONG_EVENT_FORMAT",
            "message": "notificationType: is missing; the notification begins with '{}'",
        }
    }


def test_refused_writes_what_is_no_text():
    assert msgspec.json.decode(notifications.refused("\ud800"))["error"]["message"] == "?"


def test_refused_knows_the_documented_types_only():
    with pytest.raises(InvalidRequest, match="must be one of UNKNOWN, WRONG_EVENT_FORMAT, DUPLICATED_EVENT"):
        notifications.refused("x", "TIRED")
    for wrong in (5, None, []):
        with pytest.raises(InvalidRequest, match="must be one of UNKNOWN"):
            notifications.refused("x", wrong)

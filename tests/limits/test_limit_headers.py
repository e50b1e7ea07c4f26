"""What is read from the headers and messages of an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yamarket_async.limits import LimitHeaders
from yamarket_async.limits.headers import parallel_refusal, read_headers

DATE = "Wed, 24 Sep 2025 14:04:20 GMT"
UNTIL = "Wed, 24 Sep 2025 14:05:00 GMT"
AT_DATE = 1_758_722_660.0


def headers(limit="10000", remaining="9800", until=UNTIL, date=DATE):
    named = {
        "X-RateLimit-Resource-Limit": limit,
        "X-RateLimit-Resource-Remaining": remaining,
        "X-RateLimit-Resource-Until": until,
        "Date": date,
    }
    return {name: value for name, value in named.items() if value is not None}


def test_the_headers_are_read_as_numbers_and_epoch_seconds():
    assert read_headers(headers()) == LimitHeaders(10_000, 9_800, AT_DATE + 40, AT_DATE)


@pytest.mark.parametrize("missing", ["limit", "remaining", "until", "date"])
def test_a_missing_header_leaves_nothing_that_can_be_read(missing):
    assert read_headers(headers(**{missing: None})) is None


@pytest.mark.parametrize(
    "garbled",
    [
        {"limit": "0"},
        {"limit": "-5"},
        {"limit": "1e4"},
        {"limit": "10_000"},
        {"limit": "٣"},
        {"limit": "9" * 16},
        {"limit": ""},
        {"remaining": "-1"},
        {"remaining": "many"},
        {"until": "soon"},
        {"until": ""},
        {"date": "Wed, 99 Sep 2025 14:04:20 GMT"},
        {"date": "Wed, 24 Sep 99999999999999999999 14:04:20 GMT"},
    ],
)
def test_garbled_headers_count_as_none(garbled):
    assert read_headers(headers(**garbled)) is None


@pytest.mark.parametrize(
    ("until", "is_plausible"),
    [
        ("Wed, 24 Sep 2025 14:04:10 GMT", False),
        ("Wed, 24 Sep 2025 14:04:11 GMT", True),
        ("Thu, 25 Sep 2025 14:04:20 GMT", True),
        ("Thu, 25 Sep 2025 14:04:21 GMT", False),
        ("Thu, 24 Sep 2037 14:04:20 GMT", False),
    ],
)
def test_a_window_ends_within_a_day_of_its_answer(until, is_plausible):
    assert (read_headers(headers(until=until)) is not None) == is_plausible


@pytest.mark.parametrize("zone", ["+0000", "-0000", ""])
def test_other_spellings_of_gmt_mean_the_same(zone):
    assert read_headers(headers(date=DATE.replace("GMT", zone))) == read_headers(headers())


def test_nothing_remaining_can_be_read_too():
    told = read_headers(headers(remaining="0"))
    assert told is not None
    assert told.remaining == 0


@given(st.text(), st.text(), st.text(), st.text())
def test_no_text_breaks_it(limit, remaining, until, date):
    read_headers(headers(limit, remaining, until, date))
    read_headers(headers(until=until, date=date))


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("Hit rate limit of 2 parallel requests", 2),
        ("Hit rate limit of 4 parallel requests for campaignId 12345", 4),
        ("Hit rate limit of 10000 requests per MINUTE for resource offers", None),
        ("", None),
    ],
)
def test_a_parallel_refusal_names_how_many_may_go_at_once(message, told):
    assert parallel_refusal(message) == told

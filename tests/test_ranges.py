"""Cutting ranges of days into pieces: every day belongs to one of them, and none is longer than allowed."""

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from yamarket_async.endpoints import Endpoint, Span
from yamarket_async.errors import InvalidRequest
from yamarket_async.families.orders.business_orders import OrderDatesFilter
from yamarket_async.families.orders.endpoints import GET_BUSINESS_ORDERS
from yamarket_async.ranges import OVERLAP, pieces


def endpoint(**span: Any) -> Endpoint:
    return replace(GET_BUSINESS_ORDERS, spans=(Span("from", "to", **span),))


def cut(start: Any, end: Any, **span: Any) -> list[tuple[Any, Any]]:
    return [(each["from"], each["to"]) for each in pieces(endpoint(**span), {"from": start, "to": end})]


dates = st.dates(date(2020, 1, 1), date(2026, 1, 1))
moments = st.datetimes(datetime(2020, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 — see timezones


@given(dates, st.integers(0, 400), st.integers(1, 40), st.booleans())
def test_each_day_belongs_to_one_piece(start: date, length: int, longest: int, includes_end: bool) -> None:
    end = start + timedelta(days=length)
    parts = cut(start, end, days=longest, includes_end=includes_end)
    asked = [
        first + timedelta(days=day)
        for first, last in parts
        for day in range((last - first).days + (1 if includes_end else 0))
    ]
    assert asked == [start + timedelta(days=day) for day in range(length + (1 if includes_end else 0))]
    assert all((last - first).days <= longest for first, last in parts)


@given(moments, st.timedeltas(timedelta(0), timedelta(days=400)), st.integers(1, 40), st.booleans())
def test_each_moment_belongs_to_a_piece(start: datetime, length: timedelta, longest: int, includes: bool) -> None:
    end = start + length
    parts = cut(start, end, days=longest, includes_end=includes, includes_start=includes)
    assert (parts[0][0], parts[-1][1]) == (start, end)
    overlap = timedelta(0) if includes else OVERLAP
    assert all(later[0] == earlier[1] - overlap for earlier, later in itertools.pairwise(parts))
    assert all(last - first <= timedelta(days=longest) for first, last in parts)


@pytest.mark.parametrize(
    "values",
    [
        (None, None),
        (date(2020, 1, 1), None),
        (None, date(2020, 1, 1)),
        ("2020", "2021"),
        (datetime(2020, 1, 1), datetime(2021, 1, 1, tzinfo=UTC)),  # noqa: DTZ001 — one without a time zone
        (date(2020, 1, 1), datetime(2021, 1, 1, tzinfo=UTC)),
        (1, 2),
    ],
)
def test_what_is_no_range_is_left_alone(values: tuple[Any, Any]) -> None:
    assert cut(*values, days=1) == [values]


def test_a_range_may_stand_as_on_the_wire() -> None:
    assert cut("2020-01-01", "2020-01-03", days=1, includes_end=False) == [
        (date(2020, 1, 1), date(2020, 1, 2)),
        (date(2020, 1, 2), date(2020, 1, 3)),
    ]
    middle = datetime(2020, 1, 2, tzinfo=UTC)
    assert [part[0] for part in cut("2020-01-01T00:00:00Z", "2020-01-03T00:00:00+00:00", days=1)][1] == middle


def test_a_range_that_ends_before_it_begins_is_told() -> None:
    with pytest.raises(InvalidRequest, match=r"^to=.*is before from"):
        cut(date(2020, 1, 2), date(2020, 1, 1), days=1)


def test_only_one_range_may_be_too_long() -> None:
    year = {"creationDateFrom": date(2020, 1, 1), "creationDateTo": date(2021, 1, 1)}
    both = year | {"shipmentDateFrom": date(2020, 1, 1), "shipmentDateTo": date(2021, 1, 1)}
    with pytest.raises(InvalidRequest, match="only one may be") as caught:
        pieces(GET_BUSINESS_ORDERS, {"dates": both})
    assert caught.value.argument == "dates.shipmentDateFrom"


def test_a_range_may_stand_in_a_struct() -> None:
    dates = OrderDatesFilter(creation_date_from=date(2020, 1, 1), creation_date_to=date(2020, 2, 1))
    parts: Any = [each["dates"] for each in pieces(GET_BUSINESS_ORDERS, {"dates": dates})]
    assert [(part.creation_date_from.day, part.creation_date_to.day) for part in parts] == [(1, 31), (31, 1)]

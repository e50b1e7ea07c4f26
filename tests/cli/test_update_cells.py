"""Cells of price lists: read right, or refused clearly."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from yamarket_async.cli.columns import Kind
from yamarket_async.cli.update_cells import Unreadable, read_cell
from yamarket_async.models.days import MOSCOW


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1234", "1234"),
        ("1234,50", "1234.50"),
        ("1234.5", "1234.5"),
        ("1 234,50", "1234.50"),
        ("1\u00a0234\u202f567,5", "1234567.5"),
        (" 99 ₽ ", "99"),
        ("99 руб.", "99"),
        ("\u22125", "-5"),
        (12, "12"),
        (12.5, "12.5"),
        (Decimal("0.10"), "0.10"),
    ],
)
def test_numbers_are_read_as_they_are_written(cell: Any, value: str) -> None:
    assert read_cell(cell, "decimal", "value") == Decimal(value)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("1,234", "may be 1234 or 1 and a part"),
        ("1.234", "may be 1234 or 1 and a part"),
        ("1,234.50", "has a comma and a point"),
        ("1,5E+3", "was shortened by Excel"),
        ("12 34", "must be a number"),
        ("x", "must be a number"),
        (True, "is yes or no"),
        (date(2026, 1, 1), "is a date"),
        (float("nan"), "must be a number"),
        ([1], "is a list"),
        (b"", "is bytes"),
    ],
)
def test_what_might_mean_two_things_is_refused(cell: Any, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        read_cell(cell, "decimal", "value")


def test_three_digits_of_a_measure_are_what_they_are() -> None:
    assert read_cell("1,250", "decimal", "weight") == Decimal("1.25")
    assert read_cell("0,125", "decimal", "value") == Decimal("0.125")


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [
        ("5,0", "integer", 5),
        ("да", "boolean", True),
        (False, "boolean", False),
        (123, "text", "123"),
        ("31.01.2026", "day", date(2026, 1, 31)),
        ("2026-01-31", "day", date(2026, 1, 31)),
        (date(2026, 1, 31), "day", date(2026, 1, 31)),
        (datetime(2026, 1, 31, 5, tzinfo=UTC), "day", date(2026, 1, 31)),
        ("2026-01-31T12:00:00+00:00", "moment", datetime(2026, 1, 31, 12, tzinfo=UTC)),
        ("2026-01-31 12:00", "moment", datetime(2026, 1, 31, 12, tzinfo=MOSCOW)),
        ("31.01.2026 12:00:05", "moment", datetime(2026, 1, 31, 12, 0, 5, tzinfo=MOSCOW)),
        ("31.01.2026 9:00", "moment", datetime(2026, 1, 31, 9, tzinfo=MOSCOW)),
        (datetime(2026, 1, 31, 12), "moment", datetime(2026, 1, 31, 12, tzinfo=MOSCOW)),  # noqa: DTZ001 — as in a workbook
        ('["a", "b"]', "json", ["a", "b"]),
        ("a\nb\n", "json", ["a", "b"]),
        ([1], "json", [1]),
        ("  ", "text", None),
        (None, "integer", None),
    ],
)
def test_cells_become_what_their_fields_take(cell: Any, kind: Kind, value: Any) -> None:
    assert read_cell(cell, kind, "field") == value


@pytest.mark.parametrize(
    ("cell", "kind", "field", "told"),
    [
        ("5,5", "integer", "count", "must be a whole number"),
        ("perhaps", "boolean", "hidden", "must be yes or no"),
        ("4,6E+12", "text", "sku", "was shortened by Excel; format the column as text"),
        (date(2026, 1, 1), "text", "sku", "the file has a date; format the column as text"),
        ({}, "text", "sku", "is an object"),
        ("soon", "day", "day", "must be a day"),
        ("soon", "moment", "updatedAt", "must be a moment"),
        ("[1", "json", "pictures", "begins like JSON and is none"),
        ("[1e99999999999999999999]", "json", "pictures", "begins like JSON and is none"),
    ],
)
def test_other_cells_that_cannot_be_read(cell: Any, kind: Kind, field: str, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        read_cell(cell, kind, field)

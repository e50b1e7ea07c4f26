"""Cells of a price list made into values: numbers as Russian Excel writes them, booleans, days, lists. Without I/O."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from yamarket_async.cli.columns import Kind
from yamarket_async.cli.inputs import UNDECODABLE
from yamarket_async.models.days import MOSCOW

_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?: \d{3})+|\d+)(?:([.,])(\d+))?")
_CURRENCY = re.compile(r" *(?:₽|руб\.?|р\.|RUB|RUR)$", re.IGNORECASE)
_BLANKS = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2212": "-"})
_SHORTENED = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+")

MEASURES = frozenset({"length", "width", "height", "weight"})
"""Fields with three digits behind the comma, which in a price are as likely thousands."""

_WORDS: Mapping[str, bool] = {
    **dict.fromkeys(("true", "yes", "1", "да", "истина"), True),
    **dict.fromkeys(("false", "no", "0", "нет", "ложь"), False),
}


class Unreadable(Exception):
    """A cell can't be read, or might mean two things; the message says what to write."""


_json = msgspec.json.Decoder(float_hook=Decimal)


def read_cell(value: Any, kind: Kind, field: str) -> Any:
    """Make a cell what its field takes.

    Args:
        value: what stands in the cell: text in CSV, whatever JSON or a workbook holds elsewhere.
        kind: what the field takes.
        field: its name: `discountBase`.

    Returns:
        The value; None for an empty cell.

    Raises:
        Unreadable: it can't be read, or might mean two things; says what to write.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    return _READERS[kind](value, field)


def _decimal(value: Any, field: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (str, int, float, Decimal)):
        raise Unreadable(f"must be a number, and is {_kind_of(value)}")
    if not isinstance(value, str):
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if not number.is_finite():
            raise Unreadable("must be a number")
        return number
    text = _CURRENCY.sub("", value.translate(_BLANKS).strip())
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise Unreadable(_no_number(text))
    sign, whole, mark, digits = match.groups()
    if mark and len(digits) == 3 and field not in MEASURES and whole.strip("0") and len(whole) <= 3:
        raise Unreadable(f"may be {whole}{digits} or {whole} and a part; write {whole}{digits}, or two digits at most")
    return Decimal(f"{sign}{whole.replace(' ', '')}{'.' if digits else ''}{digits or ''}")


def _no_number(text: str) -> str:
    if _SHORTENED.fullmatch(text):
        return "was shortened by Excel; format the column as a number and save it again"
    if "," in text and "." in text:
        return "has a comma and a point; write 1234,50 or 1234.50"
    return "must be a number, like 1234 or 1234,50"


def _integer(value: Any, field: str) -> int:
    number = _decimal(value, field)
    if number != number.to_integral_value():
        raise Unreadable("must be a whole number")
    return int(number)


def _text(value: Any, field: str) -> str:
    if isinstance(value, (bool, date)):
        raise Unreadable(f"must be text, and the file has {_kind_of(value)}; format the column as text")
    if isinstance(value, (dict, list)):
        raise Unreadable(f"must be text, and is {_kind_of(value)}")
    text = str(value)
    if field in {"offerId", "sku"} and _SHORTENED.fullmatch(text.strip()) and not text.strip().isalnum():
        raise Unreadable("was shortened by Excel; format the column as text and enter it again")
    return text


def _boolean(value: Any, field: str) -> bool:
    known = _WORDS.get(str(value).strip().lower())
    if known is None:
        raise Unreadable("must be yes or no")
    return known


def _day(value: Any, field: str) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(str(value).strip(), form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    raise Unreadable("must be a day, like 2026-01-31 or 31.01.2026")


def _moment(value: Any, field: str) -> datetime:
    moment = value if isinstance(value, datetime) else _read_moment(str(value).strip())
    # A spreadsheet has no time zones; that of the Market is Moscow's.
    return moment if moment.tzinfo else moment.replace(tzinfo=MOSCOW)


def _read_moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    for form in ("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M"):  # the first as `--csv-for excel` has it, the second as Excel
        try:
            return datetime.strptime(text, form).replace(tzinfo=MOSCOW)
        except ValueError:
            continue
    raise Unreadable("must be a moment, like 2026-01-31T12:00:00+03:00 or 31.01.2026 12:00:00")


def _list(value: Any, field: str) -> Any:
    if not isinstance(value, str):
        return value
    if value.lstrip()[:1] in {"[", "{"}:
        try:
            return _json.decode(value)
        except UNDECODABLE as error:
            raise Unreadable(f"begins like JSON and is none ({error})") from None
    return [line.strip() for line in value.splitlines() if line.strip()]


def _kind_of(value: Any) -> str:
    names = {bool: "yes or no", datetime: "a date", date: "a date", dict: "an object", list: "a list"}
    return names.get(type(value), type(value).__name__)


_READERS: Mapping[Kind, Callable[[Any, str], Any]] = {
    "text": _text,
    "boolean": _boolean,
    "integer": _integer,
    "decimal": _decimal,
    "day": _day,
    "moment": _moment,
    "json": _list,
}

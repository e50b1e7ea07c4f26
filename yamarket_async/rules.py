"""Rules that several methods share: what their pages say and the types of the description can't."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter
from typing import Any, TypeVar

from yamarket_async.endpoints import Broken, Rule

R = TypeVar("R", bound=Callable[..., Any])

LEAST_DISCOUNT, MOST_DISCOUNT = 5, 99
"""Per cent by which a price may be below the crossed-out one."""

MOST_DECIMALS = 7
"""Digits that a price may have behind the point."""

OLDEST_STOCK = timedelta(days=1)
"""How old a count of stocks may be."""

_UIN = re.compile(r"[0-9]{16}")


def exactly_one(*names: str) -> Rule:
    """Demand one of several arguments, and no more."""
    either = f"give either {' or '.join(names)}"

    def rule(call: Any) -> Iterator[Broken]:
        given = [name for name in names if getattr(call, name) is not None]
        if len(given) != 1:
            yield Broken(given[-1] if given else names[0], getattr(call, given[-1]) if given else None, either)

    return rule


def at_least_one(*names: str) -> Rule:
    """Demand one of several arguments, or more of them."""

    def rule(call: Any) -> Iterator[Broken]:
        if all(getattr(call, name) is None for name in names):
            yield Broken(names[0], None, f"give {' or '.join(names)}")

    return rule


def named(path: str) -> str:
    """Name an argument as in Python, and a field of one as on the wire: `dates.creationDateTo`."""
    holder, _, field = path.rpartition(".")
    first, *others = field.split("_")
    return f"{holder}.{first}{''.join(map(str.title, others))}" if holder else path


def not_before(start: str, end: str) -> Rule:
    """Demand that a range ends no earlier than it begins; `dates.creation_date_from` names a field of an argument."""
    first, last = _reader(start), _reader(end)

    def rule(call: Any) -> Iterator[Broken]:
        begins, ends = first(call), last(call)
        if begins is not None and ends is not None and ends < begins:
            yield Broken(named(end), ends, f"must not be before {named(start).rpartition('.')[2]} ({begins})")

    return rule


def at_most_days(start: str, end: str, days: int, words: str) -> Rule:
    """Demand that a range is no longer than some days."""
    first, last = _reader(start), _reader(end)

    def rule(call: Any) -> Iterator[Broken]:
        begins, ends = first(call), last(call)
        if begins is not None and ends is not None and (ends - begins).days > days:
            yield Broken(end, ends, f"must be at most {words} after {start} ({begins})")

    return rule


def only_with(name: str, other: str) -> Rule:
    """Demand that an argument stands only beside another one."""

    def rule(call: Any) -> Iterator[Broken]:
        if getattr(call, name) is not None and getattr(call, other) is None:
            yield Broken(name, getattr(call, name), f"goes only together with {other}")

    return rule


def _reader(path: str) -> Any:
    *holders, last = path.split(".")
    if not holders:
        return attrgetter(path)
    holder = attrgetter(".".join(holders))

    def read(call: Any) -> Any:
        found = holder(call)
        return None if found is None else getattr(found, last)

    return read


def concerning(*needles: str) -> Callable[[R], R]:
    """Say of a rule for things of a bulk call that it has nothing to say where their JSON has none of some strings.

    So it needn't be asked of each of a hundred thousand.
    """

    def mark(rule: R) -> R:
        rule.concerns = tuple(needle.encode() for needle in needles)  # type: ignore[attr-defined]
        return rule

    return mark


def discount(price: Any, place: str) -> Iterator[Broken]:
    """Check a price with the crossed-out one beside it."""
    if price is None or price.value is None:
        return
    if round(price.value, MOST_DECIMALS) != price.value:
        yield Broken(f"{place}.value", price.value, f"must have at most {MOST_DECIMALS} digits behind the point")
    base = getattr(price, "discount_base", None)
    if base is None:
        return
    if base != int(base):
        yield Broken(f"{place}.discountBase", base, "must be a whole number")
    elif not LEAST_DISCOUNT <= round((1 - price.value / base) * 100, 6) <= MOST_DISCOUNT:
        rule = f"must make a discount of {LEAST_DISCOUNT} to {MOST_DISCOUNT} % against the value {price.value}"
        yield Broken(f"{place}.discountBase", base, rule)


def fresh(stock_updated_at: datetime | None, place: str) -> Iterator[Broken]:
    """Check when stocks were counted: not in the future, and not long ago."""
    if stock_updated_at is None:
        return
    age = datetime.now(UTC) - stock_updated_at
    # A clock that is a minute off is no reason to refuse.
    if not timedelta(minutes=-1) <= age <= OLDEST_STOCK:
        yield Broken(place, stock_updated_at, "must be within the last 24 hours; leave it out for now")


def marking(instances: Iterable[Any] | None, place: str) -> Iterator[Broken]:
    """Check the codes of units: one kind each, and a UIN of 16 digits."""
    for number, instance in enumerate(instances or ()):
        here = f"{place}[{number}]"
        codes = [name for name in ("cis", "uin", "rnpt", "gtd") if getattr(instance, name, None) is not None]
        if len(codes) != 1:
            yield Broken(here, codes, "give one of cis, uin, rnpt, gtd")
        elif codes == ["uin"] and not _UIN.fullmatch(instance.uin):
            yield Broken(f"{here}.uin", instance.uin, "must be 16 digits")


def each_once(values: Iterable[Any], place: str, name: str) -> Iterator[Broken]:
    """Check that things in a list differ; `place` has `{}` for their number."""
    seen = set()
    for number, value in enumerate(values):
        key = value.strip(" \t") if isinstance(value, str) else value
        if key in seen:
            yield Broken(place.format(number), value, f"stands twice; each {name} once")
        seen.add(key)


def today_in_moscow() -> date:
    """Tell the day by the Market's clock."""
    return (datetime.now(UTC) + timedelta(hours=3)).date()

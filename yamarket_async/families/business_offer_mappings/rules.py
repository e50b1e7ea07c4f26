"""What products of the catalogue must keep to beside the bounds of their fields."""

import re
from collections.abc import Iterator
from typing import Any

from yamarket_async.endpoints import Broken, snake
from yamarket_async.rules import discount

MOST_TAG = 20
"""Characters that a tag may have."""

AGES = {"YEAR": (0, 6, 12, 16, 18), "MONTH": tuple(range(13))}
"""The age limits that there are, by their unit."""

_WHOLE_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_CUSTOMS_CODE = re.compile(r"[0-9]{10}|[0-9]{14}")
_DELETED_AS = {"PARAMETERS": "parameter_values"}


def product(mapping: Any) -> Iterator[Broken]:
    """A product as it is created or changed."""
    offer = mapping.offer
    yield from discount(offer.basic_price, "offer.basicPrice")
    yield from _deleted_and_set(offer)
    yield from _measures(offer.weight_dimensions)
    yield from _texts(offer)
    yield from _links(offer)
    yield from _age(offer.age)
    for number, code in enumerate(offer.commodity_codes or ()):
        if code.type == "CUSTOMS_COMMODITY_CODE" and not _CUSTOMS_CODE.fullmatch(code.code):
            yield Broken(f"offer.commodityCodes[{number}].code", code.code, "must be 10 or 14 digits")


def _deleted_and_set(offer: Any) -> Iterator[Broken]:
    for number, kind in enumerate(offer.delete_parameters or ()):
        field = _DELETED_AS.get(kind) or kind.lower()
        if getattr(offer, field, None) is not None:
            rule = f"{snake(field)} can't be deleted and set at the same time"
            yield Broken(f"offer.deleteParameters[{number}]", kind, rule)


def _measures(measures: Any) -> Iterator[Broken]:
    for name in ("length", "width", "height", "weight") if measures is not None else ():
        if not getattr(measures, name) > 0:
            yield Broken(f"offer.weightDimensions.{name}", getattr(measures, name), "must be above 0")


def _texts(offer: Any) -> Iterator[Broken]:
    for field in ("barcodes", "manufacturer_countries", "certificates", "tags"):
        for number, text in enumerate(getattr(offer, field) or ()):
            if not text.strip():
                yield Broken(f"offer.{_camel(field)}[{number}]", text, "must not be empty")
    for number, tag in enumerate(offer.tags or ()):
        if len(tag) > MOST_TAG:
            yield Broken(f"offer.tags[{number}]", tag, f"must have at most {MOST_TAG} characters")


def _links(offer: Any) -> Iterator[Broken]:
    for field in ("pictures", "videos"):
        for number, link in enumerate(getattr(offer, field) or ()):
            if not _WHOLE_LINK.fullmatch(link):
                yield Broken(f"offer.{field}[{number}]", link, "must be a whole link, with http:// or https://")


def _age(age: Any) -> Iterator[Broken]:
    if age is not None and age.value not in AGES.get(age.age_unit, (age.value,)):
        allowed = ", ".join(map(str, AGES[age.age_unit]))
        yield Broken("offer.age.value", age.value, f"must be one of {allowed} where the unit is {age.age_unit}")


def _camel(field: str) -> str:
    first, *rest = field.split("_")
    return first + "".join(part.capitalize() for part in rest)

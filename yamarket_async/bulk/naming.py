"""Which things of a request a refusal names, by their place in it or by their id, without I/O."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from yamarket_async.errors import APIError, ErrorDetail

_AT_INDEX = re.compile(r"\bat index ['\"«]?(\d+)", re.IGNORECASE)
_QUOTED = re.compile(r"'([^']+)'|\"([^\"]+)\"|«([^»]+)»")
_LISTED = re.compile(r"[^\s,;:'\"«»()\[\]{}]+")

SHORTEST_BARE_KEY = 4
"""Characters from which on a word of a message is tried as an id where it stands without quotation marks."""


def named_in(
    error: APIError, field: str, keys: Sequence[Any]
) -> tuple[Mapping[int, tuple[ErrorDetail, ...]], set[int]]:
    """Find the things that a refusal names.

    Args:
        error: the refusal.
        field: where in the body the list of things stands.
        keys: what identifies the things of the request, in their order there.

    Returns:
        What it says of each of them, by their places in the request; and the places of those that it may mean: their
        ids stand in it as bare words, as a number does that is a price.
    """
    named: dict[int, tuple[ErrorDetail, ...]] = {}
    guessed: set[int] = set()
    at = re.compile(rf"\b{re.escape(field)}\[(\d+)\]")
    places: dict[str, int | None] | None = None
    for detail in error.errors:
        message = detail.message or ""
        found = {int(number) for number in at.findall(message) + _AT_INDEX.findall(message)}
        found = {place for place in found if place < len(keys)}
        if not found:
            places = _places(keys) if places is None else places
            found = _found(places, _quoted_in(message))
            guessed |= _found(places, _bare_in(message))
        for place in found:
            named[place] = (*named.get(place, ()), detail)
    return named, guessed


def _found(places: Mapping[str, int | None], words: Iterable[str]) -> set[int]:
    return {place for word in words if (place := places.get(word)) is not None}


def _places(keys: Sequence[Any]) -> dict[str, int | None]:
    """Note where each id stands; None for a part of a pair that stands in several."""
    places: dict[str, int | None] = {}
    for place, key in enumerate(keys):
        for part in key if isinstance(key, tuple) else (key,):
            text = str(part)
            places[text] = None if text in places else place
    return places


def _quoted_in(message: str) -> set[str]:
    """Give what is quoted in a message, and the parts of quoted lists."""
    quoted = {text.strip() for match in _QUOTED.findall(message) for text in match if text}
    return quoted | {part.strip() for text in quoted for part in text.split(",")}


def _bare_in(message: str) -> set[str]:
    """Give the longer words with a digit."""
    words = {word.rstrip(".") for word in _LISTED.findall(message)}
    return {word for word in words if len(word) >= SHORTEST_BARE_KEY and any(map(str.isdigit, word))}

"""Cutting lists into pages by token, for every method that answers so."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any, TypeVar

from yamarket_async.sandbox.calls import Call, bad_request
from yamarket_async.sandbox.tokens import BEGINNING, MOST_TURNS, Place

T = TypeVar("T")


def place_of(call: Call, tied: object) -> Place:
    """Read where the page of a call begins.

    Args:
        call: the call.
        tied: what a token is tied to beside the method and what its path names: the filters.

    Raises:
        Refusal: the token is not one of this query.
    """
    if call.page_token is None:
        return BEGINNING
    place = call.world.tokens.read(call.page_token, _query(call, tied))
    if place is None:
        raise bad_request("Bad page token")
    return place


def next_token(call: Call, tied: object, place: Place, last: int | None) -> str | None:
    """Make the token of the next page; None where there is none, unless a fault wants one.

    Args:
        call: the call.
        tied: as in `place_of`.
        place: where this page begins.
        last: the position or key of its last item where there is more behind it; None where there isn't.
    """
    tokens, query = call.world.tokens, _query(call, tied)
    if call.repeat_token and place != BEGINNING:
        return tokens.write(place, query)
    if call.empty_page:
        return tokens.write(Place(place.after, (place.turn + 1) % MOST_TURNS), query)
    return None if last is None else tokens.write(Place(last), query)


def paged(
    call: Call,
    items: Iterable[T],
    *,
    key: Callable[[T], int],
    write: Callable[[T], Any],
    tied: object = None,
    more: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Answer with a page of a list.

    Args:
        call: the call.
        items: all items that are asked for, in the order of their keys.
        key: the key of an item: a number of 0 or more that grows from item to item and never changes, so that a walk
            stays exact while the list changes.
        write: writes an item as JSON has it.
        tied: what the token is tied to: the filters. Those in query and body are tied to it anyway.
        more: fields beside the list, in the struct that holds it.
    """
    place = place_of(call, tied)
    found = list(islice((item for item in items if key(item) > place.after), call.limit + 1))
    shown: Sequence[T] = () if call.empty_page else found[: call.limit]
    last = key(found[call.limit - 1]) if len(found) > call.limit else None
    token = next_token(call, tied, place, last)
    return listed(call, [write(item) for item in shown], token, more)


def positioned(
    call: Call,
    find: Callable[[int, int], Sequence[int]],
    write: Callable[[Sequence[int]], list[Any]],
    *,
    more: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Answer with a page of a list of which only the positions are known, so that a long one need not be made whole.

    Args:
        call: the call.
        find: gives the positions behind a position, in ascending order, at most so many.
        write: writes the items at positions as JSON has them.
        more: fields beside the list, in the struct that holds it.
    """
    place = place_of(call, None)
    found = find(place.after, call.limit + 1)
    shown: Sequence[int] = () if call.empty_page else found[: call.limit]
    last = found[call.limit - 1] if len(found) > call.limit else None
    return listed(call, write(shown), next_token(call, None, place, last), more)


def listed(
    call: Call, items: Sequence[Any], token: str | None = None, more: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Answer with a list that is cut already, or whole: put it where the entry says that it stands."""
    pages = call.endpoint.pages
    assert pages is not None, f"{call.endpoint.name} has no pages"  # noqa: S101 — a mistake of ours, not the caller's
    *path, name = pages.items.split(".")
    payload: dict[str, Any] = {"status": "OK"}
    holder = payload
    for part in path:
        holder = holder.setdefault(part, {})
    holder.update(more or {})
    holder[name] = items
    if pages.paging:
        *where, last = pages.paging.split(".")
        holder = payload
        for part in where:
            holder = holder.setdefault(part, {})
        holder[last] = {} if token is None else {"nextPageToken": token}
    return payload


def _query(call: Call, tied: object) -> str:
    sent = f"{sorted(call.ids.items())} {sorted(map(str, call.query.items()))} {_canonical(call.body)}"
    return f"{call.endpoint.name} {sent} {tied}"


def _canonical(value: Any) -> str:
    """Write what was sent so that the order of filters and of their values doesn't matter."""
    if isinstance(value, dict):
        return (
            "{"
            + ",".join(f"{name}:{_canonical(value[name])}" for name in sorted(value) if value[name] is not None)
            + "}"
        )
    if isinstance(value, list):
        return "[" + ",".join(sorted(map(_canonical, value))) + "]"
    return repr(value)

"""Lists as exports: what the entry of an operation says of its columns, its options and how it is walked."""

import warnings
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from yamarket_async.arguments import Slot, signature_of
from yamarket_async.cli.columns import Column, Rows, columns_of, item_type, rows_of
from yamarket_async.cli.lookup import items_path, list_name, method_of
from yamarket_async.cli.parts import Position
from yamarket_async.cli.values import is_object, item_of
from yamarket_async.endpoints import Endpoint, Ids, snake
from yamarket_async.ranges import pieces

if TYPE_CHECKING:
    from yamarket_async.client import MarketClient

ALONE_AT_ONCE = 500
"""Ids that are asked for at once where an export is to be resumed; fewer where the method takes fewer."""

Call = Callable[..., Any]


class Portion(NamedTuple):
    """What a walk brings at once.

    Attributes:
        items: what is in it.
        position: where to go on behind it; None where it is known to be the last.
        total: how many items there are in all, where that is told.
    """

    items: Sequence[Any]
    position: Position | None
    total: int | None = None


Walk = Callable[[Call, Position], AsyncGenerator[Portion, None]]


class Export:
    """A list that can be exported.

    Args:
        endpoint: its operation.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.name = list_name(endpoint)

    @property
    def rows(self) -> Rows:
        """What its items are written as."""
        return rows_of(item_type(self.endpoint))

    @property
    def item(self) -> Any:
        """What it lists."""
        return self.rows.kind

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns in a flat file."""
        return columns_of(self.item)

    @cached_property
    def ids(self) -> Mapping[str, Ids]:
        """The lists of ids by which it can be asked, by their arguments; without those of whole objects."""
        slots = {slot.name: slot for slot in signature_of(self.endpoint).slots}
        found = {slots[ids.name]: ids for ids in self.endpoint.ids}
        return {slot.argument: ids for slot, ids in found.items() if not is_object(item_of(slot.kind))}

    @property
    def required(self) -> list[Slot]:
        """The arguments without which it can't be asked."""
        return [slot for slot in signature_of(self.endpoint).slots if slot.required]

    def pager(self, market: "MarketClient", arguments: Mapping[str, Any]) -> Any:
        """Call the method; raises at once where an argument is out of bounds.

        Returns:
            Its pager; of a list that comes whole what is to be awaited for it.
        """
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # the command's help says it, which is what users see
            return getattr(market, method_of(self.endpoint))(**arguments)

    def walk(self, arguments: Mapping[str, Any], written: Iterable[str] = ()) -> Walk:
        """Choose how it is walked.

        Args:
            arguments: what the method is called with.
            written: the keys of items that an earlier run wrote, as text.
        """
        for argument, ids in self.ids.items():
            if arguments.get(argument) is not None:
                size = min(ids.at_once, arguments.get("page_size") or ALONE_AT_ONCE)
                return by_ids(argument, arguments[argument], size)
        if self.endpoint.pages is None:
            _, _, path = items_path(self.endpoint).partition(".")
            return whole(attrgetter(snake(path)) if path else lambda answer: answer)
        if self.endpoint.pages.by == "number":
            return by_number
        cut = pieces(self.endpoint, arguments)
        return by_token if len(cut) == 1 else by_pieces(cut, self.key, written)

    def is_walked_in_pieces(self, arguments: Mapping[str, Any]) -> bool:
        """Tell whether a range is too long for one request."""
        return len(pieces(self.endpoint, arguments)) > 1

    @property
    def key_path(self) -> str:
        """The attributes that lead to what identifies an item; "" where nothing does."""
        return self.endpoint.ids[0].key if self.endpoint.ids else ""

    @property
    def key(self) -> Callable[[Any], Any]:
        """Reads what identifies an item, as text; the whole item where nothing does."""
        read = attrgetter(self.key_path) if self.key_path else None
        return lambda item: item if read is None else str(read(item))

    @property
    def key_column(self) -> str:
        """The column in which that is written; "" where there is none."""
        path = tuple(self.key_path.split("."))
        return next((column.name for column in self.columns if column.path == path), "")


async def by_token(call: Call, start: Position) -> AsyncGenerator[Portion, None]:
    """Walk a method that is paged by token."""
    async with aclosing(call(**start).pages()) as pages:
        async for page in pages:
            token = page.next_page_token
            yield Portion(page.items, None if token is None else {"page_token": token})


def whole(read: Callable[[Any], Any]) -> Walk:
    """Make the walk of a list that comes in one answer.

    Args:
        read: takes it out of what the method returns.
    """

    async def walk(call: Call, _start: Position) -> AsyncGenerator[Portion, None]:
        answer = await call()
        yield Portion(() if answer is None else read(answer) or (), None)

    return walk


async def by_number(call: Call, start: Position) -> AsyncGenerator[Portion, None]:
    """Walk a method that is paged by number."""
    number = start.get("page", 1)
    async with aclosing(call(**start).pages()) as pages:
        async for page in pages:
            number += 1
            yield Portion(page.items, {"page": number}, page.pager.total if page.pager else None)


def by_ids(argument: str, ids: Sequence[Any], size: int) -> Walk:
    """Make a walk over a list of ids, asked for in batches; a position is how many of them are done.

    Args:
        argument: the argument that takes them.
        ids: the ids.
        size: how many of them to ask for at once.
    """

    async def walk(call: Call, start: Position) -> AsyncGenerator[Portion, None]:
        for first in range(start.get("done", 0), len(ids), size):
            batch = ids[first : first + size]
            done = first + len(batch)
            yield Portion(await call(**{argument: batch}), {"done": done} if done < len(ids) else None)

    return walk


def by_pieces(cut: Sequence[Mapping[str, Any]], key: Callable[[Any], Any], written: Iterable[str]) -> Walk:
    """Make a walk over a range that is too long for one request, a piece after another.

    Args:
        cut: the arguments of each piece.
        key: reads what identifies an item: pieces overlap a little, and what they have in common comes once.
        written: the keys of what an earlier run wrote.
    """

    async def walk(call: Call, start: Position) -> AsyncGenerator[Portion, None]:
        seen: set[Any] = set(written)
        token = start.get("page_token")
        for number in range(start.get("piece", 0), len(cut)):
            more = {} if token is None else {"page_token": token}
            async with aclosing(call(**cut[number], **more).pages()) as pages:
                async for page in pages:
                    items = [item for item in page.items if key(item) not in seen]
                    seen.update(map(key, items))
                    yield Portion(items, _next_of(number, page.next_page_token, len(cut)))
            token = None

    return walk


def _next_of(number: int, token: str | None, several: int) -> Position | None:
    """Tell where a walk in pieces goes on."""
    if token is not None:
        return {"piece": number, "page_token": token}
    return {"piece": number + 1} if number + 1 < several else None

"""The pager: the results of a method as items, as pages or as a list, over as many requests as that takes."""

import re
from collections.abc import Callable, Generator, Iterator, Mapping
from operator import attrgetter
from typing import Any, Generic, Protocol, Self, TypeVar, cast

from yamarket_async.arguments import Arguments, integer, request_of
from yamarket_async.checking import bounds_of, checker, listed
from yamarket_async.endpoints import Endpoint, Ids, Pages, Request
from yamarket_async.errors import InvalidRequest, MarketError
from yamarket_async.framing import Frame, argument_of, is_struct, trimmed
from yamarket_async.ranges import pieces
from yamarket_async.session import Session
from yamarket_async.walk import MAX_PAGE_NUMBER, Page, Walk, chained, number_walk, single, token_walk
from yamarket_async.walking import Key, ManyParts, OnePageAhead, Part

T = TypeVar("T")


class Reader(Protocol[T]):
    """One walk over the network, see `walking`."""

    async def next(self) -> Page[T] | None:
        """Give the next page; None after the last one. A wait that is given up loses nothing."""
        ...

    def cancel(self) -> None:
        """End what is under way."""
        ...

    async def close(self) -> None:
        """End what is under way, and wait until it is gone."""
        ...


class Pager(Generic[T]):
    """The results of a method, page after page.

    Iterate it for the items, iterate `pages()` for pages, or await it for a list of everything. It is inert until then,
    and each iteration is a walk of its own from the start. While the caller works on a page the next one is on its way.

    An error of a walk carries the `page_token` to go on from; when it was awaited also the `items` that had come.
    """

    def __init__(self, what: str, read: Callable[[], Reader[T]]) -> None:
        self._what = what
        self._read = read

    def __aiter__(self) -> "Walker[T]":
        return Walker(self._read())

    def pages(self) -> "PageWalker[T]":
        """Walk the pages.

        Where hundreds of walks run at once, end the body of the loop with `del page`: its variable would otherwise keep
        a page of each walk for the garbage collector to visit.

        Returns:
            An iterator of each `Page`, with its items and the token from which a later walk can go on.
        """
        return PageWalker(self._read())

    def __await__(self) -> Generator[Any, None, list[T]]:
        return self.all().__await__()

    async def all(self) -> list[T]:
        """Walk all pages, and give their items in one list.

        Raises:
            MarketError: its `items` are those that had come before, its `page_token` where to go on.
        """
        items: list[T] = []
        reader = self._read()
        try:
            while page := await reader.next():
                items += page.items
        except MarketError as error:
            error.items = items
            raise
        finally:
            await reader.close()
        return items

    def __repr__(self) -> str:
        return f"<Pager {self._what}>"


class Walker(Generic[T]):
    """The iterator of a walk, item by item. Whoever gives a wait for it up, by a timeout say, goes on where he was.

    It ends what is under way when it is closed (`aclose`) or dropped.
    """

    def __init__(self, reader: Reader[T]) -> None:
        self._feed = _Feed(reader)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T:
        # This runs for every item: the loop is the quickest way to take one, quicker than an async generator is.
        for item in self._feed.items:
            return item  # type: ignore[no-any-return] # a call of `cast` would take a fifth of the time
        try:
            return cast("T", await self._feed.item())
        finally:
            del self  # an exception that is kept keeps this frame, which would keep the walk from being dropped

    async def aclose(self) -> None:
        """End the walk, and wait until nothing of it is left."""
        await self._feed.close()

    def __del__(self) -> None:
        self._feed.cancel()


class PageWalker(Walker[Page[T]]):
    """The same, page by page."""

    def __init__(self, reader: Reader[T]) -> None:
        self._feed = _Feed(reader)

    async def __anext__(self) -> Page[T]:
        feed = self._feed
        try:
            return cast("Page[T]", await feed.page())
        finally:
            del self


class _Feed:
    """Hands out what a walk gives."""

    __slots__ = ("_page", "_reader", "items")

    def __init__(self, reader: Reader[Any]) -> None:
        self._reader: Reader[Any] | None = reader
        self._page: Page[Any] | None = None
        self.items: Iterator[Any] = iter(())

    async def page(self) -> Any:
        page = None if self._reader is None else await self._reader.next()
        if page is None:
            raise StopAsyncIteration
        return page

    async def item(self) -> Any:
        while True:
            self._page = None  # before the next one is decoded, which then takes its place in memory
            page = self._page = await self.page()
            self.items = iter(page.items)
            del page
            for item in self.items:
                return item

    def cancel(self) -> None:
        if self._reader is not None:
            self._reader.cancel()

    async def close(self) -> None:
        reader, self._reader, self.items = self._reader, None, iter(())
        if reader is not None:
            await reader.close()


CHECKED_AT_ONCE = 5_000
"""Ids that are checked when a method is called; more would hold the event loop up, and are when the walk begins."""


def pager(session: Session, endpoint: Endpoint, arguments: Arguments) -> Pager[Any]:
    """Make the pager of a call.

    Args:
        session: performs its requests.
        endpoint: the method, which answers with a list.
        arguments: what it was called with; `page_size` and `page_token`, or `page`, among them.

    Raises:
        InvalidRequest: an argument is out of bounds.
    """
    pages: Any = endpoint.pages
    size = _page_size(pages, arguments.get("page_size"))
    token = _page_token(arguments.get("page_token"))
    given = {argument_of(endpoint, ids.name): ids for ids in endpoint.ids}
    given = {argument: ids for argument, ids in given.items() if arguments.get(argument) is not None}
    for argument, ids in given.items():
        for name in ids.excludes:
            if arguments.get(name) is not None:
                raise InvalidRequest(name, arguments[name], f"can't stand beside {argument}")
        if token is not None:
            rule = f"can't stand beside {argument}, whose answers aren't pages; ask for the rest of them"
            raise InvalidRequest("page_token", token, rule)
    if len(given) > 1:
        arguments, given = {**arguments, **_together(given, arguments)}, {}
    cut = pieces(endpoint, arguments)
    for argument, ids in given.items():
        if len(cut) > 1:
            rule = "can't stand beside a range that takes several requests; shorten that"
            raise InvalidRequest(argument, arguments[argument], rule)
        return _by_ids(session, endpoint, arguments, ids, size)
    if len(cut) > 1 and token is not None:
        raise InvalidRequest("page_token", token, "can't stand beside a range that takes several requests; shorten it")
    requests = [request_of(endpoint, each) for each in cut]
    given_page = arguments.get("page")
    page = integer("page", 1 if given_page is None else given_page, maximum=MAX_PAGE_NUMBER)

    def walk_of(request: Request) -> Walk[Any]:
        if pages.by == "number":
            return number_walk(request, page=page, page_size=size)
        return single(request) if pages.by == "once" else token_walk(request, page_size=size, page_token=token)

    key = _key_reader(endpoint.ids[0].key if endpoint.ids else "") if len(cut) > 1 else None
    what = f"{endpoint.name} of {requests[0].entity}"
    return Pager(what, lambda: OnePageAhead(session, endpoint, chained(map(walk_of, requests)), key))


def _together(given: Mapping[str, Ids], arguments: Arguments) -> dict[str, list[Any]]:
    """Give several lists of ids that one request holds, where the Market brings together what each of them asks for.

    Raises:
        InvalidRequest: one is too long for a request, and cut apart they would ask for something else.
    """
    lists = {argument: listed(argument, arguments[argument]) for argument in given}
    for argument, ids in given.items():
        if len(lists[argument]) > ids.at_once:
            others = " and ".join(other for other in given if other != argument)
            rule = f"can hold {ids.at_once} at the most beside {others}; ask for them apart"
            raise InvalidRequest(argument, arguments[argument], rule)
    return lists


def _page_size(pages: Pages, given: Any) -> int | None:
    if pages.by == "once":
        return None
    if given is None:
        return pages.size
    return integer("page_size", given, maximum=pages.size or 2**31 - 1)


def _page_token(given: Any) -> str | None:
    if given is not None and (not isinstance(given, str) or not given.strip() or re.search(r"[\x00-\x1f\x7f]", given)):
        raise InvalidRequest("page_token", given, "must be a string that is not empty and has no control characters")
    return given


def _by_ids(session: Session, endpoint: Endpoint, arguments: Arguments, ids: Ids, size: int | None) -> Pager[Any]:
    """Make the pager of a call that names what it wants: in several requests, as many at once as may be."""
    from yamarket_async.bulk.reading import Source  # noqa: PLC0415 — loads all of the bulk calls, see `calling`

    # No request asks for more than a page holds, so that hardly any is answered in several.
    at_once = min(ids.at_once, size or ids.at_once)
    frame = Frame(session.base_url, endpoint, arguments, ids.name, at_once, spare=len(f"&limit={size}"))
    values = listed(frame.argument, arguments[frame.argument])
    _check_first(frame, values)
    key = _key_reader(ids.key) if ids.key and not is_struct(frame.kind) else None
    lanes = (endpoint.quota and endpoint.quota.parallel) or session.max_parallel
    is_single = ids.alone or (endpoint.pages is not None and endpoint.pages.by == "once")

    def read() -> ManyParts[Any]:
        source = Source(frame, values, (), skip=False)

        async def part() -> Part | None:
            await source.check()
            batch = await source.next()
            if batch is None:
                return None
            request = frame.request(batch.lines, len(batch.things))
            walk: Walk[Any] = single(request) if is_single else token_walk(request, page_size=size)
            return Part(walk, {key: place for place, key in enumerate(batch.keys)} if key else {})

        return ManyParts(session, endpoint, part, key, lanes=lanes)

    return Pager(f"{endpoint.name} of {frame.entity}", read)


def _check_first(frame: Frame, values: list[Any]) -> None:
    """Check the first ones at once, so that a mistake is told where the method is called.

    Raises:
        InvalidRequest: one of them breaks a rule.
    """
    first = values[:CHECKED_AT_ONCE]
    if bounds_of(frame.kind)[1].trimmed:
        first = list(map(trimmed, first))
    check = checker(frame.kind)
    if check.read_many(first) is None:
        for place, value in enumerate(first):  # pragma: no branch — one of them is to blame
            check.read(f"{frame.argument}[{place}]", value)


def _key_reader(path: str) -> Key:
    """Make what reads the key of an item; of one that has none the item itself is its key."""
    read = attrgetter(path) if path else None

    def key_of(item: Any) -> Any:
        if read is None:
            return item
        try:
            key = read(item)
        except AttributeError:  # a part on the way is None
            return None
        return trimmed(key)

    return key_of

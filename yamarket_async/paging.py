"""The pager: walks pages over the network, one page ahead of whoever reads them."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator
from typing import Any, Generic, Self, TypeVar

from yamarket_async.endpoints import PagedEndpoint, Request
from yamarket_async.errors import BadRequest, PaginationError
from yamarket_async.session import Answer, Session
from yamarket_async.walk import Page, Walk, page_of

T = TypeVar("T")

TURNS_UNTIL_SENT = 2
"""Turns of the event loop until a request has left: in the first its task begins, in the second aiohttp writes the
body."""

CROWD = 20
"""Requests under way from which on a walk doesn't wait for its own to leave."""


class Pager(Generic[T]):
    """The results of a method, page after page.

    Iterate it for the items, iterate `pages()` for pages, or await it for a list of everything. It is inert until then,
    and each iteration is a walk of its own from the start. While the caller works on a page the next one is on its way.
    """

    def __init__(self, session: Session, endpoint: PagedEndpoint[Any, T], walk: Callable[[], Walk[T]]) -> None:
        self._session = session
        self._endpoint = endpoint
        self._walk = walk

    def __aiter__(self) -> AsyncGenerator[T, None]:
        return self._items()

    def __await__(self) -> Generator[Any, None, list[T]]:
        return self._all().__await__()

    async def _all(self) -> list[T]:
        items: list[T] = []
        async with self._reader() as reader:
            while page := await reader.next():
                items += page.items
        return items

    async def _items(self) -> AsyncGenerator[T, None]:
        async with self._reader() as reader:
            while page := await reader.next():
                for item in page.items:
                    yield item
                del page  # before the next one is decoded, which then takes its place in memory

    def _reader(self) -> "Reader[T]":
        return Reader(self._session, self._endpoint, self._walk())

    async def pages(self) -> AsyncGenerator[Page[T], None]:
        """Walk the pages.

        Where hundreds of walks run at once, end the body of the loop with `del page`: its variable would otherwise keep
        a page of each walk for the garbage collector to visit.

        Yields:
            Each `Page`, with its items and the token from which a later walk can go on.
        """
        async with self._reader() as reader:
            while page := await reader.next():
                yield page
                del page


class Reader(Generic[T]):
    """One walk over the network. While a page is being read the next one is on its way; one ahead, no more.

    A page for which somebody waits is decoded when he gets his turn, right before he works on it: were it decoded as
    soon as it is in, then among a thousand walks it would leave the processor's cache in between, and Python's garbage
    collector would visit hundreds of pages (`benchmarks/scale.py`). A page for which nobody waits yet is decoded at
    once, so that he needn't wait for that.

    It is no generator: one inside of another can't be closed when the event loop ends, since the loop closes both at
    once.
    """

    def __init__(self, session: Session, endpoint: PagedEndpoint[Any, T], walk: Walk[T]) -> None:
        self._session = session
        self._endpoint = endpoint
        self._walk = walk
        self._ahead: asyncio.Task[Page[T] | Answer[Any]] | None = None
        self._is_awaited = False
        self._trouble: PaginationError | None = None

    async def __aenter__(self) -> Self:
        self._fetch()
        return self

    async def next(self) -> Page[T] | None:
        """Give the next page and send for the one after it; None after the last."""
        if self._trouble is not None:
            raise self._trouble
        if self._ahead is None:
            return None
        self._is_awaited = True
        ahead = await self._ahead
        self._is_awaited = False
        page = ahead if isinstance(ahead, Page) else self._decoded(ahead)
        del ahead
        self._fetch(page)
        # A caller who works on the page without awaiting anything would hold the next request up until he is done.
        # Among n walks that makes them slower by one part in n at the most, and these turns would be spent on decoding
        # the pages of others, which costs more.
        if self._ahead and self._session.under_way < CROWD:
            for _ in range(TURNS_UNTIL_SENT):
                await asyncio.sleep(0)
        return page

    def _fetch(self, after: Page[T] | None = None) -> None:
        self._ahead = None
        try:
            request = next(self._walk) if after is None else self._walk.send(after)
            self._ahead = self._session.spawn(self._page, request)
        except StopIteration:
            pass
        except PaginationError as error:
            self._trouble = error  # told after the page that it came with, which would be lost otherwise

    async def _page(self, request: Request) -> Page[T] | Answer[Any]:
        try:
            answer = await self._session.call(request)
        except BadRequest as error:
            if "page_token" not in dict(request.query):
                raise
            raise error.remarking("has the Market forgotten the page token? begin anew without it") from error
        return answer if self._is_awaited else self._decoded(answer)

    def _decoded(self, answer: Answer[Any]) -> Page[T]:
        return page_of(self._endpoint, answer.read())

    async def __aexit__(self, *_exc: object) -> None:
        if self._ahead is not None:
            self._ahead.cancel()
            await asyncio.wait([self._ahead])

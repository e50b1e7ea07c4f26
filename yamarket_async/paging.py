"""The pager: walks pages over the network, one page ahead of whoever reads them."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import aclosing
from typing import Any, Generic, TypeVar

from yamarket_async.endpoints import Request
from yamarket_async.errors import PaginationError
from yamarket_async.session import Session
from yamarket_async.walk import Page, Walk, page_of

T = TypeVar("T")


class Pager(Generic[T]):
    """The results of a method, page after page.

    Iterate it for the items, iterate `pages()` for pages, or await it for a list of everything. It is inert until then,
    and each iteration is a walk of its own from the start. While the caller works on a page the next one is on its way.
    """

    def __init__(self, session: Session, walk: Callable[[], Walk[T]]) -> None:
        self._session = session
        self._walk = walk

    def __aiter__(self) -> AsyncGenerator[T, None]:
        return self._items()

    def __await__(self) -> Generator[Any, None, list[T]]:
        return self._all().__await__()

    async def _all(self) -> list[T]:
        items: list[T] = []
        async for page in self.pages():
            items += page.items
        return items

    async def _items(self) -> AsyncGenerator[T, None]:
        async with aclosing(self.pages()) as pages:
            async for page in pages:
                for item in page.items:
                    yield item

    async def pages(self) -> AsyncGenerator[Page[T], None]:
        """Walk the pages.

        Yields:
            Each `Page`, with its items and the token from which a later walk can go on.
        """
        walk = self._walk()
        request = next(walk, None)
        if request is None:
            return
        ahead: asyncio.Task[Page[T]] | None = self._fetch(request)
        try:
            while ahead is not None:
                page = await ahead
                ahead, trouble = None, None
                try:
                    ahead = self._fetch(walk.send(page))
                except StopIteration:
                    pass
                except PaginationError as error:
                    trouble = error
                yield page
                if trouble is not None:
                    raise trouble  # after the page that it came with, which the caller would miss otherwise
        finally:
            if ahead is not None:
                ahead.cancel()
                await asyncio.wait([ahead])

    def _fetch(self, request: Request) -> asyncio.Task[Page[T]]:
        return self._session.spawn(self._page(request))

    async def _page(self, request: Request) -> Page[T]:
        answer = await self._session.call(request)
        return page_of(request.endpoint, answer.response)

"""Walks over the network: one page ahead of whoever reads them, or several parts of a list at once."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Generic, NamedTuple, TypeVar, cast

import msgspec

from yamarket_async.endpoints import Endpoint, Request
from yamarket_async.errors import BadRequest, MarketError, PaginationError
from yamarket_async.session import Answer, Session
from yamarket_async.transport import starts_at_once
from yamarket_async.walk import Page, Walk, page_of

T = TypeVar("T")

TURNS_UNTIL_SENT = 2
"""Turns of the event loop until a request has left where its task can't start at once: in the first its task begins, in
the second aiohttp writes the body. A caller who works on a page without awaiting anything would hold the next request
up until he is done."""

CROWD = 20
"""Requests under way from which on a walk doesn't see to it that its own leaves at once. Among n walks a request that
is held up makes them slower by one part in n at the most, and what it takes costs more: turns would be spent on
decoding the pages of others, and tasks that start at once make 50 walks 7 to 16 % slower, 5 to 19 as much faster."""

PARTS_AHEAD = 2
"""Parts of a list that are under way or kept until their turn comes, for each lane: what bounds the memory that they
take, and what a slow one among them can hold up."""

BUSY = "somebody waits for the next page of this walk already; give each task a walk of its own"

Key = Callable[[Any], Any]
"""Reads what identifies an item."""


class OnePageAhead(Generic[T]):
    """One walk. While a page is being read the next one is on its way; one ahead, no more.

    A page for which somebody waits is decoded when he gets his turn, right before he works on it: were it decoded as
    soon as it is in, then among a thousand walks it would leave the processor's cache in between, and Python's garbage
    collector would visit hundreds of pages (`benchmarks/scale.py`). A page for which nobody waits yet is decoded at
    once, so that he needn't wait for that.

    Args:
        session: performs the requests.
        endpoint: the method.
        walk: says which.
        key: reads what identifies an item, where the walk may come to one twice, which is dropped then; the tokens of
            such a walk lead into a part of it only, and aren't shown.
    """

    def __init__(self, session: Session, endpoint: Endpoint, walk: Walk[T], key: Key | None = None) -> None:
        self._session = session
        self._endpoint = endpoint
        self._walk = walk
        self._key = key
        self._seen = set[Any]()
        self._ahead: asyncio.Task[Page[T] | Answer] | None = None
        self._ready: Page[T] | None = None
        self._waiter: asyncio.Future[None] | None = None
        """Of somebody who waits for the page that is on its way."""
        self._is_begun = self._is_busy = False
        self._trouble: MarketError | None = None

    async def next(self) -> Page[T] | None:
        """Give the next page and send for the one after it; None after the last."""
        if self._is_busy:
            raise RuntimeError(BUSY)
        self._is_busy = True
        try:
            if not self._is_begun:
                self._fetch()
            if self._ready is None and not await self._receive():
                return None
            page, self._ready = self._ready, None
            return page
        finally:
            self._is_busy = False

    async def _receive(self) -> bool:
        """Take the page that is on its way; False where there is none."""
        if self._trouble is not None:
            raise self._trouble
        if self._ahead is None:
            return False
        try:
            ahead = await self._arrival(self._ahead)
            page = ahead if isinstance(ahead, Page) else self._decoded(ahead)
        except MarketError as error:
            self._trouble = error  # told again to whoever asks again: the walk isn't over
            raise
        del ahead
        self._fetch(page)
        self._ready = self._shown(page)
        del page
        if self._ahead and self._session.under_way < CROWD and not starts_at_once():
            for _ in range(TURNS_UNTIL_SENT):
                await asyncio.sleep(0)
        return True

    async def _arrival(self, ahead: asyncio.Task[Page[T] | Answer]) -> Page[T] | Answer:
        """Wait for what is on its way; who gives the wait up doesn't end the walk.

        `asyncio.shield` would do the same and take a turn of the event loop more for each page.
        """
        if not ahead.done():
            self._waiter = asyncio.get_running_loop().create_future()
            ahead.add_done_callback(self._wake)  # it may end before it has begun
            try:
                await self._waiter
            finally:
                self._waiter = None
                ahead.remove_done_callback(self._wake)
        return ahead.result()

    def _wake(self, ended: asyncio.Task[Any] | None = None) -> None:
        is_former = ended is not None and ended is not self._ahead  # what ends may be told after the next one has begun
        if self._waiter is not None and not self._waiter.done() and not is_former:
            self._waiter.set_result(None)

    def _fetch(self, after: Page[T] | None = None) -> None:
        self._is_begun, self._ahead = True, None
        try:
            request = next(self._walk) if after is None else self._walk.send(after)
            begin = self._session.start if self._session.under_way < CROWD else self._session.spawn
            self._ahead = begin(self._page, request)
        except StopIteration:
            pass
        except PaginationError as error:
            self._trouble = error  # told after the page that it came with, which would be lost otherwise

    def _shown(self, page: Page[T]) -> Page[T]:
        if self._ahead is None and self._trouble is None:
            page = msgspec.structs.replace(page, is_last=True)
        if self._key is None:
            return page
        fresh = []
        for item in page.items:
            key = self._key(item)
            if key is None or key not in self._seen:  # what can't be told apart isn't taken for a repeat
                fresh.append(item)
                self._seen.add(key)
        return msgspec.structs.replace(page, items=fresh, next_page_token=None)

    async def _page(self, request: Request) -> Page[T] | Answer:
        token = next((value for name, value in request.query if name == "page_token"), None)
        try:
            answer = await self._session.call(request)
            return self._decoded(answer) if self._waiter is None else answer
        except BadRequest as error:
            if token is None:
                raise
            raise error.remarking("has the Market forgotten the page token? begin anew without it") from error
        except MarketError as error:
            error.page_token = token if self._key is None else None
            raise
        finally:
            self._wake()  # whose turn comes when this task is done

    def _decoded(self, answer: Answer) -> Page[T]:
        return page_of(self._endpoint, answer.read())

    def cancel(self) -> None:
        """End the request that is under way."""
        if self._ahead is not None:
            self._ahead.cancel()

    async def close(self) -> None:
        """End the request that is under way, and wait until it is gone."""
        self.cancel()
        if self._ahead is not None:
            await asyncio.wait([self._ahead])


class Part(NamedTuple):
    """A part of a list.

    Attributes:
        walk: asks for it.
        order: where each of its items belongs, by its key.
    """

    walk: Walk[Any]
    order: Mapping[Any, int]


class ManyParts(Generic[T]):
    """A list that is asked for in parts, several of them at once, and told in their order.

    Args:
        session: performs the requests.
        endpoint: the method.
        parts: gives the parts.
        key: reads what identifies an item; None where nothing does, and items stay in the order of the answers.
        lanes: parts at once.
    """

    def __init__(
        self,
        session: Session,
        endpoint: Endpoint,
        parts: Callable[[], Awaitable[Part | None]],
        key: Key | None,
        *,
        lanes: int,
    ) -> None:
        self._session = session
        self._endpoint = endpoint
        self._parts = parts
        self._key = key
        self._lanes = lanes
        self._ahead = deque[asyncio.Task[list[T]]]()
        self._ready: list[T] | None = None
        self._exhausted = self._is_busy = False

    async def next(self) -> Page[T] | None:
        """Give the next part as a page; None after the last one."""
        if self._is_busy:
            raise RuntimeError(BUSY)
        self._is_busy = True
        try:
            if self._ready is None and not await self._receive():
                return None
            items, self._ready = cast("list[T]", self._ready), None
            return Page(items, is_last=not self._ahead)
        finally:
            self._is_busy = False

    async def _receive(self) -> bool:
        await self._fill()
        if not self._ahead:
            return False
        # Who gives the wait up doesn't end the walk: `asyncio.wait` leaves the tasks alone. And the first part may take
        # longer than those after it, whose lanes are not to stand empty meanwhile.
        while not self._ahead[0].done():
            await asyncio.wait([task for task in self._ahead if not task.done()], return_when=asyncio.FIRST_COMPLETED)
            await self._fill()
        self._ready = self._ahead[0].result()
        self._ahead.popleft()
        await self._fill()
        return True

    def _has_lane(self) -> bool:
        """Tell whether another part may be asked for; not once one has failed."""
        is_failed = any(task.done() and (task.cancelled() or task.exception()) for task in self._ahead)
        under_way = sum(not task.done() for task in self._ahead)
        return under_way < self._lanes and len(self._ahead) < PARTS_AHEAD * self._lanes and not is_failed

    async def _fill(self) -> None:
        while not self._exhausted and self._has_lane():
            part = await self._parts()
            if part is None:
                self._exhausted = True
            else:
                self._ahead.append(self._session.spawn(self._collect, part))

    async def _collect(self, part: Part) -> list[T]:
        """Walk all pages of a part, and put its items in order; those that nobody asked for come last."""
        items: list[T] = []
        page: Page[T] | None = None
        while True:
            try:
                request = next(part.walk) if page is None else part.walk.send(page)
            except StopIteration:
                break
            page = page_of(self._endpoint, (await self._session.call(request)).read())
            items += page.items
        if (key := self._key) is not None:
            last = len(part.order)
            items.sort(key=lambda item: part.order.get(key(item), last))
        return items

    def cancel(self) -> None:
        """End the requests that are under way."""
        for task in self._ahead:
            task.cancel()

    async def close(self) -> None:
        """End the requests that are under way, and wait until they are gone."""
        self.cancel()
        if self._ahead:
            await asyncio.wait(self._ahead)

"""Walking pages, without I/O: a walk yields the request for the next page and is sent the page that came back."""

from collections.abc import Generator, Iterable
from typing import Any, Generic, TypeVar

import msgspec

from yamarket_async.endpoints import Endpoint, Request
from yamarket_async.errors import PaginationError
from yamarket_async.models.answers import FlippingPager

T = TypeVar("T")

MAX_EMPTY_PAGES = 10
"""Empty pages in a row, each with a way on, after which a walk is given up."""

MAX_PAGE_NUMBER = 10_000
"""The highest `page` that methods paged by number take."""


class Page(msgspec.Struct, Generic[T], frozen=True):
    """A page of results.

    Attributes:
        items: what is on it.
        next_page_token: the token of the page after it, to resume with `page_token=…` in this process or another;
            None on the last page, for methods paged by number, and for lists that are asked for in several requests
            since they are by ids or over a long range of days.
        pager: where the page lies, for methods paged by number.
        is_last: whether nothing comes after it. A job that keeps `next_page_token` to go on from must keep this too:
            no token also means to begin with the first page.
    """

    items: list[T]
    next_page_token: str | None = None
    pager: FlippingPager | None = None
    is_last: bool = False


Walk = Generator[Request, Page[T], None]


def page_of(endpoint: Endpoint, response: Any) -> Page[Any]:
    """Take the items and the way on out of an answer."""
    items = endpoint.items(response) or []
    paging = endpoint.paging(response) if endpoint.pages and endpoint.pages.paging else None
    if isinstance(paging, FlippingPager):
        return Page(items, pager=paging)
    # An empty token is none, as the concept page on pagination has it.
    return Page(items, (paging and paging.next_page_token) or None)


def token_walk(request: Request, *, page_size: int | None, page_token: str | None = None) -> Walk[T]:
    """Follow `nextPageToken` from the first page, or from `page_token`, to the last one."""
    seen = set[str]()
    empty_pages = 0
    while True:
        if page_token is not None:
            seen.add(page_token)
        query = ("limit", None if page_size is None else str(page_size)), ("page_token", page_token)
        page = yield request.with_query(*query, items=page_size)
        page_token, is_empty = page.next_page_token, not page.items
        del page  # the walk is the last to need it
        if page_token is None:
            return
        if page_token in seen:
            raise PaginationError(
                "the Market sent a page token for the second time, so the walk would never end",
                endpoint=request.endpoint.name,
                page_token=page_token,
            )
        empty_pages = empty_pages + 1 if is_empty else 0
        _give_up_on_empty_pages(request, empty_pages, page_token)


def number_walk(request: Request, *, page: int, page_size: int | None) -> Walk[T]:
    """Count the pages up from `page`, reading anew on each how many there are: the number can shrink on the way."""
    size, empty_pages = page_size or 1, 0
    for number in range(page, MAX_PAGE_NUMBER + 1):
        query = ("page", str(number)), ("pageSize", None if page_size is None else str(page_size))
        answer = yield request.with_query(*query, items=size)
        pager = answer.pager or FlippingPager()
        if number >= pager.pages_count if pager.pages_count is not None else not answer.items:
            return
        # Without a page size of the caller's, the Market's own is what the next page will cost.
        size = pager.page_size or size
        empty_pages = 0 if answer.items else empty_pages + 1
        del answer
        _give_up_on_empty_pages(request, empty_pages, None)
    raise PaginationError(
        f"there is more after page {MAX_PAGE_NUMBER}, the last one that the Market serves; "
        "narrow the query or ask for larger pages",
        endpoint=request.endpoint.name,
        page_token=None,
    )


def single(request: Request) -> Walk[T]:
    """Ask once: for lists that the Market returns whole."""
    yield request


def chained(walks: Iterable[Walk[T]]) -> Walk[T]:
    """Make one walk of several, one after the other."""
    for walk in walks:
        yield from walk


def _give_up_on_empty_pages(request: Request, empty_pages: int, page_token: str | None) -> None:
    if empty_pages >= MAX_EMPTY_PAGES:
        raise PaginationError(
            f"{empty_pages} empty pages in a row, each with another one to come",
            endpoint=request.endpoint.name,
            page_token=page_token,
        )

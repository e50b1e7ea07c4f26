"""What the answers of all methods share: the status, the errors, the two kinds of pagers."""

from typing import Annotated

from yamarket_async.errors import ErrorDetail
from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Int32, Outdated


class ApiResponseStatusType(OpenEnum):
    """The type of an answer."""

    OK = "OK"
    ERROR = "ERROR"


class ApiResponse(Model, kw_only=True, frozen=True):
    """What every answer may hold beside its result.

    Attributes:
        status: the type of the answer; methods older than v2 leave it out.
        errors: what went wrong.
    """

    status: ApiResponseStatusType | None = None
    errors: list[ErrorDetail] | None = None


class ForwardScrollingPager(Model, kw_only=True, frozen=True):
    """The way to the next page (`PackagingForwardScrollingPagerDTO`).

    Attributes:
        next_page_token: the id of the next page; None on the last one.
    """

    next_page_token: str | None = None


class ScrollingPager(Model, kw_only=True, frozen=True):
    """The way to the next page, for methods that are paged by token.

    Attributes:
        next_page_token: the id of the next page; None on the last one.
        prev_page_token: the id of the page before, where the method still sends it (deprecated).
    """

    next_page_token: str | None = None
    prev_page_token: Annotated[str, Outdated()] | None = None


class FlippingPager(Model, kw_only=True, frozen=True):
    """Where a page lies, for methods that are paged by number. It can change while one walks.

    Attributes:
        total: how many items were found in all.
        from_: the number of the first item on the page, counted from 1.
        to: the number of the last one.
        current_page: the number of the page, counted from 1.
        pages_count: how many pages there are.
        page_size: items a page.
    """

    total: Int32 | None = None
    from_: Int32 | None = None
    to: Int32 | None = None
    current_page: Int32 | None = None
    pages_count: Int32 | None = None
    page_size: Int32 | None = None

"""Walking pages, without a network: any sequence of pages goes in, each item comes out once."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yamarket_async.arguments import request_of
from yamarket_async.endpoints import Request
from yamarket_async.errors import PaginationError
from yamarket_async.families.offers.endpoints import GET_CAMPAIGN_OFFERS, GET_OFFERS
from yamarket_async.families.offers.models import CampaignOffersResponse, CampaignOffersResult
from yamarket_async.models.answers import FlippingPager, ForwardScrollingPager
from yamarket_async.walk import MAX_EMPTY_PAGES, Page, Walk, chained, number_walk, page_of, single, token_walk

REQUEST = request_of(GET_CAMPAIGN_OFFERS, {"campaign_id": 1})
NUMBERED = request_of(GET_OFFERS, {"campaign_id": 1})


def drive(walk: Walk[Any], pages: Sequence[Page[Any]]) -> tuple[list[Request], list[Any]]:
    """Answer a walk's requests with pages, one after the other."""
    requests, items = [next(walk)], []
    for page in pages:
        items += page.items
        try:
            requests.append(walk.send(page))
        except StopIteration:
            return requests, items
    raise AssertionError("the walk wants more pages than there are")


def query(request: Request) -> dict[str, str]:
    return dict(request.query)


@given(st.lists(st.lists(st.integers(), max_size=5), min_size=1, max_size=30))
def test_a_token_walk_asks_for_each_page_once_and_ends_after_the_last(contents: list[list[int]]) -> None:
    contents = [items or [0] for items in contents]
    pages = [Page(items, f"t{i + 1}" if i + 1 < len(contents) else None) for i, items in enumerate(contents)]
    requests, items = drive(token_walk(REQUEST, page_size=200), pages)
    assert items == [item for page in contents for item in page]
    assert [query(r).get("page_token") for r in requests] == [None, *(f"t{i}" for i in range(1, len(contents)))]
    assert {query(r)["limit"] for r in requests} == {"200"}
    assert {r.items for r in requests} == {200}


def test_a_token_walk_goes_on_from_a_token() -> None:
    assert query(next(token_walk(REQUEST, page_size=7, page_token="abc"))) == {"limit": "7", "page_token": "abc"}


@pytest.mark.parametrize("first", [None, "a"])
def test_a_token_that_came_before_ends_the_walk(first: str | None) -> None:
    pages = [Page([1], "b"), Page([2], "a"), Page([3], "b" if first is None else "a")]
    walk: Walk[int] = token_walk(REQUEST, page_size=1, page_token=first)
    with pytest.raises(PaginationError, match="second time") as caught:
        drive(walk, pages)
    assert caught.value.page_token == ("b" if first is None else "a")
    assert caught.value.endpoint == "getCampaignOffers"


def test_ten_empty_pages_in_a_row_end_the_walk() -> None:
    filled = [Page([1], f"f{i}") for i in range(3)]
    nine = [Page([], f"e{i}") for i in range(MAX_EMPTY_PAGES - 1)]
    requests, _ = drive(token_walk(REQUEST, page_size=1), [*filled, *nine, Page([2], "x"), Page([3], None)])
    assert len(requests) == len(filled) + len(nine) + 2
    with pytest.raises(PaginationError, match="10 empty pages"):
        drive(token_walk(REQUEST, page_size=1), [*filled, *nine, Page([], "x"), Page([], "y")])


def numbered(items: list[int], pages_count: int | None, page_size: int | None = None) -> Page[int]:
    return Page(items, pager=FlippingPager(pages_count=pages_count, page_size=page_size))


def test_a_number_walk_reads_the_pager_anew_on_every_page() -> None:
    pages = [numbered([1, 2], 5), numbered([3, 4], 4), numbered([5], 3)]
    requests, items = drive(number_walk(NUMBERED, page=1, page_size=2), pages)
    assert items == [1, 2, 3, 4, 5]
    assert [query(r) for r in requests] == [{"page": str(i), "pageSize": "2"} for i in (1, 2, 3)]


def test_a_number_walk_follows_a_pager_that_grows() -> None:
    requests, _ = drive(number_walk(NUMBERED, page=1, page_size=2), [numbered([1], 1 + 1), numbered([2], 2)])
    assert len(requests) == 2


def test_a_number_walk_goes_over_a_page_that_came_up_short() -> None:
    _, items = drive(number_walk(NUMBERED, page=2, page_size=2), [numbered([], 3), numbered([5], 3)])
    assert items == [5]


def test_a_number_walk_without_a_pager_ends_at_an_empty_page() -> None:
    requests, items = drive(number_walk(NUMBERED, page=1, page_size=None), [Page([1]), Page([2]), Page([])])
    assert items == [1, 2]
    assert [query(r) for r in requests] == [{"page": "1"}, {"page": "2"}, {"page": "3"}]


def test_a_number_walk_reckons_with_the_markets_page_size_where_the_caller_has_none() -> None:
    pages = [numbered([1], 3, page_size=50), numbered([2], 3), numbered([3], 3)]
    requests, _ = drive(number_walk(NUMBERED, page=1, page_size=None), pages)
    assert [r.items for r in requests] == [1, 50, 50]


def test_a_number_walk_does_not_lose_what_lies_after_the_last_page_that_is_served() -> None:
    with pytest.raises(PaginationError, match="more after page 10000"):
        drive(number_walk(NUMBERED, page=9_999, page_size=1), [numbered([1], 20_000), numbered([2], 20_000)])


def test_a_number_walk_gives_up_on_empty_pages_without_end() -> None:
    with pytest.raises(PaginationError, match="10 empty pages"):
        drive(number_walk(NUMBERED, page=1, page_size=1), [numbered([], 99)] * 11)


def test_a_chain_asks_for_all_its_parts() -> None:
    requests, items = drive(
        chained(single(request_of(GET_CAMPAIGN_OFFERS, {"campaign_id": i})) for i in (1, 2)), [Page([1]), Page([2])]
    )
    assert ([r.entity.id for r in requests], items) == ([1, 2], [1, 2])


@pytest.mark.parametrize(("token", "expected"), [("abc", "abc"), ("", None), (None, None)])
def test_an_empty_token_is_none(token: str | None, expected: str | None) -> None:
    result = CampaignOffersResult(offers=[], paging=ForwardScrollingPager(next_page_token=token))
    assert page_of(GET_CAMPAIGN_OFFERS, CampaignOffersResponse(result=result)).next_page_token == expected


def test_an_answer_without_paging_is_the_last_page() -> None:
    answer = CampaignOffersResponse(result=CampaignOffersResult(offers=[]))
    assert page_of(GET_CAMPAIGN_OFFERS, answer) == Page([])

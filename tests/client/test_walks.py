"""Walks that are given up and taken up again, that fail, and lists that take several requests."""

import asyncio
import gc
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from tests.client.servers import answer, answering, failed, scripted
from tests.client.test_bulk_calls import client
from yamarket_async import Limit, MarketClient, Page
from yamarket_async.errors import InvalidRequest, MarketError, PaginationError, ServerError
from yamarket_async.paging import _key_reader
from yamarket_async.sandbox import Sandbox
from yamarket_async.walk import chained, single
from yamarket_async.walking import OnePageAhead

LIMITS = dict.fromkeys(
    ["getHiddenOffers", "getCampaignOffers", "getBusinessOrders", "getGoodsFeedbacks", "getOfferCardsContentStatus"],
    Limit(10**9),
)


def hidden(count: int, start: int = 0, token: str | None = None) -> bytes:
    offers = [{"offerId": f"SKU-{number}"} for number in range(start, start + count)]
    return answer(200, {"status": "OK", "result": {"hiddenOffers": offers, "paging": {"nextPageToken": token}}})


class TestAWaitThatIsGivenUp:
    @pytest.mark.yamarket_sandbox(offers=1_000, latency=0.05)
    @pytest.mark.parametrize("by_page", [True, False])
    async def test_leaves_the_walk_whole(self, yamarket_sandbox: Sandbox, market: MarketClient, by_page: bool) -> None:
        pager = market.get_campaign_offers(yamarket_sandbox.campaign_id)
        walk: Any = pager.pages() if by_page else aiter(pager)
        got: list[str] = []
        given_up = 0
        while True:
            try:
                async with asyncio.timeout(0.02):
                    thing = await anext(walk)
            except TimeoutError:
                given_up += 1
                continue
            except StopAsyncIteration:
                break
            got += [offer.offer_id for offer in thing.items] if by_page else [thing.offer_id]
        assert got == yamarket_sandbox.offer_ids()
        assert given_up >= 5

    @pytest.mark.yamarket_sandbox(offers=1_000, latency=0.05)
    async def test_leaves_a_list_by_ids_whole(self, yamarket_sandbox: Sandbox, market: MarketClient) -> None:
        ids = yamarket_sandbox.offer_ids()
        walk = aiter(market.get_campaign_offers(yamarket_sandbox.campaign_id, offer_ids=ids, page_size=50))
        got, given_up = [], 0
        while len(got) < 1_000:
            try:
                async with asyncio.timeout(0.02):
                    got.append((await anext(walk)).offer_id)
            except TimeoutError:
                given_up += 1
        assert got == ids
        assert given_up
        with pytest.raises(StopAsyncIteration):
            await anext(walk)

    @pytest.mark.yamarket_sandbox(offers=10, latency=0.05)
    async def test_lets_nobody_else_wait_at_the_same_time(
        self, yamarket_sandbox: Sandbox, market: MarketClient
    ) -> None:
        walk = aiter(market.get_campaign_offers(yamarket_sandbox.campaign_id))
        first = asyncio.ensure_future(anext(walk))  # type: ignore[arg-type]
        await asyncio.sleep(0)
        with pytest.raises(RuntimeError, match="a walk of its own"):
            await anext(walk)
        assert await first
        await walk.aclose()
        await walk.aclose()
        with pytest.raises(StopAsyncIteration):
            await anext(walk)
        by_ids = aiter(market.get_campaign_offers(yamarket_sandbox.campaign_id, offer_ids=["a"]))
        first = asyncio.ensure_future(anext(by_ids))  # type: ignore[arg-type]
        await asyncio.sleep(0)
        with pytest.raises(RuntimeError, match="a walk of its own"):
            await anext(by_ids)
        with pytest.raises(StopAsyncIteration):
            await first

    async def test_lets_go_of_a_list_by_ids_that_is_dropped(self) -> None:
        async def never(_: Any) -> bytes:
            await asyncio.sleep(30)
            return b""

        async with answering(never) as server, client(server, limits=LIMITS) as market:
            walk = aiter(market.get_hidden_offers(1, offer_ids=[f"SKU-{n}" for n in range(5_000)]))
            waiting = asyncio.ensure_future(anext(walk))
            while len(server.bodies) < 4:
                await asyncio.sleep(0.01)
            waiting.cancel()
            await asyncio.wait([waiting])
            assert market._session.under_way == 4
            del walk, waiting
            gc.collect()
            await asyncio.sleep(0.01)
            assert market._session.under_way == 0


async def test_lanes_go_on_while_the_first_part_of_a_list_is_on_its_way() -> None:
    asked, all_lanes_went_on = 0, asyncio.Event()

    async def slow_at_first(_: Any) -> bytes:
        nonlocal asked
        asked += 1
        if asked == 1:
            await all_lanes_went_on.wait()
        elif asked == 4:
            all_lanes_went_on.set()
        return hidden(0)

    async with answering(slow_at_first) as server, client(server.url, limits=LIMITS, max_parallel=2) as market:
        async with asyncio.timeout(30):
            await market.get_hidden_offers(1, offer_ids=[f"SKU-{n}" for n in range(5_000)])
    assert all_lanes_went_on.is_set()


async def test_one_item_may_be_taken_without_keeping_the_walk() -> None:
    async with scripted(hidden(2, token="t"), hidden(2, 2)) as server, client(server.url, limits=LIMITS) as market:
        assert (await anext(aiter(market.get_hidden_offers(1)))).offer_id == "SKU-0"
        assert len((await anext(market.get_hidden_offers(1).pages())).items) == 2
        await asyncio.sleep(0.01)
        assert market._session.under_way == 0


class TestTheLastPage:
    @pytest.mark.yamarket_sandbox(offers=450)
    async def test_says_so(self, yamarket_sandbox: Sandbox, market: MarketClient) -> None:
        pages = [page async for page in market.get_campaign_offers(yamarket_sandbox.campaign_id).pages()]
        assert [page.is_last for page in pages] == [False, False, True]
        by_ids = market.get_campaign_offers(yamarket_sandbox.campaign_id, offer_ids=yamarket_sandbox.offer_ids())
        assert [page.is_last async for page in by_ids.pages()] == [False, False, True]
        assert [page.next_page_token async for page in by_ids.pages()] == [None] * 3

    @pytest.mark.filterwarnings("ignore:get_offers:DeprecationWarning")
    @pytest.mark.yamarket_sandbox(offers=45)
    async def test_says_so_where_pages_have_numbers(self, yamarket_sandbox: Sandbox, market: MarketClient) -> None:
        pages = [page.is_last async for page in market.get_offers(yamarket_sandbox.campaign_id, page_size=20).pages()]
        assert pages == [False, False, True]


class TestAnErrorOfAWalk:
    async def test_that_says_error_in_a_200_is_one_as_well(self) -> None:
        body = {"status": "ERROR", "result": {"hiddenOffers": 7}, "errors": [{"code": "X", "message": "no"}]}
        async with scripted(answer(200, body)) as server, client(server.url, limits=LIMITS) as market:
            with pytest.raises(MarketError, match="HTTP 200 — X: no"):
                await market.get_hidden_offers(1)

    async def test_carries_the_token_to_go_on_from_and_what_had_come(self) -> None:
        pages = hidden(500, token="t1"), hidden(3, 500, token="t2"), failed(500, "oops")
        async with scripted(*pages) as server, client(server.url, limits=LIMITS) as market:
            with pytest.raises(ServerError) as caught:
                await market.get_hidden_offers(1)
        assert caught.value.page_token == "t2"
        assert [offer.offer_id for offer in caught.value.items] == [f"SKU-{n}" for n in range(503)]

    async def test_is_told_again_to_whoever_asks_again(self) -> None:
        pages = hidden(1, token="t1"), failed(500, "oops")
        async with scripted(*pages) as server, client(server.url, limits=LIMITS) as market:
            walk = aiter(market.get_hidden_offers(1))
            await anext(walk)
            for _ in range(2):
                with pytest.raises(ServerError) as caught:
                    await anext(walk)
                assert caught.value.page_token == "t1"

    async def test_on_the_first_page_has_none(self) -> None:
        async with scripted(failed(500, "oops")) as server, client(server.url, limits=LIMITS) as market:
            with pytest.raises(ServerError) as caught:
                await market.get_hidden_offers(1)
        assert (caught.value.page_token, caught.value.items) == (None, [])

    async def test_comes_after_the_page_that_it_came_with(self) -> None:
        pages = hidden(2, token="t"), hidden(1, 2, token="t")
        async with scripted(*pages) as server, client(server.url, limits=LIMITS) as market:
            with pytest.raises(PaginationError, match="second time") as caught:
                await market.get_hidden_offers(1)
        assert len(caught.value.items) == 3
        assert caught.value.page_token == "t"

    async def test_of_a_list_by_ids_has_what_had_come(self) -> None:
        answers = [hidden(500), hidden(500, 500), failed(400, "no")]
        async with scripted(*answers) as server, client(server.url, limits=LIMITS, max_parallel=1) as market:
            with pytest.raises(MarketError) as caught:
                await market.get_hidden_offers(1, offer_ids=[f"SKU-{n}" for n in range(1_200)])
        assert caught.value.page_token is None
        assert len(caught.value.items) >= 500


class TestAListByIds:
    async def test_goes_several_requests_at_once_and_keeps_the_order_of_the_input(self) -> None:
        async def make(body: Any) -> bytes:
            ids = body["offerIds"]
            await asyncio.sleep(0.1 if "SKU-0" in ids else 0.01)
            cards = [{"offerId": sku, "cardStatus": "NO_CARD_NEED_CONTENT"} for sku in reversed(ids) if sku != "SKU-7"]
            return answer(200, {"status": "OK", "result": {"offerCards": cards}})

        ids = [f"SKU-{n}" for n in range(1_999)]
        async with answering(make) as server, client(server, limits=LIMITS) as market:
            cards = await market.get_offer_cards_content_status(1, offer_ids=[*ids, *ids, " SKU-3 "])
            assert server.most == 4
            assert len(server.bodies) == 10
        assert [card.offer_id for card in cards] == [sku for sku in ids if sku != "SKU-7"]

    async def test_of_nothing_is_nothing_and_asks_nobody(self) -> None:
        async with client("http://127.0.0.1:1") as market:
            assert await market.get_hidden_offers(1, offer_ids=[]) == []

    async def test_is_checked_where_the_method_is_called(self) -> None:
        async with client("http://127.0.0.1:1") as market:
            with pytest.raises(InvalidRequest, match=r"offer_ids\[2\]"):
                market.get_hidden_offers(1, offer_ids=["a", "b", ""])

    async def test_that_is_long_is_checked_before_anything_is_sent(self) -> None:
        async with client("http://127.0.0.1:1") as market:
            pager = market.get_hidden_offers(1, offer_ids=[*(f"SKU-{n}" for n in range(9_000)), ""])
            with pytest.raises(InvalidRequest, match=r"offer_ids\[9000\]"):
                await pager

    @pytest.mark.parametrize(
        ("other", "argument"),
        [({"page_token": "t"}, "page_token"), ({"statuses": ["PUBLISHED"]}, "statuses"), ({"tags": ["a"]}, "tags")],
    )
    async def test_stands_beside_nothing_that_it_would_contradict(self, other: dict[str, Any], argument: str) -> None:
        async with client("http://127.0.0.1:1") as market:
            with pytest.raises(InvalidRequest) as caught:
                market.get_campaign_offers(1, offer_ids=["a"], **other)
        assert caught.value.argument == argument

    async def test_stands_beside_another_one_as_long_as_a_request_holds_both(self) -> None:
        bodies = []

        def make(body: Any) -> bytes:
            bodies.append(body)
            return answer(200, b'{"orders": [], "paging": {}}')

        async with answering(make) as server, client(server) as market:
            assert await market.get_business_orders(1, order_ids=iter([1, 2]), external_order_ids=["a"]) == []
            with pytest.raises(InvalidRequest, match="50 at the most beside external_order_ids") as caught:
                market.get_business_orders(1, order_ids=range(1, 52), external_order_ids=["a"])
        assert [(body["orderIds"], body["externalOrderIds"]) for body in bodies] == [([1, 2], ["a"])]
        assert caught.value.argument == "order_ids"

    async def test_may_hold_things_instead_of_ids(self) -> None:
        offer = {"categoryId": 1, "price": 5, "length": 1, "width": 1, "height": 1, "weight": 1}

        def make(body: Any) -> bytes:
            offers = [{"offer": thing, "tariffs": []} for thing in body["offers"]]
            return answer(200, {"status": "OK", "result": {"offers": offers}})

        async with answering(make) as server, client(server, limits=LIMITS) as market:
            parameters = {"sellingProgram": "FBS", "frequency": "DAILY", "currency": "RUR"}
            assert len(await market.calculate_tariffs(parameters, [offer] * 450)) == 450
            assert sorted(len(body["offers"]) for body in server.bodies) == [50, 200, 200]

    async def test_puts_what_names_no_id_last(self) -> None:
        stock = {"offers": [{"offerId": sku, "stocks": []} for sku in ("B", "A", "?")], "warehouseId": 1}

        def make(_: Any) -> bytes:
            return answer(200, {"status": "OK", "result": {"warehouses": [stock], "paging": {}}})

        async with answering(make) as server, client(server, limits=LIMITS) as market:
            (warehouse,) = await market.get_stocks(1, offer_ids=["A", "B"])
            assert [offer.offer_id for offer in warehouse.offers] == ["B", "A", "?"]


class TestARangeOfDays:
    async def test_that_is_too_long_is_walked_in_pieces_without_repeats(self) -> None:
        moment = datetime(2026, 1, 1, tzinfo=UTC)

        def make(body: Any) -> bytes:
            first = datetime.fromisoformat(body["dateTimeFrom"])
            last = datetime.fromisoformat(body["dateTimeTo"])
            assert last - first <= timedelta(days=180)
            days = [day for day in range(500) if first < moment + timedelta(days=day) < last]
            feedbacks = [FEEDBACK | {"feedbackId": day + 1} for day in days]
            return answer(200, {"status": "OK", "result": {"feedbacks": feedbacks, "paging": {}}})

        begin, end = moment - timedelta(hours=1), moment + timedelta(days=499, hours=1)
        async with answering(make) as server, client(server, limits=LIMITS) as market:
            pager = market.get_goods_feedbacks(1, date_time_from=begin, date_time_to=end)
            assert [feedback.feedback_id for feedback in await pager] == list(range(1, 501))
            assert len(server.bodies) == 3
            assert [(page.next_page_token, page.is_last) async for page in pager.pages()] == [
                (None, False),
                (None, False),
                (None, True),
            ]

    async def test_drops_no_item_that_can_not_be_told_apart(self) -> None:
        assert _key_reader("a.b")(SimpleNamespace(a=None)) is None
        assert _key_reader("a.b")(SimpleNamespace(a=SimpleNamespace(b=" c "))) == "c"
        assert _key_reader("")(7) == 7
        session, pages = Answers([[1, 2], [2, None, None, 3]]), [Page([1, 2]), Page([2, None, None, 3])]
        reader = OnePageAhead[Any](session, session.endpoint, chained(map(single, pages)), lambda item: item)  # type: ignore[arg-type]
        assert (await reader.next()).items == [1, 2]  # type: ignore[union-attr]
        assert (await reader.next()).items == [None, None, 3]  # type: ignore[union-attr]

    async def test_stands_in_a_structure_as_well(self) -> None:
        dates = {"creationDateFrom": date(2026, 1, 1), "creationDateTo": date(2026, 3, 5)}
        body = {"orders": [], "paging": {}}
        async with answering(lambda _: answer(200, body)) as server, client(server, limits=LIMITS) as market:
            assert await market.get_business_orders(1, dates=dates) == []
            asked = [tuple(body["dates"].values()) for body in server.bodies]
        assert asked == [("2026-01-01", "2026-01-31"), ("2026-01-31", "2026-03-02"), ("2026-03-02", "2026-03-05")]

    async def test_that_takes_several_requests_has_no_place_for_a_token_or_ids(self) -> None:
        dates = {"creationDateFrom": date(2026, 1, 1), "creationDateTo": date(2026, 3, 5)}
        async with client("http://127.0.0.1:1") as market:
            for other in ({"page_token": "t"}, {"order_ids": [1]}):
                with pytest.raises(InvalidRequest, match="several requests"):
                    market.get_business_orders(1, dates=dates, **other)  # type: ignore[arg-type]


class Answers:
    """A session that gives lists for requests."""

    under_way = 0

    def __init__(self, lists: list[list[Any]]) -> None:
        self.lists = lists
        self.endpoint: Any = SimpleNamespace(items=lambda items: items, pages=None)

    def spawn(self, work: Any, request: Any) -> Any:
        return asyncio.ensure_future(work(SimpleNamespace(query=(), given=request)))

    start = spawn

    async def call(self, _: Any) -> Any:
        items = self.lists.pop(0)
        return SimpleNamespace(read=lambda: items)


FEEDBACK = {
    "createdAt": "2026-01-01T00:00:00Z",
    "needReaction": False,
    "identifiers": {},
    "statistics": {"rating": 5, "commentsCount": 0},
}


async def test_a_pager_says_what_it_is_and_is_a_coroutine_where_one_is_needed() -> None:
    async with scripted(hidden(3)) as server, client(server.url, limits=LIMITS) as market:
        pager = market.get_hidden_offers(7)
        assert repr(pager) == "<Pager getHiddenOffers of campaign 7>"
        async with asyncio.TaskGroup() as group:
            task = group.create_task(pager.all())
        assert len(task.result()) == 3


@pytest.mark.parametrize("arguments", [{"page_size": 0}, {"page_size": 501}, {"page_token": ""}, {"page_token": "a\n"}])
async def test_arguments_of_a_walk_are_checked_where_it_is_made(arguments: dict[str, Any]) -> None:
    async with client("http://127.0.0.1:1") as market:
        with pytest.raises(InvalidRequest):
            market.get_hidden_offers(7, **arguments)


def test_a_page_stands_on_its_own() -> None:
    assert Page([1]).is_last is False

"""Waiting for operations that changes of orders and returns have started."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from yamarket_async import BulkReport, MarketClient, Wait, operations
from yamarket_async.errors import ClientClosed, InvalidRequest, NotFinished
from yamarket_async.models import (
    CancelReturn,
    Operation,
    OperationType,
    UpdateOrderResult,
    UpdateOrderStatus,
    UpdateOrderStatuses,
    UpdateOrderStatusesResponse,
    UpdateOrderStatusResponse,
)

CANCEL = "RETURN_CANCELLATION"
STATUS = "ORDER_STATUS_UPDATE"


class Market:
    """A pretend Market with operations.

    Attributes:
        url: where it is.
        statuses: the statuses of each operation, look by look, the last one for ever; what is not here it doesn't know.
        asked: the bodies of the requests.
    """

    def __init__(self) -> None:
        self.url = ""
        self.statuses: dict[str, list[str]] = {}
        self.asked: list[dict[str, Any]] = []

    async def answer(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.asked.append(body)
        found = []
        for id_ in body["operationIds"]:
            statuses = self.statuses.get(id_, [])
            if statuses:
                status = statuses.pop(0) if len(statuses) > 1 else statuses[0]
                found.append({"id": id_, "type": body["operationType"], "status": status})
        return web.json_response({"status": "OK", "result": {"operations": found[::-1]}})


@asynccontextmanager
async def serving(market: Market) -> AsyncIterator[None]:
    app = web.Application()
    app.router.add_post("/v1/businesses/7/operations", market.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    market.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield
    await runner.cleanup()


@pytest.fixture
async def market() -> AsyncIterator[Market]:
    made = Market()
    async with serving(made):
        yield made


@pytest.fixture
async def client(market: Market) -> AsyncIterator[MarketClient]:
    async with MarketClient("k", base_url=market.url) as made:
        yield made


def operation(id_: str, type_: str = STATUS) -> Operation:
    return Operation(id=id_, type=OperationType(type_))


async def test_the_results_come_in_the_order_in_which_they_were_given(market: Market, client: MarketClient) -> None:
    market.statuses = {"a": ["IN_PROGRESS", "DONE"], "b": ["FAILED"], "c": ["DONE"]}
    given = [operation("a"), operation("b", CANCEL), operation("c"), operation("a")]
    results = await client.wait_for_operations(7, given)
    assert [(result.id, result.status) for result in results] == [("a", "DONE"), ("b", "FAILED"), ("c", "DONE")]


async def test_only_what_is_not_finished_is_asked_for_again_with_growing_pauses(market: Market) -> None:
    waits: list[Wait] = []
    market.statuses = {"a": [*["IN_PROGRESS"] * 3, "DONE"], "b": ["DONE"]}
    async with MarketClient("k", base_url=market.url, on_wait=waits.append) as client:
        await client.wait_for_operations(7, [operation("a"), operation("b")])
    assert [body["operationIds"] for body in market.asked] == [["a", "b"], ["a"], ["a"], ["a"]]
    assert [wait.endpoint for wait in waits] == ["getOperations"] * 3
    assert waits[0].seconds < waits[2].seconds * 0.8


async def test_hundreds_are_asked_for_a_hundred_of_a_type_at_once(market: Market, client: MarketClient) -> None:
    market.statuses = {str(number): ["DONE"] for number in range(250)}
    given = [operation(str(number), CANCEL if number % 5 == 0 else STATUS) for number in range(250)]
    results = await client.wait_for_operations(7, given)
    assert [result.id for result in results] == list(market.statuses)
    assert sorted(len(body["operationIds"]) for body in market.asked) == [50, 100, 100]


ONE = operation("a")
STATUSES = UpdateOrderStatuses(orders=[UpdateOrderStatus(operation=ONE), UpdateOrderStatus()])


@pytest.mark.parametrize(
    "given",
    [
        ONE,
        (ONE,),
        {"id": "a", "type": STATUS},
        UpdateOrderResult(operations=[ONE]),
        CancelReturn(operation=ONE),
        UpdateOrderStatusResponse(operation=ONE),
        STATUSES,
        BulkReport(answers=[UpdateOrderStatusesResponse(result=STATUSES)], accepted=[1]),
        [UpdateOrderResult(operations=[ONE]), CancelReturn(operation=ONE), UpdateOrderStatusResponse()],
        iter([ONE]),
    ],
)
async def test_what_starts_operations_is_taken_as_it_is(market: Market, client: MarketClient, given: object) -> None:
    market.statuses = {"a": ["DONE"]}
    (result,) = await client.wait_for_operations(7, given)
    assert (result.id, result.type, result.status) == ("a", STATUS, "DONE")


@pytest.mark.parametrize("given", [[], None, UpdateOrderStatusResponse(), BulkReport()])
async def test_what_started_none_is_done_at_once(market: Market, client: MarketClient, given: object) -> None:
    assert await client.wait_for_operations(7, given) == []
    assert not market.asked


@pytest.mark.parametrize(
    ("business_id", "given", "options", "rule"),
    [
        (7, "a", {}, "operations='a'"),
        (7, [5], {}, r"operations\[0\]=5"),
        (7, {"id": "a"}, {}, "operations="),
        (7, BulkReport(accepted=[1]), {}, "go through its batches"),
        (0, ONE, {}, "business_id"),
        (0, [], {}, "business_id"),
        (7, operation(""), {}, "operation_ids"),
        (7, ONE, {"timeout": -1}, "timeout"),
    ],
)
async def test_what_cant_be_waited_for(market: Market, client: MarketClient, business_id, given, options, rule) -> None:
    with pytest.raises(InvalidRequest, match=rule):
        await client.wait_for_operations(business_id, given, **options)
    assert not market.asked


async def test_the_timeout_bounds_the_whole(market: Market, client: MarketClient) -> None:
    market.statuses = {"a": ["DONE"], "b": ["IN_PROGRESS"]}
    with pytest.raises(NotFinished, match=r"1 of 2 operations weren't finished within 0\.1 s: b") as told:
        await client.wait_for_operations(7, [operation("a"), operation("b")], timeout=0.1)
    assert told.value.pending == ({"id": "b", "type": STATUS},)
    market.statuses["b"] = ["DONE"]
    async with MarketClient("k", base_url=market.url) as other:
        assert len(await other.wait_for_operations(7, told.value.pending)) == 1


async def test_operations_that_the_market_doesnt_list_are_given_up(
    market: Market, client: MarketClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "UNKNOWN_AFTER", 3)
    market.statuses = {"b": ["IN_PROGRESS"]}
    with pytest.raises(NotFinished, match="knows no operations a of business 7"):
        await client.wait_for_operations(7, [operation("a"), operation("b")])
    assert len(market.asked) == 3


async def test_closing_the_client_ends_the_wait(market: Market) -> None:
    market.statuses = {"a": ["IN_PROGRESS"]}
    client = MarketClient("k", base_url=market.url)
    task = asyncio.create_task(client.wait_for_operations(7, ONE))
    while not market.asked:
        await asyncio.sleep(0.01)
    await client.close()
    with pytest.raises(ClientClosed):
        await task


async def test_a_timeout_of_the_callers_own_stays_his(market: Market, client: MarketClient) -> None:
    market.statuses = {"a": ["IN_PROGRESS"]}
    with pytest.raises(TimeoutError) as told:
        await asyncio.wait_for(client.wait_for_operations(7, ONE, timeout=60), 0.05)
    assert not isinstance(told.value, NotFinished)


async def test_errors_of_the_work_pass(client: MarketClient, monkeypatch: pytest.MonkeyPatch) -> None:
    async def failing(self: object) -> None:
        raise TimeoutError("other")

    monkeypatch.setattr(operations.Operations, "_finished", failing)
    with pytest.raises(TimeoutError, match="other"):
        await client.wait_for_operations(7, ONE)

"""What sellers do with files and operations, from end to end on the sandbox."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.reports.conftest import QUICK
from yamarket_async import MarketClient, Upload
from yamarket_async.errors import NotFound, ReportFailed
from yamarket_async.sandbox import Sandbox


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(offers=50, campaigns=("FBS", "LAAS"), seed=7) as made:
        made.reports.takes(0.05)
        yield made


@pytest.fixture
async def market(sandbox: Sandbox) -> AsyncIterator[MarketClient]:
    async with MarketClient(sandbox.api_key, base_url=sandbox.url, retry=QUICK) as client:
        yield client


async def test_labels_of_the_boxes_of_an_order(market: MarketClient, sandbox: Sandbox) -> None:
    order_id = sandbox.orders.place("FBS")
    with pytest.raises(NotFound, match="No boxes found"):
        await market.generate_order_labels(sandbox.campaign_id, order_id)
    item_id = sandbox.orders.state(order_id).item_ids[0]
    boxes = [{"items": [{"id": item_id, "fullCount": 1}]}]
    await market.set_order_box_layout(sandbox.campaign_id, order_id, boxes)
    all_of_them = await market.generate_order_labels(sandbox.campaign_id, order_id, format="A4")
    box_id = sandbox.orders.state(order_id).box_ids[0]
    one = await market.generate_order_label(sandbox.campaign_id, order_id, box_id)
    assert all_of_them.content_type == one.content_type == "application/pdf"
    assert all_of_them.content.startswith(b"%PDF")


async def test_labels_of_many_orders_in_one_file(market: MarketClient, sandbox: Sandbox) -> None:
    order_ids = [sandbox.orders.place("FBS") for _ in range(3)]
    file = await market.generate_mass_order_labels_report(sandbox.business_id, order_ids)
    assert file.content.startswith(b"%PDF")
    with pytest.raises(ReportFailed) as told:
        await market.generate_mass_order_labels_report(sandbox.business_id, [*order_ids, 1])
    assert told.value.sub_status == "RESOURCE_NOT_FOUND"


async def test_a_link_of_an_hour_ago_is_replaced(market: MarketClient, sandbox: Sandbox) -> None:
    report = market.generate_stocks_report(sandbox.business_id)
    info = await report.wait()
    sandbox.tick(3_601)
    file = await report
    assert file.size
    assert (await report.status()).file != info.file


async def test_a_file_for_a_buyer(market: MarketClient, sandbox: Sandbox) -> None:
    chat_id = sandbox.chats.start()
    await market.send_file_to_chat(sandbox.business_id, chat_id, Upload(b"%PDF", name="Акт «1».pdf"))
    assert sandbox.chats.messages(chat_id)[-1] == "Акт «1».pdf"


async def test_operations_that_a_cancellation_starts(market: MarketClient, sandbox: Sandbox) -> None:
    order_id = sandbox.orders.place("LAAS")
    change = {"status": "CANCELLED", "substatus": "SHOP_FAILED"}
    changed = await market.update_order_status(sandbox.campaign_ids[1], order_id, change)  # type: ignore[arg-type]
    assert changed.operation is not None
    waiting = asyncio.create_task(market.wait_for_operations(sandbox.business_id, changed))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    sandbox.tick(600)
    (result,) = await waiting
    assert (result.id, result.status) == (changed.operation.id, "DONE")

"""Ranges of months on the sandbox: every order comes, and none twice, whichever range is asked for."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from yamarket_async import MarketClient
from yamarket_async.sandbox import Sandbox

DAY = 86_400
LONG = timedelta(days=200)


@pytest.fixture
async def store() -> AsyncIterator[tuple[Sandbox, MarketClient, list[int]]]:
    """A store with forty orders of four months, some of them on one day."""
    async with Sandbox(offers=50, orders=0, seed=3, record=0) as sandbox:
        placed: list[int] = []
        for number in range(40):
            placed.append(sandbox.orders.place("FBS"))
            sandbox.tick(0 if number % 4 == 0 else 3.5 * DAY)
        async with MarketClient(sandbox.api_key, base_url=sandbox.url) as market:
            yield sandbox, market, placed


@pytest.mark.parametrize("what", ["creationDate", "shipmentDate", "updateDate"])
async def test_get_business_orders_gives_each_order_once(
    store: tuple[Sandbox, MarketClient, list[int]], what: str
) -> None:
    sandbox, market, placed = store
    now = datetime.fromtimestamp(sandbox.now(), UTC)
    start, end = now - LONG, now + timedelta(days=3)
    is_moment = what == "updateDate"
    dates = {f"{what}From": start if is_moment else start.date(), f"{what}To": end if is_moment else end.date()}
    got = [order.order_id for order in await market.get_business_orders(sandbox.business_id, dates=dates)]
    assert sorted(got) == sorted(placed)
    assert sandbox.counts["getBusinessOrders"] == 7


async def test_get_orders_gives_each_order_once(store: tuple[Sandbox, MarketClient, list[int]]) -> None:
    sandbox, market, placed = store
    today = datetime.fromtimestamp(sandbox.now(), UTC).date()
    with pytest.warns(DeprecationWarning, match="get_business_orders"):
        pager = market.get_orders(sandbox.campaign_id, from_date=today - LONG, to_date=today + timedelta(days=1))
    assert sorted(order.id for order in await pager if order.id) == sorted(placed)
    assert sandbox.counts["getOrders"] == 7


async def test_days_may_stand_as_on_the_wire(store: tuple[Sandbox, MarketClient, list[int]]) -> None:
    sandbox, market, placed = store
    today = datetime.fromtimestamp(sandbox.now(), UTC).date()
    dates = {"creationDateFrom": str(today - LONG), "creationDateTo": str(today + timedelta(days=1))}
    got = [order.order_id for order in await market.get_business_orders(sandbox.business_id, dates=dates)]
    assert sorted(got) == sorted(placed)

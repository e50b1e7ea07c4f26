"""What the tests of the client share: clients that retry quickly, and checks that nothing is left behind."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from yamarket_async import MarketClient, Retry
from yamarket_async.sandbox import Sandbox

PLENTY = {
    "getHiddenOffers": 10**9,
    "getCampaignOffers": 10**9,
    "deleteCampaignOffers": 10**9,
    "getPromoOffers": 10**9,
    "getOffers": 10**9,
}
"""Amounts that no test uses up."""

QUICK = Retry(attempts=5, base_delay=0.01, max_delay=0.02)


@pytest.fixture
async def quick(yamarket_sandbox: Sandbox) -> AsyncIterator[MarketClient]:
    """A client whose pauses are short."""
    async with MarketClient(yamarket_sandbox.api_key, base_url=yamarket_sandbox.url, retry=QUICK) as client:
        yield client


async def settled() -> None:
    """Give what was scheduled its turn, as any await of the caller's would."""
    for _ in range(20):
        await asyncio.sleep(0)


@pytest.fixture
def nothing_left() -> Callable[[MarketClient], Awaitable[None]]:
    """Check that a client holds no task, no connection, no slot and no share of a limit."""

    async def check(client: MarketClient) -> None:
        await settled()
        transport = client._session.transport
        assert not transport._tasks
        http = transport._http
        assert http is None or http.closed or not http.connector._acquired  # type: ignore[union-attr]
        limiter = client._session.limiter
        assert all(place.slots.busy == 0 for place in limiter._places.values())  # type: ignore[attr-defined]
        limits = limiter._limits.values()  # type: ignore[attr-defined]
        assert not [limit for limit in limits if limit.window.in_flight or limit.waiters]
        rooms = "Session.", "Transport.", "Source.", "Run.", "Sender.", "OnePageAhead.", "ManyParts."
        ours = (*rooms, "LocalLimiter.", "Bucket.")
        running = [task.get_coro().__qualname__ for task in asyncio.all_tasks()]  # type: ignore[union-attr]
        assert not [name for name in running if name.startswith(ours)]

    return check

"""However a call ends, nothing of it stays behind."""

import asyncio
import logging
import subprocess
import sys
import textwrap
from collections.abc import Awaitable, Callable

import aiohttp
import pytest

from yamarket_async import MarketClient
from yamarket_async.errors import BatchError, ClientClosed, Forbidden
from yamarket_async.sandbox import Sandbox

pytestmark = pytest.mark.yamarket_sandbox(offers=2_000, warehouse=0, latency=0.2)
NothingLeft = Callable[[MarketClient], Awaitable[None]]


async def _await(call: Awaitable[object]) -> object:
    return await call


@pytest.mark.parametrize("after", [0.0, 0.01, 0.1, 0.15])
@pytest.mark.parametrize("method", ["walk", "delete"])
async def test_a_cancelled_call_gives_everything_back(
    yamarket_sandbox: Sandbox, market: MarketClient, nothing_left: NothingLeft, method: str, after: float
) -> None:
    where = yamarket_sandbox.campaign_id
    call = market.get_campaign_offers(where) if method == "walk" else market.delete_campaign_offers(where, ["a", "b"])
    task = asyncio.ensure_future(_await(call))
    await asyncio.sleep(after)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await nothing_left(market)


async def test_a_timeout_of_the_callers_gives_everything_back(
    yamarket_sandbox: Sandbox, market: MarketClient, nothing_left: NothingLeft
) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            async for _ in market.get_campaign_offers(yamarket_sandbox.campaign_id):
                pass
    await nothing_left(market)
    assert len(await market.get_hidden_offers(yamarket_sandbox.campaign_id)) == 100


async def test_a_task_group_that_fails_gives_everything_back(
    yamarket_sandbox: Sandbox, market: MarketClient, nothing_left: NothingLeft
) -> None:
    async def fail() -> None:
        await asyncio.sleep(0.05)
        raise KeyError("somebody else's trouble")

    with pytest.raises(ExceptionGroup):
        async with asyncio.TaskGroup() as group:
            group.create_task(_await(market.get_campaign_offers(yamarket_sandbox.campaign_id)))
            group.create_task(_await(market.delete_campaign_offers(yamarket_sandbox.campaign_id, ["a"])))
            group.create_task(fail())
    await nothing_left(market)


async def test_a_client_that_is_closed_ends_its_calls_with_a_clear_error(
    yamarket_sandbox: Sandbox, market: MarketClient, nothing_left: NothingLeft
) -> None:
    walk = asyncio.ensure_future(_await(market.get_campaign_offers(yamarket_sandbox.campaign_id)))
    bulk = asyncio.ensure_future(_await(market.delete_campaign_offers(yamarket_sandbox.campaign_id, ["a"])))
    await asyncio.sleep(0.05)
    await market.close()
    with pytest.raises(ClientClosed, match="closed"):
        await walk
    with pytest.raises(BatchError) as caught:
        await bulk
    assert isinstance(caught.value.__cause__, ClientClosed)
    assert caught.value.failed == ("a",)
    await nothing_left(market)


async def test_a_closed_client_can_not_be_used(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    await market.close()
    await market.close()
    assert repr(market).endswith("closed>")
    with pytest.raises(ClientClosed):
        await market.get_campaign_offers(yamarket_sandbox.campaign_id)
    with pytest.raises(BatchError, match="closed"):
        await market.delete_campaign_offers(yamarket_sandbox.campaign_id, ["a"])


@pytest.mark.yamarket_sandbox(latency=0)
async def test_a_session_of_the_callers_stays_open_and_keeps_its_settings(yamarket_sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession(headers={"X-Mine": "1"}, raise_for_status=True) as session:
        async with MarketClient(yamarket_sandbox.api_key, base_url=yamarket_sandbox.url, session=session) as market:
            assert len(await market.get_campaign_offers(yamarket_sandbox.campaign_id)) == 2_000
            assert yamarket_sandbox.requests[0].headers["X-Mine"] == "1"
            yamarket_sandbox.inactive.add(yamarket_sandbox.campaign_id)
            with pytest.raises(Forbidden):
                await market.get_campaign_offers(yamarket_sandbox.campaign_id)
        assert not session.closed
        assert "Api-Key" not in session.headers
    late = MarketClient(yamarket_sandbox.api_key, base_url=yamarket_sandbox.url, session=session)
    with pytest.raises(ClientClosed):
        await late.get_campaign_offers(yamarket_sandbox.campaign_id)


PROGRAMS = {
    "a loop left early": """
        async for offer in market.get_campaign_offers(sandbox.campaign_id):
            break
        """,
    "a loop left early by an exception": """
        try:
            async for offer in market.get_campaign_offers(sandbox.campaign_id):
                raise KeyError
        except KeyError:
            pass
        """,
    "a generator kept and never closed": """
        global kept
        kept = aiter(market.get_campaign_offers(sandbox.campaign_id))
        await anext(kept)
        """,
    "a bulk call left early": """
        global kept
        kept = aiter(market.delete_campaign_offers(sandbox.campaign_id, sandbox.offer_ids()))
        await anext(kept)
        """,
    "a task that nobody waits for": """
        async def walk():
            return [o async for o in market.get_campaign_offers(sandbox.campaign_id)]
        global kept
        kept = asyncio.create_task(walk())
        await asyncio.sleep(0.1)
        kept.cancel()
        """,
    "a page ahead that fails": """
        async for page in market.get_campaign_offers(sandbox.campaign_id).pages():
            sandbox.inactive.add(sandbox.campaign_id)
            await asyncio.sleep(0.3)
            break
        """,
}


def test_asyncio_run_with_debug_on_stays_silent() -> None:
    source = """
import asyncio, gc, sys
from yamarket_async import MarketClient
from yamarket_async.sandbox import Sandbox
"""
    for name, program in PROGRAMS.items():
        source += f"""
async def main():
    async with Sandbox(offers=2_000, latency=0.1) as sandbox:
        async with MarketClient(sandbox.api_key, base_url=sandbox.url) as market:
{textwrap.indent(textwrap.dedent(program), " " * 12)}

asyncio.run(main(), debug=True)
kept = None
gc.collect()
print({name!r}, file=sys.stderr, flush=True)
"""
    done = subprocess.run([sys.executable, "-X", "dev", "-W", "error", "-c", source], capture_output=True, text=True)
    slow = "Executing <"  # asyncio's debug mode remarks on steps of over 100 ms, as a busy machine has them
    # What a program leaves would stand before its name.
    assert [line for line in done.stderr.splitlines() if slow not in line] == list(PROGRAMS)
    assert done.returncode == 0


async def test_cancelling_leaves_no_line_in_the_log(
    yamarket_sandbox: Sandbox, market: MarketClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    task = asyncio.ensure_future(_await(market.get_campaign_offers(yamarket_sandbox.campaign_id)))
    await asyncio.sleep(0.05)
    task.cancel()
    await asyncio.wait([task])
    assert not caplog.records

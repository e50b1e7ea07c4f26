"""Many processes walk over one limit of the sandbox: real sockets, a real Redis, short windows."""

import asyncio
import sys
from pathlib import Path

import pytest

from yamarket_async import Limit
from yamarket_async.sandbox import Sandbox

WORKER = Path(__file__).with_name("walking_worker.py")

WINDOW = 1.0
AMOUNT = 800
OFFERS = 400


@pytest.fixture
async def sandbox():
    limits = {"getCampaignOffers": Limit(AMOUNT, unit="response_items")}
    async with Sandbox(offers=OFFERS, window=WINDOW, limits=limits, latency=0.05) as sandbox:
        yield sandbox


async def start_worker(sandbox, server, walks):
    arguments = (server.url, 1.5, sandbox.url, sandbox.api_key, sandbox.campaign_id, AMOUNT, WINDOW, walks)
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-W",
        "error",
        WORKER,
        *map(str, arguments),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def test_four_workers_share_a_limit_while_a_fifth_is_killed(sandbox, redis_server):
    victim = await start_worker(sandbox, redis_server, walks=1_000)
    workers = [await start_worker(sandbox, redis_server, walks=1) for _ in range(4)]
    while sandbox.counts["requests"] < 8:
        await asyncio.sleep(0.01)
    victim.kill()
    await victim.communicate()
    for worker in workers:
        output, errors = await worker.communicate()
        assert (output.decode(), errors.decode()) == (f"{OFFERS}\n", "")
    assert sandbox.counts[420] == 0
    assert sandbox.max_parallel_seen[sandbox.campaign_id] <= 4

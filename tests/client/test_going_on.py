"""A walk whose process dies goes on in another one, without loss or repetition."""

import asyncio
import json
import random
import signal
import sys
from pathlib import Path

import pytest

from yamarket_async.sandbox import Sandbox

CONSUMER = """
import asyncio, json, os, sys
from pathlib import Path
from yamarket_async import MarketClient

async def main(url, key, campaign_id, path):
    lines = path.read_bytes().splitlines(True) if path.exists() else []
    done = [json.loads(line) for line in lines if line.endswith(b"\\n")]
    path.write_text("".join(json.dumps(page) + "\\n" for page in done))  # less a line that was cut off
    token = done[-1]["token"] if done else None
    if done and token is None:
        return
    with path.open("a") as file:
        async with MarketClient(key, base_url=url) as market:
            async for page in market.get_campaign_offers(campaign_id, page_size=20, page_token=token).pages():
                file.write(json.dumps({"ids": [o.offer_id for o in page.items], "token": page.next_page_token}) + "\\n")
                file.flush()

asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])))
"""


@pytest.mark.yamarket_sandbox(offers=700, latency=0.01)
async def test_a_consumer_that_is_killed_is_resumed_without_loss_or_repetition(
    yamarket_sandbox: Sandbox, tmp_path: Path
) -> None:
    path = tmp_path / "pages.jsonl"
    where = yamarket_sandbox.url, yamarket_sandbox.api_key, str(yamarket_sandbox.campaign_id), str(path)
    killed = 0
    while True:
        consumer = await asyncio.create_subprocess_exec(sys.executable, "-c", CONSUMER, *where)
        enough = yamarket_sandbox.counts["requests"] + random.randint(5, 14)
        while consumer.returncode is None and yamarket_sandbox.counts["requests"] < enough:
            await asyncio.sleep(0.005)
        if consumer.returncode is None:
            consumer.kill()
        if await consumer.wait() == 0:
            break
        assert consumer.returncode == -signal.SIGKILL
        killed += 1
    pages = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [sku for page in pages for sku in page["ids"]] == yamarket_sandbox.offer_ids()
    assert killed >= 2

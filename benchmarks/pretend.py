"""The sandbox as a server in a process of its own. Settings: the arguments of `Sandbox`."""

import asyncio
import sys
import time

from harness import say, settings

from yamarket_async.sandbox import Sandbox


async def main(**how: object) -> None:
    loop = asyncio.get_running_loop()
    async with Sandbox(record=0, **how) as sandbox:
        questions = asyncio.StreamReader()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(questions), sys.stdin)
        say({"url": sandbox.url, "key": sandbox.api_key, "campaigns": sandbox.campaign_ids, "offer_ids": sandbox.offer_ids()})
        while await questions.readline():
            say(
                {
                    "cpu": time.process_time(),
                    "refused": sandbox.counts[420],
                    "requests": sandbox.counts["requests"],
                    "left": [len(sandbox.offer_ids(campaign)) for campaign in sandbox.campaign_ids],
                }
            )


if __name__ == "__main__":
    asyncio.run(main(**settings()))

"""Walks and deletes a million offers through a sandbox that spoils one request in five, in every way that it knows.

Prints that every offer came once, that every SKU is accounted for, that nothing is left behind, and how memory grew.
"""

import argparse
import asyncio
import gc
import json
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Self

from yamarket_async import MarketClient, Retry
from yamarket_async.errors import BatchError, MarketError, PaginationError
from yamarket_async.sandbox import Faults, Sandbox

SPOILED = 0.2
PLENTY = {"getCampaignOffers": 10**9, "deleteCampaignOffers": 10**9}


def serve(connection: Connection, offers: int, seed: int) -> None:
    """Run the sandbox in a process of its own, and answer questions about it."""
    asyncio.run(_serve(connection, offers, seed))


async def _serve(connection: Connection, offers: int, seed: int) -> None:
    rate = SPOILED / len(Faults.NAMES)
    faults = Faults(**dict.fromkeys(Faults.NAMES, rate), slow_bytes_seconds=0.05, delay_seconds=0.05, retry_after=0)  # type: ignore[arg-type]
    async with Sandbox(offers=offers, seed=seed, limits=PLENTY, faults=faults, record=0) as sandbox:
        ids = sandbox.url, sandbox.api_key, sandbox.campaign_id
        answers: dict[str, Any] = {
            "ids": lambda: ids,
            "offer_ids": sandbox.offer_ids,
            "warehouse": sandbox.warehouse_offer_ids,
            "counts": lambda: {str(name): count for name, count in sandbox.counts.items()},
        }
        while (question := await asyncio.to_thread(connection.recv)) != "stop":
            connection.send(answers[question]())


class Server:
    """The sandbox's process, as seen from here."""

    def __init__(self, offers: int, seed: int) -> None:
        self._connection, theirs = multiprocessing.Pipe()
        self._process = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs, offers, seed))

    def __enter__(self) -> Self:
        self._process.start()
        return self

    def ask(self, question: str) -> Any:
        self._connection.send(question)
        return self._connection.recv()

    def __exit__(self, *_exc: object) -> None:
        self._connection.send("stop")
        self._process.join()


async def walk(market: MarketClient, campaign_id: int, errors: Counter[str]) -> AsyncIterator[list[str]]:
    """Walk all pages. What the client can't mend by itself is met as a service would: from the last token on."""
    token, done = None, False
    known = False  # whether the page behind the token was handed out already
    empty = False
    while not done:
        try:
            async for page in market.get_campaign_offers(campaign_id, page_token=token).pages():
                if not known:
                    yield [offer.offer_id for offer in page.items]
                known, empty, token = False, not page.items, page.next_page_token
            done = True
        except PaginationError as error:
            errors[type(error).__name__] += 1
            # The server named the page again that it had just served, with its items or without.
            known, token = not empty, error.page_token
        except MarketError as error:
            errors[type(error).__name__] += 1


async def delete(market: MarketClient, campaign_id: int, skus: Iterable[str], errors: Counter[str]) -> dict[str, str]:
    """Delete, going on after each failure, until each SKU has an outcome."""
    outcome: dict[str, str] = {}
    unsure = set[str]()
    left: list[str] = list(skus)
    while left:
        call = market.delete_campaign_offers(campaign_id, left)
        left, done = [], []
        try:
            async for batch in call:
                done.append(batch)  # noqa: PERF401 — what came before a failure counts
        except BatchError as error:
            errors[type(error.__cause__).__name__] += 1
            done += error.done
            left = [*error.failed, *error.pending]
            unsure.update(error.failed)
        for batch in done:
            outcome.update(dict.fromkeys(batch.deleted_offer_ids, "deleted"))
            outcome.update(dict.fromkeys(batch.unconfirmed_offer_ids, "unconfirmed"))
            outcome.update((sku, "unconfirmed" if sku in unsure else "kept") for sku in batch.not_deleted_offer_ids)
    return outcome


def resident() -> float:
    """Tell this process's memory in MB."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 2**20


@asynccontextmanager
async def client(server: Server) -> AsyncIterator[tuple[MarketClient, int]]:
    url, key, campaign_id = server.ask("ids")
    retry = Retry(attempts=8, base_delay=0.01, max_delay=0.1)
    async with MarketClient(key, base_url=url, retry=retry, timeout=2.0) as market:
        yield market, campaign_id


async def soak(server: Server) -> dict[str, Any]:
    errors = Counter[str]()
    tasks_before = asyncio.all_tasks()
    async with client(server) as (market, campaign_id):
        began = time.monotonic()
        expected = iter(server.ask("offer_ids"))
        offers, in_order, memory = 0, True, []
        async for items in walk(market, campaign_id, errors):
            in_order = in_order and all(sku == next(expected, None) for sku in items)
            offers += len(items)
            if offers // 50_000 > len(memory):
                memory.append(resident())
        walked = time.monotonic() - began
        missing = sum(1 for _ in expected)

        everything = server.ask("offer_ids")
        began = time.monotonic()
        outcome = await delete(market, campaign_id, everything, errors)
        deleted = time.monotonic() - began
        session = market._session  # noqa: SLF001 — a look at what is left, from outside
        limiter = session.limiter
        left_in_client = {
            "slots": sum(place.slots.busy for place in limiter._places.values()),  # type: ignore[attr-defined] # noqa: SLF001
            "reservations": sum(len(each.window.in_flight) for each in limiter._limits.values()),  # type: ignore[attr-defined] # noqa: SLF001
            "connections": len(session.transport._http.connector._acquired),  # type: ignore[union-attr] # noqa: SLF001
            "tasks": len(session.transport._tasks),  # noqa: SLF001
        }
    await asyncio.sleep(0)
    left_in_client["tasks after closing"] = len(asyncio.all_tasks() - tasks_before)
    stays = set(server.ask("offer_ids"))
    wrong = [sku for sku, what in outcome.items() if (what == "kept") != (sku in stays) and what != "unconfirmed"]
    counts = server.ask("counts")
    spoiled = {name: counts.get(name, 0) for name in Faults.NAMES}
    return {
        "offers walked": offers,
        "each once and in order": in_order and not missing,
        "seconds of the walk": round(walked, 1),
        "SKUs given to delete": len(everything),
        "outcomes": dict(Counter(outcome.values())),
        "SKUs without an outcome": len(set(everything) - set(outcome)),
        "outcomes that the store contradicts": len(wrong),
        "seconds of the delete": round(deleted, 1),
        "requests": counts["requests"],
        "requests spoiled": sum(spoiled.values()),
        "by kind": spoiled,
        "errors that reached the caller": dict(errors),
        "left behind": left_in_client,
        "memory in MB, every 50,000 offers": [round(mb, 1) for mb in memory],
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--offers", type=int, default=1_000_000, help="products of the store (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=7, help="what catalogue and faults follow from")
    parser.add_argument("--json", type=Path, help="write the results to this file as well")
    arguments = parser.parse_args()
    with Server(arguments.offers, arguments.seed) as server:
        results = asyncio.run(soak(server))
    for name, value in results.items():
        print(f"{name:40} {value}")
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    sound = (
        results["each once and in order"]
        and not results["SKUs without an outcome"]
        and not results["outcomes that the store contradicts"]
        and not any(results["left behind"].values())
    )
    print("sound" if sound else "NOT SOUND")
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())

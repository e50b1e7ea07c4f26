"""`yamarket demo`: the main job against the sandbox, to watch."""

import time
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import click

from yamarket_async.cli import tables
from yamarket_async.cli.progress import Progress
from yamarket_async.cli.running import wait_for
from yamarket_async.client import MarketClient
from yamarket_async.limits import LimitState
from yamarket_async.sandbox import Sandbox

OFFERS = 8_000
WINDOW = 3.0
AMOUNT = 8
"""Requests a window: five windows hold the store, so the demo waits four times and ends in about fifteen seconds."""
LATENCY = 0.1

REAL_THING = """
The same against the real Market:

    async with MarketClient(api_key="ACMA:…") as market:
        async for offer in market.get_campaign_offers(campaign_id):
            print(offer.offer_id, offer.status)
"""


class Seen(NamedTuple):
    """What the demo saw.

    Attributes:
        statuses: how many offers have which status.
        pages: how many pages they came in.
        seconds: how long it took.
        refused: how many requests the sandbox answered 420.
        limit: what is left of the limit.
    """

    statuses: Counter[str]
    pages: int
    seconds: float
    refused: int
    limit: LimitState


@click.command()
def demo() -> None:
    """Stream a store of 8,000 products out of a sandbox, under a limit.

    Needs no key and no network: the sandbox is a real HTTP server on this machine. Its limits renew every three
    seconds instead of every minute, so that there is something to see.

    \b
    Example:
      yamarket demo
    """
    seen = wait_for(_stream())
    by_status: list[Sequence[object]] = [*seen.statuses.most_common(), ("all", seen.statuses.total())]
    tables.show(("status", "offers"), by_status, title="Offers by status")
    numbers = (
        ("pages", seen.pages),
        ("seconds", f"{seen.seconds:.1f}"),
        ("requests answered 420", seen.refused),
        ("left of the limit", f"{seen.limit.remaining:,} of {seen.limit.amount:,} requests"),
    )
    tables.show(("what", "how much"), numbers, title="How it went")
    click.echo(REAL_THING)


async def _stream() -> Seen:
    statuses = Counter[str]()
    pages, began = 0, time.monotonic()
    sandbox = Sandbox(offers=OFFERS, window=WINDOW, limits={"getCampaignOffers": AMOUNT}, latency=LATENCY)
    async with sandbox:
        with Progress("offers", total=OFFERS) as progress:
            progress.tell(
                f"A pretend Market is at {sandbox.url}; it lets {AMOUNT:,} requests through every {WINDOW:g} s."
            )
            async with MarketClient(
                api_key=sandbox.api_key, base_url=sandbox.url, on_wait=progress.wait, on_call=progress.attempt
            ) as market:
                async for page in market.get_campaign_offers(sandbox.campaign_id).pages():
                    statuses.update(map(_status, page.items))
                    pages += 1
                    progress.advance(len(page.items), limit=market.limits()[0])
                (limit,) = market.limits()
        return Seen(statuses, pages, time.monotonic() - began, sandbox.counts[420], limit)


def _status(offer: Any) -> str:
    return offer.status or "—"

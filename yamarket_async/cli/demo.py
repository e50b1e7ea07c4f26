"""`yamarket demo`: the main job against the sandbox, to watch."""

import time
from collections import Counter

import click
from rich.console import Console
from rich.table import Table

from yamarket_async.cli.progress import Progress
from yamarket_async.cli.running import coroutine
from yamarket_async.client import MarketClient
from yamarket_async.limits import LimitState
from yamarket_async.models.campaign_offers import CampaignOffer
from yamarket_async.sandbox import Sandbox

OFFERS = 8_000
WINDOW = 3.0
AMOUNT = 1_600
"""Items a window: five windows hold the store, so the demo waits four times and ends in about fifteen seconds."""
LATENCY = 0.1

REAL_THING = """\
async with MarketClient(api_key="ACMA:…") as market:
    async for offer in market.get_campaign_offers(campaign_id):
        print(offer.offer_id, offer.status)"""


@click.command()
@coroutine
async def demo() -> None:
    """Stream a store of 8,000 products out of a sandbox, under a limit.

    Needs no key and no network: the sandbox is a real HTTP server on this machine. Its limits renew every three
    seconds instead of every minute, so that there is something to see.

    \b
    Example:
      yamarket demo
    """
    sandbox = Sandbox(offers=OFFERS, window=WINDOW, limits={"getCampaignOffers": AMOUNT}, latency=LATENCY)
    statuses = Counter[str]()
    pages, began = 0, time.monotonic()
    async with sandbox:
        with Progress("offers", total=OFFERS) as progress:
            async with MarketClient(api_key=sandbox.api_key, base_url=sandbox.url, on_wait=progress.wait) as market:
                async for page in market.get_campaign_offers(sandbox.campaign_id).pages():
                    statuses.update(map(_status, page.items))
                    pages += 1
                    (limit,) = market.limits()
                    progress.advance(len(page.items), remaining=limit.remaining, amount=limit.amount)
                (limit,) = market.limits()
        refused = sandbox.counts[420]
    _report(statuses, pages, time.monotonic() - began, refused, limit)


def _status(offer: CampaignOffer) -> str:
    return offer.status or "—"


def _report(statuses: Counter[str], pages: int, seconds: float, refused: int, limit: LimitState) -> None:
    console = Console()
    by_status = Table("status", "offers", title="Offers by status")
    for status, count in statuses.most_common():
        by_status.add_row(status, f"{count:,}")
    by_status.add_section()
    by_status.add_row("all", f"{statuses.total():,}")
    console.print(by_status)
    summary = Table(show_header=False)
    summary.add_row("pages", str(pages))
    summary.add_row("seconds", f"{seconds:.1f}")
    summary.add_row("requests answered 420", str(refused))
    summary.add_row("left of the limit", f"{limit.remaining:,} of {limit.amount:,} items")
    console.print(summary)
    console.print("\nThe same against the real Market:\n")
    console.print(REAL_THING, highlight=False, markup=False)

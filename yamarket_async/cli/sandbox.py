"""`yamarket sandbox`: serve a pretend Market until Ctrl-C."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Sequence
from functools import partial
from urllib.parse import urlencode

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from yamarket_async.cli import tables
from yamarket_async.families import family_of
from yamarket_async.sandbox import Faults, RecordedRequest, Sandbox


def read_faults(_context: click.Context, _option: click.Parameter, given: Sequence[str]) -> Faults:
    """Make the faults of `NAME=RATE` options."""
    faults = Faults()
    for text in given:
        name, _, rate = text.partition("=")
        if name not in Faults.NAMES:
            raise click.BadParameter(f"there is no fault {name!r}; there are {', '.join(Faults.NAMES)}")
        try:
            setattr(faults, name, float(rate))
        except ValueError:
            raise click.BadParameter(f"{text!r}: must be NAME=RATE with a rate from 0 to 1") from None
    return faults


@click.command()
@click.option("--port", type=click.IntRange(0, 65_535), default=8080, show_default=True, help="0 takes any free one.")
@click.option("--offers", type=click.IntRange(0), default=25_000, show_default=True, help="Products of each store.")
@click.option("--hidden", type=click.IntRange(0), help="How many of them are hidden.  [default: one in twenty]")
@click.option("--campaigns", type=click.IntRange(1), default=1, show_default=True, help="Stores of the business.")
@click.option("--seed", type=int, default=0, show_default=True, help="What ids, keys and products follow from.")
@click.option(
    "--window",
    type=click.FloatRange(0, min_open=True),
    default=60.0,
    show_default=True,
    help="Seconds that a limit's minute lasts.",
)
@click.option(
    "--tier", type=click.Choice(["medium", "none"]), default="medium", show_default=True, help="Whose limits hold."
)
@click.option("--latency", type=click.FloatRange(0), default=0.0, show_default=True, help="Seconds for each request.")
@click.option("--parallel", type=click.IntRange(1), default=4, show_default=True, help="Requests at once for a store.")
@click.option("--keep-alive/--no-keep-alive", default=True, show_default=True, help="Keep connections open.")
@click.option(
    "--fault",
    "faults",
    multiple=True,
    metavar="NAME=RATE",
    callback=read_faults,
    help=f"What goes wrong, for what share of the requests (0 to 1); repeatable. Names: {', '.join(Faults.NAMES)}.",
)
@click.option("--methods", is_flag=True, help="List how real each operation's answers are, and end.")
def sandbox(*, methods: bool, **settings: object) -> None:
    """Serve a pretend Market on this machine until Ctrl-C.

    It prints its address, key and ids, also as lines for a shell to paste, and on a terminal one line for each request.
    Ctrl-C and SIGTERM end it with exit status 0.

    \b
    With --methods, each operation is one of these:
      stateful     what was written is read back
      reflected    the answer follows from the world and the request, and changes nothing
      synthesised  the answer has the documented shape, and made-up values
    """
    if methods:
        tables.show(("method", "family", "answers"), _realities(), title="How real the answers are")
        return
    console = Console(highlight=False)
    on_request = partial(_show, console) if console.is_terminal else None
    try:
        # Nothing reads the record here, and a million requests should leave no trace in memory.
        market = Sandbox(record=0, on_request=on_request, **settings)  # type: ignore[arg-type]
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    try:
        asyncio.run(_serve(market, console))
    except _CannotListen as error:
        raise click.ClickException(f"can't listen on port {settings['port']}: {error}; choose another --port") from None


def _realities() -> list[tuple[str, str, str]]:
    """List how real the answers of each operation are."""
    return [(name, family, Sandbox.reality(name)) for name, family in family_of().items()]


class _CannotListen(Exception):
    """Somebody else has the port, or it isn't for everybody."""


async def _serve(market: Sandbox, console: Console) -> None:
    try:
        await market.start()
    except OSError as error:
        # What asyncio says instead names the address twice.
        raise _CannotListen(os.strerror(error.errno or 0)) from error
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    before = {
        number: signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        _introduce(market, console)
        await stop.wait()
    finally:
        await market.stop()
        for number, handler in before.items():
            signal.signal(number, handler)
    counts = market.counts
    requests = "1 request" if counts["requests"] == 1 else f"{counts['requests']} requests"
    click.echo(f"The sandbox is closed. It got {requests} and answered {counts[420]} of them 420.")


def _introduce(market: Sandbox, console: Console) -> None:
    table = Table("what", "value", title="The pretend Market", show_header=False)
    environment = {
        "YAMARKET_BASE_URL": ("address", market.url),
        "YAMARKET_API_KEY": ("key", market.api_key),
        "YAMARKET_CAMPAIGN_ID": ("campaignId", str(market.campaign_id)),
        "YAMARKET_BUSINESS_ID": ("businessId", str(market.business_id)),
        "YAMARKET_PROMO_ID": ("promoId", market.promo_id),
    }
    for what, value in environment.values():
        table.add_row(what, value, style="bold" if what == "address" else None)
    for campaign_id in market.campaign_ids[1:]:
        table.add_row("campaignId", str(campaign_id))
    console.print(table)
    for name, (_, value) in environment.items():
        click.echo(f"export {name}={value}")
    click.echo("Ctrl-C ends it.")
    sys.stdout.flush()


def _show(console: Console, request: RecordedRequest) -> None:
    """Print a request on one line."""
    style = "green" if request.status < 400 and request.status else "yellow" if request.status == 420 else "red"
    query = f"?{urlencode(request.query, doseq=True)}" if request.query else ""
    console.print(
        time.strftime("%H:%M:%S", time.localtime(request.at)),
        f"[{style}]{request.status or '---'}[/]",
        f"{request.seconds * 1000:5.0f} ms",
        escape(f"{request.method:<4} {request.path}{query}"),
        f"[dim]{', '.join(sorted(request.faults))}[/]",
        no_wrap=True,
        overflow="ellipsis",
        crop=True,
    )

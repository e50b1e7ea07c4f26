"""`yamarket listen`: print the notifications that come, until Ctrl-C."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click
import msgspec

from yamarket_async import notifications
from yamarket_async.cli.running import Failure, say
from yamarket_async.errors import InvalidRequest
from yamarket_async.notifications.networks import Network

if TYPE_CHECKING:
    from aiohttp.web import TCPSite

MARKET: Final = "market"
"""What stands for the Market's networks."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 for all.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8080, show_default=True, help="0 takes any free one.")
@click.option(
    "--network",
    "networks",
    multiple=True,
    metavar="NETWORK",
    help=f"Where notifications may come from, as 10.0.0.0/8, or {MARKET!r}; repeatable.  [default: anywhere]",
)
@click.option(
    "--trusted-hops",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="Proxies of your own in front, which say in X-Forwarded-For whom they were called by.",
)
def listen(host: str, port: int, networks: Sequence[str], trusted_hops: int) -> None:
    """Take notifications in and print each as a line of JSON, until Ctrl-C.

    Any path will do. The answer is 200 once the line is written; what can't be read is answered 400 and told on stderr.
    To see the Market's, let a proxy with HTTPS lead here, and enter its address in the seller's account. Ctrl-C and
    SIGTERM end it with exit status 0.

    \b
    yamarket listen | jq -c 'select(.notificationType == "ORDER_CREATED") | .orderId'
    """
    printer = _Printer()
    try:
        handler = notifications.handler(
            printer.print, pings=True, networks=_networks(networks), trusted_hops=trusted_hops
        )
    except InvalidRequest as error:
        raise click.BadParameter(f"{error.value!r}: {error.rule}", param_hint="--network") from None
    asyncio.run(_serve(handler, printer, host, port))
    say(f"{printer.count:,} notification{'' if printer.count == 1 else 's'} came")


def _networks(given: Sequence[str]) -> list[str | Network] | None:
    if not given:
        return None
    found: list[str | Network] = [network for network in given if network != MARKET]
    if MARKET in given:
        found += notifications.MARKET_NETWORKS
    return found


class _Printer(logging.Handler):
    """Prints notifications on stdout, and what the log says of others on stderr.

    Attributes:
        count: how many were printed.
        ends: set when it is time to end.
        error: why nothing can be printed any more.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0
        self.ends = asyncio.Event()
        self.error: OSError | None = None

    def print(self, notification: notifications.Notification) -> None:
        try:
            click.echo(msgspec.json.format(notification.raw, indent=-1).decode())
            sys.stdout.flush()
        except OSError as error:
            # Answered 500, so that the sender has it still.
            self.error = error
            self.ends.set()
            raise
        self.count += 1

    def emit(self, record: logging.LogRecord) -> None:
        if self.error is None:
            say(record.getMessage())


async def _serve(handler: notifications.Handler, printer: _Printer, host: str, port: int) -> None:
    # The server's half of aiohttp takes a while, which the other commands need not wait for.
    from aiohttp import web  # noqa: PLC0415

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    app.on_cleanup.append(handler.receiver.aclose)
    runner = web.AppRunner(app, access_log=None)
    with _told(printer):
        try:
            await runner.setup()
            await _listen(web.TCPSite(runner, host, port), host, port)
            address, number = runner.addresses[0][:2]
            shown = f"[{address}]" if ":" in address else address
            say(f"listening on http://{shown}:{number}/, any path; Ctrl-C ends it")
            await printer.ends.wait()
        finally:
            await runner.cleanup()
    if printer.error is not None:
        raise printer.error


async def _listen(site: "TCPSite", host: str, port: int) -> None:
    try:
        await site.start()
    except OSError as error:
        # What asyncio says names the address twice.
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)
        raise Failure(f"can't listen on {host}:{port}: {reason}; choose another --port or --host") from None
    except UnicodeError as error:
        raise Failure(f"{host!r} is no name of a host ({error}); choose another --host") from None


@contextmanager
def _told(printer: _Printer) -> Iterator[None]:
    """Let the log go through the printer, and the first Ctrl-C or SIGTERM end it."""
    logger, loop = logging.getLogger("yamarket_async.notifications"), asyncio.get_running_loop()
    before = {
        number: signal.signal(number, lambda *_: loop.call_soon_threadsafe(printer.ends.set))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    logger.addHandler(printer)
    try:
        yield
    finally:
        logger.removeHandler(printer)
        for number, handler in before.items():
            signal.signal(number, handler)

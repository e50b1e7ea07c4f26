"""`yamarket report`: a report of the Market's, begun, waited for and saved."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from yamarket_async.cli.connecting import Connection, connected
from yamarket_async.cli.derived_groups import DerivedGroup
from yamarket_async.cli.lookup import method_of, report_name, reports
from yamarket_async.cli.options import arguments_of, derived, docs_of, for_people, missing
from yamarket_async.cli.overwriting import may_write
from yamarket_async.cli.running import Failure, ended_like_interrupt, failure_of, wait_for
from yamarket_async.endpoints import REFERENCE, Endpoint
from yamarket_async.errors import MarketError, QuotaExceeded, ServerError, TransportError

if TYPE_CHECKING:
    from yamarket_async.client import MarketClient
    from yamarket_async.files import File
    from yamarket_async.reports import Report

OPTIONS = (
    click.Option(
        ["--output", "-o"],
        required=True,
        metavar="FILE|FOLDER",
        help="Where to; in a folder it gets the name that the Market gives it.",
    ),
    click.Option(["--force"], is_flag=True, help="Overwrite FILE if it is there."),
    click.Option(["--quiet", "-q"], is_flag=True, help="Don't show the waiting."),
    click.Option(
        ["--timeout"],
        type=click.FloatRange(0, min_open=True),
        metavar="SECONDS",
        help="Give up waiting after this; the report goes on at the Market.",
    ),
    click.Option(
        ["--report-id"], metavar="ID", help="Go on with this report, which was begun before, instead of a new one."
    ),
)


def command_of(endpoint: Endpoint) -> click.Command:
    """Make the command of a report."""

    @connected
    def callback(connection: Connection, **options: Any) -> None:
        perform(endpoint, connection, **options)

    docs = docs_of(endpoint)
    arguments = derived(endpoint)
    for option in arguments:
        option.required = False  # which none of them is for one that was begun before
    return click.Command(
        report_name(endpoint),
        params=[*arguments, *OPTIONS, *getattr(callback, "__click_params__", [])[::-1]],
        callback=callback,
        short_help=docs.summary,
        help=f"{for_people(docs.summary)}\n\n{for_people(docs.text)}\n\n\b\n{REFERENCE}{endpoint.reference}",
    )


def perform(endpoint: Endpoint, connection: Connection, **options: Any) -> None:
    """Have a report made, and save it.

    Raises:
        UsageError: an option is missing.
    """
    output, force, quiet, timeout, report_id = (
        options.pop(name) for name in ("output", "force", "quiet", "timeout", "report_id")
    )
    arguments = arguments_of(endpoint, options)
    absent = missing(endpoint, arguments)
    if absent and report_id is None:
        raise click.UsageError(f"Missing option {absent[0]}, or --report-id for a report that was begun before")
    may_write(Path(output), force=force)
    from yamarket_async.cli.report_progress import ReportProgress  # noqa: PLC0415 — a help needs none of it

    progress = ReportProgress(report_name(endpoint), endpoint.name, quiet=quiet)
    client = connection.client(on_wait=progress.wait, on_call=progress.attempt)
    begun: list[Report] = []

    async def work() -> "File":
        async with client as market:
            report = _report(market, endpoint, arguments, report_id, timeout)
            begun.append(report)
            return await report.save(output, on_progress=progress.fetched)

    try:
        with progress, ended_like_interrupt():
            file = wait_for(work())
    except (MarketError, OSError, KeyboardInterrupt) as error:
        failure = failure_of(error, _note(error, begun[0].report_id if begun else None))
        # What it says of the report is for programs.
        told = re.sub(r"market\.report\('([^']*)'\)", r"--report-id \1", str(failure))
        raise Failure(told, failure.status) from error
    place = Path(output)
    progress.tell(f"{file.size:,} bytes → {place / file.name if place.is_dir() else place}")


def _note(error: BaseException, report_id: str | None) -> str:
    """Say how to come by a report that is still there, or will be; "" where the Market has none, or won't tell."""
    if report_id is None:
        return ""
    if isinstance(error, KeyboardInterrupt | QuotaExceeded | TransportError | ServerError):
        return f"the report goes on at the Market; --report-id {report_id} fetches it"
    # Of the disk: the report was there to be saved.
    return f"--report-id {report_id} fetches the report again" if isinstance(error, OSError) else ""


def _report(
    market: "MarketClient", endpoint: Endpoint, arguments: Any, report_id: str | None, timeout: float | None
) -> "Report":
    if report_id is not None:
        return market.report(report_id, timeout=timeout)
    report: Report = getattr(market, method_of(endpoint))(**arguments, timeout=timeout)
    return report


@click.group(cls=DerivedGroup, entries=reports, make=command_of, described=lambda endpoint: docs_of(endpoint).summary)
def report() -> None:
    """Have the Market make a report or a document, wait for it and save it.

    The waiting is shown. When it was interrupted, the report goes on at the Market: the line that the command ends with
    tells its id, with which --report-id fetches it, for as long as the Market keeps it.

    \b
    Examples:
      yamarket report united-orders --business-id 700000 --date-from 2026-01-01 --date-to 2026-01-31 -o orders.xlsx
      yamarket report united-orders --report-id 5a1b -o orders.xlsx
    """

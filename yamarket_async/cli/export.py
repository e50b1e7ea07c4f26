"""`yamarket export`: a list of the Market's into a file, or to stdout."""

import sys
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

import click

from yamarket_async.cli.columns import columns_of
from yamarket_async.cli.connecting import Connection, connected
from yamarket_async.cli.destinations import Destination, FileDestination, LineStream, ParquetStream
from yamarket_async.cli.exports import EXPORTS, Export, Walk, by_offer_ids
from yamarket_async.cli.formats import FORMATS, guessed, need_parquet
from yamarket_async.cli.parts import Part, Position
from yamarket_async.cli.progress import Progress
from yamarket_async.cli.running import Failure, failure_of, is_terminal, wait_for
from yamarket_async.cli.sku_files import read_skus
from yamarket_async.client import MarketClient
from yamarket_async.endpoints import MAX_INT32, REFERENCE
from yamarket_async.errors import BadRequest, MarketError
from yamarket_async.paging import Pager

STDOUT = "-"

OUTPUT_OPTIONS = (
    click.Option(["--output", "-o"], default=STDOUT, metavar="FILE|-", help="Where to.  [default: -, which is stdout]"),
    click.Option(
        ["--format"], type=click.Choice(FORMATS), help="The format.  [default: as the ending of FILE says; jsonl for -]"
    ),
    click.Option(["--resume"], is_flag=True, help="Go on with what an earlier run left unfinished."),
    click.Option(["--quiet", "-q"], is_flag=True, help="Show no progress."),
)

OFFER_IDS = click.Option(
    ["--offer-ids-from"],
    metavar="FILE|-",
    help="Only the products whose SKUs stand in this file, one a line, in UTF-8. Not together with another filter.",
)


@dataclass(frozen=True, kw_only=True)
class Job:
    """What a run of the command is to do.

    Attributes:
        export: what is listed.
        arguments: what the method is called with.
        skus: the products that are asked for; None for all that the arguments let through.
        connection: how to reach the Market.
        output: the file, or "-".
        format: one of `FORMATS`.
        resume: whether to go on with what an earlier run left.
        quiet: whether to show nothing.
    """

    export: Export
    arguments: Mapping[str, Any]
    skus: Sequence[str] | None
    connection: Connection
    output: str
    format: str
    resume: bool
    quiet: bool

    @property
    def walk(self) -> Walk:
        """How the pages are walked."""
        if self.skus is None:
            return self.export.walk
        return by_offer_ids(self.skus, self.arguments.get("page_size", self.export.endpoint.max_size))

    def query(self) -> dict[str, Any]:
        """Describe what ends up in the file: two runs may share one only if this is the same."""
        asked: dict[str, Any] = {
            "export": self.export.name,
            "base_url": self.connection.base_url,
            "format": self.format,
        }
        if self.format == "csv":
            asked["columns"] = [column.name for column in columns_of(self.export.item)]
        if self.skus is not None:
            asked["offer_ids"] = sha256("\n".join(self.skus).encode()).hexdigest()
        return {**asked, **self.arguments}

    def progress(self, *, done: int = 0, pages: int = 0) -> Progress:
        """Make what shows how far it has come."""
        total = None if self.skus is None else len(self.skus)
        # Where the rows themselves run over the terminal, a bar would be in their way.
        quiet = self.quiet or (self.output == STDOUT and is_terminal(sys.stdout))
        return Progress(self.export.name.replace("-", " "), total=total, done=done, pages=pages, quiet=quiet)


def to_file(job: Job) -> None:
    """Export into a file that is complete or absent."""
    # Where the name is a link, what it leads to is replaced, and not the link.
    with Part(Path(job.output).resolve(), job.query()) as part:
        why_not = part.resume() if job.resume else None
        progress = job.progress(done=part.journal.items, pages=part.journal.pages)
        if why_not:
            progress.tell(f"nothing to resume, so from the beginning: {why_not}")
        client = job.connection.client(on_wait=progress.wait)
        try:
            with progress:
                wait_for(perform(job, client, FileDestination(part, job.format, job.export.item), progress, part.start))
        except (MarketError, OSError, KeyboardInterrupt) as error:
            part.close()
            raise failure_of(error, _note(part, error, job)) from error
    progress.conclude(job.output)


def _note(part: Part, error: BaseException, job: Job) -> str:
    if job.resume and isinstance(error, BadRequest):
        return "if the Market no longer knows the page at which --resume went on, begin anew without it"
    return part.note()


def to_stream(job: Job, file: IO[bytes]) -> None:
    """Export into a pipe, a terminal or a device, from where nothing can be taken back."""
    if job.resume:
        raise click.UsageError("--resume needs --output FILE")
    struct = job.export.item
    stream = ParquetStream(file, struct) if job.format == "parquet" else LineStream(file, job.format, struct)
    progress = job.progress()
    client = job.connection.client(on_wait=progress.wait)
    with progress:
        wait_for(perform(job, client, stream, progress, {}))
    progress.conclude(job.output)


async def perform(
    job: Job, client: MarketClient, destination: Destination, progress: Progress, start: Position | None
) -> None:
    """Walk the pages into their destination.

    Args:
        job: what to do.
        client: the way to the Market; closed in the end.
        destination: where the items go.
        progress: what shows how far it has come.
        start: where to begin; None when all pages are there already.
    """
    async with client as market:

        def call(**more: Any) -> Pager[Any]:
            return job.export.pager(market, {**job.arguments, **more})

        if start is not None:
            async with aclosing(job.walk(call, start)) as portions:
                async for items, position, total in portions:
                    destination.write(items, position)
                    progress.advance(len(items), limit=next(iter(market.limits()), None), total=total)
    await destination.finish()


def perform_export(export: Export, connection: Connection, **options: Any) -> None:
    """Do what the options of `yamarket export …` say."""
    output, name = options.pop("output"), options.pop("format")
    offer_ids_from = options.pop("offer_ids_from", None)
    job = Job(
        export=export,
        connection=connection,
        output=output,
        format=name or guessed(output),
        resume=options.pop("resume"),
        quiet=options.pop("quiet"),
        skus=None if offer_ids_from is None else read_skus(offer_ids_from),
        # An option that was left out is None or, where it is repeatable, empty.
        arguments={
            name: list(value) if isinstance(value, tuple) else value
            for name, value in options.items()
            if value not in {None, ()}
        },
    )
    if job.format == "parquet":
        need_parquet()
    path = Path(output)
    if output == STDOUT:
        if job.format == "parquet" and is_terminal(sys.stdout):
            raise click.UsageError("Parquet is not for a terminal; name a file with --output")
        if sys.stdout is None:
            raise Failure("standard output is closed")
        to_stream(job, sys.stdout.buffer)
    elif path.is_dir():
        raise click.UsageError(f"--output {output}: is a directory")
    elif path.exists() and not path.is_file():
        # A named pipe or a device: moving a file to its place would do away with it.
        with path.open("wb") as file:
            to_stream(job, file)
    else:
        to_file(job)


def command_of(export: Export) -> click.Command:
    """Make the command of an export."""

    @connected
    def callback(connection: Connection, **options: Any) -> None:
        perform_export(export, connection, **options)

    endpoint = export.endpoint
    bound = None if endpoint.max_size == MAX_INT32 else endpoint.max_size
    page_size = click.Option(["--page-size"], type=click.IntRange(1, bound), help="Items a page.")
    columns = columns_of(export.item)
    width = max(len(column.name) for column in columns)
    described = "\n".join(f"  {column.name:<{width}}  {column.kind}" for column in columns)
    example = f"yamarket export {export.name} {export.example}"
    return click.Command(
        export.name,
        params=[
            *export.owner,
            *export.filters,
            *([OFFER_IDS] if export.takes_offer_ids else []),
            page_size,
            *OUTPUT_OPTIONS,
            *getattr(callback, "__click_params__", [])[::-1],
        ],
        callback=callback,
        short_help=export.summary.partition(". ")[0].rstrip(".") + ".",
        help=f"{export.summary}\n\n\b\nThe Market's page: {REFERENCE}{endpoint.reference}",
        epilog=f"\b\nColumns of CSV and Parquet:\n{described}\n\n\b\nExample:\n  {example}",
    )


@click.group(commands=[command_of(each) for each in EXPORTS])
def export() -> None:
    """Export a list into a JSONL, CSV or Parquet file, or to stdout.

    JSONL is the Market's own shape. CSV and Parquet are flat; each command's help names their columns. Lists in them
    are JSON, moments are in UTC, and prices are plain digits in CSV and decimal128(38, 9) in Parquet.

    A file is complete or absent: it is written beside its place, as FILE.part with a journal FILE.part.json, and moved
    there at the end. When a run was interrupted, failed or crashed, the same command with --resume goes on from the
    last page that is safely on disk; without it, the next run begins anew. What goes to stdout can't be resumed; when
    its reader closes the pipe (| head), the command ends with exit status 0.

    \b
    Examples:
      yamarket export campaign-offers --campaign-id 21000000 --output offers.csv
      yamarket export campaign-offers --campaign-id 21000000 | jq .status | sort | uniq -c
    """

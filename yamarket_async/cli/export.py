"""`yamarket export`: a list of the Market's into a file, or to stdout."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import aclosing, closing, contextmanager, nullcontext
from hashlib import sha256
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click
import msgspec

from yamarket_async.cli.connecting import Connection
from yamarket_async.cli.destinations import (
    Destination,
    FileDestination,
    LineStream,
    ParquetStream,
    XlsxStream,
)
from yamarket_async.cli.exports import Export, Walk
from yamarket_async.cli.formats import Format, names_of, need
from yamarket_async.cli.inputs import TableFormat, cell, table_in
from yamarket_async.cli.matching import Matches
from yamarket_async.cli.overwriting import may_write
from yamarket_async.cli.parts import Part, Position
from yamarket_async.cli.progress import Progress
from yamarket_async.cli.running import (
    Failure,
    ended_like_interrupt,
    failure_of,
    is_terminal,
    wait_for,
)
from yamarket_async.errors import BadRequest, MarketError

if TYPE_CHECKING:
    from yamarket_async.client import MarketClient
    from yamarket_async.limits import Wait

STDOUT = "-"


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What a run of the command is to do.

    Attributes:
        export: what is listed.
        arguments: what the method is called with.
        lines: the line of each id that is asked for, by the argument that takes them, where they come from a file.
        connection: how to reach the Market.
        output: the file, or "-".
        form: how it is written.
        resume: whether to go on with what an earlier run left.
        force: whether an existing file is overwritten.
        quiet: whether to show nothing.
    """

    export: Export
    arguments: Mapping[str, Any]
    lines: Mapping[str, Mapping[str, int]]
    connection: Connection
    output: str
    form: Format
    resume: bool
    force: bool
    quiet: bool

    def walk(self, written: Iterable[str]) -> Walk:
        """Choose how the pages are walked, where an earlier run wrote items with these keys."""
        return self.export.walk(self.arguments, written)

    @property
    def asked(self) -> tuple[str, list[Any]] | None:
        """The argument with the ids that are asked for, and these; None for all that the arguments let through."""
        for argument in self.export.ids:
            if self.arguments.get(argument) is not None:
                return argument, self.arguments[argument]
        return None

    def query(self) -> dict[str, Any]:
        """Describe what ends up in the file: two runs may share one only if this is the same."""
        asked: dict[str, Any] = {
            "export": self.export.name,
            "base_url": self.connection.base_url,
            "format": self.form.name,
        }
        if self.form.excel:
            asked["csv_for"] = "excel"
        if self.form.name in {"csv", "tsv"}:
            asked["columns"] = names_of(self.export.columns)
        arguments = dict(self.arguments)
        for argument in self.lines:
            arguments[argument] = sha256("\n".join(map(str, arguments[argument])).encode()).hexdigest()
        return {**asked, **arguments}

    def progress(self, *, done: int = 0, pages: int = 0) -> Progress:
        """Make what shows how far it has come."""
        # Where the rows themselves run over the terminal, a bar would be in their way.
        quiet = self.quiet or (self.output == STDOUT and is_terminal(sys.stdout))
        total = len(self.asked[1]) if self.asked else None
        return Progress(self.export.name.replace("-", " "), total=total, done=done, pages=pages, quiet=quiet)


def run(job: Job) -> None:
    """Do it.

    Raises:
        Failure: it can't be done.
    """
    need(job.form.name)
    path = Path(job.output)
    if job.output == STDOUT:
        if job.form.is_made_in_the_end and is_terminal(sys.stdout):
            raise click.UsageError(f"{job.form.name} is not for a terminal; name a file with --output")
        if sys.stdout is None:
            raise Failure("standard output is closed")
        to_stream(job, sys.stdout.buffer)
    elif path.is_dir():
        raise click.UsageError(f"--output {job.output}: is a directory")
    elif path.exists() and not path.is_file():
        # A named pipe or a device: moving a file to its place would do away with it.
        with path.open("wb") as file:
            to_stream(job, file)
    else:
        may_write(path, force=job.force)
        to_file(job)


def to_file(job: Job) -> None:
    """Export into a file that is complete or absent."""
    # Where the name is a link, what it leads to is replaced, and not the link.
    with Part(Path(job.output).resolve(), job.query()) as part:
        why_not = part.resume() if job.resume else None
        progress = job.progress(done=part.journal.items, pages=part.journal.pages)
        if why_not:
            progress.tell(f"nothing to resume, so from the beginning: {why_not}")

        def on_wait(wait: "Wait") -> None:
            progress.wait(wait)
            part.expect(wait.seconds)

        client = job.connection.client(on_wait=on_wait, on_call=progress.attempt)
        destination = FileDestination(part, job.form, job.export.item, job.export.name)
        try:
            with progress, ended_like_interrupt():
                wait_for(perform(job, client, destination, progress, part.start, written=written_keys(job, part)))
        except (MarketError, OSError, KeyboardInterrupt) as error:
            part.close()
            raise failure_of(error, _note(part, error, job)) from error
    progress.conclude(job.output)


def written_keys(job: Job, part: Part) -> set[str]:
    """Read the keys of the items that an earlier run wrote, where a walk in pieces would else give some again."""
    column = job.export.key_column
    if not part.journal.items or not column or not job.export.is_walked_in_pieces(job.arguments):
        return set()
    with part.path.open("rb") as file:
        content = BytesIO(file.read(part.journal.length))
    form: TableFormat = "csv" if job.form.name == "csv" else "tsv" if job.form.name == "tsv" else "jsonl"
    with table_in(BufferedReader(content), str(part.path), form) as table:
        return {str(cell(row, column)) for row in table.rows}


def _note(part: Part, error: BaseException, job: Job) -> str:
    if job.resume and isinstance(error, BadRequest):
        return "if the Market no longer knows the page at which --resume went on, begin anew without it"
    return part.note()


def to_stream(job: Job, file: IO[bytes]) -> None:
    """Export into a pipe, a terminal or a device, from where nothing can be taken back."""
    if job.resume:
        raise click.UsageError("--resume needs --output FILE")
    progress = job.progress()
    client = job.connection.client(on_wait=progress.wait, on_call=progress.attempt)
    with _stream(job, file) as stream, progress:
        wait_for(perform(job, client, stream, progress, {}))
    progress.conclude(job.output)


@contextmanager
def _stream(job: Job, file: IO[bytes]) -> Iterator[Destination]:
    kind = job.export.item
    if job.form.name == "xlsx":
        with closing(XlsxStream(file, kind, job.export.name)) as stream:
            yield stream
    else:
        with nullcontext():
            yield ParquetStream(file, kind) if job.form.name == "parquet" else LineStream(file, job.form, kind)


async def perform(
    job: Job,
    client: "MarketClient",
    destination: Destination,
    progress: Progress,
    start: Position | None,
    *,
    written: Iterable[str] = (),
) -> None:
    """Walk the pages into their destination.

    Args:
        job: what to do.
        client: the way to the Market; closed in the end.
        destination: where the items go.
        progress: what shows how far it has come.
        start: where to begin; None when all pages are there already.
        written: the keys of the items that an earlier run wrote.
    """
    matches = Matches.of(job.export, job.asked, job.lines, (start or {}).get("done", 0))
    async with client as market:

        def call(**more: Any) -> Any:
            return job.export.pager(market, {**job.arguments, **more})

        if start is not None:
            async with aclosing(job.walk(written)(call, start)) as portions:
                async for items, position, total in portions:
                    rows = job.export.rows.of(items)
                    destination.write(rows, position)
                    matches.note((*items, *rows))  # what was asked for may be the groups
                    progress.advance(len(rows), limit=next(iter(market.limits()), None), total=total)
    await destination.finish()
    for told in filter(None, (destination.remark, matches.told() if start is not None else "")):
        progress.tell(told)

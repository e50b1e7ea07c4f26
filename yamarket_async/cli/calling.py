"""Calling an operation and writing down its answer: JSON, JSON lines, a file, or what became of many things."""

import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import aclosing, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import msgspec

from yamarket_async.cli.columns import json
from yamarket_async.cli.connecting import Connection
from yamarket_async.cli.lookup import method_of
from yamarket_async.cli.progress import Progress
from yamarket_async.cli.running import DONE, PARTLY_DONE, Failure, failure_of, is_terminal, wait_for
from yamarket_async.endpoints import Endpoint
from yamarket_async.errors import MarketError
from yamarket_async.saving import beside

if TYPE_CHECKING:
    from yamarket_async.bulk import Batches, BulkReport
    from yamarket_async.client import MarketClient
    from yamarket_async.files import File
    from yamarket_async.paging import Pager


def call(
    endpoint: Endpoint, arguments: Mapping[str, Any], connection: Connection, output: Path | None, *, quiet: bool
) -> int:
    """Call an operation.

    Args:
        endpoint: the operation.
        arguments: what its method is called with.
        connection: how to reach the Market.
        output: the file to write; None for stdout.
        quiet: show no progress.

    Returns:
        The exit status.
    """
    if output is None and sys.stdout is None:
        raise Failure("standard output is closed")
    quiet = quiet or (output is None and is_terminal(sys.stdout))
    what = "things" if endpoint.things else "items"
    progress = Progress(what, of="batches" if endpoint.things else "pages", quiet=quiet)
    client = connection.client(on_wait=progress.wait, on_call=progress.attempt)
    with progress if endpoint.pages or endpoint.things else _nothing():
        return wait_for(_perform(endpoint, arguments, client, output, progress))


@contextmanager
def _nothing() -> Iterator[None]:
    yield


async def _perform(
    endpoint: Endpoint, arguments: Mapping[str, Any], client: "MarketClient", output: Path | None, progress: Progress
) -> int:
    async with client as market:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # `yamarket methods` says it, which is what users see
            called = getattr(market, method_of(endpoint))(**arguments)
        if endpoint.pages:
            with _opened(output) as file:
                await _lines(called, file, progress)
            return DONE
        if endpoint.things:
            report, error = await _report(called, progress)
            if error is not None and not report.items:
                raise error
            with _opened(output) as file:
                file.write(report_as_json(report))
            if error is not None:
                count = len(report.items)
                was, is_ = ("was", "is") if count == 1 else ("were", "are")
                note = f"{count:,} {was} answered for before, and {is_} reported"
                raise Failure(str(failure_of(error, note)), PARTLY_DONE) from error
            return PARTLY_DONE if report.rejected or report.unconfirmed else DONE
        answer = await called
        if endpoint.files or endpoint.report:
            _save(answer, output)
        elif answer is not None:
            with _opened(output) as file:
                file.write(msgspec.json.format(json.encode(answer)) + b"\n")
    return DONE


async def _lines(pager: "Pager[Any]", file: IO[bytes], progress: Progress) -> None:
    """Write the items of a list, one a line, as they come."""
    async with aclosing(pager.pages()) as pages:
        async for page in pages:
            file.write(json.encode_lines(page.items))
            file.flush()
            progress.advance(len(page.items))


async def _report(batches: "Batches[Any]", progress: Progress) -> "tuple[BulkReport, MarketError | None]":
    """Send the batches; gather what became of the things, and what ended it too early."""
    from yamarket_async.bulk import BulkReport  # noqa: PLC0415

    whole, ended = BulkReport(), None
    async with aclosing(aiter(batches)) as reports:
        try:
            async for report in reports:
                progress.advance(len(report.items))
                whole.add(report)
        except MarketError as error:
            ended = error
    if ended is not None:
        for report in batches.done:  # answered, and not handed out
            whole.add(report)
    return whole, ended


def report_as_json(report: "BulkReport") -> bytes:
    """Write what became of many things as JSON: how many, and each that was refused, warned of or is unconfirmed."""
    told = {
        **report.counts,
        "rejectedItems": [_with_reasons(each.item, each.errors) for each in report.rejected],
        "warnedItems": [_with_reasons(each.item, each.warnings) for each in report.warnings],
        "unconfirmedItems": report.unconfirmed,
    }
    return msgspec.json.format(json.encode(told)) + b"\n"


def _with_reasons(item: Any, errors: Any) -> Mapping[str, Any]:
    return {"item": item, "reasons": [{"code": each.code, "message": each.message} for each in errors]}


@contextmanager
def _opened(output: Path | None) -> Iterator[IO[bytes]]:
    """Open what an answer is written to; a file is complete or absent."""
    if output is None:
        yield sys.stdout.buffer
    else:
        with beside(output) as file:
            yield file


def _save(answer: "File", output: Path | None) -> None:
    with answer:
        if output is None:
            sys.stdout.buffer.write(answer.content)
        else:
            answer.save(output)

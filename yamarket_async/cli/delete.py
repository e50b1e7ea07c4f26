"""`yamarket delete`: take products out of a store."""

import csv
import os
import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import aclosing
from pathlib import Path

import click
import msgspec

from yamarket_async.cli import tables
from yamarket_async.cli.connecting import Connection, connected
from yamarket_async.cli.exports import CAMPAIGN
from yamarket_async.cli.progress import Progress
from yamarket_async.cli.running import (
    FAILED,
    INTERRUPTED,
    PARTLY_DONE,
    Failure,
    drop_output,
    failure_of,
    is_terminal,
    wait_for,
)
from yamarket_async.cli.sku_files import STDIN, read_skus
from yamarket_async.cli.stopping import Gate, Stopped, first_interrupt
from yamarket_async.client import MarketClient
from yamarket_async.cutting import body_cutter, cuts
from yamarket_async.endpoints import DELETE_CAMPAIGN_OFFERS
from yamarket_async.errors import BatchError
from yamarket_async.models.deleted_offers import DeletedOffers

OUTCOMES = ("deleted", "kept", "unconfirmed", "failed", "pending")


class Report:
    """A file that tells what became of each product; complete or absent.

    Args:
        place: where it goes; JSON lines where its name ends in .jsonl, CSV otherwise. It is opened at once: after the
            products are gone it would be late to learn that it can't be written.
    """

    def __init__(self, place: Path) -> None:
        if place.exists() and not place.is_file():
            raise click.UsageError(f"--report {place}: is no file; moving the report there would do away with it")
        self._place = place.resolve()
        self._path = self._place.with_name(self._place.name + ".part")
        self._file = self._path.open("w", encoding="utf-8", newline="")

    def write(self, outcomes: Mapping[str, str]) -> None:
        """Write the outcome of each product, in the order of the input."""
        try:
            with self._file as file:
                if self._place.suffix == ".jsonl":
                    rows = [{"sku": sku, "outcome": outcome} for sku, outcome in outcomes.items()]
                    file.write(msgspec.json.Encoder().encode_lines(rows).decode())
                else:
                    csv.writer(file).writerows([("sku", "outcome"), *outcomes.items()])
                file.flush()
                os.fsync(file.fileno())
            self._path.replace(self._place)
        except OSError as error:
            raise Failure(f"{self._path}: {error.strerror}; there is no report", PARTLY_DONE) from error

    def drop(self) -> None:
        """Do without it where it was not written."""
        self._file.close()
        self._path.unlink(missing_ok=True)


@click.command(params=[CAMPAIGN])
@click.option(
    "--offer-ids-from",
    required=True,
    metavar="FILE|-",
    help="The products: a file of SKUs, one a line, in UTF-8; - is stdin.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be deleted, and delete nothing. Needs no key.")
@click.option("--yes", "-y", is_flag=True, help="Don't ask.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write what became of each product into this file: sku and outcome, as CSV, or JSON lines for .jsonl.",
)
@click.option("--quiet", "-q", is_flag=True, help="Show no progress.")
@connected
def delete(
    connection: Connection,
    *,
    campaign_id: int,
    offer_ids_from: str,
    dry_run: bool,
    yes: bool,
    report: Path | None,
    quiet: bool,
) -> None:
    """Delete products from a store. Other stores and the catalogue keep them.

    Asks before, on a terminal; elsewhere --yes must say that it is meant. Ctrl-C finishes the batches that are on their
    way and sends no more; a second Ctrl-C ends at once.

    \b
    Each product ends up as one of these, counted on stdout and named in the report:
      deleted      gone from the store
      kept         the Market kept it: not found in the store, or in a Market warehouse
      unconfirmed  kept by the answer to a repeated request, whose first answer was lost: it may be gone
      failed       sent, and no answer told what became of it
      pending      not sent

    Exit status 3: some were answered for and others failed; 130: Ctrl-C left some pending.

    \b
    Examples:
      yamarket delete --campaign-id 21000000 --offer-ids-from old.txt --dry-run
      yamarket delete --campaign-id 21000000 --offer-ids-from old.txt --report deleted.csv
    """
    skus = read_skus(offer_ids_from)
    if dry_run:
        _show_plan(campaign_id, skus)
        return
    if not yes:
        _ask(campaign_id, skus, offer_ids_from)
    written = None if report is None else Report(report)
    try:
        job = Deletion(campaign_id, skus, quiet=quiet)
        failure = job.run(connection)
        if written is not None:
            try:
                written.write(job.outcomes)
            except Failure as error:
                failure = error
    finally:
        if written is not None:
            written.drop()
    counts = Counter(job.outcomes.values())
    try:
        tables.show(("outcome", "products"), [(outcome, counts[outcome]) for outcome in OUTCOMES])
    except BrokenPipeError:
        if failure is None:
            raise
        drop_output(sys.stdout)  # whoever read it has enough, but the failure is still to be told
    if failure is not None:
        raise failure


def _show_plan(campaign_id: int, skus: list[str]) -> None:
    requests = sum(1 for _ in cuts(body_cutter(DELETE_CAMPAIGN_OFFERS.max_size), skus))
    plan = (
        ("store", str(campaign_id)),
        ("products to delete", len(skus)),
        ("requests", requests),
        ("first product", skus[0]),
        ("last product", skus[-1]),
    )
    tables.show(("what", "how much"), plan, title="Nothing is deleted by this dry run")


def _ask(campaign_id: int, skus: list[str], offer_ids_from: str) -> None:
    if offer_ids_from == STDIN or not is_terminal(sys.stdin):
        raise click.UsageError("there is nobody to ask whether to delete: say --yes, or look first with --dry-run")
    if not click.confirm(f"Delete {len(skus):,} products from store {campaign_id}?", err=True):
        raise Failure("nothing was deleted")


class Deletion:
    """A run of the command.

    Args:
        campaign_id: the store.
        skus: the products.
        quiet: whether to show nothing.

    Attributes:
        outcomes: what became of each product so far.
    """

    def __init__(self, campaign_id: int, skus: list[str], *, quiet: bool) -> None:
        self.outcomes = dict.fromkeys(skus, "pending")
        self._campaign_id = campaign_id
        self._skus = skus
        self._progress = Progress("products", of="batches", total=len(skus), quiet=quiet)

    def run(self, connection: Connection) -> Failure | None:
        """Delete, and give what the command ends with where that is not success."""
        gate = Gate(connection.limiter())
        client = connection.client(on_wait=self._progress.wait, limiter=gate)
        cause: BaseException | None = None
        try:
            with self._progress:
                wait_for(self._delete(client, gate))
        except BatchError as error:
            cause = error.__cause__
        except KeyboardInterrupt as interrupt:
            cause = interrupt
        for part in gate.begun():  # batches come to the gate in the order of the input
            unanswered = [sku for sku in self._skus[part] if self.outcomes[sku] == "pending"]
            self.outcomes.update(dict.fromkeys(unanswered, "failed"))
        return self._judged(cause)

    async def _delete(self, client: MarketClient, gate: Gate) -> None:
        def stop() -> None:
            self._progress.tell("stopping: what is on its way is finished; Ctrl-C again ends at once")
            gate.shut()

        async with client as market:
            with first_interrupt(stop):
                results = aiter(market.delete_campaign_offers(self._campaign_id, self._skus))
                try:
                    async with aclosing(results):
                        async for batch in results:
                            self._note(batch)
                            self._progress.advance(len(batch.offer_ids), limit=next(iter(market.limits()), None))
                except BatchError as error:
                    for batch in error.done:
                        self._note(batch)
                    raise

    def _note(self, batch: DeletedOffers) -> None:
        for outcome, skus in (
            ("deleted", batch.deleted_offer_ids),
            ("kept", batch.not_deleted_offer_ids),
            ("unconfirmed", batch.unconfirmed_offer_ids),
        ):
            self.outcomes.update(dict.fromkeys(skus, outcome))

    def _judged(self, cause: BaseException | None) -> Failure | None:
        counts = Counter(self.outcomes.values())
        if cause is None:
            return None
        if isinstance(cause, (Stopped, KeyboardInterrupt)):
            failed = f", {counts['failed']:,} failed" if counts["failed"] else ""
            return Failure(f"interrupted; {counts['pending']:,} products were not sent{failed}", INTERRUPTED)
        answered = len(self._skus) - counts["failed"] - counts["pending"]
        failure = failure_of(cause, f"{counts['failed']:,} products failed, {counts['pending']:,} were not sent")
        return Failure(str(failure), PARTLY_DONE if answered else FAILED)

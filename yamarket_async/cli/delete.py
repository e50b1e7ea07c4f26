"""`yamarket delete`: take products out of a store."""

import csv
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
import msgspec

from yamarket_async.cli import tables
from yamarket_async.cli.connecting import CAMPAIGN, Connection, connected
from yamarket_async.cli.progress import Progress, counted
from yamarket_async.cli.running import PARTLY_DONE, Failure, confirmed, drop_output, is_terminal
from yamarket_async.cli.sku_files import STDIN, read_skus
from yamarket_async.cli.update_sending import Sending, Told, judged
from yamarket_async.families.offers.endpoints import DELETE_CAMPAIGN_OFFERS
from yamarket_async.framing import MAX_BODY

OUTCOMES = ("deleted", "kept", "unconfirmed", "failed", "refused", "pending")

NOTHING = "Nothing is deleted by this dry run"

NAMES = {"accepted": "deleted", "rejected": "kept"}
"""What the outcomes of a bulk call are called here."""


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
    help="The products: a file of SKUs, one a line, or a table with a column of them; - is stdin.",
)
@click.option("--offer-ids-column", metavar="NAME", help="Which column of the table.  [default: told by its name]")
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
    offer_ids_column: str | None,
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
      refused      with the whole request, by a bad key or a locked cabinet, say: not deleted
      pending      not sent

    Exit status 3: some were answered for and others failed; 130: Ctrl-C left some pending.

    \b
    Examples:
      yamarket delete --campaign-id 21000000 --offer-ids-from old.txt --dry-run
      yamarket delete --campaign-id 21000000 --offer-ids-from old.txt --report deleted.csv
    """
    skus = list(read_skus(offer_ids_from, column=offer_ids_column))
    if dry_run:
        _show_plan(campaign_id, skus)
        return
    if not yes:
        _ask(campaign_id, skus, offer_ids_from)
    written = None if report is None else Report(report)
    outcomes = dict.fromkeys(skus, "pending")

    def note(several: Sequence[Told]) -> None:
        outcomes.update({each.item: NAMES.get(each.outcome, each.outcome) for each in several})

    try:
        progress = Progress("products", of="batches", total=len(skus), quiet=quiet)
        calls = [lambda market: market.delete_campaign_offers(campaign_id, iter(skus))]
        cause = Sending(calls, note, progress).run(connection)
        failure = _judged(cause, outcomes)
        if written is not None:
            try:
                written.write(outcomes)
            except Failure as error:
                failure = error
    finally:
        if written is not None:
            written.drop()
    counts = Counter(outcomes.values())
    try:
        tables.show(("outcome", "products"), [(outcome, counts[outcome]) for outcome in OUTCOMES])
    except BrokenPipeError:
        if failure is None:
            raise
        drop_output(sys.stdout)  # whoever read it has enough, but the failure is still to be told
    if failure is not None:
        raise failure


def _judged(cause: BaseException | None, outcomes: Mapping[str, str]) -> Failure | None:
    counts = Counter(outcomes.values())
    return judged(cause, {**counts, **{name: counts[told] for name, told in NAMES.items()}})


def _show_plan(campaign_id: int, skus: list[str]) -> None:
    plan = (
        ("store", str(campaign_id)),
        ("products to delete", len(skus)),
        ("requests", _requests(skus)),
        ("first product", skus[0]),
        ("last product", skus[-1]),
    )
    tables.show(("what", "how much"), plan, title=NOTHING)
    if not is_terminal(sys.stdout):
        click.echo(NOTHING, err=True)


def _requests(skus: list[str]) -> int:
    """Count the requests that it takes: each holds so many SKUs and so many bytes."""
    things = DELETE_CAMPAIGN_OFFERS.things
    at_once = things.at_once if things else len(skus)
    requests = count = size = 0
    for sku in skus:
        part = len(msgspec.json.encode(sku)) + 1
        if not count or count == at_once or size + part > MAX_BODY - len('{"offerIds":[]}'):
            requests, count, size = requests + 1, 0, 0
        count, size = count + 1, size + part
    return requests


def _ask(campaign_id: int, skus: list[str], offer_ids_from: str) -> None:
    if offer_ids_from == STDIN or not is_terminal(sys.stdin):
        raise click.UsageError("there is nobody to ask whether to delete: say --yes, or look first with --dry-run")
    if not confirmed(f"Delete {counted(len(skus), 'products')} from store {campaign_id}? This can't be undone."):
        raise Failure("nothing was deleted")

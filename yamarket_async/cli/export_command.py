"""The commands of `yamarket export`, one for each list, with the options that follow from its arguments."""

from collections.abc import Mapping
from typing import Any

import click

from yamarket_async.cli.connecting import Connection, connected
from yamarket_async.cli.derived_groups import DerivedGroup
from yamarket_async.cli.exports import Export
from yamarket_async.cli.formats import FORMATS, Format, guessed
from yamarket_async.cli.lookup import lists
from yamarket_async.cli.options import arguments_of, derived, docs_of, for_people, missing, option_name
from yamarket_async.cli.sku_files import read_ids
from yamarket_async.cli.values import read_text
from yamarket_async.endpoints import REFERENCE, Endpoint

STDOUT = "-"

OUTPUT_OPTIONS = (
    click.Option(["--output", "-o"], default=STDOUT, metavar="FILE|-", help="Where to.  [default: -, which is stdout]"),
    click.Option(
        ["--format"], type=click.Choice(FORMATS), help="The format.  [default: as the ending of FILE says; jsonl for -]"
    ),
    click.Option(
        ["--csv-for"],
        type=click.Choice(["excel"]),
        help="Write CSV as Russian Excel opens it: semicolons, decimal commas, Moscow time.",
    ),
    click.Option(["--resume"], is_flag=True, help="Go on with what an earlier run left unfinished."),
    click.Option(["--force"], is_flag=True, help="Overwrite FILE if it is there."),
    click.Option(["--quiet", "-q"], is_flag=True, help="Show no progress."),
)


def perform_export(export: Export, connection: Connection, **options: Any) -> None:
    """Do what the options of `yamarket export …` say.

    Raises:
        UsageError: they contradict each other, or one is missing.
    """
    from yamarket_async.cli.export import Job, run  # noqa: PLC0415 — a help needs none of it

    output, name, csv_for = options.pop("output"), options.pop("format"), options.pop("csv_for")
    own = {each: options.pop(each) for each in ("resume", "force", "quiet")}
    page_size = options.pop("page_size", None)
    lines = _ids_from_files(export, options)
    arguments = arguments_of(export.endpoint, options)
    for argument, found in lines.items():
        if argument in arguments:
            raise click.UsageError(f"{option_name(argument)} and {option_name(argument)}-from exclude each other")
        arguments[argument] = list(found)
    if absent := missing(export.endpoint, arguments):
        files = [f"{each}-from" for each in absent if each[2:].replace("-", "_") in export.ids]
        raise click.UsageError(f"Missing option {' or '.join([absent[0], *files])}")
    if page_size is not None:
        arguments["page_size"] = page_size
    form = Format(name or ("csv" if csv_for and output == STDOUT else guessed(output)), excel=bool(csv_for))
    if form.excel and form.name != "csv":
        raise click.UsageError(f"--csv-for excel writes CSV, and not {form.name}")
    ids = {each: {str(key): line for key, line in found.items()} for each, found in lines.items()}
    run(Job(export=export, arguments=arguments, lines=ids, connection=connection, output=output, form=form, **own))


def _ids_from_files(export: Export, options: dict[str, Any]) -> dict[str, Mapping[Any, int]]:
    """Read the files of ids that the options name."""
    found: dict[str, Mapping[Any, int]] = {}
    kinds = _kinds(export)
    for argument in export.ids:
        name, column = options.pop(f"{argument}_from"), options.pop(f"{argument}_column")
        option = f"{option_name(argument)}-from"
        if name is None:
            if column is not None:
                raise click.UsageError(f"{option_name(argument)}-column needs {option}")
            continue
        read = read_ids(name, argument, column=column, option=option)
        try:
            found[argument] = {read_text(text, kinds[argument]): line for text, line in read.items()}
        except ValueError as error:
            raise click.UsageError(f"{option} {name}: {error}") from None
    return found


def _kinds(export: Export) -> Mapping[str, Any]:
    """Give the types of the ids, by their arguments."""
    from yamarket_async.arguments import signature_of  # noqa: PLC0415
    from yamarket_async.cli.values import item_of  # noqa: PLC0415

    return {slot.argument: item_of(slot.kind) for slot in signature_of(export.endpoint).slots}


def command_of(export: Export) -> click.Command:
    """Make the command of an export."""

    @connected
    def callback(connection: Connection, **options: Any) -> None:
        perform_export(export, connection, **options)

    docs, endpoint = docs_of(export.endpoint), export.endpoint
    ids = set(export.ids)
    arguments = derived(endpoint)
    for option in arguments:
        if option.name in ids:
            option.required = False  # since a file may name them
    width = max(len(column.name) for column in export.columns)
    described = "\n".join(f"  {column.name:<{width}}  {column.kind}" for column in export.columns)
    ends = f"\n\nDeprecated by the Market; {_successor(endpoint)}" if endpoint.deprecated else ""
    return click.Command(
        export.name,
        params=[
            *arguments,
            *(option for argument in export.ids for option in _file_options(argument)),
            *_page_size(endpoint),
            *OUTPUT_OPTIONS,
            *getattr(callback, "__click_params__", [])[::-1],
        ],
        callback=callback,
        short_help=docs.summary,
        help=f"{docs.summary}{ends}\n\n{for_people(docs.text)}\n\n\b\n{REFERENCE}{endpoint.reference}",
        epilog=f"\b\nColumns of flat files:\n{described}\n\n\b\nExample:\n  {_example(export)}",
    )


def _successor(endpoint: Endpoint) -> str:
    """Say what to use in place of a deprecated operation."""
    found = endpoint.deprecated.successor.replace("_", "-") if endpoint.deprecated else ""
    return f"use {found}." if found else "there is nothing in its place."


def _page_size(endpoint: Endpoint) -> list[click.Parameter]:
    if endpoint.pages is None or endpoint.pages.by == "once":
        return []
    size = endpoint.pages.size
    return [click.Option(["--page-size"], type=click.IntRange(1, size), help="Items a page.")]


def _file_options(argument: str) -> list[click.Parameter]:
    name = option_name(argument)
    return [
        click.Option(
            [f"{name}-from", f"{argument}_from"],
            metavar="FILE|-",
            help=f"Take what {name} lists from a file: one a line, or a column of CSV, TSV, JSONL, XLSX or Parquet.",
        ),
        click.Option(
            [f"{name}-column", f"{argument}_column"],
            metavar="NAME",
            help="Which column.  [default: told by its name]",
        ),
    ]


_ONE_OF_SEVERAL = {
    "goods-feedback-comments": ("--feedback-id",),
    "goods-question-answers": ("--question-id",),
    "outlet-licenses": ("--outlet-ids",),
}
"""Options of which a list needs one, whichever it is."""


def _example(export: Export) -> str:
    values = {"campaign_id": "21000000", "business_id": "700000", "promo_id": "cf_100000"}
    required = [
        f"{option_name(slot.argument)}-from skus.csv"
        if slot.argument in export.ids
        else f"{option_name(slot.argument)} {values.get(slot.argument, '…')}"
        for slot in export.required
    ]
    required += [f"{option} …" for option in _ONE_OF_SEVERAL.get(export.name, ())]
    return " ".join(["yamarket export", export.name, *required, f"--output {export.name}.xlsx"])


def _commands() -> Mapping[str, Endpoint]:
    return lists()


@click.group(
    cls=DerivedGroup,
    entries=_commands,
    make=lambda endpoint: command_of(Export(endpoint)),
    described=lambda endpoint: docs_of(endpoint).summary,
)
def export() -> None:
    """Export a list into a JSONL, CSV, TSV, XLSX or Parquet file, or to stdout.

    JSONL is the Market's own shape. The other formats are flat: each command's help names their columns, which are the
    Market's own names, with dots before what stands within. Lists in them are JSON. Moments are in UTC, and in Moscow
    time where Excel is to open them. Prices are plain digits in CSV, decimal128(38, 9) in Parquet. What the Market
    groups, like stocks by warehouse, comes one by one with the id of its group; counts by type have a column each.

    A file is complete or absent: it is written beside its place, as FILE.part with a journal FILE.part.json, and moved
    there at the end. When a run was interrupted, failed or crashed, the same command with --resume goes on from the
    last page that is safely on disk; without it, the next run begins anew. What goes to stdout can't be resumed; when
    its reader closes the pipe (| head), the command ends with exit status 0.

    Lists are also found by the name of their method, like getCampaignOffers.

    \b
    Examples:
      yamarket export campaign-offers --campaign-id 21000000 -o offers.xlsx
      yamarket export prices --campaign-id 21000000 -o prices.csv --csv-for excel
      yamarket export campaign-offers --campaign-id 21000000 | jq .status | sort | uniq -c
    """

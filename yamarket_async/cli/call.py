"""`yamarket call`: any operation of the API, with options that follow from its arguments."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from yamarket_async.cli.bodies import body_arguments, merged, page_options
from yamarket_async.cli.connecting import Connection, connected
from yamarket_async.cli.derived_groups import DerivedGroup
from yamarket_async.cli.lookup import kebab
from yamarket_async.cli.options import arguments_of, derived, docs_of, for_people, missing, option_name
from yamarket_async.cli.running import WRONG_USAGE, Failure, confirmed, is_terminal, say
from yamarket_async.cli.values import shown
from yamarket_async.endpoints import REFERENCE, Endpoint
from yamarket_async.families import endpoints

OUTPUT = click.Option(["--output", "-o"], metavar="FILE|-", help="Where to.  [default: -, which is stdout]")
FORCE = click.Option(["--force"], is_flag=True, help="Overwrite FILE if it is there.")
YES = click.Option(["--yes", "-y"], is_flag=True, help="Don't ask.")
BODY = click.Option(
    ["--body"],
    metavar="FILE|-",
    help="The JSON body, as the Market's page describes it, or a list of the things to change; - is stdin.",
)
QUIET = click.Option(["--quiet", "-q"], is_flag=True, help="Show no progress.")


def command_of(endpoint: Endpoint) -> click.Command:
    """Make the command that calls an operation."""

    @connected
    def callback(connection: Connection, **options: Any) -> int:
        return perform(endpoint, connection, **options)

    docs = docs_of(endpoint)
    remark = {"write": "Writes.", "irreversible": "Writes, and can't be undone."}.get(endpoint.access, "Reads.")
    return click.Command(
        kebab(endpoint.name),
        params=[
            *derived(endpoint, body_given=endpoint.body is not None),
            *([BODY] if endpoint.body is not None else []),
            *([_upload_option()] if endpoint.upload else []),
            *(page_options(endpoint.pages) if endpoint.pages else []),
            OUTPUT,
            FORCE,
            *([YES] if endpoint.access != "read" else []),
            QUIET,
            *getattr(callback, "__click_params__", [])[::-1],
        ],
        callback=callback,
        short_help=docs.summary,
        help=f"{for_people(docs.summary)}\n\n{for_people(docs.text)}\n\n{remark} {_answer(endpoint)}\n\n"
        f"\b\n{REFERENCE}{endpoint.reference}",
    )


def _upload_option() -> click.Option:
    return click.Option(["--file"], required=True, metavar="FILE", help="The file to send, up to 5 MB.")


def _answer(endpoint: Endpoint) -> str:
    """Say what comes out."""
    if endpoint.pages:
        return "Prints JSON lines, one for each item of all pages."
    if endpoint.things:
        return "Prints what became of the things as JSON; exit status 3 where some were rejected or are unconfirmed."
    if endpoint.report or endpoint.files:
        return "Saves a file to --output."
    return "Prints JSON." if endpoint.result else "Prints nothing."


def perform(endpoint: Endpoint, connection: Connection, **options: Any) -> int:
    """Call an operation as the options say.

    Returns:
        The exit status.

    Raises:
        UsageError: an option is missing, or contradicts another.
    """
    own = {name: options.pop(name, None) for name in ("output", "force", "yes", "quiet", "body", "file")}
    paging = {name: options.pop(name, None) for name in ("page_size", "page_token", "page")}
    arguments = arguments_of(endpoint, options)
    if own["body"] is not None:
        arguments = merged(arguments, body_arguments(endpoint, own["body"]))
    if absent := missing(endpoint, arguments):
        raise click.UsageError(f"Missing option {absent[0]}{' or --body' if endpoint.body else ''}")
    arguments |= {name: value for name, value in paging.items() if value is not None}
    if endpoint.upload:
        arguments["file"] = own["file"]
    output = _place(own["output"], force=bool(own["force"]))
    if (endpoint.files or endpoint.report) and output is None and is_terminal(sys.stdout):
        raise click.UsageError("the answer is a file; name one with --output")
    if endpoint.access != "read":
        may_do(endpoint, arguments, yes=bool(own["yes"]))
    return _called(endpoint, arguments, connection, output, quiet=bool(own["quiet"]))


def _place(output: str | None, *, force: bool) -> Path | None:
    """Give the file to write; None for stdout."""
    if output in {None, "-"}:
        return None
    from yamarket_async.cli.overwriting import may_write  # noqa: PLC0415

    path = Path(str(output))
    may_write(path, force=force)
    return path


def may_do(endpoint: Endpoint, arguments: Mapping[str, Any], *, yes: bool) -> None:
    """Say what a write will do, and ask on a terminal whether it may.

    Raises:
        Failure: it may not, or there is nobody to ask.
    """
    told = f"{endpoint.name}: {for_people(docs_of(endpoint).summary)} {_of(endpoint, arguments)}"
    if endpoint.access == "irreversible":
        told += " This can't be undone."
    say(told, color="yellow")
    if yes:
        return
    if not is_terminal(sys.stdin) or not is_terminal(sys.stderr):
        raise Failure("nobody is there to be asked; --yes does it without asking", WRONG_USAGE)
    if not confirmed("Do it?"):
        raise Failure("nothing was done")


def _of(endpoint: Endpoint, arguments: Mapping[str, Any]) -> str:
    """Say of what: the ids in short, and how many things."""
    from yamarket_async.cli.progress import counted  # noqa: PLC0415 — loads rich, of which a help needs nothing

    parts = []
    for argument, value in arguments.items():
        name = option_name(argument)[2:]
        if isinstance(value, list):
            parts.append(counted(len(value), name))
        else:
            parts.append(f"{name} {shown(value)}")
    return f"({', '.join(parts)})." if parts else ""


def _called(
    endpoint: Endpoint, arguments: Mapping[str, Any], connection: Connection, output: Path | None, *, quiet: bool
) -> int:
    from yamarket_async.cli import calling  # noqa: PLC0415 — a help needs none of it

    status: int = calling.call(endpoint, arguments, connection, output, quiet=quiet)
    return status


@click.group(
    cls=DerivedGroup,
    entries=lambda: {kebab(each.name): each for each in endpoints().values()},
    make=command_of,
    described=lambda endpoint: docs_of(endpoint).summary,
)
def call() -> None:
    """Call any operation of the API.

    COMMAND is the name of the operation, as getCampaigns, get_campaigns or get-campaigns; `yamarket methods` finds it.
    Its options follow from its arguments: a list is given by repeating an option, with commas, or from a file after an
    @, an object as JSON or from a file after an @.

    JSON goes to stdout, lists as JSON lines, of all pages; what is a file needs --output. What writes says what it will
    do, and asks, unless --yes says that it is meant.

    \b
    Examples:
      yamarket call getCampaigns
      yamarket call get-business-orders --business-id 700000 --statuses PROCESSING | jq .orderId
      yamarket call updateBusinessPrices --business-id 700000 --body prices.json
      yamarket call generateStocksReport --business-id 700000 -o stocks.xlsx
    """

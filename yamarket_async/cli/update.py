"""`yamarket update`: bring a file of prices, stocks, cards … to the Market."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from yamarket_async.cli.connecting import BUSINESS, CAMPAIGN, Connection, connected, id_option
from yamarket_async.cli.update_kinds import KINDS, UpdateKind

OPTIONS = (
    click.option("--dry-run", is_flag=True, help="Show what would change, compared with what the Market has now."),
    click.option("--yes", "-y", is_flag=True, help="Don't ask."),
    click.option(
        "--report",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Where to write what became of each line: CSV, or JSON lines for .jsonl. [default: FILE.report.csv]",
    ),
    click.option("--force", is_flag=True, help="Overwrite a report that is there already."),
    click.option("--restart", is_flag=True, help="Send all again, also what an interrupted run has done."),
    click.option("--quiet", "-q", is_flag=True, help="Show no progress."),
)


class Kinds(click.Group):
    """A command for each kind of update, made when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the kinds."""
        return list(KINDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the command of a kind."""
        return _command(cmd_name) if cmd_name in KINDS else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the kinds, without loading what they are about."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, KINDS[name].summary) for name in self.list_commands(ctx)])


@click.group(cls=Kinds)
def update() -> None:
    """Bring a file of prices, stocks, cards … to the Market.

    The file is CSV, TSV, JSON lines, XLSX or Parquet, one product a row; what an export or a spreadsheet wrote is read
    as it is. It is checked whole before anything is sent. Then every line is sent, also where the Market has the same
    already; --dry-run shows what differs. Every line's outcome is written into a report; a run that was interrupted is
    gone on with by the same command, without what was done.

    \b
    Exit status:
      0    all was taken
      2    the file has faults, and nothing was sent
      3    some of it was not taken
      130  Ctrl-C

    \b
    Examples:
      yamarket update prices prices.xlsx --campaign-id 21000000 --dry-run
      yamarket update prices prices.xlsx --campaign-id 21000000
    """


def _command(name: str) -> click.Command:
    kind = KINDS[name]

    @connected
    def run(connection: Connection, **options: Any) -> int:
        from yamarket_async.cli.update_run import Update  # noqa: PLC0415 — a help needs none of it

        target = {each: options.pop(each) for each in (kind.scope, *kind.also)}
        return Update(name, kind, target, connection, **options).run()

    for option in reversed(OPTIONS):
        run = option(run)
    where = [CAMPAIGN if kind.scope == "campaign_id" else BUSINESS]
    where += [id_option("promo-id", "The promo, as getPromos lists it.")] if kind.also else []
    return click.Command(
        name,
        params=[
            click.Argument(["file"], metavar="FILE|-"),
            *where,
            *getattr(run, "__click_params__", [])[::-1],
        ],
        callback=run,
        short_help=kind.summary,
        help=f"{kind.summary}\n\n\b\nColumns, by their names at the Market, and what they may be called as well:\n"
        + "\n".join(_columns(kind))
        + (f"\n\n{kind.note}" if kind.note else "")
        + "\n\nCase, spaces, - and _ don't matter in names; other columns are left aside and named. An empty cell is "
        "not sent, and a line with nothing to send beside its SKU is left out and counted. Numbers may have a decimal "
        "comma and spaces between thousands.",
    )


def _columns(kind: UpdateKind) -> Sequence[str]:
    lines = []
    for column in kind.columns():
        plain = ", ".join(kind.aliases.get(column.name, ()))
        lines.append(f"  {column.name}{f' ({plain})' if plain else ''}")
    return lines

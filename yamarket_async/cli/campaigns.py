"""`yamarket campaigns`: the stores that a key can see."""

from typing import TYPE_CHECKING, Any

import click

from yamarket_async.cli import tables
from yamarket_async.cli.connecting import Connection, connected
from yamarket_async.cli.running import wait_for

if TYPE_CHECKING:
    from yamarket_async.client import MarketClient

COLUMNS = ("campaign", "name", "business", "business name", "model", "API")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines as the Market sends them.")
@connected
def campaigns(connection: Connection, *, as_json: bool) -> None:
    """List the stores that the key can see, with the ids that the other commands need.

    A table on a terminal, tab-separated lines elsewhere, the names of the columns first.

    \b
    Example:
      yamarket campaigns
    """
    stores = wait_for(_list(connection.client()))
    if as_json:
        from yamarket_async.cli.columns import json  # noqa: PLC0415

        click.echo(json.encode_lines(stores), nl=False)
    else:
        tables.show(COLUMNS, map(_row, stores), title="Stores")


async def _list(client: "MarketClient") -> list[Any]:
    async with client as market:
        return await market.get_campaigns()


def _row(store: Any) -> tuple[object, ...]:
    business_id = store.business and store.business.id
    return (
        str(store.id or ""),
        store.domain,
        str(business_id or ""),
        store.business and store.business.name,
        store.placement_type,
        store.api_availability,
    )

"""Every method called against Prism, which answers by the description and refuses what isn't valid by it.

Not a part of the suite, since it needs npm: `npx @stoplight/prism-cli mock --errors openapi.json`, then
`python -m tests.table.prism http://127.0.0.1:4010`. Prints what Prism refused, and ends with status 1 if there was
anything.
"""

import asyncio
import sys
import warnings
from collections.abc import Awaitable
from typing import Any

from tests.table.making import arguments, as_structs
from yamarket_async import Limit, MarketClient, Retry
from yamarket_async.endpoints import Endpoint, snake
from yamarket_async.errors import APIError, MarketError
from yamarket_async.families import endpoints

KNOWN = {
    "searchShipments": "wants DD-MM-YYYY, where the description says date",
    "getOrders": "the same",
    "getCampaignSettings": "Prism makes no days of the format date-dd-MM-yyyy",
}


PLENTY = {endpoint.name: Limit(10**9) for endpoint in endpoints().values()}
"""Prism counts nothing, and the documented limits would let this take an hour."""


async def call(market: MarketClient, endpoint: Endpoint, given: dict[str, Any]) -> None:
    """Call a method once; of a list take the first page, of a report the beginning."""
    made = getattr(market, snake(endpoint.name))(**given)
    if endpoint.pages:
        async for _page in made.pages():
            return
    waiting: Awaitable[Any] = made.start() if endpoint.report else made
    await waiting


def is_prisms_own(error: MarketError) -> bool:
    """Tell whether Prism has made an answer that breaks the description itself: requests it refuses with 4xx."""
    cause = error.__cause__ if isinstance(error.__cause__, APIError) else error
    return isinstance(cause, APIError) and cause.status == 500


async def main(url: str) -> int:
    """Call all methods; tell how many Prism refused."""
    warnings.simplefilter("ignore", DeprecationWarning)
    refused = 0
    async with MarketClient("ACMA:key", base_url=url, retry=Retry(attempts=1), limits=PLENTY) as market:
        for endpoint in endpoints().values():
            if endpoint.upload or endpoint.name in {"getOffers", *KNOWN}:
                continue
            least, everything = (arguments(endpoint, full=full) for full in (False, True))
            for what, given in {
                "the least": least,
                "everything": everything,
                "everything, as structs": as_structs(endpoint, everything),
            }.items():
                try:
                    await call(market, endpoint, given)
                except MarketError as error:
                    if not is_prisms_own(error):
                        refused += 1
                        print(f"{endpoint.name} with {what}: {error}")  # noqa: T201
    print(refused, "refused")  # noqa: T201
    return refused


if __name__ == "__main__":
    sys.exit(1 if asyncio.run(main(sys.argv[1])) else 0)

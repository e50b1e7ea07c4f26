"""Reading the world through the methods of the Market, so that a report says what they say, whoever answers them."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from yamarket_async.families import endpoints
from yamarket_async.sandbox.answers import handlers
from yamarket_async.sandbox.calls import Answer, Call, Key
from yamarket_async.sandbox.world import World

_MARKET = Key("the Market itself", ("all-methods",))


def items(
    world: World,
    method: str,
    *,
    ids: Mapping[str, Any] | None = None,
    query: Mapping[str, Any] | None = None,
    body: Mapping[str, Any] | None = None,
) -> Iterator[dict[str, Any]]:
    """Give all items of a list of the Market, page by page; none where nobody answers the method from the world.

    Args:
        world: the world.
        method: the method: `getBusinessOrders`.
        ids: the parameters of its path.
        query: the parameters of its query but those of paging.
        body: its body.
    """
    handler = handlers().get(method)
    endpoint = endpoints()[method]
    pages = endpoint.pages
    if handler is None or pages is None:
        return
    token: str | None = None
    while True:
        call = Call(endpoint, world, ids or {}, _MARKET, world.now(), query=dict(query or {}), body=dict(body or {}))
        call.limit, call.page_token = pages.size or 100, token
        made = handler(call)
        payload = msgspec.json.decode(made.body) if isinstance(made, Answer) else made
        yield from _at(payload, pages.items) or ()
        token = (_at(payload, pages.paging) or {}).get("nextPageToken")
        if token is None:
            return


def _at(payload: Any, path: str) -> Any:
    for name in filter(None, path.split(".")):
        payload = (payload or {}).get(name)
    return payload

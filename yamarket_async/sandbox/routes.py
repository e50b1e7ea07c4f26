"""Where a request leads: the method, the store or business, and what its key may do."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from yamarket_async.sandbox.market import Market
from yamarket_async.sandbox.methods import METHODS, Method
from yamarket_async.sandbox.reading import INT64, Refusal, integer

URL_LIMIT = 8 * 1024
"""Bytes that the path and query of a request may have."""

_PATH = re.compile(r"(/v2)?/(campaigns|businesses)(?:/([^/]+)(/.*)?)?")
_METHODS: dict[tuple[str, str, str], dict[str, Method]] = {}
for _method in METHODS:
    for _version in _method.versions:
        _METHODS.setdefault((_version, _method.owner, _method.tail), {})[_method.http_method] = _method


class Route(NamedTuple):
    """Where a request leads. `entity` is the id of the store or business, `scopes` are the accesses of the key."""

    method: Method
    entity: int
    scopes: tuple[str, ...]


class MethodNotAllowed(Refusal):
    """The path is right and the HTTP method is not.

    Attributes:
        allow: the HTTP methods that are right, as the header `Allow` has them.
    """

    def __init__(self, http_method: str, methods: Mapping[str, Method]) -> None:
        super().__init__(405, "METHOD_NOT_ALLOWED", f"Request method '{http_method}' not supported")
        self.allow = ", ".join(methods)


class Routes:
    """The paths of a market, and the keys that open them.

    Attributes:
        keys: the accesses of each key.
    """

    def __init__(self, market: Market, keys: Mapping[str, tuple[str, ...]]) -> None:
        self.keys = keys
        self._market = market

    def find(self, http_method: str, url: str, headers: Mapping[str, str]) -> Route:
        """Find where a request leads.

        Raises:
            Refusal: it leads nowhere, or its key is not known.
        """
        if len(url) > URL_LIMIT:
            raise Refusal(414, "URI_TOO_LONG", "The request line is too long")
        path = url.partition("?")[0]
        match = _PATH.fullmatch(path)
        version, root, id_, tail = match.groups("") if match else ("", "", "", "")
        owner = "business" if root == "businesses" else "campaign" if id_ else "token"
        methods = _METHODS.get((version, owner, tail))
        if not match or methods is None:
            raise Refusal(404, "NOT_FOUND", f"No such method: {path[:200]}")
        if http_method not in methods:
            raise MethodNotAllowed(http_method, methods)
        scopes = self._scopes(headers)
        return Route(methods[http_method], self._entity(owner, id_), scopes)

    def _scopes(self, headers: Mapping[str, str]) -> tuple[str, ...]:
        kind, _, token = headers.get("Authorization", "").partition(" ")
        key = headers.get("Api-Key") or (token if kind.lower() == "bearer" else "")
        if not key:
            raise Refusal(401, "UNAUTHORIZED", "Authorization is required: no Api-Key header")
        if key not in self.keys:
            raise Refusal(401, "UNAUTHORIZED", "Invalid token")
        return self.keys[key]

    def _entity(self, owner: str, id_: str) -> int:
        if owner == "token":
            return self._market.business_id
        entity = integer(id_, f"{owner}Id", least=1, most=INT64)
        if entity not in (self._market.campaign_ids if owner == "campaign" else (self._market.business_id,)):
            raise Refusal(404, "NOT_FOUND", f"{owner}Id {entity} not found")
        return entity

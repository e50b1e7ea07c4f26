"""Operations that this version doesn't know: a request for any path, with authorization, limits and repetitions."""

import re
from collections.abc import Mapping
from typing import Any, get_args
from urllib.parse import quote

import msgspec

from yamarket_async.endpoints import Endpoint, HttpMethod, Query, Repeat, Request
from yamarket_async.errors import DecodeError, InvalidRequest
from yamarket_async.judging import Reply
from yamarket_async.limits import Entity
from yamarket_async.models.days import encode_hook

_NUMBER = re.compile(r"(?<=/)\d+(?=/|$)")
_ENTITY = re.compile(r"/(campaigns|businesses)/(\d+)(?=/|$)")
_KINDS: dict[str, Any] = {"campaigns": "campaign", "businesses": "business"}


def _hook(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else encode_hook(value)


_encoder = msgspec.json.Encoder(enc_hook=_hook, decimal_format="number")
"""Writes days and moments of older formats as they came: nothing tells what an unknown operation wants."""


def raw_request(
    http_method: Any, path: Any, *, query: Any = None, body: Any = None, entity: Any = None, repeat: Any = None
) -> Request:
    """Check what `MarketClient.request` was called with, and make a request of it.

    Raises:
        InvalidRequest: an argument can't be sent.
    """
    if http_method not in get_args(HttpMethod):
        raise InvalidRequest("http_method", http_method, f"must be one of {', '.join(get_args(HttpMethod))}")
    if not isinstance(path, str) or not re.fullmatch(r"/[^/?#\s][^?#\s]*", path):
        raise InvalidRequest("path", path, "must be like /v2/campaigns/1/offers; parameters go into query")
    if repeat is None:
        repeat = "safe" if http_method == "GET" else "never"
    if repeat not in get_args(Repeat):
        raise InvalidRequest("repeat", repeat, f"must be one of {', '.join(get_args(Repeat))}")
    path = quote(path, safe="/%:@!$&'()*+,;=~-._")
    endpoint = Endpoint(
        name=f"{http_method} {_NUMBER.sub('…', path)}",  # its limit is that of all stores' requests to this path
        http_method=http_method,
        path=path,
        quota=None,
        scopes=(),
        access="read" if http_method == "GET" else "write",
        repeat=repeat,
        reference="",
    )
    return Request(endpoint, _entity_of(path, entity), path, _query_of(query), _body_of(body), once=repeat == "never")


def _entity_of(path: str, entity: Any) -> Entity:
    if entity is None:
        found = _ENTITY.search(path)
        return Entity(_KINDS[found[1]], int(found[2])) if found else Entity("token", 0)
    is_pair = isinstance(entity, tuple) and len(entity) == 2
    if not is_pair or entity[0] not in {"campaign", "business", "token"} or type(entity[1]) is not int:
        raise InvalidRequest(
            "entity", entity, 'must be like Entity("campaign", 1), whose limits the request counts against'
        )
    return Entity(*entity)


def _query_of(query: Any) -> Query:
    if query is None:
        return ()
    if not isinstance(query, Mapping):
        raise InvalidRequest("query", query, "must be a mapping of parameters; a list gives one several times")
    parameters: Query = ()
    for name, value in query.items():
        values = value if isinstance(value, (list, tuple)) else [value]
        for each in values:
            if not isinstance(each, (str, int)):
                raise InvalidRequest(f"query[{name!r}]", each, "must be a string, a number, True or False")
            parameters += ((str(name), str(each).lower() if isinstance(each, bool) else str(each)),)
    return parameters


def _body_of(body: Any) -> bytes | None:
    if body is None:
        return None
    try:
        return _encoder.encode(body)
    except (TypeError, ValueError, NotImplementedError, msgspec.MsgspecError, RecursionError) as error:
        raise InvalidRequest("body", body, f"can't be written as JSON ({error})") from None


def json_of(endpoint: Endpoint, reply: Reply) -> Any:
    """Read the JSON of an answer; None where there is nothing.

    Raises:
        DecodeError: it is no JSON.
    """
    try:
        return msgspec.json.decode(reply.body) if reply.body.strip() else None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DecodeError(f"the answer is no JSON ({error})", endpoint=endpoint.name, body=reply.body) from error

"""What the sandbox remembers of the requests that it got."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from multidict import CIMultiDict, CIMultiDictProxy

SECRET_HEADERS = ("Api-Key", "Authorization")


class RecordedRequest(msgspec.Struct, frozen=True):
    """A request and what came of it.

    Attributes:
        method: the HTTP method.
        path: the path as it was sent, without the query string.
        query: the values of each parameter of the query string.
        headers: the headers, whatever the case of their names, without the key.
        body: the bytes of the body, decompressed; no more than 512 KB of it.
        status: the HTTP status of the answer; 0 where no answer began, 499 where the client hung up before.
        seconds: how long it took.
        endpoint: the name of the method in the documentation; None where the path leads to none.
        faults: what went wrong on purpose.
        at: the server's clock when the request came, in epoch seconds.
    """

    method: str
    path: str
    query: Mapping[str, Sequence[str]]
    headers: Mapping[str, str]
    body: bytes
    status: int
    seconds: float
    endpoint: str | None
    faults: frozenset[str]
    at: float

    def json(self) -> Any:
        """Decode the body.

        Raises:
            msgspec.DecodeError: it isn't JSON.
        """
        return msgspec.json.decode(self.body)


def without_secrets(headers: Mapping[str, str]) -> Mapping[str, str]:
    """Copy headers, save those that hold a key."""
    kept = CIMultiDict(headers)
    for name in SECRET_HEADERS:
        kept.popall(name, None)
    return CIMultiDictProxy(kept)

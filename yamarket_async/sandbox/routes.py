"""Where a request leads: the method by verb and path, and the parameters in the path."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from yamarket_async.endpoints import Endpoint
from yamarket_async.families import endpoints
from yamarket_async.sandbox.calls import Refusal, not_found

URL_LIMIT = 8 * 1024
"""Bytes that the path and query of a request may have."""

_VERSION = re.compile(r"v[0-9]+")
_PARAMETER = "{}"


class Node:
    """A place in the tree of paths: what may follow, and the methods that end here, by verb."""

    __slots__ = ("methods", "next")

    def __init__(self) -> None:
        self.next: dict[str, Node] = {}
        self.methods: dict[str, Endpoint] = {}

    def at(self, segment: str) -> "Node":
        """Give the place behind a segment, made when it isn't there."""
        return self.next.setdefault(segment, Node())


class Routes:
    """All paths of the Market.

    Args:
        unversioned: whether paths are understood without `/v2` too, as the Market did for years.
    """

    def __init__(self, *, unversioned: bool = True) -> None:
        self._root = _tree(unversioned=unversioned)

    def find(self, http_method: str, url: str) -> tuple[Endpoint, Mapping[str, str]]:
        """Find where a request leads; give the method, and the parameters of its path as they were sent.

        Raises:
            Refusal: it leads nowhere.
        """
        if len(url) > URL_LIMIT:
            raise Refusal(414, "URI_TOO_LONG", "The request line is too long")
        path = urlsplit(url).path if "://" in url.partition("?")[0] else url.partition("?")[0]
        segments = [unquote(segment) for segment in path.split("/")[1:]]
        node = _walk(self._root, segments) or _walk(self._root, _without_suffix(segments))
        if node is None or not node.methods:
            raise not_found("Resource not found")
        if http_method not in node.methods:
            allow = {"Allow": ", ".join(node.methods)}
            raise Refusal(405, "METHOD_NOT_ALLOWED", f"Request method '{http_method}' not supported", headers=allow)
        endpoint = node.methods[http_method]
        return endpoint, _parameters(endpoint, segments)


@cache
def _tree(*, unversioned: bool) -> Node:
    """Make the tree of all paths, which is the same for all sandboxes, of which a run of tests makes thousands."""
    root = Node()
    for endpoint in endpoints().values():
        segments = _segments(endpoint.path)
        _add(root, segments, endpoint)
        if unversioned and _VERSION.fullmatch(segments[0]):
            _add(root, segments[1:], endpoint)
    return root


def _add(node: Node, segments: list[str], endpoint: Endpoint) -> None:
    for segment in segments:
        node = node.at(_PARAMETER if segment.startswith("{") else segment)
    # A path with its version goes before one without, which may be another method's own.
    node.methods.setdefault(endpoint.http_method, endpoint)


def _segments(path: str) -> list[str]:
    return path.strip("/").split("/")


def _walk(node: Node | None, segments: list[str]) -> Node | None:
    for segment in segments:
        if node is None:
            break
        node = node.next.get(segment) or (node.next.get(_PARAMETER) if segment else None)
    return node


def _without_suffix(segments: list[str]) -> list[str]:
    """Take `.json` off the end of a path, which the older documentation wrote there."""
    return [*segments[:-1], segments[-1].removesuffix(".json")] if segments else segments


def _parameters(endpoint: Endpoint, segments: list[str]) -> dict[str, Any]:
    names = _segments(endpoint.path)
    places = names[len(names) - len(segments) :]
    found = {name[1:-1]: value for name, value in zip(places, segments, strict=True) if name.startswith("{")}
    last = names[-1]
    if last.startswith("{"):
        found[last[1:-1]] = found[last[1:-1]].removesuffix(".json")
    return found

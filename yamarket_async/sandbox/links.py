"""Links to files, as the Market gives them for reports and documents: no key is needed, and they are good for a while.

They lead to the sandbox's own server under another name, as the Market's lead to its storage.
"""

import re
from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import NamedTuple
from urllib.parse import parse_qs, quote, unquote

from aiohttp import web

from yamarket_async.sandbox.calls import Refusal
from yamarket_async.sandbox.world import World

PREFIX = "/__files/"
"""Where the files are."""

LIFETIME = 3_600
"""Seconds that a link is good for."""

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


class Stored(NamedTuple):
    """A file: what it holds, what it is called, and its content type."""

    content: bytes
    name: str
    content_type: str


Find = Callable[[World, str], Stored]
"""Finds a file by its key; raises a `Refusal` or a `LookupError` where there is none."""

_SHELVES: dict[str, Find] = {}


def shelf(name: str) -> Callable[[Find], Find]:
    """Make a function the one that finds the files of a kind, behind links made by `link(world, name, key)`."""

    def register(find: Find) -> Find:
        _SHELVES[name] = find
        return find

    return register


def link(world: World, kind: str, key: str, *, lifetime: float = LIFETIME) -> str:
    """Make a link to a file.

    Args:
        world: the world.
        kind: which shelf it stands on: "reports".
        key: which it is there.
        lifetime: seconds that it is good for, by the world's clock.
    """
    expires = int(world.now() + lifetime)
    path = f"{quote(kind)}/{quote(key, safe='')}"
    return f"{world.settings['origin']}{PREFIX}{path}?sign={_sign(world, kind, key, expires)}&expires={expires}"


def _sign(world: World, kind: str, key: str, expires: int) -> str:
    return blake2b(f"{world.seed} {kind} {key} {expires}".encode(), digest_size=20).hexdigest()


def answer(world: World, http_method: str, url: str, headers: Mapping[str, str]) -> web.Response:
    """Answer a request for a file: 403 where its link is too old or was made up, a part where `Range` asks for one."""
    path, _, query = url.partition("?")
    kind, _, key = path.removeprefix(PREFIX).partition("/")
    kind, key = unquote(kind), unquote(key)
    if http_method not in {"GET", "HEAD"}:
        return _error(405, "MethodNotAllowed")
    sent = {name: values[0] for name, values in parse_qs(query).items()}
    expires = sent.get("expires", "")
    if not re.fullmatch(r"[0-9]{1,15}", expires) or sent.get("sign") != _sign(world, kind, key, int(expires)):
        return _error(403, "SignatureDoesNotMatch")
    if world.now() > int(expires):
        return _error(403, "AccessDenied")
    try:
        with world.lock:
            found = _SHELVES[kind](world, key)
    except (LookupError, Refusal):
        return _error(404, "NoSuchKey")
    return _give(found, headers.get("Range", ""))


def _give(found: Stored, wanted: str) -> web.Response:
    content, size = found.content, len(found.content)
    headers = {
        "Accept-Ranges": "bytes",
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name)}",
        "ETag": f'"{blake2b(content, digest_size=16).hexdigest()}"',
    }
    status, body = 200, content
    asked = _RANGE.fullmatch(wanted)
    if asked and (asked[1] or asked[2]):
        first = int(asked[1]) if asked[1] else max(size - int(asked[2]), 0)
        last = min(int(asked[2]), size - 1) if asked[1] and asked[2] else size - 1
        if first > last:
            return _error(416, "InvalidRange", {"Content-Range": f"bytes */{size}"})
        status, body = 206, content[first : last + 1]
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return web.Response(status=status, body=body, content_type=found.content_type, headers=headers)


def _error(status: int, code: str, headers: Mapping[str, str] | None = None) -> web.Response:
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code></Error>'
    return web.Response(status=status, text=body, content_type="application/xml", headers=headers)

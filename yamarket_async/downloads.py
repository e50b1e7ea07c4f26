"""Fetching files by links that the Market gives: from another host, without the key, whole however often it breaks."""

import asyncio
import logging
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from pathlib import PurePosixPath
from typing import BinaryIO, Final
from urllib.parse import unquote, urlsplit

import aiohttp
import msgspec
from yarl import URL

from yamarket_async.errors import APIError, DecodeError, MarketError, TransportError
from yamarket_async.judging import Reply, retry_after
from yamarket_async.patience import Patience
from yamarket_async.retry import LONGEST_RETRY_AFTER
from yamarket_async.saving import COPIED_AT_ONCE
from yamarket_async.transport import Transport, describe

logger = logging.getLogger("yamarket_async.downloads")

OnProgress = Callable[[int, int | None], object]
"""Called with the bytes that are there, and those of the whole file where the host tells them."""

SILENCE: Final = 60.0
"""Seconds without a byte after which a connection is given up, where the client's own timeouts say nothing."""

_STALE = frozenset({400, 401, 403, 404, 410})
"""How hosts answer to a signed link that is over; S3 and its likes: 403."""

_PASSING = frozenset({408, 425, 429})

_RANGE = re.compile(r"bytes\s+(\d+)-(\d+)/(\d+|\*)")


class _Stale(Exception):
    """A link is over, or was never good."""


class _Broken(Exception):
    """An attempt came to nothing, or to a part; the next one may go on."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Fetched(msgspec.Struct, frozen=True):
    """What was fetched.

    Attributes:
        content_type: what kind of file it is; "" where the host doesn't say.
        name: what the host calls it; None where it doesn't.
        size: its bytes.
    """

    content_type: str
    name: str | None
    size: int


class Download:
    """The download of one file.

    Args:
        transport: whose connections to use.
        patience: how often an attempt that brings nothing is repeated, and how long a connection may be silent.
        ask: asks the Market for a link, which is good for a while.
        what: what is fetched, for errors and the log: a method.
        on_progress: called when more of it is there.
    """

    def __init__(
        self,
        transport: Transport,
        patience: Patience,
        ask: Callable[[], Awaitable[str]],
        *,
        what: str,
        on_progress: OnProgress | None = None,
    ) -> None:
        self._transport = transport
        self._patience = patience
        self._ask = ask
        self._what = what
        self._on_progress = on_progress
        self._size = 0
        """Bytes that are in the file."""
        self._total: int | None = None
        self._validator = ""
        """What tells whether the file on the host is still the same: its ETag, or when it was changed."""
        self._can_go_on = False
        self._head = Reply(0, {}, b"")

    async def into(self, file: BinaryIO) -> Fetched:
        """Fetch it.

        Args:
            file: an empty file, which holds it afterwards.

        Raises:
            TransportError: it could not be had in as many attempts as may be.
            APIError: the host refuses it, and a new link too; or the Market does not give one.
            OSError: it can't be written.
        """
        link: str | None = None
        failures, stale, most = 0, False, 0
        while True:
            link = link or self._checked(await self._ask())
            try:
                async with aclosing(self._parts(link)) as parts:
                    async for part in parts:
                        await asyncio.to_thread(self._write, file, part)
                        self._tell()
                await asyncio.to_thread(file.truncate, self._size)
                break
            except _Stale as error:
                # The first time that is what links do; a new one that is refused as well won't get better.
                if stale:
                    raise APIError(
                        error.args[0], (), self._what, said="the host of the file refuses also a link of this moment"
                    ) from None
                link, stale = None, True
                logger.info("%s: the link is over after %d bytes, asking for another", self._what, self._size)
            except _Broken as error:
                # A host that gives no parts begins anew each time, so only what was never reached is progress.
                failures = 1 if self._size > most else failures + 1
                stale, most = False, max(most, self._size)
                await self._pause(error, failures)
        return Fetched(self._head.content_type, self._head.file_name or _name_in(link), self._size)

    async def _pause(self, error: _Broken, failures: int) -> None:
        """Wait before the next attempt.

        Raises:
            TransportError: there is to be none.
        """
        asked, retry = error.retry_after, self._patience.retry
        told = f"{self._size:,} of {self._total:,} bytes" if self._total else f"{self._size:,} bytes"
        if failures >= retry.attempts or (asked or 0) > LONGEST_RETRY_AFTER:
            attempts = "1 attempt" if failures == 1 else f"{failures} attempts"
            message = (
                f"the file could not be fetched: {error} (gave up after {attempts} without a new byte; got {told})"
            )
            raise TransportError(message, endpoint=self._what, sent=True) from error.__cause__
        pause = retry.pause(failures, asked)
        logger.info("%s: the download broke off after %s, going on in %.1f s: %s", self._what, told, pause, error)
        await asyncio.sleep(pause)

    def _checked(self, link: str) -> str:
        try:
            parts = urlsplit(link)
            is_good = parts.scheme in {"https", urlsplit(self._transport.base_url).scheme} and bool(parts.hostname)
        except ValueError:
            is_good = False
        if not is_good:
            raise DecodeError("the link to the file is no https:// URL", endpoint=self._what, body=link.encode())
        return link

    def _write(self, file: BinaryIO, part: bytes) -> None:
        if file.tell() != self._size:  # it begins anew
            file.seek(self._size)
            file.truncate()
        file.write(part)
        self._size += len(part)

    def _tell(self) -> None:
        if self._on_progress is None:
            return
        try:
            self._on_progress(self._size, self._total)
        except Exception:
            logger.exception("on_progress raised for %s", self._what)

    async def _parts(self, link: str) -> AsyncGenerator[bytes, None]:
        """Give what is missing of the file, in parts of about a megabyte.

        Raises:
            _Stale: the link is over.
            _Broken: it broke off; what had come was given.
        """
        headers = {"Accept-Encoding": "identity"}
        if self._size and self._can_go_on:
            headers["Range"] = f"bytes={self._size}-"
            if self._validator:
                headers["If-Range"] = self._validator
        parts, size, broken = list[bytes](), 0, None
        try:
            http = self._transport.open_storage()
            async with (
                self._transport.connections,
                http.get(
                    URL(link, encoded=True),
                    headers=headers,
                    timeout=self._timeout(),
                    proxy=self._transport.storage_proxy(link),
                ) as response,
            ):
                self._begin(response.status, response.headers)
                while part := await response.content.readany():
                    parts.append(part)
                    size += len(part)
                    if size >= COPIED_AT_ONCE:
                        yield b"".join(parts)
                        parts, size = [], 0
        except MarketError:
            raise
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            broken = error
        if parts:
            yield b"".join(parts)
        if broken is not None:
            raise _Broken(describe(broken)) from broken
        if self._total is not None and self._size != self._total:
            self._can_go_on = False
            raise _Broken(f"{self._size:,} bytes came of {self._total:,}")

    def _timeout(self) -> aiohttp.ClientTimeout:
        given = self._patience.timeout
        silence = given.sock_read or given.total or SILENCE
        return aiohttp.ClientTimeout(total=None, sock_connect=given.sock_connect or silence, sock_read=silence)

    def _begin(self, status: int, headers: Mapping[str, str]) -> None:
        """Judge the head of an answer: whether what comes is the whole, or what is missing of it.

        Raises:
            _Stale: the link is over.
            _Broken: the host has failed, or answers with another part.
            APIError: it refuses for good.
        """
        if status in _STALE:
            raise _Stale(status)
        if status >= 500 or status in _PASSING:
            raise _Broken(f"its host answers with HTTP {status}", retry_after(headers))
        if status == 416 and self._size:
            self._can_go_on = False
            raise _Broken("it has no more of the file than came already, and is asked for all of it anew")
        if status not in {200, 206}:
            raise APIError(status, (), self._what, said="the host of the file refuses it")
        is_packed = headers.get("Content-Encoding", "identity").lower() not in {"identity", ""}
        self._head = Reply(status, headers, b"")
        if status == 206:
            found = _RANGE.match(headers.get("Content-Range", ""))
            total = int(found[3]) if found and found[3] != "*" else self._total
            if found is None or int(found[1]) != self._size or is_packed or self._total not in {None, total}:
                self._can_go_on = False
                raise _Broken("it gives another part of the file than it was asked for")
            self._total = total
            return
        length, tag = headers.get("Content-Length", ""), headers.get("ETag", "")
        self._size = 0
        self._total = int(length) if length.isdecimal() and not is_packed else None
        # Parts of what is packed on the way are no parts of the file. A weak tag says nothing of single bytes.
        self._can_go_on = not is_packed
        self._validator = tag if tag.startswith('"') else headers.get("Last-Modified", "")


def _name_in(link: str) -> str | None:
    """Read the name of a file off its link, where that has an ending like one."""
    name = PurePosixPath(unquote(urlsplit(link).path)).name
    return name if re.fullmatch(r"[\w .()-]+\.\w{2,5}", name) else None

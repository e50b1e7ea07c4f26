"""A Market with one report that is ready, and a host of its file that answers as a test tells it to."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

ID = "report-1"


class Host:
    """What a test sees of both, and tells them.

    Attributes:
        api: where the Market is.
        storage: where the host of files is.
        content: the file.
        headers: what the host says with it.
        answers: how the host answers its next requests: a status, the number of bytes after which it breaks off, or a
            function of the request; when there are none left, with what was asked for.
        links: how many links the Market gave.
        lives: how many requests a link is good for.
        asked: the requests for the file: their headers.
        told: the requests to the Market: their methods and paths.
        infos: what the Market says of the report, in turn; the last one for ever; `{link}` stands for a new link.
        begun: what it answers to whoever begins one.
    """

    def __init__(self) -> None:
        self.api = self.storage = ""
        self.content = b"0123456789" * 100
        self.headers: dict[str, str] = {"ETag": '"one"', "Content-Type": "application/pdf"}
        self.answers: deque[Any] = deque()
        self.links = 0
        self.lives: dict[int, int] = {}
        self.asked: list[Mapping[str, str]] = []
        self.told: list[str] = []
        self.infos: list[dict[str, Any]] = [{"status": "DONE", "file": "{link}"}]
        self.begun: Callable[[], web.Response] = lambda: _ok({"reportId": ID, "estimatedGenerationTime": 0})
        self.path = "labels.pdf"

    async def market(self, request: web.Request) -> web.Response:
        """Answer as the Market."""
        self.told.append(f"{request.method} {request.path_qs}")
        await request.read()
        if "generate" in request.path:
            return self.begun()
        info = dict(self.infos.pop(0) if len(self.infos) > 1 else self.infos[0])
        if info.get("file") == "{link}":
            self.links += 1
            info["file"] = f"{self.storage}/{self.path}?sign={self.links}%2Fx"
        return _ok({"generationRequestedAt": "2026-11-01T00:00:00Z", **info})

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Answer as the host of files."""
        self.asked.append(dict(request.headers))
        number = int(request.query["sign"].split("/")[0])
        if self.lives.setdefault(number, 100) == 0:
            return web.Response(status=403, text="<Error/>")
        self.lives[number] -= 1
        answer = self.answers.popleft() if self.answers else None
        if callable(answer):
            return await answer(request)  # type: ignore[no-any-return]
        if isinstance(answer, str):
            return web.Response(status=int(answer))
        return await self.give(request, answer)

    async def give(self, request: web.Request, breaks_after: int | None = None) -> web.StreamResponse:
        """Give the file, or the part that is asked for, and break off where that is told."""
        start, status, headers = 0, 200, dict(self.headers)
        wanted = request.headers.get("Range")
        if wanted and request.headers.get("If-Range", headers.get("ETag")) == headers.get("ETag"):
            start, status = int(wanted.removeprefix("bytes=").rstrip("-")), 206
            headers["Content-Range"] = f"bytes {start}-{len(self.content) - 1}/{len(self.content)}"
        part = self.content[start:]
        response = web.StreamResponse(status=status, headers={**headers, "Content-Length": str(len(part))})
        await response.prepare(request)
        await response.write(part if breaks_after is None else part[:breaks_after])
        if breaks_after is not None:
            await asyncio.sleep(0.01)  # or the reset overtakes what was written
            assert request.transport is not None
            request.transport.abort()
        return response


def _ok(result: dict[str, Any]) -> web.Response:
    return web.json_response({"status": "OK", "result": result})


@asynccontextmanager
async def hosting() -> AsyncIterator[Host]:
    """Run both."""
    host = Host()
    market, storage = web.Application(), web.Application()
    market.router.add_route("*", "/{path:.*}", host.market)
    storage.router.add_route("*", "/{path:.*}", host.file)
    runners = [web.AppRunner(app, shutdown_timeout=0.1) for app in (market, storage)]
    try:
        for runner in runners:
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
        host.api, host.storage = (f"http://127.0.0.1:{runner.addresses[0][1]}" for runner in runners)
        yield host
    finally:
        for runner in runners:
            await runner.cleanup()

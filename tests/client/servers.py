"""Small servers for what the sandbox doesn't do: answers byte by byte, and a proxy."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import msgspec


def answer(status: int, body: object = None, **headers: str) -> bytes:
    """Write an answer; underscores in the names of headers stand for hyphens."""
    content = body if isinstance(body, bytes) else msgspec.json.encode(body)
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(content)}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def failed(status: int, message: str, **headers: str) -> bytes:
    """Write an error in the Market's manner."""
    return answer(status, {"status": "ERROR", "errors": [{"code": "E", "message": message}]}, **headers)


class Scripted:
    """A server that gives one prepared answer to each request; the last one for ever; b"" closes without one.

    Attributes:
        url: where it is.
        requests: the heads of the requests that came.
        bodies: their bodies.
    """

    def __init__(self, answers: Sequence[bytes]) -> None:
        self.url = ""
        self.requests: list[str] = []
        self.bodies: list[bytes] = []
        self._answers = list(answers)

    async def respond(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
        except asyncio.IncompleteReadError:
            return
        self.requests.append(head)
        length = next((line for line in head.lower().splitlines() if line.startswith("content-length:")), "x: 0")
        self.bodies.append(await reader.readexactly(int(length.split(":")[1])))
        writer.write(self._answers.pop(0) if len(self._answers) > 1 else self._answers[0])
        await writer.drain()


@asynccontextmanager
async def scripted(*answers: bytes) -> AsyncIterator[Scripted]:
    """Run a server that gives prepared answers."""
    script = Scripted(answers)
    async with serving(script.respond) as url:
        script.url = url
        yield script


@asynccontextmanager
async def serving(
    respond: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> AsyncIterator[str]:
    """Run a server on loopback, and end whatever it is at; gives its URL."""
    tasks = set[asyncio.Task[None]]()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await respond(reader, writer)
        finally:
            writer.close()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.ensure_future(handle(reader, writer)))

    server = await asyncio.start_server(begin, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class Answering:
    """A server that answers each request with what a function makes of its body.

    Attributes:
        url: where it is.
        bodies: the bodies that came, as JSON.
        busy: how many requests are under way.
        most: the most that ever were.
    """

    def __init__(self, make: Callable[[Any], bytes | Awaitable[bytes]]) -> None:
        self.url = ""
        self.bodies: list[Any] = []
        self.busy = self.most = 0
        self._make = make

    async def respond(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        except asyncio.IncompleteReadError:
            return
        length = int(
            next((line for line in head.splitlines() if line.startswith("content-length:")), "x: 0").split(":")[1]
        )
        body = await reader.readexactly(length)
        self.bodies.append(msgspec.json.decode(body) if body else None)
        self.busy += 1
        self.most = max(self.most, self.busy)
        made = self._make(self.bodies[-1])
        writer.write(made if isinstance(made, bytes) else await made)
        self.busy -= 1


@asynccontextmanager
async def answering(make: Callable[[Any], bytes | Awaitable[bytes]]) -> AsyncIterator[Answering]:
    """Run a server that answers with what a function makes of the bodies."""
    server = Answering(make)
    async with serving(server.respond) as url:
        server.url = url
        yield server

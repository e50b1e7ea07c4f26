"""What the tests of the limits share: the model of the Market, and a way to Redis that can be bent.

Their servers come from the conftest of all tests.
"""

import asyncio
import importlib.util
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def benchmark():
    """The model of the Market that `benchmarks/limits.py` measures with, and its virtual time."""
    file = Path(__file__).parents[2] / "benchmarks" / "limits.py"
    spec = importlib.util.spec_from_file_location("limits_benchmark", file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


class Proxy:
    """Listens on a port of 127.0.0.1 and leads to another.

    Attributes:
        port: where new connections lead to; those that are open stay where they are.
        ssl: the context of an encrypted connection, if it is to be one.
        url: where it listens.
        swallows: whether nothing arrives any more, in either direction, while connections stay open.
        is_deaf: whether nothing arrives any more on the connections that have subscribed by now.
    """

    def __init__(self, port, ssl=None):
        self.port = port
        self.ssl = ssl
        self.url = ""
        self.swallows = False
        self.is_deaf = False
        self._subscribed = set()
        self._tasks = set()

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._lead, "127.0.0.1", 0, ssl=self.ssl)
        self.url = f"redis://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_):
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _lead(self, reader, writer):
        self._tasks.add(asyncio.current_task())
        try:
            there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            writer.close()
            return
        pipes = [
            asyncio.ensure_future(self._pipe(reader, there_writer, writer)),
            asyncio.ensure_future(self._pipe(there_reader, writer, None)),
        ]
        try:
            await asyncio.wait(pipes, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pipe in pipes:
                pipe.cancel()
            await asyncio.gather(*pipes, return_exceptions=True)
            writer.close()
            there_writer.close()

    async def _pipe(self, source, target, subscriber):
        while data := await source.read(65536):
            if subscriber is not None and b"SUBSCRIBE" in data and not self.is_deaf:
                self._subscribed.add(subscriber)
            if not self.swallows and not (self.is_deaf and target in self._subscribed):
                target.write(data)


@pytest.fixture
async def proxy_to():
    """Lead to a server: `proxy = await proxy_to(server)`."""
    async with AsyncExitStack() as stack:

        async def proxy_to(server, **options):
            return await stack.enter_async_context(Proxy(server.port, **options))

        yield proxy_to

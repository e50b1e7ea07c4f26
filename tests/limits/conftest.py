"""What the tests of the limits share: the model of the Market, and a Redis of their own, which keeps nothing."""

import importlib.util
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

BINARY = shutil.which("redis-server") or shutil.which("valkey-server")


class RedisServer:
    """A redis-server that can be stopped, started again, and spoken to.

    Attributes:
        url: where it listens.
        client: a client that speaks to it, without asyncio.
    """

    def __init__(self, directory: Path) -> None:
        self._socket = directory / "redis.sock"
        self._options: tuple[str, ...] = ()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"unix://{self._socket}"
        self.client = redis.Redis(unix_socket_path=str(self._socket), retry=Retry(NoBackoff(), 0))

    def options(self, *options: str) -> None:
        """Set options of the command line for the next start."""
        self._options = options

    @property
    def pid(self) -> int:
        """The number of the process, while it runs."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        assert BINARY is not None
        never = ["--port", "0", "--save", "", "--appendonly", "no"]
        command = [BINARY, *never, "--unixsocket", str(self._socket), "--dir", str(self._socket.parent), *self._options]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 10
        while True:
            try:
                self.client.ping()
            except redis.AuthenticationError:
                return
            except redis.ConnectionError:
                assert time.monotonic() < deadline, "redis-server did not start within ten seconds"
                time.sleep(0.01)
            else:
                return

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        self.client.close()


@pytest.fixture(scope="session")
def redis_servers() -> type[RedisServer]:
    """Give what makes servers; skips where there is no binary."""
    if BINARY is None:
        pytest.skip("neither redis-server nor valkey-server is installed (apt-get install redis-server)")
    return RedisServer


@pytest.fixture(scope="session")
def shared_redis(redis_servers: type[RedisServer]) -> Iterator[RedisServer]:
    """A server for all tests that leave it as it is."""
    # The path of a socket may have 107 characters, and pytest's directories are deep.
    with tempfile.TemporaryDirectory(prefix="yamarket") as directory:
        server = redis_servers(Path(directory))
        server.start()
        yield server
        server.stop()


@pytest.fixture
def redis_server(shared_redis: RedisServer) -> RedisServer:
    """The server of all tests, empty."""
    shared_redis.client.flushall()
    return shared_redis


@pytest.fixture
def own_redis(redis_servers: type[RedisServer]) -> Iterator[RedisServer]:
    """A server of one test's own, which it may stop and bend. It isn't started yet."""
    with tempfile.TemporaryDirectory(prefix="yamarket") as directory:
        server = redis_servers(Path(directory))
        yield server
        server.stop()


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

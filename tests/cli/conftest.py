"""What the tests of the command share: a pretend Market in a thread, and three ways to run the command against it."""

import asyncio
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from yamarket_async.cli.group import yamarket
from yamarket_async.cli.running import run
from yamarket_async.sandbox import Sandbox

COMMAND = str(Path(sys.executable).with_name("yamarket"))

PLENTY = dict.fromkeys(("getHiddenOffers", "getCampaignOffers", "deleteCampaignOffers", "getPromoOffers"), 10**9)
"""Amounts that no test uses up."""


class Ended(NamedTuple):
    """What a run of the command came to."""

    status: int
    out: bytes
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.decode().splitlines()


class Thread:
    """An event loop in a thread, for servers that must answer while a test waits for a process."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever)
        self._thread.start()

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(60)

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()


class Terminal:
    """A process on a pseudo terminal; `shown` is all that it wrote there."""

    def __init__(self, arguments: list[str], env: dict[str, str]) -> None:
        self._read = b""
        here, there = pty.openpty()
        fcntl.ioctl(here, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 110, 0, 0))
        self._terminal = here
        self.process = subprocess.Popen(
            arguments,
            env=env,
            stdin=there,
            stdout=there,
            stderr=there,
            start_new_session=True,
            # Its first terminal becomes the one that Ctrl-C comes from.
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509
        )
        os.close(there)

    @property
    def shown(self) -> str:
        return self._read.decode(errors="replace")

    def until(self, text: str, seconds: float = 60.0) -> None:
        """Wait until a text is shown."""
        ends = time.monotonic() + seconds
        while text not in self.shown:
            assert time.monotonic() < ends, f"{text!r} is not in {self.shown!r}"
            assert self._more(), f"{text!r} is not in {self.shown!r}"

    def type(self, keys: str) -> None:
        os.write(self._terminal, keys.encode())

    def status(self, seconds: float = 60.0) -> int:
        """Wait for the end, and tell the exit status."""
        ends = time.monotonic() + seconds
        while self._more():
            if time.monotonic() > ends:
                self.process.kill()
        os.close(self._terminal)
        return self.process.wait(10)

    def _more(self) -> bool:
        try:
            ready, _, _ = select.select([self._terminal], [], [], 0.5)
            read = os.read(self._terminal, 65_536) if ready else b""
        except OSError:  # on Linux: the other side is closed
            return False
        self._read += read
        return not ready or bool(read)


@pytest.fixture(scope="session")
def thread() -> Iterator[Thread]:
    thread = Thread()
    yield thread
    thread.stop()


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> None:
    """A shell's background job ignores Ctrl-C, and so would all that it starts."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def serve(thread: Thread) -> Iterator[Callable[..., Sandbox]]:
    """Start pretend Markets; their limits are out of the way where a test doesn't set them."""
    running: list[Sandbox] = []

    def start(**settings: Any) -> Sandbox:
        # The server's clock stands where all windows begin, so that none ends in the middle of a test. To make up the
        # orders of weeks takes longer than most tests.
        fresh = {"offers": 1_000, "orders": 0, "limits": PLENTY, "clock_offset": 3_600 - time.time() % 3_600}
        sandbox = Sandbox(**fresh | settings)
        thread.do(sandbox.start())
        running.append(sandbox)
        return sandbox

    yield start
    for sandbox in running:
        thread.do(sandbox.stop())


@pytest.fixture
def sandbox(serve: Callable[..., Sandbox]) -> Sandbox:
    return serve()


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the settings of whoever runs it, and all of them write where nothing else is."""
    for name in [name for name in os.environ if name.startswith("YAMARKET_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COVERAGE_FILE", os.environ.get("COVERAGE_FILE", str(Path.cwd() / ".coverage")))
    monkeypatch.chdir(tmp_path)


def environment(sandbox: Sandbox | None) -> dict[str, str]:
    """What a shell has that was given the lines that `yamarket sandbox` prints."""
    if sandbox is None:
        return {}
    return {
        "YAMARKET_API_KEY": sandbox.api_key,
        "YAMARKET_BASE_URL": sandbox.url,
        "YAMARKET_CAMPAIGN_ID": str(sandbox.campaign_id),
        "YAMARKET_BUSINESS_ID": str(sandbox.business_id),
        "YAMARKET_PROMO_ID": sandbox.promo_id,
    }


@contextmanager
def standard_input(given: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let this process read something from its standard input."""
    before = os.dup(0)
    with tempfile.TemporaryFile() as file:
        file.write(given)
        file.seek(0)
        os.dup2(file.fileno(), 0)
    try:
        with open(0, closefd=False) as stream, monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", stream)
            yield
    finally:
        os.dup2(before, 0)
        os.close(before)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Ended]:
    """Run the command inside of this process; what is `given` is its standard input."""

    def call(sandbox: Sandbox | None, *arguments: object, given: bytes | None = None) -> Ended:
        for name, value in environment(sandbox).items():
            monkeypatch.setenv(name, value)
        with nullcontext() if given is None else standard_input(given, monkeypatch):
            status = run(yamarket, [str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return Ended(status, out, err.decode())

    return call


@pytest.fixture
def start() -> Iterator[Callable[..., "subprocess.Popen[bytes]"]]:
    """Start the installed command as a process, between pipes."""
    running: list[subprocess.Popen[bytes]] = []

    def begin(sandbox: Sandbox | None, *arguments: object, **settings: Any) -> "subprocess.Popen[bytes]":
        env = {**os.environ, **environment(sandbox), **settings.pop("env", {})}
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **settings}
        running.append(subprocess.Popen([COMMAND, *map(str, arguments)], env=env, **pipes))
        return running[-1]

    yield begin
    for process in running:
        process.kill()
        process.communicate()


@pytest.fixture
def ended() -> Callable[..., Ended]:
    """Wait for a process to end."""

    def wait(process: "subprocess.Popen[bytes]", given: bytes | None = None) -> Ended:
        out, err = process.communicate(given, timeout=60)
        return Ended(process.returncode, out or b"", (err or b"").decode())

    return wait


@pytest.fixture
def process(start: Callable[..., "subprocess.Popen[bytes]"], ended: Callable[..., Ended]) -> Callable[..., Ended]:
    """Run the installed command as a process, between pipes."""

    def call(sandbox: Sandbox | None, *arguments: object, given: bytes | None = None, **settings: Any) -> Ended:
        if given is not None:
            settings["stdin"] = subprocess.PIPE
        return ended(start(sandbox, *arguments, **settings), given)

    return call


@pytest.fixture
def terminal() -> Callable[..., Terminal]:
    """Start the installed command on a terminal."""

    def begin(sandbox: Sandbox | None, *arguments: object, **env: str) -> Terminal:
        known = {**os.environ, "TERM": "xterm-256color", **environment(sandbox), **env}
        return Terminal([COMMAND, *map(str, arguments)], known)

    return begin

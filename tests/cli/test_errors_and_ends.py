"""However a command ends: one clear line, a documented exit status, nothing else."""

import asyncio
import builtins
import io
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

import yamarket_async.cli
from yamarket_async import MarketClient
from yamarket_async.cli import running
from yamarket_async.errors import DecodeError, InvalidRequest, QuotaExceeded
from yamarket_async.extras import pip_command
from yamarket_async.sandbox import Sandbox

Here = Callable[..., Any]


@pytest.fixture(scope="module", autouse=True)
def without_network() -> Iterator[Any]:
    """A process that finds no server; it takes seconds to believe it, so it begins with the first test of this file."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {**os.environ, "YAMARKET_BASE_URL": f"http://127.0.0.1:{port}", "YAMARKET_API_KEY": "ACMA:key"}
    command = [Path(sys.executable).with_name("yamarket"), "campaigns"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        yield process


@pytest.mark.parametrize("command", [("campaigns",), ("export", "campaign-offers"), ("limits",)])
def test_a_wrong_key_is_told_in_a_line(command: tuple[str, ...], here: Here, sandbox: Sandbox) -> None:
    Path("key").write_text("ACMA:wrong")
    ended = here(sandbox, *command, "--api-key-file", "key")
    assert (ended.status, ended.out) == (1, b"")
    assert ended.err.startswith("yamarket: get")
    assert "HTTP 401" in ended.err
    assert "check the key" in ended.err
    assert "wrong" not in ended.err
    assert ended.err.count("\n") == 1


def test_an_unknown_campaign_is_told_in_a_line(here: Here, sandbox: Sandbox) -> None:
    ended = here(sandbox, "export", "hidden-offers", "--campaign-id", 5, "--output", "hidden.csv")
    assert ended.status == 1
    assert "HTTP 404" in ended.err
    assert ended.err.count("\n") == 1
    assert not list(Path().iterdir())


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("getPromoOffers", "--promo-id", "nope"), "Promo not found: 'nope' — check promoId; it is an id of getPromos"),
        (
            ("getCampaignOffers", "--campaign-id", 5),
            "'5' — check campaignId and businessId; they are",
        ),
        (("getOrder", "--order-id", 5), "'5' — check orderId, and that campaignId is the store that has this order"),
        (("getReturn", "--order-id", 5, "--return-id", 6), "is not found — check the ids that it was called with"),
        (("searchRegionChildren", "--region-id", 5), "not found. — check the ids that it was called with"),
    ],
)
def test_what_was_not_found_is_what_the_hint_is_about(
    command: tuple[object, ...], told: str, here: Here, sandbox: Sandbox
) -> None:
    ended = here(sandbox, "call", *command)
    assert ended.status == 1
    assert told in ended.err


def test_a_server_that_answers_html_is_told_in_a_line(here: Here, thread: Any) -> None:
    page = b"<html>\n<body>Login</body></html>"

    async def answer(reader: Any, writer: Any) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(page) + page)
        writer.close()

    async def listen() -> Any:
        return await asyncio.start_server(answer, "127.0.0.1", 0)

    async def close() -> None:
        server.close()
        await server.wait_closed()

    server = thread.do(listen())
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    Path("key").write_text("ACMA:key\n")
    ended = here(None, "campaigns", "--base-url", url, "--api-key-file", "key")
    thread.do(close())
    assert ended.status == 1
    assert ended.err.startswith("yamarket: getCampaigns: not what its page describes")
    assert "<body>Login</body>" in ended.err
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize("arguments", [("export", "campaign-offers"), ("--help",)])
def test_a_closed_pipe_ends_it_quietly(arguments: tuple[str, ...], start: Any, ended: Any, sandbox: Sandbox) -> None:
    process = start(sandbox, *arguments)
    process.stdout.close()
    process.stdout = None
    end = ended(process)
    assert (end.status, end.err) == (0, "")


def test_head_gets_what_it_asks_for(sandbox: Sandbox, start: Any, ended: Any) -> None:
    process = start(sandbox, "export", "campaign-offers", "--quiet")
    head = subprocess.run(["head", "-n", "1"], stdin=process.stdout, capture_output=True)
    process.stdout.close()
    process.stdout = None
    assert head.stdout.startswith(b'{"offerId":')
    assert ended(process) == (0, b"", "")


def test_a_closed_stderr_does_not_end_an_export(sandbox: Sandbox, start: Any, ended: Any) -> None:
    process = start(sandbox, "export", "campaign-offers", "--output", "offers.csv", "--resume")
    process.stderr.close()
    process.stderr = None
    assert ended(process).status == 0
    assert Path("offers.csv").exists()


def test_what_nobody_reads_on_stderr_makes_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        stream.write("4,000 offers")
        os.close(reading)
        running.flush_errors()
        stream.flush()  # as the interpreter does at its end
    monkeypatch.setattr(sys, "stderr", None)
    running.flush_errors()


def test_a_full_disk_behind_stdout_is_told(process: Any, sandbox: Sandbox) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = process(sandbox, "export", "campaign-offers", stdout=full)
    assert (ended.status, ended.err) == (1, "yamarket: standard output: No space left on device\n")


def test_a_closed_stdout_is_no_traceback(here: Here, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)  # as Python has it then
    assert here(sandbox, "campaigns").err == ""
    ended = here(sandbox, "export", "campaign-offers")
    assert (ended.status, ended.err) == (1, "yamarket: standard output is closed\n")


def test_a_plain_http_address_is_warned_of(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YAMARKET_API_KEY", "ACMA:key")
    monkeypatch.setattr(MarketClient, "get_campaigns", lambda _market: click.Context(click.Command("x")).exit())
    ended = here(None, "campaigns", "--base-url", "http://market.example")
    assert ended.err.startswith("yamarket: warning: base_url http://market.example is not HTTPS")


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        ((), 2, "Usage: yamarket [OPTIONS] COMMAND"),
        (("campaigns",), 2, "yamarket: no API key: set YAMARKET_API_KEY, or name a file with --api-key-file; make one"),
        (("nothing",), 2, "yamarket: No such command 'nothing' (yamarket --help tells more)\n"),
        (
            ("export", "offers"),
            2,
            "yamarket: Missing option '--campaign-id' (env var: 'YAMARKET_CAMPAIGN_ID') (yamarket",
        ),
        (("campaigns", "--api-key-file", "none"), 2, "yamarket: Invalid value for '--api-key-file': File 'none' does"),
    ],
)
def test_wrong_usage_has_its_own_status(arguments: tuple[str, ...], status: int, told: str, here: Here) -> None:
    ended = here(None, *arguments)
    assert (ended.status, ended.out) == (status, b"")
    assert ended.err.startswith(told)


def test_the_key_comes_from_a_file_before_the_environment(here: Here, sandbox: Sandbox) -> None:
    Path("key").write_bytes(b"\xef\xbb\xbf" + sandbox.api_key.encode() + b"\r\nanother line")
    env = {"YAMARKET_API_KEY": "ACMA:wrong"}
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("YAMARKET_API_KEY", env["YAMARKET_API_KEY"])
        ended = here(None, "campaigns", "--api-key-file", "key", "--base-url", sandbox.url)
    assert ended.status == 0


@pytest.mark.parametrize(
    ("error", "status", "line"),
    [
        (InvalidRequest("offer_ids[3]", "", "has a rule"), 2, "--offer-ids, number 4 '': has a rule"),
        (
            InvalidRequest("api_key", "secret", "must be a key"),
            2,
            "the API key (of --api-key-file or YAMARKET_API_KEY)",
        ),
        (InvalidRequest("ids", 5, "either ids or outlet_ids"), 2, "--ids 5: either ids or --outlet-ids"),
        (InvalidRequest("promo_id", None, "must be a string"), 2, "--promo-id: must be a string"),
        (
            InvalidRequest("offers[0].price.value", 0, "must be above 0"),
            2,
            "--offers, number 1, price.value 0: must be",
        ),
        (QuotaExceeded("getOffers", "campaign 5", retry_after=3, max_wait=1), 1, "getOffers: the limit of campaign 5"),
        (DecodeError("no JSON", endpoint="getOffers", body=b"a\nb"), 1, "getOffers: no JSON; the answer begins"),
        (OSError(28, "No space left on device", "a.csv"), 1, "a.csv: No space left on device"),
        (OSError("odd"), 1, "odd"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (click.Abort(), 130, "interrupted"),
        (click.UsageError("no context"), 2, "no context"),
        (running.Failure("as it says", 3), 3, "as it says"),
    ],
)
def test_each_error_has_a_line_and_a_status(error: BaseException, status: int, line: str) -> None:
    failure = running.failure_of(error, "and a note")
    assert failure.status == status
    assert str(failure).startswith(line)
    assert str(failure).endswith("; and a note")
    assert "\n" not in str(failure)


def test_the_error_line_is_red_on_a_terminal_unless_no_color_is_set(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    for color in (True, False):
        screen = Screen()
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stderr", screen)
            patched.setenv("NO_COLOR", "" if color else "1")
            here(None, "export", "offers")
        assert ("\x1b[31m" in screen.getvalue()) is color


def test_ctrl_c_before_the_command_runs_is_an_interruption(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_command: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "run", interrupt)
    handler = signal.getsignal(signal.SIGINT)
    with pytest.raises(SystemExit) as caught:
        yamarket_async.cli.main()
    signal.signal(signal.SIGINT, handler)
    assert caught.value.code == 130


def test_without_its_extra_the_command_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yamarket_async.cli.group", None)
    monkeypatch.delattr(yamarket_async.cli, "group")

    find_any = builtins.__import__

    def missing(name: str) -> Any:
        def find(asked: str, *arguments: Any) -> Any:
            if asked == "yamarket_async.cli.group":
                raise ModuleNotFoundError(name=name)
            return find_any(asked, *arguments)

        return find

    for name, kind in (("rich", SystemExit), ("somebody.else", ModuleNotFoundError)):
        monkeypatch.setattr("builtins.__import__", missing(name))
        with pytest.raises(kind) as caught:
            yamarket_async.cli.main()
        monkeypatch.undo()
        assert name != "rich" or pip_command("cli") in str(caught.value)


@pytest.mark.parametrize(
    ("module", "arguments", "told"),
    [
        ("pyarrow.parquet", ("export", "campaign-offers", "--output", "a.parquet"), "Parquet needs pyarrow"),
        ("yamarket_async.limits.redis", ("campaigns", "--redis", "redis://localhost"), "--redis: "),
    ],
)
def test_a_missing_extra_is_told(
    module: str, arguments: tuple[str, ...], told: str, here: Here, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    ended = here(sandbox, *arguments)
    assert ended.status == 2
    assert ended.err.startswith(f"yamarket: {told}")
    assert pip_command(module.rsplit(".", maxsplit=1)[-1]) in ended.err


def test_no_network_is_told_with_each_attempt(without_network: Any, ended: Any) -> None:
    end = ended(without_network)
    assert end.status == 1
    *attempts, last = end.err.splitlines()
    assert [line.partition(" failed after ")[0] for line in attempts] == [
        f"yamarket: getCampaigns: attempt {attempt} of 5" for attempt in (1, 2, 3, 4)
    ]
    assert last.startswith("yamarket: getCampaigns: ")
    assert "(gave up after 5 attempts in " in last


def test_a_signal_ends_the_waiting_of_the_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without that, one that comes just before the loop begins to wait would be handled when something else happens."""
    came: list[int] = []
    before = signal.signal(signal.SIGUSR1, lambda *_: came.append(1))

    async def work() -> None:
        loop = asyncio.get_running_loop()
        woken = loop.create_future()
        selector = loop._selector  # type: ignore[attr-defined]
        select = selector.select

        def watched(timeout: float | None) -> Any:
            events = select(timeout)
            if came and events and not woken.done():  # and not only because the time was up
                woken.set_result(None)
            return events

        monkeypatch.setattr(selector, "select", watched)
        threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGUSR1)).start()
        async with asyncio.timeout(2):
            await woken

    try:
        running.wait_for(work())
    finally:
        signal.signal(signal.SIGUSR1, before)


@pytest.fixture
def ignored_interrupt() -> Iterator[None]:
    """SIGINT as the background jobs of a script have it, of which what they start inherits it."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ignored_interrupt")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_signals_end_a_background_job_that_ignores_ctrl_c(number: int) -> None:
    came: list[str] = []

    async def work() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        await asyncio.sleep(0)
        came.append("past Ctrl-C")
        os.kill(os.getpid(), number)
        try:
            await asyncio.Event().wait()
        finally:
            came.append("in good order")

    with pytest.raises(running.Ended) as caught, running.ended_like_interrupt():
        running.wait_for(asyncio.wait_for(work(), 10))
    assert caught.value.number == number
    assert came == ["past Ctrl-C", "in good order"]
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


@pytest.mark.usefixtures("ignored_interrupt")
def test_what_is_cancelled_from_inside_was_not_interrupted() -> None:
    async def work() -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        running.wait_for(work())


@pytest.mark.usefixtures("ignored_interrupt")
@pytest.mark.parametrize(
    "command",
    [
        ("export", "campaign-offers", "-o", "a.csv"),
        ("report", "united-orders", "--date-from", "2026-01-01", "--date-to", "2026-01-31", "-o", "a.xlsx"),
    ],
)
def test_a_background_export_or_report_ends_by_sigterm(
    command: tuple[str, ...], start: Any, ended: Any, sandbox: Sandbox
) -> None:
    sandbox.faults.hang = 1.0
    process = start(sandbox, *command)
    while not sandbox.max_parallel_seen:
        assert process.poll() is None
        time.sleep(0.02)  # the Market answers in another thread of this process
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGTERM)
    end = ended(process)
    assert end.status == 128 + signal.SIGTERM
    assert "yamarket: ended by SIGTERM" in end.err

"""`yamarket report`: a report is begun, waited for and saved, and can be gone on with."""

import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from yamarket_async import polling
from yamarket_async.cli import report_progress as showing
from yamarket_async.cli.lookup import reports
from yamarket_async.cli.report import report as group
from yamarket_async.cli.report_progress import ReportProgress
from yamarket_async.errors import TransportError
from yamarket_async.limits import Entity, Wait
from yamarket_async.observing import Call
from yamarket_async.sandbox import Sandbox

Here = Callable[..., Any]


@pytest.fixture(autouse=True)
def quick_reports(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox.reports.takes(0.05)
    monkeypatch.setattr(polling, "FIRST_PAUSE", 0.02)


DAYS = ("--date-from", "2026-01-01", "--date-to", "2026-01-31")


def test_a_report_is_waited_for_and_saved(here: Here, sandbox: Sandbox) -> None:
    ended = here(sandbox, "report", "united-orders", *DAYS, "-o", "orders.xlsx")
    assert ended.status == 0, ended.err
    content = Path("orders.xlsx").read_bytes()
    assert content.startswith(b"PK")
    first, *_, last = ended.err.splitlines()
    assert re.fullmatch(r"united-orders: the Market makes it, looking again in \d+ s", first)
    assert last == f"{len(content):,} bytes → orders.xlsx"


def test_a_report_gets_its_own_name_in_a_folder(here: Here, sandbox: Sandbox) -> None:
    Path("folder").mkdir()
    ended = here(sandbox, "report", "generateUnitedOrdersReport", *DAYS, "-o", "folder")
    (made,) = Path("folder").iterdir()
    assert ended.err.endswith(f" bytes → {made}\n")


def test_quiet_shows_no_waiting(here: Here, sandbox: Sandbox) -> None:
    assert here(sandbox, "report", "united-orders", *DAYS, "-o", "a.xlsx", "--quiet") == (0, b"", "")


def test_a_report_that_was_begun_before_is_fetched(here: Here, sandbox: Sandbox) -> None:
    sandbox.reports.takes(2.0)
    ended = here(sandbox, "report", "united-orders", *DAYS, "-o", "a.xlsx", "--timeout", "0.2")
    assert ended.status == 1
    found = re.search(r"--report-id (\S+) fetches it", ended.err)
    assert found, ended.err
    assert ended.err.count("fetches it") == 1
    ended = here(sandbox, "report", "united-orders", "--report-id", found[1], "-o", "a.xlsx")
    assert ended.status == 0, ended.err
    assert Path("a.xlsx").exists()


def test_an_interruption_tells_how_to_go_on(start: Any, ended: Any, sandbox: Sandbox) -> None:
    sandbox.reports.takes(60.0)
    process = start(sandbox, "report", "united-orders", *DAYS, "-o", "a.xlsx")
    assert b"the Market makes it" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    end = ended(process)
    assert end.status == 130
    assert re.search(r"interrupted; the report goes on at the Market; --report-id \S+ fetches it\n$", end.err)


def test_a_report_that_is_not_there_does_not_go_on(here: Here, sandbox: Sandbox) -> None:
    ended = here(sandbox, "report", "united-orders", "--report-id", "5a1b", "-o", "a.xlsx")
    assert ended.status == 1
    assert "HTTP 404" in ended.err
    assert "--report-id" not in ended.err
    sandbox.reports.fail_next("TOO_LARGE")
    ended = here(sandbox, "report", "united-orders", *DAYS, "-o", "a.xlsx")
    assert ended.status == 1
    assert "it grew too large" in ended.err
    assert "--report-id" not in ended.err


def test_a_report_for_which_the_disk_is_full_can_be_fetched_again(
    here: Here, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device", "a.xlsx")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        ended = here(sandbox, "report", "united-orders", *DAYS, "-o", "a.xlsx")
    assert ended.status == 1
    assert "goes on" not in ended.err
    found = re.search(r"No space left on device; --report-id (\S+) fetches the report again\n$", ended.err)
    assert found, ended.err
    assert here(sandbox, "report", "united-orders", "--report-id", found[1], "-o", "a.xlsx").status == 0


def test_an_existing_file_stays(here: Here, sandbox: Sandbox) -> None:
    Path("a.xlsx").write_text("old")
    ended = here(sandbox, "report", "united-orders", *DAYS, "-o", "a.xlsx")
    assert (ended.status, Path("a.xlsx").read_text()) == (2, "old")
    assert not sandbox.requests


def test_what_is_missing_is_told(here: Here, sandbox: Sandbox) -> None:
    ended = here(sandbox, "report", "united-orders", "-o", "a.xlsx")
    assert (ended.status, sandbox.requests) == (2, [])
    assert "Missing option --date-from, or --report-id for a report that was begun before" in ended.err


def test_an_error_before_a_report_is_begun_has_no_id(here: Here, sandbox: Sandbox) -> None:
    ended = here(sandbox, "report", "united-orders", *DAYS, "-o", "a.xlsx", "--business-id", 5)
    assert ended.status == 1
    assert "--report-id" not in ended.err


def test_every_report_has_a_command(here: Here) -> None:
    context = click.Context(group)
    assert group.list_commands(context) == sorted(reports())
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        assert "--report-id" in command.get_help(click.Context(command, info_name=name))


def test_the_waiting_is_a_live_line_on_a_terminal(terminal: Any, sandbox: Sandbox) -> None:
    sandbox.reports.takes(1.0)
    screen = terminal(sandbox, "report", "united-orders", *DAYS, "-o", "a.xlsx")
    assert screen.status() == 0
    assert "united-orders · the Market makes it, looking again in " in screen.shown
    assert " bytes → a.xlsx" in screen.shown


def test_waits_for_limits_and_failed_attempts_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    progress = ReportProgress("stocks", "generateStocksReport")
    business = Entity("business", 7)
    with progress:
        progress.wait(Wait("getReportInfo", business, 3.2))
        error = TransportError("no connection", endpoint="getReportInfo", sent=False)
        progress.attempt(Call(1, "getReportInfo", business, None, 1, 1.0, 0.0, 0, error))
        progress.attempt(Call(1, "getReportInfo", business, 200, 2, 1.0, 0.0, 0, None))
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "stocks: waiting for the limit of getReportInfo of business 7, looking again in 4 s"
    assert lines[1].startswith("getReportInfo of business 7: attempt 1 of 5 failed after 1.0 s: ")
    assert len(lines) == 2


def test_the_bytes_that_have_come_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(showing.time, "monotonic", time.monotonic)
    progress = ReportProgress("stocks", "generateStocksReport", quiet=True)
    progress.wait(Wait("generateStocksReport", Entity("business", 7), 50.0))
    assert progress._now() == "the Market makes it, looking again in 50 s"
    progress.fetched(1_000, 4_000)
    assert progress._now() == "1,000 of 4,000 bytes"
    progress.fetched(2_000, None)
    assert progress._now() == "2,000 bytes"


@pytest.mark.parametrize("command", [("report", "united-orders", *DAYS), ("call", "get-campaigns")])
def test_a_pipe_is_not_done_away_with(here: Here, sandbox: Sandbox, command: tuple[str, ...]) -> None:
    os.mkfifo("pipe")
    ended = here(sandbox, *command, "-o", "pipe")
    assert (ended.status, ended.err) == (
        2,
        "yamarket: --output pipe: is no file, and one that is moved there would do away with it\n",
    )
    assert Path("pipe").is_fifo()
    ended = here(sandbox, *command, "-o", "nowhere/a.xlsx")
    assert "--output nowhere/a.xlsx: there is no such folder; make it first" in ended.err

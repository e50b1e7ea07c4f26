"""What is told of waits and failed attempts, what a crash in a wait costs, and how a terminal of any width looks."""

import asyncio
import io
import json
import re
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from yamarket_async.cli import progress as showing
from yamarket_async.cli import tables
from yamarket_async.cli.exports import Export, by_pieces
from yamarket_async.cli.lookup import find
from yamarket_async.cli.parts import Part
from yamarket_async.cli.progress import Progress, counted, singular
from yamarket_async.cli.waits import WorkClock, failed_attempt
from yamarket_async.errors import NotFound, TransportError
from yamarket_async.limits import Entity, Wait
from yamarket_async.observing import Call
from yamarket_async.sandbox import Sandbox
from yamarket_async.walk import Page

Here = Callable[..., Any]
STORE = Entity("campaign", 5)


def test_waits_that_overlap_count_once() -> None:
    clock = WorkClock(100.0)
    clock.waits(101.0, 10.0)
    clock.waits(105.0, 4.0)
    clock.waits(110.0, 5.0)
    assert (clock.passed(120.0), clock.waited(120.0), clock.worked(120.0)) == (20.0, 14.0, 6.0)
    clock.waits(121.0, 2.0)
    assert clock.waited(122.0) == 15.0
    assert clock.waited(130.0) == 16.0


def call_of(error: BaseException | None, attempt: int = 1, entity: Entity = STORE) -> Call:
    return Call(1, "getOffers", entity, None, attempt, 1.5, 0.0, 0, error)


def test_a_failed_attempt_is_told_with_its_store_and_its_reason() -> None:
    error = TransportError("no connection", endpoint="getOffers", sent=False)
    told = failed_attempt(call_of(error))
    assert told.startswith("getOffers of campaign 5: attempt 1 of 5 failed after 1.5 s: ")
    assert "no connection" in told
    assert failed_attempt(call_of(error, entity=Entity("token", 0))).startswith("getOffers: attempt 1")


@pytest.mark.parametrize(
    ("error", "attempt"),
    [
        (None, 1),
        (asyncio.CancelledError(), 1),
        (NotFound(404, (), "getOffers"), 1),
        (TransportError("no connection", endpoint="getOffers", sent=False), 5),
    ],
)
def test_what_is_not_repeated_is_told_by_its_error_alone(error: BaseException | None, attempt: int) -> None:
    assert failed_attempt(call_of(error, attempt)) == ""


@pytest.mark.parametrize(
    ("number", "plural", "told"),
    [(1, "pages", "1 page"), (2, "pages", "2 pages"), (1, "batches", "1 batch"), (0, "offers", "0 offers")],
)
def test_one_is_no_plural(number: int, plural: str, told: str) -> None:
    assert counted(number, plural) == told


def test_retries_are_told_and_the_export_goes_on(here: Here, sandbox: Sandbox) -> None:
    sandbox.faults.next("error_500")
    ended = here(sandbox, "export", "hidden-offers", "-o", "a.csv")
    assert ended.status == 0
    assert f"getHiddenOffers of campaign {sandbox.campaign_id}: attempt 1 of 5 failed after " in ended.err
    assert "HTTP 500" in ended.err


def test_the_live_line_tells_of_waits_failures_and_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    state = showing._State(100.0)
    assert state.told(101.0) == ("", "")
    state.parts = ("1 page", "", "5 of 10 left")
    assert state.told(101.0) == ("1 page · 5 of 10 left", "")
    assert state.told(104.0) == ("no answer for 4 s", "yellow")
    state.wait, state.wait_ends = Wait("getOffers", STORE, 40.0), 144.0
    assert state.told(104.5) == ("waiting 40 s, limit of getOffers", "yellow")
    assert state.told(145.0)[0] == "1 page · 5 of 10 left"
    state.failure, state.heard = "attempt 2 failed", 150.0
    assert state.told(160.0) == ("attempt 2 failed, no answer for 10 s", "red")


@pytest.mark.parametrize(("width", "cells"), [(60, 0), (80, 10), (100, 30), (200, 40)])
def test_the_bar_is_as_wide_as_there_is_room(width: int, cells: int) -> None:
    bars = showing._bars(width)
    assert [bar.bar_width for bar in bars] == ([cells] if cells else [])


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("pages", "page"),
        ("batches", "batch"),
        ("boxes", "box"),
        ("offer-ids", "offer-id"),
        ("substatuses", "substatus"),
        ("licenses", "license"),
        ("offer cards content status", "offer cards content status"),
        ("prices by offer ids", "price by offer ids"),
        ("stocks on partner warehouses", "stock on partner warehouses"),
    ],
)
def test_one_is_told_in_the_singular(plural: str, one: str) -> None:
    assert counted(1, plural) == f"1 {one}"
    assert [counted(0, plural), counted(1_200, plural)] == [f"0 {plural}", f"1,200 {plural}"]


@pytest.mark.parametrize(("total", "told"), [(None, "1 product · 1 batch"), (1, "1 of 1 product · 1 batch")])
def test_the_live_line_tells_one_in_the_singular(total: int | None, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(showing.time, "monotonic", lambda: 100.0)
    progress = Progress("products", of="batches", total=total)
    progress.advance(1)
    (task,) = progress._bar.tasks
    assert showing._Line().render(task).plain.startswith(told)


def test_the_time_of_waits_is_told_apart(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(showing.time, "monotonic", lambda: now)
    progress = Progress("offers")
    progress.wait(Wait("getOffers", STORE, 8.0))
    now = 110.0
    progress.advance(100)
    progress.conclude("-")
    assert capsys.readouterr().err.splitlines() == [
        "0 offers, 0 pages, waiting 9 s for the limit of getOffers of campaign 5",
        "100 offers, 1 page, 50/s",
        "100 offers, 1 page in 10.0 s, 8.0 s of that waiting for limits → standard output",
    ]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_crash_in_a_wait_costs_nothing(
    how: signal.Signals, here: Here, start: Any, ended: Any, serve: Callable[..., Sandbox]
) -> None:
    sandbox = serve(window=30.0, limits={"getCampaignOffers": 3})
    process = start(sandbox, "export", "campaign-offers", "-o", "a.csv")
    journal = Path("a.csv.part.json")
    give_up = time.monotonic() + 60
    while not (journal.exists() and json.loads(journal.read_bytes())["items"] == 600):
        assert time.monotonic() < give_up
        time.sleep(0.02)
    process.send_signal(how)
    end = ended(process)
    assert end.status == (-9 if how == signal.SIGKILL else 128 + how)
    if how != signal.SIGKILL:
        assert f"yamarket: ended by {how.name}; 600 items are safe in" in end.err
    sandbox.limits["getCampaignOffers"] = 10**6
    before = sandbox.counts["requests"]
    assert here(sandbox, "export", "campaign-offers", "-o", "a.csv", "--resume", "--quiet").status == 0
    assert sandbox.counts["requests"] - before == 2
    assert Path("a.csv").read_bytes().count(b"\r\n") == 1_001


def test_an_existing_file_is_asked_about_on_a_terminal(terminal: Any, sandbox: Sandbox) -> None:
    Path("a.csv").write_text("old")
    for answer, status, content in (("n", 1, "old"), ("y", 0, "offerId")):
        screen = terminal(sandbox, "export", "hidden-offers", "-o", "a.csv")
        screen.until("a.csv is there already. Overwrite it? [y/N]")
        screen.type(f"{answer}\n")
        assert screen.status() == status
        assert Path("a.csv").read_text().startswith(content)


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_wait_after_which_nothing_was_written_saves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with Part(Path("a.csv"), {}) as part:
        part.expect(5.0)
        part.write(b"x", items=1, position={"page": 2})
        written = part.saved
        part.expect(5.0)
        assert part.saved is written
    assert written is not None
    assert written.items == 1


def test_a_narrow_table_leaves_empty_cells_out(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setenv("COLUMNS", "30")
    monkeypatch.setattr(sys, "stdout", screen)
    tables.show(("method", "whose", "note"), [("getOffers" * 3, None, "a note"), ("getPrices", "campaign 5", None)])
    assert re.sub(r"\x1b\[\d*m", "", screen.getvalue()).splitlines() == [
        "getOffers" * 3,
        "  note: a note",
        "getPrices",
        "  whose: campaign 5",
    ]


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_figure_of_a_table_is_folded_or_cropped(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr(sys, "stdout", screen)
    rows = [("getOffersOfAVeryLongName", "campaign 21000000", 1_000_000_000, 999_999_999, "in 59 s", "a note")]
    tables.show(("method", "whose", "limit", "left", "renews", "note"), rows, title="Limits")
    told = screen.getvalue()
    for cell in ("getOffersOfAVeryLongName", "campaign 21000000", "1,000,000,000", "999,999,999", "in 59 s", "a note"):
        assert cell in told
    assert ("│" in told) is (columns == 120)


def test_a_range_that_is_walked_in_pieces_goes_on_without_repeats(here: Here, serve: Callable[..., Sandbox]) -> None:
    sandbox = serve(orders=120)
    today = datetime.now(UTC).date()
    days = ("--from-date", today - timedelta(days=200), "--to-date", today)
    command = ("export", "orders", *days, "--page-size", 20)
    for ending in ("jsonl", "csv", "tsv"):
        before = sandbox.counts["requests"]
        here(sandbox, *command, "-o", f"whole.{ending}")
        requests = sandbox.counts["requests"] - before
        whole = Path(f"whole.{ending}").read_bytes()
        sandbox.faults.delay_seconds = 0.0
        sandbox.faults.next("delay", times=requests - 1)
        sandbox.faults.next("redirect")
        assert here(sandbox, *command, "-o", f"cut.{ending}").status == 1
        assert json.loads(Path(f"cut.{ending}.part.json").read_bytes())["items"] > 0
        assert here(sandbox, *command, "-o", f"cut.{ending}", "--resume").status == 0
        assert Path(f"cut.{ending}").read_bytes() == whole


async def test_what_pieces_have_in_common_comes_once() -> None:
    answers = {1: [["a", "b"], ["c"]], 2: [["c", "d"]]}

    class Pager:
        def __init__(self, piece: int) -> None:
            self._piece = piece

        async def pages(self) -> Any:
            several = answers[self._piece]
            for number, items in enumerate(several, 1):
                yield Page(items, next_page_token="t" if number < len(several) else None)

    walk = by_pieces([{"piece": 1}, {"piece": 2}], str, ["a"])
    found = [(portion.items, portion.position) async for portion in walk(lambda **given: Pager(given["piece"]), {})]
    assert found == [(["b"], {"piece": 0, "page_token": "t"}), (["c"], {"piece": 1}), (["d"], None)]


def test_a_list_without_ids_is_its_own_key() -> None:
    export = Export(find("getPrices"))
    assert (export.key("x"), export.key_column) == ("x", "")


@pytest.fixture
def proxied(thread: Any) -> Any:
    """A proxy that notes what goes through it."""
    asked: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        asked.append(head.partition("\r\n")[0])
        writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    async def listen() -> Any:
        return await asyncio.start_server(serve, "127.0.0.1", 0)

    server = thread.do(listen())
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", asked
    server.close()


def test_a_proxy_of_the_environment_is_used(here: Here, proxied: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    url, asked = proxied
    monkeypatch.setenv("HTTP_PROXY", url)
    monkeypatch.setenv("http_proxy", url)
    monkeypatch.setenv("YAMARKET_API_KEY", "ACMA:key")
    ended = here(None, "campaigns", "--base-url", "http://market.example")
    assert ended.status == 1
    assert asked[0].startswith("GET http://market.example/v2/campaigns")


def test_names_in_the_singular() -> None:
    assert [singular(each) for each in ("warehouses", "statuses", "boxes", "batches", "hidden offers")] == [
        "warehouse",
        "status",
        "box",
        "batch",
        "hidden offer",
    ]

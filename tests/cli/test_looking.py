"""The commands that only look: campaigns, limits, completion, demo; and what is seen of the work on stderr."""

import asyncio
import io
import json
import re
import signal
import subprocess
import sys
import time
import types
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from yamarket_async.cli import demo as demonstration
from yamarket_async.cli import progress as showing
from yamarket_async.cli import tables
from yamarket_async.cli.progress import Progress
from yamarket_async.limits import Entity, LimitState, Wait
from yamarket_async.limits.local import LocalLimiter
from yamarket_async.sandbox import Sandbox

Here = Callable[..., Any]


def test_campaigns_are_tab_separated_in_a_pipe(here: Here, serve: Callable[..., Sandbox]) -> None:
    sandbox = serve(campaigns=2)
    ended = here(sandbox, "campaigns")
    assert (ended.status, ended.err) == (0, "")
    header, *rows = [line.split("\t") for line in ended.lines]
    assert header == ["campaign", "name", "business", "business name", "model", "API"]
    assert [row[0] for row in rows] == [str(campaign_id) for campaign_id in sandbox.campaign_ids]
    assert {row[2] for row in rows} == {str(sandbox.business_id)}
    assert rows[0][1] == "Магазин № 1"


def test_campaigns_as_the_market_sends_them(here: Here, sandbox: Sandbox) -> None:
    (line,) = here(sandbox, "campaigns", "--json").lines
    assert json.loads(line)["business"]["id"] == sandbox.business_id


def test_campaigns_are_a_table_on_a_terminal_and_the_key_is_asked_for(terminal: Any, sandbox: Sandbox) -> None:
    screen = terminal(sandbox, "campaigns", YAMARKET_API_KEY="")
    screen.until("API key (not shown): ")
    screen.type(f"{sandbox.api_key}\n")
    assert screen.status() == 0
    assert f"│ {sandbox.campaign_id} │ Магазин № 1 │" in screen.shown
    assert sandbox.api_key not in screen.shown


def test_ctrl_c_at_the_prompt_is_an_interruption(terminal: Any, sandbox: Sandbox) -> None:
    screen = terminal(sandbox, "campaigns", YAMARKET_API_KEY="")
    screen.until("API key (not shown): ")
    time.sleep(0.3)  # a signal between the prompt and the read would be seen after the read only
    screen.type("\x03")
    assert screen.status() == 130
    assert "interrupted" in screen.shown
    assert "Traceback" not in screen.shown


def test_limits_are_asked_for_with_a_cheap_request_each(here: Here, serve: Callable[..., Sandbox]) -> None:
    sandbox = serve(limits={"getHiddenOffers": 500})
    named = ("getHiddenOffers", "campaign-offers", "getPromoOffers", "get-offers", "campaigns", "deleteCampaignOffers")
    ended = here(sandbox, "limits", *named)
    assert (ended.status, ended.err) == (0, "")
    rows = {row[0]: row[1:] for row in (line.split("\t") for line in ended.lines)}
    whose = f"campaign {sandbox.campaign_id}"
    assert rows["getHiddenOffers"][:3] == [whose, "500", "499"]
    assert rows["getCampaignOffers"][:3] == [whose, "10000", "9999"]
    assert rows["getPromoOffers"][:3] == [f"business {sandbox.business_id}", "5000", "4999"]
    assert rows["getOffers"][0] == whose
    assert rows["getCampaigns"][0] == "token"
    assert datetime.fromisoformat(rows["getHiddenOffers"][3]) > datetime(2025, 1, 1, tzinfo=UTC)
    assert rows["deleteCampaignOffers"] == ["", "", "", "", "writes; only its own answers tell"]
    assert sandbox.counts["requests"] == 5


def test_limits_that_are_used_up_are_told_at_once(here: Here, serve: Callable[..., Sandbox]) -> None:
    sandbox = serve(limits={"getHiddenOffers": 500})
    sandbox.consume("getHiddenOffers", 500)
    ended = here(sandbox, "limits", "hidden-offers")
    assert ended.status == 0
    assert f"getHiddenOffers\tcampaign {sandbox.campaign_id}\t500\t0\t" in ended.out.decode()


def test_limits_of_what_no_id_is_given_for_are_not_asked(
    here: Here, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YAMARKET_API_KEY", sandbox.api_key)
    named = ("getPromoOffers", "getOffers", "getCampaigns")
    ended = here(None, "limits", *named, "--base-url", sandbox.url, "--business-id", sandbox.business_id)
    assert "getPromoOffers\t\t\t\t\tneeds --promo-id" in ended.lines
    assert "getOffers\t\t\t\t\tneeds --campaign-id" in ended.lines
    assert sandbox.counts["requests"] == 1


def test_limits_of_all_lists_are_asked_for_where_none_is_named(here: Here, sandbox: Sandbox) -> None:
    ended = here(sandbox, "limits")
    named = {line.partition("\t")[0] for line in ended.lines[1:]}
    assert {"getCampaignOffers", "getHiddenOffers", "getOfferMappings", "getPromoOffers", "getCampaigns"} <= named
    assert "getChatHistory" not in named  # which needs a chat
    assert "getGoodsFeedbackComments" not in named  # which needs one of two


def test_limits_that_cannot_be_asked_for_leave_it_partly_done(here: Here, sandbox: Sandbox) -> None:
    ended = here(sandbox, "limits", "getOffers", "getHiddenOffers", "getCampaigns", "--campaign-id", 5)
    assert ended.status == 3
    assert "getOffers\t\t\t\t\tfailed, see below" in ended.lines
    assert ended.err.count("HTTP 404") == ended.err.count("\n") == 2


def test_limits_on_a_terminal_tell_when_they_renew(terminal: Any, sandbox: Sandbox) -> None:
    screen = terminal(sandbox, "limits", "hidden-offers")
    assert screen.status() == 0
    assert "│ getHiddenOffers " in screen.shown
    # By the Market's clock, and not by this machine's, which may be off.
    [seconds] = re.findall(r"│ in (\d+) s", screen.shown)
    assert 0 < int(seconds) <= 60


def test_limits_in_redis_are_a_table(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    async def describe(url: str) -> list[LimitState]:
        assert url == "redis://localhost"
        return [LimitState("getOffers", Entity("campaign", 5), 100, 7, datetime(2025, 1, 1, tzinfo=UTC))]

    redis = types.SimpleNamespace(describe=describe)
    monkeypatch.setitem(sys.modules, "yamarket_async.limits.redis", redis)
    ended = here(None, "limits", "--redis", "redis://localhost")
    assert ended.lines == [
        "method\twhose\tlimit\tleft\trenews",
        "getOffers\tcampaign 5\t100\t7\t2025-01-01T00:00:00+00:00",
    ]


def test_redis_keeps_the_limits_where_it_is_named(
    here: Here, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = []

    class RedisLimiter(LocalLimiter):
        @classmethod
        def from_url(cls, url: str) -> "RedisLimiter":
            urls.append(url)
            return cls()

    monkeypatch.setitem(sys.modules, "yamarket_async.limits.redis", types.SimpleNamespace(RedisLimiter=RedisLimiter))
    assert here(sandbox, "campaigns", "--redis", "redis://shared").status == 0
    assert urls == ["redis://shared"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_asks_the_command(shell: str, here: Here) -> None:
    script = here(None, "completion", shell).out.decode()
    assert f"_YAMARKET_COMPLETE={shell}_complete" in script


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("yamarket ex", ["export"]),
        ("yamarket export campaign-o", ["campaign-offers"]),
        ("yamarket export campaign-offers --stat", ["--statuses"]),
        ("yamarket export campaign-offers --statuses P", ["PUBLISHED"]),
        ("yamarket export offers --format ", ["jsonl", "csv", "tsv", "xlsx", "parquet"]),
    ],
)
def test_commands_options_and_values_are_completed(
    words: str, completed: list[str], here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_YAMARKET_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(words.count(" ")))
    assert here(None).lines == [f"plain,{word}" for word in completed]


def test_bash_completes_with_the_script(here: Here) -> None:
    script = here(None, "completion", "bash").out.decode()
    wanted = f"{script}\nCOMP_WORDS=(yamarket demo --he); COMP_CWORD=2; _yamarket_completion yamarket; echo $COMPREPLY"
    env = {"PATH": f"{sys.prefix}/bin:/usr/bin:/bin"}
    assert subprocess.run(["bash", "-c", wanted], capture_output=True, env=env).stdout == b"--help\n"


@pytest.fixture
def short_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"OFFERS": 1_000, "WINDOW": 1.0, "AMOUNT": 3, "LATENCY": 0.0}.items():
        monkeypatch.setattr(demonstration, name, value)


@pytest.mark.usefixtures("short_demo")
def test_the_demo_streams_waits_and_tells(here: Here) -> None:
    ended = here(None, "demo")
    assert ended.status == 0
    assert "all\t1000" in ended.lines
    assert "pages\t5" in ended.lines
    assert "requests answered 420\t0" in ended.lines
    assert 'async with MarketClient(api_key="ACMA:…") as market:' in ended.out.decode()
    assert "it lets 3 requests through every 1 s" in ended.err
    assert "waiting 1 s for the limit of getCampaignOffers" in ended.err


def test_ctrl_c_in_the_demo_leaves_no_traceback_no_frame_and_no_open_port(terminal: Any) -> None:
    screen = terminal(None, "demo")
    screen.until("A pretend Market is at ")
    screen.until(" of 8,000 offers · 1 page")
    screen.type("\x03")
    assert screen.status() == 130
    before, _, _ = screen.shown.partition("A pretend Market is at ")
    # What the live line had drawn is taken away before the line is written.
    assert before.count("\n") == before.count("\x1b[2K") == 0 or before.endswith("\x1b[2K")
    assert "interrupted" in screen.shown
    assert "Traceback" not in screen.shown
    port = int(screen.shown.partition("http://127.0.0.1:")[2].partition(";")[0])

    async def connect() -> None:
        await asyncio.open_connection("127.0.0.1", port)

    with pytest.raises(OSError, match="Connect"):
        asyncio.run(connect())


def test_progress_on_a_terminal_tells_of_items_speed_limit_and_waits(
    terminal: Any, serve: Callable[..., Sandbox]
) -> None:
    sandbox = serve(offers=2_400, window=1.0, limits={"getCampaignOffers": 4}, latency=0.1)
    screen = terminal(sandbox, "export", "campaign-offers", "--output", "offers.csv")
    assert screen.status() == 0
    assert " campaign offers" in screen.shown
    assert " of 4 left" in screen.shown
    assert " pages · " in screen.shown
    assert " s, limit of getCampaignOffers" in screen.shown
    assert "2,400 campaign offers, 12 pages in " in screen.shown


def test_parquet_is_not_for_a_terminal_and_rows_there_need_no_bar(terminal: Any, sandbox: Sandbox) -> None:
    screen = terminal(sandbox, "export", "campaign-offers", "--format", "parquet")
    assert screen.status() == 2
    assert "parquet is not for a terminal" in screen.shown
    screen = terminal(sandbox, "export", "hidden-offers", "--format", "csv")
    assert screen.status() == 0
    assert screen.shown.startswith("offerId")
    assert "\x1b" not in screen.shown


def test_progress_in_a_pipe_is_plain_lines(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(showing, "LINE_EVERY", 0.0)
    state = LimitState("getOffers", Entity("campaign", 5), 10_000, 8_000, None)
    with Progress("offers", done=100, pages=2) as progress:
        progress.advance(50, limit=state, total=1_000)
        progress.wait(Wait("getOffers", Entity("campaign", 5), 40.2))
        progress.advance(50)
        progress.conclude("offers.csv")
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("150 offers, 3 pages, ")
    assert lines[0].endswith("/s, 8,000 of 10,000 left")
    assert lines[1] == "150 offers, 3 pages, waiting 41 s for the limit of getOffers of campaign 5"
    assert lines[2].endswith("/s")
    assert lines[3].startswith("200 offers, 4 pages; 100 of them in this run, in 0.0 s → offers.csv")


def test_quiet_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress("offers", quiet=True) as progress:
        progress.advance(50)
        progress.wait(Wait("getOffers", Entity("campaign", 5), 40.2))
        progress.tell("something")
    assert capsys.readouterr() == ("", "")


def test_a_table_shows_names_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Screen()
    monkeypatch.setattr(sys, "stdout", screen)
    tables.show(("name", "offers"), [("[red]скидка[/]", 12_000), (None, None)], title="Table")
    assert "│ [red]скидка[/] │ 12,000 │" in screen.getvalue()


def test_ctrl_c_while_python_still_imports_is_no_traceback(start: Any, ended: Any) -> None:
    for _ in range(2):
        process = start(None, "demo")
        process.send_signal(signal.SIGINT)
        assert "yamarket_async" not in ended(process).err

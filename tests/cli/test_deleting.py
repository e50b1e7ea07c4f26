"""`yamarket delete`: nobody loses a product by accident, and everybody learns what became of each."""

import csv
import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from yamarket_async.cli import delete as deleting
from yamarket_async.cli.progress import Progress
from yamarket_async.sandbox import Sandbox

Here = Callable[..., Any]

DELETE = ("delete", "--offer-ids-from", "skus.txt")


def give(skus: list[str]) -> list[str]:
    Path("skus.txt").write_text("\n".join(skus), encoding="utf-8")
    return skus


def counted(lines: list[str]) -> dict[str, int]:
    assert lines[0] == "outcome\tproducts"
    return {outcome: int(count) for outcome, count in (line.split("\t") for line in lines[1:])}


def reported(name: str = "report.csv") -> dict[str, str]:
    with Path(name).open(encoding="utf-8", newline="") as file:
        return {row["sku"]: row["outcome"] for row in csv.DictReader(file)}


@pytest.fixture
def skus(sandbox: Sandbox) -> list[str]:
    return give([*sandbox.offer_ids(), 'unknown, "with" quotes', "неизвестный"])


def test_a_dry_run_shows_what_would_be_deleted_and_needs_no_key(here: Here, skus: list[str]) -> None:
    ended = here(None, *DELETE, "--campaign-id", 5, "--dry-run")
    assert ended.status == 0
    assert ended.lines == [
        "what\thow much",
        "store\t5",
        "products to delete\t1002",
        "requests\t3",
        f"first product\t{skus[0]}",
        f"last product\t{skus[-1]}",
    ]


def test_products_come_from_a_list_of_prices_or_from_a_column_that_is_named(here: Here, sandbox: Sandbox) -> None:
    skus = [json.loads(line)["id"] for line in here(sandbox, "export", "prices", "-o", "-").lines]
    here(sandbox, "export", "prices", "-o", "prices.csv")
    told = here(sandbox, "delete", "--offer-ids-from", "prices.csv", "--dry-run")
    assert told.status == 0, told.err
    assert told.lines[-2:] == [f"first product\t{skus[0]}", f"last product\t{skus[-1]}"]
    Path("codes.csv").write_text(f"id;Код\n5;{skus[3]}\n", encoding="utf-8")
    told = here(sandbox, "delete", "--offer-ids-from", "codes.csv", "--offer-ids-column", "Код", "--dry-run")
    assert told.lines[-1] == f"last product\t{skus[3]}"


def test_products_are_deleted_and_each_outcome_is_reported(here: Here, sandbox: Sandbox, skus: list[str]) -> None:
    warehouse = set(sandbox.warehouse_offer_ids())
    ended = here(sandbox, *DELETE, "--yes", "--report", "report.csv")
    assert ended.status == 0
    assert counted(ended.lines) == {
        "deleted": 980,
        "kept": 22,
        "unconfirmed": 0,
        "failed": 0,
        "refused": 0,
        "pending": 0,
    }
    assert ended.err == ""
    kept = {*warehouse, *skus[-2:]}
    assert reported() == {sku: "kept" if sku in kept else "deleted" for sku in skus}
    assert list(reported()) == skus
    assert set(sandbox.offer_ids()) == warehouse


@pytest.mark.usefixtures("skus")
def test_a_bad_key_is_an_answer_that_refuses(here: Here, sandbox: Sandbox) -> None:
    Path("key").write_text("ACMA:wrong:key", encoding="utf-8")
    ended = here(sandbox, *DELETE, "--yes", "--report", "report.csv", "--api-key-file", "key")
    counts = counted(ended.lines)
    assert (ended.status, counts["failed"], counts["refused"] + counts["pending"]) == (1, 0, 1_002)
    assert "were refused" in ended.err
    assert set(reported().values()) <= {"refused", "pending"}


@pytest.mark.usefixtures("skus")
def test_a_dry_run_says_that_it_is_one_into_a_pipe_as_well(here: Here) -> None:
    ended = here(None, *DELETE, "--campaign-id", 5, "--dry-run")
    assert ended.err == "Nothing is deleted by this dry run\n"


@pytest.mark.usefixtures("skus")
def test_the_report_can_be_json_lines(here: Here, sandbox: Sandbox) -> None:
    here(sandbox, *DELETE, "--yes", "--report", "report.jsonl")
    rows = [json.loads(line) for line in Path("report.jsonl").read_text(encoding="utf-8").splitlines()]
    assert rows[-1] == {"sku": "неизвестный", "outcome": "kept"}


def test_what_a_lost_answer_leaves_open_is_unconfirmed(here: Here, sandbox: Sandbox) -> None:
    give(sandbox.offer_ids()[:10])
    sandbox.faults.next("lost_answer")
    ended = here(sandbox, *DELETE, "--yes", "--quiet")
    assert counted(ended.lines)["unconfirmed"] == 10


def test_a_failing_batch_ends_it_and_the_report_tells_the_rest(here: Here, serve: Callable[..., Sandbox]) -> None:
    sandbox = serve(offers=5_000, warehouse=0)
    skus = give(sandbox.offer_ids())
    sandbox.faults.next("delay", endpoint="deleteCampaignOffers")
    sandbox.faults.next("redirect", endpoint="deleteCampaignOffers")
    ended = here(sandbox, *DELETE, "--yes", "--report", "report.csv")
    assert ended.status == 3
    outcomes = reported()
    counts = counted(ended.lines)
    assert {outcome: list(outcomes.values()).count(outcome) for outcome in counts} == counts
    assert (counts["failed"], counts["deleted"] + counts["pending"]) == (500, 4_500)
    assert counts["deleted"] >= 500
    assert "HTTP 307" in ended.err
    assert f"of the products, 500 failed, {counts['pending']:,} were not sent\n" in ended.err
    assert set(sandbox.offer_ids()) == {sku for sku in skus if outcomes[sku] != "deleted"}


@pytest.mark.usefixtures("skus")
def test_where_nothing_was_done_it_failed(here: Here, sandbox: Sandbox) -> None:
    sandbox.locked.add(sandbox.campaign_id)
    ended = here(sandbox, *DELETE, "--yes", "--report", "report.csv")
    assert ended.status == 1
    assert "HTTP 423" in ended.err
    assert counted(ended.lines)["failed"] == 0
    assert counted(ended.lines)["deleted"] == 0
    assert "deleted" not in reported().values()


def test_a_batch_that_may_not_wait_for_the_limit_was_not_sent(here: Here, serve: Callable[..., Sandbox]) -> None:
    sandbox = serve(offers=2_000, limits={"deleteCampaignOffers": 500})
    give(sandbox.offer_ids())
    ended = here(sandbox, *DELETE, "--yes", "--max-wait", 0)
    assert ended.status == 3
    assert (counted(ended.lines)["failed"], counted(ended.lines)["pending"]) == (0, 1_500)


@pytest.mark.usefixtures("skus")
def test_nobody_to_ask_is_wrong_usage(here: Here, sandbox: Sandbox) -> None:
    from_stdin = here(sandbox, "delete", "--offer-ids-from", "-", given=b"A\nB\n")
    for ended in (here(sandbox, *DELETE), from_stdin):
        assert ended.status == 2
        assert "there is nobody to ask whether to delete: say --yes" in ended.err
    assert not sandbox.requests


@pytest.mark.usefixtures("skus")
def test_a_report_that_cannot_be_written_is_known_before(here: Here, sandbox: Sandbox) -> None:
    ended = here(sandbox, *DELETE, "--yes", "--report", "nowhere/report.csv")
    assert ended.status == 1
    assert "No such file or directory" in ended.err
    assert not sandbox.requests


@pytest.mark.usefixtures("skus")
@pytest.mark.parametrize("fails", [False, True])
def test_the_report_is_there_when_nobody_reads_the_table(start: Any, ended: Any, sandbox: Sandbox, fails: bool) -> None:
    if fails:
        sandbox.faults.next("redirect", endpoint="deleteCampaignOffers")
    process = start(sandbox, *DELETE, "--yes", "--report", "report.csv")
    process.stdout.close()
    process.stdout = None
    end = ended(process)
    assert (end.status in {1, 3}, "HTTP 307" in end.err) == (fails, fails)
    assert end.err.count("\n") == fails
    assert ("failed" in reported().values()) is fails


@pytest.mark.usefixtures("skus")
def test_a_report_replaces_no_named_pipe(here: Here, sandbox: Sandbox) -> None:
    os.mkfifo("pipe")
    ended = here(sandbox, *DELETE, "--yes", "--report", "pipe")
    assert ended.status == 2
    assert "--report pipe: is no file" in ended.err
    assert Path("pipe").is_fifo()
    assert not sandbox.requests


@pytest.mark.usefixtures("skus")
def test_a_report_that_did_not_fit_leaves_the_work_partly_done(
    here: Here, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device", "report.csv.part")

    monkeypatch.setattr(os, "fsync", full)
    ended = here(sandbox, *DELETE, "--yes", "--report", "report.csv")
    assert ended.status == 3
    assert counted(ended.lines)["deleted"] == 980
    assert ended.err.endswith("report.csv.part: No space left on device; there is no report\n")
    assert {path.name for path in Path().iterdir()} == {"skus.txt"}


@pytest.mark.usefixtures("skus")
def test_a_dry_run_on_a_terminal_says_so_once(terminal: Any) -> None:
    screen = terminal(None, *DELETE, "--campaign-id", 5, "--dry-run")
    assert screen.status() == 0
    assert screen.shown.count("Nothing is deleted by this dry run") == 1


@pytest.mark.usefixtures("skus")
def test_it_asks_on_a_terminal(terminal: Any, sandbox: Sandbox) -> None:
    for key, status in (("n", 1), ("y", 0)):
        assert not sandbox.requests
        screen = terminal(sandbox, *DELETE)
        screen.until(f"Delete 1,002 products from store {sandbox.campaign_id}? This can't be undone. [y/N]: ")
        screen.type(f"{key}\n")
        assert screen.status() == status
        assert ("nothing was deleted" if status else "│ deleted     │      980 │") in screen.shown


def test_one_product_is_asked_about_as_one(here: Here, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    give(sandbox.offer_ids()[:1])
    asked: list[str] = []
    monkeypatch.setattr(deleting, "is_terminal", lambda _stream: True)
    monkeypatch.setattr(deleting, "confirmed", asked.append)  # which is no
    assert here(sandbox, *DELETE).status == 1
    assert asked == [f"Delete 1 product from store {sandbox.campaign_id}? This can't be undone."]
    assert not sandbox.requests


def test_ctrl_c_finishes_what_is_on_its_way(start: Any, ended: Any, serve: Callable[..., Sandbox]) -> None:
    sandbox = serve(offers=4_000, warehouse=0, limits={"deleteCampaignOffers": 1_500})
    skus = give(sandbox.offer_ids())
    process = start(sandbox, *DELETE, "--yes", "--report", "report.csv")
    told = process.stderr.readline().decode()
    while "waiting" not in told:
        told = process.stderr.readline().decode()
    while sandbox.counts["deleteCampaignOffers", 200] < 3:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    end = ended(process)
    assert end.status == 130
    assert counted(end.lines) == {
        "deleted": 1_500,
        "kept": 0,
        "unconfirmed": 0,
        "failed": 0,
        "refused": 0,
        "pending": 2_500,
    }
    assert end.err.endswith("yamarket: interrupted; 2,500 products were not sent\n")
    assert "stopping: what is on its way is finished" in end.err
    # Which of the batches that were sent at once came first is not said.
    left = set(sandbox.offer_ids())
    assert list(reported().items()) == [(sku, "pending" if sku in left else "deleted") for sku in skus]


@pytest.mark.parametrize(
    ("number", "as_it_was"),
    [
        (signal.SIGINT, signal.default_int_handler),
        (signal.SIGTERM, signal.SIG_IGN),  # the background jobs of a script ignore Ctrl-C
    ],
)
def test_a_second_ctrl_c_ends_at_once(
    start: Any, ended: Any, serve: Callable[..., Sandbox], number: int, as_it_was: Any
) -> None:
    sandbox = serve(offers=4_000, warehouse=0)
    sandbox.faults.hang = 1.0
    give(sandbox.offer_ids())
    before = signal.signal(signal.SIGINT, as_it_was)
    process = start(sandbox, *DELETE, "--yes", "--report", "report.csv")
    signal.signal(signal.SIGINT, before)
    while sandbox.max_parallel_seen.get(sandbox.campaign_id) != 4:
        time.sleep(0.01)
    process.send_signal(number)
    assert b"stopping" in process.stderr.readline()
    process.send_signal(number)
    end = ended(process)
    assert end.status == 128 + number
    assert counted(end.lines)["failed"] == 2_000
    assert end.err == "yamarket: interrupted; 2,000 products were not sent, 2,000 failed\n"
    assert list(reported().values()).count("failed") == 2_000


@pytest.mark.usefixtures("skus")
def test_the_two_ctrl_c_inside_of_this_process(
    here: Here, serve: Callable[..., Sandbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same as above, where coverage sees it: the signal comes with the first and the second batch."""
    sandbox = serve(offers=4_000, latency=0.1)
    give(sandbox.offer_ids())
    advance = Progress.advance

    def interrupt(*arguments: Any, **settings: Any) -> None:
        advance(*arguments, **settings)
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(Progress, "advance", interrupt)
    ended = here(sandbox, *DELETE, "--yes")
    assert ended.status == 130
    assert counted(ended.lines)["pending"] >= 1_000
    assert "stopping: what is on its way is finished; Ctrl-C again ends at once" in ended.err


def test_an_interruption_that_left_nothing_over_is_none(
    here: Here, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(sandbox.offer_ids()[:10])
    advance = Progress.advance

    def interrupt(*arguments: Any, **settings: Any) -> None:
        advance(*arguments, **settings)
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(Progress, "advance", interrupt)
    assert here(sandbox, *DELETE, "--yes").status == 0


def test_a_column_that_json_lines_have_not_is_named(here: Here) -> None:
    Path("skus.jsonl").write_text('{"sku": "A"}\n', encoding="utf-8")
    asked = ("--offer-ids-from", "skus.jsonl", "--offer-ids-column", "nope", "--dry-run")
    ended = here(None, "delete", "--campaign-id", "1", *asked)
    assert (ended.status, ended.err) == (2, "yamarket: skus.jsonl: holds no SKU in 'nope'\n")

"""`--resume`: whatever ends an export, the next run goes on, and the file has the bytes of an undisturbed one."""

import fcntl
import json
import os
import random
import resource
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from yamarket_async.cli import destinations, parquet, parts
from yamarket_async.sandbox import Sandbox

Here = Callable[..., Any]

CASES = [
    ("campaign-offers", (), "jsonl"),
    ("campaign-offers", (), "csv"),
    ("campaign-offers", (), "parquet"),
    ("campaign-offers", (), "tsv"),
    ("campaign-offers", ("--offer-ids-from", "skus.txt"), "csv"),
    ("hidden-offers", ("--offer-ids-from", "skus.txt"), "jsonl"),
    ("promo-offers", ("--statuses", "NOT_MANUALLY_ADDED"), "parquet"),
    ("offers", ("--query", "а"), "csv"),
]


def left() -> set[str]:
    return {path.name for path in Path().iterdir()} - {"skus.txt"}


@pytest.fixture
def skus(sandbox: Sandbox) -> None:
    Path("skus.txt").write_text("\n".join(sandbox.offer_ids()[:500]), encoding="utf-8")


@pytest.mark.parametrize(("name", "arguments", "ending"), CASES)
@pytest.mark.usefixtures("skus")
def test_a_failed_export_goes_on_to_the_same_bytes(
    name: str, arguments: tuple[str, ...], ending: str, here: Here, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(destinations, "ROW_GROUP", 70)
    command = ("export", name, *arguments, "--page-size", 40)
    assert here(sandbox, *command, "--output", f"whole.{ending}").status == 0
    pages = sandbox.counts["requests"]
    assert pages > 2
    for answered in (1, pages - 1):
        plan_failure_after(sandbox, answered)
        failed = here(sandbox, *command, "--output", f"cut.{ending}")
        assert failed.status == 1
        assert failed.err.endswith(f"cut.{ending}.part; the same command with --resume goes on from there\n")
        assert left() == {f"whole.{ending}", f"cut.{ending}.part", f"cut.{ending}.part.json"}
        before = sandbox.counts["requests"]
        assert here(sandbox, *command, "--output", f"cut.{ending}", "--resume", "--quiet") == (0, b"", "")
        assert sandbox.counts["requests"] - before == pages - answered
        assert left() == {f"whole.{ending}", f"cut.{ending}"}
        assert Path(f"cut.{ending}").read_bytes() == Path(f"whole.{ending}").read_bytes()
        Path(f"cut.{ending}").unlink()


def plan_failure_after(sandbox: Sandbox, requests: int) -> None:
    """Let some requests through, and answer the next one in a way that is not tried again."""
    sandbox.faults.clear()
    sandbox.faults.delay_seconds = 0.0
    sandbox.faults.next("delay", times=requests)
    sandbox.faults.next("redirect")


@pytest.mark.parametrize(("how", "ending"), [(signal.SIGINT, "csv"), (signal.SIGKILL, "parquet")])
def test_an_interrupted_export_goes_on_to_the_same_bytes(
    how: signal.Signals, ending: str, here: Here, start: Any, ended: Any, serve: Callable[..., Sandbox]
) -> None:
    sandbox = serve(offers=1_500)
    here(sandbox, "export", "campaign-offers", "--output", f"whole.{ending}", "--page-size", 20)
    sandbox.latency = 0.05
    command = ("export", "campaign-offers", "--output", f"cut.{ending}", "--page-size", 20, "--resume", "--quiet")
    for awaited in (f"cut.{ending}.part", f"cut.{ending}.part.json"):
        before = sandbox.counts["requests"]
        process = start(sandbox, *command)
        enough = before + random.randint(1, 15)  # of the 75 that are all
        while sandbox.counts["requests"] < enough or not Path(awaited).exists():
            time.sleep(0.01)
        process.send_signal(how)
        end = ended(process)
        assert end.status == (-how if how == signal.SIGKILL else 130)
        assert end.err.count("\n") == (0 if how == signal.SIGKILL else 1)
    sandbox.latency = 0.0
    before = sandbox.counts["requests"]
    assert here(sandbox, *command).status == 0
    assert sandbox.counts["requests"] - before < 75
    assert Path(f"cut.{ending}").read_bytes() == Path(f"whole.{ending}").read_bytes()
    assert left() == {f"whole.{ending}", f"cut.{ending}"}


SMALL_DISK = 150_000


@pytest.fixture
def on_a_small_disk(here: Here) -> Here:
    """Run the command where no file may grow large."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def call(sandbox: Sandbox, *arguments: object) -> Any:
        resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL_DISK, before[1]))
        try:
            return here(sandbox, *arguments)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    return call


@pytest.fixture
def process_on_a_small_disk(process: Any, unmeasured: None) -> Here:
    """The same as a process; coverage, whose own file would not fit, is left out."""

    def call(sandbox: Sandbox, *arguments: object) -> Any:
        def shrink() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL_DISK, SMALL_DISK))

        return process(sandbox, *arguments, preexec_fn=shrink)

    return call


@pytest.mark.parametrize(("run", "ending"), [("on_a_small_disk", "jsonl"), ("process_on_a_small_disk", "parquet")])
def test_a_full_disk_is_told_in_a_line_and_survived(
    run: str, ending: str, here: Here, sandbox: Sandbox, request: pytest.FixtureRequest
) -> None:
    here(sandbox, "export", "campaign-offers", "--output", f"whole.{ending}")
    command = ("export", "campaign-offers", "--output", f"cut.{ending}", "--quiet")
    full = request.getfixturevalue(run)(sandbox, *command)
    assert full.status == 1
    part = Path(f"cut.{ending}.part").resolve()
    assert full.err == (
        f"yamarket: {part}: File too large; 400 items are safe in {part}; "
        "the same command with --resume goes on from there\n"
    )
    assert here(sandbox, *command, "--resume").status == 0
    assert Path(f"cut.{ending}").read_bytes() == Path(f"whole.{ending}").read_bytes()


def test_a_disk_that_takes_nothing_leaves_nothing(
    here: Here, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    ended = here(sandbox, "export", "campaign-offers", "--output", "offers.csv")
    assert (ended.status, ended.out) == (1, b"")
    assert ended.err == f"yamarket: {Path('offers.csv.part').resolve()}: No space left on device\n"
    assert left() == set()


def test_progress_is_saved_as_time_goes_by(here: Here, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "SAVE_EVERY", 0.0)
    saved: list[Any] = []
    save = parts.Part.save

    def watched(part: parts.Part) -> None:
        save(part)
        journal = json.loads(Path("offers.jsonl.part.json").read_bytes())
        saved.append((journal["items"], journal["length"] == Path("offers.jsonl.part").stat().st_size))

    monkeypatch.setattr(parts.Part, "save", watched)
    here(sandbox, "export", "campaign-offers", "--output", "offers.jsonl")
    assert saved == [(200 * page, True) for page in (1, 2, 3, 4, 5, 5)]


def test_another_query_is_refused(here: Here, sandbox: Sandbox) -> None:
    command = ("export", "campaign-offers", "--output", "offers.csv", "--page-size", 40)
    plan_failure_after(sandbox, 2)
    here(sandbox, *command, "--statuses", "PUBLISHED")
    kept = Path("offers.csv.part").read_bytes()
    ended = here(sandbox, *command, "--resume", "--format", "jsonl")
    assert ended.status == 2
    assert "belongs to another query: columns was ['offerId', " in ended.err
    assert "; format was 'csv' and is 'jsonl'; statuses was ['PUBLISHED'] and is None. Ask as before" in ended.err
    assert Path("offers.csv.part").read_bytes() == kept
    assert here(sandbox, *command, "--resume", "--statuses", "PUBLISHED").status == 0


@pytest.mark.usefixtures("skus")
def test_another_file_of_skus_is_another_query(here: Here, sandbox: Sandbox) -> None:
    command = ("export", "campaign-offers", "--output", "offers.csv", "--offer-ids-from", "skus.txt")
    plan_failure_after(sandbox, 1)
    here(sandbox, *command)
    Path("skus.txt").write_text("A", encoding="utf-8")
    assert "offer_ids was " in here(sandbox, *command, "--resume").err


def test_without_resume_the_next_run_begins_anew(here: Here, sandbox: Sandbox) -> None:
    command = ("export", "campaign-offers", "--output", "offers.csv")
    plan_failure_after(sandbox, 2)
    here(sandbox, *command, "--statuses", "PUBLISHED")
    assert here(sandbox, *command).status == 0
    assert Path("offers.csv").read_bytes().count(b"\r\n") == 1_001
    assert left() == {"offers.csv"}


def test_a_run_that_fails_before_the_first_page_keeps_what_there_was(here: Here, sandbox: Sandbox) -> None:
    command = ("export", "campaign-offers", "--output", "offers.csv")
    plan_failure_after(sandbox, 2)
    here(sandbox, *command)
    kept = Path("offers.csv.part").read_bytes()
    sandbox.faults.next("redirect")
    assert here(sandbox, *command).status == 1
    assert Path("offers.csv.part").read_bytes() == kept
    assert here(sandbox, *command, "--resume").status == 0


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda: None, "there is no "),
        (lambda: Path("offers.csv.part.json").write_text("{"), "can't be read"),
        (
            lambda: Path("offers.csv.part.json").write_text('{"query": {}, "length": 5}'),
            "is shorter than its journal says",
        ),
    ],
)
def test_where_nothing_can_be_resumed_the_run_says_so_and_begins_anew(
    spoil: Callable[[], None], told: str, here: Here, sandbox: Sandbox
) -> None:
    spoil()
    ended = here(sandbox, "export", "campaign-offers", "--output", "offers.csv", "--resume")
    assert ended.status == 0
    assert ended.err.startswith("nothing to resume, so from the beginning: ")
    assert told in ended.err
    assert left() == {"offers.csv"}


def test_what_was_complete_is_only_moved(here: Here, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(_part: parts.Part, _made: Path | None = None) -> None:
        raise OSError(5, "Input/output error")

    command = ("export", "campaign-offers", "--output", "offers.parquet")
    with monkeypatch.context() as patched:
        patched.setattr(parts.Part, "publish", crash)
        assert here(sandbox, *command).status == 1
    before = sandbox.counts["requests"]
    assert here(sandbox, *command, "--resume").err.startswith(
        "1,000 campaign offers, 5 pages; 0 of them in this run, in "
    )
    assert sandbox.counts["requests"] == before
    assert left() == {"offers.parquet"}


def test_a_disk_that_is_full_at_the_end_costs_the_end_only(
    here: Here, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_parquet: parquet.Parquet) -> None:
        raise OSError(28, "No space left on device")

    command = ("export", "campaign-offers", "--output", "offers.parquet")
    with monkeypatch.context() as patched:
        patched.setattr(parquet.Parquet, "close", full)
        ended = here(sandbox, *command)
    assert ended.status == 1
    assert ended.err.startswith(
        f"yamarket: {Path('offers.parquet.part.parquet').resolve()}: No space left on device; 1,000"
    )
    assert left() == {"offers.parquet.part", "offers.parquet.part.json"}
    assert here(sandbox, *command, "--resume").status == 0
    assert sandbox.counts["requests"] == 5


def test_a_file_system_without_locks_will_do(here: Here, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_file: Any, _operation: int) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", unknown)
    assert here(sandbox, "export", "campaign-offers", "--output", "offers.csv").status == 0


def test_two_runs_do_not_write_one_file(here: Here, sandbox: Sandbox) -> None:
    with Path("offers.csv.part").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        ended = here(sandbox, "export", "campaign-offers", "--output", "offers.csv")
    assert (ended.status, ended.err) == (
        1,
        f"yamarket: {Path('offers.csv.part').resolve()}: another run is writing it\n",
    )


def test_a_file_that_was_just_moved_to_its_place_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def finish(_file: Any, _operation: int) -> None:
        (tmp_path / "offers.csv.part").rename(tmp_path / "offers.csv")

    monkeypatch.setattr(fcntl, "flock", finish)
    with pytest.raises(Exception, match="another run is writing it"):
        parts.Part(tmp_path / "offers.csv", {})


def test_a_page_that_the_market_has_forgotten_is_hinted_at(here: Here, sandbox: Sandbox) -> None:
    command = ("export", "campaign-offers", "--output", "offers.csv")
    plan_failure_after(sandbox, 2)
    here(sandbox, *command)
    journal = Path("offers.csv.part.json")
    journal.write_text(journal.read_text().replace('"page_token": "', '"page_token": "x'))
    ended = here(sandbox, *command, "--resume")
    assert ended.status == 1
    assert "HTTP 400" in ended.err
    assert ended.err.endswith(
        "if the Market no longer knows the page at which --resume went on, begin anew without it\n"
    )


def test_a_folder_that_is_not_there_is_told(here: Here, sandbox: Sandbox) -> None:
    ended = here(sandbox, "export", "campaign-offers", "--output", "nowhere/offers.csv")
    assert (ended.status, ended.err) == (
        2,
        "yamarket: --output nowhere/offers.csv: there is no such folder; make it first\n",
    )

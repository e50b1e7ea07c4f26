"""The promise of the limits, by the model that `benchmarks/limits.py` measures with."""

import asyncio
import json

import pytest

from yamarket_async.limits import Limit


@pytest.mark.parametrize(
    ("items", "ideal", "leaky", "safe"),
    [(10_000, 5, (5, 0), 60), (20_000, 45, (61, 1), 123), (100_000, 525, (551, 9), 629)],
)
def test_a_store_is_walked_in_the_ideal_time(benchmark, items, ideal, leaky, safe):
    [row] = benchmark.compare([items])
    assert row["ideal"].seconds == pytest.approx(ideal, abs=0.5)
    assert row["yamarket-async"].seconds == pytest.approx(row["ideal"].seconds, rel=0.01)
    assert row["yamarket-async"].refusals == 0
    assert (round(row["AsyncLimiter(10000, 60)"].seconds), row["AsyncLimiter(10000, 60)"].refusals) == leaky
    assert round(row["AsyncLimiter(500, 3.16)"].seconds) == safe


CALLERS = (1, 4, 8)


def with_callers(ones, others):
    """Give each of some values with each of three others, and each of both with each number of callers."""
    pairs = ((i + j, one, other) for i, one in enumerate(ones) for j, other in enumerate(others))
    return [(one, other, CALLERS[turn % len(CALLERS)]) for turn, one, other in pairs]


@pytest.mark.parametrize(("latency", "started", "callers"), with_callers((0.02, 0.3, 2.0), (0.0, 33.3, 59.9)))
@pytest.mark.parametrize("items", [2_000, 10_000, 150_000])
def test_one_percent_or_a_round_trip_for_each_window_and_no_refusal(benchmark, items, callers, latency, started):
    job = benchmark.Job(items, callers, latency, started, spread=0.1)
    ideal, turns = benchmark.walk_ideally(job)
    took = benchmark.run("yamarket-async", job)
    assert took.refusals == 0
    assert took.seconds <= ideal + max(0.01 * ideal, turns * latency)


@pytest.mark.parametrize("callers", [1, 4])
@pytest.mark.parametrize("started", [0.1, 1.5, 2.7])
def test_short_windows_that_are_used_up_in_an_instant_are_kept_too(benchmark, callers, started):
    limit = Limit(2_000, 3.0, "response_items")
    job = benchmark.Job(17_000, callers, 0.004, started, 0.3, limit=limit)
    took = benchmark.run("yamarket-async", job)
    assert took.refusals == 0
    assert took.seconds <= 1.05 * benchmark.walk_ideally(job)[0]


@pytest.mark.parametrize("latency", [0.02, 0.3])
def test_two_clients_that_do_not_know_of_each_other_finish_their_jobs(benchmark, latency):
    job = benchmark.Job(60_000, 4, latency, spread=0.1)
    market = benchmark.Market(job)

    async def both():
        await asyncio.gather(*(benchmark.walk_with_ours(job, market) for _ in range(2)))

    together = benchmark.Job(120_000, 4, latency)
    assert benchmark.run_virtually(both()) <= 1.02 * benchmark.walk_ideally(together)[0] + 1
    assert 0 < market.refusals < 12 * 8


@pytest.mark.parametrize("callers", [1, 4])
@pytest.mark.parametrize("latency", [0.02, 0.1, 1.0])
@pytest.mark.parametrize("items", [10_000, 50_000, 150_000])
def test_where_requests_are_counted_instead_of_items_nothing_is_lost(benchmark, items, latency, callers):
    job = benchmark.Job(items, callers, latency, page=500, spread=0.1, counted=benchmark.REQUESTS_FOR_ITEMS)
    ideal, turns = benchmark.walk_ideally(job)
    took = benchmark.run("yamarket-async", job)
    assert took.refusals == 0
    assert took.seconds <= ideal + max(0.01 * ideal, (turns + 1) * latency * (1 + job.spread))


@pytest.mark.parametrize(("ahead", "latency", "callers"), with_callers((0.1, 0.2, 0.5, 1.0, 2.0), (0.02, 0.1, 1.0)))
def test_a_date_that_runs_ahead_of_the_windows_costs_refusals_at_one_turn_only(benchmark, ahead, latency, callers):
    job = benchmark.Job(60_000, callers, latency, spread=0.1, ahead=ahead)
    market = benchmark.Market(job)
    refused_at = []

    def answer(items, local_now):
        outcome = benchmark.Market.answer(market, items, local_now)
        if outcome.kind == "exhausted":
            refused_at.append(local_now + job.started)
        return outcome

    market.answer = answer
    took = benchmark.run_virtually(benchmark.walk_with_ours(job, market))
    ideal, turns = benchmark.walk_ideally(job)
    assert took <= ideal + max(0.01 * ideal, turns * latency)
    assert len(refused_at) <= min(callers, 4) + 3
    assert len({round(moment / 60) for moment in refused_at}) <= 1


def test_its_figures_can_be_kept(benchmark, tmp_path, monkeypatch, capsys):
    for name, value in {
        "TABLE": (2_000, 20_000),
        "GRID_ITEMS": (2_000, 20_000),
        "GRID_CALLERS": (2,),
        "GRID_LATENCIES": (0.02,),
        "GRID_STARTS": (52.5,),
        "LONG_WALK": 30_000,
        "CALLS": 100,
    }.items():
        monkeypatch.setattr(benchmark, name, value)
    benchmark.main(["--json", str(tmp_path / "figures.json")])
    figures = json.loads((tmp_path / "figures.json").read_text())
    assert [row["items"] for row in figures["table"]] == [2_000, 20_000]
    assert len(figures["grid"]) == 4
    printed = capsys.readouterr().out
    assert "| 20,000 | 45 s | 61 s and 1 × 420 | 123 s | 45 s |" in printed
    assert "420s: 0" in printed

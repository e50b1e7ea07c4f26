"""How batches follow each other, on virtual time: the lanes, the caller's own pace, the states."""

import asyncio
from typing import Any, cast

import pytest

from yamarket_async.bulk.batch import Batch
from yamarket_async.bulk.report import BulkReport
from yamarket_async.bulk.running import Run
from yamarket_async.session import Progress

pytestmark = pytest.mark.looptime(resolution=1e-9)


class Numbers:
    """A source of batches of one thing each."""

    def __init__(self, count: int) -> None:
        self.stopping = False
        self.left = list(range(count))

    async def check(self) -> None:
        return None

    async def next(self) -> Batch | None:
        if self.stopping or not self.left:
            return None
        number = self.left.pop(0)
        return Batch((number,), (number,), b"", ())

    def unsent(self, before: list[Any]) -> list[Any]:
        return before + self.left


class Slow:
    """Sends a batch in so many seconds."""

    def __init__(self, seconds: list[float]) -> None:
        self.seconds = seconds
        self.states: list[list[str]] = []
        self.batches: list[Batch] = []

    async def send(self, batch: Batch) -> None:
        self.batches.append(batch)
        assert batch.state == "read"
        batch.progress = Progress()
        assert batch.state == "queued"
        batch.progress.on_the_wire = True
        assert batch.state == "sent"
        await asyncio.sleep(self.seconds[batch.things[0] % len(self.seconds)])
        batch.progress.on_the_wire = False
        batch.accept(range(1))
        batch.report = batch.settle(BulkReport)


class Spawning:
    def spawn(self, work: Any, *arguments: Any) -> Any:
        return asyncio.ensure_future(work(*arguments))


def run_of(count: int, sender: Slow, *, lanes: int, is_told: bool) -> Run:
    return Run(
        cast("Any", Spawning()),
        cast("Any", Numbers(count)),
        cast("Any", sender),
        BulkReport,
        lanes=lanes,
        is_told=is_told,
    )


async def consume(run: Run, body: float = 0.0) -> list[int]:
    told: list[int] = []
    await run.begin()
    while (report := await run.next()) is not None:
        told += report.accepted
        if body:
            await asyncio.sleep(body)
    await run.end()
    return told


async def test_a_slow_consumer_leaves_no_lane_idle() -> None:
    began = asyncio.get_running_loop().time()
    assert await consume(run_of(16, Slow([0.3]), lanes=4, is_told=True), body=0.1) == list(range(16))
    assert asyncio.get_running_loop().time() - began == pytest.approx(0.3 + 16 * 0.1, rel=0.01)


@pytest.mark.parametrize("is_told", [True, False])
async def test_a_quick_consumer_gets_what_the_lanes_can_do(is_told: bool) -> None:
    began = asyncio.get_running_loop().time()
    await consume(run_of(16, Slow([0.3]), lanes=4, is_told=is_told))
    assert asyncio.get_running_loop().time() - began == pytest.approx(4 * 0.3, rel=0.01)


async def test_a_batch_that_is_slow_holds_no_lane_up_where_nobody_is_told_meanwhile() -> None:
    began = asyncio.get_running_loop().time()
    seconds = [10.0] + [1.0] * 30
    assert await consume(run_of(31, Slow(seconds), lanes=4, is_told=False)) == list(range(31))
    assert asyncio.get_running_loop().time() - began == pytest.approx(10, rel=0.01)


async def test_no_more_batches_than_lanes_are_ahead_of_the_caller() -> None:
    sender = Slow([0.3])
    run = run_of(100, sender, lanes=4, is_told=True)
    await run.begin()
    for told in range(5):
        await asyncio.sleep(10)
        assert len(sender.batches) == told + 4
        await run.next()
    await run.end()
    assert [batch.state for batch in sender.batches[:6]] == ["told"] * 5 + ["answered"]

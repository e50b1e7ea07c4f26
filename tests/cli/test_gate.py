"""The gate that ends a bulk call in good order."""

import asyncio
from typing import Any, cast

import pytest

from yamarket_async.cli.stopping import Gate, Stopped
from yamarket_async.limits import TOKEN, Demand, Entity, Lease, LimitState, Outcome

DEMAND = Demand("deleteCampaignOffers", Entity("campaign", 5), None, 500, 4)


class Turnstile:
    """A limiter that grants when it is told to."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.released: list[Outcome] = []
        self.bound: list[tuple[Entity, int]] = []
        self.closed = False

    async def acquire(self, demand: Demand, **_options: Any) -> Lease:
        assert demand is DEMAND
        await self.open.wait()
        return cast("Lease", object())

    def release(self, _lease: Lease, outcome: Outcome) -> None:
        self.released.append(outcome)

    def bind_token(self, business_id: int, *, token: Entity = TOKEN) -> None:
        self.bound.append((token, business_id))

    def states(self) -> list[LimitState]:
        return []

    async def aclose(self) -> None:
        self.closed = True


def opened() -> tuple[Turnstile, Gate]:
    turnstile = Turnstile()
    turnstile.open.set()
    return turnstile, Gate(turnstile)


def begun(gate: Gate) -> int:
    return sum(part.stop - part.start for part in gate.begun())


async def test_whose_slots_a_token_takes_is_passed_on() -> None:
    turnstile, gate = opened()
    gate.bind_token(5)
    gate.bind_token(6, token=Entity("token", 7))
    assert turnstile.bound == [(TOKEN, 5), (Entity("token", 7), 6)]


async def test_it_tells_which_requests_were_begun_and_not_only_how_many() -> None:
    _, gate = opened()

    async def request(kind: Any) -> None:
        gate.release(await gate.acquire(DEMAND), Outcome(kind))

    for kind in ("answered", "parallel", "lost"):
        await asyncio.create_task(request(kind))
    assert gate.begun() == [slice(0, 500), slice(1_000, 1_500)]


@pytest.mark.parametrize(
    ("kind", "counts"),
    [("answered", 500), ("failed", 500), ("lost", 500), ("unsent", 0), ("exhausted", 0), ("parallel", 0)],
)
async def test_what_was_not_refused_counts_as_begun(kind: Any, counts: int) -> None:
    turnstile, gate = opened()
    lease = await gate.acquire(DEMAND)
    assert begun(gate) == 500
    gate.release(lease, Outcome(kind))
    assert begun(gate) == counts
    assert turnstile.released == [Outcome(kind)]


async def test_a_repeat_counts_once() -> None:
    _, gate = opened()
    for kind in ("exhausted", "lost", "exhausted", "answered"):
        gate.release(await gate.acquire(DEMAND), Outcome(cast("Any", kind)))
    assert begun(gate) == 500


async def test_a_shut_gate_lets_nothing_new_through() -> None:
    _, gate = opened()
    gate.shut()
    with pytest.raises(Stopped):
        await gate.acquire(DEMAND)
    assert begun(gate) == 0


async def test_a_shut_gate_stops_those_that_wait() -> None:
    gate = Gate(Turnstile())
    waiting = asyncio.create_task(gate.acquire(DEMAND))
    await asyncio.sleep(0)
    gate.shut()
    with pytest.raises(Stopped):
        await waiting


async def test_a_shut_gate_lets_what_was_begun_be_finished() -> None:
    turnstile, gate = opened()

    async def request() -> None:
        gate.release(await gate.acquire(DEMAND), Outcome("failed"))
        turnstile.open.clear()
        gate.release(await gate.acquire(DEMAND), Outcome("answered"))

    task = asyncio.create_task(request())
    await asyncio.sleep(0.01)
    gate.shut()
    turnstile.open.set()
    await task
    assert [outcome.kind for outcome in turnstile.released] == ["failed", "answered"]


async def test_a_cancelled_request_is_cancelled() -> None:
    gate = Gate(Turnstile())
    waiting = asyncio.create_task(gate.acquire(DEMAND))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_it_tells_and_closes_what_stands_behind_it() -> None:
    turnstile, gate = opened()
    assert gate.states() == []
    await gate.aclose()
    assert turnstile.closed

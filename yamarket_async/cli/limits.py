"""`yamarket limits`: what the Market says about each method's limit right now."""

import asyncio
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from datetime import datetime
from typing import Any, NamedTuple

import click

from yamarket_async.arguments import signature_of
from yamarket_async.cli import tables
from yamarket_async.cli.connecting import Connection, connected, id_option, redis_limits
from yamarket_async.cli.exports import Export
from yamarket_async.cli.lookup import find, lists
from yamarket_async.cli.options import option_name
from yamarket_async.cli.running import DONE, PARTLY_DONE, is_terminal, say, wait_for
from yamarket_async.cli.stopping import Gate, Stopped
from yamarket_async.client import MarketClient
from yamarket_async.endpoints import Endpoint
from yamarket_async.errors import BadRequest, InvalidRequest, MarketError, QuotaExceeded
from yamarket_async.limits import Demand, Lease, Limiter, LimitState, Wait
from yamarket_async.limits.local import LocalLimiter

COLUMNS = ("method", "whose", "limit", "left", "renews", "note")


class Probe(NamedTuple):
    """The cheapest request that tells of a limit.

    Attributes:
        endpoint: the method.
        arguments: what it is called with; None where there is no such request.
        note: why there is none.
    """

    endpoint: Endpoint
    arguments: Mapping[str, Any] | None
    note: str = ""


class OneRequestEach(Gate):
    """A limiter that lets one request of each method through: a pager sends for the second page with the first."""

    def __init__(self, limiter: Limiter) -> None:
        super().__init__(limiter)
        self._askers = dict[str, asyncio.Task[object] | None]()

    async def acquire(
        self, demand: Demand, *, max_wait: float | None = None, on_wait: Callable[[Wait], None] | None = None
    ) -> Lease:
        """Wait until the request may be sent, as `Limiter.acquire` says.

        Raises:
            Stopped: it is the second one; a repeat of the first is none.
        """
        task = asyncio.current_task()
        if self._askers.setdefault(demand.endpoint, task) is not task:
            raise Stopped
        return await super().acquire(demand, max_wait=max_wait, on_wait=on_wait)


IDS: list[click.Parameter] = [
    id_option("campaign-id", "The store, as `yamarket campaigns` lists it.", required=False, type=click.IntRange(1)),
    id_option("business-id", "The cabinet, as `yamarket campaigns` lists it.", required=False, type=click.IntRange(1)),
    id_option("promo-id", "The promotion.", required=False),
]


@click.command(params=IDS)
@click.argument("methods", nargs=-1)
@connected
def limits(connection: Connection, *, methods: Sequence[str], **ids: Any) -> int:
    """Show what the Market says about the limits right now.

    METHODS are those to ask for, as getCampaignOffers or campaign-offers; all lists that the given ids are enough for
    where none is named. Each is asked for one item, which costs a request or an item of its limit. With --redis, and
    without asking anybody, it shows the limits that the processes which share this Redis keep there.

    \b
    Examples:
      yamarket limits --campaign-id 21000000
      yamarket limits getPromoOffers --business-id 700000 --promo-id cf_100000
      yamarket limits --redis redis://localhost
    """
    if connection.redis:
        states = wait_for(redis_limits().describe(connection.redis))
        now = time.time()
        tables.show(COLUMNS[:-1], [_cells(state, now) for state in states], title="Limits kept in Redis")
        return DONE
    probes = _probes(methods, {name: value for name, value in ids.items() if value is not None})
    # A limit that is used up is told at once, and not waited for.
    limiter = LocalLimiter()
    client = connection._replace(max_wait=0).client(limiter=OneRequestEach(limiter))
    states_of, errors = wait_for(_ask(client, probes, are_named=bool(methods)))
    now = limiter.server_now()
    if errors and not states_of:
        raise next(iter(errors.values()))
    told = [probe for probe in probes if methods or {probe.endpoint.name} & (states_of.keys() | errors.keys())]
    tables.show(COLUMNS, [_row(probe, states_of, errors, now) for probe in told], title="Limits")
    for error in errors.values():
        say(str(error), color="red")
    return PARTLY_DONE if errors else DONE


def _probes(methods: Sequence[str], ids: Mapping[str, Any]) -> list[Probe]:
    """Choose what to ask: what is named, or all that the ids are enough for."""
    if methods:
        return [_probe(lists().get(name) or find(name), ids) for name in methods]
    probes = [_probe(endpoint, ids) for endpoint in lists().values()]
    return [probe for probe in probes if probe.arguments is not None]


def _probe(endpoint: Endpoint, ids: Mapping[str, Any]) -> Probe:
    if endpoint.access != "read":
        return Probe(endpoint, None, "writes; only its own answers tell")
    if endpoint.pages is None or endpoint.pages.by == "once":
        return Probe(endpoint, None, "no list in pages; only its own answers tell")
    required = [slot.argument for slot in signature_of(endpoint).slots if slot.required]
    lacking = [name for name in required if name not in ids]
    if lacking:
        return Probe(endpoint, None, f"needs {' and '.join(map(option_name, lacking))}")
    return Probe(endpoint, {**{name: ids[name] for name in required}, "page_size": 1})


async def _ask(
    client: MarketClient, probes: Sequence[Probe], *, are_named: bool
) -> tuple[dict[str, LimitState], dict[str, MarketError]]:
    errors: dict[str, MarketError] = {}

    async def ask(probe: Probe, market: MarketClient) -> None:
        try:
            pager = Export(probe.endpoint).pager(market, probe.arguments or {})
            async with aclosing(pager.pages()) as pages:
                await anext(pages, None)
        except (QuotaExceeded, InvalidRequest):
            pass  # it is used up, as the answer before has told; or it needs what this command doesn't ask for
        except MarketError as error:
            if isinstance(error, BadRequest) and not are_named:
                return  # it is for stores of another model, and nobody has asked for it
            errors[probe.endpoint.name] = error

    async with client as market:
        await asyncio.gather(*(ask(probe, market) for probe in probes if probe.arguments is not None))
        return {state.endpoint: state for state in market.limits() if state.renews_at is not None}, errors


def _row(
    probe: Probe, states: Mapping[str, LimitState], errors: Mapping[str, MarketError], now: float
) -> tuple[object, ...]:
    name = probe.endpoint.name
    told = _cells(states[name], now) if name in states else (name, None, None, None, None)
    note = "failed, see below" if name in errors else probe.note
    return (*told, note or ("" if name in states else "the answer told nothing"))


def _cells(state: LimitState, now: float) -> tuple[object, ...]:
    return (
        state.endpoint,
        str(state.entity),
        state.amount,
        state.remaining,
        state.renews_at and _moment(state.renews_at, now),
    )


def _moment(renews_at: datetime, now: float) -> str:
    if not is_terminal(sys.stdout):
        return renews_at.isoformat()
    return f"in {max(renews_at.timestamp() - now, 0):.0f} s"

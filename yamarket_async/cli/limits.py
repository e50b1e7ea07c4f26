"""`yamarket limits`: what the Market says about each method's limit right now."""

import asyncio
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any, NamedTuple

import click

from yamarket_async.cli import tables
from yamarket_async.cli.connecting import Connection, connected, redis_limits
from yamarket_async.cli.exports import BUSINESS, CAMPAIGN, EXPORTS, PROMO, optional
from yamarket_async.cli.running import DONE, PARTLY_DONE, is_terminal, say, wait_for
from yamarket_async.cli.stopping import Gate, Stopped
from yamarket_async.client import MarketClient
from yamarket_async.endpoints import DELETE_CAMPAIGN_OFFERS, GET_CAMPAIGNS, Endpoint
from yamarket_async.errors import MarketError, QuotaExceeded
from yamarket_async.limits import Demand, Lease, Limiter, LimitState, Wait
from yamarket_async.paging import Pager

COLUMNS = ("method", "whose", "limit", "left", "renews", "note")


class Probe(NamedTuple):
    """The cheapest request that tells of a limit.

    Attributes:
        endpoint: the method.
        pager: what begins with it; None where there is no such request.
        note: why there is none.
    """

    endpoint: Endpoint[Any]
    pager: Pager[Any] | None
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


@click.command(params=[optional(CAMPAIGN), optional(BUSINESS), optional(PROMO)])
@connected
def limits(connection: Connection, **ids: Any) -> int:
    """Show what the Market says about the limit of each method right now.

    It asks with one request for each method, for a page of one item, and so costs one request or item of each limit.
    A method whose ids are not given is not asked. With --redis nothing is asked of the Market: it shows the limits
    that the processes which share this Redis keep there.

    \b
    Examples:
      yamarket limits --campaign-id 21000000
      yamarket limits --campaign-id 21000000 --business-id 700000 --promo-id cf_100000
      yamarket limits --redis redis://localhost
    """
    if connection.redis:
        states = wait_for(redis_limits().describe(connection.redis))
        tables.show(COLUMNS[:-1], [_cells(state) for state in states], title="Limits kept in Redis")
        return DONE
    # A limit that is used up is told at once, and not waited for.
    client = connection._replace(max_wait=0).client(limiter=OneRequestEach(connection.limiter()))
    probes = _probes(client, {name: value for name, value in ids.items() if value is not None})
    states_of, errors = wait_for(_ask(client, probes))
    if errors and not states_of:
        raise next(iter(errors.values()))
    tables.show(COLUMNS, [_row(probe, states_of, errors) for probe in probes], title="Limits")
    for error in errors.values():
        say(str(error), color="red")
    return PARTLY_DONE if errors else DONE


def _probes(client: MarketClient, ids: Mapping[str, Any]) -> list[Probe]:
    probes = [Probe(GET_CAMPAIGNS, client.get_campaigns(page_size=1))]
    for export in EXPORTS:
        names = [str(option.name) for option in export.owner]
        missing = [name for name in names if name not in ids]
        if missing:
            options = " and ".join(f"--{name.replace('_', '-')}" for name in missing)
            probes.append(Probe(export.endpoint, None, f"needs {options}"))
        else:
            arguments = {name: ids[name] for name in names}
            probes.append(Probe(export.endpoint, export.pager(client, {**arguments, "page_size": 1})))
    return [*probes, Probe(DELETE_CAMPAIGN_OFFERS, None, "only a delete tells")]


async def _ask(client: MarketClient, probes: Sequence[Probe]) -> tuple[dict[str, LimitState], dict[str, MarketError]]:
    errors: dict[str, MarketError] = {}

    async def ask(name: str, pager: Pager[Any]) -> None:
        try:
            async with aclosing(pager.pages()) as pages:
                await anext(pages, None)
        except QuotaExceeded:
            pass  # it is used up, as the answer before has told
        except MarketError as error:
            errors[name] = error

    async with client as market:
        await asyncio.gather(*(ask(probe.endpoint.name, probe.pager) for probe in probes if probe.pager))
        return {state.endpoint: state for state in market.limits() if state.renews_at is not None}, errors


def _row(probe: Probe, states: Mapping[str, LimitState], errors: Mapping[str, MarketError]) -> tuple[object, ...]:
    name = probe.endpoint.name
    told = _cells(states[name]) if name in states else (name, None, None, None, None)
    note = "failed, see below" if name in errors else probe.note
    return (*told, note)


def _cells(state: LimitState) -> tuple[object, ...]:
    return (
        state.endpoint,
        str(state.entity),
        state.amount,
        state.remaining,
        state.renews_at and _moment(state.renews_at),
    )


def _moment(renews_at: datetime) -> str:
    if not is_terminal(sys.stdout):
        return renews_at.isoformat()
    left = (renews_at - datetime.now(UTC)).total_seconds()
    return f"in {max(left, 0):.0f} s"

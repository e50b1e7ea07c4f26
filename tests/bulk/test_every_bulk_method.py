"""Every bulk method on the sandbox: any number of things, from anywhere, through every fault; each accounted for."""

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from functools import cache
from typing import Any

import pytest

from tests.table.making import arguments
from yamarket_async import Limit, MarketClient, Retry
from yamarket_async.bulk.report import BulkReport
from yamarket_async.endpoints import Endpoint, snake
from yamarket_async.errors import BatchError
from yamarket_async.families import endpoints
from yamarket_async.sandbox import Sandbox
from yamarket_async.sandbox.faults import Faults
from yamarket_async.sandbox.parts.stocks import Stocks

BULK = [endpoint for endpoint in endpoints().values() if endpoint.things]
PLENTY = {endpoint.name: 10**9 for endpoint in BULK}
MODELS = ("FBS", "FBY", "DBS", "EXPRESS", "LAAS")
STORES = {"updateStocksOnPartnerWarehouses": "FBS", "updateOutletLicenses": "DBS", "deleteOutletLicenses": "DBS"}
"""The model of the store that a method is tried with; FBS where it isn't said."""

OF_WHAT_IS_THERE = {
    "updateOfferContent",  # wants the parameters of each category: test_cards_on_the_sandbox.py
    "updateDocuments",
    "skipGoodsFeedbacksReaction",
    "updateOrderStatuses",
    "updateOutletLicenses",
    "transferOrdersFromShipment",
    "updatePromoOffers",
    "deletePromoOffers",
}
"""Methods that refuse what is made up here, since it must be there already: that is accounted for too."""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(offers=3_000, orders=0, campaigns=MODELS, warehouse=0, limits=PLENTY, record=0) as running:
        yield running


@pytest.fixture(autouse=True)
def as_at_first(sandbox: Sandbox) -> Iterator[None]:
    yield
    sandbox.faults.clear()
    sandbox.reset()


@cache
def least(name: str) -> dict[str, Any]:
    """Make the arguments that a method can't do without; nobody changes them."""
    return arguments(endpoints()[name], full=False)


def client(sandbox: Sandbox, **options: Any) -> MarketClient:
    limits = {name: Limit(amount) for name, amount in PLENTY.items()}
    settings = {"retry": Retry(4, 0), "limits": limits, "timeout": 20.0, **options}
    return MarketClient(sandbox.api_key, base_url=sandbox.url, **settings)


def ids_of(sandbox: Sandbox, count: int) -> list[str]:
    """SKUs of the store's, none of them archived, and behind them as many more as are asked for."""
    known = sandbox.offer_ids(statuses=["PUBLISHED"])[:count]
    return known + [f"NEW-{number}" for number in range(count - len(known))]


def things(endpoint: Endpoint, sandbox: Sandbox, count: int) -> list[Any]:
    """Make different things for a method: of the least that one holds, each under an id of its own."""
    assert endpoint.things is not None
    argument = snake(endpoint.things.name)
    first = least(endpoint.name).get(argument, ["a"])[0]
    skus = ids_of(sandbox, count)
    if not endpoint.things.key:
        return skus if isinstance(first, str) else list(range(1, count + 1))
    made = []
    *path, last = map(camel, endpoint.things.key[0].split("."))
    for number, sku in enumerate(skus):
        thing = holder = dict(first)
        for name in path:
            holder[name] = holder = dict(holder[name])
        is_sku = isinstance(holder.get(last), str) and last != "number"
        holder[last] = sku if is_sku else str(number + 1) if last == "number" else number + 1
        if endpoint.name == "updateOutletLicenses":
            thing["number"] = str(number)
            thing.pop("id", None)
        if endpoint.name == "updateStocksOnPartnerWarehouses":
            thing["partnerWarehouseId"] = sandbox.world.part(Stocks).by_store[sandbox.campaign_id].id
        made.append(thing)
    return made


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def from_(source: str, made: list[Any]) -> Any:
    async def one_by_one() -> AsyncIterator[Any]:
        for thing in made:
            yield thing

    return {"list": made, "iterator": iter(made), "async iterator": one_by_one()}[source]


def call(market: MarketClient, sandbox: Sandbox, endpoint: Endpoint, given: Any, **options: Any) -> Any:
    assert endpoint.things is not None
    others = least(endpoint.name) | {snake(endpoint.things.name): given}
    if "campaign_id" in others:
        model = STORES.get(endpoint.name, "FBS")
        others["campaign_id"] = sandbox.campaign_ids[MODELS.index(model)]
    if "business_id" in others:
        others["business_id"] = sandbox.business_id
    if "promo_id" in others:
        others["promo_id"] = sandbox.promo_id
    return getattr(market, snake(endpoint.name))(**others | options)


def account(reports: Iterable[BulkReport], left: Iterable[Any] = ()) -> Counter[str]:
    """Count how often each thing stands in an account."""
    told = Counter(repr(thing) for thing in left)
    for report in reports:
        told.update(repr(thing) for thing in (*report.accepted, *report.unconfirmed))
        told.update(repr(rejected.item) for rejected in report.rejected)
    return told


async def run(market: MarketClient, sandbox: Sandbox, endpoint: Endpoint, given: Any, **options: Any) -> Counter[str]:
    """Call a method, and account for its things however it ends."""
    made = call(market, sandbox, endpoint, given, **options)
    try:
        return account([await made])
    except BatchError as error:
        return account(error.done, [*error.failed, *error.pending])


NUMBERS = {"none": None, "one": -1, "bound": 0, "bound + 1": 1}
"""How many more things than one request may hold; "none" and "one" are not counted from there."""

SOURCES = ("list", "iterator", "async iterator")


def combinations() -> Iterator[Any]:
    """Give each method each number of things once, from the sources in turn, so that each number has each of them."""
    for turn, endpoint in enumerate(BULK):
        for at, (name, more) in enumerate(NUMBERS.items()):
            source = SOURCES[(turn + at) % len(SOURCES)]
            yield pytest.param(endpoint, more, source, id=f"{endpoint.name}-{name}, {source}")


@pytest.mark.parametrize(("endpoint", "more", "source"), list(combinations()))
async def test_any_number_of_things_from_anywhere_is_accounted_for(
    sandbox: Sandbox, endpoint: Endpoint, more: int | None, source: str
) -> None:
    assert endpoint.things is not None
    count = 0 if more is None else 1 if more < 0 else endpoint.things.at_once + more
    made = things(endpoint, sandbox, count)
    before = sandbox.counts[endpoint.name]
    async with client(sandbox) as market:
        if endpoint.name == "deleteOffersFromArchive" and made:
            assert (await market.add_offers_to_archive(sandbox.business_id, made)).accepted == made
        if endpoint.name in OF_WHAT_IS_THERE:
            told = await run(market, sandbox, endpoint, from_(source, made), isolate=False)
        else:
            report = await call(market, sandbox, endpoint, from_(source, made), isolate=False)
            assert report.accepted == made
            told = account([report])
    assert told == Counter(map(repr, made))
    assert sandbox.counts[endpoint.name] - before <= -(-count // endpoint.things.at_once)
    assert (sandbox.counts[endpoint.name] > before) is (count > 0)


FAULTY = ["deleteCampaignOffers", "updateBusinessPrices", "generateOfferBarcodes"]
"""A method of each kind: a repeat is refused, changes nothing, would do it twice."""


@pytest.mark.parametrize("fault", Faults.NAMES)
@pytest.mark.parametrize("name", FAULTY)
async def test_a_fault_loses_nothing_and_tells_the_truth(sandbox: Sandbox, name: str, fault: str) -> None:
    endpoint = endpoints()[name]
    assert endpoint.things is not None
    made = things(endpoint, sandbox, endpoint.things.at_once * 2)
    before, requests = set(sandbox.offer_ids()), sandbox.counts[name]
    sandbox.faults.slow_bytes_seconds = sandbox.faults.delay_seconds = 0.05
    sandbox.faults.huge_bytes = 2_000_000
    sandbox.faults.next(fault, endpoint=name)
    once = {"skip_if_exists": False} if name == "generateOfferBarcodes" else {}
    # Only what hangs is ended by it: another attempt because a machine is busy would be counted below.
    async with client(sandbox, timeout=1.0 if fault == "hang" else 20.0) as market:
        made_call = call(market, sandbox, endpoint, from_("iterator", made), **once)
        try:
            reports, left = [await made_call], []
        except BatchError as error:
            reports, left = list(error.done), [*error.failed, *error.pending]
    assert account(reports, left) == Counter(map(repr, made))
    if name == "deleteCampaignOffers":
        gone = before - set(sandbox.offer_ids())
        accepted = {sku for report in reports for sku in report.accepted}
        unsure = {sku for report in reports for sku in report.unconfirmed} | set(left)
        assert accepted <= gone <= accepted | unsure
    assert not any(report.rejected for report in reports)
    if fault in {"lost_answer", "cut_answer"}:
        unconfirmed = 0 if name == "updateBusinessPrices" else endpoint.things.at_once
        assert [len(report.unconfirmed) for report in reports] == [unconfirmed]
        assert sandbox.counts[name] - requests == (2 if name == "generateOfferBarcodes" else 3)


@pytest.mark.parametrize(
    ("name", "count"), [("addHiddenOffers", 100_000), ("deleteHiddenOffers", 1_501), ("putBidsForBusiness", 4_501)]
)
async def test_many_things_are_as_good_as_one(sandbox: Sandbox, name: str, count: int) -> None:
    endpoint = endpoints()[name]
    assert endpoint.things is not None
    (first,) = things(endpoint, sandbox, 1)
    key = camel(endpoint.things.key[0])
    many = [first | {key: f"NEW-{number}"} for number in range(count)]
    before = sandbox.counts[endpoint.name]
    async with client(sandbox) as market:
        report = await call(market, sandbox, endpoint, from_("async iterator", many))
    assert report.counts == {"accepted": count, "rejected": 0, "warnings": 0, "unconfirmed": 0}
    assert report.accepted == many
    assert sandbox.counts[endpoint.name] - before == -(-count // endpoint.things.at_once)

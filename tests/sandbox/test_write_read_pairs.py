"""What one method of the Market writes, another one reads: a table of pairs for all that write, over plain HTTP."""

import io
import re
import time
import zipfile
from typing import Any

import msgspec
import pytest

from tests.sandbox.pairs import catalogue, communication, orders, reports, stores
from tests.sandbox.pairs.pair import MODELS, NOON, Known, Pair, filled, found
from yamarket_async.families import endpoints
from yamarket_async.families.reports.models import ReportFormatType
from yamarket_async.sandbox import Sandbox

PAIRS = [*catalogue.PAIRS, *communication.PAIRS, *orders.PAIRS, *stores.PAIRS, *reports.PAIRS]


@pytest.fixture(scope="module")
def market():
    """A sandbox with a store of each model, and how it was at first."""
    offset = NOON - time.time()
    with Sandbox(offers=0, orders=0, seed=7, campaigns=MODELS, record=0, clock_offset=offset) as sandbox:
        sandbox.products.add("ЛАМПА")
        sandbox.products.add("КРУЖКА", name="Кружка", price=500, stock=0)
        yield sandbox, sandbox.snapshot()


@pytest.fixture
async def http(market, connect):
    """The sandbox as it was at first."""
    sandbox, first = market
    sandbox.restore(first)
    return await connect(sandbox)


async def send(http, method: str, sent: Any, pair: Pair, known: Known) -> Any:
    """Call a method, or a hand of the sandbox, in a pair."""
    given, query = filled(sent, known), filled(dict(pair.query), known)
    if method.startswith("/"):
        return await http.post(method, given)
    endpoint = endpoints()[method]
    if endpoint.upload:
        form = {name: io.BytesIO(content) for name, content in given.items()}
        return await http.call(method, ids=known, query=query, data=form)
    if any(parameter.type is ReportFormatType for parameter in endpoint.query):
        query |= {"format": "JSON"}
    if endpoint.body is None:
        return await http.call(method, ids=known, query=query | given)
    return await http.call(method, given, ids=known, query=query, **({"data": b""} if given is None else {}))


async def file_of(http, started) -> Any:
    """Wait for a report that was started, and read its file."""
    http.sandbox.tick(61)
    told = await http.ok("getReportInfo", ids={"reportId": started.json["result"]["reportId"]})
    async with http.session.get(told["result"]["file"]) as response:
        return contents(await response.read())


def contents(body: bytes) -> Any:
    """Read an answer or a file: JSON, ZIP with JSON in it by the names there, or the lines of a PDF."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return {name.removesuffix(".json"): contents(archive.read(name)) for name in archive.namelist()}
    if body.startswith(b"%PDF"):
        return {"lines": [line.decode("cp1251") for line in re.findall(rb"\(([^()]*)\) Tj", body)]}
    return msgspec.json.decode(body)


@pytest.mark.parametrize("pair", PAIRS, ids=str)
async def test_what_is_written_is_read_back(http, pair):
    stores_of = dict(zip((model.lower() for model in MODELS), http.sandbox.campaign_ids, strict=True))
    known = {"campaignId": http.sandbox.campaign_id, "businessId": http.sandbox.business_id, **stores_of}
    known |= pair.given(http.sandbox)

    async def read() -> Any:
        answer = await send(http, pair.read, pair.asked, pair, known)
        assert answer.status in {200, 404}, answer.body
        if answer.status == 404:
            return None
        told = await file_of(http, answer) if endpoints()[pair.read].report else contents(answer.body)
        return found(told, pair.place)

    if not pair.told:
        assert await read() != filled(pair.value, known)
    written = await send(http, pair.write, pair.sent, pair, known)
    assert written.status == 200, written.body
    known |= {name: found(written.json, place) for name, place in pair.told.items()}
    known |= pair.then(http.sandbox)
    http.sandbox.tick(pair.seconds)
    assert await read() == filled(pair.value, known)


def test_every_method_that_writes_stands_in_the_table():
    writing = {name for name, endpoint in endpoints().items() if endpoint.access != "read" or endpoint.report}
    assert {pair.write for pair in PAIRS if not pair.write.startswith("/")} == writing


def test_what_is_told_to_be_stateful_is_proven_by_a_pair():
    proven = {name for pair in PAIRS for name in (pair.write, pair.read) if name in endpoints()}
    assert {name for name in endpoints() if Sandbox.reality(name) == "stateful"} == proven

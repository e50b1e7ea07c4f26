"""Every method over a real socket: what leaves is valid by the description, what comes back is what the entry says."""

import inspect
import warnings
from collections.abc import Coroutine
from typing import Any

import msgspec
import pytest

from tests.described import DESCRIPTION, operations, validator
from tests.table.making import arguments
from yamarket_async import MarketClient
from yamarket_async.bulk import Batches
from yamarket_async.endpoints import Endpoint, snake
from yamarket_async.errors import APIError, MarketError
from yamarket_async.families import endpoints
from yamarket_async.paging import Pager
from yamarket_async.sandbox import Sandbox

ALL = [endpoint for endpoint in endpoints().values() if not endpoint.upload and not endpoint.report]
every = pytest.mark.parametrize("endpoint", ALL, ids=lambda endpoint: endpoint.name)
MODELS = ("FBS", "FBY", "DBS", "EXPRESS", "LAAS")


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(offers=30, campaigns=MODELS, window=0.5, record=50) as running:
        yield running


def call_of(market: MarketClient, sandbox: Sandbox, endpoint: Endpoint, *, full: bool) -> Any:
    given = arguments(endpoint, full=full)
    if "campaign_id" in given and "{campaignId}" in endpoint.path:
        given["campaign_id"] = sandbox.campaign_ids[MODELS.index(endpoint.models[0])]
    if "business_id" in given:
        given["business_id"] = sandbox.business_id
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return getattr(market, snake(endpoint.name))(**given)


@every
async def test_what_leaves_is_valid_and_what_comes_back_is_what_the_entry_says(sandbox, endpoint):
    async with MarketClient(sandbox.api_key, base_url=sandbox.url, max_wait=5) as market:
        for full in (False, True):
            await check_call(market, sandbox, endpoint, full=full)


async def check_call(market: MarketClient, sandbox: Sandbox, endpoint: Endpoint, *, full: bool) -> None:
    made = call_of(market, sandbox, endpoint, full=full)
    assert isinstance(made, kind_of(endpoint))
    before = sandbox.counts[endpoint.name]
    try:
        result = await made
    except APIError as error:
        # What doesn't exist in the sandbox can't be found there, or is somebody else's; it was understood all the
        # same.
        assert error.status in (400, 404) or "No access to campaigns" in str(error), error  # noqa: PT017
        result = None
    except MarketError as error:
        assert isinstance(error.__cause__, APIError), error  # noqa: PT017
        result = None
    assert sandbox.counts[endpoint.name] > before
    sent = next(request for request in reversed(sandbox.requests) if request.endpoint == endpoint.name)
    if DESCRIPTION.exists() and endpoint.name in operations():
        check_request(operations()[endpoint.name], sent)
    if result is not None and isinstance(made, Pager):
        assert isinstance(result, list)


def kind_of(endpoint: Endpoint) -> Any:
    return Pager if endpoint.pages else Batches if endpoint.things else Coroutine


def check_request(operation: Any, sent: Any) -> None:
    """Hold a request against the description."""
    described = {p["name"]: p for p in operation.get("parameters", ()) if p["in"] == "query"}
    aliases = {alias: p for p in described.values() for alias in p.get("x-aliases", ())}
    for name, values in sent.query.items():
        assert name in described or name in aliases, name
        schema = described.get(name, aliases.get(name))["schema"]
        if schema.get("format") == "date" and "-" in values[0] and len(values[0].split("-")[0]) == 2:
            continue  # DD-MM-YYYY, as FACTS-2026 has it
        given = values if schema.get("type") == "array" else values[0]
        validator(schema).validate(convert(schema, given))
    assert {name for name, p in described.items() if p.get("required")} <= set(sent.query)
    body = operation.get("requestBody")
    if body and sent.body:
        assert sent.headers["Content-Type"] == "application/json"
        schema = body["content"]["application/json"]["schema"]
        if operation["operationId"] != "searchShipments":  # DD-MM-YYYY again
            validator(schema).validate(msgspec.json.decode(sent.body))
    assert body is not None or not sent.body


def convert(schema: Any, given: Any) -> Any:
    if schema.get("type") == "array":
        return [convert(schema["items"], each) for each in given]
    if schema.get("type") == "integer":
        return int(given)
    if schema.get("type") == "boolean":
        return {"true": True, "false": False}[given]
    return given


def test_every_method_of_the_client_is_an_operation_or_the_clients_own():
    own = {"close", "limits", "request", "with_options", "report", "wait_for_operations"}
    public = {name for name, _ in inspect.getmembers(MarketClient, callable) if not name.startswith("_")}
    assert public - own == {snake(name) for name in endpoints()}

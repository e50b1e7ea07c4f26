"""README's recipe for FastAPI: structs as annotated answers, described by OpenAPI, and a whole store as NDJSON."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pydantic
import pytest
from fastapi import FastAPI

from yamarket_async import MarketClient
from yamarket_async.models.base import Model
from yamarket_async.sandbox import Sandbox

pytestmark = pytest.mark.yamarket_sandbox(offers=450)

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"^```py\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
(SNIPPET,) = (snippet for snippet in SNIPPETS if "StreamingResponse" in snippet)


@pytest.fixture
def app(yamarket_sandbox: Sandbox) -> FastAPI:
    names = {"__name__": "snippet", "sandbox": yamarket_sandbox}
    # As it stands, but for where the API is.
    program = SNIPPET.replace("MarketClient()", "MarketClient(sandbox.api_key, base_url=sandbox.url)")
    assert program != SNIPPET
    exec(compile(program, "snippet", "exec"), names)  # noqa: S102
    return names["app"]


@pytest.fixture
async def http(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://service") as http,
    ):
        yield http


@pytest.mark.parametrize("beginning", ["SKU-", "A&B+C/"])
async def test_a_struct_is_answered_as_the_markets_json(
    beginning: str, http: httpx.AsyncClient, yamarket_sandbox: Sandbox, market: MarketClient
) -> None:
    campaign = yamarket_sandbox.campaign_id
    sku = next(sku for sku in yamarket_sandbox.offer_ids() if sku.startswith(beginning))
    answer = await http.get(f"/campaigns/{campaign}/offers/{quote(sku, safe='')}")
    (expected,) = await market.get_campaign_offers(campaign, offer_ids=[sku])
    assert answer.json() == [expected.to_dict()]
    assert isinstance(answer.json()[0]["basicPrice"]["value"], (int, float))


async def test_a_store_streams_as_a_line_for_each_offer(http: httpx.AsyncClient, yamarket_sandbox: Sandbox) -> None:
    async with http.stream("GET", f"/campaigns/{yamarket_sandbox.campaign_id}/offers") as answer:
        assert answer.headers["Content-Type"] == "application/x-ndjson"
        skus = [json.loads(line)["offerId"] async for line in answer.aiter_lines()]
    assert skus == yamarket_sandbox.offer_ids()


def test_openapi_describes_the_struct(app: FastAPI) -> None:
    answer = app.openapi()["paths"]["/campaigns/{campaign_id}/offers/{sku}"]["get"]["responses"]["200"]
    described = answer["content"]["application/json"]["schema"]["items"]
    assert described["title"] == "CampaignOffer"
    assert described["required"] == ["offerId"]
    price = described["properties"]["basicPrice"]["anyOf"][0]
    assert price["properties"]["value"] == {"type": "number"}
    assert price["properties"]["updatedAt"]["format"] == "date-time"
    status = described["properties"]["status"]["anyOf"][0]
    assert (status["type"], "PUBLISHED" in status["examples"]) == ("string", True)


class Tree(Model, kw_only=True, frozen=True):
    name: str
    children: list["Tree"] | None = None


class Order(pydantic.BaseModel):
    tree: Tree


def test_a_model_of_pydantic_takes_structs_and_the_markets_json() -> None:
    tree = Tree(name="a", children=[Tree(name="b")])
    for given in (tree, {"name": "a", "children": [{"name": "b"}]}):
        order = Order.model_validate({"tree": given})
        assert order.tree == tree
        assert json.loads(order.model_dump_json()) == {"tree": {"name": "a", "children": [{"name": "b"}]}}
    with pytest.raises(pydantic.ValidationError, match="Expected `str`"):
        Order.model_validate({"tree": {"name": 7}})


def test_a_tree_is_described_without_end() -> None:
    described: dict[str, Any] = Order.model_json_schema()["properties"]["tree"]
    assert described["properties"]["children"]["anyOf"][0]["items"] == {"type": "object", "title": "Tree"}

"""Operations that this version doesn't know."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.client.servers import answer, failed, scripted
from yamarket_async import MarketClient, Retry
from yamarket_async.errors import BadRequest, DecodeError, InvalidRequest, ServerError
from yamarket_async.limits import Entity
from yamarket_async.sandbox import Sandbox


def client(url: str) -> MarketClient:
    return MarketClient("k", base_url=url, retry=Retry(3, 0))


async def test_a_request_gives_the_json_of_its_answer(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    path = f"/v2/campaigns/{yamarket_sandbox.campaign_id}/hidden-offers"
    told = await market.request("GET", path, query={"limit": 3})
    assert [offer["offerId"] for offer in told["result"]["hiddenOffers"]] == yamarket_sandbox.hidden_offer_ids()[:3]
    (state,) = market.limits()
    assert (state.endpoint, state.entity) == (
        "GET /v2/campaigns/…/hidden-offers",
        Entity("campaign", yamarket_sandbox.campaign_id),
    )
    assert state.amount is not None


async def test_a_request_goes_as_it_was_given() -> None:
    async with (
        scripted(answer(200, {"status": "ERROR", "errors": [{"code": "X"}]})) as server,
        client(server.url) as market,
    ):
        body = {"a": Decimal("1.50"), "b": date(2026, 1, 2), "c": [None]}
        told = await market.request("PUT", "/v2/x/имя", query={"a": [1, "б&"], "c": True}, body=body)
        assert told == {"status": "ERROR", "errors": [{"code": "X"}]}
        assert server.requests[0].startswith("PUT /v2/x/%D0%B8%D0%BC%D1%8F?a=1&a=%D0%B1%26&c=true HTTP/1.1")
        assert server.bodies[0] == b'{"a":1.50,"b":"2026-01-02","c":[null]}'
        assert "Api-Key: k" in server.requests[0]


@pytest.mark.parametrize(
    ("path", "entity", "expected"),
    [
        ("/v2/campaigns/7/news", None, Entity("campaign", 7)),
        ("/v2/businesses/8", None, Entity("business", 8)),
        ("/v2/auth", None, Entity("token", 0)),
        ("/v2/auth", Entity("business", 5), Entity("business", 5)),
    ],
)
async def test_a_request_counts_against_the_limits_of_its_entity(
    path: str, entity: Entity | None, expected: Entity
) -> None:
    async with scripted(answer(200, {})) as server, client(server.url) as market:
        await market.request("GET", path, entity=entity)
        assert [state.entity for state in market.limits()] == [expected]


async def test_an_answer_may_be_empty_and_must_be_json() -> None:
    async with scripted(answer(200, b""), answer(200, b"<html>")) as server, client(server.url) as market:
        assert await market.request("DELETE", "/v2/x") is None
        with pytest.raises(DecodeError, match="no JSON"):
            await market.request("DELETE", "/v2/x")


@pytest.mark.parametrize(("options", "requests"), [({}, 1), ({"repeat": "safe"}, 3), ({"repeat": "detected"}, 3)])
async def test_what_changes_something_is_not_repeated_unless_it_is_said_to_be_safe(
    options: dict[str, Any], requests: int
) -> None:
    async with scripted(failed(500, "oops")) as server, client(server.url) as market:
        words = "gave up after 3" if options else r"before you call again\)$"
        with pytest.raises(ServerError, match=words):
            await market.request("POST", "/v2/x", body={}, **options)
        assert len(server.requests) == requests


async def test_an_error_is_an_error() -> None:
    async with scripted(failed(400, "no such thing")) as server, client(server.url) as market:
        with pytest.raises(BadRequest, match=r"GET /v2/x/…: HTTP 400 — E: no such thing"):
            await market.request("GET", "/v2/x/5")


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        (("get", "/x"), {}),
        (("GET", "x"), {}),
        (("GET", "//host/x"), {}),
        (("GET", "/x?a=b"), {}),
        (("GET", "/x y"), {}),
        (("GET", None), {}),
        (("GET", "/x"), {"query": [1]}),
        (("GET", "/x"), {"query": {"a": 1.5}}),
        (("GET", "/x"), {"entity": "campaign 1"}),
        (("GET", "/x"), {"entity": ("store", 1)}),
        (("GET", "/x"), {"repeat": "often"}),
        (("POST", "/x"), {"body": object()}),
        (("POST", "/x"), {"body": "\ud800"}),
    ],
)
async def test_arguments_are_checked_before_anything_is_sent(arguments: Any, options: Any) -> None:
    async with client("http://127.0.0.1:1") as market:
        with pytest.raises(InvalidRequest):
            await market.request(*arguments, **options)

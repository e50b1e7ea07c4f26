"""The client under aioresponses, which its users test with: and answers that no server can be made to give."""

import errno
import re
from collections.abc import AsyncIterator, Iterator
from typing import Any
from unittest.mock import Mock

import aiohttp
import pytest
from aioresponses import CallbackResult, aioresponses
from yarl import URL

from yamarket_async import MarketClient, Retry
from yamarket_async.errors import APIError, BatchError, Forbidden, TransportError

STORE = "https://api.partner.market.yandex.ru/v2/campaigns/1"
HIDDEN = re.compile(re.escape(STORE) + r"/hidden-offers\b")
DELETE = f"{STORE}/offers/delete"


class Response(aiohttp.ClientResponse):
    """A response as aiohttp 3.14 wants it made, and aioresponses 0.7.9 doesn't know yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("stream_writer", Mock(output_size=0))
        super().__init__(*args, **kwargs)


@pytest.fixture
def mocked(monkeypatch: pytest.MonkeyPatch) -> Iterator[aioresponses]:
    monkeypatch.setattr("aioresponses.core.ClientResponse", Response)
    with aioresponses() as mocked:
        yield mocked


@pytest.fixture
async def client(mocked: aioresponses) -> AsyncIterator[MarketClient]:
    async with MarketClient("ACMA:key", retry=Retry(attempts=3, base_delay=0.001)) as client:
        yield client


def page(*skus: str, token: str | None = None) -> dict[str, Any]:
    paging = {"nextPageToken": token} if token else {}
    return {"status": "OK", "result": {"hiddenOffers": [{"offerId": sku} for sku in skus], "paging": paging}}


def sent(mocked: aioresponses) -> list[tuple[str, URL]]:
    return [key for key, calls in mocked.requests.items() for _ in calls]


def no_such_host() -> aiohttp.ClientConnectorDNSError:
    host = Mock(host="api.partner.market.yandex.ru", port=443, ssl=True)
    return aiohttp.ClientConnectorDNSError(host, OSError(errno.ENOENT, "Name or service not known"))


async def test_a_walk_follows_the_pages(mocked: aioresponses, client: MarketClient) -> None:
    mocked.get(HIDDEN, payload=page("A", "B", token="next one"))
    mocked.get(HIDDEN, payload=page("C"))
    assert [offer.offer_id async for offer in client.get_hidden_offers(1)] == ["A", "B", "C"]
    assert [url.query.get("page_token") for _, url in sent(mocked)] == [None, "next one"]


async def test_a_page_is_found_by_its_whole_address(mocked: aioresponses, client: MarketClient) -> None:
    mocked.get(f"{STORE}/hidden-offers?limit=500&offer_id=A/1&offer_id=%D0%91", payload=page("A/1"))
    assert [offer.offer_id for offer in await client.get_hidden_offers(1, offer_ids=["A/1", "Б"])] == ["A/1"]


async def test_a_bulk_call_is_cut_and_sums_up(mocked: aioresponses, client: MarketClient) -> None:
    bodies: list[bytes] = []

    def answer(_url: URL, *, data: bytes, **_more: Any) -> CallbackResult:
        bodies.append(data)
        return CallbackResult(payload={"status": "OK", "result": {"notDeletedOfferIds": ["7"]}})

    mocked.post(DELETE, callback=answer, repeat=True)
    report = await client.delete_campaign_offers(1, map(str, range(1_001)))
    assert (len(bodies), len(report.deleted_offer_ids), report.not_deleted_offer_ids) == (3, 1_000, ["7"])


@pytest.mark.parametrize(
    "first",
    [
        {"status": 500},
        {"status": 503, "body": "<html>"},
        {"timeout": True},
        {"exception": aiohttp.ServerDisconnectedError()},
        {"exception": aiohttp.ClientOSError(errno.EPIPE, "Broken pipe")},
        {"exception": aiohttp.ClientPayloadError("Response payload is not completed")},
        {"exception": no_such_host()},
    ],
)
async def test_what_fails_on_the_way_is_repeated(
    mocked: aioresponses, client: MarketClient, first: dict[str, Any]
) -> None:
    mocked.get(HIDDEN, **first)
    mocked.get(HIDDEN, payload=page("A"))
    assert len(await client.get_hidden_offers(1)) == 1
    assert len(sent(mocked)) == 2


async def test_a_refusal_is_an_error_with_the_markets_words(mocked: aioresponses, client: MarketClient) -> None:
    refusal = {"status": "ERROR", "errors": [{"code": "FORBIDDEN", "message": "Access denied"}]}
    mocked.get(HIDDEN, status=403, payload=refusal)
    with pytest.raises(Forbidden, match="Access denied") as caught:
        await client.get_hidden_offers(1)
    assert caught.value.status == 403
    assert len(sent(mocked)) == 1


async def test_a_host_that_has_no_address_was_sent_nothing(mocked: aioresponses, client: MarketClient) -> None:
    mocked.post(DELETE, exception=no_such_host(), repeat=True)
    with pytest.raises(BatchError) as caught:
        await client.delete_campaign_offers(1, ["A"])
    assert isinstance(caught.value.__cause__, TransportError)
    assert caught.value.__cause__.sent is False


async def test_a_status_that_no_server_should_send_is_told(mocked: aioresponses, client: MarketClient) -> None:
    mocked.get(HIDDEN, status=799, body="", repeat=True)
    with pytest.raises(APIError, match="799"):
        await client.get_hidden_offers(1)


async def test_a_session_of_the_callers_is_mocked_as_well(mocked: aioresponses) -> None:
    mocked.get(HIDDEN, payload=page("A"))
    async with aiohttp.ClientSession() as session, MarketClient("ACMA:key", session=session) as client:
        assert len(await client.get_hidden_offers(1)) == 1

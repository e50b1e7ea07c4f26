"""What every test of the sandbox needs: to open one, and to talk plain HTTP to it."""

import time
import warnings
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any, NamedTuple

import aiohttp
import msgspec
import pytest
from jsonschema import ValidationError
from multidict import CIMultiDictProxy
from yarl import URL

from tests.described import DESCRIPTION, answers
from yamarket_async.families import endpoints
from yamarket_async.sandbox import Sandbox


class Answer(NamedTuple):
    status: int
    headers: CIMultiDictProxy[str]
    body: bytes

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.body)

    @property
    def message(self) -> str:
        return self.json["errors"][0]["message"]

    @property
    def limit(self) -> tuple[int, int, str]:
        """The three headers of the limit."""
        amount, remaining, until = (
            self.headers[f"X-RateLimit-Resource-{name}"] for name in ("Limit", "Remaining", "Until")
        )
        return int(amount), int(remaining), until

    @property
    def next_token(self) -> str | None:
        return self.json["result"]["paging"].get("nextPageToken")


class Http:
    """A session that sends the sandbox's key, and knows the paths of its first store."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.sandbox = sandbox
        self.session = session
        self.campaign = f"/v2/campaigns/{sandbox.campaign_id}"
        self.business = f"/v2/businesses/{sandbox.business_id}"

    async def send(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, query: Any = None, **body: Any
    ) -> Answer:
        key = {"Api-Key": self.sandbox.api_key} if headers is None else headers
        url = self.sandbox.url + path
        async with self.session.request(
            method, URL(url, encoded=True) if "%" in path else url, headers=key, params=query, **body
        ) as response:
            return Answer(response.status, response.headers, await response.read())

    async def get(self, path: str, **query: Any) -> Answer:
        return await self.send("GET", path, query=query)

    async def post(self, path: str, json: Any = None, **query: Any) -> Answer:
        return await self.send("POST", path, query=query, json={} if json is None else json)

    async def offers(self, json: Any = None, **query: Any) -> Answer:
        return await self.post(f"{self.campaign}/offers", json, **query)

    async def hidden(self, **query: Any) -> Answer:
        return await self.get(f"{self.campaign}/hidden-offers", **query)

    async def delete(self, offer_ids: Any) -> Answer:
        return await self.post(f"{self.campaign}/offers/delete", {"offerIds": offer_ids})

    async def promo(self, json: Any = None, **query: Any) -> Answer:
        body = {"promoId": self.sandbox.promo_id} | (json or {})
        return await self.post(f"{self.business}/promos/offers", body, **query)

    async def old_offers(self, **query: Any) -> Answer:
        return await self.get(f"/campaigns/{self.sandbox.campaign_id}/offers", **query)

    async def walk(self, call: Callable[..., Coroutine[Any, Any, Answer]], name: str, *args: Any, **query: Any) -> Any:
        """Follow the tokens to the end; give the pages."""
        pages, token = [], {}
        while True:
            answer = await call(*args, **query, **token)
            assert answer.status == 200, answer.body
            pages.append(answer.json["result"][name])
            if answer.next_token is None:
                return pages
            token = {"page_token": answer.next_token}

    async def call(
        self, operation: str, json: Any = None, *, ids: dict[str, Any] | None = None, query: Any = None, **body: Any
    ) -> Answer:
        """Call an operation by its name; its answer is held against the official description."""
        endpoint = endpoints()[operation]
        known = {"campaignId": self.sandbox.campaign_id, "businessId": self.sandbox.business_id, **(ids or {})}
        if endpoint.body is not None and "data" not in body:
            body["json"] = {} if json is None else json
        answer = await self.send(endpoint.http_method, endpoint.path.format(**known), query=query, **body)
        if answer.body.startswith(b"{") and operation != "getOffers":
            check_described(operation, answer.status, answer.json)
        return answer

    async def ok(self, operation: str, json: Any = None, **rest: Any) -> Any:
        """Call an operation that succeeds; give its answer."""
        answer = await self.call(operation, json, **rest)
        assert answer.status == 200, (operation, answer.body)
        return answer.json

    async def refused(self, operation: str, json: Any = None, **rest: Any) -> tuple[int, str]:
        """Call an operation that doesn't; give the status and the message."""
        answer = await self.call(operation, json, **rest)
        assert answer.status >= 400, (operation, answer.body)
        return answer.status, answer.message


def check_described(operation: str, status: int, payload: Any) -> None:
    """Hold an answer against the official description, where that lies beside the checkout."""
    if not DESCRIPTION.exists() or (validator := answers(operation, status)) is None:
        return
    with warnings.catch_warnings():
        # Patterns of the description are Java's.
        warnings.simplefilter("ignore", FutureWarning)
        problems = [each for each in validator.iter_errors(payload) if not as_documented(each)]
    assert problems == [], (operation, status, payload, [(each.json_path, each.message) for each in problems])


def as_documented(problem: ValidationError) -> bool:
    """Tell whether an answer breaks the description for a good reason."""
    # The page of the method says that the moment has no offset; and a class inside a class is Java's alone.
    without_offset = problem.validator == "format" and problem.json_path.endswith(".statusUpdateDate")
    return without_offset or (problem.validator == "pattern" and "[[" in problem.validator_value)


@pytest.fixture(scope="session")
def answers_described() -> Callable[[str, int, Any], None]:
    """What holds an answer against the official description."""
    return check_described


Open = Callable[..., Coroutine[Any, Any, tuple[Sandbox, Http]]]


@pytest.fixture
async def connect() -> AsyncIterator[Callable[[Sandbox], Coroutine[Any, Any, Http]]]:
    """Open a session to talk to a sandbox that runs."""
    async with AsyncExitStack() as stack:

        async def connect_(sandbox: Sandbox) -> Http:
            return Http(sandbox, await stack.enter_async_context(aiohttp.ClientSession()))

        yield connect_


@pytest.fixture
async def open_sandbox() -> AsyncIterator[Open]:
    """Open a sandbox with these settings, and a session to talk to it."""
    async with AsyncExitStack() as stack:

        async def open_(**settings: Any) -> tuple[Sandbox, Http]:
            # The server's clock stands where all windows begin, so that none ends in the middle of a test.
            fresh = {"offers": 1_000, "seed": 7, "clock_offset": 3_600 - time.time() % 3_600}
            sandbox = await stack.enter_async_context(Sandbox(**fresh | settings))
            session = await stack.enter_async_context(aiohttp.ClientSession())
            return sandbox, Http(sandbox, session)

        yield open_


@pytest.fixture
def unopened() -> Sandbox:
    """A sandbox that doesn't run, for what needs no server."""
    return Sandbox(offers=10, seed=7)

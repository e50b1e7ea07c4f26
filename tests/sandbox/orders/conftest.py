"""Stores to sell in, whose answers are held against the official description as they come."""

import time
from contextlib import AsyncExitStack

import aiohttp
import msgspec
import pytest

from yamarket_async.families import endpoints
from yamarket_async.sandbox import Sandbox

MODELS = ("FBS", "FBY", "DBS", "EXPRESS", "LAAS")
NOON = 1_790_672_400
"""Tuesday, 2026-09-29, 12:00 in Moscow."""


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return msgspec.json.decode(self.body)

    @property
    def message(self):
        return self.json["errors"][0]["message"]

    @property
    def result(self):
        assert self.status == 200, self.body
        return self.json["result"]


class Seller:
    """Calls methods by the names of the documentation, over plain HTTP: `await seller("getOrder", order_id)`."""

    def __init__(self, sandbox, session, described):
        self.sandbox, self.session, self.described = sandbox, session, described
        self.campaigns = dict(zip(MODELS, sandbox.campaign_ids, strict=False))

    def campaign_of(self, order_id):
        found = self.sandbox.world.part(type(self.sandbox.orders)).find(order_id)
        return self.sandbox.campaign_id if found is None else found.campaign_id

    async def __call__(self, name, *ids, json=None, query=None, model=None, oauth=False):
        endpoint = endpoints()[name]
        path, left = endpoint.path, list(ids)
        order_id = ids[0] if ids and "{orderId}" in path else None
        campaign = self.campaigns[model] if model else self.campaign_of(order_id)
        path = path.replace("{campaignId}", str(campaign)).replace("{businessId}", str(self.sandbox.business_id))
        while "{" in path:
            start, end = path.index("{"), path.index("}") + 1
            path = path[:start] + str(left.pop(0)) + path[end:]
        key = {"Authorization": f"Bearer {self.sandbox.oauth_token}"} if oauth else {"Api-Key": self.sandbox.api_key}
        url = self.sandbox.url + path
        async with self.session.request(endpoint.http_method, url, headers=key, params=query, json=json) as response:
            answer = Answer(response.status, response.headers, await response.read())
        if answer.body.startswith(b"{"):
            self.described(name, answer.status, answer.json)
        return answer

    async def refused(self, status, name, *ids, **sent):
        """Call a method that must be refused; give the words."""
        answer = await self(name, *ids, **sent)
        assert answer.status == status, answer.body
        return answer.message

    async def status(self, order_id, status, substatus=None, **more):
        """Change a status; give the answer."""
        change = {"status": status} | ({"substatus": substatus} if substatus else {}) | more
        return await self("updateOrderStatus", order_id, json={"order": change})

    async def order(self, order_id):
        return (await self("getOrder", order_id)).json["order"]


@pytest.fixture
async def open_store(answers_described):
    """Open a sandbox with a store of each model and no orders at first, at a noon; and a seller."""
    async with AsyncExitStack() as stack:

        async def open_(**settings):
            fresh = {"offers": 300, "orders": 0, "seed": 7, "campaigns": MODELS, "record": 0}
            # The clock runs on from there.
            fresh["clock_offset"] = NOON - time.time()
            sandbox = await stack.enter_async_context(Sandbox(**fresh | settings))
            session = await stack.enter_async_context(aiohttp.ClientSession())
            return sandbox, Seller(sandbox, session, answers_described)

        yield open_


@pytest.fixture
async def store(open_store):
    """Such a sandbox, and the seller."""
    return await open_store()

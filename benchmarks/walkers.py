"""The sides of the throughput benchmark: each walks all offers of a store and counts them, in a process of its own.

Settings: `side` (a name out of `SIDES`), `key`, `package` for generated clients. A question names the `url` and may ask
for the `sum` of the prices too: so every side is seen to have read the same.
"""

import asyncio
import gc
from collections.abc import Awaitable, Callable
from decimal import Decimal
from importlib import import_module
from typing import Any

from harness import Stopwatch, answer_questions, resident, settings

PAGE = 200
HOW = settings()
KEY = HOW["key"]
STORE = 1


class Tally:
    """Counts the offers of a walk.

    Every side has the loop over its offers inline, as its user would, and does the same with each: counts it and looks
    at its price. Only where the sum is asked for, outside of the timed rounds, is the price added up.
    """

    def __init__(self, *, adds_up: bool) -> None:
        self.adds_up = adds_up
        self.offers = 0
        self.total = Decimal(0)

    def add(self, price: Any) -> None:
        """Add the value of a price, whatever the client makes of it."""
        value = price.get("value") if isinstance(price, dict) else getattr(price, "value", None)
        self.total += Decimal(str(value)) if isinstance(value, (int, float, Decimal)) else 0


async def ours(url: str, tally: Tally) -> None:
    """This package, as README shows it: limits, retries and reading ahead are on."""
    from yamarket_async import MarketClient

    async with MarketClient(api_key=KEY, base_url=url) as market:
        async for offer in market.get_campaign_offers(STORE):
            tally.offers += 1
            price = offer.campaign_price
            if tally.adds_up:
                tally.add(price)


async def ours_by_page(url: str, tally: Tally) -> None:
    """This package, by pages."""
    from yamarket_async import MarketClient

    async with MarketClient(api_key=KEY, base_url=url) as market:
        async for page in market.get_campaign_offers(STORE).pages():
            for offer in page.items:
                tally.offers += 1
                price = offer.campaign_price
                if tally.adds_up:
                    tally.add(price)


async def hand_written(url: str, tally: Tally, money: type = Decimal) -> None:
    """The loop that one writes with aiohttp and msgspec: one page after the other, and nothing else."""
    import aiohttp
    import msgspec
    from structs import response_type

    decode = msgspec.json.Decoder(response_type(money)).decode
    async with aiohttp.ClientSession(headers={"Api-Key": KEY}) as http:
        address, query = f"{url}/v2/campaigns/{STORE}/offers", {"limit": str(PAGE)}
        while True:
            async with http.post(address, params=query, json={}) as answer:
                answer.raise_for_status()
                result = decode(await answer.read()).result
            for offer in result.offers:
                tally.offers += 1
                price = offer.campaign_price
                if tally.adds_up:
                    tally.add(price)
            if not result.paging or not result.paging.next_page_token:
                return
            query["page_token"] = result.paging.next_page_token


async def hand_written_floats(url: str, tally: Tally) -> None:
    """The same with money as floats, which lose kopecks."""
    await hand_written(url, tally, float)


async def hand_written_kept(url: str, tally: Tally) -> None:
    """The same with the one line that lets glibc keep the buffers of reads (`session.raise_mmap_threshold`)."""
    bytes(2**20)
    await hand_written(url, tally)


async def aiohttp_json(url: str, tally: Tally) -> None:
    """The same loop with the `json()` of aiohttp."""
    import aiohttp

    async with aiohttp.ClientSession(headers={"Api-Key": KEY}) as http:
        address, query = f"{url}/v2/campaigns/{STORE}/offers", {"limit": str(PAGE)}
        while True:
            async with http.post(address, params=query, json={}) as answer:
                answer.raise_for_status()
                result = (await answer.json())["result"]
            for offer in result["offers"]:
                tally.offers += 1
                price = offer.get("campaignPrice")
                if tally.adds_up:
                    tally.add(price)
            if not (token := result.get("paging", {}).get("nextPageToken")):
                return
            query["page_token"] = token


async def yandex_market_api(url: str, tally: Tally) -> None:
    """yandex-market-api from PyPI: httpx, plain dicts; one calls it page by page."""
    from yandex_market_api import YandexMarketClient

    client = YandexMarketClient(api_key=KEY, base_url=url)
    token = None
    while True:
        answer = await client.offers.list_campaign_offers(STORE, body={}, limit=PAGE, page_token=token)
        for offer in answer["result"]["offers"]:
            tally.offers += 1
            price = offer.get("campaignPrice")
            if tally.adds_up:
                tally.add(price)
        if not (token := answer["result"].get("paging", {}).get("nextPageToken")):
            break
    await client.close()


async def openapi_generator(url: str, tally: Tally) -> None:
    """What openapi-generator makes of the official description: aiohttp, pydantic."""
    package = import_module(HOW["package"])
    key = {"ApiKey": KEY, "Api-Key": KEY}
    configuration = package.Configuration(host=url, api_key=key)
    async with package.ApiClient(configuration) as http:
        api, request, token = package.OffersApi(http), package.GetCampaignOffersRequest(), None
        while True:
            answer = await api.get_campaign_offers(STORE, request, page_token=token, limit=PAGE)
            for offer in answer.result.offers:
                tally.offers += 1
                price = offer.campaign_price
                if tally.adds_up:
                    tally.add(price)
            if not (token := answer.result.paging and answer.result.paging.next_page_token):
                return


async def openapi_python_client(url: str, tally: Tally) -> None:
    """What openapi-python-client makes of the official description: httpx, attrs."""
    method = import_module(HOW["package"] + ".api.offers.get_campaign_offers")
    models = import_module(HOW["package"] + ".models")
    client = import_module(HOW["package"]).AuthenticatedClient(url, KEY, prefix="", auth_header_name="Api-Key")
    unset = import_module(HOW["package"] + ".types").UNSET
    async with client:
        token = unset
        while True:
            answer = await method.asyncio(
                STORE, client=client, body=models.GetCampaignOffersRequest(), page_token=token, limit=PAGE
            )
            for offer in answer.result.offers:
                tally.offers += 1
                price = offer.campaign_price
                if tally.adds_up:
                    tally.add(price)
            if not (token := answer.result.paging and answer.result.paging.next_page_token):
                return


SIDES: dict[str, Callable[[str, Tally], Awaitable[None]]] = {
    side.__name__: side
    for side in (
        ours,
        ours_by_page,
        hand_written,
        hand_written_floats,
        hand_written_kept,
        aiohttp_json,
        yandex_market_api,
        openapi_generator,
        openapi_python_client,
    )
}


async def walk(side: Callable[[str, Tally], Awaitable[None]], url: str, tally: Tally) -> dict[str, float]:
    watch = Stopwatch()
    await side(url, tally)
    return watch.read()


def answer(question: dict[str, Any]) -> dict[str, float | str]:
    tally = Tally(adds_up=question.get("sum", False))
    gc.collect()
    times = asyncio.run(walk(SIDES[HOW["side"]], question["url"], tally))
    return times | {"offers": tally.offers, "total": f"{tally.total:.2f}", "resident": resident()}


if __name__ == "__main__":
    answer_questions(answer)

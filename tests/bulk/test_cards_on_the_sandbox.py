"""Cards of which some are bad: the catalogue of the sandbox holds exactly the good ones afterwards."""

import random

import pytest

from yamarket_async import Limit, MarketClient
from yamarket_async.sandbox import Sandbox

LAMPS, NO_CATEGORY = 13_314_796, 5
LIMITS = {"updateOfferMappings": 10**9}


def card(number: int, category: int) -> dict[str, object]:
    pictures = ["https://shop.example/1.jpg"]
    text = {"name": f"Лампа {number}", "vendor": "Ёлка", "description": "Светит."}
    return {"offer": {"offerId": f"NEW-{number}", "marketCategoryId": category, "pictures": pictures, **text}}


@pytest.mark.parametrize(("bad", "requests"), [(0, 1), (1, 2), (10, 2), (100, 1)])
async def test_of_100_cards_exactly_the_good_ones_are_in_the_catalogue(bad: int, requests: int) -> None:
    wrong = set(random.Random(bad).sample(range(100), bad))
    cards = [card(number, NO_CATEGORY if number in wrong else LAMPS) for number in range(100)]
    limits = {name: Limit(amount) for name, amount in LIMITS.items()}
    async with (
        Sandbox(offers=20, limits=LIMITS, record=0) as sandbox,
        MarketClient(sandbox.api_key, base_url=sandbox.url, limits=limits) as market,
    ):
        report = await market.update_offer_mappings(sandbox.business_id, cards)
        sent = sandbox.counts["updateOfferMappings"]
        skus = [f"NEW-{number}" for number in range(100)]
        there = await market.get_offer_mappings(sandbox.business_id, offer_ids=skus)
    good = [number for number in range(100) if number not in wrong]
    assert [mapping.offer.offer_id for mapping in there if mapping.offer] == [f"NEW-{number}" for number in good]
    assert report.accepted == [cards[number] for number in good]
    assert [rejected.key for rejected in report.rejected] == [f"NEW-{number}" for number in sorted(wrong)]
    assert all(error.code == "UNKNOWN_CATEGORY" for rejected in report.rejected for error in rejected.errors)
    assert sent == requests

"""The limits that the pretend Market keeps: windows, costs, headers, requests at once."""

import asyncio
from email.utils import parsedate_to_datetime

import pytest

from yamarket_async.families import endpoints
from yamarket_async.limits import Limit
from yamarket_async.sandbox.limits import Figures, Slots, Standing, Windows, size_at

ITEMS = {
    "getCampaignOffers": Limit(10_000, unit="response_items"),
    "getHiddenOffers": Limit(10_000, unit="response_items"),
}
"""As the pages of 2025 counted; the description of 2026 counts requests."""


def windows(*, minute: float = 60.0, strict: bool = True) -> Windows:
    return Windows(minute=minute, strict=strict)


KEY = ("getCampaignOffers", 1)


def test_windows_are_fixed_and_aligned_to_the_clock():
    kept = windows()
    assert kept.standing(KEY, Limit(100), 0.0).until == 60.0
    assert kept.charge(KEY, Limit(100), 30, 59.999) == Standing(100, 70, 60.0)
    assert kept.standing(KEY, Limit(100), 60.0) == Standing(100, 100, 120.0)
    assert kept.charge(KEY, Limit(100), 1, 61.0) == Standing(100, 99, 120.0)
    assert kept.standing(KEY, Limit(100, 3_600), 61.0).until == 3_600.0


def test_the_length_of_a_window_can_be_chosen():
    kept = windows(minute=2.0)
    assert kept.standing(KEY, Limit(1), 3.0).until == 4.0
    assert kept.standing(KEY, Limit(1, 3_600), 3.0).until == 120.0


def test_what_remains_is_never_below_nothing():
    kept = windows()
    assert kept.charge(KEY, Limit(100), 250, 1.0).remaining == 0
    assert kept.standing(KEY, Limit(400), 1.0).remaining == 150


def test_methods_and_entities_have_windows_of_their_own():
    kept = windows()
    kept.charge(KEY, Limit(100), 50, 1.0)
    assert kept.standing(("getCampaignOffers", 2), Limit(100), 1.0).remaining == 100
    assert kept.standing(("getHiddenOffers", 1), Limit(100), 1.0).remaining == 100


@pytest.mark.parametrize(
    ("strict", "unit", "remaining", "cost", "admitted"),
    [
        (True, "response_items", 200, 200, True),
        (True, "response_items", 199, 200, False),
        (False, "response_items", 1, 200, True),
        (False, "response_items", 0, 1, False),
        (False, "request_items", 199, 200, False),
        (False, "request_items", 200, 200, True),
        (False, "requests", 0, 1, False),
        (True, "response_items", 1_000, 5_000, True),
        (True, "response_items", 999, 5_000, False),
    ],
)
def test_a_request_is_admitted_by_what_it_can_cost(strict, unit, remaining, cost, admitted):
    assert windows(strict=strict).admits(Standing(1_000, remaining, 60.0), unit, cost) is admitted


def test_the_figure_of_a_store_follows_from_its_offers_where_none_is_published():
    method = endpoints()["getOffers"]
    assert Figures(tier="medium", given={}, offers=10).of(method) == Limit(1_000, 3_600, "response_items")
    assert Figures(tier="none", given={}, offers=1_000_000).of(method).amount == 10_000_000


def test_a_cost_path_counts_what_it_leads_to():
    answer = {"result": {"warehouses": [{"offers": [{"offerId": "a"}, {"offerId": "b"}]}, {"offers": []}, {}]}}
    assert size_at(answer, "result.warehouses.offers.offerId") == 2
    assert size_at(answer, "result.offers") == 0
    assert size_at([1, 2], "") == 2


def test_slots_remember_the_most_that_ran_at_once():
    slots = Slots()
    assert [slots.take(1, 2), slots.take(1, 2), slots.take(1, 2), slots.take(2, 2)] == [True, True, False, True]
    for _ in range(3):
        slots.let_go(1)
    assert slots.take(1, 1)
    assert slots.most == {1: 3, 2: 1}


@pytest.mark.parametrize("tier", ["medium", "none"])
async def test_every_method_tells_the_figure_of_the_tier(open_sandbox, tier):
    _, http = await open_sandbox(tier=tier)
    amounts = {"medium": (1_000, 10_000, 10_000, 10_000, 5_000), "none": (1_000, 100, 1_000, 5_000, 5_000)}[tier]
    answers = (
        await http.get("/v2/campaigns"),
        await http.hidden(limit=1),
        await http.offers(limit=1),
        await http.delete(["x"]),
        await http.promo(limit=100),
    )
    assert [answer.limit[:2] for answer in answers] == [(amount, amount - 1) for amount in amounts]
    assert (await http.old_offers(pageSize=1)).limit[:2] == (10_000, 9_999)


async def test_the_unit_and_the_period_of_a_limit_can_be_chosen(open_sandbox):
    sandbox, http = await open_sandbox(limits={"getHiddenOffers": Limit(70, 120, "response_items")})
    answer = await http.hidden(limit=20)
    assert answer.limit[:2] == (70, 50)
    assert parsedate_to_datetime(answer.limit[2]).timestamp() % 120 == 0
    assert sandbox.remaining("getHiddenOffers") == 50


async def test_what_is_sent_and_is_more_than_remains_is_refused_whole(open_sandbox):
    sandbox, http = await open_sandbox(limits={"deleteCampaignOffers": Limit(3, 3600, "request_items")})
    assert (await http.delete(["x", "y"])).status == 200
    answer = await http.delete(["x", "y"])
    assert (answer.status, answer.limit[:2]) == (420, (3, 1))
    assert (await http.delete(["x"])).status == 200
    assert sandbox.remaining("deleteCampaignOffers") == 0


async def test_an_answer_may_tell_what_remained_before_it(open_sandbox):
    _, http = await open_sandbox(told_before=True)
    assert [(await http.offers(limit=1)).limit[1] for _ in range(2)] == [10_000, 9_999]


async def test_a_page_costs_its_items_and_an_empty_one_nothing(open_sandbox):
    _, http = await open_sandbox(offers=150, hidden=7, limits=ITEMS)
    token = (await http.offers()).next_token
    assert (await http.offers(page_token=token)).limit[1] == 10_000 - 150
    assert (await http.offers({"tags": ["нет такой"]})).limit[1] == 10_000 - 150
    assert (await http.hidden()).limit[1] == 10_000 - 7
    assert (await http.old_offers(pageSize=40)).limit[1] == 1_500 - 40


async def test_deleting_costs_what_was_sent_also_where_nothing_was_deleted(open_sandbox):
    sandbox, http = await open_sandbox()
    assert (await http.delete([f"нет {number}" for number in range(300)])).limit[1] == 10_000 - 300
    assert (await http.delete(sandbox.offer_ids()[:500])).limit[1] == 10_000 - 800


async def test_refusals_cost_too_save_a_420(open_sandbox):
    sandbox, http = await open_sandbox(keys={"nobody": []})
    assert (await http.offers(limit=0)).limit[1] == 9_999
    assert (await http.offers({"offerIds": []})).limit[1] == 9_998
    plain = {"Api-Key": sandbox.api_key, "Content-Type": "text/plain"}
    assert (await http.send("POST", f"{http.campaign}/offers", headers=plain, data=b"{}")).limit[1] == 9_997
    forbidden = await http.send("POST", f"{http.campaign}/offers", headers={"Api-Key": "nobody"}, json={})
    assert (forbidden.status, forbidden.limit[1]) == (403, 9_996)
    assert (await http.promo({"promoId": "cf_1"})).limit[1] == 4_999
    assert (await http.delete(["a", "a", "b"])).limit[1] == 9_997
    assert (await http.delete([])).limit[1] == 9_996
    sandbox.locked.add(sandbox.campaign_id)
    assert (await http.delete(["a", "b"])).limit[1] == 9_994
    sandbox.consume("deleteCampaignOffers", 9_994)
    for _ in range(2):
        answer = await http.delete(["a"])
        assert (answer.status, answer.limit[1]) == (420, 0)
    assert sandbox.remaining("deleteCampaignOffers") == 0


async def test_requests_that_reached_no_entity_have_no_limit(open_sandbox):
    _, http = await open_sandbox()
    answers = [
        await http.get("/v2/campaigns/1/hidden-offers"),
        await http.get("/nowhere"),
        await http.send("GET", "/v2/campaigns", headers={}),
    ]
    assert not any(name.startswith("X-RateLimit") for answer in answers for name in answer.headers)


async def test_the_headers_are_by_the_servers_clock_in_whole_seconds(open_sandbox):
    sandbox, http = await open_sandbox(clock_offset=-86_400.0 * 500)
    before = sandbox.now()
    answer = await http.offers(limit=1)
    after = sandbox.now()
    date, until = (parsedate_to_datetime(text) for text in (answer.headers["Date"], answer.limit[2]))
    assert int(before) <= date.timestamp() <= after
    assert answer.headers["Date"].endswith(" GMT")
    assert until.second == 0
    assert 0 < (until - date).total_seconds() <= 60
    sandbox.clock_offset += 86_400.0 * 500
    later = parsedate_to_datetime((await http.offers(limit=1)).headers["Date"])
    assert (later - date).days == 500


async def test_until_is_rounded_up_where_a_window_ends_within_a_second(open_sandbox):
    sandbox, http = await open_sandbox(window=0.4)
    answer = await http.offers(limit=1)
    assert parsedate_to_datetime(answer.limit[2]).timestamp() >= int(sandbox.now() - 0.4)


async def test_past_the_limit_comes_420_until_the_window_turns(open_sandbox):
    sandbox, http = await open_sandbox(limits={"getCampaignOffers": Limit(250, unit="response_items")})
    # Begin with a window; nobody need sleep where the clock can be set.
    sandbox.clock_offset += 60 - sandbox.now() % 60
    assert [(await http.offers(limit=100)).status for _ in range(2)] == [200, 200]
    refused = await http.offers(limit=100)
    assert (refused.status, refused.limit[:2]) == (420, (250, 50))
    (error,) = refused.json["errors"]
    assert error["code"] == "METHOD_FAILURE"
    assert error["message"].startswith(
        "Hit rate limit of 250 requests per 1 minute for resource offers/getCampaignOffers"
    )
    assert (await http.offers(limit=50)).status == 200
    until = parsedate_to_datetime(refused.limit[2]).timestamp()
    sandbox.clock_offset += until - sandbox.now()
    assert (await http.offers(limit=100)).limit[:2] == (250, 150)
    assert sandbox.counts["exhausted"] == sandbox.counts[420] == 1


async def test_a_market_that_is_not_strict_serves_while_anything_is_left(open_sandbox):
    sandbox, http = await open_sandbox(limits={"getCampaignOffers": Limit(250, unit="response_items")}, strict=False)
    limits = [(await http.offers(limit=100)).limit[1] for _ in range(3)]
    assert limits == [150, 50, 0]
    assert (await http.offers(limit=1)).status == 420
    assert sandbox.remaining("getCampaignOffers") == 0


async def test_a_list_asked_for_by_sku_needs_room_for_all_of_it(open_sandbox):
    sandbox, http = await open_sandbox(limits={"getCampaignOffers": Limit(250, unit="response_items")})
    some = sandbox.offer_ids()[:150]
    assert [(await http.offers({"offerIds": some})).status for _ in range(2)] == [200, 420]
    assert (await http.offers({"offerIds": some[:100]})).limit[1] == 0


async def test_a_page_greater_than_the_limit_passes_when_the_window_is_fresh(open_sandbox):
    sandbox, http = await open_sandbox(limits={"getHiddenOffers": Limit(100, unit="response_items")}, hidden=400)
    answer = await http.hidden(limit=500)
    assert (answer.status, answer.limit[:2]) == (200, (100, 0))
    assert (await http.hidden(limit=1)).status == 420
    assert sandbox.remaining("getHiddenOffers") == 0


async def test_the_amount_may_change_at_run_time(open_sandbox):
    sandbox, http = await open_sandbox()
    await http.promo()
    sandbox.limits["getPromoOffers"] = 3
    assert (await http.promo()).limit[:2] == (3, 1)
    del sandbox.limits["getPromoOffers"]
    assert (await http.promo()).limit[:2] == (5_000, 4_997)


async def test_another_service_of_the_seller_can_use_the_limit(open_sandbox):
    sandbox, http = await open_sandbox(campaigns=2, limits=ITEMS)
    sandbox.consume("getCampaignOffers", 9_000)
    sandbox.consume("getCampaignOffers", 1, sandbox.campaign_ids[1])
    sandbox.consume("getPromoOffers", 5)
    assert (await http.offers(limit=100)).limit[1] == 900
    assert sandbox.remaining("getCampaignOffers", sandbox.campaign_ids[1]) == 9_999
    assert sandbox.remaining("getPromoOffers") == sandbox.remaining("getPromoOffers", sandbox.business_id) == 4_995


async def test_one_request_more_than_may_run_at_once_is_420(open_sandbox):
    sandbox, http = await open_sandbox(latency=0.3)
    answers = await asyncio.gather(*(http.offers(limit=1) for _ in range(6)))
    assert sorted(answer.status for answer in answers) == [200] * 4 + [420] * 2
    crowded = next(answer for answer in answers if answer.status == 420)
    assert crowded.message == f"Hit rate limit of 4 parallel requests for campaignId {sandbox.campaign_id}"
    assert crowded.limit[0] == 10_000
    assert sandbox.remaining("getCampaignOffers") == 9_996
    assert sandbox.max_parallel_seen == {sandbox.campaign_id: 5}
    assert (sandbox.counts["parallel"], sandbox.counts["exhausted"]) == (2, 0)


async def test_requests_run_at_once_by_entity_over_all_methods(open_sandbox):
    sandbox, http = await open_sandbox(latency=0.2, parallel=2, campaigns=2)
    other = f"/v2/campaigns/{sandbox.campaign_ids[1]}"
    fine = await asyncio.gather(
        http.offers(), http.hidden(), http.get(f"{other}/hidden-offers"), http.promo(), http.get("/v2/campaigns")
    )
    assert {answer.status for answer in fine} == {200}
    crowded = await asyncio.gather(http.offers(), http.hidden(), http.delete(["x"]), http.promo())
    assert sorted(answer.status for answer in crowded) == [200, 200, 200, 420]
    # What names neither a store nor a business counts for the business of the key.
    answers = await asyncio.gather(http.promo(), http.get("/v2/campaigns"), http.promo())
    assert sorted(answer.status for answer in answers) == [200, 200, 420]
    said = next(answer.message for answer in answers if answer.status == 420)
    assert said == f"Hit rate limit of 2 parallel requests for businessId {sandbox.business_id}"


async def test_the_next_request_may_follow_the_answer_at_once(open_sandbox):
    sandbox, http = await open_sandbox(parallel=1)
    assert [(await http.offers(limit=1)).status for _ in range(30)] == [200] * 30
    sandbox.parallel = 4
    assert sandbox.parallel == 4
    await asyncio.gather(*(http.offers(limit=1) for _ in range(4)))
    assert sandbox.counts[420] == 0

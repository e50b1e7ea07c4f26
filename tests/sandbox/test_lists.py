"""The lists of the pretend Market: what is in them, how they are paged and filtered, what deleting does to them."""

import re
from datetime import datetime
from decimal import Decimal

import msgspec
import pytest

from yamarket_async.sandbox import Sandbox
from yamarket_async.sandbox.parts.promos import PROMO_STATUSES
from yamarket_async.sandbox.parts.statuses import STATUSES


def ids(pages):
    return [offer["offerId"] for page in pages for offer in page]


async def test_every_offer_comes_once_and_in_order(open_sandbox):
    sandbox, http = await open_sandbox(offers=1_050)
    pages = await http.walk(http.offers, "offers", limit=200)
    assert [len(page) for page in pages] == [200] * 5 + [50]
    assert ids(pages) == sandbox.offer_ids()
    assert len(set(ids(pages))) == 1_050


async def test_the_last_page_has_no_token_also_where_it_is_full(open_sandbox):
    _, http = await open_sandbox(offers=600, hidden=100)
    assert [len(page) for page in await http.walk(http.offers, "offers", limit=200)] == [200] * 3
    assert [len(page) for page in await http.walk(http.hidden, "hiddenOffers", limit=50)] == [50] * 2
    assert [len(page) for page in await http.walk(http.promo, "offers", limit=120)] == [120]


async def test_an_empty_store_gives_an_empty_list_without_a_token(open_sandbox):
    _, http = await open_sandbox(offers=0)
    for answer in (await http.offers(), await http.hidden(), await http.promo()):
        result = answer.json["result"]
        assert [result.pop("paging"), *result.values()] == [{}, []]
    assert (await http.old_offers()).json["pager"] == {
        "total": 0, "from": 0, "to": 0, "currentPage": 1, "pagesCount": 0, "pageSize": 50,
    }  # fmt: skip


async def test_pages_have_the_default_sizes_of_the_description(open_sandbox):
    _, http = await open_sandbox(hidden=600, promo_offers=700)
    assert len((await http.offers()).json["result"]["offers"]) == 100
    assert len((await http.hidden()).json["result"]["hiddenOffers"]) == 250
    assert len((await http.promo()).json["result"]["offers"]) == 250


async def test_lists_are_served_with_and_without_the_version(open_sandbox):
    sandbox, http = await open_sandbox()
    for path in (http.campaign, http.campaign.removeprefix("/v2")):
        assert (await http.post(f"{path}/offers")).status == 200
        assert (await http.get(f"{path}/hidden-offers")).status == 200
        assert (await http.post(f"{path}/offers/delete", {"offerIds": ["?"]})).status == 200
    for path in (http.business, http.business.removeprefix("/v2")):
        assert (await http.post(f"{path}/promos/offers", {"promoId": sandbox.promo_id})).status == 200
    for path in ("/v2/campaigns", "/campaigns"):
        assert (await http.get(path)).status == 200


async def test_get_offers_has_no_versioned_path(open_sandbox):
    _, http = await open_sandbox()
    assert (await http.old_offers()).status == 200
    answer = await http.get(f"{http.campaign}/offers")
    assert answer.status == 405
    assert answer.headers["Allow"] == "POST"


async def test_both_names_of_the_page_token_work_and_an_empty_one_counts_as_none(open_sandbox):
    _, http = await open_sandbox()
    first = await http.offers(limit=10)
    token = first.next_token
    second = await http.offers(limit=10, page_token=token)
    assert second.body == (await http.offers(limit=10, pageToken=token)).body
    assert second.body != first.body
    assert (await http.offers(limit=10, page_token="")).body == first.body
    assert (await http.offers(limit=10, pageToken="", page_token=token)).body == second.body


async def test_the_page_size_may_change_from_page_to_page(open_sandbox):
    sandbox, http = await open_sandbox()
    first = await http.offers(limit=7)
    second = await http.offers(limit=100, page_token=first.next_token)
    assert ids([second.json["result"]["offers"]]) == sandbox.offer_ids()[7:107]


async def test_a_token_survives_a_restart_of_the_sandbox(open_sandbox):
    sandbox, http = await open_sandbox()
    token = (await http.offers(limit=30)).next_token
    await sandbox.stop()
    other, http = await open_sandbox()
    assert other is not sandbox
    assert ids([(await http.offers(limit=5, page_token=token)).json["result"]["offers"]]) == other.offer_ids()[30:35]


async def test_a_token_is_refused_where_it_belongs_to_another_query(open_sandbox):
    sandbox, http = await open_sandbox(campaigns=2, hidden=900, seed=1)
    token = (await http.offers(limit=10)).next_token
    elsewhere = f"/v2/campaigns/{sandbox.campaign_ids[1]}"
    refused = [
        await http.offers({"statuses": ["PUBLISHED"]}, limit=10, page_token=token),
        await http.hidden(page_token=token),
        await http.promo(page_token=token),
        await http.post(f"{elsewhere}/offers", page_token=token),
        await http.get("/v2/campaigns", page_token=token),
    ]
    assert [answer.status for answer in refused] == [400] * 5
    assert {answer.message for answer in refused} == {"Bad page token"}
    _, http = await open_sandbox(seed=2)
    assert (await http.offers(limit=10, page_token=token)).status == 400


async def test_a_token_does_not_depend_on_the_order_of_the_filters(open_sandbox):
    _, http = await open_sandbox()
    one = {"statuses": ["PUBLISHED", "ARCHIVED"], "categoryIds": [90_401, 91_491], "tags": ["sale", "новинка"]}
    other = {name: values[::-1] for name, values in one.items()}
    token = (await http.offers(one, limit=5)).next_token
    pages = [await http.offers(body, limit=5, page_token=token) for body in (one, other)]
    assert pages[0].status == 200
    assert pages[0].body == pages[1].body


@pytest.mark.parametrize("token", ["x", "eyBuZXh0SWQ6IDIzNDIgfQ==", "AAAA", "Ж", "%00", "AAAAxwAAaaaaaaaaaaaaaa=="])
async def test_a_forged_token_is_refused(open_sandbox, token):
    _, http = await open_sandbox()
    assert (await http.offers(page_token=token)).status == 400


async def test_a_walk_stays_exact_while_offers_are_deleted(open_sandbox):
    sandbox, http = await open_sandbox(offers=600, warehouse=0)
    before, seen, token = sandbox.offer_ids(), [], {}
    deleted = set()
    while True:
        answer = await http.offers(limit=50, **token)
        page = ids([answer.json["result"]["offers"]])
        seen += page
        if answer.next_token is None:
            break
        # The one that the token stands at, one behind it, and two that are yet to come.
        at = before.index(page[-1])
        gone = [page[-1], page[0], *before[at + 3 : at + 5]]
        assert (await http.delete(gone)).json == {"status": "OK"}
        deleted |= set(before[at + 3 : at + 5])
        token = {"page_token": answer.next_token}
    assert seen == [offer_id for offer_id in before if offer_id not in deleted]


async def test_hidden_offers_are_the_ones_whose_status_says_so(open_sandbox):
    sandbox, http = await open_sandbox(hidden=120)
    hidden = ids(await http.walk(http.hidden, "hiddenOffers", limit=50))
    assert len(hidden) == 120
    assert hidden == ids(await http.walk(http.offers, "offers", {"statuses": ["DISABLED_BY_PARTNER"]}, limit=50))
    assert hidden == sandbox.hidden_offer_ids()
    assert set((await http.hidden(limit=1)).json["result"]["hiddenOffers"][0]) == {"offerId"}


async def test_hidden_offers_can_be_asked_for_by_sku(open_sandbox):
    sandbox, http = await open_sandbox()
    hidden, shown = sandbox.hidden_offer_ids(), sandbox.offer_ids(statuses=["PUBLISHED"])
    query = [("offer_id", offer_id) for offer_id in [*hidden[4::-1], shown[0], "нет такого", f"  {hidden[5]} "]]
    answer = await http.send("GET", f"{http.campaign}/hidden-offers", query=query)
    assert ids([answer.json["result"]["hiddenOffers"]]) == hidden[:6]
    first = await http.send("GET", f"{http.campaign}/hidden-offers", query=[*query, ("limit", "4")])
    assert ids([first.json["result"]["hiddenOffers"]]) == hidden[:4]
    rest = [*query, ("limit", "4"), ("page_token", first.next_token)]
    answer = await http.send("GET", f"{http.campaign}/hidden-offers", query=rest)
    assert ids([answer.json["result"]["hiddenOffers"]]) == hidden[4:6]
    assert answer.next_token is None


async def test_every_status_is_in_the_catalogue_and_can_be_filtered_by(open_sandbox):
    _, http = await open_sandbox(offers=30, hidden=3)
    statuses = [offer["status"] for offer in (await http.offers()).json["result"]["offers"]]
    assert set(statuses) == set(STATUSES)
    for status in STATUSES:
        found = (await http.offers({"statuses": [status]})).json["result"]["offers"]
        assert [offer["status"] for offer in found] == [status] * statuses.count(status)


async def test_filters_narrow_the_list_and_can_be_combined(open_sandbox):
    _, http = await open_sandbox()
    counts = {}
    for filters in (
        {"categoryIds": [91_491]},
        {"categoryIds": [91_491, 90_401]},
        {"vendorNames": ["ООО «Лампа»"]},
        {"tags": ["sale"]},
        {"tags": ["sale", "новинка"]},
        {"categoryIds": [91_491], "vendorNames": ["ООО «Лампа»"], "tags": ["sale"], "statuses": ["PUBLISHED"]},
        {"categoryIds": [1]},
        {"statuses": None, "tags": None, "vendorNames": None, "categoryIds": None, "offerIds": None},
    ):
        found = ids(await http.walk(http.offers, "offers", filters, limit=200))
        counts[str(filters)] = len(found)
        assert len(set(found)) == len(found)
    one_category, two, vendor, sale, sale_or_new, all_, none, null = counts.values()
    assert 0 < one_category < two < 1_000
    assert 0 < vendor < 1_000
    assert 0 < sale < sale_or_new < 1_000
    assert 0 < all_ < min(one_category, vendor, sale)
    assert (none, null) == (0, 1_000)


async def test_offers_asked_for_by_sku_come_whole(open_sandbox):
    sandbox, http = await open_sandbox()
    asked = sandbox.offer_ids()[:200]
    result = (await http.offers({"offerIds": [f" {asked[0]} ", *asked[1:199], "нет такого"]})).json["result"]
    assert ids([result["offers"]]) == asked[:199]
    assert result["paging"] == {}


async def test_offers_are_varied_as_real_ones_are(open_sandbox):
    sandbox, http = await open_sandbox()
    pages = await http.walk(http.offers, "offers", limit=200)
    offers = [offer for page in pages for offer in page]
    prices = [offer["basicPrice"] for offer in offers if "basicPrice" in offer]
    raw = msgspec.json.Decoder(dict, float_hook=Decimal).decode((await http.offers(limit=200)).body)
    assert any(offer["basicPrice"]["value"] % 1 for offer in raw["result"]["offers"] if "basicPrice" in offer)
    assert all(offer["campaignPrice"]["value"] > 0 for offer in offers if offer["status"] == "PUBLISHED")
    assert any("discountBase" in price for price in prices)
    assert all(price["discountBase"] > price["value"] for price in prices if "discountBase" in price)
    assert all(datetime.fromisoformat(price["updatedAt"]).tzinfo for price in prices)
    assert {len(offer.get("errors", [])) for offer in offers} == {0, 1}
    assert any("warnings" in offer for offer in offers)
    assert any("quantum" in offer for offer in offers)
    assert any(re.search("[А-я]", offer["errors"][0]["comment"]) for offer in offers if "errors" in offer)
    assert any(re.search("[А-я]", offer["offerId"]) for offer in offers)
    assert {type(offer["offerId"]) for offer in offers} == {str}
    assert len({offer_id[:3] for offer_id in sandbox.offer_ids()}) > 5


async def test_the_same_seed_gives_the_same_market_and_another_one_gives_another(open_sandbox):
    one, http = await open_sandbox(seed=3)
    two, http_of_two = await open_sandbox(seed=3)
    other, _ = await open_sandbox(seed=4)
    assert (one.api_key, one.campaign_ids, one.business_id) == (two.api_key, two.campaign_ids, two.business_id)
    assert (await http.offers(limit=200)).body == (await http_of_two.offers(limit=200)).body
    assert (await http.promo(limit=200)).body == (await http_of_two.promo(limit=200)).body
    assert one.api_key != other.api_key
    assert set(one.offer_ids()).isdisjoint(other.offer_ids())


async def test_a_deleted_offer_is_gone_from_every_list_of_its_store_and_from_no_other(open_sandbox):
    sandbox, http = await open_sandbox(campaigns=2, warehouse=0)
    hidden, other = sandbox.hidden_offer_ids()[0], sandbox.campaign_ids[1]
    before = sandbox.offer_ids(other)
    assert (await http.delete([hidden])).json == {"status": "OK"}
    assert hidden not in ids(await http.walk(http.hidden, "hiddenOffers"))
    assert hidden not in ids(await http.walk(http.offers, "offers"))
    assert (await http.offers({"offerIds": [hidden]})).json["result"]["offers"] == []
    assert hidden not in [offer["id"] for offer in (await http.old_offers(pageSize=1_000)).json["offers"]]
    assert (await http.old_offers()).json["pager"]["total"] == 999
    assert sandbox.offer_ids(other) == before
    answer = await http.post(f"/v2/campaigns/{other}/offers", {"offerIds": [hidden]})
    assert ids([answer.json["result"]["offers"]]) == [hidden]


async def test_what_was_not_deleted_is_named(open_sandbox):
    sandbox, http = await open_sandbox(warehouse=5)
    stored = sandbox.warehouse_offer_ids()
    assert len(stored) == 5
    free = [offer_id for offer_id in sandbox.offer_ids() if offer_id not in stored]
    answer = await http.delete([free[0], stored[2], "нет такого", "SKU-1", f" {free[1]} "])
    assert answer.json["result"] == {"notDeletedOfferIds": [stored[2], "нет такого", "SKU-1"]}
    assert stored[2] in sandbox.offer_ids()


async def test_deleting_twice_names_the_offer_the_second_time(open_sandbox):
    sandbox, http = await open_sandbox(warehouse=0)
    batch = sandbox.offer_ids()[:500]
    assert "result" not in (await http.delete(batch)).json
    assert (await http.delete(batch)).json["result"]["notDeletedOfferIds"] == batch


async def test_promo_offers_have_every_participation_status(open_sandbox):
    sandbox, http = await open_sandbox(promo_offers=70, campaigns=3)
    offers = [offer for page in await http.walk(http.promo, "offers", limit=20) for offer in page]
    assert [offer["offerId"] for offer in offers] == sandbox.promo_offer_ids()
    assert len(offers) == 70
    assert {offer["status"] for offer in offers} == set(PROMO_STATUSES)
    for offer in offers:
        discount = offer["params"]["discountParams"]
        out = offer["status"] in {"NOT_PARTICIPATING", "RENEW_FAILED"}
        assert set(discount) == ({"maxPromoPrice"} if out else {"maxPromoPrice", "price", "promoPrice"})
        stores = offer.get("autoParticipatingDetails", {"campaignIds": []})["campaignIds"]
        assert bool(stores) == (offer["status"] == "PARTIALLY_AUTO")
        assert set(stores) < set(sandbox.campaign_ids)


@pytest.mark.parametrize(
    ("filters", "statuses"),
    [
        ({"statuses": ["MANUALLY_ADDED"]}, {"MANUAL"}),
        ({"statuses": ["NOT_MANUALLY_ADDED"]}, {"AUTO", "PARTIALLY_AUTO", "NOT_PARTICIPATING"}),
        ({"statuses": ["RENEWED", "RENEW_FAILED"]}, {"RENEWED", "RENEW_FAILED"}),
        ({"statuses": ["MINIMUM_FOR_PROMOS"]}, {"MINIMUM_FOR_PROMOS"}),
        ({"statuses": None}, set(PROMO_STATUSES)),
    ],
)
async def test_promo_offers_can_be_filtered(open_sandbox, filters, statuses):
    _, http = await open_sandbox()
    pages = await http.walk(http.promo, "offers", filters)
    assert {offer["status"] for page in pages for offer in page} == statuses


async def test_old_offers_are_paged_by_number(open_sandbox):
    sandbox, http = await open_sandbox(offers=130)
    pages = [(await http.old_offers(page=number, pageSize=60)).json for number in (1, 2, 3, 4)]
    assert [offer["id"] for page in pages for offer in page["offers"]] == sandbox.offer_ids()
    assert pages[2]["pager"] == {
        "total": 130, "from": 121, "to": 130, "currentPage": 3, "pagesCount": 3, "pageSize": 60,
    }  # fmt: skip
    assert pages[3]["pager"] == pages[2]["pager"] | {"from": 0, "to": 0, "currentPage": 4}


async def test_the_pager_shrinks_when_offers_are_deleted(open_sandbox):
    sandbox, http = await open_sandbox(offers=130, warehouse=0)
    assert (await http.old_offers(pageSize=60)).json["pager"]["pagesCount"] == 3
    await http.delete(sandbox.offer_ids()[:20])
    assert (await http.old_offers(pageSize=60)).json["pager"]["pagesCount"] == 2


async def test_the_pager_can_tell_too_much_until_the_last_page(open_sandbox):
    _, http = await open_sandbox(offers=130, overcount=100)
    pagers = [(await http.old_offers(page=number, pageSize=60)).json["pager"] for number in (1, 2, 3)]
    assert [(pager["total"], pager["pagesCount"]) for pager in pagers] == [(230, 4), (230, 4), (130, 3)]


@pytest.mark.parametrize(
    ("query", "rule"),
    [
        ({"query": "ЧАЙНИК"}, lambda offer: "Чайник" in offer["name"]),
        ({"feedId": 200_001}, lambda offer: offer["feedId"] == 200_001),
        ({"shopCategoryId": "lampa"}, lambda offer: offer["shopCategoryId"] == "lampa"),
        ({"matched": "YES"}, lambda offer: offer["modelId"] != 0),
        ({"matched": "0"}, lambda offer: offer["modelId"] == 0),
        ({"currency": "RUR", "matched": "true", "feedId": 200_000}, lambda offer: offer["modelId"] != 0),
        ({"currency": "KZT"}, None),
    ],
)
async def test_old_offers_can_be_filtered(open_sandbox, query, rule):
    _, http = await open_sandbox()
    everything = (await http.old_offers(pageSize=1_000)).json["offers"]
    found = (await http.old_offers(pageSize=1_000, **query)).json
    assert found["pager"]["total"] == len(found["offers"])
    assert 0 < len(found["offers"]) < len(everything) if rule else found["offers"] == []
    assert all(rule(offer) for offer in found["offers"])


async def test_campaigns_are_listed_by_token(open_sandbox):
    sandbox, http = await open_sandbox(campaigns=5)
    sandbox.inactive.add(sandbox.campaign_ids[1])
    whole = (await http.get("/v2/campaigns")).json
    assert [campaign["id"] for campaign in whole["campaigns"]] == list(sandbox.campaign_ids)
    assert {campaign["business"]["id"] for campaign in whole["campaigns"]} == {sandbox.business_id}
    assert whole["campaigns"][1]["apiAvailability"] == "DISABLED_BY_INACTIVITY"
    first = (await http.get("/v2/campaigns", limit=3)).json
    rest = (await http.get("/v2/campaigns", limit=3, page_token=first["paging"]["nextPageToken"])).json
    assert [campaign["id"] for campaign in first["campaigns"] + rest["campaigns"]] == list(sandbox.campaign_ids)
    assert rest["paging"] == {}


def test_a_million_offers_are_no_burden():
    sandbox = Sandbox(offers=1_000_000)
    assert len(sandbox.hidden_offer_ids()) == 50_000

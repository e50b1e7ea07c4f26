"""Every documented method against the sandbox."""

from collections import Counter
from urllib.parse import urlencode

import msgspec
import pytest

from yamarket_async import MarketClient
from yamarket_async.families.hidden_offers.models import HiddenOffer
from yamarket_async.families.offers.models import CampaignOffer, OfferCampaignStatusType
from yamarket_async.families.promos.models import PromoOffer
from yamarket_async.sandbox import Sandbox

PLENTY = dict.fromkeys(["getHiddenOffers", "getCampaignOffers", "deleteCampaignOffers", "getOffers"], 10**9)


def by_size(*sizes: int) -> pytest.MarkDecorator:
    """Try these numbers of ids: none, one, those around the bound of a request, and one more than fits into several."""
    return pytest.mark.parametrize(
        "size",
        [
            pytest.param(size, marks=pytest.mark.yamarket_sandbox(offers=max(1_200, size + 1_000), hidden=600))
            for size in sizes
        ],
    )


@pytest.mark.yamarket_sandbox(offers=8_000, limits=PLENTY)
async def test_campaign_offers_come_each_once_and_in_order(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    offers = [offer async for offer in market.get_campaign_offers(yamarket_sandbox.campaign_id)]
    assert [offer.offer_id for offer in offers] == yamarket_sandbox.offer_ids()
    assert all(type(offer) is CampaignOffer for offer in offers)
    assert {offer.status for offer in offers} == set(OfferCampaignStatusType)
    assert yamarket_sandbox.counts["requests"] == yamarket_sandbox.counts[200] == 8_000 / 200


@pytest.mark.yamarket_sandbox(offers=2_000, limits=PLENTY)
async def test_campaign_offers_by_filters(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    statuses = ["PUBLISHED", OfferCampaignStatusType.NO_CARD, "PUBLISHED"]
    found = await market.get_campaign_offers(yamarket_sandbox.campaign_id, statuses=statuses)
    assert [offer.offer_id for offer in found] == yamarket_sandbox.offer_ids(statuses=["PUBLISHED", "NO_CARD"])
    await market.get_campaign_offers(
        yamarket_sandbox.campaign_id, category_ids=(7, 8, 7), vendor_names=["ООО «Лампа»"], tags={"новинка"}
    )
    body = msgspec.json.decode(yamarket_sandbox.requests[-1].body)
    assert body == {"categoryIds": [7, 8], "vendorNames": ["ООО «Лампа»"], "tags": ["новинка"]}


@by_size(0, 1, 199, 200, 201, 5_001)
@pytest.mark.yamarket_sandbox(limits=PLENTY)
async def test_campaign_offers_by_ids_in_batches_of_200(
    yamarket_sandbox: Sandbox, market: MarketClient, size: int
) -> None:
    ids = yamarket_sandbox.offer_ids()[:size]
    found = await market.get_campaign_offers(yamarket_sandbox.campaign_id, offer_ids=ids)
    assert sorted(offer.offer_id for offer in found) == sorted(ids)
    requests = yamarket_sandbox.requests
    assert len(requests) == -(-size // 200)
    assert not any(request.query for request in requests)


@by_size(0, 1, 200, 500, 501, 2_001)
@pytest.mark.yamarket_sandbox(limits=PLENTY)
async def test_hidden_offers_by_ids_in_one_stream(yamarket_sandbox: Sandbox, market: MarketClient, size: int) -> None:
    hidden = yamarket_sandbox.hidden_offer_ids()
    others = set(hidden)
    ids = (hidden + [sku for sku in yamarket_sandbox.offer_ids() if sku not in others])[:size]
    found = await market.get_hidden_offers(yamarket_sandbox.campaign_id, offer_ids=ids)
    assert sorted(offer.offer_id for offer in found) == sorted(hidden[:size])
    for request in yamarket_sandbox.requests:
        assert len(request.query["offer_id"]) <= 500
        assert len(yamarket_sandbox.url + request.path + "?" + urlencode(request.query, doseq=True)) <= 8_192
    assert bool(size) == bool(yamarket_sandbox.requests)


@pytest.mark.yamarket_sandbox(offers=4_000, hidden=1_200, limits=PLENTY)
async def test_hidden_offers_in_pages_of_500(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    hidden = await market.get_hidden_offers(yamarket_sandbox.campaign_id)
    assert hidden == [HiddenOffer(offer_id=sku) for sku in yamarket_sandbox.hidden_offer_ids()]
    assert yamarket_sandbox.counts["requests"] == 3


@by_size(0, 1, 499, 500, 501, 5_001)
@pytest.mark.yamarket_sandbox(limits=PLENTY)
async def test_delete_in_batches_of_500(yamarket_sandbox: Sandbox, market: MarketClient, size: int) -> None:
    before = yamarket_sandbox.offer_ids()
    ids = before[:size]
    stays = set(yamarket_sandbox.warehouse_offer_ids())
    report = await market.delete_campaign_offers(yamarket_sandbox.campaign_id, ids)
    assert report.offer_ids == ids
    assert report.deleted_offer_ids == [sku for sku in ids if sku not in stays]
    assert report.not_deleted_offer_ids == [sku for sku in ids if sku in stays]
    assert report.unconfirmed_offer_ids == []
    assert yamarket_sandbox.counts["requests"] == -(-size // 500)
    assert len(yamarket_sandbox.offer_ids()) == len(before) - len(report.deleted_offer_ids)


@pytest.mark.yamarket_sandbox(offers=6_000, promo_offers=1_300)
async def test_promo_offers_in_pages_of_500(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    offers = await market.get_promo_offers(yamarket_sandbox.business_id, yamarket_sandbox.promo_id)
    assert [offer.offer_id for offer in offers] == yamarket_sandbox.promo_offer_ids()
    assert yamarket_sandbox.counts["requests"] == 3
    by_status: dict[str, PromoOffer] = {offer.status.value: offer for offer in offers}
    assert all(offer.status.known for offer in offers)
    part = by_status["PARTIALLY_AUTO"]
    assert part.auto_participating_details is not None
    assert part.auto_participating_details.campaign_ids
    prices = by_status["MANUAL"].params.discount_params
    assert prices is not None
    assert prices.price
    assert prices.promo_price
    assert prices.max_promo_price


@pytest.mark.yamarket_sandbox(offers=6_000, promo_offers=1_300)
async def test_promo_offers_by_status(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    where = yamarket_sandbox.business_id, yamarket_sandbox.promo_id
    everything = Counter(offer.status for offer in await market.get_promo_offers(*where))
    renewed = Counter(offer.status for offer in await market.get_promo_offers(*where, statuses=["RENEWED"]))
    assert renewed == {"RENEWED": everything["RENEWED"]}  # type: ignore[comparison-overlap]
    assert msgspec.json.decode(yamarket_sandbox.requests[-1].body)["statuses"] == ["RENEWED"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.yamarket_sandbox(offers=1_250, limits=PLENTY, overcount=700)
async def test_offers_follow_a_pager_that_shrinks(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    offers = await market.get_offers(yamarket_sandbox.campaign_id, page_size=100)
    assert len(offers) == len({offer.id for offer in offers}) == 1_250
    assert [request.query["page"] for request in yamarket_sandbox.requests[:2]] == [["1"], ["2"]]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.yamarket_sandbox(offers=300, limits=PLENTY)
async def test_offers_by_filters_and_from_a_page(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    await market.get_offers(
        yamarket_sandbox.campaign_id,
        query="рюкзак & пенал",
        feed_id=5,
        shop_category_id="a/b",
        currency="RUR",
        matched=True,
        page=2,
        page_size=50,
    )
    assert yamarket_sandbox.requests[0].query == {
        "query": ["рюкзак & пенал"],
        "feedId": ["5"],
        "shopCategoryId": ["a/b"],
        "currency": ["RUR"],
        "matched": ["true"],
        "page": ["2"],
        "pageSize": ["50"],
    }
    rest = await market.get_offers(yamarket_sandbox.campaign_id, page=2, page_size=200)
    assert len(rest) == 100
    assert await market.get_offers(yamarket_sandbox.campaign_id)


@pytest.mark.yamarket_sandbox(offers=10, campaigns=230, orders=0)
async def test_campaigns_tell_all_stores(yamarket_sandbox: Sandbox, market: MarketClient) -> None:
    campaigns = await market.get_campaigns()
    assert tuple(campaign.id for campaign in campaigns) == yamarket_sandbox.campaign_ids
    assert {campaign.business.id for campaign in campaigns if campaign.business} == {yamarket_sandbox.business_id}


@pytest.mark.yamarket_sandbox(offers=100)
async def test_an_oauth_token_is_as_good_as_a_key(yamarket_sandbox: Sandbox) -> None:
    async with MarketClient(oauth_token=yamarket_sandbox.oauth_token, base_url=yamarket_sandbox.url) as market:
        assert len(await market.get_campaign_offers(yamarket_sandbox.campaign_id)) == 100

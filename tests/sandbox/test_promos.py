"""Promotions: which there are, who takes part and at what price, what is refused, and what happens hours later."""

import pytest

from yamarket_async.sandbox import Sandbox

ENDED = (400, "Promo has ended")


@pytest.fixture
async def shop(open_sandbox):
    """A business whose products cost 1 000 roubles, and a promotion that all of them may take part in."""
    sandbox, http = await open_sandbox(offers=60, campaigns=2, warehouse=0)
    for sku in ("ЛАМПА", "КРУЖКА", "ЧАЙНИК"):
        sandbox.products.add(sku)
    return sandbox, http, sandbox.promos.add("Распродажа")


def join(promo_id, *skus, price=1_000, promo_price=800):
    discount = {"price": price, "promoPrice": promo_price}
    discount = {name: value for name, value in discount.items() if value is not None}
    return {"promoId": promo_id, "offers": [{"offerId": sku, "params": {"discountParams": discount}} for sku in skus]}


async def offers(http, promo_id, **filters):
    found = (await http.ok("getPromoOffers", {"promoId": promo_id, **filters}, query={"limit": 500}))["result"][
        "offers"
    ]
    return {each["offerId"]: each for each in found}


async def promo(http, promo_id, **filters):
    found = (await http.ok("getPromos", filters))["result"]["promos"]
    return next((each for each in found if each["id"] == promo_id), None)


async def test_products_that_join_are_read_back(shop):
    sandbox, http, promo_id = shop
    assert (await offers(http, promo_id))["ЛАМПА"] == {
        "offerId": "ЛАМПА", "status": "NOT_PARTICIPATING", "params": {"discountParams": {"maxPromoPrice": 1_000}},
    }  # fmt: skip
    assert await http.ok("updatePromoOffers", join(promo_id, "ЛАМПА", " КРУЖКА ")) == {"status": "OK", "result": {}}
    shown = await offers(http, promo_id)
    assert shown["ЛАМПА"]["status"] == shown["КРУЖКА"]["status"] == "MANUAL"
    assert shown["ЛАМПА"]["params"]["discountParams"] == {"price": 1_000, "promoPrice": 800, "maxPromoPrice": 1_000}
    assert set(await offers(http, promo_id, statuses=["MANUALLY_ADDED"])) == {"ЛАМПА", "КРУЖКА"}
    assert sandbox.promos.participating(promo_id) == ["ЛАМПА", "КРУЖКА"]
    answer = await http.ok("deletePromoOffers", {"promoId": promo_id, "offerIds": ["ЛАМПА"]})
    assert answer == {"status": "OK", "result": {}}
    assert sandbox.promos.participating(promo_id) == ["КРУЖКА"]


async def test_changes_have_their_effect_hours_later(shop):
    sandbox, http, promo_id = shop
    assert (await promo(http, promo_id))["assortmentInfo"] == {
        "activeOffers": 0, "potentialOffers": 63, "processing": False,
    }  # fmt: skip
    await http.ok("updatePromoOffers", join(promo_id, "ЛАМПА", "КРУЖКА"))
    await http.ok("updatePromoOffers", join(promo_id, "ЛАМПА", "ЧАЙНИК", promo_price=700))
    changed = await promo(http, promo_id)
    assert (changed["participating"], changed["assortmentInfo"]["processing"]) == (False, True)
    sandbox.tick(5 * 3_600)
    applied = await promo(http, promo_id)
    assert (applied["participating"], applied["assortmentInfo"]["processing"]) == (True, False)
    assert applied["assortmentInfo"]["activeOffers"] == 3
    assert await promo(http, promo_id, participation="PARTICIPATING_NOW")


async def test_all_products_can_leave_at_once(shop):
    sandbox, http, promo_id = shop
    await http.ok("updatePromoOffers", join(promo_id, "ЛАМПА", "КРУЖКА"))
    for each in (promo_id, sandbox.promo_id):
        assert await http.ok("deletePromoOffers", {"promoId": each, "deleteAllOffers": True}) == {"status": "OK"}
        assert {offer["status"] for offer in (await offers(http, each)).values()} == {"NOT_PARTICIPATING"}
        assert sandbox.promos.participating(each) == []
    sandbox.tick(5 * 3_600)
    assert (await promo(http, promo_id))["assortmentInfo"]["activeOffers"] == 0


@pytest.mark.parametrize(
    ("prices", "reason"),
    [
        ({"price": None}, "EMPTY_OLD_PRICE"),
        ({"promo_price": None}, "EMPTY_PROMO_PRICE"),
        ({"price": 1_000_000_001}, "OLD_PRICE_TOO_BIG"),
        ({"promo_price": 1_000_000_001}, "PRICE_TOO_BIG"),
        ({"promo_price": 951}, "PROMO_PRICE_BIGGER_THAN_MAX"),
        ({"promo_price": 9}, "PROMO_PRICE_SMALLER_THAN_MIN"),
        ({"price": 2_000, "promo_price": 1_001}, "MAX_PROMO_PRICE_EXCEEDED"),
    ],
)
async def test_prices_that_are_rejected(shop, prices, reason):
    sandbox, http, promo_id = shop
    answer = await http.ok("updatePromoOffers", join(promo_id, "ЛАМПА", **prices))
    assert answer == {"status": "OK", "result": {"rejectedOffers": [{"offerId": "ЛАМПА", "reason": reason}]}}
    assert sandbox.promos.participating(promo_id) == []


async def test_products_that_are_rejected(shop):
    sandbox, http, _ = shop
    skus = sandbox.offer_ids()
    sandbox.products.add("БЕЗ ЦЕНЫ", price=None)
    narrow = sandbox.promos.add("Для одного", offer_ids=[skus[0], "ЛАМПА"])
    await http.ok("updatePromoOffers", join(narrow, "ЛАМПА", "ЛАМПА", skus[1], "нет такого", "БЕЗ ЦЕНЫ"))
    answer = await http.ok("updatePromoOffers", join(narrow, "ЛАМПА", "ЛАМПА", skus[1], "нет такого", "БЕЗ ЦЕНЫ"))
    assert answer["result"]["rejectedOffers"] == [
        {"offerId": "ЛАМПА", "reason": "OFFER_DUPLICATION"},
        {"offerId": skus[1], "reason": "OFFER_NOT_ELIGIBLE_FOR_PROMO"},
        {"offerId": "нет такого", "reason": "OFFER_DOES_NOT_EXIST"},
        {"offerId": "БЕЗ ЦЕНЫ", "reason": "OFFER_NOT_ELIGIBLE_FOR_PROMO"},
    ]
    left = await http.ok("deletePromoOffers", {"promoId": narrow, "offerIds": ["ЛАМПА", "нет такого", skus[1]]})
    # A product that the cabinet has and the promotion hasn't is out of it already.
    assert left["result"] == {"rejectedOffers": [{"offerId": "нет такого", "reason": "OFFER_DOES_NOT_EXIST"}]}


async def test_what_the_market_warns_of_is_done(shop):
    sandbox, http, promo_id = shop
    sandbox.prices.set("ЛАМПА", 500)
    sandbox.prices.set("КРУЖКА", 700, campaign_id=sandbox.campaign_id)
    deep = await http.ok("updatePromoOffers", join(promo_id, "ЧАЙНИК", "КРУЖКА", promo_price=499))
    assert [each["warnings"] for each in deep["result"]["warningOffers"]] == [[{"code": "DEEP_DISCOUNT_OFFER"}]] * 2
    answer = await http.ok("updatePromoOffers", join(promo_id, "КРУЖКА", promo_price=800))
    assert answer["result"]["warningOffers"] == [
        {
            "offerId": "КРУЖКА",
            "warnings": [{"code": "SHOP_PRICES_ARE_LOWER_THAN_PROMO", "campaignIds": [sandbox.campaign_id]}],
        }
    ]
    sku = next(each for each in sandbox.offer_ids(statuses=["PUBLISHED"]) if sandbox.products.get(each).price > 100)
    most = (await offers(http, promo_id))[sku]["params"]["discountParams"]["maxPromoPrice"]
    sandbox.prices.set(sku, most - 2)
    answer = await http.ok("updatePromoOffers", join(promo_id, sku, price=most * 2, promo_price=most))
    assert [each["code"] for each in answer["result"]["warningOffers"][0]["warnings"]] == [
        "CATALOG_PRICE_IS_LOWER_THAN_PROMO"
    ]
    assert set(sandbox.promos.participating(promo_id)) == {"КРУЖКА", "ЧАЙНИК", sku}


async def test_a_promo_code_has_no_prices(open_sandbox):
    sandbox, http = await open_sandbox(offers=60)
    sandbox.products.add("ЛАМПА")
    (found,) = (await http.ok("getPromos", {"mechanics": "MARKET_PROMOCODE"}))["result"]["promos"]
    assert found["mechanicsInfo"]["promocodeInfo"] == {"promocode": "SANDBOX10", "discount": 10}
    promo_id = found["id"]
    await http.ok("updatePromoOffers", {"promoId": promo_id, "offers": [{"offerId": "ЛАМПА"}]})
    shown = await offers(http, promo_id)
    assert shown["ЛАМПА"] == {"offerId": "ЛАМПА", "status": "MANUAL", "params": {}}
    assert {tuple(each["params"]) for each in shown.values()} == {()}


async def test_a_promotion_that_has_ended_is_closed(shop):
    sandbox, http, promo_id = shop
    await http.ok("updatePromoOffers", join(promo_id, "ЛАМПА"))
    sandbox.tick(5 * 3_600)
    sandbox.promos.end(promo_id)
    assert await http.refused("getPromoOffers", {"promoId": promo_id}) == ENDED
    assert await http.refused("updatePromoOffers", join(promo_id, "ЛАМПА")) == ENDED
    assert await http.refused("deletePromoOffers", {"promoId": promo_id, "deleteAllOffers": True}) == ENDED
    assert await promo(http, promo_id) is None
    past = await promo(http, promo_id, participation="PARTICIPATED")
    assert past["assortmentInfo"] == {"activeOffers": 1}
    sandbox.promos.end()
    assert await http.refused("getPromoOffers", {"promoId": sandbox.promo_id}) == ENDED


async def test_promotions_end_by_the_clock(shop):
    sandbox, http, promo_id = shop
    sandbox.tick(30 * 86_400)
    assert await promo(http, promo_id) is None


async def test_old_promotions_are_told_while_there_are_few(open_sandbox):
    sandbox, http = await open_sandbox(offers=200)
    names = [
        each["name"] for each in (await http.ok("getPromos", {"participation": "PARTICIPATED"}))["result"]["promos"]
    ]
    assert names == ["Осенняя распродажа", "Распродажа прошлых лет"]
    for number in range(15):
        sandbox.promos.end(promo_id := sandbox.promos.add(f"Акция {number}"))
        sandbox.promos.promos[promo_id].emptied = False
    found = (await http.ok("getPromos", {"participation": "PARTICIPATED"}))["result"]["promos"]
    assert len(found) == 16
    assert "Распродажа прошлых лет" not in [each["name"] for each in found]


async def test_bestsellers_close_before_they_end(open_sandbox):
    sandbox, http = await open_sandbox(offers=60)
    (main,) = [
        each for each in (await http.ok("getPromos"))["result"]["promos"] if each["bestsellerInfo"]["bestseller"]
    ]
    assert main["id"] == sandbox.promo_id
    assert main["bestsellerInfo"]["renewalEnabled"] is True
    sku = sandbox.promo_offer_ids()[0]
    sandbox.tick(45 * 86_400)
    answer = await http.ok("updatePromoOffers", join(sandbox.promo_id, sku))
    assert answer["result"]["rejectedOffers"] == [{"offerId": sku, "reason": "DEADLINE_FOR_FOCUS_PROMOS_EXCEEDED"}]
    sandbox.promos.end()
    ended = await promo(http, sandbox.promo_id, participation="PARTICIPATED")
    assert ended["bestsellerInfo"] == {"bestseller": True}


async def test_coming_promotions_are_not_taken_part_in_now(open_sandbox):
    sandbox, http = await open_sandbox(offers=60)
    promo_id = sandbox.promos.add("Скоро", mechanics="BLUE_FLASH", starts_in=3_600)
    assert await promo(http, promo_id)
    assert await promo(http, promo_id, participation="PARTICIPATING_NOW") is None


async def test_single_products_too_often_are_refused(shop):
    sandbox, http, promo_id = shop
    for _ in range(20):
        await http.ok("updatePromoOffers", join(promo_id, "ЛАМПА"))
    expected = (
        400,
        "The limit for promo update requests with a single offerId has been exceeded. Please wait or use batch "
        "requests with multiple offerIds for the same promoId.",
    )
    assert await http.refused("updatePromoOffers", join(promo_id, "ЛАМПА")) == expected
    assert await http.refused("deletePromoOffers", {"promoId": promo_id, "offerIds": ["ЛАМПА"]}) == expected
    await http.ok("updatePromoOffers", join(promo_id, "ЛАМПА", "КРУЖКА"))
    sandbox.tick(60)
    await http.ok("updatePromoOffers", join(promo_id, "ЛАМПА"))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "Not enough parameters in request: offerIds or deleteAllOffers should be specified"),
        (
            {"offerIds": ["A"], "deleteAllOffers": True},
            "Too many parameters in request: only one of parameters offerIds or deleteAllOffers should be specified",
        ),
    ],
)
async def test_what_is_to_leave_must_be_said_once(shop, body, message):
    _, http, promo_id = shop
    assert await http.refused("deletePromoOffers", {"promoId": promo_id, **body}) == (400, message)


async def test_a_promotion_that_is_not_there_is_404(shop):
    _, http, _ = shop
    assert await http.refused("getPromoOffers", {"promoId": "x"}) == (404, "Promo not found: 'x'")


@pytest.mark.parametrize("operation", ["updatePromoOffers", "deletePromoOffers"])
async def test_a_business_that_is_being_moved_gives_423(shop, operation):
    sandbox, http, promo_id = shop
    sandbox.locked.add(sandbox.business_id)
    body = join(promo_id, "A") if operation == "updatePromoOffers" else {"promoId": promo_id, "deleteAllOffers": True}
    answer = await http.send("POST", f"{http.business}/promos/offers/{operation[:6]}", json=body)
    assert (answer.status, answer.message) == (423, "Business is in migration")


async def test_pages_of_a_promotion_end_with_what_was_added(shop):
    sandbox, http, promo_id = shop
    seen, query = [], {"limit": 20}
    while True:
        result = (await http.ok("getPromoOffers", {"promoId": promo_id}, query=query))["result"]
        seen += [each["offerId"] for each in result["offers"]]
        if "nextPageToken" not in result["paging"]:
            break
        query = {"limit": 20, "pageToken": result["paging"]["nextPageToken"]}
    assert seen == sandbox.offer_ids()


def test_mistakes_of_a_test_are_errors():
    promos = Sandbox(offers=3).promos
    for wrong, error in (
        (lambda: promos.end("x"), LookupError),
        (lambda: promos.add("x", mechanics="GIFT"), ValueError),
        (lambda: promos.add("x", offer_ids=["нет такого"]), LookupError),
    ):
        with pytest.raises(error):
            wrong()

"""The hands of a test for products and prices: in Python, over HTTP, and what snapshots do to them."""

from decimal import Decimal

import pytest

from yamarket_async.sandbox import Sandbox
from yamarket_async.sandbox.parts.catalogue import Catalogue


@pytest.fixture
def sandbox():
    return Sandbox(offers=40, campaigns=["FBS", "FBY"], warehouse=0)


def test_a_product_that_is_added_is_on_the_showcase_at_once(sandbox):
    assert sandbox.products.add(" ЛАМПА ", name="Лампа", price="990.50", discount_base=1_500, stock=3) == "ЛАМПА"
    state = sandbox.products.get("ЛАМПА")
    assert (state.name, state.price, state.archived) == ("Лампа", Decimal("990.50"), False)
    assert state.card_status == "HAS_CARD_CAN_UPDATE"
    assert state.statuses == dict.fromkeys(sandbox.campaign_ids, "PUBLISHED")
    assert sandbox.stocks.get("ЛАМПА") == 3
    with pytest.raises(ValueError, match="already"):
        sandbox.products.add("ЛАМПА")


def test_a_product_can_be_archived_and_taken_back(sandbox):
    sku = sandbox.products.add("ЛАМПА")
    for warehouse_id in (None, 172):
        sandbox.stocks.set(sku, 0, warehouse_id=warehouse_id)
    sandbox.products.archive(sku)
    assert sandbox.products.get(sku).archived
    sandbox.products.unarchive(sku)
    assert not sandbox.products.get(sku).archived
    assert sandbox.products.delete(sku)
    with pytest.raises(LookupError, match="no product"):
        sandbox.products.get(sku)


def test_a_product_can_be_hidden_in_one_store_or_in_all(sandbox):
    sku, (one, other) = sandbox.products.add("ЛАМПА"), sandbox.campaign_ids
    sandbox.products.hide(sku, campaign_id=one)
    assert sandbox.products.get(sku).statuses == {one: "DISABLED_BY_PARTNER", other: "PUBLISHED"}
    sandbox.products.hide(sku)
    assert set(sandbox.products.get(sku).statuses.values()) == {"DISABLED_BY_PARTNER"}
    sandbox.products.hide(sku, hidden=False)
    assert set(sandbox.products.get(sku).statuses.values()) == {"PUBLISHED"}


def test_the_market_can_be_done_with_cards_at_once(sandbox):
    making = sandbox.offer_ids(statuses=["CREATING_CARD"])
    assert making
    assert sandbox.products.finish_cards() == making
    assert sandbox.offer_ids(statuses=["CREATING_CARD"]) == []
    assert sandbox.products.finish_cards([making[0]]) == [making[0]]


def test_the_market_can_refuse_a_card(sandbox):
    (sku, *_), without = sandbox.offer_ids(statuses=["PUBLISHED"]), sandbox.offer_ids(statuses=["CREATING_CARD"])[0]
    sandbox.products.fail_card(sku)
    sandbox.products.fail_card(without, "Нет фотографии")
    assert sandbox.products.get(sku).card_status == "HAS_CARD_CAN_UPDATE_ERRORS"
    assert sandbox.products.get(without).card_status == "NO_CARD_ERRORS"
    assert sandbox.products.finish_cards([without]) == []


def test_prices_that_a_test_sets_are_valid(sandbox):
    sku, store = sandbox.products.add("ЛАМПА"), sandbox.campaign_id
    sandbox.prices.set(sku, 1)
    sandbox.prices.set(sku, 5, campaign_id=store)
    assert (sandbox.prices.get(sku), sandbox.prices.get(sku, campaign_id=store)) == (1, 5)
    assert sandbox.prices.in_quarantine() == sandbox.prices.in_quarantine(campaign_id=store) == []
    sandbox.prices.quarantine(sku, campaign_id=sandbox.campaign_ids[1])
    assert sandbox.prices.in_quarantine(campaign_id=sandbox.campaign_ids[1]) == [sku]
    sandbox.products.add("БЕЗ ЦЕНЫ", price=None)
    assert sandbox.prices.get("БЕЗ ЦЕНЫ") is None


def test_other_parts_of_the_sandbox_see_what_a_product_is_like_now(sandbox):
    catalogue = sandbox.world.part(Catalogue)
    sku = sandbox.offer_ids(statuses=["PUBLISHED"])[0]
    position = catalogue.position(f" {sku} ")
    assert catalogue.profile(position) is catalogue.first_profile(position)
    sandbox.prices.set(sku, "10.50", discount_base=20)
    assert (catalogue.profile(position).kopecks, catalogue.profile(position).discount_base) == (1_050, 20)
    new = catalogue.position(sandbox.products.add("ЛАМПА", name="Лампа", vendor="Ёлка", price=None, tags=["sale"]))
    profile = catalogue.profile(new)
    assert (profile.name, profile.vendor, profile.tags, profile.model_id) == ("Лампа", "Ёлка", ("sale",), 0)
    sandbox.products.delete(sku)
    assert catalogue.position(sku) is None


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda sandbox: sandbox.prices.set("нет такого", 5), LookupError),
        (lambda sandbox: sandbox.prices.set(sandbox.offer_ids()[0], 0), ValueError),
        (lambda sandbox: sandbox.prices.get("нет такого"), LookupError),
        (lambda sandbox: sandbox.prices.quarantine("нет такого"), LookupError),
        (lambda sandbox: sandbox.prices.quarantine("нет такого", verdict="TOO_MUCH"), ValueError),
        (lambda sandbox: sandbox.prices.quarantine(sandbox.products.add("A", price=None)), LookupError),
        (lambda sandbox: sandbox.products.archive("нет такого"), LookupError),
    ],
)
def test_mistakes_of_a_test_are_errors(sandbox, wrong, error):
    with pytest.raises(error):
        wrong(sandbox)


def test_a_snapshot_holds_products_prices_stocks_promotions_and_what_is_yet_to_show():
    sandbox = Sandbox(offers=40, warehouse=0, visible_after=60)
    sandbox.products.add("ЛАМПА")
    promo_id = sandbox.promos.add("Распродажа")
    before = sandbox.snapshot()
    sandbox.products.archive("ЛАМПА")
    sandbox.prices.set("ЛАМПА", 5)
    sandbox.stocks.set("ЛАМПА", 0)
    sandbox.promos.end(promo_id)
    after = sandbox.snapshot()
    for _ in range(2):
        sandbox.restore(before)
        assert sandbox.prices.get("ЛАМПА") == 1_000
        assert sandbox.stocks.get("ЛАМПА") == 10
        assert sandbox.products.get("ЛАМПА").statuses == {sandbox.campaign_id: "PUBLISHED"}
        sandbox.products.delete("ЛАМПА")
    sandbox.restore(after)
    assert sandbox.products.get("ЛАМПА").archived
    sandbox.reset()
    assert len(sandbox.offer_ids()) == 40


async def test_a_card_in_the_making_is_finished_after_a_snapshot_too(open_sandbox):
    sandbox, http = await open_sandbox(offers=0)
    fields = {"name": "Лампа", "marketCategoryId": 13_314_796, "pictures": ["https://shop.example/1.jpg"]}
    card = {"offerId": "ЛАМПА", "vendor": "Ёлка", "description": "Светит.", **fields}
    await http.ok("updateOfferMappings", {"offerMappings": [{"offer": card}]})
    snapshot = sandbox.snapshot()
    sandbox.tick(600)
    assert sandbox.products.get("ЛАМПА").card_status == "HAS_CARD_CAN_UPDATE"
    sandbox.restore(snapshot)
    assert sandbox.products.get("ЛАМПА").card_status == "NO_CARD_PROCESSING"
    sandbox.tick(600)
    assert sandbox.products.get("ЛАМПА").card_status == "HAS_CARD_CAN_UPDATE"


async def test_the_hands_are_reached_over_http(open_sandbox):
    sandbox, http = await open_sandbox(offers=5)

    async def do(hand, **given):
        answer = await http.post(f"/__sandbox/{hand}", given)
        assert answer.status == 200, answer.body
        return answer.json["result"]

    assert await do("products/add", offer_id="ЛАМПА", price=990.5, stock=2) == "ЛАМПА"
    assert (await do("products/get", offer_id="ЛАМПА"))["price"] == 990.5
    await do("prices/quarantine", offer_id="ЛАМПА")
    assert await do("prices/in_quarantine") == ["ЛАМПА"]
    await do("stocks/set", offer_id="ЛАМПА", count=0)
    promo_id = await do("promos/add", name="Распродажа", offer_ids=["ЛАМПА"])
    await do("promos/end", promo_id=promo_id)
    assert await do("bids/get", sku="ЛАМПА") == 0
    wrong = await http.post("/__sandbox/documents/contest", {"document_id": 5})
    assert (wrong.status, wrong.json["error"]) == (400, "documents/contest: there is no document 5")
    sandbox.reset()
    assert await do("prices/in_quarantine") == []

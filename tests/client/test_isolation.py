"""One bad thing never holds back the others: it is found, told with its reason, and the rest is done."""

import asyncio
import random
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.client.servers import Answering, answer, answering, failed
from tests.client.test_bulk_calls import OK, PLENTY, client, price, prices
from yamarket_async import Limit, MarketClient
from yamarket_async.bulk import batches
from yamarket_async.bulk.naming import named_in
from yamarket_async.bulk.sending import MOST_REQUESTS
from yamarket_async.errors import BadRequest, BatchError, ErrorDetail
from yamarket_async.families.prices.endpoints import UPDATE_BUSINESS_PRICES

MANY = ["updateOfferMappings", "updateOfferContent", "createDocuments", "skipGoodsFeedbacksReaction"]
PLENTY.update(dict.fromkeys(MANY, Limit(10**9)))


class Shop:
    """Applies prices, unless one of a request is bad: then it refuses the request, in words of its own."""

    def __init__(self, bad: Iterable[int], words: Callable[[list[int]], str]) -> None:
        self.bad = {f"SKU-{number}" for number in bad}
        self.words = words
        self.applied: list[str] = []

    def __call__(self, body: Any) -> bytes:
        skus = [thing["offerId"] for thing in body["offers"]]
        bad = [place for place, sku in enumerate(skus) if sku in self.bad]
        if bad:
            return failed(400, self.words(bad))
        self.applied += skus
        return OK


DOCUMENT = {"type": "CONFORMITY_DECLARATION"}

NAMING: dict[str, Callable[[list[int]], str]] = {
    "every place": lambda bad: "; ".join(f"'offers[{n}].price.value' must be greater than 0" for n in bad),
    "the first place": lambda bad: f"'offers[{bad[0]}].price.value' must be greater than 0 (rejected value: -1)",
    "an index": lambda bad: f"Offer at index '{bad[0]}' should have valid discount value.",
    "nothing": lambda bad: "Bad prices",
}


@pytest.mark.parametrize("naming", NAMING)
@pytest.mark.parametrize("bad", [[0], [499], [250], [3, 7, 77, 200, 201, 202, 311, 312, 400, 480], []])
async def test_exactly_the_good_ones_are_applied(naming: str, bad: list[int]) -> None:
    shop = Shop(bad, NAMING[naming])
    async with answering(shop) as server, client(server) as market:
        report = await market.update_business_prices(1, prices(500))
        requests = len(server.bodies)
    good = [thing for number, thing in enumerate(prices(500)) if number not in bad]
    assert report.accepted == good
    assert sorted(shop.applied) == sorted(thing["offerId"] for thing in good)
    assert [rejected.key for rejected in report.rejected] == [f"SKU-{number}" for number in bad]
    assert all(rejected.errors[0].message for rejected in report.rejected)
    named = {"every place": 2, "nothing": 1 + 2 * 9 * max(1, len(bad))}
    assert requests <= named.get(naming, 1 + len(bad))


@pytest.mark.parametrize(("quote", "most"), [("'", 2), ("", 5)])
async def test_a_sku_in_the_message_is_as_good_as_a_place(quote: str, most: int) -> None:
    def make(body: Any) -> bytes:
        bad = [thing["offerId"] for thing in body["offers"] if thing["offerId"] in {"SKU-3", "SKU-333"}]
        return failed(400, f"Offers not found for SKUs: {quote}{', '.join(bad)}{quote}") if bad else OK

    async with answering(make) as server, client(server) as market:
        report = await market.update_business_prices(1, prices(500))
        assert len(server.bodies) <= most
    assert [rejected.key for rejected in report.rejected] == ["SKU-3", "SKU-333"]
    assert len(report.accepted) == 498


async def test_a_number_in_the_message_condemns_no_product_that_is_called_so() -> None:
    def make(body: Any) -> bytes:
        bad = any(thing["offerId"] == "A1" for thing in body["offers"])
        return failed(400, "Price must be at least 1990 rubles") if bad else OK

    async with answering(make) as server, client(server) as market:
        report = await market.update_business_prices(1, [price(sku) for sku in ("1990", "A1", "B1")])
    assert [rejected.key for rejected in report.rejected] == ["A1"]
    assert [thing["offerId"] for thing in report.accepted] == ["1990", "B1"]


@pytest.mark.parametrize("bad", [[*range(10)], [*range(8), *range(500, 508)], [*range(40), *range(700, 760)]])
async def test_bad_ones_in_a_row_hold_back_no_good_ones(bad: list[int]) -> None:
    shop = Shop(bad, NAMING["nothing"])
    async with answering(shop) as server, client(server) as market:
        report = await market.update_business_prices(1, prices(1_000))
    assert [rejected.key for rejected in report.rejected] == [f"SKU-{number}" for number in bad]
    assert len(report.accepted) == 1_000 - len(bad)


async def test_all_bad_ones_that_nothing_names_are_bounded_and_told() -> None:
    shop = Shop(range(500), NAMING["nothing"])
    async with answering(shop) as server, client(server) as market:
        report = await market.update_business_prices(1, prices(500))
        assert len(server.bodies) < 40
    assert (report.accepted, len(report.rejected)) == ([], 500)
    assert {rejected.errors[-1].code for rejected in report.rejected} == {"E", "REFUSED_TOGETHER"}


async def test_a_refusal_of_the_whole_call_ends_it_at_the_second_batch() -> None:
    async with answering(lambda _: failed(400, "Campaign type is not allowed")) as server:
        async with client(server, max_parallel=1) as market:
            with pytest.raises(BatchError) as caught:
                await market.update_business_prices(1, prices(5_000))
        assert len(server.bodies) < 80
    assert isinstance(caught.value.__cause__, BadRequest)
    told = sum(len(report.items) for report in caught.value.done)
    assert told + len(caught.value.failed) + len(caught.value.pending) == 5_000


async def test_what_is_not_there_is_found_too_where_that_refuses_a_whole_request() -> None:
    def make(body: Any) -> bytes:
        return failed(404, "Feedbacks not found.") if {7, 33} & set(body["feedbackIds"]) else OK

    async with answering(make) as server, client(server) as market:
        report = await market.skip_goods_feedbacks_reaction(1, range(1, 101))
        assert len(server.bodies) < 30
        with pytest.raises(BatchError, match="404"):
            await market.skip_goods_feedbacks_reaction(1, range(1, 101), isolate=False)
    assert [each.key for each in report.rejected] == [7, 33]
    assert report.accepted == [number for number in range(1, 101) if number not in {7, 33}]


async def test_a_request_that_no_single_thing_is_to_blame_for_is_not_taken_apart() -> None:
    async with answering(lambda _: failed(400, "Promo has ended")) as server:
        async with client(server, max_parallel=1) as market:
            with pytest.raises(BatchError, match="Promo has ended") as caught:
                await market.delete_promo_offers(1, promo_id="p", offer_ids=[f"SKU-{n}" for n in range(2_000)])
        assert len(server.bodies) == 1
    assert (len(caught.value.failed), len(caught.value.pending)) == (500, 1_500)


async def test_more_bad_ones_than_can_be_found_are_told_with_the_good_ones_among_them() -> None:
    bad = random.Random(1).sample(range(500), 100)
    shop = Shop(bad, NAMING["nothing"])
    async with answering(shop) as server, client(server) as market:
        report = await market.update_business_prices(1, prices(500))
        assert MOST_REQUESTS <= len(server.bodies) <= MOST_REQUESTS + 20
    accepted = {thing["offerId"] for thing in report.accepted}
    assert accepted == set(shop.applied)
    assert accepted & shop.bad == set()
    assert len(report.accepted) + len(report.rejected) == 500


@settings(max_examples=30)
@given(st.sets(st.integers(0, 59), max_size=20), st.sampled_from(sorted(NAMING)), st.integers(1, 60))
def test_each_thing_is_told_as_it_is(bad: set[int], naming: str, at_once: int) -> None:
    async def run() -> None:
        shop = Shop(bad, NAMING[naming])
        async with answering(shop) as server, client(server) as market:
            report = await market.update_business_prices(1, prices(60)[:at_once])
        assert {thing["offerId"] for thing in report.accepted} == set(shop.applied)
        assert [thing["offerId"] for thing in report.items] == [f"SKU-{n}" for n in range(at_once)]
        if naming != "nothing":
            assert {r.key for r in report.rejected} == {f"SKU-{n}" for n in bad if n < at_once}

    asyncio.run(run())


async def test_a_failure_stops_a_batch_that_is_taken_apart() -> None:
    began = asyncio.Event()

    async def make(body: Any) -> bytes:
        first = body["offers"][0]["offerId"]
        if first != "SKU-0":
            await began.wait()
            return failed(403, "no")
        if len(body["offers"]) == 500:
            return failed(400, "bad")
        began.set()
        await asyncio.sleep(0.2)
        return OK

    async with answering(make) as server, client(server, max_parallel=2) as market:
        with pytest.raises(BatchError, match="403") as caught:
            await market.update_business_prices(1, prices(1_500))
        assert len(server.bodies) == 3
    assert [report.accepted for report in caught.value.done] == [prices(250)]
    assert list(caught.value.failed) == prices(500, 500)
    assert list(caught.value.pending) == [*prices(250, 250), *prices(500, 1_000)]


class TestAnAnswerThatIsWholeOrNothing:
    """updateOfferMappings and updateOfferContent: 200, `ERROR`, and the errors of each product."""

    @staticmethod
    def cards(count: int) -> list[dict[str, Any]]:
        return [
            {"offerId": f"SKU-{n}", "categoryId": 1, "parameterValues": [{"parameterId": 1, "value": "x"}]}
            for n in range(count)
        ]

    def shop(self, bad: Iterable[int], applied: list[str]) -> Callable[[Any], bytes]:
        skus = {f"SKU-{number}" for number in bad}

        def make(body: Any) -> bytes:
            given = [card["offerId"] for card in body["offersContent"]]
            refused = [sku for sku in given if sku in skus]
            if refused:
                error = [{"type": "UNKNOWN_CATEGORY", "message": "no such category"}]
                return answer(200, {"status": "ERROR", "results": [{"offerId": s, "errors": error} for s in refused]})
            applied.extend(given)
            warning = [{"type": "EMPTY_MARKET_CATEGORY", "message": "hm"}]
            return answer(200, {"status": "OK", "results": [{"offerId": given[0], "warnings": warning}]})

        return make

    @pytest.mark.parametrize(("bad", "requests"), [([7], 2), (range(0, 100, 10), 2), (range(100), 1), ([], 1)])
    async def test_is_repeated_without_those(self, bad: Iterable[int], requests: int) -> None:
        applied: list[str] = []
        async with answering(self.shop(bad, applied)) as server, client(server) as market:
            report = await market.update_offer_content(1, self.cards(100))
            assert len(server.bodies) == requests
        assert applied == [card["offerId"] for card in report.accepted]
        assert [rejected.key for rejected in report.rejected] == [f"SKU-{number}" for number in bad]
        assert all(r.errors == (ErrorDetail("UNKNOWN_CATEGORY", "no such category"),) for r in report.rejected)
        assert len(report.warnings) == (1 if applied else 0)

    async def test_fails_the_call_where_things_are_not_isolated(self) -> None:
        applied: list[str] = []
        async with answering(self.shop([7], applied)) as server, client(server) as market:
            with pytest.raises(BatchError) as caught:
                await market.update_offer_content(1, self.cards(100), isolate=False)
            assert len(server.bodies) == 1
        assert list(caught.value.failed) == self.cards(100)
        assert applied == []

    async def test_that_no_thing_is_to_be_told_by_is_taken_apart_too(self) -> None:
        def make(body: Any) -> bytes:
            bad = any(thing["offerId"] == "SKU-1" for thing in body["offers"])
            return answer(200, {"status": "ERROR", "errors": [{"code": "X"}]}) if bad else OK

        async with answering(make) as server, client(server) as market:
            report = await market.update_business_prices(1, prices(4))
        assert [rejected.key for rejected in report.rejected] == ["SKU-1"]
        assert report.rejected[0].errors == (ErrorDetail("X"),)

    async def test_that_names_nobody_is_taken_apart(self) -> None:
        def make(body: Any) -> bytes:
            given = [card["offerId"] for card in body["offersContent"]]
            return answer(200, {"status": "ERROR", "errors": [{"code": "X"}]}) if "SKU-3" in given else OK

        async with answering(make) as server, client(server) as market:
            report = await market.update_offer_content(1, self.cards(8))
            assert len(server.bodies) == 7
        assert [rejected.key for rejected in report.rejected] == ["SKU-3"]


async def test_an_answer_that_says_error_may_have_done_the_others() -> None:
    errors = [{"number": "2", "code": "DOCUMENT_ALREADY_EXISTS", "message": "exists"}]
    body = answer(200, {"status": "ERROR", "result": {"errors": errors}})
    async with answering(lambda _: body) as server, client(server) as market:
        documents = [{**DOCUMENT, "number": number} for number in "123"]
        report = await market.create_documents(1, documents)
        assert len(server.bodies) == 1
    assert [thing["number"] for thing in report.accepted] == ["1", "3"]
    assert report.rejected[0].errors == (ErrorDetail("DOCUMENT_ALREADY_EXISTS", "exists"),)


@pytest.mark.parametrize("lost", [b"", failed(500, "oops"), answer(200, b'{"status"')])
async def test_what_may_not_be_done_twice_is_unconfirmed_when_its_answer_is_lost(lost: bytes) -> None:
    answers = [lost, OK]
    endpoint = replace(UPDATE_BUSINESS_PRICES, repeat="never")
    async with answering(lambda _: answers.pop(0)) as server, client(server, max_parallel=1) as market:
        arguments = {"business_id": 1, "offers": prices(600)}
        report = await batches(market._session, endpoint, arguments)
        assert len(server.bodies) == 2
    assert (report.unconfirmed, report.accepted) == (prices(500), prices(100, 500))


@pytest.mark.parametrize("skip_if_exists", [None, True, False])
async def test_barcodes_are_asked_for_again_unless_that_makes_others(skip_if_exists: bool | None) -> None:
    answers = [b"", OK]
    async with answering(lambda _: answers.pop(0)) as server, client(server) as market:
        report = await market.generate_offer_barcodes(1, ["a"], skip_if_exists=skip_if_exists)
    if skip_if_exists is False:
        assert (report.unconfirmed, len(server.bodies)) == (["a"], 1)
    else:
        assert (report.accepted, len(server.bodies)) == (["a"], 2)


async def test_what_may_not_be_done_twice_is_pending_where_nothing_was_sent(unused_tcp_port: int) -> None:
    endpoint = replace(UPDATE_BUSINESS_PRICES, repeat="never")
    async with client(f"http://127.0.0.1:{unused_tcp_port}") as market:
        with pytest.raises(BatchError) as caught:
            await batches(market._session, endpoint, {"business_id": 1, "offers": prices(3)})
    assert list(caught.value.pending) == prices(3)


async def test_what_a_lost_request_may_have_done_is_unconfirmed_when_it_is_refused_then() -> None:
    answers = [b"", failed(400, "exists already")]
    async with answering(lambda _: answers.pop(0)) as server, client(server) as market:
        documents = [{**DOCUMENT, "number": number} for number in "12"]
        report = await market.create_documents(1, documents)
        assert len(server.bodies) == 2
    assert (report.accepted, report.rejected, report.unconfirmed) == ([], [], documents)


async def test_after_a_lost_answer_one_that_is_named_holds_back_no_other() -> None:
    lost = [b""]

    def make(body: Any) -> bytes:
        if lost:
            return lost.pop()
        bad = [place for place, document in enumerate(body["documents"]) if document["number"] == "3"]
        if bad:
            return failed(400, f"'documents[{bad[0]}].number' is bad")
        return answer(200, {"status": "OK", "result": {"documents": []}})

    documents = [{**DOCUMENT, "number": number} for number in "12345"]
    async with answering(make) as server, client(server) as market:
        report = await market.create_documents(1, documents)
        assert len(server.bodies) == 3
    assert report.unconfirmed == [documents[2]]  # it may be bad, or have been done by the request before
    assert report.accepted == [document for document in documents if document["number"] != "3"]


async def test_what_was_in_no_lost_request_is_sure() -> None:
    ids = [f"SKU-{number}" for number in range(200)]
    lost = [b""]

    def make(body: Any) -> bytes:
        if ids[-1] in body["offerIds"]:
            return failed(400, "bad request")
        return lost.pop() if lost else OK

    # No answer tells how much is left of the limit, which is not what this is about.
    limits = {"deleteOffers": Limit(10**6)}
    async with answering(make) as server, client(server, limits=limits) as market:
        report = await market.delete_offers(1, ids)
    assert [rejected.key for rejected in report.rejected] == [ids[-1]]
    assert (report.accepted, report.unconfirmed) == (ids[:-1], [])


async def test_what_is_refused_in_an_answer_to_a_lost_request_is_unconfirmed_and_the_rest_sure() -> None:
    lost = [b""]
    told = {"status": "OK", "result": {"notDeletedOfferIds": ["SKU-1"]}}
    async with answering(lambda _: lost.pop() if lost else answer(200, told)) as server, client(server) as market:
        report = await market.delete_offers(1, ["SKU-1", "SKU-2"])
    assert (report.accepted, report.rejected, report.unconfirmed) == (["SKU-2"], [], ["SKU-1"])


async def test_what_a_message_does_not_mean_is_sent_first() -> None:
    good = {f"SKU-{number}" for number in (10, 30, 51, 70, 90)}

    def make(body: Any) -> bytes:
        bad = [thing["offerId"] for thing in body["offers"] if thing["offerId"] not in good]
        return failed(400, f"Unknown offers: {', '.join(bad)}") if bad else OK

    async with answering(make) as server, client(server) as market:
        report = await market.update_business_prices(1, prices(100))
    assert {thing["offerId"] for thing in report.accepted} == good
    assert len(report.rejected) == 95


async def test_a_message_that_means_none_of_those_it_names_is_not_followed_for_ever() -> None:
    def make(body: Any) -> bytes:
        skus = [thing["offerId"] for thing in body["offers"]]
        return failed(400, f"Bad offers in the list that begins with {skus[0]}") if "SKU-499" in skus else OK

    async with answering(make) as server, client(server) as market:
        report = await market.update_business_prices(1, prices(500))
        assert len(server.bodies) < 50
    assert [rejected.key for rejected in report.rejected] == ["SKU-499"]
    assert len(report.accepted) == 499


@pytest.mark.parametrize(
    ("message", "named", "guessed"),
    [
        ("'offers[1].price' must not be null", {1}, set()),
        ("offers[1].price, offers[2].price: no", {1, 2}, set()),
        ("offers[7].price: no", set(), set()),
        ("otheroffers[1]: no", set(), set()),
        ("Offer at index '2' is bad", {2}, set()),
        ("at index 0: bad", {0}, set()),
        ("Offers not found for SKUs: 'A-1, ББ-22'", {0, 1}, {1}),
        ("no such thing: «ББ-22»", {1}, {1}),
        ("bad sku ББ-22.", set(), {1}),
        ("4 is too small", set(), set()),
        ("bad sku 4", set(), set()),
        ("bad sku '4'", {2}, set()),
        ("", set(), set()),
    ],
)
def test_which_things_a_message_names(message: str, named: set[int], guessed: set[int]) -> None:
    error = BadRequest(400, [ErrorDetail("X", message)], "e")
    surely, perhaps = named_in(error, "offers", ["A-1", "ББ-22", "4"])
    assert (set(surely), perhaps) == (named, guessed)


def test_a_part_of_a_pair_that_stands_in_several_names_none() -> None:
    error = BadRequest(400, [ErrorDetail("X", "bad: 'A-1', 'B-2'"), ErrorDetail("Y")], "e")
    assert set(named_in(error, "x", [("A-1", 1), ("A-1", 2), ("B-2", 3)])[0]) == {2}


def test_errors_without_words_name_nobody() -> None:
    assert named_in(BadRequest(400, [], "e"), "offers", ["a"]) == ({}, set())


async def test_a_refused_price_is_not_sent_again(market: MarketClient) -> None:
    shop = Shop([1], NAMING["the first place"])
    async with answering(shop) as server, client(server) as own:
        await own.update_business_prices(1, [price("SKU-1"), price("SKU-2")])
        sent: list[str] = [thing["offerId"] for body in server.bodies for thing in body["offers"]]
    assert sent == ["SKU-1", "SKU-2", "SKU-2"]
    assert isinstance(server, Answering)

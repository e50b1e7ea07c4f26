"""Reading things, checking them and cutting them into batches, without a network."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yamarket_async.bulk import reading
from yamarket_async.bulk.batch import Batch
from yamarket_async.bulk.reading import Keys, Pace, Source
from yamarket_async.errors import InvalidRequest
from yamarket_async.families.hidden_offers.endpoints import GET_HIDDEN_OFFERS
from yamarket_async.families.offers.endpoints import DELETE_CAMPAIGN_OFFERS
from yamarket_async.families.prices.endpoints import UPDATE_BUSINESS_PRICES
from yamarket_async.framing import MAX_BODY, Frame

URL = "https://api.partner.market.yandex.ru"

skus = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=255).filter(str.strip)


def deleting(at_once: int = 500, room: int | None = None) -> Frame:
    frame = Frame(URL, DELETE_CAMPAIGN_OFFERS, {"campaign_id": 1}, "offerIds", at_once)
    frame.room = room or frame.room
    return frame


async def asynchronously(things: Iterable[Any]) -> AsyncIterator[Any]:
    for thing in things:
        yield thing


def read(frame: Frame, things: Any, key: tuple[str, ...] = (), *, skip: bool = False) -> list[Batch]:
    async def run() -> list[Batch]:
        source = Source(frame, things, key, skip=skip)
        await source.check()
        batches = []
        while batch := await source.next():
            batches.append(batch)
        assert source.unsent([]) == []
        return batches

    return asyncio.run(run())


def body(frame: Frame, batch: Batch) -> bytes:
    return frame.request(batch.lines, len(batch.things)).body or b""


@given(
    st.lists(skus, max_size=60),
    st.integers(1, 7),
    st.integers(800, 3_000),
    st.sampled_from([list, iter, asynchronously]),
)
def test_batches_hold_each_product_once_in_order_within_count_and_bytes(
    items: list[str], count: int, size: int, shape: Any
) -> None:
    frame = deleting(count, max(size, 4 * 255 + 3 + 260))
    batches = read(frame, shape(items))
    given_once = list(dict.fromkeys(sku.strip(" \t") for sku in items))
    assert [thing for batch in batches for thing in batch.things] == given_once
    for batch in batches:
        assert 1 <= len(batch.things) <= count
        assert frame.weigh(batch.lines + b"\n") <= frame.room
        assert msgspec.json.decode(body(frame, batch)) == {"offerIds": list(batch.things)}


@given(st.lists(skus, max_size=200, unique_by=lambda sku: sku.strip(" \t")), st.integers(1, 90))
def test_batches_are_as_large_as_they_may_be(items: list[str], count: int) -> None:
    batches = read(deleting(count), iter(items))
    assert all(len(batch.things) == count for batch in batches[:-1])


def test_no_body_is_over_512_kb_whatever_the_skus() -> None:
    # Four bytes a letter, and as many again where a quotation mark needs a backslash.
    items = [f"{i:04}" + "🛒" * 125 + '"' * 126 for i in range(1_200)]
    frame = deleting(10_000)
    batches = read(frame, items)
    assert len(batches) > 1
    assert [sku for batch in batches for sku in batch.things] == items
    for batch in batches:
        assert len(body(frame, batch)) <= MAX_BODY
        assert len(body(frame, batch)) > MAX_BODY - 2_000 or batch is batches[-1]


def test_no_url_is_over_8_kb_though_cyrillic_grows_sixfold() -> None:
    items = [f"артикул-{i}" for i in range(700)]
    frame = Frame(URL, GET_HIDDEN_OFFERS, {"campaign_id": 1}, "offer_id", 500, spare=len("&limit=500"))
    batches = read(frame, items)
    assert [sku for batch in batches for sku in batch.things] == items
    for batch in batches:
        request = frame.request(batch.lines, len(batch.things)).with_query(("limit", "500"))
        assert len(URL + request.target) <= 8_000
        assert len(URL + request.target) > 7_900 or batch is batches[-1]


def test_other_arguments_stand_before_the_things() -> None:
    from yamarket_async.families.promos.endpoints import DELETE_PROMO_OFFERS  # noqa: PLC0415

    arguments = {"business_id": 1, "promo_id": "p", "offer_ids": ["a", "b"]}
    frame = Frame(URL, DELETE_PROMO_OFFERS, arguments, "offerIds", 500)
    assert frame.request(b'"a"\n"b"', 2).body == b'{"promoId":"p","offerIds":["a","b"]}'
    assert frame.request(b'"a"\n"b"', 2).items == 2


@pytest.mark.parametrize(
    "bad", ["", " ", "a\nb", "a\n", "\x00", "a\x7f", "x" * 256, "\ud83d", "\xa0\u2003", None, 7, b"a"], ids=ascii
)
@pytest.mark.parametrize("shape", [list, iter, asynchronously])
def test_what_is_no_sku_is_refused_by_its_place(bad: object, shape: Any) -> None:
    with pytest.raises(InvalidRequest) as caught:
        read(deleting(), shape([*map(str, range(300)), bad]))
    assert caught.value.argument == "offer_ids[300]"


@pytest.mark.parametrize("good", ["a", "x" * 255, "a\tb", "а б", "🛒" * 255, "a\xa0b", "\x80", '"', "\\"], ids=ascii)
def test_what_is_a_sku_passes(good: str) -> None:
    (batch,) = read(deleting(), iter([good, f" {good}\t"]))
    assert batch.things == (good,)


PRICE = {"value": 1, "currencyId": "RUR"}
MAYBE_BAD = st.tuples(st.integers(0, 30), st.sampled_from([1, 1, 1, 2, -1])).map(
    lambda pair: {"offerId": f"SKU-{pair[0]}", "price": {"value": pair[1], "currencyId": "RUR"}}
)


@given(st.lists(MAYBE_BAD, max_size=80), st.sampled_from([list, iter, asynchronously]))
def test_each_thing_is_sent_once_or_told_why_not(things: list[dict[str, Any]], shape: Any) -> None:
    frame = Frame(URL, UPDATE_BUSINESS_PRICES, {"business_id": 1}, "offers", 7)
    batches = read(frame, shape(things), ("offer_id",), skip=True)
    first: dict[str, Any] = {}
    expected_skipped = []
    for thing in things:
        if thing["price"]["value"] < 0 or first.setdefault(thing["offerId"], thing) != thing:
            expected_skipped.append(thing)
    sent = [thing for batch in batches for thing in batch.things]
    assert sent == list(first.values())
    assert [rejected.item for batch in batches for rejected in batch.skipped] == expected_skipped


def test_what_is_too_large_for_any_request_is_told() -> None:
    frame = Frame(URL, UPDATE_BUSINESS_PRICES, {"business_id": 1}, "offers", 500)
    frame.room = 60
    with pytest.raises(InvalidRequest, match=r"offers\[1\].*a request holds at most 60"):
        read(frame, [{"offerId": "a", "price": PRICE}, {"offerId": "a" * 30, "price": PRICE}], ("offer_id",))


def test_reading_goes_on_where_it_was_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BREATH", 0.0)  # the event loop has a turn after each chunk, on any machine

    async def run() -> None:
        things = [f"SKU-{n}" for n in range(60_000)]
        source = Source(deleting(), things, (), skip=False)
        given_up = 0
        while True:
            task = asyncio.ensure_future(source.check())
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            if task.done():
                break
            task.cancel()
            await asyncio.wait([task])
            given_up += 1
        assert given_up
        sent: list[str] = []
        while batch := await source.next():
            sent += batch.things
        assert sent == things

    asyncio.run(run())


@pytest.mark.parametrize(
    ("frame", "key", "things"),
    [
        (deleting(7), (), [f"SKU-{number}" for number in range(60)]),
        (
            Frame(URL, UPDATE_BUSINESS_PRICES, {"business_id": 1}, "offers", 7),
            ("offer_id",),
            [{"offerId": f"SKU-{number}", "price": PRICE} for number in range(60)],
        ),
    ],
    ids=["ids", "prices"],
)
def test_a_list_too_long_to_copy_is_sent_as_it_was_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch, frame: Frame, key: tuple[str, ...], things: list[Any]
) -> None:
    monkeypatch.setattr(reading, "MOST_COPIED", 50)

    async def run() -> None:
        now, later = things.copy(), things.copy()
        source = Source(frame, now, key, skip=False)
        now.append(now[0])
        await source.check()
        now.clear()
        assert source.unsent([]) == things
        sent: list[Any] = []
        while batch := await source.next():
            sent += batch.things
        assert sent == things
        source = Source(frame, later, key, skip=False)
        later.pop()
        for _ in range(2):
            with pytest.raises(RuntimeError, match="changed size while it was checked; nothing was sent"):
                await source.check()
        assert source.unsent([]) == things[:-1]

    asyncio.run(run())


@pytest.mark.parametrize(
    "things", [[f"SKU-{number // 2}" for number in range(40)], ["SKU-0", *(f"SKU-{number}" for number in range(20))]]
)
@pytest.mark.parametrize("shape", [list, iter])
def test_repeats_among_ids_leave_no_batch_short_and_none_too_large(things: list[str], shape: Any) -> None:
    assert [len(batch.things) for batch in read(deleting(7), shape(things))] == [7, 7, 6]


def test_an_id_that_is_bad_in_the_last_batch_of_a_list_is_known_before_the_first_is_given() -> None:
    source = Source(deleting(7), [*(f"SKU-{number}" for number in range(20)), ""], (), skip=False)
    with pytest.raises(InvalidRequest, match=r"offer_ids\[20\]"):
        asyncio.run(source.check())


class Counting(Pace):
    """Counts the turns that it might give."""

    def __init__(self) -> None:
        super().__init__()
        self.turns = 0

    async def breathe(self) -> None:
        self.turns += 1


async def test_keys_are_let_go_of_a_table_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Keys, "MOST", 2)
    keys, pace = Keys(), Counting()
    for number in range(9):
        keys.add_all([number], [None])
    await keys.forget(pace)
    assert pace.turns == 5
    assert keys.find(0) == (False, None)


def test_keys_are_found_in_every_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Keys, "MOST", 2)
    keys = Keys()
    for number in range(9):
        assert keys.add_all([number], [number * 10])
    for repeated in ([100, 3], [100, 8], [100, 101, 100]):  # of a full table, of the newest, among themselves
        assert not keys.add_all(repeated, [0, 0, 0])
    assert [keys.find(number) for number in (0, 8, 9)] == [(True, 0), (True, 80), (False, None)]
    assert [keys.find(number) for number in (100, 101)] == [(False, None), (False, None)]

"""Cutting lists of SKUs into batches, and the rules that a SKU must keep."""

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yamarket_async.arguments import SKU_RULE, skus, trimmed_sku
from yamarket_async.cutting import Cutter, _json_weight, body_cutter, cuts, url_cutter
from yamarket_async.endpoints import GET_HIDDEN_OFFERS, Request
from yamarket_async.errors import InvalidRequest

# As it stands in the pages.
PATTERN = re.compile(r"^(?=.*\S.*)[^\x00-\x08\x0A-\x1f\x7f]{1,255}$")

text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300)
valid = text.map(trimmed_sku).filter(lambda s: s is not None)


@given(text)
def test_the_rule_is_the_pattern_of_the_pages(value: str) -> None:
    trimmed = value.strip(" \t")
    fits = bool(PATTERN.match(trimmed)) and not trimmed.endswith("\n")
    assert trimmed_sku(value) == (trimmed if fits else None)


@pytest.mark.parametrize(
    "value",
    ["", " ", "\t", "a\nb", "a\n", "\x00", "a\x7f", "x" * 256, "\ud83d", "\xa0\u2003", None, 7, b"a"],
    ids=ascii,
)
def test_what_is_no_sku_is_refused_by_place_value_and_rule(value: object) -> None:
    with pytest.raises(InvalidRequest) as caught:
        skus("offer_ids", ["fine", value])
    assert caught.value.argument == "offer_ids[1]"
    assert caught.value.rule == SKU_RULE
    assert str(caught.value).startswith("offer_ids[1]=")


@pytest.mark.parametrize("value", ["a", "x" * 255, "a\tb", "а б", "🛒" * 255, "a\xa0b", "\x80"], ids=ascii)
def test_what_is_a_sku_passes(value: str) -> None:
    assert skus("offer_ids", [value]) == [value]


def test_spaces_around_a_sku_do_not_count_and_the_first_place_is_kept() -> None:
    assert skus("offer_ids", [" A ", "B", "A", "\tB", "a"]) == ["A", "B", "a"]


@given(st.lists(valid, max_size=60), st.integers(1, 7), st.integers(10, 3_000))
def test_batches_hold_each_product_once_in_order_within_count_and_bytes(
    items: list[str], count: int, size: int
) -> None:
    parts = list(cuts(Cutter(count=count, size=size, weigh=_json_weight), items))
    assert [sku for cut in parts for sku in cut] == list(dict.fromkeys(items))
    for cut in parts:
        assert 1 <= len(cut) <= count
        assert sum(map(_json_weight, cut)) <= size or len(cut) == 1


@given(st.lists(valid, max_size=200), st.integers(1, 500))
def test_batches_are_as_large_as_they_may_be(items: list[str], count: int) -> None:
    parts = list(cuts(body_cutter(count), items))
    assert all(len(cut) == count for cut in parts[:-1])


def test_no_body_is_over_512_kb_whatever_the_skus() -> None:
    # Four bytes a letter, and as many again where a quotation mark needs a backslash.
    items = [f"{i:04}" + "🛒" * 125 + '"' * 126 for i in range(1_200)]
    parts = list(cuts(body_cutter(10_000), items))
    assert len(parts) > 1
    assert [sku for cut in parts for sku in cut] == items
    for cut in parts:
        assert len(msgspec.json.encode({"offerIds": cut})) <= 512_000
    assert all(len(msgspec.json.encode({"offerIds": cut})) > 510_000 for cut in parts[:-1])


def test_no_url_is_over_8_kb_though_cyrillic_grows_sixfold() -> None:
    base = "https://api.partner.market.yandex.ru/v2/campaigns/1/hidden-offers?limit=500"
    items = [f"артикул-{i}" for i in range(700)]
    parts = list(cuts(url_cutter(500, base), items))
    assert [sku for cut in parts for sku in cut] == items
    request = Request(GET_HIDDEN_OFFERS, 1, query=(("limit", "500"),))
    for cut in parts:
        url = "https://api.partner.market.yandex.ru" + request.with_query(*(("offer_id", sku) for sku in cut)).target
        assert len(url) <= 8_000
        assert len(url) > 7_900 or cut is parts[-1]

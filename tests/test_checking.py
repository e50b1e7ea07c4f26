"""Checking what is sent, without a network: what is taken, in which words the rest is refused, and at which place."""

import pickle
from collections import UserDict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal

import msgspec
import pytest

from yamarket_async.arguments import integer, request_of
from yamarket_async.checking import checker, kind_at, must_be
from yamarket_async.errors import InvalidRequest
from yamarket_async.families import Family, endpoints
from yamarket_async.families.business_offer_mappings.models import DeleteOfferParameterType, UpdateOffer
from yamarket_async.families.offers.endpoints import GET_CAMPAIGN_OFFERS
from yamarket_async.families.offers.models import UpdateCampaignOffer
from yamarket_async.families.outlets.models import OutletAddress
from yamarket_async.families.prices.models import OfferPrice
from yamarket_async.models.days import MOSCOW, DottedDay, MoscowMoment, decode_hook, encode_hook
from yamarket_async.raw import raw_request


def refused(kind: Any, value: Any) -> InvalidRequest:
    with pytest.raises(InvalidRequest) as caught:
        checker(kind).read("offer", value)
    return caught.value


def test_what_has_no_form_in_json_is_refused():
    error = refused(UpdateOffer, 1j)
    assert (error.argument, error.value) == ("offer", 1j)
    assert "it can't be written as JSON (complex)" in str(error)


@pytest.mark.parametrize("mapping", [dict, MappingProxyType, UserDict])
def test_any_mapping_is_taken_for_a_struct(mapping):
    encoded, checked = checker(UpdateOffer).read("offer", mapping({"offerId": "a", "tags": ["x"]}))
    assert msgspec.json.decode(encoded) == {"offerId": "a", "tags": ["x"]}
    assert (checked.offer_id, checked.tags) == ("a", ["x"])


def test_a_value_that_this_version_does_not_know_goes_out_as_a_member_of_its_enum():
    newer = DeleteOfferParameterType("NEWER")
    encoded, _ = checker(UpdateOffer).read("offer", {"offerId": "a", "deleteParameters": [newer]})
    assert msgspec.json.decode(encoded)["deleteParameters"] == ["NEWER"]
    error = refused(UpdateOffer, {"offerId": "a", "deleteParameters": ["NEWER"]})
    assert error.argument == "offer.deleteParameters[0]"
    assert "for a newer one pass DeleteOfferParameterType(…)" in error.rule


def test_such_a_value_excuses_nothing_else():
    newer = DeleteOfferParameterType("NEWER")
    error = refused(UpdateOffer, {"offerId": "a", "deleteParameters": [newer], "boxCount": "two"})
    assert error.argument in {"offer.boxCount", "offer.deleteParameters[0]"}
    assert error.argument == "offer.boxCount"


def test_what_may_stand_in_a_list_once_is_refused_the_second_time():
    error = refused(UpdateOffer, {"offerId": "a", "deleteParameters": ["AGE", "TAGS", "AGE"]})
    assert error.argument == "offer.deleteParameters[2]"
    assert "second time" in error.rule


@pytest.mark.parametrize(
    ("kind", "given", "field", "rule"),
    [
        (OutletAddress, {"regionId": 1}, "city", "is deprecated by the Market; use regionId"),
        (UpdateCampaignOffer, {"offerId": "a"}, "available", "is deprecated by the Market; leave it out"),
    ],
)
def test_a_deprecated_field_is_refused_and_its_successor_is_named(kind, given, field, rule):
    error = refused(kind, given | {field: "x"})
    assert (error.argument, error.value, error.rule) == (f"offer.{field}", "x", rule)


def test_a_value_in_a_struct_is_shown_as_it_was_given():
    error = refused(UpdateOffer, UpdateOffer(offer_id="a", box_count=0))
    assert (error.argument, error.value) == ("offer.boxCount", 0)


def test_of_an_object_that_is_no_mapping_the_whole_is_shown():
    @dataclass
    class Offer:
        offerId: str  # noqa: N815 — as it is on the wire
        boxCount: int  # noqa: N815

    offer = Offer("a", 0)
    error = refused(UpdateOffer, offer)
    assert (error.argument, error.value) == ("offer.boxCount", offer)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (int, "must be a whole number (int)"),
        (Decimal, "must be a number (Decimal, int or float)"),
        (str, "must be a string"),
        (bool, "must be True or False"),
        (list[int], "must be a list or another iterable"),
        (date, "must be a date"),
        (DottedDay, "must be a date"),
        (datetime, "must be a datetime with a time zone"),
        (MoscowMoment, "must be a datetime with a time zone"),
        (OfferPrice, "must be a OfferPrice or a mapping of its fields as they are on the wire"),
        (bytes, "must be a bytes"),
        (Literal["A"], "must be a Literal"),
    ],
)
def test_it_is_said_in_words_what_a_value_must_be(kind, words):
    assert must_be(kind).startswith(words)


def test_the_type_at_a_place_is_found():
    assert kind_at(UpdateOffer, ("deleteParameters", 0)) is DeleteOfferParameterType


def test_an_empty_list_is_no_filter():
    with pytest.raises(InvalidRequest) as caught:
        request_of(GET_CAMPAIGN_OFFERS, {"campaign_id": 1, "statuses": []})
    assert caught.value.argument == "statuses"
    assert "leave it out" in caught.value.rule


@pytest.mark.parametrize("value", [0, -1, True, "1", 1.0, None, 2**63])
def test_a_number_that_stands_alone_is_whole_and_in_its_bounds(value):
    with pytest.raises(InvalidRequest, match="must be a whole number"):
        integer("page", value)
    assert integer("page", 2**63 - 1) == 2**63 - 1


def test_a_number_without_bounds_has_64_bits():
    for fits in (-(2**63), 2**63 - 1):
        assert checker(int).read("id", fits)[1] == fits
    for number in (-(2**63) - 1, 2**63):
        with pytest.raises(InvalidRequest, match="must be a whole number"):
            checker(int).read("id", number)


def test_items_of_an_answer_without_a_result_are_none():
    answer = GET_CAMPAIGN_OFFERS.decoder.decode(b'{"status":"OK"}')
    assert GET_CAMPAIGN_OFFERS.items(answer) is None
    assert GET_CAMPAIGN_OFFERS.paging(answer) is None


def test_a_family_has_no_special_attributes():
    family = Family("orders")
    assert not hasattr(family, "__wrapped__")
    assert family.GET_BUSINESS_ORDERS is endpoints()["getBusinessOrders"]


class TestJudgements:
    def test_of_changed_cards_are_errors_and_warnings(self):
        found = judged(
            "updateOfferMappings",
            b'{"status":"OK","results":[{"offerId":"a","errors":[{"type":"INVALID_PICTURE","message":"no"}],'
            b'"warnings":[{"type":"UNKNOWN_PARAMETER","message":"hm"}]},{"offerId":"b"}]}',
        )
        assert [(each.key, each.refused) for each in found] == [("a", True), ("a", False)]

    def test_of_offers_of_a_promotion_name_the_stores_of_a_warning(self):
        found = judged(
            "updatePromoOffers",
            b'{"status":"OK","result":{"rejectedOffers":[{"offerId":"a","reason":"OFFER_DUPLICATION"}],'
            b'"warningOffers":[{"offerId":"b","warnings":[{"code":"DEEP_DISCOUNT_OFFER","campaignIds":[1,2]},'
            b'{"code":"DEEP_DISCOUNT_OFFER"}]}]}}',
        )
        assert [(each.key, each.refused) for each in found] == [("a", True), ("b", False), ("b", False)]
        assert "1, 2" in str(found[1])
        assert judged("updatePromoOffers", b'{"status":"OK"}') == []

    def test_of_orders_are_those_that_kept_their_status(self):
        found = judged(
            "updateOrderStatuses",
            b'{"status":"OK","result":{"orders":[{"id":1,"updateStatus":"OK"},'
            b'{"id":2,"updateStatus":"ERROR","errorDetails":"late"}]}}',
        )
        assert [each.key for each in found] == [2]
        assert "late" in str(found[0])


def judged(name: str, answer: bytes) -> list[Any]:
    endpoint = endpoints()[name]
    return list(endpoint.things.judge(endpoint.decoder.decode(answer)))


class TestOlderDays:
    def test_a_day_is_dotted_on_the_wire_and_iso_is_read_too(self):
        assert DottedDay.read("01-09-2026") == DottedDay.read("2026-09-01") == date(2026, 9, 1)
        assert encode_hook(DottedDay(2026, 9, 1)) == "01-09-2026"

    def test_a_moment_is_in_the_time_of_moscow(self):
        moment = datetime(2026, 9, 1, 12, 30, tzinfo=MOSCOW)
        read = [MoscowMoment.read(text) for text in ("01-09-2026 12:30:00", "2026-09-01T12:30:00")]
        assert read == [moment, moment]
        assert MoscowMoment.read("2026-09-01T09:30:00+00:00") == moment
        assert MoscowMoment.read("01-09-2026") == datetime(2026, 9, 1, tzinfo=MOSCOW)
        assert encode_hook(read[0]) == "01-09-2026 12:30:00"

    def test_a_day_survives_pickling(self):
        copied = pickle.loads(pickle.dumps(DottedDay(2026, 9, 1)))  # noqa: S301 — written on the line before
        assert (copied, type(copied)) == (date(2026, 9, 1), DottedDay)

    @pytest.mark.parametrize("kind", [date, DottedDay])
    def test_a_day_of_an_answer_is_taken_by_any_method(self, kind):
        encoded, day = checker(kind).read("from_date", DottedDay.read("01-09-2026"))
        assert (encoded, day) == (b'"2026-09-01"', date(2026, 9, 1))

    @pytest.mark.parametrize("kind", [datetime, MoscowMoment])
    def test_a_moment_of_an_answer_is_taken_by_any_method(self, kind):
        moment = MoscowMoment.read("01-09-2026 12:30:00")
        encoded, checked = checker(kind).read("updated_at_from", moment)
        assert (encoded, checked) == (b'"2026-09-01T12:30:00+03:00"', moment)

    def test_an_unknown_operation_gets_them_as_they_were(self):
        body = {"day": DottedDay(2026, 9, 1), "moment": MoscowMoment(2026, 9, 1, 12, tzinfo=MOSCOW), "more": UserDict()}
        sent = raw_request("POST", "/v9/things", body=body).body
        assert sent == b'{"day":"01-09-2026","moment":"01-09-2026 12:00:00","more":{}}'

    def test_nothing_else_is_read_or_written(self):
        with pytest.raises(InvalidRequest, match="can't be written as JSON"):
            raw_request("POST", "/v9/things", body=1j)
        with pytest.raises(NotImplementedError):
            decode_hook(complex, "1")
        with pytest.raises(NotImplementedError):
            encode_hook(1j)

"""What the structs make of JSON."""

import copy
import json
import pickle
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from yamarket_async.families.offers.models import (
    CampaignOffer,
    CampaignOffersResponse,
    DeleteCampaignOffers,
    DeleteCampaignOffersResponse,
)
from yamarket_async.families.order_labels.models import OrderLabel
from yamarket_async.models.base import Model
from yamarket_async.models.days import DottedDay, MoscowMoment, decode_hook
from yamarket_async.models.products import OfferCampaignStatusType


def offer(fields: str) -> CampaignOffer:
    return msgspec.json.decode(f'{{"offerId": "A", {fields}}}', type=CampaignOffer)


def test_labels_are_read_when_what_was_to_be_dropped_is_gone() -> None:
    label = dict.fromkeys(("url", "supplierName", "deliveryServiceName", "orderNum", "recipientName"), "x")
    label |= {"fulfilmentId": "1-1", "place": "1/1", "deliveryServiceId": "99"}
    order = {"orderId": 1, "placesNumber": 1, "parcelBoxLabels": [label | {"orderId": 1, "boxId": 1}]}
    read = msgspec.convert(order, OrderLabel)
    assert (read.url, read.parcel_box_labels[0].weight) == (None, None)


def test_money_is_decimal_to_the_last_digit() -> None:
    price = '{"value": 12345678901234567.891, "currencyId": "RUR", "updatedAt": "2022-12-29T18:02:01Z"}'
    assert offer(f'"campaignPrice": {price}').campaign_price.value == Decimal("12345678901234567.891")  # type: ignore[union-attr]


@pytest.mark.parametrize(("text", "hours"), [("2022-12-29T18:02:01Z", 0), ("2022-12-29T21:02:01+03:00", 3)])
def test_moments_are_aware(text: str, hours: int) -> None:
    price = offer(f'"campaignPrice": {{"updatedAt": "{text}"}}').campaign_price
    assert price is not None
    assert price.updated_at == datetime(2022, 12, 29, 18, 2, 1, tzinfo=UTC)
    assert price.updated_at.utcoffset() == timedelta(hours=hours)


def test_a_moment_without_a_zone_is_refused_rather_than_guessed() -> None:
    with pytest.raises(msgspec.ValidationError, match="timezone"):
        offer('"campaignPrice": {"updatedAt": "2022-12-29T18:02:01"}')


def test_an_unknown_enum_value_is_kept() -> None:
    status = offer('"status": "SOMETHING_NEW"').status
    assert isinstance(status, OfferCampaignStatusType)
    assert status == "SOMETHING_NEW"
    assert (status.known, OfferCampaignStatusType.PUBLISHED.known) == (False, True)
    assert status not in list(OfferCampaignStatusType)


@pytest.mark.parametrize("value", ["SOMETHING_NEW", "PUBLISHED"])
@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])  # noqa: S301
def test_a_value_of_an_enum_survives_copying_and_pickling(value: str, copied: Any) -> None:
    status = OfferCampaignStatusType(value)
    assert copied(status) == status
    assert type(copied(status)) is OfferCampaignStatusType
    assert copied(offer(f'"status": "{value}"')) == offer(f'"status": "{value}"')


def test_a_value_of_an_enum_is_found_where_its_string_is() -> None:
    assert {"PUBLISHED": 1}[OfferCampaignStatusType.PUBLISHED] == 1
    assert {"NEW": 1}[OfferCampaignStatusType("NEW")] == 1


def test_an_enum_takes_nothing_but_strings() -> None:
    with pytest.raises(ValueError, match="7 is not a valid"):
        OfferCampaignStatusType(7)


def test_null_equals_absent_and_unknown_fields_are_skipped() -> None:
    assert offer('"errors": null, "quantum": null, "brandNew": {"a": [1]}') == offer('"available": null')


OFFER = (
    '{"offerId":"A","basicPrice":{"value":10.50,"currencyId":"RUR","updatedAt":"2022-12-29T18:02:01+03:00"},'
    '"status":"SOMETHING_NEW","errors":[{"message":"Нет фото"}]}'
)


def test_structs_write_the_json_that_they_were_read_from() -> None:
    read = msgspec.json.decode(OFFER, type=CampaignOffer)
    assert json.loads(read.to_json()) == json.loads(OFFER) == read.to_dict()
    assert msgspec.json.decode(read.to_json(), type=CampaignOffer) == read


def test_json_is_one_line_with_numbers_to_the_last_digit() -> None:
    written = offer('"campaignPrice": {"value": 12345678901234567.890, "updatedAt": "2022-12-29T18:02:01Z"}').to_json()
    assert '"value":12345678901234567.890' in written
    assert "\n" not in written


@pytest.mark.parametrize(
    ("digits", "number"),
    [
        ("10.50", 10.5),
        ("0.1", 0.1),
        ("100", 100),
        ("1e3", 1000),
        ("1e999999", None),
        ("-0.00", 0),
        ("12345678901234567.891", None),
    ],
)
def test_a_dict_holds_plain_numbers_where_they_lose_nothing(digits: str, number: float | None) -> None:
    written = offer(f'"campaignPrice": {{"value": {digits}, "updatedAt": "2022-12-29T18:02:01Z"}}').to_dict()
    value = written["campaignPrice"]["value"]
    assert value == Decimal(digits) if number is None else (value, type(value)) == (number, type(number))


def test_equal_structs_hash_alike_whatever_they_hold() -> None:
    texts = [OFFER, OFFER.replace("10.50", "10.5"), OFFER.replace("фото", "цены"), '{"offerId":"A"}']
    read = [msgspec.json.decode(text, type=CampaignOffer) for text in texts]
    assert len(set(read)) == len(set(map(hash, read))) == 3


class Free(Model, kw_only=True, frozen=True):
    inner: dict[str, Any]


def test_free_form_objects_hash_by_their_content() -> None:
    first, second = Free(inner={"a": [1, {"b": 2}], "c": None}), Free(inner={"c": None, "a": [1, {"b": 2}]})
    assert hash(first) == hash(second)
    assert hash(first) != hash(Free(inner={"a": [1, {"b": 3}], "c": None}))
    assert first.to_dict() == {"inner": {"a": [1, {"b": 2}], "c": None}}


def test_structs_can_be_pickled() -> None:
    decoded = msgspec.json.decode(
        b'{"result":{"offers":[{"offerId":"A","status":"NEW"}]}}', type=CampaignOffersResponse
    )
    assert pickle.loads(pickle.dumps(decoded)) == decoded  # noqa: S301


def answer(*names: str) -> DeleteCampaignOffersResponse:
    return DeleteCampaignOffersResponse(result=DeleteCampaignOffers(not_deleted_offer_ids=list(names)))


class Dispatched(Model):
    """Holds both of the Market's older formats."""

    day: DottedDay
    moment: MoscowMoment


def test_days_and_moments_in_the_older_formats_are_written_as_they_were_read() -> None:
    written = b'{"day":"03-02-2026","moment":"03-02-2026 10:00:00"}'
    read = msgspec.json.decode(written, type=Dispatched, dec_hook=decode_hook)
    assert read.to_json().encode() == written
    assert read.to_dict() == json.loads(written)

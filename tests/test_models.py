"""What the structs make of JSON."""

import pickle
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import msgspec
import pytest

from yamarket_async.models.campaign_offers import CampaignOffer, CampaignOffersResponse, OfferCampaignStatusType
from yamarket_async.models.deleted_offers import DeleteCampaignOffers, DeleteCampaignOffersResponse, DeletedOffers


def offer(fields: str) -> CampaignOffer:
    return msgspec.json.decode(f'{{"offerId": "A", {fields}}}', type=CampaignOffer)


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
    assert pickle.loads(pickle.dumps(status)) == status  # noqa: S301


def test_an_enum_takes_nothing_but_strings() -> None:
    with pytest.raises(ValueError, match="7 is not a valid"):
        OfferCampaignStatusType(7)


def test_null_equals_absent_and_unknown_fields_are_skipped() -> None:
    assert offer('"errors": null, "quantum": null, "brandNew": {"a": [1]}') == offer('"available": null')


def test_structs_write_the_markets_own_shape() -> None:
    text = b'{"offerId":"A","campaignPrice":{"value":10.50,"updatedAt":"2022-12-29T18:02:01Z"},"status":"NEW"}'
    decoded = msgspec.json.decode(text, type=CampaignOffer)
    encoder = msgspec.json.Encoder(decimal_format="number")
    assert msgspec.json.decode(encoder.encode(decoded)) == msgspec.json.decode(text)


def test_structs_can_be_pickled() -> None:
    decoded = msgspec.json.decode(
        b'{"result":{"offers":[{"offerId":"A","status":"NEW"}]}}', type=CampaignOffersResponse
    )
    assert pickle.loads(pickle.dumps(decoded)) == decoded  # noqa: S301


def answer(*names: str) -> DeleteCampaignOffersResponse:
    return DeleteCampaignOffersResponse(result=DeleteCampaignOffers(not_deleted_offer_ids=list(names)))


def test_a_batch_without_a_result_was_deleted_whole() -> None:
    for response in (DeleteCampaignOffersResponse(), DeleteCampaignOffersResponse(result=DeleteCampaignOffers())):
        deleted = DeletedOffers.of(["A", "B"], response, repeated=False)
        assert deleted.deleted_offer_ids == ["A", "B"]
        assert deleted.not_deleted_offer_ids == deleted.unconfirmed_offer_ids == []


def test_what_the_market_names_stayed_in_the_store() -> None:
    deleted = DeletedOffers.of(["A", "B", "C"], answer("C ", "A", "never asked for"), repeated=False)
    assert deleted.deleted_offer_ids == ["B"]
    assert deleted.not_deleted_offer_ids == ["A", "C"]


def test_what_a_repeated_answer_names_is_unconfirmed() -> None:
    deleted = DeletedOffers.of(["A", "B"], answer("B"), repeated=True)
    assert (deleted.deleted_offer_ids, deleted.not_deleted_offer_ids) == (["A"], [])
    assert deleted.unconfirmed_offer_ids == ["B"]


def test_a_report_joins_batches_in_order() -> None:
    batches = [
        DeletedOffers.of(["A", "B"], answer("B"), repeated=False),
        DeletedOffers.of(["C", "D"], answer("C"), repeated=True),
    ]
    report = DeletedOffers.merged(batches)
    assert report.offer_ids == ["A", "B", "C", "D"]
    assert report.deleted_offer_ids == ["A", "D"]
    assert (report.not_deleted_offer_ids, report.unconfirmed_offer_ids) == (["B"], ["C"])

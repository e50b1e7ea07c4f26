"""The answers of the pretend Market hold against the official description of the Partner API."""

import msgspec
import pytest
from openapi_schema_validator import OAS30Validator

from yamarket_async.sandbox import Faults
from yamarket_async.sandbox.catalogue import PROMO_STATUSES, STATUSES
from yamarket_async.sandbox.reading import CURRENCIES, PROMO_FILTERS, PROMO_STATUS_TYPES

OPERATIONS = (
    ("getCampaigns", "/v2/campaigns", "get"),
    ("getHiddenOffers", "/v2/campaigns/{campaignId}/hidden-offers", "get"),
    ("getCampaignOffers", "/v2/campaigns/{campaignId}/offers", "post"),
    ("deleteCampaignOffers", "/v2/campaigns/{campaignId}/offers/delete", "post"),
    ("getPromoOffers", "/v2/businesses/{businessId}/promos/offers", "post"),
)


@pytest.fixture(scope="session")
def schema_of(openapi):
    """Make the validator of a method's answer with a status."""
    paths = {operation: (path, method) for operation, path, method in OPERATIONS}

    def validator(operation, status):
        path, method = paths[operation]
        response = openapi["paths"][path][method]["responses"][str(status)]
        if "$ref" in response:
            response = openapi["components"]["responses"][response["$ref"].rpartition("/")[2]]
        # References lead from the root of a document, so the root holds what they lead to.
        schema = {"allOf": [response["content"]["application/json"]["schema"]], "components": openapi["components"]}
        return OAS30Validator(schema, format_checker=OAS30Validator.FORMAT_CHECKER)

    return validator


@pytest.fixture
async def market(open_sandbox):
    """A market in which every kind of answer can be had, and calls of each method."""
    sandbox, http = await open_sandbox(campaigns=3, keys={"nobody": []}, offers=1_200, promo_offers=600)
    hidden = [("offer_id", offer_id) for offer_id in sandbox.hidden_offer_ids()[:3]]
    bodies = {
        "getCampaigns": (None, {}),
        "getHiddenOffers": (None, hidden),
        "getCampaignOffers": ({}, {"limit": "200"}),
        "deleteCampaignOffers": ({"offerIds": [*sandbox.offer_ids()[:40], "нет такого"]}, {}),
        "getPromoOffers": ({"promoId": sandbox.promo_id}, {"limit": "500"}),
    }

    async def call(operation, *, key=None, bad=False, unknown=False):
        _, path, method = next(each for each in OPERATIONS if each[0] == operation)
        body, query = bodies[operation]
        ids = {"campaignId": 1, "businessId": 1} if unknown else {
            "campaignId": sandbox.campaign_id, "businessId": sandbox.business_id,
        }  # fmt: skip
        if bad:
            query, body = ({"limit": "0"}, body) if method == "get" else (query, b"{")
        headers = {"Api-Key": sandbox.api_key if key is None else key}
        if method == "post":
            headers["Content-Type"] = "application/json"
            data = body if isinstance(body, bytes) else msgspec.json.encode(body)
            return await http.send("POST", path.format(**ids), headers=headers, query=query, data=data)
        return await http.send("GET", path.format(**ids), headers=headers, query=query)

    return sandbox, call


@pytest.mark.parametrize("operation", [operation for operation, *_ in OPERATIONS])
async def test_every_documented_status_is_answered_as_described(market, openapi, schema_of, operation):
    sandbox, call = market
    _, path, method = next(each for each in OPERATIONS if each[0] == operation)
    answers = {
        200: await call(operation),
        400: await call(operation, bad=True),
        401: await call(operation, key="ACMA:unknown"),
        403: await call(operation, key="nobody"),
    }
    # What getCampaigns doesn't find doesn't exist: its path names nothing.
    if "404" in openapi["paths"][path][method]["responses"] and operation != "getCampaigns":
        answers[404] = await call(operation, unknown=True)
    if operation == "deleteCampaignOffers":
        sandbox.locked.add(sandbox.campaign_id)
        answers[423] = await call(operation)
        sandbox.locked.clear()
    sandbox.faults = Faults(error_500=1.0)
    answers[500] = await call(operation)
    sandbox.faults.clear()
    sandbox.limits[operation] = 0
    answers[420] = await call(operation)
    documented = {int(status) for status in openapi["paths"][path][method]["responses"]}
    assert set(answers) == documented - ({404} if operation == "getCampaigns" else set())
    for status, answer in answers.items():
        assert answer.status == status
        schema_of(operation, status).validate(answer.json)


@pytest.mark.parametrize("operation", ["getHiddenOffers", "getCampaignOffers", "getPromoOffers"])
async def test_all_pages_are_as_described(open_sandbox, schema_of, operation):
    sandbox, http = await open_sandbox(offers=1_100, promo_offers=1_000, hidden=600, campaigns=3)
    call, size = {
        "getHiddenOffers": (http.hidden, 500),
        "getCampaignOffers": (http.offers, 200),
        "getPromoOffers": (http.promo, 500),
    }[operation]
    validator, token, pages = schema_of(operation, 200), {}, 0
    while True:
        answer = await call(limit=size, **token)
        validator.validate(answer.json)
        pages += 1
        if answer.next_token is None:
            break
        token = {"page_token": answer.next_token}
    assert pages > 1
    assert sandbox.counts[200] == pages


def test_the_validator_sees_a_fault(schema_of):
    validator = schema_of("getCampaignOffers", 200)
    assert not validator.is_valid({"status": "FINE"})
    assert not validator.is_valid({"status": "OK", "result": {"offers": [{"offerId": 1}]}})
    offer = {"offerId": "a", "basicPrice": {"value": 1, "currencyId": "RUR", "updatedAt": "yesterday"}}
    assert not validator.is_valid({"status": "OK", "result": {"offers": [offer]}})
    offer["basicPrice"]["updatedAt"] = "2025-01-01T00:00:00Z"
    assert validator.is_valid({"status": "OK", "result": {"offers": [offer | {"errors": None}]}})


def test_the_values_of_every_enumeration_are_those_of_the_description(openapi):
    for name, values in {
        "OfferCampaignStatusType": STATUSES,
        "PromoOfferParticipationStatusType": PROMO_STATUSES,
        "PromoOfferParticipationStatusMultiFilterType": PROMO_FILTERS,
        "PromoOfferParticipationStatusFilterType": PROMO_STATUS_TYPES,
        "CurrencyType": CURRENCIES,
    }.items():
        assert set(values) == set(openapi["components"]["schemas"][name]["enum"])
    assert {status for statuses in PROMO_FILTERS.values() for status in statuses} == set(PROMO_STATUSES)


# The description of 2026 has no getOffers any more, but its pager is still there.
async def test_old_offers_are_as_their_page_describes(open_sandbox, openapi):
    _, http = await open_sandbox()
    answer = (await http.old_offers(pageSize=1_000)).json
    fields = {
        "price": (int, float), "feedId": int, "id": str, "shopCategoryId": str, "marketCategoryId": int,
        "preDiscountPrice": int, "discount": int, "cutPrice": bool, "url": str, "modelId": int, "name": str,
        "currency": str, "blocked": bool,
    }  # fmt: skip
    seen = set()
    for offer in answer["offers"]:
        assert "modelId" in offer
        assert all(isinstance(value, fields[name]) for name, value in offer.items())
        seen |= set(offer)
    assert seen == set(fields)
    assert set(answer["pager"]) == set(openapi["components"]["schemas"]["FlippingPagerDTO"]["properties"])

"""The endpoint table and the structs against the official OpenAPI description, and against the page of getOffers."""

import re
import types
import typing
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from yamarket_async.endpoints import ENDPOINTS, GET_OFFERS, Endpoint
from yamarket_async.errors import ErrorDetail
from yamarket_async.models.answers import ApiResponseStatusType, FlippingPager, ScrollingPager
from yamarket_async.models.base import OpenEnum
from yamarket_async.models.campaign_offers import (
    CampaignOffer,
    CampaignOffersResponse,
    CampaignOffersResult,
    OfferCampaignStatusType,
    OfferError,
)
from yamarket_async.models.campaigns import (
    ApiAvailabilityStatusType,
    Business,
    Campaign,
    CampaignsResponse,
    PlacementType,
)
from yamarket_async.models.deleted_offers import DeleteCampaignOffers, DeleteCampaignOffersResponse
from yamarket_async.models.hidden_offers import HiddenOffer, HiddenOffersResponse, HiddenOffersResult
from yamarket_async.models.offers import Offer, OffersResponse
from yamarket_async.models.prices import CurrencyType, PriceWithDiscount, PriceWithVat
from yamarket_async.models.promo_offers import (
    PromoOffer,
    PromoOfferAutoParticipatingDetails,
    PromoOfferDiscountParams,
    PromoOfferParams,
    PromoOfferParticipationStatusFilterType,
    PromoOfferParticipationStatusMultiFilterType,
    PromoOfferParticipationStatusType,
    PromoOffersResponse,
    PromoOffersResult,
)

STRUCTS: dict[type[msgspec.Struct], str] = {
    CampaignOffersResponse: "GetCampaignOffersResponse",
    CampaignOffersResult: "GetCampaignOffersResultDTO",
    CampaignOffer: "GetCampaignOfferDTO",
    OfferError: "OfferErrorDTO",
    PriceWithDiscount: "GetPriceWithDiscountDTO",
    PriceWithVat: "GetPriceWithVatDTO",
    HiddenOffersResponse: "GetHiddenOffersResponse",
    HiddenOffersResult: "GetHiddenOffersResultDTO",
    HiddenOffer: "HiddenOfferDTO",
    DeleteCampaignOffersResponse: "DeleteCampaignOffersResponse",
    DeleteCampaignOffers: "DeleteCampaignOffersDTO",
    PromoOffersResponse: "GetPromoOffersResponse",
    PromoOffersResult: "GetPromoOffersResultDTO",
    PromoOffer: "GetPromoOfferDTO",
    PromoOfferParams: "PromoOfferParamsDTO",
    PromoOfferDiscountParams: "PromoOfferDiscountParamsDTO",
    PromoOfferAutoParticipatingDetails: "PromoOfferAutoParticipatingDetailsDTO",
    CampaignsResponse: "GetCampaignsResponse",
    Campaign: "CampaignDTO",
    Business: "BusinessDTO",
    FlippingPager: "FlippingPagerDTO",
    ScrollingPager: "PackagingScrollingPagerDTO",
    ErrorDetail: "ApiErrorDTO",
}

ENUMS: dict[type[OpenEnum], str] = {
    kind: kind.__name__
    for kind in (
        ApiResponseStatusType,
        OfferCampaignStatusType,
        CurrencyType,
        PromoOfferParticipationStatusType,
        PromoOfferParticipationStatusFilterType,
        PromoOfferParticipationStatusMultiFilterType,
        PlacementType,
        ApiAvailabilityStatusType,
    )
}

# What a struct has beyond the description, and why.
BEYOND = {
    CampaignOffer: {"quantum"},  # in the page of the method only
    # Every answer may hold errors, and older methods' a status; the description keeps that for answers of failures.
    CampaignOffersResponse: {"errors"},
    HiddenOffersResponse: {"errors"},
    DeleteCampaignOffersResponse: {"errors"},
    PromoOffersResponse: {"errors"},
    CampaignsResponse: {"status", "errors"},
}
# Where a struct is more or less strict than the description, and why.
STRICTER = {(struct, "result") for struct in (CampaignOffersResponse, HiddenOffersResponse, PromoOffersResponse)}
LAXER = {
    # A page of results is as good without its status.
    *((struct, "status") for struct in STRUCTS if issubclass(struct, msgspec.Struct) and "Response" in struct.__name__),
    (ErrorDetail, "code"),  # an error must not hide behind a flaw of its own
}


def resolve(openapi: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Follow references and merge `allOf`."""
    if "$ref" in schema:
        return resolve(openapi, openapi["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]])
    merged: dict[str, Any] = {"properties": {}, "required": [], **{k: v for k, v in schema.items() if k != "allOf"}}
    for part in (resolve(openapi, part) for part in schema.get("allOf", ())):
        merged["properties"] = {**merged["properties"], **part["properties"]}
        merged["required"] = [*merged["required"], *part["required"]]
    return merged


def kind_of(annotation: Any) -> tuple[str, bool]:
    """Say which JSON type a struct's field has, and whether it may be None."""
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        (inner,) = [a for a in typing.get_args(annotation) if a is not type(None)]
        return kind_of(inner)[0], True
    if typing.get_origin(annotation) is typing.Annotated:
        return kind_of(typing.get_args(annotation)[0])
    if typing.get_origin(annotation) is list:
        return f"array of {kind_of(typing.get_args(annotation)[0])[0]}", False
    if issubclass(annotation, OpenEnum):
        return f"enum {annotation.__name__}", False
    if issubclass(annotation, msgspec.Struct):
        return f"object {STRUCTS[annotation]}", False
    return {str: "string", int: "integer", bool: "boolean", Decimal: "money", datetime: "moment"}[annotation], False


def kind_in_description(openapi: dict[str, Any], schema: dict[str, Any]) -> str:
    target = resolve(openapi, schema)
    name = schema["$ref"].rsplit("/", 1)[1] if "$ref" in schema else ""
    if "enum" in target:
        return f"enum {name}"
    if target.get("type") == "array":
        return f"array of {kind_in_description(openapi, target['items'])}"
    if target.get("format") == "date-time":
        return "moment"
    if target.get("type") == "number":
        return "money"
    if target.get("type") in {"string", "integer", "boolean"}:
        return str(target["type"])
    return f"object {name}"


MONEY_IN_WHOLE_ROUBLES = {"price", "promoPrice", "maxPromoPrice"}
SAME_PAGER = "object PackagingForwardScrollingPagerDTO", "object PackagingScrollingPagerDTO"


@pytest.mark.parametrize("struct", STRUCTS, ids=lambda struct: struct.__name__)
def test_struct_has_the_fields_of_the_description(openapi: dict[str, Any], struct: type[msgspec.Struct]) -> None:
    schema = resolve(openapi, {"$ref": f"#/components/schemas/{STRUCTS[struct]}"})
    fields = {field.encode_name: field for field in msgspec.structs.fields(struct)}
    assert set(fields) == set(schema["properties"]) | BEYOND.get(struct, set())
    for name, property_ in schema["properties"].items():
        field = fields[name]
        kind, may_be_none = kind_of(field.type)
        described = kind_in_description(openapi, property_)
        if struct is PromoOfferDiscountParams and name in MONEY_IN_WHOLE_ROUBLES:
            described = "money"
        if described == SAME_PAGER[0]:
            described = SAME_PAGER[1]
        assert kind == described, name
        required = (name in schema["required"] or (struct, name) in STRICTER) and (struct, name) not in LAXER
        assert field.required == required, name
        assert may_be_none or required or struct is ErrorDetail, f"{name} may be absent or null"


@pytest.mark.parametrize("kind", ENUMS, ids=lambda kind: kind.__name__)
def test_enum_has_the_values_of_the_description(openapi: dict[str, Any], kind: type[OpenEnum]) -> None:
    assert [member.value for member in kind] == openapi["components"]["schemas"][ENUMS[kind]]["enum"]


DESCRIBED = [endpoint for endpoint in ENDPOINTS.values() if endpoint is not GET_OFFERS]


def operation(openapi: dict[str, Any], endpoint: Endpoint[Any]) -> dict[str, Any]:
    found: dict[str, Any] = openapi["paths"][endpoint.path][endpoint.http_method.lower()]
    return found


@pytest.mark.parametrize("endpoint", DESCRIBED, ids=lambda endpoint: endpoint.name)
def test_endpoint_is_the_one_of_the_description(openapi: dict[str, Any], endpoint: Endpoint[Any]) -> None:
    described = operation(openapi, endpoint)
    assert endpoint.name == described["operationId"]
    assert set(endpoint.scopes) == set(described["x-auth-scopes"])
    response = described["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
    assert response.endswith("/" + STRUCTS[endpoint.response])


@pytest.mark.parametrize("endpoint", DESCRIBED, ids=lambda endpoint: endpoint.name)
def test_bounds_of_pages_and_lists_are_those_of_the_description(
    openapi: dict[str, Any], endpoint: Endpoint[Any]
) -> None:
    described = operation(openapi, endpoint)
    parameters = [p["$ref"].rsplit("/", 1)[1] for p in described["parameters"]]
    bounds = [
        openapi["components"]["parameters"][name]["schema"]["maximum"]
        for name in parameters
        if openapi["components"]["parameters"][name]["name"] == "limit"
    ]
    if "requestBody" in described:
        body = resolve(openapi, described["requestBody"]["content"]["application/json"]["schema"])
        bounds += [body["properties"]["offerIds"]["maxItems"]] if "offerIds" in body["properties"] else []
    assert bounds
    assert set(bounds) == {endpoint.max_size}


@pytest.mark.parametrize("endpoint", DESCRIBED, ids=lambda endpoint: endpoint.name)
def test_limit_is_that_of_the_page_or_the_description(openapi: dict[str, Any], endpoint: Endpoint[Any]) -> None:
    described = operation(openapi, endpoint)["x-resource-limit-config"]["medium"]
    assert endpoint.limit is not None
    assert endpoint.limit.period == {"minutes": 60, "hours": 3600}[described["period"]] * described["period-duration"]
    if endpoint.name == "getPromoOffers":
        assert (endpoint.limit.amount, described["amount"]) == (10_000, 5_000)  # the page goes first
    else:
        assert endpoint.limit.amount == described["amount"]


def test_get_offers_is_the_one_of_its_page(pages: Path) -> None:
    page = (pages / "getOffers.txt").read_text(encoding="utf-8")
    assert f"https://api.partner.market.yandex.ru{GET_OFFERS.path}" in page
    answer = page[page.index("200 OK") : page.index("400 Bad Request")]
    example = answer[answer.index("{") : answer.index("Name\n")]
    shown = msgspec.json.decode(example)
    assert {field.encode_name for field in msgspec.structs.fields(Offer)} == set(shown["offers"][0])
    assert {field.encode_name for field in msgspec.structs.fields(FlippingPager)} == set(shown["pager"])
    decoded = msgspec.json.decode(example, type=OffersResponse)
    assert decoded.offers[0].price == Decimal(0)
    described_types = {"string": "string", "boolean": "boolean", "number": "money", "CurrencyType": "enum CurrencyType"}
    described_types |= {"integer<int32>": "integer", "integer<int64>": "integer"}
    table = answer[answer.index("\nOfferDTO\n") : answer.index("FlippingPagerDTO\n", answer.index("\nOfferDTO\n"))]
    for field in msgspec.structs.fields(Offer):
        starred = f"\n{field.encode_name}*\n" in table
        begin = table.index(f"\n{field.encode_name}{'*' if starred else ''}\n")
        type_ = table[begin:].split("Type: ", 1)[1].split("\n", 1)[0]
        assert kind_of(field.type)[0] == described_types[type_], field.name
        assert field.required == starred, field.name


@pytest.mark.parametrize("name", ["getHiddenOffers", "getCampaignOffers", "deleteCampaignOffers", "getPromoOffers"])
def test_page_of_the_method_names_its_path_and_limit(pages: Path, name: str) -> None:
    page = (pages / f"{name}.txt").read_text(encoding="utf-8")
    endpoint = ENDPOINTS[name]
    assert endpoint.path in page or endpoint.path.removeprefix("/v2") in page
    limit = endpoint.limit
    assert limit is not None
    noun = "requests" if limit.unit == "requests" else r"(items|products)"
    period = {60: "minute", 3600: "hour"}[int(limit.period)]
    assert re.search(rf"{limit.amount:,} {noun} per {period}", page)

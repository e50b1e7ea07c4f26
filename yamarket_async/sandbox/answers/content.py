"""The content of cards: parameters of categories, their values, and how well a card is filled."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.answers.business_offer_mappings import mapping
from yamarket_async.sandbox.answers.mapping_updates import Found, results
from yamarket_async.sandbox.answers.offers import catalogue_of
from yamarket_async.sandbox.calls import Call, bad_request, forbidden, not_found
from yamarket_async.sandbox.pages import positioned
from yamarket_async.sandbox.parts.card_status import card_status, is_looked_at
from yamarket_async.sandbox.parts.cards import RATING_OF, group_of, merged, rating
from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.parts.categories import (
    Wrong,
    categories,
    is_leaf,
    parameters_of,
    wrong_category,
    wrong_values,
)
from yamarket_async.sandbox.parts.products import Product
from yamarket_async.sandbox.parts.profiles import Filters
from yamarket_async.sandbox.parts.statuses import ANY_STAGE

RECOMMENDATIONS = {"videos": "VIDEO_COUNT", "pictures": "PICTURE_COUNT", "description": "DESCRIPTION_LENGTH"}
"""What the Market recommends for a card that lacks a field."""

COUNTED = frozenset({"VIDEO_COUNT", "PICTURE_COUNT"})
"""The recommendations of which the Market tells how much is done."""


@answers("getCategoryContentParameters", reality="reflected")
def category_parameters(call: Call) -> dict[str, Any]:
    """The parameters of a leaf."""
    category_id, business_id = call.ids["categoryId"], call.query.get("businessId")
    if business_id not in {None, call.world.business_id}:
        if "X-Business-Id" in call.headers:
            raise bad_request(
                f"Requested businessId ('{business_id}') does not match businessId in X-Business-Id header "
                f"('{call.headers['X-Business-Id']}')"
            )
        raise forbidden("Access denied")
    if category_id not in categories():
        raise not_found("Unknown category")
    if not is_leaf(category_id):
        raise bad_request("Category is not a leaf.")
    return {"status": "OK", "result": {"categoryId": category_id, "parameters": list(parameters_of(category_id))}}


@answers("getOfferCardsContentStatus")
def cards(call: Call) -> dict[str, Any]:
    """How the cards of products stand."""
    catalogue, wanted = catalogue_of(call), call.sent("cardStatuses")
    filters = Filters(category_ids=tuple(call.sent("categoryIds", ())))
    with_recommendations = call.sent("withRecommendations", False)

    def write(positions: Sequence[int]) -> list[Any]:
        return [_card(catalogue, position, with_recommendations=with_recommendations) for position in positions]

    asked = call.sent("offerIds")
    if asked is not None:
        known = sorted(catalogue.known(asked))
        return positioned(call, lambda after, count: [at for at in known if at > after][:count], write)
    accepts = None if wanted is None else (lambda at: card_status(catalogue, at) in wanted)
    find = partial(catalogue.listed, mask=ANY_STAGE, filters=filters, accepts=accepts)
    return positioned(call, lambda after, count: find(after=after, count=count), write)


def _card(catalogue: Catalogue, position: int, *, with_recommendations: bool) -> dict[str, Any]:
    product = catalogue.product(position)
    card: dict[str, Any] = {"offerId": product.offer_id, "cardStatus": card_status(catalogue, position)}
    if catalogue.has_card(position):
        card["mapping"] = mapping(catalogue, position)
        card["contentRating"] = rating(product.card, product.parameters)
        if with_recommendations:
            card["averageContentRating"] = 40 + product.number % 50
        card["contentRatingStatus"] = "UPDATING" if is_looked_at(catalogue, position) else "ACTUAL"
    if product.parameters:
        card["parameterValues"] = product.parameters
    group = group_of(product.parameters)
    if group:
        card["groupId"] = group
    # A card that the Market fills in is none of the seller's business.
    advice = [] if card["cardStatus"] == "HAS_CARD_CAN_NOT_UPDATE" else _recommendations(product)
    if with_recommendations and advice:
        card["recommendations"] = advice
    if product.failed:
        card["errors"] = [{"message": "Карточка не принята", "comment": product.failed}]
    return card


def _recommendations(product: Product) -> list[dict[str, Any]]:
    return [
        {"type": kind, **({"percent": 0} if kind in COUNTED else {}), "remainingRatingPoints": RATING_OF[name]}
        for name, kind in RECOMMENDATIONS.items()
        if not product.card.get(name)
    ]


@answers("updateOfferContent")
def update_content(call: Call) -> dict[str, Any]:
    """Write the values of a category's parameters: all products of a request, or none."""
    catalogue, sent = catalogue_of(call), call.sent("offersContent")
    found: Found = {}
    for offer in sent:
        errors, _ = found.setdefault(offer["offerId"].strip(" \t"), ([], []))
        errors += _wrong(catalogue, offer)
    if not any(errors for errors, _ in found.values()):
        catalogue.write(_store, catalogue, sent)
    return results(found)


def _wrong(catalogue: Catalogue, offer: Mapping[str, Any]) -> list[Wrong]:
    if catalogue.position(offer["offerId"]) is None:
        return [Wrong("OFFER_NOT_FOUND", None, f"Товара {offer['offerId']} нет в каталоге")]
    wrong = wrong_category(offer["categoryId"])
    return [wrong] if wrong else wrong_values(offer["categoryId"], offer["parameterValues"])


def _store(catalogue: Catalogue, sent: Sequence[Mapping[str, Any]]) -> None:
    for position, offer in zip(map(catalogue.position, (each["offerId"] for each in sent)), sent, strict=True):
        if position is None:
            continue
        product = catalogue.touch(position)
        # Values of parameters that both categories have stay, and here all leaves have the same.
        product.card = product.card | {"marketCategoryId": offer["categoryId"]}
        product.parameters = merged(product.parameters, offer["parameterValues"])
        product.failed = ""
        catalogue.check_card(position)
        catalogue.refresh(position)

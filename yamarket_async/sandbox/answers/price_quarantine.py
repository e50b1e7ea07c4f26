"""Prices in quarantine, and their confirmation."""

from collections.abc import Sequence
from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.answers.offers import catalogue_of, filters_of
from yamarket_async.sandbox.calls import Call
from yamarket_async.sandbox.pages import paged
from yamarket_async.sandbox.parts.card_status import card_status
from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.parts.products import BUSINESS, Held, Price
from yamarket_async.sandbox.parts.statuses import DELETED


@answers("getBusinessQuarantineOffers")
def business_quarantine(call: Call) -> dict[str, Any]:
    """Products whose price for all stores is in quarantine."""
    return _quarantine(call, BUSINESS)


@answers("getCampaignQuarantineOffers")
def campaign_quarantine(call: Call) -> dict[str, Any]:
    """Products whose price in a store is in quarantine."""
    return _quarantine(call, call.campaign_id)


def _quarantine(call: Call, place: int) -> dict[str, Any]:
    catalogue = catalogue_of(call)
    asked, filters = call.sent("offerIds"), filters_of(call)
    wanted, card_statuses = set(catalogue.known(asked or ())), call.sent("cardStatuses")
    held = sorted(
        at
        for at, product in catalogue.changed.items()
        if place in product.held
        and catalogue.stages[at] != DELETED
        and (asked is None or at in wanted)
        and (card_statuses is None or card_status(catalogue, at) in card_statuses)
        and catalogue.matches(at, filters)
    )
    return paged(call, held, key=lambda at: at, write=lambda at: _json(catalogue, at, place))


def _json(catalogue: Catalogue, position: int, place: int) -> dict[str, Any]:
    product = catalogue.changed[position]
    held = product.held[place]
    written = {
        "offerId": product.offer_id,
        "currentPrice": _base(held.price),
        "verdicts": [{"type": held.verdict, "params": _params(held)}],
    }
    # The other verdicts compare with what the market asks, and not with the price before.
    return written | {"lastValidPrice": _base(held.last)} if held.verdict == "PRICE_CHANGE" else written


def _params(held: Held) -> list[dict[str, str]]:
    last = "LAST_VALID_PRICE" if held.verdict == "PRICE_CHANGE" else "MIN_PRICE"
    params = {"CURRENT_PRICE": held.price.value, last: held.last.value, "CURRENCY": held.price.currency}
    return [{"name": name, "value": str(value)} for name, value in params.items()]


def _base(price: Price) -> dict[str, Any]:
    return {"value": price.value, "currencyId": price.currency}


@answers("confirmBusinessPrices")
def confirm_business_prices(call: Call) -> None:
    """Confirm prices for all stores: they leave the quarantine."""
    _confirm(call, BUSINESS)


@answers("confirmCampaignPrices")
def confirm_campaign_prices(call: Call) -> None:
    """Confirm prices in a store."""
    _confirm(call, call.campaign_id)


def _confirm(call: Call, place: int) -> None:
    catalogue = catalogue_of(call)
    catalogue.write(_release, catalogue, place, call.sent("offerIds"))


def _release(catalogue: Catalogue, place: int, skus: Sequence[str]) -> None:
    for position in catalogue.known(skus):
        if catalogue.product(position).held.pop(place, None) is not None:
            catalogue.refresh(position)

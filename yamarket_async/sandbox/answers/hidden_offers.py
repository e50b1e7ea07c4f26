"""Products that a store hides from its showcase."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.answers.offers import catalogue_of
from yamarket_async.sandbox.calls import Call, bad_request
from yamarket_async.sandbox.pages import positioned
from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.parts.statuses import HIDDEN


@answers("getHiddenOffers")
def hidden_offers(call: Call) -> dict[str, Any]:
    """Hidden products of a store."""
    catalogue, campaign_id = catalogue_of(call), call.campaign_id
    asked = call.query.get("offer_id")

    def find(after: int, count: int) -> list[int]:
        if asked is None:
            return catalogue.hidden_after(campaign_id, after, count)
        column = catalogue.column(campaign_id)
        return [at for at in sorted(catalogue.known(asked)) if at > after and column[at] == HIDDEN][:count]

    return positioned(call, find, lambda positions: _json(catalogue, positions))


def _json(catalogue: Catalogue, positions: Sequence[int]) -> list[Any]:
    return [
        msgspec.Raw(catalogue.head(at) + b'"}') if at < catalogue.offers else {"offerId": catalogue.offer_id(at)}
        for at in positions
    ]


@answers("addHiddenOffers")
def add_hidden_offers(call: Call) -> None:
    """Hide products from the showcase of a store."""
    _write(call, hidden=True)


@answers("deleteHiddenOffers")
def delete_hidden_offers(call: Call) -> None:
    """Show hidden products again."""
    _write(call, hidden=False)


def _write(call: Call, *, hidden: bool) -> None:
    skus = [offer["offerId"].strip(" \t") for offer in call.sent("hiddenOffers")]
    for sku, places in repeated(skus):
        raise bad_request(f"Duplicate offerId='{sku}' at positions '{places}'")
    catalogue = catalogue_of(call)
    catalogue.write(_hide, catalogue, call.campaign_id, skus, hidden)


def _hide(catalogue: Catalogue, campaign_id: int, skus: Iterable[str], hidden: bool) -> None:
    for position in catalogue.known(skus, campaign_id):
        catalogue.hide(campaign_id, position, hidden)


def repeated(skus: Sequence[str]) -> list[tuple[str, list[int]]]:
    """Give what stands more than once in a list, each with its places."""
    places: dict[str, list[int]] = {}
    for place, sku in enumerate(skus):
        places.setdefault(sku, []).append(place)
    return [(sku, several) for sku, several in places.items() if len(several) > 1]

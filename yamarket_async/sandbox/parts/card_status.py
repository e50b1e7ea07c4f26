"""The status of a product's card, and what follows from the time since it was written."""

from yamarket_async.sandbox.parts.cards import CARD_AFTER, MEDIA_AFTER
from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.parts.statuses import IN_CREATION


def card_status(catalogue: Catalogue, position: int) -> str:
    """Tell the `OfferCardStatusType` of a product."""
    if not catalogue.has_card(position):
        return _status_without_card(catalogue, position)
    product, number = catalogue.changed.get(position), catalogue.profile_number(position)
    if product is not None and product.failed:
        return "HAS_CARD_CAN_UPDATE_ERRORS"
    if product is not None and is_looked_at(catalogue, position):
        return "HAS_CARD_CAN_UPDATE_PROCESSING"
    if not any(catalogue.status(campaign_id, position) for campaign_id in catalogue.campaign_ids):
        return "NO_CARD_ADD_TO_CAMPAIGN"
    return "HAS_CARD_CAN_NOT_UPDATE" if number % 20 == 0 and product is None else "HAS_CARD_CAN_UPDATE"


def _status_without_card(catalogue: Catalogue, position: int) -> str:
    product, number = catalogue.changed.get(position), catalogue.profile_number(position)
    if product is not None and product.failed:
        return "NO_CARD_ERRORS"
    if catalogue.stages[position] != IN_CREATION:
        return "NO_CARD_NEED_CONTENT"
    return "NO_CARD_MARKET_WILL_CREATE" if number % 2 and product is None else "NO_CARD_PROCESSING"


def is_looked_at(catalogue: Catalogue, position: int, seconds: float = CARD_AFTER) -> bool:
    """Tell whether a card was written so lately that the Market still looks at it."""
    product = catalogue.changed.get(position)
    at = None if product is None else product.written_at
    return at is not None and catalogue.world.now() < at + seconds


def is_fetching(catalogue: Catalogue, position: int) -> bool:
    """Tell whether the Market still fetches the pictures of a card."""
    return is_looked_at(catalogue, position, MEDIA_AFTER)

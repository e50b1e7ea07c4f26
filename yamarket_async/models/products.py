"""How products stand in the catalogue: cards, statuses, errors and characteristics."""

from typing import Annotated

from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Id, Outdated


class UpdateMapping(Model, kw_only=True, frozen=True):
    """The Market's card that a product is tied to.

    Attributes:
        market_sku: the id of the card, 1 or more; None while there is none: look at the status of the card, or mend
            what it complains of.
    """

    market_sku: Id | None = None


class Mapping(UpdateMapping, kw_only=True, frozen=True):
    """The Market's card that a product is tied to, with its category.

    Attributes:
        market_sku_name: the title of the card; None while the product is tied to none.
        market_model_name: the name of the model; None while the product is tied to no card. Deprecated, to be dropped
            on 12.10.2026.
        market_category_id: the category that the Market put the product into; None while it has not decided.
        market_category_name: the name of that category.
    """

    market_sku_name: str | None = None
    market_model_name: Annotated[str, Outdated()] | None = None
    market_category_id: int | None = None
    market_category_name: str | None = None


class OfferCampaignStatusType(OpenEnum):
    """The status of a product in a store."""

    PUBLISHED = "PUBLISHED"
    """Ready for sale."""
    CHECKING = "CHECKING"
    """On inspection."""
    DISABLED_BY_PARTNER = "DISABLED_BY_PARTNER"
    """Hidden by the seller."""
    DISABLED_AUTOMATICALLY = "DISABLED_AUTOMATICALLY"
    """Hidden because of errors that have to be mended."""
    REJECTED_BY_MARKET = "REJECTED_BY_MARKET"
    """Rejected."""
    CREATING_CARD = "CREATING_CARD"
    """Its card is being created."""
    NO_CARD = "NO_CARD"
    """Needs a card."""
    NO_STOCKS = "NO_STOCKS"
    """Not in stock."""
    ARCHIVED = "ARCHIVED"
    """In the archive."""
    READY_FOR_PUBLICATION = "READY_FOR_PUBLICATION"
    """The store is still being connected."""


class OfferCardStatusType(OpenEnum):
    """The status of a product's card."""

    HAS_CARD_CAN_NOT_UPDATE = "HAS_CARD_CAN_NOT_UPDATE"
    """A card of the Market, which the seller can't change."""
    HAS_CARD_CAN_UPDATE = "HAS_CARD_CAN_UPDATE"
    """A card of the Market, to which the seller can add."""
    HAS_CARD_CAN_UPDATE_ERRORS = "HAS_CARD_CAN_UPDATE_ERRORS"
    """The seller's changes were not accepted."""
    HAS_CARD_CAN_UPDATE_PROCESSING = "HAS_CARD_CAN_UPDATE_PROCESSING"
    """The seller's changes are being checked."""
    NO_CARD_NEED_CONTENT = "NO_CARD_NEED_CONTENT"
    """The seller has to create the card."""
    NO_CARD_MARKET_WILL_CREATE = "NO_CARD_MARKET_WILL_CREATE"
    """The Market is going to create the card."""
    NO_CARD_ERRORS = "NO_CARD_ERRORS"
    """Could not be created because of an error."""
    NO_CARD_PROCESSING = "NO_CARD_PROCESSING"
    """The data for it are being checked."""
    NO_CARD_ADD_TO_CAMPAIGN = "NO_CARD_ADD_TO_CAMPAIGN"
    """The product has to be placed in a store first."""


class OfferError(Model, kw_only=True, frozen=True):
    """What is wrong with the placement of a product.

    Attributes:
        message: the type of the error.
        comment: its explanation.
    """

    message: str | None = None
    comment: str | None = None


class ParameterValue(Model, kw_only=True, frozen=True):
    """A value of a characteristic; one with several values takes one such struct for each.

    Attributes:
        parameter_id: the characteristic, 1 or more.
        unit_id: the unit of measurement; None for the characteristic's default unit.
        value_id: for characteristics of type ENUM: the id of a value from the Market's list; None for a value of one's
            own.
        value: the value; for ENUM together with `value_id` where it is from the Market's list, without it where it is
            one's own.
    """

    parameter_id: Id
    unit_id: int | None = None
    value_id: int | None = None
    value: str | None = None

"""The structs of businesses."""

from typing import Annotated

from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Bounds
from yamarket_async.models.currency import CurrencyType
from yamarket_async.models.placement import Business


class BusinessSettings(Model, kw_only=True, frozen=True):
    """The settings of a cabinet.

    Attributes:
        only_default_price: whether a product has one price in all stores (`update_business_prices`); False where a
            store may have its own (`update_prices`) beside it.
        currency: the currency of the cabinet, in which its prices are given.
    """

    only_default_price: bool | None = None
    currency: CurrencyType | None = None


class BusinessSubscriptionLevelType(OpenEnum):
    """The subscription of a cabinet."""

    NONE = "NONE"
    """None."""
    LIGHT = "LIGHT"
    """Light; the limits of the API are those without a subscription."""
    MEDIUM = "MEDIUM"
    """Medium; larger limits, reports over a longer time and up to ten at once."""


class BusinessTraitType(OpenEnum):
    """What is particular to a cabinet."""

    MARKET_YANDEX_GO = "MARKET_YANDEX_GO"
    """A seller of Market Yandex Go, to whom some methods are closed."""


class BusinessSettingsInfo(Model, kw_only=True, frozen=True):
    """A cabinet and its settings.

    Attributes:
        info: the cabinet: its id and name.
        settings: how prices are set, and in which currency.
        subscription_level: the subscription it has.
        traits: what is particular to it; None where nothing is.
    """

    info: Business | None = None
    settings: BusinessSettings | None = None
    subscription_level: BusinessSubscriptionLevelType | None = None
    traits: Annotated[list[BusinessTraitType], Bounds(min_length=1, unique=True)] | None = None


class BusinessSettingsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getBusinessSettings.

    Attributes:
        result: what was asked for.
    """

    result: BusinessSettingsInfo | None = None

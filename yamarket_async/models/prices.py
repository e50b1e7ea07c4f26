"""Prices as requests and answers of several families write them."""

from decimal import Decimal
from typing import Annotated

from yamarket_async.models.base import Model, Moment
from yamarket_async.models.bounds import Bounds, Int32
from yamarket_async.models.currency import CurrencyType


class BasePrice(Model, kw_only=True, frozen=True):
    """A price.

    Attributes:
        value: the price, above 0.
        currency_id: its currency.
    """

    value: Annotated[Decimal, Bounds(gt=0)]
    currency_id: CurrencyType


class PriceWithDiscountValue(BasePrice, kw_only=True, frozen=True):
    """A price with its discount.

    Attributes:
        discount_base: the crossed-out price, a whole number above 0, so that the discount is 5 to 99 %; send it with
            every change of a discounted price, or the discount is dropped.
    """

    discount_base: Annotated[Decimal, Bounds(gt=0)] | None = None


class UpdateTime(Model, kw_only=True, frozen=True):
    """When something was last changed.

    Attributes:
        updated_at: the moment of the last change.
    """

    updated_at: Moment


class PriceWithDiscount(PriceWithDiscountValue, kw_only=True, frozen=True):
    """A price with its discount, and when it was last changed.

    Attributes:
        updated_at: the moment of the last change.
    """

    updated_at: Moment


class OfferPriceValue(Model, kw_only=True, frozen=True):
    """A price in a store, with its discount and VAT.

    Attributes:
        value: the price, above 0.
        discount_base: the crossed-out price, a whole number above 0, so that the discount is 5 to 99 %; send it with
            every change of a discounted price, or the discount is dropped.
        currency_id: its currency.
        vat: the VAT rate: 2 — 10 %, 5 — 0 %, 6 — not charged (some services only), 7 — 20 % (the main rate of 2019 to
            2025, refused since July 2026), 10 — 5 % and 11 — 7 % (simplified taxation), 14 — 22 % (the main rate from
            2026). None: the rate of the cabinet. Neither sent nor returned for sellers of Market Yandex Go.
    """

    value: Annotated[Decimal, Bounds(gt=0)] | None = None
    discount_base: Annotated[Decimal, Bounds(gt=0)] | None = None
    currency_id: CurrencyType | None = None
    vat: Int32 | None = None

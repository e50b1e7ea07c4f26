"""A product that something has changed, or that was added: its card, its prices, and what keeps it off the showcase."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import msgspec

from yamarket_async.sandbox.parts.prepared import VATS
from yamarket_async.sandbox.parts.profiles import Filters, Profile

BUSINESS = 0
"""Stands for all stores of the business where a campaignId is expected."""

SUDDEN = 2
"""How many times lower or higher than the last valid one a price must be to go into quarantine."""


class Price(msgspec.Struct, frozen=True):
    """A price.

    Attributes:
        value: the price.
        updated_at: when it was set, as it stands in JSON.
        currency: its currency.
        discount_base: the price that is crossed out; None for none.
        minimum: the lowest price at which the product may be a bestseller of the Market; None for none.
    """

    value: Decimal
    updated_at: str
    currency: str = "RUR"
    discount_base: Decimal | None = None
    minimum: Decimal | None = None

    def json(self) -> dict[str, Any]:
        """Write it as `GetPriceWithDiscountDTO`."""
        written: dict[str, Any] = {
            "value": self.value,
            "currencyId": self.currency,
            "updatedAt": self.updated_at,
        }
        if self.discount_base is not None:
            written["discountBase"] = self.discount_base
        return written

    def is_sudden_after(self, last: "Price") -> bool:
        """Tell whether this price after that one is a change that the Market wants confirmed."""
        return self.currency == last.currency and not last.value <= self.value * SUDDEN <= last.value * SUDDEN**2


class Held(msgspec.Struct, frozen=True):
    """A price in quarantine.

    Attributes:
        price: the price.
        last: the last valid one.
        verdict: why: PRICE_CHANGE, LOW_PRICE or LOW_PRICE_PROMO.
    """

    price: Price
    last: Price
    verdict: str = "PRICE_CHANGE"


@dataclass(slots=True)
class Product:
    """What is known of a product beside its statuses.

    Attributes:
        offer_id: the SKU.
        number: its profile: what follows from chance follows from it.
        card: the fields of `UpdateOfferDTO` as JSON has them, but prices and parameters.
        price: the price for all stores.
        store_prices: prices of single stores, by campaignId.
        vats: the rate of VAT by campaignId.
        held: prices in quarantine by campaignId, `BUSINESS` for all stores.
        parameters: the values of the category's parameters.
        market_sku: the card on the Market; None where it is the product's own.
        texts: name and description in other languages than Russian, by language.
        written_at: when its card was last written, in epoch seconds; None where it never was.
        added: whether it was added after the sandbox had been made.
        failed: what keeps its card from being made, where something does.
    """

    offer_id: str
    number: int
    card: dict[str, Any]
    price: Price | None = None
    store_prices: dict[int, Price] = field(default_factory=dict)
    vats: dict[int, int] = field(default_factory=dict)
    held: dict[int, Held] = field(default_factory=dict)
    parameters: list[dict[str, Any]] = field(default_factory=list)
    market_sku: int | None = None
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    written_at: float | None = None
    added: bool = False
    failed: str = ""

    def price_in(self, campaign_id: int) -> Price | None:
        """Tell the price in a store: its own, or the one for all stores."""
        return self.store_prices.get(campaign_id, self.price)

    def vat_in(self, campaign_id: int) -> int | None:
        """Tell the rate of VAT in a store; None for that of the cabinet."""
        return self.vats.get(campaign_id, None if self.added else VATS[self.number % len(VATS)])

    def is_blocked_in(self, campaign_id: int) -> bool:
        """Tell whether it can't be shown because it has no price, or one in quarantine."""
        own = campaign_id in self.store_prices
        return self.price_in(campaign_id) is None or (campaign_id if own else BUSINESS) in self.held

    def set_price(self, place: int, price: Price) -> None:
        """Set the price for a store or, with `BUSINESS`, for all; a sudden change goes into quarantine."""
        held = self.held.pop(place, None)
        last = held.last if held else self.price_in(place) if place != BUSINESS else self.price
        if last is not None and price.is_sudden_after(last):
            self.held[place] = Held(price, last)
        if place == BUSINESS:
            self.price = price
        else:
            self.store_prices[place] = price

    def as_profile(self, first: Profile) -> Profile:
        """Write it as a profile.

        Args:
            first: what it was made from, or what an added one has the rest from that nobody has told.
        """
        card, price = self.card, self.price
        return first._replace(
            name=card.get("name", self.offer_id),
            vendor=card.get("vendor", first.vendor),
            category_id=card.get("marketCategoryId", first.category_id),
            tags=tuple(card.get("tags", ())),
            model_id=0 if self.added else first.model_id,
            kopecks=first.kopecks if price is None else int(price.value * 100),
            discount_base=int(price.discount_base) if price and price.discount_base else None,
        )

    def is_complete(self) -> bool:
        """Tell whether its card has all that the Market needs to make one, or one was named."""
        needed = ("name", "marketCategoryId", "pictures", "vendor", "description")
        return self.market_sku is not None or all(self.card.get(name) for name in needed)

    def matches(self, filters: Filters, profile: Profile | None) -> bool:
        """Tell whether filters let it through.

        Args:
            filters: the filters.
            profile: what it had been made from; None for one that was added.
        """
        card = self.card
        return (
            (not filters.category_ids or card.get("marketCategoryId") in filters.category_ids)
            and (not filters.vendor_names or card.get("vendor") in filters.vendor_names)
            and (not filters.tags or not set(filters.tags).isdisjoint(card.get("tags", ())))
            and filters.query.casefold() in card.get("name", "").casefold()
            and filters.feed_id in {None, profile.feed_id if profile else FEED}
            and filters.shop_category_id in {None, profile.shop_category_id if profile else SHOP_CATEGORY}
            and filters.matched in {None, bool(profile and profile.model_id)}
        )


FEED, SHOP_CATEGORY = 200_000, "novoe"
"""Where the old offers method tells products to come from that were added."""

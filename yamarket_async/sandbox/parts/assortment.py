"""The hands of a test for products and their prices: what a seller does in the cabinet, and the Market by itself."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from yamarket_async.models.days import MOSCOW
from yamarket_async.sandbox.parts.card_status import card_status
from yamarket_async.sandbox.parts.cards import ean
from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.parts.products import BUSINESS, Held, Price, Product
from yamarket_async.sandbox.parts.statuses import IN_ARCHIVE, IN_CREATION
from yamarket_async.sandbox.parts.stocks import MAIN_MARKET_WAREHOUSE, PARTNER_MODELS, Stock, Stocks
from yamarket_async.sandbox.world import World

Number = Decimal | int | float | str

LAMPS = 13_314_796
"""The category of a product that is added without one."""


class ProductState(msgspec.Struct, frozen=True):
    """How a product stands.

    Attributes:
        offer_id: the SKU.
        name: its name; None where its card has none.
        price: the price for all stores; None where it has none.
        card_status: the status of its card.
        archived: whether it is in the archive.
        statuses: its status by campaignId, for the stores in which it is.
    """

    offer_id: str
    name: str | None
    price: Decimal | None
    card_status: str
    archived: bool
    statuses: dict[int, str]


def found(catalogue: Catalogue, offer_id: str) -> int:
    """Find a product.

    Raises:
        LookupError: there is none of this SKU.
    """
    position = catalogue.position(offer_id)
    if position is None:
        raise LookupError(f"there is no product {offer_id!r}")
    return position


def priced(value: Number, now: float, discount_base: Number | None = None) -> Price:
    """Make a price in roubles.

    Raises:
        ValueError: it is no number, or not above 0.
    """
    price = _roubles("price", value)
    base = None if discount_base is None else _roubles("discount_base", discount_base)
    return Price(price, datetime.fromtimestamp(int(now), MOSCOW).isoformat(), discount_base=base)


def _roubles(name: str, value: Number) -> Decimal:
    try:
        roubles = Decimal(str(value))
    except InvalidOperation:
        roubles = Decimal("NaN")
    if not roubles.is_finite() or roubles <= 0:
        raise ValueError(f"{name}={value}: must be a number above 0")
    return roubles


class Products:
    """Changes products as the seller does in the cabinet, and as the Market does by itself."""

    HANDS = ("add", "get", "delete", "archive", "unarchive", "hide", "finish_cards", "fail_card")

    def __init__(self, world: World) -> None:
        self._world = world

    @property
    def _catalogue(self) -> Catalogue:
        return self._world.part(Catalogue).settle(self._world.now())

    def add(
        self,
        offer_id: str,
        *,
        name: str = "Лампа настольная",
        price: Number | None = 1_000,
        discount_base: Number | None = None,
        stock: int = 10,
        category_id: int = LAMPS,
        vendor: str = "ООО «Лампа»",
        **card: Any,
    ) -> str:
        """Add a product that is on the showcase of all stores at once.

        Args:
            offer_id: the SKU.
            name: its name.
            price: the price for all stores in roubles; None for none yet.
            discount_base: the price that is crossed out; None for none.
            stock: pieces in the warehouse of each store, and in one of the Market where stores sell from those.
            category_id: the category, a leaf.
            vendor: its brand.
            card: other fields of its card under their documented names, as JSON has them: `barcodes=["460…"]`.

        Returns:
            The SKU.

        Raises:
            ValueError: there is a product of this SKU, or the price is not above 0.
        """
        with self._world.lock:
            catalogue, offer_id = self._catalogue, offer_id.strip()
            if catalogue.position(offer_id) is not None:
                raise ValueError(f"there is a product {offer_id!r} already")
            # Before anything changes: a price that is refused must leave no half of a product.
            first = None if price is None else priced(price, self._world.now(), discount_base)
            position = catalogue.add(offer_id)
            product = catalogue.touch(position)
            product.card = {
                "name": name,
                "marketCategoryId": category_id,
                "vendor": vendor,
                "pictures": [f"https://shop.example/pictures/{catalogue.number(position)}.jpg"],
                "description": f"{name}, {vendor}.",
                "barcodes": [ean(catalogue.number(position))],
                "weightDimensions": {"length": 20, "width": 15, "height": 10, "weight": 1},
                **card,
            }
            if first is not None:
                product.set_price(BUSINESS, first)
            catalogue.check_card(position)
            catalogue.finish_card(position, product)
            product.written_at = None
            self._stock(position, stock)
            return offer_id

    def _stock(self, position: int, count: int) -> None:
        stocks, stock = self._world.part(Stocks), Stock(count, self._world.now())
        for warehouse_id in stocks.warehouses:
            stocks.write(warehouse_id, position, stock)
        if any(store.model not in PARTNER_MODELS for store in self._world.stores.values()):
            stocks.write(MAIN_MARKET_WAREHOUSE, position, stock)

    def get(self, offer_id: str) -> ProductState:
        """Tell how a product stands.

        Raises:
            LookupError: there is no such product.
        """
        with self._world.lock:
            catalogue = self._catalogue
            position = found(catalogue, offer_id)
            product = catalogue.product(position)
            statuses = {each: catalogue.status(each, position) for each in catalogue.campaign_ids}
            return ProductState(
                offer_id=product.offer_id,
                name=product.card.get("name"),
                price=product.price.value if product.price else None,
                card_status=card_status(catalogue, position),
                archived=catalogue.stages[position] == IN_ARCHIVE,
                statuses={campaign_id: status for campaign_id, status in statuses.items() if status is not None},
            )

    def delete(self, offer_id: str) -> bool:
        """Delete a product from the catalogue; tell whether that could be: not while it lies in a Market warehouse.

        Raises:
            LookupError: there is no such product.
        """
        with self._world.lock:
            return self._catalogue.delete(found(self._catalogue, offer_id))

    def archive(self, offer_id: str) -> None:
        """Put a product into the archive.

        Raises:
            LookupError: there is no such product.
        """
        with self._world.lock:
            self._catalogue.archive(found(self._catalogue, offer_id))

    def unarchive(self, offer_id: str) -> None:
        """Take a product out of the archive.

        Raises:
            LookupError: there is no such product.
        """
        with self._world.lock:
            self._catalogue.unarchive(found(self._catalogue, offer_id))

    def hide(self, offer_id: str, *, campaign_id: int | None = None, hidden: bool = True) -> None:
        """Hide a product from the showcase, or show it again.

        Args:
            offer_id: the SKU.
            campaign_id: the store; all of them where it is left out.
            hidden: False to show it.

        Raises:
            LookupError: there is no such product.
        """
        with self._world.lock:
            catalogue = self._catalogue
            position = found(catalogue, offer_id)
            for each in catalogue.campaign_ids if campaign_id is None else [campaign_id]:
                catalogue.hide(each, position, hidden)

    def finish_cards(self, offer_ids: Iterable[str] | None = None) -> list[str]:
        """Let the Market be done with cards that it makes, without waiting for the clock.

        Args:
            offer_ids: the SKUs; all whose cards are being made where it is left out.

        Returns:
            The SKUs whose cards are there now.

        Raises:
            LookupError: there is no such product.
        """
        with self._world.lock:
            catalogue = self._catalogue
            if offer_ids is None:
                positions = [at for at, stage in enumerate(catalogue.stages) if stage == IN_CREATION]
            else:
                positions = [found(catalogue, each) for each in offer_ids]
            for position in positions:
                catalogue.finish_card(position, catalogue.touch(position))
            return [catalogue.offer_id(each) for each in positions if catalogue.has_card(each)]

    def fail_card(self, offer_id: str, reason: str = "Фотография не соответствует товару") -> None:
        """Let the Market refuse a card, until it is written anew.

        Args:
            offer_id: the SKU.
            reason: what it says of it.

        Raises:
            LookupError: there is no such product.
        """
        with self._world.lock:
            self._catalogue.fail_card(found(self._catalogue, offer_id), reason)


class Prices:
    """Changes prices, and puts them into quarantine."""

    HANDS = ("set", "get", "quarantine", "in_quarantine")

    def __init__(self, world: World) -> None:
        self._world = world

    def _product(self, offer_id: str) -> tuple[Catalogue, int, Product]:
        catalogue = self._world.part(Catalogue).settle(self._world.now())
        position = found(catalogue, offer_id)
        return catalogue, position, catalogue.touch(position)

    def set(
        self,
        offer_id: str,
        value: Number,
        *,
        discount_base: Number | None = None,
        campaign_id: int | None = None,
    ) -> None:
        """Set a price that is valid at once: it doesn't go into quarantine, and takes the product out of it.

        Args:
            offer_id: the SKU.
            value: the price in roubles, above 0.
            discount_base: the price that is crossed out; None for none.
            campaign_id: the store; all of them where it is left out.

        Raises:
            LookupError: there is no such product.
            ValueError: the price is not above 0.
        """
        with self._world.lock:
            catalogue, position, product = self._product(offer_id)
            place = BUSINESS if campaign_id is None else campaign_id
            product.set_price(place, priced(value, self._world.now(), discount_base))
            product.held.pop(place, None)
            catalogue.refresh(position)

    def get(self, offer_id: str, *, campaign_id: int | None = None) -> Decimal | None:
        """Tell a price in roubles; None where there is none.

        Args:
            offer_id: the SKU.
            campaign_id: the store; the price for all stores where it is left out.

        Raises:
            LookupError: there is no such product.
        """
        with self._world.lock:
            catalogue = self._world.part(Catalogue).settle(self._world.now())
            product = catalogue.product(found(catalogue, offer_id))
            price = product.price if campaign_id is None else product.price_in(campaign_id)
            return None if price is None else price.value

    def quarantine(
        self,
        offer_id: str,
        *,
        campaign_id: int | None = None,
        last: Number | None = None,
        verdict: str = "PRICE_CHANGE",
    ) -> None:
        """Put a price into quarantine: the product is off the showcase until it is confirmed, or another one is set.

        Args:
            offer_id: the SKU.
            campaign_id: the store; the price for all stores where it is left out.
            last: the last valid price, or the lowest that the Market allows; three times the present one by default.
            verdict: why: PRICE_CHANGE, LOW_PRICE or LOW_PRICE_PROMO.

        Raises:
            LookupError: there is no such product, or it has no price.
            ValueError: there is no such verdict.
        """
        if verdict not in {"PRICE_CHANGE", "LOW_PRICE", "LOW_PRICE_PROMO"}:
            raise ValueError(f"verdict={verdict!r}: must be PRICE_CHANGE, LOW_PRICE or LOW_PRICE_PROMO")
        with self._world.lock:
            catalogue, position, product = self._product(offer_id)
            place = BUSINESS if campaign_id is None else campaign_id
            price = product.price_in(place) if place else product.price
            if price is None:
                raise LookupError(f"the product {offer_id!r} has no price")
            valid = priced(price.value * 3 if last is None else last, self._world.now())
            product.held[place] = Held(price, valid, verdict)
            if place:
                product.store_prices[place] = price
            catalogue.refresh(position)

    def in_quarantine(self, *, campaign_id: int | None = None) -> list[str]:
        """Tell the SKUs whose price is in quarantine.

        Args:
            campaign_id: the store; the price for all stores where it is left out.
        """
        with self._world.lock:
            catalogue = self._world.part(Catalogue).settle(self._world.now())
            place = BUSINESS if campaign_id is None else campaign_id
            held: Sequence[tuple[int, Product]] = sorted(catalogue.changed.items(), key=lambda item: item[0])
            return [product.offer_id for _, product in held if place in product.held]

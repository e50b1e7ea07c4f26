"""Warehouses of the stores and of the Market, and how much of a product lies in each."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.world import Store, World

PARTNER_MODELS = frozenset({"FBS", "DBS", "EXPRESS"})
"""The models of stores that have a warehouse of their own; the others sell from warehouses of the Market."""

HIDDEN_AFTER = 15 * 60.0
"""Seconds after which a warehouse that was switched off or on takes its products with it."""

LONG_OFF = 30 * 86_400.0
"""Seconds after which a warehouse counts as long switched off …"""

SHOWN_AFTER_LONG = 4 * 3_600.0
"""… and its products take so many seconds to come back."""

MARKET_WAREHOUSES: Mapping[int, tuple[str, str]] = {
    147: ("Яндекс.Маркет (Ростов-на-Дону)", "Ростов-на-Дону"),
    172: ("Яндекс.Маркет (Софьино)", "Софьино"),
    300: ("Яндекс.Маркет (Екатеринбург)", "Екатеринбург"),
}
"""Warehouses of the Market: their names and cities."""

MAIN_MARKET_WAREHOUSE = 172
"""The warehouse of the Market in which products lie at first."""

GROUP_ID = 1
GROUP_NAME = "Группа складов «Песочница»"

_CITIES = ("Москва", "Казань", "Тула", "Тверь")
_GPS = (("55.733842", "37.588144"), ("55.790447", "49.114601"), ("54.193033", "37.617752"), ("56.859611", "35.911896"))


class Warehouse(msgspec.Struct):
    """A warehouse of a store.

    Attributes:
        id: its number.
        store: the store that sells from it.
        enabled: whether it is on.
        since: when it was switched last, in epoch seconds.
    """

    id: int
    store: Store
    enabled: bool = True
    since: float = 0.0


class Stock(msgspec.Struct, frozen=True):
    """How much of a product lies in a warehouse.

    Attributes:
        count: pieces.
        updated_at: when that was told, in epoch seconds; None where nobody has told it.
    """

    count: int
    updated_at: float | None = None


class Stocks:
    """The warehouses, and what lies in them.

    Attributes:
        grouped: whether the warehouses of the stores are in one group, and have the same stocks then.
        warehouses: the warehouses of the stores, by number.
        by_store: the same by the campaignId of the store; stores that sell from those of the Market have none.
    """

    HANDS = ("set", "get", "take")

    def __init__(self, world: World) -> None:
        self._world = world
        self.grouped = bool(world.settings.get("warehouse_groups"))
        own = [store for store in world.stores.values() if store.model in PARTNER_MODELS]
        first = 50_000 + world.seed % 10_000
        self.warehouses = {first + number: Warehouse(first + number, store) for number, store in enumerate(own)}
        self.by_store = {each.store.id: each for each in self.warehouses.values()}
        self._written: dict[tuple[int, int], Stock] = {}

    def count(self, warehouse_id: int, position: int) -> Stock:
        """Tell how much of a product lies in a warehouse."""
        written = self._written.get((warehouse_id, position))
        return self._first(warehouse_id, position) if written is None else written

    def _first(self, warehouse_id: int, position: int) -> Stock:
        catalogue = self._world.part(Catalogue)
        chance = 1 + (position * 7_919 + self._world.seed) % 40
        if warehouse_id in MARKET_WAREHOUSES:
            stored = warehouse_id == MAIN_MARKET_WAREHOUSE and catalogue.is_stored_at_first(position)
            return Stock(chance if stored else 0)
        if position >= catalogue.offers:
            return Stock(0)
        has = catalogue.had_stock_at_first(self.warehouses[warehouse_id].store.id, position)
        return Stock(chance if has else 0)

    def write(self, warehouse_id: int, position: int, stock: Stock) -> None:
        """Set how much of a product lies in a warehouse; all of a group have the same."""
        catalogue = self._world.part(Catalogue)
        if warehouse_id in MARKET_WAREHOUSES:
            self._written[warehouse_id, position] = stock
            total = sum(self.count(each, position).count for each in MARKET_WAREHOUSES)
            catalogue.market_stocks[position] = total
            for store in self._world.stores.values():
                if store.model not in PARTNER_MODELS:
                    catalogue.restock(store.id, position, total > 0)
            return
        for each in self.warehouses.values() if self.grouped else [self.warehouses[warehouse_id]]:
            self._written[each.id, position] = stock
            catalogue.restock(each.store.id, position, stock.count > 0)

    def write_all(self, stocks: Iterable[tuple[int, str, Stock]]) -> None:
        """Set how much of several products lies in warehouses; products that aren't in the catalogue are passed over.

        Args:
            stocks: the warehouse, the SKU, and how much.
        """
        catalogue = self._world.part(Catalogue)
        for warehouse_id, offer_id, stock in stocks:
            position = catalogue.position(offer_id)
            if position is not None:
                self.write(warehouse_id, position, stock)

    def switch(self, warehouse: Warehouse, enabled: bool) -> None:
        """Switch a warehouse off or on; its products go and come after a while."""
        now = self._world.now()
        catalogue = self._world.part(Catalogue).settle(now)
        if warehouse.enabled == enabled:
            return
        long_off = enabled and now - warehouse.since >= LONG_OFF
        warehouse.enabled, warehouse.since = enabled, now
        after = SHOWN_AFTER_LONG if long_off else HIDDEN_AFTER
        catalogue.later(after, self._show, warehouse)

    def _show(self, warehouse: Warehouse) -> None:
        # What is true now, not what was asked for then: it may have been switched again meanwhile.
        self._world.part(Catalogue).close(warehouse.store.id, not warehouse.enabled)

    # The hands of a test.

    def set(self, offer_id: str, count: int, *, warehouse_id: int | None = None) -> None:
        """Set how much of a product lies in a warehouse, as if it had been so for a while.

        Args:
            offer_id: the SKU.
            count: pieces, 0 or more.
            warehouse_id: the warehouse of a store, or one of the Market; where it is left out, that of the first store
                that has one.

        Raises:
            LookupError: there is no such product or warehouse.
            ValueError: the count is below 0.
        """
        if count < 0:
            raise ValueError(f"count={count}: must be 0 or more")
        with self._world.lock:
            catalogue = self._world.part(Catalogue).settle(self._world.now())
            position = catalogue.position(offer_id)
            if position is None:
                raise LookupError(f"there is no product {offer_id!r}")
            known = warehouse_id or next(iter(self.warehouses), MAIN_MARKET_WAREHOUSE)
            if known not in self.warehouses and known not in MARKET_WAREHOUSES:
                raise LookupError(f"there is no warehouse {known}")
            self.write(known, position, Stock(count, self._world.now()))

    def get(self, offer_id: str, *, warehouse_id: int | None = None) -> int:
        """Tell how much of a product lies in a warehouse; the arguments are those of `set`.

        Raises:
            LookupError: there is no such product.
        """
        with self._world.lock:
            catalogue = self._world.part(Catalogue).settle(self._world.now())
            position = catalogue.position(offer_id)
            if position is None:
                raise LookupError(f"there is no product {offer_id!r}")
            return self.count(warehouse_id or next(iter(self.warehouses), MAIN_MARKET_WAREHOUSE), position).count

    def take(self, offer_id: str, count: int, *, campaign_id: int, warehouse_id: int | None = None) -> bool:
        """Take pieces out of the warehouse that a store sells from, as an order does.

        Args:
            offer_id: the SKU.
            count: pieces; below 0 to put them back.
            campaign_id: the store.
            warehouse_id: the warehouse of the Market; the first where it is left out. The store's own goes before.

        Returns:
            Whether there were as many; if not, nothing was taken.
        """
        with self._world.lock:
            catalogue = self._world.part(Catalogue).settle(self._world.now())
            position, warehouse = catalogue.position(offer_id), self.by_store.get(campaign_id)
            if position is None:
                return False
            warehouse_id = warehouse.id if warehouse else warehouse_id or MAIN_MARKET_WAREHOUSE
            left = self.count(warehouse_id, position).count - count
            if left < 0:
                return False
            self.write(warehouse_id, position, Stock(left, self._world.now()))
            return True

    @property
    def warehouse_ids(self) -> list[int]:
        """The warehouses of the stores."""
        return list(self.warehouses)


def address(number: int, city: str = "") -> dict[str, Any]:
    """Write where a warehouse is.

    Args:
        number: what it follows from.
        city: the city, where it is known.
    """
    latitude, longitude = _GPS[number % len(_GPS)]
    return {
        "city": city or _CITIES[number % len(_CITIES)],
        "street": "Складская",
        "number": str(1 + number % 90),
        "building": "1",
        "gps": {"latitude": msgspec.Raw(latitude.encode()), "longitude": msgspec.Raw(longitude.encode())},
    }

"""Stocks: by store for cabinets with groups of warehouses, by warehouse for those without."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.answers.offers import catalogue_of
from yamarket_async.sandbox.answers.prices import moment
from yamarket_async.sandbox.calls import Call, Refusal, bad_request, not_found
from yamarket_async.sandbox.pages import listed, positioned
from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.parts.statuses import GONE, IN_ARCHIVE, IN_CATALOGUE, stages
from yamarket_async.sandbox.parts.stocks import MARKET_WAREHOUSES, Stock, Stocks, Warehouse

DAY = 86_400.0
"""Seconds that a stock may be old when it is told."""

TURNOVERS = ((120, "LOW"), (100, "ALMOST_LOW"), (45, "HIGH"), (0, "VERY_HIGH"))
"""What the days mean in which a product sells: from how many on which verdict."""


@answers("updateStocks")
def update_stocks(call: Call) -> None:
    """Set the stocks of a store."""
    stocks = call.world.part(Stocks)
    warehouse = stocks.by_store[call.campaign_id]  # stores without one may not call the method
    items = [(warehouse.id, sku["sku"], sku["items"][0]) for sku in call.sent("skus")]
    _write(call, stocks, items)


@answers("updateStocksOnPartnerWarehouses")
def update_partner_stocks(call: Call) -> None:
    """Set the stocks of warehouses."""
    stocks = call.world.part(Stocks)
    for item in call.sent("skuItems"):
        warehouse_of(stocks, item["partnerWarehouseId"])
    _write(call, stocks, [(item["partnerWarehouseId"], item["sku"], item) for item in call.sent("skuItems")])


def warehouse_of(stocks: Stocks, warehouse_id: int) -> Warehouse:
    """Find a warehouse of a store by its number.

    Raises:
        Refusal: there is none, or it is in a group, which these methods are not for.
    """
    warehouse = stocks.warehouses.get(warehouse_id)
    if warehouse is None:
        raise not_found(f"Failed to find ['WAREHOUSE'] with id ['{warehouse_id}']")
    if stocks.grouped:
        raise Refusal(400, "BAD_REQUEST", f"Warehouse '{warehouse_id}' is in a group: the method is for single ones")
    return warehouse


def _write(call: Call, stocks: Stocks, items: Iterable[tuple[int, str, dict[str, Any]]]) -> None:
    written: dict[tuple[int, str], Stock] = {}
    for warehouse_id, sku, item in items:
        key = (warehouse_id, sku.strip(" \t"))
        if key in written:
            raise bad_request(f"Duplicate shop-sku '{key[1]}' for warehouse '{warehouse_id}'")
        written[key] = Stock(item["count"], _told_at(call, key[1], item.get("updatedAt")))
    catalogue = catalogue_of(call)
    catalogue.write(stocks.write_all, [(*key, stock) for key, stock in written.items()])


def _told_at(call: Call, sku: str, sent: str | None) -> float:
    if sent is None:
        return call.now
    at = datetime.fromisoformat(sent).timestamp()
    if at > call.now:
        raise bad_request(f"Stock for '{sku}' should not be in the future")
    if at < call.now - DAY:
        raise bad_request(f"Stock for '{sku}' should not be older than a day")
    return at


@answers("getStocks")
def get_stocks(call: Call) -> dict[str, Any]:
    """The stocks of a store, by warehouse."""
    catalogue, stocks, campaign_id = catalogue_of(call), call.world.part(Stocks), call.campaign_id
    own = stocks.by_store.get(campaign_id)
    warehouse_ids = [own.id] if own else list(MARKET_WAREHOUSES)
    wanted = call.sent("stocksWarehouseId")
    if wanted is not None:
        warehouse_ids = [each for each in warehouse_ids if each == wanted]
    column, has_stocks = catalogue.column(campaign_id), call.sent("hasStocks")

    def accepts(position: int) -> bool:
        has = any(stocks.count(each, position).count for each in warehouse_ids)
        return column[position] != GONE and has_stocks in {None, has}

    def write(positions: Sequence[int]) -> list[Any]:
        with_turnover = call.sent("withTurnover", False) and own is None
        return [
            {
                "warehouseId": each,
                "offers": [_offer(catalogue, stocks, each, at, with_turnover=with_turnover) for at in positions],
            }
            for each in (warehouse_ids if positions else ())
        ]

    asked = call.sent("offerIds")
    if asked is not None:
        return listed(call, write([at for at in catalogue.known(asked, campaign_id) if accepts(at)]))
    mask = _mask(call)
    return positioned(
        call, lambda after, count: catalogue.listed(after=after, count=count, mask=mask, accepts=accepts), write
    )


def _mask(call: Call) -> bytes:
    return stages(IN_ARCHIVE) if call.sent("archived") else IN_CATALOGUE


def stocks_json(count: int) -> list[dict[str, Any]]:
    """Write a stock as `WarehouseStockDTO`: how much there is, and how much of it can be ordered."""
    return [{"type": "FIT", "count": count}, {"type": "AVAILABLE", "count": count}] if count else []


def _offer(
    catalogue: Catalogue, stocks: Stocks, warehouse_id: int, position: int, *, with_turnover: bool = False
) -> dict[str, Any]:
    stock = stocks.count(warehouse_id, position)
    offer: dict[str, Any] = {"offerId": catalogue.offer_id(position), "stocks": stocks_json(stock.count)}
    if stock.updated_at is not None:
        offer["updatedAt"] = moment(stock.updated_at)
    if with_turnover:
        offer["turnoverSummary"] = _turnover(catalogue.profile_number(position))
    return offer


def _turnover(number: int) -> dict[str, Any]:
    """Tell how quickly a product sells, by its number."""
    kind, days = number % 8, number % 160
    if kind == 0:
        return {"turnover": "NO_SALES"}
    verdict = next(verdict for least, verdict in TURNOVERS if days >= least)
    return {"turnover": "FREE_STORE" if kind == 1 else verdict, "turnoverDays": days}


@answers("getStocksOnPartnerWarehouses")
def get_partner_stocks(call: Call) -> dict[str, Any]:
    """The stocks of a warehouse."""
    catalogue, stocks = catalogue_of(call), call.world.part(Stocks)
    warehouse = warehouse_of(stocks, call.sent("partnerWarehouseId"))
    column = catalogue.column(warehouse.store.id)

    def write(positions: Sequence[int]) -> list[Any]:
        return [_offer(catalogue, stocks, warehouse.id, position) for position in positions]

    more = {"partnerWarehouseId": warehouse.id}
    asked = call.sent("offerIds")
    if asked is not None:
        return listed(call, write(catalogue.known(asked, warehouse.store.id)), more=more)
    mask = _mask(call)

    def find(after: int, count: int) -> list[int]:
        return catalogue.listed(after=after, count=count, mask=mask, accepts=lambda at: column[at] != GONE)

    return positioned(call, find, write, more=more)

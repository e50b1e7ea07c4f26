"""The report on products by their SKUs: price, size, stocks, what services cost."""

from decimal import Decimal
from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.answers.offers import catalogue_of
from yamarket_async.sandbox.answers.stocks import stocks_json
from yamarket_async.sandbox.calls import Call
from yamarket_async.sandbox.pages import listed
from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.parts.categories import name_of
from yamarket_async.sandbox.parts.stocks import MARKET_WAREHOUSES, Stocks
from yamarket_async.sandbox.parts.tariffs import TRANSFER, service_json, services


@answers("getGoodsStats")
def goods_stats(call: Call) -> dict[str, Any]:
    """Products of a store."""
    catalogue, stocks = catalogue_of(call), call.world.part(Stocks)
    known = catalogue.known(call.sent("shopSkus"), call.campaign_id)
    return listed(call, [_goods(catalogue, stocks, call.campaign_id, position) for position in known])


def _goods(catalogue: Catalogue, stocks: Stocks, campaign_id: int, position: int) -> dict[str, Any]:
    product = catalogue.product(position)
    card, price, sku = product.card, product.price_in(campaign_id), catalogue.market_sku(position)
    category_id, size = card.get("marketCategoryId"), card.get("weightDimensions")
    goods: dict[str, Any] = {"shopSku": product.offer_id}
    known = {
        "marketSku": sku,
        "name": card.get("name"),
        "price": None if price is None else price.value,
        "categoryId": category_id,
        "categoryName": None if category_id is None else name_of(category_id),
        "weightDimensions": size,
        "pictures": list(dict.fromkeys(card.get("pictures", ()))) or None,
    }
    goods.update((name, value) for name, value in known.items() if value is not None)
    if price is not None and category_id is not None and size is not None:
        model = catalogue.world.stores[campaign_id].model
        dimensions = {name: Decimal(size[name]) for name in ("length", "width", "height")}
        found = services(model, category_id, price.value, dimensions, TRANSFER["DAILY", 0])
        goods["tariffs"] = [service_json(each) for each in found]
    warehouses = _warehouses(stocks, campaign_id, position)
    return goods | ({"warehouses": warehouses} if warehouses else {})


def _warehouses(stocks: Stocks, campaign_id: int, position: int) -> list[dict[str, Any]]:
    own = stocks.by_store.get(campaign_id)
    names = {own.id: own.store.name} if own else {id_: name for id_, (name, _) in MARKET_WAREHOUSES.items()}
    counts = {id_: stocks.count(id_, position).count for id_ in names}
    return [{"id": id_, "name": names[id_], "stocks": stocks_json(count)} for id_, count in counts.items() if count]

"""The rows of reports: what the world holds, and figures that follow from the seed where it holds none."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from zlib import crc32

from yamarket_async.models.days import MOSCOW
from yamarket_async.sandbox.documents import Cell
from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.parts.products import Product
from yamarket_async.sandbox.parts.profiles import Profile
from yamarket_async.sandbox.reporting import asking
from yamarket_async.sandbox.reporting.sheets import Column, Layout
from yamarket_async.sandbox.reporting.spreadsheets import Sheet
from yamarket_async.sandbox.world import World

_MOST_DAYS = 400
_EVERY = 10**9


class Wanted(NamedTuple):
    """What a report is about.

    Attributes:
        report: the method.
        campaign_ids: the stores.
        first: its first day.
        last: its last day.
        category_ids: only products of these categories; none for all.
        offer_ids: only these products; none for all.
        has_stocks: only products that there are some of, or none of; None for all.
        warehouse_ids: only stocks in these warehouses; none for all.
    """

    report: str
    campaign_ids: tuple[int, ...]
    first: date
    last: date
    category_ids: frozenset[int] = frozenset()
    offer_ids: frozenset[str] = frozenset()
    has_stocks: bool | None = None
    warehouse_ids: frozenset[int] = frozenset()


OF_STOCKS = frozenset({"generateStocksReport", "generateStocksOnWarehousesReport"})
"""Reports in which a product has the stocks that it has."""

Subject = Mapping[str, Cell]
"""What is known of the thing that a row is about, by the names in `_KNOWN`."""

_KNOWN: Mapping[str, str] = {
    **dict.fromkeys(("SHOP_SKU", "OFFER_ID", "YOUR_SKU", "SKU", "ARTICLE"), "sku"),
    **dict.fromkeys(("OFFER_NAME", "PRODUCT_NAME", "SKU_NAME", "OFFER_OR_SERVICE_NAME"), "name"),
    **dict.fromkeys(("CATEGORY", "CATEGORY_NAME", "SHOW_CATEGORY_NAME"), "category"),
    "BRAND_NAME": "vendor",
    **dict.fromkeys(
        (
            "PRICE",
            "BASIC_PRICE",
            "PARTNER_PRICE_FOR_DELIVERY",
            "BILLING_PRICE",
            "BUYER_PRICE",
            "CLIENT_PRICE",
            "PRICE_WITH_VAT_AND_NO_DISCOUNT",
            "PRICE_WITH_VAT_AND_ALL_DISCOUNTS",
        ),
        "price",
    ),
    "BASIC_DISCOUNT_BASE": "discount_base",
    "SHOP_PRICE": "shop_price",
    "SHOP_DISCOUNT_BASE": "shop_discount_base",
    "MINIMUM_FOR_BESTSELLER": "minimum",
    "COST_PRICE": "purchase_price",
    "ADDITIONAL_EXPENSES": "expenses",
    **dict.fromkeys(("TRANSACTION_SUM", "BUYER_PAYMENT_AMOUNT", "BUYER_PAYMENT", "BUYER_PAID", "REFUND_AMOUNT"), "sum"),
    **dict.fromkeys(
        (
            "COUNT",
            "VALID",
            "AVAILABLE_FOR_ORDER",
            "TRANSFERRED_FOR_DELIVERY",
            "TRANSFERRED_TO_DELIVERY_COUNT",
            "RETURNED_COUNT",
        ),
        "count",
    ),
    "ORDER_ID": "order_id",
    "RETURN_ID": "return_id",
    "RETURN_TYPE": "return_type",
    "RETURN_STATUS": "refund_status",
    "SHIPMENT_STATUS": "shipment_status",
    **dict.fromkeys(("PARTNER_ORDER_ID", "SHOP_ORDER_ID", "YOUR_ORDER_ID"), "external_id"),
    **dict.fromkeys(("ORDER_STATUS", "OFFER_STATUS"), "status"),
    **dict.fromkeys(
        ("CREATION_DATE", "ORDER_CREATION_DATE", "ORDER_CREATION_DATE_TIME", "TRANSACTION_DATE", "SERVICE_DATE_TIME"),
        "created",
    ),
    **dict.fromkeys(("DATE", "PERIOD", "DAY"), "day"),
    "BUSINESS_ID": "business_id",
    "PARTNER_ID": "campaign_id",
    **dict.fromkeys(("MODEL", "PLACEMENT_MODEL", "PLACEMENT_TYPE"), "model"),
    **dict.fromkeys(("SHOP_NAME", "PARTNER_NAME"), "shop"),
    "WAREHOUSE_AND_SHOP": "shop",
    **dict.fromkeys(("ERRORS", "WARNINGS", "COMMENT", "COMMENTS"), "nothing"),
    "CURRENCY": "currency",
    "INN": "inn",
    "PLACEMENT_CONTRACT": "placement_contract",
    "PROMOTION_CONTRACT": "promotion_contract",
    "YEAR": "year",
    "MONTH": "month",
}
"""Columns that say something known, and what."""


_OF_STORES = frozenset({"PARTNER_ID", "PLACEMENT_TYPE", "WAREHOUSE_AND_SHOP", "ORDER_ID", "WAREHOUSE"})


def sheet(world: World, layout: Layout, wanted: Wanted) -> Sheet:
    """Fill a sheet of a report."""
    columns = layout.parsed
    if _OF_STORES.isdisjoint(column.name for column in columns):
        # Nothing in it tells the stores apart, so that it has a row for each product of the business.
        wanted = wanted._replace(campaign_ids=wanted.campaign_ids[:1])
    getters = [_getter(world.seed, column) for column in columns]
    rows = []
    for subject in _SUBJECTS[layout.subject](world, wanted):
        mark = crc32(repr((layout.name, *subject.values())).encode())
        rows.append([getter(subject, mark) for getter in getters])
    return Sheet(layout.name, [column.name for column in columns], rows)


def _getter(seed: int, column: Column) -> Callable[[Subject, int], Cell]:
    name = column.name
    known = _KNOWN.get(name, name)
    salt = crc32(f"{seed} {name}".encode())
    invent = _INVENTORS[column.kind]

    def get(subject: Subject, mark: int) -> Cell:
        found = subject.get(known)
        if found is None:
            return None if known == "nothing" else invent(name, mark ^ salt, subject)
        if column.kind == "integer" and not isinstance(found, int):
            return int(Decimal(found)) if str(found).replace(".", "", 1).isdigit() else None
        return str(found) if column.kind == "text" else found

    return get


def _number(name: str, chance: int, _: Subject) -> Cell:
    if name.endswith(("CONVERSION", "SHARE", "CTR", "DRR", "RATIO", "TARIFF", "INDEX")):
        return Decimal(chance % 10_000).scaleb(-2)
    return Decimal(chance % 1_000_000).scaleb(-2)


def _integer(name: str, chance: int, _: Subject) -> Cell:
    return chance % 10**9 if name.endswith(("_ID", "MARKET_SKU")) else chance % 1_000


def _text(name: str, chance: int, subject: Subject) -> Cell:
    if name.endswith(("DATE", "DATE_TIME", "STATUS_CHANGED")):
        return str(subject.get("created") or subject.get("day") or subject.get("today"))
    if name.endswith(("_ID", "NUMBER", "CONTRACT", "UIN")):
        return str(chance % 10**9)
    return f"{name.replace('_', ' ').capitalize()} {chance % 9 + 1}"


_INVENTORS: Mapping[str, Callable[[str, int, Subject], Cell]] = {
    "number": _number,
    "integer": _integer,
    "text": _text,
}


def _of_store(world: World, campaign_id: int) -> dict[str, Cell]:
    store = world.stores[campaign_id]
    return {
        "business_id": world.business_id,
        "campaign_id": store.id,
        "model": store.model,
        "shop": store.name,
        "inn": "7704357909",
        "placement_contract": f"{world.business_id}/26",
        "promotion_contract": f"ОФ-{world.business_id}/26",
        "currency": "RUR",
    }


def _offers(world: World, wanted: Wanted) -> Iterator[Subject]:
    catalogue = world.part(Catalogue)
    today = {"today": wanted.last.isoformat(), "day": str(wanted.last.day), "month": str(wanted.last.month)}
    for campaign_id in wanted.campaign_ids:
        store = _of_store(world, campaign_id) | today | {"year": wanted.last.year}
        stocks = _stocks(world, campaign_id, wanted.warehouse_ids) if wanted.report in OF_STOCKS else {}
        for position in catalogue.positions(campaign_id, after=-1, count=_EVERY):
            profile, sku = catalogue.profile(position), catalogue.offer_id(position)
            left_out = wanted.category_ids and profile.category_id not in wanted.category_ids
            if left_out or (wanted.offer_ids and sku not in wanted.offer_ids):
                continue
            count = stocks.get(sku, 0) if wanted.report in OF_STOCKS else None
            if wanted.has_stocks is not None and bool(count) != wanted.has_stocks:
                continue
            yield store | {
                "sku": sku,
                "name": profile.name,
                "category": profile.name.rpartition(" № ")[0],
                "vendor": profile.vendor,
                "count": count,
                **_prices(catalogue.changed.get(position), profile, campaign_id),
            }


def _prices(product: Product | None, profile: Profile, campaign_id: int) -> dict[str, Cell]:
    """Tell the prices of a product, "" for those that it hasn't."""
    price, base = Decimal(profile.kopecks).scaleb(-2), profile.discount_base
    found: dict[str, Any] = {"price": price, "discount_base": base, "shop_price": price, "shop_discount_base": base}
    found |= dict.fromkeys(("minimum", "purchase_price", "expenses"))
    if product is not None:
        own = product.price_in(campaign_id)
        found["shop_price"], found["shop_discount_base"] = own and own.value, own and own.discount_base
        found["minimum"] = product.price and product.price.minimum
        for name, field in (("purchase_price", "purchasePrice"), ("expenses", "additionalExpenses")):
            found[name] = product.card.get(field, {}).get("value")
    return {name: "" if value is None else value for name, value in found.items()}


def _stocks(world: World, campaign_id: int, warehouse_ids: frozenset[int]) -> dict[str, int]:
    """Tell how many of each product a store can sell."""
    counts: dict[str, int] = {}
    for warehouse in asking.items(world, "getStocks", ids={"campaignId": campaign_id}):
        if warehouse_ids and warehouse["warehouseId"] not in warehouse_ids:
            continue
        for offer in warehouse["offers"]:
            held = sum(stock["count"] for stock in offer["stocks"] if stock["type"] == "AVAILABLE")
            counts[offer["offerId"]] = counts.get(offer["offerId"], 0) + held
    return counts


def _lines(world: World, wanted: Wanted) -> Iterator[Subject]:
    for order in _orders(world, wanted):
        created = order["creationDate"]
        for item in order["items"]:
            payment = Decimal(str(((item.get("prices") or {}).get("payment") or {}).get("value", 0)))
            yield _of_store(world, order["campaignId"]) | {
                "order_id": order["orderId"],
                "external_id": order.get("externalOrderId", ""),
                "status": order["status"],
                "created": created,
                "sku": item["offerId"],
                "name": item.get("offerName", ""),
                "count": item["count"],
                "price": payment / max(item["count"], 1),
                "sum": payment,
            }


def _orders(world: World, wanted: Wanted) -> Iterator[dict[str, Any]]:
    """Give the orders of a period, thirty days at a time, which is as much as the method takes."""
    first = wanted.first
    while first <= wanted.last:
        after = min(first + timedelta(days=30), wanted.last + timedelta(days=1))
        dates = {"creationDateFrom": first.isoformat(), "creationDateTo": after.isoformat()}
        body = {"campaignIds": list(wanted.campaign_ids), "dates": dates}
        yield from asking.items(world, "getBusinessOrders", ids={"businessId": world.business_id}, body=body)
        first = after


def _returns(world: World, wanted: Wanted) -> Iterator[Subject]:
    for campaign_id in wanted.campaign_ids:
        found = [
            returned
            for returned in asking.items(world, "getReturns", ids={"campaignId": campaign_id})
            if wanted.first <= datetime.fromisoformat(returned["creationDate"]).astimezone(MOSCOW).date() <= wanted.last
        ]
        ids, body = {"businessId": world.business_id}, {"orderIds": [returned["orderId"] for returned in found]}
        orders = {order["orderId"]: order for order in asking.items(world, "getBusinessOrders", ids=ids, body=body)}
        for returned in found:
            order = orders.get(returned["orderId"], {"items": ()})
            names = {item["offerId"]: item.get("offerName", "") for item in order["items"]}
            amount = (returned.get("amount") or {}).get("value", 0)
            for item in returned["items"]:
                yield _of_store(world, campaign_id) | {
                    "order_id": returned["orderId"],
                    "external_id": order.get("externalOrderId", ""),
                    "return_id": returned["id"],
                    "return_type": returned["returnType"],
                    "refund_status": returned.get("refundStatus", ""),
                    "shipment_status": returned.get("shipmentStatus", ""),
                    "created": returned["creationDate"],
                    "sku": item["shopSku"],
                    "name": names.get(item["shopSku"], ""),
                    "count": item["count"],
                    "sum": Decimal(str(amount)),
                }


def _days(world: World, wanted: Wanted) -> Iterator[Subject]:
    for number in range(min((wanted.last - wanted.first).days + 1, _MOST_DAYS)):
        yield _of_store(world, wanted.campaign_ids[0]) | {"day": (wanted.first + timedelta(days=number)).isoformat()}


def _months(world: World, wanted: Wanted) -> Iterator[Subject]:
    for campaign_id in wanted.campaign_ids:
        yield _of_store(world, campaign_id) | {"day": wanted.last.isoformat()}


_SUBJECTS: Mapping[str, Callable[[World, Wanted], Iterator[Subject]]] = {
    "offers": _offers,
    "lines": _lines,
    "returns": _returns,
    "days": _days,
    "months": _months,
}


def sheets(world: World, layouts: Sequence[Layout], wanted: Wanted) -> list[Sheet]:
    """Fill the sheets of a report."""
    return [sheet(world, layout, wanted) for layout in layouts]

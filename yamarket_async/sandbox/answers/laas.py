"""Orders of LaaS stores, which place and change them themselves, and the ways of delivery that they may choose from."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.answers.order_views import rub
from yamarket_async.sandbox.calls import Call, Refusal, bad_request
from yamarket_async.sandbox.moments import day, days_after
from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.parts.operations import Operation, Operations
from yamarket_async.sandbox.parts.order_records import Address, Change, Order, Person
from yamarket_async.sandbox.parts.orders import STORED_DAYS, Orders
from yamarket_async.sandbox.parts.stocks import MAIN_MARKET_WAREHOUSE, MARKET_WAREHOUSES, Stocks

SLOTS = (("10:00", "14:00"), ("14:00", "18:00"), ("18:00", "22:00"))
"""The hours between which couriers come."""

DAYS = 7
"""How many days ahead a delivery may be ordered."""

COURIER_PRICE = Decimal(249)
PICKUP_PRICE = Decimal(99)

PAYMENT_METHODS = ["PREPAID"]
"""A field that the description requires without saying what it is."""

_COURIER = {"price": rub(COURIER_PRICE), "paymentMethods": PAYMENT_METHODS}


def known_offers(call: Call, offer_ids: Iterable[str]) -> None:
    """Check that there are products.

    Raises:
        Refusal: some aren't there.
    """
    catalogue = call.world.part(Catalogue).settle(call.now)
    missing = [sku for sku in offer_ids if catalogue.position(sku) is None]
    if missing:
        raise bad_request(f"Offers not found for SKUs: '{', '.join(missing)}'")


def _distinct(offer_ids: Iterable[str], place: str) -> list[str]:
    given = [sku.strip(" \t") for sku in offer_ids]
    if len(set(given)) != len(given):
        raise bad_request(f"'{place}' must contain only unique elements (rejected value: '{given}')"[:500])
    return given


def one_of(sent: dict[str, Any], place: str) -> str:
    """Tell which of the two ways of delivery was sent.

    Raises:
        Refusal: none, or both.
    """
    given = [name for name in ("courierDelivery", "pickupDelivery") if sent.get(name) is not None]
    if len(given) != 1:
        raise bad_request(
            f"'{place}' must have exactly one of courierDelivery, pickupDelivery (rejected value: {given})"
        )
    return given[0]


def _resolved(address: str) -> str:
    # Whatever has a letter may be an address.
    if not any(letter.isalpha() for letter in address):
        raise bad_request(f"Can't resolve geo for address '{address}'")
    return address


def _coming_days(call: Call) -> list[date]:
    return [days_after(day(call.now), ahead) for ahead in range(1, DAYS + 1)]


def _slots(call: Call) -> Iterator[dict[str, Any]]:
    for each in _coming_days(call):
        for start, end in SLOTS:
            yield {
                "deliveryDateInterval": {"fromDate": each.isoformat(), "toDate": each.isoformat()},
                "deliveryTimeInterval": {"fromTime": start, "toTime": end},
            }


@answers("getDeliveryOptions", reality="reflected")
def delivery_options(call: Call) -> dict[str, Any]:
    """How products can be delivered."""
    items = call.body["items"]
    way = one_of(call.body, "deliveryOptions")
    known_offers(call, _distinct((item["offerId"] for item in items), "items"))
    by_warehouse: dict[int, list[dict[str, Any]]] = {}
    for item in items:
        told = {"offerId": item["offerId"].strip(" \t"), "count": item["count"]}
        by_warehouse.setdefault(item.get("warehouseId") or MAIN_MARKET_WAREHOUSE, []).append(told)
    if way == "courierDelivery":
        _resolved(call.body[way]["fullAddress"])
        options: dict[str, Any] = {
            "courierDelivery": {"courierDeliveryOptions": [slot | _COURIER for slot in _slots(call)]}
        }
    else:
        options = {"pickupDelivery": {"pickupOptions": _pickup_options(call, call.body[way]["logisticPointsIds"])}}
    told_warehouses = [
        {"warehouseId": warehouse, "deliveryOptions": options, "items": told}
        for warehouse, told in by_warehouse.items()
    ]
    return {"status": "OK", "result": {"warehousesDeliveryOptions": told_warehouses}}


def _pickup_options(call: Call, point_ids: list[int]) -> list[dict[str, Any]]:
    first, last = _coming_days(call)[1], _coming_days(call)[3]
    interval = {"fromDate": first.isoformat(), "toDate": last.isoformat()}
    option = {"deliveryDateInterval": interval, "price": rub(PICKUP_PRICE)}
    return [{"logisticPointId": point, "options": [option], "paymentMethods": PAYMENT_METHODS} for point in point_ids]


@answers("getReturnDeliveryOptions", reality="reflected")
def return_delivery_options(call: Call) -> dict[str, Any]:
    """Which pick-up points take a return."""
    known_offers(call, (item["offerId"].strip(" \t") for item in call.body["items"]))
    points = call.body["pickupDelivery"]["logisticPointsIds"]
    return {"status": "OK", "result": {"pickupDelivery": {"logisticPointIds": points}}}


@answers("createOrder")
def create_order(call: Call) -> dict[str, Any]:
    """Place an order: one for each warehouse."""
    sent, orders = call.body["order"], call.world.part(Orders)
    external_id, way = sent["externalOrderId"], one_of(sent["destination"], "order.destination")
    if any(order.external_id == external_id for order in orders.all(call.campaign_id)):
        raise bad_request(f"Order already exists with external id '{external_id}'")
    for number, part in enumerate(sent["itemsDelivery"]):
        place = f"order.itemsDelivery[{number}]"
        known_offers(call, _distinct((item["offerId"] for item in part["items"]), f"{place}.items"))
        if way == "courierDelivery" and part.get("deliveryTimeInterval") is None:
            raise bad_request(f"'{place}.deliveryTimeInterval' must not be null (rejected value: null)")
        if not _possible(call, way, part):
            raise _bad_interval(external_id)
    fake = bool(sent.get("fake"))
    if not fake:
        _in_stock(call, sent["itemsDelivery"])
    to = _address(way, sent["destination"][way])
    made = [_create(call, orders, sent, part, to) for part in sent["itemsDelivery"]]
    return {"status": "OK", "result": {"orders": [{"id": order.id} for order in made]}}


def _address(way: str, sent: dict[str, Any]) -> Address:
    """Read where an order goes.

    Raises:
        Refusal: there is no such address.
    """
    if way == "pickupDelivery":
        return Address("", "", "", "", "", f"Пункт выдачи {sent['logisticPointId']}")
    told = {name: str(sent["address"].get(name) or "") for name in ("apartment", "entrance", "floor")}
    text = _resolved(sent["address"]["fullAddress"])
    return Address("", "", "", told["apartment"], "", text, told["entrance"], told["floor"])


def _create(call: Call, orders: Orders, sent: dict[str, Any], part: dict[str, Any], to: Address) -> Order:
    items = [
        {"offerId": item["offerId"], "count": item["count"], "price": item["price"]["value"]} for item in part["items"]
    ]
    order = orders.create(
        call.campaign_id,
        items,
        buyer=_person(sent["customer"]),
        to=to,
        external_id=sent["externalOrderId"],
        warehouse_id=part["warehouseId"],
        draft=bool(sent.get("draft")),
        fake=bool(sent.get("fake")),
    )
    courier = sent["destination"].get("courierDelivery")
    order.delivery = "PICKUP" if courier is None else "DELIVERY"
    order.notes = "" if courier is None else courier.get("notes") or ""
    if courier is None:
        order.point_id = sent["destination"]["pickupDelivery"]["logisticPointId"]
    for name, value in _interval(part).items():
        setattr(order, name, value)
    return order


def _person(sent: dict[str, Any]) -> Person:
    return Person(sent["firstName"], sent["lastName"], sent.get("middleName") or "", sent["phone"])


def _interval(sent: dict[str, Any]) -> dict[str, Any]:
    """Give what an order keeps of an interval."""
    days, hours = sent["deliveryDateInterval"], sent.get("deliveryTimeInterval")
    kept: dict[str, Any] = {
        "from_day": date.fromisoformat(days["fromDate"]),
        "to_day": date.fromisoformat(days["toDate"]),
    }
    if hours is not None:
        kept |= {"from_time": f"{hours['fromTime']}:00", "to_time": f"{hours['toTime']}:00"}
    return kept


def _possible(call: Call, way: str, sent: dict[str, Any]) -> bool:
    """Tell whether a delivery can be had then: by courier in one of the slots, at a point within some days."""
    if way == "courierDelivery":
        asked = {name: sent[name] for name in ("deliveryDateInterval", "deliveryTimeInterval")}
        return asked in list(_slots(call))
    kept, coming = _interval(sent), _coming_days(call)
    return bool(coming[0] <= kept["from_day"] <= kept["to_day"] <= coming[-1])


def _bad_interval(order: object) -> Refusal:
    return bad_request(f"The requested delivery interval is not valid for order '{order}'")


def _in_stock(call: Call, parts: list[dict[str, Any]]) -> None:
    """Check that the warehouses of the Market hold what is ordered from each."""
    wanted: Counter[tuple[int, str]] = Counter()
    for part in parts:
        for item in part["items"]:
            wanted[part["warehouseId"], item["offerId"].strip(" \t")] += item["count"]
    catalogue, stocks = call.world.part(Catalogue), call.world.part(Stocks)

    def held(warehouse_id: int, sku: str) -> int:
        known = warehouse_id in MARKET_WAREHOUSES
        return stocks.count(warehouse_id, catalogue.known([sku])[0]).count if known else 0

    short = dict.fromkeys(sku for (warehouse_id, sku), count in wanted.items() if count > held(warehouse_id, sku))
    if short:
        raise bad_request(f"Not enough stock for items: '{', '.join(short)}'")


def _changeable(call: Call, order_id: int) -> Order:
    order = call.world.part(Orders).find(order_id, call.campaign_id)
    if order is None:
        # The page of these methods knows no 404.
        raise bad_request(f"Order not found: '{order_id}'")
    if order.final:
        raise bad_request(f"Order '{order.id}' is in terminal state")
    if any(change.what == "cancel" for change in order.changes):
        raise bad_request(f"Order '{order.id}' is in cancellation state")
    return order


@answers("getOrderUpdateOptions", reality="reflected")
def update_options(call: Call) -> dict[str, Any]:
    """When the courier of an order could come instead."""
    order = _changeable(call, call.body["id"])
    slots = list(_slots(call)) if order.delivery == "DELIVERY" else []
    return {"status": "OK", "result": {"deliveryIntervals": {"availableDeliveryIntervals": slots}}}


@answers("updateOrder")
def update_order(call: Call) -> dict[str, Any]:
    """Change an order: an operation for each kind of change."""
    sent = call.body["order"]
    order = _changeable(call, sent["id"])
    interval, customer = sent.get("deliveryInterval"), sent.get("customer")
    if interval is not None:
        if order.delivery != "DELIVERY":
            raise bad_request(f"Delivery dates can't be updated for '{order.delivery}' order with id '{order.id}'")
        if not _possible(call, "courierDelivery", interval):
            raise _bad_interval(order.id)
    begun = []
    if interval is not None:
        begun.append(_begin(call, order, "ORDER_DELIVERY_INTERVAL_UPDATE", _interval(interval)))
    if customer is not None:
        begun.append(_begin(call, order, "ORDER_RECIPIENT_UPDATE", {"buyer": _person(customer)}))
    if sent.get("extendStoragePeriod"):
        begun.append(_extend(call, order))
    if not begun:
        raise bad_request("'order' must not be empty (rejected value: nothing to change)")
    return {"status": "OK", "result": {"operations": [{"id": each.id, "type": each.type} for each in begun]}}


def _begin(call: Call, order: Order, type_: str, values: dict[str, Any]) -> Operation:
    operation = call.world.part(Operations).begin(type_)
    call.world.part(Orders).later(order, Change(operation.due, "data", values, operation.id))
    return operation


def _extend(call: Call, order: Order) -> Operation:
    """Keep an order longer at a pick-up point; fails where it isn't at one, or was kept longer already."""
    if order.stored_till is not None and not order.storage_extended:
        values = {"stored_till": days_after(order.stored_till, STORED_DAYS), "storage_extended": True}
        return _begin(call, order, "ORDER_STORAGE_LIMIT_DATE_UPDATE", values)
    operation = _begin(call, order, "ORDER_STORAGE_LIMIT_DATE_UPDATE", {})
    operation.failed = True
    return operation

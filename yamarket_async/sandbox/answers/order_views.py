"""What the answers about orders share: finding the order of a call, and writing one as either kind of method does."""

from collections import Counter
from decimal import Decimal
from typing import Any

from yamarket_async.sandbox.calls import Call, bad_request, not_found
from yamarket_async.sandbox.moments import dotted, iso, old_moment
from yamarket_async.sandbox.parts.order_records import CITIES, Box, Code, Line, Order
from yamarket_async.sandbox.parts.orders import Orders, shipment_id_of
from yamarket_async.sandbox.parts.stocks import MAIN_MARKET_WAREHOUSE, Stocks

SHIPMENT_TIME_AFTER = 300.0
"""Seconds after which an Express order says at what time it must be ready."""

EAC_SHOWN = frozenset({"COURIER_FOUND", "COURIER_ARRIVED_TO_SENDER", "DELIVERY_SERVICE_UNDELIVERED"})
"""The substatuses in which an Express order tells that a code is exchanged."""

_SERVICES = {"SHOP": (99, "Собственная служба доставки"), "YANDEX_MARKET": (1_006_360, "Доставка Маркета")}


def the_order(call: Call, words: str = "Order not found: partnerId = '{campaign}', orderId = '{order}'") -> Order:
    """Find the order that the path of a call names.

    Args:
        call: the call.
        words: how the method says that it isn't there.

    Raises:
        Refusal: the store has no such order.
    """
    order_id = call.ids["orderId"]
    order = call.world.part(Orders).find(order_id, call.campaign_id)
    if order is None:
        raise not_found(words.format(campaign=call.campaign_id, order=order_id))
    return order


def allow(order: Order, *statuses: str) -> None:
    """Check that something may be done to an order in its status.

    Raises:
        Refusal: it may not.
    """
    if order.status not in statuses:
        raise bad_request(
            f"Action is not allowed for order '{order.id}' with status '{order.status}' and substatus "
            f"'{order.substatus}'"
        )


def partner(order: Order) -> str:
    """Tell who delivers an order."""
    return "SHOP" if order.model == "DBS" and not order.yandex_delivery else "YANDEX_MARKET"


def warehouse_id(call: Call, campaign_id: int) -> int:
    """Tell the warehouse that the orders of a store come out of: its own, or the Market's."""
    own = call.world.part(Stocks).by_store.get(campaign_id)
    return MAIN_MARKET_WAREHOUSE if own is None else own.id


def warehouse_of(call: Call, order: Order) -> int:
    """Tell the warehouse that an order comes out of: the one that it names, or that of its store."""
    return order.warehouse_id or warehouse_id(call, order.campaign_id)


def service(order: Order) -> tuple[int, str]:
    """Tell the id and the name of the delivery service of an order."""
    return _SERVICES[partner(order)]


def barcode(order: Order, box: Box) -> str:
    """Tell the fulfilmentId of a box: the order and the number of the box in it."""
    return f"{order.id}-{order.boxes.index(box) + 1}"


def old_order(call: Call, order: Order) -> dict[str, Any]:
    """Write an order as getOrder does."""
    written: dict[str, Any] = {
        "id": order.id,
        "status": order.status,
        "substatus": order.substatus,
        "creationDate": old_moment(order.created),
        "updatedAt": old_moment(order.updated),
        "currency": "RUR",
        "itemsTotal": order.total,
        "deliveryTotal": order.delivery_price,
        "buyerItemsTotalBeforeDiscount": order.total,
        "paymentType": "PREPAID" if order.prepaid else "POSTPAID",
        "paymentMethod": "YANDEX" if order.prepaid else "CARD_ON_DELIVERY",
        "fake": order.fake,
        "items": [_old_item(call, order, line) for line in order.lines],
        "delivery": _old_delivery(call, order),
        "buyer": buyer(order),
        "taxSystem": "OSN",
        "cancelRequested": order.cancel_requested_at is not None,
    }
    if order.external_id is not None:
        written["externalOrderId"] = order.external_id
    if order.notes:
        written["notes"] = order.notes
    if order.status == "UNPAID":
        written["expiryDate"] = old_moment(order.due)
    return written


def buyer(order: Order) -> dict[str, Any]:
    """Write the buyer of an order, without the telephone."""
    written = {"type": "BUSINESS" if order.business else "PERSON"}
    # Who it is only a DBS store is told; a LaaS store has named the recipient itself, and reads here what it changed.
    if order.model in {"DBS", "LAAS"}:
        written |= {
            "id": f"buyer-{order.id}",
            "firstName": order.buyer.first_name,
            "lastName": order.buyer.last_name,
            "middleName": order.buyer.middle_name,
        }
    return written


def codes(line: Line) -> list[Code]:
    """Write the codes of a line; a cis without its cryptographic tail, which a separator sets apart, and with it."""
    return [
        code | ({"cis": code["cis"].partition("\x1d")[0], "cisFull": code["cis"]} if "cis" in code else {})
        for code in line.codes
    ]


def _item(line: Line) -> dict[str, Any]:
    item: dict[str, Any] = {"id": line.id, "offerId": line.offer_id, "offerName": line.name, "count": line.count}
    if line.codes:
        item["instances"] = codes(line)
    if line.requires:
        item["requiredInstanceTypes"] = list(line.requires)
    return item


def _old_item(call: Call, order: Order, line: Line) -> dict[str, Any]:
    item = _item(line) | {
        "price": line.price,
        "buyerPrice": line.price,
        "buyerPriceBeforeDiscount": line.price,
        "vat": "VAT_20",
        "shopSku": line.offer_id,
    }
    if order.model in {"FBY", "LAAS"}:
        item["partnerWarehouseId"] = str(warehouse_of(call, order))
    if line.promo:
        item["promos"] = [{"type": "MARKET_PROMOCODE", "subsidy": Decimal(0), "marketPromoId": f"promo-{order.id}"}]
    return item


def _old_delivery(call: Call, order: Order) -> dict[str, Any]:
    service_id, service_name = service(order)
    dates = {"fromDate": dotted(order.from_day), "toDate": dotted(order.to_day)} | _hours(order)
    if order.real_day is not None:
        dates["realDeliveryDate"] = dotted(order.real_day)
    delivery: dict[str, Any] = {
        "type": order.delivery,
        "serviceName": service_name,
        "deliveryPartnerType": partner(order),
        "dates": dates,
        "deliveryServiceId": service_id,
        "vat": "VAT_20",
        "dispatchType": dispatch_type(order),
        "estimated": False,
    }
    if order.delivery == "DIGITAL":
        return delivery
    delivery |= {"region": region(order), "address": _old_address(order), "shipments": [_old_shipment(call, order)]}
    if order.tracks:
        delivery["tracks"] = tracks(order)
    if order.stored_till is not None:
        delivery["outletStorageLimitDate"] = dotted(order.stored_till)
    if order.delivery == "PICKUP":
        delivery["outletCode"] = f"outlet-{order.point_id}"
    if order.model == "EXPRESS" and order.substatus in EAC_SHOWN:
        delivery["eacType"] = "COURIER_TO_MERCHANT"
        delivery["courier"] = courier(order)
    return delivery


def _hours(order: Order) -> dict[str, str]:
    """Write between which hours a courier comes."""
    return {"fromTime": order.from_time, "toTime": order.to_time} if order.delivery == "DELIVERY" else {}


def dispatch_type(order: Order) -> str:
    """Tell where an order goes."""
    if order.delivery != "PICKUP":
        return "BUYER"
    return "SHOP_OUTLET" if partner(order) == "SHOP" else "MARKET_BRANDED_OUTLET"


def tracks(order: Order) -> list[dict[str, Any]]:
    """Write the track codes of an order."""
    return [{"trackCode": code, "deliveryServiceId": service_id} for service_id, code in order.tracks.items()]


def courier(order: Order) -> dict[str, Any]:
    """Write the courier of an Express order."""
    number = order.id % 900 + 100
    return {
        "fullName": "Курьер Яндекса",
        "vehicleNumber": f"А{number}ВС77",
        "vehicleDescription": "белый Volkswagen Polo",
    }


def region(order: Order) -> dict[str, Any]:
    """Write the region that an order goes to."""
    city, number, _ = next((each for each in CITIES if each[0] == order.address.city), CITIES[0])
    return {"id": number, "name": city, "type": "CITY", "parent": {"id": 225, "name": "Россия", "type": "COUNTRY"}}


def _old_address(order: Order) -> dict[str, Any]:
    written = _address(order)
    # Who delivers must know whom to ask for; the others are not told.
    if partner(order) == "SHOP":
        written |= {"recipient": order.buyer.full_name, "phone": order.buyer.phone}
    return written


def _address(order: Order) -> dict[str, Any]:
    where = order.address
    if where.text:
        rest = {"entrance": where.entrance, "floor": where.floor, "apartment": where.apartment}
        sent = {name: value for name, value in rest.items() if value}
        return {"country": "Россия", "street": where.text, "gps": _GPS, **sent}
    written = {
        "country": "Россия",
        "postcode": where.postcode,
        "city": where.city,
        "street": where.street,
        "house": where.house,
        "gps": _GPS,
    }
    if order.delivery == "DELIVERY":
        written["apartment"] = where.apartment
    return written


_GPS = {"latitude": Decimal("55.733842"), "longitude": Decimal("37.588144")}


def _old_shipment(call: Call, order: Order) -> dict[str, Any]:
    shipment: dict[str, Any] = {"shipmentDate": dotted(order.shipment_day)}
    if _shows_shipment_time(call, order):
        shipment["shipmentTime"] = order.from_time[:5]
    if order.tracks:
        shipment["tracks"] = tracks(order)
    if order.boxes:
        shipment["boxes"] = [{"id": box.id, "fulfilmentId": barcode(order, box)} for box in order.boxes]
    return shipment


def _shows_shipment_time(call: Call, order: Order) -> bool:
    """Tell whether an order says at what time it must be ready, which for Express comes some minutes later."""
    return order.model == "EXPRESS" and call.now >= order.created + SHIPMENT_TIME_AFTER


def rub(value: Decimal) -> dict[str, Any]:
    """Write money."""
    return {"value": value, "currencyId": "RUR"}


def business_order(call: Call, order: Order) -> dict[str, Any]:
    """Write an order as getBusinessOrders does."""
    written: dict[str, Any] = {
        "orderId": order.id,
        "campaignId": order.campaign_id,
        "programType": order.model,
        "status": order.status,
        "substatus": order.substatus,
        "creationDate": iso(order.created),
        "updateDate": iso(order.updated),
        "paymentType": "PREPAID" if order.prepaid else "POSTPAID",
        "paymentMethod": "YANDEX" if order.prepaid else "CARD_ON_DELIVERY",
        "fake": order.fake,
        "items": [_business_item(order, line) for line in order.lines],
        "prices": {
            "payment": rub(order.total),
            "delivery": {"payment": rub(order.delivery_price), "vat": "VAT_20"},
        },
        "delivery": _business_delivery(call, order),
        "services": {"liftType": "NOT_NEEDED"},
        "buyerType": "BUSINESS" if order.business else "PERSON",
        "cancelRequested": order.cancel_requested_at is not None,
        "sourcePlatform": "OTHER" if order.model == "LAAS" else "MARKET",
    }
    if order.external_id is not None:
        written["externalOrderId"] = order.external_id
    if order.notes:
        written["notes"] = order.notes
    return written


_UNIT_STATUS = {"DELIVERED": "DELIVERED_TO_BUYER", "CANCELLED": "CANCELLED", "DELIVERY": "SHIPPED", "PICKUP": "SHIPPED"}


def _business_item(order: Order, line: Line) -> dict[str, Any]:
    item = _item(line) | {"prices": {"payment": rub(line.price * line.count), "vat": "VAT_20"}}
    # Units that were taken out of an order count as cancelled, like those of a cancelled order.
    units = Counter({_UNIT_STATUS.get(order.status, "CREATED"): line.count})
    units["CANCELLED"] += line.initial - line.count
    return item | {"itemStatuses": [{"status": status, "count": count} for status, count in units.items() if count]}


def _business_delivery(call: Call, order: Order) -> dict[str, Any]:
    service_id, service_name = service(order)
    dates = {"fromDate": order.from_day.isoformat(), "toDate": order.to_day.isoformat()} | _hours(order)
    if order.real_day is not None:
        dates["realDeliveryDate"] = order.real_day.isoformat()
    delivery: dict[str, Any] = {
        "type": order.delivery,
        "serviceName": service_name,
        "deliveryServiceId": service_id,
        "warehouseId": str(warehouse_of(call, order)),
        "deliveryPartnerType": partner(order),
        "dispatchType": dispatch_type(order),
        "dates": dates,
        "estimated": False,
    }
    if order.delivery == "DIGITAL":
        return delivery | {"digitalGoods": {"type": order.digital} | _steam(order)}
    shipment: dict[str, Any] = {
        # There for every order, since it may be null and not left out.
        "id": shipment_id_of(call.world, order) if order.model == "FBS" else None,
        "shipmentDate": order.shipment_day.isoformat(),
    }
    delivery["shipment"] = shipment
    if _shows_shipment_time(call, order):
        shipment["shipmentTime"] = order.from_time
    delivery |= _place(order)
    if order.model == "EXPRESS" and order.substatus in EAC_SHOWN:
        delivery["transfer"] = {"courier": courier(order), "eac": {"eacType": "COURIER_TO_MERCHANT"}}
    packed = [box for box in order.boxes if box.items]
    if packed:
        delivery["boxesLayout"] = [
            {"boxId": box.id, "barcode": barcode(order, box), "items": box.items} for box in packed
        ]
    if order.tracks:
        delivery["tracks"] = tracks(order)
    return delivery


def _steam(order: Order) -> dict[str, str]:
    return {"steamLink": f"https://s.team/p/sandbox/{order.id}"} if order.digital == "STEAM_GIFT" else {}


def _place(order: Order) -> dict[str, Any]:
    where = {"address": _address(order), "region": region(order)}
    if order.delivery == "DELIVERY":
        return {"courier": where}
    point: dict[str, Any] = where | {"logisticPointId": order.point_id, "outletCode": f"outlet-{order.point_id}"}
    if order.stored_till is not None:
        point["outletStorageLimitDate"] = order.stored_till.isoformat()
    return {"pickup": point}

"""Returns: lists, decisions, pictures and applications, and those that LaaS stores make."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.answers.laas import known_offers
from yamarket_async.sandbox.answers.order_views import rub
from yamarket_async.sandbox.calls import Answer, Call, Refusal, bad_request, forbidden, not_found
from yamarket_async.sandbox.documents import PDF, PNG, pdf, png
from yamarket_async.sandbox.moments import DAY, day, iso
from yamarket_async.sandbox.pages import paged
from yamarket_async.sandbox.parts.orders import Orders
from yamarket_async.sandbox.parts.return_cycles import COMPENSATION_PERCENT, DECISIONS, Return, ReturnItem
from yamarket_async.sandbox.parts.returns import Returns

KEPT_DAYS = 7
"""How many days a return waits for the seller."""

REASONS = (
    "ISSUE_WITH_THE_PRODUCT_WAS_NOT_CONFIRMED",
    "MECHANICAL_DAMAGE",
    "WARRANTY_PERIOD_HAS_EXPIRED",
    "CONFIGURATION_OR_PACKAGING_COMPROMISED",
    "PRODUCT_APPEARANCE_COMPROMISED",
    "WARRANTY_TERMS_VIOLATED",
    "DEVICE_ACTIVATED",
)
"""Why a seller may decline."""

_INSTANCE: Mapping[str, str] = {"FULFILMENT_RECEIVED": "RECEIVED_ON_FULFILLMENT"}


@answers("getReturns")
def returns(call: Call) -> dict[str, Any]:
    """Returns of a store, by the day on which they changed last."""
    query = call.query
    first, last = query.get("fromDate", query.get("from_date")), query.get("toDate", query.get("to_date"))

    def wanted(each: Return) -> bool:
        return (
            ("orderIds" not in query or each.order_id in query["orderIds"])
            and ("statuses" not in query or each.refund in query["statuses"])
            and ("shipmentStatuses" not in query or each.shipment in query["shipmentStatuses"])
            and query.get("type") in {None, each.type}
            and (first is None or day(each.updated) >= first)
            and (last is None or day(each.updated) <= last)
        )

    found = filter(wanted, call.world.part(Returns).all(call.campaign_id))
    return paged(call, found, key=lambda each: each.id, write=_write)


@answers("getReturn")
def one_return(call: Call) -> dict[str, Any]:
    """One return."""
    return {"status": "OK", "result": _write(_the_return(call))}


def _the_return(call: Call) -> Return:
    order_id, return_id = call.ids["orderId"], call.ids["returnId"]
    found = call.world.part(Returns).find(return_id)
    if found is None or (found.order_id, found.campaign_id) != (order_id, call.campaign_id):
        raise not_found(f"Return '{return_id}' for order '{order_id}' is not found")
    return found


def _write(found: Return) -> dict[str, Any]:
    written: dict[str, Any] = {
        "id": found.id,
        "orderId": found.order_id,
        "creationDate": iso(found.created),
        "updateDate": iso(found.updated),
        "items": [_write_item(found, item) for item in found.items],
        "returnType": found.type,
        "fastReturn": found.fast,
    }
    if found.refund is not None:
        written["refundStatus"] = found.refund
        written["amount"] = rub(found.total)
    if found.shipment is not None:
        written["shipmentStatus"] = found.shipment
        written["shipmentRecipientType"] = "SHOP" if found.model == "DBS" else "DELIVERY_SERVICE"
        written["logisticPickupPoint"] = _POINT
    if found.shipment == "READY_FOR_PICKUP":
        written["pickupTillDate"] = iso(found.shipment_since + KEPT_DAYS * DAY)
    return written


_POINT = {
    "id": 1_000_001,
    "name": "Пункт выдачи № 1",
    "address": {"country": "Россия", "city": "Москва", "street": "Садовая улица", "house": "1", "postcode": "119021"},
    "instruction": "Вход со двора",
    "type": "PICKUP_POINT",
    "logisticPartnerId": 1_006_360,
}


def _write_item(found: Return, item: ReturnItem) -> dict[str, Any]:
    written: dict[str, Any] = {"shopSku": item.offer_id, "count": item.count}
    if found.type == "RETURN":
        written["decisions"] = [_write_decision(item)]
    if found.shipment is not None:
        status = _INSTANCE.get(found.shipment, found.shipment)
        written["instances"] = [{"stockType": "UNDEFINED", "status": status} for _ in range(item.count)]
        written["tracks"] = [{"trackCode": f"RET{found.id}"}]
    return written


def _write_decision(item: ReturnItem) -> dict[str, Any]:
    written: dict[str, Any] = {
        "returnItemId": item.id,
        "count": item.count,
        "comment": item.comment,
        "reasonType": item.reason,
        "subreasonType": item.subreason,
        "amount": rub(item.price * item.count),
    }
    if item.images:
        written["images"] = item.images
    if item.decision is not None:
        written["decisionType"] = item.decision["decisionType"]
        compensation = item.decision.get("compensation")
        if compensation is not None:
            written["partnerCompensationAmount"] = compensation
    return written


@answers("getReturnAvailableDecisions")
def available_decisions(call: Call) -> dict[str, Any]:
    """What a seller may decide about a return now."""
    campaign_id, return_id = call.body["campaignId"], call.body["returnId"]
    if campaign_id not in call.world.stores:
        raise forbidden(f"No access to campaigns: '{campaign_id}'")
    found = call.world.part(Returns).find(return_id)
    if found is None or found.campaign_id != campaign_id:
        raise not_found(f"Failed to find ['return'] with id ['{return_id}']")
    kinds = DECISIONS[found.side] if found.decidable else ()
    return {"status": "OK", "result": {"availableDecisions": [_available(found, kind) for kind in kinds]}}


def _available(found: Return, kind: str) -> dict[str, Any]:
    told: dict[str, Any] = {"decisionType": kind}
    if kind == "DECLINE_REFUND":
        told["decisionReasonTypes"] = list(REASONS)
    if kind == "PARTIAL_MONEY_REFUND":
        # The bounds are those of an item: of several, none may have more than half of the dearest.
        told["partialCompensationBounds"] = {
            "minAmount": rub(Decimal(1)),
            "maxAmount": rub(max(_most(item.price * item.count) for item in found.items)),
            "maxPercent": COMPENSATION_PERCENT,
        }
    return told


def _most(total: Decimal) -> Decimal:
    return max((total * COMPENSATION_PERCENT / 100).quantize(Decimal("0.01")), Decimal(1))


@answers("setReturnDecision")
def set_decision(call: Call) -> None:
    """Choose what to do with an item, by the deprecated method; it holds once it is submitted."""
    found = _decidable(_the_return(call))
    item = _item(found, call.body["returnItemId"], "returnItemId")
    _check_decision(found, item, call.body, "")
    item.decision = _without_null(call.body)


@answers("submitReturnDecision")
def submit_decision(call: Call) -> None:
    """Decide about all items of a return; without a body, as `setReturnDecision` chose."""
    found = _decidable(_the_return(call))
    sent = call.sent("returnItemDecisions", ())
    given: dict[int, dict[str, Any]] = {}
    for number, decision in enumerate(sent):
        place = f"returnItemDecisions[{number}]."
        item = _item(found, decision["returnItemId"], f"{place}returnItemId")
        _check_decision(found, item, decision, place)
        given[item.id] = _without_null(decision)
    missing = [item.id for item in found.items if item.id not in given and (sent or item.decision is None)]
    if missing:
        raise bad_request(f"'returnItemDecisions' must have a decision for each item (missing: {missing})")
    for item in found.items:
        item.decision = given.get(item.id, item.decision)
    call.world.part(Returns).decide(found)


def _decidable(found: Return) -> Return:
    if not found.decidable:
        raise bad_request(f"Return '{found.id}' does not wait for a decision (refundStatus: '{found.refund}')")
    return found


def _item(found: Return, item_id: int, place: str) -> ReturnItem:
    item = next((item for item in found.items if item.id == item_id), None)
    if item is None:
        raise bad_request(f"'{place}' must be an item of the return (rejected value: {item_id})")
    return item


def _check_decision(found: Return, item: ReturnItem, sent: dict[str, Any], place: str) -> None:
    kind = sent["decisionType"]
    if kind not in DECISIONS[found.side]:
        raise bad_request(f"'{place}decisionType' is not available for the return (rejected value: {kind})")
    # The older method has no field for the reason; it stands in the comment, as it may with the other one.
    if kind == "DECLINE_REFUND" and sent.get("decisionReasonType") is None and not sent.get("comment"):
        raise _null(f"{place}decisionReasonType")
    if kind != "PARTIAL_MONEY_REFUND":
        return
    if sent.get("compensation") is None:
        raise _null(f"{place}compensation")
    value, most = Decimal(str(sent["compensation"]["value"])), _most(item.price * item.count)
    if not 1 <= value <= most:
        bound = f"less than or equal to '{most}'" if value > most else "greater than or equal to '1'"
        raise bad_request(f"'{place}compensation.value' must be {bound} (rejected value: {value})")


def _null(place: str) -> Refusal:
    return bad_request(f"'{place}' must not be null (rejected value: null)")


def _without_null(sent: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in sent.items() if value is not None}


@answers("getReturnPhoto", reality="reflected")
def photo(call: Call) -> Answer:
    """A picture that the buyer sent."""
    found = _the_return(call)
    item = next((item for item in found.items if item.id == call.ids["itemId"]), None)
    image = call.ids["imageHash"]
    if item is None or image not in item.images:
        raise not_found(f"Failed to find ['image'] with id ['{image}']")
    red, green, blue = bytes.fromhex(image)[:3]
    return Answer(png(64, 64, (red, green, blue)), content_type=PNG, name=f"{image}.png")


@answers("getReturnApplication", reality="reflected")
def application(call: Call) -> Answer:
    """The buyer's application to return."""
    found = _the_return(call)
    page = ["Заявление на возврат", f"Возврат {found.id}", f"Заказ {found.order_id}", *_lines(found)]
    return Answer(pdf([page]), content_type=PDF, name=f"return-application-{found.id}.pdf")


def _lines(found: Return) -> Iterator[str]:
    for item in found.items:
        yield f"{item.offer_id}: {item.count} шт., {item.price * item.count} руб. {item.comment}"


@answers("createReturn")
def create_return(call: Call) -> dict[str, Any]:
    """Make a return (LaaS)."""
    sent, part = call.body["newReturn"], call.world.part(Returns)
    external_id = sent["externalReturnId"]
    order = call.world.part(Orders).find(sent["orderId"], call.campaign_id)
    if order is None:
        # The page of this method knows no 404.
        raise bad_request(f"Order not found: '{sent['orderId']}'")
    if order.status not in {"DELIVERED", "PARTIALLY_RETURNED"}:
        raise bad_request(f"Can't create return for order with status: '{order.status}'")
    if any(each.external_id == external_id for each in part.all(call.campaign_id)):
        raise bad_request(f"Merchant return with id: '{external_id}' already exists")
    wanted: Counter[str] = Counter()
    for item in sent["items"]:
        wanted[item["offerId"].strip(" \t")] += item["count"]
    known_offers(call, wanted)
    wrong = part.wrong_counts(order, wanted)
    if wrong:
        raise bad_request(f"Wrong count for shop skus: '{', '.join(wrong)}'")
    pictures = [picture for item in sent["items"] for picture in item.get("pictures") or ()]
    if not all(picture.startswith(("http://", "https://")) for picture in pictures):
        raise bad_request("Failed to upload photos")
    given = [
        {
            "offer_id": item["offerId"].strip(" \t"),
            "count": item["count"],
            "reason": item["reasonType"],
            "subreason": item["subreasonType"],
            "comment": item.get("comment") or "",
            "pictures": len(item.get("pictures") or ()),
        }
        for item in sent["items"]
    ]
    made = part.create(order, given, type="RETURN", refund="STARTED_BY_USER", external_id=external_id)
    return {"status": "OK", "result": {"id": made.id}}


@answers("cancelReturn")
def cancel_return(call: Call) -> dict[str, Any]:
    """Cancel a return before it is handed in; an operation does it."""
    part, return_id = call.world.part(Returns), call.body["returnId"]
    found = part.find(return_id)
    if found is None or found.campaign_id != call.campaign_id:
        raise bad_request(f"Failed to find ['return'] with id ['{return_id}']")
    if found.shipment != "CREATED" or found.cancel_due is not None:
        raise bad_request(f"Return '{return_id}' can't be cancelled (shipmentStatus: '{found.shipment}')")
    operation_id = part.cancel_later(found)
    return {"status": "OK", "result": {"operation": {"id": operation_id, "type": "RETURN_CANCELLATION"}}}

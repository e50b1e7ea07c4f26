"""Supplies to the warehouses of the Market."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.calls import Call, forbidden, not_found
from yamarket_async.sandbox.links import link
from yamarket_async.sandbox.moments import DAY, iso
from yamarket_async.sandbox.pages import paged
from yamarket_async.sandbox.parts.supplies import DOCUMENTS, HANDLED, SUBTYPES, Line, Supplies, Supply

_WAREHOUSE = {
    "serviceId": 172,
    "name": "Софьино",
    "address": {
        "fullAddress": "Московская область, Раменский район, логистический технопарк Софьино",
        "gps": {"latitude": 55.502, "longitude": 38.152},
    },
    "type": "FULFILLMENT",
}


def _requested(supply: Supply) -> float:
    """Tell when a supply comes to its warehouse."""
    return supply.created + 3 * DAY


_ATTRIBUTES: Mapping[str, Callable[[Supply, float], Any]] = {
    "ID": lambda supply, now: supply.id,
    "REQUESTED_DATE": lambda supply, now: _requested(supply),
    "UPDATED_AT": lambda supply, now: supply.stage(now)[0],
    "STATUS": lambda supply, now: supply.stage(now)[1],
}


def _written(supply: Supply, now: float) -> dict[str, Any]:
    """Write a request as JSON has it."""
    since, status = supply.stage(now)
    planned = sum(line.planned for line in supply.lines)
    counters = {"planCount": planned}
    if status in HANDLED:
        missing = sum(line.missing for line in supply.lines)
        counters |= {"factCount": planned - missing, "shortageCount": missing, "surplusCount": 0, "defectCount": 0}
    return {
        "id": {
            "id": supply.id,
            "marketplaceRequestId": f"{supply.id + 10**8}",
            "warehouseRequestId": f"{supply.id + 2 * 10**8}",
        },
        "type": supply.kind,
        "subtype": SUBTYPES[supply.kind],
        "status": status,
        "updatedAt": iso(since),
        "counters": counters,
        "targetLocation": _WAREHOUSE | {"requestedDate": iso(_requested(supply))},
    }


@answers("getSupplyRequests")
def requests(call: Call) -> dict[str, Any]:
    """The requests of a store."""
    ids, kinds, statuses = call.sent("requestIds"), call.sent("requestTypes"), call.sent("requestStatuses")
    subtypes = call.sent("requestSubtypes")
    first, last = call.moment("requestDateFrom"), call.moment("requestDateTo")
    found = [
        supply
        for supply in call.world.part(Supplies).of(call.campaign_id)
        if (ids is None or supply.id in ids)
        and (kinds is None or supply.kind in kinds)
        and (subtypes is None or SUBTYPES[supply.kind] in subtypes)
        and (statuses is None or supply.stage(call.now)[1] in statuses)
        and (first is None or _requested(supply) >= first)
        and (last is None or _requested(supply) <= last)
    ]
    sorting = call.sent("sorting", {"attribute": "ID", "direction": "ASC"})
    by = _ATTRIBUTES[sorting["attribute"]]
    found.sort(key=lambda supply: by(supply, call.now), reverse=sorting["direction"] == "DESC")
    numbered = enumerate(found)
    return paged(call, numbered, key=lambda each: each[0], write=lambda each: _written(each[1], call.now))


def _found(call: Call) -> Supply:
    supply = call.world.part(Supplies).find(call.sent("requestId"))
    if supply is None:
        raise not_found("Supply request not found.")
    if supply.campaign_id != call.campaign_id:
        raise forbidden("The partner does not have access to the supply request.")
    return supply


@answers("getSupplyRequestItems")
def items(call: Call) -> dict[str, Any]:
    """The products of a request."""
    supply = _found(call)
    handled = supply.stage(call.now)[1] in HANDLED

    def write(line: Line) -> dict[str, Any]:
        counters = {"planCount": line.planned}
        if handled:
            counters |= {"factCount": line.planned - line.missing, "shortageCount": line.missing}
        price = {"value": Decimal(line.price), "currencyId": "RUR"}
        return {"offerId": line.offer_id, "name": line.name, "price": price, "counters": counters}

    numbered = enumerate(supply.lines)
    return paged(call, numbered, key=lambda each: each[0], write=lambda each: write(each[1]))


@answers("getSupplyRequestDocuments")
def documents(call: Call) -> dict[str, Any]:
    """The documents of a request, each behind a link."""
    supply = _found(call)
    since, status = supply.stage(call.now)
    told = [(kind, supply.created) for kind in DOCUMENTS[supply.kind]]
    if supply.kind == "SUPPLY" and status in HANDLED:
        told.append(("ACT_OF_RECEPTION_TRANSFER", since))
    written = [
        {"type": kind, "url": link(call.world, "supplies", f"{kind}-{supply.id}"), "createdAt": iso(at)}
        for kind, at in told
    ]
    return {"status": "OK", "result": {"documents": written}}

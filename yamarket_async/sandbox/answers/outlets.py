"""Outlets of the stores that deliver themselves, and their licenses."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.calls import Call, bad_request, not_found
from yamarket_async.sandbox.pages import listed, paged
from yamarket_async.sandbox.parts.outlets import HOME, License, Outlet, Outlets
from yamarket_async.sandbox.parts.regions import regions

OUTLET_REGIONS = frozenset({"VILLAGE", "CITY", "REPUBLIC_AREA"})
"""The types of regions in which an outlet can be; a town is a VILLAGE among the types."""

_COORDS = re.compile(r"\s*(-?[0-9]{1,3}(?:\.[0-9]+)?)[,\s]+(-?[0-9]{1,2}(?:\.[0-9]+)?)\s*")
_PHONE = re.compile(r"\+[0-9]{1,3}\s*\([0-9]{2,5}\)\s*[0-9\s-]{5,12}(#[0-9]{1,6})?")


def _found(call: Call) -> Outlet:
    outlet_id = call.ids["outletId"]
    outlet = call.world.part(Outlets).find(call.campaign_id, outlet_id)
    if outlet is None:
        raise not_found(f"Outlet not found: '{outlet_id}'")
    return outlet


def _written(outlet: Outlet, now: float) -> dict[str, Any]:
    """Write an outlet as JSON has it."""
    region = regions()[outlet.sent["address"]["regionId"]].json()
    written = dict(outlet.sent) | {"id": outlet.id, "status": outlet.status(now), "region": region}
    if outlet.refusal:
        written["moderationReason"] = outlet.refusal
    return written


def _check(call: Call, *, beside: Outlet | None) -> None:
    """Check an outlet in the words of the Market.

    Args:
        call: the call that sends it.
        beside: the outlet that is changed, whose code it may keep.
    """
    sent = call.body
    region = regions().get(sent["address"]["regionId"])
    if region is None or region.type not in OUTLET_REGIONS:
        name = sent["address"]["regionId"] if region is None else region.name
        raise bad_request(f"Region '{name}' cannot be used as outlet region")
    coords = call.sent("coords")
    if coords is not None and not _is_place(coords):
        raise bad_request("Wrong outlet gps coordinates")
    errors = list(_errors(sent))
    if errors:
        raise bad_request(f"Not valid outlet info: '{', '.join(errors)}'")
    for rule in call.sent("deliveryRules", ()):
        _check_days(rule.get("minDeliveryDays"), rule.get("maxDeliveryDays"), local=region.id == HOME)
    code = call.sent("shopOutletCode")
    others = (each for each in call.world.part(Outlets).of(call.campaign_id) if each is not beside)
    if code is not None and any(each.sent.get("shopOutletCode") == code for each in others):
        raise bad_request(f"Outlet with code '{code}' already exists for campaign '{call.campaign_id}'")


def _is_place(coords: str) -> bool:
    read = _COORDS.fullmatch(coords)
    return read is not None and abs(float(read[1])) <= 180 and abs(float(read[2])) <= 90


def _errors(sent: Mapping[str, Any]) -> Iterable[str]:
    rules, delivers = sent.get("deliveryRules") or (), sent["type"] in {"DEPOT", "MIXED"}
    if delivers and not rules:
        yield "deliveryRules must not be empty"
    for phone in sent["phones"]:
        if not _PHONE.fullmatch(phone):
            yield f"wrong phone {phone}"
    for rule in rules:
        days = [rule.get(name) is not None for name in ("minDeliveryDays", "maxDeliveryDays")]
        is_open = bool(rule.get("unspecifiedDeliveryInterval"))
        if any(days) != all(days) or (is_open and all(days)) or (delivers and is_open == all(days)):
            yield "either minDeliveryDays and maxDeliveryDays or unspecifiedDeliveryInterval must be specified"


def _check_days(least: int | None, most: int | None, *, local: bool) -> None:
    """Check that the days of a delivery lie close enough together."""
    if least is None or most is None:
        return
    if most < least:
        raise bad_request("Not valid outlet info: 'maxDeliveryDays must not be less than minDeliveryDays'")
    between = most - least
    if local and between > 2:
        raise bad_request("datediff-is-to-big-local")
    if not local and least > 18 and between > least:
        raise bad_request("datediff-is-to-big-long-period")
    if not local and least <= 18 and between > 4:
        raise bad_request("datediff-is-to-big-remote")


@answers("getOutlets")
def outlets(call: Call) -> dict[str, Any]:
    """The outlets of a store."""
    region_id, code = call.query.get("region_id"), call.query.get("shop_outlet_code")
    found = [
        outlet
        for outlet in call.world.part(Outlets).of(call.campaign_id)
        if (code is None or outlet.sent.get("shopOutletCode") == code)
        and (region_id is None or _lies_in(outlet.sent["address"]["regionId"], region_id))
    ]
    return paged(call, found, key=lambda outlet: outlet.id, write=lambda outlet: _written(outlet, call.now))


def _lies_in(region_id: int | None, around: int) -> bool:
    while region_id is not None and region_id != around:
        region = regions().get(region_id)
        region_id = region.parent if region else None
    return region_id is not None


@answers("getOutlet")
def one(call: Call) -> dict[str, Any]:
    """One outlet."""
    return {"status": "OK", "outlet": _written(_found(call), call.now)}


@answers("createOutlet")
def create(call: Call) -> dict[str, Any]:
    """Add an outlet."""
    _check(call, beside=None)
    return {"status": "OK", "result": {"id": call.world.part(Outlets).add(call.campaign_id, call.body).id}}


@answers("updateOutlet")
def update(call: Call) -> None:
    """Change an outlet: what is sent takes the place of all that was."""
    outlet = _found(call)
    _check(call, beside=outlet)
    call.world.part(Outlets).change(outlet, call.body)


@answers("deleteOutlet")
def delete(call: Call) -> None:
    """Delete an outlet."""
    call.world.part(Outlets).delete(_found(call))


@answers("getOutletLicenses")
def licenses(call: Call) -> dict[str, Any]:
    """Licenses, by their ids or those of their outlets."""
    ids, outlet_ids = call.query.get("ids", []), call.query.get("outletIds", [])
    if bool(ids) == bool(outlet_ids):
        raise bad_request("Exactly one of ids and outletIds must be specified")

    def write(license_: License) -> dict[str, Any]:
        written = dict(license_.sent) | {"id": license_.id, "checkStatus": license_.status(call.now)}
        return written | ({"checkComment": license_.refusal} if license_.refusal else {})

    found = call.world.part(Outlets).licenses_of(call.campaign_id)
    wanted = (license_ for license_ in found if license_.id in ids or license_.sent["outletId"] in outlet_ids)
    return listed(call, [write(license_) for license_ in wanted])


@answers("updateOutletLicenses")
def update_licenses(call: Call) -> None:
    """Add licenses and change some; all of them or none."""
    part, found = call.world.part(Outlets), []
    for number, sent in enumerate(call.sent("licenses")):
        if part.find(call.campaign_id, sent["outletId"]) is None:
            raise not_found(f"Outlet not found: '{sent['outletId']}'")
        issued, expires = (datetime.fromisoformat(sent[name]) for name in ("dateOfIssue", "dateOfExpiry"))
        if expires < issued:
            raise bad_request(f"'licenses[{number}].dateOfExpiry' must be greater than or equal to 'dateOfIssue'")
        license_ = part.license_of(call.campaign_id, sent["id"]) if sent.get("id") is not None else None
        if license_ is None and sent.get("id") is not None:
            raise not_found(f"Failed to find ['license'] with id ['{sent['id']}']")
        found.append((sent, license_))
    for sent, license_ in found:
        part.write_license(call.campaign_id, sent, license_)


@answers("deleteOutletLicenses")
def delete_licenses(call: Call) -> None:
    """Delete licenses; those that aren't there are no error."""
    part = call.world.part(Outlets)
    for id_ in call.query["ids"]:
        license_ = part.license_of(call.campaign_id, id_)
        if license_ is not None:
            part.delete_license(license_)

"""Regions: by name, by number, what lies in one, and the codes of countries."""

from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.calls import Call, not_found
from yamarket_async.sandbox.pages import paged
from yamarket_async.sandbox.parts.regions import COUNTRY_CODES, Region, children_of, regions


def _region(call: Call) -> Region:
    region = regions().get(call.ids["regionId"])
    if region is None:
        raise not_found(f"Region '{call.ids['regionId']}' not found.")
    return region


@answers("searchRegionsByName", reality="reflected")
def by_name(call: Call) -> dict[str, Any]:
    """The regions whose names begin with what was sent, written as they are."""
    wanted = call.query["name"].strip()
    found = sorted(region for region in regions().values() if region.name.startswith(wanted))
    return paged(call, found, key=lambda region: region.id, write=Region.json)


@answers("searchRegionsById", reality="reflected")
def by_id(call: Call) -> dict[str, Any]:
    """A region."""
    written = _region(call).json()
    return {"status": "OK", "regions": [written], "region": written}


@answers("searchRegionChildren", reality="reflected")
def children(call: Call) -> dict[str, Any]:
    """A region with what lies in it."""
    region = _region(call)
    found = children_of(region.id)
    payload = paged(call, found, key=lambda each: each.id, write=Region.json, more=region.json())
    if not payload["regions"]["children"]:
        del payload["regions"]["children"]
    return payload


@answers("getRegionsCodes", reality="reflected")
def countries(call: Call) -> dict[str, Any]:
    """The countries with their codes."""
    del call
    found = [{"region": regions()[id_].json(), "countryCode": code} for id_, code in COUNTRY_CODES.items()]
    return {"status": "OK", "countries": found}

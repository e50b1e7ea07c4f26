"""Warehouses of the stores, with groups or without, and those of the Market."""

from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.answers.stocks import warehouse_of
from yamarket_async.sandbox.calls import Call, bad_request, forbidden, not_found
from yamarket_async.sandbox.pages import paged
from yamarket_async.sandbox.parts.stocks import (
    GROUP_ID,
    GROUP_NAME,
    MARKET_WAREHOUSES,
    Stocks,
    Warehouse,
    address,
)


def _warehouse(warehouse: Warehouse, *, with_address: bool) -> dict[str, Any]:
    written: dict[str, Any] = {
        "id": warehouse.id,
        "name": _name(warehouse),
        "campaignId": warehouse.store.id,
        "express": warehouse.store.model == "EXPRESS",
    }
    return written | {"address": address(warehouse.id)} if with_address else written


def _name(warehouse: Warehouse) -> str:
    return f"Склад «{warehouse.store.name}»"


def _status(warehouse: Warehouse) -> dict[str, str]:
    return {"status": "OTHER" if warehouse.enabled else "DISABLED_MANUALLY"}


@answers("getWarehouses", reality="reflected")
def warehouses(call: Call) -> dict[str, Any]:
    """All warehouses and groups, by the deprecated method."""
    stocks = call.world.part(Stocks)
    every = [_warehouse(each, with_address=True) for each in stocks.warehouses.values()]
    if stocks.grouped and every:
        groups = [{"name": GROUP_NAME, "mainWarehouse": every[0], "warehouses": every}]
        return {"status": "OK", "result": {"warehouses": [], "warehouseGroups": groups}}
    return {"status": "OK", "result": {"warehouses": every, "warehouseGroups": []}}


@answers("getPagedWarehouses")
def paged_warehouses(call: Call) -> dict[str, Any]:
    """The warehouses of the stores, each with the group that it is in."""
    stocks = call.world.part(Stocks)
    components, asked = call.sent("components", ()), call.sent("campaignIds")
    foreign = [str(each) for each in asked or () if each not in call.world.stores]
    if foreign:
        raise forbidden(f"No access to campaigns: '{', '.join(foreign)}'")

    def write(warehouse: Warehouse) -> dict[str, Any]:
        written = _warehouse(warehouse, with_address="ADDRESS" in components)
        if stocks.grouped:
            written["groupInfo"] = {"id": GROUP_ID, "name": GROUP_NAME}
        return written | ({"status": _status(warehouse)} if "STATUS" in components else {})

    wanted = [each for each in stocks.warehouses.values() if asked is None or each.store.id in asked]
    return paged(call, wanted, key=lambda each: each.id, write=write)


@answers("getPartnerWarehouses", reality="reflected")
def partner_warehouses(call: Call) -> dict[str, Any]:
    """The warehouses that are in no group."""
    stocks, inactive = call.world.part(Stocks), call.world.settings["inactive"]
    asked, components = call.sent("warehouseIds"), call.sent("components", ())

    def write(warehouse: Warehouse) -> dict[str, Any]:
        store = warehouse.store
        available = inactive.get(store.id, "AVAILABLE")
        written: dict[str, Any] = {
            "id": warehouse.id,
            "name": _name(warehouse),
            "models": [{"placementType": store.model, "apiAvailability": available}],
        }
        return written | {"address": address(warehouse.id)} if "ADDRESS" in components else written

    single = () if stocks.grouped else stocks.warehouses.values()
    wanted = [each for each in single if asked is None or each.id in asked]
    return paged(call, wanted, key=lambda each: each.id, write=write)


@answers("getFulfillmentWarehouses", reality="reflected")
def fulfillment_warehouses(call: Call) -> dict[str, Any]:
    """The warehouses of the Market."""
    campaign_id = call.query.get("campaignId")
    if campaign_id is not None and campaign_id not in call.world.stores:
        raise not_found(f"Campaign not found '{campaign_id}'")
    found = [
        {"id": id_, "name": name, "address": address(id_, city)} for id_, (name, city) in MARKET_WAREHOUSES.items()
    ]
    return {"status": "OK", "result": {"warehouses": found}}


@answers("updateWarehouseStatus")
def update_status(call: Call) -> dict[str, Any]:
    """Switch the warehouse of a store off or on."""
    stocks = call.world.part(Stocks)
    warehouse = stocks.by_store[call.campaign_id]  # stores without one may not call the method
    stocks.switch(warehouse, call.sent("enabled"))
    return {"status": "OK", "result": _status(warehouse)}


@answers("updateWarehouseModelStatus")
def update_model_status(call: Call) -> dict[str, Any]:
    """Switch a model of a warehouse off or on."""
    stocks = call.world.part(Stocks)
    warehouse = warehouse_of(stocks, call.sent("partnerWarehouseId"))
    if call.sent("model") != warehouse.store.model:
        raise bad_request(f"Warehouse '{warehouse.id}' has no model '{call.sent('model')}'")
    stocks.switch(warehouse, call.sent("enabled"))
    return {"status": "OK", "result": _status(warehouse)}

"""Days and numbers at the ends of what can be written don't bring the sandbox down."""

import pytest

DAYS = ("0001-01-01", "9999-12-31")
MOMENTS = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00")


def pairs(first, last, values):
    for value in values:
        yield {first: value}
        yield {last: value}
    yield {first: values[0], last: values[1]}
    yield {first: values[1], last: values[0]}
    yield {first: values[0], last: values[0]}
    yield {first: values[1], last: values[1]}


def dotted(day):
    return "-".join(reversed(day.split("-")))


@pytest.mark.parametrize("dates", [
    *pairs("creationDateFrom", "creationDateTo", DAYS),
    *pairs("shipmentDateFrom", "shipmentDateTo", DAYS),
    *pairs("updateDateFrom", "updateDateTo", MOMENTS),
])  # fmt: skip
async def test_dates_of_business_orders(store, dates):
    sandbox, seller = store
    sandbox.orders.place("FBS")
    assert (await seller("getBusinessOrders", json={"dates": dates})).status in {200, 400}


@pytest.mark.parametrize("query", [
    *pairs("fromDate", "toDate", tuple(map(dotted, DAYS))),
    *pairs("supplierShipmentDateFrom", "supplierShipmentDateTo", tuple(map(dotted, DAYS))),
    *pairs("updatedAtFrom", "updatedAtTo", MOMENTS),
])  # fmt: skip
async def test_dates_of_store_orders(store, query):
    sandbox, seller = store
    sandbox.orders.place("FBS")
    assert (await seller("getOrders", model="FBS", query=query)).status in {200, 400}


@pytest.mark.parametrize("dates", [
    *pairs("dateFrom", "dateTo", DAYS), *pairs("updateFrom", "updateTo", DAYS),
])  # fmt: skip
async def test_dates_of_other_lists(store, dates):
    sandbox, seller = store
    sandbox.orders.place("FBS")
    assert (await seller("getOrdersStats", model="FBS", json=dates)).status in {200, 400}
    days = {"dateFrom": dotted(dates.get("dateFrom", DAYS[0])), "dateTo": dotted(dates.get("dateTo", DAYS[1]))}
    assert (await seller("searchShipments", model="FBS", json=days)).status in {200, 400}
    query = {"fromDate": dates.get("dateFrom", DAYS[0]), "toDate": dates.get("dateTo", DAYS[1])}
    assert (await seller("getReturns", model="FBS", query=query)).status in {200, 400}


@pytest.mark.parametrize("day", DAYS)
async def test_days_that_are_written(store, day):
    sandbox, seller = store
    order_id = sandbox.orders.place("DBS", delivery="PICKUP", until="DELIVERY")
    delivery = {"dates": {"realDeliveryDate": day}}
    assert (await seller.status(order_id, "PICKUP", delivery=delivery)).status == 400
    moved = {"dates": {"toDate": day}, "reason": "USER_MOVED_DELIVERY_DATES"}
    assert (await seller("setOrderDeliveryDate", order_id, json=moved)).status == 400
    sandbox.orders.advance(order_id)
    assert (await seller("updateOrderStorageLimit", order_id, json={"newDate": day})).status == 400


@pytest.mark.parametrize("order_id", [-(2**63) + 1, 0, 2**63 - 1])
@pytest.mark.parametrize(
    ("name", "body"),
    [("getOrder", None), ("generateOrderLabels", None), ("getOrderIdentifiersStatus", None)],
)
async def test_ids_at_the_ends(store, order_id, name, body):
    _, seller = store
    assert (await seller(name, order_id, json=body)).status == 404

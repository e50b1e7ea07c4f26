"""What the Market's services cost here: figures of the sandbox, that follow from category, price, size and model."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

CENT = Decimal("0.01")
MOST_DIGITS = 20

COMMISSION = {"FBY": Decimal(15), "FBS": Decimal(13), "EXPRESS": Decimal(14), "DBS": Decimal(10), "LAAS": Decimal(5)}
"""Per cent of the price that placement costs, by model; categories add up to 4."""

TRANSFER = {
    ("DAILY", 0): Decimal("2.2"),
    ("WEEKLY", 1): Decimal("1.9"),
    ("WEEKLY", 2): Decimal("1.6"),
    ("WEEKLY", 4): Decimal("1.3"),
}
"""Per cent of the price that the transfer of payments costs, by frequency and weeks of delay."""

DELIVERY, LEAST_DELIVERY, MOST_DELIVERY = Decimal("4.5"), Decimal(60), Decimal(350)
"""Delivery to the customer: per cent of the price, and the least and the most in roubles."""

MIDDLE_MILE, PER_LITRE = Decimal(40), Decimal(8)
"""The way between cities: roubles, and more for each litre."""

SORTING = {"FBS": Decimal(25), "EXPRESS": Decimal(10)}
EXPRESS_DELIVERY = Decimal(140)


class Service(NamedTuple):
    """A service: its type, what it costs in roubles, and what that follows from."""

    type: str
    amount: Decimal
    parameters: Mapping[str, str]


def services(
    model: str, category_id: int, price: Decimal, size: Mapping[str, Decimal], transfer: Decimal
) -> list[Service]:
    """Work out what services cost for one piece of a product.

    Args:
        model: the placement model.
        category_id: the category.
        price: the price in roubles.
        size: `length`, `width` and `height` in centimetres.
        transfer: per cent for the transfer of payments, a value of `TRANSFER`.
    """
    commission = COMMISSION[model] + category_id % 5
    litres = size["length"] * size["width"] * size["height"] / 1_000
    found = [
        _share("FEE", price, commission),
        # Placement comes a second time, for the orders that its promotion brings.
        _share("FEE", price, Decimal(1)),
        _share("PAYMENT_TRANSFER", price, transfer),
        Service("AGENCY_COMMISSION", Decimal("0.12"), {"value": "0.12", "valueType": "absolute"}),
    ]
    if model != "DBS":
        delivery = min(max(price * DELIVERY / 100, LEAST_DELIVERY), MOST_DELIVERY)
        limits = {"value": str(DELIVERY), "valueType": "relative"}
        limits |= {"minValue": str(LEAST_DELIVERY), "maxValue": str(MOST_DELIVERY)}
        found.append(Service("DELIVERY_TO_CUSTOMER", delivery, limits))
        mile = MIDDLE_MILE + PER_LITRE * litres
        found.append(Service("MIDDLE_MILE", mile, {"value": str(cents(mile)), "valueType": "absolute"}))
    if model in SORTING:
        found.append(Service("SORTING", SORTING[model], {"value": str(SORTING[model]), "valueType": "absolute"}))
    if model == "EXPRESS":
        amount = EXPRESS_DELIVERY
        found.append(Service("EXPRESS_DELIVERY", amount, {"value": str(amount), "valueType": "absolute"}))
    return found


def cents(amount: Decimal) -> Decimal:
    """Round to kopecks what has room for them."""
    return amount.quantize(CENT) if amount.adjusted() < MOST_DIGITS else amount


def _share(kind: str, price: Decimal, percent: Decimal) -> Service:
    return Service(kind, price * percent / 100, {"value": str(percent), "valueType": "relative"})


def service_json(service: Service, pieces: int = 1) -> dict[str, Any]:
    """Write a service as `CalculatedTariffDTO`."""
    return {
        "type": service.type,
        "amount": cents(service.amount * pieces),
        "currency": "RUR",
        "parameters": [{"name": name, "value": value} for name, value in service.parameters.items()],
    }

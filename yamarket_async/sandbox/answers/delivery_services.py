"""The delivery services that there are."""

from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.calls import Call

SERVICES = (
    (99, "Собственная служба доставки"),
    (51, "СДЭК"),
    (107, "ПЭК"),
    (123, "DPD"),
    (139, "Почта России"),
    (1_006_360, "Доставка Маркета"),
)
"""Delivery services, by their ids."""


@answers("getDeliveryServices", reality="reflected")
def delivery_services(call: Call) -> dict[str, Any]:
    """All delivery services."""
    return {"result": {"deliveryService": [{"id": number, "name": name} for number, name in SERVICES]}}

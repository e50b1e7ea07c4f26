"""The calculator of what the Market's services cost."""

from decimal import Decimal
from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.answers.categories import refuse_wrong_leaves
from yamarket_async.sandbox.calls import Call, bad_request, forbidden
from yamarket_async.sandbox.pages import listed
from yamarket_async.sandbox.parts.cards import without_nulls
from yamarket_async.sandbox.parts.tariffs import TRANSFER, service_json, services

SIZE = ("length", "width", "height")


@answers("calculateTariffs", reality="reflected")
def calculate(call: Call) -> dict[str, Any]:
    """What services cost for products, in the order in which they were sent."""
    parameters, offers = call.sent("parameters"), call.sent("offers")
    model, transfer = _model(call, parameters), _transfer(parameters)
    currency = parameters.get("currency") or "RUR"
    if currency != "RUR":
        raise bad_request(f"Currency '{currency}' is not supported for tariff calculation")
    refuse_wrong_leaves(list(dict.fromkeys(offer["categoryId"] for offer in offers)))
    return listed(call, [_offer(offer, model, transfer) for offer in offers])


def _model(call: Call, parameters: dict[str, Any]) -> str:
    campaign_id, program = parameters.get("campaignId"), parameters.get("sellingProgram")
    if (campaign_id is None) == (program is None):
        raise bad_request("Exactly one of parameters campaignId or sellingProgram should be specified")
    if campaign_id is None:
        return str(program)
    if campaign_id not in call.world.stores:
        raise forbidden(f"No access to campaigns: '{campaign_id}'")
    return call.world.stores[campaign_id].model


def _transfer(parameters: dict[str, Any]) -> Decimal:
    frequency = parameters.get("frequency") or "DAILY"
    weeks = parameters.get("paymentDelayWeeks")
    if weeks is None:
        weeks = 1 if frequency == "WEEKLY" else 0
    if (frequency, weeks) not in TRANSFER:
        message = f"Invalid parameter: payout frequency '{frequency}' and delay weeks '{weeks}' are not supported"
        raise bad_request(message)
    return TRANSFER[frequency, weeks]


def _offer(offer: dict[str, Any], model: str, transfer: Decimal) -> dict[str, Any]:
    size = {name: Decimal(offer[name]) for name in SIZE}
    found = services(model, offer["categoryId"], Decimal(offer["price"]), size, transfer)
    pieces = offer.get("quantity") or 1
    return {"offer": without_nulls(offer), "tariffs": [service_json(each, pieces) for each in found]}

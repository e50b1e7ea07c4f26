"""Bids for sales boosting, and recommendations for them."""

from collections.abc import Sequence
from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.answers.offers import catalogue_of
from yamarket_async.sandbox.calls import Call, bad_request
from yamarket_async.sandbox.pages import listed, positioned
from yamarket_async.sandbox.parts.bids import LEAST_BID, MOST_BID, Bids
from yamarket_async.sandbox.parts.products import BUSINESS
from yamarket_async.sandbox.parts.statuses import WITH_CARD

BENEFITS = ("BESTS", "SPLIT_0_0_4", "MARKET_SUBSIDY_1_4")


@answers("putBidsForBusiness")
def put_bids(call: Call) -> None:
    """Set bids for all stores."""
    _put(call, BUSINESS)


@answers("putBidsForCampaign")
def put_store_bids(call: Call) -> None:
    """Set bids for one store."""
    _put(call, call.campaign_id)


def _put(call: Call, place: int) -> None:
    bids = [(item["sku"].strip(" \t"), item["bid"]) for item in call.sent("bids")]
    for at, (_, bid) in enumerate(bids):
        least = LEAST_BID if bid > 0 else 0
        if bid < least:
            message = f"'bids[{at}].bid' must be greater than or equal to '{least}' (rejected value: {bid})"
            raise bad_request(message)
    catalogue_of(call).write(call.world.part(Bids).write, place, bids)


@answers("getBidsInfoForBusiness")
def bids_info(call: Call) -> dict[str, Any]:
    """The bids that were set for all stores, of products that there are."""
    catalogue, bids = catalogue_of(call), call.world.part(Bids).of(BUSINESS)

    def write(positions: Sequence[int]) -> list[Any]:
        return [{"sku": sku, "bid": bids[sku]} for sku in map(catalogue.offer_id, positions)]

    asked = call.sent("skus")
    if asked is not None:
        return listed(call, write([at for at in catalogue.known(asked) if catalogue.offer_id(at) in bids]))
    known = sorted(catalogue.known(bids))
    return positioned(call, lambda after, count: [at for at in known if at > after][:count], write)


@answers("getBidsRecommendations")
def recommendations(call: Call) -> dict[str, Any]:
    """What bids the Market would set: three of them with what each gives, none for what isn't sold yet."""
    catalogue, bids = catalogue_of(call), call.world.part(Bids).of(BUSINESS)
    found = []
    for position in catalogue.known(call.sent("skus")):
        sku, number = catalogue.offer_id(position), catalogue.profile_number(position)
        least = LEAST_BID + number % 400
        found.append({"sku": sku, "bid": bids.get(sku, 0)})
        if catalogue.stages[position] == WITH_CARD:
            found[-1]["bid"] = bids.get(sku, least)
            found[-1]["bidRecommendations"] = [
                {"bid": min(least * step, MOST_BID), "showPercent": 30 * step, "benefits": list(BENEFITS[:step])}
                for step in (1, 2, 3)
            ]
    return {"status": "OK", "result": {"recommendations": found}}

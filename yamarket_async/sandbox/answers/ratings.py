"""The quality index of the stores."""

from datetime import date
from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.calls import Call, bad_request, forbidden
from yamarket_async.sandbox.moments import day, days_after
from yamarket_async.sandbox.pages import listed
from yamarket_async.sandbox.parts.ratings import Ratings

LONGEST = 30
"""Days back that the index is told for."""


@answers("getQualityRatings")
def ratings(call: Call) -> dict[str, Any]:
    """The index of stores, day by day."""
    ids, part = call.sent("campaignIds"), call.world.part(Ratings)
    foreign = [id_ for id_ in ids if id_ not in call.world.stores]
    if foreign:
        raise forbidden(f"No access to campaigns: '{', '.join(map(str, foreign))}'")
    first, last = _period(call)

    def of(campaign_id: int, when: date) -> dict[str, Any]:
        rates = part.rates(campaign_id, when)
        parts = [{"componentType": component, "value": rate} for component, rate in rates.items()]
        rating = max(round(100 - 2 * sum(rates.values())), 0)
        return {"rating": rating, "calculationDate": when.isoformat(), "components": parts}

    days = [days_after(first, number) for number in range((last - first).days + 1)]
    return listed(call, [{"campaignId": id_, "ratings": [of(id_, when) for when in days]} for id_ in ids])


def _period(call: Call) -> tuple[date, date]:
    today = day(call.now)
    last = date.fromisoformat(call.sent("dateTo") or today.isoformat())
    first = date.fromisoformat(call.sent("dateFrom") or last.isoformat())
    if not days_after(today, -LONGEST) <= first <= last <= today:
        raise bad_request(f"'dateFrom' and 'dateTo' must be within the last {LONGEST} days (rejected: {first}, {last})")
    return first, last


@answers("getQualityRatingDetails")
def details(call: Call) -> dict[str, Any]:
    """The orders that the index of a store suffers from."""
    affected = [
        {"orderId": one.order_id, "description": one.description, "componentType": one.component}
        for one in call.world.part(Ratings).affected(call.campaign_id)
    ]
    return {"status": "OK", "result": {"affectedOrders": affected}}

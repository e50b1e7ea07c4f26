"""What the calculation of tariffs must keep to beside the bounds of its fields."""

from collections.abc import Iterator
from typing import Any

from yamarket_async.endpoints import Broken

WEEKS = (0, 1, 2, 4)
"""The delays of payouts that the Market offers."""


def parameters(call: Any) -> Iterator[Broken]:
    """For a store or for a placement model, and with a payout that there is."""
    given = call.parameters
    if (given.campaign_id is None) == (given.selling_program is None):
        yield Broken("parameters", None, "give either campaignId or sellingProgram")
    weeks = given.payment_delay_weeks
    if weeks is None:
        return
    if weeks not in WEEKS:
        yield Broken("parameters.paymentDelayWeeks", weeks, f"must be one of {', '.join(map(str, WEEKS))}")
    elif weeks and given.frequency != "WEEKLY":
        yield Broken("parameters.paymentDelayWeeks", weeks, "needs the frequency WEEKLY")

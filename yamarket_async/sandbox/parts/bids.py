"""Bids for sales boosting: by SKU, also of products that aren't there yet."""

from yamarket_async.sandbox.parts.catalogue import Catalogue
from yamarket_async.sandbox.parts.products import BUSINESS
from yamarket_async.sandbox.world import World

LEAST_BID, MOST_BID = 50, 9_999
"""What a bid may be, in hundredths of a per cent of the price; 0 takes a product out."""


class Bids:
    """The bids that were set over the API.

    Attributes:
        running: whether the campaign runs, by campaignId, `BUSINESS` for the one of all stores.
    """

    HANDS = ("get", "stop")

    def __init__(self, world: World) -> None:
        self._world = world
        self._bids: dict[int, dict[str, int]] = {}
        self.running: dict[int, bool] = {}

    def of(self, place: int) -> dict[str, int]:
        """Give the bids of a store, or of all with `BUSINESS`."""
        return self._bids.setdefault(place, {})

    def write(self, place: int, bids: list[tuple[str, int]]) -> None:
        """Set bids; the campaign runs then."""
        self.running[place] = True
        for sku, bid in bids:
            if bid:
                self.of(place)[sku] = bid
            else:
                self.of(place).pop(sku, None)

    def charged(self, campaign_id: int, sku: str) -> int:
        """Tell the bid that a sale in a store costs: the store's own, or that for all stores, of campaigns that run."""
        bids = (self.of(place).get(sku, 0) for place in (campaign_id, BUSINESS) if self.running.get(place))
        return next(filter(None, bids), 0)

    # The hands of a test.

    def get(self, sku: str, *, campaign_id: int | None = None) -> int:
        """Tell the bid of a product; 0 where it has none.

        Args:
            sku: the SKU, also of a product that isn't there yet.
            campaign_id: the store; the bid for all stores where it is left out.
        """
        with self._world.lock:
            self._world.part(Catalogue).settle(self._world.now())
            return self.of(campaign_id or BUSINESS).get(sku, 0)

    def stop(self, *, campaign_id: int | None = None) -> None:
        """Switch the campaign off, as a seller does in the cabinet; the next bid that is set switches it on again.

        Args:
            campaign_id: the store; the campaign of all stores where it is left out.
        """
        with self._world.lock:
            self.running[campaign_id or BUSINESS] = False

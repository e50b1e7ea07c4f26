"""The quality index of the stores, and the orders that it suffers from."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

import msgspec

from yamarket_async.sandbox.world import World

Component = Literal[
    "DBS_CANCELLATION_RATE",
    "DBS_LATE_DELIVERY_RATE",
    "FBS_CANCELLATION_RATE",
    "FBS_LATE_SHIP_RATE",
    "FBY_LATE_DELIVERY_RATE",
    "FBY_CANCELLATION_RATE",
    "FBY_DELIVERY_DIFF_RATE",
    "FBY_LATE_EDITING_RATE",
]
COMPONENTS: Mapping[str, tuple[Component, ...]] = {
    "DBS": ("DBS_CANCELLATION_RATE", "DBS_LATE_DELIVERY_RATE"),
    "FBS": ("FBS_CANCELLATION_RATE", "FBS_LATE_SHIP_RATE"),
    "EXPRESS": ("FBS_CANCELLATION_RATE", "FBS_LATE_SHIP_RATE"),
    "FBY": (
        "FBY_LATE_DELIVERY_RATE",
        "FBY_CANCELLATION_RATE",
        "FBY_DELIVERY_DIFF_RATE",
        "FBY_LATE_EDITING_RATE",
    ),
    "LAAS": (),
}
"""What the index of a store is made of, by its model."""


class Affected(msgspec.Struct, frozen=True):
    """An order that the index suffers from."""

    order_id: int
    component: Component
    description: str


class Ratings:
    """The quality index of the stores."""

    HANDS = ("blame",)

    def __init__(self, world: World) -> None:
        self._world = world
        self._affected: dict[int, list[Affected]] = {}

    def rates(self, campaign_id: int, of: date) -> dict[Component, float]:
        """Tell the components of the index of a store on a day, in percent."""
        model = self._world.stores[campaign_id].model
        suffers = self.affected(campaign_id)
        return {
            component: round(
                self._world.random("rate", campaign_id, component, of).uniform(0, 3)
                + sum(one.component == component for one in suffers),
                2,
            )
            for component in COMPONENTS[model]
        }

    def affected(self, campaign_id: int) -> list[Affected]:
        """Tell the orders that the index of a store suffers from."""
        return self._affected.get(campaign_id, [])

    def blame(
        self, order_id: int, component: Component, *, campaign_id: int | None = None, description: str = ""
    ) -> None:
        """Let an order spoil the index of its store: the component becomes a percent worse.

        Args:
            order_id: the order.
            component: what it spoils, one that the store's model has.
            campaign_id: the store; the first where it is left out.
            description: what happened.

        Raises:
            ValueError: there is no such store, or the store's model has no such component.
        """
        with self._world.lock:
            campaign_id = min(self._world.stores) if campaign_id is None else campaign_id
            store = self._world.stores.get(campaign_id)
            if store is None or component not in COMPONENTS[store.model]:
                known = "none" if store is None else ", ".join(COMPONENTS[store.model])
                raise ValueError(f"component={component!r}: store {campaign_id} has {known}")
            said = description or "Заказ повлиял на индекс качества."
            self._affected.setdefault(campaign_id, []).append(Affected(order_id, component, said))

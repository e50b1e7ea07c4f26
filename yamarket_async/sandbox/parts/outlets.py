"""Outlets of the stores that deliver themselves, and their licenses."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec

from yamarket_async.sandbox.moments import DAY, HOUR
from yamarket_async.sandbox.world import World

SEEDED = 3
"""Outlets that a store has from the beginning."""

MODERATION = HOUR
"""Seconds that the Market takes to look at an outlet, or at a license."""

HOME = 213
"""The region of the stores: Moscow."""

_STREETS = ("Садовая", "Профсоюзная", "Льва Толстого")


class Outlet(msgspec.Struct):
    """An outlet.

    Attributes:
        id: its outletId.
        campaign_id: its store.
        sent: what was sent of it, as JSON has it.
        changed: when it was last sent, in epoch seconds.
        refusal: why the moderators refused it; "" where they didn't.
    """

    id: int
    campaign_id: int
    sent: Mapping[str, Any]
    changed: float
    refusal: str = ""

    def status(self, now: float) -> str:
        """Tell what the moderators say."""
        if self.refusal:
            return "FAILED"
        return "MODERATED" if now >= self.changed + MODERATION else "AT_MODERATION"


class License(msgspec.Struct):
    """A license of an outlet.

    Attributes:
        id: its id.
        campaign_id: its store.
        sent: what was sent of it, as JSON has it.
        changed: when it was last sent, in epoch seconds.
        refusal: why it did not pass; "" where it did.
    """

    id: int
    campaign_id: int
    sent: Mapping[str, Any]
    changed: float
    refusal: str = ""

    def status(self, now: float) -> Literal["NEW", "SUCCESS", "FAIL"]:
        """Tell what became of the check."""
        if self.refusal:
            return "FAIL"
        return "SUCCESS" if now >= self.changed + MODERATION else "NEW"


class Outlets:
    """The outlets of all stores."""

    HANDS = ("refuse", "refuse_license", "ids")

    def __init__(self, world: World) -> None:
        self._world = world
        self._outlets: dict[int, Outlet] = {}
        self._licenses: dict[int, License] = {}
        self._made = 0
        self._licenses_made = 0
        for store in world.stores.values():
            for number in range(SEEDED if store.model == "DBS" else 0):
                self.add(store.id, _first(number), changed=world.now() - 20 * DAY)

    def add(self, campaign_id: int, sent: Mapping[str, Any], *, changed: float | None = None) -> Outlet:
        """Add an outlet."""
        id_ = self._world.random("outlet", campaign_id, self._made).randrange(10**6, 10**7) * 1_000 + self._made % 1_000
        self._made += 1
        moment = self._world.now() if changed is None else changed
        outlet = self._outlets[id_] = Outlet(id_, campaign_id, dict(sent), moment)
        return outlet

    def of(self, campaign_id: int) -> Iterator[Outlet]:
        """Give the outlets of a store, by their ids."""
        found = (outlet for outlet in self._outlets.values() if outlet.campaign_id == campaign_id)
        return iter(sorted(found, key=lambda outlet: outlet.id))

    def find(self, campaign_id: int, outlet_id: int) -> Outlet | None:
        """Find an outlet of a store."""
        outlet = self._outlets.get(outlet_id)
        return outlet if outlet is not None and outlet.campaign_id == campaign_id else None

    def change(self, outlet: Outlet, sent: Mapping[str, Any]) -> None:
        """Change an outlet, which is looked at again then."""
        outlet.sent, outlet.changed, outlet.refusal = dict(sent), self._world.now(), ""

    def delete(self, outlet: Outlet) -> None:
        """Delete an outlet with its licenses."""
        del self._outlets[outlet.id]
        for license_ in self.licenses_of(outlet.campaign_id):
            if license_.sent["outletId"] == outlet.id:
                self.delete_license(license_)

    def licenses_of(self, campaign_id: int) -> list[License]:
        """Give the licenses of a store."""
        return [license_ for license_ in self._licenses.values() if license_.campaign_id == campaign_id]

    def license_of(self, campaign_id: int, license_id: int) -> License | None:
        """Find a license of a store."""
        license_ = self._licenses.get(license_id)
        return license_ if license_ is not None and license_.campaign_id == campaign_id else None

    def write_license(self, campaign_id: int, sent: Mapping[str, Any], license_: License | None) -> None:
        """Add a license, or change one, which is checked again then."""
        if license_ is None:
            # How many were ever made: a new one must not come by the id of one that is still there.
            number = self._licenses_made
            self._licenses_made += 1
            id_ = self._world.random("license", campaign_id, sent["number"], number).randrange(10**6, 10**9)
            license_ = self._licenses[id_] = License(id_, campaign_id, {}, 0)
        license_.sent, license_.changed, license_.refusal = dict(sent), self._world.now(), ""

    def delete_license(self, license_: License) -> None:
        """Delete a license."""
        del self._licenses[license_.id]

    def refuse(self, outlet_id: int, reason: str = "Адрес не найден.") -> None:
        """Let the moderators refuse an outlet.

        Args:
            outlet_id: the outlet.
            reason: why.

        Raises:
            LookupError: there is no such outlet.
        """
        with self._world.lock:
            if outlet_id not in self._outlets:
                raise LookupError(f"outlet_id={outlet_id}: there is no such outlet")
            self._outlets[outlet_id].refusal = reason

    def refuse_license(self, license_id: int, reason: str = "Номер не найден в реестре.") -> None:
        """Let a license not pass its check.

        Args:
            license_id: the license.
            reason: why.

        Raises:
            LookupError: there is no such license.
        """
        with self._world.lock:
            if license_id not in self._licenses:
                raise LookupError(f"license_id={license_id}: there is no such license")
            self._licenses[license_id].refusal = reason

    def ids(self, campaign_id: int) -> list[int]:
        """Tell the ids of the outlets of a store."""
        with self._world.lock:
            return [outlet.id for outlet in self.of(campaign_id)]


def _first(number: int) -> dict[str, Any]:
    """Make an outlet that is there from the beginning."""
    return {
        "name": f"Пункт выдачи № {number + 1}",
        "type": "DEPOT",
        "coords": f"37.{588144 + number}, 55.{733842 + number}",
        "isMain": number == 0,
        "shopOutletCode": f"outlet-{number + 1}",
        "visibility": "VISIBLE",
        "address": {"regionId": HOME, "street": _STREETS[number % len(_STREETS)], "number": str(number + 1)},
        "phones": ["+7 (999) 999-99-99"],
        "workingSchedule": {
            "workInHoliday": True,
            "scheduleItems": [{"startDay": "MONDAY", "endDay": "SUNDAY", "startTime": "09:00", "endTime": "21:00"}],
        },
        "deliveryRules": [{"minDeliveryDays": 0, "maxDeliveryDays": 2, "orderBefore": 18}],
        "storagePeriod": 7,
    }

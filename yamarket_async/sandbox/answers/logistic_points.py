"""Pick-up points of the Market, to which orders of other shops are delivered."""

from typing import Any, NamedTuple

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.calls import Call
from yamarket_async.sandbox.pages import paged
from yamarket_async.sandbox.parts.regions import regions

POINTS = 600
"""How many there are: more than two pages."""

_WEEK = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_STREETS = ("Садовая", "Профсоюзная", "Льва Толстого", "Мира", "Ленина")


class Point(NamedTuple):
    """A pick-up point: which it is, and its id."""

    number: int
    id: int


def points(seed: int) -> list[Point]:
    """Give the pick-up points, in the order of their ids."""
    return [Point(number, 10_000_000_000 + seed % 1_000 * 10_000 + number) for number in range(POINTS)]


@answers("getLogisticPoints", reality="reflected")
def logistic_points(call: Call) -> dict[str, Any]:
    """The pick-up points."""
    cities = sorted(region.id for region in regions().values() if region.type == "CITY")

    def write(point: Point) -> dict[str, Any]:
        random = call.world.random("point", point.id)
        city = regions()[random.choice(cities)]
        street, house = random.choice(_STREETS), str(random.randint(1, 120))
        gps = {"latitude": round(random.uniform(43, 60), 6), "longitude": round(random.uniform(30, 83), 6)}
        address = {
            "fullAddress": f"{city.name}, ул. {street}, д. {house}",
            "gps": gps,
            "regionId": city.id,
            "city": city.name,
            "street": street,
            "house": house,
        }
        hours = {"startTime": "09:00", "endTime": "21:00"}
        sizes = {"weight": 25_000, "height": 150, "width": 150, "length": 150, "dimensionsSum": 300}
        return {
            "logisticPointId": point.id,
            "brand": "MARKET",
            "address": address,
            "workingSchedule": {"schedule": [{"day": day, **hours} for day in _WEEK]},
            "deliveryRestrictions": {"dimensionsRestrictions": sizes},
            "features": ["RETURN_ALLOWED"],
            # The description requires it without saying what it is.
            "paymentTypes": [],
            "storagePeriod": random.choice((7, 14)),
        }

    return paged(call, points(call.world.seed), key=lambda point: point.number, write=write)

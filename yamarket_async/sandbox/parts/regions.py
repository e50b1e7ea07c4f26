"""The regions that the pretend Market knows, as a tree from the Earth to towns, and the codes of countries."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

_REGIONS = (
    (10_000, "Земля", "OTHER", None),
    (10_001, "Евразия", "CONTINENT", 10_000),
    (225, "Россия", "COUNTRY", 10_001),
    (149, "Беларусь", "COUNTRY", 10_001),
    (159, "Казахстан", "COUNTRY", 10_001),
    (171, "Узбекистан", "COUNTRY", 10_001),
    (3, "Центральный федеральный округ", "COUNTRY_DISTRICT", 225),
    (17, "Северо-Западный федеральный округ", "COUNTRY_DISTRICT", 225),
    (40, "Приволжский федеральный округ", "COUNTRY_DISTRICT", 225),
    (26, "Южный федеральный округ", "COUNTRY_DISTRICT", 225),
    (52, "Уральский федеральный округ", "COUNTRY_DISTRICT", 225),
    (59, "Сибирский федеральный округ", "COUNTRY_DISTRICT", 225),
    (1, "Москва и Московская область", "REPUBLIC", 3),
    (213, "Москва", "CITY", 1),
    (10_716, "Балашиха", "CITY", 1),
    (10_758, "Химки", "CITY", 1),
    (216, "Зеленоград", "CITY_DISTRICT", 213),
    (10_832, "Тульская область", "REPUBLIC", 3),
    (15, "Тула", "CITY", 10_832),
    (10_819, "Тверская область", "REPUBLIC", 3),
    (14, "Тверь", "CITY", 10_819),
    (10_174, "Санкт-Петербург и Ленинградская область", "REPUBLIC", 17),
    (2, "Санкт-Петербург", "CITY", 10_174),
    (11_119, "Республика Татарстан", "REPUBLIC", 40),
    (43, "Казань", "CITY", 11_119),
    (236, "Набережные Челны", "CITY", 11_119),
    (11_029, "Ростовская область", "REPUBLIC", 26),
    (39, "Ростов-на-Дону", "CITY", 11_029),
    (11_162, "Свердловская область", "REPUBLIC", 52),
    (54, "Екатеринбург", "CITY", 11_162),
    (11_316, "Новосибирская область", "REPUBLIC", 59),
    (65, "Новосибирск", "CITY", 11_316),
    (157, "Минск", "CITY", 149),
    (162, "Алматы", "CITY", 159),
    (10_335, "Ташкент", "CITY", 171),
)

COUNTRY_CODES = {225: "RU", 149: "BY", 159: "KZ", 171: "UZ"}
"""The codes of the countries by ISO 3166-1."""


class Region(NamedTuple):
    """A region: its number, name and type, and the one that it belongs to; None for the Earth."""

    id: int
    name: str
    type: str
    parent: int | None

    def json(self) -> dict[str, Any]:
        """Write it as `RegionDTO`, with all that it belongs to."""
        written: dict[str, Any] = {"id": self.id, "name": self.name, "type": self.type}
        return written if self.parent is None else written | {"parent": regions()[self.parent].json()}


@cache
def regions() -> Mapping[int, Region]:
    """Give all regions by their numbers."""
    return {row[0]: Region(*row) for row in _REGIONS}


def children_of(region_id: int) -> list[Region]:
    """Give the regions right below one, in the order of their numbers."""
    return sorted(region for region in regions().values() if region.parent == region_id)

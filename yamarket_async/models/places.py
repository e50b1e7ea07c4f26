"""Regions and coordinates."""

from decimal import Decimal

from yamarket_async.models.base import Model, OpenEnum


class Gps(Model, kw_only=True, frozen=True):
    """Coordinates.

    Attributes:
        latitude: degrees of latitude.
        longitude: degrees of longitude.
    """

    latitude: Decimal
    longitude: Decimal


class RegionType(OpenEnum):
    """The type of a region."""

    OTHER = "OTHER"
    """Unknown."""
    CONTINENT = "CONTINENT"
    """A continent."""
    REGION = "REGION"
    """A region."""
    COUNTRY = "COUNTRY"
    """A country."""
    COUNTRY_DISTRICT = "COUNTRY_DISTRICT"
    """An area of a country."""
    REPUBLIC = "REPUBLIC"
    """A constituent of the federation."""
    CITY = "CITY"
    """A large city."""
    VILLAGE = "VILLAGE"
    """A town."""
    CITY_DISTRICT = "CITY_DISTRICT"
    """A district of a city."""
    SUBWAY_STATION = "SUBWAY_STATION"
    """An underground station."""
    REPUBLIC_AREA = "REPUBLIC_AREA"
    """A district of a constituent of the federation."""


class Region(Model, kw_only=True, frozen=True):
    """A region, with those around it.

    Attributes:
        id: the id of the region.
        name: its name.
        type: what kind of region it is.
        parent: the region around it; so on up to the country.
    """

    id: int
    name: str
    type: RegionType
    parent: "Region | None" = None

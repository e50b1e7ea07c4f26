"""The structs of regions."""

from typing import Annotated

from yamarket_async.models.answers import ApiResponse, FlippingPager, ForwardScrollingPager
from yamarket_async.models.base import Model
from yamarket_async.models.bounds import Bounds, Outdated
from yamarket_async.models.places import Region


class Country(Model, kw_only=True, frozen=True):
    """A country and its code.

    Attributes:
        region: the country as a region.
        country_code: its two capital letters (ISO 3166-1 alpha-2).
    """

    region: Region
    country_code: Annotated[str, Bounds(min_length=2, max_length=2, pattern=r"^[A-Z]{2}$")]


class RegionByIdResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of searchRegionsById.

    Attributes:
        regions: always a list of that one region; it was to be switched off on 19 October 2026, use `region`.
        region: the region, with its parents.
    """

    regions: Annotated[Annotated[list[Region], Bounds(min_length=1, max_length=1)], Outdated("region")] | None = None
    region: Region


class RegionWithChildren(Region, kw_only=True, frozen=True):
    """A region and those directly in it.

    Attributes:
        children: the regions in it; None where there are none.
    """

    children: Annotated[list[Region], Bounds(min_length=1)] | None = None


class RegionWithChildrenResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of searchRegionChildren.

    Attributes:
        pager: where the page lies, for the older paging by number.
        paging: the way to the next page.
        regions: the region and a page of its children.
    """

    pager: FlippingPager | None = None
    paging: ForwardScrollingPager | None = None
    regions: RegionWithChildren | None = None


class RegionsCodesResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getRegionsCodes.

    Attributes:
        countries: the countries.
    """

    countries: list[Country]


class RegionsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of searchRegionsByName.

    Attributes:
        regions: the regions of that name.
        paging: the way to the next page.
    """

    regions: list[Region]
    paging: ForwardScrollingPager | None = None

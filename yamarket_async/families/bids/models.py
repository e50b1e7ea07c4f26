"""The structs of bids."""

from decimal import Decimal
from typing import Annotated

from yamarket_async.models.answers import ApiResponse, ForwardScrollingPager
from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Bounds, Id, Int32, Outdated, Sku


class BenefitType(OpenEnum):
    """An extra that a recommended bid brings."""

    BESTS = "BESTS"
    """A place in the promotion “Bestsellers of the Market”."""
    SPLIT_0_0_4 = "SPLIT_0_0_4"
    """Payment in parts over 4 months."""
    SPLIT_0_0_6 = "SPLIT_0_0_6"
    """Payment in parts over 6 months."""
    SPLIT_0_0_12 = "SPLIT_0_0_12"
    """Payment in parts over 12 months."""
    MARKET_SUBSIDY_1_4 = "MARKET_SUBSIDY_1_4"
    """A discount of 1 to 4 % at the Market's expense."""
    MARKET_SUBSIDY_5_9 = "MARKET_SUBSIDY_5_9"
    """A discount of 5 to 9 % at the Market's expense."""
    MARKET_SUBSIDY_10 = "MARKET_SUBSIDY_10"
    """A discount of 10 % or more at the Market's expense."""


class BidRecommendationItem(Model, kw_only=True, frozen=True):
    """A recommended bid for a product, and what it brings.

    Attributes:
        bid: hundredths of a per cent of the price, 50 to 9,999 (500 is 5 %).
        show_percent: the share of shows, 0 to 100 %.
        benefits: extras that come with this bid or a higher one.
    """

    bid: Annotated[Int32, Bounds(ge=0, le=9999)]
    show_percent: Annotated[int, Bounds(ge=0, le=100)]
    benefits: Annotated[list[BenefitType], Bounds(min_length=1, unique=True)] | None = None


class BidsInfoRequest(Model, kw_only=True, frozen=True):
    """What getBidsInfoForBusiness takes.

    Attributes:
        skus: these SKUs, any number, of 1 to 255 characters; they are asked for in batches of 500, each of which comes
            on one page, whatever page size or token is sent; products without a bid don't come. None for all products
            with a bid.
    """

    skus: Annotated[list[Sku], Bounds(min_length=1, max_length=500, unique=True)] | None = None


class SkuBidItem(Model, kw_only=True, frozen=True):
    """A product and its bid.

    Attributes:
        sku: the SKU, 1 to 255 characters.
        bid: hundredths of a per cent of the price, 50 to 9,999 (500 is 5 %); 0 takes the product out of the boost.
    """

    sku: Sku
    bid: Annotated[Int32, Bounds(ge=0, le=9999)]


class BidsInfoResult(Model, kw_only=True, frozen=True):
    """A page of products with their bids.

    Attributes:
        bids: the products with their bids.
        paging: the way to the next page.
    """

    bids: list[SkuBidItem]
    paging: ForwardScrollingPager | None = None


class BidsInfoResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getBidsInfoForBusiness.

    Attributes:
        result: what was asked for.
    """

    result: BidsInfoResult | None = None


class BidsRecommendationsRequest(Model, kw_only=True, frozen=True):
    """What getBidsRecommendations takes.

    Attributes:
        skus: the SKUs, any number, of 1 to 255 characters; they are asked for in batches of 1,500.
    """

    skus: Annotated[list[Sku], Bounds(min_length=1, max_length=1500, unique=True)]


class PriceRecommendationItem(Model, kw_only=True, frozen=True):
    """A recommended price of a product in a store.

    Attributes:
        campaign_id: the store.
        price: the price up to which the boost works well, 1 or more.
    """

    campaign_id: Id
    price: Annotated[Decimal, Bounds(ge=1)]


class SkuBidRecommendationItem(Model, kw_only=True, frozen=True):
    """A product with recommended bids.

    Attributes:
        sku: the SKU.
        bid: a recommended bid, hundredths of a per cent of the price, 50 to 9,999; to be ignored where
            `bid_recommendations` has items.
        bid_recommendations: recommended bids, each with its share of shows and extras; the higher, the more of both.
        price_recommendations: recommended prices (deprecated, shut down on 2026-10-12).
    """

    sku: Sku
    bid: Annotated[Int32, Bounds(ge=0, le=9999)]
    bid_recommendations: Annotated[list[BidRecommendationItem], Bounds(min_length=1)] | None = None
    price_recommendations: (
        Annotated[Annotated[list[PriceRecommendationItem], Bounds(min_length=1)], Outdated()] | None
    ) = None


class BidsRecommendationsResult(Model, kw_only=True, frozen=True):
    """Products with recommended bids.

    Attributes:
        recommendations: the products.
    """

    recommendations: list[SkuBidRecommendationItem]


class BidsRecommendationsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getBidsRecommendations.

    Attributes:
        result: what was asked for.
    """

    result: BidsRecommendationsResult | None = None


class PutSkuBidsRequest(Model, kw_only=True, frozen=True):
    """What putBidsForBusiness and putBidsForCampaign take.

    Attributes:
        bids: the products with their bids, any number; up to 1,500 go into a request.
    """

    bids: Annotated[list[SkuBidItem], Bounds(min_length=1, max_length=1500)]

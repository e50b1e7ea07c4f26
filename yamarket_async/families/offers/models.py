"""The structs of offers."""

from typing import Annotated

from yamarket_async.models.answers import ApiResponse, ForwardScrollingPager
from yamarket_async.models.base import Model, Moment, OpenEnum
from yamarket_async.models.bounds import Bounds, Int32, Outdated, Sku
from yamarket_async.models.prices import BasePrice, OfferPriceValue, PriceWithDiscount
from yamarket_async.models.products import OfferCampaignStatusType, OfferError


class BaseCampaignOffer(Model, kw_only=True, frozen=True):
    """A product in a store: what requests and answers have in common.

    Attributes:
        offer_id: the SKU, 1 to 255 characters; spaces at its ends are dropped.
        available: whether it is on sale (deprecated, shut down on 2026-10-19; see `get_hidden_offers`).
    """

    offer_id: Sku
    available: Annotated[bool, Outdated()] | None = None


class DeleteCampaignOffers(Model, kw_only=True, frozen=True):
    """The products that were not deleted.

    Attributes:
        not_deleted_offer_ids: SKUs that are not in the store, or lie in a warehouse of the Market.
    """

    not_deleted_offer_ids: Annotated[list[Sku], Bounds(min_length=1, unique=True)] | None = None


class DeleteCampaignOffersRequest(Model, kw_only=True, frozen=True):
    """What deleteCampaignOffers takes.

    Attributes:
        offer_ids: SKUs of 1 to 255 characters, any number; up to 500 go into a request. Repeats are dropped.
    """

    offer_ids: Annotated[list[Sku], Bounds(min_length=1, max_length=500, unique=True)]


class DeleteCampaignOffersResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of deleteCampaignOffers.

    Attributes:
        result: what was asked for.
    """

    result: DeleteCampaignOffers | None = None


class PriceWithVat(OfferPriceValue, kw_only=True, frozen=True):
    """The price of a product in one store.

    Attributes:
        updated_at: when it was last set.
    """

    updated_at: Moment


class CampaignOffer(BaseCampaignOffer, kw_only=True, frozen=True):
    """How a product is placed in a store.

    Attributes:
        basic_price: its price for all stores.
        campaign_price: its price in this store, where it has one of its own.
        status: its status in this store.
        errors: what keeps it off the showcase.
        warnings: what is wrong and doesn't keep it off.
    """

    basic_price: PriceWithDiscount | None = None
    campaign_price: PriceWithVat | None = None
    status: OfferCampaignStatusType | None = None
    errors: Annotated[list[OfferError], Bounds(min_length=1)] | None = None
    warnings: Annotated[list[OfferError], Bounds(min_length=1)] | None = None


class CampaignOffersRequest(Model, kw_only=True, frozen=True):
    """What getCampaignOffers takes: either `offer_ids` or the other filters; the Market refuses both together.

    Attributes:
        offer_ids: these SKUs, any number, of 1 to 255 characters; they are asked for in batches of 200, and SKUs that
            are not in the store don't come. Not together with another filter or a page token, since the Market returns
            such a list whole.
        statuses: only products of these `OfferCampaignStatusType`s, at least one.
        category_ids: only products of these categories of the Market, at least one, each 1 or more.
        vendor_names: only products of these brands, at least one.
        tags: only products with one of these tags, at least one.
    """

    offer_ids: Annotated[list[Sku], Bounds(min_length=1, max_length=200, unique=True)] | None = None
    statuses: Annotated[list[OfferCampaignStatusType], Bounds(min_length=1, unique=True)] | None = None
    category_ids: Annotated[list[Annotated[Int32, Bounds(gt=0)]], Bounds(min_length=1, unique=True)] | None = None
    vendor_names: Annotated[list[str], Bounds(min_length=1, unique=True)] | None = None
    tags: Annotated[list[str], Bounds(min_length=1, unique=True)] | None = None


class CampaignOffersResult(Model, kw_only=True, frozen=True):
    """A page of the products of a store.

    Attributes:
        paging: the way to the next page.
        offers: the products.
    """

    paging: ForwardScrollingPager | None = None
    offers: list[CampaignOffer]


class CampaignOffersResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getCampaignOffers.

    Attributes:
        result: what was asked for.
    """

    result: CampaignOffersResult | None = None


class PriceCompetitivenessType(OpenEnum):
    """How attractive the price of a product is."""

    OPTIMAL = "OPTIMAL"
    """Attractive."""
    AVERAGE = "AVERAGE"
    """Moderate."""
    LOW = "LOW"
    """Not attractive."""


class OfferRecommendationsRequest(Model, kw_only=True, frozen=True):
    """What getOfferRecommendations takes.

    Attributes:
        offer_ids: these SKUs, any number, of 1 to 255 characters; they are asked for in batches of 200. Not together
            with `competitiveness_filter` or a page token.
        competitiveness_filter: only products with prices of this attractiveness; None for all.
    """

    offer_ids: Annotated[list[Sku], Bounds(min_length=1, max_length=200, unique=True)] | None = None
    competitiveness_filter: PriceCompetitivenessType | None = None


class OfferForRecommendation(Model, kw_only=True, frozen=True):
    """A product and the state of its price.

    Attributes:
        offer_id: the SKU.
        price: its price in the catalogue, for all stores.
        competitiveness: how attractive the price is.
        shows: times that its card was shown in the last 7 days.
    """

    offer_id: Sku | None = None
    price: BasePrice | None = None
    competitiveness: PriceCompetitivenessType | None = None
    shows: int | None = None


class PriceCompetitivenessThresholds(Model, kw_only=True, frozen=True):
    """The highest prices of each attractiveness.

    Attributes:
        optimal_price: the highest attractive price.
        average_price: the highest moderate price; above it a price is not attractive.
    """

    optimal_price: BasePrice | None = None
    average_price: BasePrice | None = None


class OfferRecommendationInfo(Model, kw_only=True, frozen=True):
    """What is recommended for a product.

    Attributes:
        offer_id: the SKU.
        competitiveness_thresholds: up to which prices it is attractive or moderate.
    """

    offer_id: Sku | None = None
    competitiveness_thresholds: PriceCompetitivenessThresholds | None = None


class OfferRecommendation(Model, kw_only=True, frozen=True):
    """The state of a product's price, and what is recommended for it.

    Attributes:
        offer: the product and the state of its price.
        recommendation: what is recommended.
    """

    offer: OfferForRecommendation | None = None
    recommendation: OfferRecommendationInfo | None = None


class OfferRecommendationsResult(Model, kw_only=True, frozen=True):
    """A page of products with recommendations.

    Attributes:
        paging: the way to the next page.
        offer_recommendations: the products.
    """

    paging: ForwardScrollingPager | None = None
    offer_recommendations: list[OfferRecommendation]


class OfferRecommendationsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getOfferRecommendations.

    Attributes:
        result: what was asked for.
    """

    result: OfferRecommendationsResult | None = None


class UpdateCampaignOffer(BaseCampaignOffer, kw_only=True, frozen=True):
    """How a product is to be placed in a store.

    Attributes:
        vat: the id of the VAT: 2 is 10 %, 5 is 0 % (exports), 6 is free of VAT (some services), 10 is 5 % and 11 is 7 %
            (simplified taxation), 14 is 22 % (the standard rate from 2026 on); 7 (20 %) has been refused since
            2026-07-01. None takes the rate set in the account. Not for sellers of Market Yandex Go.
    """

    vat: Int32 | None = None


class UpdateCampaignOffersRequest(Model, kw_only=True, frozen=True):
    """What updateCampaignOffers takes.

    Attributes:
        offers: the products with their VAT, any number; up to 500 go into a request.
    """

    offers: Annotated[list[UpdateCampaignOffer], Bounds(min_length=1, max_length=500)]

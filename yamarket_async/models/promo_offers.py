"""The structs of getPromoOffers: products that take part in a promotion or could."""

from decimal import Decimal

from yamarket_async.models.answers import ApiResponse, ScrollingPager
from yamarket_async.models.base import Model, OpenEnum


class PromoOfferParticipationStatusType(OpenEnum):
    """How a product takes part in a promotion."""

    AUTO = "AUTO"
    """Added automatically in all stores of the cabinet where it can be bought."""
    PARTIALLY_AUTO = "PARTIALLY_AUTO"
    """Added automatically in some stores."""
    MANUAL = "MANUAL"
    """Added by hand."""
    NOT_PARTICIPATING = "NOT_PARTICIPATING"
    """Takes no part."""
    RENEWED = "RENEWED"
    """Moved over from the previous “Bestsellers of the Market” promotion; only in these promotions."""
    RENEW_FAILED = "RENEW_FAILED"
    """Could not be moved over from the previous “Bestsellers of the Market”; only in these promotions."""
    MINIMUM_FOR_PROMOS = "MINIMUM_FOR_PROMOS"
    """Takes part at the minimum price set for promotions, equal to the threshold; only in “Bestsellers”."""


class PromoOfferParticipationStatusMultiFilterType(OpenEnum):
    """The filter of getPromoOffers, of which several values can be set."""

    MANUALLY_ADDED = "MANUALLY_ADDED"
    RENEWED = "RENEWED"
    RENEW_FAILED = "RENEW_FAILED"
    NOT_MANUALLY_ADDED = "NOT_MANUALLY_ADDED"
    MINIMUM_FOR_PROMOS = "MINIMUM_FOR_PROMOS"


class PromoOfferParticipationStatusFilterType(OpenEnum):
    """The older filter of getPromoOffers."""

    MANUALLY_ADDED = "MANUALLY_ADDED"
    """Added by hand."""
    NOT_MANUALLY_ADDED = "NOT_MANUALLY_ADDED"
    """Takes no part, or was added automatically."""


class PromoOfferDiscountParams(Model, kw_only=True, frozen=True):
    """Prices of a product in a promotion of the types DIRECT_DISCOUNT and BLUE_FLASH, in roubles.

    Attributes:
        price: the price before the promotion, shown crossed out; only for products that take part.
        promo_price: the price in the promotion; only for products that take part.
        max_promo_price: the highest price at which the product may take part; for all products.
    """

    price: Decimal | None = None
    promo_price: Decimal | None = None
    max_promo_price: Decimal | None = None


class PromoOfferParams(Model, kw_only=True, frozen=True):
    """What a promotion of its type says of a product.

    Attributes:
        discount_params: the prices, in a promotion with a discount.
    """

    discount_params: PromoOfferDiscountParams | None = None


class PromoOfferAutoParticipatingDetails(Model, kw_only=True, frozen=True):
    """Where a product was added automatically.

    Attributes:
        campaign_ids: the stores; sent with the status PARTIALLY_AUTO.
    """

    campaign_ids: list[int] | None = None


class PromoOffer(Model, kw_only=True, frozen=True):
    """A product that takes part in a promotion or could (`GetPromoOfferDTO`).

    Attributes:
        offer_id: the SKU.
        status: how it takes part.
        params: what the promotion says of it.
        auto_participating_details: where it was added automatically.
    """

    offer_id: str
    status: PromoOfferParticipationStatusType
    params: PromoOfferParams
    auto_participating_details: PromoOfferAutoParticipatingDetails | None = None


class PromoOffersResult(Model, kw_only=True, frozen=True):
    """A page of a promotion's products (`GetPromoOffersResultDTO`)."""

    offers: list[PromoOffer]
    paging: ScrollingPager | None = None


class PromoOffersResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getPromoOffers."""

    result: PromoOffersResult

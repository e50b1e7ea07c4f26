"""The structs of promotions."""

from typing import Annotated

from yamarket_async.models.answers import ApiResponse, ForwardScrollingPager
from yamarket_async.models.base import Model, Moment, OpenEnum
from yamarket_async.models.bounds import Bounds, Id, Int32, Sku


class ChannelType(OpenEnum):
    """A channel in which the Market advertises the products of a promotion."""

    PUSH = "PUSH"
    """A push notification of the Market's app."""
    STRETCH_MAIN = "STRETCH_MAIN"
    """The banner across the top of the Market's main page."""
    MAIN_PAGE_CAROUSEL = "MAIN_PAGE_CAROUSEL"
    """The carousel of promotions on the main page."""
    PRODUCT_RETAIL_PAGE = "PRODUCT_RETAIL_PAGE"
    """The product on the page of a shopping occasion."""
    MAIN_PAGE_CAROUSEL_WEB = "MAIN_PAGE_CAROUSEL_WEB"
    """The carousel of promotions on the main page of the website."""
    PRODUCT_SEPARATE_LANDING = "PRODUCT_SEPARATE_LANDING"
    """The product on the promotion's own page."""
    SUPER_SHELF_CATEGORY = "SUPER_SHELF_CATEGORY"
    """A shelf in the categories."""
    CAROUSEL_RETAIL_PAGE = "CAROUSEL_RETAIL_PAGE"
    """The carousel on the page of a shopping occasion."""
    POPUP_APPLICATION = "POPUP_APPLICATION"
    """A pop-up window in the Market's app."""
    POST_TELEGRAM = "POST_TELEGRAM"
    """A post in the Market's Telegram channel."""
    CPA = "CPA"
    """Advertising in the Market's partner network."""
    WEB_PERFORMANCE_DIRECT = "WEB_PERFORMANCE_DIRECT"
    """Advertising in Yandex Direct."""
    APP_PERFORMANCE = "APP_PERFORMANCE"
    """Advertising in AppStore and Google Play."""
    BANNER_PICKUP_POINT = "BANNER_PICKUP_POINT"
    """A banner in the Market's pickup points."""
    BLOGGER_PERFORMANCE = "BLOGGER_PERFORMANCE"
    """Advertising with bloggers."""
    DIGITAL_CHANNEL_BANNER = "DIGITAL_CHANNEL_BANNER"
    """A banner in digital channels and the social networks VK and Odnoklassniki."""
    YANDEX_ECOSYSTEM_CHANNELS = "YANDEX_ECOSYSTEM_CHANNELS"
    """Advertising in other services of Yandex: Go, Delivery, Eda."""
    PARTNERS_MAIN_BANNER = "PARTNERS_MAIN_BANNER"
    """A banner on the main pages of mail.ru, auto.ru and ya.ru."""
    OTHER = "OTHER"
    """Another channel."""


class DeletePromoOffersRequest(Model, kw_only=True, frozen=True):
    """What deletePromoOffers takes: either `offer_ids` or `delete_all_offers`.

    Attributes:
        promo_id: the promotion: its `id` in `get_promos`.
        delete_all_offers: True to take out all products and leave the promotion; not together with `offer_ids`.
        offer_ids: the SKUs to take out, of 1 to 255 characters, any number; up to 500 go into a request. Repeats are
            dropped.
    """

    promo_id: str
    delete_all_offers: bool | None = None
    offer_ids: Annotated[list[Sku], Bounds(min_length=1, max_length=500, unique=True)] | None = None


class RejectedPromoOfferDeleteReasonType(OpenEnum):
    """Why a product was not taken out of a promotion."""

    OFFER_DOES_NOT_EXIST = "OFFER_DOES_NOT_EXIST"
    """The cabinet has no product with this SKU."""


class RejectedPromoOfferDelete(Model, kw_only=True, frozen=True):
    """A product that was not taken out of a promotion.

    Attributes:
        offer_id: the SKU.
        reason: why not.
    """

    offer_id: Sku
    reason: RejectedPromoOfferDeleteReasonType


class DeletePromoOffersResult(Model, kw_only=True, frozen=True):
    """What came of taking products out; only where they were named in `offer_ids`.

    Attributes:
        rejected_offers: the products that were not taken out, if there are any.
    """

    rejected_offers: Annotated[list[RejectedPromoOfferDelete], Bounds(min_length=1)] | None = None


class DeletePromoOffersResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of deletePromoOffers.

    Attributes:
        result: what was asked for.
    """

    result: DeletePromoOffersResult | None = None


class PromoAssortmentInfo(Model, kw_only=True, frozen=True):
    """The products of a promotion in figures.

    Attributes:
        active_offers: products that take part or took part, without those added automatically.
        potential_offers: products that may take part; only for promotions that run or are to come.
        processing: whether changes of the products have not taken effect yet; only for promotions that run or are to
            come.
    """

    active_offers: Int32
    potential_offers: Int32 | None = None
    processing: bool | None = None


class PromoBestsellerInfo(Model, kw_only=True, frozen=True):
    """What a promotion says as one of the “Bestsellers of the Market”.

    Attributes:
        bestseller: whether it is one of them.
        entry_deadline: until when products can be added; only for those that run or are to come.
        renewal_enabled: whether products move on to the next such promotion automatically; only for those that run or
            are to come.
    """

    bestseller: bool
    entry_deadline: Moment | None = None
    renewal_enabled: bool | None = None


class PromoConstraints(Model, kw_only=True, frozen=True):
    """What a promotion is limited to.

    Attributes:
        warehouse_ids: the warehouses whose products are sold at its price; only where it is limited to some.
    """

    warehouse_ids: Annotated[list[int], Bounds(min_length=1, unique=True)] | None = None


class PromoPromocodeInfo(Model, kw_only=True, frozen=True):
    """The promo code of a promotion of the type MARKET_PROMOCODE.

    Attributes:
        promocode: the code that buyers enter.
        discount: the discount that it gives, in per cent.
    """

    promocode: str
    discount: Int32


class MechanicsType(OpenEnum):
    """The type of a promotion."""

    DIRECT_DISCOUNT = "DIRECT_DISCOUNT"
    """A direct discount."""
    BLUE_FLASH = "BLUE_FLASH"
    """A flash promotion."""
    MARKET_PROMOCODE = "MARKET_PROMOCODE"
    """A discount by a promo code."""


class PromoMechanicsInfo(Model, kw_only=True, frozen=True):
    """The type of a promotion, and what belongs to it.

    Attributes:
        type: the type.
        promocode_info: the promo code; only for the type MARKET_PROMOCODE.
    """

    type: MechanicsType
    promocode_info: PromoPromocodeInfo | None = None


class PromoPeriod(Model, kw_only=True, frozen=True):
    """When a promotion runs.

    Attributes:
        date_time_from: when it begins.
        date_time_to: when it ends.
    """

    date_time_from: Moment
    date_time_to: Moment


class Promo(Model, kw_only=True, frozen=True):
    """A promotion of the Market.

    Attributes:
        id: its id, the `promo_id` of the other methods.
        name: its name.
        period: when it runs.
        participating: whether the seller takes part by products added by hand; products added automatically don't
            count. Always True for promotions that have ended.
        assortment_info: its products in figures.
        mechanics_info: its type.
        bestseller_info: whether it is one of the “Bestsellers of the Market”.
        channels: where the Market advertises its products.
        constraints: what it is limited to.
    """

    id: str
    name: str
    period: PromoPeriod
    participating: bool
    assortment_info: PromoAssortmentInfo
    mechanics_info: PromoMechanicsInfo
    bestseller_info: PromoBestsellerInfo
    channels: Annotated[list[ChannelType], Bounds(min_length=1, unique=True)] | None = None
    constraints: PromoConstraints | None = None


class PromoOfferAutoParticipatingDetails(Model, kw_only=True, frozen=True):
    """Where a product takes part automatically.

    Why not in other stores is told in the account, on the page of the promotion.

    Attributes:
        campaign_ids: the stores in which it was added automatically; only for the status PARTIALLY_AUTO.
    """

    campaign_ids: Annotated[list[Id], Bounds(min_length=1, unique=True)] | None = None


class PromoOfferDiscountParams(Model, kw_only=True, frozen=True):
    """Prices of a product in a promotion of the types DIRECT_DISCOUNT and BLUE_FLASH, in whole roubles.

    Attributes:
        price: the price before the promotion, shown crossed out; only for products that take part.
        promo_price: the price in the promotion; only for products that take part.
        max_promo_price: the highest price at which the product may take part; None where there is no limit.
    """

    price: int | None = None
    promo_price: int | None = None
    max_promo_price: int | None = None


class PromoOfferParams(Model, kw_only=True, frozen=True):
    """What a promotion of its type says of a product.

    Attributes:
        discount_params: the prices, in a promotion of the types DIRECT_DISCOUNT and BLUE_FLASH.
    """

    discount_params: PromoOfferDiscountParams | None = None


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
    """Moved over from the previous “Bestsellers of the Market”; only in these promotions."""
    RENEW_FAILED = "RENEW_FAILED"
    """Could not be moved over from the previous “Bestsellers of the Market”; only in these promotions."""
    MINIMUM_FOR_PROMOS = "MINIMUM_FOR_PROMOS"
    """Takes part at `max_promo_price`, since its minimum price for promotions allows that; only in “Bestsellers of the
    Market”.
    """


class PromoOffer(Model, kw_only=True, frozen=True):
    """A product that takes part in a promotion or could.

    Attributes:
        offer_id: the SKU.
        status: how it takes part.
        params: its prices, as the type of the promotion has them.
        auto_participating_details: in which stores it was added automatically.
    """

    offer_id: Sku
    status: PromoOfferParticipationStatusType
    params: PromoOfferParams
    auto_participating_details: PromoOfferAutoParticipatingDetails | None = None


class PromoOfferParticipationStatusFilterType(OpenEnum):
    """The older filter of getPromoOffers (deprecated, shut down on 2026-10-12)."""

    MANUALLY_ADDED = "MANUALLY_ADDED"
    """Products added by hand."""
    NOT_MANUALLY_ADDED = "NOT_MANUALLY_ADDED"
    """Products that take no part or were added automatically."""


class PromoOfferParticipationStatusMultiFilterType(OpenEnum):
    """Which products getPromoOffers gives, of which several can be named."""

    MANUALLY_ADDED = "MANUALLY_ADDED"
    """Those added by hand."""
    RENEWED = "RENEWED"
    """Those moved over from the previous “Bestsellers of the Market”; only in these promotions."""
    RENEW_FAILED = "RENEW_FAILED"
    """Those that could not be moved over from the previous “Bestsellers of the Market”; only in these promotions."""
    NOT_MANUALLY_ADDED = "NOT_MANUALLY_ADDED"
    """Those that take no part, and those added automatically."""
    MINIMUM_FOR_PROMOS = "MINIMUM_FOR_PROMOS"
    """Those that take part at `max_promo_price` by their minimum price for promotions; only in “Bestsellers of the
    Market”.
    """


class PromoOffersRequest(Model, kw_only=True, frozen=True):
    """What getPromoOffers takes.

    Attributes:
        promo_id: the promotion: its `id` in `get_promos`.
        statuses: only products of these `PromoOfferParticipationStatusMultiFilterType`s, at least one; None for all.
    """

    promo_id: str
    statuses: (
        Annotated[list[PromoOfferParticipationStatusMultiFilterType], Bounds(min_length=1, unique=True)] | None
    ) = None


class PromoOffersResult(Model, kw_only=True, frozen=True):
    """A page of products of a promotion.

    Attributes:
        offers: the products that take part or could.
        paging: the way to the next page.
    """

    offers: list[PromoOffer]
    paging: ForwardScrollingPager | None = None


class PromoOffersResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getPromoOffers.

    Attributes:
        result: what was asked for.
    """

    result: PromoOffersResult | None = None


class PromoParticipationType(OpenEnum):
    """Which promotions getPromos gives."""

    PARTICIPATING_NOW = "PARTICIPATING_NOW"
    """Running ones in which the seller takes part."""
    PARTICIPATED = "PARTICIPATED"
    """Ended ones of the last year in which the seller took part, or the last 15 of all time where those are fewer."""


class PromosRequest(Model, kw_only=True, frozen=True):
    """What getPromos takes.

    Attributes:
        participation: PARTICIPATING_NOW for running promotions in which the seller takes part; PARTICIPATED for ended
            ones of the last year in which the seller took part, and if those are fewer than 15, the last 15 of all
            time. None for those in which the seller takes part or may.
        mechanics: only promotions of this type: DIRECT_DISCOUNT, BLUE_FLASH or MARKET_PROMOCODE; None for all.
    """

    participation: PromoParticipationType | None = None
    mechanics: MechanicsType | None = None


class PromosResult(Model, kw_only=True, frozen=True):
    """The promotions of the Market.

    Attributes:
        promos: the promotions.
    """

    promos: list[Promo]


class PromosResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getPromos.

    Attributes:
        result: what was asked for.
    """

    result: PromosResult | None = None


class PromoOfferUpdateWarningCodeType(OpenEnum):
    """What to look at in a product that was taken into a promotion."""

    DEEP_DISCOUNT_OFFER = "DEEP_DISCOUNT_OFFER"
    """Its price is far below the one in the catalogue; is it meant?"""
    CATALOG_PRICE_IS_LOWER_THAN_PROMO = "CATALOG_PRICE_IS_LOWER_THAN_PROMO"
    """Its price for all stores is below the one in the promotion, which isn't shown."""
    SHOP_PRICES_ARE_LOWER_THAN_PROMO = "SHOP_PRICES_ARE_LOWER_THAN_PROMO"
    """Its price in a store is below the one in the promotion; it is shown there, the promotion's in the other stores.
    """
    SHOP_OFFER_NOT_ELIGIBLE_FOR_PROMO = "SHOP_OFFER_NOT_ELIGIBLE_FOR_PROMO"
    """It doesn't meet the conditions of the promotion in a store."""


class PromoOfferUpdateWarning(Model, kw_only=True, frozen=True):
    """A warning on a product that was added to a promotion or changed in it.

    Attributes:
        code: what it is about.
        campaign_ids: the stores that it is about; None for all of the cabinet.
    """

    code: PromoOfferUpdateWarningCodeType
    campaign_ids: Annotated[list[Id], Bounds(min_length=1, unique=True)] | None = None


class RejectedPromoOfferUpdateReasonType(OpenEnum):
    """Why a product was refused for a promotion."""

    OFFER_DOES_NOT_EXIST = "OFFER_DOES_NOT_EXIST"
    """The cabinet has no product with this SKU."""
    OFFER_DUPLICATION = "OFFER_DUPLICATION"
    """The product stands several times in the request."""
    OFFER_NOT_ELIGIBLE_FOR_PROMO = "OFFER_NOT_ELIGIBLE_FOR_PROMO"
    """It doesn't meet the conditions of the promotion."""
    OFFER_PROMOS_MAX_BYTE_SIZE_EXCEEDED = "OFFER_PROMOS_MAX_BYTE_SIZE_EXCEEDED"
    """It could not be added for technical reasons."""
    DEADLINE_FOR_FOCUS_PROMOS_EXCEEDED = "DEADLINE_FOR_FOCUS_PROMOS_EXCEEDED"
    """The time to add products is over."""
    EMPTY_OLD_PRICE = "EMPTY_OLD_PRICE"
    """The price before the promotion (`price`) is missing."""
    EMPTY_PROMO_PRICE = "EMPTY_PROMO_PRICE"
    """The price in the promotion (`promo_price`) is missing."""
    MAX_PROMO_PRICE_EXCEEDED = "MAX_PROMO_PRICE_EXCEEDED"
    """The price in the promotion is above its `max_promo_price`."""
    PROMO_PRICE_BIGGER_THAN_MAX = "PROMO_PRICE_BIGGER_THAN_MAX"
    """The price in the promotion is more than 95 % of the one before it."""
    PROMO_PRICE_SMALLER_THAN_MIN = "PROMO_PRICE_SMALLER_THAN_MIN"
    """The price in the promotion is less than 1 % of the one before it."""
    PRICE_TOO_BIG = "PRICE_TOO_BIG"
    """The price in the promotion is too high."""
    OLD_PRICE_TOO_BIG = "OLD_PRICE_TOO_BIG"
    """The price before the promotion is too high."""


class RejectedPromoOfferUpdate(Model, kw_only=True, frozen=True):
    """A product that was refused for a promotion.

    Attributes:
        offer_id: the SKU.
        reason: why.
    """

    offer_id: Sku
    reason: RejectedPromoOfferUpdateReasonType


class UpdatePromoOfferDiscountParams(Model, kw_only=True, frozen=True):
    """Prices of a product in a promotion of the types DIRECT_DISCOUNT and BLUE_FLASH, which need both.

    Attributes:
        price: the price before the promotion, shown crossed out; whole roubles, 1 or more.
        promo_price: the price in the promotion; whole roubles, 1 or more, 1 to 95 % of `price`, and not above the
            `max_promo_price` of `get_promo_offers`.
    """

    price: Id | None = None
    promo_price: Id | None = None


class UpdatePromoOfferParams(Model, kw_only=True, frozen=True):
    """What a promotion needs to know of a product.

    Attributes:
        discount_params: the prices; needed in promotions of the types DIRECT_DISCOUNT and BLUE_FLASH.
    """

    discount_params: UpdatePromoOfferDiscountParams | None = None


class UpdatePromoOffer(Model, kw_only=True, frozen=True):
    """A product to be added to a promotion or changed in it.

    Attributes:
        offer_id: the SKU, 1 to 255 characters.
        params: its prices, as the type of the promotion needs them.
    """

    offer_id: Sku
    params: UpdatePromoOfferParams | None = None


class UpdatePromoOffersRequest(Model, kw_only=True, frozen=True):
    """What updatePromoOffers takes.

    Attributes:
        promo_id: the promotion: its `id` in `get_promos`.
        offers: the products with their prices, any number; up to 500 go into a request, each SKU once.
    """

    promo_id: str
    offers: Annotated[list[UpdatePromoOffer], Bounds(min_length=1, max_length=500)]


class WarningPromoOfferUpdate(Model, kw_only=True, frozen=True):
    """A product that was taken with warnings.

    Attributes:
        offer_id: the SKU.
        warnings: the warnings.
    """

    offer_id: Sku
    warnings: list[PromoOfferUpdateWarning]


class UpdatePromoOffersResult(Model, kw_only=True, frozen=True):
    """What came of adding products to a promotion; those that it doesn't name were taken.

    Attributes:
        rejected_offers: the products that were refused, if there are any.
        warning_offers: the products that were taken with a warning, if there are any.
    """

    rejected_offers: Annotated[list[RejectedPromoOfferUpdate], Bounds(min_length=1)] | None = None
    warning_offers: Annotated[list[WarningPromoOfferUpdate], Bounds(min_length=1)] | None = None


class UpdatePromoOffersResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of updatePromoOffers.

    Attributes:
        result: what was asked for.
    """

    result: UpdatePromoOffersResult | None = None

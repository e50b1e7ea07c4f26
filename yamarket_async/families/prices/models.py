"""The structs of prices."""

from decimal import Decimal
from typing import Annotated

from yamarket_async.models.answers import ApiResponse, ForwardScrollingPager
from yamarket_async.models.base import Model, Moment
from yamarket_async.models.bounds import Bounds, Id, Int32, Sku
from yamarket_async.models.currency import CurrencyType
from yamarket_async.models.prices import OfferPriceValue, PriceWithDiscountValue


class DefaultPricesRequest(Model, kw_only=True, frozen=True):
    """What getDefaultPrices takes.

    Attributes:
        offer_ids: these SKUs, any number, of 1 to 255 characters; they are asked for in batches of 200; so not together
            with a page token. None for all.
        archived: True for products in the archive only, False for the others only; None for both.
    """

    offer_ids: Annotated[list[Sku], Bounds(min_length=1, max_length=200, unique=True)] | None = None
    archived: bool | None = None


class OfferDefaultPrice(Model, kw_only=True, frozen=True):
    """A price that holds in all stores.

    Attributes:
        minimum_for_bestseller: the lowest price at which it may go into “Bestsellers of the Market”, above 0, at most
            100,000,000.
        excluded_from_bestsellers: True where it doesn't get into “Bestsellers of the Market” by its minimum, which is
            ignored then.
        value: the price.
        currency_id: its currency.
        discount_base: the price before a discount, shown crossed out; a whole number.
        updated_at: when it was last set.
    """

    minimum_for_bestseller: Annotated[Decimal, Bounds(gt=0, le=100000000)] | None = None
    excluded_from_bestsellers: bool | None = None
    value: Annotated[Decimal, Bounds(gt=0)] | None = None
    currency_id: CurrencyType | None = None
    discount_base: Annotated[Decimal, Bounds(gt=0)] | None = None
    updated_at: Moment | None = None


class OfferDefaultPriceResponse(Model, kw_only=True, frozen=True):
    """A product with the price that holds in all stores.

    Attributes:
        offer_id: the SKU.
        price: its price.
    """

    offer_id: Sku
    price: OfferDefaultPrice | None = None


class OfferDefaultPriceListResponse(Model, kw_only=True, frozen=True):
    """A page of prices that hold in all stores.

    Attributes:
        offers: the products with their prices.
        paging: the way to the next page.
    """

    offers: list[OfferDefaultPriceResponse]
    paging: ForwardScrollingPager | None = None


class DefaultPricesResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getDefaultPrices.

    Attributes:
        result: what was asked for.
    """

    result: OfferDefaultPriceListResponse | None = None


class PricesByOfferIdsRequest(Model, kw_only=True, frozen=True):
    """What getPricesByOfferIds takes.

    Attributes:
        offer_ids: these SKUs, any number, of 1 to 255 characters; they are asked for in batches of 500, each of which
            the Market returns whole; so not together with a page token. None for all prices of the store.
    """

    offer_ids: Annotated[list[Sku], Bounds(min_length=1, max_length=500, unique=True)] | None = None


class OfferPriceByOfferIdsResponse(Model, kw_only=True, frozen=True):
    """A product with its price in a store.

    Attributes:
        offer_id: the SKU.
        price: its price.
        updated_at: when it was last set.
    """

    offer_id: Sku | None = None
    price: OfferPriceValue | None = None
    updated_at: Moment | None = None


class OfferPriceByOfferIdsListResponse(Model, kw_only=True, frozen=True):
    """A page of prices of a store.

    Attributes:
        offers: the products with their prices.
        paging: the way to the next page.
    """

    offers: list[OfferPriceByOfferIdsResponse]
    paging: ForwardScrollingPager | None = None


class PricesByOfferIdsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getPricesByOfferIds.

    Attributes:
        result: what was asked for.
    """

    result: OfferPriceByOfferIdsListResponse | None = None


class OfferPriceResponse(Model, kw_only=True, frozen=True):
    """A product with its price in a store, as getPrices gives it.

    Attributes:
        id: the SKU.
        price: its price.
        market_sku: its card on the Market.
        updated_at: when the price was last set.
    """

    id: str | None = None
    price: OfferPriceValue | None = None
    market_sku: Id | None = None
    updated_at: Moment | None = None


class OfferPriceListResponse(Model, kw_only=True, frozen=True):
    """A page of prices of a store, as getPrices gives it.

    Attributes:
        offers: the products with their prices.
        paging: the way to the next page.
        total: prices of the store that were changed by the API.
    """

    offers: list[OfferPriceResponse]
    paging: ForwardScrollingPager | None = None
    total: Int32 | None = None


class PricesResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getPrices.

    Attributes:
        result: what was asked for.
    """

    result: OfferPriceListResponse | None = None


class OfferPrice(Model, kw_only=True, frozen=True):
    """A product and its new price in a store.

    Attributes:
        offer_id: the SKU, 1 to 255 characters.
        price: the price, with the discount, the currency and the VAT.
    """

    offer_id: Sku | None = None
    price: OfferPriceValue | None = None


class UpdateBusinessPrices(PriceWithDiscountValue, kw_only=True, frozen=True):
    """A price that is to hold in all stores.

    Attributes:
        minimum_for_bestseller: the lowest price at which it may go into “Bestsellers of the Market”, above 0, at most
            100,000,000; go by the `max_promo_price` of `get_promo_offers`. None deletes what was set before; the
            product can still get in automatically or by `update_promo_offers`.
    """

    minimum_for_bestseller: Annotated[Decimal, Bounds(gt=0, le=100000000)] | None = None


class UpdateBusinessOfferPrice(Model, kw_only=True, frozen=True):
    """A product and its new price for all stores.

    Attributes:
        offer_id: the SKU, 1 to 255 characters.
        price: the price.
    """

    offer_id: Sku
    price: UpdateBusinessPrices


class UpdateBusinessPricesRequest(Model, kw_only=True, frozen=True):
    """What updateBusinessPrices takes.

    Attributes:
        offers: the products with their prices, any number; up to 500 go into a request, each SKU once.
    """

    offers: Annotated[list[UpdateBusinessOfferPrice], Bounds(min_length=1, max_length=500)]


class UpdatePricesRequest(Model, kw_only=True, frozen=True):
    """What updatePrices takes.

    Attributes:
        offers: the products with their prices, any number; up to 2,000 go into a request, each SKU once.
    """

    offers: Annotated[list[OfferPrice], Bounds(min_length=1, max_length=2000)]

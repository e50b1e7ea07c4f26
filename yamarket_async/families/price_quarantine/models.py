"""The structs of price quarantine."""

from typing import Annotated

from yamarket_async.models.answers import ApiResponse, ForwardScrollingPager
from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Bounds, Int32, Outdated, Sku
from yamarket_async.models.prices import BasePrice
from yamarket_async.models.products import OfferCardStatusType


class ConfirmPricesRequest(Model, kw_only=True, frozen=True):
    """What confirmBusinessPrices and confirmCampaignPrices take.

    Attributes:
        offer_ids: the SKUs, of 1 to 255 characters, any number; up to 200 go into a request. Repeats are dropped.
    """

    offer_ids: Annotated[list[Sku], Bounds(min_length=1, max_length=200, unique=True)]


class QuarantineOffersRequest(Model, kw_only=True, frozen=True):
    """What both lists of the quarantine take: either `offer_ids` or the other filters.

    Attributes:
        offer_ids: these SKUs, any number, of 1 to 255 characters; they are asked for in batches of 200, and those that
            are not in quarantine don't come. Not together with another filter or a page token.
        card_statuses: only products whose cards have these `OfferCardStatusType`s, at least one.
        category_ids: only products of these categories of the Market, at least one, each 1 or more.
        vendor_names: only products of these brands, at least one.
        tags: only products with one of these tags, at least one.
    """

    offer_ids: Annotated[list[Sku], Bounds(min_length=1, max_length=200, unique=True)] | None = None
    card_statuses: Annotated[list[OfferCardStatusType], Bounds(min_length=1, unique=True)] | None = None
    category_ids: Annotated[list[Annotated[Int32, Bounds(gt=0)]], Bounds(min_length=1, unique=True)] | None = None
    vendor_names: Annotated[list[str], Bounds(min_length=1, unique=True)] | None = None
    tags: Annotated[list[str], Bounds(min_length=1, unique=True)] | None = None


class PriceQuarantineVerdictParamNameType(OpenEnum):
    """What a parameter of the quarantine says."""

    CURRENT_PRICE = "CURRENT_PRICE"
    """The new price, for which the product is in quarantine."""
    LAST_VALID_PRICE = "LAST_VALID_PRICE"
    """The last price before it."""
    MIN_PRICE = "MIN_PRICE"
    """The lowest price that would not have led to the quarantine."""
    CURRENCY = "CURRENCY"
    """The currency of the prices."""


class PriceQuarantineVerdictParameter(Model, kw_only=True, frozen=True):
    """A figure that explains why a price is in quarantine.

    Attributes:
        name: what it says.
        value: the figure, or the code of the currency, as text.
    """

    name: PriceQuarantineVerdictParamNameType
    value: str


class PriceQuarantineVerdictType(OpenEnum):
    """Why a price is in quarantine."""

    PRICE_CHANGE = "PRICE_CHANGE"
    """It differs too much from the last one."""
    LOW_PRICE = "LOW_PRICE"
    """It differs too much from the market's."""
    LOW_PRICE_PROMO = "LOW_PRICE_PROMO"
    """With promotions it differs too much from the market's."""


class PriceQuarantineVerdict(Model, kw_only=True, frozen=True):
    """A reason why a product is in quarantine.

    Attributes:
        type: what is wrong with the price.
        params: the price in question and the figures to compare it with; which ones depends on the type.
    """

    type: PriceQuarantineVerdictType | None = None
    params: list[PriceQuarantineVerdictParameter]


class QuarantineOffer(Model, kw_only=True, frozen=True):
    """A product in quarantine.

    Attributes:
        offer_id: the SKU.
        current_price: the new price (deprecated, shut down on 2026-10-19; see the `params` of `verdicts`).
        last_valid_price: the last price before the quarantine (deprecated, shut down on 2026-10-19; see the `params` of
            `verdicts`).
        verdicts: why it is in quarantine.
    """

    offer_id: Sku | None = None
    current_price: Annotated[BasePrice, Outdated("verdicts.params")] | None = None
    last_valid_price: Annotated[BasePrice, Outdated("verdicts.params")] | None = None
    verdicts: Annotated[list[PriceQuarantineVerdict], Bounds(min_length=1)] | None = None


class QuarantineOffersResult(Model, kw_only=True, frozen=True):
    """A page of products in quarantine.

    Attributes:
        paging: the way to the next page.
        offers: the products.
    """

    paging: ForwardScrollingPager | None = None
    offers: list[QuarantineOffer]


class QuarantineOffersResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of both lists of the quarantine.

    Attributes:
        result: what was asked for.
    """

    result: QuarantineOffersResult | None = None

"""The structs of getOffers, the deprecated list of a store's offers."""

from decimal import Decimal

from yamarket_async.models.answers import ApiResponse, FlippingPager
from yamarket_async.models.base import Model
from yamarket_async.models.currency import CurrencyType


class OldOffer(Model, kw_only=True, frozen=True):
    """An offer of a store (`OfferDTO`).

    Attributes:
        model_id: the Market's model that it is matched with; 0 where it is matched with none.
        id: the SKU in the price list; of several offers with the same one only the first has it.
        feed_id: the price list; None for the others of them too.
        name: its name.
        url: its page on the store's site.
        price: its price.
        pre_discount_price: its price without the discount.
        discount: the discount in percent.
        currency: the currency of the price.
        cut_price: whether it is sold at a reduced price for its condition.
        shop_category_id: its category by the price list.
        market_category_id: its category in the Market's tree.
        blocked: True where it is kept out of the Market's results, say since the store is switched off.
        bid: the bid for a click (deprecated by the Market).
        cbid: the bid for a click on the card (deprecated by the Market).
        fee: the commission on a sale in percent (deprecated by the Market).
    """

    model_id: int
    id: str | None = None
    feed_id: int | None = None
    name: str | None = None
    url: str | None = None
    price: Decimal | None = None
    pre_discount_price: Decimal | None = None
    discount: int | None = None
    currency: CurrencyType | None = None
    cut_price: bool | None = None
    shop_category_id: str | None = None
    market_category_id: int | None = None
    blocked: bool | None = None
    bid: Decimal | None = None
    cbid: Decimal | None = None
    fee: Decimal | None = None


class OffersResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getOffers.

    Attributes:
        offers: the offers of this page.
        pager: where the page lies.
    """

    offers: list[OldOffer]
    pager: FlippingPager | None = None

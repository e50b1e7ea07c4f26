"""The structs of stocks."""

from typing import Annotated

from yamarket_async.models.answers import ApiResponse, ForwardScrollingPager
from yamarket_async.models.base import Model, Moment, OpenEnum
from yamarket_async.models.bounds import Bounds, Id, Sku
from yamarket_async.models.stocks import WarehouseStock


class PartnerWarehouseOffer(Model, kw_only=True, frozen=True):
    """The stock of a product in a warehouse of the seller.

    Attributes:
        offer_id: the product's SKU.
        stocks: how many there are, for each kind of stock.
        updated_at: when these figures last changed.
    """

    offer_id: Sku
    stocks: list[WarehouseStock]
    updated_at: Moment | None = None


class StocksOnPartnerWarehouses(Model, kw_only=True, frozen=True):
    """A page of the stocks of a warehouse.

    Attributes:
        partner_warehouse_id: the warehouse.
        offers: its products.
        paging: the way to the next page.
    """

    partner_warehouse_id: Id
    offers: list[PartnerWarehouseOffer]
    paging: ForwardScrollingPager | None = None


class StocksOnPartnerWarehousesRequest(Model, kw_only=True, frozen=True):
    """What getStocksOnPartnerWarehouses takes.

    Attributes:
        partner_warehouse_id: the warehouse, 1 or more: an id of `get_partner_warehouses`.
        archived: True for products in the archive; None or False for all others. Not together with `offer_ids`.
        offer_ids: only these products (SKUs of 1 to 255 characters), in the archive or not; without repeats, of any
            number, 500 a request. The Market gives such a list whole, so neither a page token nor `archived` may stand
            beside it.
    """

    partner_warehouse_id: Id
    archived: bool | None = None
    offer_ids: Annotated[list[Sku], Bounds(min_length=1, max_length=500, unique=True)] | None = None


class StocksOnPartnerWarehousesResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getStocksOnPartnerWarehouses.

    Attributes:
        result: what was asked for.
    """

    result: StocksOnPartnerWarehouses | None = None


class TurnoverType(OpenEnum):
    """How quickly a product sells, by the days that an average piece lies in the warehouse."""

    LOW = "LOW"
    """Slowly: 120 days or more."""
    ALMOST_LOW = "ALMOST_LOW"
    """Rather slowly: from 100 to under 120 days."""
    HIGH = "HIGH"
    """Quickly: from 45 to under 100 days."""
    VERY_HIGH = "VERY_HIGH"
    """Very quickly: under 45 days."""
    NO_SALES = "NO_SALES"
    """It isn't sold at all."""
    FREE_STORE = "FREE_STORE"
    """Any number of days: the storage of this category costs nothing."""


class Turnover(Model, kw_only=True, frozen=True):
    """How quickly a product sells.

    Attributes:
        turnover: the verdict.
        turnover_days: the days in which it sells on average.
    """

    turnover: TurnoverType
    turnover_days: float | None = None


class WarehouseOffer(Model, kw_only=True, frozen=True):
    """The stock of a product in a warehouse.

    Attributes:
        offer_id: the product's SKU.
        turnover_summary: how quickly it sells; only for FBY and LaaS, and only where `with_turnover` asked for it.
        stocks: how many there are, for each kind of stock.
        updated_at: when these figures last changed.
    """

    offer_id: Sku
    turnover_summary: Turnover | None = None
    stocks: list[WarehouseStock]
    updated_at: Moment | None = None


class WarehouseOffers(Model, kw_only=True, frozen=True):
    """A warehouse and some of its products.

    Attributes:
        warehouse_id: the warehouse: of the Market for FBY and LaaS; for FBS the seller's, or one of the Market for
            returns.
        offers: the products in it.
    """

    warehouse_id: int
    offers: list[WarehouseOffer]


class WarehouseStocks(Model, kw_only=True, frozen=True):
    """A page of warehouses with their stocks.

    Attributes:
        paging: the way to the next page.
        warehouses: the warehouses: several of the Market for FBY and LaaS; for FBS the seller's, and maybe one of the
            Market for returns.
    """

    paging: ForwardScrollingPager | None = None
    warehouses: list[WarehouseOffers]


class WarehouseStocksRequest(Model, kw_only=True, frozen=True):
    """What getStocks takes.

    Attributes:
        stocks_warehouse_id: only what is in this warehouse, 1 or more; None for all. Not together with `offer_ids`.
        has_stocks: FBY and LaaS only, and only together with `stocks_warehouse_id`: True for products that are there,
            False for those that are not; None for both. Not together with `offer_ids`.
        with_turnover: FBY and LaaS only: whether to tell how quickly each product sells; None is as False.
        archived: True for products in the archive; None or False for all others. Not together with `offer_ids`.
        offer_ids: only these products (SKUs of 1 to 255 characters), in the archive or not; without repeats, of any
            number, 500 a request. The Market gives such a list whole, so neither a page token nor `archived` nor
            `stocks_warehouse_id` may stand beside it.
    """

    stocks_warehouse_id: Id | None = None
    has_stocks: bool | None = None
    with_turnover: bool | None = None
    archived: bool | None = None
    offer_ids: Annotated[list[Sku], Bounds(min_length=1, max_length=500, unique=True)] | None = None


class WarehouseStocksResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getStocks.

    Attributes:
        result: what was asked for.
    """

    result: WarehouseStocks | None = None


class UpdateStockItem(Model, kw_only=True, frozen=True):
    """How many of a product there are.

    Attributes:
        count: how many can be ordered, 0 to 2,000,000,000.
        updated_at: when it was counted, up to 24 hours back and not in the future; None for now.
    """

    count: Annotated[int, Bounds(ge=0, le=2000000000)]
    updated_at: Moment | None = None


class UpdateStock(Model, kw_only=True, frozen=True):
    """The stock of a product.

    Attributes:
        sku: the product's SKU, exactly as in the catalogue; blanks at its ends don't count.
        items: how many there are: exactly 1 entry.
    """

    sku: Sku
    items: Annotated[list[UpdateStockItem], Bounds(min_length=1, max_length=1)]


class UpdateStockOnWarehouseItem(Model, kw_only=True, frozen=True):
    """The stock of a product in a warehouse.

    Attributes:
        sku: the product's SKU, exactly as in the catalogue; blanks at its ends don't count.
        partner_warehouse_id: the warehouse, 1 or more: an id of `get_partner_warehouses`.
        count: how many can be ordered, 0 to 2,000,000,000.
        updated_at: when it was counted, up to 24 hours back and not in the future; None for now.
    """

    sku: Sku
    partner_warehouse_id: Id
    count: Annotated[int, Bounds(ge=0, le=2000000000)]
    updated_at: Moment | None = None


class UpdateStocksOnWarehousesRequest(Model, kw_only=True, frozen=True):
    """What updateStocksOnPartnerWarehouses takes.

    Attributes:
        sku_items: the products, any number of them, sent 2,000 a request; the pair of SKU and warehouse only once in
            all of them. Each is an `UpdateStockOnWarehouseItem` or a mapping like `{"sku": "A1", "partnerWarehouseId":
            1, "count": 5}`.
    """

    sku_items: Annotated[list[UpdateStockOnWarehouseItem], Bounds(min_length=1, max_length=2000)]


class UpdateStocksRequest(Model, kw_only=True, frozen=True):
    """What updateStocks takes.

    Attributes:
        skus: the products, any number of them, sent 2,000 a request; a SKU only once in all of them. Each is an
            `UpdateStock` or a mapping like `{"sku": "A1", "items": [{"count": 5}]}` with exactly 1 entry in `items`.
    """

    skus: Annotated[list[UpdateStock], Bounds(min_length=1, max_length=2000)]

"""The structs of goods statistics."""

from decimal import Decimal
from typing import Annotated

from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Bounds, Id, Outdated, Sku
from yamarket_async.models.currency import CurrencyType
from yamarket_async.models.stocks import WarehouseStock
from yamarket_async.models.tariffs import TariffParameter


class GoodsStatsRequest(Model, kw_only=True, frozen=True):
    """What getGoodsStats takes.

    Attributes:
        shop_skus: the SKUs, any number, at least one, of 1 to 255 characters; they are asked for in batches of 500.
    """

    shop_skus: Annotated[list[Sku], Bounds(min_length=1, max_length=500, unique=True)]


class GoodsStatsWarehouse(Model, kw_only=True, frozen=True):
    """A warehouse with the stocks of a product.

    Attributes:
        id: the warehouse.
        name: its name.
        stocks: the stocks of the product there, by kind.
    """

    id: int | None = None
    name: str | None = None
    stocks: list[WarehouseStock]


class GoodsStatsWeightDimensions(Model, kw_only=True, frozen=True):
    """The weight and size of a product.

    Where it is tied to a card (`market_sku`), those of the card, and not those that the seller passed.

    Attributes:
        length: centimetres.
        width: centimetres.
        height: centimetres.
        weight: kilograms.
    """

    length: Decimal | None = None
    width: Decimal | None = None
    height: Decimal | None = None
    weight: Decimal | None = None


class TariffType(OpenEnum):
    """A service of the Market."""

    AGENCY_COMMISSION = "AGENCY_COMMISSION"
    """Taking the buyer's payment."""
    PAYMENT_TRANSFER = "PAYMENT_TRANSFER"
    """Passing the buyer's payment on to the seller."""
    STORAGE = "STORAGE"
    """A day of storage in a warehouse of the Market."""
    WITHDRAW = "WITHDRAW"
    """Taking products out of a warehouse."""
    SURPLUS = "SURPLUS"
    """Storage of surplus products."""
    FEE = "FEE"
    """Placement on the Market."""
    DELIVERY_TO_CUSTOMER = "DELIVERY_TO_CUSTOMER"
    """Delivery to the buyer."""
    CROSSREGIONAL_DELIVERY = "CROSSREGIONAL_DELIVERY"
    """Delivery to another region."""
    CROSSREGIONAL_DELIVERY_RETURN = "CROSSREGIONAL_DELIVERY_RETURN"
    """Bringing back returned and unclaimed orders."""
    DISPOSAL = "DISPOSAL"
    """Disposal of products."""
    SORTING_CENTER_STORAGE = "SORTING_CENTER_STORAGE"
    """Storage of returned and unclaimed orders."""
    EXPRESS_DELIVERY = "EXPRESS_DELIVERY"
    """Express delivery."""
    FF_XDOC_SUPPLY_BOX = "FF_XDOC_SUPPLY_BOX"
    """A supply by way of a transit warehouse, for each box."""
    FF_XDOC_SUPPLY_PALLET = "FF_XDOC_SUPPLY_PALLET"
    """A supply by way of a transit warehouse, for each pallet."""
    SORTING = "SORTING"
    """Handling of the order."""
    MIDDLE_MILE = "MIDDLE_MILE"
    """The way between warehouses and sorting centres."""
    RETURN_PROCESSING = "RETURN_PROCESSING"
    """Handling of returned and unclaimed orders."""
    EXPRESS_CANCELLED_BY_PARTNER = "EXPRESS_CANCELLED_BY_PARTNER"
    """An express order cancelled by the seller."""
    CROSSBORDER_DELIVERY = "CROSSBORDER_DELIVERY"
    """Delivery from abroad."""
    INTAKE_SORTING_BULKY_CARGO = "INTAKE_SORTING_BULKY_CARGO"
    """Sorting of bulky orders that the Market collected."""
    INTAKE_SORTING_SMALL_GOODS = "INTAKE_SORTING_SMALL_GOODS"
    """Sorting of small orders that the Market collected."""
    INTAKE_SORTING_DAILY = "INTAKE_SORTING_DAILY"
    """Collecting of orders from the seller's warehouse."""
    FF_STORAGE_BILLING = "FF_STORAGE_BILLING"
    """Storage in a warehouse of the Market."""
    CANCELLED_ORDER_FEE_QI = "CANCELLED_ORDER_FEE_QI"
    """An order cancelled through the seller's fault."""
    LATE_ORDER_EXECUTION_FEE_QI = "LATE_ORDER_EXECUTION_FEE_QI"
    """An order shipped or delivered late."""
    VOLUME_STORAGE = "VOLUME_STORAGE"
    """Storage by volume."""
    GOODS_ACCEPTANCE = "GOODS_ACCEPTANCE"
    """Acceptance of products of a supply."""
    CARGO_ACCEPTANCE = "CARGO_ACCEPTANCE"
    """Acceptance of a supply by packages."""
    ORDER_PROCESSING = "ORDER_PROCESSING"
    """Processing of orders."""
    WITHDRAW_EXTERNAL = "WITHDRAW_EXTERNAL"
    """Taking products out to an outside place."""
    ITEM_BOOKING = "ITEM_BOOKING"
    """Booking of the product."""


class Tariff(Model, kw_only=True, frozen=True):
    """What a service of the Market costs for a product.

    Attributes:
        type: the service.
        percent: the tariff in per cent (deprecated, shut down on 2026-10-12; see `amount`).
        amount: the tariff.
        currency: the currency of the tariff.
        parameters: what the tariff depends on.
    """

    type: TariffType
    percent: Annotated[Decimal, Outdated("amount")] | None = None
    amount: Decimal
    currency: CurrencyType
    parameters: list[TariffParameter]


class GoodsStatsGoods(Model, kw_only=True, frozen=True):
    """What the Market knows of a product.

    Attributes:
        shop_sku: the SKU.
        market_sku: its card on the Market.
        name: its name.
        price: its price, in the currency of the account.
        category_id: its category on the Market.
        category_name: the name of the category.
        weight_dimensions: its weight and size; those of the card where it is tied to one.
        warehouses: the warehouses where it lies; None where it lies in none.
        tariffs: the services to be paid for, with their tariffs; a service can stand there several times.
        pictures: links to its pictures in good quality.
    """

    shop_sku: Sku | None = None
    market_sku: Id | None = None
    name: str | None = None
    price: Decimal | None = None
    category_id: int | None = None
    category_name: str | None = None
    weight_dimensions: GoodsStatsWeightDimensions | None = None
    warehouses: Annotated[list[GoodsStatsWarehouse], Bounds(min_length=1)] | None = None
    tariffs: Annotated[list[Tariff], Bounds(min_length=1)] | None = None
    pictures: (
        Annotated[list[Annotated[str, Bounds(min_length=1, max_length=2000)]], Bounds(min_length=1, unique=True)] | None
    ) = None


class GoodsStats(Model, kw_only=True, frozen=True):
    """What the Market knows of products.

    Attributes:
        shop_skus: the products.
    """

    shop_skus: list[GoodsStatsGoods]


class GoodsStatsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getGoodsStats.

    Attributes:
        result: what was asked for.
    """

    result: GoodsStats | None = None

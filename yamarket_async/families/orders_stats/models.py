"""The structs of order statistics."""

from decimal import Decimal
from typing import Annotated

from yamarket_async.models.answers import ApiResponse, ForwardScrollingPager
from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Bounds, Id, Int32, Sku
from yamarket_async.models.currency import CurrencyType
from yamarket_async.models.days import Day, MoscowMoment


class OrderStatsStatusType(OpenEnum):
    """The status of an order in the statistics."""

    CANCELLED_BEFORE_PROCESSING = "CANCELLED_BEFORE_PROCESSING"
    """Cancelled before it was worked on."""
    CANCELLED_IN_DELIVERY = "CANCELLED_IN_DELIVERY"
    """Cancelled on its way."""
    CANCELLED_IN_PROCESSING = "CANCELLED_IN_PROCESSING"
    """Cancelled while it was worked on."""
    DELIVERY = "DELIVERY"
    """Handed over to the delivery service."""
    DELIVERED = "DELIVERED"
    """Delivered."""
    PARTIALLY_DELIVERED = "PARTIALLY_DELIVERED"
    """Delivered in part; an order of which the buyer didn't take something gets here only when that has reached a
    warehouse of the Market.
    """
    PARTIALLY_RETURNED = "PARTIALLY_RETURNED"
    """Given back in part."""
    PENDING = "PENDING"
    """Waits to be confirmed."""
    PICKUP = "PICKUP"
    """Has arrived at the pick-up point."""
    PROCESSING = "PROCESSING"
    """Is being worked on."""
    RESERVED = "RESERVED"
    """The products are reserved at the warehouse."""
    RETURNED = "RETURNED"
    """Given back whole."""
    UNKNOWN = "UNKNOWN"
    """An unknown status."""
    UNPAID = "UNPAID"
    """An organisation's order that waits for payment."""
    LOST = "LOST"
    """Lost."""


class OrdersStatsRequest(Model, kw_only=True, frozen=True):
    """What getOrdersStats takes.

    Attributes:
        date_from: orders made on this day or later; not together with `update_from` and `update_to`.
        date_to: orders made on this day or earlier; not together with `update_from` and `update_to`.
        update_from: orders in which something changed (their status, payments …) on this day or later; not together
            with `date_from` and `date_to`.
        update_to: orders in which something changed on this day or earlier; not together with `date_from` and
            `date_to`.
        orders: only these orders, by id; of any number, 200 a request; None for all.
        statuses: only orders in these statuses (`OrderStatsStatusType`), without repeats, at least one; None for all.
        has_cis: True for orders with at least one product that bears a code of Chestny ZNAK (or ASL BELGISI, for
            sellers of Market Yandex Go), False for those without; None for all.
    """

    date_from: Day | None = None
    date_to: Day | None = None
    update_from: Day | None = None
    update_to: Day | None = None
    orders: Annotated[list[int], Bounds(min_length=1, unique=True)] | None = None
    statuses: Annotated[list[OrderStatsStatusType], Bounds(min_length=1, unique=True)] | None = None
    has_cis: bool | None = None


class OrdersStatsCommissionType(OpenEnum):
    """A service that the Market charges for."""

    FEE = "FEE"
    """Placement of products on the Market."""
    FULFILLMENT = "FULFILLMENT"
    """Storage and handling in a warehouse of the Market (FBY)."""
    LOYALTY_PARTICIPATION_FEE = "LOYALTY_PARTICIPATION_FEE"
    """The loyalty programme, reviews for points, and the reduction for joint promotions."""
    AUCTION_PROMOTION = "AUCTION_PROMOTION"
    """Boosting of sales with pay for orders."""
    INSTALLMENT = "INSTALLMENT"
    """Placement of products with payment in instalments."""
    DELIVERY_TO_CUSTOMER = "DELIVERY_TO_CUSTOMER"
    """Delivery to the buyer."""
    EXPRESS_DELIVERY_TO_CUSTOMER = "EXPRESS_DELIVERY_TO_CUSTOMER"
    """Express delivery to the buyer."""
    AGENCY = "AGENCY"
    """Taking in of the buyer's payment."""
    PAYMENT_TRANSFER = "PAYMENT_TRANSFER"
    """Transfer of the buyer's payment."""
    RETURNED_ORDERS_STORAGE = "RETURNED_ORDERS_STORAGE"
    """Storage of returns and unredeemed orders."""
    SORTING = "SORTING"
    """Handling of the order at a sorting centre or point of acceptance."""
    INTAKE_SORTING = "INTAKE_SORTING"
    """Collection of orders from the seller's warehouse."""
    RETURN_PROCESSING = "RETURN_PROCESSING"
    """Handling of unredeemed orders and returns."""
    ILLIQUID_GOODS_SALE = "ILLIQUID_GOODS_SALE"
    """Sale of goods that find no buyer."""
    CROSSREGIONAL_DELIVERY = "CROSSREGIONAL_DELIVERY"
    """Delivery to another federal district."""
    FULFILLMENT_WITHDRAW = "FULFILLMENT_WITHDRAW"
    """Taking goods out of a warehouse of the Market."""
    ITEM_BOOKING = "ITEM_BOOKING"
    """Reservation of products."""


class OrdersStatsCommission(Model, kw_only=True, frozen=True):
    """What a service costs.

    Attributes:
        type: the service.
        actual: the sum that was charged when the order was made and has to be paid, with two decimals.
    """

    type: OrdersStatsCommissionType | None = None
    actual: Decimal | None = None


class OrdersStatsDeliveryRegion(Model, kw_only=True, frozen=True):
    """The region that an order is delivered to.

    Attributes:
        id: the id of the region.
        name: its name.
    """

    id: int | None = None
    name: str | None = None


class OrdersStatsItemStatusType(OpenEnum):
    """How a product left an order."""

    REJECTED = "REJECTED"
    """The buyer didn't take it."""
    RETURNED = "RETURNED"
    """The buyer gave it back."""


class OrdersStatsStockType(OpenEnum):
    """In which state a product came back to a warehouse of the Market.

    For FBY only, and only once it was dealt with there.
    """

    FIT = "FIT"
    """Can be sold."""
    DEFECT = "DEFECT"
    """Damaged."""
    EXPIRED = "EXPIRED"
    """Past its use-by date."""


class OrdersStatsDetails(Model, kw_only=True, frozen=True):
    """Units of a product that left an order.

    Attributes:
        item_status: how they left it.
        item_count: how many units did so.
        update_date: for FBY only: the day on which the return was dealt with at a warehouse of the Market.
        stock_type: for FBY only: the state in which they came back, once they were dealt with at a warehouse of the
            Market.
    """

    item_status: OrdersStatsItemStatusType | None = None
    item_count: int | None = None
    update_date: Day | None = None
    stock_type: OrdersStatsStockType | None = None


class OrdersStatsPriceType(OpenEnum):
    """What a price of the statistics is: what was paid, or by what it was reduced."""

    BUYER = "BUYER"
    """The price for the buyer, with discounts."""
    CASHBACK = "CASHBACK"
    """The part that was paid with points of Yandex Plus."""
    MARKETPLACE = "MARKETPLACE"
    """The discount that the Market bore."""


class OrdersStatsPrice(Model, kw_only=True, frozen=True):
    """A price of a product, or a discount on it.

    Attributes:
        type: whether it is a price or which discount.
        cost_per_item: the price or discount of one unit, with VAT and two decimals.
        total: the price or discount of all units, with VAT and two decimals.
    """

    type: OrdersStatsPriceType | None = None
    cost_per_item: Decimal | None = None
    total: Decimal | None = None


class OrdersStatsWarehouse(Model, kw_only=True, frozen=True):
    """The warehouse in which a product lies.

    Attributes:
        id: the id of the warehouse.
        name: its name.
    """

    id: int | None = None
    name: str | None = None


class OrdersStatsItem(Model, kw_only=True, frozen=True):
    """A product in an order.

    A product of which all units were taken out, for want of stock or at the buyer's wish, stands in `initial_items`
    only; one of which some were stands in both lists, with `count` here and `initial_count` there.

    Attributes:
        offer_name: its name; «Доставка» where the item is the delivery.
        market_sku: the id of its card on the Market, 1 or more.
        shop_sku: the seller's own SKU.
        count: units, less those that were taken out.
        prices: its prices and discounts.
        warehouse: where it lies.
        details: units that the buyer didn't take or gave back.
        cis_list: its codes of Chestny ZNAK (or ASL BELGISI, for sellers of Market Yandex Go).
        initial_count: units at first.
        bid_fee: the bid that was charged, that of the next best competitor, in hundredths of a per cent of the price:
            500 is 5 %.
        cofinance_threshold: the threshold for joint discounts with the Market when the order was made, with two
            decimals.
        cofinance_value: the joint discount with the Market, with two decimals.
    """

    offer_name: str | None = None
    market_sku: Id | None = None
    shop_sku: Sku | None = None
    count: Int32 | None = None
    prices: Annotated[list[OrdersStatsPrice], Bounds(min_length=1)] | None = None
    warehouse: OrdersStatsWarehouse | None = None
    details: Annotated[list[OrdersStatsDetails], Bounds(min_length=1)] | None = None
    cis_list: Annotated[list[str], Bounds(min_length=1, unique=True)] | None = None
    initial_count: Int32 | None = None
    bid_fee: Annotated[Int32, Bounds(ge=0, le=10000)] | None = None
    cofinance_threshold: Decimal | None = None
    cofinance_value: Decimal | None = None


class OrdersStatsOrderPaymentType(OpenEnum):
    """When an order is paid for."""

    POSTPAID = "POSTPAID"
    """On receipt."""
    PREPAID = "PREPAID"
    """When it is made."""
    UNKNOWN = "UNKNOWN"
    """Unknown."""


class OrdersStatsPaymentOrder(Model, kw_only=True, frozen=True):
    """A payment order to the bank.

    Attributes:
        id: its number.
        date: its day.
    """

    id: str | None = None
    date: Day | None = None


class OrdersStatsPaymentSourceType(OpenEnum):
    """Where the money of a transfer comes from."""

    BUYER = "BUYER"
    """The buyer's payment."""
    CASHBACK = "CASHBACK"
    """Points of Yandex Plus."""
    MARKETPLACE = "MARKETPLACE"
    """A discount that the Market bore."""
    MARKET_CESSION = "MARKET_CESSION"
    """The buyer's payment that was assigned to the Market."""
    SPLIT = "SPLIT"
    """A loan, repaid in parts."""


class OrdersStatsPaymentType(OpenEnum):
    """Which way money went."""

    PAYMENT = "PAYMENT"
    """A payment."""
    REFUND = "REFUND"
    """A refund to the buyer."""


class OrdersStatsPayment(Model, kw_only=True, frozen=True):
    """A transfer of money for an order.

    Attributes:
        id: the id of the transfer.
        date: its day.
        type: which way the money went.
        source: where it comes from.
        total: the sum, with two decimals.
        payment_order: the payment order to the bank that it belongs to.
    """

    id: str | None = None
    date: Day | None = None
    type: OrdersStatsPaymentType | None = None
    source: OrdersStatsPaymentSourceType | None = None
    total: Decimal | None = None
    payment_order: OrdersStatsPaymentOrder | None = None


class OrdersStatsSubsidyOperationType(OpenEnum):
    """Whether points that lower the placement fee were given or taken."""

    ACCRUAL = "ACCRUAL"
    """Given."""
    DEDUCTION = "DEDUCTION"
    """Taken back, after a return or an unredeemed order."""


class OrdersStatsSubsidyType(OpenEnum):
    """What points that lower the placement fee are for."""

    YANDEX_CASHBACK = "YANDEX_CASHBACK"
    """The discount that the buyer got by points of Yandex Plus."""
    SUBSIDY = "SUBSIDY"
    """The discount of the Market: by promotions, coupons and the like."""
    DELIVERY = "DELIVERY"
    """The delivery that the seller makes (DBS)."""


class OrdersStatsSubsidy(Model, kw_only=True, frozen=True):
    """Points that lower the placement fee.

    They are given for an order, and taken back where the buyer didn't take it or gave it back.

    Attributes:
        operation_type: whether they were given or taken.
        type: what for.
        amount: how many points, with two decimals.
    """

    operation_type: OrdersStatsSubsidyOperationType
    type: OrdersStatsSubsidyType
    amount: Decimal


class OrdersStatsOrder(Model, kw_only=True, frozen=True):
    """An order in the statistics.

    Attributes:
        id: the order.
        creation_date: the day on which it was made.
        status_update_date: when its status last changed: `2017-11-21T00:00:00`, in Moscow's time.
        status: its status.
        partner_order_id: the store's own number of it.
        payment_type: when it is paid for.
        fake: whether it is a test order.
        delivery_region: where it is delivered to.
        items: its products after all changes, and its delivery as one more item with the name «Доставка».
        initial_items: its products at first; only where quantities were changed.
        payments: its transfers of money; empty while it is just begun, even if paid for, and where it was cancelled
            before delivery. Final once it is over.
        commissions: what the Market's services cost.
        subsidies: points that lower the placement fee.
        currency: the currency of its prices.
    """

    id: int | None = None
    creation_date: Day | None = None
    status_update_date: MoscowMoment | None = None
    status: OrderStatsStatusType | None = None
    partner_order_id: str | None = None
    payment_type: OrdersStatsOrderPaymentType | None = None
    fake: bool | None = None
    delivery_region: OrdersStatsDeliveryRegion | None = None
    items: list[OrdersStatsItem]
    initial_items: Annotated[list[OrdersStatsItem], Bounds(min_length=1)] | None = None
    payments: list[OrdersStatsPayment]
    commissions: list[OrdersStatsCommission]
    subsidies: Annotated[list[OrdersStatsSubsidy], Bounds(min_length=1)] | None = None
    currency: CurrencyType


class OrdersStats(Model, kw_only=True, frozen=True):
    """A page of orders in the statistics.

    Attributes:
        orders: the orders.
        paging: the way to the next page.
    """

    orders: list[OrdersStatsOrder]
    paging: ForwardScrollingPager | None = None


class OrdersStatsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getOrdersStats.

    Attributes:
        result: what was asked for.
    """

    result: OrdersStats | None = None

"""The structs of delivery options."""

from typing import Annotated

from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.base import Model
from yamarket_async.models.bounds import Bounds, Id
from yamarket_async.models.currency import CurrencyValue
from yamarket_async.models.orders import BasicOrderItem
from yamarket_async.models.schedules import DeliveryDateInterval, TimeInterval


class DeliveryOptionPrice(CurrencyValue, kw_only=True, frozen=True):
    """What the store pays for delivery in this way."""


class CourierDeliveryOption(Model, kw_only=True, frozen=True):
    """A time at which a courier could come, and its price.

    Attributes:
        delivery_date_interval: the first and the last day.
        delivery_time_interval: the hours of the day.
        price: what the store pays.
    """

    delivery_date_interval: DeliveryDateInterval
    delivery_time_interval: TimeInterval
    price: DeliveryOptionPrice


class CourierDeliveryOptions(Model, kw_only=True, frozen=True):
    """The times at which a courier could come.

    Attributes:
        courier_delivery_options: the options, at least one.
    """

    courier_delivery_options: Annotated[list[CourierDeliveryOption], Bounds(min_length=1)]


class CourierDeliveryParameters(Model, kw_only=True, frozen=True):
    """Where a courier would go.

    Attributes:
        full_address: the address down to the number of the house, 1 to 512 characters.
    """

    full_address: Annotated[str, Bounds(min_length=1, max_length=512)]


class PickupOption(Model, kw_only=True, frozen=True):
    """Days on which an order could be at a pick-up point, and the price.

    Attributes:
        delivery_date_interval: the first and the last day.
        price: what the store pays.
    """

    delivery_date_interval: DeliveryDateInterval
    price: DeliveryOptionPrice


class PickupOptions(Model, kw_only=True, frozen=True):
    """What is possible at one pick-up point.

    Attributes:
        logistic_point_id: the point: an id of `get_logistic_points`.
        options: when, and for how much; at least one.
    """

    logistic_point_id: Id
    options: Annotated[list[PickupOption], Bounds(min_length=1)]


class PickupDeliveryOptions(Model, kw_only=True, frozen=True):
    """What is possible at pick-up points.

    Attributes:
        pickup_options: one for each point that can be reached.
    """

    pickup_options: list[PickupOptions]


class WarehouseDeliveryOptions(Model, kw_only=True, frozen=True):
    """How items can be delivered from a warehouse.

    Attributes:
        pickup_delivery: to pick-up points; None where a courier was asked about.
        courier_delivery: by courier; None where pick-up points were asked about.
    """

    pickup_delivery: PickupDeliveryOptions | None = None
    courier_delivery: CourierDeliveryOptions | None = None


class WarehousesDeliveryOptions(Model, kw_only=True, frozen=True):
    """How the items in one warehouse can be delivered.

    Attributes:
        warehouse_id: the Market's warehouse.
        delivery_options: the ways, with days and prices.
        items: the items that would leave from there, with their numbers.
    """

    warehouse_id: Id
    delivery_options: WarehouseDeliveryOptions
    items: Annotated[list[BasicOrderItem], Bounds(min_length=1)]


class DeliveryOptions(Model, kw_only=True, frozen=True):
    """How items can be delivered, by warehouse.

    Attributes:
        warehouses_delivery_options: one for each warehouse, at least one.
    """

    warehouses_delivery_options: Annotated[list[WarehousesDeliveryOptions], Bounds(min_length=1)]


class DeliveryOptionsItem(BasicOrderItem, kw_only=True, frozen=True):
    """An item to be delivered.

    Attributes:
        warehouse_id: the Market's warehouse to ask about; None for one of the Market's choice.
    """

    warehouse_id: Id | None = None


class PickupDeliveryParameters(Model, kw_only=True, frozen=True):
    """The pick-up points to ask about.

    Attributes:
        logistic_points_ids: the points, 1 to 20, without repeats: ids of `get_logistic_points`.
    """

    logistic_points_ids: Annotated[list[Id], Bounds(min_length=1, max_length=20, unique=True)]


class DeliveryOptionsRequest(Model, kw_only=True, frozen=True):
    """What getDeliveryOptions takes.

    Attributes:
        items: what is to be delivered, 1 to 1,000 items, each SKU once. Each is a `DeliveryOptionsItem` or a mapping
            like `{"offerId": "A-1", "count": 2}`, with `warehouseId` to ask about a particular warehouse
            (`get_fulfillment_warehouses` lists them, `get_stocks` tells what lies there); else the Market chooses one.
        pickup_delivery: the pick-up points asked about, up to 20: a `PickupDeliveryParameters` or
            `{"logisticPointsIds": [1, 2]}`. Not together with `courier_delivery`.
        courier_delivery: the address asked about: a `CourierDeliveryParameters` or `{"fullAddress": "…"}`. Not together
            with `pickup_delivery`.
    """

    items: Annotated[list[DeliveryOptionsItem], Bounds(min_length=1, max_length=1000)]
    pickup_delivery: PickupDeliveryParameters | None = None
    courier_delivery: CourierDeliveryParameters | None = None


class DeliveryOptionsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getDeliveryOptions.

    Attributes:
        result: what was asked for.
    """

    result: DeliveryOptions | None = None


class PickupReturnDeliveryOptions(Model, kw_only=True, frozen=True):
    """Pick-up points that take a return.

    Attributes:
        logistic_point_ids: the points; an empty list when none of those asked about does.
    """

    logistic_point_ids: Annotated[list[Id], Bounds(unique=True)]


class ReturnDeliveryOptions(Model, kw_only=True, frozen=True):
    """Where items can be returned.

    Attributes:
        pickup_delivery: the pick-up points.
    """

    pickup_delivery: PickupReturnDeliveryOptions


class ReturnDeliveryOptionsRequest(Model, kw_only=True, frozen=True):
    """What getReturnDeliveryOptions takes.

    Attributes:
        items: what comes back, 1 to 1,000 items, each a `BasicOrderItem` or a mapping like `{"offerId": "A-1", "count":
            1}`.
        pickup_delivery: the pick-up points asked about, up to 20: a `PickupDeliveryParameters` or
            `{"logisticPointsIds": [1, 2]}`.
    """

    items: Annotated[list[BasicOrderItem], Bounds(min_length=1, max_length=1000)]
    pickup_delivery: PickupDeliveryParameters


class ReturnDeliveryOptionsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getReturnDeliveryOptions.

    Attributes:
        result: what was asked for.
    """

    result: ReturnDeliveryOptions | None = None

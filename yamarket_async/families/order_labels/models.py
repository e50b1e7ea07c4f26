"""The structs of order labels."""

from typing import Annotated

from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.base import Model
from yamarket_async.models.bounds import Bounds, Int32, Outdated


class ParcelBoxLabel(Model, kw_only=True, frozen=True):
    """What stands on the label of a box.

    Attributes:
        url: where the label of this box can be had as a PDF: the address of `generate_order_label`.
        supplier_name: the legal name of the store.
        delivery_service_name: the legal name of the delivery service.
        order_id: the Market's number of the order.
        order_num: the store's own number of the order; the Market's where it knows no other.
        recipient_name: the recipient's family name and initials.
        box_id: the id of the box.
        fulfilment_id: the order's number at the Market, a hyphen and the number of the box: `7206821-1`.
        place: the number of the box and how many there are: `1/3`.
        weight: the mass of all products of the order with its unit, in kilograms. Deprecated, to be dropped on
            19.10.2026.
        delivery_service_id: the id of the delivery service, as text; `get_delivery_services` has its name.
        delivery_address: the recipient's address.
        shipment_date: the day of shipment, `DD.MM.YYYY`.
    """

    url: Annotated[str, Bounds(min_length=1, max_length=2000)]
    supplier_name: str
    delivery_service_name: str
    order_id: int
    order_num: str
    recipient_name: str
    box_id: int
    fulfilment_id: str
    place: str
    weight: Annotated[str, Outdated()] | None = None
    delivery_service_id: str
    delivery_address: str | None = None
    shipment_date: str | None = None


class OrderLabel(Model, kw_only=True, frozen=True):
    """What stands on the labels of an order.

    Attributes:
        order_id: the order.
        places_number: how many boxes the order has.
        url: where the labels of all boxes can be had as a PDF: the address of `generate_order_labels`. Deprecated, to
            be dropped on 19.10.2026.
        parcel_box_labels: the label of each box.
    """

    order_id: int
    places_number: Int32
    url: Annotated[Annotated[str, Bounds(min_length=1, max_length=2000)], Outdated()] | None = None
    parcel_box_labels: list[ParcelBoxLabel]


class OrderLabelsDataResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getOrderLabelsData.

    Attributes:
        result: what was asked for.
    """

    result: OrderLabel | None = None

"""The structs of shipments."""

from typing import Annotated

from yamarket_async.models.answers import ApiResponse, ForwardScrollingPager
from yamarket_async.models.base import Model, Moment, OpenEnum
from yamarket_async.models.bounds import Bounds, Id, Int32
from yamarket_async.models.days import DottedDay


class DeliveryService(Model, kw_only=True, frozen=True):
    """A delivery service.

    Attributes:
        id: its id, as in `get_delivery_services`.
        name: its name.
    """

    id: int | None = None
    name: str | None = None


class PalletsCount(Model, kw_only=True, frozen=True):
    """The pallets of a shipment.

    Attributes:
        planned: how many the seller announced.
        fact: how many the sorting centre took over.
    """

    planned: Annotated[Int32, Bounds(ge=0)] | None = None
    fact: Annotated[Int32, Bounds(ge=0)] | None = None


class PartnerShipmentWarehouse(Model, kw_only=True, frozen=True):
    """A warehouse that a shipment leaves from or goes to.

    Attributes:
        id: its id, 1 or more.
        name: its name.
        address: its address.
    """

    id: Id
    name: str | None = None
    address: str | None = None


class ShipmentType(OpenEnum):
    """How orders get to the Market."""

    IMPORT = "IMPORT"
    """The seller brings them to a sorting centre or a point of acceptance."""
    WITHDRAW = "WITHDRAW"
    """The Market's couriers fetch them from the seller's warehouse."""


class Signature(Model, kw_only=True, frozen=True):
    """Whether an act of acceptance and transfer is signed.

    Attributes:
        signed: whether it is.
    """

    signed: bool


class BaseShipment(Model, kw_only=True, frozen=True):
    """What is told of every shipment.

    Attributes:
        id: the shipment, 1 or more.
        plan_interval_from: when it is planned to begin.
        plan_interval_to: when it is planned to end.
        shipment_type: how the orders get to the Market.
        warehouse: where it leaves from.
        warehouse_to: where it goes to.
        external_id: your own id of it; the Market's `id` while you have given none.
        delivery_service: the delivery service.
        pallets_count: its pallets.
        order_ids: its orders.
        draft_count: how many orders the Market planned for it.
        planned_count: how many orders the Market confirmed for it.
        fact_count: how many orders the sorting centre or point of acceptance took over.
        signature: whether its act is signed.
    """

    id: Id
    plan_interval_from: Moment
    plan_interval_to: Moment
    shipment_type: ShipmentType | None = None
    warehouse: PartnerShipmentWarehouse | None = None
    warehouse_to: PartnerShipmentWarehouse | None = None
    external_id: str | None = None
    delivery_service: DeliveryService | None = None
    pallets_count: PalletsCount | None = None
    order_ids: Annotated[list[Id], Bounds(unique=True)]
    draft_count: Annotated[Int32, Bounds(ge=0)]
    planned_count: Annotated[Int32, Bounds(ge=0)]
    fact_count: Annotated[Int32, Bounds(ge=0)]
    signature: Signature


class ConfirmShipmentRequest(Model, kw_only=True, frozen=True):
    """What confirmShipment takes.

    Attributes:
        external_shipment_id: your own id of the shipment, kept as `external_id`; None for none.
        signatory: the Yandex ID login, without `@yandex.ru`, of the person on whose behalf the act is signed
            electronically; it is shown at id.yandex.ru and under Settings → Employees in the account. Only with an
            Api-Key. None for an act on paper.
    """

    external_shipment_id: str | None = None
    signatory: str | None = None


class ShipmentActionType(OpenEnum):
    """What can be done with a shipment now."""

    CONFIRM = "CONFIRM"
    """Confirm it."""
    DOWNLOAD_ACT = "DOWNLOAD_ACT"
    """Download its act of acceptance and transfer."""
    DOWNLOAD_INBOUND_ACT = "DOWNLOAD_INBOUND_ACT"
    """Download the list of orders taken over."""
    DOWNLOAD_DISCREPANCY_ACT = "DOWNLOAD_DISCREPANCY_ACT"
    """Download the act of differences."""
    DOWNLOAD_TRANSPORTATION_WAYBILL = "DOWNLOAD_TRANSPORTATION_WAYBILL"
    """Download the waybill."""
    CHANGE_PALLETS_COUNT = "CHANGE_PALLETS_COUNT"
    """Tell the number of pallets."""


class ShipmentStatusType(OpenEnum):
    """How far a shipment is."""

    OUTBOUND_CREATED = "OUTBOUND_CREATED"
    """Being formed."""
    OUTBOUND_READY_FOR_CONFIRMATION = "OUTBOUND_READY_FOR_CONFIRMATION"
    """Formed, can be worked on."""
    OUTBOUND_CONFIRMED = "OUTBOUND_CONFIRMED"
    """Confirmed and ready to go."""
    OUTBOUND_SIGNED = "OUTBOUND_SIGNED"
    """Its act of acceptance and transfer is signed electronically."""
    FINISHED = "FINISHED"
    """Over."""
    ACCEPTED = "ACCEPTED"
    """Taken over by a sorting centre or a point of acceptance."""
    ACCEPTED_WITH_DISCREPANCIES = "ACCEPTED_WITH_DISCREPANCIES"
    """Taken over, with differences."""
    ERROR = "ERROR"
    """Cancelled because of an error."""


class ShipmentStatusChange(Model, kw_only=True, frozen=True):
    """The status of a shipment and when it got it.

    Attributes:
        status: the status.
        description: the status in words.
        update_time: when it last changed.
    """

    status: ShipmentStatusType | None = None
    description: str | None = None
    update_time: Moment | None = None


class ExtensionShipment(Model, kw_only=True, frozen=True):
    """What is told of a single shipment besides.

    Attributes:
        current_status: how far it is, and since when.
        available_actions: what can be done with it now.
    """

    current_status: ShipmentStatusChange | None = None
    available_actions: Annotated[list[ShipmentActionType], Bounds(unique=True)]


class OrdersShipmentInfo(Model, kw_only=True, frozen=True):
    """For which orders of a shipment labels can be printed.

    Attributes:
        order_ids_with_labels: those for which they can.
        order_ids_without_labels: those for which they can't yet.
    """

    order_ids_with_labels: Annotated[list[int], Bounds(unique=True)]
    order_ids_without_labels: Annotated[list[int], Bounds(unique=True)]


class ShipmentOrdersInfoResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getShipmentOrdersInfo.

    Attributes:
        result: what was asked for.
    """

    result: OrdersShipmentInfo | None = None


class Shipment(BaseShipment, kw_only=True, frozen=True):
    """A shipment, and what can be done with it.

    Attributes:
        current_status: how far it is, and since when.
        available_actions: what can be done with it now.
    """

    current_status: ShipmentStatusChange | None = None
    available_actions: Annotated[list[ShipmentActionType], Bounds(unique=True)]


class ShipmentResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getShipment.

    Attributes:
        result: what was asked for.
    """

    result: Shipment | None = None


class SearchShipmentsRequest(Model, kw_only=True, frozen=True):
    """What searchShipments takes.

    Attributes:
        date_from: the first day, included.
        date_to: the last day, included.
        statuses: only shipments in these statuses, a list without repeats of at least one; None for all.
        order_ids: only shipments with one of these orders, a list without repeats of at least one; None for all.
        cancelled_orders: whether cancelled orders are among the `order_ids` of a shipment; None is as True.
    """

    date_from: DottedDay
    date_to: DottedDay
    statuses: Annotated[list[ShipmentStatusType], Bounds(min_length=1, unique=True)] | None = None
    order_ids: Annotated[list[int], Bounds(min_length=1, unique=True)] | None = None
    cancelled_orders: bool | None = None


class ShipmentInfo(BaseShipment, kw_only=True, frozen=True):
    """A shipment in a list.

    Attributes:
        status: how far it is.
        status_description: the status in words.
        status_update_time: when it last changed.
    """

    status: ShipmentStatusType | None = None
    status_description: str | None = None
    status_update_time: Moment | None = None


class SearchShipmentsResult(Model, kw_only=True, frozen=True):
    """A page of shipments.

    Attributes:
        shipments: the shipments.
        paging: the way to the next page.
    """

    shipments: list[ShipmentInfo]
    paging: ForwardScrollingPager | None = None


class SearchShipmentsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of searchShipments.

    Attributes:
        result: what was asked for.
    """

    result: SearchShipmentsResult | None = None


class SetShipmentPalletsCountRequest(Model, kw_only=True, frozen=True):
    """What setShipmentPalletsCount takes.

    Attributes:
        places_count: the packages, 0 or more.
    """

    places_count: Annotated[Int32, Bounds(ge=0)]


class ShipmentPalletLabelPageFormatType(OpenEnum):
    """How labels of packages are laid out."""

    A4 = "A4"
    """16 labels a page."""
    A8 = "A8"
    """A label a page."""


class TransferOrdersFromShipmentRequest(Model, kw_only=True, frozen=True):
    """What transferOrdersFromShipment takes.

    Attributes:
        order_ids: the orders to move, without repeats; any number of them, sent 500 a request.
    """

    order_ids: Annotated[list[int], Bounds(min_length=1, max_length=500, unique=True)]

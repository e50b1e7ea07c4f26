"""The structs of supply requests."""

from typing import Annotated

from yamarket_async.models.answers import ApiResponse, ForwardScrollingPager
from yamarket_async.models.base import Model, Moment, OpenEnum
from yamarket_async.models.bounds import Bounds, Id, Int32, Sku
from yamarket_async.models.currency import CurrencyValue
from yamarket_async.models.places import Gps


class EtrnIdentifier(Model, kw_only=True, frozen=True):
    """An identifier for making an electronic waybill (ETrN).

    Attributes:
        identifier: the name of the identifier, always `YLOG_ID`.
        value: its value, `SCM_` and 1 to 19 digits.
    """

    identifier: Annotated[str, Bounds(min_length=7, max_length=7, pattern=r"^YLOG_ID$")]
    value: Annotated[str, Bounds(min_length=5, max_length=23, pattern=r"^SCM_[0-9]{1,19}$")]


class SupplyRequestDocumentType(OpenEnum):
    """A kind of document of a supply request."""

    SUPPLY = "SUPPLY"
    """The list of goods, put in by the store."""
    ADDITIONAL_SUPPLY = "ADDITIONAL_SUPPLY"
    """The list of goods of an additional supply, put in by the store."""
    VIRTUAL_DISTRIBUTION_CENTER_SUPPLY = "VIRTUAL_DISTRIBUTION_CENTER_SUPPLY"
    """The list of goods of a supply to several warehouses, put in by the store."""
    TRANSFER = "TRANSFER"
    """The list of goods to be disposed of, put in by the store."""
    INBOUND_UTD = "INBOUND_UTD"
    """The incoming universal transfer document (UPD)."""
    OUTBOUND_UTD = "OUTBOUND_UTD"
    """The outgoing universal transfer document (UPD)."""
    ADDITIONAL_SUPPLY_ACCEPTABLE_GOODS = "ADDITIONAL_SUPPLY_ACCEPTABLE_GOODS"
    """The goods that an additional supply may bring."""
    ADDITIONAL_SUPPLY_UNACCEPTABLE_GOODS = "ADDITIONAL_SUPPLY_UNACCEPTABLE_GOODS"
    """The goods that were not accepted and are to be fetched."""
    VALIDATION_ERRORS = "VALIDATION_ERRORS"
    """What is wrong with the goods of a supply."""
    WITHDRAW = "WITHDRAW"
    """The list of goods to be fetched, put in by the store."""
    ACT_OF_WITHDRAW = "ACT_OF_WITHDRAW"
    """The act of return."""
    ANOMALY_CONTAINERS_WITHDRAW_ACT = "ANOMALY_CONTAINERS_WITHDRAW_ACT"
    """The act of withdrawal of goods that were not accepted."""
    ACT_OF_WITHDRAW_FROM_STORAGE = "ACT_OF_WITHDRAW_FROM_STORAGE"
    """The act of writing off from storage."""
    ACT_OF_RECEPTION_TRANSFER = "ACT_OF_RECEPTION_TRANSFER"
    """The act of acceptance and transfer."""
    ACT_OF_DISCREPANCY = "ACT_OF_DISCREPANCY"
    """The act of differences."""
    SECONDARY_RECEPTION_ACT = "SECONDARY_RECEPTION_ACT"
    """The act of the second acceptance."""
    CARGO_UNITS = "CARGO_UNITS"
    """The labels of the packages."""
    IDENTIFIERS = "IDENTIFIERS"
    """The identification codes of the goods."""
    CIS_FACT = "CIS_FACT"
    """The accepted goods with identification codes."""
    ITEMS_WITH_CISES = "ITEMS_WITH_CISES"
    """The goods that need identification codes."""
    REPORT_OF_WITHDRAW_WITH_CISES = "REPORT_OF_WITHDRAW_WITH_CISES"
    """The goods with identification codes that are to leave the warehouse."""
    SECONDARY_ACCEPTANCE_CISES = "SECONDARY_ACCEPTANCE_CISES"
    """The goods with identification codes that the second acceptance took over."""
    RNPT_FACT = "RNPT_FACT"
    """The accepted goods with a registration number of the batch (RNPT)."""


class SupplyRequestDocument(Model, kw_only=True, frozen=True):
    """A document of a supply request.

    Attributes:
        type: what kind of document it is.
        url: the link to it, 1 to 2,000 characters.
        created_at: when it was made.
    """

    type: SupplyRequestDocumentType
    url: Annotated[str, Bounds(min_length=1, max_length=2000)]
    created_at: Moment


class SupplyRequestDocuments(Model, kw_only=True, frozen=True):
    """The documents of a supply request.

    Attributes:
        documents: the documents.
    """

    documents: Annotated[list[SupplyRequestDocument], Bounds(min_length=0)]


class SupplyRequestDocumentsRequest(Model, kw_only=True, frozen=True):
    """What getSupplyRequestDocuments takes.

    Attributes:
        request_id: the request, 1 or more: the `id` of its `SupplyRequestId`; not one of the numbers that the account
            shows.
    """

    request_id: Id


class SupplyRequestDocumentsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getSupplyRequestDocuments.

    Attributes:
        result: what was asked for.
    """

    result: SupplyRequestDocuments | None = None


class SupplyRequestItemCounters(Model, kw_only=True, frozen=True):
    """How many of a product there are in a supply request.

    Attributes:
        plan_count: how many were announced.
        fact_count: how many the warehouse took over.
        surplus_count: how many were too many.
        shortage_count: how many are flawed.
        defect_count: how many are defective.
    """

    plan_count: Annotated[Int32, Bounds(ge=0)] | None = None
    fact_count: Annotated[Int32, Bounds(ge=0)] | None = None
    surplus_count: Annotated[Int32, Bounds(ge=0)] | None = None
    shortage_count: Annotated[Int32, Bounds(ge=0)] | None = None
    defect_count: Annotated[Int32, Bounds(ge=0)] | None = None


class SupplyRequestItem(Model, kw_only=True, frozen=True):
    """A product in a supply request.

    Attributes:
        offer_id: the product's SKU.
        name: its name.
        price: its price a piece.
        counters: how many of it there are.
    """

    offer_id: Sku
    name: str
    price: CurrencyValue | None = None
    counters: SupplyRequestItemCounters


class SupplyRequestItems(Model, kw_only=True, frozen=True):
    """A page of products of a supply request.

    Attributes:
        items: the products.
        paging: the way to the next page.
    """

    items: Annotated[list[SupplyRequestItem], Bounds(min_length=0, max_length=100)]
    paging: ForwardScrollingPager | None = None


class SupplyRequestItemsRequest(Model, kw_only=True, frozen=True):
    """What getSupplyRequestItems takes.

    Attributes:
        request_id: the request, 1 or more: the `id` of its `SupplyRequestId`; not one of the numbers that the account
            shows.
    """

    request_id: Id


class SupplyRequestItemsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getSupplyRequestItems.

    Attributes:
        result: what was asked for.
    """

    result: SupplyRequestItems | None = None


class SupplyRequestCounters(Model, kw_only=True, frozen=True):
    """How many products, boxes and pallets there are in a supply request.

    Attributes:
        plan_count: the pieces that were announced.
        fact_count: the pieces that the warehouse took over.
        undefined_count: the pieces that were not accepted.
        surplus_count: the pieces that were too many.
        shortage_count: the pieces that are flawed.
        defect_count: the pieces that are defective.
        acceptable_count: the pieces that an additional supply may bring.
        unacceptable_count: the pieces that it may not.
        actual_pallets_count: the pallets that the warehouse took over.
        actual_box_count: the boxes that the warehouse took over.
    """

    plan_count: Annotated[Int32, Bounds(ge=0)] | None = None
    fact_count: Annotated[Int32, Bounds(ge=0)] | None = None
    undefined_count: Annotated[Int32, Bounds(ge=0)] | None = None
    surplus_count: Annotated[Int32, Bounds(ge=0)] | None = None
    shortage_count: Annotated[Int32, Bounds(ge=0)] | None = None
    defect_count: Annotated[Int32, Bounds(ge=0)] | None = None
    acceptable_count: Annotated[Int32, Bounds(ge=0)] | None = None
    unacceptable_count: Annotated[Int32, Bounds(ge=0)] | None = None
    actual_pallets_count: Annotated[Int32, Bounds(ge=0)] | None = None
    actual_box_count: Annotated[Int32, Bounds(ge=0)] | None = None


class SupplyRequestId(Model, kw_only=True, frozen=True):
    """The numbers of a supply request.

    Attributes:
        id: its id in the API, 1 or more, by which the account finds nothing.
        marketplace_request_id: its number on the marketplace, as the account shows it.
        warehouse_request_id: its number in the warehouse, as the account shows it.
    """

    id: Id
    marketplace_request_id: str | None = None
    warehouse_request_id: str | None = None


class SupplyRequestLocationAddress(Model, kw_only=True, frozen=True):
    """The address of a warehouse or a pick-up point.

    Attributes:
        full_address: the whole address.
        gps: where it lies.
    """

    full_address: str
    gps: Gps


class SupplyRequestLocationType(OpenEnum):
    """A kind of place."""

    FULFILLMENT = "FULFILLMENT"
    """A warehouse for storage."""
    XDOC = "XDOC"
    """A transit warehouse."""
    PICKUP_POINT = "PICKUP_POINT"
    """A pick-up point."""


class SupplyRequestLocation(Model, kw_only=True, frozen=True):
    """A warehouse or a pick-up point of a supply request.

    Attributes:
        requested_date: when the supply comes there.
        service_id: the warehouse, or the logistics company of the pick-up point.
        name: its name.
        address: its address.
        type: what kind of place it is.
    """

    requested_date: Moment | None = None
    service_id: int
    name: str
    address: SupplyRequestLocationAddress
    type: SupplyRequestLocationType


class SupplyRequestReferenceType(OpenEnum):
    """How two supply requests belong together."""

    VIRTUAL_DISTRIBUTION = "VIRTUAL_DISTRIBUTION"
    """Parts of a supply to several warehouses."""
    WITHDRAW = "WITHDRAW"
    """Fetching what was not accepted (subtypes DEFAULT, XDOC, VIRTUAL_DISTRIBUTION_CENTER_CHILD, ANOMALY_WITHDRAW)."""
    UTILIZATION = "UTILIZATION"
    """Disposing of what was not accepted (DEFAULT, XDOC, VIRTUAL_DISTRIBUTION_CENTER_CHILD,
    FORCE_PLAN_ANOMALY_PER_SUPPLY).
    """
    ADDITIONAL_SUPPLY = "ADDITIONAL_SUPPLY"
    """An additional supply (DEFAULT, XDOC, VIRTUAL_DISTRIBUTION_CENTER_CHILD, ADDITIONAL_SUPPLY)."""


class SupplyRequestReference(Model, kw_only=True, frozen=True):
    """A supply request that belongs to another.

    Attributes:
        id: the numbers of the other.
        type: how they belong together.
    """

    id: SupplyRequestId
    type: SupplyRequestReferenceType


class SupplyRequestStatusType(OpenEnum):
    """How far a supply request is."""

    CREATED = "CREATED"
    """Made."""
    FINISHED = "FINISHED"
    """Over: the goods were taken over, moved, handed to the seller or disposed of."""
    CANCELLED = "CANCELLED"
    """Cancelled."""
    INVALID = "INVALID"
    """Failed to be processed."""
    VALIDATED = "VALIDATED"
    """Being processed."""
    PUBLISHED = "PUBLISHED"
    """Sent to be approved."""
    ARRIVED_TO_SERVICE = "ARRIVED_TO_SERVICE"
    """The supply was unloaded."""
    ARRIVED_TO_XDOC_SERVICE = "ARRIVED_TO_XDOC_SERVICE"
    """The supply waits in the transit warehouse."""
    SHIPPED_TO_SERVICE = "SHIPPED_TO_SERVICE"
    """The supply left the transit warehouse for the warehouse."""
    CANCELLATION_REQUESTED = "CANCELLATION_REQUESTED"
    """To be cancelled."""
    CANCELLATION_REJECTED = "CANCELLATION_REJECTED"
    """Not to be cancelled after all."""
    REGISTERED_IN_ELECTRONIC_QUEUE = "REGISTERED_IN_ELECTRONIC_QUEUE"
    """The supply stands in the electronic queue."""
    READY_FOR_UTILIZATION = "READY_FOR_UTILIZATION"
    """The goods can be disposed of."""
    TRANSIT_MOVING = "TRANSIT_MOVING"
    """The goods are on their way to the warehouse where they can be fetched."""
    WAREHOUSE_HANDLING = "WAREHOUSE_HANDLING"
    """The warehouse takes the goods over anew, or collects them to be fetched or disposed of, piece by piece."""
    ACCEPTED_BY_WAREHOUSE_SYSTEM = "ACCEPTED_BY_WAREHOUSE_SYSTEM"
    """Approved."""
    READY_TO_WITHDRAW = "READY_TO_WITHDRAW"
    """The goods can be fetched."""
    NEED_PREPARATION = "NEED_PREPARATION"
    """The seller is to tell something."""
    WAREHOUSE_SIGNED_ACT = "WAREHOUSE_SIGNED_ACT"
    """The warehouse signed the electronic act of acceptance and transfer."""


class SupplyRequestSubType(OpenEnum):
    """What exactly a supply request is for."""

    DEFAULT = "DEFAULT"
    """Supply to a warehouse, or withdrawal from it."""
    XDOC = "XDOC"
    """Supply by way of a transit warehouse, or withdrawal from it."""
    INVENTORYING_SUPPLY = "INVENTORYING_SUPPLY"
    """An inventory that the store asked for."""
    INVENTORYING_SUPPLY_WAREHOUSE_BASED_PER_SUPPLIER = "INVENTORYING_SUPPLY_WAREHOUSE_BASED_PER_SUPPLIER"
    """An inventory that the warehouse asked for."""
    MOVEMENT_SUPPLY = "MOVEMENT_SUPPLY"
    """The incoming half of a move between warehouses; the other is MOVEMENT_WITHDRAW."""
    ADDITIONAL_SUPPLY = "ADDITIONAL_SUPPLY"
    """An additional supply of what was not accepted."""
    VIRTUAL_DISTRIBUTION_CENTER = "VIRTUAL_DISTRIBUTION_CENTER"
    """The parent request of a supply to a warehouse or to several."""
    VIRTUAL_DISTRIBUTION_CENTER_CHILD = "VIRTUAL_DISTRIBUTION_CENTER_CHILD"
    """A child request of such a supply; it has no `transit_location`."""
    FORCE_PLAN = "FORCE_PLAN"
    """Disposal begun by the warehouse."""
    FORCE_PLAN_ANOMALY_PER_SUPPLY = "FORCE_PLAN_ANOMALY_PER_SUPPLY"
    """Disposal of what was not accepted."""
    PLAN_BY_SUPPLIER = "PLAN_BY_SUPPLIER"
    """Disposal that the store asked for."""
    ANOMALY_WITHDRAW = "ANOMALY_WITHDRAW"
    """Withdrawal of what was not accepted."""
    FIX_LOST_INVENTORYING = "FIX_LOST_INVENTORYING"
    """Goods not found in the second inventory."""
    OPER_LOST_INVENTORYING = "OPER_LOST_INVENTORYING"
    """Goods not found in the first inventory."""
    MOVEMENT_WITHDRAW = "MOVEMENT_WITHDRAW"
    """The outgoing half of a move between warehouses; the other is MOVEMENT_SUPPLY."""
    MISGRADING_SUPPLY = "MISGRADING_SUPPLY"
    """A mix-up of goods that adds to the stock."""
    MISGRADING_WITHDRAW = "MISGRADING_WITHDRAW"
    """A mix-up of goods that takes from the stock."""
    MAN_UTIL = "MAN_UTIL"
    """Disposal by hand, begun by the warehouse."""
    WITHDRAW_AUTO_UTILIZATION = "WITHDRAW_AUTO_UTILIZATION"
    """Disposal of goods that were to be fetched and were kept too long."""
    EXTERNAL_WITHDRAW_INT_OZON = "EXTERNAL_WITHDRAW_INT_OZON"
    """Withdrawal to Ozon, for a supply ordered in an account there."""
    EXTERNAL_WITHDRAW_INT_WB = "EXTERNAL_WITHDRAW_INT_WB"
    """Withdrawal to Wildberries, for a supply ordered in an account there."""


class SupplyRequestType(OpenEnum):
    """What a supply request is for."""

    SUPPLY = "SUPPLY"
    """Bringing goods."""
    WITHDRAW = "WITHDRAW"
    """Fetching goods."""
    UTILIZATION = "UTILIZATION"
    """Disposing of goods."""


class SupplyRequest(Model, kw_only=True, frozen=True):
    """A request for supply, withdrawal or disposal.

    Attributes:
        id: its numbers.
        type: what it is for.
        subtype: what exactly it is for.
        status: how far it is.
        updated_at: when it last changed.
        counters: how many products, boxes and pallets there are in it.
        parent_link: the request above it; None where there is none.
        children_links: the requests below it; None where there are none.
        target_location: the warehouse or pick-up point it is for.
        transit_location: the transit warehouse or pick-up point the goods pass; None where they pass none.
        etrn_identifier: the identifier for making an electronic waybill; None where there is none.
    """

    id: SupplyRequestId
    type: SupplyRequestType
    subtype: SupplyRequestSubType
    status: SupplyRequestStatusType
    updated_at: Moment
    counters: SupplyRequestCounters
    parent_link: SupplyRequestReference | None = None
    children_links: Annotated[list[SupplyRequestReference], Bounds(min_length=1)] | None = None
    target_location: SupplyRequestLocation
    transit_location: SupplyRequestLocation | None = None
    etrn_identifier: EtrnIdentifier | None = None


class SupplyRequests(Model, kw_only=True, frozen=True):
    """A page of supply requests.

    Attributes:
        requests: the requests.
        paging: the way to the next page.
    """

    requests: Annotated[list[SupplyRequest], Bounds(min_length=0, max_length=100)]
    paging: ForwardScrollingPager | None = None


class SortOrderType(OpenEnum):
    """A direction of sorting."""

    ASC = "ASC"
    """Upwards."""
    DESC = "DESC"
    """Downwards."""


class SupplyRequestSortAttributeType(OpenEnum):
    """By what supply requests are sorted."""

    ID = "ID"
    """Their id."""
    REQUESTED_DATE = "REQUESTED_DATE"
    """The day of the supply at the warehouse, and at the transit warehouse where they pass one."""
    UPDATED_AT = "UPDATED_AT"
    """Their last change."""
    STATUS = "STATUS"
    """Their status."""


class SupplyRequestSorting(Model, kw_only=True, frozen=True):
    """How supply requests are sorted.

    Attributes:
        direction: upwards or downwards.
        attribute: by what.
    """

    direction: SortOrderType
    attribute: SupplyRequestSortAttributeType


class SupplyRequestsRequest(Model, kw_only=True, frozen=True):
    """What getSupplyRequests takes.

    Attributes:
        request_ids: only these requests (the `id` of a `SupplyRequestId`, 1 or more), without repeats; of any number,
            100 a request. None for all.
        request_date_from: only requests for this moment or later; None for no bound.
        request_date_to: only requests up to this moment; None for no bound.
        request_types: only these types, a list without repeats of at least one; None for all.
        request_subtypes: only these subtypes, a list without repeats of at least one; None for all.
        request_statuses: only requests in these statuses, a list without repeats of at least one; None for all.
        sorting: by what and in which direction they are sorted: a `SupplyRequestSorting` or a mapping like
            `{"attribute": "UPDATED_AT", "direction": "DESC"}`; None leaves it to the Market.
    """

    request_ids: Annotated[list[Id], Bounds(min_length=1, max_length=100, unique=True)] | None = None
    request_date_from: Moment | None = None
    request_date_to: Moment | None = None
    request_types: Annotated[list[SupplyRequestType], Bounds(min_length=1, unique=True)] | None = None
    request_subtypes: Annotated[list[SupplyRequestSubType], Bounds(min_length=1, unique=True)] | None = None
    request_statuses: Annotated[list[SupplyRequestStatusType], Bounds(min_length=1, unique=True)] | None = None
    sorting: SupplyRequestSorting | None = None


class SupplyRequestsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getSupplyRequests.

    Attributes:
        result: what was asked for.
    """

    result: SupplyRequests | None = None

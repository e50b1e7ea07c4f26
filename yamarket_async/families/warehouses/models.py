"""The structs of warehouses."""

from typing import Annotated

from yamarket_async.models.answers import ApiResponse, ForwardScrollingPager
from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Bounds, Id
from yamarket_async.models.placement import ApiAvailabilityStatusType
from yamarket_async.models.places import Gps


class WarehouseAddress(Model, kw_only=True, frozen=True):
    """The address of a warehouse.

    Attributes:
        city: the city, up to 200 characters.
        street: the street, up to 512 characters.
        number: the number of the house, up to 256 characters.
        building: the number of the building, up to 16 characters.
        block: the number of the block, up to 16 characters.
        gps: where it lies.
    """

    city: Annotated[str, Bounds(max_length=200)]
    street: Annotated[str, Bounds(max_length=512)] | None = None
    number: Annotated[str, Bounds(max_length=256)] | None = None
    building: Annotated[str, Bounds(max_length=16)] | None = None
    block: Annotated[str, Bounds(max_length=16)] | None = None
    gps: Gps


class FulfillmentWarehouse(Model, kw_only=True, frozen=True):
    """A warehouse of the Market.

    Attributes:
        id: its id.
        name: its name.
        address: its address.
    """

    id: int
    name: str
    address: WarehouseAddress | None = None


class FulfillmentWarehouses(Model, kw_only=True, frozen=True):
    """Warehouses of the Market.

    Attributes:
        warehouses: the warehouses.
    """

    warehouses: list[FulfillmentWarehouse]


class FulfillmentWarehousesResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getFulfillmentWarehouses.

    Attributes:
        result: what was asked for.
    """

    result: FulfillmentWarehouses | None = None


class WarehouseComponentType(OpenEnum):
    """What `get_paged_warehouses` can tell besides."""

    ADDRESS = "ADDRESS"
    """The address."""
    STATUS = "STATUS"
    """The status."""


class PagedWarehousesRequest(Model, kw_only=True, frozen=True):
    """What getPagedWarehouses takes.

    Attributes:
        components: what else to tell: ADDRESS, STATUS or both, a list without repeats of at least one; None for
            neither.
        campaign_ids: only the warehouses of these stores; campaignIds without repeats, of any number, 25 a request; not
            the store's ID that the account and some reports show. None for all stores.
    """

    components: Annotated[list[WarehouseComponentType], Bounds(min_length=1, unique=True)] | None = None
    campaign_ids: Annotated[list[Id], Bounds(min_length=1, max_length=25, unique=True)] | None = None


class WarehouseGroupInfo(Model, kw_only=True, frozen=True):
    """The group of warehouses that a warehouse belongs to.

    Attributes:
        name: the group's name.
        id: the group's id.
    """

    name: str
    id: int


class WarehouseStatusType(OpenEnum):
    """Whether the seller switched a warehouse off."""

    DISABLED_MANUALLY = "DISABLED_MANUALLY"
    """The seller switched it off."""
    OTHER = "OTHER"
    """Anything else: it is on, or the Market switched it off."""


class WarehouseStatus(Model, kw_only=True, frozen=True):
    """The status of a warehouse.

    Attributes:
        status: whether the seller switched it off; the account may show another status.
    """

    status: WarehouseStatusType


class WarehouseDetails(Model, kw_only=True, frozen=True):
    """A warehouse of a cabinet with groups.

    Attributes:
        id: its id.
        name: its name.
        campaign_id: the campaignId of its store.
        express: whether it can deliver by Express.
        group_info: the group it belongs to; None where it belongs to none.
        address: its address; only where `components` asked for ADDRESS.
        status: its status; only where `components` asked for STATUS.
    """

    id: int
    name: str
    campaign_id: Id
    express: bool
    group_info: WarehouseGroupInfo | None = None
    address: WarehouseAddress | None = None
    status: WarehouseStatus | None = None


class PagedWarehouses(Model, kw_only=True, frozen=True):
    """A page of warehouses.

    Attributes:
        warehouses: the warehouses.
        paging: the way to the next page.
    """

    warehouses: list[WarehouseDetails]
    paging: ForwardScrollingPager | None = None


class PagedWarehousesResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getPagedWarehouses.

    Attributes:
        result: what was asked for.
    """

    result: PagedWarehouses | None = None


class PartnerWarehouseComponentType(OpenEnum):
    """What `get_partner_warehouses` can tell besides."""

    ADDRESS = "ADDRESS"
    """The address."""


class PartnerWarehousesRequest(Model, kw_only=True, frozen=True):
    """What getPartnerWarehouses takes.

    Attributes:
        warehouse_ids: only these warehouses, a list of ids (1 or more) without repeats, of at least one; None for all
            of the cabinet.
        components: what else to tell: ADDRESS, the only one; None for nothing.
    """

    warehouse_ids: Annotated[list[Id], Bounds(min_length=1, unique=True)] | None = None
    components: Annotated[list[PartnerWarehouseComponentType], Bounds(min_length=1, unique=True)] | None = None


class WarehouseProgramType(OpenEnum):
    """A model that a warehouse works by."""

    FBS = "FBS"
    """Stored and packed by the seller, delivered by the Market."""
    DBS = "DBS"
    """Stored, packed and delivered by the seller."""
    EXPRESS = "EXPRESS"
    """Express: stored and packed by the seller, fetched and delivered by a courier within hours."""


class PartnerWarehouseModel(Model, kw_only=True, frozen=True):
    """A model that a warehouse works by.

    Attributes:
        placement_type: the model.
        api_availability: whether the API is open to it, and if not, why.
    """

    placement_type: WarehouseProgramType
    api_availability: ApiAvailabilityStatusType


class PartnerWarehouse(Model, kw_only=True, frozen=True):
    """A warehouse of a cabinet without groups.

    Attributes:
        id: its id, 1 or more.
        name: its name.
        models: the models it works by.
        address: its address; only where `components` asked for ADDRESS.
    """

    id: Id
    name: str
    models: list[PartnerWarehouseModel]
    address: WarehouseAddress | None = None


class PartnerWarehouses(Model, kw_only=True, frozen=True):
    """A page of warehouses.

    Attributes:
        warehouses: the warehouses.
        paging: the way to the next page.
    """

    warehouses: list[PartnerWarehouse]
    paging: ForwardScrollingPager | None = None


class PartnerWarehousesResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getPartnerWarehouses.

    Attributes:
        result: what was asked for.
    """

    result: PartnerWarehouses | None = None


class Warehouse(Model, kw_only=True, frozen=True):
    """A warehouse.

    Attributes:
        id: its id.
        name: its name.
        campaign_id: the campaignId of its store.
        express: whether it can deliver by Express.
        address: its address.
    """

    id: int
    name: str
    campaign_id: Id
    express: bool
    address: WarehouseAddress | None = None


class WarehouseGroup(Model, kw_only=True, frozen=True):
    """Warehouses that share their stocks.

    Attributes:
        name: the name of the group.
        main_warehouse: the warehouse under whose id the stocks of the whole group are to be sent.
        warehouses: the warehouses in the group.
    """

    name: str
    main_warehouse: Warehouse
    warehouses: list[Warehouse]


class Warehouses(Model, kw_only=True, frozen=True):
    """The warehouses of a cabinet.

    Attributes:
        warehouses: those in no group.
        warehouse_groups: the groups.
    """

    warehouses: list[Warehouse]
    warehouse_groups: list[WarehouseGroup]


class WarehousesResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getWarehouses.

    Attributes:
        result: what was asked for.
    """

    result: Warehouses | None = None


class UpdateWarehouseModelStatusRequest(Model, kw_only=True, frozen=True):
    """What updateWarehouseModelStatus takes.

    Attributes:
        partner_warehouse_id: the warehouse, 1 or more: an id of `get_partner_warehouses`.
        model: the model: FBS, DBS or EXPRESS, one of those that the warehouse works by.
        enabled: True to switch it on, False to switch it off.
    """

    partner_warehouse_id: Id
    model: WarehouseProgramType
    enabled: bool


class WarehouseModelStatusType(OpenEnum):
    """Whether the seller switched a model of a warehouse off."""

    DISABLED_MANUALLY = "DISABLED_MANUALLY"
    """The seller switched it off."""
    OTHER = "OTHER"
    """Anything else: it is on, or the Market switched it off."""


class WarehouseModelStatus(Model, kw_only=True, frozen=True):
    """The status of a model of a warehouse.

    Attributes:
        status: whether the seller switched it off.
    """

    status: WarehouseModelStatusType


class UpdateWarehouseModelStatusResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of updateWarehouseModelStatus.

    Attributes:
        result: what was asked for.
    """

    result: WarehouseModelStatus | None = None


class UpdateWarehouseStatusRequest(Model, kw_only=True, frozen=True):
    """What updateWarehouseStatus takes.

    Attributes:
        enabled: True to switch it on, False to switch it off.
    """

    enabled: bool


class UpdateWarehouseStatusResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of updateWarehouseStatus.

    Attributes:
        result: what was asked for.
    """

    result: WarehouseStatus | None = None

"""Cabinets, the models by which stores work, and whether they can be reached over the API."""

from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Id


class ApiAvailabilityStatusType(OpenEnum):
    """Whether a store can be reached over the API.

    Calls for one that can't are answered with 403 and not executed. After a repair it takes about a minute until they
    are again.
    """

    AVAILABLE = "AVAILABLE"
    """Methods can be called."""
    DISABLED_BY_INACTIVITY = "DISABLED_BY_INACTIVITY"
    """Nothing of the store was on show for more than 90 days."""
    DISABLED_BY_NO_ACTIVE_CONTRACT = "DISABLED_BY_NO_ACTIVE_CONTRACT"
    """The store has no active contract with the Market."""
    MANUALLY_DISABLED = "MANUALLY_DISABLED"
    """The integration was switched off by hand."""
    DISABLED_BY_NO_PLACEMENT_TYPE = "DISABLED_BY_NO_PLACEMENT_TYPE"
    """The store takes part in no placement programme."""


class Business(Model, kw_only=True, frozen=True):
    """A cabinet: the account of a seller, to which stores belong.

    Attributes:
        id: the businessId, 1 or more.
        name: its name.
    """

    id: Id | None = None
    name: str | None = None


class PlacementType(OpenEnum):
    """The model by which a store works."""

    FBS = "FBS"
    """FBS or Express: the seller stores, the Market delivers."""
    FBY = "FBY"
    """The Market stores and delivers."""
    DBS = "DBS"
    """The seller stores and delivers."""
    LAAS = "LAAS"
    """The Market stores and delivers orders of other channels."""


class SellingProgramType(OpenEnum):
    """The model by which a store works, with Express apart from FBS."""

    FBY = "FBY"
    """The Market stores and delivers."""
    FBS = "FBS"
    """The seller stores, the Market delivers."""
    DBS = "DBS"
    """The seller stores and delivers."""
    EXPRESS = "EXPRESS"
    """The seller stores, a courier of the Market collects and delivers within hours."""
    LAAS = "LAAS"
    """The Market stores and delivers orders of other channels."""

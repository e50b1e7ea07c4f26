"""Stocks and their types."""

from yamarket_async.models.base import Model, OpenEnum


class WarehouseStockType(OpenEnum):
    """The type of a stock."""

    FIT = "FIT"
    """Can be sold: AVAILABLE and FREEZE together."""
    FREEZE = "FREEZE"
    """Reserved for orders."""
    AVAILABLE = "AVAILABLE"
    """Can be ordered: FIT less FREEZE."""
    QUARANTINE = "QUARANTINE"
    """Temporarily not for sale, while it is moved within the warehouse, for example."""
    UTILIZATION = "UTILIZATION"
    """Going to be disposed of."""
    DEFECT = "DEFECT"
    """Damaged."""
    EXPIRED = "EXPIRED"
    """Past its use-by date."""


class WarehouseStock(Model, kw_only=True, frozen=True):
    """How much of a product there is, of one type of stock.

    Attributes:
        type: the type of stock.
        count: units.
    """

    type: WarehouseStockType
    count: int

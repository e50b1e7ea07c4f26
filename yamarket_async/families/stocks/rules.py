"""What stocks must keep to beside the bounds of their fields."""

from collections.abc import Iterator
from typing import Any

from yamarket_async.endpoints import Broken
from yamarket_async.rules import concerning, fresh, only_with

in_a_warehouse = only_with("has_stocks", "stocks_warehouse_id")


@concerning('"updatedAt"')
def store_stock(stock: Any) -> Iterator[Broken]:
    """The count of a product in a store."""
    yield from fresh(stock.items[0].updated_at, "items[0].updatedAt")


@concerning('"updatedAt"')
def warehouse_stock(stock: Any) -> Iterator[Broken]:
    """The count of a product in a warehouse."""
    yield from fresh(stock.updated_at, "updatedAt")

"""The structs of operations."""

from typing import Annotated

from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Bounds
from yamarket_async.models.operations import OperationType


class OperationsRequest(Model, kw_only=True, frozen=True):
    """What getOperations takes.

    Attributes:
        operation_type: the type of all these operations, an `OperationType`: ORDER_RECIPIENT_UPDATE,
            ORDER_DELIVERY_INTERVAL_UPDATE, ORDER_STORAGE_LIMIT_DATE_UPDATE, ORDER_STATUS_UPDATE or RETURN_CANCELLATION.
        operation_ids: their ids, without repeats, each of 1 to 1,000 characters; of any number, 100 a request.
    """

    operation_type: OperationType
    operation_ids: Annotated[
        list[Annotated[str, Bounds(min_length=1, max_length=1000)]], Bounds(min_length=1, max_length=100, unique=True)
    ]


class OperationStatusType(OpenEnum):
    """How far an operation is."""

    IN_PROGRESS = "IN_PROGRESS"
    """Still running."""
    DONE = "DONE"
    """Over, and the change was made."""
    FAILED = "FAILED"
    """Over, and nothing was changed."""


class OperationResult(Model, kw_only=True, frozen=True):
    """An operation and how far it is.

    Attributes:
        id: its id, 1 to 1,000 characters.
        type: what it does.
        status: whether it runs, was done or failed.
    """

    id: Annotated[str, Bounds(min_length=1, max_length=1000)]
    type: OperationType
    status: OperationStatusType


class OperationsResult(Model, kw_only=True, frozen=True):
    """Operations and how far they are.

    Attributes:
        operations: the operations.
    """

    operations: list[OperationResult]


class OperationsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getOperations.

    Attributes:
        result: what was asked for.
    """

    result: OperationsResult | None = None

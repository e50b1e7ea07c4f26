"""Changes that the Market makes later, which LaaS stores ask after: their ids, and what became of them."""

from typing import Literal

import msgspec

from yamarket_async.sandbox.parts.settling import Settling
from yamarket_async.sandbox.world import World

TAKES = 300.0
"""Seconds that an operation takes."""

Status = Literal["IN_PROGRESS", "DONE", "FAILED"]


class Operation(msgspec.Struct):
    """A change under way.

    Attributes:
        id: its id.
        type: what it changes: ORDER_STATUS_UPDATE.
        due: when it ends, in epoch seconds.
        failed: whether it ends without the change.
    """

    id: str
    type: str
    due: float
    failed: bool = False


class Operations:
    """All operations of the business."""

    HANDS = ("status", "fail")
    """The methods that are for tests."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._operations: dict[str, Operation] = {}

    def begin(self, type_: str) -> Operation:
        """Begin an operation."""
        number = len(self._operations) + 1
        id_ = f"{self._world.random('operation', number).getrandbits(64):016x}-{number}"
        made = Operation(id_, type_, self._world.now() + TAKES)
        self._operations[id_] = made
        return made

    def find(self, operation_id: str) -> Operation | None:
        """Find an operation; None where there is none."""
        return self._operations.get(operation_id)

    def status(self, operation_id: str) -> Status:
        """Tell how an operation stands.

        Raises:
            ValueError: there is no such operation.
        """
        with self._world.lock:
            self._world.part(Settling).settle()
            found = self.known(operation_id)
            if self._world.now() < found.due:
                return "IN_PROGRESS"
            return "FAILED" if found.failed else "DONE"

    def fail(self, operation_id: str) -> None:
        """Let an operation that is under way end without its change.

        Raises:
            ValueError: there is no such operation, or it has ended.
        """
        with self._world.lock:
            found = self.known(operation_id)
            if self._world.now() >= found.due:
                raise ValueError(f"operation_id={operation_id!r}: it has ended")
            found.failed = True

    def known(self, operation_id: str) -> Operation:
        """Find an operation that there must be.

        Raises:
            ValueError: there is no such operation.
        """
        found = self._operations.get(operation_id)
        if found is None:
            raise ValueError(f"operation_id={operation_id!r}: there is no such operation")
        return found

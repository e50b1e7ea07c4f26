"""What became of operations."""

from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.calls import Call
from yamarket_async.sandbox.pages import listed
from yamarket_async.sandbox.parts.operations import Operation, Operations


@answers("getOperations")
def operations(call: Call) -> dict[str, Any]:
    """Operations by their ids; those that there aren't are left out."""
    part = call.world.part(Operations)
    found = (part.find(each) for each in call.body["operationIds"])
    return listed(call, [_write(part, each) for each in found if each and each.type == call.body["operationType"]])


def _write(part: Operations, operation: Operation) -> dict[str, Any]:
    return {"id": operation.id, "type": operation.type, "status": part.status(operation.id)}

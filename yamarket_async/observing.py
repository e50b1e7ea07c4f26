"""What can be watched of a client at work: its calls, each of their attempts, and each wait for a limit."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

import msgspec

from yamarket_async.limits import Entity, Wait

if TYPE_CHECKING:
    from yamarket_async.endpoints import Request

logger = logging.getLogger("yamarket_async.observing")


class Call(msgspec.Struct, frozen=True, gc=False):
    """One attempt of a call is over.

    Attributes:
        call_id: the call, a number that is unique within the process; the attempts of one call have the same.
        endpoint: the method, by the name that the documentation gives it.
        entity: the campaign or business whose limits it counted against.
        status: the HTTP status of the answer; None where none came.
        attempt: how often the request has been sent, this time included: 1, 2, … Refusals for a limit count as well,
            unlike in `Retry.attempts`.
        seconds: how long the attempt took, from the moment at which it might be sent to the end of the answer.
        waited: how long it waited before that for a limit, a free slot and a connection.
        bytes: the size of the answer, decompressed.
        error: what the attempt failed with, also where it was repeated; None where it did not fail. A refusal for a
            limit that is waited out is no failure: its status is 420. A `CancelledError` where the caller gave up.
    """

    call_id: int
    endpoint: str
    entity: Entity
    status: int | None
    attempt: int
    seconds: float
    waited: float
    bytes: int
    error: BaseException | None


class Watch(Protocol):
    """Follows one call, in the task that makes it."""

    def waits(self, wait: Wait) -> None:
        """The call starts to wait for a limit."""

    def attempted(self, call: Call) -> None:
        """An attempt is over."""


Watcher = Callable[["Request"], AbstractContextManager[Watch]]
"""Opens a `Watch` around a call, its waits and its pauses included."""


def tell(on_call: Callable[[Call], None], call: Call) -> None:
    """Hand a call to the caller's callback; what goes wrong in there must not cost an answer that has come."""
    try:
        on_call(call)
    except Exception:
        logger.exception("on_call raised for %s of %s", call.endpoint, call.entity)

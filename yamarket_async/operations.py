"""Waiting for operations that take the Market a while: what changes of orders and returns have started."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from yamarket_async.arguments import integer, request_of
from yamarket_async.errors import InvalidRequest, NotFinished
from yamarket_async.families import Family
from yamarket_async.patience import seconds
from yamarket_async.polling import pauses
from yamarket_async.session import Session

if TYPE_CHECKING:
    from yamarket_async.families.operations.models import OperationResult

UNKNOWN_AFTER: Final = 8
"""Looks after which an operation that the Market doesn't list is given up: about a minute."""

_HOLDERS: Final = ("operations", "operation", "answers", "result", "orders")
"""Where answers hold operations, or what holds them."""

_api = Family("operations")


class Started(NamedTuple):
    """An operation that was started: as what, and which."""

    type: str
    id: str


class Operations:
    """Operations of a business that are waited for.

    Args:
        session: performs the requests.
        business_id: the business.
        given: what holds the operations.
        timeout: seconds for the whole; None for as long as it takes.

    Raises:
        InvalidRequest: an argument is out of bounds, or holds no operations.
    """

    def __init__(self, session: Session, business_id: int, given: object, *, timeout: object) -> None:
        self._session = session
        self._business_id = business_id
        self._timeout = None if timeout is None else seconds("timeout", timeout, above=0)
        self._wanted = list(dict.fromkeys(started_in("operations", given)))
        self._found: dict[Started, OperationResult] = {}
        self._unlisted: dict[Started, int] = {}
        integer("business_id", business_id)
        for batch in self._batches(self._wanted):
            self._request(batch)  # what breaks a rule is told before anything is sent

    async def wait(self) -> "list[OperationResult]":
        """Wait for them, see `MarketClient.wait_for_operations`."""
        time_limit = asyncio.timeout(self._timeout)
        try:
            async with time_limit:
                await self._session.spawn(self._finished)
        except TimeoutError:
            if not time_limit.expired():
                raise
            pending = self._pending()
            shown = ", ".join(one.id for one in pending[:5])
            message = (
                f"{len(pending)} of {len(self._wanted)} operations weren't finished within {self._timeout:g} s: {shown}"
            )
            raise NotFinished(f"getOperations: {message}", pending=self._as_given(pending)) from None
        return [self._found[one] for one in self._wanted]

    async def _finished(self) -> None:
        waits = pauses(0)
        while pending := self._pending():
            for batch in self._batches(pending):
                await self._look(batch)
            if pending := self._pending():
                pause = next(waits)
                self._session.tell_wait(self._request(pending[:1]), pause, f"for {len(pending)} operations")
                await asyncio.sleep(pause)

    async def _look(self, batch: list[Started]) -> None:
        request = self._request(batch)
        answer = await self._session.call(request)
        listed = {(str(each.type), each.id): each for each in request.endpoint.items(answer.read()) or ()}
        for one in batch:
            told = listed.get(one)
            if told is not None and told.status in {"DONE", "FAILED"}:
                self._found[one] = told
            self._unlisted[one] = 0 if told is not None else self._unlisted.get(one, 0) + 1
        unknown = [one for one in batch if self._unlisted[one] >= UNKNOWN_AFTER]
        if unknown:
            shown = ", ".join(one.id for one in unknown[:5])
            message = f"getOperations: the Market knows no operations {shown} of business {self._business_id}"
            raise NotFinished(message, pending=self._as_given(self._pending()))

    def _pending(self) -> list[Started]:
        return [one for one in self._wanted if one not in self._found]

    def _as_given(self, pending: list[Started]) -> list[dict[str, str]]:
        return [{"id": one.id, "type": one.type} for one in pending]

    def _batches(self, wanted: list[Started]) -> list[list[Started]]:
        """Cut operations into what one request may ask for: of one type, and not more than so many."""
        at_once = _api.GET_OPERATIONS.ids[0].at_once
        found = []
        by_type = attrgetter("type")
        for _, several in groupby(sorted(wanted, key=by_type), key=by_type):
            ones = list(several)
            found += [ones[start : start + at_once] for start in range(0, len(ones), at_once)]
        return found

    def _request(self, batch: list[Started]) -> Any:
        ids = [one.id for one in batch]
        arguments = {"business_id": self._business_id, "operation_type": batch[0].type, "operation_ids": ids}
        return request_of(_api.GET_OPERATIONS, arguments)


def started_in(place: str, given: object) -> Iterator[Started]:
    """Find the operations in what methods have returned.

    Args:
        place: where it stands, for errors.
        given: an operation, what holds some, or an iterable of these; None holds none.

    Raises:
        InvalidRequest: it is nothing of the kind, or the report of a bulk call, which keeps no answers.
    """
    id_, type_ = (given.get("id"), given.get("type")) if isinstance(given, Mapping) else _named(given)
    if isinstance(id_, str) and isinstance(type_, str):
        yield Started(str(type_), id_)
    elif given is None:
        return
    elif held := [name for name in _HOLDERS if hasattr(given, name)]:
        if "answers" in held and not given.answers and given.accepted:  # type: ignore[attr-defined]
            rule = "is the report of a whole call, which keeps no answers: go through its batches (async for) instead"
            raise InvalidRequest(place, given, rule)
        for name in held:
            yield from started_in(f"{place}.{name}", getattr(given, name))
    elif isinstance(given, Iterable) and not isinstance(given, (str, bytes, Mapping)):
        for number, each in enumerate(given):
            yield from started_in(f"{place}[{number}]", each)
    else:
        raise InvalidRequest(place, given, "must be what update_order, update_order_status or cancel_return returned")


def _named(given: object) -> tuple[object, object]:
    return getattr(given, "id", None), getattr(given, "type", None)

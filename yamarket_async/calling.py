"""What the methods of all families stand on: a call of each kind that the documentation has, by its entry."""

import asyncio
import functools
import inspect
import sys
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from yamarket_async.arguments import request_of
from yamarket_async.endpoints import Endpoint
from yamarket_async.paging import Pager, pager
from yamarket_async.session import Session

if TYPE_CHECKING:
    from yamarket_async.bulk import Batches
    from yamarket_async.files import File
    from yamarket_async.reports import Report

P = ParamSpec("P")
T = TypeVar("T")


class Methods:
    """The base of each family's methods. `MarketClient` is all families together."""

    _session: Session

    async def _call(self, endpoint: Endpoint, **arguments: object) -> Any:
        """Call a method that answers with one thing, or with nothing."""
        answer = await self._session.call(request_of(endpoint, arguments))
        return endpoint.unwrap(answer.read())

    def _pager(self, endpoint: Endpoint, **arguments: object) -> Pager[Any]:
        """Call a method that answers with a list in pages, or takes a list of ids of any length."""
        return pager(self._session, endpoint, arguments)

    def _batches(
        self, endpoint: Endpoint, *, isolate: bool = True, on_invalid: str = "raise", **arguments: object
    ) -> "Batches[Any]":
        """Call a method that changes many things."""
        from yamarket_async.bulk import batches  # noqa: PLC0415 — many programs only read, and it is a tenth of the import

        return batches(self._session, endpoint, arguments, isolate=isolate, on_invalid=on_invalid)

    async def _file(self, endpoint: Endpoint, **arguments: object) -> "File":
        """Call a method that answers with a file."""
        from yamarket_async.files import File  # noqa: PLC0415 — as above: most never need it

        answer = await self._session.call(request_of(endpoint, arguments))
        return File.of(answer.reply, endpoint)

    def _report(self, endpoint: Endpoint, *, timeout: float | None = None, **arguments: object) -> "Report":
        """Call a method that begins a report."""
        from yamarket_async.reports import Report  # noqa: PLC0415 — as above

        request, source_type = request_of(endpoint, arguments), arguments.get("source_type")
        return Report(self._session, endpoint, request, source_type=source_type, timeout=timeout)

    async def _upload(self, endpoint: Endpoint, file: object, **arguments: object) -> Any:
        """Call a method that takes a file: an `Upload`, or what one is made of."""
        from yamarket_async.files import Upload  # noqa: PLC0415 — as above

        request, upload = request_of(endpoint, arguments), Upload.of(file)
        await asyncio.to_thread(upload.read)
        answer = await self._session.call(request, upload=upload)
        return endpoint.unwrap(answer.read())


def deprecated(message: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Make a method warn at its caller's line when it is called, not when what it returns is awaited.

    Args:
        message: what to use in its place, and when the Market shuts it down.
    """

    def decorate(method: Callable[P, T]) -> Callable[P, T]:
        @functools.wraps(method)
        def warning(*args: P.args, **kwargs: P.kwargs) -> T:
            warnings.warn(f"{method.__name__}: {message}", DeprecationWarning, stacklevel=2)
            return method(*args, **kwargs)

        # As PEP 702 has it: tools that know it strike the method through.
        warning.__dict__["__deprecated__"] = message
        if inspect.iscoroutinefunction(method):
            _mark_coroutine_function(warning)
        return warning

    return decorate


# A wrapper that were a coroutine function itself would warn when it is awaited: of a task, at a line of asyncio.
if sys.version_info >= (3, 12):  # pragma: no cover — a Python runs one of the two branches

    def _mark_coroutine_function(function: Callable[..., Any]) -> None:
        """Let a function that returns a coroutine pass for what it wraps: mocks of it are awaited, help says async."""
        inspect.markcoroutinefunction(function)

else:  # pragma: no cover

    def _mark_coroutine_function(function: Callable[..., Any]) -> None:
        """Let a function that returns a coroutine pass for what it wraps, to asyncio and mocks; inspect has no mark."""
        function.__dict__["_is_coroutine"] = vars(asyncio.coroutines)["_is_coroutine"]

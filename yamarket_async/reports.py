"""Reports and documents: begun, waited for and fetched, in one call or in several processes."""

import asyncio
import mimetypes
import os
import re
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, ParamSpec, TypeVar

from yamarket_async.arguments import request_of
from yamarket_async.downloads import Download, Fetched, OnProgress
from yamarket_async.endpoints import Endpoint, Request
from yamarket_async.errors import DecodeError, InvalidRequest, MarketError, NoData, NotFinished, ReportFailed
from yamarket_async.extras import pip_command
from yamarket_async.families import Family
from yamarket_async.files import File, extension_of
from yamarket_async.patience import seconds
from yamarket_async.polling import pauses
from yamarket_async.saving import Unfinished, place_of
from yamarket_async.session import UNCERTAIN_REPORT, Progress, Session

if TYPE_CHECKING:
    from yamarket_async.families.reports.models import GenerateReport, ReportInfo

P = ParamSpec("P")
T = TypeVar("T")

SMALL: Final = 8 * 2**20
"""Bytes up to which a report is kept in memory and not on disk."""

_NO_FILE = frozenset({"NO_DATA", "TOO_LARGE", "RESOURCE_NOT_FOUND"})

_UNTOLD = frozenset({"", "application/octet-stream", "binary/octet-stream"})

_api = Family("reports")


class Report:
    """A report, or a document, that takes its time to be made.

    Await it for the finished `File`, `save` it to disk, or iterate its `rows`: each goes on with the report that was
    begun, and begins one where there is none. Once it was fetched, or has failed, the next use begins another one. It
    is inert until then.

    It waits as long as the Market has estimated, then looks with growing pauses, inside the limits, and fetches the
    file. Not more reports are begun at once than the Market makes at once. Each wait is told to `on_wait`.

    Attributes:
        report_id: the one that was begun last; None while there is none.
    """

    def __init__(
        self,
        session: Session,
        endpoint: Endpoint,
        request: Request | None = None,
        *,
        report_id: str | None = None,
        source_type: Any = None,
        timeout: Any = None,
    ) -> None:
        """Make one; see the methods of `MarketClient` that give it.

        Args:
            session: performs its requests.
            endpoint: what it is called by: the method that begins it.
            request: what begins it; None for one that was begun elsewhere.
            report_id: of one that was begun elsewhere.
            source_type: whose report it is, to be said in every request.
            timeout: seconds for each use of it as a whole; None for as long as it takes.

        Raises:
            InvalidRequest: an argument is out of bounds.
        """
        self.report_id = report_id
        self._session = session
        self._endpoint = endpoint
        self._request = request
        self._source_type = source_type
        self._timeout = None if timeout is None else seconds("timeout", timeout, above=0)
        self._is_open = report_id is not None
        self._progress = Progress()
        if report_id is not None or request is None:
            self._info_request(report_id)

    def __await__(self) -> Generator[Any, None, File]:
        return self._within(self._file).__await__()

    async def start(self) -> "GenerateReport":
        """Have the Market begin it, and don't wait for it.

        Returns:
            Its `report_id`, with which `market.report(report_id)` goes on in any process, and the
            `estimated_generation_time` in milliseconds.

        Raises:
            InvalidRequest: it was begun elsewhere.
            NotFinished: it could not be begun within the `timeout`.
            MarketError: see `yamarket_async.errors`. After a `TransportError` or a `ServerError` it may have been begun
                all the same, as the error then says.
        """
        return await self._within(self._begin)

    async def status(self) -> "ReportInfo":
        """Ask once how far it is.

        Raises:
            InvalidRequest: it was not begun yet.
            MarketError: see `yamarket_async.errors`.
        """
        if self.report_id is None:
            raise InvalidRequest("report_id", None, "there is none yet: start() the report first")
        return await self._look(self.report_id)

    async def wait(self) -> "ReportInfo":
        """Wait until it is ready, and don't fetch it.

        Returns:
            What the Market says of it, with the link to its file, which is good for an hour.

        Raises:
            ReportFailed: the Market couldn't make it; `NoData` where there is nothing to tell.
            NotFinished: it wasn't ready within the `timeout`.
            MarketError: see `yamarket_async.errors`.
        """
        _, info = await self._within(self._ready)
        return info

    async def save(self, path: str | os.PathLike[str], *, on_progress: OnProgress | None = None) -> File:
        """Fetch it to disk, where it is written beside its place and moved there when it is whole.

        Args:
            path: where; what is there is replaced. A folder stands for the report's own name in that folder.
            on_progress: called with the bytes that are there and those of the whole file, or None where its host
                doesn't tell; what it raises is logged and does no harm.

        Returns:
            The file in its place.

        Raises:
            InvalidRequest: the folder isn't there; nothing was begun.
            ReportFailed: the Market couldn't make it; `NoData` where there is nothing to tell.
            NotFinished: it wasn't there within the `timeout`.
            MarketError: see `yamarket_async.errors`.
            OSError: it can't be written.
        """
        if on_progress is not None and not callable(on_progress):
            raise InvalidRequest("on_progress", on_progress, "must be a function of two numbers")
        return await self._within(self._save, place_of(path), on_progress)

    async def rows(self, table: str | None = None) -> AsyncGenerator[dict[str, Any], None]:
        """Fetch it and read its rows, one after another, see `File.rows`. CSV and JSON need little memory for that.

        Args:
            table: one of its tables; all of them, in their order, where it is left out.

        Raises:
            InvalidRequest: it will be a workbook, and the extra `xlsx` isn't installed; nothing was begun.
            ReportFailed: the Market couldn't make it; `NoData` where there is nothing to tell.
            NotFinished: it wasn't there within the `timeout`.
            UnreadableFile: there are no rows in such a file, or it is broken.
            MarketError: see `yamarket_async.errors`.
        """
        if self._will_be_workbook() and find_spec("python_calamine") is None:
            rule = f"must be CSV or JSON for rows; those of a workbook need the extra: {pip_command('xlsx')}"
            raise InvalidRequest("format", "FILE", rule)
        with await self as file:
            async for row in file.rows(table):
                yield row

    def __repr__(self) -> str:
        of = f" of {self._request.entity}" if self._request is not None else ""
        return f"<Report {self._endpoint.name}{of}{f' {self.report_id}' if self.report_id else ''}>"

    def _will_be_workbook(self) -> bool:
        if self._request is None:
            return False
        kinds = [parameter.type for parameter in self._endpoint.query if parameter.name == "format"]
        is_table = any("CSV" in getattr(kind, "__members__", ()) for kind in kinds)
        return is_table and dict(self._request.query).get("format", "FILE") == "FILE"

    async def _within(self, work: Callable[P, Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do something in the time that there is, and until the client is closed."""

        async def working() -> T:
            return await work(*args, **kwargs)

        time_limit = asyncio.timeout(self._timeout)
        try:
            async with time_limit:
                return await self._session.spawn(working)
        except TimeoutError:
            if not time_limit.expired():
                raise
            raise self._not_finished() from None
        except ReportFailed:
            raise
        except MarketError as error:
            if self._is_open:
                error.add_note(f"The report goes on at the Market: market.report({self.report_id!r}) fetches it.")
            raise

    def _not_finished(self) -> NotFinished:
        name, limit = self._endpoint.name, f"{self._timeout:g} s"
        if not self._is_open:
            hint = UNCERTAIN_REPORT if self._progress.may_be_done else "nothing was begun, call again"
            return NotFinished(f"{name}: no report could be begun within {limit} ({hint})")
        rest = f"it goes on there, and market.report({self.report_id!r}) fetches it"
        return NotFinished(
            f"{name}: report {self.report_id} wasn't there within {limit}; {rest}", report_id=self.report_id
        )

    async def _begin(self) -> "GenerateReport":
        if self._request is None:
            raise InvalidRequest("report_id", self.report_id, "was begun already; await it, or ask for its status()")
        self._progress = progress = Progress()
        place = await self._session.place_for_report(self._request, progress)
        try:
            answer = await self._session.call(self._request, progress=progress)
            begun: GenerateReport | None = self._endpoint.unwrap(answer.read())
            if begun is None or not begun.report_id:
                message = "no reportId came"
                raise DecodeError(message, endpoint=self._endpoint.name, body=answer.reply.body)  # noqa: TRY301
        except BaseException:
            place.release()
            raise
        place.begin(begun.report_id, begun.estimated_generation_time / 1_000)
        self.report_id, self._is_open = begun.report_id, True
        return begun

    async def _ready(self) -> tuple[str, "ReportInfo"]:
        """Wait until a report is ready: the one that was begun, or a new one."""
        if self._is_open and self.report_id is not None:
            report_id, info = self.report_id, await self._look(self.report_id)
            waits = pauses(_rest_of(info))
        else:
            begun = await self._begin()
            report_id, info = begun.report_id, None
            waits = pauses(begun.estimated_generation_time / 1_000)
        request = self._request or self._info_request(report_id)
        with self._session.reports.watched(report_id):
            while info is None or not _is_over(info):
                pause = next(waits)
                self._session.tell_wait(request, pause, f"for report {report_id}")
                await asyncio.sleep(pause)
                info = await self._look(report_id)
        self._judge(report_id, info)
        return report_id, info

    def _judge(self, report_id: str, info: "ReportInfo") -> None:
        """Raise the error that a report which has ended is."""
        told = None if info.sub_status is None else str(info.sub_status)
        sub_status = "NO_DATA" if told == "NODATA" else told  # a page of the documentation has it so
        if info.status != "FAILED" and info.file and sub_status not in _NO_FILE:
            return
        self._is_open = self._request is None
        kind = NoData if sub_status == "NO_DATA" else ReportFailed
        said = "is ready, and there is no link to its file" if info.status != "FAILED" and sub_status is None else ""
        raise kind(self._endpoint.name, report_id, sub_status, info, said=said)

    async def _look(self, report_id: str) -> "ReportInfo":
        request = self._info_request(report_id)
        answer = await self._session.call(request)
        info: ReportInfo | None = request.endpoint.unwrap(answer.read())
        if info is None:
            raise DecodeError("nothing is said of the report", endpoint=request.endpoint.name, body=answer.reply.body)
        if _is_over(info):
            self._session.reports.ended(report_id)
        return info

    def _info_request(self, report_id: Any) -> Request:
        return request_of(_api.GET_REPORT_INFO, {"report_id": report_id, "source_type": self._source_type})

    async def _file(self) -> File:
        report_id, info = await self._ready()
        handle, name = tempfile.mkstemp(prefix="yamarket-")
        path = Path(name)
        try:
            with open(handle, "wb") as out:  # noqa: PTH123, ASYNC230 — a descriptor, which is open already
                fetched = await self._fetch(report_id, info, out, None)
            file = _described(report_id, fetched, path, keep=False)
        except BaseException:
            path.unlink(missing_ok=True)  # noqa: ASYNC240 — as quick as a thread would be
            raise
        self._fetched()
        if file.size > SMALL:
            return file
        with file:
            return File(file.content, name=file.name, content_type=file.content_type)

    async def _save(self, place: Path, on_progress: OnProgress | None) -> File:
        report_id, info = await self._ready()
        # In a folder it gets its own name, which is known when it is fetched.
        is_folder = place.is_dir()  # noqa: ASYNC240 — as above
        unfinished = await asyncio.to_thread(Unfinished, place / _safe(report_id) if is_folder else place)
        try:
            fetched = await self._fetch(report_id, info, unfinished.file, on_progress)
            if is_folder:
                unfinished.place = place = place / _described(report_id, fetched, unfinished.path, keep=True).name
            await asyncio.to_thread(unfinished.finish)
        except BaseException:
            unfinished.discard()
            raise
        self._fetched()
        return _described(report_id, fetched, place, keep=True)

    async def _fetch(
        self, report_id: str, info: "ReportInfo", out: BinaryIO, on_progress: OnProgress | None
    ) -> Fetched:
        known = [info]

        async def ask() -> str:
            if not known:
                known.append(await self._look(report_id))
                self._judge(report_id, known[0])
            return known.pop().file or ""

        session, what = self._session, self._endpoint.name
        download = Download(session.transport, session.patience, ask, what=what, on_progress=on_progress)
        fetched = await download.into(out)
        out.flush()
        return fetched

    def _fetched(self) -> None:
        """Let the next use begin another one, where this isn't one that was begun elsewhere."""
        self._is_open = self._request is None


def _is_over(info: "ReportInfo") -> bool:
    return info.status in {"DONE", "FAILED"}


def _rest_of(info: "ReportInfo") -> float:
    """Estimate how many seconds a report still takes; clocks that differ never make it more than the whole."""
    whole = (info.estimated_generation_time or 0) / 1_000
    return min(max(whole - (time.time() - info.generation_requested_at.timestamp()), 0.0), whole)


def _safe(name: str) -> str:
    return re.sub(r"[^\w.-]", "_", name)


def _described(report_id: str, fetched: Fetched, path: Path, *, keep: bool) -> File:
    """Make the file of what was fetched: hosts often say of a file only that it has bytes."""
    kind, named = fetched.content_type, fetched.name
    if kind in _UNTOLD:
        kind = (mimetypes.guess_type(named)[0] if named else None) or _kind_of(path)
    return File(path, name=named or _safe(report_id) + extension_of(kind), content_type=kind, keep=keep)


def _kind_of(path: Path) -> str:
    """Tell what kind of file this is from how it begins: one of those that reports come as."""
    with path.open("rb") as file:
        begin = file.read(4)
    if begin != b"PK\3\4":
        return "application/pdf" if begin == b"%PDF" else "application/octet-stream"
    from yamarket_async import archives  # noqa: PLC0415 — zipfile takes longer to load than most calls need

    is_workbook = archives.holds(path, "xl/workbook.xml")
    return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" if is_workbook else "application/zip"

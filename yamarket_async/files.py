"""Files: what the Market answers with, as labels, acts, photos and reports, and what is sent to it."""

import asyncio
import io
import mimetypes
import os
import re
import shutil
import weakref
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import IO, Any, BinaryIO, Self

import aiohttp

from yamarket_async.endpoints import Endpoint
from yamarket_async.errors import DecodeError, InvalidRequest, read_errors
from yamarket_async.judging import Reply, error_of
from yamarket_async.saving import COPIED_AT_ONCE, beside, place_of

MAX_UPLOAD = 5 * 2**20
"""Bytes that a file to send may have."""

_EXTENSIONS = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-excel": ".xls",
    "application/zip": ".zip",
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
}
"""What `mimetypes` takes from the system, and thus doesn't know everywhere, or knows several of."""

_TYPE = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+(?: *; *[\x20-\x7e]+)?")


class File:
    """A file that the Market gave. A large one is kept on disk and not in memory, and goes when this object does.

    Attributes:
        name: what the Market calls it, without any folder; where it doesn't say, the name of the method, or the id of
            the report, with an ending that fits.
        content_type: what kind of file it is: `application/pdf`.
        size: its length in bytes.
    """

    __slots__ = ("__weakref__", "_content", "_discard", "_path", "content_type", "name", "size")

    def __init__(
        self, content: bytes | Path, *, name: str, content_type: str = "application/octet-stream", keep: bool = True
    ) -> None:
        """Make one.

        Args:
            content: what it holds, or where it is.
            name: its name.
            content_type: what kind of file it is.
            keep: whether the file at a path stays there; False removes it together with this object.
        """
        self.name = name
        self.content_type = content_type
        self._content = content if isinstance(content, bytes) else None
        self._path = None if isinstance(content, bytes) else content
        self.size = len(content) if isinstance(content, bytes) else content.stat().st_size
        self._discard = None if keep or self._path is None else weakref.finalize(self, _remove, self._path)

    @classmethod
    def of(cls, reply: Reply, endpoint: Endpoint) -> Self:
        """Make one of an answer.

        Raises:
            APIError: the answer says, with a status of 200, that something went wrong.
            DecodeError: it holds no file.
        """
        kind = reply.content_type
        if kind not in endpoint.files:
            told = read_errors(reply.body) if kind in {"application/json", ""} else None
            if told is not None and (told.errors or told.status == "ERROR"):
                raise error_of(endpoint, reply)
            if kind in {"application/json", "text/html"}:
                message = f"not a file ({' or '.join(endpoint.files)}) but {kind}"
                raise DecodeError(message, endpoint=endpoint.name, body=reply.body)
        if not reply.body:
            raise DecodeError("the file is empty", endpoint=endpoint.name, body=b"")
        kind = kind or endpoint.files[0]
        return cls(reply.body, name=reply.file_name or endpoint.name + extension_of(kind), content_type=kind)

    @property
    def content(self) -> bytes:
        """All that it holds, in memory."""
        if self._content is not None:
            return self._content
        with self.open() as file:
            return file.read()

    def open(self) -> BinaryIO:
        """Open it for reading, as often as you like; each time from the start.

        Raises:
            ValueError: it was closed.
        """
        if self._content is not None:
            return io.BytesIO(self._content)
        if self._path is None:
            raise ValueError(f"{self.name} is closed")
        return io.BufferedReader(_Kept(self))

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write it to disk. It is written beside its place and moved there when it is whole.

        Args:
            path: where; what is there is replaced. A folder stands for `name` in that folder.

        Returns:
            Where it is.

        Raises:
            InvalidRequest: the folder isn't there.
            OSError: it can't be written.
        """
        place = place_of(path, self.name)
        with self.open() as content, beside(place) as file:
            shutil.copyfileobj(content, file, COPIED_AT_ONCE)
        return place

    async def tables(self) -> list[str]:
        """Name the tables in it: the CSV and JSON files of a ZIP archive, the sheets of a workbook.

        Of several files that have the same name in an archive, all but the first get a further one: `a (2).csv`.

        Raises:
            UnreadableFile: there can't be any in such a file, or it is broken.
        """
        from yamarket_async import tables  # noqa: PLC0415 — zipfile and csv take longer to load than most calls need

        return await asyncio.to_thread(tables.names, self)

    async def rows(self, table: str | None = None) -> AsyncGenerator[dict[str, Any], None]:
        """Read the rows of its tables, one after another, without holding them all in memory.

        CSV gives strings, JSON what stands in it, with fractions as `Decimal`, a workbook strings, numbers, dates
        and None for an empty cell. Of CSV and workbooks the first row that isn't empty names the columns.

        Args:
            table: which, as `tables` names it; all of them, in their order, where it is left out.

        Yields:
            Each row, by the names of the columns.

        Raises:
            InvalidRequest: there is no such table, or a workbook is read without the extra `xlsx`.
            UnreadableFile: there are no tables in such a file, or it is broken, or grows beyond all measure when it is
                unpacked.
        """
        from yamarket_async import tables  # noqa: PLC0415 — as above

        rows = tables.rows(self, table)
        while several := await asyncio.to_thread(next, rows, None):
            for row in several:
                yield row

    def extract(self, folder: str | os.PathLike[str]) -> list[Path]:
        """Unpack a ZIP archive.

        Args:
            folder: where to; it must be there. Files of the same names are replaced.

        Returns:
            The files, in their order in the archive. Of several that have the same name in it, all but the first get
            a further one: `a (2).pdf`.

        Raises:
            InvalidRequest: the folder isn't there.
            UnreadableFile: it is no archive, or a broken one, or one that leads out of the folder or grows beyond all
                measure; nothing was written then.
            OSError: it can't be written.
        """
        from yamarket_async import archives  # noqa: PLC0415 — as above

        return archives.extract(self, folder)

    def close(self) -> None:
        """Let go of it: of one on disk that isn't saved anywhere else nothing is left."""
        if self._discard is not None:
            self._discard()
        self._content = self._path = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<File {self.name!r} {self.content_type} {self.size:,} bytes>"


class _Kept(io.FileIO):
    """A file on disk that is read, and that stays there as long as somebody does."""

    def __init__(self, file: File) -> None:
        super().__init__(str(file._path))  # noqa: SLF001 — its own other half
        self.file = file


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


def extension_of(content_type: str) -> str:
    """Give the ending of a file's name that fits its type; "" where none is known."""
    return _EXTENSIONS.get(content_type) or mimetypes.guess_extension(content_type) or ""


class Upload:
    """A file to send: up to 5 MB.

    Args:
        source: where it is on disk, or what it holds, or an open file, which is read from where it stands and stays the
            caller's to close.
        name: what it shall be called; the name on disk where it is left out.
        content_type: what kind of file it is: `image/png`; by the ending of its name where it is left out.

    Raises:
        InvalidRequest: it has no name, it isn't there, it is empty or too long.
    """

    __slots__ = ("_content", "_source", "content_type", "name")

    def __init__(
        self, source: str | os.PathLike[str] | bytes | IO[bytes], *, name: str | None = None, content_type: Any = None
    ) -> None:
        self._source = source
        self._content = bytes(source) if isinstance(source, (bytes, bytearray, memoryview)) else None
        self.name = _name(source, name)
        self.content_type = content_type or mimetypes.guess_type(self.name)[0] or "application/octet-stream"
        if not isinstance(self.content_type, str) or not _TYPE.fullmatch(self.content_type):
            raise InvalidRequest("content_type", content_type, "must be like image/png")
        if self._content is not None:
            self._check(self._content)

    @classmethod
    def of(cls, file: Any) -> "Upload":
        """Take what a method was given: an upload, or what one is made of."""
        return file if isinstance(file, Upload) else cls(file)

    def read(self) -> bytes:
        """Read it, once.

        Raises:
            InvalidRequest: it can't be read, is empty or too long.
        """
        if self._content is None:
            source: Any = self._source
            try:
                if hasattr(source, "read"):
                    content = source.read(MAX_UPLOAD + 1)
                else:
                    with Path(source).open("rb") as file:
                        content = file.read(MAX_UPLOAD + 1)
            except OSError as error:
                raise InvalidRequest("file", self.name, f"can't be read ({error})") from error
            if not isinstance(content, bytes):
                raise InvalidRequest("file", self.name, 'must be opened for bytes: open(path, "rb")')
            self._content = self._check(content)
        return self._content

    def _check(self, content: bytes) -> bytes:
        if not 0 < len(content) <= MAX_UPLOAD:
            shown = "more" if len(content) > MAX_UPLOAD else "none"
            raise InvalidRequest("file", self.name, f"must have 1 to {MAX_UPLOAD:,} bytes, and has {shown}")
        return content

    def form(self, field: str) -> aiohttp.FormData:
        """Make the body that holds it, anew for each attempt.

        Args:
            field: the field of the form.
        """
        form = aiohttp.FormData(quote_fields=False)  # percent signs in the name would be shown to the buyer
        form.add_field(field, self.read(), filename=self.name, content_type=self.content_type)
        return form

    def __repr__(self) -> str:
        return f"<Upload {self.name!r} {self.content_type}>"


def _name(source: Any, name: Any) -> str:
    """Tell the name of a file to send."""
    is_path = isinstance(source, (str, os.PathLike))
    if not (is_path or isinstance(source, (bytes, bytearray, memoryview)) or hasattr(source, "read")):
        raise InvalidRequest("file", source, "must be a path, bytes, a file opened for bytes, or an Upload of one")
    if name is None:
        known = source if is_path else getattr(source, "name", None)  # of a pipe that is a number
        name = Path(known).name if isinstance(known, (str, os.PathLike)) else None
        if not name:
            raise InvalidRequest("name", name, 'must be given for what has none: Upload(content, name="act.pdf")')
    if not isinstance(name, str) or not name.strip() or re.search(r"[\x00-\x1f\x7f/\\]", name):
        raise InvalidRequest("name", name, "must be the name of a file, without a folder and control characters")
    return name

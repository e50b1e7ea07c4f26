"""Putting files in their place: written beside it, and moved there when they are whole."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from yamarket_async.errors import InvalidRequest

COPIED_AT_ONCE = 2**20
"""Bytes that are copied, or written, at once."""


def place_of(path: Any, name: str | None = None) -> Path:
    """Tell where a file shall be, and check that it can be there.

    Args:
        path: where the caller wants it; a folder stands for its own name in there.
        name: its own name; None while that isn't known: a folder is then given as it is.

    Raises:
        InvalidRequest: it is no path, or the folder isn't there.
    """
    try:
        place = Path(os.path.realpath(path))
    except (TypeError, ValueError):  # ValueError: a NUL in it
        raise InvalidRequest("path", path, "must be a path: a str, or an os.PathLike") from None
    if place.is_dir():
        return place if name is None else place / name
    if place.exists() and not place.is_file():
        raise InvalidRequest("path", path, "is no file, and one that is moved there would do away with it")
    if str(path).endswith(("/", os.sep)) or not place.parent.is_dir():
        raise InvalidRequest("path", path, "must lead into a folder that is there; make it first")
    return place


class Unfinished:
    """A new file in the folder of the one that it shall become.

    Attributes:
        place: where the file shall be. What is there is replaced in one step.
        path: where it is until then.
        file: what to write to.
    """

    def __init__(self, place: Path) -> None:
        self.place = place
        self.path = place.with_name(f".{place.name[:100]}.{uuid.uuid4().hex[:8]}.part")
        self.file: BinaryIO = self.path.open("xb")

    def finish(self) -> None:
        """Move it to its place."""
        self.file.flush()
        os.fsync(self.file.fileno())  # or the name could survive a power failure without what it names
        self.file.close()
        self.path.replace(self.place)

    def discard(self) -> None:
        """Remove it, as well as that goes: it follows an error, which stays the one that is told."""
        with suppress(OSError):  # closing writes what is left, which a full disk refuses once more
            self.file.close()
        with suppress(OSError):
            self.path.unlink()


@contextmanager
def beside(place: Path) -> Iterator[BinaryIO]:
    """Give a file that takes its place at the end; after an error it is gone."""
    unfinished = Unfinished(place)
    try:
        yield unfinished.file
        unfinished.finish()
    except BaseException:
        unfinished.discard()
        raise

"""ZIP archives, which come from elsewhere: none may fill the disk or memory, or write outside of its folder."""

import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Final

from yamarket_async.errors import UnreadableFile
from yamarket_async.files import File
from yamarket_async.saving import COPIED_AT_ONCE, beside, place_of

MAX_MEMBERS: Final = 10_000
"""Files in an archive."""

MAX_UNPACKED: Final = 16 * 2**30
"""Bytes of all of them together, unpacked: a year of the largest seller's orders has a few hundred million."""

HARMLESS: Final = 64 * 2**20
"""Bytes up to which nobody minds how small a file was packed."""

MAX_RATIO: Final = 250
"""How many times larger than its packed form a file beyond that may be. CSV with many repeats comes to 50."""

_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What `zipfile` and `zlib` raise for archives that they can't read: RuntimeError for encrypted ones."""


@contextmanager
def opened(file: File) -> Iterator[zipfile.ZipFile]:
    """Open an archive whose sizes are within measure.

    What a file of it is said to have is what can be read of it at the most: `zipfile` stops there.

    Raises:
        UnreadableFile: it is no archive, or a broken one, or it grows beyond all measure.
    """
    with file.open() as content:
        try:
            archive = zipfile.ZipFile(content)
        except _BROKEN as error:
            raise UnreadableFile(f"{file.name} is no ZIP archive, or a broken one ({error})") from error
        with archive:
            _measure(file, archive.infolist())
            yield archive


def _measure(file: File, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise UnreadableFile(f"{file.name} holds {len(members):,} files; more than {MAX_MEMBERS:,} aren't unpacked")
    size = sum(member.file_size for member in members)
    if size > MAX_UNPACKED:
        raise UnreadableFile(f"{file.name} would have {size:,} bytes unpacked; save() keeps it as it is")
    for member in members:
        if member.file_size > max(HARMLESS, MAX_RATIO * member.compress_size):
            raise UnreadableFile(
                f"{file.name}: {member.filename!r} would grow from {member.compress_size:,} to {member.file_size:,} "
                "bytes, as only archives do that are made to fill disks; save() keeps it as it is"
            )


def holds(path: Path, member: str) -> bool:
    """Tell whether a file is an archive that has a file of this name."""
    try:
        with zipfile.ZipFile(path) as archive:
            return member in archive.namelist()
    except _BROKEN:
        return False


def files_in(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """List what is in an archive, less its folders."""
    return [member for member in archive.infolist() if not member.is_dir()]


@contextmanager
def reading(file: File, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
    """Open one file of an archive.

    Raises:
        UnreadableFile: it is broken or encrypted; also while it is read.
    """
    try:
        with archive.open(member) as content:
            yield content
    except UnreadableFile:
        raise
    except (*_BROKEN, zlib.error) as error:
        raise UnreadableFile(f"{file.name}: {member.filename!r} can't be read ({error})") from error


def extract(file: File, folder: str | os.PathLike[str]) -> list[Path]:
    """Unpack an archive, see `File.extract`."""
    root = place_of(folder, "")
    with opened(file) as archive:
        members = [(member, root / _inside(file, member.filename)) for member in files_in(archive)]
        for _, place in members:
            # A link that is in the folder already may lead out of it as well.
            if not Path(os.path.realpath(place)).is_relative_to(root):
                raise UnreadableFile(f"{file.name}: {place} leads out of {root}")
        for member, place in members:
            place.parent.mkdir(parents=True, exist_ok=True)
            with reading(file, archive, member) as content, beside(place) as out:
                shutil.copyfileobj(content, out, COPIED_AT_ONCE)
    return [place for _, place in members]


def _inside(file: File, name: str) -> PurePosixPath:
    """Read the name of a file in an archive.

    Raises:
        UnreadableFile: it leads elsewhere than into the archive's own folder.
    """
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or not path.parts or re.search(r"[\x00-\x1f:]", name):
        raise UnreadableFile(f"{file.name} is not unpacked: {name!r} leads out of the folder")
    return path

"""ZIP archives, which come from elsewhere: none may fill the disk or memory, or write outside of its folder."""

import errno
import os
import re
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import IO, Final

from yamarket_async.errors import InvalidRequest, UnreadableFile
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


def _errors_of_unpacking() -> Iterator[type[Exception]]:
    yield from (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, RuntimeError, ValueError)
    yield zlib.error
    for module, name in (("lzma", "LZMAError"), ("compression.zstd", "ZstdError")):
        with suppress(ImportError):  # not every Python has each of them
            yield getattr(import_module(module), name)


_RAISED: tuple[type[Exception], ...] = (*_errors_of_unpacking(), OSError)
"""What is raised for archives that can't be read: RuntimeError for encrypted ones."""


@contextmanager
def unreadable(said: str) -> Iterator[None]:
    """Raise what is wrong with an archive as `UnreadableFile`, and leave alone what is wrong with the disk.

    Args:
        said: what can't be read.
    """
    try:
        yield
    except UnreadableFile:
        raise
    except _RAISED as error:
        # bzip2 raises an OSError without a number for what it can't unpack, and a file on disk one with EINVAL where an
        # archive leads to before its beginning.
        if isinstance(error, OSError) and error.errno not in {None, errno.EINVAL}:
            raise
        raise UnreadableFile(f"{said} ({error})") from error


@contextmanager
def opened(file: File) -> Iterator[zipfile.ZipFile]:
    """Open an archive whose sizes are within measure.

    What a file of it is said to have is what can be read of it at the most: `zipfile` stops there.

    Raises:
        UnreadableFile: it is no archive, or a broken one, or it grows beyond all measure.
    """
    with file.open() as content:
        with unreadable(f"{file.name} is no ZIP archive, or a broken one"):
            archive = zipfile.ZipFile(content)
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
        with unreadable(path.name), zipfile.ZipFile(path) as archive:
            return member in archive.namelist()
    except UnreadableFile:
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
    with unreadable(f"{file.name}: {member.filename!r} can't be read"), archive.open(member) as content:
        yield content


def extract(file: File, folder: str | os.PathLike[str]) -> list[Path]:
    """Unpack an archive, see `File.extract`."""
    root = place_of(folder)
    if not root.is_dir():
        raise InvalidRequest("folder", folder, "must be a folder that is there; make it first")
    with opened(file) as archive:
        members = files_in(archive)
        places = [root / name for name in distinct(str(_inside(file, member.filename)) for member in members)]
        for place in places:
            # A link that is in the folder already may lead out of it as well.
            if not Path(os.path.realpath(place)).is_relative_to(root):
                raise UnreadableFile(f"{file.name}: {place} leads out of {root}")
        # Whether it can be read is known at its end only, so nothing is put in its place before.
        with tempfile.TemporaryDirectory(suffix=".part", prefix=".", dir=root, ignore_cleanup_errors=True) as made:
            unpacked = [Path(made, str(number)) for number in range(len(members))]
            for member, whole in zip(members, unpacked, strict=True):
                with beside(whole) as out:
                    for part in _parts(file, archive, member):
                        out.write(part)
            for whole, place in zip(unpacked, places, strict=True):
                place.parent.mkdir(parents=True, exist_ok=True)
                whole.replace(place)
    return places


def _parts(file: File, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Read one file of an archive, so that errors of whoever writes it are not taken for those of reading it."""
    with reading(file, archive, member) as content:
        while part := content.read(COPIED_AT_ONCE):
            yield part


def distinct(names: Iterable[str]) -> list[str]:
    """Give each file of an archive a name of its own: `a (2).csv` to what is called `a.csv` as another one is.

    Names that differ in case only are the same, as they are on some disks, and so is that of a folder.
    """
    names = list(names)
    taken = {_key(str(folder)) for name in names for folder in PurePosixPath(name).parents}
    times: dict[str, int] = {}
    found = []
    for name in names:
        path, own = PurePosixPath(name), name
        while _key(own) in taken:
            again = times[_key(name)] = times.get(_key(name), 1) + 1
            own = str(path.with_name(f"{path.stem} ({again}){path.suffix}"))
        taken.add(_key(own))
        found.append(own)
    return found


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _inside(file: File, name: str) -> PurePosixPath:
    """Read the name of a file in an archive.

    Raises:
        UnreadableFile: it leads elsewhere than into the archive's own folder.
    """
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or not path.parts or re.search(r"[\x00-\x1f:]", name):
        raise UnreadableFile(f"{file.name} is not unpacked: {name!r} leads out of the folder")
    return path

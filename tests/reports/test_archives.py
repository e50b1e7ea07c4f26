"""ZIP archives that come from elsewhere."""

import errno
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from yamarket_async import File, archives
from yamarket_async.errors import InvalidRequest, UnreadableFile


def packed(*members: tuple[str, bytes]) -> File:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return File(made.getvalue(), name="acts.zip", content_type="application/zip")


def test_an_archive_is_unpacked_with_its_folders(tmp_path: Path) -> None:
    places = packed(("2026/", b""), ("2026/act.pdf", b"1"), ("invoice.pdf", b"2")).extract(tmp_path)
    assert places == [tmp_path / "2026" / "act.pdf", tmp_path / "invoice.pdf"]
    assert [place.read_bytes() for place in places] == [b"1", b"2"]


@pytest.mark.parametrize(
    "name", ["../evil", "a/../../evil", "/evil", "..\\evil", "C:\\evil", "C:evil", "a/\x01", "..", "./../evil"]
)
def test_a_name_that_leads_out_of_the_folder_is_refused_as_a_whole(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    with pytest.raises(UnreadableFile, match="leads out"):
        packed(("good", b"1"), (name, b"2")).extract(folder)
    assert not list(folder.iterdir())
    assert [entry.name for entry in tmp_path.iterdir()] == ["in"]


def test_a_link_in_the_folder_that_leads_out_of_it_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path)
    with pytest.raises(UnreadableFile, match="leads out"):
        packed(("link/evil", b"1")).extract(folder)
    assert not (tmp_path / "evil").exists()


def test_links_in_archives_become_plain_files(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    (place,) = File(made.getvalue(), name="a.zip").extract(tmp_path)
    assert not place.is_symlink()
    assert place.read_bytes() == b"/etc/passwd"


def test_a_folder_that_isnt_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"1")
    for folder in (tmp_path / "none" / "folder", tmp_path / "none", tmp_path / "file"):
        with pytest.raises(InvalidRequest, match="folder"):
            packed(("a", b"1")).extract(folder)
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_files_of_one_name_get_further_ones(tmp_path: Path) -> None:
    names = ["a.txt", "a.txt", "A.TXT", "a (2).txt", "b", "b/c"]
    places = packed(*((name, str(number).encode()) for number, name in enumerate(names))).extract(tmp_path)
    assert [place.relative_to(tmp_path).as_posix() for place in places] == [
        "a.txt", "a (2).txt", "A (3).TXT", "a (2) (2).txt", "b (2)", "b/c",
    ]  # fmt: skip
    assert [place.read_bytes() for place in places] == [b"0", b"1", b"2", b"3", b"4", b"5"]


def test_an_archive_that_breaks_later_leaves_nothing(tmp_path: Path) -> None:
    content = bytearray(packed(("in/one", b"1"), ("two", bytes(range(256)) * 4)).content)
    start = content.index(b"two") + 3
    content[start + 20 : start + 40] = bytes(20)
    (tmp_path / "two").write_bytes(b"old")
    with pytest.raises(UnreadableFile, match="'two' can't be read"):
        File(bytes(content), name="a.zip").extract(tmp_path)
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [("two", b"old")]


@pytest.mark.parametrize("kind", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED])
async def test_members_that_cant_be_unpacked(kind: int, tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", kind) as archive:
        archive.writestr("a.csv", "".join(f"{number}\n" for number in range(2_000)))
    content = bytearray(made.getvalue())
    content[60:120] = bytes(60)
    file = File(bytes(content), name="a.zip")
    with pytest.raises(UnreadableFile, match=r"'a\.csv' can't be read"):
        file.extract(tmp_path)
    with pytest.raises(UnreadableFile, match=r"'a\.csv' can't be read"):
        async for _ in file.rows():
            pass
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("on_disk", [True, False])
async def test_an_archive_whose_front_is_missing(on_disk: bool, tmp_path: Path) -> None:
    content = packed(("a.csv", b"x\n" + b"1\n" * 1_000)).content[20:]
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    file = File(path if on_disk else content, name="a.zip")
    with pytest.raises(UnreadableFile):
        file.extract(tmp_path)
    with pytest.raises(UnreadableFile):
        async for _ in file.rows():
            pass
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.zip"]
    assert archives.holds(path, "xl/workbook.xml") is False


@pytest.mark.skipif(sys.platform == "win32", reason="limits the size of files")
def test_a_disk_that_is_full_is_no_broken_archive(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed(("one", b"1"), ("two", bytes(5_000))).content)
    (tmp_path / "in").mkdir()
    program = f"""
import resource, pathlib, sys, yamarket_async, yamarket_async.archives
was = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, was[1]))
try:
    yamarket_async.File(pathlib.Path({str(tmp_path / "a.zip")!r}), name="a.zip").extract({str(tmp_path / "in")!r})
except OSError as error:
    print(error.errno)
resource.setrlimit(resource.RLIMIT_FSIZE, was)
"""
    # -B: what is imported meanwhile would be kept cut off.
    done = subprocess.run([sys.executable, "-Bc", program], capture_output=True, text=True, check=True)
    assert int(done.stdout) == errno.EFBIG
    assert not list((tmp_path / "in").iterdir())


def test_a_disk_that_fails_is_no_broken_archive() -> None:
    with pytest.raises(OSError, match="worn out"), archives.unreadable("a.zip"):
        raise OSError(errno.EIO, "worn out")


def test_what_grows_beyond_all_measure_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "HARMLESS", 1_000)
    with pytest.raises(UnreadableFile, match=r"'zeros' would grow from .* to 1,000,000 bytes"):
        packed(("zeros", bytes(1_000_000))).extract(tmp_path)
    monkeypatch.setattr(archives, "MAX_UNPACKED", 50)
    with pytest.raises(UnreadableFile, match="would have 60 bytes"):
        packed(("one", bytes(30)), ("two", bytes(30))).extract(tmp_path)
    monkeypatch.setattr(archives, "MAX_MEMBERS", 1)
    with pytest.raises(UnreadableFile, match="holds 2 files"):
        packed(("one", b""), ("two", b"")).extract(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_size_that_lies_brings_no_more_than_it_says(tmp_path: Path) -> None:
    content = packed(("zeros", bytes(1_000_000))).content
    lied = content.replace((1_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    assert lied != content
    with pytest.raises(UnreadableFile, match="'zeros' can't be read"):
        File(lied, name="a.zip").extract(tmp_path)
    assert not list(tmp_path.iterdir())


def test_broken_archives(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no ZIP archive"):
        File(b"PK", name="a.zip").extract(tmp_path)
    content = bytearray(packed(("a", b"0123456789" * 10 + bytes(range(256)))).content)
    content[60:90] = bytes(30)
    with pytest.raises(UnreadableFile, match="'a' can't be read"):
        File(bytes(content), name="a.zip").extract(tmp_path)


def test_encrypted_archives(tmp_path: Path) -> None:
    content = bytearray(packed(("a", b"1")).content)
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        content[content.index(mark) + offset] |= 1
    with pytest.raises(UnreadableFile, match="encrypted"):
        File(bytes(content), name="a.zip").extract(tmp_path)


def test_which_files_hold_a_member(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(packed(("xl/workbook.xml", b"")).content)
    (tmp_path / "b").write_bytes(b"PK\3\4")
    assert archives.holds(tmp_path / "a", "xl/workbook.xml")
    assert not archives.holds(tmp_path / "a", "xl")
    assert not archives.holds(tmp_path / "b", "xl")

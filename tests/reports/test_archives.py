"""ZIP archives that come from elsewhere."""

import io
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
    with pytest.raises(InvalidRequest, match="folder"):
        packed(("a", b"1")).extract(tmp_path / "none" / "folder")


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

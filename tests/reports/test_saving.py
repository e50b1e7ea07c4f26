"""Putting files in their place."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from yamarket_async.errors import InvalidRequest
from yamarket_async.saving import beside, place_of


def test_a_file_takes_its_place_when_it_is_whole(tmp_path: Path) -> None:
    place = tmp_path / "act.pdf"
    with beside(place) as file:
        file.write(b"whole")
        assert not place.exists()
    assert place.read_bytes() == b"whole"


def test_after_an_error_nothing_has_changed(tmp_path: Path) -> None:
    place = tmp_path / "act.pdf"
    place.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), beside(place) as file:
        file.write(b"half")
        raise ZeroDivisionError
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [("act.pdf", b"old")]


def test_it_may_be_read_by_whoever_may_read_new_files(tmp_path: Path) -> None:
    with beside(tmp_path / "a") as file:
        file.write(b"1")
    (tmp_path / "b").write_bytes(b"1")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_a_link_leads_to_the_file_that_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "file")
    with beside(place_of(tmp_path / "link")) as file:
        file.write(b"1")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"1"


def test_a_folder_stands_for_the_name_in_there(tmp_path: Path) -> None:
    assert place_of(tmp_path, "act.pdf") == tmp_path / "act.pdf"
    assert place_of(f"{tmp_path}{os.sep}") == tmp_path


@pytest.mark.parametrize("path", ["none/a", "none/", None, 5, "a\0"])
def test_what_is_no_place(path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InvalidRequest, match="path="):
        place_of(path)


@pytest.mark.skipif(sys.platform == "win32", reason="limits the size of files")
def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    sizes = [2**20 - 100, 3 * 2**20 + 100, 2**23]
    program = f"""
import os, resource, yamarket_async
was = resource.getrlimit(resource.RLIMIT_FSIZE)
for size in {sizes}:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size - 50, was[1]))
    try:
        yamarket_async.File(bytes(size), name="f").save({str(tmp_path / "out")!r})
    except OSError as error:
        print(error.errno, os.listdir({str(tmp_path)!r}))
resource.setrlimit(resource.RLIMIT_FSIZE, was)
"""
    # -B: what is imported meanwhile could be kept cut off.
    done = subprocess.run([sys.executable, "-Bc", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [f"{errno.EFBIG} []"] * len(sizes)


def test_the_first_error_stays_the_error_where_nothing_can_be_removed(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), beside(tmp_path / "a"):
        for part in tmp_path.iterdir():
            part.unlink()
        raise ZeroDivisionError


def test_a_pipe_is_no_place(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InvalidRequest, match="is no file"):
        place_of(tmp_path / "pipe")
    assert (tmp_path / "pipe").is_fifo()

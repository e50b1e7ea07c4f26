"""Existing files: overwritten only where somebody says so."""

import sys
from pathlib import Path

from yamarket_async.cli.running import WRONG_USAGE, Failure, confirmed, is_terminal


def may_write(path: Path, *, force: bool, option: str = "--output") -> None:
    """Ask on a terminal whether an existing file is to be overwritten, and check that one can be there.

    Args:
        path: where the file goes.
        force: whether that was said already.
        option: the option that names the file, for errors.

    Raises:
        Failure: it is not, or there is nobody to ask; or there can be none.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise Failure(f"{option} {path}: is no file, and one that is moved there would do away with it", WRONG_USAGE)
    if not path.parent.is_dir():
        raise Failure(f"{option} {path}: there is no such folder; make it first", WRONG_USAGE)
    if force or not path.is_file():
        return
    if not is_terminal(sys.stdin) or not is_terminal(sys.stderr):
        raise Failure(f"{option} {path}: there is such a file already; --force overwrites it", WRONG_USAGE)
    if not confirmed(f"{path} is there already. Overwrite it?"):
        raise Failure(f"{path} stays as it is")

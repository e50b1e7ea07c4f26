"""Text wrapped to the width of a terminal, where words, options and addresses stay whole."""

import re
import shutil
import sys
import textwrap
from collections.abc import Iterable

import click

from yamarket_async.cli.running import is_terminal

WIDEST = 100
"""Columns that text takes at most: longer lines are hard to read."""


def width() -> int:
    """Tell how wide text may be."""
    if not is_terminal(sys.stdout):
        return WIDEST
    return min(shutil.get_terminal_size().columns, WIDEST)


def wrapped(text: str, indent: str = "", *, hanging: str = "") -> list[str]:
    """Wrap a paragraph.

    Args:
        text: the paragraph.
        indent: what stands before each line.
        hanging: what stands before each line but the first, beside that.
    """
    return textwrap.wrap(
        text,
        width(),
        initial_indent=indent,
        subsequent_indent=indent + hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


_HYPHEN = re.compile(r"(?<=\S)-(?=\S)")
_UNBREAKABLE = "\u2011"


class WholeWords(click.HelpFormatter):
    """Writes help without breaking names at their hyphens, so that they can be copied."""

    def write_text(self, text: str) -> None:
        """Write a paragraph."""
        super().write_text(_HYPHEN.sub(_UNBREAKABLE, text))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write names with what they stand for."""
        super().write_dl([(name, _HYPHEN.sub(_UNBREAKABLE, text)) for name, text in rows], col_max, col_spacing)

    def getvalue(self) -> str:
        """Give all that was written."""
        return super().getvalue().replace(_UNBREAKABLE, "-")

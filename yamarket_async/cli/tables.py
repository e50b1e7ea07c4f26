"""Results that are tables: drawn on a terminal, tab-separated lines elsewhere."""

import sys
from collections.abc import Iterable, Sequence

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from yamarket_async.cli.running import is_terminal


def show(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "") -> None:
    """Print a table to stdout.

    Args:
        columns: their names.
        rows: what stands in them; None leaves a cell empty. Numbers are aligned and grouped on a terminal, ids are
            strings so that they aren't.
        title: what stands above, on a terminal.
    """
    if is_terminal(sys.stdout):
        _draw(columns, list(rows), title)
    else:
        for row in (columns, *rows):
            click.echo("\t".join(" ".join(_text(cell).split()) for cell in row))


def _draw(columns: Sequence[str], rows: Sequence[Sequence[object]], title: str) -> None:
    table = Table(title=title or None, title_justify="left")
    for place, (name, *cells) in enumerate(zip(columns, *rows, strict=True), 1):
        is_number = any(isinstance(cell, int) for cell in cells)
        # Where the terminal is narrow the last column gives way: the others hold ids and numbers.
        is_last = place == len(columns)
        table.add_column(name, justify="right" if is_number else "left", no_wrap=not is_last, overflow="fold")
    for row in rows:
        # Text, so that brackets in a name are not taken for markup.
        table.add_row(*(Text(f"{cell:,}" if isinstance(cell, int) else _text(cell)) for cell in row))
    Console(highlight=False).print(table)


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)

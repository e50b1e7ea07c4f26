"""Results that are tables: drawn on a terminal as wide as that is, tab-separated lines elsewhere."""

import sys
from collections.abc import Iterable, Sequence

import click

from yamarket_async.cli.running import is_terminal

LEAST_LAST = 12
"""Columns of a terminal that the last column needs at least: it holds words, which may be wrapped."""


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
    from rich.console import Console  # noqa: PLC0415 — needed on a terminal only
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(highlight=False)
    # A column in which nothing stands takes room from the others.
    kept = [place for place in range(len(columns)) if any(_text(row[place]) for row in rows)] or range(len(columns))
    columns, rows = [columns[place] for place in kept], [[row[place] for place in kept] for row in rows]
    cells = [[f"{cell:,}" if isinstance(cell, int) else _text(cell) for cell in row] for row in rows]
    widths = [max(len(text) for text in column) for column in zip(columns, *cells, strict=True)]
    # What can't be narrowed, and the lines between the columns.
    if sum(widths[:-1]) + min(widths[-1], LEAST_LAST) + 3 * len(columns) + 1 > console.width:
        _draw_one_by_one(columns, cells, title)
        return
    table = Table(title=title or None, title_justify="left")
    for place, name in enumerate(columns):
        is_number = any(isinstance(row[place], int) for row in rows)
        is_last = place == len(columns) - 1
        table.add_column(name, justify="right" if is_number else "left", no_wrap=not is_last, overflow="fold")
    for row in cells:
        # Text, so that brackets in a name are not taken for markup.
        table.add_row(*map(Text, row))
    console.print(table)


def _draw_one_by_one(columns: Sequence[str], rows: Sequence[Sequence[str]], title: str) -> None:
    """Print the rows below each other, where the terminal is too narrow for them side by side."""
    if title:
        click.secho(title, italic=True)
    for first, *rest in rows:
        click.secho(first, bold=True)
        for name, text in zip(columns[1:], rest, strict=True):
            if text:
                click.echo(f"  {name}: {text}")


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)

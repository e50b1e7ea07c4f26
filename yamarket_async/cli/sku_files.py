"""Files of ids: one a line, or a column of a table, as an export or a spreadsheet writes it."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from yamarket_async.checking import SKU_RULE, checker
from yamarket_async.cli.inputs import (
    STDIN,
    beginning,
    cell,
    ending_of,
    format_of,
    header_of,
    opened,
    paths_of,
    shown,
    table_in,
    text_of,
)
from yamarket_async.cli.running import WRONG_USAGE, Failure
from yamarket_async.errors import InvalidRequest
from yamarket_async.models.bounds import Sku

__all__ = ["STDIN", "read_ids", "read_skus"]

SKU_ARGUMENTS = frozenset({"offer_ids", "skus", "shop_skus", "offers"})
"""Arguments that are lists of SKUs."""

SKU_COLUMNS = ("offerid", "shopsku", "sku", "вашsku", "вашsku*", "артикул")
"""What a column of SKUs is called, in exports, in the Market's templates and in price lists."""


def read_skus(name: str, *, column: str | None = None, option: str = "--offer-ids-from") -> dict[str, int]:
    """Read SKUs; blank lines are skipped, and each product is kept once.

    Args:
        name: the file, or "-" for standard input.
        column: the column that holds them, if it is a table; found by its name where it is left out.
        option: the option that names the file, for errors.

    Returns:
        The line of each, in the order of the file.

    Raises:
        Failure: it can't be read, holds no SKU, or one that can't be.
    """
    return read_ids(name, "offer_ids", column=column, option=option)


def read_ids(name: str, argument: str, *, column: str | None = None, option: str = "FILE") -> dict[str, int]:
    """Read ids from a file, one a line or from a column of a table, see `read_skus`.

    Args:
        name: the file, or "-" for standard input.
        argument: what they are: `offer_ids`, `order_ids` …
        column: the column that holds them.
        option: the option that names the file, for errors.

    Raises:
        Failure: it can't be read, holds none, or one that can't be.
    """
    is_sku = argument in SKU_ARGUMENTS
    ids: dict[str, int] = {}
    with opened(name, option) as file:
        for place, line, text in _found(file, name, argument, column, option):
            value = text.strip(" \t")
            if value and is_sku and not _is_sku(value):
                raise Failure(f"{place}: {SKU_RULE}", WRONG_USAGE)
            if value:
                ids.setdefault(value, line)
    if not ids:
        what = "SKU" if is_sku else singular(argument)
        where = f" in {column!r}" if column else ""
        raise Failure(f"{shown(name)}: holds no {what}{where}", WRONG_USAGE)
    return ids


def singular(argument: str) -> str:
    """Name one of what an argument is a list of: `order_ids` → `order_id`."""
    return argument.removesuffix("s")


def _is_sku(value: str) -> bool:
    try:
        checker(Sku).read("", value)
    except InvalidRequest:
        return False
    return True


def _found(file: BinaryIO, name: str, argument: str, column: str | None, option: str) -> Iterator[tuple[str, int, str]]:
    """Give each id with its place and its line."""
    kind = ending_of(name) or format_of(name, file)
    if kind == "csv" and column is None and ending_of(name) is None:
        with text_of(file) as text:
            if _column(argument, header_of(beginning(text))) is None:
                for number, each in enumerate(text, 1):
                    yield f"{shown(name)}, line {number}", number, each.rstrip("\r\n")
                return
    with table_in(file, name, kind) as table:
        for row in table.rows:
            key = column or _column(argument, table.columns or paths_of(row.cells))
            if key is None or (table.columns and key not in table.columns):
                known = ", ".join(map(repr, table.columns or row.cells))
                wanted = f"no column {column!r}" if column else f"no column {_camel(singular(argument))!r}"
                hint = "name the one that holds them so"
                if option.endswith("-from"):  # the option that has one beside it
                    hint = f"name the one that holds them with {option.removesuffix('-from')}-column"
                raise Failure(f"{option} {table.name}: has {wanted}, but {known}; {hint}", WRONG_USAGE)
            value = cell(row, key)
            yield table.place(row), row.line, "" if value is None else str(value)


def _column(argument: str, columns: Sequence[str]) -> str | None:
    """Find the column of ids: by the name of the argument, or by what SKUs are called; in a nested one by its end."""
    wanted = [_plain(singular(argument))]
    if argument in SKU_ARGUMENTS:
        wanted += [name for name in SKU_COLUMNS if name not in wanted]
    else:
        wanted.append("id")
    for name in wanted:
        for column in columns:
            if _plain(column) == name or _plain(column.rpartition(".")[2]) == name:
                return column
    if argument in SKU_ARGUMENTS:
        # So `export prices` calls them. Within something else an id is that of something else.
        return next((column for column in columns if _plain(column) == "id"), None)
    return None


def _plain(name: str) -> str:
    return name.lower().replace("_", "").replace(" ", "").removeprefix("\ufeff")


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)

"""Reading a file of changes: columns matched to fields, rows made things, faults told before anything is sent."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, get_args

from yamarket_async.arguments import signature_of
from yamarket_async.checking import bounds_of, checker, without_none
from yamarket_async.cli.columns import Column
from yamarket_async.cli.inputs import LostDigits, Row, Table, cell, paths_of, read_table, shown
from yamarket_async.cli.running import WRONG_USAGE, Failure, say
from yamarket_async.cli.update_cells import Unreadable, read_cell
from yamarket_async.cli.update_kinds import HIDDEN, UpdateKind
from yamarket_async.cli.values import in_words
from yamarket_async.cli.values import shown as shown_value
from yamarket_async.endpoints import Broken, Endpoint
from yamarket_async.errors import InvalidRequest

MOST_TOLD = 20
"""Faults that are told one by one; the others are counted."""


class Change(NamedTuple):
    """What a row of the file asks for.

    Attributes:
        line: where it stands.
        sku: the product.
        thing: what is sent, in the documentation's JSON shape.
        values: the cells that hold anything, by the dotted names of their fields.
    """

    line: int
    sku: str
    thing: Mapping[str, Any]
    values: Mapping[str, Any]

    @property
    def hides(self) -> bool:
        """Whether it hides a product, rather than showing it again."""
        return bool(self.values.get(HIDDEN, True))


class Changes(NamedTuple):
    """All that a file asks for.

    Attributes:
        rows: by SKU, in the order of the file.
        fingerprint: a hash of the file.
    """

    rows: Mapping[str, Change]
    fingerprint: str


def thing_type(endpoint: Endpoint) -> Any:
    """Tell what a thing of an operation's list is."""
    name = endpoint.things.name if endpoint.things else ""
    slot = next(slot for slot in signature_of(endpoint).slots if slot.name == name)
    (kind,) = get_args(bounds_of(without_none(slot.kind))[0])
    return kind


def read_changes(kind: UpdateKind, name: str) -> Changes:
    """Read and check a file whole, and say what of it is left aside.

    Args:
        kind: what it holds.
        name: the file, or "-" for standard input.

    Raises:
        Failure: it can't be read, or something in it can't be sent; names the lines.
    """
    reader = _Reader(kind)
    with read_table(name) as table:
        try:
            for row in table.rows:
                reader.read(table, row)
        finally:  # what is left aside may explain why it can't be read
            reader.tell_columns()
    reader.end(shown(name))
    return Changes(reader.rows, reader.hash.hexdigest())


class _Reader:
    def __init__(self, kind: UpdateKind) -> None:
        self.rows: dict[str, Change] = {}
        self.hash = hashlib.sha256(kind.operation.encode())
        self._kind = kind
        self._columns = {column.name: column for column in kind.columns()}
        self._checker = checker(thing_type(kind.endpoint))
        self._rules = kind.endpoint.things.rules if kind.endpoint.things else ()
        self._names = self._known_names()
        self._found: dict[str, Column | None] = {}
        self._ignored: dict[str, None] = {}
        self._stand_ins = {kind.key: "id", **kind.stand_ins}  # `id` is the SKU in what getPrices gives
        self._taken: dict[str, str] = {}
        self._left_out: list[int] = []
        self._faults: list[str] = []
        self._fault_count = 0

    def _known_names(self) -> dict[str, Column]:
        """Give the fields by all that a column may be called: aliases, full names, last parts that are of one alone."""
        names: dict[str, Column] = {}
        several: set[str] = set()
        for name, column in self._columns.items():
            last = plain(name.rpartition(".")[2])
            several |= {last} & names.keys()
            names.setdefault(last, column)
        for last in several:
            del names[last]
        names |= {plain(name): column for name, column in self._columns.items()}
        for field, aliases in self._kind.aliases.items():
            names |= {plain(alias): self._columns[field] for alias in aliases}
        return names

    def _field(self, header: str) -> Column | None:
        if header not in self._found:
            self._found[header] = self._names.get(plain(header)) or self._names.get(plain(_UNIT.sub("", header)))
            if self._found[header] is None:
                self._ignored[header] = None
        return self._found[header]

    def _matched(self, headers: Sequence[str]) -> list[tuple[str, Column]]:
        """Find the fields of columns, and for fields without one those that may stand in."""
        found = [(header, column) for header in headers if header and (column := self._field(header))]
        missing = self._stand_ins.keys() - {column.name for _, column in found}
        names = {plain(self._stand_ins[field]): field for field in missing}
        for header in headers:
            field = names.pop(plain(header), None)
            if field is not None:
                self._taken[header] = "the SKU" if field == self._kind.key else field
                found.append((header, self._columns[field]))
        return found

    def read(self, table: Table, row: Row) -> None:
        """Take a row in, or note what is wrong with it."""
        place = table.place(row)
        values: dict[str, Any] = {}
        sources: dict[str, str] = {}
        is_sound = True
        for header, column in self._matched(table.columns or paths_of(row.cells)):
            if column.name in sources:
                raise Failure(
                    f"{place}: the columns {sources[column.name]!r} and {header!r} are both {column.name}; "
                    "take one out",
                    WRONG_USAGE,
                )
            sources[column.name] = header
            value = None
            try:
                value = cell(row, header)
                value = read_cell(value, column.kind, column.name.rpartition(".")[2])
            except (LostDigits, Unreadable) as error:
                self._fault(f"{place}: {header}{'' if value is None else ' ' + shown_value(value)}: {error}")
                is_sound = False
                continue
            if value is not None:
                values[column.name] = value
        if self._kind.key not in sources:
            raise self._missing(place, table.columns or list(row.cells), self._kind.key)
        if is_sound and self._says_something(table, row, values, sources):
            self._admit(table, row, values, sources)

    def _says_something(self, table: Table, row: Row, values: Mapping[str, Any], sources: Mapping[str, str]) -> bool:
        if set(values) != {self._kind.key} or self._kind.operation in {"addHiddenOffers", "updatePromoOffers"}:
            return True
        if table.columns and all(name == self._kind.key or name.endswith("updatedAt") for name in sources):
            raise self._missing(table.name, table.columns)
        self._left_out.append(row.line)
        return False

    def _missing(self, place: str, columns: Sequence[str], field: str = "") -> Failure:
        """Make the failure of a file without a column that it must have: that of a field, or any beside the SKU."""
        known = ", ".join(map(repr, columns)) or "none"
        if not field:
            told = f"no column holds anything to send beside the SKU; --help names those that do (there are {known})"
            return Failure(f"{place}: {told}", WRONG_USAGE)
        what = "the SKU" if field == self._kind.key else field
        names = " or ".join(dict.fromkeys((field, *self._kind.aliases.get(field, ())[:1])))
        return Failure(f"{place}: no column holds {what}; call one {names} (there are {known})", WRONG_USAGE)

    def _admit(self, table: Table, row: Row, values: dict[str, Any], sources: Mapping[str, str]) -> None:
        place, line = table.place(row), row.line
        sku = str(values.get(self._kind.key, "")).strip(" \t")
        for field, (brings, value) in self._kind.defaults.items():
            if brings in values:
                values.setdefault(field, value)
        thing = self._thing(values)
        self.hash.update(repr((line, sorted(values.items()))).encode())
        try:
            _, checked = self._checker.read("", thing)
        except InvalidRequest as error:
            return self._refuse(table, row, sources, Broken(error.argument, error.value, error.rule))
        for rule in self._rules:
            for broken in rule(checked):
                return self._refuse(table, row, sources, broken)
        if sku in self.rows:
            return self._fault(f"{place}: {sku!r} stands in line {self.rows[sku].line} already; leave one of them")
        self.rows[sku] = Change(line, sku, thing, values)
        return None

    def _thing(self, values: Mapping[str, Any]) -> dict[str, Any]:
        if self._kind.operation == "updateStocks":
            item = {name: value for name, value in values.items() if name != "sku"}
            return {"sku": values.get("sku"), "items": [item]}
        thing: dict[str, Any] = {}
        for name, value in values.items():
            if name == HIDDEN:
                continue
            *above, last = name.split(".")
            inner = thing
            for step in above:
                inner = inner.setdefault(step, {})
            inner[last] = value
        return thing

    def _refuse(self, table: Table, row: Row, sources: Mapping[str, str], broken: Broken) -> None:
        """Note what is wrong with a row, or end at once where each row would lack the same column."""
        name, value = broken.place.removeprefix("items[0]."), broken.value
        if table.columns and value is None and name in self._columns and name not in sources:
            raise self._missing(table.name, table.columns, name)
        header = sources.get(name, name)
        named = header if plain(header) == plain(name) else f"{header} ({name})"
        shown_with = "" if value is None else f" {shown_value(value)}"
        self._fault(f"{table.place(row)}: {named}{shown_with}: {in_words(broken.rule)}")

    def _fault(self, fault: str) -> None:
        self._fault_count += 1
        if len(self._faults) < MOST_TOLD:
            self._faults.append(fault)

    def tell_columns(self) -> None:
        """Say which columns no field takes, and which are taken though their names are others."""
        if self._taken:
            taken = ", ".join(f"{header} for {what}" for header, what in self._taken.items())
            say(f"columns that are taken for others: {taken}", color="yellow")
        ignored = [header for header in self._ignored if header not in self._taken]
        if ignored:
            say(f"columns that are left aside: {', '.join(ignored)}", color="yellow")

    def end(self, name: str) -> None:
        """Tell the faults, and what is left out."""
        if self._left_out:
            several = f"{len(self._left_out):,} lines are" if len(self._left_out) > 1 else "1 line is"
            say(f"{several} left out, with nothing to send beside the SKU; the first is {self._left_out[0]}")
        if self._fault_count:
            for fault in self._faults:
                say(fault, color="red")
            more = self._fault_count - len(self._faults)
            several = f"{self._fault_count:,} lines" if self._fault_count > 1 else "1 line"
            raise Failure(
                f"{name}: {several} can't be sent{f', {more:,} more than told above' if more else ''}; "
                "nothing was sent",
                WRONG_USAGE,
            )
        if not self.rows:
            raise Failure(f"{name}: holds no product{' with anything to send' if self._left_out else ''}", WRONG_USAGE)


_UNIT = re.compile(r"(?:, *|\(|\[)(?:руб(?:\.|лей)?|р\.?|₽|rub|rur|шт(?:\.|ук)?|pcs)[)\]]? *$", re.IGNORECASE)


def plain(name: str) -> str:
    """Give the name of a column without what people write in different ways."""
    return name.lower().replace("_", "").replace(" ", "").replace("*", "").replace("-", "").removeprefix("\ufeff")

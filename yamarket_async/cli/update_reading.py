"""Reading a file of changes: columns matched to fields, rows made things, faults told before anything is sent."""

import hashlib
from collections.abc import Mapping
from typing import Any, NamedTuple, get_args

from yamarket_async.arguments import signature_of
from yamarket_async.checking import bounds_of, checker, without_none
from yamarket_async.cli.columns import Column
from yamarket_async.cli.inputs import LostDigits, Row, Table, cell, paths_of, read_table, shown
from yamarket_async.cli.running import WRONG_USAGE, Failure
from yamarket_async.cli.update_cells import Unreadable, read_cell
from yamarket_async.cli.update_kinds import HIDDEN, UpdateKind
from yamarket_async.cli.values import in_words
from yamarket_async.cli.values import shown as shown_value
from yamarket_async.endpoints import Endpoint
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
        ignored: columns that no field takes.
        fingerprint: a hash of the file.
    """

    rows: Mapping[str, Change]
    ignored: list[str]
    fingerprint: str


def thing_type(endpoint: Endpoint) -> Any:
    """Tell what a thing of an operation's list is."""
    name = endpoint.things.name if endpoint.things else ""
    slot = next(slot for slot in signature_of(endpoint).slots if slot.name == name)
    (kind,) = get_args(bounds_of(without_none(slot.kind))[0])
    return kind


def read_changes(kind: UpdateKind, name: str) -> Changes:
    """Read and check a file whole.

    Args:
        kind: what it holds.
        name: the file, or "-" for standard input.

    Raises:
        Failure: it can't be read, or something in it can't be sent; names the lines.
    """
    reader = _Reader(kind)
    with read_table(name) as table:
        for row in table.rows:
            reader.read(table, row)
    reader.end(shown(name))
    return Changes(reader.rows, list(reader.ignored), reader.hash.hexdigest())


class _Reader:
    def __init__(self, kind: UpdateKind) -> None:
        self.rows: dict[str, Change] = {}
        self.ignored: dict[str, None] = {}
        self.hash = hashlib.sha256(kind.operation.encode())
        self._kind = kind
        self._columns = {column.name: column for column in kind.columns()}
        self._checker = checker(thing_type(kind.endpoint))
        self._rules = kind.endpoint.things.rules if kind.endpoint.things else ()
        self._names = self._known_names()
        self._found: dict[str, Column | None] = {}
        self._faults: list[str] = []
        self._fault_count = 0
        self._has_key = True

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
            self._found[header] = self._names.get(plain(header))
            if self._found[header] is None:
                self.ignored[header] = None
        return self._found[header]

    def read(self, table: Table, row: Row) -> None:
        """Take a row in, or note what is wrong with it."""
        place = table.place(row)
        values: dict[str, Any] = {}
        sources: dict[str, str] = {}
        is_sound = True
        for header in table.columns or paths_of(row.cells):
            column = self._field(header) if header else None
            if column is None:
                continue
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
            known = ", ".join(map(repr, table.columns or row.cells)) or "none"
            raise Failure(
                f"{place}: no column holds the SKU; call one {self._kind.key} or sku (there are {known})", WRONG_USAGE
            )
        if is_sound:
            self._admit(place, row.line, values, sources)

    def _admit(self, place: str, line: int, values: dict[str, Any], sources: Mapping[str, str]) -> None:
        sku = str(values.get(self._kind.key, "")).strip(" \t")
        for field, (brings, value) in self._kind.defaults.items():
            if brings in values:
                values.setdefault(field, value)
        thing = self._thing(values)
        self.hash.update(repr((line, sorted(values.items()))).encode())
        try:
            _, checked = self._checker.read("", thing)
        except InvalidRequest as error:
            return self._fault(f"{place}: {self._told(error.argument, error.value, error.rule, sources)}")
        for rule in self._rules:
            for broken in rule(checked):
                return self._fault(f"{place}: {self._told(broken.place, broken.value, broken.rule, sources)}")
        if set(values) <= {self._kind.key} and self._kind.operation not in {"addHiddenOffers", "updatePromoOffers"}:
            return self._fault(f"{place}: says nothing of {sku!r} but its SKU; fill in a value")
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

    def _told(self, field: str, value: Any, rule: str, sources: Mapping[str, str]) -> str:
        name = field.removeprefix("items[0].")
        header = sources.get(name, name)
        named = header if plain(header) == plain(name) else f"{header} ({name})"
        return f"{named}{'' if value is None else ' ' + shown_value(value)}: {in_words(rule)}"

    def _fault(self, fault: str) -> None:
        self._fault_count += 1
        if len(self._faults) < MOST_TOLD:
            self._faults.append(fault)

    def end(self, name: str) -> None:
        """Tell the faults."""
        if self._fault_count:
            from yamarket_async.cli.running import say  # noqa: PLC0415

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
            raise Failure(f"{name}: holds no product", WRONG_USAGE)


def plain(name: str) -> str:
    """Give the name of a column without what people write in different ways."""
    return name.lower().replace("_", "").replace(" ", "").replace("*", "").replace("-", "").removeprefix("\ufeff")

"""The dry run of an update: what the Market has now, beside what the file would make of it."""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from yamarket_async.cli import tables
from yamarket_async.cli.connecting import Connection
from yamarket_async.cli.progress import Progress, counted
from yamarket_async.cli.running import is_terminal, say, wait_for
from yamarket_async.cli.update_kinds import Target, UpdateKind
from yamarket_async.cli.update_reading import Change
from yamarket_async.client import MarketClient

MOST_SHOWN = 50
"""Differences shown on a terminal; a pipe gets all of them."""

ASKED_AT_ONCE = 2_000
"""Products whose values are read by one call."""

DELETED = "(deleted)"
"""Stands for what the file doesn't have and the Market would have no more."""


def compare(
    kind: UpdateKind, target: Target, rows: Mapping[str, Change], connection: Connection, *, quiet: bool
) -> None:
    """Read what the Market has, and print what would change."""
    progress = Progress("products", of="parts", total=len(rows), quiet=quiet)
    client = connection.client(on_wait=progress.wait, on_call=progress.attempt)
    with progress:
        present = wait_for(_present(kind, target, list(rows), client, progress))
    counts: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    shown = []
    for sku, change in rows.items():
        differences = list(differences_of(kind, change, present.get(sku)))
        unknown = sku not in present
        counts["new" if unknown else "changed" if differences else "unchanged"] += 1
        dropped.update(field for field, _, new in differences if new == DELETED)
        shown += [(change.line, sku, field, now, new) for field, now, new in differences]
    kept = shown[:MOST_SHOWN] if is_terminal(sys.stdout) else shown
    tables.show(("line", "sku", "field", "now", "in the file"), kept, title="Nothing is changed by this dry run")
    if len(kept) < len(shown):
        say(f"{len(shown) - len(kept):,} more differences; redirect the output to see all")
    say(
        f"{counted(counts['changed'], 'products')} would change, {counts['unchanged']:,} as they are, "
        f"{counts['new']:,} without a present value at the Market"
    )
    if dropped:
        fields = ", ".join(f"{field} of {counted(count, 'products')}" for field, count in dropped.items())
        say(f"would be deleted, since the file leaves it out: {fields}; add a column to keep it", color="yellow")


async def _present(
    kind: UpdateKind, target: Target, skus: list[str], client: MarketClient, progress: Progress
) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    at_once = len(skus) if kind.operation == "updatePromoOffers" else ASKED_AT_ONCE  # that list is walked whole
    async with client as market:
        for start in range(0, len(skus), at_once):
            part = skus[start : start + at_once]
            found |= {sku: values async for sku, values in kind.present(market, target, part)}
            progress.advance(len(part))
    return found


def differences_of(
    kind: UpdateKind, change: Change, present: Mapping[str, Any] | None
) -> Iterator[tuple[str, str, str]]:
    """Tell what a row would change: the field, what the Market has, what the file has; also what it would delete."""
    values = dict(change.values)
    if kind.operation == "addHiddenOffers":
        values["hidden"] = change.hides
    for field, new in values.items():
        now = (present or {}).get(field)
        if field == kind.key or field.endswith("updatedAt") or new == now:
            continue
        yield field, _text(now), _text(new)
    if present:
        for field in kind.dropped(values):
            if present.get(field) is not None:
                yield field, _text(present[field]), DELETED


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)

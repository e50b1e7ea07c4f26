"""Which of the ids that were asked for have no item in the answers. Without I/O."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, Self

from yamarket_async.cli.exports import Export

NAMED = 10
"""How many ids without an item are named."""


class Matches:
    """Notes the ids of items, and tells which were asked for in vain.

    Args:
        ids: what was asked for.
        key: reads the id of an item; None where an item has none, so that nothing can be told.
        lines: the lines of a file in which they stand; empty where they come from elsewhere.
    """

    def __init__(self, ids: Iterable[Any], key: Callable[[Any], Any] | None, lines: Mapping[str, int]) -> None:
        self._key = key
        self._lines = lines
        self._left = dict.fromkeys(str(each).strip(" \t") for each in ids) if key is not None else {}

    @classmethod
    def of(
        cls,
        export: Export,
        asked: tuple[str, Sequence[Any]] | None,
        lines: Mapping[str, Mapping[str, int]],
        done: int,
    ) -> Self:
        """Make one for an export.

        Args:
            export: the list.
            asked: the argument with the ids, and these.
            lines: the line of each id, by the argument.
            done: how many of them an earlier run did.
        """
        if asked is None:
            return cls((), None, {})
        argument, ids = asked
        path = export.ids[argument].key
        return cls(ids[done:], attrgetter(path) if path else None, lines.get(argument, {}))

    def note(self, items: Iterable[Any]) -> None:
        """Note the items of a page."""
        if self._key is None:
            return
        for item in items:
            try:
                self._left.pop(str(self._key(item)).strip(" \t"), None)
            except AttributeError:
                continue  # a part on the way to the id is None

    def told(self) -> str:
        """Say which ids match nothing; "" where all of them match something."""
        if not self._left:
            return ""
        several = list(self._left)
        named = [f"{each!r} (line {self._lines[each]})" if each in self._lines else repr(each) for each in several]
        more = f" and {len(named) - NAMED:,} more" if len(named) > NAMED else ""
        match = "matches" if len(several) == 1 else "match"
        return f"{len(several):,} of those asked for {match} nothing: {', '.join(named[:NAMED])}{more}"

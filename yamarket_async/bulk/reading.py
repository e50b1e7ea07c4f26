"""Reading the things of a bulk call from whatever the caller gave: checked, repeats dropped, cut into batches."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterable, AsyncIterator, Collection, Iterable, Iterator
from itertools import accumulate, chain, islice, repeat
from typing import Any, NamedTuple

from yamarket_async.bulk.batch import Batch
from yamarket_async.bulk.report import Rejected
from yamarket_async.checking import Lines, bounds_of, checker, encoder
from yamarket_async.endpoints import Rule
from yamarket_async.errors import ErrorDetail, InvalidRequest
from yamarket_async.framing import Frame, is_struct, key_reader, trimmed, unchecked_key_reader

FEWEST_AT_ONCE, MOST_AT_ONCE = 100, 2_000
"""Things that are checked in one go: the larger ones take 20 µs each, the smallest a hundredth of that."""

READ_AT_ONCE = 50
"""Things that are taken from an iterator before the clock is looked at: each may be the work of a generator."""

BREATH = 0.004
"""Seconds after which the event loop gets a turn."""

LITTLE = BREATH / 4
"""Seconds that things may take to be checked, and twice as many are checked the next time."""


class Pace:
    """Lets the event loop have a turn now and then."""

    __slots__ = ("_since",)

    def __init__(self) -> None:
        self._since = time.perf_counter()

    async def breathe(self) -> None:
        """Let it have one, if the last is long ago."""
        if time.perf_counter() - self._since > BREATH:
            await asyncio.sleep(0)
            self._since = time.perf_counter()


class Keys:
    """The keys that came so far, each with a hash of its thing's content, or None where there is no more to it.

    They are kept in several tables: one that grows is moved, which takes 30 ms where it holds a million.
    """

    __slots__ = ("_tables",)

    MOST = 340_000
    """Keys in a table from which on another one is begun; with 350,000 it would be moved."""

    def __init__(self) -> None:
        self._tables: list[dict[Any, int | None]] = [{}]

    def add_all(self, keys: list[Any], contents: Iterable[int | None]) -> bool:
        """Add keys with what they stand for, unless one of them came before or stands among them twice."""
        *full, newest = self._tables
        if not all(table.keys().isdisjoint(keys) for table in full):
            return False
        # Each is looked up once only: in a large table that is a walk to where no cache reaches.
        before = len(newest)
        deque(map(newest.setdefault, keys, contents), maxlen=0)
        if len(newest) - before < len(keys):
            while len(newest) > before:
                newest.popitem()
            return False
        if len(newest) >= self.MOST:
            self._tables.append({})
        return True

    def find(self, key: Any) -> tuple[bool, int | None]:
        """Tell whether a key came before, and with which content."""
        for table in self._tables:
            if key in table:
                return True, table[key]
        return False, None


class Cut(NamedTuple):
    """What a batch is made of. A long list is kept so: of whole batches the garbage collector would have more to visit.

    Attributes:
        things: the things as they were given.
        keys: what identifies each of them.
        lines: the JSON of each of them, with a line break between them.
        skipped: things that broke a rule on the way to it.
    """

    things: tuple[Any, ...] = ()
    keys: tuple[Any, ...] = ()
    lines: bytes = b""
    skipped: tuple[Rejected, ...] = ()


class Source:
    """Reads things and cuts them into batches.

    A collection is checked whole before anything of it is sent, and kept as JSON; an iterator can be read only once,
    and is read as far as it is needed.

    Args:
        frame: the requests that they go into.
        items: the things: structs, mappings or ids, from an iterable, sync or async; None for a call without a list.
        key: the attributes of a thing that say which it is; none where it is the id itself.
        rules: what a thing must keep to beside the bounds of its fields.
        skip: whether things that break a rule are reported as rejected, instead of ending the call.
    """

    def __init__(
        self,
        frame: Frame,
        items: Iterable[Any] | AsyncIterable[Any] | None,
        key: tuple[str, ...],
        rules: tuple[Rule, ...] = (),
        *,
        skip: bool,
    ) -> None:
        self.stopping = False
        """Whether nothing more is to be taken from the caller's iterator."""
        self._frame = frame
        self._skip = skip
        self._rules = rules
        self._checker = checker(frame.kind)
        self._keys_of = key_reader(frame.kind, key)
        self._key_of = unchecked_key_reader(frame.kind, key)
        self._is_trimmed = not key and bounds_of(frame.kind)[1].trimmed
        self._is_own_key = not key and not is_struct(frame.kind)
        self._seen = Keys()
        self._is_whole = isinstance(items, Collection)
        # A copy, so that it is sent as it was checked whatever the caller does to it meanwhile.
        self._given = tuple(items) if isinstance(items, Collection) else ()
        given = self._given if self._is_whole or items is None else items
        self._iterator: Iterator[Any] | AsyncIterator[Any] = (
            iter(given) if isinstance(given, Iterable) else aiter(given)
        )
        self._pace = Pace()
        self._checked_at_once = FEWEST_AT_ONCE
        self._position = 0
        """How many things have been checked."""
        self._taken: list[Any] = []
        """Things that were taken from the iterator and not checked yet."""
        self._things: list[Any] = []
        self._keys: list[Any] = []
        self._parts: list[bytes] = []
        self._size = 0
        self._skipped: list[Rejected] = []
        self._exhausted = False
        self._ready = deque[Cut]()
        if items is None:
            self._ready.append(Cut())

    async def check(self) -> None:
        """Check a collection whole, before anything of it is sent.

        Raises:
            InvalidRequest: something in it breaks a rule.
        """
        while self._is_whole and (cut := await self._cut()):
            self._ready.append(cut)
        if self._exhausted:
            self._given = ()

    async def next(self) -> Batch | None:
        """Give the next batch; None after the last one, or when it was told to stop.

        Raises:
            InvalidRequest: a thing breaks a rule.
            Exception: whatever the caller's iterator raises.
        """
        if self.stopping:
            return None
        cut = self._ready.popleft() if self._ready else await self._cut()
        return cut and Batch(*cut)

    def unsent(self, before: list[Any]) -> list[Any]:
        """Append what was read and not handed out in a batch, which of a collection is all the rest."""
        for cut in self._ready:
            before += cut.things
        before += self._things
        before += self._taken
        before += self._given[self._position + len(self._taken) :]
        return before

    @property
    def skipped(self) -> list[Rejected]:
        """Those that broke a rule and were not handed out in a batch."""
        return [*chain.from_iterable(cut.skipped for cut in self._ready), *self._skipped]

    async def _cut(self) -> Cut | None:
        while not (cut := self._take_cut()):
            if self._exhausted or self.stopping:
                return cut
            await self._fill()
        return cut

    def _take_cut(self) -> Cut | None:
        """Cut a batch off what has been checked, as soon as there is enough for one."""
        count = min(len(self._things), self._frame.at_once)
        if len(self._skipped) >= self._frame.at_once:
            count = 0  # so many are told by themselves, and not kept until there is a batch to go with
        elif self._size > self._frame.room:
            sizes = accumulate(self._frame.weigh([part]) for part in self._parts)
            count = min(count, sum(1 for size in sizes if size <= self._frame.room))
        elif count < self._frame.at_once and not (self._exhausted and (count or self._skipped)):
            return None
        lines, rest = self._parts[:count], self._parts[count:]
        self._size = self._frame.weigh(rest) if rest else 0
        # Tuples of strings, unlike lists of them, cost the garbage collector nothing.
        keys = tuple(self._keys[:count])
        things = keys if self._is_own_key else tuple(self._things[:count])  # without the spaces around them
        cut = Cut(things, keys, b"\n".join(lines), tuple(self._skipped))
        self._things, self._keys, self._parts = self._things[count:], self._keys[count:], rest
        self._skipped.clear()
        return cut

    async def _fill(self) -> None:
        """Take some things from the caller, and check them."""
        wanted = min(self._checked_at_once, self._frame.at_once - len(self._things))
        if isinstance(self._iterator, Iterator):
            await self._take(self._iterator, wanted)
        else:
            await self._take_async(self._iterator, wanted)
        if self._taken:
            began = time.perf_counter()
            self._check_taken()
            taken = time.perf_counter() - began
            if taken < LITTLE:
                self._checked_at_once = min(MOST_AT_ONCE, self._checked_at_once * 2)
            elif taken > BREATH / 2:
                self._checked_at_once = max(FEWEST_AT_ONCE, self._checked_at_once // 2)
            await self._pace.breathe()

    async def _take(self, iterator: Iterator[Any], wanted: int) -> None:
        taken = self._taken
        while len(taken) < wanted and not self.stopping:
            before = len(taken)
            count = min(READ_AT_ONCE, wanted - before)
            if self._is_own_key and not self._is_whole:
                # Ids are looked at one by one, so that an iterator stays where it breaks a rule.
                for thing in islice(iterator, count):
                    taken.append(thing)
                    if not _is_plain(thing):
                        return
            else:
                taken.extend(islice(iterator, count))  # and keeps what came before an error of the iterator
            if len(taken) - before < count:
                self._exhausted = True
                return
            await self._pace.breathe()

    async def _take_async(self, iterator: AsyncIterator[Any], wanted: int) -> None:
        while not self.stopping:
            try:
                thing = await anext(iterator)
            except StopAsyncIteration:
                self._exhausted = True
                return
            self._taken.append(thing)
            if len(self._taken) >= wanted or (self._is_own_key and not _is_plain(thing)):
                return
            if len(self._taken) % READ_AT_ONCE == 0:
                await self._pace.breathe()

    def _check_taken(self) -> None:
        """Check what was taken, all at once where nothing breaks a rule or is a repeat."""
        checked = self._checker.read_many(self._taken)
        if self._is_trimmed and (checked is None or checked.has_edges):
            self._taken = list(map(trimmed, self._taken))
            checked = self._checker.read_many(self._taken)
        if checked is not None and self._keeps_rules(checked) and self._admit_all(checked):
            self._taken = []
            return
        taken = self._taken
        while taken:
            place = f"{self._frame.argument}[{self._position}]"
            try:
                self._admit(place, taken[0])
            except InvalidRequest as error:
                if not self._skip:
                    raise
                details = (ErrorDetail("INVALID_ITEM", str(error)),)
                self._skipped.append(Rejected(taken[0], self._key_of(taken[0]), details))
            del taken[0]
            self._position += 1

    def _keeps_rules(self, checked: Lines) -> bool:
        for rule in self._rules:
            needles = getattr(rule, "concerns", None)
            if needles is None or any(needle in checked.lines for needle in needles):
                for thing in checked.objects:
                    for _ in rule(thing):
                        return False
        return True

    def _admit_all(self, checked: Lines) -> bool:
        """Take in what was taken; False where that needs a closer look."""
        parts = checked.lines.split(b"\n")
        parts.pop()  # each line has an end
        keys = self._keys_of(checked.objects, checked.has_edges)
        contents = repeat(None) if self._is_own_key else self._contents_of(checked.objects)
        size = self._frame.weigh_lines(checked.lines)
        if size > self._frame.room // 2 and max(self._frame.weigh([part]) for part in parts) > self._frame.room:
            return False
        if not self._seen.add_all(keys, contents):
            return False
        self._position += len(keys)
        self._append(self._taken, keys, parts, size)
        return True

    def _admit(self, place: str, thing: Any) -> None:
        """Take one thing in, unless it is a repeat.

        Raises:
            InvalidRequest: it breaks a rule.
        """
        part, checked = self._checker.read(place, thing)
        for rule in self._rules:
            for broken in rule(checked):
                raise InvalidRequest(f"{place}.{broken.place}", broken.value, broken.rule)
        (key,) = self._keys_of([checked], True)
        size = self._frame.weigh([part])
        if size > self._frame.room:
            too_large = f"takes {len(part):,} bytes as JSON; a request holds at most {self._frame.room:,}"
            raise InvalidRequest(place, thing, too_large)
        (content,) = (None,) if self._is_own_key else self._contents_of([checked])
        is_known, known = self._seen.find(key) if _identifies(key) else (False, None)
        if not is_known:
            self._seen.add_all([key], [content])
            self._append([thing], [key], [part], size)
        elif known != content:
            differs = (
                "is given for the second time and differs from the first; it would be left to chance which one holds"
            )
            raise InvalidRequest(place, thing, differs)

    def _contents_of(self, objects: list[Any]) -> Iterable[int]:
        """Give what tells things with the same key apart, however they were given: the hash of their JSON.

        The objects are of one type, so that a struct and a mapping, 100 and `Decimal("100.00")` are the same in it.
        """
        return map(hash, encoder.encode_lines(objects).split(b"\n")[:-1])

    def _append(self, things: list[Any], keys: list[Any], parts: list[bytes], size: int) -> None:
        self._things += things
        self._keys += keys
        self._parts += parts
        self._size += size


def _is_plain(thing: object) -> bool:
    """Tell whether an id certainly breaks no rule; numbers are looked at together, since they rarely do."""
    return type(thing) is int or (
        type(thing) is str and thing.isprintable() and not thing.isspace() and 0 < len(thing) < 256
    )


def _identifies(key: Any) -> bool:
    return key is not None and not (isinstance(key, tuple) and None in key)

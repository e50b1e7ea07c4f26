"""Reading the things of a bulk call from whatever the caller gave: checked, repeats dropped, cut into batches."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterable, AsyncIterator, Collection, Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice, repeat
from typing import Any, NamedTuple, cast

import msgspec

from yamarket_async.bulk.batch import Batch
from yamarket_async.bulk.report import Rejected
from yamarket_async.checking import Lines, bounds_of, checker
from yamarket_async.endpoints import Rule
from yamarket_async.errors import ErrorDetail, InvalidRequest
from yamarket_async.framing import Frame, is_struct, key_reader, trimmed, unchecked_key_reader

FEWEST_AT_ONCE, MOST_AT_ONCE = 100, 500
"""Things that are checked in one go: the larger ones take 20 µs each, the smallest a hundredth of that. Of more the
processor's caches don't hold what was decoded, and the garbage collector comes by while it is there."""

MOST_COPIED = 100_000
"""Things of a collection that is copied; of a larger one the garbage collector would visit the copy for 10 ms and more.
"""

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

    def add_all(self, keys: Sequence[Any], contents: Iterable[int | None]) -> bool:
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

    async def forget(self, pace: Pace) -> None:
        """Let go of them, a table after the other: of a million at once that takes 40 ms."""
        while self._tables:
            self._tables.pop()
            await pace.breathe()


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
        self._given: Collection[Any] = ()
        """A collection, until it is checked."""
        if isinstance(items, Collection):
            # A copy, so that it is sent as it is now whatever the caller does to it while the loop has its turns.
            self._given = tuple(items) if len(items) <= MOST_COPIED else items
        self._count = len(self._given)
        given = islice(self._given, self._count) if self._is_whole or items is None else items
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
        self._lines: list[bytes] = []
        """The JSON of those things, with a line break after each: of one of them, or of several that came together."""
        self._size = 0
        self._skipped: list[Rejected] = []
        self._exhausted = False
        self._ahead = deque[tuple[Sequence[Any], Lines | None]]()
        """Ids of a collection, taken and checked, among which may be repeats."""
        self._ready = deque[Cut]()
        if items is None:
            self._ready.append(Cut())

    async def check(self) -> None:
        """Check a collection whole, before anything of it is sent.

        Raises:
            InvalidRequest: something in it breaks a rule.
            RuntimeError: it was changed meanwhile, as Python says it of dictionaries and sets.
        """
        if not self._is_whole:
            return
        if not (self._is_own_key and await self._look_ahead()):
            while cut := await self._cut():
                self._ready.append(cut)
        if self.stopping:
            return  # it was left meanwhile, and the rest is pending
        if self._read < self._count:
            raise RuntimeError(f"{self._frame.argument} changed size while it was checked; nothing was sent")
        self._given = ()

    async def _look_ahead(self) -> bool:
        """Check ids as long as they are valid; tell whether all are. Repeats are dropped, so that they can wait."""
        iterator = cast("Iterator[Any]", self._iterator)
        at_once = min(MOST_AT_ONCE, self._frame.at_once)
        while not self.stopping and (taken := list(islice(iterator, at_once))):
            taken, checked = self._checked(taken)
            if checked is None:
                self._ahead.append((taken, None))
                return False
            # A tuple of strings, unlike a list of them, costs the garbage collector nothing.
            ids = tuple(checked.objects)
            self._ahead.append((ids, checked._replace(objects=ids)))
            await self._pace.breathe()
        return True

    @property
    def _read(self) -> int:
        """How many things have been taken."""
        return self._position + len(self._taken) + sum(len(taken) for taken, _ in self._ahead)

    async def next(self) -> Batch | None:
        """Give the next batch; None after the last one, or when it was told to stop.

        Raises:
            InvalidRequest: a thing breaks a rule.
            Exception: whatever the caller's iterator raises.
        """
        if self.stopping:
            return None
        cut = self._ready.popleft() if self._ready else await self._cut()
        if cut is None:
            await self._seen.forget(self._pace)
            return None
        return Batch(*cut)

    def unsent(self, before: list[Any]) -> list[Any]:
        """Append what was read and not handed out in a batch, which of a collection is all the rest."""
        for cut in self._ready:
            before += cut.things
        before += self._things
        before += self._taken
        for taken, _ in self._ahead:
            before += taken
        before += islice(self._given, self._read, None)
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
        count = len(self._things)
        if len(self._skipped) >= self._frame.at_once:
            count = 0  # so many are told by themselves, and not kept until there is a batch to go with
        elif self._size > self._frame.room or count > self._frame.at_once:
            self._lines = _apart(b"".join(self._lines))
            sizes = accumulate(map(self._frame.weigh, self._lines[: self._frame.at_once]))
            count = sum(1 for size in sizes if size <= self._frame.room)
        elif count < self._frame.at_once and not (self._exhausted and (count or self._skipped)):
            return None
        keys = tuple(self._keys[:count])
        things = keys if self._is_own_key else tuple(self._things[:count])  # without the spaces around them
        cut = Cut(things, keys, b"".join(self._lines[:count])[:-1], tuple(self._skipped))
        self._things, self._keys, self._lines = self._things[count:], self._keys[count:], self._lines[count:]
        self._size = sum(map(self._frame.weigh, self._lines))
        self._skipped.clear()
        return cut

    async def _fill(self) -> None:
        """Take some things from the caller, check them, and take them in."""
        if self._ahead:
            ids, checked = self._ahead.popleft()
            self._taken = list(ids)
            self._take_in(checked)
            await self._pace.breathe()
            return
        wanted = min(self._checked_at_once, self._frame.at_once - len(self._things))
        if isinstance(self._iterator, Iterator):
            await self._take(self._iterator, wanted)
        else:
            await self._take_async(self._iterator, wanted)
        if self._taken:
            began = time.perf_counter()
            self._taken, checked = self._checked(self._taken)
            self._take_in(checked)
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

    def _checked(self, taken: list[Any]) -> tuple[list[Any], Lines | None]:
        """Check things all at once; gives them without spaces that don't count, and None where one may break a rule."""
        checked = self._checker.read_many(taken)
        if self._is_trimmed and (checked is None or checked.has_edges):
            taken = list(map(trimmed, taken))
            checked = self._checker.read_many(taken)
        return taken, checked if checked is None or self._keeps_rules(checked) else None

    def _take_in(self, checked: Lines | None) -> None:
        """Take in what was taken, one by one where something in it breaks a rule or is a repeat."""
        if checked is not None and self._admit_all(checked):
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
        keys = self._keys_of(checked.objects, checked.has_edges)
        size = self._frame.weigh(checked.lines)
        if size > self._frame.room // 2:
            largest = max(map(self._frame.weigh, _apart(checked.lines)))
            if largest > self._frame.room:
                return False
        if not self._seen.add_all(keys, self._contents_of(checked.objects)):
            return False
        self._position += len(keys)
        self._append(self._taken, keys, checked.lines, size)
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
        line = part + b"\n"
        size = self._frame.weigh(line)
        if size > self._frame.room:
            too_large = f"takes {len(part):,} bytes as JSON; a request holds at most {self._frame.room:,}"
            raise InvalidRequest(place, thing, too_large)
        content = next(iter(self._contents_of([checked])))
        is_known, known = self._seen.find(key) if _identifies(key) else (False, None)
        if not is_known:
            self._seen.add_all([key], [content])
            self._append([thing], [key], line, size)
        elif known != content:
            differs = (
                "is given for the second time and differs from the first; it would be left to chance which one holds"
            )
            raise InvalidRequest(place, thing, differs)

    def _contents_of(self, objects: Sequence[Any]) -> Iterable[int | None]:
        """Give what tells things with the same key apart, however they were given: the hash of their MessagePack.

        The objects are of one type, so that a struct and a mapping, 100 and `Decimal("100.00")` are the same in it.
        """
        return repeat(None) if self._is_own_key else map(hash, map(_pack, objects))

    def _append(self, things: Sequence[Any], keys: Sequence[Any], lines: bytes, size: int) -> None:
        self._things += things
        self._keys += keys
        self._lines.append(lines)
        self._size += size


_pack = msgspec.msgpack.Encoder().encode
"""Writes what was checked for its hash, which takes half as long as JSON."""


def _apart(lines: bytes) -> list[bytes]:
    """Give the lines one by one, each with its line break."""
    return lines.splitlines(keepends=True)


def _is_plain(thing: object) -> bool:
    """Tell whether an id certainly breaks no rule; numbers are looked at together, since they rarely do."""
    return type(thing) is int or (
        type(thing) is str and thing.isprintable() and not thing.isspace() and 0 < len(thing) < 256
    )


def _identifies(key: Any) -> bool:
    return key is not None and not (isinstance(key, tuple) and None in key)

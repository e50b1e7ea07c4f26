"""Cutting lists of SKUs into batches, by count and by bytes, without I/O."""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from yamarket_async.endpoints import encode_query

MAX_BODY = 512_000
"""Bytes of a body: the Market's bound is 512 KB, and the smaller reading of that is safe under both."""

MAX_URL = 8_000
"""Bytes of a URL: 8 KB less what the request line holds beside it."""


class Cutter:
    """Cuts a stream of SKUs into batches that hold each product once, in the order in which they came.

    Args:
        count: the most products in a batch.
        size: the most bytes that they may take together.
        weigh: how many bytes one takes.
    """

    def __init__(self, *, count: int, size: int, weigh: Callable[[str], int]) -> None:
        self._count = count
        self._room = self._size = size
        self._weigh = weigh
        # All SKUs so far: a second delete of a product would come back as "not deleted".
        self._seen = set[str]()
        self._batch: list[str] = []

    def add(self, sku: str) -> list[str] | None:
        """Take a SKU in; give a batch when it closes one."""
        if sku in self._seen:
            return None
        self._seen.add(sku)
        weight = self._weigh(sku)
        full = None
        if len(self._batch) == self._count or weight > self._room:
            full = self.rest()
        self._batch.append(sku)
        self._room -= weight
        return full

    def rest(self) -> list[str]:
        """Give what has come since the last batch."""
        batch, self._batch, self._room = self._batch, [], self._size
        return batch


def cuts(cutter: Cutter, skus: Iterable[str]) -> Iterator[list[str]]:
    """Cut a whole list."""
    for sku in skus:
        if cut := cutter.add(sku):
            yield cut
    if cut := cutter.rest():
        yield cut


def body_cutter(count: int, field: str = "offerIds") -> Cutter:
    """Make a cutter for lists that travel in a JSON body.

    Args:
        count: the most products in a request.
        field: where in the body the list stands.
    """
    return Cutter(count=count, size=MAX_BODY - len(msgspec.json.encode({field: []})), weigh=_json_weight)


def url_cutter(count: int, url: str, parameter: str = "offer_id") -> Cutter:
    """Make a cutter for lists that travel in a URL, where a Cyrillic letter takes six bytes.

    Args:
        count: the most products in a request.
        url: the URL as it is without them.
        parameter: the name that each of them has in the query.
    """
    return Cutter(count=count, size=MAX_URL - len(url), weigh=lambda sku: len(encode_query(((parameter, sku),))) + 1)


def _json_weight(sku: str) -> int:
    return len(msgspec.json.encode(sku)) + 1  # and a comma

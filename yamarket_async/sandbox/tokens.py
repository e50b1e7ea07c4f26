"""Page tokens: opaque, tied to their query, and refused when somebody made them up.

They depend on nothing but the seed and the query, so that one which was written down is good in another process too.
"""

import base64
import binascii
import struct
from hashlib import blake2b
from typing import NamedTuple

_PLACE = struct.Struct(">qH")
_SEAL_SIZE = 10
MOST_TURNS = 2**16


class Place(NamedTuple):
    """Where a page begins: behind a position, or a key. `turn` tells tokens for the same place apart."""

    after: int
    turn: int = 0


BEGINNING = Place(-1)


class Tokens:
    """Writes and reads the tokens of one pretend Market."""

    def __init__(self, seed: int) -> None:
        self._key = blake2b(str(seed).encode(), digest_size=32).digest()

    def write(self, place: Place, query: str) -> str:
        """Make the token of a place in the answer to a query."""
        packed = _PLACE.pack(*place)
        return base64.b64encode(packed + self._seal(packed, query)).decode()

    def read(self, token: str, query: str) -> Place | None:
        """Find the place of a token; None where it isn't one of ours for this query."""
        try:
            raw = base64.b64decode(token, validate=True)
        except (binascii.Error, ValueError):
            return None
        packed, seal = raw[: _PLACE.size], raw[_PLACE.size :]
        return Place(*_PLACE.unpack(packed)) if seal == self._seal(packed, query) else None

    def _seal(self, packed: bytes, query: str) -> bytes:
        return blake2b(packed + query.encode(), digest_size=_SEAL_SIZE, key=self._key).digest()

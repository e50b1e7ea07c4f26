"""Permutations by one multiplication: which products are hidden, lie in a warehouse, take part in a promotion."""

import math
from array import array
from random import Random


class Shuffle:
    """A permutation of the positions 0 … size - 1 by one multiplication, so that no list of it need be kept.

    Attributes:
        size: how many positions there are.
    """

    def __init__(self, size: int, random: Random) -> None:
        self.size = size
        self.factor = random.randrange(1, size + 1)
        while math.gcd(self.factor, size) != 1:
            self.factor += 1
        self.offset = random.randrange(size)

    def rank(self, position: int) -> int:
        """Tell where the permutation puts a position."""
        return (position * self.factor + self.offset) % self.size

    def ranked(self, ranks: range) -> "array[int]":
        """Give the positions that have these ranks, in ascending order."""
        inverse = pow(self.factor, -1, self.size)
        return array("I", sorted((rank - self.offset) * inverse % self.size for rank in ranks))

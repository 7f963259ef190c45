"""Weights of hashes in two slots each, as in cuckoo hashing, with a mark by which a hash is known:
one that was not learnt is not taken for one that was."""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from handoff.mood.features import Hashes

Marks: TypeAlias = NDArray[np.uint8]
FIRST, SECOND = 1 << 16, 1 << 15
"""Slots of a table's two parts. A hash is in one of two slots, one of each part."""
SLOTS: Final = FIRST + SECOND
_IN_SECOND: Final = np.uint16(SECOND - 1)


class Slots(Struct, frozen=True, gc=False):
    """The two parts of a table: marks, and the weights beside them, 0 where a slot is empty."""

    marks: tuple[Marks, Marks]
    weights: tuple[NDArray[np.int8], NDArray[np.int8]]

    @staticmethod
    def of(marks: NDArray[np.int8], weights: NDArray[np.int8]) -> Slots:
        """From the `SLOTS` marks and weights of a table's bytes."""
        known = marks.view(np.uint8)
        return Slots((known[:FIRST], known[FIRST:]), (weights[:FIRST], weights[FIRST:]))

    def weights_of(self, hashes: Hashes) -> NDArray[np.int16]:
        """The weights of hashes; 0 for those that the table does not hold."""
        one, two, marks = places_of(hashes)
        # Made once, as each look-up would make them anew.
        one, two = one.astype(np.intp), two.astype(np.intp)
        first = self.weights[0].take(one) * (self.marks[0].take(one) == marks)
        second = self.weights[1].take(two) * (self.marks[1].take(two) == marks)
        return np.asarray(np.add(first, second, dtype=np.int16))


def places_of(hashes: Hashes) -> tuple[NDArray[np.uint16], NDArray[np.uint16], Marks]:
    """The slot of each part that may hold each hash, and the byte by which it is known there."""
    quarters = hashes.astype("<u8", copy=False).view("<u2")
    return quarters[3::4], quarters[2::4] & _IN_SECOND, hashes.view(np.uint8)[::8]

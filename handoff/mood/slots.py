"""Weights of hashes in one of three slots each, as in cuckoo hashing, with a mark by which a hash
is known: one that was not learnt is seldom taken for one that was."""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from handoff.mood.features import Hashes

Places: TypeAlias = NDArray[np.int64]

_PART_BITS: Final = 15
SLOTS: Final = 3 << _PART_BITS
"""Slots of a table, in three parts. A hash is in one of three slots, one of each part."""
_SHIFTS: Final = np.arange(0, 3 * _PART_BITS, _PART_BITS, dtype=np.uint64)[:, None]
_REST: Final = np.uint64(64 - _PART_BITS)
_FIRST_OF_PART: Final = np.arange(3, dtype=np.uint64)[:, None] << np.uint64(_PART_BITS)
_MARK: Final = np.uint16(0xFF00)
_WEIGHT: Final = np.uint16(0x00FF)
_either: Final = np.bitwise_or.reduce


class Sought(Struct, frozen=True, gc=False):
    """Where hashes may be found in any table, and their marks: worked out once for all tables."""

    places: Places
    marks: NDArray[np.uint16]

    @staticmethod
    def of(hashes: Hashes) -> Sought:
        """What is looked up of hashes."""
        marks = hashes.astype(np.uint16)
        marks &= _MARK
        return Sought(places_of(hashes), marks)

    def first(self, count: int) -> Sought:
        """Of the first hashes alone."""
        return Sought(self.places[:, :count], self.marks[:count])


class Slots(Struct, frozen=True, gc=False):
    """A table's slots: in the upper byte of each the mark of a hash, which is its second lowest
    byte, in the lower one its weight, so that both are looked up at once."""

    slots: NDArray[np.uint16]

    @staticmethod
    def of(numbers: NDArray[np.int8]) -> Slots:
        """From the bytes of `SLOTS` slots, the lower one first."""
        return Slots(np.frombuffer(numbers.tobytes(), "<u2").astype(np.uint16))

    def weights_of(self, sought: Sought) -> NDArray[np.int8]:
        """The weights of hashes; 0 for those that the table does not hold."""
        found = self.slots.take(sought.places)
        found ^= sought.marks
        # Where the marks are the same, the weight alone is left.
        found *= found <= _WEIGHT
        return np.asarray(_either(found).astype(np.int8))


def places_of(hashes: Hashes) -> Places:
    """The slots that may hold each hash, those of each part in a row: shape (3, hashes)."""
    places = hashes << _SHIFTS
    places >>= _REST
    places |= _FIRST_OF_PART
    return places.view(np.int64)


def slots_of(hashes: Hashes, weights: NDArray[np.int8]) -> NDArray[np.uint16]:
    """What stands in the slots of hashes with these weights."""
    return (hashes.astype(np.uint16) & _MARK) | weights.view(np.uint8)

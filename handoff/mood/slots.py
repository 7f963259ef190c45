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
_HALF: Final = np.uint32(16)
_TWICE: Final = np.uint32(0x0001_0001)
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


class Slots(Struct, frozen=True, gc=False):
    """A table's slots: in the upper byte of each the mark of a hash, which is its second lowest
    byte, in the lower one its weight, so that both are looked up at once."""

    slots: NDArray[np.uint16]

    @staticmethod
    def of(numbers: NDArray[np.int8]) -> Slots:
        """From the bytes of `SLOTS` slots, the lower one first."""
        return Slots(np.frombuffer(numbers.tobytes(), "<u2").astype(np.uint16))

    @staticmethod
    def empty() -> Slots:
        """Of a table that holds nothing."""
        return Slots(np.zeros(SLOTS, dtype=np.uint16))

    def weights_of(self, sought: Sought) -> NDArray[np.int8]:
        """The weights of hashes; 0 for those that the table does not hold."""
        found = self.slots.take(sought.places)
        found ^= sought.marks
        # Where the marks are the same, the weight alone is left.
        found *= found <= _WEIGHT
        return np.asarray(_either(found, axis=0).astype(np.int8))


class TwoSlots(Struct, frozen=True, gc=False):
    """The slots of two tables side by side: what both say of a hash is looked up at once."""

    slots: NDArray[np.uint32]

    @staticmethod
    def of(first: Slots, second: Slots) -> TwoSlots:
        """Of two tables."""
        return TwoSlots(first.slots | second.slots.astype(np.uint32) << _HALF)

    def weights_of(self, sought: Sought) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
        """The weights of hashes in the first table and in the second, as theirs alone says."""
        found = self.slots.take(sought.places)
        found ^= sought.marks * _TWICE
        halves = found.view("<u2").reshape(*found.shape, 2)
        halves *= halves <= _WEIGHT
        weights = _either(halves, axis=0).astype(np.int8)
        return weights[:, 0], weights[:, 1]


def places_of(hashes: Hashes) -> Places:
    """The slots that may hold each hash, those of each part in a row: shape (3, hashes)."""
    places = hashes << _SHIFTS
    places >>= _REST
    places |= _FIRST_OF_PART
    return places.view(np.int64)


def slots_of(hashes: Hashes, weights: NDArray[np.int8]) -> NDArray[np.uint16]:
    """What stands in the slots of hashes with these weights."""
    return (hashes.astype(np.uint16) & _MARK) | weights.view(np.uint8)

"""Lays weights out in the slots of the mood table: each hash in one of its two places, with a mark
by which it is known there (cuckoo hashing, Pagh and Rodler 2004)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from handoff.mood.model import places_of

_FULL = 0.48
"""With one more hash for every two slots, places are no longer found."""
_MOVES_MOST = 500


def laid_out(
    hashes: NDArray[np.uint64], weights: NDArray[np.int8], tell: NDArray[np.bool_], slots: int
) -> tuple[NDArray[np.int8], NDArray[np.int8], int]:
    """Marks and weights of all slots, and how many hashes have none: the lightest are left out.
    `tell`: which hashes tell of the class."""
    one, two, marks = places_of(hashes, slots)
    marks = np.where(tell, marks | np.int8(-128), marks)
    holder = np.full(slots, -1, dtype=np.int64)
    heavy = np.abs(weights.astype(np.int16))
    order = np.lexsort((hashes, -heavy))
    wanted = order[(heavy[order] > 0) | tell[order]]
    lost = max(0, len(wanted) - int(_FULL * slots))
    for first in wanted[: int(_FULL * slots)].tolist():
        hashed = first
        at = int(one[hashed]) if holder[one[hashed]] < 0 else int(two[hashed])
        for _ in range(_MOVES_MOST):
            hashed, holder[at] = int(holder[at]), hashed
            if hashed < 0:
                break
            at = int(two[hashed]) if at == one[hashed] else int(one[hashed])
        else:
            lost += 1
    used = holder >= 0
    table_marks, table = np.zeros(slots, dtype=np.int8), np.zeros(slots, dtype=np.int8)
    table_marks[used] = marks[holder[used]]
    table[used] = weights[holder[used]]
    return table_marks, table, lost

"""Lays weights out in the slots of a table: each hash in one of its two places, with a mark
by which it is known there (cuckoo hashing, Pagh and Rodler 2004)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from handoff.mood.slots import FIRST, SLOTS, places_of

MOST = int(0.48 * SLOTS)
"""Hashes that have a slot: with one for every two slots, places are no longer found."""
_MOVES_MOST = 500


def laid_out(
    hashes: NDArray[np.uint64], weights: NDArray[np.int8]
) -> tuple[NDArray[np.uint8], NDArray[np.int8], NDArray[np.bool_]]:
    """Marks and weights of all slots, and which hashes have one: the lightest are left out."""
    first, second, marks = places_of(hashes)
    one, two = first.astype(np.int64), second.astype(np.int64) + FIRST
    holder = np.full(SLOTS, -1, dtype=np.int64)
    heavy = np.abs(weights.astype(np.int16))
    order = np.lexsort((hashes, -heavy))
    wanted = order[heavy[order] > 0]
    for first_placed in wanted[:MOST].tolist():
        hashed = first_placed
        at = int(one[hashed]) if holder[one[hashed]] < 0 else int(two[hashed])
        for _ in range(_MOVES_MOST):
            hashed, holder[at] = int(holder[at]), hashed
            if hashed < 0:
                break
            at = int(two[hashed]) if at == one[hashed] else int(one[hashed])
    used = holder >= 0
    table_marks, table = np.zeros(SLOTS, dtype=np.uint8), np.zeros(SLOTS, dtype=np.int8)
    table_marks[used] = marks[holder[used]]
    table[used] = weights[holder[used]]
    held = np.zeros(len(hashes), dtype=np.bool_)
    held[holder[used]] = True
    return table_marks, table, held

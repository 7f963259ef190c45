"""Lays weights out in the slots of a table: each hash in one of its three places (cuckoo hashing:
Pagh and Rodler 2004; with three places: Fotakis et al. 2005)."""

from __future__ import annotations

from random import Random

import numpy as np
from numpy.typing import NDArray

from handoff.mood.slots import SLOTS, places_of, slots_of

MOST = int(0.88 * SLOTS)
"""Hashes that have a slot: with more than nine for ten slots, places are no longer found."""
_MOVES_MOST = 1000


def laid_out(
    hashes: NDArray[np.uint64], weights: NDArray[np.int8]
) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """The bytes of all slots, and which hashes have one: the lightest are left out."""
    places = places_of(hashes).T.tolist()
    holder = [-1] * SLOTS
    heavy = np.abs(weights.astype(np.int16))
    order = np.lexsort((hashes, -heavy))
    wanted = order[heavy[order] > 0]
    random = Random(0)
    for first_placed in wanted[:MOST].tolist():
        hashed, at = first_placed, -1
        for _ in range(_MOVES_MOST):
            others = [each for each in places[hashed] if each != at]
            free = [each for each in others if holder[each] < 0]
            at = free[0] if free else random.choice(others)
            hashed, holder[at] = holder[at], hashed
            if hashed < 0:
                break
    holders = np.array(holder)
    used = holders >= 0
    slots = np.zeros(SLOTS, dtype="<u2")
    slots[used] = slots_of(hashes[holders[used]], weights[holders[used]])
    held = np.zeros(len(hashes), dtype=np.bool_)
    held[holders[used]] = True
    return slots.view(np.int8), held

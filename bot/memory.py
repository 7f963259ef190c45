"""How memory is taken and given back."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress
from typing import Final

_YOUNG_MOST: Final = 50_000
_MMAP_THRESHOLD: Final = -3
"""`M_MMAP_THRESHOLD` of `mallopt(3)`."""
_LARGE: Final = 1 << 20


def grow() -> None:
    """Before much is loaded that is there to stay, and before many messages are under way at once:
    nearly everything goes by its count of references, so the collector of cycles need not look at
    each of the few thousand things that they consist of.

    Large arrays get memory of their own, which goes back to the system with them. Otherwise the C
    library, once it has seen some, puts the next ones among everything else, and keeps it.
    """
    gc.set_threshold(_YOUNG_MOST, 10, 10)
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE)


def settle() -> None:
    """What is in memory now is there to stay; the collector need not look at it again and again."""
    gc.freeze()


def give_back() -> None:
    """After work that took much memory for a short time: the C library would keep it. What is
    left is there to stay.

    Does what it can: other C libraries than glibc have no `malloc_trim`.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)

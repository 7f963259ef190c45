"""Gives memory that is no longer used back to the system."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress


def give_back() -> None:
    """After work that took much memory for a short time: the C library would keep it.

    Does what it can: other C libraries than glibc have no `malloc_trim`.
    """
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)

"""Two partitions instead of sixteen: still more than one, and runs are much shorter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot import timers
from bot.outbox import lanes
from bot.store import keys

COUNT = 2


@contextmanager
def few() -> Iterator[None]:
    """While it lasts, the program has few partitions."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (keys, lanes, timers):
            patch.setattr(module, "PARTITIONS", COUNT)
        patch.setattr(keys, "QUEUES", keys.QUEUES[:COUNT])
        keys.keys_of.cache_clear()
        try:
            yield
        finally:
            keys.keys_of.cache_clear()

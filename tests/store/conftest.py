"""The store on the shared server."""

from __future__ import annotations

import pytest
from redis.asyncio import Redis

from bot.store.commands import GroupedCommands
from bot.store.store import Store


@pytest.fixture
def store(redis: Redis) -> Store:
    """The store on the server."""
    return Store(GroupedCommands(redis))

"""Small durable facts about this bot's topics, messages and group."""

from __future__ import annotations

import logging

from chat.channel import Memory, RetryLater

log = logging.getLogger(__name__)


class Facts:
    """The channel's `Memory` under the bot's own prefix.

    What could not be written stays known to this process until it can be.
    """

    def __init__(self, memory: Memory, bot_id: int) -> None:
        self._memory = memory
        self._prefix = f"telegram:{bot_id}:"
        self._unwritten: dict[str, str] = {}

    async def get(self, key: str) -> str | None:
        """The value, or None. Raises RetryLater when the memory cannot be reached."""
        if key in self._unwritten:
            return self._unwritten[key]
        try:
            return await self._memory.get(self._prefix + key)
        except Exception as error:
            raise self._trouble(error) from error

    async def put(self, key: str, value: str) -> None:
        """Remember. Raises RetryLater when the memory cannot be reached."""
        self._unwritten[key] = value
        try:
            await self._memory.put(self._prefix + key, value)
        except Exception as error:
            raise self._trouble(error) from error
        self._unwritten.pop(key, None)

    def _trouble(self, error: Exception) -> RetryLater:
        log.warning("the store cannot be reached (%s)", error)
        return RetryLater(f"the store cannot be reached: {error}")

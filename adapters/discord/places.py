"""Which channel of Discord's is what: found once, then known."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

import discord

from adapters.discord.parse import Place, Reader
from chat.channel import Memory

_KNOWN_MOST: Final = 10_000


class Places:
    """Knows channels by their ids."""

    def __init__(self, client: discord.Client, reader: Reader, memory: Memory) -> None:
        self._client = client
        self._reader = reader
        self._memory = memory
        self._known: OrderedDict[int, Place] = OrderedDict()

    async def find(self, channel_id: int, guild_id: int | None) -> Place:
        """The place. Raises what discord.py or the memory raises."""
        place = self._known.get(channel_id)
        if place is None:
            place = await self._look(channel_id, guild_id)
            self._known[channel_id] = place
            if len(self._known) > _KNOWN_MOST:
                self._known.popitem(last=False)
        return place

    async def _look(self, channel_id: int, guild_id: int | None) -> Place:
        if guild_id is None:
            return Place(channel_id, private=True)
        channel = self._client.get_channel(channel_id)
        if channel is None:
            try:
                channel = await self._client.fetch_channel(channel_id)
            except (discord.Forbidden, discord.NotFound):
                return Place(channel_id)
        if not isinstance(channel, discord.Thread):
            return Place(channel_id)
        parent = str(channel.parent_id)
        owner = None
        if parent in self._reader.entrances:
            owner = await self.owner_of(channel_id)
        return Place(channel_id, parent=parent, owner=owner)

    async def open_private(self, thread: int, parent: int, person: int) -> None:
        """A thread is somebody's own conversation with us."""
        await self._memory.put(_thread_key(parent, person), str(thread))
        await self._memory.put(_owner_key(thread), str(person))
        self._known[thread] = Place(thread, parent=str(parent), owner=str(person))

    async def owner_of(self, thread: int) -> str | None:
        """Whose own conversation a thread is. Raises what the memory raises."""
        return await self._memory.get(_owner_key(thread))

    async def private_of(self, parent: int, person: int) -> int | None:
        """Somebody's own thread in an entrance. Raises what the memory raises."""
        known = await self._memory.get(_thread_key(parent, person))
        return int(known) if known is not None else None


def _owner_key(thread: int) -> str:
    return f"discord:owner:{thread}"


def _thread_key(parent: int, person: int) -> str:
    return f"discord:private:{parent}:{person}"

"""How far each channel was read, so that what was said while nobody listened is read later."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from typing import Final

import msgspec

from chat.channel import Memory

log = logging.getLogger(__name__)

_CHANNELS_MOST: Final = 2_000
_KEY: Final = "discord:seen"
_PAUSE: Final = 1.0


class Seen:
    """The newest message of each of the channels last written in.

    It is written down a little later and all at once: to read a message again changes nothing.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._newest: OrderedDict[str, int] = OrderedDict()
        self._loaded = False
        self._changed = asyncio.Event()

    async def load(self) -> dict[tuple[int, int], int]:
        """The newest message known of each (guild, channel); guild 0 is none."""
        if not self._loaded:
            body = await self._memory.get(_KEY)
            for key, message in msgspec.json.decode(body or "{}", type=dict[str, int]).items():
                self._newest[key] = max(message, self._newest.get(key, 0))
            self._loaded = True
        newest = {}
        for key, message in self._newest.items():
            guild, _, channel = key.partition("/")
            newest[int(guild), int(channel)] = message
        return newest

    async def expect(self, guild: int, channel: int, message: int) -> None:
        """A message is there whose effect is not durable yet. Of a new channel this is noted at
        once: otherwise nobody would look for it there. Raises what the memory raises."""
        await self.load()
        if f"{guild}/{channel}" not in self._newest:
            self.note(guild, channel, message - 1)
            await self._write()

    def note(self, guild: int, channel: int, message: int) -> None:
        """A message's effect is durable."""
        key = f"{guild}/{channel}"
        self._newest[key] = max(message, self._newest.get(key, 0))
        self._newest.move_to_end(key)
        if len(self._newest) > _CHANNELS_MOST:
            self._newest.popitem(last=False)
        self._changed.set()

    async def keep(self) -> None:
        """Write it down whenever it changed, until cancelled."""
        while True:
            await self._changed.wait()
            try:
                await self.load()
                await self._write()
            except Exception as error:  # the memory's errors are its own
                log.warning("cannot note how far Discord was read (%s)", error)
            await asyncio.sleep(_PAUSE)

    async def _write(self) -> None:
        self._changed.clear()
        try:
            await self._memory.put(_KEY, msgspec.json.encode(self._newest).decode())
        except BaseException:
            self._changed.set()
            raise

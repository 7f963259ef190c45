"""Which messages of a platform show one action, when it took more than one."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from chat.address import Address
from chat.channel import Memory


class Copies(Struct, frozen=True):
    """The messages that show one action, in order; the first `texts` of them hold its text."""

    ids: tuple[str, ...]
    texts: int


class CopyBook:
    """Remembers them for good, so that all of an action can be changed or taken back."""

    def __init__(self, memory: Memory, prefix: str) -> None:
        self._memory = memory
        self._prefix = prefix

    async def keep(self, at: Address, copies: Copies) -> None:
        """Remember. Raises what the memory raises."""
        await self._memory.put(self._key(at, copies.ids[0]), msgspec.json.encode(copies).decode())

    async def find(self, at: Address, message_id: str) -> Copies:
        """All messages that belong to the first one. Raises what the memory raises."""
        body = await self._memory.get(self._key(at, message_id))
        if body is None:
            return Copies((message_id,), 1)
        return msgspec.json.decode(body, type=Copies)

    def _key(self, at: Address, message_id: str) -> str:
        return f"{self._prefix}:copies:{at.channel}:{message_id}"

"""What the web shows, kept in order. The web is our own platform: this is its memory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol


class Journal(Protocol):
    """Durable, ordered entries for each channel, and the cards of the desk.

    Every method raises `chat.channel.RetryLater` when the store is away.
    """

    async def append(self, channel: str, key: str, body: bytes) -> str:
        """Add an entry and return its id; the same key again adds nothing and returns the
        first id."""

    async def read(self, channel: str, after: str, limit: int) -> list[tuple[str, bytes]]:
        """Entries after an id (`0`: from the start), in order, with their ids."""

    async def entry(self, channel: str, entry_id: str) -> bytes | None:
        """One entry; None when there is none of that id."""

    async def put_card(self, thread: str, body: bytes) -> None:
        """Remember how the card of a thread looks now."""

    async def cards(self) -> dict[str, bytes]:
        """All cards by thread."""

    def changes(self) -> AsyncIterator[str]:
        """Channels as they change, in any process. `*` means that some may have been missed."""

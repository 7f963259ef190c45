"""What the web shows, kept in order. The web is our own platform: this is its memory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol

from msgspec import Struct


class Change(Struct, frozen=True):
    """A channel has new entries, or, with `whisper`, something is said that is not kept.

    The channel `*` means that changes of any channel may have been missed.
    """

    channel: str
    whisper: bytes | None = None


class Journal(Protocol):
    """Durable, ordered entries for each channel, and the cards of the desk.

    A change to an earlier entry is an entry of its own that names it. Every method raises
    `chat.channel.RetryLater` when the store is away.
    """

    async def append(self, channel: str, key: str, body: bytes) -> str:
        """Add an entry and return its id; the same key again adds nothing and returns the
        first id."""

    async def read(self, channel: str, after: str, limit: int) -> list[tuple[str, bytes]]:
        """Entries after an id (`0`: from the start), in order, with their ids."""

    async def put_card(self, thread: str, key: str, body: bytes, *, over: bool) -> None:
        """Remember how the card of a thread looks now; the same key again changes nothing.

        Of the cards that are `over`, only the latest are kept."""

    async def cards(self) -> dict[str, bytes]:
        """The cards by thread."""

    async def whisper(self, channel: str, body: bytes) -> None:
        """Tell whoever watches the channel now, in any process. Not kept."""

    def changes(self) -> AsyncIterator[Change]:
        """What changes, in any process."""

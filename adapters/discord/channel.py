"""Discord as a channel: customers in direct messages and private threads, the desk in a channel."""

from __future__ import annotations

from collections.abc import Callable

import discord

from adapters.discord.files import PLATFORM, Files
from adapters.discord.gateway import Gateway
from adapters.discord.limits import WHOLE_BOT, limits_of
from adapters.discord.posting import Posting
from adapters.discord.rest import Rest, as_id
from adapters.discord.settings import DiscordSettings
from adapters.discord.threads import Threads
from adapters.turns import Turns
from chat.actions import (
    CloseThread,
    Delete,
    Edit,
    MarkInternal,
    OpenThread,
    React,
    ReopenThread,
    Send,
    ShowTyping,
    UpdateCard,
)
from chat.channel import FileSource, Memory, OpenedThread, Receipt, Sink
from chat.copies import CopyBook
from chat.message import Attachment

__all__ = ["DiscordChannel", "DiscordSettings"]


class DiscordChannel:
    """One bot. `run` must go on in one process at a time; everything else may in any number."""

    name = PLATFORM
    deduplicates = True

    def __init__(
        self,
        settings: DiscordSettings,
        *,
        files: FileSource,
        memory: Memory,
        clock: Callable[[], float],
    ) -> None:
        self._turns = Turns(limits_of)
        self._rest = Rest(settings, self._turns)
        self._files = Files(self._rest, files)
        copies = CopyBook(memory, PLATFORM)
        self._posting = Posting(self._rest, self._files, copies, clock, settings.search_after)
        self._threads = Threads(self._rest, self._posting, memory, clock)
        self._settings = settings
        self._memory = memory
        self._clock = clock

    async def run(self, sink: Sink) -> None:
        """Listen until cancelled. Raises OperatorNeeded."""
        gateway = Gateway(self._settings, self._memory, self._clock, sink, self._turns)
        await gateway.run()

    async def close(self) -> None:
        """Close the connections, once nothing is to be sent any more."""
        await self._rest.close()

    async def send(self, action: Send, reply_to: str | None) -> Receipt:
        """See `chat.channel.Channel`."""
        return await self._posting.send(action, reply_to)

    async def find(self, action: Send, since: float) -> Receipt | None:
        """See `chat.channel.SearchChannel`."""
        return await self._posting.find(action, since)

    async def edit(self, action: Edit, message_id: str) -> None:
        """See `chat.channel.EditChannel`."""
        await self._posting.edit(action, message_id)

    async def delete(self, action: Delete, message_id: str) -> None:
        """See `chat.channel.EditChannel`."""
        await self._posting.delete(action, message_id)

    async def erase(self, action: Delete, message_id: str) -> None:
        """See `chat.channel.EraseChannel`."""
        await self._posting.erase(action, message_id)

    async def react(self, action: React, message_id: str) -> None:
        """See `chat.channel.ReactionChannel`."""
        await self._posting.react(action.to, message_id, action.emoji, added=action.added)

    async def mark_internal(self, action: MarkInternal) -> None:
        """See `chat.channel.MarkChannel`."""
        await self._posting.mark(action)

    async def show_typing(self, action: ShowTyping) -> None:
        """Show it for ten seconds, or until the next message; never at a message's cost."""
        if not self._turns.free(WHOLE_BOT):
            return
        place = as_id(action.to.thread or action.to.channel)

        async def show(client: discord.Client) -> None:
            await client.get_partial_messageable(place).typing()

        await self._rest.call(show)

    async def fetch(self, attachment: Attachment) -> bytes:
        """See `chat.channel.FileChannel`."""
        return await self._files.fetch(attachment)

    async def open_thread(self, action: OpenThread) -> OpenedThread:
        """See `chat.channel.ThreadChannel`."""
        return await self._threads.open(action)

    async def update_card(self, action: UpdateCard) -> None:
        """See `chat.channel.ThreadChannel`."""
        await self._threads.update_card(action)

    async def close_thread(self, action: CloseThread) -> None:
        """See `chat.channel.ThreadChannel`."""
        await self._threads.close(action)

    async def reopen_thread(self, action: ReopenThread) -> None:
        """See `chat.channel.ThreadChannel`."""
        await self._threads.reopen(action)

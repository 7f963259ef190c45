"""Slack as a channel: customers in direct messages, the App Home and channels; the desk in one."""

from __future__ import annotations

from collections.abc import Callable

from adapters.slack.emoji_names import name_of
from adapters.slack.files import Files
from adapters.slack.limits import limits_of
from adapters.slack.listening import Listening
from adapters.slack.posting import Posting
from adapters.slack.settings import SlackSettings
from adapters.slack.web_api import PLATFORM, WebApi
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
    UpdateCard,
)
from chat.channel import FileSource, Memory, OpenedThread, Receipt, Sink, Undeliverable
from chat.copies import CopyBook
from chat.message import Attachment

__all__ = ["SlackChannel", "SlackSettings"]


class SlackChannel:
    """One app in one workspace. Any number of processes may run it: Slack gives each event to one
    of them, and what it gives twice is known by its id."""

    name = PLATFORM
    deduplicates = True

    def __init__(
        self,
        settings: SlackSettings,
        *,
        files: FileSource,
        memory: Memory,
        clock: Callable[[], float],
    ) -> None:
        self._api = WebApi(settings, Turns(limits_of))
        self._files = Files(self._api, files)
        copies = CopyBook(memory, PLATFORM)
        self._posting = Posting(self._api, self._files, copies, memory)
        self._listening = Listening(settings, self._api, memory, clock)

    async def run(self, sink: Sink) -> None:
        """Listen until cancelled. Raises OperatorNeeded, or OSError when a port cannot be had."""
        await self._listening.run(sink)

    async def close(self) -> None:
        """Close the connections, once nothing is to be sent any more."""
        await self._api.close()

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

    async def react(self, action: React, message_id: str) -> None:
        """See `chat.channel.ReactionChannel`."""
        name = name_of(action.emoji)
        if name is None:
            raise Undeliverable("unsupported", f"Slack has no {action.emoji}")
        await self._posting.react(action.to, message_id, name, added=action.added)

    async def mark_internal(self, action: MarkInternal) -> None:
        """See `chat.channel.MarkChannel`."""
        await self._posting.mark(action)

    async def fetch(self, attachment: Attachment) -> bytes:
        """See `chat.channel.FileChannel`."""
        return await self._files.fetch(attachment)

    async def open_thread(self, action: OpenThread) -> OpenedThread:
        """See `chat.channel.ThreadChannel`."""
        return await self._posting.open_thread(action)

    async def update_card(self, action: UpdateCard) -> None:
        """See `chat.channel.ThreadChannel`."""
        await self._posting.update_card(action.to, action.card, action.id)

    async def close_thread(self, action: CloseThread) -> None:
        """Slack's threads do not close; the card says that the case is over."""

    async def reopen_thread(self, action: ReopenThread) -> None:
        """Slack's threads do not close; the card says that the case is open."""

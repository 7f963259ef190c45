"""Telegram as a channel: customers in private chats, the desk in a forum group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from adapters.telegram.changing import Changing
from adapters.telegram.connection import Connection
from adapters.telegram.errors import TokenRefused
from adapters.telegram.facts import Facts
from adapters.telegram.files import Files
from adapters.telegram.group import DeskGroups
from adapters.telegram.limits import WHOLE_BOT, limits_of
from adapters.telegram.polling import Polling
from adapters.telegram.posting import Posting
from adapters.telegram.refs import PLATFORM
from adapters.telegram.sending import CopyBook, Sending
from adapters.telegram.settings import TelegramSettings, WebhookSettings
from adapters.telegram.text import TEXT_LIMIT
from adapters.telegram.topics import Topics
from adapters.telegram.updates import Updates
from adapters.telegram.webhook import Webhook
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
from chat.address import Address
from chat.channel import (
    FileSource,
    Memory,
    OpenedThread,
    Receipt,
    RetryLater,
    Sink,
    Undeliverable,
)
from chat.message import Attachment

__all__ = ["TelegramChannel", "TelegramSettings", "TokenRefused", "WebhookSettings"]


class TelegramChannel:
    """One bot. `run` must go on in one process at a time; everything else may in any number."""

    def __init__(
        self,
        settings: TelegramSettings,
        *,
        files: FileSource,
        memory: Memory,
        clock: Callable[[], float],
    ) -> None:
        facts = Facts(memory, settings.bot_id)
        copies = CopyBook(facts)
        self._turns = Turns(limits_of)
        groups = DeskGroups(settings.desk_chats, facts)
        self._connection = Connection(settings, groups, self._turns)
        self._files = Files(self._connection, files)
        posting = Posting(self._connection)
        self._sending = Sending(posting, self._files, copies)
        self._changing = Changing(self._connection, copies)
        self._topics = Topics(
            self._connection, posting, self._changing, facts, settings.spare_chats, clock
        )
        updates = Updates(settings, self._connection, self._topics, facts, clock)
        self._listening: Polling | Webhook = Polling(settings, self._connection, updates)
        if settings.webhook is not None:
            self._listening = Webhook(settings, settings.webhook, self._connection, updates, facts)

    @property
    def name(self) -> str:
        """The platform of the addresses."""
        return PLATFORM

    @property
    def deduplicates(self) -> bool:
        """Telegram has no key by which to know a message again."""
        return False

    async def run(self, sink: Sink) -> None:
        """Listen until cancelled. Raises TokenRefused, or OSError for a port that is in use."""
        await self._listening.run(sink)

    async def close(self) -> None:
        """Close the connections, once nothing is to be sent any more."""
        await self._connection.close()

    async def send(self, action: Send, reply_to: str | None) -> Receipt:
        """Say it; the receipt names all messages it took."""
        receipt = await self._connection.call(lambda: self._sending.send(action, reply_to))
        if action.rings:
            await self._ring(action.to, receipt.message_ids[0])
        return receipt

    async def _ring(self, at: Address, message_id: str) -> None:
        """Telegram notifies all members of a pinned message, also who muted the topic. Said it is
        already, so a right that is missing must not make it fail."""
        with suppress(RetryLater, Undeliverable):
            await self._connection.in_chat(
                at.channel,
                lambda chat_id: self._connection.bot.pin_chat_message(
                    chat_id, int(message_id), disable_notification=False
                ),
            )

    async def send_album(self, actions: Sequence[Send], reply_to: str | None) -> Receipt:
        """Say them as one album, or as few albums and messages as Telegram allows."""
        return await self._connection.call(lambda: self._sending.send_album(actions, reply_to))

    async def turn(self, to: Address) -> None:
        """See `chat.channel.BatchChannel`."""
        await self._turns.hold(to.channel, to.key)

    def batch_most(self, to: Address) -> int:
        """A group has few turns, so what customers write meanwhile shares one."""
        return TEXT_LIMIT if to.thread is not None else 0

    async def edit(self, action: Edit, message_id: str) -> None:
        """Change the text, or the caption of a file."""
        await self._connection.call(lambda: self._changing.edit(action, message_id))

    async def delete(self, action: Delete, message_id: str) -> None:
        """Take a message back, which Telegram allows within 48 hours."""
        await self._connection.call(lambda: self._changing.delete(action, message_id))

    async def erase(self, action: Delete, message_id: str) -> None:
        """See `chat.channel.EraseChannel`."""
        await self._connection.call(lambda: self._changing.erase(action, message_id))

    async def react(self, action: React, message_id: str) -> None:
        """See `chat.channel.ReactionChannel`."""
        await self._connection.call(lambda: self._changing.react(action, message_id))

    async def mark_internal(self, action: MarkInternal) -> None:
        """React to a note, so that its writer sees it stayed inside."""
        await self._connection.call(lambda: self._changing.mark(action))

    async def show_typing(self, action: ShowTyping) -> None:
        """Show it for five seconds, or until the next message; never at a message's cost."""
        if not self._turns.free(WHOLE_BOT):
            return
        await self._connection.in_chat(
            action.to.channel,
            lambda chat_id: self._connection.bot.send_chat_action(
                chat_id,
                "typing",
                message_thread_id=int(action.to.thread) if action.to.thread else None,
            ),
        )

    async def fetch(self, attachment: Attachment) -> bytes:
        """Download a file."""
        return await self._connection.call(lambda: self._files.fetch(attachment))

    async def open_thread(self, action: OpenThread) -> OpenedThread:
        """Open a topic and post its card."""
        return await self._connection.call(lambda: self._topics.open(action))

    async def update_card(self, action: UpdateCard) -> None:
        """Redraw a card."""
        await self._connection.call(lambda: self._topics.update_card(action))

    async def close_thread(self, action: CloseThread) -> None:
        """Close a topic."""
        await self._connection.call(lambda: self._topics.close(action))

    async def reopen_thread(self, action: ReopenThread) -> None:
        """Open a closed topic again."""
        await self._connection.call(lambda: self._topics.reopen(action))

"""Changes, takes back and marks messages."""

from __future__ import annotations

from typing import Final

from telegram import InlineKeyboardMarkup, ReactionTypeEmoji
from telegram.constants import ReactionEmoji

from adapters.telegram.connection import Connection
from adapters.telegram.errors import HasNoText, MessageGone, NotModified
from adapters.telegram.posting import NO_PREVIEW
from adapters.telegram.render import said_at
from adapters.telegram.sending import Copies, CopyBook
from adapters.telegram.text import CAPTION_LIMIT, TEXT_LIMIT, entities_of
from chat.actions import Delete, Edit, MarkInternal, React
from chat.address import Address
from chat.channel import Undeliverable
from chat.rich import Rich, utf16_length
from chat.splitting import split

# Among the emoji that a bot may react with (core.telegram.org/bots/api#reactiontypeemoji).
NOTE_MARK: Final = "✍"
_REACTIONS: Final = frozenset(ReactionEmoji)


class Changing:
    """Changes messages. Everything here raises only RetryLater or Undeliverable."""

    def __init__(self, connection: Connection, copies: CopyBook) -> None:
        self._connection = connection
        self._bot = connection.bot
        self._copies = copies

    async def edit(self, action: Edit, message_id: str) -> None:
        """Give a message a new text, over as many messages as it was shown in."""
        copies = await self._copies.find(action.to, message_id)
        pieces = split(said_at(action.to, action.text, action.spans), TEXT_LIMIT) or [Rich("")]
        spare = copies.ids[len(pieces) : copies.texts]
        if len(pieces) > max(copies.texts, 1):
            raise Undeliverable("unsupported", "the new text needs more messages than the old one")
        for copy, piece in zip(copies.ids, pieces, strict=False):
            await self._rewrite(action.to, copy, piece)
        if spare:
            await self._remove(action.to, spare)
            kept = tuple(copy for copy in copies.ids if copy not in spare)
            await self._copies.keep(action.to, Copies(kept, len(pieces)))

    async def delete(self, action: Delete, message_id: str) -> None:
        """Take a message back, with all that belongs to it; what is gone already is fine."""
        copies = await self._copies.find(action.to, message_id)
        await self._remove(action.to, copies.ids)

    async def erase(self, action: Delete, message_id: str) -> None:
        """Delete what somebody else wrote, for up to 48 hours: always in a private chat, in a group
        as an administrator who may delete messages."""
        await self._remove_one(action.to, int(message_id))

    async def mark(self, action: MarkInternal) -> None:
        """Show on a message that it stayed inside."""
        await self._connection.in_chat(
            action.to.channel,
            lambda chat_id: self._bot.set_message_reaction(
                chat_id, int(action.message_id), reaction=NOTE_MARK
            ),
        )

    async def react(self, action: React, message_id: str) -> None:
        """Show a reaction; a bot may have one on each message, from Telegram's own list."""
        emoji = action.emoji.removesuffix("\ufe0f")
        if emoji not in _REACTIONS:
            raise Undeliverable("unsupported", f"Telegram has no reaction {emoji}")
        reaction = ReactionTypeEmoji(emoji)
        await self._connection.in_chat(
            action.to.channel,
            lambda chat_id: self._bot.set_message_reaction(
                chat_id, int(message_id), reaction=reaction if action.added else None
            ),
        )

    async def rewrite(
        self, at: Address, message_id: int, said: Rich, keyboard: InlineKeyboardMarkup | None = None
    ) -> None:
        """Give one message of text a new one. Raises also HasNoText and MessageGone."""
        try:
            await self._connection.in_chat(
                at.channel,
                lambda chat_id: self._bot.edit_message_text(
                    said.text,
                    chat_id,
                    message_id,
                    entities=entities_of(said),
                    link_preview_options=NO_PREVIEW,
                    reply_markup=keyboard,
                ),
            )
        except NotModified:
            return

    async def _rewrite(self, at: Address, message_id: int, said: Rich) -> None:
        if said.text.strip():
            try:
                await self.rewrite(at, message_id, said)
                return
            except HasNoText:
                pass
        if utf16_length(said.text) > CAPTION_LIMIT:
            raise Undeliverable("unsupported", "the new text is too long to stand under a file")
        try:
            await self._connection.in_chat(
                at.channel,
                lambda chat_id: self._bot.edit_message_caption(
                    chat_id, message_id, caption=said.text, caption_entities=entities_of(said)
                ),
            )
        except NotModified:
            return

    async def _remove(self, at: Address, ids: tuple[int, ...]) -> None:
        for message_id in ids:
            await self._remove_one(at, message_id)

    async def _remove_one(self, at: Address, message_id: int) -> None:
        try:
            await self._connection.in_chat(
                at.channel, lambda chat_id: self._bot.delete_message(chat_id, message_id)
            )
        except MessageGone:
            return

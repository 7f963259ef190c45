"""Reads an update of the Bot API as an event. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from telegram import (
    CallbackQuery,
    Message,
    MessageReactionUpdated,
    ReactionType,
    ReactionTypeEmoji,
    Update,
    User,
)

from adapters.telegram.contents import Contents, contents_of
from adapters.telegram.refs import PLATFORM
from chat.address import Address, Person
from chat.events import (
    ButtonPressed,
    MessageEdited,
    MessageReceived,
    ReactionChanged,
    ThreadClosed,
)
from chat.message import Message as ChatMessage
from chat.message import Span
from chat.phrases import Lang
from chat.rich import Rich

WANTED: Final = ("message", "edited_message", "callback_query", "message_reaction")
"""The kinds of updates that we ask for."""

_COMMAND: Final = re.compile(r"/\w+@(\w+)")


class Reader(Struct, frozen=True):
    """Who reads: our bot, and the desk's groups as we call them and as Telegram does."""

    bot_id: int
    username: str
    groups: tuple[tuple[str, int], ...] = ()

    def desk_of(self, chat_id: int) -> str | None:
        """What we call a group of the desk's; what was written before it moved has its old id."""
        for channel, present in self.groups:
            if chat_id == present or str(chat_id) == channel:
                return channel
        return None

    def desk_thread(self, chat_id: int, thread: str) -> Address | None:
        """A topic of one of the desk's groups."""
        channel = self.desk_of(chat_id)
        return None if channel is None else Address(PLATFORM, channel, thread)


class GroupMoved(Struct, frozen=True):
    """A group of the desk's, as we call it, has a new id."""

    channel: str
    chat_id: int


Event = MessageReceived | MessageEdited | ButtonPressed | ReactionChanged | ThreadClosed


def parse(
    update: Update, reader: Reader, now: float, thread_of_card: str | None = None
) -> Event | GroupMoved | None:
    """What the update tells; None when it is nothing that concerns us.

    `now` dates presses of buttons, which Telegram does not date. `thread_of_card` is the thread of
    the message whose button was pressed, where Telegram shows no more than its id.
    """
    event_id = f"{PLATFORM}:{reader.bot_id}:{update.update_id}"
    if update.message is not None:
        return _message(event_id, update.message, reader)
    if update.edited_message is not None:
        return _edit(event_id, update.edited_message, reader)
    if update.callback_query is not None:
        return _press(event_id, update.callback_query, reader, now, thread_of_card)
    if update.message_reaction is not None:
        return _reaction(event_id, update.message_reaction)
    return None


def _message(event_id: str, message: Message, reader: Reader) -> Event | GroupMoved | None:
    moved = _moved(message, reader)
    if moved is not None:
        return moved
    address = _address(message, reader)
    sender = _sender(message)
    if address is None or sender is None:
        return None
    at = message.date.timestamp()
    if message.forum_topic_closed is not None:
        return ThreadClosed(event_id, at, address, sender)
    said = _said(message, address, sender, reader)
    return MessageReceived(event_id, at, said) if said else None


def _edit(event_id: str, message: Message, reader: Reader) -> Event | None:
    address = _address(message, reader)
    sender = _sender(message)
    # A live location moves by being edited: nobody says anything by that.
    if address is None or sender is None or message.location is not None:
        return None
    said = _said(message, address, sender, reader)
    if said is None:
        return None
    at = (message.edit_date or message.date).timestamp()
    return MessageEdited(event_id, at, said)


def _press(
    event_id: str, query: CallbackQuery, reader: Reader, now: float, thread_of_card: str | None
) -> Event | None:
    message = query.message
    if query.data is None or message is None:
        return None
    if isinstance(message, Message) and message.is_accessible:
        address = _address(message, reader)
    elif reader.desk_of(message.chat.id) is not None:
        address = reader.desk_thread(message.chat.id, thread_of_card) if thread_of_card else None
    else:
        address = _private(message.chat.type, message.chat.id)
    if address is None:
        return None
    person = _person(query.from_user)
    return ButtonPressed(event_id, now, address, person, query.data, str(message.message_id))


def _reaction(event_id: str, change: MessageReactionUpdated) -> Event | None:
    """In a group Telegram does not say in which topic it was, so only private chats count."""
    address = _private(change.chat.type, change.chat.id)
    if address is None or change.user is None:
        return None
    old, new = _emoji(change.old_reaction), _emoji(change.new_reaction)
    changed = [(emoji, True) for emoji in new if emoji not in old]
    changed += [(emoji, False) for emoji in old if emoji not in new]
    if not changed:
        return None
    emoji, added = changed[0]
    return ReactionChanged(
        event_id,
        change.date.timestamp(),
        address,
        _person(change.user),
        str(change.message_id),
        emoji,
        added,
    )


def _emoji(reactions: Sequence[ReactionType]) -> list[str]:
    return [reaction.emoji for reaction in reactions if isinstance(reaction, ReactionTypeEmoji)]


def _moved(message: Message, reader: Reader) -> GroupMoved | None:
    for channel, present in reader.groups:
        if message.migrate_to_chat_id is not None and message.chat.id == present:
            return GroupMoved(channel, message.migrate_to_chat_id)
        if message.migrate_from_chat_id == present:
            return GroupMoved(channel, message.chat.id)
    return None


def _address(message: Message, reader: Reader) -> Address | None:
    """Where it was said; None for General, other groups and channels."""
    chat = message.chat
    if reader.desk_of(chat.id) is not None:
        # Replies in General have a thread id too, which is no topic's.
        if not message.is_topic_message or message.message_thread_id is None:
            return None
        return reader.desk_thread(chat.id, str(message.message_thread_id))
    return _private(chat.type, chat.id)


def _private(chat_type: str, chat_id: int) -> Address | None:
    return Address(PLATFORM, str(chat_id)) if chat_type == "private" else None


def _sender(message: Message) -> Person | None:
    """Who said it; None for bots. Behind a chat's name an administrator hides, who is a person."""
    if (chat := message.sender_chat) is not None:
        if message.is_automatic_forward:
            return None
        name = message.author_signature or chat.effective_name or ""
        return Person(PLATFORM, str(chat.id), name)
    user = message.from_user
    return None if user is None or user.is_bot else _person(user)


def _person(user: User) -> Person:
    return Person(PLATFORM, str(user.id), user.full_name, user.language_code)


def _said(message: Message, address: Address, sender: Person, reader: Reader) -> ChatMessage | None:
    contents = contents_of(message, _language(sender))
    if contents is None:
        return None
    contents = _addressed_to_us(contents, reader.username)
    return ChatMessage(
        id=str(message.message_id),
        at=message.date.timestamp(),
        sender=sender,
        address=address,
        text=contents.said.text,
        spans=contents.said.spans,
        attachments=contents.attachments,
        reply_to=_reply_to(message),
        album=message.media_group_id,
    )


def _language(sender: Person) -> Lang:
    return "zh" if sender.locale is None or sender.locale.lower().startswith("zh") else "en"


def _reply_to(message: Message) -> str | None:
    """What it answers. In a topic a message that answers nothing shows the topic's beginning."""
    target = message.reply_to_message
    if target is None or target.message_id == message.message_thread_id:
        return None
    return str(target.message_id)


def _addressed_to_us(contents: Contents, username: str) -> Contents:
    """`/help@our_bot` says `/help`; a command for another bot stays as it is."""
    text = contents.said.text
    match = _COMMAND.match(text)
    if match is None or match[1].lower() != username.lower():
        return contents
    start, end = match.start(1) - 1, match.end()
    spans = tuple(
        Span(s.kind, _without(s.start, start, end), _without(s.end, start, end), s.url)
        for s in contents.said.spans
    )
    kept = Rich(text[:start] + text[end:], tuple(s for s in spans if s.start < s.end))
    return Contents(kept, contents.attachments)


def _without(place: int, start: int, end: int) -> int:
    """Where a place lies once `start:end` is taken out."""
    return place if place <= start else max(start, place - (end - start))

"""Reads what Discord reports as an event. Pure."""

from __future__ import annotations

from typing import Final

import discord
from msgspec import Struct

from adapters.discord.files import PLATFORM, ref_of
from adapters.discord.reading import Names, rich_of
from chat.address import Address, Person
from chat.message import Attachment, AttachmentKind, Message, Span
from chat.phrases import Lang, say
from chat.rich import Rich

_KINDS: Final[dict[str, AttachmentKind]] = {"image": "photo", "video": "video", "audio": "audio"}
_TOLD: Final = frozenset(
    (
        discord.MessageType.default,
        discord.MessageType.reply,
        discord.MessageType.chat_input_command,
    )
)


class Reader(Struct, frozen=True):
    """Who reads: our bot, the desk's channel, and the public channels in which cases open."""

    bot_id: int
    desk: str | None
    entrances: frozenset[str]


class Place(Struct, frozen=True):
    """A channel of Discord's. `owner` is the person whose private thread it is."""

    id: int
    private: bool = False
    parent: str | None = None
    owner: str | None = None


def address_of(place: Place, reader: Reader) -> Address | None:
    """What the place is for us: a customer's, a case's thread, or None."""
    if place.parent is not None and place.parent == reader.desk:
        return Address(PLATFORM, place.parent, str(place.id))
    if place.private or (place.parent in reader.entrances and place.owner is not None):
        return Address(PLATFORM, str(place.id))
    return None


def person_of(user: discord.abc.User, locale: discord.Locale | None = None) -> Person:
    """Somebody as they call themselves there."""
    return Person(PLATFORM, str(user.id), user.display_name, str(locale) if locale else None)


def concerns(message: discord.Message, place: Place, reader: Reader) -> bool:
    """Whether a person said it to whom we listen there."""
    author = message.author
    if author.bot or author.id == reader.bot_id or message.webhook_id is not None:
        return False
    if message.type not in _TOLD:
        return False
    is_desk = place.parent is not None and place.parent == reader.desk
    return is_desk or place.private or place.owner == str(author.id)


def message_of(message: discord.Message, address: Address) -> Message | None:
    """What was said; None when there is nothing in it."""
    said = _said(message)
    files = tuple(_attachment(message.channel.id, message.id, file) for file in message.attachments)
    if not said.text.strip() and not files:
        return None
    reference = message.reference
    answers = reference.message_id if reference and _is_reply(reference) else None
    return Message(
        id=str(message.id),
        at=message.created_at.timestamp(),
        sender=person_of(message.author),
        address=address,
        text=said.text,
        spans=said.spans,
        attachments=files,
        reply_to=str(answers) if answers else None,
    )


def _is_reply(reference: discord.MessageReference) -> bool:
    return reference.type is discord.MessageReferenceType.reply


def _said(message: discord.Message) -> Rich:
    said = rich_of(message.content, _names(message))
    lang: Lang = "en" if said.text and said.text.isascii() else "zh"
    extra = [_poll(message.poll, lang)] if message.poll else []
    extra += [say("discord.sticker", lang, name=sticker.name) for sticker in message.stickers]
    for snapshot in message.message_snapshots:
        forwarded = rich_of(snapshot.content).text
        names = " ".join(file.filename for file in snapshot.attachments)
        text = " ".join(part for part in (forwarded, names) if part)
        extra.append(say("discord.forwarded", lang, text=text))
    if not extra:
        return said
    text = "\n".join(part for part in (said.text, *extra) if part)
    return Rich(text, said.spans)


def _poll(poll: discord.Poll, lang: Lang) -> str:
    options = " / ".join(answer.text for answer in poll.answers)
    return say("discord.poll", lang, question=poll.question, options=options)


def _names(message: discord.Message) -> Names:
    return Names(
        users={str(user.id): user.display_name for user in message.mentions},
        roles={str(role.id): role.name for role in message.role_mentions},
        channels={str(c.id): c.name for c in message.channel_mentions if hasattr(c, "name")},
    )


def _attachment(channel: int, message: int, file: discord.Attachment) -> Attachment:
    mime = file.content_type or "application/octet-stream"
    kind: AttachmentKind = _KINDS.get(mime.partition("/")[0], "file")
    if file.is_voice_message():
        kind = "voice"
    return Attachment(kind, file.filename, mime, file.size, ref_of(channel, message, file.id))


def command_text(data: dict[str, object], names: Names) -> Rich:
    """A slash command as the line that somebody would type for it."""
    text = f"/{data.get('name', '')}"
    spans: list[Span] = []
    options = data.get("options") or []
    for option in options if isinstance(options, list) else []:
        value = str(option.get("value", ""))
        if option.get("type") == discord.AppCommandOptionType.user.value:
            name = f"@{names.users.get(value, value)}"
            start = len(text) + 1
            spans.append(Span("mention", start, start + len(name), f"{PLATFORM}:{value}"))
            value = name
        text += f" {value}"
    return Rich(text, tuple(spans))

"""Posts single messages and albums, and sees to it that they land where they should."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, Final, TypeAlias, TypeVar

from msgspec import Struct
from telegram import (
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)

from adapters.telegram.connection import Connection
from adapters.telegram.errors import NotModified, PictureRefused, ReplyGone, TopicClosed
from adapters.telegram.files import LARGEST_PHOTO
from adapters.telegram.refs import Medium
from adapters.telegram.render import FilePart, Part, PlacePart, TextPart, keyboard_of
from adapters.telegram.text import entities_of
from chat.address import Address
from chat.channel import RetryLater, Undeliverable

T = TypeVar("T")

InputMedia: TypeAlias = InputMediaAudio | InputMediaDocument | InputMediaPhoto | InputMediaVideo

NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)


class Ready(Struct, frozen=True):
    """A part with the content of its file, if it has one."""

    part: Part
    content: str | bytes = ""


class Posting:
    """Posts at an address. Everything here raises only RetryLater or Undeliverable."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._bot = connection.bot

    async def post(self, to: Address, ready: Ready, reply_to: str | None) -> int:
        """Post one message; returns its id."""
        try:
            (posted,) = await self._land(to, lambda where: self._one(ready, where), reply_to)
        except PictureRefused:
            plain = Ready(_as_document(ready.part), ready.content)
            if plain == ready or isinstance(ready.content, str):
                raise
            return await self.post(to, plain, reply_to)
        return posted

    async def post_album(
        self, to: Address, album: Sequence[Ready], reply_to: str | None
    ) -> list[int]:
        """Post several files as one group; returns their ids."""
        media = [_input_media(ready) for ready in album]
        return await self._land(
            to,
            lambda where: self._bot.send_media_group(media=media, **where),
            reply_to,
            len(media),
        )

    async def _in_topic(self, to: Address, work: Callable[[int], Awaitable[T]], posts: int) -> T:
        """Post at an address; if its topic is closed, open it and post once more."""
        try:
            return await self._connection.in_chat(to.channel, work, posts, to.key)
        except TopicClosed:
            if to.thread is None:
                raise
            topic = int(to.thread)
        with suppress(NotModified):
            await self._connection.in_chat(
                to.channel, lambda chat_id: self._bot.reopen_forum_topic(chat_id, topic), posts=1
            )
        return await self._connection.in_chat(to.channel, work, posts, to.key)

    async def _land(
        self,
        to: Address,
        send: Callable[[dict[str, Any]], Awaitable[Sequence[Message]]],
        reply_to: str | None,
        posts: int = 1,
    ) -> list[int]:
        where: dict[str, Any] = {"message_thread_id": int(to.thread) if to.thread else None}
        if reply_to is not None:
            where["reply_parameters"] = ReplyParameters(
                int(reply_to), allow_sending_without_reply=True
            )
        try:
            posted = await self._in_topic(
                to, lambda chat_id: send({"chat_id": chat_id, **where}), posts
            )
        except ReplyGone:
            # It lies in another topic, whatever we allow.
            if reply_to is None:
                raise
            return await self._land(to, send, None, posts)
        ids = [message.message_id for message in posted]
        if to.thread and any(message.message_thread_id != int(to.thread) for message in posted):
            await self._take_back(to, ids)
        return ids

    async def _take_back(self, to: Address, ids: list[int]) -> None:
        """For a while after a topic was deleted, Telegram posts into General what was meant for it
        (tdlib/telegram-bot-api issue 854): there nobody would look for it."""
        with suppress(RetryLater, Undeliverable):
            await self._connection.in_chat(
                to.channel, lambda chat_id: self._bot.delete_messages(chat_id, ids)
            )
        raise Undeliverable("thread_gone", "Telegram posted it outside of the topic")

    async def _one(self, ready: Ready, where: dict[str, Any]) -> list[Message]:
        match ready.part:
            case TextPart() as part:
                return [
                    await self._bot.send_message(
                        text=part.said.text,
                        entities=entities_of(part.said),
                        link_preview_options=NO_PREVIEW,
                        reply_markup=keyboard_of(part.buttons),
                        **where,
                    )
                ]
            case PlacePart() as part:
                return [await self._place(part, where)]
            case FilePart() as part:
                return [await self._file(part, ready.content, where)]

    async def _place(self, part: PlacePart, where: dict[str, Any]) -> Message:
        place = {"latitude": part.latitude, "longitude": part.longitude}
        where = {**where, **place, "reply_markup": keyboard_of(part.buttons)}
        if part.title:
            return await self._bot.send_venue(title=part.title, address=part.address, **where)
        return await self._bot.send_location(**where)

    async def _file(self, part: FilePart, content: str | bytes, where: dict[str, Any]) -> Message:
        bot, name = self._bot, part.attachment.name or "file"
        where = {**where, "reply_markup": keyboard_of(part.buttons)}
        if part.caption.text:
            where["caption"] = part.caption.text
            where["caption_entities"] = entities_of(part.caption)
        match _shown_as(part.medium, content):
            case "photo":
                return await bot.send_photo(photo=content, filename=name, **where)
            case "document":
                return await bot.send_document(document=content, filename=name, **where)
            case "voice":
                return await bot.send_voice(voice=content, filename=name, **where)
            case "audio":
                return await bot.send_audio(audio=content, filename=name, **where)
            case "video":
                return await bot.send_video(video=content, filename=name, **where)
            case "animation":
                return await bot.send_animation(animation=content, filename=name, **where)
            case "video_note":
                return await bot.send_video_note(video_note=content, filename=name, **where)
            case "sticker":
                return await bot.send_sticker(sticker=content, **where)


def _shown_as(medium: Medium, content: str | bytes) -> Medium:
    """A picture too large to be shown as one still arrives as a file."""
    too_large = isinstance(content, bytes) and len(content) > LARGEST_PHOTO
    return "document" if medium == "photo" and too_large else medium


def _as_document(part: Part) -> Part:
    if not isinstance(part, FilePart):
        return part
    return FilePart(part.attachment, "document", part.caption, part.buttons)


def _input_media(ready: Ready) -> InputMedia:
    part, content = ready.part, ready.content
    if not isinstance(part, FilePart):
        raise Undeliverable("invalid", "only files can be shown in an album")
    caption, entities = part.caption.text or None, entities_of(part.caption)
    name = part.attachment.name or "file"
    match part.medium:
        case "photo":
            return InputMediaPhoto(content, caption, caption_entities=entities, filename=name)
        case "video":
            return InputMediaVideo(content, caption, caption_entities=entities, filename=name)
        case "audio":
            return InputMediaAudio(content, caption, caption_entities=entities, filename=name)
        case _:
            return InputMediaDocument(content, caption, caption_entities=entities, filename=name)

"""Reads what a Telegram message says and carries."""

from __future__ import annotations

from typing import Final

from msgspec import Struct
from telegram import Audio, Message, Sticker, Venue

from adapters.telegram.refs import attachment_of
from adapters.telegram.text import spans_of
from chat.message import Attachment, Span
from chat.phrases import Lang, say
from chat.rich import Rich

_STICKER_MIME: Final = {(True, False): "application/x-tgsticker", (False, True): "video/webm"}

# Telegram's own notices and other messages by which nobody says anything.
_NOTICES: Final = (
    "boost_added",
    "channel_chat_created",
    "chat_background_set",
    "chat_owner_changed",
    "chat_owner_left",
    "chat_shared",
    "checklist_tasks_added",
    "checklist_tasks_done",
    "connected_website",
    "delete_chat_photo",
    "direct_message_price_changed",
    "forum_topic_closed",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_reopened",
    "general_forum_topic_hidden",
    "general_forum_topic_unhidden",
    "gift_upgrade_sent",
    "giveaway_completed",
    "giveaway_created",
    "group_chat_created",
    "left_chat_member",
    "managed_bot_created",
    "message_auto_delete_timer_changed",
    "migrate_from_chat_id",
    "migrate_to_chat_id",
    "new_chat_members",
    "new_chat_photo",
    "new_chat_title",
    "paid_message_price_changed",
    "passport_data",
    "pinned_message",
    "poll_option_added",
    "poll_option_deleted",
    "proximity_alert_triggered",
    "refunded_payment",
    "successful_payment",
    "suggested_post_approval_failed",
    "suggested_post_approved",
    "suggested_post_declined",
    "suggested_post_paid",
    "suggested_post_refunded",
    "supergroup_chat_created",
    "users_shared",
    "video_chat_ended",
    "video_chat_participants_invited",
    "video_chat_scheduled",
    "video_chat_started",
    "web_app_data",
    "write_access_allowed",
)


class Contents(Struct, frozen=True):
    """Text with its formatting, and what travels along."""

    said: Rich
    attachments: tuple[Attachment, ...] = ()


def contents_of(message: Message, lang: Lang) -> Contents | None:
    """What a person said with the message; None for one of Telegram's notices.

    What has no form here becomes a line of text in the given language.
    """
    if any(getattr(message, notice) for notice in _NOTICES):
        return None
    if message.text is not None:
        return Contents(Rich(message.text, spans_of(message.text, message.entities)))
    caption = message.caption or ""
    said = Rich(caption, spans_of(caption, message.caption_entities))
    attachment = _attachment(message)
    if attachment is not None:
        return Contents(said, (attachment,))
    return Contents(_under(_in_words(message, lang), said))


def _attachment(message: Message) -> Attachment | None:
    # An animation is also shown as a document, a venue as a location, for old bots.
    if animation := message.animation:
        return attachment_of(
            "animation",
            animation.file_id,
            animation.file_name or "animation.mp4",
            animation.mime_type or "video/mp4",
            animation.file_size or 0,
        )
    if message.photo:
        photo = max(message.photo, key=lambda size: size.width * size.height)
        return attachment_of(
            "photo", photo.file_id, "photo.jpg", "image/jpeg", photo.file_size or 0
        )
    if document := message.document:
        return attachment_of(
            "document",
            document.file_id,
            document.file_name or "file",
            document.mime_type or "application/octet-stream",
            document.file_size or 0,
        )
    if voice := message.voice:
        return attachment_of(
            "voice",
            voice.file_id,
            "voice.ogg",
            voice.mime_type or "audio/ogg",
            voice.file_size or 0,
        )
    if audio := message.audio:
        return attachment_of(
            "audio",
            audio.file_id,
            _audio_name(audio),
            audio.mime_type or "audio/mpeg",
            audio.file_size or 0,
        )
    if video := message.video:
        return attachment_of(
            "video",
            video.file_id,
            video.file_name or "video.mp4",
            video.mime_type or "video/mp4",
            video.file_size or 0,
        )
    if note := message.video_note:
        return attachment_of(
            "video_note", note.file_id, "video.mp4", "video/mp4", note.file_size or 0
        )
    if sticker := message.sticker:
        return _sticker(sticker)
    return _place(message)


def _audio_name(audio: Audio) -> str:
    title = " - ".join(part for part in (audio.performer, audio.title) if part)
    return audio.file_name or title or "audio.mp3"


def _sticker(sticker: Sticker) -> Attachment:
    mime = _STICKER_MIME.get((sticker.is_animated, sticker.is_video), "image/webp")
    return attachment_of(
        "sticker", sticker.file_id, sticker.emoji or "", mime, sticker.file_size or 0
    )


def _place(message: Message) -> Attachment | None:
    venue, location = message.venue, message.location
    if location is None and venue is not None:
        location = venue.location
    if location is None:
        return None
    # Fixed notation, since a geo URI knows no exponents (RFC 5870, 3.3).
    latitude, longitude = f"{location.latitude:.6f}", f"{location.longitude:.6f}"
    name = _venue_name(venue) if venue else ""
    return Attachment("location", name, "", 0, f"geo:{latitude},{longitude}")


def _venue_name(venue: Venue) -> str:
    return ", ".join(part for part in (venue.title, venue.address) if part)


def _in_words(message: Message, lang: Lang) -> str:
    """A line that names what has no form here, so that nobody believes that it arrived whole."""
    if contact := message.contact:
        name = " ".join(part for part in (contact.first_name, contact.last_name) if part)
        return say("telegram.contact", lang, name=name, number=contact.phone_number)
    if poll := message.poll:
        options = " / ".join(option.text for option in poll.options)
        return say("telegram.poll", lang, question=poll.question, options=options)
    if dice := message.dice:
        return say("telegram.dice", lang, emoji=dice.emoji, value=dice.value)
    if message.game:
        return say("telegram.game", lang, title=message.game.title)
    if message.invoice:
        return say("telegram.invoice", lang, title=message.invoice.title)
    if checklist := message.checklist:
        tasks = " / ".join(task.text for task in checklist.tasks)
        return say("telegram.checklist", lang, title=checklist.title, tasks=tasks)
    for kinds, key in _NAMED:
        if any(getattr(message, kind) for kind in kinds):
            return say(key, lang)
    return say("telegram.other", lang)


_NAMED: Final = (
    (("story",), "telegram.story"),
    (("paid_media",), "telegram.paid_media"),
    (("giveaway", "giveaway_winners"), "telegram.giveaway"),
    (("gift", "unique_gift"), "telegram.gift"),
)


def _under(line: str, said: Rich) -> Rich:
    """The line, and below it the caption."""
    if not said.text:
        return Rich(line)
    shift = len(line) + 1
    moved = tuple(Span(s.kind, s.start + shift, s.end + shift, s.url) for s in said.spans)
    return Rich(f"{line}\n{said.text}", moved)

"""Lays an action out as the Telegram messages that show it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final, Literal, TypeAlias

from msgspec import Struct
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import KeyboardButtonStyle

from adapters.telegram.refs import Medium, file_of
from adapters.telegram.text import CAPTION_LIMIT, TEXT_LIMIT, without_mentions
from chat.actions import Button, Card, Send
from chat.address import Address
from chat.channel import Undeliverable
from chat.message import Attachment, Span
from chat.rich import Rich, sendable, shortened, utf16_length
from chat.splitting import split

Buttons: TypeAlias = tuple[tuple[Button, ...], ...]
Family: TypeAlias = Literal["visual", "document", "audio"]

TOPIC_NAME_LIMIT: Final = 128
ALBUM_LIMIT: Final = 10
_BUTTON_LIMIT: Final = 64
_WITHOUT_CAPTION: Final = ("video_note", "sticker")
_FAMILIES: Final[dict[Medium, Family]] = {
    "photo": "visual",
    "video": "visual",
    "document": "document",
    "audio": "audio",
}
# What Telegram plays as such; everything else is shown as a file (core.telegram.org/bots/api).
_VOICES: Final = ("audio/ogg", "audio/mpeg", "audio/mp4", "audio/x-m4a")
_MUSIC: Final = ("audio/mpeg", "audio/mp3", "audio/mp4", "audio/x-m4a")
_PICTURES: Final = ("image/jpeg", "image/png", "image/webp")
_STYLES: Final = {
    "primary": KeyboardButtonStyle.PRIMARY,
    "danger": KeyboardButtonStyle.DANGER,
}


class TextPart(Struct, frozen=True):
    """A message of text."""

    said: Rich
    buttons: Buttons = ()


class FilePart(Struct, frozen=True):
    """A message that shows a file."""

    attachment: Attachment
    medium: Medium
    caption: Rich = Rich("")
    buttons: Buttons = ()


class PlacePart(Struct, frozen=True):
    """A message that shows a place; one with a title is a venue."""

    latitude: float
    longitude: float
    title: str = ""
    address: str = ""
    buttons: Buttons = ()


Part: TypeAlias = TextPart | FilePart | PlacePart


def parts_of(action: Send) -> list[Part]:
    """The messages that show an action, in order. Raises Undeliverable.

    A text goes under a single file when it fits there, else before all files. Buttons are under
    the last message.
    """
    said = said_at(action.to, action.text, action.spans)
    media = [_media_part(attachment) for attachment in action.attachments]
    parts: list[Part]
    if len(media) == 1 and _takes_caption(media[0]) and _fits(said, CAPTION_LIMIT):
        parts = [_with_caption(media[0], said)]
    else:
        parts = [*(TextPart(piece) for piece in split(said, TEXT_LIMIT)), *media]
    if not parts:
        raise Undeliverable("invalid", "there is nothing to show")
    if action.buttons:
        _check(action.buttons)
        parts[-1] = _with_buttons(parts[-1], action.buttons)
    return parts


def said_at(to: Address, text: str, spans: tuple[Span, ...] = ()) -> Rich:
    """A text as it can be sent there. In a private chat nobody else could be called."""
    said = sendable(text, spans)
    return without_mentions(said) if to.thread is not None else said


def albums_of(actions: Sequence[Send]) -> list[list[Send]]:
    """The actions in order, in the groups that Telegram can show as an album."""
    albums: list[list[Send]] = []
    for family, together in groupby(actions, _family):
        run = list(together)
        size = ALBUM_LIMIT if family else 1
        albums += (run[start : start + size] for start in range(0, len(run), size))
    return albums


def _family(action: Send) -> Family | None:
    """Which files may share an album with this one; None when it must stand alone."""
    if len(action.attachments) != 1 or action.buttons:
        return None
    if not _fits(said_at(action.to, action.text), CAPTION_LIMIT):
        return None
    part = _media_part(action.attachments[0])
    return _FAMILIES.get(part.medium) if isinstance(part, FilePart) else None


def card_text(card: Card) -> Rich:
    """A card as one message, its title in bold."""
    text = sendable(shortened("\n".join((card.title, *card.lines)), TEXT_LIMIT // 2)).text
    bold = Span("bold", 0, min(len(card.title), len(text)))
    return without_mentions(Rich(text, (bold,)))


def topic_name(card: Card) -> str:
    """The title of a card as a topic's name, which may not be empty."""
    name = " ".join(sendable(card.title).text.split())
    return shortened(name, TOPIC_NAME_LIMIT) or card.ticket


def keyboard_of(buttons: Buttons) -> InlineKeyboardMarkup | None:
    """The buttons as an inline keyboard. Telegram has no forms, so those that open one stay out."""
    rows = [
        [
            InlineKeyboardButton(
                button.label, callback_data=button.value, style=_STYLES.get(button.style)
            )
            for button in row
            if not button.form
        ]
        for row in buttons
    ]
    rows = [row for row in rows if row]
    return InlineKeyboardMarkup(rows) if rows else None


def _check(buttons: Buttons) -> None:
    for row in buttons:
        for button in row:
            if not 1 <= len(button.value.encode()) <= _BUTTON_LIMIT or not button.label.strip():
                raise Undeliverable("invalid", f"Telegram cannot show the button {button}")


def _media_part(attachment: Attachment) -> FilePart | PlacePart:
    if attachment.kind == "location":
        return _place_part(attachment)
    return FilePart(attachment, _medium(attachment))


def _medium(attachment: Attachment) -> Medium:
    """As what Telegram shows a file that lies anywhere."""
    known = file_of(attachment)
    if known is not None:
        return known[0]
    mime = attachment.mime.partition(";")[0].strip().lower()
    match attachment.kind:
        case "photo" | "sticker" if mime in _PICTURES:
            return "photo"
        case "voice" if mime in _VOICES:
            return "voice"
        case "audio" if mime in _MUSIC:
            return "audio"
        case "video" if mime == "video/mp4":
            return "video"
        case _:
            return "document"


def _place_part(attachment: Attachment) -> PlacePart:
    """Raises Undeliverable for what is no geo URI (RFC 5870)."""
    scheme, _, rest = attachment.ref.partition(":")
    try:
        if scheme != "geo":
            raise ValueError(scheme)
        latitude, longitude = (float(n) for n in rest.partition(";")[0].split(",")[:2])
    except ValueError:
        raise Undeliverable("invalid", f"{attachment.ref!r} is no place") from None
    title, _, address = sendable(attachment.name).text.partition(", ")
    if title and not address:
        address = f"{latitude}, {longitude}"
    return PlacePart(latitude, longitude, title, address)


def _takes_caption(part: FilePart | PlacePart) -> bool:
    return isinstance(part, FilePart) and part.medium not in _WITHOUT_CAPTION


def _fits(said: Rich, limit: int) -> bool:
    return utf16_length(said.text) <= limit


def _with_caption(part: FilePart | PlacePart, said: Rich) -> Part:
    return FilePart(part.attachment, part.medium, said) if isinstance(part, FilePart) else part


def _with_buttons(part: Part, buttons: Buttons) -> Part:
    match part:
        case TextPart():
            return TextPart(part.said, buttons)
        case FilePart():
            return FilePart(part.attachment, part.medium, part.caption, buttons)
        case PlacePart():
            return PlacePart(part.latitude, part.longitude, part.title, part.address, buttons)

"""What really gets across, seen from outside: the levels that declarations are compared with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

from msgspec import Struct

from chat.actions import Button, Delete, Edit, React, Send, ShowTyping, Speaker
from chat.address import Address
from chat.channel import EditChannel, ReactionChannel, TypingChannel
from chat.events import (
    ButtonPressed,
    Event,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    ReactionChanged,
    TypingStarted,
)
from chat.fidelity import Feature, Level
from chat.message import Attachment, AttachmentKind, MessageRef, Span

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
OGG = b"OggS" + bytes(40)
MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(40)
PDF = b"%PDF-1.4 paper"
CONTENTS: dict[AttachmentKind, tuple[str, str, bytes]] = {
    "photo": ("a.png", "image/png", PNG),
    "file": ("a.pdf", "application/pdf", PDF),
    "voice": ("a.ogg", "audio/ogg", OGG),
    "video": ("a.mp4", "video/mp4", MP4),
    "sticker": ("👍", "image/webp", b"RIFF\x00\x00\x00\x00WEBPVP8 "),
}
_KINDS: dict[Feature, AttachmentKind] = {
    "photos": "photo",
    "files": "file",
    "voice": "voice",
    "video": "video",
    "stickers": "sticker",
    "locations": "location",
}
SAID = "hello there"


class Ears(Protocol):
    """A platform's people, each doing what a feature is; what they cannot do they leave."""

    async def act(self, feature: Feature) -> bool:
        """Do it; False where the platform has no such thing."""

    async def heard(self) -> tuple[Sequence[Event], Sequence[Event]]:
        """What was submitted and hinted, once everything has been heard."""


def level_heard(feature: Feature, events: Sequence[Event], hints: Sequence[Event]) -> Level:
    """What became of an act."""
    messages = [event.message for event in events if isinstance(event, MessageReceived)]
    files = [file for message in messages for file in message.attachments]
    texts = [message.text for message in messages if message.text]
    albums = {message.album for message in messages if message.album}
    native = {
        "text": texts == [SAID],
        "formatting": any(s.kind == "bold" for m in messages for s in m.spans),
        "long text": sum(map(len, texts)) >= 1500,
        "replies": any(message.reply_to for message in messages),
        "edits": any(isinstance(event, MessageEdited) for event in events),
        "deletes": any(isinstance(event, MessageDeleted) for event in events),
        "albums": len(files) == 2 and (len(messages) == 1 or len(albums) == 1),
        "captions": any(m.text == SAID and m.attachments for m in messages),
        "reactions": any(isinstance(event, ReactionChanged) for event in events),
        "typing": any(isinstance(hint, TypingStarted) for hint in hints),
        "buttons": any(isinstance(event, ButtonPressed) for event in events),
    }
    if feature in _KINDS:
        if any(file.kind == _KINDS[feature] for file in files):
            return "native"
    elif native.get(feature):
        return "native"
    in_words = feature in (*_KINDS, "contacts", "polls") and bool(texts)
    return "text" if in_words else "none"


class Now(Struct, frozen=True):
    """What a conversation shows at one moment."""

    texts: tuple[str, ...] = ()
    reactions: tuple[str, ...] = ()
    typing: bool = False


CHANGES: dict[Feature, type] = {
    "edits": EditChannel,
    "deletes": EditChannel,
    "reactions": ReactionChannel,
    "typing": TypingChannel,
}
_SOURCE = MessageRef("elsewhere", "1", "1")


async def level_changed(
    feature: Feature, channel: Any, to: Address, look: Callable[[], Awaitable[Now]]
) -> Level:
    """What becomes of a message that was said, when it is changed, or of somebody's typing."""
    if not isinstance(channel, CHANGES[feature]):
        # The outbox refuses it, and the dialog tells whoever would believe it; typing nobody minds.
        return "none" if feature == "typing" else "note"
    speaker = Speaker("agent", "Lin")
    receipt = await channel.send(Send("e0/0", to, SAID, speaker=speaker), None)
    message = receipt.message_ids[0]
    before = await look()
    assert before == Now((SAID,))
    match feature:
        case "edits":
            await channel.edit(Edit("e1/0", to, _SOURCE, "other words"), message)
            expected = Now(("other words",))
        case "deletes":
            await channel.delete(Delete("e1/0", to, _SOURCE), message)
            expected = Now()
        case "reactions":
            await channel.react(React("e1/0", to, _SOURCE, "👍"), message)
            expected = Now((SAID,), ("👍",))
        case _:
            await channel.show_typing(ShowTyping("e1/0", to, speaker))
            expected = Now((SAID,), typing=True)
    return "native" if await look() == expected else "none"


class Shown(Struct, frozen=True):
    """What a reader sees of an action: its messages' texts, and what media they are shown as."""

    texts: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    messages: int = 0
    bold: bool = False
    replies: bool = False
    grouped: bool = False
    buttons: tuple[str, ...] = ()


def attachment(kind: AttachmentKind, number: int = 1) -> Attachment:
    """A file that lies elsewhere; its bytes are in `CONTENTS`."""
    if kind == "location":
        return Attachment("location", "Office", "", 0, "geo:31.2304,121.4737")
    name, mime, content = CONTENTS[kind]
    return Attachment(kind, name, mime, len(content), f"elsewhere:{kind}{number}")


def sends(feature: Feature, to: Address) -> list[Send]:
    """What is said to show a feature; empty where showing it is another action."""

    def send(text: str = "", **more: object) -> Send:
        return Send("e1/0", to, text, speaker=Speaker("agent", "Lin"), **more)  # type: ignore[arg-type]

    match feature:
        case "text" | "contacts" | "polls" | "replies":
            return [send(SAID)]
        case "formatting":
            return [send(SAID, spans=(Span("bold", 0, 5),))]
        case "long text":
            return [send("\n".join(f"line {n} of many" for n in range(600)))]
        case "photos" | "files" | "voice" | "video" | "stickers" | "locations":
            return [send(attachments=(attachment(_KINDS[feature]),))]
        case "captions":
            return [send(SAID, attachments=(attachment("photo"),))]
        case "albums":
            first, second = (
                Send(
                    f"e{n}/0",
                    to,
                    speaker=Speaker("agent", "Lin"),
                    attachments=(attachment("photo", n),),
                    album="a",
                )
                for n in (1, 2)
            )
            return [first, second]
        case "buttons":
            return [send(SAID, buttons=((Button("yes", "Yes"),),))]
        case _:
            return []


def level_shown(feature: Feature, shown: Shown, whole: str) -> Level:
    """What a reader gets; `whole` is the text that was said."""
    together = "".join("".join(shown.texts).split())
    has_words = bool(together)
    match feature:
        case "text" | "contacts" | "polls":
            if SAID.replace(" ", "") not in together:
                return "none"
            return "native" if feature == "text" else "text"
        case "formatting":
            return "native" if shown.bold else "none"
        case "long text":
            kept = together == "".join(whole.split())
            in_lines = all(text.strip().startswith("line") for text in shown.texts)
            return "native" if kept and in_lines else "none"
        case "replies":
            if shown.replies:
                return "native"
            return "text" if len(together) > len(SAID) else "none"
        case "photos" | "files" | "voice" | "video" | "stickers" | "locations":
            if _KINDS[feature] in shown.media:
                return "native"
            if shown.media:
                return "other"
            return "text" if has_words else "none"
        case "albums":
            if len(shown.media) != 2:
                return "none"
            return "native" if shown.grouped else "other"
        case "captions":
            if not (shown.media and has_words):
                return "none"
            return "native" if shown.messages == 1 else "other"
        case "buttons":
            return "native" if shown.buttons == ("Yes",) else "none"
        case _:
            raise AssertionError(f"{feature} is seen in another way")

"""A message and its parts, in one neutral form for all platforms."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from chat.address import Address, Person

SpanKind = Literal[
    "bold", "italic", "underline", "strike", "spoiler", "code", "pre", "quote", "link", "mention"
]
AttachmentKind = Literal["photo", "file", "voice", "audio", "video", "sticker", "location"]
SecretKind = Literal[
    "seed",
    "private_key",
    "password",
    "code",
    "api_key",
    "card",
    "id_number",
    "phone",
    "email",
]
"""What may be taken out of a message before anybody reads it."""


class Span(Struct, frozen=True, omit_defaults=True, gc=False):
    """Formatting of `text[start:end]`, counted in code points.

    `url` is a link's address, or the `Person.key` of whoever is mentioned.
    """

    kind: SpanKind
    start: int
    end: int
    url: str | None = None


class Attachment(Struct, frozen=True, omit_defaults=True, gc=False):
    """Something that travels with a message.

    `ref` tells where the bytes are: `<platform>:<id>`, read by the channel of that platform.
    A location has no bytes: its `ref` is a geo URI (RFC 5870), `geo:<lat>,<lon>`, and its name
    the venue's, if any. A sticker's name is its emoji. `size` is in bytes, 0 when unknown.
    """

    kind: AttachmentKind
    name: str
    mime: str
    size: int
    ref: str


class MessageRef(Struct, frozen=True, gc=False):
    """Names one message on one platform; message ids are unique within their channel."""

    platform: str
    channel: str
    id: str

    @property
    def key(self) -> str:
        """`platform:channel#id`; unique."""
        return f"{self.platform}:{self.channel}#{self.id}"


class Message(Struct, frozen=True, omit_defaults=True, gc=False):
    """What somebody said. `at` is in seconds since the epoch.

    `album` is equal for messages that the sender posted as one group. `shown` is False for what
    was typed into a form or a command, so that nobody else in the thread has read it.
    `outsiders` are the keys of those mentioned who belong to another organisation.
    `away` are the keys of those whom the platform shows as away at the moment.
    `removed` are the kinds of secrets that were taken out; None: nobody looked yet.
    """

    id: str
    at: float
    sender: Person
    address: Address
    text: str = ""
    spans: tuple[Span, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    reply_to: str | None = None
    album: str | None = None
    shown: bool = True
    removed: tuple[SecretKind, ...] | None = None
    outsiders: tuple[str, ...] = ()
    away: tuple[str, ...] = ()

    @property
    def ref(self) -> MessageRef:
        """The name of this message."""
        return MessageRef(self.address.platform, self.address.channel, self.id)

"""What stands in the journal and goes to the pages as it is."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from chat.actions import Button, Role
from chat.message import Attachment, Span


class File(Struct, frozen=True, omit_defaults=True):
    """An attachment as a page shows it. A location has a geo URI for `url`."""

    kind: str
    name: str
    mime: str
    size: int
    url: str


class Entry(Struct, frozen=True, tag_field="kind", omit_defaults=True):
    """One line of a channel's journal. `at` is in seconds since the epoch."""

    at: float


class Said(Entry, frozen=True, tag="message"):
    """A message. `client` is the page's own id for it; `buttons` are rows; whoever is at the desk
    is called when it `rings`."""

    role: Role
    name: str = ""
    text: str = ""
    spans: tuple[Span, ...] = ()
    files: tuple[File, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()
    reply_to: str | None = None
    client: str | None = None
    by: str = ""
    rings: bool = False


class Pressed(Entry, frozen=True, tag="pressed"):
    """A button under message `target` was pressed."""

    target: str
    value: str
    label: str
    client: str | None = None


class Edited(Entry, frozen=True, tag="edited"):
    """Message `target` reads differently now."""

    target: str
    text: str
    spans: tuple[Span, ...] = ()


class Deleted(Entry, frozen=True, tag="deleted"):
    """Message `target` was taken back."""

    target: str


class Internal(Entry, frozen=True, tag="internal"):
    """Message `target` stayed inside the desk."""

    target: str


encode = msgspec.json.Encoder().encode


def file_of(attachment: Attachment, file_id: str | None) -> File:
    """An attachment as the page gets it; `file_id` names the stored bytes, if there are any."""
    url = f"/files/{file_id}" if file_id else attachment.ref
    return File(attachment.kind, attachment.name, attachment.mime, attachment.size, url)

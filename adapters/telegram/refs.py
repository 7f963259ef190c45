"""How an attachment's `ref` names a file at Telegram."""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

from chat.message import Attachment, AttachmentKind

Medium: TypeAlias = Literal[
    "photo", "document", "voice", "audio", "video", "animation", "video_note", "sticker"
]
"""A kind of file as Telegram tells them apart; each is sent again only as what it was."""

PLATFORM: Final = "telegram"
_MEDIA: Final[dict[AttachmentKind, Medium]] = {
    "photo": "photo",
    "file": "document",
    "voice": "voice",
    "audio": "audio",
    "video": "video",
    "sticker": "sticker",
}
_KINDS: Final[dict[Medium, AttachmentKind]] = {
    **{medium: kind for kind, medium in _MEDIA.items()},
    "animation": "video",
    "video_note": "video",
}
# The library uploads a local file when a file id happens to be a path.
_FILE_ID: Final = re.compile(r"(?:(animation|video_note):)?([\w-]+)", re.ASCII)


def attachment_of(medium: Medium, file_id: str, name: str, mime: str, size: int) -> Attachment:
    """A file at Telegram. What is no video of its own kind elsewhere says so in its `ref`."""
    marked = f"{medium}:{file_id}" if medium in ("animation", "video_note") else file_id
    return Attachment(_KINDS[medium], name, mime, size, f"{PLATFORM}:{marked}")


def file_of(attachment: Attachment) -> tuple[Medium, str] | None:
    """Which file at Telegram it is; None for one that lies elsewhere."""
    platform, _, marked = attachment.ref.partition(":")
    match = _FILE_ID.fullmatch(marked)
    if platform != PLATFORM or match is None:
        return None
    medium, file_id = match.groups()
    match medium:
        case "animation":
            return "animation", file_id
        case "video_note":
            return "video_note", file_id
        case _:
            return _MEDIA[attachment.kind], file_id
